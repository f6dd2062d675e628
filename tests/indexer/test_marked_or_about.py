"""Documents about markings, or with their words, are taken; those that are marked are not."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from indexer.loaders import LoadRefused, load, sandbox
from indexer.loaders.markings import marking_in_title, marking_of
from knowledge.passages import Marking

TEXT = "A warden holds a dog for seven days."


@pytest.fixture(scope="module", autouse=True)
def _no_child_is_left() -> Iterator[None]:
    yield
    sandbox.close_worker()


@pytest.mark.parametrize(
    "line",
    [
        "Marking levels: OFFICIAL / SECRET / TOP SECRET",
        "The levels are OFFICIAL - SECRET - TOP SECRET.",
        "OFFICIAL / SECRET / TOP SECRET",
        "Material marked (SECRET) stays out.",
        "Crimestoppers - CONFIDENTIAL",
        "Parking: RESTRICTED",
        "Entry (RESTRICTED)",
        "CONFIDENTIAL: goats",
        "CONFIDENTIAL DATA",
        "RESTRICTED - access to yard",
        "SECRET: what the marking means",
    ],
)
def test_a_line_with_the_words_of_a_marking_holds_nothing_back(tmp_path: Path, line: str) -> None:
    file = tmp_path / "a.md"
    for text in (f"# Dogs\n\n{line}\n\n{TEXT}\n", f"# {line}\n\n{TEXT}\n", f"{line}\n\n{TEXT}\n"):
        file.write_text(text, encoding="utf-8")
        assert load(file).document.marking is Marking.OFFICIAL


@pytest.mark.parametrize(
    "subject",
    [
        "Handling material (SECRET)",
        "CONFIDENTIAL: goats",
        "RESTRICTED - access to yard",
        "SECRET: what the marking means",
        "Crimestoppers - CONFIDENTIAL",
    ],
)
def test_a_subject_with_the_words_of_a_marking_holds_no_message_back(tmp_path: Path, subject: str) -> None:
    message = EmailMessage()
    message["Subject"] = subject
    message.set_content(TEXT)
    (tmp_path / "a.eml").write_bytes(bytes(message))
    assert load(tmp_path / "a.eml").document.marking is Marking.OFFICIAL


@pytest.mark.parametrize(
    ("title", "marking"),
    [
        ("Dogs – TOP SECRET", "TOP SECRET"),
        ("Dogs (SECRET)", "SECRET"),
        ("Dogs [SECRET – UK EYES ONLY]", "SECRET"),
        ("SECRET - Dogs", "SECRET"),
        ("RE: FW: [SECRET] Dogs", "SECRET"),
        ("Dogs | SECRET | Page 2", "SECRET"),
        ("CONFIDENTIAL", "CONFIDENTIAL"),
        ("Dogs and SECRET - cats", ""),
    ],
)
def test_a_title_is_marked_at_its_ends(title: str, marking: str) -> None:
    assert marking_in_title(title) == marking


@pytest.mark.parametrize(
    ("line", "marking"),
    [
        ("RESTRICTED - POLICE ONLY", "RESTRICTED"),
        ("CONFIDENTIAL when completed", "CONFIDENTIAL"),
        ("SECRET - OPERATION BLUEBELL", "SECRET"),
        ("Classification: SECRET - not to be copied", "SECRET"),
        ("OFFICIAL-SENSITIVE (formerly RESTRICTED)", "OFFICIAL-SENSITIVE"),
    ],
)
def test_a_line_that_is_a_marking_is_found(line: str, marking: str) -> None:
    assert marking_of(line) == marking


def test_a_refusal_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"# Dogs - SECRET\n\n{TEXT}\n", encoding="utf-8")
    with pytest.raises(LoadRefused, match="That was read in “Dogs - SECRET”"):
        load(tmp_path / "a.md")
