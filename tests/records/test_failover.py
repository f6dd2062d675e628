"""The primary dies and its standby is promoted: who was connected goes on by itself, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.domain.letters import Letter
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Actor, Roles
from bot.domain.refusals import RecordsError
from bot.domain.timing.patience import Patience
from bot.governance.office import Office
from bot.queue.delivery import Rounds
from bot.queue.desk import Desk
from bot.records import Records
from tests.support.fakes import Clock
from tests.support.standby import Pair, running_pair


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    with running_pair(300) as both:
        yield both


def hand_over(records: Records, text: str) -> str:
    return records.save_handed_over(
        Question(text, Place("terminal", text), "pc-7"),
        lambda given: Reply("r", Outcome.HANDED_OVER, given, request=given),
        kind="question",
        found=(),
        why="too far",
    )


class Dying:
    """A courier at whose first letter the primary dies, after it was brought."""

    def __init__(self, pair: Pair) -> None:
        self.pair: Pair | None = pair
        self.brought: list[str] = []

    def deliver(self, letter: Letter) -> None:
        self.brought.append(letter.address)
        if self.pair is not None:
            self.pair.fail_over()
            self.pair = None

    def close(self) -> None:
        return


def test_what_was_acknowledged_is_there_after_a_failover_and_a_letter_under_way_is_not_sent_again(
    pair: Pair, clock: Clock
) -> None:
    with Records.open(pair.url, clock=clock, patience=Patience(connect=5, lock=5, statement=10)) as records:
        desk = Desk(Office(Roles.listed(hub="bell"), records, clock), records, clock)
        references = [hand_over(records, f"who locks shed {number}") for number in range(3)]
        for reference in references:
            desk.reply(Actor("bell"), reference, "The sexton.")
        courier = Dying(pair)
        rounds = Rounds(records.outbox, {"terminal": courier}, hands=1, patience=60)
        troubles = 0
        while records_counts(records) != {"sent": 3}:
            try:
                rounds.run()
            except RecordsError:
                troubles += 1
            assert troubles < 5  # each of its connections is found out once at most
        rounds.close()
        assert sorted(courier.brought) == sorted(set(courier.brought))
        assert {one.reference for one in records.requests(limit=100)} == set(references)
        assert records.verify_audit().ok
        pair.follow()
        assert hand_over(records, "who locks the last shed") not in references


def records_counts(records: Records) -> dict[str, int]:
    """Letters by state; nothing while the database is away."""
    try:
        return dict(records.outbox.counts())
    except RecordsError:
        return {}
