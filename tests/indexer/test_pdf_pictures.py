"""Pages of a PDF without readable text: read by OCR however they lie, else held back, and said why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from indexer.loaders import LoadRefused, load
from indexer.loaders.pdf import ocr
from indexer.loaders.pdf.pictures import lying
from indexer.loaders.pdf.pictures.legible import is_garbled
from indexer.loaders.pdf.reader import read_pdf
from tests.indexer.pdfs import Pdf

TEXT = [
    "A goat that is found on the line is led to the pound by two officers.",
    "The owner of the goat is called within four hours, and pays the fee.",
    "Nobody drives a train past the pound before the gate has been shut.",
]
needs_ocr = pytest.mark.skipif(ocr.program() is None, reason="tesseract is not installed")


def _picture(tmp_path: Path) -> Any:
    printed = pypdfium2.PdfDocument(
        Pdf().page().text(60, 80, "Goats on the line", 20, "F2").lines(120, *TEXT).save(tmp_path / "printed.pdf")
    )
    picture = printed[0].render(scale=200 / 72, grayscale=True).to_pil()
    printed.close()
    return picture


def _scanned(picture: Any, tmp_path: Path) -> Path:
    file = tmp_path / "scan.pdf"
    picture.save(file, "PDF", resolution=200)
    return file


@needs_ocr
@pytest.mark.parametrize("degrees", [90, 180, 270, 4, -5])
def test_a_scan_that_lies_on_its_side_on_its_head_or_askew_is_read(tmp_path: Path, degrees: int) -> None:
    picture = _picture(tmp_path).rotate(degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)

    content = read_pdf(_scanned(picture, tmp_path))

    assert " ".join(block.text for block in content.blocks) == " ".join(["Goats on the line", *TEXT])
    assert content.scanned[0][1] > 0.8


TABLE = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def _reader(tmp_path: Path, *confidences: int) -> str:
    """A program of our own in tesseract's place, which reads a line of words, as sure of each as the test says."""
    rows = [(4, 1, 1, 1, 1, 0, 100, 100, 900, 32, -1, "")]
    rows += [(5, 1, 1, 1, 1, n, 100 * n, 100, 60, 32, conf, "goats") for n, conf in enumerate(confidences, 1)]
    program = tmp_path / "tesseract"
    listed = "\n".join("\t".join(map(str, row)) for row in rows)
    program.write_text(f"#!/bin/sh\ncat <<'E'\n{TABLE}\n{listed}\nE\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def test_a_scan_that_was_not_read_surely_is_held_back_and_says_that_ocr_was_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = _reader(tmp_path, 96, 95, 30, 97)
    monkeypatch.setattr(ocr, "program", lambda: reader)

    with pytest.raises(LoadRefused) as refused:
        load(_scanned(_picture(tmp_path), tmp_path))

    assert str(refused.value) == (
        "It is a scan, and what OCR read of it is nothing, or not sure enough to quote. "
        "Scan it again, upright, straight and dark enough, or provide a version with text."
    )


def test_a_line_is_as_sure_as_its_least_sure_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = _reader(tmp_path, 96, 95, 70, 97)
    monkeypatch.setattr(ocr, "program", lambda: reader)

    assert read_pdf(_scanned(_picture(tmp_path), tmp_path)).scanned == ((1, 0.7),)


def _shifted(text: str) -> str:
    """As letters come out of a font without a map: each is another one, 29 places before it."""
    return "".join(chr(ord(char) - 29) if char.isalpha() else char for char in text)


def _misnamed(file: Path) -> Path:
    """The PDF with a font that shows letters, and says of each that it is the one 29 places before it."""
    data = file.read_bytes()
    names = "1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <41> <7A> <0024> endbfrange"
    cmap = f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap {names} endcmap end end"
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 99 0 R >>"
    root = data[data.rindex(b"/Root") : data.index(b"/Info", data.rindex(b"/Root"))].decode()
    before = data[data.rindex(b"startxref") :].split()[1].decode()
    places = []
    for number, text in ((1, font), (99, f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream")):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = f"xref\n1 1\n{places[0]:010} 00000 n \n99 1\n{places[1]:010} 00000 n \n"
    end = f"trailer\n<< /Size 100 {root} /Prev {before} >>\nstartxref\n{len(data)}\n%%EOF\n"
    file.write_bytes(data + (table + end).encode())
    return file


@needs_ocr
def test_text_that_is_none_is_read_as_it_is_shown(tmp_path: Path) -> None:
    content = read_pdf(_misnamed(Pdf().page().lines(60, *TEXT).save(tmp_path / "a.pdf")))

    assert [block.text for block in content.blocks] == [" ".join(TEXT)]
    assert content.notes[0].startswith(
        "Page 1 is set in type that does not say which letters it shows, and read by OCR"
    )


@pytest.mark.parametrize(
    ("lines", "garbled"),
    [
        ([_shifted(line) for line in TEXT], True),
        (["(cid:12)(cid:7)(cid:31)"], True),
        (TEXT, False),
        ([line.upper() for line in TEXT], False),
        (["Gall swyddogion heddlu stopio cerbydau wedi iddynt dderbyn gorchymyn, gyda chaniatad."], False),
        (["Renton LQ12 XBC, Cray Hill"], False),
        (["7KHOLJKWKRXVHGRRULVVKXWE\\WKH ZDUGHQ DW WHQ DQG RSHQHG DJDLQ"], True),
        (["dRoOpE tAcKaL bErOt4a nU7aLe sEvOnI lArUkE pAtOmI zEdAkU vIrOnE"], True),
        (["\ue012\ue034\ue056\ue078 " * 20], True),
        (["\uf0b7 Zadzwoń na policję."] * 3, False),
        (["Policja może zatrzymać pojazd, jeżeli kierowca wykroczył przeciwko przepisom; należy zgłosić się."], False),
        (["Polis, sürücünün ehliyetini kontrol edebilir; lütfen kapıyı açınız ve görevliye bildiriniz."], False),
        (["Booliisku waxay joojin karaan gaariga haddii darawalku uu jebiyo sharciga; fadlan wac."], False),
        (["پولیس گاڑی کو روک سکتی ہے اگر ڈرائیور نے قانون توڑا ہو، براہ کرم فوراً اطلاع دیں"], False),
        (["يجوز للشرطة إيقاف السيارة إذا خالف السائق القانون، يرجى الاتصال بنا فورا"], False),
        (["Policie může zastavit vozidlo, pokud řidič porušil předpisy; zmrzlina čtvrtek smrt prst vlk."], False),
        (["Die Polizei darf Fahrzeuge anhalten; Geschwindigkeitsüberschreitungen werden angezeigt."], False),
        ([], False),
    ],
)
def test_letters_that_make_hardly_any_word_are_no_text(lines: list[str], garbled: bool) -> None:
    assert is_garbled(lines) == garbled


def test_text_that_is_none_is_held_back_where_nothing_can_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "program", lambda: None)
    file = Pdf().page().lines(60, *map(_shifted, TEXT)).save(tmp_path / "a.pdf")
    with pytest.raises(LoadRefused, match=r"does not say which letters its shapes are\. Save it as DOCX"):
        read_pdf(file)

    file = Pdf().page().lines(60, *map(_shifted, TEXT)).page().lines(60, *TEXT).save(tmp_path / "a.pdf")
    content = read_pdf(file)
    assert [block.text for block in content.blocks] == [" ".join(TEXT)]
    assert content.notes == (
        "Page 1 is set in type that does not say which letters it shows, and not read. Save it as DOCX.",
    )


def test_a_page_whose_text_nobody_sees_is_no_scan(tmp_path: Path) -> None:
    with pytest.raises(LoadRefused, match=r"show no text: what text it has is white, struck out, or stands outside"):
        read_pdf(Pdf().page().lines(60, *TEXT, x=700).save(tmp_path / "a.pdf"))


def test_a_page_of_text_that_is_printed_on_its_head_is_read(tmp_path: Path) -> None:
    pdf = Pdf().page()
    for number, line in enumerate(TEXT):
        pdf.turned(540, 700 - 14 * number, line, 180)

    assert [block.text for block in read_pdf(pdf.save(tmp_path / "a.pdf")).blocks] == [" ".join(TEXT)]


def test_a_reading_program_is_asked_once_what_it_detects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lying, "_DETECTING", {})
    asked: list[list[str]] = []
    answers = [b"", b"eng\nfra\n"]

    def runner() -> lying.Run:
        return lambda arguments: (asked.append(arguments), answers[min(len(asked), 2) - 1])[1]

    for _ in range(4):
        assert list(lying.turns(None, runner(), "/bin/reads")) == [180, 90, 270]
    assert asked == [["--list-langs"]] * 2  # once more as it failed
