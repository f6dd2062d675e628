"""A process that died while its answer was on its way: what arrived is not said twice, and nobody is left without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.domain.letters import LetterKind
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.edges import reception
from bot.server import edges_of, new_server
from bot.teams.places import PERSONAL, Spot
from bot.wording import labels
from indexer.build import Builder
from tests.support.serving import served
from tests.support.teams.fake import TENANT, Sent
from tests.support.teams.tenant import CHANNEL, EVERY, PEOPLE, Tenant, tenant

ASKED = "how long may a silk kite soak in water?"
UNKNOWN = "who paints the lighthouse door?"
KEY = "17:a:sam"
ANSWER = "ten minutes only"


@pytest.fixture
def people(tmp_path: Path, guidance: Path) -> Iterator[Tenant]:
    with tenant(tmp_path, guidance) as found:
        yield found


def own_chat(people: Tenant, who: str = "sam") -> Place:
    return Spot(TENANT, PERSONAL, f"a:{who}", "", people.teams.service).place


def taken(people: Tenant, text: str, place: Place | None = None) -> Question:
    """A message that a process took, and has not finished."""
    question = Question(text, place or own_chat(people), PEOPLE["sam"][1])
    assert reception.take(people.hub.records.inbound, KEY, question)
    return question


def worked_out(people: Tenant, text: str, place: Place | None = None) -> Reply:
    """As `taken`, and its answer is on record: it may have been shown."""
    question = taken(people, text, place)
    with people.hub.records.inbound.answering("teams", KEY):
        return people.hub.assistant.ask(question)


@contextmanager
def another(people: Tenant) -> Iterator[None]:
    """Another process, after the time of what was left has run out."""
    with people.hub.records._database.write() as connection:
        connection.exec_driver_sql("update inbound set until = '2020-01-01 00:00:00.000000' where state != 'done'")
    with served(new_server(people.hub, edges_of(people.hub), EVERY)) as address:
        people.teams.app_url = address
        yield
    assert people.hub.records.inbound.unfinished("teams") == []


def press(people: Tenant, note: Sent, who: str = "sam", replying: str = "") -> dict[str, Any]:
    button = people.button(note.card, labels.SHOW_ANSWER)
    action = {"type": button["type"], "verb": button["verb"], "data": button["data"], "title": button["title"]}
    more = {"replyToId": replying} if replying else {}
    return people.invoke(who, "adaptiveCard/action", {"action": action, "trigger": "manual"}, "a:sam", **more)


def said(people: Tenant, conversation: str = "a:sam") -> list[Sent]:
    mine = [one for one in people.teams.sent if one.conversation == conversation]
    return [one for one in mine if one.activity["type"] == "message"]


def test_a_note_stands_for_an_answer_that_may_have_arrived_and_becomes_it(people: Tenant) -> None:
    receipt = worked_out(people, ASKED).receipt
    with another(people):
        note = people.next("a:sam", 0)
        told = f"I was interrupted while I answered “{ASKED}”. If you cannot see my answer, press “Show the answer”"
        assert " ".join(note.text.split()).startswith(told)
        assert f"write: show {receipt}" in note.text
        assert ANSWER not in note.text
        for _ in range(2):
            assert press(people, note, replying=note.id)["value"] == labels.HERE_IT_IS
    changes = [one for one in said(people) if one.changes]
    assert [one.changes for one in changes] == [note.id, note.id]
    assert all(ANSWER in one.text and str(receipt) in one.text for one in changes)
    assert [one.id for one in said(people) if not one.changes] == [note.id]


def test_a_request_is_named_and_opened_once(people: Tenant) -> None:
    assert worked_out(people, UNKNOWN).request == "PF-0001"
    with another(people):
        note = people.next("a:sam", 0)
        assert "It is with the hub as PF-0001." in note.text
        press(people, note, replying=note.id)
    assert "PF-0001" in said(people)[-1].text
    assert [one.reference for one in people.hub.records.requests()] == ["PF-0001"]


def test_nobody_else_is_shown_it(people: Tenant) -> None:
    receipt = worked_out(people, ASKED).receipt
    with another(people):
        note = people.next("a:sam", 0)
        assert press(people, note, "ali", replying=note.id)["value"] == labels.ONLY_ASKER
        assert labels.ONLY_ASKER in people.say("ali", f"show {receipt}").text
        assert ANSWER in people.say("sam", f"Show {receipt}.").text
    assert [one for one in said(people) if one.changes] == []


def test_a_note_that_cannot_be_changed_is_answered_below_once(people: Tenant) -> None:
    receipt = worked_out(people, ASKED).receipt
    with another(people):
        note = people.next("a:sam", 0)
        press(people, note)
        assert press(people, note)["value"] == labels.SHOWN_BEFORE.format(receipt=receipt)
    assert [ANSWER in one.text for one in said(people)] == [False, True]


def test_what_changed_since_is_asked_anew(people: Tenant, guidance: Path) -> None:
    worked_out(people, ASKED)
    with another(people):
        note, hub, washing = people.next("a:sam", 0), people.hub, guidance / "laundry.md"
        washing.write_text(washing.read_text("utf-8").replace("ten minutes only", "five minutes only"), "utf-8")
        hub.publishing.build(Builder(hub.library, hub.encoder), [guidance], by_itself=True)
        press(people, note, replying=note.id)
        people.teams.wait_for(lambda one: one.conversation == "a:sam" and "five minutes only" in one.text)
    assert [labels.ASKED_ANEW in one.text for one in said(people) if one.changes] == [True]
    assert not any(ANSWER in one.text for one in said(people))


def test_an_emergency_is_signposted_again_in_full(people: Tenant) -> None:
    question = taken(people, "there is somebody here who worries me")
    with people.hub.records.inbound.answering("teams", KEY):
        reply = Reply("", Outcome.URGENT, "Call 999 now. Then tell the control room.", receipt="7K3-F9Q")
        people.hub.records.save_reply(question, reply)
    with another(people):
        assert "Call 999 now. Then tell the control room." in people.next("a:sam", 0).text


def test_what_is_short_is_said_again(people: Tenant) -> None:
    assert worked_out(people, "thanks").outcome is Outcome.SMALLTALK
    with another(people):
        assert "interrupted" not in people.next("a:sam", 0).text


def test_of_a_channel_it_is_told_in_private(people: Tenant) -> None:
    people.say("ali", "hello")  # Teams has been met
    thread = Spot(TENANT, "channel", CHANNEL, "1700", people.teams.service)
    worked_out(people, ASKED, thread.place)
    before = len(people.teams.sent)
    with another(people):
        note = people.teams.wait_for(lambda one: "interrupted" in one.text, after=before)
        assert note.conversation.startswith("a:")
    assert said(people, thread.id) == []


def test_what_was_done_is_not_done_again(people: Tenant) -> None:
    people.hub.assistant.ask(Question(UNKNOWN, own_chat(people), PEOPLE["sam"][1]))
    question = taken(people, "the door of the east tower")
    with people.hub.records.inbound.answering("teams", KEY):  # it ended before its reply was on record
        people.hub.desk.add_detail(people.hub.actor(question.asker), "PF-0001", question.text)
    with another(people):
        assert labels.DONE_BEFORE.format(reference="PF-0001") in people.next("a:sam", 0).text
    found = people.hub.records.request("PF-0001")
    assert found is not None
    assert [one.text for one in found.messages] == ["the door of the east tower"]


def test_what_is_not_on_record_is_to_be_written_again(people: Tenant) -> None:
    taken(people, "help")
    people.hub.records.inbound.telling("teams", KEY)
    with another(people):
        assert people.next("a:sam", 0).text.strip() == labels.WRITE_AGAIN


def test_while_teams_takes_nothing_the_note_goes_through_the_outbox(
    people: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.queue.delivery.FIRST_WAIT", 0.0)
    receipt = worked_out(people, ASKED).receipt
    people.teams.fail(lambda one: one.activity["type"] == "message", 500)
    with another(people):
        note = people.next("a:sam", 0)
        assert f"write: show {receipt}" in note.text
    assert len(said(people)) == 1


def test_what_a_letter_brings_is_finished_with_it(people: Tenant) -> None:
    """A process that dies after it has put the answer into the outbox leaves nothing to be told."""
    worked_out(people, ASKED)
    with people.hub.records.inbound.answering("teams", KEY):
        put, sam = people.hub.records.outbox.put, PEOPLE["sam"][1]
        put("answer:1", LetterKind.ANSWER, own_chat(people), sam, "", "It soaks.")
    with another(people):
        assert "It soaks." in people.next("a:sam", 0).text
    assert len(said(people)) == 1


def test_a_process_that_stood_still_shows_nothing_that_another_shows(people: Tenant) -> None:
    question = taken(people, ASKED)
    inbound = people.hub.records.inbound
    with inbound.answering("teams", KEY) as first:
        with inbound.answering("teams", KEY) as second:
            people.hub.assistant.ask(question)
        people.hub.assistant.ask(question)
    assert (first.is_lost, second.is_lost) == (True, False)
    inbound.finish("teams", KEY)
