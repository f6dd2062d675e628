"""Cards beside each other on a PDF's page: the lines of each stand under its own heading."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.loaders.pdf.reader import read_pdf
from tests.indexer.pdfs import Pdf

CARDS = {
    "What was lost and found": ("Hand it in at the depot", "within two days of finding it."),
    "Doors that do not shut": ("Call the garage at once and", "wait for the engineer."),
    "Somebody is unwell": ("Stop at a safe place and", "ring the control room."),
    "Road closed": ("Follow the signs for the", "diversion and tell control."),
}
PLACES = ((60, 150), (310, 150), (60, 260), (310, 260))
INTRO = "Night services run on Friday and Saturday on all the routes in this list of services."
READ = [f"# {name}\n{' '.join(lines)}" for name, lines in CARDS.items()]


def _area(pdf: Pdf, x: float, y: float, wide: float, high: float, gray: float = 0.9) -> None:
    pdf.draw(f"{gray} g {x} {800 - y - high} {wide} {high} re f")


def _page(places: tuple[tuple[int, int], ...] = PLACES, *, heads: float = 0, bodies: float = 0) -> Pdf:
    """A page with cards: areas behind their headings and behind their text as high as is said."""
    pdf = Pdf().page().text(60, 60, "What to do", 20, "F2").text(60, 90, INTRO)
    for x, y in places:
        _area(pdf, x, y + 24 - heads, 220, heads, 0.8)
        _area(pdf, x, y + 24, 220, bodies)
    for (x, y), (name, lines) in zip(places, CARDS.items(), strict=True):
        pdf.text(x + 10, y + 18, name, 12, "F2").text(x + 10, y + 40, lines[0]).text(x + 10, y + 54, lines[1])
    return pdf.text(60, 400, INTRO)


def _cards(pdf: Pdf, path: Path) -> list[str]:
    """Each heading with what stands under it, without the page's title and the text around the cards."""
    read: list[str] = []
    for block in read_pdf(pdf.save(path / "a.pdf")).blocks:
        if block.kind == "heading":
            read.append(f"# {block.text}")
        elif block.text != INTRO:
            read[-1] += f"\n{block.text}"
    return read[1:]


@pytest.mark.parametrize(("heads", "bodies"), [(24, 60), (16, 60), (24, 0)])
def test_a_heading_on_an_area_of_its_own_stays_above_its_text(tmp_path: Path, heads: float, bodies: float) -> None:
    assert sorted(_cards(_page(heads=heads, bodies=bodies), tmp_path)) == sorted(READ)


def test_cards_on_a_ground_of_their_own_are_read_one_by_one(tmp_path: Path) -> None:
    pdf = Pdf().page()
    _area(pdf, 50, 140, 440, 220, 0.95)
    pdf.text(60, 60, "What to do", 20, "F2").text(60, 90, INTRO)
    for (x, y), (name, lines) in zip(((60, 150), (275, 150), (60, 260), (275, 260)), CARDS.items(), strict=True):
        _area(pdf, x, y, 205, 80)
        pdf.text(x + 10, y + 18, name, 12, "F2").text(x + 10, y + 40, lines[0]).text(x + 10, y + 54, lines[1])
    for line, text in enumerate(("See page", "two of the", "book.")):
        pdf.text(500, 200 + 12 * line, text, 9)

    assert [card for card in _cards(pdf, tmp_path) if card in READ] == READ


def test_cards_in_the_cells_of_a_grid_are_no_table(tmp_path: Path) -> None:
    pdf = _page(((60, 150), (300, 150), (60, 240), (300, 240))).grid([60, 300, 540], [150, 240, 330])

    assert _cards(pdf, tmp_path) == READ


def test_cards_in_one_ruled_row_are_read_one_by_one(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 60, "What to do", 20, "F2").text(60, 90, INTRO)
    pdf.grid([40, 170, 300, 430, 560], [150, 240])
    for column, name in enumerate(("Lost", "Doors", "Unwell", "Closed")):
        pdf.text(50 + 130 * column, 170, name, 12, "F2")
        pdf.text(50 + 130 * column, 190, f"Ring {column}").text(50 + 130 * column, 204, "and wait.")

    assert _cards(pdf, tmp_path) == [
        f"# {name}\nRing {n} and wait." for n, name in enumerate(("Lost", "Doors", "Unwell", "Closed"))
    ]


def test_a_table_whose_heads_are_bold_stays_one(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 60, "What to do", 20, "F2").grid([60, 300, 540], [150, 190, 230])
    pdf.text(70, 165, "Area", 11, "F2").text(310, 165, "Stops", 11, "F2").text(310, 179, "in all", 11, "F2")
    pdf.text(70, 205, "North").text(310, 205, "12").text(310, 219, "of 14")

    assert [block.text for block in read_pdf(pdf.save(tmp_path / "a.pdf")).blocks] == [
        "What to do",
        "Area | Stops in all\nNorth | 12 of 14",
    ]


def test_a_grid_of_labels_with_their_values_stays_a_table(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 60, "What to do", 20, "F2").grid([60, 300, 540], [150, 190, 230])
    for (x, y), (label, value) in zip(
        ((70, 165), (310, 165), (70, 205), (310, 205)),
        (("Driver", "Ann Lee"), ("Bus", "142"), ("Place", "Bridge"), ("Day", "4 May")),
        strict=True,
    ):
        pdf.text(x, y, label, 11, "F2").text(x, y + 14, value)

    assert [block.text for block in read_pdf(pdf.save(tmp_path / "a.pdf")).blocks] == [
        "What to do",
        "Driver Ann Lee | Bus 142\nPlace Bridge | Day 4 May",
    ]
