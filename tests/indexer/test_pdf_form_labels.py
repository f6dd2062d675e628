"""Forms of a PDF that somebody filled in: each value goes with the label of its field, wherever that is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.loaders.pdf.reader import read_pdf
from tests.indexer.pdfs import Pdf


def _field(pdf: Pdf, x: float, y: float, tooltip: str, value: str, *, name: str = "f", wide: float = 180) -> Pdf:
    box = f"[{x} {800 - y} {x + wide} {800 - y + 16}]"
    return pdf.annotation(f"/Subtype /Widget /FT /Tx /T ({name}) /TU ({tooltip}) /V ({value}) /Rect {box}")


def _texts(pdf: Pdf, path: Path) -> list[str]:
    return [block.text for block in read_pdf(pdf.save(path / "a.pdf", catalog="/AcroForm << /Fields [] >>")).blocks]


def test_a_value_below_its_label_or_before_it_stands_behind_it(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 60, "Goat found", 20, "F2")
    _field(pdf.text(60, 110, "Place:"), 60, 134, "Place", "The bridge")
    pdf.text(60, 160, "Day").text(300, 160, "Time of day *")
    _field(_field(pdf, 60, 184, "Day", "4 May"), 300, 184, "Time of day, such as 10:15", "10:15")
    _field(pdf.text(250, 220, "Keeper"), 60, 223, "", "Ann Lee", name="Keeper")

    assert _texts(pdf, tmp_path) == [
        "Goat found",
        "Place: The bridge",
        "Day: 4 May Time of day: 10:15",
        "Keeper: Ann Lee",
    ]


def test_a_value_behind_its_label_stays_there(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 60, "Goat found", 20, "F2").text(140, 98, "Place").text(60, 110, "Place")
    _field(pdf, 140, 113, "Place", "The bridge")

    assert _texts(pdf, tmp_path) == ["Goat found", "Place Place The bridge"]


def test_a_line_above_a_field_of_another_name_stays_as_it_is(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 60, "Goat found", 20, "F2").text(60, 110, "A goat may be led here.")
    _field(pdf, 60, 134, "A note", "At the bridge", name="a")

    assert _texts(pdf, tmp_path) == ["Goat found", "A goat may be led here.", "At the bridge"]


@pytest.mark.parametrize(("size", "font"), [(16, "F2"), (16, "F1"), (11, "F2")])
def test_a_heading_that_names_a_field_stays_above_its_value(tmp_path: Path, size: float, font: str) -> None:
    pdf = Pdf().page().text(60, 60, "Goat found", 20, "F2").text(60, 110, "A goat may be led here.")
    _field(pdf.text(60, 150, "Advice given", size, font), 60, 174, "Advice given", "lock the back gate")
    pdf.text(60, 220, "Some words about goats that are found at night.")

    blocks = read_pdf(pdf.save(tmp_path / "a.pdf", catalog="/AcroForm << /Fields [] >>")).blocks
    assert [(block.kind, block.text) for block in blocks] == [
        ("heading", "Goat found"),
        ("paragraph", "A goat may be led here."),
        ("heading", "Advice given"),
        ("paragraph", "lock the back gate"),
        ("paragraph", "Some words about goats that are found at night."),
    ]


def test_bold_labels_beside_each_other_or_behind_their_fields_are_no_headings(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 60, "Goat found", 20, "F2").text(60, 110, "Fill this in where the goat was found.")
    pdf.text(60, 160, "Day", 11, "F2").text(300, 160, "Time", 11, "F2")
    _field(_field(pdf, 60, 184, "Day", "4 May"), 300, 184, "Time", "10:15")
    _field(pdf.text(250, 220, "Keeper", 11, "F2"), 60, 223, "", "Ann Lee", name="Keeper")

    assert _texts(pdf, tmp_path)[2:] == ["Day: 4 May Time: 10:15", "Keeper: Ann Lee"]


def test_the_head_of_a_table_with_fields_stays_its_head(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 60, "Goats found", 20, "F2").grid([60, 250, 440], [100, 120, 140])
    pdf.text(64, 114, "Place").text(254, 114, "Day")
    _field(_field(pdf, 62, 138, "Place", "The bridge"), 252, 138, "Day", "4 May")

    assert _texts(pdf, tmp_path) == ["Goats found", "Place | Day\nThe bridge | 4 May"]
