"""Spreadsheets as other programs write them, or as nobody should: read where that can be, refused with what to do."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.loaders import LoadRefused, limits, load
from indexer.loaders.sheets import excel_cells, old_excel
from indexer.loaders.sheets.reader import read_sheets

_OPEN = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2"><office:automatic-styles>
 <style:style style:name="gone" style:family="{family}"><style:text-properties
 style:text-line-through-style="solid"/></style:style></office:automatic-styles><office:body><office:spreadsheet>
 <table:table table:name="Kit">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""
_TWO_TABLES = ["- Tool: Ram; Cost: 4", "- Place: Pier; Owner: Events"]
_ONE_TABLE = ["- Tool: Ram; Cost: 4\n- Tool: Place; Cost: Owner\n- Tool: Pier; Cost: Events"]


def lists(path: Path) -> list[str]:
    return [block.text for block in load(path).blocks if block.kind == "list"]


def refusal(path: Path) -> str:
    with pytest.raises(LoadRefused) as error:
        load(path)
    return str(error.value)


def an_open_sheet(path: Path, dividing: str, family: str = "table-cell") -> Path:
    def row(*cells: str) -> str:
        return "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)

    rows = (row("Tool", "Cost"), row("Ram", "4"), dividing, row("Place", "Owner"), row("Pier", "Events"))
    within = "".join(f"<table:table-row>{cells}</table:table-row>" for cells in rows)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", _OPEN.format(rows=within, family=family))
    return path


def a_book(path: Path, dividing: object = "", *, code: str = "General", struck: bool = False) -> Path:
    """Two tables, between which one row holds what is said."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    for row in (["Tool", "Cost"], ["Ram", 4], [dividing], ["Place", "Owner"], ["Pier", "Events"]):
        sheet.append(row)
    sheet["A3"].number_format, sheet["A3"].font = code, Font(strike=struck)
    book.save(path)
    return path


def changed(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """A package with one of its parts changed."""
    with zipfile.ZipFile(path) as package:
        parts = {each: package.read(each) for each in package.namelist()}
    parts[name] = change(parts[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for each, data in parts.items():
            package.writestr(each, data)
    return path


# a row that shows nothing divides tables, and one that is struck out does not


@pytest.mark.parametrize(
    ("dividing", "code", "struck", "read"),
    [
        (" ", "General", False, _TWO_TABLES),
        (5, ";;;", False, _TWO_TABLES),
        (5, ";;;", True, _TWO_TABLES),
        ("Axe", "General", True, _ONE_TABLE),
    ],
)
def test_a_row_of_a_book_that_shows_nothing_divides_its_tables(
    tmp_path: Path, dividing: object, code: str, struck: bool, read: list[str]
) -> None:
    assert lists(a_book(tmp_path / "kit.xlsx", dividing, code=code, struck=struck)) == read


@pytest.mark.parametrize(
    ("dividing", "family", "read"),
    [
        ("<table:table-cell><text:p> </text:p></table:table-cell>", "table-cell", _TWO_TABLES),
        (
            '<table:table-cell office:value-type="float" office:value="5"><text:p/></table:table-cell>',
            "table-cell",
            _TWO_TABLES,
        ),
        ('<table:table-cell table:style-name="gone"><text:p/></table:table-cell>', "table-cell", _TWO_TABLES),
        ('<table:table-cell table:style-name="gone"><text:p>Axe</text:p></table:table-cell>', "table-cell", _ONE_TABLE),
        (
            '<table:table-cell><text:p><text:span text:style-name="gone">Axe</text:span></text:p></table:table-cell>',
            "text",
            _ONE_TABLE,
        ),
    ],
)
def test_a_row_of_an_open_sheet_that_shows_nothing_divides_its_tables(
    tmp_path: Path, dividing: str, family: str, read: list[str]
) -> None:
    assert lists(an_open_sheet(tmp_path / "kit.ods", dividing, family)) == read


class _Font:
    def __init__(self, struck: bool) -> None:
        self.struck_out = struck


class _Cell:
    def __init__(self, ctype: int, value: object) -> None:
        self.ctype, self.value, self.xf_index = ctype, value, 0


class _OldSheet:
    """One row of one cell, as xlrd hands it over."""

    name, nrows, merged_cells = "Kit", 1, ()

    def __init__(self, cell: _Cell) -> None:
        self._cell = cell
        self.rowinfo_map: dict[int, object] = {}
        self.colinfo_map: dict[int, object] = {}
        self.rich_text_runlist_map: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def row(self, number: int) -> list[_Cell]:
        return [self._cell]


class _OldBook:
    """A book whose one style has a format and a font."""

    datemode = 0

    def __init__(self, code: str, struck: bool) -> None:
        self.xf_list = [type("Style", (), {"format_key": 0, "font_index": 0})]
        self.format_map = {0: type("Format", (), {"format_str": code})}
        self.font_list = [_Font(struck)]


@pytest.mark.parametrize(
    ("ctype", "value", "code", "struck", "rows"),
    [
        (1, " ", "General", False, set()),
        (2, 5.0, ";;;", False, set()),
        (2, 5.0, ";;;", True, set()),
        (1, "Axe", "General", True, {0}),
        (2, 5.0, "0", True, {0}),
    ],
)
def test_a_row_of_an_old_sheet_is_struck_only_where_a_strike_took_words(
    ctype: int, value: object, code: str, struck: bool, rows: set[int]
) -> None:
    sheet = old_excel._sheet(_OldBook(code, struck), _OldSheet(_Cell(ctype, value)))
    assert (sheet.cells, sheet.struck_rows) == ({}, rows)


# as other programs write them


def test_strict_open_xml_is_refused_with_how_to_save_it(tmp_path: Path) -> None:
    transitional = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    made = changed(a_book(tmp_path / "kit.xlsx"), "xl/workbook.xml", lambda xml: xml.replace(transitional, strict))
    assert refusal(made) == "It is saved as Strict Open XML. In Excel choose Save As, Excel Workbook (.xlsx)."


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("docProps/core.xml", b"Z</dcterms:created>", b" o'clock</dcterms:created>"),
        ("xl/styles.xml", b'patternType="gray125"', b'patternType="stripes"'),
        ("xl/styles.xml", b"<xf ", b'<xf applyAlignment="perhaps" '),
        ("xl/styles.xml", b"</cellXfs>", b'<xf><alignment horizontal="start"/></xf></cellXfs>'),
        (
            "xl/worksheets/sheet1.xml",
            b"</sheetData>",
            b'</sheetData><dataValidations count="1"><dataValidation errorStyle="shout" sqref="A1"/></dataValidations>',
        ),
    ],
)
def test_a_fault_in_how_a_book_looks_does_no_harm(tmp_path: Path, name: str, old: bytes, new: bytes) -> None:
    def change(xml: bytes) -> bytes:
        assert old in xml
        return xml.replace(old, new)

    assert lists(changed(a_book(tmp_path / "kit.xlsx", "Axe", struck=True), name, change)) == _ONE_TABLE


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_book_that_declares_entities_is_refused(tmp_path: Path, name: str) -> None:
    def change(xml: bytes) -> bytes:
        body = xml[xml.index(b"?>") + 2 :] if xml.startswith(b"<?") else xml
        return b'<!DOCTYPE x [<!ENTITY a "b">]>' + body

    assert "damaged" in refusal(changed(a_book(tmp_path / "kit.xlsx"), name, change))


# large ones


def test_a_hidden_column_that_never_ends_is_the_last_that_excel_has(tmp_path: Path) -> None:
    made = a_book(tmp_path / "kit.xlsx")
    column = b'<cols><col min="2" max="999999999" hidden="1"/></cols><sheetData>'
    loaded = load(changed(made, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<sheetData>", column)))
    assert not any("Events" in block.text for block in loaded.blocks)
    assert loaded.notes[0].startswith("Of the sheet 'Sheet' 1 column is hidden")


def test_one_stray_cell_far_below_or_beside_refuses_no_small_sheet(tmp_path: Path) -> None:
    def change(xml: bytes) -> bytes:
        stray = b'<row r="19000"><c r="XFD19000"><v>7</v></c></row><row r="1048576"><c r="Z1048576"><v>7</v></c></row>'
        return xml.replace(b"</sheetData>", stray + b"</sheetData>")

    loaded = load(changed(a_book(tmp_path / "kit.xlsx"), "xl/worksheets/sheet1.xml", change))
    assert [block.text for block in loaded.blocks if block.kind == "list"] == _TWO_TABLES
    assert loaded.notes == ("Only the first 20,000 rows of the sheet 'Sheet' are read. Split it.",)


def test_a_book_is_read_once_and_only_to_the_last_row_that_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "long.xlsx")) as book:
        sheet = book.add_worksheet("Long")
        sheet.write_row(0, 0, ["Unit", "Share"])
        for number in range(1, 300):
            sheet.write_row(number, 0, [f"Unit {number}"])
            sheet.write_formula(number, 1, "=1/8", None, 0.125)
    read: list[int] = []
    monkeypatch.setattr(excel_cells, "MOST_ROWS", 100)
    monkeypatch.setattr(
        excel_cells.Cells, "_cell", lambda self, cell, column, real=excel_cells.Cells._cell: (
            read.append(column), real(self, cell, column)
        ),
    )  # fmt: skip
    found = read_sheets(tmp_path / "long.xlsx")
    assert len(read) == 200
    assert "Only the first" in found.notes[0]


def test_a_long_book_may_take_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    allowed: list[float] = []
    monkeypatch.setattr(limits, "allow", allowed.append)
    made = a_book(tmp_path / "kit.xlsx")
    read_sheets(made)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("docProps/thumbnail.bin", b"0" * (5 << 20))
    read_sheets(made)
    assert allowed[1] - allowed[0] == 10
