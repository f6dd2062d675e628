"""What is said of pages without text of their own: how they were read, or why they were not, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.loaders.pdf import ocr
from indexer.loaders.pdf.page import Page

_SCAN = "It is a scan: pictures of pages without text."
_SCAN_TRIED = "It is a scan, and what OCR read of it is nothing, or not sure enough to quote."
_PART_SCAN = "Most of its pages are pictures without text."
_GARBLED = "Its characters cannot be read: the file does not say which letters its shapes are. Save it as DOCX."
_UNSEEN = "Its pages show no text: what text it has is white, struck out, or stands outside the page. Save it again."
_RESCAN = "Scan it again, upright, straight and dark enough, or provide a version with text."
_PICTURES = "{pages} of text without letters (scanned) and not read."
_TRIED = "{pages}, and what OCR read there is nothing, or not sure enough to quote; not read."
_READ = "{pages} of text and read by OCR, at least {least:.0%} sure. Compare them with the original."
_GARBLED_PAGES = "{pages} set in type that does not say which letters it shows, and not read. Save it as DOCX."
_GARBLED_READ = (
    "{pages} set in type that does not say which letters it shows, and read by OCR, at least {least:.0%} sure. "
    "Compare them with the original."
)


def notes(pages: Sequence[Page]) -> Iterator[str]:
    """What of a PDF was read by OCR, and what was not read, a sentence each with its remedy."""
    for garbled, sentence in ((False, _READ), (True, _GARBLED_READ)):
        read = [page for page in pages if page.certainty is not None and page.is_garbled == garbled]
        if read:
            least = min(page.certainty or 0.0 for page in read)
            yield sentence.format(pages=_pages(read), least=least)
    unread = [page for page in pages if page.is_picture]
    if garbled_ones := [page for page in unread if page.is_garbled]:
        yield _GARBLED_PAGES.format(pages=_pages(garbled_ones))
    if tried := [page for page in unread if page.was_tried and not page.is_garbled]:
        yield f"{_TRIED.format(pages=_pages(tried))} {_RESCAN}"
    if left := [page for page in unread if not page.was_tried and not page.is_garbled]:
        yield _with_remedy(_PICTURES.format(pages=_pages(left)))


def refusal(pages: Sequence[Page], *, has_text: bool) -> str:
    """Why a PDF is held back whose pages have too little text; empty where they have enough."""
    pictures = [page for page in pages if page.is_picture]
    mostly = len(pictures) > 2 and len(pictures) * 2 > len(pages)
    if has_text and not mostly:
        return ""
    if pictures and sum(page.is_garbled for page in pictures) * 2 > len(pictures):
        return _GARBLED
    if not has_text and not pictures and any(page.is_unseen for page in pages):
        return _UNSEEN
    if not has_text and any(page.was_tried for page in pages):
        return f"{_SCAN_TRIED} {_RESCAN}"
    return _with_remedy(_PART_SCAN if has_text else _SCAN)


def _with_remedy(trouble: str) -> str:
    """What is wrong with pages that are pictures, and what to do; a program that is there is no remedy."""
    install = "" if ocr.program() else "Install tesseract, which reads pictures of text, or p"
    return f"{trouble} {install or 'P'}rovide a version with text."


def _pages(pages: Sequence[Page]) -> str:
    """Pages as people write them: "Page 4 is a picture", "Pages 2 to 4 and 7 are pictures"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page.number - 1:
            runs[-1].append(page.number)
        else:
            runs.append([page.number])
    shown = [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    listed = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
    what = ("", "") if any(page.is_garbled for page in pages) else (" a picture", " pictures")
    return f"Page {listed} is{what[0]}" if len(pages) == 1 else f"Pages {listed} are{what[1]}"
