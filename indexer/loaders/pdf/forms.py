"""What a PDF holds beside its pages' own text: the values of form fields, stamps, struck-out words, attached files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral

Box = tuple[float, float, float, float]
_HIDDEN = 2 | 32
_PASSWORD, _PUSH_BUTTON = 1 << 13, 1 << 16
_DEEPEST = 20
_MOST_VALUES = 2000
_FEW = 100
"""Words of a page that only asks for another program."""
_STAMPS = {
    "Draft": "DRAFT", "NotApproved": "NOT APPROVED", "Expired": "EXPIRED", "ForComment": "DRAFT for comment",
    "NotForPublicRelease": "", "Superseded": "SUPERSEDED", "Withdrawn": "WITHDRAWN", "Void": "WITHDRAWN",
    "SBVoid": "WITHDRAWN", "SBDraft": "DRAFT", "SBPreliminaryResults": "DRAFT",
}  # fmt: skip
_STAND_INS = (
    "if this message is not eventually replaced by the proper contents",
    "the document you are trying to load requires adobe reader",
    "for the best experience, open this pdf portfolio in",
    "to view the full contents of this document, you need a later version of the pdf viewer",
    "this pdf file is protected. you'll need a different reader",
    "this is a protected document",
    "microsoft information protection",
)
"""What stands on the page that a PDF shows to programs that cannot show its real contents."""


@dataclass(frozen=True, slots=True)
class Note:
    """A mark that was laid over a page: its kind, its name or words, and where it is."""

    kind: str
    text: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """What a form field shows, and where."""

    text: str
    box: Box
    names: tuple[str, ...] = ()
    """What the field is called: by its tooltip, and inside the file."""


def notes_of(page: Any) -> Iterator[Note]:
    """The marks of reviewers on one of pdfplumber's pages: struck-out words, stamps."""
    for annotation in _annotations(page):
        kind = _name(annotation.get("Subtype"))
        if kind in {"StrikeOut", "Stamp", "Watermark"}:
            points = _numbers(resolve1(annotation.get("QuadPoints"))) or _numbers(resolve1(annotation.get("Rect")))
            step = 8 if len(points) >= 8 else 4
            boxes = tuple(_box(points[i : i + step], page) for i in range(0, len(points) - step + 1, step))
            named = _STAMPS.get(_name(annotation.get("Name")).lstrip("#"), "")
            yield Note(kind, named or _text(resolve1(annotation.get("Contents"))), boxes)


def values_of(page: Any) -> list[Value]:
    """What was typed, ticked or chosen in the fields of a page; nothing for a form that nobody filled in."""
    values: list[Value] = []
    filled = False
    for field in _annotations(page):
        if _name(field.get("Subtype")) != "Widget" or _number(field.get("F")) & _HIDDEN:
            continue
        text, is_set = _value(field)
        box = _numbers(resolve1(field.get("Rect")))
        if text and len(box) == 4 and len(values) < _MOST_VALUES:
            values.append(Value(text, _box(box, page), _names(field)))
            filled = filled or is_set
    return values if filled else []


def is_stand_in(text: str) -> bool:
    """Whether a document's only text asks for another program to see its contents."""
    plain = " ".join(text.lower().replace("’", "'").split())
    return len(plain) < 2500 and any(words in plain for words in _STAND_INS)


def is_dynamic(document: Any, words: int) -> bool:
    """Whether a PDF is a form whose pages only Adobe's reader draws; `words` are those that its pages have."""
    form = resolve1(document.catalog.get("AcroForm"))
    if not isinstance(form, dict) or "XFA" not in form:
        return False
    fields = resolve1(form.get("Fields"))
    return bool(resolve1(document.catalog.get("NeedsRendering"))) or (not fields and words < _FEW)


def attached(document: Any) -> int:
    """How many files are attached to a PDF."""
    names = resolve1(document.catalog.get("Names"))
    tree = resolve1(names.get("EmbeddedFiles")) if isinstance(names, dict) else None
    return _leaves(tree, 0)


def _leaves(tree: Any, depth: int) -> int:
    if not isinstance(tree, dict) or depth > _DEEPEST:
        return 0
    own = resolve1(tree.get("Names"))
    kids = resolve1(tree.get("Kids"))
    below = sum(_leaves(resolve1(kid), depth + 1) for kid in kids[:1000]) if isinstance(kids, list) else 0
    return below + (len(own) // 2 if isinstance(own, list) else 0)


def _annotations(page: Any) -> Iterator[dict[str, Any]]:
    found = resolve1(page.page_obj.annots)
    for reference in found if isinstance(found, list) else ():
        annotation = resolve1(reference)
        if isinstance(annotation, dict):
            yield annotation


def _value(field: dict[str, Any]) -> tuple[str, bool]:
    """What a field shows, and whether somebody filled it in."""
    kind, flags = _name(_inherited(field, "FT")), _number(_inherited(field, "Ff"))
    if kind == "Btn":
        if flags & _PUSH_BUTTON:
            return "", False
        is_set = _name(resolve1(field.get("AS"))) not in {"", "Off"}
        return ("☑" if is_set else "☐"), is_set
    if kind in {"Tx", "Ch"} and not flags & _PASSWORD:
        value = resolve1(_inherited(field, "V"))
        texts = [_text(resolve1(part)) for part in value] if isinstance(value, list) else [_text(value)]
        text = ", ".join(part for part in texts if part)
        return text, bool(text)
    return "", False


def _names(field: dict[str, Any]) -> tuple[str, ...]:
    """What a field for text is called; a box to tick has its label beside it and needs none."""
    if _name(_inherited(field, "FT")) == "Btn":
        return ()
    return tuple(name for key in ("TU", "T") if (name := _text(_inherited(field, key))))


def _inherited(field: dict[str, Any], name: str) -> Any:
    """An entry of a field or of those it is part of."""
    here: Any = field
    for _ in range(_DEEPEST):
        if not isinstance(here, dict):
            return None
        if name in here:
            return resolve1(here[name])
        here = resolve1(here.get("Parent"))
    return None


def _text(value: Any) -> str:
    """A PDF's string as text."""
    if isinstance(value, PDFStream):
        value = value.get_data()
    if isinstance(value, PSLiteral):
        return _name(value)
    if not isinstance(value, bytes):
        return value if isinstance(value, str) else ""
    if value.startswith((b"\xfe\xff", b"\xff\xfe")):
        return value.decode("utf-16", errors="replace")
    return value.decode("utf-8" if value.startswith(b"\xef\xbb\xbf") else "cp1252", errors="replace").lstrip("\ufeff")


def _name(value: Any) -> str:
    found = value.name if isinstance(value, PSLiteral) else value
    return found.decode("latin-1") if isinstance(found, bytes) else found if isinstance(found, str) else ""


def _number(value: Any) -> int:
    value = resolve1(value)
    return value if isinstance(value, int) else 0


def _numbers(value: Any) -> list[float]:
    numbers = [resolve1(part) for part in value] if isinstance(value, list) else []
    return [float(part) for part in numbers] if all(isinstance(part, (int, float)) for part in numbers) else []


def _box(points: Sequence[float], page: Any) -> Box:
    """The box around some points, measured from the top of the page as it is shown."""
    across, up = points[0::2], points[1::2]
    left, _, right, height = page.mediabox[0], 0, page.mediabox[2], page.mediabox[3]
    x0, x1, top, bottom = min(across), max(across), height - max(up), height - min(up)
    if page.rotation == 90:
        return height - bottom, x0 - left, height - top, x1 - left
    if page.rotation == 270:
        return top, right - x1, bottom, right - x0
    if page.rotation == 180:
        return right - x1, height - bottom, right - x0, height - top
    return x0, top, x1, bottom
