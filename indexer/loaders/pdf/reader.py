"""PDF to blocks: text with its page, headings by their type, tables by their lines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber

from indexer.loaders import limits
from indexer.loaders.blocks import Content, LoadRefused
from indexer.loaders.pdf import ocr
from indexer.loaders.pdf.forms import attached, is_dynamic, is_stand_in
from indexer.loaders.pdf.layout import Layout
from indexer.loaders.pdf.page import Page, page_of_picture, read_page
from indexer.loaders.pdf.pdfium import Drawn
from indexer.loaders.pdf.pictures import saying

MOST_PAGES = 1500
SECONDS_A_PAGE = 1
"""Computing time that a page may take on top of what every file may."""
SECONDS_A_PICTURE = 3
"""Computing time for drawing a page; reading it is the work of another process, with limits of its own."""
_MAGIC_WITHIN = 1024
_NOT_PDF = "It is not a PDF, whatever its name says. Give it the right ending."
_ENCRYPTED = "It is protected by a password. Save it again without protection."
_DAMAGED = "It cannot be read as PDF: it is damaged or not complete. Save it again as PDF."
_STAND_IN = (
    "It is a form or a file that only Adobe's own reader shows. Print it to a new PDF from there, or save it as DOCX."
)
_ATTACHED = "It carries {count} attached file{s}, not read. Save each as a file of its own beside it."
_TOO_MANY = f"It has more than {MOST_PAGES} pages. Split it."


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
            limits.allow(SECONDS_A_PAGE * min(len(pdf.pages), MOST_PAGES))
            pages = _with_pictures(path, list(_pages(pdf, path)))
            attachments = attached(pdf.doc)
            if is_dynamic(pdf.doc, sum(len(line.text.split()) for page in pages for line in page.lines)):
                raise LoadRefused(_STAND_IN)
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
    scanned = tuple((page.number, round(page.certainty, 3)) for page in pages if page.certainty is not None)
    notes = tuple(_left_out(pages, attachments))
    return Content(tuple(blocks), layout.title(named), around=layout.around, notes=notes, scanned=scanned)


def _with_pictures(path: Path, pages: list[Page]) -> list[Page]:
    """The pages, with what could be read of those that are pictures, if a program for that is installed."""
    tesseract = ocr.program()
    pictures = [page.number for page in pages if page.is_picture]
    if tesseract is None or not pictures or len(pictures) > ocr.MOST_PAGES:
        return pages
    limits.allow(SECONDS_A_PICTURE * len(pictures))
    done = []
    for page in pages:
        read = ocr.read_page(path, page.number, tesseract) if page.is_picture else None
        if read is not None and read.certainty >= ocr.LEAST_SURE:
            done.append(page_of_picture(page, read.words, read.certainty, read.width, read.height))
        else:
            done.append(replace(page, was_tried=page.is_picture))
    return done


def _left_out(pages: list[Page], attachments: int) -> Iterator[str]:
    """What of a PDF is not read, or not surely, a sentence each."""
    yield from saying.notes(pages)
    if attachments:
        yield _ATTACHED.format(count=attachments, s="" if attachments == 1 else "s")


def _pages(pdf: Any, path: Path) -> Iterator[Page]:
    with closing(Drawn(path)) as drawn:
        for number, page in enumerate(pdf.pages, 1):
            if number > MOST_PAGES:
                raise LoadRefused(_TOO_MANY)
            drawn.read(page)
            yield read_page(page)
            page.close()  # lets go of the page's objects


def _refuse_without_text(pages: list[Page]) -> None:
    text = " ".join(line.text for page in pages for line in page.lines)
    if is_stand_in(text):
        raise LoadRefused(_STAND_IN)
    tables = any(page.tables for page in pages)
    if reason := saying.refusal(pages, has_text=bool(text.strip()) or tables):
        raise LoadRefused(reason)
