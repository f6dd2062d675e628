"""Looking for a text in the bytes of every file below a folder: the proof that it is gone."""

from __future__ import annotations

import json
import mmap
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

SHORTEST, LONGEST = 16, 48
"""Characters of a fragment: a shorter one may stand there for another reason, a longer one may lie in two pieces."""
MOST = 2000
"""Fragments that are looked for; of more, so many that lie evenly among them."""
_SENTENCE = re.compile(r"[.!?:;]\s+|\n+")


def fragments_of(texts: Sequence[str], others: Sequence[str]) -> list[str]:
    """Pieces of the texts, of each sentence its beginning, that none of the other texts holds."""
    found = {part[:LONGEST].strip() for text in texts for part in _SENTENCE.split(text)}
    everything = "\n".join(others)
    own = sorted(part for part in found if len(part) >= SHORTEST and part not in everything)
    return own if len(own) <= MOST else own[:: -(-len(own) // MOST)]


def still_in(folder: Path, fragments: Sequence[str]) -> dict[str, int]:
    """Files below a folder that hold any of the fragments, with how many; as they are written in UTF-8 or in JSON."""
    wanted = [{part.encode(), json.dumps(part)[1:-1].encode()} for part in fragments]
    found = {}
    for file in _files(folder):
        count = _count(file, wanted)
        if count:
            found[str(file)] = count
    return found


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.stat().st_size:
            yield path


def _count(file: Path, wanted: Sequence[set[bytes]]) -> int:
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return sum(any(data.find(one) >= 0 for one in forms) for forms in wanted)
