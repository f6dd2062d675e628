"""Copies that leave the hub: disclosures for whoever may export, and what is known of backups and anchors."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

from bot import wording
from bot.domain.people import Action
from bot.domain.refusals import Refused
from bot.portal.site import Site
from bot.portal.visits import At, File, Needs, Page, Shown, Visit
from bot.queue.seen import ANCHORED, BACKED_UP, REST_BACKED_UP, last, note
from bot.records.office.disclosure import Wanted

EXPORTERS = Needs(Action.READ_RECORD.value)
"""Admins and auditors, who may export too."""


def exports(site: Site, visit: Visit) -> Shown:
    """The form; who and what is asked for stands in no address."""
    return Page("admin/exports.html", {"title": wording.EXPORTS_TITLE, "typed": {}, "error": ""})


def export(site: Site, visit: Visit) -> Shown:
    """A disclosure as one file, redacted once more; that it was made goes on record. Nothing stays on this machine."""
    try:
        wanted = _wanted(visit)
        with tempfile.TemporaryDirectory(prefix="prevention-hub-") as aside:
            folder = Path(aside) / "disclosure"
            site.hub.office.disclose(visit.person.actor, wanted, folder)
            return File(f"disclosure-{datetime.now(UTC):%Y-%m-%d}.zip", _zipped(folder), "application/zip")
    except Refused as error:
        shown = {"title": wording.EXPORTS_TITLE, "typed": visit.form, "error": str(error)}
        return Page("admin/exports.html", shown, 422)


def _wanted(visit: Visit) -> Wanted:
    person, reference, keyword = (visit.form.get(name, "").strip() for name in ("person", "reference", "keyword"))
    if not (person or reference or keyword):
        raise Refused(wording.EXPORT_OF_WHAT)
    return Wanted(person, reference, keyword, _day(visit, "first"), _day(visit, "last"))


def _day(visit: Visit, name: str) -> date | None:
    typed = visit.form.get(name, "").strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise Refused(wording.EXPORT_DAY) from error


def _zipped(folder: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, f"disclosure/{file.name}")
    return packed.getvalue()


def backups(site: Site, visit: Visit) -> Shown:
    """When the data folder was last backed up and the record last anchored, and what is in the folder."""
    hub, data = site.hub, site.hub.settings.data
    hub.office.check(visit.person.actor, Action.BACKUP)
    marks = hub.records.late
    rows = [("Last backup", last(marks, BACKED_UP)), ("Last anchor of the record", last(marks, ANCHORED))]
    if rest := last(marks, REST_BACKED_UP):
        rows.insert(1, ("Last backup without the database", rest))
    size = sum(file.stat().st_size for file in data.rglob("*") if file.is_file())
    shown = {"rows": rows, "megabytes": round(size / 1e6, 1), "elsewhere": bool(hub.settings.database_url)}
    return Page("admin/backups.html", {"title": wording.BACKUPS_TITLE, **shown})


def anchor(site: Site, visit: Visit) -> Shown:
    """Sign where the record stands now: a short text, to be kept where this machine cannot reach it."""
    made = site.hub.office.anchor(visit.person.actor)
    note(site.hub.records.late, ANCHORED, datetime.now(UTC))
    kept = json.dumps(made.as_json(), indent=2) + "\n"
    return File(f"anchor-{datetime.now(UTC):%Y-%m-%d}.json", kept.encode(), "application/json")


TABLE = (
    At("/admin/exports", exports, export, EXPORTERS),
    At("/admin/backups", backups, anchor, Needs.ADMIN),
)
