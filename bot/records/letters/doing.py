"""What must happen once is marked in the very transaction that does it, so that no crash parts the two.

A step is done by then. A message is not: its answer still has to be shown, and whoever finds it left knows from the
mark that this may have been done, and what was to be shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update

from bot.records.errors import RecordsError
from bot.records.tables import INBOUND

TAKEN, DONE = "taken", "done"
ACTED, ANSWERED = "acted", "answered"
"""Of a message whose answer may have been shown: something was done for it, and its request stands in the place of its
text (none where nothing changed); or its reply is on record, and its receipt stands there."""
UNFINISHED = (TAKEN, ACTED, ANSWERED)
_THIS = (INBOUND.c.platform == bindparam("which_platform"), INBOUND.c.key == bindparam("which"))
_MARK = (
    update(INBOUND)
    .where(*_THIS, INBOUND.c.state.in_(bindparam("before", expanding=True)))
    .values(state=bindparam("after"), text=bindparam("kept"))
)
_IS_THERE = select(INBOUND.c.state).where(*_THIS)


@dataclass(slots=True)
class Doing:
    """The step that is being taken here, or the message that is being answered."""

    platform: str
    key: str
    is_message: bool = False
    """Whether it is finished only once its answer was shown."""
    is_settled: bool = False
    """Whether the transaction that did it has marked it."""
    is_lost: bool = False
    """Whether another process took the message over and has worked it out: that one shows it."""


_NOW: ContextVar[Doing | None] = ContextVar("the step that is being taken", default=None)


@contextmanager
def doing(platform: str, key: str, *, is_message: bool = False) -> Iterator[Doing]:
    """Whatever changes a request or keeps a reply in this block marks the step or the message."""
    step = Doing(platform, key, is_message)
    before = _NOW.set(step)
    try:
        yield step
    finally:
        _NOW.reset(before)


def settle(connection: Connection, reference: str) -> None:
    """Mark the step that is being taken here, if there is one, as done with this request.

    RecordsError where another process took it over and has done it: then nothing of this transaction is kept.
    """
    step = _NOW.get()
    if step is None or step.is_settled:
        return
    if not _mark(connection, step, ACTED if step.is_message else DONE, reference):
        raise RecordsError("This took so long that another process has done it. Look at the request before you go on.")


def recorded(connection: Connection, receipt: str | None) -> None:
    """Mark the message that is being answered here, if there is one, with the receipt of its reply."""
    step = _NOW.get()
    if step is not None and step.is_message and receipt:
        _mark(connection, step, ANSWERED, receipt)


def handed_on(connection: Connection) -> None:
    """Mark the message that is being answered here, if there is one, as done: a letter brings its answer."""
    step = _NOW.get()
    if step is not None and step.is_message:
        _mark(connection, step, DONE, "", before=UNFINISHED)


def _mark(connection: Connection, step: Doing, after: str, kept: str, before: tuple[str, ...] = (TAKEN,)) -> bool:
    """Whether it was still ours to mark, or a message that is not on record at all."""
    this = {"which_platform": step.platform, "which": step.key}
    before = UNFINISHED if step.is_message and step.is_settled else before
    step.is_settled = bool(connection.execute(_MARK, {**this, "before": before, "after": after, "kept": kept}).rowcount)
    if step.is_settled:
        return True
    step.is_lost = not step.is_message or connection.scalar(_IS_THERE, this) is not None
    return not step.is_lost
