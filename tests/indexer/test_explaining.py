"""Why a file is or is not in the edition, and where its passages come from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.explaining import explained
from knowledge.manifest import LibraryError
from knowledge.store.folder import Library

Publish = Callable[[Path], Library]


def test_a_document_is_explained_by_its_id_and_by_its_path(publish: Publish, guidance: Path) -> None:
    edition = publish(guidance).edition()
    (by_id,) = explained(edition, "badger-counting")
    assert explained(edition, "badgers.md") == explained(edition, str(guidance / "badgers.md")) == [by_id]
    assert by_id["standing"] == "In the edition: it can be quoted"
    assert by_id["path"] == str(guidance / "badgers.md")
    assert by_id["source"] == str(guidance)
    assert by_id["reader"].startswith("markdown-it-py ")
    assert len(by_id["digest"]) == 64
    assert by_id["document"]["status"] == "practice"
    assert by_id["passages"] == [
        {
            "section": "When are badgers counted?",
            "page": None,
            "begins": "Badgers are counted at dusk, in pairs, by two people with red",
        },
        {
            "section": "Who keeps the badger ledger?",
            "page": None,
            "begins": "The ledger of badgers is kept by the sexton.",
        },
    ]


def test_what_is_not_in_the_edition_says_why(publish: Publish, guidance: Path) -> None:
    (guidance / "broken.md").write_text("---\nreview_by: tomorrow\n---\n\nText.\n", encoding="utf-8")
    (guidance / "old.md").write_text("---\nstatus: withdrawn\n---\n\n# Old\n\nOwls are counted.\n", encoding="utf-8")
    (guidance / "README.md").write_text("# Read me\n", encoding="utf-8")
    edition = publish(guidance).edition()
    assert explained(edition, "old.md")[0]["notes"] == [
        "It is withdrawn: listed, never quoted. That was read in its front matter."
    ]
    told = {name: explained(edition, name)[0]["standing"] for name in ("broken.md", "old.md", "README.md")}
    assert told == {
        "broken.md": "Held back: The front matter field 'review_by' is wrong. Write a date such as 2027-01-20.",
        "old.md": "Listed and never quoted: its status is withdrawn",
        "README.md": "Not read: It is a folder's README. Name the file itself as a source to have it read.",
    }


def test_what_was_never_read_says_what_to_do(
    publish: Publish, guidance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = publish(guidance).edition()
    (guidance / "new.md").write_text("# New\n", encoding="utf-8")
    (tmp_path / "elsewhere.md").write_text("# Elsewhere\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for wanted, remedy in (
        (str(guidance / "new.md"), "Run: prevention-hub index build"),
        ("elsewhere.md", "Add it: prevention-hub index sources add elsewhere.md"),
        ("nowhere", "See them all: prevention-hub index list"),
    ):
        with pytest.raises(LibraryError) as error:
            explained(edition, wanted)
        assert str(error.value).endswith(remedy)
