"""Uploads, the golden questions of the edition that serves, and `doctor` as a page."""

from __future__ import annotations

from bot import wording
from bot.domain.people import Action
from bot.portal.building import building_of
from bot.portal.pages.admin.library import HERE as LIBRARY
from bot.portal.site import Site
from bot.portal.visits import At, Go, Needs, Page, Shown, Visit
from knowledge.manifest import LibraryError

HOLDERS = Needs(Action.READ_RECORD.value)
"""Admins and auditors."""


def uploads(site: Site, visit: Visit) -> Shown:
    """What was uploaded, and uploading."""
    return _uploads(site, visit)


def upload(site: Site, visit: Visit) -> Shown:
    """Take a file and show what a build would change; or take one away again."""
    hub, sent = site.hub, visit.form
    publishing, held = hub.publishing.in_name_of(visit.person.actor), hub.uploads
    publishing.check_may_build()
    try:
        if sent.get("do") == "remove":
            held.remove(sent.get("name", ""))
            publishing.put_on_record("upload.removed", None, name=sent.get("name", ""))
            return Go(visit.path, wording.UPLOAD_REMOVED.format(name=sent.get("name", "")))
        name, data = visit.files.get("file", ("", b""))
        if not data:
            return _uploads(site, visit, wording.UPLOAD_EMPTY)
        kept = held.put(name, data, instead="instead" in sent)
    except LibraryError as error:
        return _uploads(site, visit, str(error))
    publishing.put_on_record("upload.taken", None, name=kept.name)
    publishing.add_sources([held.folder])
    begun = building_of(hub).begin(hub, visit.person.actor, dry_run=True)
    return Go(LIBRARY, (wording.UPLOAD_TAKEN if begun else wording.UPLOAD_WAITS).format(name=kept.name))


def _uploads(site: Site, visit: Visit, error: str = "") -> Page:
    site.hub.publishing.in_name_of(visit.person.actor).check_may_build()
    shown = {"title": wording.UPLOADS_TITLE, "uploads": site.hub.uploads.all(), "error": error}
    return Page("admin/uploads.html", shown, 422 if error else 200)


def golden(site: Site, visit: Visit) -> Shown:
    """What the edition that serves answered to the golden questions when it was built; those that went wrong first."""
    manifest = site.hub.library.manifest()
    shown = {"title": wording.GOLDEN_TITLE, "manifest": manifest, "rows": site.hub.golden(manifest)}
    return Page("admin/golden.html", shown)


def doctor(site: Site, visit: Visit) -> Shown:
    """Everything that is needed, looked at now, and what is left to do before the first day."""
    site.hub.office.check(visit.person.actor, Action.READ_RECORD)
    examining = site.hub.examining
    report = examining() if examining is not None else None
    return Page("admin/doctor.html", {"title": wording.DOCTOR_TITLE, "report": report})


TABLE = (
    At("/admin/uploads", uploads, upload, Needs.ADMIN),
    At("/admin/golden", golden, needs=HOLDERS),
    At("/admin/doctor", doctor, needs=HOLDERS),
)
