"""Letters that a process had in hand when it died: Slack is asked whether they have arrived."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot import wording
from bot.app import Hub
from bot.domain.messages import Place
from bot.domain.people import Actor
from bot.domain.switches import document_switch
from bot.edges.presses import Press
from bot.edges.steps import Steps
from bot.platforms import couriers_of
from bot.wording import labels
from tests.support.slack import running
from tests.support.slack.fake import FakeSlack
from tests.support.slack.person import Person
from tests.support.slack.workspace import HUB, buttons_of, text_of

PAINTED = "The sexton paints it."


def bring_again(hub: Hub, kind: str) -> None:
    """The newest letter of a kind, as the next process brings it after one died with it in hand."""
    with hub.records._database.read() as connection:
        found = connection.exec_driver_sql("select key from outbox where kind = ? order by id desc", (kind,)).first()
    letter = hub.records.outbox.letter(found[0]) if found else None
    assert letter is not None
    with closing(couriers_of(hub)["slack"]) as courier:
        courier.deliver(replace(letter, again=True))


def asked_and_replied(hub: Hub, slack: FakeSlack) -> Person:
    anna, bell = Person(slack, running.ANNA), Person(slack, running.BELL)
    with running.serving(hub, slack):
        anna.ask("who paints the lighthouse door?")
        bell.wait_for(lambda m: "PF-0001" in text_of(m), channel=HUB)
        hub.desk.reply(hub.actor(bell.id), "PF-0001", PAINTED)
        anna.wait_for(lambda m: PAINTED in text_of(m))
        bell.wait_for(lambda m: m.get("thread_ts") is not None, channel=HUB)
        running._until(lambda: hub.records.outbox.counts().keys() == {"sent"})
    return anna


@pytest.mark.parametrize("kind", ["reply", "card"])
def test_what_has_arrived_is_not_brought_twice(tmp_path: Path, guidance: Path, kind: str) -> None:
    with running.workspace(tmp_path, guidance) as (hub, slack):
        anna = asked_and_replied(hub, slack)
        before = (len(anna.sees()), len(slack.messages[HUB]))
        bring_again(hub, kind)
        assert (len(anna.sees()), len(slack.messages[HUB])) == before


def test_a_card_whose_message_was_not_written_down_is_found(tmp_path: Path, guidance: Path) -> None:
    with running.workspace(tmp_path, guidance) as (hub, slack):
        anna, bell = Person(slack, running.ANNA), Person(slack, running.BELL)
        with running.serving(hub, slack):
            anna.ask("who paints the lighthouse door?")
            card = bell.wait_for(lambda m: "PF-0001" in text_of(m), channel=HUB)
            running._until(lambda: hub.records.cards.get("slack", HUB, "PF-0001"))
        with hub.records._database.write() as connection:
            connection.exec_driver_sql("delete from cards")
        bring_again(hub, "card")
        assert hub.records.cards.get("slack", HUB, "PF-0001") == card["ts"]
        assert len(slack.messages[HUB]) == 1


def test_what_has_not_arrived_is_brought_in_full(tmp_path: Path, guidance: Path) -> None:
    with running.workspace(tmp_path, guidance) as (hub, slack):
        anna = asked_and_replied(hub, slack)
        slack.messages[anna.dm][:] = [one for one in slack.messages[anna.dm] if PAINTED not in text_of(one)]
        bring_again(hub, "reply")
        assert [PAINTED in text_of(one) for one in anna.sees()][-1]


def test_while_slack_does_not_say_a_note_stands_for_it(
    tmp_path: Path, guidance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running.workspace(tmp_path, guidance) as (hub, slack):
        anna = asked_and_replied(hub, slack)
        monkeypatch.setattr("bot.slack.courier._arrived", lambda *_: None)
        bring_again(hub, "reply")
        note = anna.sees()[-1]
        assert text_of(note).startswith("The hub replied to PF-0001, and I was interrupted while I brought it.")
        with running.serving(hub, slack):
            anna.press(note, labels.SHOW_LETTER)
            anna.wait_for(lambda m: m["ts"] == note["ts"] and PAINTED in text_of(m))
        assert "That helped" in [label for label, *_ in buttons_of(anna.sees()[-1])]


def note_of_the_reply(hub: Hub, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> tuple[Person, str]:
    """Anna, and the key of the letter that a note in her conversation stands for."""
    anna = asked_and_replied(hub, slack)
    monkeypatch.setattr("bot.slack.courier._arrived", lambda *_: None)
    bring_again(hub, "reply")
    ((key,),) = _read(hub, "select key from outbox where kind = 'reply'")
    return anna, str(key)


def _read(hub: Hub, statement: str) -> list[tuple[object, ...]]:
    with hub.records._database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def test_a_signpost_that_came_late_is_shown_whatever_is_paused(
    tmp_path: Path, guidance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running.workspace(tmp_path, guidance) as (hub, slack):
        anna, key = note_of_the_reply(hub, slack, monkeypatch)
        hub.records.switches.pause("everything", Actor("root"), "The force is checking it.")
        with hub.records._database.write() as connection:
            said = f"{wording.INCIDENT}\n{wording.AFTER_INCIDENT}"
            connection.exec_driver_sql("update outbox set kind = 'answer', reference = '', text = ?", (said,))
        assert shown_again(hub, key, anna.id).startswith(wording.INCIDENT)


def shown_again(hub: Hub, key: str, person: str) -> str:
    done = Steps(hub).attempt(Press("show_letter", hub.actor(person), Place("slack", "D1"), key, is_direct=True))
    return done.told if done.shown is None else done.shown.text  # type: ignore[attr-defined]


def test_a_letter_is_shown_again_to_whom_it_was_for_under_any_account_and_only_while_its_words_are_kept(
    tmp_path: Path, guidance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running.workspace(tmp_path, guidance) as (hub, slack):
        anna, key = note_of_the_reply(hub, slack, monkeypatch)
        hub.records.bindings.meet("portal", "anna-at-her-desk", "anna@force.example")
        joined = hub.records.bindings.meet("slack", anna.id, "anna@force.example")
        assert joined is not None
        assert joined.person != anna.id
        assert PAINTED in shown_again(hub, key, joined.person)
        assert shown_again(hub, key, running.BELL) == labels.ONLY_ADDRESSEE
        with hub.records._database.write() as connection:
            connection.exec_driver_sql("update outbox set text = ''")
        assert shown_again(hub, key, joined.person) == labels.LETTER_GONE


@pytest.mark.parametrize("paused", ["answers", document_switch("kite-laundry")])
@pytest.mark.parametrize(("kind", "shown"), [("late_answer", False), ("answer", False), ("reply", True)])
def test_what_quotes_guidance_is_not_shown_again_while_answers_are_paused(
    tmp_path: Path, guidance: Path, monkeypatch: pytest.MonkeyPatch, kind: str, shown: bool, paused: str
) -> None:
    with running.workspace(tmp_path, guidance) as (hub, slack):
        anna, key = note_of_the_reply(hub, slack, monkeypatch)
        hub.records.switches.pause(paused, Actor("root"), "The force is checking it.")
        with hub.records._database.write() as connection:
            changed = "update outbox set kind = ?, reference = '' where key = ?"
            connection.exec_driver_sql(changed, (kind, key))
        said = shown_again(hub, key, anna.id)
        assert (PAINTED in said) is shown
        assert ("Answers are paused at the moment. The force is checking it." in said) is not shown


def test_where_more_was_said_since_than_slack_shows_at_once_it_counts_as_not_said(
    tmp_path: Path, guidance: Path
) -> None:
    with running.workspace(tmp_path, guidance) as (hub, slack):
        anna = asked_and_replied(hub, slack)
        own = slack.messages[anna.dm]
        of_the_reply = next(nth for nth, one in enumerate(own) if PAINTED in text_of(one))
        said = {**own[0], "thread_ts": own[0]["ts"]}
        own[of_the_reply:of_the_reply] = [{**said, "ts": f"{own[0]['ts']}{nth}"} for nth in range(250)]
        bring_again(hub, "reply")
        assert text_of(own[-1]).startswith("The hub replied to PF-0001, and I was interrupted while I brought it.")
