"""The hub database: the one place that knows SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Select, func, insert, select

from bot.domain import receipts
from bot.domain.messages import Citation, Place, Question, Reply
from bot.domain.receipts import ReceiptRecord, normalise_receipt
from bot.domain.requests import (
    Event,
    Request,
    RequestKind,
    RequestState,
    parse_reference,
    reference_of,
)
from bot.records import audit, opening, rows
from bot.records.advice import AdviceRecords
from bot.records.audit import AuditReport, Entry
from bot.records.conversation import CONVERSATION_LASTS, ConversationRecords
from bot.records.digests import DigestRecords
from bot.records.disclosure import DisclosureRecords
from bot.records.engine import Database, connect, name_of
from bot.records.errors import RecordsError
from bot.records.feedback import FeedbackRecords
from bot.records.inbound import CardRecords, InboundRecords
from bot.records.joining import JoiningRecords
from bot.records.late import LateRecords
from bot.records.learning import LearningRecords
from bot.records.lessons import LessonRecords
from bot.records.migrate import migrate, stored_revision
from bot.records.outbox import OutboxRecords
from bot.records.pace import PaceRecords
from bot.records.people import PeopleRecords, ShownRecords
from bot.records.queue import QueueRecords
from bot.records.recall import RecallRecords
from bot.records.retention import RetentionRecords
from bot.records.schema import HEAD_REVISION, METADATA, URGENT_SIGNS
from bot.records.switches import SwitchRecords
from bot.records.unresolved import UnresolvedRecords
from bot.records.workspaces import WorkspaceRecords

__all__ = ["AuditReport", "Event", "Health", "ReceiptRecord", "Records", "RecordsError", "Request", "utc_now"]

_COUNT_URGENT = insert(URGENT_SIGNS)
_COUNTED = {name: select(func.count()).select_from(table) for name, table in METADATA.tables.items()}


def utc_now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Health:
    """What `doctor` says about the hub database."""

    name: str
    """Its path, or its URL without the password."""
    engine: str
    """Such as "SQLite 3.53.4"."""
    revision: str
    up_to_date: bool
    integrity: str
    """ "ok", or the first thing that is wrong."""
    counts: Mapping[str, int]
    """Rows in each table."""


class Records:
    """The hub database, open; lives as long as the program and may be shared by its threads.

    Every method raises RecordsError when the database cannot do it; what a method kept when it
    returned stays kept, whatever happens next.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime], boards: Sequence[Place] = ()) -> None:
        self._database = database
        self._now = clock
        self._boards = boards
        self.learning = LearningRecords(database, clock)
        self.digests = DigestRecords(database, clock)
        self.switches = SwitchRecords(database, clock)
        self.retention = RetentionRecords(database, clock)
        self.disclosure = DisclosureRecords(database)
        self.queue = QueueRecords(database, clock, boards)
        self.outbox = OutboxRecords(database, clock, boards)
        self.advice = AdviceRecords(database, clock)
        self.inbound = InboundRecords(database, clock)
        self.cards = CardRecords(database)
        self.joining = JoiningRecords(database)
        self.pace = PaceRecords(database, clock, boards)
        self.late = LateRecords(database, clock)
        self.recall = RecallRecords(database, clock)
        self.lessons = LessonRecords(database, clock)
        self.workspaces = WorkspaceRecords(database, clock)
        self.feedback = FeedbackRecords(database, clock)
        self.people = PeopleRecords(database, clock)
        self.shown = ShownRecords(database, clock)
        self.conversation = ConversationRecords(database, clock)
        self.unresolved = UnresolvedRecords(database, clock)

    @classmethod
    def open(
        cls, target: Path | str, *, clock: Callable[[], datetime] = utc_now, boards: Sequence[Place] = ()
    ) -> Records:
        """Open the database at a path or URL, made and upgraded where needed; the clock gives aware times.

        `boards` are the hub's channels: they hear of every request that is opened or changed.
        """
        records = cls.when_needed(target, clock=clock, boards=boards)
        records.audit_head()
        return records

    @classmethod
    def when_needed(
        cls, target: Path | str, *, clock: Callable[[], datetime] = utc_now, boards: Sequence[Place] = ()
    ) -> Records:
        """As `open`, but at the first call that needs it; tried again at the next if that failed."""
        return cls(Database(lambda: _connected(target), name_of(target)), clock, boards)

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def earlier_questions(self, place: Place, *, limit: int = 3) -> tuple[str, ...]:
        """The last questions of the conversation in this place, as they were kept, oldest first."""
        wanted = {
            "platform": place.platform,
            "address": place.address,
            "since": self._now() - CONVERSATION_LASTS,
            "most": max(limit, 0),
        }
        with self._database.read() as connection:
            texts = connection.execute(rows.EARLIER, wanted).scalars().all()
        return tuple(reversed(texts))

    def has_asked(self, person: str, place: Place) -> bool:
        """Whether this person is in a conversation in this place: what others say there is not for the assistant."""
        wanted = {"platform": place.platform, "address": place.address, "person": person}
        with self._database.read() as connection:
            found = connection.execute(rows.HAS_ASKED, {**wanted, "since": self._now() - CONVERSATION_LASTS})
            return found.first() is not None

    def new_receipt(self) -> str:
        """A receipt code that no reply has yet."""
        with self._database.read() as connection:
            while True:
                code = receipts.new_receipt()
                if connection.execute(rows.RECEIPT_TAKEN, {"code": code}).first() is None:
                    return code

    def save_reply(self, question: Question, reply: Reply) -> None:
        """Keep a redacted question and the reply to it, whole or not at all."""
        with self._database.write() as connection:
            opening.save_reply(connection, question, reply, self._now())

    def save_handed_over(
        self,
        question: Question,
        reply_for: Callable[[str], Reply],
        *,
        kind: str,
        found: Sequence[Citation],
        why: str,
    ) -> str:
        """Open a request, and keep question, reply and what was found with it; its reference ("PF-0042").

        Where the same person asked the very same before and that request still waits, it stays the only one: its
        reference is given, and the reply is kept. `reply_for` is called with the reference while other writers wait:
        it only words the reply. ValueError where `kind` is none of RequestKind.
        """
        with self._database.write() as connection:
            opened = opening.Opened(question, RequestKind(kind), why, tuple(found), self._now())
            return opening.open_request(connection, opened, reply_for, self._boards)

    def receipt(self, code: str) -> ReceiptRecord | None:
        """What was shown under a receipt code, however it was typed; None where no reply carries it."""
        wanted = normalise_receipt(code)
        if wanted is None:
            return None
        with self._database.read() as connection:
            row = connection.execute(rows.RECEIPT, {"code": wanted}).mappings().one_or_none()
            return None if row is None else rows.receipt_record(connection, row)

    def requests(self, *, state: str | None = None, limit: int = 100) -> list[Request]:
        """The newest requests, newest first, without what was found and their events.

        ValueError where `state` is none of RequestState.
        """
        if state is None:
            return self._list(rows.REQUEST_LIST_LIMITED, {"most": max(limit, 0)})
        return self._list(rows.REQUEST_LIST_IN_STATE, {"most": max(limit, 0), "wanted": RequestState(state).value})

    def requests_of(self, person: str, *, limit: int = 20) -> list[Request]:
        """A person's own requests, newest first, without what was found and their events."""
        return self._list(rows.REQUEST_LIST_OF_PERSON, {"person": person, "most": max(limit, 0)})

    def request(self, reference: str) -> Request | None:
        """A request with all that is known of it, or None; "PF-0042", "pf42" and "42" are the same one."""
        number = parse_reference(reference)
        if number is None:
            return None
        with self._database.read() as connection:
            row = connection.execute(rows.REQUEST, {"wanted": number}).mappings().one_or_none()
            if row is None:
                return None
            found = rows.found_for(connection, row["question_id"])
            events = audit.events_about(connection, reference_of(number))
            joined = tuple(map(reference_of, connection.scalars(rows.JOINED, {"wanted": number})))
            return rows.request_of(row, found, events, rows.messages_of(connection, number), joined)

    def count_urgent(self, kind: str) -> None:
        """Count an urgent sign of a kind on today's date; who asked and what was said is not kept."""
        with self._database.write() as connection:
            connection.execute(_COUNT_URGENT, {"kind": kind, "day": self._now().date()})

    def audit(self, action: str, actor: str, *, subject: str = "", **detail: Any) -> None:
        """Put on record that somebody did something; the detail is JSON and never holds a question's text."""
        with self._database.write() as connection:
            audit.append(connection, [Entry(self._now(), actor, action, subject, detail)])

    def verify_audit(self) -> AuditReport:
        """Walk the hash chain from the first event to the last."""
        return audit.verify(self._database)

    def audit_head(self) -> tuple[int, str]:
        """Number and hash of the newest event."""
        return audit.head(self._database)

    def audit_hash(self, sequence: int) -> str | None:
        """The hash of one event; None where there is none such."""
        return audit.hash_of(self._database, sequence)

    def audit_events(self, **terms: Any) -> list[tuple[str, Event]]:
        """The newest events, newest first, each with its subject; terms as in `audit.events`."""
        return audit.events(self._database, **terms)

    def health(self) -> Health:
        """The state of the database, for `doctor`; reads the whole file once."""
        with self._database.read() as connection:
            revision = stored_revision(connection, self._database.name) or ""
            counts = {name: _count(connection, name) for name in _COUNTED}
        return Health(
            name=self._database.name,
            engine=self._database.engine_version(),
            revision=revision,
            up_to_date=revision == HEAD_REVISION,
            integrity=self._database.integrity(),
            counts=counts,
        )

    def _list(self, statement: Select[Any], wanted: Mapping[str, Any]) -> list[Request]:
        with self._database.read() as connection:
            return [rows.request_of(row) for row in connection.execute(statement, wanted).mappings()]


def _connected(target: Path | str) -> Engine:
    """An engine for a database that has this program's schema."""
    engine = connect(target)
    try:
        migrate(Database(lambda: engine, name_of(target)))
    except BaseException:
        engine.dispose()
        raise
    return engine


def _count(connection: Connection, table: str) -> int:
    return connection.execute(_COUNTED[table]).scalar_one()
