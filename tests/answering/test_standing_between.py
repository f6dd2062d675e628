"""What stands between a question and its answer: switches, ceilings, limits; an emergency passes them all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.answering.assistant import Assistant, Contacts
from bot.answering.ceilings import Ceilings
from bot.answering.guidance import LibraryGuidance
from bot.answering.limits import RateLimits
from bot.domain.messages import Citation, Outcome, Place, Question, Viewer
from bot.domain.switches import Switch
from bot.settings import Settings, SettingsError
from knowledge.passages import Marking
from knowledge.store.folder import Library
from tests.conftest import DROWNED
from tests.support.fakes import Notebook, WordEncoder

HERE, SLACK = Place("terminal", "t1"), Place("slack", "C0123")
BADGERS, KITES = "are badgers counted in pairs at dusk?", "how long may a cotton kite soak in water"
Make = Callable[..., Assistant]


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def make(publish: Callable[[Path], Library], guidance: Path, encoder: WordEncoder, notebook: Notebook) -> Make:
    library = publish(guidance)

    def build(**options: object) -> Assistant:
        fixed = {"contacts": Contacts(hub="extension 1234"), "today": lambda: date(2026, 11, 1)}
        return Assistant(LibraryGuidance(library, encoder), notebook, **{**fixed, **options})  # type: ignore[arg-type]

    return build


def paused(*names: str) -> Callable[[], dict[str, Switch]]:
    return lambda: {name: Switch(name, "insp-cole", "the page is wrong.", datetime.now(UTC)) for name in names}


def question(text: str, place: Place = HERE, asker: str = "pc-ann") -> Question:
    return Question(text, place, asker)


def test_answers_paused_the_question_still_reaches_the_hub(make: Make, notebook: Notebook) -> None:
    reply = make(paused=paused("answers")).ask(question(BADGERS))
    assert (reply.outcome, reply.request, reply.citations) == (Outcome.PAUSED, "PF-0001", ())
    assert reply.text == (
        "Answers are paused at the moment. Reason: the page is wrong.\n"
        "Your question is with the hub. Your reference is PF-0001."
    )
    assert notebook.requests[0][2].text == BADGERS


def test_everything_paused_nothing_is_kept_and_the_contact_is_named(make: Make, notebook: Notebook) -> None:
    reply = make(paused=paused("everything")).ask(question(BADGERS))
    assert (reply.outcome, reply.request) == (Outcome.PAUSED, None)
    assert "Reason: the page is wrong. Nothing you type here is kept. Ask the hub: extension 1234" in reply.text
    assert [kept.text for kept, _ in notebook.replies] == [""]
    assert notebook.requests == []


def test_one_document_paused_is_handed_over_and_the_others_answer(make: Make) -> None:
    assistant = make(paused=paused("document:badger-counting"))
    reply = assistant.ask(question(BADGERS))
    assert reply.outcome is Outcome.HANDED_OVER
    assert "The closest guidance is paused by the hub at the moment" in reply.text
    assert assistant.ask(question(KITES)).outcome is Outcome.ANSWERED


def test_what_stands_behind_a_stopped_passage_is_not_quoted_with_its_confidence(make: Make) -> None:
    stale = {"today": lambda: date(2100, 1, 1)}
    reply = make(paused=paused("document:badger-counting"), **stale).ask(question(BADGERS))
    assert (reply.outcome, reply.citations) == (Outcome.HANDED_OVER, ())


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ({}, True),
        ({"paused": paused("document:badger-counting")}, False),
        ({"ceilings": Ceilings(Marking.OFFICIAL)}, False),
    ],
)
def test_what_a_clause_names_passes_the_same_switches_and_ceilings(
    make: Make, muddy: Path, publish: Callable[[Path], Library], options: dict[str, object], *, shown: bool
) -> None:
    publish(muddy)
    reply = make(**options).ask(question(f"not now: {DROWNED}"))
    assert reply.outcome is Outcome.POSSIBLE
    assert [one.document for one in reply.candidates] == ["mud", "mud", "mud", *(["badger-counting"] if shown else [])]


@pytest.mark.parametrize(
    ("ceilings", "place", "outcome"),
    [
        (Ceilings(), HERE, Outcome.ANSWERED),
        (Ceilings(Marking.OFFICIAL), HERE, Outcome.HANDED_OVER),
        (Ceilings(places={"slack": Marking.OFFICIAL}), SLACK, Outcome.HANDED_OVER),
        (Ceilings(places={"slack": Marking.OFFICIAL}), HERE, Outcome.ANSWERED),
        (
            Ceilings(places={"slack": Marking.OFFICIAL, "slack:C0123": Marking.OFFICIAL_SENSITIVE}),
            SLACK,
            Outcome.ANSWERED,
        ),
        (Ceilings(Marking.OFFICIAL, {"slack": Marking.OFFICIAL_SENSITIVE}), SLACK, Outcome.HANDED_OVER),
    ],
)
def test_guidance_marked_above_a_place_is_not_shown_there(
    make: Make, ceilings: Ceilings, place: Place, outcome: Outcome
) -> None:
    reply = make(ceilings=ceilings).ask(question(BADGERS, place))
    assert reply.outcome is outcome
    shown = reply.text + "".join(citation.quote for citation in reply.citations)
    assert ("two people with red torches" in shown) == (outcome is Outcome.ANSWERED)
    assert ("marked above what may be shown in this place" in reply.text) == (outcome is Outcome.HANDED_OVER)


def test_too_many_questions_get_a_polite_reply_and_nothing_is_kept(make: Make, notebook: Notebook) -> None:
    assistant = make(limiter=RateLimits("2/minute", ""))
    outcomes = [assistant.ask(question(KITES, SLACK)).outcome for _ in range(3)]
    assert outcomes == [Outcome.ANSWERED, Outcome.ANSWERED, Outcome.DECLINED]
    assert len(notebook.replies) == 2
    assert assistant.ask(question(KITES, SLACK, "pc-bo")).outcome is Outcome.ANSWERED


def test_a_place_has_its_own_limit_and_a_terminal_has_none(make: Make) -> None:
    assistant = make(limiter=RateLimits("", "2/minute"))
    askers = ["pc-ann", "pc-bo", "pc-cy"]
    outcomes = [assistant.ask(question(KITES, SLACK, asker)).outcome for asker in askers]
    assert outcomes == [Outcome.ANSWERED, Outcome.ANSWERED, Outcome.DECLINED]
    assert {assistant.ask(question(KITES)).outcome for _ in range(5)} == {Outcome.ANSWERED}


def test_an_emergency_passes_every_gate_in_the_forces_own_words(make: Make) -> None:
    contacts = Contacts(incident_signpost="Ring 999 NOW, or press the red button.")
    assistant = make(paused=paused("everything"), limiter=RateLimits("1/day", "1/day"), contacts=contacts)
    for _ in range(3):
        reply = assistant.ask(question("he has a machete out now", SLACK))
        assert reply.outcome is Outcome.URGENT
        assert reply.text.startswith("Ring 999 NOW, or press the red button.\n")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("CEILINGS", "slack=SECRET", 'write it as "slack=OFFICIAL"'),
        ("CEILING", "SECRET", "PREVENTION_HUB_CEILING is wrong"),
        ("RATE_PERSON", "many", 'write it as "30/minute"'),
        ("RETAIN_QUESTIONS", "-1", "PREVENTION_HUB_RETAIN_QUESTIONS is wrong"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"PREVENTION_HUB_{name}", value)
    with pytest.raises(SettingsError) as refused:
        Settings.read()
    assert said in str(refused.value)


def test_slack_and_teams_are_official_unless_set() -> None:
    assert Settings(ceilings="teams=OFFICIAL-SENSITIVE").place_ceilings == {
        "slack": Marking.OFFICIAL,
        "teams": Marking.OFFICIAL_SENSITIVE,
    }


@pytest.mark.parametrize(
    ("marking", "official", "sensitive"),
    [
        ("OFFICIAL", True, True),
        ("OFFICIAL-SENSITIVE", False, True),
        ("OFFICIAL (police only)", True, True),
        ("OFFICIAL-SENSITIVE (commercial)", False, True),
    ],
)
def test_a_handling_note_is_no_part_of_the_height_of_a_marking(marking: str, official: bool, sensitive: bool) -> None:
    cited = Citation("kites", "Kites", "", None, "Said.", "in_force", None, None, marking, "", 1.0)
    assert Ceilings(Marking.OFFICIAL).allow(cited, Viewer(HERE)) is official
    assert Ceilings(Marking.OFFICIAL_SENSITIVE).allow(cited, Viewer(HERE)) is sensitive
