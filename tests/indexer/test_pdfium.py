"""PDFium and pdfminer find the same on a page, wherever it begins and however it is turned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest

from indexer.loaders.pdf import pdfium
from indexer.loaders.pdf.pdfium import Drawn
from indexer.loaders.pdf.reader import read_pdf
from tests.indexer.pdfs import Pdf

BOXES = ["[0 0 600 800]", "[20 -30 620 770]", "[-50 40 550 840]"]


def a_page() -> Pdf:
    """Words in several fonts and sizes, pale ones, turned ones, a table and lines."""
    page = Pdf().page().text(60, 100, "Fly (at) forty-one metres", 14, "F2").text(60, 130, "Lift off, of course.", 9)
    page.text(60, 160, "Courier counts 123", 11, "F3").text(300, 160, "pale", 30, gray=0.8)
    page.turned(100, 500, "DRAFT COPY", 45, size=60, gray=0.7).turned(400, 600, "On its side", 90)
    return page.grid([60, 160, 300], [220, 250, 280]).draw("0.5 g 350 300 90 40 re f", "0 0 1 rg 1 0 0 RG")


def saved(tmp_path: Path, page: Pdf, box: str, rotation: int) -> Path:
    """A PDF whose pages begin elsewhere and are turned; the places of its objects stay what they are written as."""
    file = page.save(tmp_path / "page.pdf")
    data = file.read_bytes().replace(b"/MediaBox [0 0 600 800]", f"/Rotate {rotation} /MediaBox {box}".encode())
    file.write_bytes(data)
    return file


def both(file: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The objects of the first page by either."""
    with pdfplumber.open(file) as pdf:
        ours = dict(pdf.pages[0].objects)
    with pdfplumber.open(file) as pdf:
        drawn = Drawn(file)
        drawn.read(pdf.pages[0])
        drawn.close()
        return ours, dict(pdf.pages[0].objects)


def near(one: dict[str, Any], other: dict[str, Any], within: float, *names: str) -> bool:
    return all(abs(one[name] - other[name]) <= within for name in names)


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_both_find_the_same_in_the_same_places(tmp_path: Path, box: str, rotation: int) -> None:
    miner, fium = both(saved(tmp_path, a_page(), box, rotation))
    assert {kind: len(found) for kind, found in fium.items()} == {kind: len(found) for kind, found in miner.items()}
    in_order = [sorted(found["char"], key=lambda one: (one["text"], one["x0"] + one["top"])) for found in (miner, fium)]
    for one, other in zip(*in_order, strict=True):
        assert (one["text"], one["upright"], one["fontname"]) == (other["text"], other["upright"], other["fontname"])
        assert one["matrix"][:4] == pytest.approx(other["matrix"][:4], abs=0.001)
        assert near(one, other, 0.1, "x0", "x1", "top", "bottom", "size"), (one["text"], one, other)
        assert other["non_stroking_color"][0] == pytest.approx(one["non_stroking_color"][0], abs=0.003)
    for kind in ("line", "rect"):
        for one, other in zip(miner[kind], fium[kind], strict=True):
            assert near(one, other, 0.01, "x0", "x1", "top", "bottom")
            assert (one["fill"], one["stroke"]) == (other["fill"], other["stroke"])


def test_a_letter_is_as_wide_as_its_type_goes_on_and_not_as_what_hangs_over(tmp_path: Path) -> None:
    miner, fium = both(saved(tmp_path, Pdf().page().text(60, 100, "of fjord, Tf", 40), BOXES[0], 0))
    assert [one["x1"] for one in fium["char"]] == pytest.approx([one["x1"] for one in miner["char"]], abs=0.1)


def test_what_pdfium_puts_in_is_no_text(tmp_path: Path) -> None:
    page = Pdf().page().text(60, 100, "Two").text(200, 100, "words").text(60, 130, "below")
    _, fium = both(saved(tmp_path, page, BOXES[0], 0))
    assert "".join(one["text"] for one in fium["char"]) == "Twowordsbelow"


def test_paths_that_are_not_painted_are_nothing(tmp_path: Path) -> None:
    page = Pdf().page().text(60, 100, "One").draw("10 10 50 50 re W n", "10 10 m 90 90 50 60 20 20 c S")
    _, fium = both(saved(tmp_path, page, BOXES[0], 0))
    assert {kind: len(found) for kind, found in fium.items()} == {"char": 3, "curve": 1}


@pytest.mark.parametrize("fails", ["PdfDocument", "page"])
def test_where_pdfium_fails_pdfminer_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str) -> None:
    def refuse(*_: object) -> None:
        raise pypdfium2.PdfiumError("damaged")

    if fails == "page":
        monkeypatch.setattr(pypdfium2.PdfDocument, "__getitem__", refuse)
    else:
        monkeypatch.setattr(pdfium.pypdfium2, "PdfDocument", refuse)
    content = read_pdf(saved(tmp_path, a_page(), BOXES[0], 0))
    assert any("Fly (at) forty-one metres" in block.text for block in content.blocks)


@pytest.mark.parametrize("error", [pypdfium2.PdfiumError("a page"), ZeroDivisionError(), ValueError()])
def test_a_page_that_pdfium_opens_and_cannot_read_is_left_to_pdfminer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def broken(self: object, text: object, number: int) -> None:
        raise error

    monkeypatch.setattr(pdfium._Reading, "_char", broken)
    miner, fium = both(saved(tmp_path, a_page(), BOXES[0], 0))
    assert [one["text"] for one in fium["char"]] == [one["text"] for one in miner["char"]] != []
