"""The hub database: the one place that knows SQL. `Records` opens it and hands out its rooms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, insert

from bot.domain.messages import Place
from bot.domain.receipts import ReceiptRecord
from bot.domain.record import AuditReport, Event
from bot.domain.requests import Request
from bot.domain.timing.patience import Patience
from bot.records.audit.recording import AuditRecords
from bot.records.conversation.feedback import FeedbackRecords
from bot.records.conversation.keeping import ConversationRecords
from bot.records.conversation.recall import RecallRecords
from bot.records.conversation.shown import ShownRecords
from bot.records.conversation.turns import TurnRecords
from bot.records.engine import Database, PoolState, connect, name_of
from bot.records.errors import RecordsError
from bot.records.health import Backlog, Health, backlog_of, health_of
from bot.records.insight.counting import CountingRecords
from bot.records.insight.reading import ReadingRecords
from bot.records.insight.saved import SavedRecords
from bot.records.letters.cards import CardRecords
from bot.records.letters.inbound import InboundRecords
from bot.records.letters.outbox import OutboxRecords
from bot.records.migrate import migrate as bring_up_to_date
from bot.records.office.belonging import check_unlike, claim
from bot.records.office.bindings import BindingRecords
from bot.records.office.disclosure import DisclosureRecords
from bot.records.office.filters import FilterRecords
from bot.records.office.people import PeopleRecords
from bot.records.office.rates import RateRecords
from bot.records.office.retention import RetentionRecords
from bot.records.office.sessions import SessionRecords
from bot.records.office.switches import SwitchRecords
from bot.records.office.tokens import TokenRecords
from bot.records.office.workspaces import WorkspaceRecords
from bot.records.programme.advice import AdviceRecords
from bot.records.programme.digests import DigestRecords
from bot.records.programme.echoes import EchoRecords
from bot.records.programme.learning import LearningRecords
from bot.records.programme.lessons import LessonRecords
from bot.records.programme.projects import ProjectRecords
from bot.records.requests.finding import FindingRecords
from bot.records.requests.joining import JoiningRecords
from bot.records.requests.late import LateRecords
from bot.records.requests.opening import RequestRecords
from bot.records.requests.pace import PaceRecords
from bot.records.requests.queue import QueueRecords
from bot.records.requests.unresolved import UnresolvedRecords
from bot.records.tables import URGENT_SIGNS

__all__ = ["AuditReport", "Event", "Health", "ReceiptRecord", "Records", "RecordsError", "Request", "utc_now"]

_COUNT_URGENT = insert(URGENT_SIGNS)
_PATIENCE = Patience()


def utc_now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


class Records(ConversationRecords, RequestRecords, AuditRecords):
    """The hub database, open; lives as long as the program and may be shared by its threads.

    Every method raises RecordsError when the database cannot do it, in bounded time; what a method kept when it
    returned stays kept, whatever happens next.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime], boards: Sequence[Place] = ()) -> None:
        RequestRecords.__init__(self, database, clock, boards)
        self.queue = QueueRecords(database, clock, boards)
        self.finding = FindingRecords(database, clock)
        self.pace = PaceRecords(database, clock, boards)
        self.joining = JoiningRecords(database)
        self.late = LateRecords(database, clock)
        self.recall = RecallRecords(database, clock)
        self.feedback = FeedbackRecords(database, clock)
        self.shown = ShownRecords(database, clock)
        self.conversation = TurnRecords(database, clock)
        self.unresolved = UnresolvedRecords(database, clock)
        self.inbound = InboundRecords(database, clock)
        self.outbox = OutboxRecords(database, clock, boards)
        self.cards = CardRecords(database)
        self.advice = AdviceRecords(database, clock)
        self.lessons = LessonRecords(database, clock)
        self.digests = DigestRecords(database, clock)
        self.learning = LearningRecords(database, clock)
        self.projects = ProjectRecords(database, clock)
        self.counting = CountingRecords(database)
        self.reading = ReadingRecords(database)
        self.saved = SavedRecords(database, clock)
        self.switches = SwitchRecords(database, clock)
        self.retention = RetentionRecords(database, clock)
        self.disclosure = DisclosureRecords(database)
        self.workspaces = WorkspaceRecords(database, clock)
        self.people = PeopleRecords(database, clock)
        self.sessions = SessionRecords(database, clock)
        self.bindings = BindingRecords(database, clock)
        self.filters = FilterRecords(database, clock)
        self.rates = RateRecords(database, clock)
        self.tokens = TokenRecords(database, clock)
        self.echoes = EchoRecords(database, clock)

    @classmethod
    def open(
        cls,
        target: Path | str,
        *,
        clock: Callable[[], datetime] = utc_now,
        boards: Sequence[Place] = (),
        patience: Patience = _PATIENCE,
    ) -> Records:
        """Open the database in a file or at a URL, made and upgraded where needed; the clock gives aware times.

        `boards` are the hub's channels: they hear of every request that is opened or changed.
        """
        records = cls.when_needed(target, clock=clock, boards=boards, patience=patience)
        records.audit_head()
        return records

    @classmethod
    def when_needed(
        cls,
        target: Path | str,
        *,
        clock: Callable[[], datetime] = utc_now,
        boards: Sequence[Place] = (),
        patience: Patience = _PATIENCE,
        force: str = "",
    ) -> Records:
        """As `open`, but at the first call that needs it; tried again at the next if that failed.

        The database is marked as this force's, once; AnothersRecords at every call where it is another's.
        """
        return cls(Database(lambda: _connected(target, patience, force), name_of(target)), clock, boards)

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def count_urgent(self, kind: str) -> None:
        """Count an urgent sign of a kind on today's date; who asked and what was said is not kept."""
        with self._database.write() as connection:
            connection.execute(_COUNT_URGENT, {"kind": kind, "day": self._now().date()})

    def backlog(self) -> Backlog:
        """What waits to be delivered and to be answered."""
        return backlog_of(self._database, self._now())

    def pool(self) -> PoolState | None:
        """This process's connections; None before the first."""
        return self._database.pool()

    def health(self) -> Health:
        """The state of the database, for `doctor`; reads the whole file once."""
        return health_of(self._database)


def finish_upgrade(target: Path | str, *, patience: Patience = _PATIENCE, force: str = "") -> None:
    """Run what an upgrade leaves until no older program runs any more; RecordsError as for `Records.open`."""
    engine = connect(target, patience)
    try:
        database = Database(lambda: engine, name_of(target))
        check_unlike(database, force)
        bring_up_to_date(database, finish=True)
    finally:
        engine.dispose()


def _connected(target: Path | str, patience: Patience, force: str) -> Engine:
    """An engine for a database that has this program's schema, and is this force's."""
    engine = connect(target, patience)
    try:
        database = Database(lambda: engine, name_of(target))
        check_unlike(database, force)
        bring_up_to_date(database)
        claim(database, force)
    except BaseException:
        engine.dispose()
        raise
    return engine
