"""What a process that died left: answered by the next, once, where it was asked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.records import Records, utc_now
from bot.slack.places import Spot
from bot.slack.sending import LETTER
from tests.support.slack import running
from tests.support.slack.person import Person
from tests.support.slack.workspace import HUB, TEAM, text_of

KITES = "how long may a silk kite soak in water?"


def left(folder: Path, key: str, spot: Spot, who: str, text: str) -> None:
    """Something that was put on record minutes ago and never answered."""
    earlier = utc_now() - timedelta(minutes=5)
    with Records.open(folder / "data" / "hub.db", clock=lambda: earlier) as records:
        assert records.inbound.receive("slack", key, spot.place, who, text)


def test_a_question_an_emergency_and_a_command_are_taken_up(tmp_path: Path, guidance: Path) -> None:
    with running.FakeSlack() as slack:
        anna, reed, cole = (Person(slack, who) for who in (running.ANNA, running.REED, running.COLE))
        asked = slack.add(anna.dm, {"ts": slack.new_ts(), "user": anna.id, "text": KITES})["ts"]
        left(tmp_path, f"{anna.dm}:{asked}", Spot(TEAM, anna.dm, asked), anna.id, KITES)
        left(tmp_path, f"{reed.dm}:1.1", Spot(TEAM, reed.dm), reed.id, "")
        left(tmp_path, "command:17.1", Spot(TEAM, f"@{cole.id}"), cole.id, KITES)
        hub = running.new_hub(slack, tmp_path / "data")
        running.make_ready(hub, guidance)
        with running.serving(hub, slack):
            told = text_of(anna.wait_for(lambda m: m.get("thread_ts") == asked))
            assert ("ten minutes only" in told, "interrupted" in told) == (True, False)
            assert "I could not finish your last message." in text_of(reed.wait_for(lambda m: True))
            told = text_of(cole.wait_for(lambda m: True))
            assert ("ten minutes only" in told, "interrupted" in told) == (True, False)  # it was not worked out yet
        assert hub.records.inbound.unfinished("slack") == []
        hub.close()


def test_what_a_process_answered_before_it_died_is_not_answered_again(tmp_path: Path, guidance: Path) -> None:
    with running.FakeSlack() as slack:
        anna, reed = Person(slack, running.ANNA), Person(slack, running.REED)
        for who, metadata in ((anna, {}), (reed, {"metadata": {"event_type": LETTER, "event_payload": {}}})):
            asked = slack.add(who.dm, {"ts": slack.new_ts(), "user": who.id, "text": KITES})["ts"]
            said = {"ts": slack.new_ts(), "user": "U0HUBBOT", "bot_id": "B0HUBBOT", "text": "x", "thread_ts": asked}
            slack.add(who.dm, {**said, **metadata})
            left(tmp_path, f"{who.dm}:{asked}", Spot(TEAM, who.dm, asked), who.id, KITES)
        hub = running.new_hub(slack, tmp_path / "data")
        running.make_ready(hub, guidance)
        with running.serving(hub, slack):
            # a letter of the hub's in the same thread is no answer
            assert "ten minutes only" in text_of(reed.wait_for(lambda m: "ten minutes" in text_of(m)))
            running._until(lambda: hub.records.inbound.unfinished("slack") == [])
        assert [text_of(one) for one in anna.sees() if one.get("bot_id")] == ["x"]
        assert slack.faults == []
        hub.close()


def test_a_reply_from_a_cards_thread_is_sent_on_and_is_no_question(tmp_path: Path, guidance: Path) -> None:
    with running.workspace(tmp_path, guidance) as (hub, slack):
        anna, bell = Person(slack, running.ANNA), Person(slack, running.BELL)
        anna.ask("who paints the lighthouse door?")
        card = bell.wait_for(lambda m: "PF-0001" in text_of(m), channel=HUB)
        running._until(lambda: hub.records.cards.get("slack", HUB, "PF-0001"))
        left(tmp_path, f"{HUB}:1.2", Spot(TEAM, HUB, card["ts"]), bell.id, "reply: The sexton paints it.")
        with running.serving(hub, slack):
            anna.wait_for(lambda m: "The sexton paints it." in text_of(m))
        assert len(hub.records.requests()) == 1


def test_a_question_that_takes_long_is_held_for_the_process_that_answers_it(tmp_path: Path, guidance: Path) -> None:
    later = utc_now() + timedelta(minutes=10)
    with running.workspace(tmp_path, guidance) as (hub, slack):
        anna = Person(slack, running.ANNA)
        hub.records.inbound.receive("slack", "k", Spot(TEAM, anna.dm).place, anna.id, KITES)
        with Records.open(hub.settings.hub, clock=lambda: later) as ahead:
            ahead.inbound.hold("slack", ["k"])
            assert ahead.inbound.unfinished("slack") == []
