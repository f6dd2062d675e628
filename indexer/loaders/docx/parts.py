"""Parts of a DOCX beside its body: notes, inserted files, diagrams, properties, and what is not read of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from indexer.loaders.blocks import Block, LoadRefused
from indexer.loaders.docx.styles import Styles, local, w
from indexer.loaders.docx.text import note_key, text_of
from indexer.loaders.numerals import roman

_INSERTED = "A part of it was inserted from another file and is not read. Open it in Word and save it again as DOCX."
_DIVIDED = "It refers to sub-documents, which are not read. Save the whole as one document."
_EMBEDDED = "It holds {count} embedded file{s}, not read. Save each as a file of its own beside it."


def footnotes(document: Any, styles: Styles) -> tuple[dict[str, str], dict[str, str]]:
    """The notes at the foot and at the end by key, and the number that a reader sees at each."""
    notes: dict[str, str] = {}
    for relation in document.part.rels.values():
        if relation.is_external or relation.reltype not in {RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES}:
            continue
        for note in parse_xml(relation.target_part.blob):
            if note.get(w("type")) is None:
                notes[note_key(note)] = " ".join(text_of(part, styles) for part in note.iter(w("p"))).strip()
    labels: dict[str, str] = {}
    for kind, shown in (("foo", str), ("end", roman)):
        named = w("footnoteReference" if kind == "foo" else "endnoteReference")
        order = dict.fromkeys(note_key(found) for found in document.element.body.iter(named))
        labels |= {key: shown(number) for number, key in enumerate(order, 1)}
    return notes, labels


def chunk_of(element: Any, document: Any) -> tuple[list[Block], list[str]]:
    """The blocks of a file that Word shows in the place of an element, or why there are none."""
    relation = document.part.rels.get(str(element.get(qn("r:id"))))
    if relation is None or relation.is_external:
        return [], [_INSERTED]
    part = relation.target_part
    kind = f"{part.content_type} {part.partname}".lower()
    try:
        if "mht" not in kind and ("html" in kind or kind.endswith(".htm")):
            from indexer.loaders.html.reader import read_html

            return list(read_html(part.blob).blocks), []
        if "text/plain" in kind or kind.endswith(".txt"):
            from indexer.loaders.decoding import decoded
            from indexer.loaders.text import read_plain

            return list(read_plain(decoded(part.blob)).blocks), []
        if "wordprocessingml" in kind or kind.endswith(".docx"):
            return _inner(part.blob), []
    except (LoadRefused, ValueError, KeyError):
        return [], [_INSERTED]
    return [], [_INSERTED]


def _inner(blob: bytes) -> list[Block]:
    from indexer.loaders.docx.reader import _Walk
    from indexer.loaders.office.package import check_sizes

    check_sizes(BytesIO(blob))
    inner = docx.Document(BytesIO(blob))
    for found in list(inner.element.body.iter(w("altChunk"))):  # one inside another is not followed
        found.getparent().remove(found)
    return _Walk(inner).blocks()


def diagram_texts(paragraph: Any, document: Any) -> Iterator[list[str]]:
    """The words of each of Word's own diagrams (SmartArt) that hang on a paragraph."""
    for found in paragraph.iter():
        if local(found) != "relIds":
            continue
        relation = document.part.rels.get(str(found.get(qn("r:dm"))))
        if relation is None or relation.is_external:
            continue
        points = [point for point in parse_xml(relation.target_part.blob).iter() if local(point) == "pt"]
        texts = [" ".join("".join(_letters(point)).split()) for point in points]
        if shown := [text for text in texts if text]:
            yield shown


def _letters(point: Any) -> Iterator[str]:
    for found in point.iter():
        if local(found) == "t":
            yield found.text or ""
        elif local(found) in {"p", "br"}:
            yield " "


def custom_properties(document: Any) -> Iterator[str]:
    """What the file's properties say of it, a line each: "Status: Draft"."""
    status = " ".join(str(document.core_properties.content_status or "").split())
    if status:
        yield f"Status: {status}"
    for relation in document.part.package.rels.values():
        if relation.is_external or not relation.reltype.endswith("/custom-properties"):
            continue
        for found in parse_xml(relation.target_part.blob):
            value = " ".join("".join(found.itertext()).split())
            value = re.sub(r"^(\d{4}-\d\d-\d\d)T\S*$", r"\1", value)
            yield f"{found.get('name')}: {value}"


def left_out(document: Any) -> Iterator[str]:
    """What of a document is not read, a sentence each."""
    body = document.element.body
    if next(body.iter(w("subDoc")), None) is not None:
        yield _DIVIDED
    embedded = [
        found
        for found in body.iter()
        if local(found) == "OLEObject"
        and found.get("Type") == "Embed"
        and not str(found.get("ProgID", "")).startswith(("Equation", "MathType"))
    ]
    if embedded:
        yield _EMBEDDED.format(count=len(embedded), s="" if len(embedded) == 1 else "s")
