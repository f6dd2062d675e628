"""A process that died while its answer was on its way: Slack says what arrived in a thread, and nothing of the rest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.app import Hub
from bot.domain.messages import Question, Reply
from bot.domain.people import Actor
from bot.domain.switches import document_switch
from bot.slack.places import Spot
from bot.wording import labels
from tests.support.ready import make_ready
from tests.support.slack import running
from tests.support.slack.fake import FakeSlack
from tests.support.slack.person import Person
from tests.support.slack.workspace import BEAT, TEAM, buttons_of, text_of

KITES = "how long may a silk kite soak in water?"
ANSWER = "ten minutes only"
Office = tuple[Hub, FakeSlack]


@pytest.fixture
def office(tmp_path: Path, guidance: Path) -> Iterator[Office]:
    with FakeSlack() as slack:
        hub = running.new_hub(slack, tmp_path / "data")
        make_ready(hub, guidance)
        yield hub, slack
        assert hub.records.inbound.unfinished("slack") == []
        assert slack.faults == []
        hub.close()


def worked_out(hub: Hub, key: str, spot: Spot, who: str) -> Reply:
    """A message whose answer is on record, and which the process that took it has not finished."""
    question = Question(KITES, spot.place, who)
    assert hub.records.inbound.receive("slack", key, spot.place, who, KITES)
    with hub.records.inbound.answering("slack", key):
        return hub.assistant.ask(question)


@contextmanager
def another(office: Office) -> Iterator[None]:
    """Another process, after the time of what was left has run out; until it has seen to all of it."""
    hub, slack = office
    left = "update inbound set until = '2020-01-01 00:00:00.000000' where state != 'done'"
    unfinished = "select count(*) from inbound where state != 'done'"
    with hub.records._database.write() as connection:
        connection.exec_driver_sql(left)
    with running.serving(hub, slack):
        yield

        def is_done() -> bool:
            with hub.records._database.read() as connection:
                return bool(connection.exec_driver_sql(unfinished).scalar_one() == 0)

        running._until(is_done)


def ours(person: Person, channel: str = "") -> list[str]:
    return [text_of(one) for one in person.sees(channel) if one.get("bot_id")]


def test_an_answer_that_slack_does_not_have_is_shown_as_it_was_found(office: Office) -> None:
    hub, slack = office
    anna = Person(slack, running.ANNA)
    asked = slack.add(anna.dm, {"ts": slack.new_ts(), "user": anna.id, "text": KITES})["ts"]
    receipt = worked_out(hub, f"{anna.dm}:{asked}", Spot(TEAM, anna.dm, asked), anna.id).receipt
    with another(office):
        told = text_of(anna.wait_for(lambda m: m.get("thread_ts") == asked))
        assert ANSWER in told
        assert f"Receipt {receipt}" in told
    assert len(ours(anna)) == 1


def test_an_answer_that_slack_has_is_left_at_that(office: Office) -> None:
    hub, slack = office
    anna = Person(slack, running.ANNA)
    asked = slack.add(anna.dm, {"ts": slack.new_ts(), "user": anna.id, "text": KITES})["ts"]
    said = {"ts": slack.new_ts(), "user": "U0HUBBOT", "bot_id": "B0HUBBOT", "text": "x", "thread_ts": asked}
    slack.add(anna.dm, said)
    worked_out(hub, f"{anna.dm}:{asked}", Spot(TEAM, anna.dm, asked), anna.id)
    with another(office):
        pass
    assert ours(anna) == ["x"]


@pytest.mark.parametrize("way", ["command", "channel"])
def test_of_the_rest_a_note_in_private_says_so_and_becomes_the_answer(office: Office, way: str) -> None:
    hub, slack = office
    anna = Person(slack, running.ANNA)
    spot, key = (Spot(TEAM, f"@{anna.id}"), "command:17.1") if way == "command" else (Spot(TEAM, BEAT, "1.7"), "1.7")
    receipt = worked_out(hub, key, spot, anna.id).receipt
    with another(office):
        note = dict(anna.wait_for(lambda m: True))
        told = " ".join(text_of(note).split())
        assert f"I was interrupted while I answered “{KITES}”." in told
        assert f"write: show {receipt}" in told
        assert ANSWER not in told
        assert [label for label, *_ in buttons_of(note)] == [labels.SHOW_ANSWER]
        for _ in range(2):
            anna.press(note, labels.SHOW_ANSWER)
            shown = anna.wait_for(lambda m: m["ts"] == note["ts"] and ANSWER in text_of(m))
        assert labels.SHOW_ANSWER not in [label for label, *_ in buttons_of(shown)]
    assert len(ours(anna)) == 1
    assert ours(anna, BEAT) == []


def test_what_somebody_types_in_the_place_of_the_button_shows_it_to_its_asker_alone(office: Office) -> None:
    hub, slack = office
    anna, reed = Person(slack, running.ANNA), Person(slack, running.REED)
    receipt = worked_out(hub, "command:17.1", Spot(TEAM, f"@{anna.id}"), anna.id).receipt
    with another(office):
        anna.wait_for(lambda m: "interrupted" in text_of(m))
        assert ANSWER in text_of(anna.ask(f"show {receipt}"))
        assert text_of(reed.ask(f"show {receipt}")) == labels.ONLY_ASKER
        before = len(ours(anna))
        anna.mention(f"show {receipt}", channel=BEAT)  # where others read along: in private, and said so
        anna.wait_for(lambda m: text_of(m) == labels.BY_DIRECT_MESSAGE, channel=BEAT)
        assert [ANSWER in told for told in ours(anna)[before:]] == [True]


def test_an_answer_that_stands_no_more_is_asked_anew_and_never_met_with_silence(office: Office) -> None:
    hub, slack = office
    anna = Person(slack, running.ANNA)
    with running.serving(hub, slack):
        receipt = text_of(anna.ask(KITES)).split("Receipt ")[-1].split()[0].strip("_*`")
        found = hub.records.receipt(receipt)
        assert found is not None
        hub.records.switches.pause(document_switch("badger-counting"), Actor("ada"), "being checked")
        assert receipt in text_of(anna.ask(f"show {receipt}"))  # it quotes nothing of what is paused
        hub.records.switches.pause(document_switch(found.citations[0].document), Actor("ada"), "being checked")
        anew = text_of(anna.ask(f"show {receipt}"))
        assert ANSWER not in anew
        assert "Receipt " in anew
        assert receipt not in anew
        assert ANSWER not in text_of(anna.ask("show powers"))  # a question, not a receipt
