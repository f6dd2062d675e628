"""Word files: merged cells, signs, struck-out text, notes, numbered and home-made headings, inserted parts."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from indexer.loaders import load
from indexer.loaders.docx.reader import read_docx
from knowledge.passages import Status

W = nsdecls("w")


def _saved(tmp_path: Path, document: Any) -> Path:
    path = tmp_path / "a.docx"
    document.save(path)
    return path


def _shown(tmp_path: Path, document: Any) -> list[tuple[str, str]]:
    blocks = read_docx(_saved(tmp_path, document)).blocks
    return [(f"h{block.level}" if block.kind == "heading" else block.kind, block.text) for block in blocks]


def _table(document: Any, *rows: tuple[str, ...]) -> Any:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
    return table


def _items(cell: Any, style: str, *texts: str) -> None:
    for i, text in enumerate(texts):
        paragraph = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
        paragraph.text, paragraph.style = text, style


# tables


def test_an_empty_corner_keeps_its_place(tmp_path: Path) -> None:
    document = docx.Document()
    _table(document, ("", "Weekday", "Weekend"), ("Dog", "2 hours", "6 hours"))

    assert _shown(tmp_path, document) == [("table", "| Weekday | Weekend\nDog | 2 hours | 6 hours")]


def test_merged_cells_stand_in_every_place_they_reach_over(tmp_path: Path) -> None:
    document = docx.Document()
    table = _table(document, ("Grade", "Time", "Visit"), ("Red", "Day", "2"), ("", "Night", "6"), ("All", "", ""))
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 2))

    assert _shown(tmp_path, document) == [("table", "Grade | Time | Visit\nRed | Day | 2\nRed | Night | 6\nAll")]


def test_a_row_that_begins_further_in_keeps_its_columns(tmp_path: Path) -> None:
    document = docx.Document()
    table = _table(document, ("", "A", "B"), ("x", "1", "2"))
    row = table.rows[0]._tr
    row.remove(row.tc_lst[0])
    row.get_or_add_trPr().append(parse_xml(f'<w:gridBefore {W} w:val="1"/>'))

    assert _shown(tmp_path, document) == [("table", "| A | B\nx | 1 | 2")]


def test_lists_and_tables_inside_cells(tmp_path: Path) -> None:
    document = docx.Document()
    table = _table(document, ("Place", "Steps"), ("Station", ""), ("Park", ""))
    _items(table.cell(1, 1), "List Number", "Photo.", "Cage.")
    inner = table.cell(2, 1).add_table(rows=2, cols=2)
    for i, row in enumerate((("Small", "4 h"), ("Large", "2 h"))):
        for j, text in enumerate(row):
            inner.cell(i, j).text = text

    assert _shown(tmp_path, document) == [
        ("table", "Place | Steps\nStation | 1. Photo. 2. Cage.\nPark | Small: 4 h; Large: 2 h")
    ]


def test_dos_and_donts_beside_each_other(tmp_path: Path) -> None:
    document = docx.Document()
    table = _table(document, ("Do", "Never"), ("", ""))
    _items(table.cell(1, 0), "List Bullet", "ring", "wait")
    _items(table.cell(1, 1), "List Bullet", "run", "shout")

    assert _shown(tmp_path, document) == [
        ("paragraph", "Do:"),
        ("list", "- ring\n- wait"),
        ("paragraph", "Never:"),
        ("list", "- run\n- shout"),
    ]


def test_rows_that_were_deleted_are_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    table = _table(document, ("A", "B"), ("old", "1"), ("new", "2"))
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {W} w:id="1" w:author="x"/>'))

    assert _shown(tmp_path, document) == [("table", "A | B\nnew | 2")]


# signs


@pytest.mark.parametrize(
    ("xml", "read"),
    [
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F04F"/></w:r>', "✗"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>\u00fb</w:t></w:r>', "✗"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>'
         "</w:fldChar></w:r>", "☑"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/><w:checked w:val="0"/>'
         "</w:checkBox></w:ffData></w:fldChar></w:r>", "☐"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Red"/>'
         '<w:listEntry w:val="Blue"/></w:ddList></w:ffData></w:fldChar></w:r>', "Blue"),
        ('<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r>'
         "<w:t>☒</w:t></w:r></w:sdtContent></w:sdt>", "☑"),
        ('<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r>'
         "<w:t>☐</w:t></w:r></w:sdtContent></w:sdt>", "☐"),
    ],
)  # fmt: skip
def test_ticks_crosses_and_boxes_are_kept(tmp_path: Path, xml: str, read: str) -> None:
    document = docx.Document()
    table = _table(document, ("Role", "May cancel"), ("Constable", ""))
    spaces = f'{W} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    holder = parse_xml(f"<w:p {spaces}>{xml}</w:p>")
    table.cell(1, 1)._tc.replace(table.cell(1, 1).paragraphs[0]._p, holder)

    assert _shown(tmp_path, document) == [("table", f"Role | May cancel\nConstable | {read}")]


# what does not stand, what is raised


def test_struck_out_and_deleted_text_is_no_guidance(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Fly at ")
    paragraph.add_run("40 metres").font.strike = True
    paragraph.add_run(" 60").font.double_strike = True
    paragraph.add_run(" 90 metres.")
    paragraph.add_run(" White.").font.color.rgb = RGBColor(255, 255, 255)
    paragraph._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>gone</w:delText></w:r></w:del>"))
    style = document.styles.add_style("Gone", WD_STYLE_TYPE.PARAGRAPH)
    style.font.strike = True
    document.add_paragraph("Two weeks before.", style="Gone")

    assert _shown(tmp_path, document) == [("paragraph", "Fly at 90 metres.")]


def test_raised_figures_stay_raised_and_find_their_notes(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Kept for 14")
    for text, is_raised in (
        ("2", True),
        (" days, 20 m", False),
        ("2", True),
        (" and 7", False),
        ("9", True),
        (".", False),
    ):
        paragraph.add_run(text).font.superscript = is_raised
    note = document.add_paragraph()
    note.add_run("2").font.superscript = True
    note.add_run(" Ten in summer.")

    assert _shown(tmp_path, document) == [("paragraph", "Kept for 14 days, 20 m² and 7⁹.\nNote 2: Ten in summer.")]


# headings


def test_headings_carry_the_numbers_that_word_gives_them(tmp_path: Path) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{n + 1}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, text in enumerate(("%1.", "%1.%2"))
    )
    first = numbering.find(qn("w:num"))
    first.addprevious(parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for name in ("Heading 1", "Heading 2"):
        properties = document.styles[name].element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {W}><w:numId w:val="77"/></w:numPr>'))
    for text, level in (("Joining", 1), ("Form", 2), ("Calls", 1), ("First", 2), ("Second", 2)):
        document.add_heading(text, level)

    assert [text for _, text in _shown(tmp_path, document)] == [
        "1 Joining", "1.1 Form", "2 Calls", "2.1 First", "2.2 Second",
    ]  # fmt: skip


def test_headings_in_styles_of_a_force_s_own(tmp_path: Path) -> None:
    document = docx.Document()
    for name, size in (("Force Title", 22), ("Force Section", 15)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.bold, style.font.size = document.styles["Normal"], True, Pt(size)
    style = document.styles.add_style("Numbered Heading 3", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Vans near schools", style="Force Title")
    document.add_paragraph("Chimes", style="Force Section")
    document.add_paragraph("Chimes last four seconds at most.")
    document.add_paragraph("At night", style="Numbered Heading 3")
    document.add_paragraph("None after seven.")

    loaded = load(_saved(tmp_path, document))

    assert loaded.document.title == "Vans near schools"
    assert [(block.level, block.text) for block in loaded.blocks if block.kind == "heading"] == [
        (1, "Vans near schools"), (2, "Chimes"), (3, "At night"),
    ]  # fmt: skip


# parts beside the body


def _box(text: str) -> Any:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    shape = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    return parse_xml(
        f'<w:r {W} xmlns:a="{drawing}/main" xmlns:wps="{shape}"><w:drawing><a:graphic>'
        f'<a:graphicData uri="{shape}"><wps:wsp>'
        f"<wps:txbx><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></w:drawing></w:r>"
    )


def test_a_short_warning_in_a_box_is_read_and_the_labels_of_a_drawing_are_not(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Ask the owner.")._p.append(_box("Never alone."))
    drawing = document.add_paragraph("See the chart.")._p
    for label in ("Start here", "Is it safe to go in?", "Yes", "Ring the control room before you go in."):
        drawing.append(_box(label))

    assert [text for _, text in _shown(tmp_path, document)] == [
        "Ask the owner.", "Never alone.", "See the chart.", "Ring the control room before you go in.",
    ]  # fmt: skip


def _rewritten(path: Path, change: Any, **added: bytes) -> Path:
    with zipfile.ZipFile(path) as package:
        parts = {name: change(name, package.read(name)) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in {**parts, **added}.items():
            package.writestr(name, data)
    return path


def test_strict_open_xml_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Beehives", 1)
    document.add_paragraph("A swarm is left for the beekeeper.")
    usual = b"http://schemas.openxmlformats.org/"

    def strict(name: str, data: bytes) -> bytes:
        if not name.endswith((".xml", ".rels")) or name == "[Content_Types].xml":
            return data
        for kind in (b"wordprocessingml", b"officeDocument", b"drawingml"):
            data = data.replace(usual + kind + b"/2006/", b"http://purl.oclc.org/ooxml/" + kind + b"/")
        return data

    blocks = read_docx(_rewritten(_saved(tmp_path, document), strict)).blocks

    assert [block.text for block in blocks] == ["Beehives", "A swarm is left for the beekeeper."]


@pytest.mark.parametrize(
    ("part", "data", "read", "notes"),
    [
        ("part.htm", b"<h2>Signs</h2><p>Two signs and a lamp.</p>", ["Signs", "Two signs and a lamp."], ()),
        ("part.txt", b"Two signs and a lamp.", ["Two signs and a lamp."], ()),
        (
            "part.rtf",
            b"{\\rtf1 Two signs.}",
            [],
            (
                "A part of it was inserted from another file and is not read. "
                "Open it in Word and save it again as DOCX.",
            ),
        ),
    ],
)
def test_an_inserted_part_is_read_or_named(
    tmp_path: Path, part: str, data: bytes, read: list[str], notes: tuple[str, ...]
) -> None:
    document = docx.Document()
    document.add_paragraph("A crossing is asked for.")
    spaces = f'{W} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    document.element.body.insert(1, parse_xml(f'<w:altChunk {spaces} r:id="rIdPart"/>'))
    kinds = "".join(
        f'<Default Extension="{end}" ContentType="{kind}"/>'
        for end, kind in (("htm", "text/html"), ("txt", "text/plain"), ("rtf", "application/rtf"))
    )
    relation = (
        '<Relationship Id="rIdPart" Target="'
        f'{part}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"/></Relationships>'
    )

    def change(name: str, content: bytes) -> bytes:
        if name == "[Content_Types].xml":
            return content.replace(b"</Types>", f"{kinds}</Types>".encode())
        return (
            content.replace(b"</Relationships>", relation.encode()) if name.endswith("document.xml.rels") else content
        )

    content = read_docx(_rewritten(_saved(tmp_path, document), change, **{f"word/{part}": data}))

    assert [block.text for block in content.blocks] == ["A crossing is asked for.", *read]
    assert content.notes == notes


def _watermarked(document: Any) -> None:
    shape = '<w:pict><v:shape><v:textpath string="WITHDRAWN"/></v:shape></w:pict>'
    run = parse_xml(f'<w:r {W} xmlns:v="urn:schemas-microsoft-com:vml">{shape}</w:r>')
    document.sections[0].header.paragraphs[0]._p.append(run)


def _in_header(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "Draft v0.3"


def _in_properties(document: Any) -> None:
    document.core_properties.content_status = "Superseded"


@pytest.mark.parametrize(
    ("mark", "status"),
    [(_watermarked, Status.WITHDRAWN), (_in_header, Status.DRAFT), (_in_properties, Status.SUPERSEDED)],
)
def test_a_watermark_a_header_or_a_property_says_how_it_stands(tmp_path: Path, mark: Any, status: Status) -> None:
    document = docx.Document()
    document.add_paragraph("Text.")
    mark(document)

    assert load(_saved(tmp_path, document)).document.status is status


def test_the_words_that_ask_for_a_text_are_none(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("The firm is on call.")
    asking = (
        f"<w:sdt {W}><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{{}}</w:sdtContent></w:sdt>",
        "<w:r><w:t>Click or tap here to enter text.</w:t></w:r>",
    )
    document.element.body.insert(1, parse_xml(asking[0].format(f"<w:p>{asking[1]}</w:p>")))
    document.paragraphs[0]._p.append(parse_xml(asking[0].format(asking[1])))
    assert _shown(tmp_path, document) == [("paragraph", "The firm is on call.")]
