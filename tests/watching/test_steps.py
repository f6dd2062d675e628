"""Times of steps, outcomes, and what `/metrics` tells of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.app import Hub
from bot.domain.letters import LetterKind
from bot.domain.messages import Place, Question
from bot.insight.showing.metrics import Snapshot, exposition
from bot.records import Records
from bot.server import new_server
from bot.watching import steps
from bot.watching.steps import BOUNDS, Step, Watch, asking, step
from tests.support.fakes import Clock
from tests.support.ready import demonstration
from tests.support.serving import served

ASKED = "how long may a silk kite soak in water?"


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Counting begins anew."""
    fresh = Watch()
    monkeypatch.setattr(steps, "WATCH", fresh)
    monkeypatch.setattr("bot.insight.showing.metrics.WATCH", fresh)
    return fresh


@pytest.fixture
def hub(tmp_path: Path, guidance: Path) -> Iterator[Hub]:
    with demonstration(tmp_path / "data", guidance) as made:
        yield made


def counted(watch: Watch) -> dict[str, int]:
    return {which.value: sum(one.counts) for which, one in watch.times.items()}


def test_a_question_takes_each_step_once_and_ends_once(hub: Hub, watch: Watch) -> None:
    reply = hub.assistant.ask(Question(ASKED, Place("terminal", "t1"), "pc-4711"))
    assert reply.outcome.value == "answered"
    told = counted(watch)
    assert told == {
        "redaction": 1, "listening": 2, "search": 1, "judging": 1, "recording": 1, "drawing": 0, "whole": 1,
    }  # fmt: skip
    assert watch.outcomes == {"answered": 1}
    whole = watch.times[Step.WHOLE].seconds
    assert whole >= sum(one.seconds for which, one in watch.times.items() if which is not Step.WHOLE) > 0


def test_a_rehearsal_is_not_counted_among_what_people_asked(hub: Hub, watch: Watch) -> None:
    assert hub.publishing.rehearse(ASKED).outcome == "answered"
    assert watch.outcomes == {}
    assert set(counted(watch).values()) == {0}


def test_a_question_that_breaks_is_timed_and_has_no_outcome(watch: Watch) -> None:
    with pytest.raises(ZeroDivisionError), asking("terminal"), step(Step.SEARCH):
        raise ZeroDivisionError
    assert counted(watch)["whole"] == counted(watch)["search"] == 1
    assert watch.outcomes == {}


@pytest.mark.parametrize(("seconds", "bound"), [(0.001, "0.001"), (0.0011, "0.0025"), (0.2, "0.25"), (31.0, "+Inf")])
def test_a_time_falls_below_the_first_bound_that_holds_it(watch: Watch, seconds: float, bound: str) -> None:
    watch.took(Step.SEARCH, seconds)
    rows = watch.times[Step.SEARCH].cumulated
    assert next(name for name, count in rows if count) == bound
    assert rows[-1] == ("+Inf", 1.0)
    assert len(rows) == len(BOUNDS) + 1


def test_metrics_tell_times_outcomes_ages_encoder_edition_and_connections(hub: Hub, watch: Watch) -> None:
    hub.assistant.ask(Question(ASKED, Place("terminal", "t1"), "pc-4711"))
    with served(new_server(hub, [])) as address:
        told = httpx.get(f"{address}/metrics", timeout=60).text
    assert 'prevention_hub_step_seconds_count{step="search"} 1.0' in told
    assert 'prevention_hub_step_seconds_bucket{le="+Inf",step="whole"} 1.0' in told
    assert 'prevention_hub_questions_total{outcome="answered"} 1.0' in told
    assert re.search(r'prevention_hub_encoder_info{dimension="512",name="words",weights="[0-9a-f]{64}"} 1.0', told)
    assert 'prevention_hub_oldest_seconds{waits="request"} 0.0' in told
    assert re.search(r'prevention_hub_database_connections{state="open"} [1-9]', told)
    assert re.search(r"^prevention_hub_edition_age_seconds \d", told, re.MULTILINE)
    for never in ("silk", "pc-4711", "terminal"):
        assert never not in told


def test_ages_are_those_of_the_oldest(records: Records, clock: Clock) -> None:
    assert records.backlog().letter_due is None
    assert records.backlog().unanswered == 0
    began = clock()
    place = Place("slack", "C1")
    records.inbound.receive("slack", "first", place, "U1", "words")
    records.outbox.put("one", LetterKind.REPLY, place, "U1", "PF-0001", "hello")
    clock.now += timedelta(minutes=5)
    records.inbound.receive("slack", "second", place, "U1", "words")
    records.outbox.put("two", LetterKind.REPLY, place, "U1", "PF-0001", "again")
    clock.now += timedelta(minutes=5)
    found = records.backlog()
    assert (found.letter_due, found.unanswered, found.unanswered_since) == (began, 2, began)
    records.inbound.finish("slack", "first")
    assert records.backlog().unanswered_since == began + timedelta(minutes=5)


def test_connections_are_told_once_there_are_some(records: Records) -> None:
    with records._database.read() as connection:
        connection.exec_driver_sql("select 1")
        found = records.pool()
        assert found is not None
        assert found.used == 1
        assert 1 <= found.open <= found.most
    again = records.pool()
    assert again is not None
    assert again.used == 0


def test_without_the_database_the_process_still_tells_of_itself(watch: Watch) -> None:
    watch.ended("urgent")
    told = exposition(None)
    assert "prevention_hub_up 0.0" in told
    assert 'prevention_hub_questions_total{outcome="urgent"} 1.0' in told
    assert "prevention_hub_edition " not in exposition(Snapshot({}, 0, None))
