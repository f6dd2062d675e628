"""What people told the programme, and its public answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import RowMapping, bindparam, insert, select, update

from bot.domain.echo import Echo, EchoAnswer, EchoError, EchoState, Side
from bot.domain.people import By, account_of, name_of
from bot.domain.proposals import AdviceState, Second, second_person
from bot.records import audit
from bot.records.audit.chain import Entry
from bot.records.audit.said import text_digest
from bot.records.engine import Database
from bot.records.tables import ECHO_ANSWERS, ECHOES

_ADD = insert(ECHOES)
_NEWEST = select(ECHOES).order_by(ECHOES.c.number.desc()).limit(bindparam("most"))
_OF_STATE = _NEWEST.where(ECHOES.c.state == bindparam("which_state"))
_ONE = select(ECHOES).where(ECHOES.c.number == bindparam("which")).with_for_update()
_MANY = select(ECHOES).where(ECHOES.c.number.in_(bindparam("several", expanding=True))).with_for_update()
_TAG = update(ECHOES).where(ECHOES.c.number == bindparam("which")).values(tags=bindparam("new_tags"), state="read")
_COVER = (
    update(ECHOES)
    .where(ECHOES.c.number.in_(bindparam("several", expanding=True)))
    .values(state="answered", answer=bindparam("by_answer"))
)
_COUNTED = select(ECHOES.c.tags, ECHOES.c.side, ECHOES.c.day)
_ANSWERS = select(ECHO_ANSWERS).order_by(ECHO_ANSWERS.c.number.desc())
_ANSWER = select(ECHO_ANSWERS).where(ECHO_ANSWERS.c.number == bindparam("which"))
_PROPOSE = insert(ECHO_ANSWERS)
_MOVE = (
    update(ECHO_ANSWERS)
    .where(ECHO_ANSWERS.c.number == bindparam("which"))
    .values(state=bindparam("new_state"), approved_by=bindparam("who"), at=bindparam("now"))
)


class EchoRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def keep(self, side: Side, theme: str, text: str) -> int:
        """Keep what somebody wrote, redacted already; its number. Nothing of who wrote goes on record either."""
        row: dict[str, object] = {"side": side.value, "theme": theme, "text": text, "day": self._now().date()}
        row |= {"tags": [], "state": EchoState.NEW.value}
        with self._database.write() as connection:
            key = connection.execute(_ADD, row).inserted_primary_key
            return int(key[0]) if key else 0

    def newest(self, state: EchoState | None = None, limit: int = 200) -> list[Echo]:
        """What was written, newest first."""
        with self._database.read() as connection:
            if state is None:
                rows = connection.execute(_NEWEST, {"most": limit}).mappings().all()
            else:
                rows = connection.execute(_OF_STATE, {"most": limit, "which_state": state.value}).mappings().all()
        return [_echo(row) for row in rows]

    def tag(self, number: int, tags: Sequence[str], by: By) -> Echo:
        """Give one of them these tags instead of what it had. EchoError where there is none such."""
        with self._database.write() as connection:
            row = connection.execute(_ONE, {"which": number}).mappings().one_or_none()
            if row is None:
                raise EchoError(f"There is no message {number}. Look at the list.")
            connection.execute(_TAG, {"which": number, "new_tags": list(tags)})
            audit.append(connection, [Entry(self._now(), by, "echo.tagged", f"echo {number}", {"tags": list(tags)})])
            return _echo(connection.execute(_ONE, {"which": number}).mappings().one())

    def count(self, first: date | None = None) -> Mapping[str, Mapping[str, int]]:
        """Tag to how many carry it, by side, from a day on."""
        with self._database.read() as connection:
            rows = connection.execute(_COUNTED).all()
        found: dict[str, Counter[str]] = {}
        for tags, side, day in rows:
            if first is None or day >= first:
                for tag in tags:
                    found.setdefault(tag, Counter())[side] += 1
        return {tag: dict(found[tag]) for tag in sorted(found)}

    def propose(self, said: str, did: str, numbers: Sequence[int], by: By) -> EchoAnswer:
        """Keep an answer for some messages. EchoError where one of them is not there."""
        with self._database.write() as connection:
            there = {row["number"] for row in connection.execute(_MANY, {"several": list(numbers)}).mappings()}
            if missing := sorted(set(numbers) - there):
                raise EchoError(f"There is no message {missing[0]}. Look at the list.")
            row: dict[str, object] = {
                "said": said,
                "did": did,
                "covers": len(there),
                "state": AdviceState.PROPOSED.value,
            }
            row |= {"proposed_by": name_of(by), "proposed_account": account_of(by), "at": self._now()}
            key = connection.execute(_PROPOSE, row).inserted_primary_key
            number = int(key[0]) if key else 0
            connection.execute(_COVER, {"several": sorted(there), "by_answer": number})
            detail = {"text": text_digest(said, did)}
            audit.append(connection, [Entry(self._now(), by, "echo.answered", f"answer {number}", detail)])
            return _answer(connection.execute(_ANSWER, {"which": number}).mappings().one())

    def publish(self, number: int, second: Second) -> EchoAnswer:
        """Make an answer public. EchoError where there is none, or the same person wrote it."""
        return self._move(number, AdviceState.PROPOSED, AdviceState.APPROVED, second.actor, second)

    def withdraw(self, number: int, by: By) -> EchoAnswer:
        """Take a public answer back. EchoError where none is public."""
        return self._move(number, AdviceState.APPROVED, AdviceState.WITHDRAWN, by, None)

    def _move(self, number: int, before: AdviceState, after: AdviceState, by: By, second: Second | None) -> EchoAnswer:
        with self._database.write() as connection:
            row = connection.execute(_ANSWER.with_for_update(), {"which": number}).mappings().one_or_none()
            if row is None or row["state"] != before.value:
                raise EchoError(f"There is no answer {number} that is {before.value}. Look at the list.")
            refusal = second_person(row["proposed_by"], row["proposed_account"], second) if second else ""
            if refusal:
                raise EchoError(refusal)
            who = name_of(by) if second else row["approved_by"]
            connection.execute(_MOVE, {"which": number, "new_state": after.value, "who": who, "now": self._now()})
            detail = {"text": text_digest(row["said"], row["did"])}
            audit.append(connection, [Entry(self._now(), by, f"echo.{after.value}", f"answer {number}", detail)])
            return _answer(connection.execute(_ANSWER, {"which": number}).mappings().one())

    def answers(self, state: AdviceState | None = None) -> list[EchoAnswer]:
        """Every answer, newest first; those of one state."""
        with self._database.read() as connection:
            found = [_answer(row) for row in connection.execute(_ANSWERS).mappings()]
        return [one for one in found if state is None or one.state is state]


def _echo(row: RowMapping) -> Echo:
    return Echo(
        row["number"],
        Side(row["side"]),
        row["theme"],
        row["text"],
        row["day"],
        tuple(row["tags"]),
        EchoState(row["state"]),
        row["answer"],
    )


def _answer(row: RowMapping) -> EchoAnswer:
    return EchoAnswer(
        row["number"],
        row["said"],
        row["did"],
        row["covers"],
        AdviceState(row["state"]),
        row["proposed_by"],
        row["approved_by"] or "",
        row["at"],
    )
