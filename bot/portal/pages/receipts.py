"""Checking a receipt: what was shown, and whether it still stands."""

from __future__ import annotations

from bot import wording
from bot.portal.site import Site, trouble
from bot.portal.visits import At, Page, Shown, Visit


def look(site: Site, visit: Visit) -> Shown:
    """The box for a code."""
    return Page("receipt.html", {"title": wording.RECEIPT_TITLE, "typed": "", "error": "", "found": None})


def check(site: Site, visit: Visit) -> Shown:
    """What a reply showed, and how it stands now."""
    if not site.checks.allows(visit.person.person, visit.place):
        return trouble(429, wording.RECEIPTS_TOO_MANY, 60)
    typed = visit.form.get("code", "").strip()
    found = site.hub.verify(typed, site.viewer(visit)) if typed else None
    error = "" if found else wording.NO_SUCH_RECEIPT.format(receipt=typed) if typed else wording.RECEIPT_NEEDED
    shown = {"title": wording.RECEIPT_TITLE, "typed": typed, "error": error, "found": found}
    return Page("receipt.html", shown, 422 if error else 200)


TABLE = (At("/receipts", look, check),)
