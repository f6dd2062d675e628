"""What must hold of every file, whatever it is: the library's own refusal, or passages that are its own words."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.chunker import chunk
from indexer.gathering.piece import unstorable
from indexer.loaders import HOLDERS, KINDS, Loaded, LoadRefused, load_all, unpack_in_child
from indexer.loaders.readers import MOST_CHARACTERS
from indexer.pieces import LONGEST_WORD
from knowledge.language.sentences import split_sentences
from knowledge.passages import Passage

SLOWEST = 90.0
"""Seconds by the clock: the child is stopped after 60 of processor time, on a machine that others use too."""


class Finding(Exception):
    """Something that must not be; the message says what."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file."""

    kind: str
    refused: str = ""
    passages: int = 0
    seconds: float = 0.0


def look(path: Path) -> Outcome:
    """Read a file as a build does, and what it holds. Finding where anything is wrong; any other error is one too."""
    began, kind = time.monotonic(), path.suffix.lower()
    passages, refused = 0, ""
    if kind in KINDS:
        loaded, held = load_all([path])
        refused = held[0].reason if held else ""
        passages = sum(check(one) for one in loaded)
    if kind in HOLDERS:
        refused = _opened(path) or refused
    if refused and (len(refused) > 600 or not refused.rstrip().endswith((".", ")", "!"))):
        raise Finding(f"a refusal that is no sentence: {refused[:200]!r}")
    seconds = time.monotonic() - began
    if seconds > SLOWEST:
        raise Finding(f"it took {seconds:.0f} seconds")
    return Outcome(kind, refused, passages, seconds)


def _opened(path: Path) -> str:
    """Open what holds other files; why not, where that is refused."""
    with tempfile.TemporaryDirectory(prefix="prevention-hub-fuzz-") as name:
        around = Path(name)
        inside = around / "inside"
        inside.mkdir()
        try:
            count, _ = unpack_in_child(path, inside)
        except LoadRefused as error:
            return str(error)
        finally:
            if [one.name for one in around.iterdir()] != ["inside"]:
                raise Finding("it wrote outside of its folder")
        if count != sum(one.is_file() for one in inside.rglob("*")):
            raise Finding("it did not say how many files it wrote")
    return ""


def check(loaded: Loaded) -> int:
    """How many passages a document has. Finding where one says what the document does not say, or loses something."""
    passages = chunk(loaded)
    if sum(len(block.text) for block in loaded.blocks) > MOST_CHARACTERS:
        raise Finding("it reads more than a guidance file may hold")
    read = "\n".join(_plain(block.text) for block in loaded.blocks)
    for number, passage in enumerate(passages):
        if passage.position != number or passage.document != loaded.document.id or not passage.text.strip():
            raise Finding(f"passage {number} is empty, or not in its place")
        for line in passage.text.split("\n"):
            if _plain(line) not in read:
                raise Finding(f"passage {number} says what the file does not: {line[:200]!r}")
        spans = split_sentences(passage.text)
        if "".join("".join(passage.text[a:b].split()) for a, b in spans) != "".join(passage.text.split()):
            raise Finding(f"passage {number} is not its sentences")
    _nothing_is_lost(loaded, passages)
    if unstorable(loaded.document, tuple(passages)) and not _has_half_characters(loaded):
        raise Finding("it cannot be stored, and nothing in it says why")
    return len(passages)


def _nothing_is_lost(loaded: Loaded, passages: Sequence[Passage]) -> None:
    said = {word for passage in passages for word in passage.text.split()}
    for block in loaded.blocks:
        lost = [word for word in block.text.split() if word not in said and len(word) <= LONGEST_WORD]
        if lost and block.kind != "heading":
            raise Finding(f"{len(lost)} words of a {block.kind} are in no passage: {lost[:5]!r}")


def _plain(text: str) -> str:
    return " ".join(text.split())


def _has_half_characters(loaded: Loaded) -> bool:
    return any("\ud800" <= character <= "\udfff" for block in loaded.blocks for character in block.text)


__all__ = ["Finding", "Outcome", "check", "look"]
