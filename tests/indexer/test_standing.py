"""What a text says of its own standing: banners, watermarks, titles, tables of particulars, review dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indexer.loaders import Block, load
from indexer.loaders.fields.standing_names import status_in_name
from indexer.loaders.standing import review_in, status_in
from knowledge.passages import Status


def _status(line: str) -> Status:
    """Of a line among the first paragraphs of a text."""
    return status_in([Block("paragraph", text) for text in ("Intro.", "More.", line)], (), "Bonfires")


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("WITHDRAWN", Status.WITHDRAWN),
        ("Superseded", Status.SUPERSEDED),
        ("This guidance was withdrawn on 4 May 2025", Status.WITHDRAWN),
        ("THIS DOCUMENT HAS BEEN WITHDRAWN", Status.WITHDRAWN),
        ("Withdrawn on 4 May 2025", Status.WITHDRAWN),
        ("This policy is no longer in force.", Status.WITHDRAWN),
        ("SUPERSEDED by PF/12 on 3 May 2024", Status.SUPERSEDED),
        ("Superseded by: the smoke order", Status.SUPERSEDED),
        ("This version of the policy has been superseded.", Status.SUPERSEDED),
        ("Please note: this page has been replaced by the smoke order.", Status.SUPERSEDED),
        ("This page is no longer maintained.", Status.SUPERSEDED),
        ("DRAFT v0.4 - not approved - for comment only", Status.DRAFT),
        ("Draft version 3", Status.DRAFT),
        ("This is a draft", Status.DRAFT),
        ("Status: Withdrawn", Status.WITHDRAWN),
        ("Document status | Draft 0.3", Status.DRAFT),
        ("Cancelled 3 June 2025", Status.WITHDRAWN),
        ("Superseded: May 2024", Status.SUPERSEDED),
        ("Rescinded from 1 May 2026", Status.WITHDRAWN),
        ("For consultation only. Not yet approved.", Status.DRAFT),
        ("Consultation draft – comments by 1 May 2026", Status.DRAFT),
    ],
)
def test_a_text_that_says_it_does_not_stand_is_believed(line: str, status: Status) -> None:
    assert _status(line) is status


@pytest.mark.parametrize(
    "line",
    [
        "Draft horses in the park",
        "DRAFT HORSES IN PARKS",
        "Draft a statement",
        "Withdrawn consent",
        "Expired licences",
        "The old form was withdrawn in 2019.",
        "This guidance replaces the 2019 policy.",
        "This policy supersedes all others.",
        "This form should not be used for emergencies.",
        "This guidance is withdrawn when the law changes.",
        "Superseded documents are kept for six years.",
        "Cancelled events are listed by the desk from 3 June 2025.",
        "A consultation draft is sent to partners.",
        "Status | Withdrawn | It no longer counts",
        "Revoked 3 May 2026 licences",
        "Cancelled 3 June 2025 calls go to the desk",
        "Retired from 1 May 2026",
        "Revoked on 3 May 2026",
        "EXPIRED: what to do",
        "REVOKED FOR 3 MONTHS",
        "Expired",
    ],
)
def test_a_text_about_such_things_still_stands(line: str) -> None:
    assert _status(line) is Status.NOT_STATED


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("[Withdrawn] Bonfires", Status.WITHDRAWN),
        ("Bonfires (superseded)", Status.SUPERSEDED),
        ("Bonfires - DRAFT", Status.DRAFT),
        ("Bonfires (draft 0.3)", Status.DRAFT),
        ("Bonfires (withdrawn 4 May 2025)", Status.WITHDRAWN),
        ("Bonfires (not in force)", Status.WITHDRAWN),
        ("DRAFT Bonfire policy", Status.NOT_STATED),
        ("Licences (revoked)", Status.NOT_STATED),
        ("Police officers (retired)", Status.NOT_STATED),
        ("Expired: what to do", Status.NOT_STATED),
        ("Calls : cancelled", Status.NOT_STATED),
        ("Calls - cancelled", Status.NOT_STATED),
        ("Draft: charges", Status.NOT_STATED),
        ("WITHDRAWN: consent of victims", Status.NOT_STATED),
        ("Withdrawn - what to do with consent", Status.NOT_STATED),
        ("Statements (withdrawn by the victim)", Status.NOT_STATED),
        ("What to do with withdrawn exhibits", Status.NOT_STATED),
    ],
)
def test_a_title_says_it_in_its_own_way(title: str, status: Status) -> None:
    assert status_in([], (), title) is status
    assert status_in([], (title,), title) is status


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Review date: 1 March 2024", date(2024, 3, 1)),
        ("Next review: March 2025", date(2025, 3, 31)),
        ("Owner | Hub | Review | 01/03/2024", date(2024, 3, 1)),
        ("Review due 1st of April 2024", date(2024, 4, 1)),
        ("Valid until 31 December 2024", date(2024, 12, 31)),
        ("Expires: 2024-12-31", date(2024, 12, 31)),
        ("This policy expires on 1 May 2024.", date(2024, 5, 1)),
        ("This order is valid until 31 August 2025.", date(2025, 8, 31)),
        ("This summer parking scheme ends on 1 May 2024.", date(2024, 5, 1)),
        ("To be reviewed by June 2024", date(2024, 6, 30)),
        ("Reviewed: 1 March 2023", None),
        ("Last review date 3 May 2024", None),
        ("The permit expires on 31 December 2025", None),
        ("Review date: 99 March 2024", None),
    ],
)
def test_the_day_of_the_next_review_is_read(line: str, day: date | None) -> None:
    assert review_in([Block("paragraph", line)], ()) == day


@pytest.mark.parametrize(
    "heading", ["Licences (revoked)", "Police officers (retired)", "EXPIRED: WHAT TO DO", "Draft", "Cancelled: calls"]
)
def test_a_heading_that_names_its_subject_takes_nothing_out(tmp_path: Path, heading: str) -> None:
    loaded = load(_load(tmp_path, f"# {heading}\n\nA.\n\n## {heading}\n\nB.\n"))
    assert loaded.document.status is Status.NOT_STATED
    assert [block.text for block in loaded.blocks] == [heading, "A.", heading, "B."]


def _load(tmp_path: Path, text: str, name: str = "a.md") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_banner_outranks_a_front_matter_that_calls_it_current_and_the_difference_is_told(tmp_path: Path) -> None:
    loaded = load(_load(tmp_path, "---\nstatus: in_force\n---\nThis guidance was withdrawn in May.\n\nText.\n"))

    assert loaded.document.status is Status.WITHDRAWN
    assert loaded.notes == (
        "Its text says withdrawn although its front matter says in_force, so that it is not quoted. Make them agree.",
    )


def test_a_review_date_in_the_text_counts_where_the_front_matter_has_none(tmp_path: Path) -> None:
    text = "Text.\n\n| Owner | Hub |\n|---|---|\n| Review date | 1 March 2024 |\n"

    assert load(_load(tmp_path, text)).document.review_by == date(2024, 3, 1)
    assert load(_load(tmp_path, f"---\nreview_by: 2027-01-20\n---\n{text}")).document.review_by == date(2027, 1, 20)


def test_a_section_that_says_it_is_withdrawn_is_left_out_and_named(tmp_path: Path) -> None:
    loaded = load(
        _load(tmp_path, "# Fees\n\nA.\n\n## Old fees (withdrawn)\n\nB.\n\n### More\n\nC.\n\n## New fees\n\nD.\n")
    )

    assert [block.text for block in loaded.blocks] == ["Fees", "A.", "New fees", "D."]
    assert loaded.notes == ("The section 'Old fees (withdrawn)' says of itself that it is withdrawn and is left out.",)


@pytest.mark.parametrize(
    ("front_matter", "status", "review_by"),
    [
        ("---\ndraft: true\n---", Status.DRAFT, None),
        ("---\ndraft: false\n---", Status.NOT_STATED, None),
        ("---\nsuperseded_by: pf-12\n---", Status.SUPERSEDED, None),
        ("---\nwithdrawn: 2025-05-04\n---", Status.WITHDRAWN, None),
        ("+++\ndraft = true\nexpiryDate = 2024-03-01\n+++", Status.DRAFT, date(2024, 3, 1)),
        ("---\nlast_reviewed_on: 2025-08-31\nreview_in: 6 months\n---", Status.NOT_STATED, date(2026, 2, 28)),
    ],
)
def test_fields_of_other_systems_are_understood(
    tmp_path: Path, front_matter: str, status: Status, review_by: date | None
) -> None:
    document = load(_load(tmp_path, f"{front_matter}\nText.\n")).document

    assert (document.status, document.review_by) == (status, review_by)


@pytest.mark.parametrize(
    ("stem", "status"),
    [
        ("DRAFT v0.3 Dogs", Status.DRAFT),
        ("Dogs draft v0.3", Status.DRAFT),
        ("Dogs policy DRAFT", Status.DRAFT),
        ("Draft - Dogs", Status.NOT_STATED),
        ("dog_policy_draft", Status.DRAFT),
        ("dogs_draft", Status.NOT_STATED),
        ("dogs-draft", Status.NOT_STATED),
        ("Withdrawn_consent", Status.NOT_STATED),
        ("Archived_property", Status.NOT_STATED),
        ("Draft_statements", Status.NOT_STATED),
        ("how-to-draft", Status.NOT_STATED),
        ("how_to_draft", Status.NOT_STATED),
        ("charges-and-how-staff-draft", Status.NOT_STATED),
        ("Cancelled - calls", Status.NOT_STATED),
        ("Calls - cancelled", Status.NOT_STATED),
        ("DRAFT charges", Status.NOT_STATED),
        ("victim_support_withdrawn", Status.NOT_STATED),
        ("Consent withdrawn 2024", Status.NOT_STATED),
        ("Dogs (withdrawn)", Status.WITHDRAWN),
        ("Dogs [Withdrawn 2024-05-03]", Status.WITHDRAWN),
        ("Dogs - superseded", Status.SUPERSEDED),
        ("Dogs – Superseded 2024", Status.SUPERSEDED),
        ("form-2023-superseded", Status.SUPERSEDED),
        ("WITHDRAWN", Status.WITHDRAWN),
        ("When a victim has withdrawn support", Status.NOT_STATED),
        ("victim_has_withdrawn", Status.NOT_STATED),
        ("When support is withdrawn", Status.NOT_STATED),
        ("Draft charging files - how to submit", Status.NOT_STATED),
        ("Boom rules - superseded forms explained", Status.NOT_STATED),
        ("DRAFT HORSES", Status.NOT_STATED),
        ("Statements (withdrawn consent)", Status.NOT_STATED),
        ("archived-case-files", Status.NOT_STATED),
        ("draft-horses-2024-rules", Status.NOT_STATED),
    ],
)
def test_a_word_in_a_files_name_counts_only_where_it_stands_as_a_mark(stem: str, status: Status) -> None:
    assert status_in_name(stem) is status


def test_a_word_in_a_files_name_that_is_no_mark_is_told(tmp_path: Path) -> None:
    loaded = load(_load(tmp_path, "Text.\n", "When support is withdrawn.md"))
    assert loaded.document.status is Status.NOT_STATED
    assert loaded.notes == (
        "Its file's name has the word “withdrawn”, which was not taken for its standing. "
        "If it is, say so: prevention-hub index describe FILE --status …",
    )


@pytest.mark.parametrize(
    ("text", "name", "where"),
    [
        ("Cancelled 3 June 2025\n\nText.\n", "a.md", "its text: “Cancelled 3 June 2025”"),
        ("Text.\n", "Dogs (withdrawn).md", "its file's name: “withdrawn”"),
        ("---\nstatus: draft\n---\nText.\n", "a.md", "its front matter"),
        ("<title>Dogs (superseded)</title><p>Text.</p>", "a.html", "its title: “Dogs (superseded)”"),
    ],
)
def test_where_a_standing_was_read_is_kept(tmp_path: Path, text: str, name: str, where: str) -> None:
    assert load(_load(tmp_path, text, name)).standing == where


def test_what_comes_into_force_one_day_is_not_in_force(tmp_path: Path) -> None:
    later, earlier = (f"This policy comes into force on 1 January {year}.\n\nText.\n" for year in (2999, 2020))
    assert load(_load(tmp_path, later)).document.status is Status.ENACTED
    assert load(_load(tmp_path, earlier)).document.status is Status.NOT_STATED
