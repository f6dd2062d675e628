"""Files that can be hostile are parsed in a child process, with limits on memory and time."""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from indexer.loaders.blocks import Block, Content, LoadRefused

WALL_SECONDS = 1800.0
"""When a child that uses no computing time is given up: a busy machine alone must hold nothing back."""
LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes of blocks that are taken from the child."""
_KINDS = frozenset({"heading", "paragraph", "list", "table", "code"})
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TEMP", "TMP", "TMPDIR")
_CRASHED = "It cannot be read: reading it ends in a crash. Save it again as a simple PDF or as text."
_TOO_SLOW = "It takes too long to read. Split it, or save it again as a simple PDF or as text."
_TOO_LARGE = "It holds more text than a guidance file should. Split it."


class _Died(Exception):
    """The child ended before it answered."""


class _Worker:
    """One child process, which reads one file after another until it is closed or dies."""

    def __init__(self) -> None:
        root = str(Path(__file__).resolve().parents[2])
        # no tokens of the parent reach a process that parses hostile files
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-W", "ignore", "-m", "indexer.loaders.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**environment, "PYTHONPATH": root},
        )
        self.fresh = True
        """Whether it has read no file yet."""

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, path: Path, kind: str, into: str) -> dict[str, Any]:
        """The child's answer about one file; with `into`, about what it holds, written there.

        Raises:
            LoadRefused: it took too long or gives too much.
            _Died: the child ended without an answer.
        """
        late = threading.Event()
        timer = threading.Timer(WALL_SECONDS, self._stop_late, [late])
        timer.daemon = True
        timer.start()
        try:
            answer = self._exchange({"path": str(path.resolve()), "kind": kind, "into": into})
        finally:
            timer.cancel()
        if late.is_set():
            raise LoadRefused(_TOO_SLOW)
        if len(answer) > LARGEST_ANSWER:
            raise LoadRefused(_TOO_LARGE)
        if not answer.endswith(b"\n"):
            self.close()
            if self._process.returncode == -getattr(signal, "SIGXCPU", 0):
                raise LoadRefused(_TOO_SLOW)
            raise _Died
        self.fresh = False
        result: dict[str, Any] = json.loads(answer)
        return result

    def close(self) -> None:
        """End the child and let go of its pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:  # what was left in the pipe has no reader
                continue

    def _exchange(self, request: dict[str, str]) -> bytes:
        if self._process.stdin is None or self._process.stdout is None:
            raise _Died
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
            return self._process.stdout.readline(LARGEST_ANSWER + 1)
        except OSError:
            return b""

    def _stop_late(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()


_lock = threading.Lock()
_worker: _Worker | None = None


def read_in_child(path: Path, kind: str) -> Content:
    """Blocks of a file of one of the kinds that can be read.

    Raises:
        LoadRefused: the file is not what its name says, or reading it breaks a limit.
    """
    with _lock:
        answer = _answer(path, kind)
    if "refused" in answer:
        raise LoadRefused(str(answer["refused"]))
    blocks = tuple(_block(item) for item in answer["blocks"])
    around, notes = (tuple(str(line) for line in answer[name]) for name in ("around", "notes"))
    scanned = tuple((int(page), float(sure)) for page, sure in answer["scanned"])
    return Content(blocks, str(answer["title"]), str(answer["front_matter"]), around, notes, scanned)


def unpack_in_child(path: Path, into: Path) -> tuple[int, str]:
    """Write the files that an archive or a message holds below an empty folder; how many they are, and its marking.

    Raises:
        LoadRefused: it is not what its name says, or opening it breaks a limit.
    """
    with _lock:
        answer = _answer(path, path.suffix.lower(), str(into))
    if "refused" in answer:
        raise LoadRefused(str(answer["refused"]))
    return int(answer["files"]), str(answer["marking"])


def close_worker() -> None:
    """End the child process, if there is one; the next file starts another."""
    global _worker
    with _lock:
        if _worker is not None:
            _worker.close()
        _worker = None


def worker_pid() -> int | None:
    """The child's process id, if there is one."""
    return _worker.pid if _worker is not None and _worker.alive else None


def _answer(path: Path, kind: str, into: str = "") -> dict[str, Any]:
    """Ask the child; a file is blamed for a crash only if it crashed a child that had read nothing else."""
    global _worker
    while True:
        if _worker is None or not _worker.alive:
            _discard()
            _worker = _Worker()
        fresh = _worker.fresh
        try:
            answer = _worker.ask(path, kind, into)
        except (_Died, ValueError) as error:
            _discard()
            if fresh:
                raise LoadRefused(_CRASHED) from error
            continue
        except BaseException:
            _discard()
            raise
        if answer.get("tired"):
            _discard()
            if not fresh:
                continue
        return answer


def _discard() -> None:
    global _worker
    if _worker is not None:
        _worker.close()
    _worker = None


def _block(item: list[Any]) -> Block:
    kind, text, level, page = item
    if kind not in _KINDS:
        raise LoadRefused(_CRASHED)
    return Block(kind, str(text), int(level), None if page is None else int(page))


atexit.register(close_worker)
