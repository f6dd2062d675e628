"""Where an edition is built: alone, aside, and gone afterwards; what the disk refuses is said in words."""

from __future__ import annotations

import getpass
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.outcome import BuildRefused, database_trouble, not_written, unwritable
from knowledge.store.folder import Library
from knowledge.store.sqlite import sqlite3

LOCK = "build.lock"
ASIDE = ".building-"


@contextmanager
def alone(library: Library) -> Iterator[None]:
    """One build at a time; the operating system frees the lock of a build that died."""
    try:
        library.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(library.folder / LOCK)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BuildRefused(
            "Another build of this library is running. Wait for it to end, then run this again."
        ) from error
    except OSError as error:
        raise unwritable(library.folder, error) from error
    try:
        yield
    except OSError as error:
        raise not_written(library.folder, error) from error
    finally:
        lock.release()


@contextmanager
def aside(library: Library) -> Iterator[Path]:
    """A folder to build in, on the same disk as the editions; gone afterwards, whatever happens."""
    try:
        library.editions.mkdir(parents=True, exist_ok=True)
        for left in library.editions.glob(f"{ASIDE}*"):  # a build that was killed
            shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=ASIDE, dir=library.editions))
    except OSError as error:
        raise unwritable(library.folder, error) from error
    try:
        yield folder
    except OSError as error:
        raise not_written(library.folder, error) from error
    except sqlite3.Error as error:
        raise database_trouble(library.folder, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def user() -> str:
    """Who runs this; "unknown" where the system does not say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
