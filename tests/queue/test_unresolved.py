"""Questions that nobody answered and nobody waits for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.messages import Citation, Outcome, Place, Question, Reply
from bot.domain.people import Actor, NotAllowed
from bot.domain.requests import QueueError, RequestState
from bot.governance.office import Office
from bot.queue.delivery import deliver_due
from bot.queue.desk import Desk
from bot.queue.joining import Joining
from bot.queue.waiting.unresolved import Unresolved
from bot.records import Records
from bot.terminal.mail import InboxCourier
from tests.support.fakes import Clock, WordEncoder

BELL = Actor("bell")
NEAR = Citation("kites", "Kites", "Drying", None, "In the shade.", "in_force", None, None, "OFFICIAL", "", 0.4, "k1")
Offer = Callable[..., str]


@pytest.fixture
def unresolved(office: Office, records: Records, clock: Clock) -> Unresolved:
    return Unresolved(office, records, Joining(WordEncoder(), records.joining), 24, clock)


@pytest.fixture
def offer(records: Records) -> Offer:
    """Offer sections to somebody; the receipt."""

    def say(text: str, who: str = "pc-7", outcome: Outcome = Outcome.POSSIBLE) -> str:
        receipt = records.new_receipt()
        shown = {"candidates": (NEAR,)} if outcome is Outcome.POSSIBLE else {"citations": (NEAR,)}
        reply = Reply("r", outcome, "One of these?", receipt=receipt, **shown)  # type: ignore[arg-type]
        records.save_reply(Question(text, Place("terminal", f"place of {who}"), who), reply)
        return receipt

    return say


def test_what_nobody_chose_from_is_logged_once_after_a_day(unresolved: Unresolved, offer: Offer, clock: Clock) -> None:
    receipt = offer("who paints the lighthouse door")
    clock.now += timedelta(hours=23)
    assert unresolved.log() == 0
    clock.now += timedelta(hours=2)
    assert (unresolved.log(), unresolved.log()) == (1, 0)
    request = unresolved.records.request("PF-0001")
    assert request is not None
    assert (request.state, request.question, request.unasked) == (
        RequestState.UNRESOLVED,
        "who paints the lighthouse door",
        True,
    )
    assert [one.quote for one in request.found] == ["In the shade."]
    kept = unresolved.records.receipt(receipt)
    assert kept is not None
    assert kept.request == "PF-0001"
    assert unresolved.records.verify_audit().ok


def test_what_was_chosen_judged_or_answered_later_is_not(
    unresolved: Unresolved, offer: Offer, clock: Clock, records: Records
) -> None:
    records.conversation.choose(offer("first"), 2, "pc-7")
    records.feedback.keep(offer("second", "pc-8"), "pc-8", helped=True, reason="", opened="")
    offer("third", "pc-9")
    clock.now += timedelta(minutes=5)
    offer("third in other words", "pc-9", Outcome.ANSWERED)
    clock.now += timedelta(hours=30)
    assert unresolved.log() == 0
    assert records.requests() == []


def test_an_answer_in_another_conversation_does_not_settle_it(
    unresolved: Unresolved, offer: Offer, clock: Clock
) -> None:
    offer("who paints the lighthouse door")
    clock.now += timedelta(hours=3)
    offer("how do i dry a kite", outcome=Outcome.ANSWERED)
    offer("how do i dry a kite", "pc-8", Outcome.ANSWERED)
    clock.now += timedelta(hours=24)
    assert unresolved.log() == 1


def test_likes_are_joined_and_all_are_counted(unresolved: Unresolved, offer: Offer, clock: Clock) -> None:
    offer("who paints the lighthouse door")
    offer("who is it that paints the lighthouse door", "pc-8")
    offer("which leaflet goes with tractors", "pc-9")
    clock.now += timedelta(hours=25)
    assert unresolved.log() == 3
    records = unresolved.records
    assert [one.reference for one in records.requests(state="unresolved")] == ["PF-0003", "PF-0001"]
    first = records.request("PF-0001")
    assert first is not None
    assert first.joined == ("PF-0002",)
    assert records.unresolved.count(clock.now - timedelta(days=2)) == 3


def test_it_stands_lowest_waits_for_nobody_and_is_not_in_anybodys_own_list(
    unresolved: Unresolved, offer: Offer, clock: Clock, records: Records
) -> None:
    waiting = Question("what does a permit cost", Place("terminal", "x"), "pc-8")
    said = lambda given: Reply("r", Outcome.HANDED_OVER, given, request=given)  # noqa: E731 one line says it
    records.save_handed_over(waiting, said, kind="question", found=(), why="too far")
    offer("who paints the lighthouse door")
    clock.now += timedelta(hours=25)
    unresolved.log()
    assert [one.reference for one in records.requests()] == ["PF-0001", "PF-0002"]
    assert [one.reference for one in records.pace.waiting()] == ["PF-0001"]
    assert records.pace.came_in(clock.now - timedelta(days=2)) == 1
    assert records.requests_of("pc-7") == []


def test_dismissed_in_one_step_and_nobody_is_told(
    unresolved: Unresolved, offer: Offer, clock: Clock, desk: Desk, records: Records
) -> None:
    offer("who paints the lighthouse door")
    clock.now += timedelta(hours=25)
    unresolved.log()
    with pytest.raises(NotAllowed):
        unresolved.dismiss(Actor("pc-7"), "PF-0001")
    done = unresolved.dismiss(BELL, "PF-0001")
    assert (done.state, done.outcome) == (RequestState.CLOSED, "out_of_scope")
    with pytest.raises(QueueError, match="PF-0001 is closed, so it is not dismissed but closed"):
        unresolved.dismiss(BELL, "PF-0001")
    deliver_due(records.outbox, {"terminal": InboxCourier(records)})
    assert records.outbox.take_from_inbox("pc-7") == []


def test_claimed_in_one_step_it_is_counted_from_then_and_the_reply_says_what_was_asked(
    unresolved: Unresolved, offer: Offer, clock: Clock, desk: Desk, records: Records
) -> None:
    offer("who paints the lighthouse door")
    offer("who is it that paints the lighthouse door", "pc-8")
    clock.now += timedelta(hours=25)
    unresolved.log()
    clock.now += timedelta(hours=100)
    taken = desk.claim(BELL, "PF-0001")
    assert (taken.state, taken.claimed_by, taken.waits_since) == (RequestState.CLAIMED, "bell", clock.now)
    desk.reply(BELL, "PF-0001", "The sexton.")
    deliver_due(records.outbox, {"terminal": InboxCourier(records)})
    ((_, told),) = records.outbox.take_from_inbox("pc-7")
    assert told.startswith("You asked: “who paints the lighthouse door”\n\nThe hub has replied to PF-0001:")
    ((_, joined),) = records.outbox.take_from_inbox("pc-8")
    assert joined.startswith(
        "You asked: “who is it that paints the lighthouse door”\n\nThe hub has replied to PF-0002:"
    )


def test_guidance_may_answer_it_late(unresolved: Unresolved, offer: Offer, clock: Clock, records: Records) -> None:
    offer("who paints the lighthouse door")
    clock.now += timedelta(hours=25)
    unresolved.log()
    assert [one.reference for one in records.late.unanswered(clock.now)] == ["PF-0001"]


def test_never_where_the_setting_says_so(office: Office, offer: Offer, clock: Clock, records: Records) -> None:
    never = Unresolved(office, records, Joining(WordEncoder(), records.joining), 0, clock)
    offer("who paints the lighthouse door")
    clock.now += timedelta(days=10)
    assert never.log() == 0
