"""Everything the program can draw for Teams is within Teams' rules, whatever guidance and people say."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given

from bot.domain.messages import Citation, Outcome
from bot.edges.forms import Form
from bot.edges.offers import answer
from bot.edges.shown import Card, SharedAnswer, Shown, Whole
from bot.teams import drawing
from bot.teams import parts as c
from bot.teams import requests as board
from tests.support.strategies import (
    CARDS,
    FORMS,
    SHOWN,
    SOME,
    TEXTS,
    reply_of,
    slow,
)
from tests.support.teams.rules import LARGEST, broken_activity, broken_card

LABELS = {"OFFICIAL": "1a1a1a1a-0000-4000-8000-000000000001"}


def good(message: dict[str, Any]) -> None:
    """Teams takes it, and nothing in it is a link, a mention or a picture of somebody else's."""
    assert list(broken_activity({**message, "recipient": {"id": "29:x"}}, targeted=True)) == []
    text = message.get("text", "")
    assert "<" not in text
    assert not re.search(r"(?<!\\)\]\(", text)
    assert not re.search(r"(?<!\\)!\[", text)


def good_card(card: dict[str, Any]) -> None:
    """Teams takes the card, and shows what people say in it as it is."""
    assert list(broken_card(card)) == []
    assert len(json.dumps(card, ensure_ascii=False).encode()) < LARGEST


@slow
@given(SHOWN)
def test_everything_that_can_be_shown(shown: Shown) -> None:
    for labels in ({}, LABELS):
        drawn = drawing.draw(shown, labels, staff=[f"29:{number}" for number in range(80)])
        if drawn["text"]:
            good(drawn)
        for attached in drawn.get("attachments", ()):
            good_card(attached["content"])


def test_more_buttons_than_a_row_holds_stand_in_rows_of_the_body() -> None:
    pressed = [c.submit(f"step {number}", "good") for number in range(8)]
    drawn = c.card([], pressed)
    assert "actions" not in drawn
    assert [len(row["actions"]) for row in drawn["body"]] == [6, 2]
    good_card(drawn)


@slow
@given(CARDS)
def test_every_card_as_hub_staff_see_it(card: Card) -> None:
    drawn = board.draw_card(card, staff=[f"29:{number}" for number in range(80)], for_hub=True)
    good_card(drawn)
    assert len(drawn["refresh"]["userIds"]) == 60


@slow
@given(SOME, TEXTS)
def test_a_passage_is_shown_whole(citations: tuple[Citation, ...], text: str) -> None:
    whole = Whole(citations[0], text or "Said.", "7K3-F9Q")
    for part in (0, 1, 7):
        good_card(drawing.draw_whole(whole, part))


@slow
@given(FORMS)
def test_every_form(form: Form) -> None:
    for in_chat in (False, True):
        assert list(broken_card(board.draw_form(form, in_chat=in_chat))) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[a](https://evil.example)", r"\[a\](https://evil.example)"),
        ("<at>everyone</at>", "&lt;at>everyone&lt;/at>"),
        ("# head", r"\# head"),
        ("a *b* _c_ `d`", r"a \*b\* \_c\_ \`d\`"),
        ("&lt;at&gt;", "&amp;lt;at&amp;gt;"),
        ("£50 & more, 10 > 9", "£50 & more, 10 > 9"),
        ("- one\n- two", "- one\n- two"),
    ],
)
def test_what_is_said_is_shown_as_it_is(text: str, shown: str) -> None:
    assert c.literal(text) == shown


def test_sensitivity_is_that_of_the_most_sensitive_source() -> None:
    labels = {**LABELS, "OFFICIAL-SENSITIVE": "2b2b2b2b-0000-4000-8000-000000000002"}
    first = Citation("d", "T", "S", None, "q", "in_force", None, None, "OFFICIAL", "", 0.9)
    second = Citation("e", "U", "S", None, "q", "in_force", None, None, "OFFICIAL-SENSITIVE", "", 0.8)
    shown = answer(reply_of(Outcome.ANSWERED, "said", (first, second), has_request=False, redacted=False))
    (root,) = drawing.draw(shown, labels)["entities"]
    assert root["usageInfo"]["@id"] == labels["OFFICIAL-SENSITIVE"]
    assert [one["appearance"]["usageInfo"]["name"] for one in root["citation"]] == ["OFFICIAL", "OFFICIAL-SENSITIVE"]
    assert "usageInfo" not in drawing.draw(shown, {})["entities"][0]
    # a marking whose label is not known is left out, and never stands for a lower one
    (root,) = drawing.draw(shown, LABELS)["entities"]
    assert "usageInfo" not in root


def test_the_answering_sentence_comes_first_and_is_marked() -> None:
    cited = Citation("d", "T", "S", None, "One. Two. Three.", "in_force", None, None, "OFFICIAL", "", 0.9, "", "Two.")
    reply = reply_of(Outcome.ANSWERED, "said", (cited,), has_request=False, redacted=False)
    text = drawing.draw(answer(reply), {})["text"]
    assert text.startswith("> **Two.**\n\n> One. …\n> Three.\n\nQuoted from guidance: [1] T > S · in force")


def test_a_very_long_quote_never_loses_its_source() -> None:
    sentence = "Notices are served by hand. " * 400
    one = Citation("d", "T", "S", None, f"{sentence}\n{sentence}", "in_force", None, None, "OFFICIAL", "", 0.9, "",
                   sentence.strip())  # fmt: skip
    drawn = drawing.draw(SharedAnswer((one, one), "pc-7", "Sgt Bell", "AAA-AAA"), LABELS)
    for number in (1, 2):
        assert f"[{number}]" in drawn["text"]
    assert [one["position"] for one in drawn["entities"][0]["citation"]] == [1, 2]
    good(drawn)
