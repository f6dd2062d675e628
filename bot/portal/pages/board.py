"""The hub's board, and one request with everything beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot import wording
from bot.domain.finding import Filter, Sort
from bot.domain.finding import Page as Part
from bot.domain.requests import Request, RequestKind, RequestState
from bot.edges import offers
from bot.edges.names import named_request, people_of
from bot.edges.steps_table import STEPS
from bot.portal.site import Site, trouble
from bot.portal.visits import At, Go, Needs, Page, Shown, Visit
from bot.queue.intake import THEMES
from bot.safeguards import clean, redact

ON_A_PAGE = 50
FILTERED_BY = ("view", "words", "area", "kind", "theme", "age")
LONGEST_NAME, LONGEST_WORDS = 60, 200
AGES = {"": "", "1": "a day or longer", "7": "a week or longer", "30": "a month or longer"}


@dataclass(frozen=True, slots=True)
class View:
    """What a tab of the board shows."""

    label: str
    states: tuple[RequestState, ...] = ()
    mine: bool = False
    overdue: bool = False
    wanted: Filter = field(default_factory=Filter)


_S = RequestState
VIEWS = {
    "open": View("Open", (_S.OPEN, _S.REOPENED, _S.CLAIMED)),
    "mine": View("Mine", (_S.OPEN, _S.REOPENED, _S.CLAIMED, _S.REPLIED), mine=True),
    "asker": View("Waiting for the asker", (_S.REPLIED,)),
    "overdue": View("Overdue", overdue=True),
    "unresolved": View("Unresolved", (_S.UNRESOLVED,)),
    "all": View("All"),
}
"""In the order of the tabs."""


def board(site: Site, visit: Visit) -> Shown:
    """One tab, oldest first. What is filtered by is sent as a form: words of a question stand in no address."""
    return _board(site, visit, {**visit.query, **visit.form})


def _board(site: Site, visit: Visit, given: dict[str, str], error: str = "") -> Page:
    """The board as it is filtered; a link to a saved filter holds its number alone."""
    filters, person = site.hub.records.filters, visit.person.person
    chosen = filters.use(person, int(asked)) if (asked := given.get("saved", "")) and _is_number(asked) else None
    given = {**given, **(chosen.wanted if chosen else {})}
    name = given.get("view", "open") if given.get("view") in VIEWS else "open"
    view, number = VIEWS[name], given.get("page", "1")
    part = Part(min(int(number), 10_000) if number.isdecimal() and int(number) else 1, ON_A_PAGE)
    wanted = site.hub.finder.opened_within(_wanted(view, given), younger_than=0.0, older_than=_days(given))
    actor, now = visit.person.actor, datetime.now(UTC)
    found = site.hub.finder.find(actor, wanted, part, Sort.LONGEST, mine=view.mine, overdue=view.overdue)
    rows = [(one, site.hub.targets.is_overdue(one, now)) for one in named(site, found.requests)]
    shown = {"view": name, "views": VIEWS, "given": given, "rows": rows, "found": found, "part": part}
    choices = {"kinds": list(RequestKind), "themes": THEMES, "ages": AGES}
    own = {"saved": filters.all(person), "chosen": chosen, "error": error}
    return Page("board.html", {"title": wording.BOARD, **shown, **choices, **own}, 422 if error else 200)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def keep(site: Site, visit: Visit) -> Shown:
    """Name what is filtered by and keep it for this person, or forget one; of neither is anything told but a number."""
    sent, filters, person = visit.form, site.hub.records.filters, visit.person.person
    number = sent.get("number", "")
    if sent.get("do") == "remove":
        if _is_number(number):
            filters.remove(person, int(number))
        return Go("/board", wording.FILTER_REMOVED)
    name = clean(sent.get("name", "")).strip()
    wanted = {field: value for field in FILTERED_BY if (value := clean(sent.get(field, "")).strip())}
    if error := _unfit(name, wanted):
        return _board(site, visit, {**sent, "saved": ""}, error)
    made = filters.keep(person, name, wanted)
    if made is None:
        return _board(site, visit, {**sent, "saved": ""}, wording.FILTERS_TOO_MANY)
    return Go(f"/board?saved={made}", wording.FILTER_KEPT)


def _unfit(name: str, wanted: dict[str, str]) -> str:
    """Why a filter cannot be kept; empty where it can. What identifies a person is kept nowhere, here neither."""
    if not name:
        return wording.FILTER_NEEDS_NAME
    if len(name) > LONGEST_NAME or any(len(value) > LONGEST_WORDS for value in wanted.values()):
        return wording.FILTER_TOO_LONG
    written = "\n".join([name, wanted.get("words", ""), wanted.get("area", "")])
    return wording.FILTER_IDENTIFIES if redact(written).kinds else ""


def _wanted(view: View, given: dict[str, str]) -> Filter:
    kind = given.get("kind", "")
    return Filter(
        words=given.get("words", "").strip(),
        states=view.states,
        kinds=(RequestKind(kind),) if kind in list(RequestKind) else (),
        theme=given.get("theme", ""),
        area=given.get("area", "").strip(),
    )


def _days(given: dict[str, str]) -> float:
    return float(given["age"]) if given.get("age") in AGES and given["age"] else 0.0


def request(site: Site, visit: Visit) -> Shown:
    """One request; that it was looked at goes on record."""
    found = site.hub.office.look(visit.person.actor, visit.params["reference"])
    if found is None:
        return trouble(404, wording.NO_SUCH_REQUEST_HERE)
    advice = next((one.state.value for one in site.hub.records.advice.all() if one.reference == found.reference), "")
    (found,) = named(site, [found])
    # by their numbers on record: a reply is begun from one of them
    viewer = site.viewer(visit)
    allowed = [(at, one) for at, one in enumerate(found.found, 1) if site.hub.ceilings.allow(one, viewer)]
    shown = {
        "title": found.reference,
        "found": allowed,
        "request": found,
        "facts": wording.card_facts(found),
        "offers": offers.on_card(found, advice),
        "may_reply": STEPS["reply"].is_offered(found, advice),
    }
    return Page("board_request.html", shown)


def named(site: Site, requests: Sequence[Request]) -> list[Request]:
    """Requests with names in the place of the ids of those who have them, and of those who wrote about them."""
    ids = sorted(people_of(requests))
    known = site.hub.records.people.names(ids) if ids else {}
    return [named_request(one, known) for one in requests]


TABLE = (
    At("/board", board, board, needs=Needs.HUB),
    At("/board/filters", post=keep, needs=Needs.HUB),
    At("/board/{reference}", request, needs=Needs.HUB),
)
