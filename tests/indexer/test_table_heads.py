"""Tables whose head is of two rows: a name over several columns, and below it what each of them holds."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from indexer.loaders.docx.reader import read_docx
from indexer.loaders.html.reader import read_html
from indexer.loaders.pdf.reader import read_pdf
from indexer.loaders.sheets.reader import read_sheets
from indexer.loaders.tables import head_rows
from tests.indexer.pdfs import Pdf

YEARS = ("2024", "2025", "2024", "2025")
ROWS = (("North", "12", "14", "5", "6"), ("South", "20", "22", "8", "9"))
READ = "Area | Stops 2024 | Stops 2025 | Drivers 2024 | Drivers 2025\nNorth | 12 | 14 | 5 | 6\nSouth | 20 | 22 | 8 | 9"


def _drawn(pdf: Pdf, top: float, under: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Pdf:
    """A ruled table with "Stops" and "Drivers" over two columns each."""
    foot = top + 40 + 20 * len(rows)
    for y in (top, *range(int(top) + 40, int(foot) + 1, 20)):
        pdf.draw(f"60 {800 - y} m 480 {800 - y} l S")
    pdf.draw(f"160 {780 - top} m 480 {780 - top} l S")
    for x in (60, 160, 240, 320, 400, 480):
        pdf.draw(f"{x} {800 - top - (20 if x in (240, 400) else 0)} m {x} {800 - foot} l S")
    pdf.text(64, top + 24, "Area").text(164, top + 14, "Stops").text(324, top + 14, "Drivers")
    for line, row in enumerate((("", *under), *rows), 1):
        for x, text in zip((64, 164, 244, 324, 404), row, strict=True):
            pdf.text(x, top + 14 + 20 * line, text)
    return pdf


def test_each_column_of_a_ruled_table_says_both_heads(tmp_path: Path) -> None:
    pdf = _drawn(Pdf().page().text(60, 80, "What the buses did."), 120, YEARS, ROWS)

    tables = [block.text for block in read_pdf(pdf.save(tmp_path / "a.pdf")).blocks if block.kind == "table"]
    assert tables == [READ]


@pytest.mark.parametrize(
    ("names", "under"),
    [
        ({202: "Stops", 357: "Drivers"}, ("Area", *YEARS)),
        ({164: "Stops", 324: "Drivers"}, ("Area", *YEARS)),
        ({64: "Area", 202: "Stops", 357: "Drivers"}, ("", *YEARS)),
        ({64: "Area", 164: "Stops", 324: "Drivers"}, ("", *YEARS)),
    ],
)
def test_a_table_without_lines_has_the_names_above_its_columns(
    tmp_path: Path, names: dict[int, str], under: tuple[str, ...]
) -> None:
    pdf = Pdf().page().text(60, 80, "What the buses did.")
    for x, name in names.items():
        pdf.text(x, 130, name)
    for line, row in enumerate((under, *ROWS, ("West", "30", "31", "7", "9"))):
        for x, text in zip((64, 164, 244, 324, 404), row, strict=True):
            pdf.text(x, 146 + 16 * line, text)

    blocks = [(block.kind, block.text) for block in read_pdf(pdf.save(tmp_path / "a.pdf")).blocks]
    assert blocks == [("paragraph", "What the buses did."), ("table", f"{READ}\nWest | 30 | 31 | 7 | 9")]


def test_a_line_above_a_table_without_lines_is_no_name_of_its_columns(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 80, "What the buses did.").text(64, 130, "Night stops and day stops, by year")
    for line, row in enumerate((("Area", "2024", "2025"), ("North", "12", "14"), ("South", "20", "22"))):
        for x, text in zip((64, 164, 244), row, strict=True):
            pdf.text(x, 146 + 16 * line, text)

    blocks = [block.text for block in read_pdf(pdf.save(tmp_path / "a.pdf")).blocks]
    assert blocks[1:] == ["Night stops and day stops, by year", "Area | 2024 | 2025\nNorth | 12 | 14\nSouth | 20 | 22"]


def test_each_column_of_a_word_table_says_both_heads(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=4, cols=5)
    for line, row in enumerate((("Area", "Stops", "", "Drivers", ""), ("", *YEARS), *ROWS)):
        for column, text in enumerate(row):
            table.cell(line, column).text = text
    for first, last in (((0, 1), (0, 2)), ((0, 3), (0, 4)), ((0, 0), (1, 0))):
        table.cell(*first).merge(table.cell(*last))
    document.save(tmp_path / "a.docx")

    (block,) = read_docx(tmp_path / "a.docx").blocks
    assert (block.level, block.text) == (1, READ)


def test_each_cell_of_a_sheet_says_both_heads(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Area", "Stops", None, "Drivers", None), (None, *map(int, YEARS)), *ROWS):
        sheet.append(row)
    for area in ("B1:C1", "D1:E1", "A1:A2"):
        sheet.merge_cells(area)
    book.save(tmp_path / "a.xlsx")

    (block,) = read_sheets(tmp_path / "a.xlsx").blocks
    assert block.text.split("\n") == [
        "- Area: North; Stops 2024: 12; Stops 2025: 14; Drivers 2024: 5; Drivers 2025: 6",
        "- Area: South; Stops 2024: 20; Stops 2025: 22; Drivers 2024: 8; Drivers 2025: 9",
    ]


@pytest.mark.parametrize("cell", ["th", "td"])
def test_each_column_of_a_table_of_a_page_says_both_heads(cell: str) -> None:
    years = "".join(f"<{cell}>{year}</{cell}>" for year in YEARS)
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in ROWS)
    heads = f"<{cell} rowspan=2>Area</{cell}><{cell} colspan=2>Stops</{cell}><{cell} colspan=2>Drivers</{cell}>"

    blocks = read_html(f"<table><tr>{heads}</tr><tr>{years}</tr>{rows}</table>".encode()).blocks
    assert [(block.level, block.text) for block in blocks] == [(1, READ)]


def test_a_label_over_the_whole_width_stays_above_the_heads() -> None:
    rows = (
        "<tr><td colspan=3>Table 4: the yard</td></tr><tr><td></td><td colspan=2>Goats</td></tr>"
        "<tr><td>Pen</td><td>2024/25</td><td>2025/26</td></tr><tr><td>Mill</td><td>3</td><td>4</td></tr>"
    )
    blocks = read_html(f"<table>{rows}</table>".encode()).blocks
    assert [(block.level, block.text) for block in blocks] == [
        (2, "Table 4: the yard\nPen | Goats 2024/25 | Goats 2025/26\nMill | 3 | 4")
    ]


def test_a_label_among_the_heads_is_said_once() -> None:
    rows = (
        "<thead><tr><th>Pen</th><th>Goats</th></tr><tr><th colspan=2>In winter</th></tr></thead>"
        "<tr><td>Mill</td><td>3</td></tr>"
    )
    blocks = read_html(f"<table>{rows}</table>".encode()).blocks
    assert [(block.level, block.text) for block in blocks] == [(2, "Pen | Goats\nIn winter\nMill | 3")]


@pytest.mark.parametrize(
    "rows",
    [
        [["Area", "Stops", "Stops"], ["North", "12", "14"], ["South", "20", "22"]],
        [["Area", "Opened", "Opened"], ["North", "2019", "2021"], ["South", "2020", "2022"]],
        [["", "Opened", "Opened"], ["North", "2019", "2021"], ["South", "2020", "2022"]],
        [
            ["Area", "Stops", "Stops", "Drivers", "Drivers"],
            ["North", "1", "2", "1", "2"],
            ["South", "2", "3", "4", "5"],
        ],
        [["Area", "Stops", "Stops"], ["Area", "closed", "closed"], ["South", "20", "22"]],
        [["Stops", "Stops"], ["12", "14"], ["20", "22"]],
        [["Area", "Stops", "Stops"], ["", "12", "14"], ["", "20", "22"]],
        [["Area", "Stops", "Stops"], ["", "2024", "2025"]],
        [["Area", "Hours", "Hours"], ["", "24", "36"], ["North", "3", "4"]],
        [["Day shift", "Day shift", "Lead"], ["Anna", "Ben", ""], ["Carl", "Dee", "Eve"]],
        [
            ["Step", "What to do", "What to do"],
            ["", "Ring the desk", "Tell a keeper"],
            ["2", "Write it down", "Go home"],
        ],
        [["", "Day", "Day"], ["Desk", "Anna", "Ben"], ["Gate", "Carl", "Dee"]],
    ],
)
def test_a_row_of_data_is_no_second_head(rows: list[list[str]]) -> None:
    assert head_rows(rows, _merged(rows)) == 1


def _merged(rows: list[list[str]]) -> list[list[str | None]]:
    """The cells of a table in which the same text beside or below itself is one cell."""
    return [[text or None for text in row] for row in rows]


@pytest.mark.parametrize(
    "rows",
    [
        [["Force", "Contact", "Contact"], ["", "101 and 0300 123", "0121 626"], ["Kent", "01622 690", "01622 691"]],
        [["Area", "Stops", "Stops"], ["", "2024", "2025"], ["North", "12", "14"]],
        [["Area", "Stops", "Stops"], ["Area", "Planned", "Closed"], ["North", "3", "none"]],
    ],
)
def test_what_is_not_merged_names_no_group(rows: list[list[str]]) -> None:
    assert head_rows(rows, [[None] * 3] * 3) == 1


def test_the_first_row_of_data_below_a_merged_head_stays_a_row() -> None:
    head = "<tr><td colspan=2>Day shift</td><td>Lead</td></tr>"
    rows = "<tr><td>Anna</td><td>Ben</td><td></td></tr><tr><td>Carl</td><td>Dee</td><td>Eve</td></tr>"
    (block,) = read_html(f"<table>{head}{rows}</table>".encode()).blocks
    assert (block.level, block.text) == (1, "Day shift | Day shift | Lead\nAnna | Ben\nCarl | Dee | Eve")


def test_ruled_heads_of_the_same_words_that_are_not_merged_name_no_group(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 60, "What the buses did.").grid([60, 180, 300, 420], [100, 120, 140, 160])
    for line, row in enumerate((("Area", "Stops", "Stops"), ("", "2024", "2025"), ("North", "12", "14"))):
        for x, text in zip((64, 184, 304), row, strict=True):
            pdf.text(x, 114 + 20 * line, text)

    tables = [block.text for block in read_pdf(pdf.save(tmp_path / "a.pdf")).blocks if block.kind == "table"]
    assert tables == ["Area | Stops | Stops\n| 2024 | 2025\nNorth | 12 | 14"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Area", "Hours", "Hours"], ["", "2024", "2025"], ["North", "3", "4"]],
        [["", "Shift", "Shift", "Crew", "Crew"], ["Area", "1", "2", "1", "2"], ["North", "3", "4", "5", "6"]],
        [["Area", "Stops", "Stops"], ["Area", "Planned", "Closed"], ["North", "3", "none"]],
    ],
)
def test_a_row_that_only_names_what_is_below_a_name_is_a_second_head(rows: list[list[str]]) -> None:
    assert head_rows(rows, _merged(rows)) == 2
