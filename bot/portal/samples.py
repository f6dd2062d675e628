"""A demonstration: who may be whom, and some requests to look at. Nothing of it is a real person or case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot import wording
from bot.domain.messages import Place, Question
from bot.domain.people import Actor, Person
from bot.domain.requests import RequestKind
from bot.edges.names import Acquaintances
from bot.portal.visits import PLATFORM
from bot.queue.intake import open_request

if TYPE_CHECKING:
    from bot.app import Hub

DEMONSTRATION: Mapping[str, Any] = {
    "portal_demo": True,
    "hub_staff": "sgt-bell,insp-cole",
    "admins": "ms-dunn",
    "auditors": "mr-east",
}
"""Settings of a demonstration."""
QUESTIONS = (
    ("pc-adams", "what does a parking permit for the market square cost"),
    ("pcso-begum", "who do I ring to get a broken lamp post by the underpass mended"),
)
PROBLEMS: tuple[tuple[str, RequestKind, str, Mapping[str, str]], ...] = (
    (
        "pcso-begum",
        RequestKind.OPERATIONAL_PROBLEM,
        "asb",
        {
            "what": "Off-road bikes on the canal path most evenings; walkers have stopped using it.",
            "where": "Canal path between the two bridges",
            "often": "Four evenings a week",
            "tried": "Extra patrols; they leave and come back.",
        },
    ),
    (
        "pc-adams",
        RequestKind.ORGANISATIONAL_INEFFICIENCY,
        "other",
        {"what": "The same handover form is typed three times, in three systems.", "minutes": "25"},
    ),
)


def add_samples(hub: Hub) -> None:
    """Open some requests in the names of the sample people, unless there are requests already."""
    if hub.records.requests(limit=1):
        return
    people = [Person(who, name) for who, (name, _) in wording.DEMO_PEOPLE.items()]
    Acquaintances(hub.records, PLATFORM).meet(people)
    opened = [hub.assistant.hand_over(Question(text, Place(PLATFORM, who), who)) for who, text in QUESTIONS]
    for who, kind, theme, fields in PROBLEMS:
        open_request(hub.records, who, Place(PLATFORM, who), kind, fields, theme)
    first = next((reply.request for reply in opened if reply.request), None)
    if first:
        hub.desk.reply(Actor("sgt-bell"), first, "Permits are the council's: ask its parking team. We have no prices.")
