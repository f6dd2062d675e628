"""Who may use the JSON API: tokens of programs, made and ended by admins, on record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.clients import NEEDED, Client, ClientError, Scope
from bot.domain.people import MAY, Action, Actor
from bot.governance.office import Office
from bot.records import Records

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")


@dataclass(frozen=True, slots=True)
class Clients:
    """Every method for admins raises NotAllowed for others, and RecordsError from the database."""

    office: Office
    records: Records

    def add(self, actor: Actor, name: str, person: str, scopes: Sequence[str], days: int) -> str:
        """A new token; it is shown this once.

        Raises:
            ClientError: the name is taken or cannot be one, or the person has no role for a scope.
        """
        self.office.check(actor, Action.TOKENS)
        if not NAME.fullmatch(name):
            raise ClientError("A token's name is in small letters, digits, dots and hyphens, 60 at most: intranet.")
        if not person.strip() or not scopes or not set(scopes) <= set(Scope):
            raise ClientError(f"Name a person, and scopes from these: {', '.join(Scope)}.")
        wanted = sorted({Scope(one) for one in scopes})
        for scope in wanted:
            if not self._reaches(person, scope):
                raise ClientError(f"{person} has no role for the scope '{scope}', and so the token would have none.")
        return self.records.tokens.add(name, person.strip(), wanted, days, actor)

    def revoke(self, actor: Actor, name: str) -> None:
        """End a token at once. ClientError where there is none of that name."""
        self.office.check(actor, Action.TOKENS)
        self.records.tokens.revoke(name, actor)

    def all(self, actor: Actor) -> list[Client]:
        """Every token's client."""
        self.office.check(actor, Action.TOKENS)
        return self.records.tokens.all()

    def holder(self, token: str) -> Client | None:
        """Whose token it is; None where it never was, ended, or was revoked."""
        return self.records.tokens.find(token)

    def may(self, client: Client, scope: Scope) -> bool:
        """Whether a client may: its token says so, and its person has the role at this moment."""
        return scope in client.scopes and self._reaches(client.person, scope)

    def _reaches(self, person: str, scope: Scope) -> bool:
        needed = NEEDED.get(scope)
        return needed is None or bool(self.office.roles.of(person) & MAY[needed])
