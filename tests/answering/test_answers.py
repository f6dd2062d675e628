"""What stands above, beside and instead of an answer: signposts, refusals, two quotes, and why."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from bot import safeguards, wording
from bot.answering.assistant import Assistant, Contacts
from bot.answering.guidance import LibraryGuidance
from bot.answering.quoting import candidates
from bot.answering.talk.pasted import asked_in
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.switches import Switch
from bot.safeguards import Decline, Urgency
from knowledge.encoder import EncoderError
from knowledge.judging.judge import Judgement, Reason, Verdict
from knowledge.search import search
from knowledge.store.folder import Library
from tests.support.fakes import Notebook, WordEncoder

PLACE = Place("terminal", "t1")
SILK = "how long may a silk kite soak in water?"
SHADE = "is a kite dried in the shade at dusk"
PAINT = "who paints the lighthouse door?"


class Ear:
    """A second listener that hears one word."""

    def __init__(self, word: str, kind: Urgency, *, broken: bool = False) -> None:
        self.word, self.kind, self.broken = word, kind, broken
        self.heard: list[str] = []

    def hears(self, text: str) -> Urgency | None:
        if self.broken:
            raise EncoderError("No model here. Install one.")
        self.heard.append(text)
        return self.kind if self.word in text else None

    def soon(self, text: str) -> None:
        """There is nothing to make ready."""


class Stuck(Notebook):
    """A hub database that is locked: every call waits until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()

    def _check(self) -> None:
        self.let_go.wait(30)


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def stuck() -> Iterator[Stuck]:
    locked = Stuck()
    yield locked
    locked.let_go.set()


Make = Callable[..., Assistant]


@pytest.fixture
def make(publish: Callable[[Path], Library], guidance: Path, encoder: WordEncoder, notebook: Notebook) -> Make:
    library = publish(guidance)

    def build(**options: object) -> Assistant:
        fixed = {"records": notebook, "today": lambda: date(2026, 11, 1)}
        return Assistant(LibraryGuidance(library, encoder), **{**fixed, **options})  # type: ignore[arg-type]

    return build


def ask(assistant: Assistant, text: str) -> Reply:
    return assistant.ask(Question(text, PLACE, "pc-7"))


def test_a_signpost_is_ready_while_the_database_is_locked_and_counted_afterwards(make: Make, stuck: Stuck) -> None:
    assistant, question = make(records=stuck), Question("he is stabbing her right now", PLACE, "pc-7")
    signpost = assistant.signpost(question)
    assert signpost is not None
    assert (signpost.outcome, signpost.text.startswith("If this is happening now")) == (Outcome.URGENT, True)
    assert stuck.urgent == []
    assert ask(assistant, question.text).outcome is Outcome.URGENT  # it waits for its counting only so long
    stuck.let_go.set()
    assistant.count(question, signpost)
    assert stuck.urgent[-1] == "incident"
    kept = [reply for asked, reply in stuck.replies if (asked.text, reply.receipt) == ("", signpost.receipt)]
    assert kept == [signpost]


@pytest.mark.parametrize("before", ["not now: ", "Not now :", "NOT NOW:  "])
def test_who_says_that_it_is_not_happening_now_gets_guidance(make: Make, notebook: Notebook, before: str) -> None:
    asked = f"he is kicking her door in, {SILK}"
    signposted = ask(make(), asked)
    assert (signposted.outcome, signposted.citations) == (Outcome.URGENT, ())
    assert wording.IF_NOT_NOW in signposted.text
    reply = ask(make(), f"{before}{asked}")
    assert (reply.outcome, reply.citations[0].section) == (Outcome.ANSWERED, "How long may a kite soak in water?")
    kept = notebook.replies[-1][0].text
    assert kept == " ".join(f"{before}{asked}".split())  # so that the hub can be asked, and the answer shown again
    assert make().hand_over(Question(kept, PLACE, "pc-7")).request == "PF-0001"


def test_that_it_is_not_now_quietens_no_crisis_of_the_asker_and_no_emergency_that_is_told_otherwise(make: Make) -> None:
    for said in ("not now: i cant do this any more, ive got the pills next to me", "not now, he has stabbed her"):
        assert ask(make(), said).outcome is Outcome.URGENT


def test_what_only_the_second_listener_hears_is_signposted_above_its_answer(make: Make, notebook: Notebook) -> None:
    ear = Ear("soak", Urgency.INCIDENT)
    reply = ask(make(second=ear), f"{SILK} ring 07700 900461")
    assert reply.outcome is Outcome.URGENT
    first, below = reply.body.split(f"\n\n{wording.ANSWER_BELOW}\n\n")
    assert first == f"{wording.INCIDENT}\n{wording.AFTER_INCIDENT}"
    assert "A silk kite may soak for ten minutes only." in below
    assert reply.citations[0].section == "How long may a kite soak in water?"
    assert (notebook.urgent, notebook.requests) == (["incident"], [])
    assert ear.heard == [f"{SILK} ring [phone]"]  # what it hears is redacted, as what is searched


def test_no_request_is_opened_below_a_signpost_until_the_hub_is_asked(make: Make, notebook: Notebook) -> None:
    assistant = make(second=Ear("lighthouse", Urgency.INCIDENT))
    reply = ask(assistant, PAINT)
    assert (reply.outcome, reply.request) == (Outcome.URGENT, None)
    assert reply.text.endswith(wording.NO_ANSWER_BELOW)
    assert notebook.requests == []
    assert ask(assistant, "hub").request == "PF-0001"
    assert notebook.requests[0][2].text == PAINT


def test_nothing_is_kept_of_an_officers_own_crisis(make: Make, notebook: Notebook) -> None:
    reply = ask(make(second=Ear("lighthouse", Urgency.WELFARE)), "i cannot face the lighthouse any more")
    assert reply.text.startswith("You matter, and you do not have to carry this alone.")
    assert [question.text for question, _ in notebook.replies] == [""]
    assert notebook.urgent == ["welfare"]


def test_without_its_encoder_the_second_listener_costs_nothing(make: Make) -> None:
    assert ask(make(second=Ear("soak", Urgency.INCIDENT, broken=True)), SILK).outcome is Outcome.ANSWERED


@pytest.mark.parametrize("kind", [Decline.HR, Decline.INTELLIGENCE])
def test_the_list_alone_refuses_nothing_that_guidance_answers(
    make: Make, monkeypatch: pytest.MonkeyPatch, kind: Decline
) -> None:
    monkeypatch.setattr(safeguards, "declined", lambda text: kind)
    assistant = make()
    assert ask(assistant, SILK).outcome is Outcome.ANSWERED
    near = ask(assistant, SHADE)
    assert (near.outcome, near.text) == (Outcome.DECLINED, wording.declined(kind.value))
    assert "How do I dry a kite?" in near.related
    far = ask(assistant, PAINT)
    assert (far.outcome, far.request) == (Outcome.DECLINED, None)
    assert far.text.endswith(wording.ASK_HUB_ALL_THE_SAME)
    assert ask(assistant, "hub").request == "PF-0001"


def test_a_trick_is_refused_whatever_guidance_says(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safeguards, "declined", lambda text: Decline.PROMPT_TRICK)
    assert ask(make(), SILK).outcome is Outcome.DECLINED


def test_two_questions_in_one_message_get_a_quote_each(make: Make) -> None:
    reply = ask(make(), "how long may a silk kite soak in water? and who keeps the ledger of badgers?")
    if reply.outcome is Outcome.ANSWERED:
        assert (reply.quoted, len(reply.citations)) == (2, 2)
    shown = {one.section for one in (*reply.citations, *reply.candidates)}
    assert {"How long may a kite soak in water?", "Who keeps the badger ledger?"} <= shown


def test_neighbouring_questions_are_offered_below_an_answer(make: Make) -> None:
    reply = ask(make(), SILK)
    assert reply.related == ("How do I dry a kite?",)  # "What this does not cover" is no question


def test_confidence_is_said_only_where_it_changes_what_to_do(make: Make) -> None:
    reply = ask(make(), SILK)
    assert reply.confidence is not None
    assert (reply.confidence >= 0.65) == ("match" not in reply.text)
    assert wording.caution(0.5) == "Fair match: read it with care."
    assert (wording.caution(0.9), wording.caution(None)) == ("", "")


def test_why_this_answer_is_kept_without_a_word_of_the_question(make: Make) -> None:
    reply = ask(make(), SILK)
    assert reply.weighed is not None
    assert (reply.weighed.verdict, reply.weighed.near[0].section) == ("quote", "How long may a kite soak in water?")
    assert [one.kind for one in reply.weighed.against][:1] in (["uncertain"], ["limit"])
    assert type(reply.weighed).from_json(reply.weighed.as_json()) == reply.weighed


@pytest.mark.parametrize("urgency", ["welfare", "nothing recorded", "paused"])
def test_nobody_is_told_that_something_is_not_set(make: Make, notebook: Notebook, urgency: str) -> None:
    bare = make(contacts=Contacts())
    if urgency == "welfare":
        said = wording.welfare("")
        assert "116 123" in said
        assert "111" in said
    elif urgency == "nothing recorded":
        notebook.broken = True
        said = ask(bare, PAINT).text
        assert said.endswith(wording.TRY_LATER)
    else:
        said = wording.paused_everything("a fault", "")
        assert said.endswith(wording.ASK_SUPERVISOR)
    assert "not set this" not in said


def test_of_a_pasted_mail_its_question_is_looked_up_and_all_of_it_is_kept(make: Make, notebook: Notebook) -> None:
    mail = (
        "From: A Colleague\nSubject: RE: kites\n\nHi all,\n\nHope you are well.\n\n"
        "How long may a silk kite soak in water?\n\nKind regards\nA Colleague\nPC 1234, Neighbourhood Team"
    )
    assert asked_in(mail) == "How long may a silk kite soak in water?"
    reply = ask(make(), mail)
    assert (reply.outcome, reply.citations[0].section) == (Outcome.ANSWERED, "How long may a kite soak in water?")
    assert "Subject: RE: kites" in notebook.replies[0][0].text


def test_a_long_message_is_looked_up_by_what_it_asks() -> None:
    told = "We were out on patrol and it rained all day, so the kites of the whole team got very wet indeed. " * 4
    assert asked_in(f"{told}How do I dry a kite?") == "How do I dry a kite?"
    assert asked_in("two lines\nand no question") == "two lines and no question"


def test_what_is_paused_is_read_once_for_a_reply(make: Make) -> None:
    read: list[str] = []

    def paused() -> dict[str, Switch]:
        read.append("read")
        return {}

    assistant = make(paused=paused)
    ask(assistant, SILK)
    assert read == ["read"]
    ask(assistant, SILK)
    assert read == ["read", "read"]


class Along(Ear):
    """A listener that says when it is told of a message, and when it hears it."""

    def __init__(self) -> None:
        super().__init__("lighthouse", Urgency.INCIDENT)
        self.told: list[str] = []

    def soon(self, text: str) -> None:
        self.told.append(text)
        assert text not in self.heard


def test_the_listener_is_told_of_a_message_before_the_library_is_searched(make: Make) -> None:
    ear = Along()
    ask(make(second=ear), SILK)
    assert (ear.told, ear.heard) == ([SILK], [SILK])


def test_a_section_that_a_clause_names_is_shown_once_and_kept_for_no_more(
    publish: Callable[[Path], Library], guidance: Path, encoder: WordEncoder
) -> None:
    """A clause brings a hit of its own, which is another one than the whole brings of the same section."""
    edition = publish(guidance).edition()
    hits = search(edition, encoder, SILK).hits
    last = search(edition, encoder, "badger ledger").hits[0]
    judgement = Judgement(Verdict.DID_YOU_MEAN, 0.5, Reason.NEARLY, hits, beside=(last,))
    reply = candidates(judgement)
    ledger = "Who keeps the badger ledger?"
    assert hits[3].entry.row == last.entry.row
    assert hits[3] is not last
    assert [one.section for one in reply.candidates][3:] == [ledger]
    assert [one.section for one in reply.further] == []
