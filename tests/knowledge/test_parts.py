"""Comparisons, two questions in one message, and messages that follow another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge.judging.judge import Reason, Verdict, judge
from knowledge.language.parts import leans, questions_of, sides_of
from knowledge.search import search
from knowledge.store.folder import Library
from tests.knowledge.test_search import EVEN, sure
from tests.support.fakes import WordEncoder

TODAY = date(2026, 11, 1)
Publish = Callable[[Path], Library]


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("CPW or CPN?", ("CPW or", "or CPN?")),
        ("difference between sara and osara", ("difference between sara and", "difference between and osara")),
        ("mappa vs iom", ("mappa vs", "vs iom")),
        ("one drunk every day, cpn or pspo", ("one drunk every day, cpn or", "one drunk every day, or pspo")),
        ("burgled again, is it the same as near repeat", ("burgled again", "near repeat")),
        ("can i take a bike or a scooter", None),
        ("how long does it last", None),
    ],
)
def test_the_two_sides_of_a_comparison(question: str, sides: tuple[str, str] | None) -> None:
    assert sides_of(question) == sides


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("how long does it last and who signs it off", ("how long does it last", "who signs it off")),
        ("do i need a warrant? can i use force", ("do i need a warrant", "can i use force")),
        ("lad in custody with wraps, is he a victim", None),
        ("what does it say and mean", None),
        ("how do i wash a kite", None),
    ],
)
def test_two_questions_in_one_message(message: str, questions: tuple[str, str] | None) -> None:
    assert questions_of(message) == questions


@pytest.mark.parametrize("message", ["and if he is 17", "what about silk", "ok but who signs", "even if it rains"])
def test_messages_that_open_like_a_follow_up(message: str) -> None:
    assert leans(message)


@pytest.mark.parametrize("message", ["android phones", "who signs it", "orders of the day", "so what is a kite"])
def test_messages_that_do_not(message: str) -> None:
    assert not leans(message)


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
