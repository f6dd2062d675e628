"""PPTX to blocks: each slide that is shown under its title, in reading order, its notes marked as notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.loaders.blocks import Block, Content
from indexer.loaders.markings import marking_of
from indexer.loaders.office.package import check_package
from indexer.loaders.tables import Cell, table_blocks

NOTES = "Notes of the speaker"
_PICTURES = "Slide {number} is a picture without text and is not read. Add its words as text."
_HIDDEN = "Slide {number} is hidden and not read. Show it and save the file, if it is guidance."
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TITLES = {1, 3}
"""Kinds of placeholder that hold a slide's title: TITLE, CENTER_TITLE."""
_BODIES = {2, 7}
"""Kinds of placeholder whose paragraphs are items of a list unless they say otherwise: BODY, OBJECT."""
_GROUP = 6
_DEEPEST = 20


def read_slides(path: Path) -> Content:
    """Blocks of a PPTX; a block's page is the number of its slide.

    Raises:
        LoadRefused: it is encrypted, has macros, is not a PPTX, or unpacks to too much.
    """
    from pptx import Presentation

    check_package(path, "PPTX", "ppt/")
    deck = Presentation(str(path))
    blocks: list[Block] = []
    notes: list[str] = []
    for number, slide in enumerate(deck.slides, 1):
        if slide._element.get("show") == "0":  # the library has no name for it
            notes.append(_HIDDEN.format(number=number))
            continue
        found = list(_slide(slide, number))
        if not any(block.kind != "heading" for block in found) and any(_is_picture(shape) for shape in slide.shapes):
            notes.append(_PICTURES.format(number=number))
        blocks += found
    status = " ".join(str(deck.core_properties.content_status or "").split())
    around = [*([f"Status: {status}"] if status else []), *_behind(deck)]
    # a marking may stand on any slide, and is no guidance
    around += dict.fromkeys(block.text for block in blocks if marking_of(block.text))
    shown = tuple(block for block in blocks if not marking_of(block.text))
    return Content(shown, _title(deck, blocks), around=tuple(around), notes=tuple(notes))


def _behind(deck: Any) -> list[str]:
    """The lines that stand on every slide: those of the masters and layouts that the slides which are shown have."""
    behind: dict[str, None] = {}
    for slide in deck.slides:
        if slide._element.get("show") == "0":
            continue
        for layer in (slide.slide_layout, slide.slide_layout.slide_master):
            shapes = [shape for shape in _in_order(layer.shapes) if shape.has_text_frame]
            behind |= dict.fromkeys(text for shape in shapes for text in map(_words, shape.text_frame.paragraphs))
    return [text for text in behind if text]


def _title(deck: Any, blocks: list[Block]) -> str:
    named = " ".join(str(deck.core_properties.title or "").split())
    if named and named.lower() not in {"powerpoint presentation", "slide 1"}:
        return named
    return next((block.text for block in blocks if block.kind == "heading"), "")


def _slide(slide: Any, number: int) -> Iterator[Block]:
    title = _text_of(slide.shapes.title) if slide.shapes.title is not None else ""
    yield Block("heading", title or f"Slide {number}", 2, number)
    for shape in _in_order(slide.shapes):
        yield from _shape(shape, number)
    yield from _diagrams(slide, number)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        lines = [text for text in map(_words, slide.notes_slide.notes_text_frame.paragraphs) if text]
        if lines:
            yield Block("heading", NOTES, 3, number)
            yield from (Block("paragraph", line, page=number) for line in lines)


def _in_order(shapes: Any, depth: int = 0) -> list[Any]:
    """Shapes from the top down and from left to right, those of groups among them."""
    found: list[Any] = []
    for shape in shapes:
        if _kind(shape) == _GROUP and depth < _DEEPEST:
            found += _in_order(shape.shapes, depth + 1)
        else:
            found.append(shape)
    return found if depth else sorted(found, key=lambda shape: (shape.top or 0, shape.left or 0))


def _shape(shape: Any, number: int) -> Iterator[Block]:
    if shape.is_placeholder and shape.placeholder_format.type in _TITLES:
        return
    if getattr(shape, "has_table", False):
        yield from table_blocks(_rows(shape.table), page=number)
    elif shape.has_text_frame:
        yield from _paragraphs(shape, number)


def _paragraphs(shape: Any, number: int) -> Iterator[Block]:
    listed = shape.is_placeholder and shape.placeholder_format.type in _BODIES
    items: list[str] = []
    counted: dict[int, int] = {}
    for paragraph in shape.text_frame.paragraphs:
        text = _words(paragraph)
        if not text:
            continue
        mark = _mark(paragraph, counted, listed=listed)
        if mark:
            items.append(f"{'  ' * paragraph.level}{mark} {text}")
            continue
        if items:
            yield Block("list", "\n".join(items), page=number)
            items = []
        yield Block("paragraph", text, page=number)
    if items:
        yield Block("list", "\n".join(items), page=number)


def _mark(paragraph: Any, counted: dict[int, int], *, listed: bool) -> str:
    """The bullet or number of a paragraph; empty where it has none."""
    set_ = paragraph._p.pPr
    names = {child.tag.removeprefix(_DRAWING) for child in set_} if set_ is not None else set()
    if "buAutoNum" in names:
        counted[paragraph.level] = counted.get(paragraph.level, 0) + 1
        return f"{counted[paragraph.level]}."
    if "buNone" in names:
        return ""
    return "-" if listed or names & {"buChar", "buBlip"} else ""


def _words(paragraph: Any) -> str:
    """The words of a paragraph that are not struck out."""
    pieces = []
    for child in paragraph._p:
        kind = child.tag.removeprefix(_DRAWING)
        if kind == "br":
            pieces.append(" ")
        elif kind in {"r", "fld"}:
            how = child.find(f"{_DRAWING}rPr")
            if how is None or how.get("strike", "noStrike") == "noStrike":
                pieces += [found.text or "" for found in child.iter(f"{_DRAWING}t")]
    return " ".join("".join(pieces).split())


def _text_of(shape: Any) -> str:
    return " ".join(text for text in map(_words, shape.text_frame.paragraphs) if text)


def _rows(table: Any) -> list[list[Cell]]:
    rows = []
    for row in table.rows:
        cells = [cell for cell in row.cells if not cell.is_spanned]
        rows.append([_cell(cell) for cell in cells])
    return rows


def _cell(cell: Any) -> Cell:
    lines = tuple(text for text in map(_words, cell.text_frame.paragraphs) if text)
    return Cell(" ".join(lines), max(1, cell.span_width), max(1, cell.span_height))


def _diagrams(slide: Any, number: int) -> Iterator[Block]:
    """The words of diagrams (SmartArt), which stand in parts of their own."""
    from lxml import etree

    safe = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    for relation in slide.part.rels.values():
        if relation.is_external or not relation.reltype.endswith("/diagramData"):
            continue
        points = etree.fromstring(relation.target_part.blob, safe).iter("{*}pt")
        texts = ["".join(found.text or "" for found in point.iter(f"{_DRAWING}t")) for point in points]
        if shown := [" ".join(text.split()) for text in texts if text.strip()]:
            yield Block("list", "\n".join(f"- {text}" for text in shown), page=number)


def _kind(shape: Any) -> int:
    try:
        return int(shape.shape_type or 0)
    except NotImplementedError:  # a kind that the library does not know
        return 0


def _is_picture(shape: Any) -> bool:
    return _kind(shape) == 13
