"""Legal holds: what no purge may touch until they are lifted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, union

from bot.domain.people import By, folded, name_of
from bot.domain.record import Json
from bot.domain.refusals import Remedy
from bot.domain.requests import no_such_request, number_of, reference_of
from bot.domain.timing.retention import Hold, HoldError, Scope
from bot.records import audit
from bot.records.audit import Entry
from bot.records.engine import Database
from bot.records.tables import (
    BINDINGS,
    FEEDBACK,
    HOLDS,
    INBOUND,
    INBOX,
    LEARNING,
    MESSAGES,
    PEOPLE,
    QUESTIONS,
    REQUESTS,
)

NEAR, MOST_NEAR = 70, 3
"""How alike two names must be (0 to 100) for one to be suggested for the other, and how many are."""
_HOLDS = select(HOLDS).order_by(HOLDS.c.id)
_ADD = insert(HOLDS)
_LIFT = delete(HOLDS).where(HOLDS.c.id == bindparam("which"))
_IDS: tuple[ColumnElement[str], ...] = (
    QUESTIONS.c.asker,
    MESSAGES.c.author,
    LEARNING.c.person,
    FEEDBACK.c.person,
    INBOX.c.person,
    INBOUND.c.asker,
    REQUESTS.c.claimed_by,
)
_ELSEWHERE: tuple[ColumnElement[str], ...] = (PEOPLE.c.person, BINDINGS.c.account, BINDINGS.c.address)
_KNOWN = union(*(select(column.label("person")) for column in (*_IDS, *_ELSEWHERE)))
_NAMED = select(PEOPLE.c.person, PEOPLE.c.account, PEOPLE.c.name)
_IS_REQUEST = select(REQUESTS.c.number).where(REQUESTS.c.number == bindparam("which"))


class HoldRecords:
    """Holds in the hub database; raises RecordsError when it cannot be done."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def holds(self) -> list[Hold]:
        """Every hold that stands, oldest first."""
        with self._database.read() as connection:
            return standing(connection)

    def hold(self, scope: Scope, value: str, by: By, why: str, *, unknown: bool = False) -> Hold:
        """Keep a person's records, a request, or everything until the hold is lifted.

        `unknown`: also for a person of whom nothing is kept yet.

        Raises:
            HoldError: there is no reason, or nothing is kept of a person of this name; the message names near ones.
            QueueError: there is no such request.
        """
        if not why.strip():
            raise HoldError('A hold needs a reason: --why "…"')
        number = number_of(value) if scope is Scope.REQUEST else 0
        value = str(number) if number else value.strip()
        with self._database.write() as connection:
            if number and connection.execute(_IS_REQUEST, {"which": number}).first() is None:
                raise no_such_request(reference_of(number))
            if scope is Scope.PERSON and not unknown:
                _check_known(connection, value)
            row = {"scope": scope.value, "value": value, "by": name_of(by), "why": why, "at": self._now()}
            key = connection.execute(_ADD, row).inserted_primary_key
            made = int(key[0]) if key else 0
            about = reference_of(number) if number else value
            detail: dict[str, Json] = {"why": why, "hold": made}
            audit.append(connection, [Entry(self._now(), by, "hold.set", f"{scope.value}:{about}", detail)])
            return Hold(made, scope, value, name_of(by), why, self._now())

    def lift(self, number: int, by: By) -> None:
        """Lift a hold. HoldError where there is none with this number."""
        with self._database.write() as connection:
            if not connection.execute(_LIFT, {"which": number}).rowcount:
                raise HoldError(f"There is no hold {number}.", Remedy(("hold", "list")))
            audit.append(connection, [Entry(self._now(), by, "hold.lifted", str(number), {})])

    def near(self, person: str) -> tuple[str, ...] | None:
        """None where something is kept of a person of exactly this name or id; else the names and ids most like it."""
        with self._database.read() as connection:
            return _near(connection, person)


def standing(connection: Connection) -> list[Hold]:
    """Every hold that stands, oldest first."""
    return [
        Hold(row["id"], Scope(row["scope"]), row["value"], row["by"], row["why"], row["at"])
        for row in connection.execute(_HOLDS).mappings()
    ]


def _check_known(connection: Connection, person: str) -> None:
    near = _near(connection, person)
    if near is None:
        return
    meant = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
    raise HoldError(
        f"Nothing is kept of anyone called '{person}', so a hold would keep nothing.{meant} "
        "To hold what is still to come, add --unknown."
    )


def _near(connection: Connection, person: str) -> tuple[str, ...] | None:
    known = set(connection.scalars(_KNOWN))
    if person in known:
        return None
    names = {name: who for who, account, shown in connection.execute(_NAMED) for name in (shown, account) if name}
    choices = {choice: folded(choice) for choice in (*known, *names) if choice}
    found = process.extract(folded(person), choices, scorer=fuzz.WRatio, score_cutoff=NEAR, limit=MOST_NEAR)
    return tuple(dict.fromkeys(names.get(choice, choice) for _, _, choice in found))
