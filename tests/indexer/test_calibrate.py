"""A judge belongs to its library and its encoder, and says honestly how well it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import Builder, BuildRefused, Golden
from indexer.measuring.calibrate import calibrated, fitted, measuring
from indexer.measuring.evaluate import Expectation, Given, Marked
from indexer.measuring.examples import Example, from_phrasings, from_questions
from knowledge.encoder import DEFAULT_WEIGHTS_SHA256
from knowledge.found import Found
from knowledge.judging.calibration import NEVER, SIGNALS, shipped
from knowledge.store.folder import Library
from tests.support.fakes import WordEncoder

FIRST = Expectation("g1", "when are badgers counted", "answered", ("badger-counting",))


def example(nearest: float, *, answers: bool, hidden: bool = False, group: str = "a") -> Example:
    signals = dict.fromkeys(SIGNALS, 0.0) | {"nearest": nearest, "votes": 3.0, "warning_gap": -0.4}
    return Example(Found((), signals=signals), answers, hidden, group, may_be_quoted=True)


def separable(right: float, wrong: float) -> list[Example]:
    groups = "abcdefgh"
    good = [example(right + n / 1000, answers=True, group=groups[n % 8]) for n in range(80)]
    bad = [example(wrong + n / 1000, answers=False, hidden=True, group=groups[n % 8]) for n in range(80)]
    return good + bad


def test_what_can_be_told_apart_is_quoted_and_the_promise_is_kept() -> None:
    made = fitted(separable(0.7, 0.2), "f")
    assert (made.encoder_fingerprint, made.source, made.promised) == ("f", "own", 0.9)
    assert made.found >= 0.9
    assert made.confidence({"nearest": 0.75, "warning_gap": -0.4, "votes": 3.0}) >= made.quote_from
    assert made.confidence({"nearest": 0.2, "warning_gap": -0.4, "votes": 3.0}) < made.quote_from
    assert made.near_from == pytest.approx(0.7, abs=0.01)


def test_where_no_honest_line_can_be_drawn_nothing_is_quoted() -> None:
    alike = [*separable(0.5, 0.5), *(example(0.5, answers=False) for _ in range(80))]
    made = fitted(alike, "f")
    assert (made.source, made.quote_from, made.follow_margin, made.quotes) == ("none", NEVER, NEVER, False)


def test_too_few_examples_draw_no_line() -> None:
    made = fitted(separable(0.7, 0.2)[:20], "f")
    assert (made.source, made.quotes, made.questions) == ("none", False, 20)


def test_the_judge_that_comes_along_belongs_to_the_default_encoder() -> None:
    ours = shipped()
    assert (ours.encoder_fingerprint, ours.source, ours.promised) == (DEFAULT_WEIGHTS_SHA256, "shipped", 0.9)
    assert set(ours.weights) == set(SIGNALS)


def test_another_encoder_is_never_judged_with_it(library: Library, guidance: Path) -> None:
    encoder = WordEncoder()
    Builder(library, encoder, measure=measuring(encoder, [FIRST])).build([guidance])
    judge = library.edition().calibration
    assert judge is not None
    assert (judge.encoder_fingerprint, judge.source, judge.quotes) == (encoder.fingerprint, "none", False)


def test_a_small_change_keeps_the_judge_and_another_encoder_does_not(library: Library, guidance: Path) -> None:
    calls: list[int] = []

    def measure(encoder: WordEncoder) -> Builder:
        made = measuring(encoder, [FIRST])

        def counted(edition, previous):  # type: ignore[no-untyped-def]
            calls.append(edition.number)
            return made(edition, previous)

        return Builder(library, encoder, measure=counted)

    measure(WordEncoder()).build([guidance])
    measure(WordEncoder()).build([guidance])
    first, second = (library.manifest(number).judge for number in (1, 2))
    assert first == second
    measure(WordEncoder("other")).build([guidance])
    assert library.manifest(3).judge != first
    assert calls == [1, 2, 3]


def test_questions_are_asked_as_they_are_and_with_their_document_hidden(library: Library, guidance: Path) -> None:
    encoder = WordEncoder()
    Builder(library, encoder).build([guidance])
    shown, hidden = from_questions(library.edition(), encoder, [FIRST])
    assert (shown.answers, shown.hidden, shown.group) == (True, False, "badger-counting")
    assert (hidden.answers, hidden.hidden, hidden.group) == (False, True, "badger-counting")
    assert {hit.entry.document.id for hit in hidden.found.hits} == {"kite-laundry"}


def test_a_phrasing_is_asked_without_itself(library: Library, guidance: Path) -> None:
    folder = guidance / "phrasings"
    folder.mkdir()
    text = '[[section]]\nheading = "When are badgers counted?"\nasked = ["tally of brocks", "brocks at dusk"]\n'
    (folder / "badger-counting.toml").write_text(text, encoding="utf-8")
    encoder = WordEncoder()
    Builder(library, encoder).build([guidance])
    examples = list(from_phrasings(library.edition()))
    assert [(e.answers, e.hidden) for e in examples] == [(True, False), (False, True)] * 2
    assert examples[0].found.hits[0].phrased == pytest.approx(0.5, abs=0.01)  # "brocks" of the other, not itself
    assert calibrated(library.edition(), encoder, []).source == "none"


@pytest.mark.parametrize(("right", "too_low"), [(9, True), (10, False)])
def test_golden_answers_have_a_floor(right: int, too_low: bool) -> None:
    assert Golden(questions=20, right=right).is_too_low is too_low
    assert not Golden(questions=19, right=0).is_too_low


def test_a_first_edition_below_the_floor_is_not_published(library: Library, guidance: Path) -> None:
    builder = Builder(library, WordEncoder(), gate=lambda before, after: Golden(questions=270, right=23))
    with pytest.raises(BuildRefused, match=r"23 of 270 golden questions would go right"):
        builder.build([guidance])
    assert library.numbers() == []
    assert builder.build([guidance], force_because="a library of another subject").published


@pytest.mark.parametrize(
    ("expected", "outcome", "shown", "right"),
    [
        ("answered", "answered", ("kite",), True),
        ("answered", "answered", ("owl",), False),
        ("answered", "possible", ("owl", "kite"), True),
        ("answered", "possible", ("owl",), False),
        ("answered", "handed_over", (), False),
        ("handed_over", "possible", ("kite",), True),
        ("handed_over", "handed_over", (), True),
        ("handed_over", "answered", ("kite",), False),
        ("declined", "possible", (), False),
    ],
)
def test_right_is_quoted_rightly_or_in_sight_and_of_what_has_no_answer_nothing_quoted(
    expected: str, outcome: str, shown: tuple[str, ...], right: bool
) -> None:
    documents = ("kite",) if expected == "answered" else ()
    question = Expectation("q", "kites?", expected, documents)
    assert Marked(question, Given(outcome, shown, ("",) * len(shown))).right is right
