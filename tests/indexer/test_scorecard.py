"""Counting what officers would see: values worked out by hand."""

from __future__ import annotations

import pytest

from indexer.measuring.evaluate import Expectation
from indexer.measuring.scorecard import (
    Piece,
    Seen,
    holds,
    scorecard,
    share,
    wilson,
)

SOAK = Expectation("a", "soak?", "answered", ("kite",), "guidance", ("Soaking",), answer="ten minutes only")
GAP = Expectation("n", "purple?", "handed_over", kind="gap")
BOTH = Expectation("c", "silk or cotton", "answered", ("kite", "owl"), "compare", ("Silk", "Cotton"))
URGENT = Expectation("u", "help", "urgent", kind="urgent")


def test_wilson_intervals_are_the_published_ones() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(8, 10) == (0.4902, 0.9433)
    assert wilson(0, 46) == (0.0, 0.0771)
    assert share(1, 4)["share"] == 0.25


@pytest.mark.parametrize(
    ("quote", "held"),
    [("It may soak for Ten  minutes, only.", True), ("Ten dry minutes are the only way.", True), ("An hour.", False)],
)
def test_a_quote_holds_an_answer_or_nearly_all_of_its_words(quote: str, held: bool) -> None:
    assert holds(quote, "ten minutes only") is held


def test_figures_by_kind() -> None:
    good, wrong = Piece("kite", "Soaking", "Ten minutes only."), Piece("owl", "Sounds", "They hoot.")
    seen = {
        ("a", False): Seen((wrong,), (good,), (wrong, good), 0.9),
        ("a", True): Seen((), (wrong,), (wrong,), 0.3),
        ("n", False): Seen((wrong,), (), (wrong,), 0.8),
        ("c", False): Seen((), (Piece("kite", "Silk"), Piece("owl", "Cotton")), (), 0.2),
        ("c", True): Seen((), (), (), 0.0),
    }
    asked = []

    def look(question: Expectation, hidden: frozenset[str]) -> Seen:
        asked.append((question.id, set(hidden)))
        return seen[question.id, bool(hidden)]

    card = scorecard([SOAK, GAP, BOTH, URGENT], look).as_json()
    figures = {kind: {name: v["count"] for name, v in named.items()} for kind, named in card["figures"].items()}
    assert figures["answerable"] == {
        "quoted_right": 0,
        "quoted_wrong": 1,
        "reachable": 1,
        "nothing_shown": 0,
        "first_3": 1,
        "first_10": 1,
    }
    assert figures["near_miss"] == {"quoted": 1}
    assert figures["hidden"] == {"quoted": 0}
    assert card["figures"]["hidden"]["quoted"]["of"] == 2
    assert figures["compare"]["reachable"] == 1
    assert card["figures"]["all"]["quoted_is_right"] == share(0, 2)
    assert [step["of"] for step in card["reliability"]] == [0, 0, 0, 0, 0, 0, 0, 0, 1, 1]
    assert asked == [("a", set()), ("a", {"kite"}), ("n", set()), ("c", set()), ("c", {"kite", "owl"})]


def test_a_section_named_as_another_answer_is_right() -> None:
    question = Expectation("a", "?", "answered", ("kite",), "guidance", ("Soaking",), alternatives=(("owl", "Sounds"),))
    card = scorecard([question], lambda q, hidden: Seen((Piece("owl", "Sounds", "They hoot."),)))
    assert card.as_json()["figures"]["answerable"]["quoted_right"]["count"] == 1
