"""Weekly digests and the counts they are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import RowMapping, bindparam, func, insert, select, update

from bot.domain.proposals import Digest, DigestError, Second, second_person
from bot.domain.refusals import Remedy
from bot.records import audit
from bot.records.audit.chain import Entry
from bot.records.audit.said import text_digest
from bot.records.engine import Database
from bot.records.tables import DIGESTS, REPLIES

_ONE = select(DIGESTS).where(DIGESTS.c.week == bindparam("which"))
_LOCKED = _ONE.with_for_update()
_NEWEST = select(DIGESTS).order_by(DIGESTS.c.week.desc()).limit(bindparam("most"))
_ADD = insert(DIGESTS)
_APPROVE = (
    update(DIGESTS)
    .where(DIGESTS.c.week == bindparam("which"))
    .values(approved_by=bindparam("who"), approved_at=bindparam("at"))
)
_OUTCOMES = (
    select(REPLIES.c.outcome, func.count())
    .where(REPLIES.c.replied_at >= bindparam("since"), REPLIES.c.replied_at < bindparam("until"))
    .group_by(REPLIES.c.outcome)
)


PREPARED_BY = "worker"
"""The job of the program that writes a digest."""


class DigestRecords:
    """Digests in the hub database; raises RecordsError when they cannot be kept."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def outcomes(self, first: date, last: date) -> Mapping[str, int]:
        """How many replies had which outcome, from the first day to the last, both included (in UTC)."""
        wanted = {"since": _midnight(first), "until": _midnight(last + timedelta(days=1))}
        with self._database.read() as connection:
            return {row[0]: row[1] for row in connection.execute(_OUTCOMES, wanted)}

    def get(self, week: str) -> Digest | None:
        """The digest of a week such as "2026-W47"."""
        with self._database.read() as connection:
            row = connection.execute(_ONE, {"which": week}).mappings().one_or_none()
            return _digest(row) if row else None

    def newest(self, limit: int = 10) -> list[Digest]:
        """The newest digests, newest first."""
        with self._database.read() as connection:
            return [_digest(row) for row in connection.execute(_NEWEST, {"most": limit}).mappings()]

    def prepare(self, week: str, text: str) -> bool:
        """Keep a digest for the hub to approve; False, and nothing changed, where the week has one."""
        with self._database.write() as connection:
            if connection.execute(_ONE, {"which": week}).first() is not None:
                return False
            connection.execute(_ADD, {"week": week, "text": text, "prepared_at": self._now()})
            audit.append(
                connection, [Entry(self._now(), PREPARED_BY, "digest.prepared", week, {"text": text_digest(text)})]
            )
            return True

    def approve(self, week: str, second: Second) -> Digest:
        """Release a digest; it is told from now on.

        Raises:
            DigestError: there is none for the week, it has been approved, or the same person prepared it.
        """
        with self._database.write() as connection:
            # locked while it is read: of two who approve at once, one finds it approved
            row = connection.execute(_LOCKED, {"which": week}).mappings().one_or_none()
            if row is None:
                raise DigestError(f"There is no digest for {week}.", Remedy(("worker", "--once")))
            if row["approved_by"]:
                raise DigestError(f"{row['approved_by']} has approved the digest for {week} already.")
            refusal = second_person(PREPARED_BY, "", second)
            if refusal:
                raise DigestError(refusal)
            connection.execute(_APPROVE, {"which": week, "who": second.actor.name, "at": self._now()})
            detail = {"text": text_digest(row["text"])}
            audit.append(connection, [Entry(self._now(), second.actor, "digest.approved", week, detail)])
            return _digest(connection.execute(_ONE, {"which": week}).mappings().one())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _digest(row: RowMapping) -> Digest:
    return Digest(row["week"], row["text"], row["prepared_at"], row["approved_by"] or "", row["approved_at"])
