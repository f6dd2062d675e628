"""Columns of a PDF's page: each is read to its end, whatever stands beside, between and below them."""

from __future__ import annotations

from pathlib import Path

from indexer.loaders.pdf.reader import read_pdf
from tests.indexer.pdfs import Pdf

LEFT = [
    "A stray goat is led to the pound and is",
    "weighed there. The farrier is called if",
    "it limps. Outside working hours the goat",
    "stays in the yard behind the mill. The",
    "keeper may hold it for twenty",
]
RIGHT = [
    "eight days. The owner signs the ledger",
    "and pays the fee in cash. A goat that",
    "has butted a child is never given back.",
    "The yard is swept every morning.",
]


def _shown(pdf: Pdf, path: Path) -> list[tuple[str, str]]:
    blocks = read_pdf(pdf.save(path / "a.pdf")).blocks
    return [(f"h{block.level}" if block.kind == "heading" else block.kind, block.text) for block in blocks]


def test_two_short_columns_of_unlike_height_are_read_one_after_the_other(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 60, "Stray goats", 18, "F2").lines(110, *LEFT).lines(98, *RIGHT, x=320)

    assert _shown(pdf, tmp_path) == [("h1", "Stray goats"), ("paragraph", " ".join(LEFT + RIGHT))]


def test_two_cells_of_prose_beside_each_other_are_two_paragraphs(tmp_path: Path) -> None:
    left = ["The weir is shut when the water is above", "two metres and the lock keeper says so", "on channel nine."]
    right = ["The boom is lowered by the bailiff, who", "keeps the crank until the flood has gone."]
    pdf = Pdf().page().text(60, 60, "Weir card", 18, "F2").lines(110, *left).lines(110, *right, x=320)
    pdf.lines(180, "The card hangs in the lodge and is read out at the start of every shift of the river patrol.")

    assert _shown(pdf, tmp_path) == [
        ("h1", "Weir card"),
        ("paragraph", " ".join(left)),
        ("paragraph", " ".join(right)),
        ("paragraph", "The card hangs in the lodge and is read out at the start of every shift of the river patrol."),
    ]


def _long(name: str, count: int = 20) -> list[str]:
    return [f"The {name} bell of pier {number} is rung by hand." for number in range(count)]


def test_a_line_across_the_page_is_never_torn_into_the_columns_above_it(tmp_path: Path) -> None:
    """Also where the gap between the columns happens to be over the space between two of its words."""
    pdf = Pdf().page().lines(60, *_long("fog"), x=50).lines(60, *_long("tide"), x=330)
    note = "On the long pier a bell may be left to hang until noon if the crew agrees."
    pdf.text(43, 400, note[:30], 11, "F3").text(246, 400, note[31:], 11, "F3")  # Courier: its letters are 6.6 wide

    assert _shown(pdf, tmp_path) == [
        ("paragraph", " ".join(_long("fog"))),
        ("paragraph", " ".join(_long("tide"))),
        ("paragraph", note),
    ]


def test_a_table_in_one_column_tears_no_sentence_of_the_other(tmp_path: Path) -> None:
    left, right = _long("fog", 12), _long("tide", 18)
    pdf = Pdf().page().lines(60, *left, x=50).lines(60, *right, x=320).grid([50, 120, 200], [230, 250, 270])
    for y, row in ((244, ("Risk", "Checks")), (264, ("High", "daily"))):
        pdf.text(55, y, row[0]).text(125, y, row[1])

    assert _shown(pdf, tmp_path) == [
        ("paragraph", " ".join(left)),
        ("table", "Risk | Checks\nHigh | daily"),
        ("paragraph", " ".join(right)),
    ]
