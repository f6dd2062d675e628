"""A section that is asked for by its number, and a sentence that is asked for by its very words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge.finding.pointing import BY_NUMBER, permission_first, word_for_word_first
from knowledge.finding.ranking import Ranks
from knowledge.judging.judge import Verdict, judge
from knowledge.search import search
from knowledge.store.edition import Edition
from knowledge.store.folder import Library
from tests.support.fakes import WordEncoder

KEYHOLDERS = """# Keyholder scheme

## 1 Joining

### 1.2 Form

The shop fills in the blue form and names two keyholders of the scheme.

## 2 Alarm calls

### 2.1 First call

The keyholder is rung three times.

### 2.2 Second call

A patrol attends without waiting.

## 3 Leaving

A shop that misses two calls of section 2.2 leaves the keyholder scheme.
"""
OTHER = """# Allotment rules

## 2 Water

### 2.2 Hoses

No hose may run overnight.
"""
BOAT = """# The dive boat

## Ashore

Ashore the crew may do as they like with the boat.

## On board

A member of the crew must never do these things:

- stack the crates by the ladder;
- paint the cabin door;
- fish from the bridge.
"""


@pytest.fixture
def edition(tmp_path: Path, publish: Callable[[Path], Library]) -> Edition:
    folder = tmp_path / "numbered"
    folder.mkdir()
    for name, text in (("keyholders", KEYHOLDERS), ("allotments", OTHER), ("boat", BOAT)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return publish(folder).edition()


@pytest.mark.parametrize(
    ("question", "document", "section"),
    [
        ("what does section 2.2 of the keyholder scheme say", "keyholders", "2 Alarm calls > 2.2 Second call"),
        ("keyholder scheme 2.1", "keyholders", "2 Alarm calls > 2.1 First call"),
        ("para 2.2 of the allotment rules", "allotments", "2 Water > 2.2 Hoses"),
    ],
)
def test_a_section_asked_for_by_its_number_is_quoted(
    edition: Edition, encoder: WordEncoder, question: str, document: str, section: str
) -> None:
    found = search(edition, encoder, question)
    first = found.hits[0].entry
    assert (first.document.id, first.passage.section) == (document, section)
    assert found.signals[BY_NUMBER] == 1.0
    assert judge(found, today=date(2026, 11, 1)).verdict is Verdict.QUOTE


@pytest.mark.parametrize("question", ["what does section 2.2 say", "can I use section 2.9 of the keyholder scheme"])
def test_a_number_of_no_document_that_is_named_says_nothing(
    edition: Edition, encoder: WordEncoder, question: str
) -> None:
    assert BY_NUMBER not in search(edition, encoder, question).signals


def test_the_list_that_names_it_goes_before_a_section_that_sounds_nearer(
    edition: Edition, encoder: WordEncoder
) -> None:
    found = search(edition, encoder, "may the crew paint the cabin door of the dive boat")
    ashore = [hit for hit in found.hits if hit.entry.passage.section == "Ashore"]
    others = [hit for hit in found.hits if hit.entry.passage.section != "Ashore"]
    first = word_for_word_first(edition, found.terms, (*ashore, *others))[0]
    assert first.entry.passage.section == "On board"
    again = search(edition, encoder, "may the crew do as they like ashore")
    assert word_for_word_first(edition, again.terms, (*ashore, *others)) == (*ashore, *others)


def test_what_one_may_or_may_not_do_goes_before_how_to_do_it(
    tmp_path: Path, publish: Callable[[Path], Library]
) -> None:
    folder = tmp_path / "power"
    folder.mkdir()
    text = (
        "# Kite power\n\n## What do I do before I use the kite power?\n\n"
        "It does not hold in a shed. Tell the warden.\n\n"
        "## Where can I use the kite power?\n\nYou can use it anywhere except in a shed.\n"
    )
    (folder / "power.md").write_text(text, encoding="utf-8")
    edition = publish(folder).edition()
    rows = [row for row, _, _ in edition.headed()]
    near = Ranks(dict(zip(rows, (0.9, 0.88), strict=True)), {}, {})
    asked = permission_first(edition, near, "when can I not use the kite power").combined
    assert sorted(asked, key=lambda row: -asked[row]) == [rows[1], rows[0]]
    assert permission_first(edition, near, "steps of the kite power") is near


@pytest.mark.parametrize(
    "question",
    [
        "can a keyholder be searched under section 2",  # an Act's, whatever the document's own headings
        "section 2.2 of the theft act and the keyholder scheme",
        "code A of PACE paragraph 2.2 for a keyholder",
        "the keyholder waited 2.2 hours",
        "the keyholder lost £2.2 and 2.1%",
    ],
)
def test_a_number_of_the_law_or_of_hours_is_no_heading(edition: Edition, encoder: WordEncoder, question: str) -> None:
    assert BY_NUMBER not in search(edition, encoder, question).signals


def test_what_follows_is_not_answered_with_the_number_that_was_asked_for_before(
    edition: Edition, encoder: WordEncoder
) -> None:
    before = "what does section 2.2 of the keyholder scheme say"
    assert BY_NUMBER not in search(edition, encoder, "and who leaves it", after=before).signals
    found = search(edition, encoder, "and 2.1", after=before)
    assert found.hits[0].entry.passage.section == "2 Alarm calls > 2.1 First call"
