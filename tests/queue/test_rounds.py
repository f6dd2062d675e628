"""Several letters at once: order within a conversation, troubles of the database, leases that run out."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.letters import Letter, NotDelivered, Trouble
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Actor, Roles
from bot.domain.refusals import RecordsError
from bot.domain.timing.patience import Patience
from bot.governance.office import Office
from bot.queue.delivery import Carrier, Outbox, Rounds, deliver_due
from bot.queue.desk import Desk
from bot.records import Records
from bot.records.engine import Database, open_database
from bot.terminal.mail import InboxCourier, PersonalMail
from tests.support.fakes import Clock

BELL = Actor("bell")
SECONDS = 60
IMPATIENT = Patience(connect=1.0, lock=0.2, statement=1.0)


def hand_over(records: Records, place: Place, asker: str = "pc-7") -> str:
    return records.save_handed_over(
        Question(f"who locks the kite shed at {place.address}", place, asker),
        lambda given: Reply("r", Outcome.HANDED_OVER, given, request=given),
        kind="question",
        found=(),
        why="too far",
    )


def reply(desk: Desk, records: Records, said: str, address: str = "t1", platform: str = "terminal") -> str:
    reference = hand_over(records, Place(platform, address))
    desk.reply(BELL, reference, said)
    return reference


class Noting:
    """A courier that writes down what it brings."""

    def __init__(self) -> None:
        self.brought: list[tuple[str, str]] = []

    def deliver(self, letter: Letter) -> None:
        self.brought.append((letter.address, letter.text.split("\n\n")[1]))

    def close(self) -> None:
        return


class Meeting(Noting):
    """Goes on only when as many letters are under way at once as it was told."""

    def __init__(self, together: int) -> None:
        super().__init__()
        self.barrier = threading.Barrier(together)

    def deliver(self, letter: Letter) -> None:
        self.barrier.wait(SECONDS)
        super().deliver(letter)


def test_letters_to_different_places_are_under_way_at_once(desk: Desk, records: Records) -> None:
    for number in range(8):
        reply(desk, records, "ok", f"t{number}")
    courier = Meeting(4)
    assert deliver_due(records.outbox, {"terminal": courier}, hands=4) == (8, 0)
    assert {address for address, _ in courier.brought} == {f"t{number}" for number in range(8)}


def test_what_is_said_in_one_place_arrives_in_its_order_however_many_hands(desk: Desk, records: Records) -> None:
    references = [hand_over(records, Place("terminal", f"t{number}")) for number in range(3)]
    for number in range(6):
        for reference in references:
            desk.reply(BELL, reference, f"say {number}")
    courier = Noting()
    assert deliver_due(records.outbox, {"terminal": courier}, hands=4) == (18, 0)
    for number in range(3):
        assert [said for at, said in courier.brought if at == f"t{number}"] == [f"say {turn}" for turn in range(6)]


class Hanging(Noting):
    """Does not come back until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.may_end, self.begun = threading.Event(), threading.Event()

    def deliver(self, letter: Letter) -> None:
        self.begun.set()
        assert self.may_end.wait(SECONDS)
        super().deliver(letter)


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    courier = Hanging()
    yield courier
    courier.may_end.set()


def test_a_platform_that_hangs_holds_up_nobody_else_and_is_left_to_itself(
    desk: Desk, records: Records, hanging: Hanging
) -> None:
    quick = Noting()
    rounds = Rounds(records.outbox, {"slack": hanging, "terminal": quick}, patience=0.05)
    for number in range(6):  # more than it has hands
        reply(desk, records, "for slack", f"C{number}", "slack")
    reply(desk, records, "one")
    assert rounds.run() == (1, 0)
    assert hanging.begun.is_set()
    reply(desk, records, "two", "t2")
    assert rounds.run() == (1, 0)
    assert [said for _, said in quick.brought] == ["one", "two"]
    hanging.may_end.set()
    arrived = 0
    while arrived < 6:
        arrived += rounds.run()[0]
    assert sorted(address for address, _ in hanging.brought) == [f"C{number}" for number in range(6)]
    rounds.close()
    assert records.outbox.counts()["sent"] == 8


def test_a_slow_platform_keeps_its_lease_and_nobody_else_sends_the_letter(
    desk: Desk, records: Records, clock: Clock, hanging: Hanging
) -> None:
    reply(desk, records, "slowly")
    began = clock.now
    rounds = Rounds(
        records.outbox, {"terminal": hanging}, patience=0.01, clock=lambda: (clock.now - began).total_seconds()
    )
    for _ in range(8):  # two minutes and forty seconds
        assert rounds.run() == (0, 0)
        clock.now += timedelta(seconds=21)
    assert rounds.run() == (0, 0)
    other = Noting()
    assert deliver_due(records.outbox, {"terminal": other}) == (0, 0)
    hanging.may_end.set()
    rounds.close()
    assert (len(hanging.brought), other.brought, records.outbox.counts()) == (1, [], {"sent": 1})


def test_a_worker_that_stood_still_beyond_its_lease_neither_sends_nor_marks(
    desk: Desk, records: Records, clock: Clock
) -> None:
    reply(desk, records, "once")
    (leased,) = records.outbox.lease(["terminal"], 4, 60)
    clock.now += timedelta(seconds=61)
    other, late = Noting(), Noting()
    assert deliver_due(records.outbox, {"terminal": other}) == (1, 0)
    carrier = Carrier(records.outbox, {"terminal": late}, lambda: 61.0)
    assert carrier.bring(leased, 0.0) is None
    assert carrier.bring(leased, 61.0) is None  # had it been sending already: what it did is not marked
    assert (len(other.brought), len(late.brought)) == (1, 1)
    assert records.outbox.counts() == {"sent": 1}


class Contended:
    """A hub database in which somebody else holds what every writer needs, when a test says so."""

    def __init__(self, target: Path | str, clock: Clock) -> None:
        self.records = Records.open(target, clock=clock, patience=IMPATIENT)
        self.desk = Desk(Office(Roles.listed(hub="bell"), self.records, clock), self.records, clock)
        self._other: Database = open_database(target)
        self._held: AbstractContextManager[object] | None = None

    def hold(self) -> None:
        """From now on every change waits, and gives up after a fifth of a second."""
        held = self._other.write()
        held.__enter__().execute(text("update audit_head set sequence = sequence where id = 1"))
        self._held = held

    def let_go(self) -> None:
        if self._held is not None:
            self._held.__exit__(None, None, None)
        self._held = None

    def close(self) -> None:
        self.let_go()
        self._other.close()
        self.records.close()


@pytest.fixture
def contended(hub_database: Path | str, clock: Clock) -> Iterator[Contended]:
    database = Contended(hub_database, clock)
    yield database
    database.close()


class Then(Noting):
    """Does something once, when it has brought its first letter, however many hands bring letters at that moment."""

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self._then = iter([then])  # next() of a list's iterator gives each item to one thread only

    def deliver(self, letter: Letter) -> None:
        super().deliver(letter)
        for then in self._then:
            then()


@pytest.mark.parametrize("hands", [1, 4])
def test_a_letter_that_arrived_while_the_database_was_busy_is_marked_at_once_and_not_sent_again(
    contended: Contended, hands: int
) -> None:
    for number in range(3):
        reply(contended.desk, contended.records, "ok", f"t{number}")
    courier = Then(contended.hold)
    rounds = Rounds(contended.records.outbox, {"terminal": courier}, hands=hands, patience=SECONDS)
    with pytest.raises(RecordsError, match="busy for too long"):
        rounds.run()
    contended.let_go()
    arrived = rounds.run()[0]  # and nobody waited for a lease to end: the clock stands still
    assert arrived <= 3
    assert sorted(address for address, _ in courier.brought) == ["t0", "t1", "t2"]
    assert contended.records.outbox.counts() == {"sent": 3}
    rounds.close()


class ShelfBroken(Noting):
    """A courier that needs the database, which is away the first time."""

    def __init__(self) -> None:
        super().__init__()
        self.away = True

    def deliver(self, letter: Letter) -> None:
        if self.away:
            self.away = False
            raise RecordsError("The hub database is away.")
        super().deliver(letter)


def test_a_letter_whose_courier_met_a_busy_database_is_given_back_and_tried_at_once(
    desk: Desk, records: Records
) -> None:
    reply(desk, records, "one")
    courier = ShelfBroken()
    with pytest.raises(RecordsError, match="is away"):
        deliver_due(records.outbox, {"terminal": courier})
    assert records.outbox.counts() == {"waiting": 1}
    assert deliver_due(records.outbox, {"terminal": courier}) == (1, 0)
    assert courier.brought == [("t1", "one")]


class AwayAtItsSecondLease:
    """An outbox whose database is away when letters are asked for the second time."""

    def __init__(self, real: Outbox) -> None:
        self._real, self.away, self.lease = real, threading.Event(), self._first_lease

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def _first_lease(self, platforms: Collection[str], limit: int, seconds: float) -> list[Letter]:
        self.lease = self._second_lease
        return self._real.lease(platforms, limit, seconds)

    def _second_lease(self, platforms: Collection[str], limit: int, seconds: float) -> list[Letter]:
        self.lease = self._real.lease
        self.away.set()
        raise RecordsError("The hub database is away.")


class MeetsAnotherAway(Noting):
    """A courier that needs the database as well, for its letter to t1, just after letters could not be asked for."""

    def __init__(self, away: threading.Event) -> None:
        super().__init__()
        self._away = iter([away])

    def deliver(self, letter: Letter) -> None:
        if letter.address == "t1":
            for away in self._away:
                assert away.wait(SECONDS)
                raise RecordsError("The hub database is away here too.")
        super().deliver(letter)


def test_what_is_under_way_when_letters_cannot_be_asked_for_troubles_no_later_round(
    desk: Desk, records: Records
) -> None:
    for number in range(2):
        reply(desk, records, "ok", f"t{number}")
    outbox = AwayAtItsSecondLease(records.outbox)
    courier = MeetsAnotherAway(outbox.away)
    rounds = Rounds(outbox, {"terminal": courier}, patience=SECONDS)
    with pytest.raises(RecordsError, match="is away"):
        rounds.run()
    assert rounds.run() == (1, 0)
    assert [address for address, _ in courier.brought] == ["t0", "t1"]
    assert records.outbox.counts() == {"sent": 2}
    rounds.close()


def test_a_program_that_ends_while_the_database_is_busy_owes_until_its_lease_ends(
    contended: Contended, clock: Clock
) -> None:
    reply(contended.desk, contended.records, "one")
    courier = Then(contended.hold)
    with pytest.raises(RecordsError):
        deliver_due(contended.records.outbox, {"terminal": courier})
    contended.let_go()
    assert deliver_due(contended.records.outbox, {"terminal": courier}) == (0, 0)
    clock.now += timedelta(seconds=61)
    assert deliver_due(contended.records.outbox, {"terminal": courier}) == (1, 0)


def mail(desk: Desk, records: Records, person: str = "pc-7") -> PersonalMail:
    return PersonalMail(Actor(person), records, None)  # type: ignore[arg-type]


def test_at_a_terminal_letters_are_shown_that_another_process_has_leased(desk: Desk, records: Records) -> None:
    reply(desk, records, "one")
    (leased,) = records.outbox.lease(["terminal"], 4, 60)
    mine = mail(desk, records)
    assert [said.split("\n\n")[1] for _, said in mine.unseen()] == ["one"]
    mine.seen()
    # whoever had it goes on as if nothing had been
    carrier = Carrier(records.outbox, {"terminal": InboxCourier(records)})
    assert carrier.bring(leased, carrier._clock()) is None
    assert mine.unseen() == []
    assert records.outbox.counts() == {"sent": 1}
    assert [event.action for _, event in records.audit_events(limit=100)].count("letter.sent") == 1


def test_at_a_terminal_letters_keep_their_order_and_others_are_left_alone(desk: Desk, records: Records) -> None:
    mine, theirs = hand_over(records, Place("terminal", "t1")), hand_over(records, Place("terminal", "t1"), "pc-8")
    for said in ("one", "two"):
        desk.reply(BELL, theirs, f"{said} for pc-8")
        desk.reply(BELL, mine, said)
    assert [re.split("\n\n", said)[1] for _, said in mail(desk, records).unseen()] == ["one", "two"]
    assert records.outbox.counts() == {"sent": 2, "waiting": 2}
    assert [said.split("\n\n")[1] for _, said in mail(desk, records, "pc-8").unseen()] == [
        "one for pc-8",
        "two for pc-8",
    ]


class Refusing(Noting):
    """A platform that does not take our token until it does."""

    def __init__(self) -> None:
        super().__init__()
        self.refuses, self.asked = True, 0

    def deliver(self, letter: Letter) -> None:
        self.asked += 1
        if self.refuses:
            raise NotDelivered("invalid_auth", trouble=Trouble.OURS)
        super().deliver(letter)


def test_where_a_token_is_not_taken_one_letter_asks_for_all_processes(
    desk: Desk, records: Records, clock: Clock
) -> None:
    for number in range(9):
        reply(desk, records, "ok", f"t{number}")
    courier = Refusing()
    rounds = [Rounds(records.outbox, {"terminal": courier}, patience=SECONDS) for _ in range(3)]
    rounds[0].run()
    assert 1 <= courier.asked <= 4  # as many as it has hands
    first, courier.asked = courier.asked, 0
    for one in rounds:
        assert one.run() == (0, 0)
    assert courier.asked == 0
    clock.now += timedelta(seconds=61)
    assert rounds[0].run() == (0, 1)  # by now it knows better: one asks
    assert courier.asked == 1
    courier.refuses = False
    clock.now += timedelta(seconds=61)
    assert rounds[0].run() == (9, 0)
    assert records.outbox.stopped() == {}
    for one in rounds:
        one.close()
    assert first


def test_two_letters_that_are_refused_at_once_are_both_kept(desk: Desk, records: Records) -> None:
    errors: list[RecordsError] = []

    def stop() -> None:
        with suppress(RecordsError):
            try:
                for _ in range(20):
                    records.outbox.stop("slack", "invalid_auth", 60)
            except RecordsError as error:
                errors.append(error)

    threads = [threading.Thread(target=stop) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert errors == []
    assert records.outbox.stopped() == {"slack": "invalid_auth"}
