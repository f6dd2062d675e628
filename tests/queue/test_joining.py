"""Requests that ask the same: offered, joined by a person, and answered together."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import Hub
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Actor, NotAllowed
from bot.domain.requests import CloseOutcome, QueueError, RequestKind, RequestState
from bot.queue.delivery import deliver_due
from bot.queue.desk import Desk
from bot.queue.intake import open_request
from bot.queue.joining import Alike, Joining
from bot.records import Records
from bot.settings import Settings
from bot.terminal.mail import InboxCourier
from indexer.build import Builder
from knowledge.encoder import EncoderError
from tests.support.fakes import Clock, WordEncoder

BELL, ASKER, OTHER, THIRD = (Actor(name) for name in ("bell", "pc-7", "pc-8", "pc-9"))


def hand_over(records: Records, asker: str, text: str = "who locks the kite shed", join: str = "") -> str:
    """Open a request; its asker is offered to join another."""

    def reply_for(reference: str) -> Reply:
        return Reply("r", Outcome.HANDED_OVER, reference, request=reference, join=(join, 1) if join else None)

    question = Question(text, Place("terminal", f"place of {asker}"), asker)
    return records.save_handed_over(question, reply_for, kind="question", found=(), why="too far")


def arrived(records: Records, clock: Clock, person: str) -> list[tuple[str, str]]:
    deliver_due(records.outbox, {"terminal": InboxCourier(records)})
    return [(reference, text.split("\n\n")[1]) for reference, text in records.outbox.take_from_inbox(person)]


def test_an_open_request_that_asks_the_same_is_offered_and_one_that_does_not_is_not(
    tmp_path: Path, guidance: Path
) -> None:
    hub = Hub(Settings(data=tmp_path / "data"), WordEncoder())
    try:
        hub.publishing.build(Builder(hub.library, hub.encoder), [guidance])
        asked = [
            hub.assistant.ask(Question(text, Place("terminal", who), who))
            for who, text in (
                ("pc-7", "which leaflet goes with tractors"),
                ("pc-8", "tractors: which leaflet goes with them"),
                ("pc-9", "who paints the lighthouse door"),
            )
        ]
        assert [reply.join for reply in asked] == [None, ("PF-0001", 1), None]
        offer = "PF-0001, asked by one other, looks much the same. Type “join PF-0001” to get the hub's reply to it."
        assert asked[1].text.endswith(offer)
        hub.desk.join(hub.actor("pc-8"), "PF-0002", "PF-0001")
        assert hub.joining.compare("the leaflet that goes with tractors").alike == Alike("PF-0001", 2)
    finally:
        hub.close()


def test_all_who_joined_get_the_reply_in_their_own_place_under_their_own_reference(
    desk: Desk, records: Records, clock: Clock
) -> None:
    first = hand_over(records, "pc-7")
    second = hand_over(records, "pc-8", join=first)
    joined = desk.join(OTHER, second, first)
    assert (joined.state, joined.outcome, joined.joined_to) == (RequestState.CLOSED, "duplicate", "PF-0001")
    shown = records.request(first)
    assert shown is not None
    assert shown.joined == ("PF-0002",)
    desk.reply(BELL, first, "The sexton.")
    assert arrived(records, clock, "pc-7") == [("PF-0001", "The sexton.")]
    assert arrived(records, clock, "pc-8") == [("PF-0002", "The sexton.")]
    # it helped one of them, and not the other
    assert desk.helped(OTHER, second).outcome == "answered"
    alone = desk.reopen(OTHER, second)
    assert (alone.state, alone.joined_to) == (RequestState.REOPENED, "")
    desk.reply(BELL, second, "The sexton, at dusk.")
    assert arrived(records, clock, "pc-7") == []
    assert arrived(records, clock, "pc-8") == [("PF-0002", "The sexton, at dusk.")]


def test_who_joined_is_told_that_it_was_closed_and_not_what_only_the_asker_is_asked(
    desk: Desk, records: Records, clock: Clock
) -> None:
    first, second = hand_over(records, "pc-7"), hand_over(records, "pc-8")
    desk.join(BELL, second, first)
    desk.close(BELL, first, CloseOutcome.OUT_OF_SCOPE)
    deliver_due(records.outbox, {"terminal": InboxCourier(records)})
    ((reference, text),) = records.outbox.take_from_inbox("pc-8")
    assert reference == "PF-0002"
    assert text.startswith("The hub has closed PF-0002 because it is not for the hub.")


def test_what_joined_a_request_that_is_joined_goes_along(desk: Desk, records: Records, clock: Clock) -> None:
    first, second, third = (hand_over(records, asker) for asker in ("pc-7", "pc-8", "pc-9"))
    desk.join(BELL, third, second)
    desk.join(BELL, second, first)
    desk.reply(BELL, first, "The sexton.")
    assert arrived(records, clock, "pc-9") == [("PF-0003", "The sexton.")]


def test_a_request_cannot_join_itself_what_has_ended_or_twice(desk: Desk, records: Records) -> None:
    first = hand_over(records, "pc-7")
    second = hand_over(records, "pc-8", join=first)
    third = hand_over(records, "pc-9", join=second)
    with pytest.raises(QueueError, match="cannot join PF-0001: a request cannot join itself"):
        desk.join(BELL, first, first)
    with pytest.raises(NotAllowed):
        desk.join(OTHER, first, second)
    desk.join(OTHER, second, first)
    with pytest.raises(QueueError, match=r"it has joined PF-0001\."):
        desk.join(OTHER, second, third)
    with pytest.raises(QueueError, match="PF-0002 does not wait for a reply any more"):
        desk.join(THIRD, third, second)
    with pytest.raises(QueueError, match="There is no request PF-0099"):
        desk.join(THIRD, third, "PF-0099")


def test_an_asker_joins_what_was_offered_to_them_and_nothing_else_and_the_hub_joins_any(
    desk: Desk, records: Records, clock: Clock
) -> None:
    first, other = hand_over(records, "pc-7"), hand_over(records, "pc-8")
    mine = hand_over(records, "pc-9", join=first)
    kept = records.request(mine)
    assert kept is not None
    assert kept.join_offered == first
    with pytest.raises(NotAllowed, match="PF-0003 was not offered to join PF-0002: a request is joined where it was"):
        desk.join(THIRD, mine, other)
    with pytest.raises(NotAllowed, match="PF-0002 was not offered to join PF-0001"):
        desk.join(OTHER, other, first)
    desk.reply(BELL, other, "For pc-8 alone.")
    assert arrived(records, clock, "pc-9") == []
    assert desk.join(THIRD, mine, first).joined_to == first
    desk.reopen(THIRD, mine)
    another = hand_over(records, "pc-8")
    assert desk.join(BELL, mine, another).joined_to == another


def test_a_form_s_offer_is_kept_too(records: Records, desk: Desk) -> None:
    joining = Joining(WordEncoder(), records.joining)
    fields, kind = {"what": "kites are stolen from the shed"}, RequestKind.OPERATIONAL_PROBLEM
    opened = [
        open_request(records, who, Place("terminal", who), kind, fields, joining=joining) for who in ("pc-7", "pc-8")
    ]
    assert opened[1].join == ("PF-0001", 1)
    assert desk.join(OTHER, "PF-0002", "PF-0001").joined_to == "PF-0001"


def test_what_had_joined_a_request_that_is_withdrawn_waits_again(desk: Desk, records: Records) -> None:
    first = hand_over(records, "pc-7")
    second = hand_over(records, "pc-8", join=first)
    desk.join(OTHER, second, first)
    desk.withdraw(ASKER, first)
    alone = records.request(second)
    assert alone is not None
    assert (alone.state, alone.joined_to, alone.events[-1].action) == (RequestState.REOPENED, "", "request.parted")


def test_an_asker_adds_detail_with_nobody_named_and_an_emergency_is_not_kept(desk: Desk, records: Records) -> None:
    reference = hand_over(records, "pc-7")
    added = desk.add_detail(ASKER, reference, "Ring Jane Doe on 07700 900123, it is the north gate.")
    assert [message.kind.value for message in added.messages] == ["detail"]
    assert "07700" not in added.messages[0].text
    assert added.messages[0].text.endswith("it is the north gate.")
    with pytest.raises(QueueError, match="call 999"):
        desk.add_detail(ASKER, reference, "he has a knife and is stabbing her right now")
    with pytest.raises(NotAllowed):
        desk.add_detail(OTHER, reference, "more")
    shown = records.request(reference)
    assert shown is not None
    assert len(shown.messages) == 1


class Broken(WordEncoder):
    """An encoder whose model is gone."""

    def encode_question(self, text: str):  # type: ignore[no-untyped-def]
        raise EncoderError("The model is gone. Run: make run")


def test_a_request_is_opened_even_if_nothing_can_be_compared(records: Records) -> None:
    match = Joining(Broken(), records.joining).compare("who locks the kite shed")
    assert (match.alike, match.vector) == (None, b"")
    Joining(Broken(), records.joining).keep(hand_over(records, "pc-7"), match)
    assert records.joining.open_vectors(WordEncoder().fingerprint, 10) == []


def test_vectors_of_another_encoder_are_never_compared(records: Records) -> None:
    text = "who locks the kite shed"
    old, new = Joining(WordEncoder("old"), records.joining), Joining(WordEncoder("new"), records.joining)
    old.keep(hand_over(records, "pc-7"), old.compare(text))
    assert new.compare(text).alike is None
    found = old.compare(text).alike
    assert found is not None
    assert (found.reference, found.asked_by) == ("PF-0001", 1)
