"""What clients and people may send that nobody expects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.app import Hub
from bot.domain.messages import Place, Question
from bot.edges.names import replaced
from bot.teams.connector import _not_sent
from bot.teams.heard import plain_words
from knowledge.manifest import LibraryError
from tests.support.teams.fake import words
from tests.support.teams.tenant import Tenant, tenant


@pytest.fixture
def people(tmp_path: Path, guidance: Path) -> Iterator[Tenant]:
    with tenant(tmp_path, guidance, ceilings="teams=OFFICIAL,terminal=OFFICIAL-SENSITIVE") as found:
        yield found


@pytest.mark.parametrize("open_tags", ["<at>", "<at", "<p ", "<attachment "])
def test_tags_that_stay_open_are_read_in_one_go(open_tags: str) -> None:
    """Two hundred thousand of them took minutes in which nobody else was served; now they take a moment."""
    assert plain_words(open_tags * 200_000 + " kites").endswith("kites")


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ('<at id="0">Bob</at> asks <p>this</p>', "Bob asks this"),
        ("younger <at 10", "younger <at 10"),
        ("a\ud800b", "ab"),
        ("a<br/>b &amp; c", "a\nb & c"),
    ],
)
def test_words_are_read_as_they_were_typed(sent: str, read: str) -> None:
    assert plain_words(sent) == read


def test_lists_that_are_none_and_broken_characters_are_taken(people: Tenant) -> None:
    before = len(people.teams.sent)
    people.take({**people.message("sam", "hello"), "entities": 5})
    assert people.next("a:sam", before).text.startswith("Hello.")
    query = {"commandId": "search", "parameters": 5}
    assert "composeExtension" in people.invoke("sam", "composeExtension/query", query)
    payload = {"commandId": "ask_hub_about", "messagePayload": {"body": {"content": "kites \ud800 fly"}}}
    opened = people.invoke("sam", "composeExtension/fetchTask", payload)
    assert opened["task"]["value"]["card"]["content"]["body"][0]["value"] == "kites  fly"


@pytest.mark.parametrize("number", ["²", "9" * 5000, -1, True, None, "x"])
def test_a_passage_is_shown_whatever_its_number_is_said_to_be(people: Tenant, number: Any) -> None:
    receipt = people.button(people.say("sam", "how long may a silk kite soak in water?").card, "Show passage")["data"][
        "about"
    ]
    data = {"step": "passage", "about": receipt, "number": number, "part": number if number == "²" else 0}
    assert "ten minutes only" in json.dumps(people.invoke("sam", "task/fetch", {"data": data}))


def test_a_receipt_of_another_place_does_not_show_what_may_not_be_shown_here(people: Tenant) -> None:
    asked = Question("who keeps the ledger of badgers?", Place("terminal", "t1"), "sam")
    reply = people.hub.assistant.ask(asked)
    assert [one.marking for one in reply.citations or reply.candidates][:1] == ["OFFICIAL-SENSITIVE"]
    told = people.invoke("sam", "task/fetch", {"data": {"step": "passage", "receipt": reply.receipt, "number": 1}})
    assert told["task"]["type"] == "message"
    assert "marked above" in told["task"]["value"]


def test_a_passage_is_as_much_as_was_quoted_while_the_library_is_away(
    people: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> str:
        raise LibraryError("gone")

    shown = people.say("sam", "how long may a silk kite soak in water?")
    monkeypatch.setattr(Hub, "passage_text", away)
    opened = people.press("sam", shown.card, "Show passage")
    assert "ten minutes only" in words(opened["task"]["value"]["card"]["content"])


def test_a_wait_that_is_no_number_is_none() -> None:
    import httpx

    request = httpx.Request("POST", "https://example.org")
    for waits, seconds in (("²", 0.0), ("3", 3.0), ("Mon, 23 Nov 2026 12:00:00 GMT", 0.0), ("1.5", 1.5)):
        answer = httpx.Response(429, headers=[(b"retry-after", waits.encode("latin-1"))], request=request)
        assert _not_sent(answer).wait == seconds


def test_a_receipt_does_not_tell_what_somebody_else_asked(people: Tenant) -> None:
    shown = people.say("sam", "how long may a silk kite soak in water?")
    told = people.press("ali", shown.card, "Ask the hub")
    assert told["value"] == "Ask a question first, then “hub” hands it over."
    receipt = people.button(shown.card, "Ask the hub")["data"]["about"]
    given = {"step": "feedback", "nonce": "1", "receipt": receipt, "text": "out of date", "hub": "true"}
    assert "PF-0001" in people.invoke("ali", "task/submit", {"data": given})["task"]["value"]
    assert "silk kite" not in words(people.say("ali", "mine").card)
    assert "out of date" in people.card("PF-0001").text


def test_only_a_whole_id_becomes_a_name_and_no_name_another() -> None:
    known = {"U12": "Ann 29:b", "29:b": "Bob"}
    assert replaced("U12 and 29:b met in SU12 and U123", known) == "Ann 29:b and Bob met in SU12 and U123"
