"""How the picture of a page lies: on its side, on its head, or askew by a few degrees."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

_TURNS = (180, 90, 270)
_ROTATE = re.compile(rb"^Rotate: (\d+)$", re.MULTILINE)
_WIDTH = 500
"""Pixels of a picture that is small enough to try many angles, and large enough for its lines to be seen."""
_MOST = 8
"""Degrees by which a page may lie askew in a scanner."""
_FEWEST = 2.5
"""Degrees from which words are lost; the reading program itself levels less."""

Run = Callable[[list[str]], bytes]
_DETECTING: dict[str, bool] = {}
"""By the path of a reading program, whether it can detect how a page lies."""


def turns(image: Any, run: Run, program: str) -> Iterator[int]:
    """The quarter turns, in degrees to the right, that may set a page upright that could not be read as it lies."""
    if not _detects(run, program):
        yield from _TURNS
        return
    with tempfile.TemporaryDirectory() as work:
        file = Path(work, "page.png")
        image.save(file)
        found = _ROTATE.search(run([str(file), "-", "--psm", "0", "-l", "osd"]))
    if found is not None and int(found.group(1)) in _TURNS:
        yield int(found.group(1))


def _detects(run: Run, program: str) -> bool:
    """Whether the data are installed by which it is detected how a page lies; a program is asked once."""
    if program not in _DETECTING:
        languages = run(["--list-langs"]).split()
        if not languages:  # it failed, and may not the next time
            return False
        _DETECTING[program] = b"osd" in languages
    return _DETECTING[program]


def turned(image: Any, degrees: int) -> Any:
    """The picture, turned to the right."""
    return image.rotate(-degrees, expand=True) if degrees else image


def levelled(image: Any) -> Any:
    """The picture with its lines level, where they were not."""
    small = image.convert("L").resize((_WIDTH, max(1, image.height * _WIDTH // image.width)))
    best = max(range(-_MOST, _MOST + 1), key=lambda angle: _contrast(small, angle))
    finer = [best + step / 4 for step in range(-3, 4)]
    angle = max(finer, key=lambda angle: _contrast(small, angle))
    if abs(angle) < _FEWEST or _contrast(small, angle) < 1.2 * _contrast(small, 0):
        return image
    from PIL import Image

    return image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)


def _contrast(image: Any, angle: float) -> float:
    """How much a picture's rows differ from one to the next: most where lines of text and gaps are level."""
    from PIL import Image

    rows = image.rotate(angle, resample=Image.Resampling.BILINEAR, fillcolor=255)
    dark = rows.resize((1, rows.height), Image.Resampling.BOX).tobytes()
    return float(sum((above - below) ** 2 for above, below in pairwise(dark)))


def runner(program: str, environment: dict[str, str], seconds: int) -> Run:
    """Runs the reading program: what it says, or nothing where it fails or hangs."""

    def run(arguments: list[str]) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 a program found by its name, and a picture made here
                [program, *arguments],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return b""
        return done.stdout if done.returncode == 0 else b""

    return run
