"""Documents about markings, or with their words, are taken; those that are marked are not."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from indexer.loaders import LoadRefused, load, sandbox
from indexer.loaders.mail.marked import marking_in_fields
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
        ("Papers that are non-SECRET", ""),
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


def _message(path: Path, text: str, page: str = "", **fields: str) -> Path:
    message = EmailMessage()
    message["Subject"] = "Dogs"
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if page:
        message.add_alternative(page, subtype="html")
    path.write_bytes(bytes(message))
    return path


_LONG = "\n\n".join(f"Rule {number}. {TEXT}" for number in range(12))


@pytest.mark.parametrize(
    ("text", "page"),
    [
        (f"{TEXT}\n\n- OFFICIAL\n- SECRET\n- TOP SECRET\n", ""),
        (f"{_LONG}\n\nSECRET\n\n{_LONG}\n", ""),
        (
            "x",
            f"<p>{TEXT}</p><table><tr><td>SECRET</td><td>safe</td></tr><tr><td>OFFICIAL</td><td>desk</td></tr></table>",
        ),
        ("x", f"<p>{TEXT}</p><ul><li>SECRET</li></ul>"),
    ],
)
def test_a_message_about_markings_is_taken(tmp_path: Path, text: str, page: str) -> None:
    assert load(_message(tmp_path / "a.eml", text, page)).document.marking is Marking.OFFICIAL


_OLDER = "-----Original Message-----\nFrom: PC Old\nSent: 1 March 2024\nTo: All\nSubject: Radios"


@pytest.mark.parametrize(
    "text",
    [
        f"SECRET\n\n{_LONG}",
        f"{_LONG}\n\nClassification: Secret\n\nRegards\n\nPC Fox",
        f"{_LONG}\n\n-- \nPC Fox\n\nSECRET",
        f"{_LONG}\n\n{_OLDER}\n\nSECRET\n\n{_LONG}",
        f"{_LONG}\n\nSECRET\n\n{_OLDER}\n\n{_LONG}",
        f"{_LONG}\n\n> From: PC Old\n>\n> SECRET\n>\n> {TEXT}\n",
    ],
)
def test_a_marking_at_an_end_of_a_part_of_a_message_is_found(tmp_path: Path, text: str) -> None:
    with pytest.raises(LoadRefused, match="It is marked SECRET"):
        load(_message(tmp_path / "a.eml", text))


@pytest.mark.parametrize(
    ("name", "value", "marking"),
    [
        ("X-Spam-Classification", "restricted sender", ""),
        ("X-Marketing", "SECRET", ""),
        ("X-Protective-Marking", "OFFICIAL (do not use for SECRET)", "OFFICIAL"),
        ("X-Protective-Marking", "OFFICIAL, nothing SECRET", "OFFICIAL"),
        ("x-classification", "Official-Sensitive", "OFFICIAL-SENSITIVE"),
        ("X-Protective-Marking", "VER=2018.1, SEC=SECRET, NOTE=OFFICIAL", "SECRET"),
        ("X-Protective-Marking", "NOTE=SECRET, SEC=OFFICIAL", "OFFICIAL"),
        ("msip_labels", "MSIP_Label_1_Name=Official;MSIP_Label_2_Name=Secret;", "SECRET"),
        ("MSIP_Label_0f-1a_Name", "Official Sensitive", "OFFICIAL-SENSITIVE"),
    ],
)
def test_only_the_fields_for_a_marking_state_one(name: str, value: str, marking: str) -> None:
    assert marking_in_fields([(name, value)]) == marking


def _fields(tmp_path: Path, fields: str) -> Path:
    path = tmp_path / "bells.md"
    path.write_text(f"---\n{fields}\n---\n# Bells\n\nBells are rung at ten.\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "fields",
    [
        *(f"classification: {value}" for value in ("N/A", "Unrestricted", "NPM", "Not sensitive", "non-sensitive")),
        "classification: OFFICIAL - not SECRET",
        "classification: OFFICIAL (do not use for SECRET)",
        "classification: OFFICIAL - not SECRET\nmarking: OFFICIAL",
        *("parking: yes", "marketing: no", "making: of bells", "classification_date: 2026-01-01", "caption: Bells"),
        *("access: public", "parking: Restricted", "markings: of the road"),
    ],
)
def test_fields_that_state_no_marking_hold_nothing_back(tmp_path: Path, fields: str) -> None:
    assert load(_fields(tmp_path, fields)).document.marking is Marking.OFFICIAL


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ("markings: Secret", "'markings' is not known. Write 'classification' if that is meant, or rename or delete"),
        ("access: SECRET", "'access' is not known"),
        ("clasification: high", "'clasification' is not known"),
        ("classification: SECRET - not to be copied", "It is marked SECRET"),
    ],
)
def test_fields_that_state_a_marking_still_count(tmp_path: Path, fields: str, reason: str) -> None:
    with pytest.raises(LoadRefused) as error:
        load(_fields(tmp_path, fields))
    assert reason in str(error.value)


def test_what_is_denied_leaves_what_is_stated(tmp_path: Path) -> None:
    path = _fields(tmp_path, "classification: OFFICIAL-SENSITIVE, not SECRET")
    assert load(path).document.marking is Marking.OFFICIAL_SENSITIVE
