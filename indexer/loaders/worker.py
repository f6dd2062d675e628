"""The child process of `sandbox`: a line of JSON for each file comes in, a line with its blocks goes out."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from indexer.loaders.blocks import Content, LoadRefused

MEMORY = 1536 * 1024 * 1024
"""Bytes of address space."""
CPU_SECONDS = 60
"""Computing time for one file."""
IDLE_SECONDS = 300
"""How long a child without work stays."""
MOST_BLOCKS = 100_000
MOST_CHARACTERS = 5_000_000
_TOO_BIG = "It needs more memory than a guidance file should. Save it again as a simple PDF or as text."
_TOO_DEEP = "Its parts are nested too deeply. Save it again as a simple PDF or as text."
_TOO_LONG = "It holds more text than a guidance file should. Split it."
_DAMAGED = "It cannot be read as {name}: it is damaged or not what its name says. Open it and save it again."

Answer = dict[str, Any]


def main() -> None:
    """Answer until the parent closes the pipe."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    _limit_memory()
    while True:
        line = _next_line(sys.stdin.buffer)
        if not line:
            return
        request = json.loads(line)
        _limit_time()
        answer = answer_for(Path(request["path"]), request["kind"])
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()
        if answer.get("tired"):
            return


def answer_for(path: Path, kind: str) -> Answer:
    """The blocks of a file, or the reason why there are none; "tired" asks for a new child."""
    try:
        content = _reader(kind)(path)
    except LoadRefused as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": _TOO_BIG, "tired": True}
    except RecursionError:
        return {"refused": _TOO_DEEP}
    except Exception:  # whatever a library raises on a broken file, in whichever of its own classes
        return {"refused": _DAMAGED.format(name=kind.lstrip(".").upper())}
    if len(content.blocks) > MOST_BLOCKS or sum(len(block.text) for block in content.blocks) > MOST_CHARACTERS:
        return {"refused": _TOO_LONG}
    blocks = [(block.kind, block.text, block.level, block.page) for block in content.blocks]
    return {"title": content.title, "blocks": blocks}


def _reader(kind: str) -> Callable[[Path], Content]:
    """The reader of a kind; its libraries are imported only when a file needs them."""
    if kind == ".pdf":
        from indexer.loaders.pdf import read_pdf

        return read_pdf
    if kind == ".docx":
        from indexer.loaders.docx import read_docx

        return read_docx
    from indexer.loaders.html import read_html

    return lambda path: read_html(path.read_bytes())


def _next_line(requests: BinaryIO) -> bytes:
    """The next request; a child that nobody needs any more ends by the alarm."""
    alarm = getattr(signal, "alarm", None)
    if alarm is None:
        return requests.readline()
    alarm(IDLE_SECONDS)
    line = requests.readline()
    alarm(0)
    return line


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time() -> None:
    """Allow CPU_SECONDS from now on: the limit counts from the start of the process."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    wanted = int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


if __name__ == "__main__":
    main()
