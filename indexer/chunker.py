"""Blocks to passages: about 200 words under one heading trail, never cut inside a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.loaders.blocks import Block, Loaded
from knowledge.passages import TRAIL, Passage
from knowledge.sentences import split_sentences

VERSION = "2"
"""Of passages and of what is encoded. Goes into every manifest; a change makes the next build embed everything anew."""
TARGET = 200
"""Words a passage is filled up to."""
MOST = 260
"""Words beyond which a list or table is divided between its items."""
LONGEST_HEADER = 60
"""Words up to which a table's first row is repeated above each piece of it."""
LONGEST_SENTENCE = 600
"""Words beyond which even a sentence is divided, at a space."""


@dataclass(slots=True)
class Section:
    """The blocks under one heading trail."""

    trail: str
    blocks: list[Block] = field(default_factory=list)


def chunk(loaded: Loaded) -> list[Passage]:
    """The passages of a document, in order."""
    passages: list[Passage] = []
    for section in _sections(loaded.blocks, loaded.document.title):
        for text, page in _texts(section.blocks):
            passages.append(Passage(loaded.document.id, section.trail, text, page, len(passages)))
    return passages


def _sections(blocks: Sequence[Block], title: str) -> list[Section]:
    """Blocks grouped by heading trail; the document's title is not part of it."""
    sections = [Section("")]
    trail: list[tuple[int, str]] = []
    only_h1 = _only_h1(blocks)
    for block in blocks:
        if block.kind != "heading":
            sections[-1].blocks.append(block)
            continue
        trail = [(level, text) for level, text in trail if level < block.level]
        if block is only_h1 or _same(block.text, title):
            trail = []
        else:
            trail.append((block.level, " ".join(block.text.split())))
        sections.append(Section(TRAIL.join(text for _, text in trail)))
    return [section for section in sections if section.blocks]


def _only_h1(blocks: Sequence[Block]) -> Block | None:
    """The one H1 above all else, which is the title even where the front matter words the title differently."""
    headings = [block for block in blocks if block.kind == "heading"]
    highest = [block for block in headings if block.level == 1]
    # the levels of a PDF are guessed from its type, so that its largest heading may be a chapter
    if len(highest) == 1 and headings[0] is highest[0] and highest[0].page is None:
        return highest[0]
    return None


def _same(heading: str, title: str) -> bool:
    return " ".join(heading.lower().split()) == " ".join(title.lower().split())


def _texts(blocks: Sequence[Block]) -> Iterator[tuple[str, int | None]]:
    """Texts of about TARGET words with the page of their first block."""
    held: list[Block] = []
    for group in _groups(blocks):
        size = sum(_words(block.text) for block in group)
        if held and sum(_words(block.text) for block in held) + size > TARGET:
            yield _joined(held)
            held = []
        held.extend(group)
    if held:
        yield _joined(held)


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks that stay together: a list or table with the paragraph that introduces it, if both fit."""
    pieces = [piece for block in blocks for piece in _divided(block)]
    i = 0
    while i < len(pieces):
        piece, following = pieces[i], pieces[i + 1] if i + 1 < len(pieces) else None
        together = following is not None and _introduces(piece, following)
        if together and following and _words(piece.text) + _words(following.text) <= MOST:
            yield [piece, following]
            i += 2
        else:
            yield [piece]
            i += 1


def _introduces(block: Block, following: Block) -> bool:
    if block.kind != "paragraph":
        return False
    return following.kind in {"list", "table"} or block.text.endswith(":")


def _divided(block: Block) -> list[Block]:
    """The block, or pieces of it that fit a passage."""
    if _words(block.text) <= MOST:
        return [block]
    lines = block.text.split("\n")
    if block.kind == "table" and len(lines) > 1 and _words(lines[0]) <= LONGEST_HEADER:
        pieces = [f"{lines[0]}\n{piece}" for piece in _filled(lines[1:], "\n", MOST - _words(lines[0]))]
    elif block.kind in {"table", "list", "code"}:
        pieces = _filled(lines, "\n", TARGET)
    else:
        pieces = _filled([block.text[start:end] for start, end in split_sentences(block.text)], " ", TARGET)
    return [_like(block, piece) for piece in pieces]


def _filled(parts: Sequence[str], between: str, size: int) -> list[str]:
    """Parts joined to pieces of at most `size` words; one longer part stands alone."""
    pieces: list[list[str]] = [[]]
    for part in (shorter for long in parts for shorter in _at_spaces(long)):
        if pieces[-1] and sum(map(_words, pieces[-1])) + _words(part) > size:
            pieces.append([])
        pieces[-1].append(part)
    return [between.join(piece) for piece in pieces if piece]


def _at_spaces(text: str) -> list[str]:
    """A text that no passage can hold, divided at spaces as a last resort."""
    words = text.split(" ")
    if len(words) <= LONGEST_SENTENCE:
        return [text]
    return [" ".join(words[i : i + TARGET]) for i in range(0, len(words), TARGET)]


def _like(block: Block, text: str) -> Block:
    return Block(block.kind, text, block.level, block.page)


def _joined(blocks: Sequence[Block]) -> tuple[str, int | None]:
    return "\n\n".join(block.text for block in blocks), blocks[0].page


def _words(text: str) -> int:
    return len(text.split())
