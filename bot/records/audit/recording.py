"""The record as the rest of the program uses it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.domain.people import By
from bot.domain.record import AuditReport, Event, IsSeal, Json, SaidReport, Seal
from bot.records.audit import chain, reading, said, trimming, verifying
from bot.records.audit.chain import Entry
from bot.records.engine import Database


class AuditRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def audit(self, action: str, actor: By, *, subject: str = "", **detail: Json) -> None:
        """Put on record that something was done; the detail is JSON and never holds a question's text."""
        with self._database.write() as connection:
            chain.append(connection, [Entry(self._now(), actor, action, subject, detail)])

    def verify_audit(self, is_seal: IsSeal | None = None) -> AuditReport:
        """Walk the hash chain from the first event to the last; a record that was trimmed needs `is_seal`."""
        return verifying.verify(self._database, is_seal)

    def verify_said(self) -> SaidReport:
        """Compare every reply and message that is kept with its digest on the record."""
        return said.compare_all(self._database)

    def accept_start(self, by: By, why: str, seal: Seal) -> int | None:
        """Sign where a record begins that was trimmed unsigned; the last event that went, None where none did."""
        with self._database.write() as connection:
            return trimming.accept(connection, by, why, self._now(), seal)

    def audit_head(self) -> tuple[int, str]:
        """Number and hash of the newest event."""
        return chain.head(self._database)

    def audit_hash(self, sequence: int) -> str | None:
        """The hash of one event; None where there is none such."""
        return chain.hash_of(self._database, sequence)

    def audit_events(
        self, *, person: str = "", subject: str = "", since: str = "", until: str = "", limit: int = 100
    ) -> list[tuple[str, Event]]:
        """The newest events, newest first, each with its subject; terms as in `reading.events`."""
        return reading.events(self._database, person=person, subject=subject, since=since, until=until, limit=limit)
