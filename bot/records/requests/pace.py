"""How long requests wait: for reminders, for what may be expected, and for the next shift."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, Select, and_, bindparam, exists, func, or_, select

from bot.domain.letters import LetterKind
from bot.domain.messages import Place
from bot.domain.requests import (
    WAITS,
    MessageKind,
    Request,
    RequestState,
    parse_reference,
    reference_of,
)
from bot.domain.timing.pace import Due, Recent, Reminder
from bot.records import audit
from bot.records.audit.chain import Entry
from bot.records.conversation import rows, statements
from bot.records.engine import Database, insert_new
from bot.records.letters import outgoing
from bot.records.tables import AUDIT, MESSAGES, OUTBOX, REMINDERS, REQUESTS, UtcTime

CHUNK = 500
T = TypeVar("T")
Row = tuple[object, ...]

_SINCE = func.coalesce(REQUESTS.c.reopened_at, REQUESTS.c.opened_at)
_WAITS = (REQUESTS.c.state.in_([state.value for state in WAITS]), REQUESTS.c.joined_to.is_(None))
_WAITING = statements.REQUEST_LIST.where(*_WAITS).order_by(None).order_by(REQUESTS.c.number)
_OLDEST_FIRST = statements.REQUEST_LIST.where(*_WAITS).order_by(None).order_by(_SINCE, REQUESTS.c.number)
_PAST = _OLDEST_FIRST.where(
    bindparam("by", type_=UtcTime()) >= _SINCE, REQUESTS.c.state.in_(bindparam("states", expanding=True))
).limit(bindparam("most"))
_DUE = _PAST.where(
    ~exists().where(
        REMINDERS.c.request_number == REQUESTS.c.number, REMINDERS.c.kind.in_(bindparam("told", expanding=True))
    ),
)
_AS_IT_IS = statements.REQUEST.with_for_update(of=REQUESTS, key_share=True)
_RECENT = (
    select(REQUESTS.c.opened_at, REQUESTS.c.replied_at)
    .where(
        REQUESTS.c.opened_at >= bindparam("since"),
        ~REQUESTS.c.unasked,
        or_(REQUESTS.c.replied_at.is_not(None), and_(*_WAITS)),
    )
    .order_by(REQUESTS.c.number.desc())
    .limit(bindparam("most"))
)
_CAME = (
    select(func.count()).select_from(REQUESTS).where(REQUESTS.c.opened_at >= bindparam("since"), ~REQUESTS.c.unasked)
)


def _moved_to(*states: RequestState) -> Select[Row]:
    wanted = REQUESTS.c.state.in_([state.value for state in states])
    return statements.REQUEST_LIST.where(wanted, REQUESTS.c.changed_at >= bindparam("since"))


_ENDED = _moved_to(RequestState.CLOSED, RequestState.WITHDRAWN)
_ANSWERED = _moved_to(RequestState.REPLIED)
_DEAD = select(func.count()).select_from(OUTBOX).where(OUTBOX.c.state == outgoing.DEAD)
_EVENTS = (
    select(AUDIT.c.subject, AUDIT.c.at, AUDIT.c.detail)
    .where(AUDIT.c.subject.in_(bindparam("references", expanding=True)), AUDIT.c.action.like("request.%"))
    .order_by(AUDIT.c.sequence)
)
_ASKED = (
    select(MESSAGES.c.request_number, MESSAGES.c.kind)
    .where(
        MESSAGES.c.request_number.in_(bindparam("numbers", expanding=True)),
        MESSAGES.c.kind.in_([MessageKind.ASK_MORE.value, MessageKind.DETAIL.value, MessageKind.REPLY.value]),
    )
    .order_by(MESSAGES.c.id)
)


class PaceRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database, clock: Callable[[], datetime], boards: Sequence[Place] = ()) -> None:
        self._database = database
        self._now = clock
        self._boards = boards

    def recent(self, since: datetime, most: int) -> list[Recent]:
        """Opened and first replied of the newest requests since then; not those that ended without a reply."""
        with self._database.read() as connection:
            return [(row[0], row[1]) for row in connection.execute(_RECENT, {"since": since, "most": most})]

    def waiting(self, most: int | None = None) -> list[Request]:
        """Requests that wait for a reply, the oldest first; all of them, or so many."""
        return self._list(_WAITING.limit(most), {})

    def past(self, by: datetime, most: int, state: str | None = None) -> list[Request]:
        """Requests that wait for a reply since then or longer, those that wait longest first."""
        states = [one.value for one in WAITS] if state is None else [state]
        return self._list(_PAST, {"by": by, "states": states, "most": most})

    def due(self, due: Due, most: int) -> list[Request]:
        """Requests that hub staff have to be reminded of, those that wait longest first."""
        states = [state.value for state in WAITS if not (due.unclaimed and state is RequestState.CLAIMED)]
        told = [kind.value for kind in due.told]
        return self._list(_DUE, {"by": due.by, "states": states, "told": told, "most": most})

    def came_in(self, since: datetime) -> int:
        """How many requests were opened since then."""
        with self._database.read() as connection:
            return connection.scalar(_CAME, {"since": since}) or 0

    def ended(self, since: datetime) -> list[Request]:
        """Requests closed or withdrawn since then, the newest first."""
        return self._list(_ENDED, {"since": since})

    def answered(self, since: datetime) -> list[Request]:
        """Requests replied to since then, whose askers have not said yet whether it helped; the newest first."""
        return self._list(_ANSWERED, {"since": since})

    def dead_letters(self) -> int:
        """Messages that were given up."""
        with self._database.read() as connection:
            return connection.scalar(_DEAD) or 0

    def taken_since(self, references: Iterable[str]) -> dict[str, datetime]:
        """Since when those who have a request have had it, as the record says; nothing where it was trimmed."""
        since: dict[str, datetime] = {}
        holder: dict[str, str] = {}
        with self._database.read() as connection:
            for some in _chunks(references):
                for reference, at, detail in connection.execute(_EVENTS, {"references": some}):
                    who = json.loads(detail).get("claimed_by") or ""
                    if who != holder.get(reference, ""):
                        since[reference] = datetime.fromisoformat(at)
                    holder[reference] = who
        return {reference: at for reference, at in since.items() if holder[reference]}

    def asked_for_more(self, references: Iterable[str]) -> set[str]:
        """Those whose asker was asked for more and has not said anything since."""
        last: dict[int, str] = {}
        with self._database.read() as connection:
            for some in _chunks(filter(None, map(parse_reference, references))):
                last.update((row[0], row[1]) for row in connection.execute(_ASKED, {"numbers": some}))
        return {reference_of(number) for number, kind in last.items() if kind == MessageKind.ASK_MORE.value}

    def remind(self, reminders: Sequence[Reminder], text: Callable[[Sequence[Reminder]], str]) -> tuple[Reminder, ...]:
        """Remind of these, each once for each kind; those that are new.

        The hub's boards get one letter with all of them, and each person one with their own. Of a request that was
        replied to, taken or given to a colleague in the meantime nothing is said.
        """
        with self._database.write() as connection:
            # always in the same order: two workers at once do not wait for one another
            ordered = sorted(reminders, key=lambda one: parse_reference(one.request.reference) or 0)
            new = {id(one): one for one in ordered if self._is_new(connection, one)}
            told = tuple(one for one in reminders if id(one) in new)
            if told:
                self._tell(connection, told, text)
            return told

    def _is_new(self, connection: Connection, reminder: Reminder) -> bool:
        request = reminder.request
        number = parse_reference(request.reference)
        row = connection.execute(_AS_IT_IS, {"wanted": number}).mappings().one_or_none()
        if row is None or _standing(rows.request_of(row)) != _standing(request):
            return False
        kept = {"request_number": number, "kind": reminder.kind.value, "at": self._now()}
        return insert_new(connection, REMINDERS, kept)

    def _tell(
        self, connection: Connection, told: Sequence[Reminder], text: Callable[[Sequence[Reminder]], str]
    ) -> None:
        now = self._now()
        entries = [Entry(now, "worker", f"reminded.{one.kind.value}", one.request.reference, {}) for one in told]
        sequence = audit.append(connection, entries)
        people = dict.fromkeys(person for one in told for person in one.people)
        letters = [
            (Place("terminal", f"inbox of {person}"), person, [one for one in told if person in one.people])
            for person in people
        ]
        letters += [(board, "", list(told)) for board in self._boards]
        for which, (place, person, some) in enumerate(letters, 1):
            reference = some[0].request.reference if len(some) == 1 else ""
            key = f"reminders:{sequence}:{which}"
            outgoing.send(connection, key, LetterKind.REMINDER, place, person, reference, text(some), now)

    def _list(self, statement: Select[Row], wanted: dict[str, object]) -> list[Request]:
        with self._database.read() as connection:
            return [rows.request_of(row) for row in connection.execute(statement, wanted).mappings()]


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """A few at a time: an engine takes only so many values in one statement."""
    rest = iter(items)
    while some := list(islice(rest, CHUNK)):
        yield some


def _standing(request: Request) -> tuple[object, ...]:
    return request.state, request.claimed_by, request.joined_to, request.reopened_at
