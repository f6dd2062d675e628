"""A small whole file of every format that is read, to begin from."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

from tests.indexer.pdfs import Pdf
from tests.support.outlook import outlook_message

MARKDOWN = """---
id: kite-laundry
title: Washing kites
status: in_force
law_checked_on: 2026-10-20
audience: [police officers, supervisors]
uncertain: ["whether purple detergent is allowed"]
---

# Washing kites

## How long may a kite soak?

A cotton kite may soak for forty minutes.[^1] A silk kite may soak for **ten minutes** only.

1. Shake it.
   - By the tail
     1. Never by the string
2. Hang it in the shade.

| Kind | Minutes | Who |
|---|---|---|
| Cotton | 40 | anybody |
| Silk | 10 | the sexton \\| nobody else |

> **Withdrawn**: this part is superseded.

[^1]: Measured in 2026.
"""
PAGE = """<html><head><title>Otters</title></head><body><nav>Home</nav><h1>Otters</h1>
<p>Otters are left alone<sup><a href="#n1">1</a></sup> by <del>nobody</del> everybody.</p>
<ol type="a"><li>Look<ul><li>From afar</li></ul></li><li>Go away</li></ol>
<table><tr><th rowspan=2>Kind</th><th colspan=2>Minutes</th></tr><tr><td>a</td><td>b</td></tr>
<tr><td>River</td><td>1</td><td>2</td></tr></table><details><summary>More</summary><p>Hidden words.</p></details>
<p id="n1">1 Since 2019.</p></body></html>
"""
ROWS = 'Scheme,Who runs it,Review\nCocoon,Sgt Bell,2026-11-02\n"Lock, up",Estates,14\n'


def seeds(folder: Path) -> list[Path]:
    """One file of each format, written below a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {"kites.md": MARKDOWN, "otters.html": PAGE, "rows.csv": ROWS, "plain.txt": f"OTTERS\n\n{MARKDOWN[180:]}"}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "letter.eml").write_bytes(_message())
    (folder / "note.msg").write_bytes(outlook_message("Kites", "A kite is hung up.", {"kites.md": MARKDOWN.encode()}))
    for name, make in (("a.docx", _word), ("b.pptx", _slides), ("c.xlsx", _sheet), ("d.odt", _text), ("e.ods", _ods)):
        make(folder / name)
    _pdf(folder / "f.pdf")
    with zipfile.ZipFile(folder / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(f"inner/{name}", text)
    return sorted(path for path in folder.iterdir() if path.is_file())


def _message() -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = "Keys of the boathouse", "a@example.com"
    message["Date"] = "Mon, 2 Nov 2026 09:00:00 +0000"
    message.set_content("The keys hang behind the door.\n\n- Red: boats\n- Blue: oars\n")
    message.add_alternative(PAGE, subtype="html")
    message.add_attachment(ROWS.encode(), maintype="text", subtype="csv", filename="rows.csv")
    return bytes(message)


def _word(path: Path) -> None:
    import docx

    made = docx.Document()
    made.add_heading("Washing kites", 1)
    made.add_paragraph("A silk kite may soak for ten minutes only.")
    for text in ("Shake it", "Hang it up"):
        made.add_paragraph(text, style="List Number")
    table = made.add_table(3, 3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {number}"
    table.cell(0, 0).merge(table.cell(0, 1))
    made.sections[0].header.paragraphs[0].text = "OFFICIAL"
    made.save(str(path))


def _slides(path: Path) -> None:
    import pptx

    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Kites"
    slide.placeholders[1].text = "Shake it\nHang it up"
    slide.notes_slide.notes_text_frame.text = "Say who may."
    deck.save(str(path))


def _sheet(path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Contacts")
        for number, row in enumerate(ROWS.splitlines()):
            sheet.write_row(number, 0, row.split(","))
        sheet.merge_range("A6:B7", "merged")


def _text(path: Path) -> None:
    import odfdo

    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "Keeping of dogs"))
    document.body.append(odfdo.Paragraph("A warden holds a dog for seven days."))
    document.body.append(odfdo.List(["Ring the kennel", "Wait"]))
    document.body.append(odfdo.Table("Fees", width=2, height=3))
    document.save(str(path))


def _ods(path: Path) -> None:
    import odfdo

    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("Fees", width=2, height=3)
    for row, text in enumerate(("Kind", "Dog", "Cat")):
        table.set_value((0, row), text)
        table.set_value((1, row), row * 10)
    document.body.append(table)
    document.save(str(path))


def _pdf(path: Path) -> None:
    made = Pdf().page().text(60, 60, "Washing kites", 20, "F2")
    made.lines(100, "A cotton kite may soak for forty minutes.", "A silk kite may soak for ten minutes only.")
    made.grid([60, 160, 260], [200, 230, 260]).text(65, 215, "Kind").text(165, 215, "Minutes")
    made.text(65, 245, "Silk").text(165, 245, "10").page().lines(80, "2 Second page.", "- one", "- two")
    made.save(path)


def packed(members: dict[str, bytes]) -> bytes:
    """Files as the bytes of a ZIP archive, which DOCX, PPTX, XLSX, ODT and ODS are too."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()
