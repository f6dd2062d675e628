"""One person across Slack, Teams and the portal, where the force says so: by verified e-mail addresses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.domain.people import Actor

if TYPE_CHECKING:
    from bot.records import Records


@dataclass(frozen=True, slots=True)
class Known:
    """Who an account is."""

    person: str
    """As the core knows them."""
    ids: tuple[str, ...] = ()
    """Every account that is this person."""
    address: str = ""
    """What the platform vouches for now; roles may be given to it."""
    sure: bool = True
    """Whether it could be told."""

    def actor(self, actor: Actor) -> Actor:
        """The actor as this person, with the groups that the platform vouches for."""
        groups = (*actor.groups, *self.ids, *filter(None, [self.address]))
        return replace(actor, name=self.person, groups=groups, also=self.ids, unsure=not self.sure)


@dataclass(frozen=True, slots=True)
class OnePerson:
    """Every method raises RecordsError from the database, and none asks it where the force has not said so."""

    on: bool
    records: Records

    def meet(self, platform: str, account: str, address: str) -> Known:
        """An account, with the address for which its platform vouches now; "" where it vouches for none."""
        if not self.on:
            return Known(account)
        bindings = self.records.bindings
        found = bindings.meet(platform, account, address) if address else bindings.find(platform, account)
        if found is None or not found.bound:
            return Known(account, sure=False)
        return Known(found.person, bindings.accounts(found.person), address if address == found.address else "")

    def account(self, platform: str, person: str) -> str:
        """The account that a person has on a platform, as far as it is known."""
        return self.records.bindings.account_on(platform, person) if self.on else person

    def unknown(self, account: str) -> Known:
        """An account of which nothing can be told at the moment."""
        return Known(account, sure=not self.on)

    def of(self, person: str) -> Known:
        """A person by the id under which a session or a token knows them."""
        if not self.on:
            return Known(person)
        found = self.records.bindings.find("", person)
        known = found.person if found is not None and found.bound else person
        ids = self.records.bindings.accounts(known)
        return Known(known, ids, sure=bool(ids))

    def doubtful(self) -> frozenset[str]:
        """People of platforms of whom it cannot be told who else they are."""
        return self.records.bindings.doubtful() if self.on else frozenset()
