"""A person's own questions and requests, with what the hub replied; and opening one outright."""

from __future__ import annotations

from bot import wording
from bot.answering.reading import anchor_of
from bot.domain.requests import MessageKind
from bot.edges import offers
from bot.portal.site import Site, trouble
from bot.portal.visits import At, Page, Shown, Visit, when_sent
from bot.queue.intake import FIELDS
from bot.safeguards import clean, redact
from bot.wording import labels

MOST_NEAR = 3


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


def described(visit: Visit) -> str:
    """What was typed so far, all fields of it."""
    return "\n".join(visit.form.get(name, "") for name in FIELDS).strip()


def like(site: Site, visit: Visit) -> Shown:
    """What is like a description that is being written: an open request, and guidance that may answer it already.

    Nothing of it is kept, and of somebody else's request only its reference is told.
    """
    text = redact(clean(described(visit))).text
    alike = site.hub.joining.compare(text, visit.person.person).alike if text else None
    near = site.hub.lookup.passages(text, site.viewer(visit))[:MOST_NEAR] if text else []
    links = [(one, f"/library/{one.document}#{anchor_of(one.section)}") for one in near]
    told = wording.join_says(alike.reference, alike.asked_by) if alike else ""
    return Page("like.html", {"title": wording.LIKE_TITLE, "alike": told, "links": links})


TABLE = (
    At("/requests/like", post=like, hears=described, long=when_sent),
    At("/requests/mine", mine),
    At("/requests/{reference}", own),
)
