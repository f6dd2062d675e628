"""What stands around the text of a sheet or an OpenDocument file: headers and footers in print, markings in cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from indexer.loaders.markings import labelled_marking, marking_in_title, marking_of

_FIRST_ROWS = 20
_LONGEST_CELL = 100
_ODS_RUNNING = ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d{1,3}|[A-Za-z])')
"""What Excel writes into a header beside its words: the font, its size, where it stands, the page's number."""
_SHEET = re.compile(r"xl/(?:work|chart)sheets/[^/]+\.xml$")
_DRAWING = re.compile(r"xl/drawings/[^/]+\.xml$")


def marking_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """The marking that the first rows of a sheet carry: in a cell of its own, in a title, or beside its label."""
    found = []
    for row in rows[:_FIRST_ROWS]:
        cells = list(dict.fromkeys(cell for text in row if (cell := " ".join(text.split()))))
        found += [f"{label}: {value}" for label, value in pairwise(cells) if labelled_marking(f"{label}: {value}")]
        # a cell among others may be a value of the table, and only one by itself stands over it
        found += [cell for cell in cells if len(cells) == 1 and len(cell) <= _LONGEST_CELL and marking_in_title(cell)]
    return found


def printed_lines(path: Path) -> list[str]:
    """The lines of a sheet's headers and footers in print, and markings in its text boxes; none of a file of OLE."""
    kind = path.suffix.lower()
    if kind == ".ods":
        return list(opendocument_lines(path))
    return list(dict.fromkeys(_excel_lines(path))) if kind == ".xlsx" else []


def _excel_lines(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if _SHEET.match(name):
                yield from (line for text in _running(package, name) for line in _without_codes(text))
            elif _DRAWING.match(name):
                texts = (" ".join("".join(found.itertext()).split()) for found in _elements(package, name, "{*}p"))
                yield from (text for text in texts if marking_of(text))


def _running(package: zipfile.ZipFile, name: str) -> Iterator[str]:
    for found in _elements(package, name, "{*}headerFooter"):
        yield from (child.text or "" for child in found)


def _without_codes(text: str) -> Iterator[str]:
    """The lines of a header: "&L" and its like part those of its left, middle and right."""
    for part in re.split(r"&[LCR]|\n", text.replace("&&", "\0")):
        if line := " ".join(_CODE.sub(" ", part).replace("\0", "&").split()):
            yield line


def _elements(package: zipfile.ZipFile, name: str, wanted: str) -> Iterator[Any]:
    """The elements of a part with a name; the rows of a large sheet are let go as they are passed."""
    from lxml import etree

    with package.open(name) as stream:
        safe = {"resolve_entities": False, "no_network": True, "huge_tree": False}
        for _, found in etree.iterparse(stream, tag=("{*}row", wanted), **safe):
            if etree.QName(found).localname == "row":
                found.clear()
            else:
                yield found


def opendocument_lines(path: Path) -> Iterator[str]:
    """The lines of the headers and footers that the pages of an OpenDocument file have."""
    with zipfile.ZipFile(path) as package:
        if "styles.xml" not in package.namelist():
            return
        for name in _ODS_RUNNING:
            for running in _elements(package, "styles.xml", f"{{*}}{name}"):
                lines = (" ".join("".join(found.itertext()).split()) for found in running.iter("{*}p"))
                yield from (line for line in lines if line)
