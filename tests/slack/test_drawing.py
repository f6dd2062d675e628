"""Everything the program can draw for Slack is within Slack's rules, whatever guidance and people say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.messages import Citation, Outcome, Reply
from bot.domain.requests import Request
from bot.queue.intake import FIELDS
from bot.queue.overview import Overview
from bot.slack import blocks as b
from bot.slack import drawing
from bot.slack.drawing import Drawn
from bot.slack.installing import manifest, scopes
from bot.slack.places import Spot
from tests.slack.old_rules import broken
from tests.support.strategies import REQUESTS, SOME, TEXTS, reply_of, slow


def good(drawn: Drawn) -> None:
    """Slack takes it, posted, shown to one person, and changed in place."""
    body = {"channel": "C1", "text": drawn.text, "blocks": drawn.blocks}
    assert broken("chat.postMessage", body) == []
    assert broken("chat.postEphemeral", {**body, "user": "U1"}) == []
    assert broken("chat.update", {**body, "ts": "1.1"}) == []


@slow
@given(st.sampled_from(Outcome), TEXTS, SOME, st.booleans(), st.booleans(), st.booleans())
def test_every_reply(
    outcome: Outcome, text: str, citations: tuple[Citation, ...], in_channel: bool, has_request: bool, redacted: bool
) -> None:
    reply = reply_of(outcome, text, citations, has_request=has_request, redacted=redacted)
    good(drawing.draw_reply(reply, in_channel=in_channel))


@slow
@given(SOME, TEXTS, TEXTS)
def test_what_is_shared_shown_whole_and_delivered(citations: tuple[Citation, ...], text: str, reference: str) -> None:
    shared = drawing.draw_shared(citations, "U7", "7K3-F9Q")
    assert broken("chat.postMessage", {"channel": "C1", "text": shared.text, "blocks": shared.blocks}) == []
    assert broken("views.open", {"view": drawing.draw_passage(citations[0], text)}) == []
    good(drawing.draw_letter("PF-0001", text or "Said.", confirms=True, asks=True, channel="C1"))


@slow
@given(REQUESTS, st.sampled_from(["", "proposed", "approved", "withdrawn"]))
def test_every_card_in_every_state(request: Request, advice: str) -> None:
    good(drawing.draw_card(request, advice))


@slow
@given(st.lists(REQUESTS, max_size=30), st.one_of(st.none(), st.lists(REQUESTS, max_size=40)), TEXTS)
def test_every_home_tab(mine: list[Request], queue: list[Request] | None, text: str) -> None:
    for library, paused in ((None, None), ("Edition 1.", None), ("Edition 1.", text)):
        home = drawing.draw_home(Overview(mine, queue, library, paused))
        assert broken("views.publish", {"view": home}) == []


@slow
@given(REQUESTS, TEXTS)
def test_every_dialog(request: Request, text: str) -> None:
    for view in (
        drawing.draw_form(),
        drawing.draw_feedback("7K3-F9Q|T1|C1|1.1"),
        drawing.draw_close("PF-0001"),
        drawing.draw_promote(request, text, "U7"),
        drawing.draw_one_text("reply", f"Reply {request.reference}", "Your reply", request.reference, initial=text),
    ):
        assert broken("views.open", {"view": view}) == []


def test_the_form_asks_for_every_field_of_the_core() -> None:
    asked = [block["block_id"] for block in drawing.draw_form()["blocks"]]
    assert asked == ["kind", *FIELDS, "theme"]


def test_what_is_quoted_stands_as_it_is_and_is_cut_with_a_way_to_the_rest() -> None:
    words = "Keep <this> & *that*."
    assert b.quote(words)["elements"][0]["elements"][0]["text"] == words
    assert b.escape(words) == "Keep &lt;this&gt; &amp; *that*."
    citation = Citation("d", "D", "S", None, "x" * 9000, "in_force", date(2026, 1, 1), None, "OFFICIAL", "", 0.9)
    reply = Reply("r", Outcome.ANSWERED, "t", citations=(citation,), receipt="7K3-F9Q", confidence=0.9)
    drawn = drawing.draw_reply(reply)
    assert "Show passage" in str(drawn.blocks)
    whole = drawing.draw_passage(citation, "x" * 9000)
    assert (
        sum(
            len(str(part["elements"][0]["elements"][0]["text"]))
            for part in whole["blocks"]
            if part["type"] == "rich_text"
        )
        == 9000
    )
    assert replace(citation, quote="").quote == ""


def test_addresses_are_read_as_they_are_written() -> None:
    spot = Spot("T1", "C1", "1700.1")
    assert Spot.of(spot.place.address) == spot
    assert Spot.of("CHUB") == Spot("", "CHUB")
    assert [Spot("T1", channel).is_direct for channel in ("D1", "@U1", "C1", "G1")] == [True, True, False, False]


def test_the_manifest_is_what_slack_takes_and_the_program_uses() -> None:
    made = manifest("https://hub.example/")
    features, events = made["features"], made["settings"]["event_subscriptions"]
    assert made["display_information"].keys() <= {"name", "description", "background_color", "long_description"}
    assert len(made["display_information"]["description"]) <= 140
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert len(features["agent_view"]["suggested_prompts"]) <= 4
    assert events["request_url"] == "https://hub.example/slack/events"
    assert features["slash_commands"][0]["url"] == "https://hub.example/slack/events"
    assert {shortcut["callback_id"] for shortcut in features["shortcuts"]} == {"ask_hub_about", "support_form"}
    assert all(len(shortcut["description"]) <= 150 for shortcut in features["shortcuts"])
    assert manifest(socket=True)["settings"]["socket_mode_enabled"]
    assert "request_url" not in manifest(socket=True)["settings"]["event_subscriptions"]
    readme = (Path(__file__).parents[2] / "bot" / "slack" / "README.md").read_text(encoding="utf-8")
    assert [scope for scope in scopes() if f"`{scope}`" not in readme] == []
