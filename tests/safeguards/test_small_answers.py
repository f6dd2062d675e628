"""Small answers: understood from what was said before, and never a question."""

from __future__ import annotations

import pytest

from bot.safeguards import Answer, SmallAnswer, small_answer

SMALL = [
    ("yes", Answer.YES),
    ("Yes please mate", Answer.YES),
    ("yep that's the one", Answer.YES),
    ("no", Answer.NO),
    ("nah ta", Answer.NO),
    ("not really", Answer.NO),
    ("none of them", Answer.NONE),
    ("no not those", Answer.NONE),
    ("more", Answer.MORE),
    ("tell me more please", Answer.MORE),
    ("anything else?", Answer.MORE),
    ("next", Answer.NEXT),
    ("huh?", Answer.HUH),
    ("?", Answer.HUH),
    ("what do you mean", Answer.HUH),
    ("brb", Answer.WAIT),
    ("hang on", Answer.WAIT),
    ("wrong chat sorry", Answer.WRONG_CHAT),
    ("never mind, found it", Answer.NEVER_MIND),
    ("as above", Answer.AS_ABOVE),
    ("ok thanks", Answer.THANKS),
    ("cheers, spot on", Answer.THANKS),
    ("ok", Answer.OK),
    ("will do", Answer.OK),
    ("lol", Answer.LAUGHTER),
    ("hahahaha", Answer.LAUGHTER),
    ("morning all", Answer.GREETING),
    ("kind regards", Answer.BYE),
    ("see you later", Answer.BYE),
    ("good night", Answer.BYE),
    ("👍", Answer.EMOJI),
    ("...", Answer.EMOJI),
]


@pytest.mark.parametrize(("text", "kind"), SMALL)
def test_small_answers(text: str, kind: Answer) -> None:
    assert small_answer(text) == SmallAnswer(kind)


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("2", 2),
        ("2 please", 2),
        ("option 3", 3),
        ("the second one", 2),
        ("1st", 1),
        ("the last one", -1),
        ("top one", 1),
        ("yeah the first", 1),
        ("three", 3),
    ],
)
def test_one_of_those_offered(text: str, choice: int) -> None:
    assert small_answer(text) == SmallAnswer(Answer.CHOICE, choice)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "136",
        "section 2",
        "next steps for a cpn",
        "more evidence on hot spots",
        "no grounds",
        "yes he has a knife",
        "ok so what about breach",
        "thanks, what about under 18s",
        "what now for the closure order",
        "good practice on begging",
        "the first offence",
        "hi whats a cpn",
        "how long",
        "who",
        "yes " * 40,
    ],
)
def test_what_holds_more_is_none(text: str) -> None:
    assert small_answer(text) is None
