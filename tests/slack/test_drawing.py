"""Everything the program can draw for Slack is within Slack's rules, whatever guidance and people say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from bot.domain.messages import Citation, Outcome, Place, Reply
from bot.domain.requests import Request, RequestKind, RequestState
from bot.edges import offers
from bot.edges.forms import Form
from bot.edges.shown import Answer, Home, Shown, Whole
from bot.settings import Settings
from bot.slack import blocks as b
from bot.slack import drawing
from bot.slack.drawing import Drawn
from bot.slack.installing import manifest, scopes
from bot.slack.places import Spot
from bot.slack.sending import as_message, as_text
from tests.support.slack.rules import calls_out, problems_of_message, problems_of_view
from tests.support.strategies import FORMS, HOMES, NOON, SHOWN, SOME, TEXTS, slow

REQUEST = Request(
    "PF-0001", RequestKind.QUESTION, RequestState.OPEN, "who?", Place("slack", "T1/D1/1.1"), "U7", NOON, "why"
)


def good(drawn: Drawn) -> None:
    """Slack takes it, whole or as text alone, and nothing in it is live."""
    for body in (as_message(drawn), as_text(drawn)):
        assert problems_of_message(body) == []
        assert [one for one in calls_out(body) if not one.startswith(("<@U7", "<#C1"))] == []


@slow
@given(SHOWN)
def test_everything_that_can_be_shown(shown: Shown) -> None:
    good(drawing.draw(shown))


@pytest.mark.parametrize("text", ["", " \n\t", "\x0b\n"])
def test_an_emergency_without_words_is_no_empty_block(text: str) -> None:
    good(drawing.draw(Answer(Reply("r", Outcome.URGENT, text, None, receipt="7K3-F9Q"))))


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        (
            "https://guidance.example/badgers?a=1&b=2",
            "<https://guidance.example/badgers?a=1&amp;b=2|Open the guidance>",
        ),
        ("", None),
        ("https://guidance.example/|<!channel>", None),
        ("javascript:alert(1)", None),
    ],
)
def test_a_quote_leads_to_its_guidance(link: str, shown: str | None) -> None:
    citation = Citation("b", "Badgers", "Dusk", None, "At dusk.", "practice", None, None, "OFFICIAL", link, 0.9)
    drawn = drawing.draw(Answer(Reply("r", Outcome.ANSWERED, "", 0.9, (citation,))))
    links = [part["text"] for block in drawn.blocks for part in block.get("elements", ()) if part["type"] == "mrkdwn"]
    assert links == ([shown] if shown else [])


@slow
@given(HOMES)
def test_every_home_tab(home: Home) -> None:
    assert problems_of_view(drawing.draw_home(home)) == []


@slow
@given(SOME, TEXTS)
def test_every_passage_and_what_a_dialog_says(citations: tuple[Citation, ...], text: str) -> None:
    whole = Whole(citations[0], text or "Said.", "7K3-F9Q")
    assert problems_of_view(drawing.draw_whole(whole)) == []
    assert problems_of_view(drawing.draw_told(text, text, offers.on_card(REQUEST))) == []


@slow
@given(FORMS)
def test_every_form(form: Form) -> None:
    assert problems_of_view(drawing.draw_form(form, "T1/C1/1.1")) == []


def test_what_is_quoted_stands_as_it_is_and_is_cut_with_a_way_to_the_rest() -> None:
    words = "Keep <this> & *that*."
    assert b.quote(words)["elements"][0]["elements"][0]["text"] == words
    assert b.escape(words) == "Keep &lt;this&gt; &amp; *that*."
    long = " ".join(str(number) for number in range(5000))
    citation = Citation("d", "D", "S", None, long, "in_force", date(2026, 1, 1), None, "OFFICIAL", "", 0.9)
    reply = Reply("r", Outcome.ANSWERED, "t", citations=(citation,), receipt="7K3-F9Q", confidence=0.9)
    shown = "".join(quoted(drawing.draw(offers.answer(reply)).blocks))
    assert shown.endswith("…")
    assert long.startswith(shown[:-1])
    assert "".join(quoted(drawing.draw_whole(Whole(citation, long))["blocks"])) == long


def test_the_answering_sentence_comes_first_and_is_marked_and_the_source_is_one_line() -> None:
    cited = Citation("d", "T", "S", None, "One. Two. Three.", "in_force", None, None, "OFFICIAL", "", 0.9, "", "Two.")
    reply = Reply("r", Outcome.ANSWERED, "t", citations=(cited,), receipt="7K3-F9Q", confidence=0.9)
    first, second, *_ = drawing.draw(offers.answer(reply)).blocks
    assert first["elements"][0]["elements"] == [
        {"type": "text", "text": "Two.", "style": {"bold": True}},
        {"type": "text", "text": "\nOne. …\nThree."},
    ]
    assert second["elements"][0]["text"].startswith("Quoted from guidance: [1] T > S · in force · ")
    doubtful = drawing.draw(offers.answer(replace(reply, confidence=0.5)))
    assert "Fair match: read it with care." in str(doubtful.blocks)
    assert "match" not in str(drawing.draw(offers.answer(reply)).blocks)


def test_two_quotes_are_drawn_where_two_things_were_compared_and_related_questions_are_buttons() -> None:
    one = Citation("d", "T", "S", None, "One.", "in_force", None, None, "OFFICIAL", "", 0.9)
    two, three = replace(one, quote="Two.", section="U"), replace(one, quote="Three.", section="V")
    reply = Reply(
        "r", Outcome.ANSWERED, "t", citations=(one, two, three), receipt="7K3-F9Q", confidence=0.9, quoted=2,
        related=("how long does it last?",),
    )  # fmt: skip
    drawn = drawing.draw(offers.answer(reply))
    assert list(quoted(drawn.blocks)) == ["One.", "Two."]
    assert "Three." not in str(drawn.blocks)
    assert "same document: V" in str(drawn.blocks)
    labels = [one["text"]["text"] for block in drawn.blocks if block["type"] == "actions" for one in block["elements"]]
    assert labels == ["Show passage 1", "Show passage 2", "Ask the hub", "how long does it last?"]


def quoted(blocks: list[b.Block]) -> Iterator[str]:
    """The words of the quotes."""
    for block in blocks:
        if block["type"] == "rich_text":
            yield "".join(part["text"] for part in block["elements"][0]["elements"])


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
    plain, known = scopes(Settings()), scopes(Settings(one_person_by="email"))
    assert set(known) - set(plain) == {"users:read.email"}  # asked for only where it is used
    assert [scope for scope in known if f"`{scope}`" not in readme] == []
