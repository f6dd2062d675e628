"""A step that must happen once: marked as done in the very transaction that does it, so that no crash parts the two."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, update

from bot.records.tables import INBOUND

TAKEN, DONE = "taken", "done"
_SETTLE = (
    update(INBOUND)
    .where(INBOUND.c.platform == bindparam("which_platform"), INBOUND.c.key == bindparam("which"))
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
    """Mark the step that is being taken here, if there is one, as done with this request."""
    step = _NOW.get()
    if step is not None:
        this = {"which_platform": step.platform, "which": step.key, "reference": reference}
        connection.execute(_SETTLE, this)
        step.is_settled = True
