"""Comparisons, two questions in one message, and messages that follow another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.found import Found
from knowledge.judging.judge import Reason, Verdict, judge
from knowledge.judging.signals import section_of
from knowledge.language.clauses import clauses_of
from knowledge.language.parts import Part, parts_of, sides_of
from knowledge.language.questions import questions_of
from knowledge.search import search
from knowledge.store.folder import Library
from tests.conftest import DROWNED
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
        ("rank for section 60 v section 34", ("rank for section 60", "rank for section 34")),
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
        (
            "row about a drum kit, get em round a table or go for a letter",
            ("row about a drum kit, get em round a table", "row about a drum kit, go for a letter"),
        ),
        (
            "should i put it on the line or just keep it flat. its damp",
            ("put it on the line. its damp", "keep it flat. its damp"),
        ),
        ("do i give it back or not", None),
        ("what can i do if they start fires or use fireworks", None),
        ("how do i get him to stop drinking or use the bench", None),
        ("can i use an order to move people or keep them away", None),
        ("is mappa the same as iom or a bit more", ("is mappa or a bit more", "is iom or a bit more")),
        (
            "breach of a lantern rule or breach of a BEACON rule, which is worse",
            ("breach of a lantern rule , which is worse", "breach of a BEACON rule , which is worse"),
        ),
        (
            "would i ask for a kite licence or a plain permit, what does each one need",
            (
                "would i ask for a kite licence what does each one need",
                "would i for a plain permit, what does each one need",
            ),
        ),
        (
            "SARA, the triangle, PAT. which one do i want for bikes",
            ("SARA for bikes", "what is the triangle for bikes and when do i use it", "PAT for bikes"),
        ),
        ("money for the alley. gates or lights?", ("money for the alley. gates", "money for the alley. lights")),
        ("he has been told. today or tomorrow?", None),
        ("is he in, yes or no", None),
        ("i print the log and give everyone one so we are all on the same page", None),
        ("two lads both at it in the same flat. do they and the owner go on one form", None),
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
        ("can i dry it. does it fade", ("can i dry it", "does it fade")),
        (
            "wet flat. two things - can we dry it and hows it kept dry",
            ("wet flat. two things - can we dry it", "hows it kept dry"),
        ),
        (
            "need to know who dries it and what goes in the log",
            ("need to know who dries it", "what goes in the log"),
        ),
        ("when do we dry it, and if it is wet can we fold it", ("when do we dry it", "if it is wet can we fold it")),
        (
            "shop asking (1) when it dries and (2) what to fold",
            ("shop asking when it dries", "shop asking what to fold"),
        ),
        ("remind me of the log, also can i dry it", ("remind me of the log", "can i dry it")),
        ("need a peg for the line and what do i hang first", ("need a peg for the line", "what do i hang first")),
        (
            "can his mate fold it, then once it is dry what happens",
            ("can his mate fold it", "once it is dry what happens"),
        ),
        ("if he folds it then what happens", None),
        ("we need a peg first, do we have to buy one", None),
        ("i want to dry a kite and who do i ask first", None),
        ("after it is dried, what do i record", None),
        ("what happens on a first breach and on a second one", None),
        ("lad in custody with wraps, is he a victim", None),
        ("what does it say and mean", None),
        ("how do i wash a kite", None),
    ],
)
def test_two_questions_in_one_message(message: str, questions: tuple[str, str] | None) -> None:
    assert questions_of(message) == questions


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("how do i wash a kite", ()),
        ("mappa vs iom", (("mappa vs iom", True),)),
        ("mappa vs iom, and how long is each", (("mappa vs iom, and how long is each", True),)),
        ("mappa vs iom? and who dries a kite", (("mappa vs iom", True), ("who dries a kite", False))),
        (
            "where does it say crime moves, is it the same for mappa as for iom",
            (("where does it say crime moves, is it the same for mappa as for iom", True),),
        ),
        (f"{'mappa vs iom, ' * 80}which is it", ()),
        ("is it wet or dry and who says so", (("is it wet or dry", False), ("who says so", False))),
    ],
)
def test_what_a_message_asks_of_what(message: str, parts: tuple[tuple[str, bool], ...]) -> None:
    assert tuple((part.question, bool(part.sides)) for part in parts_of(message)) == parts
    assert all(isinstance(part, Part) for part in parts_of(message))


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


@pytest.mark.parametrize(
    ("message", "clauses"),
    [
        (
            "kids at the stop all summer - dispersal or get the council to do an order",
            ("kids at the stop all summer", "dispersal", "or get the council to do an order"),
        ),
        ("can a pcso do dispersals and seize bikes", ("can a pcso do dispersals", "and seize bikes")),
        ("is it him, and what of the van", ("and what of the van",)),
        ("how do i wash a kite", ()),
        ("kite, " * 200, ()),
        (", ".join(f"badger{n}" for n in range(12)), tuple(f"badger{n}" for n in range(8))),
    ],
)
def test_the_clauses_of_a_message_that_name_something(message: str, clauses: tuple[str, ...]) -> None:
    assert clauses_of(message) == clauses


@pytest.fixture
def drowned(muddy: Path, publish: Publish) -> Found:
    return search(publish(muddy).edition(), WordEncoder(), DROWNED)


def test_what_a_clause_names_is_offered_beside_what_the_whole_brings(drowned: Found) -> None:
    assert drowned.parts == ()
    judgement = judge(drowned, today=TODAY, by=EVEN)
    assert judgement.verdict is Verdict.DID_YOU_MEAN
    assert [hit.entry.document.id for hit in judgement.candidates] == ["mud", "mud", "mud", "badger-counting"]
    assert judgement.candidates[-1].entry.passage.section == "Who keeps the badger ledger?"


def test_beside_a_quote_stands_only_what_a_clause_names_clearly(drowned: Found) -> None:
    ledger = next(hit for hit in drowned.beside if hit.entry.document.id == "badger-counting")
    quoted = sure(quote_from=0.0, near_from=0.3, votes=0.0)
    clearly, nearly = (replace(ledger, similarity=value) for value in (0.41, 0.40))
    for hit, beside in ((clearly, (clearly,)), (nearly, ())):
        judgement = judge(replace(drowned, beside=(hit,)), today=TODAY, by=quoted)
        assert judgement.verdict is Verdict.QUOTE
        assert judgement.beside == beside


def test_what_a_clause_names_is_not_offered_past_its_date(drowned: Found) -> None:
    ledger = next(hit for hit in drowned.beside if hit.entry.document.id == "badger-counting")
    document = replace(ledger.entry.document, review_by=date(2025, 1, 1))
    old = replace(ledger, entry=replace(ledger.entry, document=document))
    assert judge(replace(drowned, beside=(ledger,)), today=TODAY, by=EVEN).beside == (ledger,)
    assert judge(replace(drowned, beside=(old,)), today=TODAY, by=EVEN).beside == ()


def test_a_section_is_offered_once_whatever_order_it_was_judged_in(drowned: Found) -> None:
    judgement = judge(drowned, today=TODAY, by=EVEN)
    beside = judgement.beside[0]
    voted = replace(judgement, hits=(beside, *judgement.hits))  # as a vote or a reader leaves it
    shown = [section_of(hit) for hit in voted.candidates]
    assert shown == list(dict.fromkeys(shown))
    assert shown[0] == section_of(beside)


def test_a_clause_brings_nothing_where_what_must_not_be_answered_is_nearer(guidance: Path, publish: Publish) -> None:
    edition = publish(guidance).edition()
    asked = "when are badgers counted - whether purple detergent is allowed on silk kites"
    assert [hit.entry.document.id for hit in search(edition, WordEncoder(), asked).warnings] == ["kite-laundry"] * 2
    assert search(edition, WordEncoder(), asked).beside == ()
    named = search(edition, WordEncoder(), "when are badgers counted - purple or silk kites soaked in water").beside
    assert [hit.entry.document.id for hit in named] == ["kite-laundry"]


def test_a_message_that_stands_alone_does_not_follow(guidance: Path, publish: Publish) -> None:
    edition = publish(guidance).edition()
    before = "how do i dry a kite in the shade"
    alone = search(edition, WordEncoder(), "when are badgers counted", after=before)
    assert (alone.follows, alone.hits[0].entry.document.id) == (False, "badger-counting")
    leaning = search(edition, WordEncoder(), "and every hour?", after=before)
    assert (leaning.follows, leaning.hits[0].entry.passage.section) == (True, "How do I dry a kite?")


@pytest.mark.parametrize(
    ("message", "follows"),
    [
        ("DUSK or TORCHES", False),  # what is compared is named
        ("and is it DUSK or TORCHES", True),
        ("people pairs torches ledger", False),  # it names much, though it is near what was asked
        ("is it dusk for pairs", True),
    ],
)
def test_a_message_that_names_what_it_compares_or_much_else_does_not_follow(
    guidance: Path, publish: Publish, message: str, *, follows: bool
) -> None:
    found = search(publish(guidance).edition(), WordEncoder(), message, after="when are badgers counted")
    assert found.follows is follows


def test_a_short_message_that_may_be_either_brings_both_by_turns(guidance: Path, publish: Publish) -> None:
    edition = publish(guidance).edition()
    message = "sexton turns red torches"
    alone = [hit.entry.passage.section for hit in search(edition, WordEncoder(), message).hits]
    found = search(edition, WordEncoder(), message, after="how do i dry a kite in the shade")
    either = [hit.entry.passage.section for hit in found.hits]
    assert alone[:2] == ["When are badgers counted?", "Who keeps the badger ledger?"]
    assert (found.follows, either[:3]) == (False, [alone[0], "How do I dry a kite?", alone[1]])
    assert len(either) == len({hit.entry.row for hit in found.hits})
    assert found.either
    assert judge(found, today=TODAY, by=sure()).verdict is Verdict.DID_YOU_MEAN  # nobody knows which was meant
    assert judge(replace(found, either=False), today=TODAY, by=sure()).verdict is Verdict.QUOTE


def test_a_short_message_that_asks_for_nothing_in_the_library_follows(guidance: Path, publish: Publish) -> None:
    edition = publish(guidance).edition()
    found = search(edition, WordEncoder(), "what goes badly", after="how do i dry a kite in the shade")
    assert (found.follows, found.hits[0].entry.passage.section) == (True, "How do I dry a kite?")
    own = search(edition, WordEncoder(), "who paints the lighthouse door", after="how do i dry a kite in the shade")
    assert own.follows is False  # it names what it asks for, and the library has nothing on it


@pytest.mark.parametrize(
    ("again", "lead", "verdict"),
    [
        (0.0, 0.04, Verdict.DID_YOU_MEAN),
        (0.0, 0.06, Verdict.QUOTE),
        (1.0, 0.19, Verdict.DID_YOU_MEAN),
        (1.0, 0.21, Verdict.QUOTE),
    ],
)
def test_a_follow_up_is_quoted_where_its_section_is_ahead_and_more_so_where_it_was_just_told(
    guidance: Path, publish: Publish, again: float, lead: float, verdict: Verdict
) -> None:
    found = search(publish(guidance).edition(), WordEncoder(), "and a silk one", after="how long may a kite soak")
    signals = {**found.signals, "again": again, "margin": lead, "warned": 1.0, "warning_gap": -1.0}
    assert judge(replace(found, signals=signals), today=TODAY, by=sure(follow_margin=0.2)).verdict is verdict


def test_a_follow_up_knows_whether_it_found_what_was_just_told(guidance: Path, publish: Publish) -> None:
    edition = publish(guidance).edition()
    again = search(edition, WordEncoder(), "and a silk one", after="how long may a kite soak")
    other = search(edition, WordEncoder(), "and who keeps it in the ledger", after="when are badgers counted")
    assert again.hits[0].entry.passage.section == "How long may a kite soak in water?"
    assert other.hits[0].entry.passage.section == "Who keeps the badger ledger?"
    assert (again.signals["again"], other.signals["again"]) == (1.0, 0.0)
