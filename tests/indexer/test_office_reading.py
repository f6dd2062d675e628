"""Slides, sheets, OpenDocument texts and old Word files to blocks, each from a real file."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indexer.loaders import LoadRefused, load
from indexer.loaders.office import old_word

Shown = tuple[str, str]


def shown(path: Path) -> list[Shown]:
    return [(block.kind, block.text) for block in load(path).blocks]


def refusal(path: Path) -> str:
    with pytest.raises(LoadRefused) as error:
        load(path)
    return str(error.value)


def a_sheet(path: Path, rows: list[list[Any]], *, merged: tuple[str, ...] = (), hidden: str = "") -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Contacts")
        day = book.add_format({"num_format": "d mmm yyyy"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value, day) if isinstance(value, date) else sheet.write(
                    number, column, value
                )
        for where in merged:
            sheet.merge_range(where, rows[0][1])
        if hidden:
            more = book.add_worksheet(hidden)
            more.write(0, 0, "Not for others")
            more.hide()
    return path


# sheets


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


def test_a_merged_head_stands_over_each_of_its_columns(tmp_path: Path) -> None:
    rows = [["Area", "Hours", "Hours"], ["", "Week", "Weekend"], ["Stevenage", "9 to 5", "none"]]
    made = a_sheet(tmp_path / "hours.xlsx", rows, merged=("B1:C1",))
    assert shown(made)[1] == ("list", "- Area: Stevenage; Hours, Week: 9 to 5; Hours, Weekend: none")


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


# slides


def a_deck(path: Path) -> Any:
    from pptx import Presentation

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Closure notices"
    body = slide.placeholders[1].text_frame
    body.text = "A superintendent authorises"
    below = body.add_paragraph()
    below.text, below.level = "Not below that rank", 1
    struck = body.add_paragraph().add_run()
    struck.text = "An inspector may extend it"
    struck.font._element.set("strike", "sngStrike")
    slide.notes_slide.notes_text_frame.text = "Tell them about the 48 hours."
    deck.save(str(path))
    return deck


def test_a_slide_is_a_section_with_its_bullets_and_its_notes_by_name(tmp_path: Path) -> None:
    file = tmp_path / "briefing.pptx"
    a_deck(file)
    loaded = load(file)
    assert [(block.kind, block.text, block.page) for block in loaded.blocks] == [
        ("heading", "Closure notices", 1),
        ("list", "- A superintendent authorises\n  - Not below that rank", 1),
        ("heading", "Notes of the speaker", 1),
        ("paragraph", "Tell them about the 48 hours.", 1),
    ]
    assert loaded.document.title == "Closure notices"


def test_a_slide_that_is_hidden_is_not_read_and_named(tmp_path: Path) -> None:
    file = tmp_path / "briefing.pptx"
    deck = a_deck(file)
    hidden = deck.slides.add_slide(deck.slide_layouts[1])
    hidden.shapes.title.text = "Old rules"
    hidden.placeholders[1].text_frame.text = "Ask the chief constable"
    hidden._element.set("show", "0")
    deck.save(str(file))
    loaded = load(file)
    assert all("Old rules" not in block.text for block in loaded.blocks)
    assert loaded.notes == ("Slide 2 is hidden and not read. Show it and save the file, if it is guidance.",)


def test_tables_groups_and_boxes_of_a_slide_are_read_from_the_top_down(tmp_path: Path) -> None:
    from pptx import Presentation
    from pptx.util import Inches

    file = tmp_path / "table.pptx"
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    low = slide.shapes.add_textbox(Inches(1), Inches(6), Inches(3), Inches(1))
    low.text_frame.text = "Never leave them alone."
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(3), Inches(6), Inches(1)).table
    for row, texts in enumerate((("Rank", "May"), ("Inspector", "Authorise"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(Inches(1), Inches(1), Inches(3), Inches(1)).text_frame.text = "Who decides"
    deck.save(str(file))
    assert shown(file) == [
        ("heading", "Slide 1"),
        ("paragraph", "Who decides"),
        ("table", "Rank | May\nInspector | Authorise"),
        ("paragraph", "Never leave them alone."),
    ]


# OpenDocument


def a_text(path: Path) -> Path:
    import odfdo

    document = odfdo.Document("text")
    body = document.body
    body.clear()
    body.append(odfdo.Header(1, "Keeping of dogs"))
    body.append(odfdo.Paragraph("A warden holds a dog for seven days."))
    inner = odfdo.ListItem("Only a vet decides")
    inner.append(odfdo.List(["Never the owner"]))
    listed = odfdo.List(["Ring the kennel"])
    listed.append(inner)
    body.append(listed)
    table = odfdo.Table("Fees", width=2, height=2)
    for row, texts in enumerate((("Day", "Fee"), ("First", "£25"))):
        for column, text in enumerate(texts):
            table.set_value((column, row), text)
    body.append(table)
    document.insert_style(
        odfdo.Style("text", name="Gone", area="text", text_line_through_style="solid"), automatic=True
    )
    struck = odfdo.Paragraph("Ask the desk.")
    struck.append(odfdo.Element.from_tag('<text:span text:style-name="Gone"> Or the owner.</text:span>'))
    body.append(struck)
    document.save(str(path))
    return path


def test_an_opendocument_text_keeps_headings_lists_tables_and_leaves_out_what_is_struck(tmp_path: Path) -> None:
    assert shown(a_text(tmp_path / "dogs.odt")) == [
        ("heading", "Keeping of dogs"),
        ("paragraph", "A warden holds a dog for seven days."),
        ("list", "- Ring the kennel\n- Only a vet decides\n  - Never the owner"),
        ("table", "Day | Fee\nFirst | £25"),
        ("paragraph", "Ask the desk."),
    ]


def test_an_opendocument_text_under_a_password_is_refused(tmp_path: Path) -> None:
    made = a_text(tmp_path / "dogs.odt")
    locked = tmp_path / "locked.odt"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(locked, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "META-INF/manifest.xml":
                data = data.replace(b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>")
            new.writestr(name, data)
    assert refusal(locked).startswith("It is protected by a password")


# hostile packages


@pytest.mark.parametrize(
    ("name", "inside"), [("a.pptx", "ppt/slides/s.xml"), ("a.xlsx", "xl/s.xml"), ("a.odt", "content.xml")]
)
def test_a_package_that_unpacks_to_too_much_is_refused_before_it_is_parsed(
    tmp_path: Path, name: str, inside: str
) -> None:
    file = tmp_path / name
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(inside, b" " * (51 * 1024 * 1024))
    assert refusal(file).startswith("It unpacks to more than a guidance file should.")


def test_an_entity_from_outside_is_not_read_into_a_text(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    made = a_text(tmp_path / "dogs.odt")
    hostile = tmp_path / "hostile.odt"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(hostile, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "content.xml":
                start = data.index(b"<office:document-content")
                data = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode() + data[start:]
                data = data.replace(b"A warden holds", b"A warden &e; holds")
            new.writestr(name, data)
    try:
        texts = [block.text for block in load(hostile).blocks]
    except LoadRefused:
        return
    assert not any("the secret" in text for text in texts)


# old Word


def test_an_old_word_file_without_a_program_that_reads_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(old_word.shutil, "which", lambda _name: None)
    file = tmp_path / "old.doc"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert refusal(file) == (
        "Old Word files need LibreOffice or antiword on this machine. Install one, or save it again as DOCX."
    )


def test_what_is_no_old_word_file_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "new.doc"
    file.write_bytes(b"PK\x03\x04")
    assert refusal(file) == "It is not an old Word file, whatever its name says. Give it the right ending."


def test_a_program_that_reads_old_word_files_is_asked_for_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program of our own in antiword's place: no library writes old Word files."""
    program = tmp_path / "antiword"
    program.write_text('#!/bin/sh\nprintf "Dogs\\n\\nA warden holds a dog for seven days.\\n"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(old_word.shutil, "which", lambda name: str(program) if name == "antiword" else None)
    file = tmp_path / "old.doc"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    loaded = load(file)
    assert [block.text for block in loaded.blocks] == ["Dogs", "A warden holds a dog for seven days."]
    assert loaded.notes == ("It was read by antiword, which does not see its headings. Save it again as DOCX.",)


@pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed")
def test_a_real_antiword_says_no_to_what_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old_word, "SECONDS", 60)
    file = tmp_path / "old.doc"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert refusal(file) == (
        "It cannot be read as an old Word file: it is protected or damaged. Save it again as DOCX."
    )
