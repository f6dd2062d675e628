"""The hub's board, and one request with everything beside it."""

from __future__ import annotations

from datetime import UTC, datetime

from bot import wording
from bot.edges import offers
from bot.portal.site import Site, trouble
from bot.portal.visits import At, Needs, Page, Shown, Visit


def board(site: Site, visit: Visit) -> Shown:
    """What waits, oldest first."""
    found = site.hub.records.pace.waiting()
    now = datetime.now(UTC)
    rows = [(one, site.hub.targets.is_overdue(one, now)) for one in found]
    return Page("board.html", {"title": wording.BOARD, "rows": rows})


def request(site: Site, visit: Visit) -> Shown:
    """One request; that it was looked at goes on record."""
    found = site.hub.office.look(visit.person.actor, visit.params["reference"])
    if found is None:
        return trouble(404, wording.NO_SUCH_REQUEST_HERE)
    advice = next((one.state.value for one in site.hub.records.advice.all() if one.reference == found.reference), "")
    shown = {
        "title": found.reference,
        "request": found,
        "facts": wording.card_facts(found),
        "offers": offers.on_card(found, advice),
    }
    return Page("board_request.html", shown)


TABLE = (
    At("/board", board, needs=Needs.HUB),
    At("/board/{reference}", request, needs=Needs.HUB),
)
