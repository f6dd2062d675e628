"""What a question asks for and names must be in the section that is quoted."""

from __future__ import annotations

import pytest

from knowledge.judging.asked_for import Wanted, has, wanted
from knowledge.judging.contradictions import headed_by_other_age, other_act, other_age, other_place, other_section

PASSAGE = (
    "Section 59 of the Kite Act 1990\nA warning is given first. A child under 16 needs a parent. It lasts 12 months."
)


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("what does section 60 let me do", True),
        ("what does section 59 let me do", False),
        ("s. 59 warning", False),
        ("can i use reg 12", False),
        ("can i use reg 14", True),
        ("how do i wash a kite", False),
        ("12 kites on 3 poles", False),
    ],
)
def test_the_section_asked_for_must_be_named(question: str, other: bool) -> None:
    assert other_section(question, PASSAGE) is other


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("under the kite act", False),
        ("powers under the Dangerous Owls Act 1991", True),
        ("how should they act", False),
        ("when do we act on it", False),
    ],
)
def test_the_act_asked_for_must_be_named(question: str, other: bool) -> None:
    assert other_act(question, PASSAGE) is other


def test_a_country_asked_about_must_be_named() -> None:
    assert other_place("does it apply in scotland", PASSAGE)
    assert other_place("same in northern ireland?", PASSAGE)
    assert not other_place("does it apply in scotland", "Scottish kites are blue.")
    assert not other_place("does it apply here", PASSAGE)


@pytest.mark.parametrize(
    ("question", "passage", "other"),
    [
        ("can a 15 year old fly one", "Adults may fly kites on the hill.", True),
        ("can kids fly one", "Adults may fly kites on the hill.", True),
        ("can kids fly one", "A flyer must be aged 18 or over. Adults may fly on the hill.", False),
        ("can kids fly one", "Adults and children may fly kites.", False),
        ("can an adult fly one", "Children fly kites on the hill.", True),
        ("who may fly one", "Adults may fly kites on the hill.", False),
        ("does it last 15 months", "Adults may fly kites on the hill.", False),
    ],
)
def test_a_rule_for_adults_does_not_answer_for_a_child(question: str, passage: str, other: bool) -> None:
    assert other_age(question, passage) is other


@pytest.mark.parametrize(
    ("question", "heading", "other"),
    [
        ("woman, 30ish, does she have to agree", "Does a child have to agree?", True),
        ("the old boy wont agree", "Does a child have to agree?", True),
        ("shes 34 yrs old, does she have to agree", "What if a teenager says no?", True),
        ("her lad is 34 months in, does he agree", "Does a child have to agree?", False),
        ("woman with her 9 year old, does she agree", "Does a child have to agree?", False),
        ("woman, does she have to agree", "Does an adult or a child have to agree?", False),
        ("woman, does she have to agree", "Who has to agree?", False),
        ("does he have to agree", "Does a child have to agree?", False),
    ],
)
def test_a_section_headed_by_a_child_does_not_answer_for_a_grown_person(
    question: str, heading: str, other: bool
) -> None:
    assert headed_by_other_age(question, heading) is other


@pytest.mark.parametrize(
    ("question", "kind", "without", "with_it"),
    [
        ("how long does it last", Wanted.TIME, "It lasts.", "It lasts twelve months."),
        ("how many kites may one have", Wanted.FIGURE, "Several.", "Up to 3."),
        ("how much does it cost to enter", Wanted.MONEY, "Pay at the gate.", "It is free."),
        ("how much is a gate gonna cost", Wanted.MONEY, "A gate that is open is only a cost.", "A gate is £40."),
        ("how much is the fine", Wanted.MONEY, "There is a fine.", "The fine is unlimited."),
        ("when does our board next meet", Wanted.MEETING, "The board is six people.", "It meets every third Monday."),
        ("when is our next panel", Wanted.MEETING, "The panel decides.", "Panels sit monthly."),
        (
            "sun n rain what were the other two",
            Wanted.OTHERS,
            "Sun, say this. Rain is not wind.",
            "1. Sun\n2. Rain\n3. Hail",
        ),
        (
            "what are the other three kinds",
            Wanted.OTHERS,
            "There are kinds.",
            "There are five kinds: they are told apart.",
        ),
        ("which form do i fill in", Wanted.FORM, "Write to the sexton.", "Use form KT1."),
        ("what is the phone number of the sexton", Wanted.CONTACT, "Ring the sexton.", "Ring 01632 960 001."),
        ("how old must they be", Wanted.AGE, "They must be tall.", "They must be 16 or over."),
        ("what rank signs it off", Wanted.WHO, "It is signed.", "An inspector signs it."),
        ("what year did it start", Wanted.DATE, "It started.", "It started in 2019."),
        ("where on the intranet is the template", Wanted.PLACE, "Use the template.", "It is on the intranet."),
    ],
)
def test_an_answer_of_the_kind_asked_for_must_be_there(question: str, kind: Wanted, without: str, with_it: str) -> None:
    assert kind in set(wanted(question))
    assert not has(without, kind)
    assert has(with_it, kind)


@pytest.mark.parametrize(
    "question",
    [
        "how do i wash a kite",
        "what is a kite",
        "who keeps the ledger",
        "is it ok",
        "can the price of a kite change",
        "when should we meet the other two crews",
    ],
)
def test_most_questions_ask_for_nothing_of_a_kind(question: str) -> None:
    assert list(wanted(question)) == []
