"""Two machines with their processes: four `serve`, two `worker`, two builders, to be killed and begun again."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.benchmarks.attacks.programs import environment, free_port

SECONDS = 180.0
DOCUMENT = """---
id: {name}
title: {title}
status: in_force
law_checked_on: 2026-10-20
review_by: 2099-01-20
---

"""
PLACES = ("Alder", "Birch", "Cedar", "Damson", "Elm", "Fir", "Gorse", "Hazel")
SECTION = """## How deep is the harbour of {place}?

The harbour of {place} is nine fathoms deep at low water. The tide table has the mark {mark}.

"""


def write_guidance(folder: Path, mark: str) -> None:
    """One document whose every section has the same mark, replaced in one step."""
    text = DOCUMENT.format(name="tide-table", title="Tide table")
    text += "".join(SECTION.format(place=place, mark=mark) for place in PLACES)
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f".{mark}.aside"
    aside.write_text(text, encoding="utf-8")
    os.replace(aside, folder / "tide-table.md")


class Member:
    """One process: its command, and how often it was killed. Ended by its own id, and by itself after a time."""

    def __init__(
        self, name: str, data: Path, command: Sequence[str], settings: Mapping[str, str], until: float
    ) -> None:
        self.name, self.command = name, list(command)
        self.kills = 0
        self._environment = environment(data, **settings)
        self._until = until
        self._log = data.parent / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    @property
    def log(self) -> str:
        """What it said."""
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""

    def start(self) -> None:
        """Begin it."""
        left = max(1, int(self._until - time.monotonic()))
        with self._lock, open(self._log, "ab") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.benchmarks.fleet.program", str(left), *self.command],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )

    def runs(self) -> bool:
        """Whether it is there."""
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """End it as a power cut would."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                self._process.kill()
                self.kills += 1
            if self._process is not None:
                self._process.wait(SECONDS)

    def end(self) -> float:
        """Ask it to end, and wait; the seconds it took. What does not end is killed."""
        began = time.monotonic()
        with self._lock:
            if self._process is None:
                return 0.0
            self._process.terminate()
            try:
                self._process.wait(40)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(SECONDS)
        return time.monotonic() - began

    def wait(self, seconds: float) -> int | None:
        """Its exit code, or None where it takes longer."""
        process = self._process
        with suppress(subprocess.TimeoutExpired):
            return process.wait(seconds) if process is not None else 0
        return None


class Server(Member):
    """`serve`, on a port of its own."""

    def __init__(self, name: str, data: Path, settings: Mapping[str, str], until: float) -> None:
        self.port = free_port()
        super().__init__(name, data, ["serve", "--port", str(self.port)], settings, until)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def is_ready(self) -> bool:
        """Whether it says that it can answer."""
        address = f"{self.address}/readyz"
        with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(address, timeout=5) as said:
            return bool(said.status == 200)
        return False


class Building:
    """A builder: one `index build` after another, each with a mark of its own, until it is told to end."""

    def __init__(self, member: Member, guidance: Path, marks: list[str], pause: float) -> None:
        self.member, self._guidance, self._marks, self._pause = member, guidance, marks, pause
        self.exits: list[int] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name=member.name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """No further build; the one that runs is killed."""
        self._over.set()
        self.member.kill()
        self._thread.join(SECONDS)

    def _run(self) -> None:
        while not self._over.wait(self._pause):
            mark = f"mk{len(self._marks):05}"
            self._marks.append(mark)
            write_guidance(self._guidance, mark)
            self.member.start()
            code = self.member.wait(SECONDS)
            if code is None:
                self.member.kill()
            self.exits.append(-1 if code is None else code)
