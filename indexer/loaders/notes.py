"""Raised figures and the notes they point to: a note goes with what it notes, and never into a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.loaders.blocks import Block

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_FIGURES = "[⁰¹²³⁴⁵⁶⁷⁸⁹]"
_OPEN, _SHUT = "\ue000", "\ue001"
_ONE = rf"{_OPEN}([^{_OPEN}{_SHUT}]*){_SHUT}"
_MARK = re.compile(rf"\s*[\[(]{_ONE}[\])]|\s*{_ONE}(?:\s?[,;]\s?(?={_OPEN}))?|[{_OPEN}{_SHUT}]")
_REFERENCE = re.compile(rf"(?<![(\[\s])\s?({_FIGURES}{{1,3}}(?:\s?[,–-]\s?{_FIGURES}{{1,3}})*)")
_NOTE = re.compile(rf"^\s*(?:-\s)?({_FIGURES}{{1,3}})\s*(?=\S)")
_UNIT = re.compile(r"(?:^|[\s\d(/])(?:m|cm|mm|km|dm|ft|in|yd|mi|sq|(?:\w{1,3}/)?\w?s)$")


def raised(text: str) -> str:
    """Figures as raised ones: 14 with a raised 2 must never become 142."""
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """Figures as lowered ones."""
    return text.translate(_LOWERED)


def reference(key: str) -> str:
    """A mark for the place of a note; `with_notes` puts the note there."""
    return f"{_OPEN}{key}{_SHUT}"


def without_marks(text: str) -> str:
    """Text without marks of notes."""
    return _MARK.sub("", text)


def with_notes(
    blocks: Sequence[Block], notes: Mapping[str, str], *, labels: Mapping[str, str] | None = None
) -> list[Block]:
    """Blocks with each note below what refers to it.

    `notes` are texts by the key that `reference` was given; `labels` what the reader sees for a key if that is
    not the key itself. Notes that are paragraphs beginning with a raised figure are found here.
    """
    found = {index: match for index, block in enumerate(blocks) if (match := _begins_note(block)) is not None}
    figures = {
        match.group(1).translate(_PLAIN): (index, blocks[index].text[match.end() :].strip())
        for index, match in found.items()
        if _is_referred_to(blocks[:index], match.group(1))
    }
    texts = {**{f"^{figure}": text for figure, (_, text) in figures.items()}, **notes}
    names = {**{f"^{figure}": figure for figure in figures}, **(labels or {})}
    placed = {index for index, _ in figures.values()}
    kept = (block for index, block in enumerate(blocks) if index not in placed)
    return [done for block in kept for done in _noted(_marked(block, figures), texts, names)]


def _begins_note(block: Block) -> re.Match[str] | None:
    return _NOTE.match(block.text) if block.kind in {"paragraph", "list"} and "\n" not in block.text else None


def _is_referred_to(blocks: Iterable[Block], figures: str) -> bool:
    return any(figures in match.group(1) for block in blocks for match in _references(block.text))


def _references(text: str) -> Iterator[re.Match[str]]:
    for match in _REFERENCE.finditer(text):
        if match.group().strip() not in {"²", "³"} or not is_unit(text[max(0, match.start() - 8) : match.start()]):
            yield match


def is_unit(text: str) -> bool:
    """Whether text ends with a measure, which a small 2 or 3 makes square or cubic."""
    return bool(_UNIT.search(text[-8:]))


def _marked(block: Block, figures: Mapping[str, object]) -> Block:
    """A block with marks in place of raised figures that have a note."""
    pieces, end = [], 0
    for match in _references(block.text):
        named = re.findall(f"{_FIGURES}+", match.group(1))
        keys = [figure.translate(_PLAIN) for figure in named]
        if all(key in figures for key in keys):
            pieces += [block.text[end : match.start()], *(reference(f"^{key}") for key in keys)]
            end = match.end()
    return replace(block, text="".join([*pieces, block.text[end:]])) if pieces else block


def _noted(block: Block, notes: Mapping[str, str], labels: Mapping[str, str]) -> Iterator[Block]:
    """The block with the notes of each of its lines below that line; those of a heading come as a paragraph."""
    if _OPEN not in block.text and _SHUT not in block.text:
        yield block
        return
    lines, of_heading = [], []
    for line in block.text.split("\n"):
        lines.append(without_marks(line))
        indent = re.match(r"\s*", line)
        inside = f"{indent.group() if indent else ''}  " if block.kind == "list" else ""
        for key in dict.fromkeys(match.group(1) or match.group(2) or "" for match in _MARK.finditer(line)):
            text = " ".join(without_marks(notes.get(key, "")).split())
            if text:
                label = labels.get(key, key)
                of_heading.append(f"Note {label}: {text}" if label.isalnum() else f"Note: {text}")
                if block.kind != "heading":
                    lines.append(inside + of_heading[-1])
    yield replace(block, text="\n".join(lines))
    if block.kind == "heading" and of_heading:
        yield Block("paragraph", "\n".join(of_heading), page=block.page)
