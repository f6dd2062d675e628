"""Short answers, follow-ups and what the hub asked for: understood from what was said before, never searched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot import wording
from bot.answering.assistant import Assistant
from bot.answering.guidance import LibraryGuidance
from bot.domain.messages import Citation, Outcome, Place, Question, Reply
from bot.domain.people import Actor
from bot.governance.office import Office
from bot.queue.desk import Desk
from bot.queue.errands import Errands
from bot.queue.feedback import Feedback
from bot.queue.joining import Joining
from bot.records import Records
from knowledge.found import Found
from knowledge.store.folder import Library
from tests.support.fakes import Clock, WordEncoder

SHADE = "is a kite dried in the shade at dusk"
"""Comes near to several sections and is answered by none."""
SILK = "how long may a silk kite soak in water?"
PAINT = "who paints the lighthouse door?"


class Counting(LibraryGuidance):
    """The library, and what it was searched for."""

    def __init__(self, library: Library, encoder: WordEncoder) -> None:
        super().__init__(library, encoder)
        self.searched: list[str] = []

    def search(
        self, question: str, *, after: str = "", limit: int = 10, belongs: frozenset[str] = frozenset()
    ) -> tuple[int, Found]:
        self.searched.append(question)
        return super().search(question, after=after, limit=limit, belongs=belongs)


@dataclass
class Officer:
    """Somebody who talks to the assistant in one place."""

    assistant: Assistant
    records: Records
    guidance: Counting
    clock: Clock
    name: str = "pc-7"
    place: Place = field(default_factory=lambda: Place("slack", "T1/D7/1"))

    def say(self, text: str) -> Reply:
        """Say something a minute later; the reply, unless it was about a request."""
        self.clock.now += timedelta(minutes=1)
        return self.assistant.ask(Question(text, self.place, self.name))

    def small(self, text: str) -> Reply:
        """Say something that must not be searched."""
        before = len(self.guidance.searched)
        reply = self.say(text)
        assert self.guidance.searched[before:] == []
        return reply

    @property
    def requests(self) -> list[str]:
        return [request.question for request in self.records.requests()][::-1]


@pytest.fixture
def records(tmp_path: Path, clock: Clock) -> Iterator[Records]:
    """An empty hub database in a file."""
    with Records.open(tmp_path / "hub.db", clock=clock) as opened:
        yield opened


@pytest.fixture
def officer(
    publish: Callable[[Path], Library],
    guidance: Path,
    encoder: WordEncoder,
    records: Records,
    clock: Clock,
    office: Office,
    desk: Desk,
) -> Officer:
    shelf = Counting(publish(guidance), encoder)
    assistant = Assistant(
        shelf,
        records,
        today=lambda: date(2026, 11, 1),
        joining=Joining(encoder, records.joining),
        desk=desk,
        feedback=Feedback(records),
    )
    return Officer(assistant, records, shelf, clock)


def sections(shown: tuple[Citation, ...]) -> list[str]:
    return [one.section for one in shown]


def test_one_of_these_shows_each_section_with_its_one_best_sentence(officer: Officer) -> None:
    reply = officer.say(SHADE)
    assert reply.outcome is Outcome.POSSIBLE
    assert reply.text.startswith("I am not sure which of these you mean. None is quoted as the answer.")
    assert len(set(sections(reply.candidates))) == len(reply.candidates) <= 3
    dry = next(one for one in reply.candidates if one.section == "How do I dry a kite?")
    assert dry.answer == "2. Hang it in the shade."
    assert "“2. Hang it in the shade.”" in reply.text
    assert all(one.answer in one.quote for one in reply.candidates)


def test_yes_opens_the_first_and_a_number_any_of_them(officer: Officer) -> None:
    offered = officer.say(SHADE).candidates
    first = officer.small("yes")
    assert (first.outcome, first.citations[0].quote) == (Outcome.ANSWERED, offered[0].quote)
    second = officer.small("the second one please")
    assert (second.outcome, second.citations[0].section) == (Outcome.ANSWERED, offered[1].section)
    assert officer.small("[1]").citations[0].section == offered[0].section
    assert officer.small("9").text == wording.NO_SUCH_NUMBER.format(number=9, count=len(offered))
    assert officer.requests == []


@pytest.mark.parametrize("said", ["none", "none of these", "no", "nope", "hub", "ask the hub"])
def test_none_of_them_asks_the_hub_once(officer: Officer, said: str) -> None:
    receipt = officer.say(SHADE).receipt or ""
    reply = officer.small(said)
    assert (reply.outcome, reply.request) == (Outcome.HANDED_OVER, "PF-0001")
    assert officer.records.conversation.chosen(receipt) == (0,)
    again = officer.small("hub")
    assert (again.request, again.text) == ("PF-0001", wording.ALREADY_WITH_HUB.format(reference="PF-0001"))
    assert officer.requests == [SHADE]
    found = officer.records.request("PF-0001")
    assert found is not None
    assert "How do I dry a kite?" in sections(found.found)


def test_no_after_a_section_was_opened_asks_nobody(officer: Officer) -> None:
    officer.say(SHADE)
    officer.small("1")
    assert officer.small("no").text == wording.CHOOSE_AGAIN
    assert officer.requests == []
    assert officer.small("none of them").request == "PF-0001"


def test_what_was_chosen_is_on_record(officer: Officer) -> None:
    receipt = officer.say(SHADE).receipt or ""
    officer.small("2")
    assert officer.records.conversation.chosen(receipt) == (2,)


def test_more_shows_the_rest_then_the_next_then_says_that_it_is_all(officer: Officer) -> None:
    shown = officer.say("who keeps the ledger of badgers?")
    assert shown.outcome is Outcome.ANSWERED
    seen = [*sections(shown.citations[:1])]
    for _ in range(6):
        reply = officer.small("more")
        if reply.outcome is not Outcome.ANSWERED:
            break
        seen.append(reply.citations[0].section)
    assert reply.text == wording.NO_MORE
    assert len(seen) == len(set(seen))
    assert officer.requests == []


@pytest.mark.parametrize(
    "said",
    "yes no ok lol haha thanks cheers hello bye regards huh? what eh more next 2 last right sorry hmm good".split(),
)
@pytest.mark.parametrize("before", ["", SILK, SHADE, PAINT, "hello", "he is stabbing her now"])
def test_stray_short_answers_are_never_searched_and_open_nothing(officer: Officer, before: str, said: str) -> None:
    if before:
        officer.say(before)
    opened = len(officer.requests)
    reply = officer.small(said)
    wanted = 1 if (before, said) == (SHADE, "no") else 0  # that is "none of these"
    assert len(officer.requests) == opened + wanted
    assert reply.text
    assert reply.outcome in {Outcome.SMALLTALK, Outcome.ANSWERED, Outcome.POSSIBLE, Outcome.HANDED_OVER}


def test_short_answers_are_each_persons_own(officer: Officer) -> None:
    officer.say(SHADE)
    officer.name = "pc-8"
    assert officer.small("1").text == wording.NOTHING_BEFORE
    assert officer.small("none").text == wording.NOTHING_BEFORE
    assert officer.requests == []


def test_another_process_understands_what_this_one_was_asked(officer: Officer, records: Records, desk: Desk) -> None:
    offered = officer.say(SHADE).candidates
    other = Assistant(officer.guidance, records, today=lambda: date(2026, 11, 1), desk=desk)
    reply = other.ask(Question("1", officer.place, officer.name))
    assert reply.citations[0].section == offered[0].section


def test_the_conversation_ends_after_two_hours(officer: Officer) -> None:
    officer.say(SHADE)
    officer.clock.now += timedelta(hours=3)
    assert officer.small("1").text == wording.NOTHING_BEFORE


def test_what_is_said_after_the_hub_asked_for_more_goes_to_that_request(officer: Officer, desk: Desk) -> None:
    officer.say(PAINT)
    desk.ask_more(Actor("bell"), "PF-0001", "Which lighthouse, and is it urgent?")
    reply = officer.small("the north one, ring me on 07700 900461")
    assert (reply.request, reply.text.split("\n")[-1][:18]) == ("PF-0001", "Added to PF-0001, ")
    assert reply.says == ("New question",)
    details = [one.text for one in officer.records.request("PF-0001").messages if one.kind.value == "detail"]  # type: ignore[union-attr]
    assert details == ["the north one, ring me on [phone]"]
    assert officer.say(SILK).outcome is Outcome.ANSWERED


def test_a_bare_yes_answers_the_hub_where_it_had_asked(officer: Officer, desk: Desk) -> None:
    officer.say(PAINT)
    desk.ask_more(Actor("bell"), "PF-0001", "Is it the north one?")
    assert officer.small("yes").request == "PF-0001"
    assert [one.text for one in officer.records.request("PF-0001").messages] == ["Is it the north one?", "yes"]  # type: ignore[union-attr]


def test_what_was_not_meant_for_the_hub_is_asked_with_one_word(officer: Officer, desk: Desk) -> None:
    officer.say(PAINT)
    desk.ask_more(Actor("bell"), "PF-0001", "Which lighthouse?")
    officer.small(SILK)
    reply = officer.say("new question")
    assert (reply.outcome, reply.citations[0].section) == (Outcome.ANSWERED, "How long may a kite soak in water?")
    assert officer.records.request("PF-0001").messages[-1].text == wording.DETAIL_NOT_MEANT  # type: ignore[union-attr]
    assert officer.requests == [PAINT]


def test_an_emergency_is_no_answer_to_the_hub(officer: Officer, desk: Desk) -> None:
    officer.say(PAINT)
    desk.ask_more(Actor("bell"), "PF-0001", "Which lighthouse?")
    assert officer.say("he is stabbing her right now").outcome is Outcome.URGENT
    assert len(officer.records.request("PF-0001").messages) == 1  # type: ignore[union-attr]


def test_a_follow_up_that_is_handed_over_takes_its_subject_along(officer: Officer) -> None:
    officer.say(SILK)
    reply = officer.say("and who owns the patent on it?")
    if reply.outcome is not Outcome.HANDED_OVER:
        officer.small("hub")
    assert officer.requests == [f"after “{SILK}”: and who owns the patent on it?"]


def test_asked_again_by_the_same_person_it_stays_one_request(officer: Officer) -> None:
    officer.say(PAINT)
    reply = officer.say("Who paints the lighthouse door")
    assert (reply.outcome, reply.request) == (Outcome.HANDED_OVER, "PF-0001")
    assert reply.text == "You asked this before, and it is with the hub: PF-0001."
    assert officer.requests == [PAINT]


def test_ones_own_is_never_offered_to_be_joined_and_anothers_only_if_it_was_offered(
    officer: Officer, desk: Desk, records: Records
) -> None:
    officer.say(PAINT)
    assert officer.say("who paints the door of the lighthouse").join is None
    officer.name = "pc-8"
    offered = officer.say("who is it that paints the lighthouse door")
    assert offered.join is not None
    assert offered.join[0] in {"PF-0001", "PF-0002"}
    curious = Actor("pc-9")
    errands = Errands(curious, records, desk)
    officer.name = "pc-9"
    officer.say("what does a parking permit cost")
    assert (errands.take("join PF-0001", "PF-0004") or "").startswith("PF-0004 was not offered to join PF-0001")
    told = Errands(Actor("pc-8"), records, desk).take(f"join {offered.join[0]}")
    assert told == wording.JOINED.format(reference="PF-0003", into=offered.join[0])


def test_a_reference_alone_shows_how_it_stands_to_its_asker_and_the_hub(
    officer: Officer, desk: Desk, records: Records
) -> None:
    officer.say(PAINT)
    own = Errands(Actor("pc-7"), records, desk)
    for line in ("PF-0001", "status of PF-0001", "pf 1?", "any news on PF-0001", "what's happening with pf-1"):
        assert own.take(line) == f"PF-0001 · waiting for the hub · {PAINT}"
    desk.reply(Actor("bell"), "PF-0001", "The sexton.")
    assert own.take("PF-0001") == f"PF-0001 · the hub has replied · {PAINT}\n\nThe hub's reply:\nThe sexton."
    assert Errands(Actor("pc-8"), records, desk).take("PF-0001") == wording.NOT_YOURS.format(reference="PF-0001")
    assert "the hub has replied" in (Errands(Actor("bell"), records, desk).take("PF-0001") or "")
    assert own.take("PF-0099") == wording.NO_SUCH_REFERENCE.format(reference="PF-0099")


def test_good_after_wrong_is_kept_as_good(officer: Officer) -> None:
    officer.say(SILK)
    assert officer.small("that's wrong").text == wording.SAY_WHATS_WRONG
    wrong = officer.small("wrong: silk takes twelve")
    assert (wrong.request, wrong.text) == ("PF-0001", wording.FEEDBACK_TO_HUB.format(reference="PF-0001"))
    good = officer.small("good")
    assert (good.request, good.text) == (None, wording.FEEDBACK_KEPT)
    counts = officer.records.feedback.counts(officer.clock.now - timedelta(days=1))
    assert counts == {"helped": 1, "not": 0}


def test_what_was_said_of_a_problem_fills_the_form(officer: Officer) -> None:
    said = (
        "kids on the roof of the leisure centre every night since half term, 60 calls, tried everything. "
        "can someone from the hub help me with a plan"
    )
    reply = officer.say(said)
    assert reply.outcome is Outcome.HANDED_OVER
    request = officer.records.request("PF-0001")
    assert request is not None
    assert request.kind.value == "operational_problem"
    lines = request.question.split("\n")
    assert lines[0] == f"What happens: {said}"
    assert {"Since when: since half term", "How often: every night", "Tried so far: tried everything"} <= set(lines)
    assert "Type “add PF-0001: …” with who is affected." in reply.text
