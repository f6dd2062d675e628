"""What the assurance pack is filled with: this installation, as it stands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot import wording
from bot.domain.people import Role
from bot.governance.pack import components
from knowledge.manifest import LibraryError

if TYPE_CHECKING:
    from bot.app import Hub


def facts(hub: Hub) -> dict[str, Any]:
    """What the assurance pack is filled with."""
    settings = hub.settings
    try:
        manifest = hub.library.manifest()
    except LibraryError:
        manifest = None
    roles = hub.office.roles.granted
    return {
        "hub_contact": hub.contacts.hub,
        "encoder": settings.encoder,
        "edition": manifest.edition if manifest else None,
        "documents": manifest.documents if manifest else 0,
        "passages": manifest.passages if manifest else 0,
        "golden": manifest.golden if manifest else {},
        "clocks": settings.clocks,
        "paused": sorted(hub.switchboard.paused()),
        "data": settings.data,
        "database": "PostgreSQL" if settings.database_url else "SQLite in the data folder",
        "identifiers": sorted(wording.REDACTED_NAMES.values()),
        "holds": len(hub.records.retention.holds()),
        "events": hub.records.audit_head()[0],
        "roles": {role.value: ", ".join(sorted(roles.get(role, ()))) or "not set" for role in Role},
        "ceiling": settings.ceiling.value,
        "ceilings": {place: marking.value for place, marking in settings.place_ceilings.items()},
        "rate_person": settings.rate_person,
        "rate_place": settings.rate_place,
        "reader": f"{settings.reader_model} at {settings.reader_url}" if settings.reader_url else "",
        "reader_ceiling": settings.reader_ceiling.value,
        "components": len(components(datetime.now(UTC))["components"]),
    }
