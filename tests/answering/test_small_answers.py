"""Small answers in a conversation: those of its own lists, and those that the cues know."""

from __future__ import annotations

import pytest

from bot.answering.talk.small_answers import Small, SmallAnswer, small_answer


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("?", Small.PUZZLED),
        ("as above", Small.PUZZLED),
        ("brb", Small.NOTED),
        ("wrong chat sorry", Small.NOTED),
        ("never mind, found it", Small.NOTED),
        ("👍", Small.NOTED),
        ("yes please mate", Small.YES),
        ("none of them", Small.NONE),
    ],
)
def test_nothing_of_it_is_searched(text: str, kind: Small) -> None:
    assert small_answer(text) == SmallAnswer(kind)


@pytest.mark.parametrize(
    "text", ["136", "who", "how long", "no grounds", "yes he has a knife", "as above but under 18"]
)
def test_what_says_something_of_its_own_is_none(text: str) -> None:
    assert small_answer(text) is None
