"""Search, judge and quote, on a small library with an encoder that counts shared words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.found import Found
from knowledge.judging.calibration import Calibration
from knowledge.judging.fitting import Misfit, misfits
from knowledge.judging.judge import Reason, Verdict, judge
from knowledge.quote import answering_span, quote
from knowledge.search import search
from knowledge.store.edition import Edition
from knowledge.store.folder import Library
from tests.support.fakes import WordEncoder

TODAY = date(2026, 11, 1)
EVEN = Calibration(
    intercept=-4.0, weights={"sentence": 6.0, "covered": 3.0}, quote_from=0.5, near_from=0.3, warning_margin=0.0
)


@pytest.fixture
def edition(publish: Callable[[Path], Library], guidance: Path) -> Edition:
    return publish(guidance).edition()


@pytest.fixture
def find(edition: Edition, encoder: WordEncoder) -> Callable[..., Found]:
    def ask(question: str, **options: str) -> Found:
        return search(edition, encoder, question, **options)

    return ask


def sure(**changes: float) -> Calibration:
    """A model that is sure of everything: what the rules forbid is forbidden all the same."""
    return EVEN.model_copy(update={"intercept": 9.0, "weights": {}, **changes})


Find = Callable[..., Found]
Publish = Callable[[Path], Library]


def test_the_passage_that_answers_comes_first_with_its_similarity(find: Find) -> None:
    found = find("how long may cotton soak")
    first = found.hits[0]
    assert (first.entry.document.id, first.entry.passage.section) == (
        "kite-laundry",
        "How long may a kite soak in water?",
    )
    assert first.similarity == pytest.approx(0.617, abs=0.005)
    assert first.combined == pytest.approx(0.9993, abs=0.0005)  # first in words and meaning, its sentence as usual
    assert found.terms == ("long", "cotton", "soak")


def test_a_misspelt_question_finds_the_same(find: Find) -> None:
    assert find("who keeps the bagder leger").hits[0].entry.passage.section == "Who keeps the badger ledger?"


@pytest.mark.parametrize("hostile", ['"', "a AND", "NEAR(", "col:x", "*", "\0", "'; drop table passages; --", "😀"])
def test_search_syntax_is_plain_words(find: Find, hostile: str) -> None:
    assert find(f"{hostile} badgers dusk").hits[0].entry.document.id == "badger-counting"


def test_a_follow_up_counts_with_the_question_before_it(find: Find) -> None:
    alone, after = find("and for silk"), find("and for silk", after="how do I dry a kite in the shade every hour")
    sections = [found.hits[0].entry.passage.section for found in (alone, after)]
    assert sections == ["How long may a kite soak in water?", "How do I dry a kite?"]


def test_a_follow_up_is_about_the_person_of_the_message_before_unless_it_says_another(find: Find) -> None:
    first = find("kite").hits[0]
    passage = replace(first.entry.passage, section="Does a child have to agree?", text="A child need not agree.")
    hit = replace(first, entry=replace(first.entry, passage=passage), section=())
    assert Misfit.AGE in misfits("woman, 30ish, does she have to agree\nand if she says no?", hit)
    assert Misfit.AGE not in misfits("woman, 30ish, does she have to agree\nand if shes 15?", hit)
    assert Misfit.AGE not in misfits("does anyone have to agree\nand if she says no?", hit)


def test_warnings_are_found_apart_and_never_among_the_hits(find: Find) -> None:
    found = find("is purple detergent allowed on silk kites")
    assert [hit.entry.kind for hit in found.hits] == ["guidance"] * len(found.hits)
    assert found.warnings[0].entry.passage.text == "whether purple detergent is allowed on silk kites"


def test_a_covered_question_is_quoted(find: Find) -> None:
    judgement = judge(find("when are badgers counted"), today=TODAY, by=EVEN)
    assert judgement.verdict is Verdict.QUOTE
    assert quote(judgement.hits[0]) == "Badgers are counted at dusk, in pairs, by two people with red torches."


def test_a_half_covered_question_asks_which(find: Find) -> None:
    judgement = judge(find("are badgers counted upstairs in winter"), today=TODAY, by=EVEN)
    assert (judgement.verdict, judgement.reason) == (Verdict.DID_YOU_MEAN, Reason.NEARLY)


def test_a_question_from_elsewhere_is_not_covered(find: Find) -> None:
    judgement = judge(find("parking permit price"), today=TODAY, by=EVEN)
    assert (judgement.verdict, judgement.reason) == (Verdict.NOT_COVERED, Reason.TOO_FAR)


def test_an_uncertain_topic_is_never_quoted_whatever_the_model_says(find: Find) -> None:
    confident = sure()
    judgement = judge(find("is purple detergent allowed on silk kites"), today=TODAY, by=confident)
    assert (judgement.verdict, judgement.reason) == (Verdict.NOT_COVERED, Reason.UNCERTAIN)


def test_a_warning_a_little_nearer_stands_in_the_way_only_if_it_says_more_of_the_question(find: Find) -> None:
    found = find("is purple detergent allowed on silk kites")
    first, warning = found.hits[0], found.warnings[0]
    assert found.signals["warning"] == pytest.approx(warning.closeness)
    assert found.signals["warning_more"] == 1.0
    assert found.signals["warning_asked"] == pytest.approx(0.8, abs=0.01)  # all but "whether"
    lenient = sure(warning_margin=warning.closeness - first.closeness + 0.01)
    assert judge(found, today=TODAY, by=lenient).verdict is Verdict.NOT_COVERED
    less = replace(found, signals={**found.signals, "warning_more": -1.0})
    assert judge(less, today=TODAY, by=lenient).verdict is Verdict.DID_YOU_MEAN


def test_a_warning_wins_over_no_section_that_is_as_near_although_another_stands_first(find: Find) -> None:
    found = find("is purple detergent allowed on silk kites")
    warning, others = found.warnings[0], found.hits[1:]
    second = replace(others[0], similarity=warning.closeness + 0.01)
    judgement = judge(replace(found, hits=(found.hits[0], second, *others[1:])), today=TODAY, by=sure())
    assert (judgement.verdict, judgement.warning) == (Verdict.DID_YOU_MEAN, warning)  # offered, and the warning told
    far = replace(second, similarity=found.hits[0].similarity)
    judgement = judge(replace(found, hits=(found.hits[0], far, *others[1:])), today=TODAY, by=sure())
    assert judgement.verdict is Verdict.NOT_COVERED


def test_what_is_uncertain_of_one_section_says_nothing_of_another(tmp_path: Path, publish: Publish) -> None:
    folder = tmp_path / "sections"
    folder.mkdir()
    (folder / "kites.md").write_text(
        "---\nuncertain:\n  - how long a section 59 kite permit lasts\n---\n\n"
        "## Section 60\n\nA section 60 kite permit lasts.\n",
        encoding="utf-8",
    )
    edition = publish(folder).edition()
    assert search(edition, WordEncoder(), "how long does a section 60 kite permit last").warnings == ()
    assert len(search(edition, WordEncoder(), "how long does a section 59 kite permit last").warnings) == 1
    assert len(search(edition, WordEncoder(), "how long does a kite permit last").warnings) == 1


def test_what_a_document_leaves_out_is_not_covered(find: Find) -> None:
    confident = sure()
    judgement = judge(find("repairs of torn kites"), today=TODAY, by=confident)
    assert (judgement.verdict, judgement.reason) == (Verdict.NOT_COVERED, Reason.LIMIT)


@pytest.mark.parametrize(("sure_of_it", "verdict"), [(0.95, Verdict.QUOTE), (0.85, Verdict.DID_YOU_MEAN)])
def test_what_ocr_is_not_sure_of_is_shown_and_not_quoted(find: Find, sure_of_it: float, verdict: Verdict) -> None:
    found = find("when are badgers counted")
    first = found.hits[0]
    document = replace(first.entry.document, scanned=((1, 0.5), (2, sure_of_it)))
    entry = replace(first.entry, document=document, passage=replace(first.entry.passage, page=2))
    scanned = replace(found, hits=(replace(first, entry=entry), *found.hits[1:]))
    judgement = judge(scanned, today=TODAY, by=EVEN)
    assert judgement.verdict is verdict
    assert (judgement.reason is Reason.SCANNED) == (verdict is Verdict.DID_YOU_MEAN)
    assert judgement.candidates[0].entry.passage.page == 2


def test_guidance_past_its_review_date_is_not_quoted_as_current(find: Find) -> None:
    judgement = judge(find("when are badgers counted"), today=date(2100, 1, 1), by=EVEN)
    assert (judgement.verdict, judgement.reason) == (Verdict.NOT_COVERED, Reason.STALE)
    assert judgement.hits == ()


def test_nothing_found_is_not_covered() -> None:
    assert judge(Found(()), today=TODAY, by=EVEN).reason is Reason.NOTHING_FOUND


STEPS = """Before you enter, three things must be ready, and nobody goes in alone:

1. The lamp, full of oil, with a spare wick in the left pocket of the long coat that hangs by the door.
2. The rope, at least forty ells of it, tied to the ring beside the door and never to the door itself.
3. The bell, which the person outside holds in the right hand and does not put down to eat or to read.

After you come out, write the time in the ledger and sign it, and let the person outside sign it too. The ledger lies \
on the table. It is collected on Mondays by the verger, who also brings the new pages and takes the old ones to the \
tower, where they are kept for seven years under the great bell. Nobody has ever asked for an older page, and the mice \
would not give it back if somebody did. That is all there is to say about the ledger and about the tower."""


def test_steps_are_quoted_whole_with_the_line_that_introduces_them() -> None:
    start = STEPS.index("2. The rope")
    span = answering_span(STEPS, (start, start + 20))
    assert STEPS[span[0] : span[1]] == STEPS[: STEPS.index("\n\nAfter")]


def test_a_long_paragraph_is_quoted_without_what_is_around_it() -> None:
    start = STEPS.index("After you come out")
    span = answering_span(STEPS, (start, start + 20))
    assert STEPS[span[0] : span[1]] == STEPS[start:]
