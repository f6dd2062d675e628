"""What a reading may do to a verdict, and that a number which is not there counts as none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.found import Found
from knowledge.judging.judge import Judgement, Reason, Verdict, judge
from knowledge.quote import quoted
from knowledge.reader.figures import ReaderFigures
from knowledge.reader.protocol import Answers, Choice, Said, task_of
from knowledge.reader.ruling import pointed, ruled
from knowledge.search import search
from knowledge.store.folder import Library
from tests.knowledge.test_search import EVEN
from tests.support.fakes import WordEncoder

TODAY = date(2026, 11, 26)


@pytest.fixture
def found(publish: Callable[[Path], Library], guidance: Path) -> Found:
    return search(publish(guidance).edition(), WordEncoder(), "when are badgers counted")


def rule(judgement: Judgement, found: Found, said: Said, *, may_raise: bool = False) -> Judgement:
    chosen = pointed(said, found.hits)
    assert chosen is not None
    return ruled(judgement, found, said.answers, chosen, may_raise=may_raise, today=TODAY)


def sections(judgement: Judgement) -> list[str]:
    return [hit.entry.passage.section for hit in judgement.hits]


def number_of(found: Found, section: str) -> int:
    return 1 + next(n for n, hit in enumerate(found.hits) if hit.entry.passage.section == section)


@pytest.mark.parametrize(
    "said",
    [
        Said(Answers.WHOLLY, (Choice(0, (1,)),)),
        Said(Answers.WHOLLY, (Choice(99, (1,)),)),
        Said(Answers.WHOLLY, (Choice(1, (99,)),)),
        Said(Answers.WHOLLY, (Choice(1, (0,)),)),
        Said(Answers.WHOLLY, (Choice(1, ()),)),
        Said(Answers.WHOLLY, ()),
        Said(Answers.PARTLY, tuple(Choice(1, (1,)) for _ in range(5))),
    ],
)
def test_a_number_that_is_not_there_makes_a_reading_count_as_none(found: Found, said: Said) -> None:
    assert pointed(said, found.hits) is None


def test_a_quote_that_the_reader_agrees_with_stays_with_its_sentences_marked(found: Found) -> None:
    judged = judge(found, today=TODAY, by=EVEN)
    assert judged.verdict is Verdict.QUOTE
    agreed = rule(judged, found, Said(Answers.WHOLLY, (Choice(1, (1,)),)))
    assert (agreed.verdict, agreed.confidence) == (Verdict.QUOTE, judged.confidence)
    assert quoted(agreed.hits[0]).sentences == (found.hits[0].entry.passage.text,)


def test_what_the_reader_denies_is_lowered_by_one_step(found: Found) -> None:
    judged = judge(found, today=TODAY, by=EVEN)
    offered = rule(judged, found, Said(Answers.NOT_AT_ALL))
    assert (offered.verdict, offered.reason) == (Verdict.DID_YOU_MEAN, Reason.NEARLY)
    nothing = rule(offered, found, Said(Answers.NOT_AT_ALL))
    assert (nothing.verdict, nothing.reason) == (Verdict.NOT_COVERED, Reason.TOO_FAR)
    assert rule(nothing, found, Said(Answers.NOT_AT_ALL)) == nothing


def test_part_of_an_answer_is_offered_and_not_quoted(found: Found) -> None:
    judged = judge(found, today=TODAY, by=EVEN)
    assert rule(judged, found, Said(Answers.PARTLY, (Choice(1, (1,)),)), may_raise=True).verdict is Verdict.DID_YOU_MEAN


def test_another_section_goes_first_and_is_quoted_only_by_a_reader_that_has_shown_itself(found: Found) -> None:
    judged = judge(found, today=TODAY, by=EVEN)
    other = number_of(found, "Who keeps the badger ledger?")
    said = Said(Answers.WHOLLY, (Choice(other, (1,)),))
    doubted = rule(judged, found, said)
    assert doubted.verdict is Verdict.DID_YOU_MEAN
    assert sections(doubted)[:2] == ["Who keeps the badger ledger?", "When are badgers counted?"]
    assert rule(judged, found, said, may_raise=True).verdict is Verdict.QUOTE


def test_what_was_not_covered_is_offered_only_by_a_reader_that_has_shown_itself(found: Found) -> None:
    far = Judgement(Verdict.NOT_COVERED, 0.1, Reason.TOO_FAR, found.hits)
    said = Said(Answers.WHOLLY, (Choice(1, (1,)),))
    assert rule(far, found, said) == far
    assert rule(far, found, said, may_raise=True).verdict is Verdict.DID_YOU_MEAN


@pytest.mark.parametrize("reason", [Reason.UNCERTAIN, Reason.UNSET, Reason.LIMIT, Reason.STALE, Reason.SCANNED])
def test_what_the_judge_rules_alone_stands_whatever_a_reader_says(found: Found, reason: Reason) -> None:
    own = Judgement(Verdict.NOT_COVERED, 0.9, reason, found.hits)
    assert rule(own, found, Said(Answers.WHOLLY, (Choice(1, (1,)),)), may_raise=True) == own


def test_a_passage_about_another_section_of_the_law_is_never_raised(found: Found) -> None:
    asked = replace(found, question="when are badgers counted under section 44")
    judged = Judgement(Verdict.DID_YOU_MEAN, 0.5, Reason.NEARLY, found.hits)
    said = Said(Answers.WHOLLY, (Choice(1, (1,)),))
    assert rule(judged, asked, said, may_raise=True).verdict is Verdict.DID_YOU_MEAN
    assert rule(judged, found, said, may_raise=True).verdict is Verdict.QUOTE


def test_sentences_far_apart_are_quoted_with_what_is_between_them(found: Found) -> None:
    drying = number_of(found, "How long may a kite soak in water?")
    said = Said(Answers.WHOLLY, (Choice(drying, (1, 2)),))
    chosen = pointed(said, found.hits)
    assert chosen is not None
    assert quoted(chosen[0]).sentences == (
        "A cotton kite may soak for forty minutes. A silk kite may soak for ten minutes only.",
    )


def test_sentences_are_numbered_as_the_edition_has_them(found: Found) -> None:
    task = task_of("when", ("before",), found.hits)
    assert [one.number for one in task.passages] == list(range(1, len(found.hits) + 1))
    soak = next(one for one in task.passages if one.section == "How long may a kite soak in water?")
    assert soak.sentences == (
        "A cotton kite may soak for forty minutes.",
        "A silk kite may soak for ten minutes only.",
    )
    assert (task.question, task.earlier) == ("when", ("before",))


@pytest.mark.parametrize(
    ("raised", "right", "may"), [(14, 14, False), (20, 18, True), (20, 17, False), (0, 0, False), (200, 181, True)]
)
def test_a_reader_may_raise_where_nine_of_ten_were_right_on_enough_questions(
    raised: int, right: int, may: bool
) -> None:
    assert ReaderFigures(raised=raised, right=right).may_raise is may
