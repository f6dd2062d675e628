"""What people say of replies, and what platforms send: on record, redacted, once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain.messages import Citation, Outcome, Place, Question, Reply
from bot.domain.requests import RequestKind
from bot.edges.jobs import Jobs
from bot.edges.reception import take
from bot.queue.feedback import Feedback, FeedbackError
from bot.records import Records
from tests.support.fakes import NOON, Clock

SLACK = Place("slack", "T1/C1/17.5")
CITED = Citation("kites", "Kites", "Soaking", None, "Ten minutes.", "in_force", None, None, "OFFICIAL", "", 0.8, "p1")


def answered(records: Records) -> str:
    reply = Reply("r", Outcome.ANSWERED, "Quoted.", citations=(CITED,), receipt=records.new_receipt())
    records.save_reply(Question("how long may a kite soak", SLACK, "U7"), reply)
    return reply.receipt or ""


def test_a_reason_opens_one_correction_with_the_question_and_what_was_shown(records: Records) -> None:
    receipt, feedback = answered(records), Feedback(records)
    reason = "Ask Jane Doe on 07700 900123: it is five minutes now"
    first = feedback.give("U7", SLACK, receipt.lower(), helped=False, reason=reason, to_hub=True)
    assert first == "PF-0001"
    assert feedback.give("U7", SLACK, receipt, helped=False, reason="really", to_hub=True) == "PF-0001"
    assert len(records.requests()) == 1
    request = records.request("PF-0001")
    assert request is not None
    assert (request.kind, request.place, request.asker) == (RequestKind.CORRECTION, SLACK, "U7")
    assert request.question.startswith("how long may a kite soak\n\nWhat is said to be wrong with the reply: Ask ")
    assert "07700" not in request.question
    assert [found.quote for found in request.found] == ["Ten minutes."]
    assert records.feedback.counts(NOON - timedelta(days=1)) == {"helped": 0, "not": 1}
    # another person's is another request
    assert feedback.give("U8", SLACK, receipt, helped=False, reason="wrong act", to_hub=True) == "PF-0002"


def test_thumbs_are_kept_without_opening_anything_and_minds_may_change(records: Records) -> None:
    receipt, feedback = answered(records), Feedback(records)
    assert feedback.give("U7", SLACK, receipt, helped=False) is None
    assert feedback.give("U7", SLACK, receipt, helped=True) is None
    assert records.feedback.counts(NOON - timedelta(days=1)) == {"helped": 1, "not": 0}
    assert records.requests() == []
    actions = [event.action for _, event in records.audit_events()]
    assert actions.count("feedback") == 2


def test_feedback_needs_a_reply_a_reason_and_no_emergency(records: Records) -> None:
    receipt, feedback = answered(records), Feedback(records)
    with pytest.raises(FeedbackError, match="There is no reply with the receipt 222-222"):
        feedback.give("U7", SLACK, "222-222", helped=True)
    with pytest.raises(FeedbackError, match="Say in a few words what is wrong"):
        feedback.give("U7", SLACK, receipt, helped=False, reason=" ", to_hub=True)
    with pytest.raises(FeedbackError, match="call 999"):
        feedback.give("U7", SLACK, receipt, helped=False, reason="he is stabbing her right now", to_hub=True)
    assert records.feedback.counts(NOON - timedelta(days=1)) == {"helped": 0, "not": 0}


def test_what_a_platform_sends_twice_is_taken_once_and_kept_redacted(records: Records, clock: Clock) -> None:
    asked = Question("is Jane Doe on 07700 900123 banned from the shed", SLACK, "U7")
    assert take(records.inbound, "Ev1", asked)
    assert not take(records.inbound, "Ev1", asked)
    assert records.inbound.unfinished("slack") == []  # whoever took it has two minutes
    clock.now += timedelta(minutes=3)
    (left,) = records.inbound.unfinished("slack")
    assert (left.key, left.place, left.asker) == ("Ev1", SLACK, "U7")
    assert "07700" not in left.text
    assert "banned from the shed" in left.text
    assert records.inbound.unfinished("slack") == []  # it is ours now
    assert records.inbound.unfinished("teams") == []
    records.inbound.finish("slack", "Ev1")
    clock.now += timedelta(minutes=3)
    assert records.inbound.unfinished("slack") == []
    assert not take(records.inbound, "Ev1", asked)
    clock.now += timedelta(days=3)
    assert records.inbound.forget_old() == 1


def test_an_emergency_is_on_record_without_a_word_of_it(records: Records, clock: Clock) -> None:
    assert take(records.inbound, "Ev2", Question("he is stabbing her right now", SLACK, "U7"))
    clock.now += timedelta(minutes=3)
    (left,) = records.inbound.unfinished("slack")
    assert left.text == ""


def test_cards_are_found_by_request_and_by_message(records: Records) -> None:
    assert records.cards.get("slack", "C9", "PF-0001") == ""
    records.cards.put("slack", "C9", "PF-0001", "17.1")
    records.cards.put("slack", "C9", "PF-0001", "17.2")
    records.cards.put("slack", "C8", "PF-0001", "18.1")
    assert records.cards.get("slack", "C9", "PF-0001") == "17.2"
    assert records.cards.reference("slack", "C9", "17.2") == "PF-0001"
    assert records.cards.reference("slack", "C9", "18.1") == ""


def test_work_in_the_background_is_finished_before_the_end_and_its_errors_tell_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def run() -> tuple[list[str], bool]:
        jobs, done, go = Jobs(), [], asyncio.Event()

        async def answer() -> None:
            await go.wait()
            done.append(await jobs.in_thread(str.upper, "answered"))

        async def fail() -> None:
            raise ValueError("who is Jane Doe")

        jobs.spawn(answer())
        jobs.spawn(fail())
        asyncio.get_running_loop().call_soon(go.set)
        ended = await jobs.drain(10)
        return done, ended

    assert asyncio.run(run()) == (["ANSWERED"], True)
    assert [record.getMessage() for record in caplog.records] == ["Work in the background ended with ValueError."]


def test_boards_hear_of_every_change_in_order(hub_database: object, clock: Clock) -> None:
    from pathlib import Path

    from bot.domain.people import Actor, Roles
    from bot.governance.office import Office
    from bot.queue.desk import Desk

    assert isinstance(hub_database, str | Path)
    boards = (Place("slack", "C-hub"), Place("teams", "19:hub"))
    with Records.open(hub_database, clock=clock, boards=boards) as records:
        desk = Desk(Office(Roles.listed(hub="bell"), records, clock), records, clock)
        reference = records.save_handed_over(
            Question("who locks the shed", SLACK, "U7"),
            lambda given: Reply("r", Outcome.HANDED_OVER, given, request=given),
            kind="question",
            found=(),
            why="too far",
        )
        desk.claim(Actor("bell"), reference)
        desk.reply(Actor("bell"), reference, "The sexton.")
        letters = []
        while leased := records.outbox.lease({"slack", "teams"}, 50, 60):
            letters += [(one.platform, one.address, one.kind.value, one.text[:20]) for one in leased]
            for one in leased:
                assert records.outbox.sent(one)
    assert [letter for letter in letters if letter[1] == "C-hub"] == [
        ("slack", "C-hub", "card", "New."),
        ("slack", "C-hub", "card", "bell claimed it."),
        ("slack", "C-hub", "card", "bell replied."),
    ]
    assert len([letter for letter in letters if letter[1] == "19:hub"]) == 3
    assert [letter for letter in letters if letter[2] == "reply"] == [
        ("slack", SLACK.address, "reply", "The hub has replied ")
    ]
