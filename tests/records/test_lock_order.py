"""Rows before the head of the record, everywhere: no two transactions each hold what the other needs."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import text

from bot.domain.changes import Change
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.requests import Request, RequestKind, RequestState
from bot.governance.one_person import OnePerson
from bot.queue.intake import open_request
from bot.records import Records
from tests.support.fakes import Clock

BELL, QUESTION = "bell@force.police.uk", "who paints the lighthouse door"
LONGEST = 30.0
"""Seconds after which a thread that does not end counts as hung."""
pytestmark = pytest.mark.parametrize("hub_database", ["postgresql"], indirect=True)


class Beside:
    """A call on a connection of its own, beside another transaction that is under way."""

    def __init__(self, records: Records, call: Callable[[], object]) -> None:
        self._records = records
        self._raised: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, args=(call,), daemon=True)

    def _run(self, call: Callable[[], object]) -> None:
        try:
            call()
        except BaseException as error:
            self._raised.append(error)

    def until_it_waits(self) -> None:
        """Begin it; back when the server says that it waits for a lock, or it has ended."""
        self._thread.start()
        waits = text(
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
        )
        while self._thread.is_alive():
            with self._records._database.read() as connection:
                if connection.scalar(waits):
                    return

    def ended(self) -> None:
        """It has ended, and nothing was raised."""
        self._thread.join(LONGEST)
        assert not self._thread.is_alive()
        assert self._raised == []


def ask(records: Records, person: str, what: str = QUESTION) -> str:
    place, kind = Place("terminal", "t1"), RequestKind.OPERATIONAL_PROBLEM
    return open_request(records, person, place, kind, {"what": what}, "other").reference


def hand_over(records: Records, reply_for: Callable[[str], Reply]) -> str:
    asked = Question(QUESTION, Place("terminal", "t1"), "pc-7")
    return records.save_handed_over(asked, reply_for, kind="question", found=(), why="too far")


def handed(reference: str) -> Reply:
    return Reply("r", Outcome.HANDED_OVER, reference, request=reference)


def test_accounts_are_joined_while_a_request_is_changed(hub_database: str, clock: Clock) -> None:
    with Records.open(hub_database, clock=clock) as records, Records.open(hub_database, clock=clock) as others:
        one, reference = OnePerson(True, others), ask(records, "pc-7")
        one.meet("portal", "oid-1", BELL)
        claimed = Change(RequestState.CLAIMED, claimed_by="U0BELL")
        records.queue.change(reference, "U0BELL", "claimed", lambda _: claimed)
        joining = Beside(records, lambda: one.meet("slack", "U0BELL", BELL))

        def decide(_: Request) -> Change:
            joining.until_it_waits()
            return Change(RequestState.REPLIED)

        records.queue.change(reference, "U0BELL", "replied", decide)
        joining.ended()
        after = records.request(reference)
        assert after is not None
        assert (after.state, after.claimed_by) == (RequestState.REPLIED, "oid-1")
        assert records.verify_audit().ok


def test_the_same_is_asked_again_while_its_request_is_changed(hub_database: str, clock: Clock) -> None:
    with Records.open(hub_database, clock=clock) as records, Records.open(hub_database, clock=clock) as others:
        reference = hand_over(records, handed)
        claimed = Change(RequestState.CLAIMED, claimed_by="bell")
        claiming = Beside(records, lambda: others.queue.change(reference, "bell", "claimed", lambda _: claimed))

        def reply_for(twin: str) -> Reply:
            claiming.until_it_waits()
            return handed(twin)

        assert hand_over(records, reply_for) == reference
        claiming.ended()
        after = records.request(reference)
        assert after is not None
        assert after.state is RequestState.CLAIMED
        assert records.verify_audit().ok


def test_a_request_is_withdrawn_while_one_that_joined_it_is_changed(hub_database: str, clock: Clock) -> None:
    with Records.open(hub_database, clock=clock) as records, Records.open(hub_database, clock=clock) as others:
        whole, part = ask(records, "pc-7"), ask(records, "pc-8", "who oils the lighthouse hinge")
        joined = Change(RequestState.CLOSED, joined_to=whole)
        records.queue.join(part, whole, "bell", lambda _, __: joined)
        withdrawn = Change(RequestState.WITHDRAWN)
        withdrawing = Beside(records, lambda: others.queue.change(whole, "pc-7", "withdrawn", lambda _: withdrawn))

        def decide(_: Request) -> Change:
            withdrawing.until_it_waits()
            return Change()

        records.queue.change(part, "bell", "noted", decide)
        withdrawing.ended()
        states = {one.reference: one.state for one in records.requests()}
        assert states == {whole: RequestState.WITHDRAWN, part: RequestState.REOPENED}
        assert records.verify_audit().ok
