"""What a shift looks at beside the board: the handover, colleagues' proposals, late answers, recalls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot import wording
from bot.domain.messages import Reply
from bot.domain.proposals import Advice, AdviceState
from bot.edges.layout import Part, parts_of
from bot.portal.pages.board import named
from bot.portal.site import Site, trouble
from bot.portal.visits import At, Go, Needs, Page, Shown, Visit, always
from bot.queue.learning.advice import as_markdown
from bot.queue.learning.promoting import blocked
from bot.queue.waiting.recall import DAYS

SINCE = {"8": "8 hours", "12": "12 hours", "24": "a day", "72": "three days", "168": "a week"}
"""Hours to how they are called."""
USUAL = "12"


def handover(site: Site, visit: Visit) -> Shown:
    """The queue as the next shift takes it over."""
    hours = visit.query.get("since", USUAL)
    hours = hours if hours in SINCE else USUAL
    found = site.hub.handover(datetime.now(UTC) - timedelta(hours=int(hours)))
    requests = named(site, [one.request for _, _, lines in found.parts() for one in lines])
    shown = {"found": found, "since": hours, "choices": SINCE, "named": {one.reference: one for one in requests}}
    return Page("shift/handover.html", {"title": wording.SHIFT, **shown})


def proposals(site: Site, visit: Visit) -> Shown:
    """Advice that waits for a second person; one's own is for somebody else."""
    waiting = [one for one in site.hub.records.advice.all() if one.state is AdviceState.PROPOSED]
    return Page(
        "shift/proposals.html", {"title": wording.PROPOSALS, "waiting": waiting, **_people(site, waiting, visit)}
    )


def proposal(site: Site, visit: Visit) -> Shown:
    """What officers get today, beside what they would get; nothing is published by looking."""
    reference = visit.params["reference"].upper()
    found = next((one for one in site.hub.records.advice.all() if one.reference == reference), None)
    if found is None or found.state is not AdviceState.PROPOSED:
        return trouble(404, wording.NO_SUCH_PROPOSAL)
    request = site.hub.office.look(visit.person.actor, reference)
    asked = list(dict.fromkeys([*([request.question] if request else []), found.question]))
    rehearse = site.hub.publishing.rehearse_with
    now, then = rehearse({}, asked), rehearse({f"{found.document}.md": as_markdown(found)}, asked)
    why = [blocked(found.document, reply) for reply in then]
    rows = [(text, _seen(a), _seen(b), barred) for text, a, b, barred in zip(asked, now, then, why, strict=True)]
    own = found.proposed_by == visit.person.actor.name
    return Page(
        "shift/proposal.html",
        {"title": found.reference, "advice": found, "rows": rows, "own": own, **_people(site, [found], visit)},
    )


def _people(site: Site, proposed: Sequence[Advice], visit: Visit) -> dict[str, object]:
    """Names in the place of the ids of those who proposed something."""
    ids = sorted({one.proposed_by for one in proposed})
    return {"names": site.hub.records.people.names(ids) if ids else {}, "me": visit.person.actor.name}


def _seen(reply: Reply) -> list[Part]:
    """A rehearsed reply without a receipt, which nobody could check; where it is handed over there is no reference."""
    body = wording.WOULD_BE_HANDED_OVER if reply.request else reply.body
    return parts_of(replace(reply, receipt=None, request=None, body=body))


def late(site: Site, visit: Visit) -> Shown:
    """What guidance answers by now, with everybody who waits for it."""
    return Page("shift/late.html", {"title": wording.LATE_TITLE, "offers": site.hub.late.offers(visit.person.actor)})


def send_late(site: Site, visit: Visit) -> Shown:
    """Send an offer to all who asked, or do not offer it again."""
    actor, reference = visit.person.actor, visit.form.get("reference", "")
    if visit.form.get("do") == "dismiss":
        references = site.hub.late.dismiss(actor, reference)
        return Go(visit.path, wording.LATE_DISMISSED.format(references=", ".join(references)))
    told, troubles = site.hub.late.send(actor, reference)
    sent = wording.LATE_SENT.format(count=len(told), references=", ".join(told) or "nobody")
    return Go(visit.path, "\n".join([sent, *troubles]))


def recalls(site: Site, visit: Visit) -> Shown:
    """What was quoted and does not stand any more; how many were shown it, not who."""
    found = site.hub.recalls.find(visit.person.actor, site.hub.library.edition(), datetime.now(UTC))
    return Page("shift/recalls.html", {"title": wording.RECALLS, "found": found, "days": DAYS})


def tell(site: Site, visit: Visit) -> Shown:
    """Tell those who were shown it."""
    actor = visit.person.actor
    found = site.hub.recalls.find(actor, site.hub.library.edition(), datetime.now(UTC))
    count = site.hub.recalls.tell(actor, found, visit.form.get("name", ""))
    return Go(visit.path, wording.RECALL_TOLD.format(count=count))


TABLE = (
    At("/board/shift", handover, needs=Needs.HUB),
    At("/board/proposals", proposals, needs=Needs.HUB),
    At("/board/proposals/{reference}", proposal, needs=Needs.HUB, long=always),
    At("/board/late", late, send_late, Needs.HUB, long=always),
    At("/board/recalls", recalls, tell, Needs.HUB, long=always),
)
