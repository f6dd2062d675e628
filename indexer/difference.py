"""What an edition would change, down to its passages: added, removed, moved, reworded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from indexer.rows import Row
from knowledge.passages import Passage

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
    changes: tuple[Change, ...] = ()

    def count(self, kind: Kind) -> int:
        """How many passages are added, removed, moved or reworded."""
        return sum(change.kind == kind for change in self.changes)


def difference(
    keys_before: Mapping[str, str],
    passages_before: Mapping[str, Sequence[Passage]],
    rows: Sequence[Row],
    not_told: Collection[str] = (),
) -> Difference:
    """What the rows of an edition change: `keys_before` has the document of each row's key in the edition before.

    Of documents that are for some only, now or in that edition (`not_told`), it says that they change and not how.
    """
    now = {row.key: row.document.id for row in rows}
    added, removed = now.keys() - keys_before.keys(), keys_before.keys() - now.keys()
    documents, documents_before = set(now.values()), set(keys_before.values())
    touched = {now[key] for key in added} | {keys_before[key] for key in removed}
    told = touched - {row.document.id for row in rows if row.document.audience} - set(not_told)
    after = _by_document(row.passage for row in rows if row.kind in ("guidance", "limit"))
    return Difference(
        added=tuple(sorted(documents - documents_before)),
        changed=tuple(sorted(touched & documents & documents_before)),
        removed=tuple(sorted(documents_before - documents)),
        passages_kept=len(now.keys() & keys_before.keys()),
        passages_added=len(added),
        passages_removed=len(removed),
        changes=tuple(_changes(told, passages_before, after)),
    )


def _by_document(passages: Iterable[Passage]) -> dict[str, list[Passage]]:
    return {name: list(group) for name, group in groupby(passages, key=lambda passage: passage.document)}


def _changes(
    touched: Iterable[str], before: Mapping[str, Sequence[Passage]], after: Mapping[str, Sequence[Passage]]
) -> Iterator[Change]:
    moved: list[tuple[Passage, Passage]] = []
    gone: dict[str, list[Passage]] = {}
    new: dict[str, list[Passage]] = {}
    for document in sorted(touched):
        gone[document] = _without(before.get(document, ()), after.get(document, ()))
        new[document] = _without(after.get(document, ()), before.get(document, ()))
    _match_moved(gone, new, moved)
    for old, passage in moved:
        yield Change("moved", passage.document, passage.section, passage.text, _trail(old, passage), old.text)
    for document in sorted(gone):
        yield from _reworded(gone[document], new[document])
        yield from (Change("removed", document, passage.section, passage.text) for passage in gone[document])
        yield from (Change("added", document, passage.section, passage.text) for passage in new[document])


def _trail(old: Passage, passage: Passage) -> str:
    """Where it was; with the document where that was another."""
    return old.section if old.document == passage.document else f"{old.document} > {old.section}"


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


def _match_moved(
    gone: dict[str, list[Passage]], new: dict[str, list[Passage]], moved: list[tuple[Passage, Passage]]
) -> None:
    """Take passages with the same words elsewhere out of both, also where they moved to another document."""
    by_text: dict[str, list[Passage]] = {}
    for passages in gone.values():
        for passage in passages:
            by_text.setdefault(passage.text, []).append(passage)
    for passages in new.values():
        for passage in list(passages):
            if same := by_text.get(passage.text):
                old = same.pop(0)
                gone[old.document].remove(old)
                passages.remove(passage)
                moved.append((old, passage))


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
