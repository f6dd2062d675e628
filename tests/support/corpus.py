"""Guidance that nobody wrote, as large as wanted: the same for the same seed, with the statistics of real text.

Sentences are walked along the word pairs of the starter library, so lengths and frequencies of words are its own; each
document brings names of its own (of places, orders, forms), so that the vocabulary grows with the library, as it does
in life. Sections and documents are as long as real ones: some short, few very long.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from indexer.build import starter_library

SEED = 19
SECTIONS = (4, 16)
"""Sections of a document, at least and at most; ten on average."""
WORDS = 55
"""Words of a section in the middle; spread as a log-normal, so that one in ten has more than twice as many."""
OWN_NAMES = 12
"""Names that only one document has."""
_SENTENCE = re.compile(r"[A-Z][^.!?\n]{20,300}[.!?]")
_SYLLABLES = "bar den fell gar hurst kel lin mor nes olm pen quar rud sel thor ul vex wick yar zel".split()
Pairs = dict[str, list[str]]


def write_corpus(folder: Path, documents: int, seed: int = SEED) -> list[Path]:
    """So many Markdown files in a folder, in hundreds; their paths in order."""
    files = []
    for number in range(documents):
        file = folder / f"{number // 100:03d}" / f"guide-{number:05d}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(document(number, seed), encoding="utf-8")
        files.append(file)
    return files


def document(number: int, seed: int = SEED) -> str:
    """One document's Markdown with its front matter."""
    chance = random.Random(f"{seed} {number}")
    names = [_name(chance) for _ in range(OWN_NAMES)]
    sections = [
        f"## {_heading(chance, names)}\n\n{_section(chance, names)}\n" for _ in range(chance.randint(*SECTIONS))
    ]
    title = f"{names[0]} {chance.choice(_headings()).rstrip('?').lower()}"
    head = f"---\nid: guide-{number:05d}\ntitle: {title}\nstatus: in_force\nlaw_checked_on: 2026-10-20\n"
    return f"{head}review_by: 2099-01-20\nowner: {names[1]} hub\n---\n\n" + "\n".join(sections)


def _section(chance: random.Random, names: list[str]) -> str:
    wanted = chance.lognormvariate(0, 0.6) * WORDS
    sentences: list[str] = []
    while sum(len(sentence.split()) for sentence in sentences) < wanted:
        sentences.append(_sentence(chance, names))
    return "\n\n".join(_paragraphs(sentences))


def _paragraphs(sentences: list[str]) -> Iterator[str]:
    for start in range(0, len(sentences), 4):
        yield " ".join(sentences[start : start + 4])


def _heading(chance: random.Random, names: list[str]) -> str:
    return f"{chance.choice(_headings()).rstrip('?')} in {chance.choice(names)}?"


def _sentence(chance: random.Random, names: list[str]) -> str:
    pairs, starts = _pairs()
    words = [chance.choice(starts)]
    while words[-1][-1] not in ".!?" and len(words) < 40:
        words.append(chance.choice(pairs[words[-1]]))
    if chance.random() < 0.3:
        words.insert(max(1, len(words) // 2), chance.choice(names))
    return " ".join(words).rstrip(".!?,;:") + "."


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()


@cache
def _pairs() -> tuple[Pairs, list[str]]:
    """Each word of the starter library with those that follow it, as often as they do, and the first words."""
    pairs: Pairs = {}
    starts = []
    for sentence in _SENTENCE.findall(_text()):
        words = sentence.split()
        starts.append(words[0])
        for word, following in pairwise(words):
            pairs.setdefault(word, []).append(following)
    return pairs, [word for word in starts if word in pairs]


@cache
def _headings() -> list[str]:
    return re.findall(r"^## (.+)$", _text(), re.MULTILINE)


@cache
def _text() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(starter_library().glob("*.md")))
