"""Who may do what. Checked in the core for every action, whatever the edge; nothing in a message can raise a role."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.refusals import Refused


class Role(StrEnum):
    """What a person is to the hub. Everyone is an officer."""

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
    TOKENS = "let programs use the API"


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
    Action.TOKENS: frozenset({_ADMIN}),
}
_NAMES = {Role.HUB: "hub staff", Role.ADMIN: "admins", Role.AUDITOR: "auditors"}
NOT_FOR_OTHERS = (
    "The account {account} may not act for {name}. Ask an admin to do it, or to name the account in "
    "PREVENTION_HUB_MAY_ACT_FOR_OTHERS."
)


class NotAllowed(Refused):
    """A person may not do what they asked for; the message says who may."""


def listed(text: str) -> frozenset[str]:
    """The entries of a comma-separated list; blank ones are none."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    # addresses of e-mail are compared without capitals
    return frozenset([*names, *(name.lower() for name in names if "@" in name)])


def folded(name: str) -> str:
    """A name as it is compared: without case, Unicode form, and how it is spaced."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as the edge vouches for them."""

    name: str
    groups: tuple[str, ...] = ()
    at_terminal: bool = False
    account: str = ""
    """Of the operating system, at a terminal: it stands beside the name on record. Empty on a platform."""
    vouched: bool = False
    """Whether the account is trusted to act for anyone, beyond what it may do itself."""
    also: tuple[str, ...] = ()
    """Other ids of the same person, where accounts of several platforms count as one."""
    unsure: bool = False
    """Whether it cannot be told which accounts elsewhere are the same person, though it should be."""

    @property
    def is_for_another(self) -> bool:
        """Whether the account acts in the name of another person."""
        return bool(self.account) and folded(self.account) != folded(self.name)


By = Actor | str
"""Who did something: a person as an edge vouches for them, or a job of the program by its name, such as "worker"."""


def name_of(by: By) -> str:
    """The name under which it goes on record."""
    return by.name if isinstance(by, Actor) else by


def account_of(by: By) -> str:
    """The operating system's account behind it; empty where there is none."""
    return by.account if isinstance(by, Actor) else ""


@dataclass(frozen=True, slots=True)
class Roles:
    """Roles granted by lists of people, or of groups that a platform vouches for.

    With no list at all (a first try on one's own machine) the person at the terminal may do everything; people on
    platforms never get that. A list that was set and is blank grants its role to nobody.
    """

    granted: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    are_set: bool = False
    """Whether there is any list, even a blank one."""
    audiences: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Audience to who belongs to it, as roles are granted: people, or groups."""
    may_act_for_others: frozenset[str] | None = None
    """Accounts that may act for anyone (`--as`); None where it is not set: then those that have the role themselves."""

    @classmethod
    def listed(
        cls,
        hub: str | None = None,
        admins: str | None = None,
        auditors: str | None = None,
        may_act_for_others: str | None = None,
        audiences: Mapping[str, frozenset[str]] | None = None,
    ) -> Roles:
        """Roles from comma-separated lists of ids of people or groups; None is a list that was not set."""
        lists = {Role.HUB: hub, Role.ADMIN: admins, Role.AUDITOR: auditors}
        granted = {role: names for role, text in lists.items() if text is not None and (names := listed(text))}
        are_set = any(text is not None for text in lists.values())
        others = None if may_act_for_others is None else listed(may_act_for_others)
        return cls(granted, are_set, audiences or {}, others)

    @property
    def named(self) -> frozenset[str]:
        """Every id of a person or group that any list names: a platform is asked about these groups, and no others."""
        return frozenset().union(*self.granted.values(), *self.audiences.values())

    def belongs(self, person: str, groups: Iterable[str] = ()) -> frozenset[str]:
        """The audiences of a person who is in these groups; no role brings one along."""
        ids = {person, *groups}
        return frozenset(name for name, members in self.audiences.items() if ids & members)

    def of(self, person: str, groups: Iterable[str] = (), *, at_terminal: bool = False) -> frozenset[Role]:
        """The roles of a person who is in these groups."""
        if at_terminal and not self.are_set and not self.granted:
            return frozenset(Role)
        ids = {person, *groups}
        return frozenset({Role.OFFICER, *(role for role, names in self.granted.items() if ids & names)})

    def check(self, person: str, action: Action, groups: Iterable[str] = (), *, at_terminal: bool = False) -> None:
        """Do nothing if the person may; NotAllowed, with who may, if not."""
        if not self.of(person, groups, at_terminal=at_terminal) & MAY[action]:
            allowed = " or ".join(_NAMES[role] for role in Role if role in MAY[action])
            raise NotAllowed(f"{person} may not {action.value}: that is for {allowed}. Ask one of them.")

    def check_actor(self, actor: Actor, action: Action) -> None:
        """Do nothing if the actor may, and so may the account that acts for them; NotAllowed if not."""
        self.check(actor.name, action, actor.groups, at_terminal=actor.at_terminal)
        if actor.is_for_another and not actor.vouched:
            self.check(actor.account, action, at_terminal=actor.at_terminal)

    def at_terminal(self, account: str, name: str = "") -> Actor:
        """The actor for an account of the operating system that acts for itself, or for a person it names.

        Raises:
            NotAllowed: roles are set, and the account may not act for others.
        """
        actor = Actor(name or account, at_terminal=True, account=account)
        if not actor.is_for_another or not (self.are_set or self.granted):
            return actor
        if self.may_act_for_others is None:
            if self.of(account) & {Role.HUB, Role.ADMIN}:
                return actor
        elif account in self.may_act_for_others:
            return Actor(actor.name, at_terminal=True, account=account, vouched=True)
        raise NotAllowed(NOT_FOR_OTHERS.format(account=account, name=actor.name))


@dataclass(frozen=True, slots=True)
class Person:
    """A person on a platform."""

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
