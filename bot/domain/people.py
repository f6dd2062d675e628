"""Who may do what. Checked in the core for every action, whatever the edge; nothing in a message can raise a role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.refusals import Refused


class Role(StrEnum):
    """What somebody is to the hub. Everyone is an officer."""

    OFFICER = "officer"
    HUB = "hub"
    ADMIN = "admin"
    AUDITOR = "auditor"


class Action(StrEnum):
    """What needs more than being an officer."""

    WORK_REQUESTS = "work on requests"
    APPROVE = "approve what is told to everyone"
    BUILD = "publish or roll back the library"
    SWITCH = "pause or resume answers"
    HOLD = "set or lift a legal hold"
    PURGE = "delete what is past its time"
    EXPORT = "export records"
    READ_RECORD = "read the record"
    BACKUP = "back up or restore"


_ADMIN, _HUB, _AUDITOR = Role.ADMIN, Role.HUB, Role.AUDITOR
MAY: Mapping[Action, frozenset[Role]] = {
    Action.WORK_REQUESTS: frozenset({_HUB, _ADMIN}),
    Action.APPROVE: frozenset({_HUB, _ADMIN}),
    Action.BUILD: frozenset({_ADMIN}),
    Action.SWITCH: frozenset({_ADMIN, _HUB}),
    Action.HOLD: frozenset({_ADMIN, _AUDITOR}),
    Action.PURGE: frozenset({_ADMIN}),
    Action.EXPORT: frozenset({_ADMIN, _AUDITOR}),
    Action.READ_RECORD: frozenset({_ADMIN, _AUDITOR}),
    Action.BACKUP: frozenset({_ADMIN}),
}
_NAMES = {Role.HUB: "hub staff", Role.ADMIN: "admins", Role.AUDITOR: "auditors"}


class NotAllowed(Refused):
    """Somebody may not do what they asked for; the message says who may."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Roles granted by lists of people, or of groups that a platform vouches for.

    With no list at all (a first try on one's own machine) whoever sits at the terminal may do everything;
    platforms never get that.
    """

    granted: Mapping[Role, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def listed(cls, hub: str = "", admins: str = "", auditors: str = "") -> Roles:
        """Roles from comma-separated lists of ids of people or groups."""
        lists = {Role.HUB: hub, Role.ADMIN: admins, Role.AUDITOR: auditors}
        granted = {
            role: frozenset(name.strip() for name in text.split(",") if name.strip()) for role, text in lists.items()
        }
        return cls({role: names for role, names in granted.items() if names})

    def of(self, person: str, groups: Iterable[str] = (), *, at_terminal: bool = False) -> frozenset[Role]:
        """The roles of a person who is in these groups."""
        if at_terminal and not self.granted:
            return frozenset(Role)
        ids = {person, *groups}
        return frozenset({Role.OFFICER, *(role for role, names in self.granted.items() if ids & names)})

    def check(self, person: str, action: Action, groups: Iterable[str] = (), *, at_terminal: bool = False) -> None:
        """Do nothing if the person may; NotAllowed, with who may, if not."""
        if not self.of(person, groups, at_terminal=at_terminal) & MAY[action]:
            allowed = " or ".join(_NAMES[role] for role in Role if role in MAY[action])
            raise NotAllowed(f"{person} may not {action.value}: that is for {allowed}. Ask one of them.")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as the edge vouches for them."""

    name: str
    groups: tuple[str, ...] = ()
    at_terminal: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a platform."""

    person: str
    """As the core knows them: who asks, who acts."""
    name: str = ""
    """As colleagues know them."""
    account: str = ""
    """What else the platform calls them."""
    address: str = ""
    """Their own conversation with the assistant; empty while they have none."""
    service: str = ""
    """Where the platform is reached for them."""
