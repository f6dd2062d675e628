"""Blocks that are too long for a passage, divided so that each piece still says what it is a piece of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.loaders.blocks import Block
from indexer.loaders.tables import BETWEEN
from knowledge.language.sentences import split_sentences

TARGET = 200
"""Words a passage is filled up to."""
MOST = 260
"""Words beyond which a list or table is divided between its items."""
LONGEST_HEADER = 60
"""Words up to which a table's head is repeated above each piece of it."""
LONGEST_LEAD = 60
"""Words up to which what introduces a list is repeated above each piece of it."""
LONGEST_SENTENCE = 600
"""Words beyond which even a sentence is divided, at a space."""
LONGEST_WORD = 1000
"""Characters beyond which even a word is divided: nobody wrote it."""
_LETTERS = 12
"""Characters that count as a word where fewer spaces than usual stand between them."""


def size(text: str) -> int:
    """How many words a text is long; one without spaces counts by its characters."""
    return max(len(text.split()), len(text) // _LETTERS)


def lead_in(text: str) -> str:
    """What of a paragraph is repeated above each piece of the list that it introduces: as many sentences as fit."""
    if size(text) <= LONGEST_LEAD:
        return text
    spans = split_sentences(text)
    start = len(text)
    for first, _ in reversed(spans):
        if size(text[first:]) > LONGEST_LEAD:
            break
        start = first
    return text[start:].strip()


def items_above(before: Block, block: Block) -> list[str]:
    """The items of a list that those at the top of its next page belong to."""
    return _parents(before.text.split("\n"), block.text.split("\n")[0]) if block.kind == "list" else []


def divided(block: Block, *, above: Sequence[str] = (), lead: str = "") -> list[Block]:
    """The block, or pieces of it that fit a passage below what introduces them.

    `above` are items of a list on the page before that its first ones belong to.
    """
    lines = block.text.split("\n")
    if block.kind == "list":
        whole = "\n".join([*above, *lines])
        if size(whole) <= MOST - (0 if not lead else min(size(lead), LONGEST_LEAD)):
            return [replace(block, text=whole)]
        return [replace(block, text=piece) for piece in _pieces_of_list(lines, above)]
    if size(block.text) <= MOST:
        return [block]
    if block.kind == "table":
        pieces = _pieces_of_table(lines, max(1, block.level))
    elif block.kind == "code":
        pieces = filled(lines, "\n", TARGET)
    else:
        pieces = filled([block.text[start:end] for start, end in split_sentences(block.text)], " ", TARGET)
    return [replace(block, text=piece) for piece in pieces]


def _pieces_of_list(lines: Sequence[str], above: Sequence[str]) -> list[str]:
    """Pieces of a list, each with the items that its first one is part of."""
    pieces = []
    seen = list(above)
    for piece in filled(lines, "\n", TARGET):
        own = piece.split("\n")
        pieces.append("\n".join([*_parents(seen, own[0]), *own]))
        seen += own
    return pieces


def _parents(seen: Sequence[str], line: str) -> list[str]:
    """The last items that stand further out than a line, outermost first."""
    found: list[str] = []
    depth = _depth(line)
    for item in reversed(seen):
        if _depth(item) < depth and size(item) <= LONGEST_LEAD:
            found.insert(0, item)
            depth = _depth(item)
        if depth == 0:
            break
    return found


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _pieces_of_table(lines: Sequence[str], head: int) -> list[str]:
    """Pieces of a table, each with its head, and with the label over the rows that it begins with."""
    header = list(lines[:head])
    if len(lines) <= head or size(" ".join(header)) > LONGEST_HEADER:
        return filled(lines, "\n", TARGET)
    pieces = []
    label = ""
    for piece in filled(lines[head:], "\n", MOST - size(" ".join(header))):
        own = piece.split("\n")
        label_above = [label] if label and BETWEEN in own[0] else []
        pieces.append("\n".join([*header, *label_above, *own]))
        label = next((line for line in reversed(own) if _is_label(line)), label)
    return pieces


def _is_label(line: str) -> bool:
    """Whether a table's line is a label over the whole width, that the rows below it belong to."""
    return BETWEEN not in line and not re.match(r"Note\b.*:", line) and size(line) <= 15


def filled(parts: Sequence[str], between: str, most: int) -> list[str]:
    """Parts joined to pieces of at most `most` words; one longer part stands alone."""
    pieces: list[list[str]] = [[]]
    held = 0
    for long in parts:
        for number, part in enumerate(_at_spaces(long)):
            if pieces[-1] and (number or held + size(part) > most):  # what was cut is not joined again
                pieces.append([])
                held = 0
            pieces[-1].append(part)
            held += size(part)
    return [between.join(piece) for piece in pieces if piece]


def _at_spaces(text: str) -> list[str]:
    """A text that no passage can hold, divided at spaces as a last resort, and inside what nobody can call a word.

    Parts of such a word that stay together stay one word: a space between them would be ours.
    """
    if size(text) <= LONGEST_SENTENCE:
        return [text]
    pieces: list[str] = []
    held = 0
    for word in text.split(" "):
        for start in range(0, max(1, len(word)), LONGEST_WORD):
            part = word[start : start + LONGEST_WORD]
            words = max(1, len(part) // _LETTERS)
            if pieces and held + words <= TARGET:
                pieces[-1] += part if start else f" {part}"
            else:
                pieces.append(part)
                held = 0
            held += words
    return pieces
