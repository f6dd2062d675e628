"""Fifty conversations of ten turns with stray small answers: no request that nobody asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.answering.assistant import Assistant
from bot.answering.guidance import LibraryGuidance
from bot.domain.messages import Place, Question
from bot.domain.people import Roles
from bot.governance.office import Office
from bot.queue.desk import Desk
from bot.queue.feedback import Feedback
from bot.records import Records
from knowledge.store.folder import Library
from tests.support.fakes import Clock, WordEncoder

FILE = Path(__file__).parent.parent / "data" / "conversations.txt"
CONVERSATIONS = [line.split(" | ") for line in FILE.read_text(encoding="utf-8").splitlines() if line[:1] not in "#"]


def test_there_are_fifty_of_ten_turns() -> None:
    assert [len(turns) for turns in CONVERSATIONS] == [10] * 50


def test_no_request_is_opened_that_nobody_asked_for(
    publish: Callable[[Path], Library], guidance: Path, encoder: WordEncoder, tmp_path: Path, clock: Clock
) -> None:
    shelf = LibraryGuidance(publish(guidance), encoder)
    with Records.open(tmp_path / "hub.db", clock=clock) as records:
        desk = Desk(Office(Roles.listed(hub="bell"), records, clock), records, clock)
        today = lambda: date(2026, 11, 1)  # noqa: E731 one line says it
        assistant = Assistant(shelf, records, today=today, desk=desk, feedback=Feedback(records))
        unasked, unopened = [], []
        for number, turns in enumerate(CONVERSATIONS):
            place, asker = Place("slack", f"D{number}"), f"pc-{number}"
            for turn in turns:
                before = len(records.requests_of(asker))
                reply = assistant.ask(Question(turn.lstrip("!? ") if turn[:2] in ("! ", "? ") else turn, place, asker))
                assert reply.text, turn
                opened = len(records.requests_of(asker)) - before
                wanted = turn[:2] in ("! ", "? ")
                unasked += [(turns[0], turn)] if opened and not wanted else []
                unopened += [(turns[0], turn)] if wanted and not opened else []
        assert unasked == []
        assert unopened == []
