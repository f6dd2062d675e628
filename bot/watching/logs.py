"""What the program logs: as text, or as one JSON object a line; never the text of an exception."""

from __future__ import annotations

import copy
import json
import logging
import os
import sys
import threading
import traceback
from datetime import UTC, datetime

from bot.watching.calls import call_id

log = logging.getLogger(__name__)
OURS = ("bot", "knowledge", "indexer")
"""Whose messages are written for logs. What other libraries put into theirs is not known: only their words are kept."""
TEXT = "%(asctime)s %(levelname)s: %(message)s"
LONGEST = 200
"""Characters of a message of another library."""


class _Text(logging.Formatter):
    """A line for people; of an exception where it happened and its class: its text may hold what somebody typed."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, of other libraries without what they put into their words."""
        mine = copy.copy(record)
        mine.msg, mine.args = _message(record), ()
        mine.exc_text = None  # another handler may have written the exception's text there before
        return super().format(mine)

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's own name
        """Where it happened."""
        return "\n".join(_where(ei))


class _Json(logging.Formatter):
    """One object a line, with these fields alone: what a library adds to its records is not passed on."""

    def __init__(self, process: str, force: str) -> None:
        super().__init__()
        self._process, self._force = process, force

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields: dict[str, object] = {"time": at, "level": record.levelname, "logger": record.name}
        fields["message"] = _message(record)
        fields |= {"request": call_id()} if call_id() else {}
        fields |= {"process": self._process, "pid": os.getpid()}
        fields |= {"force": self._force} if self._force else {}
        fields |= {"exception": _where(record.exc_info)} if record.exc_info and record.exc_info[0] else {}
        return json.dumps(fields, ensure_ascii=False)


class Handler(logging.StreamHandler):  # type: ignore[type-arg] # the stream is whatever standard error is
    """Writes to standard error, as it is at that moment."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)
        self.setFormatter(_Text(TEXT))

    @property
    def stream(self) -> object:  # as logging's own last resort does it
        """Standard error."""
        return sys.stderr


def _of_a_thread(what: threading.ExceptHookArgs) -> None:
    log.error("A thread ended: %s", "\n".join(_where((what.exc_type, what.exc_value, what.exc_traceback))))


def begin() -> None:
    """Log warnings as text, unless somebody else has set logging up."""
    if not logging.getLogger().handlers:
        logging.getLogger().addHandler(Handler())
        logging.getLogger().setLevel(logging.WARNING)
        threading.excepthook = _of_a_thread  # its own way prints the exception's text


def write_as(form: str, process: str, force: str = "") -> None:
    """From now on log in this form, "text" or "json", as this process."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, Handler):
            handler.setFormatter(_Json(process, force) if form == "json" else _Text(TEXT))


def _message(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] in OURS:
        return record.getMessage()
    # the template without what was put into it: addresses with tokens, reprs of what somebody typed
    return (str(record.msg).splitlines() or [""])[0][:LONGEST]


def _where(raised: object) -> list[str]:
    """The functions an exception went through and its class, the cause first."""
    error = raised[1] if isinstance(raised, tuple) else None
    lines: list[str] = []
    seen: set[int] = set()
    while isinstance(error, BaseException) and id(error) not in seen:
        seen.add(id(error))
        frames = traceback.extract_tb(error.__traceback__)
        lines = [*(f"{one.filename}:{one.lineno} {one.name}" for one in frames), type(error).__name__, *lines]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines
