"""The titles that stand in citations: covers, pages that nobody named, typed tables of contents."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from indexer.loaders import load
from indexer.loaders.html.reader import read_html


def _procedure(path: Path, *, cover: tuple[str, ...], contents: tuple[str, ...] = ()) -> Path:
    document = docx.Document()
    for line in cover:
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Version", "4.1"
    for line in contents:
        document.add_paragraph(line)
    for heading, text in (("1. Purpose", "It keeps stations safe."), ("2. Bags", "A bag is cordoned.")):
        document.add_heading(heading, 1)
        document.add_paragraph(text)
    document.save(str(path))
    return path


def test_a_cover_names_the_document_rather_than_its_first_section(tmp_path: Path) -> None:
    cover = ("WESSEX POLICE", "Standard Operating Procedure", "Search of bus stations", "Version 4.1")
    assert load(_procedure(tmp_path / "sop.docx", cover=cover)).document.title == "Search of bus stations"


def test_a_cover_on_which_two_lines_could_be_the_title_is_not_guessed_at(tmp_path: Path) -> None:
    cover = ("Bus stations", "Search of bags")
    assert load(_procedure(tmp_path / "sop.docx", cover=cover)).document.title == "1. Purpose"


def test_a_table_of_contents_that_was_typed_is_no_text(tmp_path: Path) -> None:
    cover = ("Search of bus stations",)
    made = _procedure(tmp_path / "sop.docx", cover=cover, contents=("Contents", "1. Purpose\t2", "2. Bags ..... 3"))
    assert [block.text for block in load(made).blocks] == [
        "Search of bus stations",
        "Version | 4.1",
        "1. Purpose",
        "It keeps stations safe.",
        "2. Bags",
        "A bag is cordoned.",
    ]


def test_what_a_box_contains_is_no_table_of_contents(tmp_path: Path) -> None:
    made = _procedure(tmp_path / "kit.docx", cover=("Kit",), contents=("Contents", "Torches 2"))
    assert "Torches 2" in [block.text for block in load(made).blocks]


@pytest.mark.parametrize("named", ["Document1", "Untitled Document", "Microsoft Word - Document 2"])
def test_a_page_that_nobody_named_has_the_title_that_word_shows(named: str) -> None:
    page = f"<title>{named}</title><p class=MsoTitle>Bail sureties</p><p>The surety brings two proofs.</p>"
    assert read_html(page.encode()).title == "Bail sureties"


def test_a_page_that_nobody_named_has_its_file_s_name(tmp_path: Path) -> None:
    file = tmp_path / "bail-sureties.html"
    file.write_text("<title>Document1</title><p>The surety brings two proofs.</p>", encoding="utf-8")
    assert load(file).document.title == "Bail sureties"
