"""Comparisons, two questions in one message, and messages that follow another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge.judging.judge import Reason, Verdict, judge
from knowledge.language.parts import questions_of, sides_of
from knowledge.search import search
from knowledge.store.folder import Library
from tests.knowledge.test_search import EVEN, sure
from tests.support.fakes import WordEncoder

TODAY = date(2026, 11, 1)
Publish = Callable[[Path], Library]


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("CPW or CPN?", ("what is CPW and when do i use it", "what is CPN and when do i use it")),
        (
            "difference between sara and osara",
            ("what is sara and when do i use it", "what is osara and when do i use it"),
        ),
        ("mappa vs iom", ("what is mappa and when do i use it", "what is iom and when do i use it")),
        ("one drunk every day, cpn or pspo", ("one drunk every day, cpn", "one drunk every day, pspo")),
        ("how long is a cpn compared with a pspo", ("how long is a cpn", "how long is a pspo")),
        ("min age for a CPN and for an injunction", ("min age a CPN", "min age an injunction")),
        ("rank for section 60 v section 34", ("rank for section 60", "rank for section section 34")),
        (
            "RCRP and DVPN, whats the diff",
            ("what is RCRP and when do i use it", "what is DVPN and when do i use it"),
        ),
        (
            "otters and herons, which is which",
            ("what is otters and when do i use it", "what is herons and when do i use it"),
        ),
        (
            "IOM and MAPPA, whats each one for",
            ("what is IOM and when do i use it", "what is MAPPA and when do i use it"),
        ),
        (
            "burgled again, is it the same as near repeat",
            ("what is burgled again and when do i use it", "what is near repeat and when do i use it"),
        ),
        (
            "cpn, pspo or cbo",
            (
                "what is cpn and when do i use it",
                "what is pspo and when do i use it",
                "what is cbo and when do i use it",
            ),
        ),
        ("is a CBO better than a DVPN for her ex", ("is a CBO for her ex", "is a DVPN for her ex")),
        (
            "does a CBO need a conviction first same as it does with a DVPN",
            ("does a CBO need a conviction first", "does need a conviction first a DVPN"),
        ),
        (
            "is a warning needed under s59, same as it is for a cpn",
            ("is a warning needed under s59", "is a warning needed under a cpn"),
        ),
        ("is mappa the same as iom or a bit more", ("is mappa or a bit more", "is iom or a bit more")),
        ("is march better than february for it", None),
        ("do patrols shift it and do gates do the same", None),
        ("is he on MAPPA or not", None),
        ("can he appeal or is that it", None),
        ("can i take a bike or a scooter", None),
        ("how long does it last", None),
    ],
)
def test_the_two_sides_of_a_comparison(question: str, sides: tuple[str, ...] | None) -> None:
    assert sides_of(question) == sides


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("how long does it last and who signs it off", ("how long does it last", "who signs it off")),
        ("do i need a warrant? can i use force", ("do i need a warrant", "can i use force")),
        ("do patrols shift it and do gates do the same", ("do patrols shift it", "do gates do the same")),
        ("lad in custody with wraps, is he a victim", None),
        ("what does it say and mean", None),
        ("how do i wash a kite", None),
    ],
)
def test_two_questions_in_one_message(message: str, questions: tuple[str, str] | None) -> None:
    assert questions_of(message) == questions


def test_both_questions_of_a_message_are_quoted(guidance: Path, publish: Publish) -> None:
    edition = publish(guidance).edition()
    found = search(edition, WordEncoder(), "when are badgers counted and how do i dry a kite")
    judgement = judge(found, today=TODAY, by=sure())
    assert judgement.verdict is Verdict.QUOTE
    assert [hit.entry.passage.section for hit in judgement.quoted] == [
        "When are badgers counted?",
        "How do I dry a kite?",
    ]


def test_where_one_side_is_not_safe_both_are_offered_and_none_is_quoted(guidance: Path, publish: Publish) -> None:
    edition = publish(guidance).edition()
    found = search(edition, WordEncoder(), "when are badgers counted and how should a damp silk kite hang")
    judgement = judge(found, today=TODAY, by=EVEN)
    assert (judgement.verdict, judgement.reason, judgement.quoted) == (Verdict.DID_YOU_MEAN, Reason.NEARLY, ())
    assert [hit.entry.document.id for hit in judgement.candidates[:2]] == ["badger-counting", "kite-laundry"]


def test_a_message_that_stands_alone_does_not_follow(guidance: Path, publish: Publish) -> None:
    edition = publish(guidance).edition()
    before = "how do i dry a kite in the shade"
    alone = search(edition, WordEncoder(), "when are badgers counted", after=before)
    assert (alone.follows, alone.hits[0].entry.document.id) == (False, "badger-counting")
    leaning = search(edition, WordEncoder(), "and every hour?", after=before)
    assert (leaning.follows, leaning.hits[0].entry.passage.section) == (True, "How do I dry a kite?")
