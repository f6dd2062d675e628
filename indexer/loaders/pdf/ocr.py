"""Words of pages that are pictures, read by the program tesseract where it is installed."""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from indexer.loaders.pdf.chars import Word
from indexer.loaders.pdf.pictures.lying import Run, levelled, runner, turned, turns

MOST_PAGES = 200
"""Pages of one file that are read at most."""
SECONDS = 600
"""After which a program that hangs is ended: its computing time is limited as that of every reader."""
LEAST_SURE = 0.6
"""A page of which it is less sure is held back: garbage would be quoted."""
_SURE = 0.8
"""A page of which it is less sure may lie on its side or on its head."""
_DPI = 200
_LARGEST = 5000
"""Pixels of a page's longer side."""
_BULLETS = frozenset("¢e*•«»©®°·o¤§+~")
"""What a bullet is taken for, where it stands at the start of a line and the program is not sure of it."""
_UNSURE = 50.0
_ALIKE = 0.12
"""Share of the usual size of type within which a line is set in it."""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """The words of a page, how sure the program is of them, 0 to 1, and how large the page is as it was read."""

    words: list[Word]
    certainty: float
    """The mean of its lines by characters; a line is as sure as the least sure of its words."""
    width: float
    height: float


def program() -> str | None:
    """Where tesseract is, if it is installed."""
    return shutil.which("tesseract")


def read_page(path: Path, number: int, tesseract: str) -> Read | None:
    """What stands on a page (from 1) of a PDF, however it lies; nothing where no word is found."""
    environment = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    run = runner(tesseract, {**environment, "OMP_THREAD_LIMIT": "1"}, SECONDS)  # its threads fight on a busy machine
    image, scale = _drawn(path, number)
    best = _read(levelled(image), scale, run)
    if best is not None and best.certainty >= _SURE:
        return best
    for degrees in turns(image, run, tesseract):
        read = _read(levelled(turned(image, degrees)), scale, run)
        if read is not None and (best is None or read.certainty > best.certainty):
            best = read
    return best


def _read(image: Any, scale: float, run: Run) -> Read | None:
    """What stands on a picture, as it lies."""
    with tempfile.TemporaryDirectory() as work:
        file = Path(work, "page.png")
        image.save(file)
        rows = _recognised(run, file)
    lines = _lines(rows, scale)
    words: list[Word] = []
    sure: dict[tuple[str, ...], tuple[float, int]] = {}
    for row in rows:
        word = _word(row, lines, scale)
        if word is not None:
            words.append(word)
            least, length = sure.get(_place(row), (100.0, 0))
            conf = 100.0 if word["text"] == "•" else float(row["conf"])
            sure[_place(row)] = min(least, conf), length + len(word["text"])
    if not words:
        return None
    certainty = sum(least * length for least, length in sure.values()) / sum(length for _, length in sure.values())
    return Read(words, certainty / 100, image.width * scale, image.height * scale)


def _drawn(path: Path, number: int) -> tuple[Any, float]:
    """A picture of the page, and points for each of its pixels."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        page = document[number - 1]
        scale = min(_DPI / 72, _LARGEST / max(page.get_size()))
        return page.render(scale=scale, grayscale=True).to_pil(), 1 / scale
    finally:
        document.close()


def _recognised(run: Run, image: Path) -> list[Row]:
    """The rows of tesseract's table; none where it fails or hangs."""
    text = run([str(image), "-", "--psm", "4", "-l", "eng", "--dpi", str(_DPI), "tsv"]).decode("utf-8", "replace")
    return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a line stands, and the size of its type, in points."""

    top: float
    bottom: float
    size: float


def _lines(rows: list[Row], scale: float) -> dict[tuple[str, ...], _Line]:
    """The lines of a page. Their boxes are as high as their highest and lowest letters, which hides their type."""
    texts: dict[tuple[str, ...], str] = {}
    for row in rows:
        if row.get("level") == "5":
            texts[_place(row)] = texts.get(_place(row), "") + (row.get("text") or "")
    boxes = {_place(row): row for row in rows if row.get("level") == "4" and _place(row) in texts}
    sizes = {place: float(box["height"]) * scale / _share(texts[place]) for place, box in boxes.items()}
    usual = median(sizes.values()) if sizes else 0.0
    lines = {}
    for place, box in boxes.items():
        size = usual if abs(sizes[place] - usual) <= _ALIKE * usual else sizes[place]
        top = float(box["top"]) * scale
        lines[place] = _Line(top, top + size, round(size, 1))
    return lines


def _share(text: str) -> float:
    """What share of its type's size a line's letters take: "as on" less than "Stop", and that less than "Jog"."""
    high = any(char.isupper() or char.isdigit() or char in "bdfhiklt!?()" for char in text)
    return 0.52 + (0.2 if high else 0.0) + (0.2 if any(char in "gjpqy,;()" for char in text) else 0.0)


def _word(row: Row, lines: dict[tuple[str, ...], _Line], scale: float) -> Word | None:
    """A word where it stands, in the type of its line; nothing for a row that is none."""
    text = (row.get("text") or "").strip()
    line = lines.get(_place(row))
    if row.get("level") != "5" or not text or line is None:
        return None
    if row["word_num"] == "1" and len(text) == 1 and text in _BULLETS and float(row["conf"]) < _UNSURE:
        text = "•"
    left, wide = float(row["left"]) * scale, float(row["width"]) * scale
    each = wide / len(text)
    box = {"top": line.top, "bottom": line.bottom}
    chars = [
        {
            "text": char, "x0": left + n * each, "x1": left + (n + 1) * each, **box,
            "size": line.size, "fontname": "", "upright": True,
        }
        for n, char in enumerate(text)
    ]  # fmt: skip
    return {"text": text, "x0": left, "x1": left + wide, **box, "chars": chars}


def _place(row: Row) -> tuple[str, ...]:
    """Block, paragraph and line of a row."""
    return tuple(row.get(name, "") for name in ("block_num", "par_num", "line_num"))
