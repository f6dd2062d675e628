"""Blocks to passages: about 200 words under one heading trail and on one page, never cut inside a sentence.

A piece of a list or a table says what it is a piece of: the line that introduces it, the items above it and the
head of the table are repeated in each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.loaders.blocks import Block, Loaded
from indexer.pieces import MOST, TARGET, divided, items_above, lead_in, size
from knowledge.passages import TRAIL, Passage

VERSION = "4"
"""Of passages and of what is encoded. Goes into every manifest; a change makes the next build embed everything anew."""
_SETS_TERMS = re.compile(r":$|\b(?:not|never|don[’']t|avoid|forbidden|prohibited|unless|except)\b", re.IGNORECASE)
"""Headings without which the items below them would say the opposite."""


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
    above: Block | None = None
    for block in blocks:
        if block.kind != "heading":
            if above is not None and block.kind == "list" and _SETS_TERMS.search(above.text):
                sections[-1].blocks.append(Block("paragraph", above.text, page=block.page))
            sections[-1].blocks.append(block)
            above = None
            continue
        trail = [(level, text) for level, text in trail if level < block.level]
        if block is only_h1 or _same(block.text, title):
            trail = []
        else:
            trail.append((block.level, " ".join(block.text.split())))
        above = block
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
    """Texts of about TARGET words, each with the page it stands on."""
    held: list[Block] = []
    for group in _groups(blocks):
        too_long = sum(size(block.text) for block in [*held, *group]) > TARGET
        if held and (too_long or held[-1].page != group[-1].page):
            yield _joined(held)
            held = []
        held.extend(group)
    if held:
        yield _joined(held)


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks that stay together: a list or table, or each piece of it, with the paragraph that introduces it."""
    lead, skipped = "", False
    for index, block in enumerate(blocks):
        before = blocks[index - 1] if index else None
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if skipped:  # it went with the paragraph before it
            skipped = False
        elif block.kind in {"list", "table"}:
            goes_on = before is not None and before.kind == block.kind and before.page != block.page
            lead = lead if goes_on else ""
            yield from _pieces(block, None, lead, items_above(before, block) if goes_on and before else [])
        elif block.kind == "paragraph" and following is not None and _introduces(block, following, blocks[index + 2 :]):
            *earlier, last = divided(block)
            yield from ([piece] for piece in earlier)
            lead = lead_in(last.text)
            yield from _pieces(following, last, lead, [])
            skipped = True
        else:
            lead = ""
            yield from ([piece] for piece in divided(block))


def _introduces(block: Block, following: Block, rest: Sequence[Block]) -> bool:
    if following.kind in {"list", "table"}:
        return True
    introduces_too = bool(rest) and rest[0].kind in {"list", "table"}
    return block.text.endswith(":") and not introduces_too


def _pieces(block: Block, intro: Block | None, lead: str, above: list[str]) -> Iterator[list[Block]]:
    """A block or the pieces of it, each with what introduces it: the first in full, the others in short."""
    pieces = divided(block, above=above, lead=lead)
    for number, piece in enumerate(pieces):
        first = intro if number == 0 else None
        if first is not None and size(first.text) + size(piece.text) > MOST:
            yield [first]
            first = None
        if first is None and lead and block.kind in {"list", "table"}:
            first = Block("paragraph", lead, page=piece.page)
        yield [piece] if first is None else [first, piece]


def _joined(blocks: Sequence[Block]) -> tuple[str, int | None]:
    """The text of some blocks, and the page on which most of it stands."""
    longest = max(blocks, key=lambda block: size(block.text))
    return "\n\n".join(block.text for block in blocks), longest.page
