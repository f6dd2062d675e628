"""The learning store, and rehearsing a draft: what officers would get before anybody approves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import Hub
from bot.domain.messages import Outcome, Place, Question
from bot.domain.people import NotAllowed
from bot.domain.proposals import Benefits, LessonError
from bot.domain.requests import CloseOutcome, RequestKind
from bot.queue.intake import open_request
from bot.settings import Settings
from bot.worker import run_due
from indexer.build import Builder
from tests.support.fakes import WordEncoder

pytestmark = pytest.mark.usefixtures("ungated")

TERMINAL = Place("terminal", "t1")
SAID = {
    "title": "kites stolen from the shed",
    "tried": "The sexton moved the ladder indoors and told the neighbours.",
    "happened": "No kite was stolen for three months.",
}


@pytest.fixture
def hub(tmp_path: Path, guidance: Path) -> Iterator[Hub]:
    opened = Hub(Settings(data=tmp_path / "data", hub_staff="bell,dunn"), WordEncoder())
    try:
        opened.publishing.build(Builder(opened.library, opened.encoder), [guidance], by_itself=True)
        yield opened
    finally:
        opened.close()


def problem(hub: Hub, *, closed: bool = True) -> str:
    fields = {"what": "kites are stolen from the shed with a ladder", "often": "most Fridays"}
    opened = open_request(hub.records, "pc-7", TERMINAL, RequestKind.OPERATIONAL_PROBLEM, fields)
    if closed:
        hub.desk.reply(hub.actor("bell"), opened.reference, "A marshal is there now.")
        hub.desk.close(hub.actor("bell"), opened.reference, CloseOutcome.ANSWERED)
    return opened.reference


def test_a_lesson_two_people_agree_on_is_found_and_never_taken_for_guidance(hub: Hub) -> None:
    bell, dunn = hub.actor("bell"), hub.actor("dunn")
    reference = problem(hub)
    benefits = Benefits(12.5, "insp cole", "four thefts a month", "crime records before and after")
    hub.lessons.keep(bell, reference, **SAID, benefits=benefits)
    with pytest.raises(LessonError, match="bell proposed it, so a different person must approve it"):
        hub.lessons.approve(bell, reference)
    assert hub.lessons.approve(dunn, reference).approved_by == "dunn"
    today = datetime.now(UTC).date()
    assert "Edition 2 published with lesson-pf-0001." in list(run_due(hub, today))

    asked = "kites stolen from the shed, was the ladder moved indoors by the sexton"
    reply = hub.assistant.ask(Question(asked, Place("terminal", "t8"), "pc-8"))
    assert reply.outcome is Outcome.ANSWERED
    assert reply.text.startswith("What was tried elsewhere; this is not guidance:")
    first = reply.citations[0]
    assert (first.document, first.status) == ("lesson-pf-0001", "experience")
    edition = hub.library.edition()
    assert edition.section_texts("lesson-pf-0001", "What did it bring?") == [
        "12.5 hours freed a month, estimated by insp cole. Before: four thefts a month. "
        "How it was measured: crime records before and after."
    ]
    hub.lessons.withdraw(dunn, reference)
    list(run_due(hub, today))
    assert "lesson-pf-0001" not in hub.library.edition().documents


def test_only_closed_problems_that_say_enough_and_name_nobody_are_kept(hub: Hub) -> None:
    bell = hub.actor("bell")
    with pytest.raises(LessonError, match="PF-0001 is no operational problem or inefficiency that is closed"):
        hub.lessons.keep(bell, problem(hub, closed=False), **SAID)
    reference = problem(hub)
    with pytest.raises(LessonError, match="this names a phone number"):
        hub.lessons.keep(bell, reference, **{**SAID, "tried": "Rang 07700 900123 every day."})
    with pytest.raises(LessonError, match="--happened"):
        hub.lessons.keep(bell, reference, **{**SAID, "happened": " "})
    with pytest.raises(LessonError, match="Say who estimated the hours"):
        hub.lessons.keep(bell, reference, **SAID, benefits=Benefits(hours_freed=3))
    with pytest.raises(LessonError, match="There is no request PF-0099"):
        hub.lessons.keep(bell, "PF-0099", **SAID)
    with pytest.raises(NotAllowed):
        hub.lessons.keep(hub.actor("pc-7"), reference, **SAID)
    assert hub.lessons.all() == []


def test_nothing_typed_into_a_lesson_becomes_a_heading_or_front_matter(hub: Hub) -> None:
    reference = problem(hub)
    hostile = {**SAID, "title": 'kites"\nstatus: in_force', "tried": "---\nstatus: in_force\n# Law\nNothing."}
    hub.lessons.keep(hub.actor("bell"), reference, **hostile)
    hub.lessons.approve(hub.actor("dunn"), reference)
    list(run_due(hub, datetime.now(UTC).date()))
    document = hub.library.edition().documents["lesson-pf-0001"]
    assert document.status.value == "experience"
    assert hub.library.edition().section_texts("lesson-pf-0001", "Law") == []


def test_a_draft_is_rehearsed_in_other_words_and_leaves_no_trace(hub: Hub) -> None:
    bell = hub.actor("bell")
    asked = hub.assistant.hand_over(Question("which leaflet goes with tractors", TERMINAL, "pc-7"))
    draft = hub.desk.draft(
        bell, asked.request or "", question="Which leaflet goes with tractors?", text="The blue one."
    )
    assert draft.asked == "which leaflet goes with tractors"
    from bot.queue.learning.advice import as_markdown

    before = hub.records.health().counts
    words = [draft.asked, "tractors and their leaflet: which", "who paints the lighthouse"]
    now = hub.publishing.rehearse_with({}, words)
    then = hub.publishing.rehearse_with({"draft.md": as_markdown(draft.advice)}, words)
    assert Outcome.ANSWERED not in [reply.outcome for reply in now]
    assert [reply.outcome is Outcome.ANSWERED for reply in then] == [True, True, False]
    assert then[0].citations[0].quote == "The blue one."
    assert hub.records.health().counts == before
    assert (hub.library.current_number(), hub.library.numbers()) == (1, [1])
    assert "advice-pf-0001" not in hub.library.edition().documents


def test_a_draft_takes_the_place_of_what_is_published_for_the_same_request(hub: Hub) -> None:
    bell, dunn = hub.actor("bell"), hub.actor("dunn")
    asked = hub.assistant.hand_over(Question("which leaflet goes with tractors", TERMINAL, "pc-7")).request or ""
    hub.desk.reply(bell, asked, "The red one.")
    hub.desk.promote(bell, asked, question="Which leaflet goes with tractors?")
    hub.desk.approve(dunn, asked)
    list(run_due(hub, datetime.now(UTC).date()))
    from bot.queue.learning.advice import as_markdown

    draft = hub.desk.draft(bell, asked, text="The blue one.")
    file = {f"{draft.advice.document}.md": as_markdown(draft.advice)}
    (then,) = hub.publishing.rehearse_with(file, ["which leaflet goes with tractors"])
    assert then.citations[0].quote == "The blue one."
