"""What this service is and how it may be used by everyone: pages that are made from how it is set up right now."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.portal.site import Site
from bot.portal.visits import At, Needs, Page, Shown, Visit
from bot.wording import about
from knowledge.judging.calibration import shipped
from knowledge.manifest import LibraryError, Manifest


def transparency(site: Site, visit: Visit) -> Shown:
    """How answers are found, from which library, how well, and what is kept."""
    settings, manifest = site.hub.settings, _manifest(site)
    judge = (manifest.judge if manifest else None) or shipped()
    kept = {
        "The text of a question": settings.retain_questions,
        "What was shown in reply": settings.retain_replies,
        "Requests and what was said about them": settings.retain_requests,
        "Progress on learning paths": settings.retain_learning,
        "The record of who did what": settings.retain_audit,
    }
    shown = {"title": about.TRANSPARENCY_TITLE, "about": about, "manifest": manifest, "judge": judge, "kept": kept}
    shown["with_reader"] = about.WITH_A_READER if settings.reader_url else ""
    more = {"encoder": settings.encoder, "ceiling": settings.ceiling, "contact": site.hub.contacts.hub}
    return Page("transparency.html", {**shown, **more})


def accessibility(site: Site, visit: Visit) -> Shown:
    """The accessibility statement."""
    shown = {"title": about.ACCESSIBILITY_TITLE, "about": about, "contact": site.hub.contacts.hub}
    return Page("accessibility.html", {**shown, "today": datetime.now(UTC).date()})


def _manifest(site: Site) -> Manifest | None:
    try:
        return site.hub.library.manifest()
    except LibraryError:
        return None


TABLE = (
    At("/transparency", transparency, needs=Needs.NOBODY),
    At("/accessibility", accessibility, needs=Needs.NOBODY),
)
