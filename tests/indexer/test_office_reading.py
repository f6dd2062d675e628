"""Slides, sheets, OpenDocument texts and old Word files to blocks, each from a real file."""

from __future__ import annotations

import shutil
import zipfile
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
