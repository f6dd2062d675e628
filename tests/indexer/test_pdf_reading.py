"""PDFs: watermarks, raised figures, struck-out text, fields, columns, boxes, tables, contents, stand-ins."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.loaders import LoadRefused, load
from indexer.loaders.pdf import ocr
from indexer.loaders.pdf.reader import read_pdf
from indexer.loaders.pdf.words import Joiner
from knowledge.passages import Status
from tests.indexer.pdfs import Pdf

LINES = [
    f"The steward of gate {number} writes the time of each visit in the book of the lodge." for number in range(30)
]


def _shown(pdf: Pdf, path: Path, **save: str) -> list[tuple[str, str]]:
    blocks = read_pdf(pdf.save(path / "a.pdf", **save)).blocks
    return [(f"h{block.level}" if block.kind == "heading" else block.kind, block.text) for block in blocks]


# what lies over the text, and what does not stand


@pytest.mark.parametrize(
    ("x", "y", "degrees", "size", "gray"),
    [
        (120, 560, 52, 80, 0.85),
        (120, 560, 45, 80, 0.0),
        (60, 400, 0, 70, 0.85),
        (60, 400, 0, 70, 0.0),
        (30, 600, 90, 20, 0),
    ],
)
def test_a_watermark_moves_no_words_and_says_how_the_text_stands(
    tmp_path: Path, x: float, y: float, degrees: float, size: float, gray: float
) -> None:
    pdf = Pdf().page().turned(x, y, "SUPERSEDED", degrees, size, gray).lines(60, *LINES)

    loaded = load(pdf.save(tmp_path / "a.pdf"))

    assert " ".join(block.text for block in loaded.blocks) == " ".join(LINES)
    assert loaded.document.status is Status.SUPERSEDED


def test_a_footer_or_a_stamp_says_that_it_is_a_draft(tmp_path: Path) -> None:
    footed = Pdf().page().lines(60, *LINES).text(60, 780, "DRAFT v0.4 - not approved - for comment only", 8)
    stamped = Pdf().page().lines(60, *LINES).annotation("/Subtype /Stamp /Name /Draft /Rect [300 700 400 740]")

    assert load(footed.save(tmp_path / "a.pdf")).document.status is Status.DRAFT
    assert load(stamped.save(tmp_path / "b.pdf")).document.status is Status.DRAFT


def test_struck_out_text_is_no_guidance_and_underlined_text_is(tmp_path: Path) -> None:
    drawn = Pdf().page().text(60, 60, "Fly at").text(100, 60, "40 metres").text(160, 60, "90 metres.")
    drawn.draw("100 743.5 m 148 743.5 l S").text(60, 90, "Underlined text stays.").draw("60 708 m 160 708 l S")
    quad = "/QuadPoints [100 752 148 752 100 738 148 738]"
    noted = Pdf().page().text(60, 60, "Fly at").text(100, 60, "40 metres").text(160, 60, "90 metres.")
    noted.annotation(f"/Subtype /StrikeOut /Rect [100 738 148 752] {quad}")

    assert _shown(drawn, tmp_path) == [("paragraph", "Fly at 90 metres."), ("paragraph", "Underlined text stays.")]
    assert _shown(noted, tmp_path) == [("paragraph", "Fly at 90 metres.")]


def test_bold_type_that_is_printed_twice_is_read_once(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 60, "Wait in the hall.").text(60.3, 60, "Wait in the hall.")

    assert _shown(pdf, tmp_path) == [("paragraph", "Wait in the hall.")]


def test_a_page_that_is_printed_on_its_side_is_read_upright(tmp_path: Path) -> None:
    pdf = Pdf().page()
    for number, line in enumerate(LINES[:8]):
        pdf.turned(100 + 14 * number, 700, line, 90)

    assert _shown(pdf, tmp_path) == [("paragraph", " ".join(LINES[:8]))]


# raised figures and divided words


def test_a_raised_figure_never_joins_a_number_and_its_note_stands_below(tmp_path: Path) -> None:
    pdf = Pdf().page().lines(60, *LINES[:3])
    for y, pieces in (
        (120, ("Kept for 14", "1", "days in a room of 20 m", "2")),
        (150, ("A bag holds 3", "7", "coats.")),
    ):
        x = 60.0
        for piece in pieces:  # Courier, whose letters are all as wide
            is_raised = piece.isdecimal()
            pdf.text(x, y - 5 * is_raised, piece, 6 if is_raised else 11, "F3")
            x += 0.6 * len(piece) * (6 if is_raised else 11) + (4 if is_raised else 0.2)
    pdf.text(60, 740, "1", 5).text(64, 742, "Ten in summer.", 7).text(60, 752, "2 Twelve in spring.", 7)

    assert _shown(pdf, tmp_path)[1:] == [
        ("paragraph", "Kept for 14 days in a room of 20 m²\nNote 1: Ten in summer."),
        ("paragraph", "A bag holds 3⁷ coats."),
        ("paragraph", "2 Twelve in spring."),
    ]


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (["the moor-", "ing fee"], "the mooring fee"),
        (["danger to navi-", "gation"], "danger to navigation"),
        (["must re-", "turn it"], "must return it"),
        (["a self-", "employed fisher"], "a self-employed fisher"),
        (["a by-", "law notice"], "a by-law notice"),
        (["a twenty-", "metre boat"], "a twenty-metre boat"),
        (["a well-", "known sum"], "a well-known sum"),
        (["in 2019-", "2020 terms"], "in 2019-2020 terms"),
        (["a 24-", "hour line"], "a 24-hour line"),
        (["the follow-", "up visit"], "the follow-up visit"),
        (["a house\u00ad", "boat"], "a houseboat"),
        (["police-", "led work", "is policeled"], "policeled work is policeled"),
        (["for East-", "West routes"], "for East-West routes"),
        (["one - ", "two"], "one -  two"),
    ],
)
def test_divided_words_become_whole_and_compounds_keep_their_hyphen(lines: list[str], read: str) -> None:
    assert Joiner(lines)(lines) == read


# lists, signs, fields


def test_ticks_crosses_and_boxes_are_kept_behind_the_dash(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 60, "When a cow is loose:")
    for number, (sign, text) in enumerate((("\u00fc", "Ring first."), ("\u00fb", "Run."), ("\u00a8", "Gate shut"))):
        pdf.text(60, 80 + 20 * number, sign, 11, "F4").text(80, 80 + 20 * number, text)

    assert _shown(pdf, tmp_path) == [
        ("paragraph", "When a cow is loose:"),
        ("list", "- ✓ Ring first.\n- ✗ Run.\n- ☐ Gate shut"),
    ]


FORM = "/AcroForm << /Fields [] >>"


def test_the_values_of_a_form_are_read_where_its_fields_are(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 60, "Where is the meeting point?").field(60, 85, "Tx", "/V (At the bandstand)")
    pdf.text(60, 120, "Steward at the bridge").field(200, 122, "Btn", "/AS /Yes /V /Yes")
    pdf.text(60, 150, "Steward at the mill").field(200, 152, "Btn", "/AS /Off")
    pdf.text(60, 180, "Code").field(200, 182, "Tx", "/V (hunter2) /Ff 8192")
    pdf.text(60, 210, "Notes").field(200, 212, "Tx", "/V (Unseen) /F 2")

    assert [text for _, text in _shown(pdf, tmp_path, catalog=FORM)] == [
        "Where is the meeting point?",
        "At the bandstand",
        "Steward at the bridge ☑",
        "Steward at the mill ☐",
        "Code",
        "Notes",
    ]


def test_a_form_that_nobody_filled_in_has_no_values(tmp_path: Path) -> None:
    pdf = (
        Pdf()
        .page()
        .text(60, 60, "Steward at the bridge")
        .field(200, 62, "Btn", "/AS /Off")
        .field(200, 92, "Tx", "/V ()")
    )

    assert _shown(pdf, tmp_path, catalog=FORM) == [("paragraph", "Steward at the bridge")]


# columns, boxes, tables

LEFT = ["Jet skis must keep", "outside the yellow", "buoys at all times.", "A rider who comes in", "loses the permit."]
RIGHT = [
    "Dogs are welcome on",
    "the east sands from",
    "October until April.",
    "In other months the",
    "warden moves them.",
]
THIRD = [
    "Swans nest here in",
    "spring and the path",
    "is closed until the",
    "young are grown. The",
    "ranger puts a sign.",
]


@pytest.mark.parametrize("columns", [(LEFT, RIGHT), (LEFT, RIGHT, THIRD)])
def test_short_columns_are_read_one_after_the_other(tmp_path: Path, columns: tuple[list[str], ...]) -> None:
    pdf = Pdf().page().text(60, 50, "Beach patrol leaflet", 16, "F2")
    for number, lines in enumerate(columns):
        pdf.lines(90, *lines, x=50 + 180 * number)

    assert " ".join(text for kind, text in _shown(pdf, tmp_path) if kind == "paragraph") == " ".join(
        line for lines in columns for line in lines
    )


def test_lists_beside_each_other_stay_below_their_heads(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 60, "Do", 11, "F2").text(320, 60, "Do not", 11, "F2")
    for number, (do, dont) in enumerate((("Ring first.", "Run."), ("Close the gate.", "Use a siren."))):
        pdf.text(60, 85 + 20 * number, "•").text(75, 85 + 20 * number, do)
        pdf.text(320, 85 + 20 * number, "•").text(335, 85 + 20 * number, dont)

    assert _shown(pdf, tmp_path) == [
        ("h1", "Do"),
        ("list", "- Ring first.\n- Close the gate."),
        ("h1", "Do not"),
        ("list", "- Run.\n- Use a siren."),
    ]


def test_a_box_beside_the_text_is_read_by_itself(tmp_path: Path) -> None:
    beside = [
        "The warden walks along the canal each morning",
        "in winter and looks at the ice by the locks. If it",
        "is thin a red flag is put up at the bridge, and",
        "nobody may step on it until the flag is gone.",
    ]
    pdf = Pdf().page().lines(60, *beside).draw("380 680 160 70 re S")
    pdf.text(390, 70, "Warning", 11, "F2").lines(84, "Never go on the", "ice alone.", x=390)

    assert _shown(pdf, tmp_path) == [
        ("paragraph", " ".join(beside)), ("h1", "Warning"), ("paragraph", "Never go on the ice alone."),
    ]  # fmt: skip


def test_a_table_without_lines_keeps_its_columns(tmp_path: Path) -> None:
    pdf = Pdf().page().text(60, 50, "How long a stray dog may be kept:")
    rows = [("", "Weekday", "Weekend"), ("Small dog", "4 hours", "9 hours"), ("Large dog", "2 hours", "6 hours")]
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            pdf.text(60 + 120 * j, 80 + 16 * i, text)

    assert _shown(pdf, tmp_path) == [
        ("paragraph", "How long a stray dog may be kept:"),
        ("table", "| Weekday | Weekend\nSmall dog | 4 hours | 9 hours\nLarge dog | 2 hours | 6 hours"),
    ]


def test_heads_on_their_side_and_merged_cells_of_a_ruled_table(tmp_path: Path) -> None:
    pdf = Pdf().page().grid([60, 160, 220, 280], [60, 150, 180, 210])
    pdf.text(65, 140, "Role").turned(195, 145, "North gate", 90).turned(255, 145, "River gate", 90)
    for y, row in ((172, ("Warden", "Y", "N")), (202, ("Gardener", "N", "Y"))):
        for x, text in zip((65, 180, 240), row, strict=True):
            pdf.text(x, y, text)

    assert _shown(pdf, tmp_path) == [("table", "Role | North gate | River gate\nWarden | Y | N\nGardener | N | Y")]


def test_a_label_that_reaches_over_two_rows_and_over_two_pages(tmp_path: Path) -> None:
    pdf = Pdf()
    for page in range(2):
        pdf.page()
        for y in (60, 90, 150) if page == 0 else (60, 120):
            pdf.draw(f"60 {800 - y} m 360 {800 - y} l S")
        for x in (60, 160, 260, 360):
            pdf.draw(f"{x} 740 m {x} {650 if page == 0 else 680} l S")
        pdf.draw(f"160 {680 if page == 0 else 710} m 360 {680 if page == 0 else 710} l S")
    for page, texts in enumerate(
        (
            (("Grade", 65, 82), ("Time", 165, 82), ("Visit", 265, 82), ("Red", 65, 108), ("Day", 165, 108),
             ("2 h", 265, 108), ("Night", 165, 138), ("6 h", 265, 138)),
            (("Dawn", 165, 82), ("7 h", 265, 82), ("Dusk", 165, 112), ("8 h", 265, 112)),
        )
    ):  # fmt: skip
        for text, x, y in texts:
            pdf.text(x, y, text, page=page)

    assert [text for _, text in _shown(pdf, tmp_path)] == [
        "Grade | Time | Visit\nRed | Day | 2 h\nRed | Night | 6 h",
        "Grade | Time | Visit\nRed | Dawn | 7 h\nRed | Dusk | 8 h",
    ]


NAMES = ["Before you enter", "How long to stay", "When late", "Ropes"]


@pytest.mark.parametrize(
    ("heading", "numbers"),
    [
        ("Contents", True),
        ("Contents", False),
        ("In this guide", True),
        ("In this guide", False),
        ("What is here", True),
    ],
)
def test_a_list_of_contents_is_no_text_whatever_it_is_called(tmp_path: Path, heading: str, numbers: bool) -> None:
    pdf = Pdf().page().text(60, 50, "Caves", 24, "F2").text(60, 90, heading, 14, "F2")
    for i, name in enumerate(NAMES):
        pdf.text(60, 120 + 18 * i, name)
        if numbers:
            pdf.text(480, 120 + 18 * i, str(i + 2))
    for name in NAMES:
        pdf.page().text(60, 50, name, 14, "F2").text(60, 80, f"A text about {name.lower()}.")

    paragraphs = [text for kind, text in _shown(pdf, tmp_path) if not kind.startswith("h")]

    assert paragraphs == [f"A text about {name.lower()}." for name in NAMES]


# what is not read


def _picture(pdf: Pdf) -> Pdf:
    return pdf.page().draw("q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q")


def test_pages_that_are_pictures_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "program", lambda: None)
    pdf = Pdf().page().lines(60, *LINES[:5])
    _picture(pdf).text(60, 780, "Page 2", 8)
    pdf.page().lines(60, *LINES[:5])
    _picture(_picture(pdf)).page().lines(60, *LINES[:5])
    pdf.page().lines(60, *LINES[5:9])

    assert load(pdf.save(tmp_path / "a.pdf")).notes == (
        "Pages 2 and 4 to 5 are pictures of text without letters (scanned) and not read. "
        "Install tesseract, which reads pictures of text, or provide a version with text.",
    )


def _scan(tmp_path: Path) -> Path:
    """A page of text as a scanner makes it: a picture and nothing else."""
    import pypdfium2

    pdf = Pdf().page().text(60, 80, "Keeping of dogs", 20, "F2")
    pdf.lines(120, "A warden holds a stray dog for seven days. After that the kennel decides", "what becomes of it.")
    pdf.text(60, 180, "What you must never do", 14, "F2")
    pdf.lines(200, "- Never give a dog to anybody without proof.", "- Never leave it in a warm car.")
    printed = pypdfium2.PdfDocument(pdf.save(tmp_path / "printed.pdf"))
    picture = printed[0].render(scale=200 / 72, grayscale=True).to_pil()
    printed.close()
    file = tmp_path / "scan.pdf"
    picture.save(file, "PDF", resolution=200)
    return file


@pytest.mark.skipif(ocr.program() is None, reason="tesseract is not installed")
def test_a_scan_is_read_with_its_headings_and_says_how_sure_it_is(tmp_path: Path) -> None:
    loaded = load(_scan(tmp_path))
    assert [(block.kind, block.text) for block in loaded.blocks] == [
        ("heading", "Keeping of dogs"),
        ("paragraph", "A warden holds a stray dog for seven days. After that the kennel decides what becomes of it."),
        ("heading", "What you must never do"),
        ("list", "- Never give a dog to anybody without proof.\n- Never leave it in a warm car."),
    ]
    ((page, sure),) = loaded.document.scanned
    assert page == 1
    assert 0.9 < sure <= 1
    assert loaded.document.marking_on(1) == f"OFFICIAL (read by OCR, {sure:.0%} sure)"
    assert loaded.document.marking_on(2) == "OFFICIAL"
    assert loaded.notes == (
        f"Page 1 is a picture of text and read by OCR, at least {sure:.0%} sure. Compare them with the original.",
    )


_TABLE = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def _row(level: int, line: int, word: int, left: int, conf: float, text: str = "") -> str:
    return "\t".join(map(str, (level, 1, 1, 1, line, word, left, 100 + 60 * line, 60, 32, conf, text)))


def test_a_sign_that_nobody_is_sure_of_at_the_start_of_a_line_is_a_bullet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program of our own in tesseract's place, which is as sure of each word as the test says."""
    words = ((31, "¢"), (90, "Never"), (60, "go!!!"))
    rows = [_row(4, 1, 0, 200, -1), *(_row(5, 1, n, 100 + 100 * n, *word) for n, word in enumerate(words, 1))]
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\ncat <<'E'\n" + "\n".join([_TABLE, *rows]) + "\nE\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(ocr, "program", lambda: str(program))
    loaded = load(_scan(tmp_path))
    assert [(block.kind, block.text) for block in loaded.blocks] == [("list", "- Never go!!!")]
    assert loaded.document.scanned == ((1, 0.6),), "a line is as sure as the least sure of its words"


def test_a_program_that_fails_leaves_a_scan_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(ocr, "program", lambda: str(program))
    with pytest.raises(LoadRefused, match=r"what OCR read of it is nothing.* Scan it again.*provide a version"):
        load(_scan(tmp_path))


@pytest.mark.parametrize(
    ("lines", "catalog"),
    [
        (
            [
                "Please wait...",
                "If this message is not eventually replaced by the proper contents of the document, wait.",
            ],
            "",
        ),
        (["For the best experience, open this PDF portfolio in Acrobat X."], ""),
        (["Open this form with the newest reader."], "/NeedsRendering true /AcroForm << /XFA [] /Fields [] >>"),
        (["Open this form with the newest reader."], "/AcroForm << /XFA [] /Fields [] >>"),
    ],
)
def test_a_page_that_only_stands_in_for_the_contents_is_refused(tmp_path: Path, lines: list[str], catalog: str) -> None:
    with pytest.raises(LoadRefused) as refused:
        _shown(Pdf().page().lines(60, *lines), tmp_path, catalog=catalog)
    assert str(refused.value) == (
        "It is a form or a file that only Adobe's own reader shows. "
        "Print it to a new PDF from there, or save it as DOCX."
    )


def test_numbered_chapters_at_the_top_of_their_pages_are_no_running_line(tmp_path: Path) -> None:
    pdf = Pdf()
    for number in range(1, 6):
        pdf.page().text(60, 40, f"Chapter {number}", 14, "F2").text(60, 20, f"Manual, part {number}", 9)
        pdf.lines(80, *LINES[:3]).text(280, 780, f"Page {number} of 5", 9)

    assert [text for kind, text in _shown(pdf, tmp_path) if kind == "h1"] == [f"Chapter {n}" for n in range(1, 6)]
    assert not any("part" in text or "Page" in text for _, text in _shown(pdf, tmp_path))
