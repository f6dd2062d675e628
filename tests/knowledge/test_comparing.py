"""What one side of a comparison brings: sections that speak of the other side, and what the whole is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge.finding.asked import all_ready
from knowledge.finding.comparing import what_speaks_of_both_first
from knowledge.finding.ranking import Ranks
from knowledge.judging.fitting import Misfit
from knowledge.judging.judge import Reason, Verdict, judge
from knowledge.language.parts import asks_which, sides_of
from knowledge.language.questions import questions_of
from knowledge.search import search
from knowledge.store.folder import Library
from tests.knowledge.test_search import sure
from tests.support.fakes import WordEncoder

TODAY = date(2026, 11, 1)
Publish = Callable[[Path], Library]
HEAD = "---\nid: {0}\ntitle: {0}\nstatus: in_force\nlaw_checked_on: 2026-10-20\nreview_by: 2099-01-20\n---\n\n"
LANTERN = """## Who lights a LANTERN?

The keeper lights the lantern at dusk.

## How is a LANTERN cleaned?

The lantern is cleaned with a soft cloth.

## Where is a LANTERN hung?

The lantern is hung from a hook, the BEACON is on the quay.
"""
BEACON = """## Who lights a BEACON?

The warden lights the beacon at dusk.

## How is a BEACON cleaned?

The beacon is cleaned with a hard brush.
"""
REPORTS = """## What should I do about a torn kite?

Write down how the kite was torn. Plan how to stop the next one tearing again. Ask the flyer who keeps kites.

## How do I stop a kite from tearing again and again?

Sew a second seam.
"""


@pytest.fixture
def two_lights(tmp_path: Path) -> Path:
    folder = tmp_path / "lights"
    folder.mkdir()
    (folder / "lantern.md").write_text(HEAD.format("lantern") + LANTERN, encoding="utf-8")
    (folder / "beacon.md").write_text(HEAD.format("beacon") + BEACON, encoding="utf-8")
    return folder


def test_the_section_of_one_side_that_speaks_of_the_other_goes_ahead(two_lights: Path, publish: Publish) -> None:
    edition = publish(two_lights).edition()

    rows = {name: sorted(edition.rows_in([name])) for name in ("lantern", "beacon")}
    speaks = edition.section("lantern", "Where is a LANTERN hung?")[0].row

    def ahead_of(other: str) -> list[int]:
        asked = all_ready(edition, WordEncoder(), ["LANTERN", other])
        level = [Ranks(dict.fromkeys(rows[name], 0.5), {}, {}) for name in ("lantern", "beacon")]
        lantern, _ = what_speaks_of_both_first(edition, asked, level)
        most = max(lantern.combined.values())
        assert 0.0 <= most <= 1.0
        return [row for row, value in lantern.combined.items() if value == most]

    assert ahead_of("BEACON") == [speaks]
    assert ahead_of("TORCH") == [speaks]  # no section says it, but one says what its document is about
    same = [Ranks(dict.fromkeys(rows["lantern"], 0.5), {}, {})] * 2
    asked = all_ready(edition, WordEncoder(), ["LANTERN", "hook"])
    assert len({round(value, 6) for value in what_speaks_of_both_first(edition, asked, same)[0].combined.values()}) == 1


def test_what_speaks_of_something_is_found_in_one_document_however_often_others_do(
    two_lights: Path, publish: Publish
) -> None:
    edition = publish(two_lights).edition()
    rows = edition.rows_in(["lantern"])
    found = edition.matching(["beacon"], 1, rows)
    assert set(edition.matching(["beacon"], 1)) <= edition.rows_in(["beacon"])
    assert list(found) == [entry.row for entry in edition.section("lantern", "Where is a LANTERN hung?")]
    assert edition.matching(["beacon"], 9, ()) == {}


@pytest.mark.parametrize(
    ("question", "which"),
    [
        ("CPW or CPN?", True),
        ("one drunk who shouts every day, cpn or pspo", True),
        ("how long does each last, cpn or pspo", False),
        ("how long is a cpn compared with a pspo", False),
        ("cpn or pspo, how long does each last", False),
    ],
)
def test_what_happened_is_not_what_is_asked_of_both_sides(question: str, which: bool) -> None:
    assert asks_which(question) is which


def test_each_names_no_side() -> None:
    assert sides_of("CPW vs CPN whats each for") == (
        "what is CPW and when do i use it",
        "what is CPN and when do i use it",
    )


def test_a_story_before_the_first_question_hides_neither() -> None:
    story = "she came home after two nights. do we speak to her or do they, and what goes in a plan"
    first, second = questions_of(story) or ("", "")
    assert (first.endswith("or do they"), second) == (True, "what goes in a plan")
    assert questions_of("she came home after two nights, and what a state she was in") is None


def test_a_second_question_that_names_nothing_leans_on_the_first(guidance: Path, publish: Publish) -> None:
    edition = publish(guidance).edition()
    found = search(edition, WordEncoder(), "can a damp kite hang in the shade and what do i write down")
    assert [part.follows for part in found.parts] == [False, True]
    assert found.parts[1].hits[0].entry.document.id == "kite-laundry"
    own = search(edition, WordEncoder(), "when are badgers counted and how should a damp silk kite hang")
    assert [part.follows for part in own.parts] == [False, False]


@pytest.mark.parametrize(
    ("question", "verdict", "misfits"),
    [
        ("kite torn twice how do i stop the next one tearing", Verdict.DID_YOU_MEAN, (Misfit.AGAIN,)),
        ("torn kite what should i write down about how the kite was torn", Verdict.QUOTE, ()),
    ],
)
def test_first_steps_do_not_say_how_the_next_one_is_stopped(
    tmp_path: Path, publish: Publish, question: str, verdict: Verdict, misfits: tuple[Misfit, ...]
) -> None:
    (tmp_path / "kites").mkdir()
    (tmp_path / "kites" / "tears.md").write_text(HEAD.format("tears") + REPORTS, encoding="utf-8")
    edition = publish(tmp_path / "kites").edition()
    found = search(edition, WordEncoder(), question)
    assert found.hits[0].entry.passage.section == "What should I do about a torn kite?"
    judgement = judge(found, today=TODAY, by=sure(votes=0.0))
    assert (judgement.verdict, judgement.misfits) == (verdict, misfits)
    assert judgement.reason is (Reason.MISFIT if misfits else Reason.NONE)
