"""What platforms sent, on record before they are told that it was received."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlalchemy import RowMapping, bindparam, delete, select, update

from bot.domain.messages import Inbound, Place, StepBefore
from bot.records.engine import Database, insert_new
from bot.records.letters.doing import ACTED, ANSWERED, DONE, TAKEN, UNFINISHED, Doing, doing
from bot.records.tables import INBOUND

SECONDS_TO_ANSWER = 120.0
"""After these, another process may answer what was not finished."""
SECONDS_FOR_A_STEP = 60.0
"""After these, a step that is not done was left by a process that died: whoever sends it again takes it."""
KEPT = timedelta(days=2)
"""How long a platform may repeat itself."""

_THIS = (INBOUND.c.platform == bindparam("which_platform"), INBOUND.c.key == bindparam("which"))
_FINISH = update(INBOUND).where(*_THIS).values(state=DONE, text="")
_TELLING = update(INBOUND).where(*_THIS, INBOUND.c.state == TAKEN).values(state=ACTED, text="")
_UNDO = delete(INBOUND).where(*_THIS)
_GIVE_UP = delete(INBOUND).where(*_THIS, INBOUND.c.state == TAKEN)
_TAKE_UP = (
    update(INBOUND)
    .where(*_THIS, INBOUND.c.state == TAKEN, INBOUND.c.until <= bindparam("now"))
    .values(until=bindparam("later"))
)
_GET = select(INBOUND.c.state, INBOUND.c.text).where(*_THIS)
_LEFT = (
    select(INBOUND)
    .where(
        INBOUND.c.platform == bindparam("which_platform"),
        INBOUND.c.state.in_(UNFINISHED),
        INBOUND.c.until <= bindparam("now"),
    )
    .order_by(INBOUND.c.at)
    .limit(50)
    .with_for_update(skip_locked=True)
)
_TAKE_OVER = update(INBOUND).where(*_THIS).values(until=bindparam("later"))
_FORGET = delete(INBOUND).where(INBOUND.c.state == DONE, INBOUND.c.at < bindparam("before"))


class InboundRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def receive(self, platform: str, key: str, place: Place, asker: str, text: str) -> bool:
        """Put something a platform sent on record; False where it is there already. The text is redacted."""
        with self._database.write() as connection:
            return insert_new(connection, INBOUND, self._row(platform, key, place, asker, text))

    def receive_all(self, messages: Sequence[tuple[str, Place, str, str]]) -> list[bool]:
        """As `receive`, for keys with their places, askers and texts, in one transaction."""
        # always in the same order: two processes that get the same messages do not wait for one another
        ordered = sorted(range(len(messages)), key=lambda number: messages[number][0])
        new = [False] * len(messages)
        with self._database.write() as connection:
            for number in ordered:
                key, place, asker, text = messages[number]
                new[number] = insert_new(connection, INBOUND, self._row(place.platform, key, place, asker, text))
        return new

    def begin(self, key: str, place: Place, asker: str) -> StepBefore | None:
        """Begin a step; what is on record of it where it was begun before and not left by a process that died."""
        this = {"which_platform": place.platform, "which": key[:200]}
        with self._database.write() as connection:
            row = self._row(place.platform, key, place, asker, "", SECONDS_FOR_A_STEP)
            if insert_new(connection, INBOUND, row):
                return None
            if connection.execute(_TAKE_UP, {**this, "now": row["at"], "later": row["until"]}).rowcount:
                return None
            found = connection.execute(_GET, this).mappings().one_or_none()
        return StepBefore(found is not None and found["state"] == DONE, found["text"] if found is not None else "")

    def doing(self, platform: str, key: str) -> AbstractContextManager[Doing]:
        """Around a step that was begun: the transaction that changes a request marks it as done."""
        return doing(platform, key[:200])

    def answering(self, platform: str, key: str) -> AbstractContextManager[Doing]:
        """Around what answers a message: the transaction that keeps its reply, or does what it asks for, says so."""
        return doing(platform, key[:200], is_message=True)

    def telling(self, platform: str, key: str) -> None:
        """What is not on record is about to be shown as the answer to a message."""
        with self._database.write() as connection:
            connection.execute(_TELLING, {"which_platform": platform, "which": key[:200]})

    def give_up(self, platform: str, key: str) -> None:
        """A step failed, and may be taken again; one that was done after all, though nobody was told, stays done."""
        with self._database.write() as connection:
            connection.execute(_GIVE_UP, {"which_platform": platform, "which": key[:200]})

    def _row(
        self, platform: str, key: str, place: Place, asker: str, text: str, seconds: float = SECONDS_TO_ANSWER
    ) -> dict[str, object]:
        now = self._now()
        return {
            "platform": platform,
            "key": key[:200],
            "address": place.address,
            "asker": asker,
            "text": text,
            "state": TAKEN,
            "until": now + timedelta(seconds=seconds),
            "at": now,
        }

    def finish(self, platform: str, key: str) -> None:
        """It has been answered: what it said is not kept here."""
        with self._database.write() as connection:
            connection.execute(_FINISH, {"which_platform": platform, "which": key[:200]})

    def forget(self, platform: str, key: str) -> None:
        """Nothing became of it: the same may come again."""
        with self._database.write() as connection:
            connection.execute(_UNDO, {"which_platform": platform, "which": key[:200]})

    def unfinished(self, platform: str) -> list[Inbound]:
        """What another process left unanswered, oldest first; it is ours to answer from now on."""
        with self._database.write() as connection:
            now = self._now()
            found = connection.execute(_LEFT, {"which_platform": platform, "now": now}).mappings().all()
            later = now + timedelta(seconds=SECONDS_TO_ANSWER)
            for row in found:
                connection.execute(_TAKE_OVER, {"which_platform": platform, "which": row["key"], "later": later})
        return [_left(platform, row) for row in found]

    def hold(self, platform: str, keys: Sequence[str]) -> None:
        """What this process is still answering is left to it for longer."""
        if not keys:
            return
        with self._database.write() as connection:
            later = self._now() + timedelta(seconds=SECONDS_TO_ANSWER)
            for key in sorted(keys):
                connection.execute(_TAKE_OVER, {"which_platform": platform, "which": key[:200], "later": later})

    def forget_old(self) -> int:
        """Drop the keys of what no platform repeats any more; how many."""
        with self._database.write() as connection:
            return connection.execute(_FORGET, {"before": self._now() - KEPT}).rowcount


def _left(platform: str, row: RowMapping) -> Inbound:
    state, kept = row["state"], row["text"]
    return Inbound(
        row["key"],
        Place(platform, row["address"]),
        row["asker"],
        kept if state == TAKEN else "",
        begun=state != TAKEN,
        reference=kept if state == ACTED else "",
        receipt=kept if state == ANSWERED else "",
    )
