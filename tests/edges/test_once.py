"""What must happen once: also when a process dies at it, and when a database cannot say that it kept it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Actor
from bot.domain.refusals import RecordsError
from bot.edges.steps import DoneBefore, once
from bot.queue.desk import Desk
from bot.records import Records
from tests.support.fakes import Clock

HERE, BELL = Place("portal", "bell"), Actor("bell")


def opened(records: Records) -> str:
    return records.save_handed_over(
        Question("who paints the lighthouse", Place("terminal", "t1"), "pc-7"),
        lambda given: Reply("r", Outcome.HANDED_OVER, given, request=given),
        kind="question",
        found=(),
        why="too far",
    )


@pytest.fixture
def reference(records: Records) -> str:
    return opened(records)


def replies(records: Records, reference: str) -> list[str]:
    found = records.request(reference)
    assert found
    return [one.text for one in found.messages]


def before(records: Records, name: str) -> DoneBefore:
    with pytest.raises(DoneBefore) as raised, once(records.inbound, name, HERE, "bell"):
        pytest.fail("it was done again")
    return raised.value


def test_what_changes_a_request_is_done_once_and_its_repeat_is_told_which(
    desk: Desk, records: Records, reference: str
) -> None:
    with once(records.inbound, "n1", HERE, "bell"):
        desk.reply(BELL, reference, "The sexton.")
    told = before(records, "n1").before
    assert (told.is_done, told.reference) == (True, reference)
    with once(records.inbound, "n2", HERE, "pc-8"):
        other = opened(records)  # the same question again: the request that waits is the one
    assert before(records, "n2").before.reference == other


def test_what_was_refused_and_what_changed_nothing_is_on_record_as_it_should(
    desk: Desk, records: Records, reference: str
) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), once(records.inbound, "n1", HERE, "bell"):
            raise ZeroDivisionError
    with once(records.inbound, "n1", HERE, "bell"):
        pass
    assert before(records, "n1").before.is_done


class Killed(BaseException):
    """Nothing that comes after it is done."""


@pytest.mark.parametrize("after", [False, True])
def test_a_process_that_dies_leaves_a_step_done_or_to_be_done(
    desk: Desk, records: Records, reference: str, clock: Clock, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die() -> None:
        with once(records.inbound, "n1", HERE, "bell"):
            if after:
                desk.reply(BELL, reference, "The sexton.")
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(records.inbound, "give_up", lambda *given: None)  # who is dead gives nothing back
        with pytest.raises(Killed):
            die()
    assert before(records, "n1").before.is_done is after
    clock.now += timedelta(seconds=61)
    if after:
        assert before(records, "n1").before.reference == reference
    else:
        with once(records.inbound, "n1", HERE, "bell"):
            desk.reply(BELL, reference, "The sexton.")
    assert replies(records, reference) == ["The sexton."]


def test_of_a_slow_process_and_the_one_that_took_over_one_does_it(
    desk: Desk, records: Records, reference: str, clock: Clock
) -> None:
    def reply_slowly() -> None:
        with once(records.inbound, "n1", HERE, "bell"):
            clock.now += timedelta(seconds=61)
            with once(records.inbound, "n1", HERE, "bell"):
                desk.reply(BELL, reference, "The sexton.")
            desk.reply(BELL, reference, "The sexton.")

    with pytest.raises(RecordsError, match="another process has done it"):
        reply_slowly()
    assert replies(records, reference) == ["The sexton."]
    assert before(records, "n1").before.is_done


def test_a_database_that_kept_it_and_could_not_say_so_keeps_it_once(
    desk: Desk, records: Records, reference: str
) -> None:
    def reply() -> None:
        with once(records.inbound, "n1", HERE, "bell"):
            desk.reply(BELL, reference, "The sexton.")
            raise RecordsError("The hub database cannot be reached.")  # as when the primary dies at that moment

    with pytest.raises(RecordsError):
        reply()
    assert before(records, "n1").before.is_done
    assert replies(records, reference) == ["The sexton."]
