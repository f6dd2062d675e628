"""A step that must happen once: marked as done in the very transaction that does it, so that no crash parts the two."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, update

from bot.records.errors import RecordsError
from bot.records.tables import INBOUND

TAKEN, DONE = "taken", "done"
_SETTLE = (
    update(INBOUND)
    .where(
        INBOUND.c.platform == bindparam("which_platform"), INBOUND.c.key == bindparam("which"), INBOUND.c.state == TAKEN
    )
    .values(state=DONE, text=bindparam("reference"))
)


@dataclass(slots=True)
class Doing:
    """The step that is being taken here."""

    platform: str
    key: str
    is_settled: bool = False
    """Whether the transaction that did it has marked it."""


_NOW: ContextVar[Doing | None] = ContextVar("the step that is being taken", default=None)


@contextmanager
def doing(platform: str, key: str) -> Iterator[Doing]:
    """Whatever changes a request in this block marks the step as done."""
    step = Doing(platform, key)
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
    this = {"which_platform": step.platform, "which": step.key, "reference": reference}
    if not connection.execute(_SETTLE, this).rowcount:
        raise RecordsError("This took so long that another process has done it. Look at the request before you go on.")
    step.is_settled = True
