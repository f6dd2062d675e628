"""What an edition would change, down to its passages: added, removed, moved, reworded."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from indexer.keeping.spool import Spool, Spooled
from knowledge.passages import Passage
from knowledge.store.beside import rows_beside
from knowledge.store.edition import Edition

ALIKE = 60
"""Similarity (0 to 100, rapidfuzz's ratio) from which a passage is the reworded form of another."""
MOST_COMPARED = 250_000
"""Pairs of passages that are compared in one document at most; beyond, they count as added and removed."""
Kind = Literal["added", "removed", "moved", "reworded"]
_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a reworded passage, in order: those that stay, that go, or that come."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one passage."""

    kind: Kind
    document: str
    section: str
    text: str
    was_section: str = ""
    was_text: str = ""

    @property
    def parts(self) -> tuple[Part, ...]:
        """Word by word what was reworded; one part that stays where nothing was."""
        return worded(self.was_text, self.text) if self.kind == "reworded" else (Part("same", self.text),)

    def as_json(self) -> dict[str, Any]:
        """The change for `--json`; what it was only where it was something else."""
        found: dict[str, Any] = {
            "kind": self.kind, "document": self.document, "section": self.section, "text": self.text,
        }  # fmt: skip
        if self.kind in ("moved", "reworded"):
            found |= {"was_section": self.was_section, "was_text": self.was_text}
        if self.kind == "reworded":
            found["words"] = [[part.kind, part.text] for part in self.parts]
        return found


@dataclass(frozen=True, slots=True)
class Difference:
    """What an edition would change: documents by id, passages one by one."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    passages_kept: int = 0
    passages_added: int = 0
    passages_removed: int = 0
    changes: Sequence[Change] = ()

    def count(self, kind: Kind) -> int:
        """How many passages are added, removed, moved or reworded."""
        return sum(change.kind == kind for change in self.changes)


def difference(before: Edition | None, now: Edition, aside: Spool) -> Difference:
    """What an edition changes against the one before; the changes are put aside, since they may be a whole library.

    Of documents that are for some only, in one of the two, it says that they change and not how.
    """
    was_in, is_in = before.rows_by_document() if before is not None else {}, now.rows_by_document()
    added, removed = (rows_beside(now, before), rows_beside(before, now)) if before is not None else (is_in, {})
    touched = {*added, *removed}
    for_some = {one.id for edition in (before, now) if edition for one in edition.documents.values() if one.audience}
    changes = _changes(_Sides(sorted(touched - for_some), before, now))
    return Difference(
        added=tuple(sorted(is_in.keys() - was_in.keys())),
        changed=tuple(sorted(touched & is_in.keys() & was_in.keys())),
        removed=tuple(sorted(was_in.keys() - is_in.keys())),
        passages_kept=sum(is_in.values()) - sum(added.values()),
        passages_added=sum(added.values()),
        passages_removed=sum(removed.values()),
        changes=Spooled(aside, changes, _as_record, lambda record: Change(*record)),
    )


def _as_record(change: Change) -> tuple[str, ...]:
    return change.kind, change.document, change.section, change.text, change.was_section, change.was_text


@dataclass(frozen=True, slots=True)
class _Sides:
    """The documents that change, and where their passages are read: a few at a time."""

    documents: Sequence[str]
    before: Edition | None
    now: Edition

    def gone(self, document: str) -> list[Passage]:
        """Its passages that are not there any more."""
        return _without(*self._passages(document))

    def new(self, document: str) -> list[Passage]:
        """Its passages that were not there before."""
        was, now = self._passages(document)
        return _without(now, was)

    def _passages(self, document: str) -> tuple[list[Passage], list[Passage]]:
        was = self.before.document_passages(document) if self.before is not None else []
        return was, self.now.document_passages(document)


def _changes(sides: _Sides) -> Iterator[Change]:
    """First what moved, then document by document what is left."""
    gone_from: dict[str, set[int]] = {}
    come_to: dict[str, set[int]] = {}
    yield from _moved(sides, gone_from, come_to)
    for document in sides.documents:
        gone = _but(sides.gone(document), gone_from.get(document, set()))
        new = _but(sides.new(document), come_to.get(document, set()))
        yield from _reworded(gone, new)
        yield from (Change("removed", document, passage.section, passage.text) for passage in gone)
        yield from (Change("added", document, passage.section, passage.text) for passage in new)


def _moved(sides: _Sides, gone_from: dict[str, set[int]], come_to: dict[str, set[int]]) -> Iterator[Change]:
    """Passages with the same words elsewhere, also in another document; which they were is noted by document."""
    by_text: dict[bytes, list[tuple[str, int, str]]] = {}
    for document in sides.documents if sides.before is not None else ():
        for number, old in enumerate(sides.gone(document)):
            by_text.setdefault(_words_of(old), []).append((document, number, old.section))
    for document in sides.documents if by_text else ():
        for number, passage in enumerate(sides.new(document)):
            if same := by_text.get(_words_of(passage)):
                was_in, was, section = same.pop(0)
                gone_from.setdefault(was_in, set()).add(was)
                come_to.setdefault(document, set()).add(number)
                trail = section if was_in == document else f"{was_in} > {section}"
                yield Change("moved", document, passage.section, passage.text, trail, passage.text)


def _words_of(passage: Passage) -> bytes:
    """What a passage's words are known by."""
    return hashlib.sha256(passage.text.encode()).digest()


def _but(passages: Sequence[Passage], numbers: Collection[int]) -> list[Passage]:
    """The passages without those of these numbers."""
    return [passage for number, passage in enumerate(passages) if number not in numbers]


def _without(passages: Sequence[Passage], others: Sequence[Passage]) -> list[Passage]:
    """The passages that the others do not have, one that is there twice counted twice."""
    same = Counter((other.section, other.text) for other in others)
    left = []
    for passage in passages:
        if same[passage.section, passage.text]:
            same[passage.section, passage.text] -= 1
        else:
            left.append(passage)
    return left


def _reworded(gone: list[Passage], new: list[Passage]) -> Iterator[Change]:
    """Pair what is alike, first within a section, the most alike first; what was paired is taken out of both."""
    if len(gone) * len(new) > MOST_COMPARED:
        return
    for anywhere in (False, True):
        for old, passage in _alike(gone, new, anywhere=anywhere):
            gone.remove(old)
            new.remove(passage)
            yield Change("reworded", passage.document, passage.section, passage.text, old.section, old.text)


def _alike(gone: Sequence[Passage], new: Sequence[Passage], *, anywhere: bool) -> list[tuple[Passage, Passage]]:
    """Pairs of an old and a new passage, each once, in the order of the new ones."""
    if not gone or not new:
        return []
    scores = process.cdist([old.text for old in gone], [one.text for one in new], scorer=fuzz.ratio, score_cutoff=ALIKE)
    pairs: dict[int, int] = {}
    paired: set[int] = set()
    for place in np.argsort(-scores, axis=None, kind="stable").tolist():
        i, j = divmod(place, len(new))
        if scores[i, j] < ALIKE:
            break
        if i not in paired and j not in pairs and (anywhere or gone[i].section == new[j].section):
            paired.add(i)
            pairs[j] = i
    return [(gone[i], new[j]) for j, i in sorted(pairs.items())]


def worded(was: str, now: str) -> tuple[Part, ...]:
    """What stays, goes and comes from one text to another, word by word; spaces are as in the new one."""
    old, new = _WORD.findall(was), _WORD.findall(now)
    parts: list[Part] = []
    gone, come = "", ""
    for step in Levenshtein.opcodes([word.strip() for word in old], [word.strip() for word in new]):
        if step.tag == "equal":
            parts += [*_changed(gone, come), Part("same", "".join(new[step.dest_start : step.dest_end]))]
            gone, come = "", ""
        else:  # steps that follow each other are one change
            gone += "".join(old[step.src_start : step.src_end])
            come += "".join(new[step.dest_start : step.dest_end])
    return (*parts, *_changed(gone, come))


def _changed(gone: str, come: str) -> Iterator[Part]:
    if gone:
        yield Part("gone", gone)
    if come:
        yield Part("new", come)
