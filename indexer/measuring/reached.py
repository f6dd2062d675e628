"""Which golden questions a change can reach: the others keep their answers, and only these are asked again.

An answer hangs on the passages that were shown, and on what stood behind them in the ranking. Noted of each question
are the documents shown and how much a passage would have needed to be shown too; a new passage that has less, however
its words are counted, leaves the answer as it was. What remains is that every passage moves the weights of all words
a little: so when more than `SHARE` of a library has changed since all were asked, all are asked again.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from knowledge.finding.ranking import PAIRS, PHRASED, POOL, WORDS_SHARE, Asked, Ranks, range_of
from knowledge.found import Found
from knowledge.language.words import stems, words_of
from knowledge.manifest import DATABASE
from knowledge.store.beside import rows_unlike
from knowledge.store.edition import SECTION_WEIGHT, TEXT_WEIGHT, TITLE_WEIGHT, Edition, Entry
from knowledge.store.folder import replace_text

SHARE = 0.01
"""Share of a library's passages that may change before all questions are asked again."""
SLACK, SLACK_OF_PARTS = 0.15, 0.3
"""How far below what was shown last a passage may be reckoned, of 1, and still have the question asked again: a little
more than what puts a heading ahead that says what one may do, or, in a comparison, what something is, and what a near
sentence adds (0.08 at most on the golden questions)."""
KEPT = 3
"""Editions whose questions are noted: the one that serves, and tries that were not published."""
SHORTER = 0.9
"""What a passage's length is taken for, lest words that are counted otherwise make it longer than it is."""
_K1, _B = 1.2, 0.75
"""BM25 as SQLite has it."""
_NUMBER = re.compile(r"\d\.\d")


@dataclass(frozen=True, slots=True)
class Reach:
    """What a passage must have to change what one search brings."""

    text: str
    """What was searched for: a question, or a part of it."""
    words: str
    """Digest of the words that were looked up, and which of them the library holds."""
    shown: tuple[str, ...]
    """Digests of the documents that were shown."""
    nearest: float
    """Similarity of the nearest passage of all."""
    farthest: float
    """Similarity of the last one in the pool."""
    most: float
    """BM25 of the passage that has most of the words."""
    fewest: float
    """BM25 of the last one in the pool; 0 where the pool is not full."""
    meaning: tuple[float, float]
    """Floor and top of what meaning says, before normalising."""
    bm25: tuple[float, float]
    """The same of words."""
    least: float
    """What the last passage shown has of 1."""


@dataclass(frozen=True, slots=True)
class Note:
    """What was noted when an edition was asked: by question the reach of its searches; none if it is always asked."""

    asked_with: str
    since: int
    """Passages that have changed since all questions were asked."""
    reaches: Mapping[str, Sequence[Reach]]


class Watching:
    """Notes the searches that each question takes."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._searches: list[tuple[Asked, Ranks, Found]] = []

    def watch(self, asked: Asked, ranks: Ranks, found: Found) -> None:
        """Told of each search."""
        self._searches.append((asked, ranks, found))

    def taken(self) -> list[Reach]:
        """The reach of each search that the question asked just now took.

        Nothing of one that cannot be told so: a follow-up, one that names a number, or of which little was found.
        """
        searches, self._searches = self._searches, []
        if any(_is_beyond(ranks, found) for _, ranks, found in searches):
            return []
        return [_reach(self._edition, *search) for search in searches]


def _is_beyond(ranks: Ranks, found: Found) -> bool:
    scarce = not found.hits or len(ranks.similarities) < POOL
    return scarce or found.follows or _NUMBER.search(found.question) is not None


def _reach(edition: Edition, asked: Asked, ranks: Ranks, found: Found) -> Reach:
    hits = [*found.hits, *found.warnings]
    near, words = range_of(ranks.similarities.values()), ranks.bm25.values()
    return Reach(
        text=found.question,
        words=words_digest(edition, asked),
        shown=tuple(sorted({_short(hit.entry.document.id) for hit in hits})),
        nearest=near.top,
        farthest=near.floor,
        most=max(words, default=0.0),
        fewest=min(words) if len(words) >= POOL else 0.0,
        meaning=ranks.meaning,
        bm25=range_of(ranks.words.values()),
        least=min(hit.combined for hit in found.hits),
    )


def words_digest(edition: Edition, asked: Asked) -> str:
    """Of the words of a question as this library mends them, and of those that it holds at all."""
    held = [term in edition.term_counts for term in stems(asked.meant)]
    return _short(json.dumps([asked.looked_up, asked.meant, held]))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class _Page:
    """A passage as BM25 sees it."""

    times: Mapping[str, float]
    """Its stems, and every two side by side, with how often each stands there, headings counted several times."""
    length: int
    """In words."""


class Changes:
    """What is other in one edition than in the one before it."""

    def __init__(self, before: Edition, after: Edition) -> None:
        self._after = after
        other = {
            name
            for name in before.documents.keys() | after.documents.keys()
            if before.documents.get(name) != after.documents.get(name)
        }
        come, went = rows_unlike(after, before), rows_unlike(before, after)
        self._new = sorted(come.keys() | after.rows_in(other))
        gone = sorted(went.keys() | before.rows_in(other))
        self.count = len(self._new) + len(gone)
        """Passages that are new or gone."""
        touched = {*other, *come.values(), *went.values()}
        self._documents = frozenset(map(_short, touched))
        self._alike = _as_phrased(before, gone) == _as_phrased(after, self._new) == ()
        self._alike &= before.phrasings.texts == after.phrasings.texts and _judged(before) == _judged(after)
        self._gone_entries = before.entries(gone) if self.is_small else []

    @property
    def is_small(self) -> bool:
        """Whether it can be said of each question alone whether it is reached."""
        return self._alike and self.count <= SHARE * self._after.manifest.passages

    def reaches(self, asked: Asked, noted: Reach, slack: float) -> bool:
        """Whether a search may bring something else now."""
        if words_digest(self._after, asked) != noted.words or not self._documents.isdisjoint(noted.shown):
            return True
        terms = set(stems(asked.looked_up))
        pairs = {_together(stems(pair.split())) for pair in asked.pairs}
        if not noted.fewest and any(terms & page.times.keys() for page in self._gone):
            return True  # of rare words every passage counts, for the others' sake
        near = self._after.similarities(asked.vector, self._new)
        return any(
            self._comes_in(noted, near[entry.row], self._with_pairs(terms, pairs, page), entry, slack)
            for entry, page in zip(self._entries, self._pages, strict=True)
        )

    def _comes_in(self, noted: Reach, similarity: float, bm25: float, entry: Entry, slack: float) -> bool:
        if similarity >= noted.nearest or (bm25 and (bm25 >= noted.most or not noted.fewest)):
            return True
        if entry.kind != "guidance" and (similarity >= noted.farthest or bm25 >= noted.fewest > 0):
            return True  # a warning is heeded wherever it stands
        manifest, phrased = self._after.manifest, self._after.phrasings.holds_any
        meaning = similarity + PHRASED * (similarity + manifest.phrasing_shift) if phrased else similarity
        words = bm25 * (1 + PHRASED * manifest.phrasing_words) if phrased else bm25
        combined = (1 - WORDS_SHARE) * _of(noted.meaning, meaning) + WORDS_SHARE * _of(noted.bm25, words)
        return combined >= noted.least - slack

    @cached_property
    def _entries(self) -> list[Entry]:
        return self._after.entries(self._new)

    @cached_property
    def _pages(self) -> list[_Page]:
        return [_page(entry) for entry in self._entries]

    @cached_property
    def _gone(self) -> list[_Page]:
        return [_page(entry) for entry in self._gone_entries]

    def _with_pairs(self, terms: Iterable[str], pairs: Iterable[str], page: _Page) -> float:
        return self._bm25(terms, page) + PAIRS * self._bm25(pairs, page)

    def _bm25(self, terms: Iterable[str], page: _Page) -> float:
        """As SQLite reckons it, and never less."""
        count, total = self._after.manifest.passages, 0.0
        length = _K1 * (1 - _B + _B * SHORTER * page.length / self._after.length)
        for term in terms:
            if times := page.times.get(term, 0.0):
                held = self._after.term_counts.get(term, 0)
                weight = max(math.log((count - held + 0.5) / (held + 0.5)), 1e-6)
                total += weight * times * (_K1 + 1) / (times + length)
        return total


def _page(entry: Entry) -> _Page:
    times: dict[str, float] = {}
    length = 0
    title = entry.document.title if entry.kind == "guidance" else ""
    columns = ((title, TITLE_WEIGHT), (entry.passage.section, SECTION_WEIGHT), (entry.passage.text, TEXT_WEIGHT))
    for text, weight in columns:
        terms = stems(words_of(text))
        length += len(terms)
        for term in (*terms, *map(_together, pairwise(terms))):
            times[term] = times.get(term, 0.0) + weight
    return _Page(times, length)


def _together(terms: Sequence[str]) -> str:
    """Two stems that stand side by side, as a page counts them: no library counts pairs, so they pass for rare."""
    return " ".join(terms)


def _as_phrased(edition: Edition, rows: Sequence[int]) -> tuple[int, ...]:
    """Those of the rows whose sections have phrasings."""
    return tuple(row for row in rows if row in edition.phrasings.covered)


def _judged(edition: Edition) -> tuple[object, ...]:
    manifest = edition.manifest
    return manifest.judge, manifest.phrasing_shift, manifest.phrasing_words


def _of(ends: tuple[float, float], value: float) -> float:
    floor, top = ends
    return max(0.0, (value - floor) / (top - floor)) if top > floor else 1.0


def noted_of(file: Path | None, edition: Edition, asked_with: str) -> Note | None:
    """What was noted of an edition's questions; nothing where it was not, or of other questions, or is damaged."""
    try:
        found = _read(file)[edition.manifest.checksums[DATABASE]]
        reaches = {name: [Reach(**_tuples(one)) for one in all_of] for name, all_of in found["reaches"].items()}
        return Note(asked_with, int(found["since"]), reaches) if found["asked_with"] == asked_with else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def note(file: Path | None, edition: Edition, noted: Note) -> None:
    """Write down what was noted. A file that cannot be written costs seconds next time, nothing else."""
    database = edition.manifest.checksums.get(DATABASE)
    if file is None or not database:
        return
    held = {name: one for name, one in _read(file).items() if name != database}
    last = dict(list(held.items())[-(KEPT - 1) :])
    reaches = {name: [asdict(one) for one in all_of] for name, all_of in noted.reaches.items()}
    last[database] = {"asked_with": noted.asked_with, "since": noted.since, "reaches": reaches}
    try:
        replace_text(file, json.dumps(last))
    except OSError:
        return


def _read(file: Path | None) -> dict[str, dict[str, Any]]:
    try:
        found = json.loads(file.read_text(encoding="utf-8")) if file is not None else {}
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
