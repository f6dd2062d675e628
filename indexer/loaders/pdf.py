"""PDF to blocks: text with its page, headings by their type, tables by their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber

from indexer.loaders.blocks import Content, LoadRefused
from indexer.loaders.pdf_layout import Layout
from indexer.loaders.pdf_page import Page, read_page

MOST_PAGES = 1500
_MAGIC_WITHIN = 1024
_NOT_PDF = "It is not a PDF, whatever its name says. Give it the right ending."
_ENCRYPTED = "It is protected by a password. Save it again without protection."
_DAMAGED = "It cannot be read as PDF: it is damaged or not complete. Save it again as PDF."
_SCAN = "It is a scan: pictures of pages without text. Provide a version with text."
_PART_SCAN = "Most of its pages are pictures without text. Provide a version with text."
_NO_CHARACTERS = "Its characters cannot be read: the file does not say which letters its shapes are. Save it as DOCX."
_TOO_MANY = f"It has more than {MOST_PAGES} pages. Split it."
_CID = re.compile(r"\(cid:\d+\)")


def read_pdf(path: Path) -> Content:
    """Blocks of a PDF.

    Raises:
        LoadRefused: it is encrypted, damaged, or has no text.
    """
    data = path.read_bytes()
    if b"%PDF-" not in data[:_MAGIC_WITHIN]:
        raise LoadRefused(_NOT_PDF)
    try:
        with pdfplumber.open(path) as pdf:
            pages = list(_pages(pdf))
            named = str((pdf.metadata or {}).get("Title") or "")
    except LoadRefused:
        raise
    except MemoryError:
        raise
    except Exception as error:  # pdfminer and pdfplumber raise many classes on a broken file
        raise LoadRefused(_ENCRYPTED if b"/Encrypt" in data else _DAMAGED) from error
    _refuse_without_text(pages)
    layout = Layout(pages)
    blocks = layout.blocks()
    return Content(tuple(blocks), layout.title(named))


def _pages(pdf: Any) -> Iterator[Page]:
    for number, page in enumerate(pdf.pages, 1):
        if number > MOST_PAGES:
            raise LoadRefused(_TOO_MANY)
        yield read_page(page)
        page.close()  # lets go of the page's objects


def _refuse_without_text(pages: list[Page]) -> None:
    text = "".join(line.text for page in pages for line in page.lines)
    tables = any(page.tables for page in pages)
    if not text.strip() and not tables:
        raise LoadRefused(_SCAN)
    if sum(len(found) for found in _CID.findall(text)) > len(text) // 5:
        raise LoadRefused(_NO_CHARACTERS)
    pictures = sum(page.is_picture for page in pages)
    if pictures > 2 and pictures * 2 > len(pages):
        raise LoadRefused(_PART_SCAN)
