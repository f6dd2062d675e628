"""Tables of a PDF whose cells go over several lines or several rows: each row is read by itself, with its label."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.loaders.pdf.reader import read_pdf
from tests.indexer.pdfs import Pdf

COLUMNS = (60, 220, 400)
ROWS = [
    [["Alarm"], ["Ring"], ["Within"]],
    [
        ["A siren is heard on a", "boat at anchor late"],
        ["The harbour office by", "radio and then by", "letter"],
        ["one hour of the siren", "being heard"],
    ],
    [["A rower says that he", "can not reach the pier"], ["The lifeboat crew"], ["ten minutes, by day", "or by night"]],
]


def _shown(pdf: Pdf, path: Path) -> list[tuple[str, str]]:
    blocks = read_pdf(pdf.save(path / "a.pdf")).blocks
    return [(f"h{block.level}" if block.kind == "heading" else block.kind, block.text) for block in blocks]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_with_wrapped_cells_keeps_its_rows(tmp_path: Path, ruled: bool) -> None:
    pdf = Pdf().page().text(60, 50, "What to do on the quay", 16, "F2")
    y = 90.0
    for row in ROWS:
        for x, lines in zip(COLUMNS, row, strict=True):
            pdf.lines(y, *lines, x=x)
        y += 13.2 * max(map(len, row)) + 8
        if ruled:
            pdf.draw(f"55 {800 - y + 14} m 560 {800 - y + 14} l S")
    pdf.text(60, y + 20, "The quay is lit from dusk.")

    assert _shown(pdf, tmp_path) == [
        ("h1", "What to do on the quay"),
        (
            "table",
            "Alarm | Ring | Within\n"
            "A siren is heard on a boat at anchor late | The harbour office by radio and then by letter "
            "| one hour of the siren being heard\n"
            "A rower says that he can not reach the pier | The lifeboat crew | ten minutes, by day or by night",
        ),
        ("paragraph", "The quay is lit from dusk."),
    ]


def test_columns_under_heads_that_were_written_one_after_the_other_are_no_table(tmp_path: Path) -> None:
    pdf = Pdf().page()
    columns = list(zip(*ROWS, strict=True))
    for x, cells in zip(COLUMNS, columns, strict=True):
        pdf.text(x, 60, cells[0][0], 11, "F2").lines(80, *cells[1], *cells[2], x=x)

    assert not any(kind == "table" for kind, _ in _shown(pdf, tmp_path))


def test_a_remark_below_several_cells_keeps_the_label_that_reaches_over_both_rows(tmp_path: Path) -> None:
    pdf = Pdf().page()
    for y, x in ((60, 60), (90, 60), (120, 160), (150, 60)):
        pdf.draw(f"{x} {800 - y} m 360 {800 - y} l S")
    for x, foot in ((60, 150), (160, 150), (260, 120), (360, 150)):
        pdf.draw(f"{x} 740 m {x} {800 - foot} l S")
    for text, x, y in (
        ("Call", 65, 82), ("Grade", 165, 82), ("Visit", 265, 82), ("Flood", 65, 108), ("Red", 165, 108),
        ("2 h", 265, 108), ("No siren at night.", 165, 138),
    ):  # fmt: skip
        pdf.text(x, y, text)

    assert _shown(pdf, tmp_path) == [("table", "Call | Grade | Visit\nFlood | Red | 2 h\nFlood | No siren at night.")]


def test_a_tick_that_is_explained_is_no_item_of_a_list(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 60, "\u00fc", 11, "F4").text(75, 60, "means yes.")

    assert _shown(pdf, tmp_path) == [("paragraph", "✓ means yes.")]
