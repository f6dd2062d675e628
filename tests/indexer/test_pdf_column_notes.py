"""Notes at the foot of a PDF's columns: each goes with what it notes, and text goes on in the next column."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.loaders.pdf.reader import read_pdf
from tests.indexer.pdfs import Pdf

LEFT = [
    "A stray goat is led to the pound and is",
    "weighed there. The farrier is called if",
    "it limps, and the owner pays the fee in",
    "cash before the goat is given back.",
    "Outside working hours the goat stays in",
    "the yard behind the mill, which is shut",
    "at dusk by whoever was the last one to",
]
RIGHT = [
    "leave it. The owner signs the ledger in",
    "ink, and a goat that has butted a child",
    "is never given back. The yard is swept",
    "every morning before the gate is opened",
    "and the water is changed. Hay is bought",
    "in May and kept dry in the loft of the",
    "mill until the winter comes. The keeper",
    "locks the gate and hangs up the key on",
    "the nail behind the stove.",
]
BODY = f"{' '.join(LEFT)} {' '.join(RIGHT)}"


def _columns(size: float = 11, figure: float = 5) -> Pdf:
    """Two columns in the lower half of a page, with a raised 1 in the left one and its note at that one's foot."""
    pdf = Pdf().page().text(60, 60, "Stray goats", 18, "F2")
    pdf.lines(420, *LEFT).lines(420, *RIGHT, x=320).text(232, 456, "1", 6)
    return (
        pdf.text(60, 530 - 0.8 * (size - figure), "1", figure)
        .text(68, 530, "Twelve pounds, or", size)
        .text(60, 543, "nine at night.", size)
    )


def _texts(pdf: Pdf, path: Path) -> list[str]:
    return [block.text for block in read_pdf(pdf.save(path / "a.pdf")).blocks]


@pytest.mark.parametrize(("size", "figure"), [(11, 5), (8, 5), (8, 8)])
def test_a_note_at_the_foot_of_a_column_goes_with_what_it_notes(tmp_path: Path, size: float, figure: float) -> None:
    assert _texts(_columns(size, figure), tmp_path) == [
        "Stray goats",
        f"{BODY}\nNote 1: Twelve pounds, or nine at night.",
    ]


def test_two_notes_at_the_foot_of_a_column_are_two(tmp_path: Path) -> None:
    pdf = _columns().text(443, 522, "2", 6).text(60, 558, "2", 5).text(64, 562, "Not on Sundays.")

    notes = "Note 1: Twelve pounds, or nine at night.\nNote 2: Not on Sundays."
    assert _texts(pdf, tmp_path) == ["Stray goats", f"{BODY}\n{notes}"]


def test_a_line_that_begins_with_a_raised_figure_which_the_text_has_not_stays_where_it_is(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 60, "Stray goats", 18, "F2").lines(420, *LEFT).lines(420, *RIGHT, x=320)
    pdf.text(60, 526, "1", 5).text(64, 530, "Twelve pounds, or").text(60, 543, "nine at night.")

    assert "1 Twelve pounds, or nine at night." in _texts(pdf, tmp_path)
