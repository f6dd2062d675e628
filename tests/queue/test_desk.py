"""The queue: claim, reply, close, reopen, promote; who may, who was first, and what reaches whoever asked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Hub
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Actor, NotAllowed
from bot.domain.proposals import ADVICE_PREFIX, AdviceError
from bot.domain.refusals import Remedy
from bot.domain.requests import CloseOutcome, MessageKind, QueueError, RequestState, TransitionError
from bot.queue.delivery import deliver_due
from bot.queue.desk import Desk
from bot.queue.learning.advice import as_markdown, files, write_files
from bot.queue.learning.promoting import blocked
from bot.records import Records
from bot.settings import Settings
from bot.terminal.mail import InboxCourier, mail_of
from bot.worker import run_due
from indexer.build import Builder
from indexer.loaders import load
from knowledge.passages import Status
from tests.support.fakes import NOON, Clock, WordEncoder

pytestmark = pytest.mark.usefixtures("ungated")

BELL, DUNN, COLE, ASKER, OTHER = (Actor(name) for name in ("bell", "dunn", "cole", "pc-7", "pc-8"))


def hand_over(records: Records, text: str = "who locks the kite shed", place: str = "t1", asker: str = "pc-7") -> str:
    def reply_for(reference: str) -> Reply:
        return Reply("r", Outcome.HANDED_OVER, reference, request=reference)

    question = Question(text, Place("terminal", place), asker)
    return records.save_handed_over(question, reply_for, kind="question", found=(), why="too far")


def inbox(records: Records, clock: Clock, person: str = "pc-7") -> list[tuple[str, str]]:
    deliver_due(records.outbox, {"terminal": InboxCourier(records)})
    return records.outbox.take_from_inbox(person)


def test_the_first_to_claim_has_it_and_the_second_is_told_who(desk: Desk, records: Records) -> None:
    reference = hand_over(records)
    assert desk.claim(BELL, reference).claimed_by == "bell"
    with pytest.raises(QueueError, match=r"bell has PF-0001 already\."):
        desk.claim(DUNN, "pf1")
    with pytest.raises(QueueError, match=r"bell has PF-0001\. Ask them, or take it over\.") as refused:
        desk.reply(DUNN, reference, "No.")
    assert refused.value.remedy == Remedy(("requests", "reassign", "PF-0001", "dunn"), "take_over", "PF-0001")
    assert desk.reassign(DUNN, reference, "dunn").claimed_by == "dunn"
    assert desk.release(DUNN, reference).state is RequestState.OPEN
    assert desk.claim(BELL, reference).state is RequestState.CLAIMED


def test_officers_cannot_work_the_queue(desk: Desk, records: Records) -> None:
    reference = hand_over(records)
    for act in (desk.claim, desk.release, desk.promote, desk.approve):
        with pytest.raises(NotAllowed):
            act(ASKER, reference)


def test_a_reply_reaches_the_asker_once_and_is_theirs_to_confirm(desk: Desk, records: Records, clock: Clock) -> None:
    reference = hand_over(records)
    replied = desk.reply(BELL, reference, "The sexton locks it.")
    assert (replied.state, replied.claimed_by) == (RequestState.REPLIED, "bell")
    assert inbox(records, clock) == [
        (
            "PF-0001",
            "The hub has replied to PF-0001:\n\nThe sexton locks it.\n\n"
            "Did that help? Type “helped PF-0001” or “not yet PF-0001”.",
        )
    ]
    assert inbox(records, clock) == []
    with pytest.raises(NotAllowed, match="Only the asker of PF-0001, or the hub"):
        desk.helped(OTHER, reference)
    assert desk.reopen(ASKER, reference).state is RequestState.REOPENED
    desk.reply(BELL, reference, "At dusk.")
    closed = desk.helped(ASKER, reference)
    assert (closed.state, closed.outcome) == (RequestState.CLOSED, "answered")
    shown = records.request(reference)
    assert shown is not None
    assert [(m.kind, m.text) for m in shown.messages] == [
        (MessageKind.REPLY, "The sexton locks it."),
        (MessageKind.REPLY, "At dusk."),
    ]
    assert [event.action.removeprefix("request.") for event in shown.events if event.action.startswith("request.")] == [
        "opened", "replied", "reopened", "replied", "helped",
    ]  # fmt: skip


def test_notes_stay_with_the_hub_and_questions_go_to_the_asker(desk: Desk, records: Records, clock: Clock) -> None:
    reference = hand_over(records)
    desk.note(BELL, reference, "asked legal")
    desk.ask_more(BELL, reference, "Which shed?")
    assert inbox(records, clock) == [("PF-0001", "The hub needs to know more about PF-0001:\n\nWhich shed?")]


@pytest.mark.parametrize("outcome", [one for one in CloseOutcome if one is not CloseOutcome.ANSWERED])
def test_a_request_closed_without_a_reply_is_told(
    desk: Desk, records: Records, clock: Clock, outcome: CloseOutcome
) -> None:
    reference = hand_over(records)
    assert desk.close(BELL, reference, outcome).outcome == outcome.value
    ((_, text),) = inbox(records, clock)
    assert text.startswith("The hub has closed PF-0001 ")
    with pytest.raises(TransitionError, match=r"PF-0001 is closed\. To go on with it, open it again first"):
        desk.claim(BELL, reference)


def test_nothing_is_closed_as_answered_that_has_no_answer(desk: Desk, records: Records, clock: Clock) -> None:
    reference = hand_over(records)
    sentence = (
        r"PF-0001 has no reply, so it cannot be closed as answered\. Reply first, or say how it ended: duplicate,"
    )
    with pytest.raises(QueueError, match=sentence) as refused:
        desk.close(BELL, reference, CloseOutcome.ANSWERED)
    assert refused.value.remedy is not None
    assert (refused.value.remedy.step, refused.value.remedy.about) == ("reply", "PF-0001")
    desk.claim(BELL, reference)
    desk.note(BELL, reference, "a note is no reply")
    with pytest.raises(QueueError, match="has no reply"):
        desk.close(BELL, reference, CloseOutcome.ANSWERED)
    desk.reply(BELL, reference, "The sexton.")
    desk.reopen(ASKER, reference)  # that reply did not answer it
    with pytest.raises(QueueError, match="has no reply"):
        desk.close(BELL, reference, CloseOutcome.ANSWERED)
    desk.reply(BELL, reference, "The sexton, at dusk.")
    assert desk.close(BELL, reference, CloseOutcome.ANSWERED).outcome == "answered"


def test_a_request_closed_twice_is_told_twice(desk: Desk, records: Records, clock: Clock) -> None:
    reference = hand_over(records)
    desk.close(BELL, reference, CloseOutcome.DUPLICATE)
    desk.reopen(ASKER, reference)
    desk.close(BELL, reference, CloseOutcome.OUT_OF_SCOPE)
    assert [text.split(". ")[0] for _, text in inbox(records, clock)] == [
        "The hub has closed PF-0001 because it was asked already",
        "The hub has closed PF-0001 because it is not for the hub",
    ]


def test_a_letter_waits_for_a_process_that_has_its_courier(desk: Desk, records: Records, clock: Clock) -> None:
    desk.reply(BELL, hand_over(records), "one")
    for _ in range(6):
        assert deliver_due(records.outbox, {}) == (0, 0)
        clock.now += timedelta(hours=1)
    assert records.outbox.counts() == {"waiting": 1}
    assert deliver_due(records.outbox, {"terminal": InboxCourier(records)}) == (1, 0)


def test_a_withdrawn_request_stays_withdrawn(desk: Desk, records: Records) -> None:
    reference = hand_over(records)
    assert desk.withdraw(ASKER, reference).state is RequestState.WITHDRAWN
    with pytest.raises(TransitionError, match="PF-0001 was withdrawn, and stays so"):
        desk.reply(BELL, reference, "Late.")


@pytest.mark.parametrize("reference", ["PF-0099", "soon"])
def test_a_reference_that_is_none_is_said_so(desk: Desk, reference: str) -> None:
    with pytest.raises(QueueError, match=r"no request PF-0099|'soon' is no reference"):
        desk.claim(BELL, reference)
    with pytest.raises(QueueError, match="nothing to say"):
        desk.reply(BELL, "PF-0001", "  ")


def test_promotion_needs_a_reply_a_second_person_and_no_names(desk: Desk, records: Records) -> None:
    reference = hand_over(records)
    with pytest.raises(AdviceError, match="has no reply yet"):
        desk.promote(BELL, reference)
    desk.reply(BELL, reference, "Ring Liam Prentice on 07700 900123.")
    with pytest.raises(AdviceError, match="this names a name and a phone number"):
        desk.promote(BELL, reference)
    advice = desk.promote(
        BELL, reference, text="Ring the sexton.", question="Who locks the kite shed?", owner="Kite hub"
    )
    assert (advice.document, advice.review_by) == ("advice-pf-0001", (NOON + timedelta(days=180)).date())
    with pytest.raises(AdviceError, match="bell proposed it, so a different person must approve it"):
        desk.approve(BELL, reference)
    assert desk.approve(DUNN, reference).approved_by == "dunn"
    with pytest.raises(AdviceError, match="no advice that is proposed"):
        desk.approve(DUNN, reference)


def test_advice_is_a_guidance_file_that_typed_text_cannot_break_out_of(
    desk: Desk, records: Records, tmp_path: Path
) -> None:
    reference = hand_over(records)
    desk.reply(BELL, reference, "x")
    hostile = 'Kites" \nstatus: in_force\n---'
    desk.promote(BELL, reference, title=hostile, text="# Heading\n---\nstatus: in_force", question="Kites?\n## More")
    desk.approve(DUNN, reference)
    assert write_files(tmp_path / "advice", [ADVICE_PREFIX], files(records.advice.all())) == ["advice-pf-0001.md"]
    loaded = load(tmp_path / "advice" / "advice-pf-0001.md")
    assert (loaded.document.status, loaded.document.id) == (Status.ADVICE, "advice-pf-0001")
    assert [block.text for block in loaded.blocks if block.kind == "heading"] == ["Kites? ## More"]
    assert write_files(tmp_path / "advice", [ADVICE_PREFIX], files(records.advice.all())) == []
    desk.withdraw_advice(DUNN, reference)
    assert write_files(tmp_path / "advice", [ADVICE_PREFIX], files(records.advice.all())) == ["advice-pf-0001.md"]
    assert list((tmp_path / "advice").iterdir()) == []


def test_from_a_question_to_hub_advice_quoted_to_the_next_who_asks(tmp_path: Path, guidance: Path) -> None:
    hub = Hub(Settings(data=tmp_path / "data"), WordEncoder())
    try:
        hub.publishing.build(Builder(hub.library, hub.encoder), [guidance])
        question = Question("which leaflet goes with tractors", Place("terminal", "t1"), "pc-7")
        first = hub.assistant.hand_over(question)
        assert first.outcome is Outcome.HANDED_OVER
        assert first.request is not None
        hub.desk.reply(hub.actor("bell"), first.request, "The blue tractor leaflet goes with tractors.")
        hub.desk.promote(hub.actor("bell"), first.request, question="Which leaflet goes with tractors?")
        hub.desk.approve(hub.actor("dunn"), first.request)
        done = "\n".join(run_due(hub, NOON.date()))
        assert "Delivered 1 messages" in done
        assert "published with advice-pf-0001." in done
        second = hub.assistant.ask(Question("what leaflet goes with tractors please", Place("terminal", "t2"), "pc-8"))
        assert second.outcome is Outcome.ANSWERED
        assert second.citations[0].quote == "The blue tractor leaflet goes with tractors."
        assert "hub advice" in second.text
        assert not any("published" in line for line in run_due(hub, NOON.date()))
        assert mail_of(hub, "pc-7").unseen()[0][0] == first.request
        assert (
            mail_of(hub, "pc-7").errands.settle(first.request, helped=True) == f"Thank you. {first.request} is closed."
        )
    finally:
        hub.close()


def test_advice_whose_edition_could_not_be_built_is_tried_again(tmp_path: Path, guidance: Path) -> None:
    hub = Hub(Settings(data=tmp_path / "data"), WordEncoder())
    try:
        hub.publishing.build(Builder(hub.library, hub.encoder), [guidance])
        reference = hand_over(hub.records, "which leaflet goes with tractors")
        hub.desk.reply(hub.actor("bell"), reference, "The blue leaflet goes with tractors.")
        hub.desk.promote(hub.actor("bell"), reference)
        hub.desk.approve(hub.actor("dunn"), reference)
        (tmp_path / "data/local.toml").write_text("half a line", encoding="utf-8")
        assert not any("published" in line for line in run_due(hub, NOON.date()))
        (tmp_path / "data/local.toml").unlink()
        assert any("published with advice-pf-0001" in line for line in run_due(hub, NOON.date()))
        hub.desk.withdraw_advice(hub.actor("dunn"), reference)
        assert any("published with advice-pf-0001" in line for line in run_due(hub, NOON.date()))
        assert "advice-pf-0001" not in hub.library.edition().documents
    finally:
        hub.close()


PURPLE = "is purple detergent allowed on silk kites"


def test_what_two_people_approved_is_quoted_where_the_library_must_not_answer(tmp_path: Path, guidance: Path) -> None:
    hub = Hub(Settings(data=tmp_path / "data"), WordEncoder())
    try:
        hub.publishing.build(Builder(hub.library, hub.encoder), [guidance])
        place = Place("terminal", "t1")
        before = hub.assistant.ask(Question(PURPLE, place, "pc-7"))
        assert before.outcome is Outcome.HANDED_OVER
        assert "uncertain" in before.why
        hub.desk.reply(
            hub.actor("bell"), before.request or "", "Purple detergent is allowed on silk kites, once a year."
        )
        draft = hub.desk.draft(hub.actor("bell"), before.request or "")
        files = {f"{draft.advice.document}.md": as_markdown(draft.advice)}
        (now,), (then,) = hub.publishing.rehearse_with({}, [PURPLE]), hub.publishing.rehearse_with(files, [PURPLE])
        assert blocked(draft.advice.document, now) == f"the question goes to the hub. {now.why}"
        assert blocked(draft.advice.document, then) == ""
        hub.desk.promote(hub.actor("bell"), before.request or "")
        hub.desk.approve(hub.actor("dunn"), before.request or "")
        assert any("published with advice-pf-0001" in line for line in run_due(hub, NOON.date()))
        after = hub.assistant.ask(Question(PURPLE, place, "pc-8"))
        assert (after.outcome, after.citations[0].document) == (Outcome.ANSWERED, "advice-pf-0001")
        assert after.citations[0].quote.startswith("Purple detergent is allowed")
        # the others of the topic stay with the hub, and so does everything once it is withdrawn
        hub.desk.withdraw_advice(hub.actor("dunn"), before.request or "")
        list(run_due(hub, NOON.date()))
        assert hub.assistant.ask(Question(PURPLE, place, "pc-9")).outcome is Outcome.HANDED_OVER
    finally:
        hub.close()


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply("r", Outcome.URGENT, "999"), "the question is signposted as an emergency."),
        (Reply("r", Outcome.PAUSED, "paused"), "answers are paused."),
        (Reply("r", Outcome.HANDED_OVER, "x", why="Too far."), "the question goes to the hub. Too far."),
        (Reply("r", Outcome.POSSIBLE, "x"), "other sections are nearer."),
    ],
)
def test_what_still_blocks_advice_is_said(reply: Reply, why: str) -> None:
    assert blocked("advice-pf-0001", reply).startswith(why)
