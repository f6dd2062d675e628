"""Letters that a process had in hand when it died: Teams cannot tell whether they arrived, so nothing is said twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.letters import LetterKind
from bot.domain.messages import Place
from bot.platforms import couriers_of
from bot.wording import labels
from tests.support.slack.running import _until
from tests.support.teams.fake import Sent, words
from tests.support.teams.tenant import HUB_CHANNEL, PEOPLE, Tenant, tenant

PAINTED = "The sexton paints it."


@pytest.fixture
def people(tmp_path: Path, guidance: Path) -> Iterator[Tenant]:
    with tenant(tmp_path, guidance) as found:
        found.say("sam", "who paints the lighthouse door?")
        found.card("PF-0001")
        yield found


def bring_again(people: Tenant, kind: str, *, posted: bool = True) -> Sent:
    """The newest letter of a kind, as the next process brings it after one died with it in hand; what that shows."""
    _until(lambda: people.hub.records.outbox.counts().keys() == {"sent"})
    if kind == "card" and not posted:  # it ended before it wrote down which message it is
        with people.hub.records._database.write() as connection:
            connection.exec_driver_sql("delete from cards")
    with people.hub.records._database.read() as connection:
        found = connection.exec_driver_sql("select key from outbox where kind = ? order by id desc", (kind,)).first()
    assert found is not None
    letter = people.hub.records.outbox.letter(found[0])
    assert letter is not None
    before = len(people.teams.sent)
    with closing(couriers_of(people.hub)["teams"]) as courier:
        courier.deliver(replace(letter, again=True))
    (shown,) = people.teams.sent[before:]
    return shown


def press(people: Tenant, note: Sent, title: str, who: str) -> Any:
    button = people.button(note.card, title)
    action = {name: button[name] for name in ("type", "verb", "data", "title")}
    value = {"action": action, "trigger": "manual"}
    return people.invoke(who, "adaptiveCard/action", value, note.conversation, replyToId=note.id)["value"]


def test_a_reply_is_told_of_and_shown_when_its_asker_presses(people: Tenant) -> None:
    people.hub.desk.reply(people.hub.actor(PEOPLE["bell"][1]), "PF-0001", PAINTED)
    people.next("a:sam", 0, times=2)
    note = bring_again(people, "reply")
    assert note.conversation == "a:sam"
    assert note.text.startswith("The hub replied to PF-0001, and I was interrupted while I brought it.")
    assert PAINTED not in note.text
    assert press(people, note, labels.SHOW_LETTER, "ali") == labels.ONLY_ADDRESSEE
    before = len(people.teams.sent)
    for _ in range(2):
        assert press(people, note, labels.SHOW_LETTER, "sam") == labels.HERE_IT_IS
    shown = people.teams.sent[before:]
    assert [(one.changes, PAINTED in one.text) for one in shown] == [(note.id, True)] * 2
    assert people.button(shown[0].card, "That helped")


def test_a_card_is_stood_for_by_a_line_that_becomes_it(people: Tenant) -> None:
    note = bring_again(people, "card", posted=False)
    assert note.text.startswith("PF-0001: I was interrupted while I posted its card.")
    assert people.hub.records.cards.get("teams", HUB_CHANNEL, "PF-0001") == note.id
    assert "who paints the lighthouse door?" in words(press(people, note, labels.SHOW_CARD, "bell"))
    people.hub.desk.claim(people.hub.actor(PEOPLE["bell"][1]), "PF-0001")
    card = people.teams.wait_for(lambda one: one.changes == note.id)
    assert "claimed" in card.text


def test_a_card_that_is_there_is_drawn_anew_and_nothing_is_said_below_it_twice(people: Tenant) -> None:
    people.hub.desk.claim(people.hub.actor(PEOPLE["bell"][1]), "PF-0001")
    people.teams.wait_for(lambda one: one.conversation.startswith(f"{HUB_CHANNEL};"))
    assert bring_again(people, "card").changes == people.hub.records.cards.get("teams", HUB_CHANNEL, "PF-0001")


def test_a_digest_is_told_of_and_shown_to_hub_staff(people: Tenant) -> None:
    put, board = people.hub.records.outbox.put, Place("teams", HUB_CHANNEL)
    put("digest:1", LetterKind.REMINDER, board, "", "", "Three requests are past their target.")
    people.teams.wait_for(lambda one: "past their target" in one.text)
    note = bring_again(people, "reminder")
    assert note.text.startswith("I was interrupted while I posted a reminder here.")
    assert "past their target" not in note.text
    assert press(people, note, labels.SHOW_LETTER, "sam") != labels.HERE_IT_IS
    assert press(people, note, labels.SHOW_LETTER, "bell") == labels.HERE_IT_IS
    assert "past their target" in people.teams.sent[-1].text


def test_what_stands_no_more_is_said_again_in_full(people: Tenant) -> None:
    put, sam = people.hub.records.outbox.put, PEOPLE["sam"][1]
    put("recall:1", LetterKind.RECALL, Place("teams", _chat(people)), sam, "", "What I showed you stands no more.")
    people.teams.wait_for(lambda one: "stands no more" in one.text)
    assert "What I showed you stands no more." in bring_again(people, "recall").text


def _chat(people: Tenant) -> str:
    (request,) = people.hub.records.requests()
    return request.place.address
