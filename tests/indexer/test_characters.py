"""Bytes to characters: what files say of themselves, what older systems write, and signs that nobody types."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.loaders import load
from indexer.loaders.characters import plain
from indexer.loaders.decoding import NotText, decoded, decoded_page
from indexer.loaders.numerals import bijective, letters, roman, whole
from indexer.loaders.symbols import shown, sign

OWNER = "The owner’s fee is £120 – paid once."


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        ("<html>", "cp1252"),
        ("<html>", "utf-8"),
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252"),
        ('<meta charset="utf-8">', "cp1252"),
        ('<meta charset="utf-8">', "utf-16"),
        ("<html>", "utf-16-le"),
        ("<html>", "utf-8-sig"),
        ('<meta charset="made-up">', "utf-8"),
    ],
)
def test_a_page_is_read_as_a_browser_reads_it(head: str, charset: str) -> None:
    page = decoded_page(f"{head}<p>{OWNER}</p>".encode(charset))

    assert page.endswith(f"<p>{OWNER}</p>")


def test_a_page_in_another_alphabet_is_read_as_it_says() -> None:
    assert decoded_page('<meta charset="iso-8859-2"><p>Łódź</p>'.encode("iso-8859-2")).endswith("<p>Łódź</p>")


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_any_of_the_usual_ways(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(OWNER.encode(charset))

    assert load(path).blocks[0].text == OWNER


@pytest.mark.parametrize("data", [b"MZ\x90\0\x03\0\0\0", b"\x89PNG\r\n\x1a\n\x01\x02", b"\x81\x8d\x8f\x90\x9d" * 50])
def test_what_is_no_text_is_not_taken_for_it(data: bytes) -> None:
    with pytest.raises(NotText):
        decoded(data)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("the oﬃcer ﬁned the traﬃc oﬀender ﬂat", "the officer fined the traffic offender flat"),
        (
            "1,500\u00a0pounds, 20\u202fm, non\u2011resident, house\u00adboat",
            "1,500 pounds, 20 m, non-resident, houseboat",
        ),
        ("Cafe\u0301 \u200bnow\u202e\ud800", "Café now"),
        ("14² days, ½ ✓", "14² days, ½ ✓"),
    ],
)
def test_characters_are_those_that_people_type(text: str, read: str) -> None:
    assert plain(text) == read


@pytest.mark.parametrize(
    ("font", "code", "read"),
    [
        ("Wingdings", 0xF0FC, "✓"),
        ("Wingdings", 0xFB, "✗"),
        ("Wingdings", 0xF0A8, "☐"),
        ("Wingdings", 0xF0FE, "☑"),
        ("Wingdings 2", 0x50, "✓"),
        ("Wingdings 2", 0xF04F, "✗"),
        ("Webdings", 0x61, "✓"),
        ("Webdings", 0x72, "✗"),
        ("ZapfDingbats", 0x34, "✔"),
        ("Symbol", 0xF0B3, "≥"),
        ("Wingdings", 0x80 + 3, "③"),
        ("Wingdings 3", 0x99, "[symbol]"),
    ],
)
def test_signs_of_symbol_fonts_are_what_a_reader_sees(font: str, code: int, read: str) -> None:
    assert sign(font, code) == read


def test_letters_of_other_fonts_stay() -> None:
    assert (shown("ü", "Arial"), shown("\uf0fc", "Arial"), shown("✓", "Segoe UI Symbol")) == ("ü", "✓", "✓")


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), (" -2 ", -2), ("²", 1), ("", 1), (None, 1), ("3.5", 1), ("9" * 5000, 1), ("٣", 1)],
)
def test_only_a_plain_number_is_one(text: object, number: int) -> None:
    assert whole(text, 1) == number


def test_numbers_are_written_as_lists_write_them() -> None:
    assert [letters(n) for n in (1, 26, 27)] == ["a", "z", "aa"]
    assert [bijective(n) for n in (1, 26, 28)] == ["a", "z", "ab"]
    assert [roman(n) for n in (4, 1999, 0)] == ["iv", "mcmxcix", "0"]
