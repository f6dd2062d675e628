"""Spreadsheets and tables of data to blocks, each from a real file: cells as the sheet shows them."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from indexer.loaders import LoadRefused, load
from indexer.loaders.sheets import formats
from tests.indexer.old_sheets import COUNTERS

Shown = tuple[str, str]


def shown(path: Path) -> list[Shown]:
    return [(block.kind, block.text) for block in load(path).blocks]


def refusal(path: Path) -> str:
    with pytest.raises(LoadRefused) as error:
        load(path)
    return str(error.value)


def a_sheet(path: Path, rows: list[list[Any]], *, merged: tuple[str, ...] = (), hidden: str = "") -> Path:
    import xlsxwriter
    from xlsxwriter.utility import xl_cell_to_rowcol

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Contacts")
        day = book.add_format({"num_format": "d mmm yyyy"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value, day) if isinstance(value, date) else sheet.write(
                    number, column, value
                )
        for where in merged:
            row, column = xl_cell_to_rowcol(where.partition(":")[0])
            sheet.merge_range(where, rows[row][column])
        if hidden:
            more = book.add_worksheet(hidden)
            more.write(0, 0, "Not for others")
            more.hide()
    return path


def test_each_row_of_a_sheet_says_what_its_cells_are(tmp_path: Path) -> None:
    rows = [["Scheme", "Who runs it", "Review"], ["Cocoon", "Sgt Bell", date(2026, 11, 2)], ["Lock-up", "Estates", 14]]
    assert shown(a_sheet(tmp_path / "schemes.xlsx", rows)) == [
        ("heading", "Contacts"),
        (
            "list",
            "- Scheme: Cocoon; Who runs it: Sgt Bell; Review: 2 November 2026\n"
            "- Scheme: Lock-up; Who runs it: Estates; Review: 14",
        ),
    ]


HOURS = [["Area", "Hours", "Hours"], ["", "Week", "Weekend"], ["Stevenage", "9 to 5", "none"]]


def test_a_merged_head_stands_over_each_of_its_columns(tmp_path: Path) -> None:
    made = a_sheet(tmp_path / "hours.xlsx", HOURS, merged=("B1:C1", "A1:A2"))
    assert shown(made)[1] == ("list", "- Area: Stevenage; Hours, Week: 9 to 5; Hours, Weekend: none")


def test_what_stands_below_a_merged_head_is_a_row_unless_the_file_says_that_it_is_a_head(tmp_path: Path) -> None:
    made = a_sheet(tmp_path / "hours.xlsx", HOURS, merged=("B1:C1",))
    rows = "- Hours: Week; Hours: Weekend\n- Area: Stevenage; Hours: 9 to 5; Hours: none"
    assert shown(made)[1] == ("list", rows)

    book = openpyxl.load_workbook(made)
    sheet = book.worksheets[0]
    _set_bold(sheet, 1, 2)
    book.save(made)
    assert shown(made)[1] == ("list", "- Area: Stevenage; Hours, Week: 9 to 5; Hours, Weekend: none")
    _set_bold(sheet, 3, 3)
    book.save(made)
    assert shown(made)[1] == ("list", rows)


def _set_bold(sheet: Any, first: int, last: int) -> None:
    for row in sheet.iter_rows(first, last):
        for cell in row:
            cell.font = Font(bold=True)


def test_heads_of_the_same_words_that_are_not_merged_name_no_group(tmp_path: Path) -> None:
    made = a_sheet(tmp_path / "hours.xlsx", [HOURS[0], ["North", "closed", "open"], HOURS[2]])
    rows = "- Area: North; Hours: closed; Hours: open\n- Area: Stevenage; Hours: 9 to 5; Hours: none"
    assert shown(made)[1] == ("list", rows)


def test_texts_between_the_tables_of_a_sheet_are_headings_and_paragraphs(tmp_path: Path) -> None:
    rows = [
        ["Who to ring"],
        ["Ring in this order."],
        [],
        ["Name", "Phone"],
        ["Desk", "101"],
        [],
        ["Never ring at night."],
    ]
    assert shown(a_sheet(tmp_path / "ring.xlsx", rows)) == [
        ("heading", "Contacts"),
        ("heading", "Who to ring"),
        ("paragraph", "Ring in this order."),
        ("list", "- Name: Desk; Phone: 101"),
        ("paragraph", "Never ring at night."),
    ]


def test_a_hidden_sheet_is_not_read_and_named(tmp_path: Path) -> None:
    loaded = load(a_sheet(tmp_path / "two.xlsx", [["A", "B"], ["x", "y"]], hidden="Salaries"))
    assert [block.text for block in loaded.blocks] == ["Contacts", "- A: x; B: y"]
    assert loaded.notes == (
        "The sheet 'Salaries' is hidden and not read. Show it and save the file, if it is guidance.",
    )


def test_a_sheet_under_a_password_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "locked.xlsx"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert refusal(file) == (
        "It is protected by a password, or an old Excel file. Save it again as XLSX without protection."
    )


def test_a_sheet_under_rights_management_is_refused_by_that_name(tmp_path: Path) -> None:
    file = tmp_path / "rights.xlsx"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 80 + "DRMEncryptedDataSpace".encode("utf-16-le"))
    assert refusal(file).startswith("It is protected by rights management, so that only named people can open it.")


def test_a_sheet_with_macros_is_refused(tmp_path: Path) -> None:
    made = a_sheet(tmp_path / "macro.xlsx", [["A", "B"], ["x", "y"]])
    with zipfile.ZipFile(made, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    assert refusal(made) == "It has macros. Save it again as XLSX, without macros."


@pytest.mark.parametrize(
    "text", ["Scheme,Who\nCocoon,Sgt Bell\n", "Scheme;Who\nCocoon;Sgt Bell\n", "Scheme\tWho\nCocoon\tSgt Bell\n"]
)
def test_a_table_as_text_is_read_whatever_divides_it(tmp_path: Path, text: str) -> None:
    file = tmp_path / "schemes.csv"
    file.write_text(text, encoding="utf-8-sig")
    assert shown(file) == [("list", "- Scheme: Cocoon; Who: Sgt Bell")]


def test_a_cell_of_a_table_as_text_may_hold_what_divides_it(tmp_path: Path) -> None:
    file = tmp_path / "advice.csv"
    file.write_text('When,What\n"At night, alone","Wait.\nNever go in."\n', encoding="utf-8")
    assert shown(file) == [("list", "- When: At night, alone; What: Wait. Never go in.")]


# what a sheet shows


@pytest.mark.parametrize(
    ("value", "code", "said"),
    [
        (0.125, "0.0%", "12.5%"),
        (1234.5, '"£"#,##0.00;[Red]-"£"#,##0.00', "£1,234.50"),
        (-88, '"£"#,##0.00;[Red]-"£"#,##0.00', "-£88.00"),
        (-5, "0;[Red]0", "-5"),
        (-5, "#,##0_);(#,##0)", "(5)"),
        (7, "000", "007"),
        (7700900123, "00000 000000", "07700 900123"),
        (1500000, '0.0,,"m"', "1.5m"),
        (3, '0 "days"', "3 days"),
        (0, '0;-0;"none"', "none"),
        (2.5, "# ?/?", "2.5"),
        (1.005, "0.00", "1.01"),
        (5, "@", "5"),
        ("12", '0;0;0;"Ref "@', "Ref 12"),
        (date(2026, 4, 1), "mmm yy", "April 2026"),
        (date(2026, 4, 1), "[$-809]dd/mm/yyyy;@", "1 April 2026"),
        (time(9, 30), "h:mm A/P", "09:30"),
        (datetime(2026, 2, 3, 14, 30), "h:mm AM/PM", "14:30"),
        (timedelta(hours=30, minutes=15), "[h]:mm", "30:15"),
        (timedelta(minutes=75), "[mm]", "75"),
        (True, "General", "yes"),
    ],
)
def test_a_cell_says_what_its_format_shows(value: object, code: str, said: str) -> None:
    assert formats.shown(value, code) == said


def a_styled_sheet(path: Path) -> Path:
    from openpyxl import Workbook
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    for row in (
        ["Unit", "Phone", "Share", "Secret"],
        ["Dogs", 7700900123, 0.125, "x1"],
        ["Hidden dogs", 7700900124, 0.5, "x2"],
        ["Struck dogs", 7700900125, 0.5, "x3"],
        [CellRichText("Horses ", TextBlock(InlineFont(strike=True), "and mules")), 7700900456, "=1/8", "x4"],
    ):
        sheet.append(row)
    for row in sheet.iter_rows(min_row=2):
        row[1].number_format, row[2].number_format = "00000000000", "0.0%"
    for cell in sheet[4]:
        cell.font = Font(strike=True)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet.oddHeader.center.text = "OFFICIAL-SENSITIVE"
    book.save(path)
    return path


def test_a_sheet_is_read_as_it_is_shown_and_what_is_left_out_is_named(tmp_path: Path) -> None:
    loaded = load(a_styled_sheet(tmp_path / "call signs.xlsx"))
    assert [block.text for block in loaded.blocks] == [
        "- Unit: Dogs; Phone: 07700900123; Share: 12.5%\n- Unit: Horses; Phone: 07700900456"
    ]
    assert loaded.notes == (
        "Of the sheet 'Sheet' 1 row and 1 column are hidden and not read. Show what is guidance and save the file.",
        "Of the sheet 'Sheet' 1 formula is without a saved value and left out. "
        "Open it so that it calculates, and save it.",
    )


def test_a_sheet_that_nobody_named_has_the_name_of_its_file_and_the_marking_of_its_printed_pages(
    tmp_path: Path,
) -> None:
    document = load(a_styled_sheet(tmp_path / "call signs.xlsx")).document
    assert (document.title, document.marking) == ("Call signs", "OFFICIAL-SENSITIVE")


def test_an_old_sheet_is_read_as_it_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "counters.xls"
    file.write_bytes(COUNTERS)
    loaded = load(file)
    assert [block.text for block in loaded.blocks] == [
        "Counters",
        "- Station: Renton; Share: 12.5%; Since: 1 September 2025; Call sign: 007\n- Station: Moor Lane; Share: 65%",
    ]
    assert loaded.notes == (
        "Of the sheet 'Counters' 1 row and 1 column are hidden and not read. Show what is guidance and save the file.",
    )


_OPEN = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2"><office:automatic-styles>
 <style:style style:name="gone" style:family="table-cell"><style:text-properties
 style:text-line-through-style="solid"/></style:style>
 <style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>
 </office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>
 </office:document-content>"""
_KIT = """<table:table table:name="Kit"><table:table-column table:number-columns-repeated="3"/>
 <table:table-column table:visibility="collapse"/>
 <table:table-row>{head}</table:table-row>
 <table:table-row><table:table-cell><text:p>Ram</text:p></table:table-cell>
 <table:table-cell office:value-type="currency" office:value="420" office:currency="GBP"><text:p>£420.00</text:p>
 </table:table-cell><table:table-cell office:value-type="percentage" office:value="0.125"/>
 <table:table-cell><text:p>Locker 9</text:p></table:table-cell></table:table-row>
 <table:table-row table:visibility="collapse"><table:table-cell><text:p>Saw</text:p></table:table-cell>
 </table:table-row>
 <table:table-row><table:table-cell table:style-name="gone"><text:p>Axe</text:p></table:table-cell></table:table-row>
 <table:table-row><table:table-cell><text:p>Rope</text:p></table:table-cell>
 <table:table-cell table:formula="of:=1+1"/></table:table-row></table:table>
 <table:table table:name="Salaries" table:style-name="off"><table:table-row><table:table-cell><text:p>Pay</text:p>
 </table:table-cell></table:table-row></table:table>"""


def test_an_open_sheet_is_read_as_it_is_shown(tmp_path: Path) -> None:
    head = "".join(
        f"<table:table-cell><text:p>{name}</text:p></table:table-cell>" for name in ("Tool", "Cost", "Share", "Where")
    )
    file = tmp_path / "kit.ods"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", _OPEN.format(tables=_KIT.format(head=head)))
    loaded = load(file)
    assert [block.text for block in loaded.blocks] == [
        "Kit",
        "- Tool: Ram; Cost: £420.00; Share: 12.5%\n- Tool: Rope",
    ]
    assert [note.split(". ")[0] for note in loaded.notes] == [
        "The sheet 'Salaries' is hidden and not read",
        "Of the sheet 'Kit' 1 row and 1 column are hidden and not read",
        "Of the sheet 'Kit' 1 formula is without a saved value and left out",
    ]


def test_labels_beside_their_values_on_a_cover_are_no_head_of_a_table(tmp_path: Path) -> None:
    rows = [["Protective marking", "OFFICIAL-SENSITIVE"], ["Owner", "Events"], ["Place", "Pier"]]
    loaded = load(a_sheet(tmp_path / "plans.xlsx", rows))
    assert loaded.blocks[1].text == "Protective marking | OFFICIAL-SENSITIVE\nOwner | Events\nPlace | Pier"
    assert loaded.document.marking == "OFFICIAL-SENSITIVE"


def test_a_head_of_titles_and_owners_is_one(tmp_path: Path) -> None:
    rows = [["Title", "Owner"], ["Cordons", "Events"], ["Searches", "Events"]]
    assert shown(a_sheet(tmp_path / "plans.xlsx", rows))[1] == (
        "list",
        "- Title: Cordons; Owner: Events\n- Title: Searches; Owner: Events",
    )


def test_the_line_that_tells_excel_what_divides_the_cells_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "retention.csv"
    file.write_text("sep=;\nRecord;Kept for\nDisc;7 years, sealed\n", encoding="utf-8")
    loaded = load(file)
    assert (loaded.document.title, shown(file)) == (
        "Retention",
        [("list", "- Record: Disc; Kept for: 7 years, sealed")],
    )


def test_a_marking_in_the_first_line_of_a_table_or_text_is_no_title(tmp_path: Path) -> None:
    table, text = tmp_path / "vans.csv", tmp_path / "trams.txt"
    table.write_text("OFFICIAL-SENSITIVE\nVan,Base\nWhite,Renton\n", encoding="utf-8")
    text.write_text("OFFICIAL-SENSITIVE\n\nCovert trams\n\nThe covert tram rings once.\n", encoding="utf-8")
    documents = [load(file).document for file in (table, text)]
    assert [(each.title, each.marking) for each in documents] == [
        ("Vans", "OFFICIAL-SENSITIVE"),
        ("Covert trams", "OFFICIAL-SENSITIVE"),
    ]
