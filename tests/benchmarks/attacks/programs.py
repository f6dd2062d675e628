"""The program as an administrator runs it: a process of its own, that can be killed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from tests.benchmarks.attacks.side import Side

ROOT = Path(__file__).parents[3]
COMMAND = (sys.executable, "-c", "from bot.cli import main; main()")
SECONDS = 300.0


def environment(data: Path, **settings: str) -> dict[str, str]:
    """The environment of a process: settings of ours alone, and this checkout."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREVENTION_HUB_")}
    ours = {f"PREVENTION_HUB_{name.upper()}": value for name, value in settings.items()}
    return kept | {"PYTHONPATH": str(ROOT), "PREVENTION_HUB_DATA": str(data)} | ours


def built_library(data: Path) -> Path:
    """A data folder with the starter library in it."""
    subprocess.run([*COMMAND, "index", "build"], env=environment(data), check=True, capture_output=True)
    return data


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Program:
    """`prevention-hub serve` or `socket` for one edge, until the block ends."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.port = free_port()

    def __enter__(self) -> Self:
        self.start()
        return self

    def start(self) -> None:
        """Start it, and wait until it takes what the platform sends."""
        words = ["socket"] if self.side.by_socket else ["serve", "--port", str(self.port)]
        self._log = (self.side.data / "log.txt").open("ab")
        self._process = subprocess.Popen(
            [*COMMAND, *words],
            env=environment(self.side.data, **self.side.settings()),
            stdout=self._log,
            stderr=self._log,
        )
        self.side.reached_at(f"http://127.0.0.1:{self.port}")
        deadline = time.monotonic() + SECONDS
        while not (self.side.is_connected() if self.side.by_socket else self._listens()):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the program did not start: {(self.side.data / 'log.txt').read_text()[-800:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.wait(SECONDS)
        self._log.close()

    def trouble(self) -> str:
        """What `readyz` says that is wrong; nothing for Socket Mode, which listens on no port."""
        if self.side.by_socket:
            return "no port in Socket Mode"
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=30).close()
        except urllib.error.HTTPError as error:
            with error:
                return error.read().decode().strip()
        return ""

    def _listens(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=30).close()
        except (urllib.error.URLError, ConnectionError):
            return False
        return True

    def __exit__(self, *error: object) -> None:
        self._process.terminate()
        self._process.wait(SECONDS)
        self._log.close()
