"""Which accounts of platforms are one person, by the e-mail address that each platform vouches for.

An account that was bound stays bound to its person: nothing that is claimed later moves it. An address that a second
account of the same platform claims has changed hands, or somebody pretends: that account is joined with nobody, and
neither is any other from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, and_, bindparam, delete, func, insert, or_, select, tuple_, update

from bot.domain.timing.retention import Hold, Scope
from bot.records import audit
from bot.records.audit import Entry
from bot.records.engine import Database, one_by_one
from bot.records.tables import BINDINGS, FEEDBACK, LEARNING, PEOPLE, QUESTIONS, REQUESTS, SAVED_FILTERS

BOUND, REFUSED = "bound", "refused"
LONGEST_UNSEEN = timedelta(days=90)
"""An address whose holder no platform has vouched for so long may be somebody else's by now: nobody is joined to it."""
_STALE = timedelta(days=1)
_BINDING_LOCK = 0x50_46_48_55_43
"""Any fixed number. The head of the record would do as well, but it comes after the rows of requests everywhere."""
_SEVERAL = ("slack", "teams", "portal")
_ONE = select(BINDINGS).where(BINDINGS.c.platform == bindparam("on"), BINDINGS.c.account == bindparam("who"))
_SAME_ID = select(BINDINGS).where(BINDINGS.c.account == bindparam("who"), BINDINGS.c.state == BOUND)
_OF_ADDRESS = select(BINDINGS).where(BINDINGS.c.address == bindparam("at_address"))
_OF_PERSON = (
    select(BINDINGS.c.account)
    .where(BINDINGS.c.person == bindparam("who"), BINDINGS.c.state == BOUND)
    .order_by(BINDINGS.c.account)
)
_HELD = (
    select(REQUESTS.c.number)
    .where(REQUESTS.c.claimed_by == bindparam("who"))
    .order_by(REQUESTS.c.number)
    .with_for_update(key_share=True)
)
_SEEN = (
    update(BINDINGS)
    .where(BINDINGS.c.platform == bindparam("on"), BINDINGS.c.account == bindparam("who"))
    .values(seen_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class Binding:
    """An account, and the person that it is."""

    person: str
    bound: bool
    address: str
    """Under which it was bound."""


class BindingRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def find(self, platform: str, account: str) -> Binding | None:
        """What is known of an account; an id that two platforms share is one person's."""
        with self._database.read() as connection:
            row = _row_of(connection, platform, account)
        return _binding(row) if row else None

    def meet(self, platform: str, account: str, address: str) -> Binding | None:
        """An account for whose address its platform vouches now: bound at the first time, and left as it is later.

        None where the address cannot be relied on: nobody was seen with it for long.
        """
        with self._database.read() as connection:
            row = connection.execute(_ONE, {"on": platform, "who": account}).mappings().one_or_none()
        if row is not None and (row["address"] != address or self._now() - row["seen_at"] < _STALE):
            return _binding(row)
        with self._database.write() as connection:
            one_by_one(connection, _BINDING_LOCK)  # two that come at once are bound one after the other
            return self._bind(connection, platform, account, address)

    def _bind(self, connection: Connection, platform: str, account: str, address: str) -> Binding | None:
        now = self._now()
        row = connection.execute(_ONE, {"on": platform, "who": account}).mappings().one_or_none()
        if row is not None:
            connection.execute(_SEEN, {"on": platform, "who": account, "now": now})
            return _binding(row)
        others = connection.execute(_OF_ADDRESS, {"at_address": address}).mappings().all()
        same = connection.execute(_SAME_ID, {"who": account}).mappings().first()
        people = {one["person"] for one in others} | ({same["person"]} if same else set())
        contested = len(people) > 1 or any(one["platform"] == platform or one["state"] == REFUSED for one in others)
        if contested:
            return self._add(connection, platform, account, account, address, REFUSED)
        if others and now - max(one["seen_at"] for one in others) > LONGEST_UNSEEN:
            return None
        return self._add(connection, platform, account, next(iter(people), account), address, BOUND)

    def _add(
        self, connection: Connection, platform: str, account: str, person: str, address: str, state: str
    ) -> Binding:
        now = self._now()
        row = {"platform": platform, "account": account, "person": person, "address": address, "state": state}
        connection.execute(insert(BINDINGS), {**row, "first_seen": now, "seen_at": now})
        if state == REFUSED:
            audit.append(connection, [Entry(now, account, "person.join_refused", account, {"platform": platform})])
        elif person != account:
            _move(connection, account, person)
            detail = {"platform": platform, "account": account}
            audit.append(connection, [Entry(now, account, "person.joined", person, {**detail})])
        return Binding(person, state == BOUND, address)

    def accounts(self, person: str) -> tuple[str, ...]:
        """Every account that is this person; none where they were never bound."""
        with self._database.read() as connection:
            return tuple(connection.scalars(_OF_PERSON, {"who": person}))

    def account_on(self, platform: str, person: str) -> str:
        """A person's account on a platform; their own id where there is no other."""
        with self._database.read() as connection:
            return accounts_on(connection, [(platform, person)]).get((platform, person), person)

    def doubtful(self) -> frozenset[str]:
        """People of platforms who are not bound: it cannot be told whether they are somebody else."""
        bound = select(BINDINGS.c.account).where(BINDINGS.c.state == BOUND)
        wanted = select(PEOPLE.c.person).where(PEOPLE.c.platform.in_(_SEVERAL), PEOPLE.c.person.not_in(bound))
        with self._database.read() as connection:
            return frozenset(connection.scalars(wanted))

    def counts(self) -> Mapping[str, int]:
        """How many accounts are bound, how many people they are, and how many were refused."""
        with self._database.read() as connection:
            wanted = select(BINDINGS.c.state, func.count().label("many")).group_by(BINDINGS.c.state)
            states: dict[str, int] = {row.state: row.many for row in connection.execute(wanted)}
            of = select(func.count(BINDINGS.c.person.distinct())).where(BINDINGS.c.state == BOUND)
            people = connection.scalar(of) or 0
        return {"accounts": states.get(BOUND, 0), "people": people, "refused": states.get(REFUSED, 0)}

    def told(self, person: str) -> list[dict[str, str]]:
        """What is kept of a person's accounts, for a disclosure."""
        with self._database.read() as connection:
            ids = ids_of(connection, person)
            rows = connection.execute(select(BINDINGS).where(BINDINGS.c.account.in_(ids))).mappings().all()
        return [
            {name: str(row[name]) for name in ("platform", "account", "address", "state")}
            | {"first_seen": row["first_seen"].isoformat(timespec="seconds")}
            for row in rows
        ]


def ids_of(connection: Connection, person: str) -> list[str]:
    """Every id of a person of whom one id, or the address, is given; that one too."""
    given = or_(BINDINGS.c.account == person, BINDINGS.c.person == person, BINDINGS.c.address == person.lower())
    people = select(BINDINGS.c.person).where(given, BINDINGS.c.state == BOUND)
    found = select(BINDINGS.c.account, BINDINGS.c.person).where(
        BINDINGS.c.person.in_(people), BINDINGS.c.state == BOUND
    )
    return sorted({person, *(one for row in connection.execute(found) for one in row)})


def widened(connection: Connection, holds: Sequence[Hold]) -> list[Hold]:
    """Holds of people, on all their ids."""
    return [
        replace(hold, value=one)
        for hold in holds
        for one in (ids_of(connection, hold.value) if hold.scope is Scope.PERSON else [hold.value])
    ]


def accounts_on(connection: Connection, people: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Platform and person to the person's account there, where that is another id: letters are sent to accounts."""
    found = select(BINDINGS.c.platform, BINDINGS.c.person, BINDINGS.c.account).where(
        tuple_(BINDINGS.c.platform, BINDINGS.c.person).in_(list(people)),
        BINDINGS.c.state == BOUND,
        BINDINGS.c.account != BINDINGS.c.person,
    )
    return {(row.platform, row.person): row.account for row in connection.execute(found)}


def forget_unseen(connection: Connection, before: datetime) -> None:
    """Accounts for which no platform has vouched since then."""
    connection.execute(delete(BINDINGS).where(BINDINGS.c.seen_at < before))


def _row_of(connection: Connection, platform: str, account: str) -> RowMapping | None:
    row = connection.execute(_ONE, {"on": platform, "who": account}).mappings().one_or_none()
    return row or connection.execute(_SAME_ID, {"who": account}).mappings().first()


def _binding(row: RowMapping) -> Binding:
    return Binding(row["person"], row["state"] == BOUND, row["address"])


def _move(connection: Connection, account: str, person: str) -> None:
    """What an account asked, holds and learnt before it was joined is the person's; who wrote what stays as written.

    Rows of requests are locked first and by number, as the queue locks them; the head of the record comes last.
    """
    connection.execute(_HELD, {"who": account}).all()
    connection.execute(update(REQUESTS).where(REQUESTS.c.claimed_by == account).values(claimed_by=person))
    connection.execute(update(QUESTIONS).where(QUESTIONS.c.asker == account).values(asker=person))
    for table, key in ((LEARNING, ("path", "step")), (FEEDBACK, ("receipt",)), (SAVED_FILTERS, ("name",))):
        columns = [table.c[name] for name in key]
        theirs = select(*columns).where(table.c.person == person)
        connection.execute(delete(table).where(and_(table.c.person == account, tuple_(*columns).in_(theirs))))
        connection.execute(update(table).where(table.c.person == account).values(person=person))
