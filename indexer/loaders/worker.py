"""The child process of `sandbox`: a line of JSON for each file comes in, a line with its blocks goes out."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

from indexer.loaders import limits
from indexer.loaders.archives.unpack import marking_of_holder, unpack
from indexer.loaders.blocks import LoadRefused
from indexer.loaders.readers import read_here

MEMORY = 1536 * 1024 * 1024
"""Bytes of address space."""
IDLE_SECONDS = 300
"""How long a child without work stays."""
_TOO_BIG = "It needs more memory than a guidance file should. Save it again as a simple PDF or as text."
_DAMAGED = "What it holds cannot be taken out: it is damaged. Open it and save what is in it as files."

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
        limits.begin()
        path, into = Path(request["path"]), request.get("into", "")
        answer = unpacked(path, Path(into)) if into else answer_for(path, request["kind"])
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()
        if answer.get("tired"):
            return


def answer_for(path: Path, kind: str) -> Answer:
    """The blocks of a file, or the reason why there are none; "tired" asks for a new child."""
    try:
        content = read_here(path, kind)
    except LoadRefused as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": _TOO_BIG, "tired": True}
    blocks = [(block.kind, block.text, block.level, block.page) for block in content.blocks]
    lists = {"around": content.around, "notes": content.notes, "scanned": content.scanned}
    return {"title": content.title, "blocks": blocks, "front_matter": content.front_matter, **lists}


def unpacked(path: Path, into: Path) -> Answer:
    """How many files a file holds, which are written below a folder, and its marking; or why they are not."""
    try:
        return {"files": unpack(path, into), "marking": marking_of_holder(path)}
    except LoadRefused as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": _TOO_BIG, "tired": True}
    except Exception:  # whatever a library raises on a broken file, in whichever of its own classes
        return {"refused": _DAMAGED}


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


if __name__ == "__main__":
    main()
