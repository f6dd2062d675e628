"""The library's editions: what serves, what a build would change, publishing, rolling back, and checking."""

from __future__ import annotations

from contextlib import suppress

from bot import wording
from bot.domain.refusals import Refused
from bot.portal.building import building_of
from bot.portal.site import Site
from bot.portal.visits import At, Go, Needs, Page, Shown, Visit
from knowledge.manifest import LibraryError

HERE = "/admin/library"


def look(site: Site, visit: Visit) -> Shown:
    """What serves, what is due, what was held back, and the build that runs."""
    return _page(site, visit)


def work(site: Site, visit: Visit) -> Shown:
    """Build in the background, roll back, release; a library that refuses says why."""
    hub, sent = site.hub, visit.form
    publishing, why = hub.publishing.in_name_of(visit.person.actor), sent.get("why", "").strip()
    number = sent.get("edition", "")
    try:
        match sent.get("do"):
            case "dry_run" | "publish" as what:
                return _build(site, visit, what, why)
            case "roll_back" if number.isascii() and number.isdigit() and len(number) < 9:
                held = publishing.roll_back(int(number), why)
                told = wording.LIBRARY_ROLLED_BACK if held else wording.LIBRARY_CHOSEN
                return Go(HERE, told.format(edition=number))
            case "release":
                return Go(HERE, wording.LIBRARY_RELEASED if publishing.release() else wording.LIBRARY_NOT_HELD)
            case "verify":
                return _page(site, visit, verified=True)
    except LibraryError as error:
        return _page(site, visit, str(error), status=409)
    return Go(HERE)


def _build(site: Site, visit: Visit, what: str, why: str) -> Shown:
    force, removal = "force" in visit.form, "removal" in visit.form
    if (force or removal) and not why:
        raise Refused(wording.BUILD_WHY)
    begun = building_of(site.hub).begin(
        site.hub,
        visit.person.actor,
        dry_run=what == "dry_run",
        force=why if force else "",
        removal=why if removal else "",
    )
    return Go(HERE, wording.BUILD_BEGUN if begun else wording.BUILD_RUNS)


def _page(site: Site, visit: Visit, error: str = "", *, verified: bool = False, status: int = 200) -> Page:
    publishing = site.hub.publishing.in_name_of(visit.person.actor)
    publishing.check_may_build()
    shown = {"title": wording.LIBRARY_ADMIN, "error": error, "building": building_of(site.hub), "status": None}
    with suppress(LibraryError):
        found = publishing.status()
        by = found["built_by"]
        shown["status"] = {**found, "built_by": site.hub.records.people.names([by]).get(by, by)}
    shown["sources"] = publishing.listed()
    shown["verified"] = publishing.verified() if verified else None
    return Page("admin/library.html", shown, status)


TABLE = (At(HERE, look, work, Needs.ADMIN),)
