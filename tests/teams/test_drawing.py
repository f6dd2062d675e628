"""Everything the program can draw for Teams is within Teams' rules, whatever guidance and people say."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.messages import Citation, Outcome
from bot.domain.requests import Request
from bot.queue.intake import FIELDS
from bot.queue.overview import Overview
from bot.teams import drawing
from bot.teams import parts as c
from bot.teams import requests as board
from bot.teams.activities import plain
from bot.teams.courier import PART, parts_of
from tests.support.strategies import REQUESTS, SOME, TEXTS, reply_of, slow
from tests.teams.rules import LARGEST, broken_activity, broken_card

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
@given(st.sampled_from(Outcome), TEXTS, SOME, st.booleans(), st.booleans(), st.booleans())
def test_every_reply(
    outcome: Outcome, text: str, citations: tuple[Citation, ...], in_channel: bool, has_request: bool, redacted: bool
) -> None:
    reply = reply_of(outcome, text, citations, has_request=has_request, redacted=redacted)
    for labels in ({}, LABELS):
        good(drawing.draw_reply(reply, labels, in_channel=in_channel))


@slow
@given(SOME, TEXTS, TEXTS)
def test_what_is_shared_shown_whole_and_delivered(citations: tuple[Citation, ...], text: str, name: str) -> None:
    good(drawing.draw_shared(citations, name, "7K3-F9Q", LABELS))
    for part in (0, 1, 7):
        good_card(drawing.draw_passage(citations[0], text, part, receipt="7K3-F9Q", number=1))
    parts = parts_of(text or "Said.")
    assert "".join("".join(parts).split()) == "".join((text or "Said.").split())
    for one in parts:
        assert len(one) <= PART
        good(drawing.draw_letter("PF-0001", one or "Said.", confirms=True, asks=True, elsewhere=True))
        if one.strip():
            good(plain(one))


@slow
@given(REQUESTS, st.sampled_from(["", "proposed", "approved", "withdrawn"]), st.booleans())
def test_every_card_in_every_state(request: Request, advice: str, for_hub: bool) -> None:
    card = board.draw_card(request, advice, staff=[f"29:{number}" for number in range(80)], for_hub=for_hub)
    good_card(card)
    assert len(card["refresh"]["userIds"]) == 60


@slow
@given(st.lists(REQUESTS, max_size=30), st.one_of(st.none(), st.lists(REQUESTS, max_size=40)), TEXTS)
def test_every_home(mine: list[Request], queue: list[Request] | None, text: str) -> None:
    for library, paused in ((None, None), ("Edition 1.", None), ("Edition 1.", text)):
        good_card(drawing.draw_home(Overview(mine, queue, library, paused), text))


@slow
@given(REQUESTS, TEXTS)
def test_every_dialog(request: Request, text: str) -> None:
    for card in (
        board.draw_form(dict.fromkeys(FIELDS, text[:500]) | {"kind": text, "theme": text}, error=text),
        board.draw_feedback("7K3-F9Q", error=text),
        board.draw_close("PF-0001", error=text),
        board.draw_promote(request, text, text, error=text),
        board.draw_approve("PF-0001", text, text, text, error=text),
        board.draw_about(text),
        board.draw_one_text("reply", "Reply", "Your reply", request.reference, initial=text),
    ):
        assert list(broken_card(card)) == []


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
    reply = reply_of(Outcome.ANSWERED, "said", (first, second), has_request=False, redacted=False)
    (root,) = drawing.draw_reply(reply, labels)["entities"]
    assert root["usageInfo"]["@id"] == labels["OFFICIAL-SENSITIVE"]
    assert [one["appearance"]["usageInfo"]["name"] for one in root["citation"]] == ["OFFICIAL", "OFFICIAL-SENSITIVE"]
    assert "usageInfo" not in drawing.draw_reply(reply, {})["entities"][0]
    # a marking whose label is not known is left out, and never stands for a lower one
    (root,) = drawing.draw_reply(reply, LABELS)["entities"]
    assert "usageInfo" not in root


def test_the_form_asks_for_every_field_of_the_core() -> None:
    asked = [part["id"] for part in board.draw_form({})["body"] if "id" in part]
    assert asked == ["kind", *FIELDS, "theme"]


def test_every_dialog_is_sent_once() -> None:
    first, second = (board.draw_close("PF-0001")["actions"][0]["data"] for _ in range(2))
    assert first["nonce"] != second["nonce"]
    assert first["about"] == "PF-0001"
