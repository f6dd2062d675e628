"""Short calls that come at once are made as one."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.messages import Place, Question
from bot.domain.refusals import RecordsError
from bot.edges.jobs import Jobs, Together
from bot.edges.reception import take_all
from bot.records import Records


def test_what_comes_while_a_call_is_made_goes_with_the_next() -> None:
    batches: list[list[int]] = []

    def double(items: list[int]) -> list[int]:
        batches.append(items)
        return [2 * item for item in items]

    async def run() -> list[int]:
        together = Together(Jobs(), double)
        return list(await asyncio.gather(*map(together.call, range(300))))

    assert asyncio.run(run()) == [2 * number for number in range(300)]
    assert [len(batch) for batch in batches] == [100, 100, 100]


def test_what_goes_wrong_is_told_to_each_and_the_next_is_tried_anew() -> None:
    broken = [True]

    def work(items: list[int]) -> list[int]:
        if broken[0]:
            raise RecordsError("The disk is full.")
        return items

    async def run() -> None:
        together = Together(Jobs(), work)
        told = await asyncio.gather(*map(together.call, range(3)), return_exceptions=True)
        assert [str(error) for error in told] == ["The disk is full."] * 3
        broken[0] = False
        assert await together.call(7) == 7
        await together.quiet(5)

    asyncio.run(run())


@pytest.mark.parametrize("keys", [["b", "a", "b"], ["a", "a", "a"]])
def test_the_same_message_twice_at_once_is_new_once(records: Records, keys: list[str]) -> None:
    question = Question("my number is 07700 900123", Place("slack", "T/D/1"), "U1")
    assert take_all(records.inbound, [(key, question) for key in keys]).count(True) == len(set(keys))
    assert take_all(records.inbound, [(key, question) for key in keys]) == [False] * len(keys)
