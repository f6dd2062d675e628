"""Whoever addressed the assistant is told something: at once what is urgent, and whatever breaks."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.letters import Letter, NotDelivered
from bot.platforms import couriers_of
from bot.queue.errands import Errands
from bot.records.letters.inbound import InboundRecords
from bot.teams.connector import Connector
from bot.teams.people import People
from tests.support.teams.fake import SECONDS, words
from tests.support.teams.tenant import HUB_CHANNEL, Tenant, tenant

ASKED = "how long may a silk kite soak in water?"
OTHER = "how long may a cotton kite soak in water?"


@pytest.fixture
def people(tmp_path: Path, guidance: Path) -> Iterator[Tenant]:
    with tenant(tmp_path, guidance) as found:
        yield found


def test_an_emergency_does_not_wait_until_teams_says_who_reads_a_channel(
    people: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: Any) -> Any:
        await asyncio.Event().wait()

    for name in ("_readers_of", "_member", "_groups_of"):
        monkeypatch.setattr(People, name, never)
    said, _ = people.mention("sam", "he is stabbing her right now")
    assert "call 999" in said.text
    assert said.targeted


def test_what_nobody_thought_of_is_said_and_not_done_for_ever(people: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    def take(*_: Any) -> str:
        raise ZeroDivisionError("secret words")

    finished, finish = threading.Event(), InboundRecords.finish

    def finishing(*given: Any) -> None:
        finish(*given)
        finished.set()

    monkeypatch.setattr(Errands, "take", take)
    monkeypatch.setattr(InboundRecords, "finish", finishing)
    assert people.say("sam", ASKED).text.startswith("Something went wrong here, and nothing was changed.")
    assert finished.wait(SECONDS)
    with people.hub.records._database.read() as connection:
        assert connection.exec_driver_sql("select state, text from inbound").all() == [("done", "")]


def test_an_older_button_that_breaks_is_answered_too(people: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    def claim(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(type(people.hub.desk), "claim", claim)
    before = len(people.teams.sent)
    people.take(people.activity("bell", "message", "a:bell", value={"step": "claim", "about": "PF-0001"}))
    assert people.next("a:bell", before).text.startswith("Something went wrong here")


def test_a_line_that_teams_does_not_take_now_comes_later(people: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.queue.delivery.FIRST_WAIT", 0.0)
    people.teams.fail(lambda one: one.activity["type"] == "message", 500)
    assert people.say("sam", "helped PF-0007").text.startswith("Only the asker of PF-0007, or the hub, may do that.")


def test_replies_to_two_buttons_that_teams_does_not_take_now_come_both(
    people: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.queue.delivery.FIRST_WAIT", 0.0)
    shown = [people.say("sam", asked) for asked in (ASKED, OTHER)]
    before = len(people.teams.sent)
    for number, one in enumerate(shown, 1):
        people.teams.fail(lambda sent: sent.conversation == "a:sam", 500)
        assert words(people.press("sam", one.card, "Ask the hub")["value"]) == f"With the hub: PF-000{number}"
    later = [people.next("a:sam", before, times).text for times in (1, 2)]
    assert ["PF-0001" in later[0], "PF-0002" in later[1]] == [True, True]


def test_a_card_is_not_posted_twice_where_its_id_is_not_said_again(people: Tenant) -> None:
    people.say("sam", "who paints the lighthouse door?")
    card, before = people.card("PF-0001"), len(people.teams.sent)
    people.teams.fail(lambda one: one.changes == card.id, 200)
    people.hub.desk.claim(people.hub.actor("29:dunn"), "PF-0001")
    people.next(f"{HUB_CHANNEL};messageid={card.id}", before)
    assert [one.conversation for one in people.teams.sent[before:]] == [f"{HUB_CHANNEL};messageid={card.id}"]


def test_a_letter_that_takes_too_long_is_given_up_before_it_is_tried_again(
    people: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up = threading.Event()

    async def post(*_: Any, **__: Any) -> str:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            given_up.set()
            raise
        return ""

    monkeypatch.setattr("bot.teams.courier.SECONDS_FOR_A_LETTER", 0.2)
    monkeypatch.setattr(Connector, "post", post)
    courier = couriers_of(people.hub)["teams"]
    letter = Letter(1, "k", "teams", "t/personal/a:sam//", "sam", "PF-0001", "hello")
    with pytest.raises(NotDelivered):
        courier.deliver(letter)
    assert given_up.wait(SECONDS)
