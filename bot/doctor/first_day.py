"""What a hub does before its first day, in order, and what of it is left to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.people import Role
from bot.domain.refusals import RecordsError, Refused
from bot.platforms import PLATFORMS
from bot.queue.seen import ANCHORED, BACKED_UP, REST_BACKED_UP, WORKER, last
from knowledge.manifest import LibraryError

if TYPE_CHECKING:
    from bot.app import Hub

SEEN_LATELY = timedelta(minutes=15)
"""How long ago the worker may have run at most; it runs every few seconds."""
BACKED_UP_LATELY = timedelta(days=8)
ANCHORED_LATELY = timedelta(days=32)
KEPT = ("questions", "replies", "requests", "learning")
"""Kinds of record that a force keeps for so many days; the record itself may stay for good."""
HOURS_IN_WORDS = ("d02-asking-the-hub", "hub contact and opening hours")
"""The document and the local fact that tell officers of the hub's hours, in words."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do."""

    what: str
    done: bool
    said: str
    """How it stands."""
    remedy: str = ""
    """What to do, while it is not done."""


def first_day(hub: Hub) -> tuple[Task, ...]:
    """Everything that is done before the first day, in order."""
    tasks: tuple[tuple[str, Callable[[Hub], Task]], ...] = (
        ("guidance", _guidance),
        ("contacts", _contacts),
        ("roles", _roles),
        ("hub hours", _hours),
        ("retention", _retention),
        ("where officers ask", _platforms),
        ("worker", _worker),
        ("backup", _backup),
        ("signed anchor", _anchor),
    )
    return tuple(_task(what, look, hub) for what, look in tasks)


def _task(what: str, look: Callable[[Hub], Task], hub: Hub) -> Task:
    try:
        return look(hub)
    except (LibraryError, RecordsError, Refused) as error:
        return Task(what, False, str(error))


def _guidance(hub: Hub) -> Task:
    manifest = hub.library.manifest()
    held = [source.path for source in (*manifest.refused, *manifest.kept_back)]
    if held:
        named = ", ".join(map(str, held[:5]))
        return Task(
            "guidance", False, f"{len(held)} files are held back: {named}", "Mend them: prevention-hub index build"
        )
    own = len(manifest.roots)
    if not own:
        remedy = "Add your own: prevention-hub index build FOLDER"
        return Task("guidance", False, "only the starter library, which is orientation and no policy of yours", remedy)
    return Task("guidance", True, f"{manifest.documents} documents, no file held back, {own} sources of your own")


def _contacts(hub: Hub) -> Task:
    named = {"hub": hub.contacts.hub, "wellbeing": hub.contacts.wellbeing}
    missing = [name for name, value in named.items() if not value.strip()]
    if missing:
        keys = " and ".join(f'{name} = "…"' for name in missing)
        remedy = f"Add {keys} under [contacts] in {hub.settings.local_file}"
        return Task("contacts", False, f"not set: {', '.join(missing)}; officers are told so when it matters", remedy)
    return Task("contacts", True, "the hub and the wellbeing line are named")


def _roles(hub: Hub) -> Task:
    roles, granted = hub.office.roles, hub.office.roles.granted
    if not roles.are_set:
        return Task("roles", False, "not set: at this terminal everyone may do everything", _SET_ROLES)
    missing = [role.value for role in (Role.HUB, Role.ADMIN) if not granted.get(role)]
    if missing:
        return Task("roles", False, f"blank, so nobody has it: {', '.join(missing)}", _SET_ROLES)
    people = granted[Role.HUB] | granted[Role.ADMIN]
    if len(people) < 2:
        said = "one person or group alone; what is told to everyone is approved by a second person"
        return Task("roles", False, said, _SET_ROLES)
    return Task(
        "roles", True, f"{len(granted[Role.HUB])} hub staff, {len(granted[Role.ADMIN])} admins, or groups of them"
    )


_SET_ROLES = "Set PREVENTION_HUB_HUB_STAFF and PREVENTION_HUB_ADMINS (and PREVENTION_HUB_AUDITORS)"


def _hours(hub: Hub) -> Task:
    targets = hub.targets
    if not targets.hours.are_set:
        text = hub.local.value(*HOURS_IN_WORDS)
        told = f"; “{text}” in the local file is only shown to officers" if text else ""
        remedy = 'Set PREVENTION_HUB_HUB_HOURS="Mon-Fri 08:00-18:00", or "always": they are read from there alone'
        return Task("hub hours", False, f"not set: targets count every hour, nights and weekends too{told}", remedy)
    aims = f"take within {targets.claim:g}, reply within {targets.reply:g} hours"
    return Task("hub hours", True, f"{targets.hours}; {aims}")


def _retention(hub: Hub) -> Task:
    clocks = hub.settings.clocks
    for_good = [name for name in KEPT if not getattr(clocks, name)]
    if for_good:
        names = ", ".join(f"PREVENTION_HUB_RETAIN_{name.upper()}" for name in for_good)
        return Task("retention", False, f"kept for good: {', '.join(for_good)}", f"Set the days: {names}")
    shown = ", ".join(f"{name} {getattr(clocks, name)}" for name in KEPT)
    return Task("retention", True, f"days: {shown}; the record {clocks.audit or 'for good'}")


def _platforms(hub: Hub) -> Task:
    on = [platform.title for platform in PLATFORMS if platform.is_on(hub.settings)]
    if not on:
        remedy = f"Turn one on: {', '.join(platform.title for platform in PLATFORMS)}"
        return Task("where officers ask", False, "only at this terminal", remedy)
    return Task("where officers ask", True, ", ".join(on))


def _worker(hub: Hub) -> Task:
    at = last(hub.records.late, WORKER)
    if at is None or datetime.now(UTC) - at > SEEN_LATELY:
        said = "never seen" if at is None else f"last seen {_when(hub, at)}"
        remedy = "Keep it running: prevention-hub worker (it reminds, publishes advice and purges nothing by itself)"
        return Task("worker", False, said, remedy)
    return Task("worker", True, f"last seen {_when(hub, at)}")


def _backup(hub: Hub) -> Task:
    whole, rest = last(hub.records.late, BACKED_UP), last(hub.records.late, REST_BACKED_UP)
    at = max((one for one in (whole, rest) if one is not None), default=None)
    said = "none yet" if at is None else f"the last one is of {_when(hub, at)}"
    if at is not None and at != whole:
        said += ", without the database: see that its server is backed up"
    if at is None or datetime.now(UTC) - at > BACKED_UP_LATELY:
        return Task("backup", False, said, "Every night: prevention-hub backup FILE, on another machine")
    return Task("backup", True, said)


def _anchor(hub: Hub) -> Task:
    at = last(hub.records.late, ANCHORED)
    if at is None or datetime.now(UTC) - at > ANCHORED_LATELY:
        said = "none yet" if at is None else f"the last one is of {_when(hub, at)}"
        remedy = "Every month: prevention-hub audit anchor --out FILE, kept elsewhere with the key it names"
        return Task("signed anchor", False, said, remedy)
    return Task("signed anchor", True, f"the last one is of {_when(hub, at)}")


def _when(hub: Hub, at: datetime) -> str:
    return f"{at.astimezone(hub.targets.hours.zone):%d %b %Y %H:%M}"
