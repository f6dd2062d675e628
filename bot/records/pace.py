"""How long requests wait: for reminders, and for what may be expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select

from bot.delivery import LetterKind
from bot.messages import Place
from bot.records import audit, outgoing, rows
from bot.records.audit import Entry
from bot.records.engine import Database, insert_new
from bot.records.schema import OUTBOX, REMINDERS, REQUESTS
from bot.reminders import ReminderKind
from bot.triage import WAITS, Request, RequestState, parse_reference

MOST_WAITING = 5000
MOST_REPLIES = 200

_WAITING = (
    rows.REQUEST_LIST.where(REQUESTS.c.state.in_([state.value for state in WAITS]), REQUESTS.c.joined_to.is_(None))
    .order_by(None)
    .order_by(REQUESTS.c.number)
    .limit(MOST_WAITING)
)
_REPLIED = (
    select(REQUESTS.c.opened_at, REQUESTS.c.replied_at)
    .where(REQUESTS.c.replied_at >= bindparam("since"))
    .order_by(REQUESTS.c.replied_at.desc())
    .limit(MOST_REPLIES)
)
_CAME = rows.REQUEST_LIST.where(REQUESTS.c.opened_at >= bindparam("since")).limit(1000)
_ENDED = rows.REQUEST_LIST.where(
    REQUESTS.c.state == RequestState.CLOSED.value, REQUESTS.c.changed_at >= bindparam("since")
).limit(1000)
_DEAD = select(func.count()).select_from(OUTBOX).where(OUTBOX.c.state == outgoing.DEAD)


class PaceRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database, clock: Callable[[], datetime], boards: Sequence[Place] = ()) -> None:
        self._database = database
        self._now = clock
        self._boards = boards

    def reply_times(self, since: datetime) -> list[tuple[datetime, datetime]]:
        """Opened and first replied, of the newest replies since then."""
        with self._database.read() as connection:
            return [(row[0], row[1]) for row in connection.execute(_REPLIED, {"since": since})]

    def waiting(self) -> list[Request]:
        """Requests that wait for a reply, the oldest first."""
        return self._list(_WAITING)

    def came_in(self, since: datetime) -> list[Request]:
        """Requests opened since then, the newest first."""
        return self._list(_CAME, since)

    def ended(self, since: datetime) -> list[Request]:
        """Requests closed since then, the newest first."""
        return self._list(_ENDED, since)

    def dead_letters(self) -> int:
        """Messages that were given up."""
        with self._database.read() as connection:
            return connection.scalar(_DEAD) or 0

    def remind(self, request: Request, kind: ReminderKind, people: Iterable[str], text: str) -> bool:
        """A letter to these people's inboxes and to the hub's boards, once for each kind; whether it is new."""
        with self._database.write() as connection:
            now = self._now()
            row = {"request_number": parse_reference(request.reference), "kind": kind.value, "at": now}
            if not insert_new(connection, REMINDERS, row):
                return False
            entry = Entry(now, "worker", f"reminded.{kind.value}", request.reference, {})
            key = f"{request.reference}:{audit.append(connection, [entry])}"
            places = [(Place("terminal", f"inbox of {person}"), person) for person in people]
            for number, (place, person) in enumerate([*places, *((board, "") for board in self._boards)], 1):
                name = f"{key}:reminder{number}"
                outgoing.send(connection, name, LetterKind.REMINDER, place, person, request.reference, text, now)
            return True

    def _list(self, statement: object, since: datetime | None = None) -> list[Request]:
        wanted = {} if since is None else {"since": since}
        with self._database.read() as connection:
            return [rows.request_of(row) for row in connection.execute(statement, wanted).mappings()]  # type: ignore[call-overload]
