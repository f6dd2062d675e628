"""A person's own questions and requests, with what the hub replied; and opening one outright."""

from __future__ import annotations

from bot import wording
from bot.domain.requests import MessageKind
from bot.edges import offers
from bot.portal.site import Site, trouble
from bot.portal.visits import At, Page, Shown, Visit
from bot.wording import labels


def mine(site: Site, visit: Visit) -> Shown:
    """A person's own requests, newest first."""
    found = site.hub.records.requests_of(visit.person.person, limit=50)
    return Page("mine.html", {"title": labels.HOME_MINE, "requests": found})


def own(site: Site, visit: Visit) -> Shown:
    """One of them: what was said, and what can be done. Other people's look as if they were not there."""
    found = site.hub.records.request(visit.params["reference"])
    if found is None or found.asker != visit.person.person:
        return trouble(404, wording.NO_SUCH_REQUEST_HERE)
    said = [one for one in found.messages if one.kind is not MessageKind.NOTE]
    shown = {"title": found.reference, "request": found, "said": said, "offers": offers.own(found)}
    return Page("request.html", shown)


TABLE = (
    At("/requests/mine", mine),
    At("/requests/{reference}", own),
)
