"""Titles and headings of a PDF that are set with space between their letters."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.loaders.pdf.reader import read_pdf
from tests.indexer.pdfs import Pdf

BODY = ["A stray goat is led to the pound and is weighed there by the keeper.", "The yard is swept."]


def test_letters_with_spaces_between_them_are_the_words_they_make(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 60, "N I G H T  B U S E S  2 0 2 6", 20, "F2").lines(110, *BODY)
    pdf.text(60, 200, "G O A T S", 11, "F2").lines(230, *BODY)

    content = read_pdf(pdf.save(tmp_path / "a.pdf"))
    assert content.title == "NIGHT BUSES 2026"
    assert [block.text for block in content.blocks if block.kind == "heading"] == ["NIGHT BUSES 2026", "GOATS"]


def test_letters_that_are_drawn_apart_are_the_words_they_make(tmp_path: Path) -> None:
    pdf = Pdf().page().draw("8 Tc").text(60, 60, "Night buses", 20).draw("0 Tc").lines(110, *BODY)

    assert read_pdf(pdf.save(tmp_path / "a.pdf")).title == "Night buses"


@pytest.mark.parametrize("font", ["F1", "F2"])
@pytest.mark.parametrize("text", ["A B C D E F", "A B C D grades", "Y N Y N Y N", "A 1 B 2 C 3 D 4", "1 2 3 4 5 6"])
def test_letters_that_make_no_word_stay_apart(tmp_path: Path, text: str, font: str) -> None:
    pdf = Pdf().page().text(60, 60, "Goats", 20, "F2").lines(110, *BODY).text(60, 200, text, 11, font).lines(230, *BODY)

    assert text in [block.text for block in read_pdf(pdf.save(tmp_path / "a.pdf")).blocks]


def test_single_letters_in_the_type_of_the_text_stay_apart(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 60, "Goats", 20, "F2").lines(110, *BODY).text(60, 200, "G O A T S", 11)

    assert "G O A T S" in [block.text for block in read_pdf(pdf.save(tmp_path / "a.pdf")).blocks]
