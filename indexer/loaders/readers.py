"""The readers of each kind of file; their libraries are imported only when a file needs them."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from indexer.loaders.blocks import Content, LoadRefused
from indexer.loaders.characters import visible

KINDS = frozenset(
    {".md", ".markdown", ".txt", ".html", ".htm", ".docx", ".doc", ".pdf", ".pptx"}
    | {".xlsx", ".xls", ".ods", ".csv", ".tsv", ".odt", ".eml", ".msg"}
)
"""Endings of the files that can be read."""
MOST_BLOCKS = 100_000
MOST_CHARACTERS = 5_000_000
_NAMES = {
    ".md": "Markdown", ".markdown": "Markdown", ".txt": "text", ".htm": "HTML",
    ".doc": "an old Word file", ".eml": "a saved message", ".msg": "an Outlook message",
}  # fmt: skip
_LIBRARIES = {
    ".pdf": "pdfplumber", ".docx": "python-docx", ".html": "beautifulsoup4", ".htm": "beautifulsoup4",
    ".md": "markdown-it-py", ".markdown": "markdown-it-py", ".pptx": "python-pptx", ".xlsx": "openpyxl",
    ".xls": "xlrd", ".ods": "odfdo", ".odt": "odfdo", ".msg": "python-oxmsg",
}  # fmt: skip
_SHEETS = frozenset({".xlsx", ".xls", ".ods"})
_LINE_END = re.compile(r"\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")
_TOO_DEEP = "Its parts are nested too deeply. Save it again as a simple PDF or as text."
_TOO_LONG = "It holds more text than a guidance file should. Split it."
_DAMAGED = "It cannot be read as {name}: it is damaged or not what its name says. Open it and save it again."


def read_here(path: Path, kind: str) -> Content:
    """Blocks of a file of one of `KINDS`, parsed in this process and without limits.

    Raises:
        LoadRefused: the file cannot be read, or holds too much.
        MemoryError: there is not enough memory for it.
    """
    try:
        content = _reader(kind)(path)
    except (LoadRefused, MemoryError):
        raise
    except RecursionError as error:
        raise LoadRefused(_TOO_DEEP) from error
    except Exception as error:  # whatever a library raises on a broken file, in whichever of its own classes
        raise LoadRefused(_DAMAGED.format(name=_NAMES.get(kind, kind.lstrip(".").upper()))) from error
    if len(content.blocks) > MOST_BLOCKS or sum(len(block.text) for block in content.blocks) > MOST_CHARACTERS:
        raise LoadRefused(_TOO_LONG)
    return content


def reader_of(kind: str) -> str:
    """The library that reads a kind of file, with its version; Python itself for the plain ones."""
    name = _LIBRARIES.get(kind)
    return f"{name} {version(name)}" if name else f"Python {platform.python_version()}"


def _reader(kind: str) -> Callable[[Path], Content]:
    if kind == ".pdf":
        from indexer.loaders.pdf.reader import read_pdf

        return read_pdf
    if kind == ".docx":
        from indexer.loaders.docx.reader import read_docx

        return read_docx
    if kind in {".html", ".htm"}:
        from indexer.loaders.html.reader import read_html

        return lambda path: read_html(path.read_bytes())
    if kind in {".eml", ".msg"}:
        from indexer.loaders.mail.message import read_mail

        return read_mail
    return _office_reader(kind) or _text_reader(kind)


def _office_reader(kind: str) -> Callable[[Path], Content] | None:
    if kind == ".pptx":
        from indexer.loaders.office.slides import read_slides

        return read_slides
    if kind in _SHEETS:
        from indexer.loaders.sheets.reader import read_sheets

        return read_sheets
    if kind == ".odt":
        from indexer.loaders.office.opendocument import read_opendocument

        return read_opendocument
    if kind == ".doc":
        from indexer.loaders.office.old_word import read_old_word

        return read_old_word
    return None


def _text_reader(kind: str) -> Callable[[Path], Content]:
    if kind in {".csv", ".tsv"}:
        from indexer.loaders.sheets.delimited import read_csv

        return lambda path: read_csv(_characters(path))
    if kind == ".txt":
        from indexer.loaders.text import read_plain

        return lambda path: read_plain(_characters(path))
    from indexer.loaders.markdown.reader import read_markdown

    return lambda path: read_markdown(_characters(path))


def _characters(path: Path) -> str:
    """The text of a file with plain line ends."""
    from indexer.loaders.decoding import NotText, decoded

    try:
        text = decoded(path.read_bytes())
    except NotText as error:
        raise LoadRefused("It is not text, whatever its name says. Save it as text in UTF-8.") from error
    return visible(_LINE_END.sub("\n", text))
