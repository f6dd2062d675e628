"""Protective markings wherever a file carries them: none of them may be lost on the way into the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path, PurePath
from typing import Any

import pytest

from indexer.build import Builder
from indexer.loaders import LoadRefused, load, sandbox
from indexer.loaders.markings import marking_in_path, marking_in_title
from knowledge.passages import Marking
from knowledge.store.folder import Library
from tests.support.fakes import WordEncoder
from tests.support.outlook import outlook_message

MARK = "OFFICIAL-SENSITIVE"
TEXT = "A warden holds a dog for seven days."


@pytest.fixture(scope="module", autouse=True)
def _no_child_is_left() -> Iterator[None]:
    yield
    sandbox.close_worker()


def _text_with_a_page_header(path: Path) -> None:
    import odfdo

    document = odfdo.Document("text")
    document.body.append(odfdo.Paragraph(TEXT))
    page: Any = document.get_style("master-page", "Default") or document.get_style("master-page", "Standard")
    page.set_page_header(MARK)
    document.save(str(path))


def _deck_with_a_marked_master(path: Path) -> None:
    from pptx import Presentation
    from pptx.oxml import parse_xml
    from pptx.util import Inches

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    slide.shapes.add_textbox(Inches(1), Inches(3), Inches(3), Inches(1)).text_frame.text = TEXT
    box = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(3), Inches(1))
    box.text_frame.text = MARK
    slide.slide_layout.slide_master.shapes._spTree.append(parse_xml(_xml_of(box)))
    box._element.getparent().remove(box._element)
    deck.save(str(path))


def _xml_of(box: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(box._element))


def _deck_with_a_marked_third_slide(path: Path) -> None:
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    for line in (TEXT, "Never the owner.", MARK):
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        for top in range(3):
            slide.shapes.add_textbox(Inches(1), Inches(top), Inches(3), Inches(1)).text_frame.text = line
    deck.save(str(path))


def _page_with_a_banner(path: Path) -> None:
    path.write_text(f'<div class="banner">{MARK}</div><main><h1>Dogs</h1><p>{TEXT}</p></main>', encoding="utf-8")


def _page_with_a_field(path: Path) -> None:
    meta = f'<meta name="protective-marking" content="{MARK}">'
    path.write_text(f"<head>{meta}</head><main><h1>Dogs</h1><p>{TEXT}</p></main>", encoding="utf-8")


def _sheet(path: Path, rows: list[list[str]], *, printed: str = "", drawn: str = "") -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        first = book.add_worksheet("Plans")
        first.write_row(0, 0, ["Plan", "Place"])
        first.write_row(1, 0, ["Alpha", "Pier"])
        sheet = book.add_worksheet("More")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if printed:
            sheet.set_header(printed)
        if drawn:
            sheet.insert_textbox(8, 1, drawn)


_PLAIN = [["Owner", "Dogs"], ["Hub", "Seven"]]


def _message(path: Path, subject: str = "Dogs", **fields: str) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "a@example.com"
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    message.set_content(TEXT)
    path.write_bytes(bytes(message))


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("header.odt", _text_with_a_page_header),
        ("master.pptx", _deck_with_a_marked_master),
        ("slide.pptx", _deck_with_a_marked_third_slide),
        ("banner.html", _page_with_a_banner),
        ("field.html", _page_with_a_field),
        ("printed.xlsx", lambda path: _sheet(path, _PLAIN, printed=f'&L&"Arial,Bold"&12{MARK}&RPage &P')),
        ("drawn.xlsx", lambda path: _sheet(path, _PLAIN, drawn=MARK)),
        ("title.xlsx", lambda path: _sheet(path, [[f"Contact rates – {MARK}"], ["Plan", "Rate"], ["A", "1"]])),
        ("cover.xlsx", lambda path: _sheet(path, [["Owner", "Events"], ["Protective marking", MARK]])),
        ("begins.eml", lambda path: _message(path, f"{MARK}: Dogs")),
        ("brackets.eml", lambda path: _message(path, f"RE: FW: [{MARK}] Dogs")),
        ("field.eml", lambda path: _message(path, X_Protective_Marking=f"VER=2018.1, SEC={MARK}")),
        ("label.eml", lambda path: _message(path, msip_labels="MSIP_Label_1_Name=Official Sensitive;")),
        ("ends.msg", lambda path: path.write_bytes(outlook_message(f"Dogs - {MARK}", TEXT, {}))),
        ("last.txt", lambda path: path.write_text(f"{TEXT}\n\n" * 8 + MARK, encoding="utf-8")),
        (f"Dogs ({MARK}).txt", lambda path: path.write_text(TEXT, encoding="utf-8")),
    ],
)
def test_a_marking_is_found_wherever_it_stands(tmp_path: Path, name: str, make: Callable[[Path], None]) -> None:
    make(tmp_path / name)
    loaded = load(tmp_path / name)
    assert loaded.document.marking is Marking.OFFICIAL_SENSITIVE
    assert MARK not in [block.text for block in loaded.blocks]


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        (f"RE: FW: [{MARK}] Dogs", "Dogs"),
        (f"{MARK}: Dogs", "Dogs"),
        (f"Dogs – {MARK}", "Dogs"),
        ("Fwd: Re[2]: Dogs – new rule", "Dogs – new rule"),
        ("Re-homing dogs", "Re-homing dogs"),
        (MARK, MARK),
    ],
)
def test_a_messages_title_is_its_subject_without_what_was_put_before_it(
    tmp_path: Path, subject: str, title: str
) -> None:
    from indexer.loaders.mail.message import read_mail

    _message(tmp_path / "dogs.eml", subject)
    assert read_mail(tmp_path / "dogs.eml").title == title


@pytest.mark.parametrize(
    ("title", "marking"),
    [
        ("OFFICIAL – SENSITIVE: Dogs", MARK),
        ("Dogs | OFFICIAL-SENSITIVE | Page 2", MARK),
        ("Dogs (Official: Sensitive, police only)", MARK),
        ("Dogs - SECRET", "SECRET"),
        ("Dogs – OFFICIAL", "OFFICIAL"),
        ("How OFFICIAL-SENSITIVE papers are kept", ""),
        ("Interviews (confidential sources)", ""),
        ("ROOF ACCESS - RESTRICTED", ""),
        ("Secret filming: when it is allowed", ""),
    ],
)
def test_a_title_carries_a_marking_as_a_mark_only(title: str, marking: str) -> None:
    assert marking_in_title(title) == marking


@pytest.mark.parametrize(
    ("path", "marking"),
    [
        ("a/OFFICIAL-SENSITIVE pack.zip/barrier.md", MARK),
        ("a/rates_OFFICIAL_SENSITIVE.xlsx", MARK),
        ("a/[OFFICIAL-SENSITIVE] rates.v2.xlsx", MARK),
        ("a/official papers/sensitive sites.docx", ""),
        ("a/restricted-access.docx", ""),
    ],
)
def test_the_name_of_a_file_or_of_what_it_is_in_carries_a_marking(path: str, marking: str) -> None:
    assert marking_in_path(PurePath(path)) == marking


def _with_an_attachment(path: Path, subject: str, text: str) -> None:
    message = EmailMessage()
    message["Subject"] = subject
    message.set_content(text)
    message.add_attachment(b"# Cats\n\nNobody holds a cat.\n", maintype="text", subtype="markdown", filename="cats.md")
    path.write_bytes(bytes(message))


def test_what_is_attached_to_a_message_has_its_marking_at_least(
    library: Library, encoder: WordEncoder, tmp_path: Path
) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    _with_an_attachment(folder / "dogs.eml", "Dogs", f"Classification: {MARK}\n\n{TEXT}")
    builder = Builder(library, encoder)
    builder.build([folder])
    assert library.edition().documents["cats"].marking is Marking.OFFICIAL_SENSITIVE

    _with_an_attachment(folder / "dogs.eml", "Dogs", TEXT)
    builder.build([folder])
    assert library.edition().documents["cats"].marking is Marking.OFFICIAL

    _with_an_attachment(folder / "dogs.eml", "Dogs - SECRET", TEXT)
    (folder / "owls.md").write_text("# Owls\n\nNobody holds an owl.\n", encoding="utf-8")
    refused = {source.path.rsplit("/", 1)[-1]: source.refused for source in builder.build([folder]).manifest.refused}
    why = "It is marked SECRET, above what this library may hold (OFFICIAL-SENSITIVE). Keep it out."
    assert refused == {"dogs.eml": f"{why} That was read in “Dogs - SECRET”.", "cats.md": why}
    assert set(library.edition().documents) == {"owls"}


# fields of a front matter


def _page(tmp_path: Path, fields: str) -> Path:
    path = tmp_path / "bells.md"
    path.write_text(f"---\n{fields}\n---\n# Bells\n\nBells are rung at ten.\n", encoding="utf-8")
    return path


NAMES = ("marking", "protective_marking", "security_classification")
MAYBE = ("Internal", "Protect", "SECERT", "Policy (internal)", "Policy, high", "Policy тайна", "Tier 2", "Practice")
"""Words that may be a marking, of another organisation or misspelt."""
NO_MARKING = "The front matter field '{}' is wrong: “{}” is no marking. Write OFFICIAL or OFFICIAL-SENSITIVE."


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (f"clasification: {MARK}", "The front matter field 'clasification' is not known."),
        ("Protective markings: OFFICIAL", "The front matter field 'protective_markings' is not known."),
        (f"sensitivity: {MARK}", "The front matter field 'sensitivity' is not known."),
        ("classification: OFFICIAL SENSITVE", "Write OFFICIAL or OFFICIAL-SENSITIVE."),
        ("marking: high", "Write OFFICIAL or OFFICIAL-SENSITIVE."),
        *((f"classification: {word}", NO_MARKING.format("classification", word)) for word in MAYBE),
        *((f"{name}: high\nclassification: OFFICIAL", NO_MARKING.format(name, "high")) for name in NAMES),
        *((f"{name}: high\nclassification: Policy", NO_MARKING.format(name, "high")) for name in NAMES),
        (f"classification: Policy\nmarking: [{MARK}]", "The front matter field 'marking' is wrong: not text."),
        ("classification: Restricted", "It is marked RESTRICTED, above what this library may hold"),
        ("classification: Confidential policy", "It is marked CONFIDENTIAL, above what this library may hold"),
        ("classification: SECRET-ish", "It is marked SECRET, above what this library may hold"),
        ("classification: Policy\nmarking: SECRET", "It is marked SECRET, above what this library may hold"),
    ],
)
def test_a_marking_that_is_misspelt_holds_its_file_back(tmp_path: Path, fields: str, reason: str) -> None:
    with pytest.raises(LoadRefused) as error:
        load(_page(tmp_path, fields))
    assert reason in str(error.value)


@pytest.mark.parametrize(
    ("fields", "marking"),
    [
        (f"marking: {MARK}", Marking.OFFICIAL_SENSITIVE),
        (f"classification: OFFICIAL\nprotective_marking: {MARK}", Marking.OFFICIAL_SENSITIVE),
        (f"Marking: {MARK}\nmarking: OFFICIAL", Marking.OFFICIAL_SENSITIVE),
        (f"classification:\nmarking: {MARK}", Marking.OFFICIAL_SENSITIVE),
        ("classification: Not protectively marked", Marking.OFFICIAL),
    ],
)
def test_a_marking_counts_under_each_of_its_names(tmp_path: Path, fields: str, marking: Marking) -> None:
    assert load(_page(tmp_path, fields)).document.marking is marking


@pytest.mark.parametrize("kind", ["Policy", "PROCEDURE", "Force guidance", "policy and procedures 12/2024", "a form"])
@pytest.mark.parametrize("name", ["classification", *NAMES])
def test_a_kind_of_document_counts_as_no_marking_and_is_told(tmp_path: Path, name: str, kind: str) -> None:
    loaded = load(_page(tmp_path, f"{name}: {kind}"))
    assert loaded.document.marking is Marking.OFFICIAL
    assert loaded.notes == (
        f"Its front matter says “{kind}” at '{name}', which is a kind of document and no protective marking: it counts "
        "as unmarked. Write OFFICIAL or OFFICIAL-SENSITIVE there, or delete the line.",
    )


def test_a_kind_of_document_takes_no_other_marking_away(tmp_path: Path) -> None:
    both = f"classification: Policy\nmarking: {MARK}"
    assert load(_page(tmp_path, both)).document.marking is Marking.OFFICIAL_SENSITIVE
    page = _page(tmp_path, "classification: Policy")
    page.write_text(page.read_text(encoding="utf-8").replace("# Bells", f"{MARK}\n\n# Bells"), encoding="utf-8")
    assert load(page).document.marking is Marking.OFFICIAL_SENSITIVE


def test_fields_that_are_not_read_are_told(tmp_path: Path) -> None:
    assert load(_page(tmp_path, "review: 2020-01-01\nlayout: page\nzones: [a]\nmood: calm")).notes == (
        "Its front matter's field 'review' is not read. Write 'review_by', if that is meant.",
        "Its front matter has fields that are not read: 'zones', 'mood'.",
    )
