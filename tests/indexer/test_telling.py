"""What an admin is told of files that are not read: the reason and what to do, each once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from indexer.build import Builder
from indexer.explaining import explained
from indexer.gathering import Rules
from indexer.loaders import LoadRefused, load
from indexer.purging import PurgedList
from indexer.sources import FolderSource
from knowledge.manifest import LibraryError
from knowledge.store.folder import Library
from tests.indexer.test_files_in_files import DOGS, a_zip
from tests.support.fakes import WordEncoder

Publish = Callable[[Path], Library]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"", "It is empty (0 bytes). Put the finished file in its place, or take it away."),
        ("a.pdf", b"", "It is empty (0 bytes). Put the finished file in its place, or take it away."),
        (
            "a.doc",
            b"{\\rtf1 Chases}",
            "It is an RTF file, whatever its name says, and RTF is not read. Open it in Word and save it as DOCX.",
        ),
        (
            "a.log",
            b"lines",
            "Files of the kind '.log' are not indexed. Save the guidance as Markdown, text, HTML, DOCX or PDF.",
        ),
        (
            "a.md",
            b"---\nreview_by: next spring\nowner: [a, b]\n---\nText.\n",
            "The front matter field 'review_by' is wrong. "
            "Write a date such as 2027-01-20. "
            "The front matter field 'owner' is wrong. Write text.",
        ),
        (
            "a.md",
            b"---\nreview_by: next spring\nmarking: SECRET\n---\nText.\n",
            "It is marked SECRET, above what this library may hold (OFFICIAL-SENSITIVE). Keep it out. "
            "The front matter field 'review_by' is wrong. "
            "Write a date such as 2027-01-20.",
        ),
    ],
)
def test_what_cannot_be_read_says_all_that_is_wrong_and_what_to_do(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(LoadRefused) as error:
        load(file)
    assert str(error.value) == said


@pytest.mark.parametrize("written", ["31/12/2027", "31.12.2027", "31 December 2027", "2027-12-31"])
def test_a_date_in_front_matter_has_its_day_first_or_is_as_iso_has_it(tmp_path: Path, written: str) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"---\nreview_by: {written}\n---\nText.\n", encoding="utf-8")
    assert load(file).document.review_by == date(2027, 12, 31)


def test_many_archives_in_an_archive_are_told_in_one_line(
    library: Library, encoder: WordEncoder, guidance: Path
) -> None:
    inner = a_zip(guidance.parent / "inner.zip", **{"dogs.md": DOGS}).read_bytes()
    a_zip(guidance / "calls.zip", **{f"{number}.zip": inner for number in range(5)}, **{"dogs.md": DOGS})
    manifest = Builder(library, encoder).build([guidance]).manifest
    assert [source.refused for source in manifest.refused] == [
        "It holds 5 archives that are not opened (0.zip, 1.zip, 2.zip, …). Unpack them and put their files beside it."
    ]
    assert [source.path for source in manifest.sources if source.document == "dogs"] == [
        str(guidance / "calls.zip/dogs.md")
    ]


def test_a_folder_is_explained_by_what_became_of_its_files(publish: Publish, guidance: Path) -> None:
    (guidance / "broken.md").write_text("---\nowner: [a, b]\n---\nText.\n", encoding="utf-8")
    edition = publish(guidance).edition()
    held = len(edition.documents)
    (told,) = explained(edition, str(guidance))
    assert told["standing"] == f"A source: {held} in the edition, 1 held back. Give one of its files to see why"
    assert told["path"] == told["source"] == str(guidance)


def test_what_was_purged_is_said_to_be(publish: Publish, guidance: Path) -> None:
    edition = publish(guidance).edition()
    (guidance / "other name.md").write_text("# Purged\n", encoding="utf-8")
    purged = {"kite-washing", hashlib.sha256(b"# Purged\n").hexdigest()}
    for wanted in ("kite-washing", str(guidance / "other name.md")):
        with pytest.raises(LibraryError, match="was purged from the library, and no build takes it again"):
            explained(edition, wanted, purged)


def test_what_comes_with_the_program_and_was_purged_is_in_no_report(
    library: Library, encoder: WordEncoder, guidance: Path, tmp_path: Path
) -> None:
    phrased = guidance / "phrasings"
    phrased.mkdir()
    (phrased / "badger-counting.toml").write_text(
        '[[section]]\nheading = "Who keeps the badger ledger?"\nasked = ["whose is the ledger"]\n', encoding="utf-8"
    )
    purged = PurgedList(tmp_path / "purged.json")
    purged.add("badger-counting", [], "cole", datetime.now(UTC))
    builder = Builder(library, encoder, rules=Rules(purged=purged.names))
    manifest = builder.build([FolderSource(guidance, own=True)]).manifest
    assert "badger-counting" not in {source.document for source in manifest.sources}
    assert [(source.path, source.refused) for source in manifest.refused] == []
