"""New SQLite files for tests: copies of one that the migrations made, as PostgreSQL copies its own.

Some 2,000 tests begin with an empty file, and Alembic takes a sixth of a second for each. The folder and the file are
still made by the program, for this account alone. Whoever is about the making itself has it done `anew`.
"""

from __future__ import annotations

import os
import tempfile
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import pytest

from bot.records import Records, RecordsError, sqlite

_make_file = sqlite._make_file
_one_by_one = threading.Lock()


@contextmanager
def remembered() -> Iterator[None]:
    """While it lasts, a new file is a copy of the first one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "_make_file", _copied)
        yield


@contextmanager
def anew() -> Iterator[None]:
    """While it lasts, a new file is empty, and the migrations fill it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "_make_file", _make_file)
        yield


def _copied(path: Path) -> None:
    if not path.exists():
        # whole at once or not at all: others may open the same file at this moment
        beside = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
        with suppress(RecordsError, OSError):  # what is wrong with the folder is said about the file itself, below
            _make_file(beside)
            with _one_by_one:
                beside.write_bytes(_first())
            with suppress(FileExistsError):
                os.link(beside, path)
            beside.unlink()
    _make_file(path)


@cache
def _first() -> bytes:
    with tempfile.TemporaryDirectory(prefix="prevention-hub-tests-") as folder, anew():
        file = Path(folder) / "first.db"
        Records.open(file).close()
        return file.read_bytes()
