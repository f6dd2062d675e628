"""Gaps by meaning, documents by use, and time saved: one tap, once in a week, of nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from bot.app import Hub
from bot.domain.messages import Citation, Outcome, Place, Question, Reply
from bot.domain.people import Actor, NotAllowed
from bot.domain.talk.reasons import WhyHandedOver
from bot.edges.presses import Press
from bot.edges.steps import Steps
from bot.insight.documents import by_use
from bot.insight.gaps import Gap, Gaps, grouped
from bot.insight.saved import TimeSaved, spread
from bot.records import Records
from bot.records.tables import TIME_SAVED
from bot.settings import Settings
from knowledge.passages import Document, Status
from tests.support.fakes import Clock, WordEncoder
from tests.support.ready import make_ready

HERE = Place("slack", "D1")
KITES = ("who repairs torn silk kites", "torn silk kites repairs", "repairs for torn silk kites")
BADGERS = ("badgers at night counting rota", "counting rota of badgers at night")


def cited(section: str) -> Citation:
    return Citation("laundry", "Washing kites", section, None, "q", "in_force", None, None, "OFFICIAL", "", 0.4, "p")


def missed(records: Records, text: str, person: str) -> str:
    return records.save_handed_over(
        Question(text, HERE, person),
        lambda given: Reply("", Outcome.HANDED_OVER, given, request=given, reason=WhyHandedOver.LIMIT.value, why="no"),
        kind="question",
        found=(cited("Repairs"),),
        why="The nearest section does not cover it.",
    )


@pytest.fixture
def gaps(records: Records, clock: Clock) -> Gaps:
    return Gaps(records, WordEncoder(), clock)


def test_questions_that_ask_the_same_are_one_gap(records: Records, gaps: Gaps) -> None:
    for number, text in enumerate((*KITES, *BADGERS, "sexton lights candles")):
        missed(records, text, f"pc-{number}")
    found = gaps.all()
    assert [gap.size for gap in found] == [3, 2, 1]
    kites = found[0]
    assert set(kites.questions) == set(KITES)
    assert (kites.people, kites.near[0].in_words, kites.near[0].times) == (3, "Washing kites > Repairs", 3)
    assert kites.heading.endswith("?")
    assert kites.heading[0].isupper()
    assert not kites.may_be_told  # three questions: hub staff see them, nobody else
    assert gaps.find(kites.name.lower()) == kites


def test_a_gap_that_an_edition_answers_is_closed_by_it(records: Records, gaps: Gaps) -> None:
    references = [missed(records, text, f"pc-{n}") for n, text in enumerate(KITES)]
    records.late.keep(7, [(references[0], cited("Repairs"))])
    shrunk = gaps.all()[0]
    assert (shrunk.answered, shrunk.is_closed) == (1, False)
    assert shrunk.standing == "Edition 7 answers 1 of 3 by now."
    records.late.keep(8, [(one, cited("Repairs")) for one in references])
    fresh = Gaps(records, WordEncoder(), gaps.now).all()[0]
    assert fresh.is_closed
    assert fresh.standing.startswith("Closed by edition 8: 3 of 3")


def test_nothing_is_grouped_where_there_is_nothing(gaps: Gaps) -> None:
    assert gaps.all() == []
    assert grouped(np.zeros((1, 4), dtype=np.float32)) == [[0]]
    assert sum(map(len, grouped(np.zeros((3, 4), dtype=np.float32)))) == 3


@pytest.fixture
def hub(tmp_path: Path, guidance: Path) -> Iterator[Hub]:
    made = Hub(Settings(data=tmp_path / "data", hub_staff="bell"), WordEncoder())
    make_ready(made, guidance)
    yield made
    made.close()


def test_one_step_writes_a_draft_or_opens_a_request(hub: Hub) -> None:
    for number, text in enumerate(KITES):
        missed(hub.records, text, f"pc-{number}")
    gap: Gap = hub.gap_desk.look(Actor("bell"))[0]
    path = hub.gap_desk.draft(Actor("bell"), gap.name, date(2026, 11, 23))
    text = path.read_text(encoding="utf-8")
    assert 'status: "draft"' in text
    assert f"## {gap.heading}" in text
    path.write_text("mine", encoding="utf-8")
    hub.gap_desk.draft(Actor("bell"), gap.name, date(2026, 11, 23))
    assert path.read_text(encoding="utf-8") == "mine"  # what somebody has begun stays
    opened = hub.records.request(hub.gap_desk.ask(Actor("bell"), gap.name, HERE))
    assert opened is not None
    assert opened.kind.value == "correction"
    assert "Washing kites > Repairs" in opened.question
    with pytest.raises(NotAllowed):
        hub.gap_desk.look(Actor("pc-1"))


def test_documents_that_are_quoted_and_old_come_first() -> None:
    today = date(2026, 11, 23)
    documents = [
        Document("a", "Fresh", review_by=today + timedelta(days=300)),
        Document("b", "Past", review_by=today - timedelta(days=30)),
        Document("c", "Never", review_by=today - timedelta(days=400)),
        Document("d", "Gone", status=Status.WITHDRAWN),
    ]
    found = by_use(documents, {("a", "s"): 90, ("b", "s"): 9, ("b", "t"): 3}, {("b", "t"): 2}, today)
    assert [(one.document, one.quoted, one.wrong, one.needs_review) for one in found] == [
        ("b", 12, 2, True),
        ("a", 90, 0, False),
        ("c", 0, 0, False),
    ]
    assert found[0].sections == {"t": (3, 2)}


def test_time_saved_is_asked_once_in_a_week_and_kept_of_nobody(records: Records, clock: Clock) -> None:
    saved = TimeSaved(records, clock)
    assert not saved.keep("pc-1", "15")  # was not asked
    assert saved.may_ask("pc-1")
    assert not saved.may_ask("pc-1")
    assert saved.keep("pc-1", "15")
    assert not saved.keep("pc-1", "30")
    assert not saved.keep("pc-1", "16")
    clock.now += timedelta(days=6, hours=23)
    assert not saved.may_ask("pc-1")
    clock.now += timedelta(hours=1)
    assert saved.may_ask("pc-1")
    with records._database.read() as connection:
        row = connection.execute(TIME_SAVED.select()).mappings().one()
    assert set(row) == {"id", "day", "minutes"}
    assert row["day"].weekday() == 0


def test_what_was_saved_is_told_with_its_spread_and_not_of_few() -> None:
    assert spread([5.0] * 4).median is None
    assert "fewer than 5" in spread([5.0] * 4).in_words
    made = spread([0.0, 5.0, 15.0, 30.0, 60.0])
    assert (made.count, made.low, made.median, made.high) == (5, 5, 15, 30)


def test_after_something_that_helped_one_tap_is_offered_now_and_then(hub: Hub) -> None:
    reply = hub.assistant.ask(Question("how long may a silk kite soak in water", HERE, "pc-1"))
    steps = Steps(hub)
    done = steps.attempt(Press("good", Actor("pc-1"), HERE, reply.receipt or ""))
    assert "About how long would this have taken you" in done.told
    assert [one.fields["minutes"] for one in done.remedies] == ["0", "5", "15", "30", "60"]
    tap = done.remedies[2]
    told = steps.attempt(Press(tap.step, Actor("pc-1"), HERE, tap.about, tap.fields)).told
    assert told == "Thank you. Nobody can see that it was you."
    again = steps.attempt(Press("good", Actor("pc-1"), HERE, reply.receipt or ""))
    assert again.remedies == ()
    assert "About how long" not in again.told
