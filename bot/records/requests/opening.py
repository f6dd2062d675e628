"""Opening requests, and reading them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select

from bot.domain.messages import Citation, Place, Question, Reply
from bot.domain.record import Json
from bot.domain.requests import Request, RequestKind, RequestState, parse_reference, reference_of
from bot.records import audit
from bot.records.audit import Entry
from bot.records.conversation import rows, statements
from bot.records.conversation.keeping import keep_reply, replied
from bot.records.conversation.turns import waiting_twin
from bot.records.engine import Database
from bot.records.letters import outgoing
from bot.records.letters.doing import settle

Row = tuple[object, ...]


class RequestRecords:
    """Requests as they are opened and read; raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database, clock: Callable[[], datetime], boards: Sequence[Place] = ()) -> None:
        self._database = database
        self._now = clock
        self._boards = boards

    def save_handed_over(
        self,
        question: Question,
        reply_for: Callable[[str], Reply],
        *,
        kind: str,
        found: Sequence[Citation],
        why: str,
        theme: str = "",
        area: str = "",
    ) -> str:
        """Open a request, and keep question, reply and what was found with it; its reference ("PF-0042").

        Where the same person asked the very same before and that request still waits, it stays the only one: its
        reference is given, and the reply is kept.
        `reply_for` is called with the reference while other writers wait: it only words the reply. The request that
        the reply offers to join is kept: the asker may join that one and no other.
        ValueError where `kind` is none of RequestKind.
        """
        wanted = RequestKind(kind)
        with self._database.write() as connection:
            audit.lock(connection)  # two presses at once are one after the other: the second finds the first's request
            now = self._now()
            twin = waiting_twin(connection, question.asker, question.text)
            if twin is not None:
                keep_reply(connection, question, reply_for(reference_of(twin)), now)
                settle(connection, reference_of(twin))
                return reference_of(twin)
            question_id = rows.add_question(connection, question, now)
            number = rows.add_request(connection, question_id, rows.Opening(wanted, why, theme, area), now)
            reference = reference_of(number)
            reply = reply_for(reference)
            if reply.join is not None:
                rows.offer(connection, number, reply.join[0])
            shown = rows.add_reply(connection, question_id, question, reply, now, request=number, found=found)
            opened: dict[str, Json] = {"kind": wanted.value, "before": None, "after": RequestState.OPEN.value}
            opened |= {"theme": theme} if theme else {}
            opening = Entry(now, question.asker, "request.opened", reference, opened)
            sequence = audit.append(connection, [opening, replied(question, reply, now, shown)])
            key = f"{reference}:{sequence}"
            outgoing.tell_boards(connection, self._boards, reference, key, question.asker, "opened", now)
            settle(connection, reference)
        return reference

    def requests(self, *, state: str | None = None, limit: int = 100) -> list[Request]:
        """The newest requests, newest first, without what was found and their events.

        ValueError where `state` is none of RequestState.
        """
        if state is None:
            return self._list(statements.REQUEST_LIST_LIMITED, {"most": max(limit, 0)})
        return self._list(
            statements.REQUEST_LIST_IN_STATE, {"most": max(limit, 0), "wanted": RequestState(state).value}
        )

    def requests_of(self, person: str, *, limit: int = 20, skip: int = 0) -> list[Request]:
        """A person's own requests, newest first, without what was found and their events; the first ones skipped."""
        wanted = {"person": person, "most": max(limit, 0), "skipped": max(skip, 0)}
        return self._list(statements.REQUEST_LIST_OF_PERSON, wanted)

    def count_of(self, person: str) -> int:
        """How many requests a person has opened."""
        with self._database.read() as connection:
            return connection.scalar(statements.COUNT_OF_PERSON, {"person": person}) or 0

    def request(self, reference: str) -> Request | None:
        """A request with all that is known of it, or None; "PF-0042", "pf42" and "42" are the same one."""
        number = parse_reference(reference)
        if number is None:
            return None
        with self._database.read() as connection:
            row = connection.execute(statements.REQUEST, {"wanted": number}).mappings().one_or_none()
            return None if row is None else rows.whole_request(connection, row)

    def _list(self, statement: Select[Row], wanted: Mapping[str, object]) -> list[Request]:
        with self._database.read() as connection:
            return [rows.request_of(row) for row in connection.execute(statement, wanted).mappings()]
