"""Roles, switches, holds, purges, disclosures, anchors: what a force needs before it switches this on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.changes import Change
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import MAY, Action, Actor, NotAllowed, Role, Roles
from bot.domain.requests import CloseOutcome, QueueError, RequestState
from bot.domain.switches import Switchboard
from bot.domain.timing.retention import Clocks, HoldError, Scope
from bot.governance.anchors import AnchorError, Keys, read_anchor
from bot.governance.disclosure import DisclosureError
from bot.governance.office import Office, OfficeError
from bot.queue.delivery import deliver_due
from bot.queue.desk import Desk
from bot.records import Records
from bot.records.office.disclosure import Wanted
from bot.terminal.mail import InboxCourier
from tests.support.fakes import NOON, Clock

ROLES = Roles.listed(hub="sgt-bell, H-GROUP", admins="insp-cole", auditors="aud-dean")
ADMIN, HUB, AUDITOR, OFFICER = Actor("insp-cole"), Actor("sgt-bell"), Actor("aud-dean"), Actor("pc-7")


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(tmp_path / "anchor.key")


@pytest.fixture
def office(records: Records, clock: Clock, keys: Keys) -> Office:
    return Office(ROLES, records, clock, keys)


def ask(records: Records, text: str, asker: str = "pc-7") -> str:
    reply = Reply("r", Outcome.ANSWERED, "Quoted.", receipt=records.new_receipt())
    records.save_reply(Question(text, Place("terminal", asker), asker), reply)
    return reply.receipt or ""


def hand_over(records: Records, text: str, asker: str = "pc-7") -> str:
    def reply_for(reference: str) -> Reply:
        return Reply("r", Outcome.HANDED_OVER, f"With the hub: {reference}.", request=reference)

    question = Question(text, Place("terminal", asker), asker)
    return records.save_handed_over(question, reply_for, kind="question", found=(), why="too far")


def close(records: Records, reference: str) -> None:
    """Close a request as the queue would."""
    records.queue.change(reference, "bell", "closed", lambda request: Change(RequestState.CLOSED))


@pytest.mark.parametrize("action", list(Action))
def test_each_action_is_for_its_roles_alone(action: Action) -> None:
    for name, role in (
        ("insp-cole", Role.ADMIN),
        ("sgt-bell", Role.HUB),
        ("aud-dean", Role.AUDITOR),
        ("pc-7", Role.OFFICER),
    ):
        if role in MAY[action]:
            ROLES.check(name, action)
        else:
            with pytest.raises(NotAllowed, match=f"{name} may not {action.value}: that is for "):
                ROLES.check(name, action)


def test_a_group_of_the_platform_grants_a_role_and_nothing_else_does() -> None:
    assert ROLES.of("pc-7", ("H-GROUP",)) == {Role.OFFICER, Role.HUB}
    assert ROLES.of("admins: insp-cole") == {Role.OFFICER}
    assert ROLES.of("pc-7", at_terminal=True) == {Role.OFFICER}


def test_without_any_list_only_the_terminal_may_do_everything() -> None:
    assert Roles().of("root", at_terminal=True) == frozenset(Role)
    assert Roles.listed().of("root", at_terminal=True) == frozenset(Role)
    assert Roles().of("U0123") == {Role.OFFICER}


def test_a_refusal_is_on_record(office: Office, records: Records) -> None:
    with pytest.raises(NotAllowed):
        office.purge(OFFICER, Clocks(), dry_run=False)
    subject, event = records.audit_events()[0]
    assert (subject, event.actor, event.action) == ("delete what is past its time", "pc-7", "refused")


def test_a_switch_is_thrown_at_once_seen_by_all_and_on_record(office: Office, records: Records) -> None:
    board = Switchboard(lambda: records.switches)
    assert office.pause(HUB, "KITE-laundry", "wrong", {"kite-laundry"}) == "document:kite-laundry"
    assert office.pause(ADMIN, "answers", "test", ()) == "answers"
    assert {name: (s.by, s.why) for name, s in board.paused().items()} == {
        "answers": ("insp-cole", "test"),
        "document:kite-laundry": ("sgt-bell", "wrong"),
    }
    office.resume(ADMIN, "answers")
    assert set(board.paused()) == {"document:kite-laundry"}
    assert [event.action for _, event in records.audit_events()] == ["resumed", "paused", "paused"]


def test_a_switch_needs_a_reason_a_target_and_to_be_on(office: Office) -> None:
    with pytest.raises(OfficeError, match="Say why"):
        office.pause(ADMIN, "answers", " ", ())
    with pytest.raises(OfficeError, match="Nothing called 'owls' can be paused"):
        office.pause(ADMIN, "owls", "x", {"kites"})
    with pytest.raises(OfficeError, match="'answers' is not paused"):
        office.resume(ADMIN, "answers")


def test_while_the_database_is_gone_what_was_last_known_stands(records: Records) -> None:
    records.switches.pause("answers", "insp-cole", "test")
    gone = False

    def stored() -> object:
        if gone:
            from bot.records import RecordsError

            raise RecordsError("The disk is gone.")
        return records.switches

    board = Switchboard(stored)  # type: ignore[arg-type]
    assert set(board.paused()) == {"answers"}
    gone = True
    assert set(board.paused()) == {"answers"}


def test_purge_takes_what_is_due_and_nothing_else_and_proves_it(
    office: Office, records: Records, clock: Clock, tmp_path: Path
) -> None:
    old_open = hand_over(records, "an open request about purple kites in autumn")
    old_closed = hand_over(records, "a closed request about yellow kites in winter")
    ask(records, "an old question about orange kites in spring")
    close(records, old_closed)
    clock.now += timedelta(days=100)
    fresh = ask(records, "a fresh question about silver kites in summer")
    planned = office.purge(ADMIN, Clocks(questions=90, requests=0, replies=0), dry_run=True)
    nothing = dict.fromkeys(("requests", "replies", "learning", "inbound", "sent", "feedback", "audit", "echoes"), 0)
    assert planned.as_json()["removed"] == {**nothing, "questions": 2}
    done = office.purge(ADMIN, Clocks(questions=90, requests=0, replies=0), dry_run=False)
    assert (done.counts["questions"], done.searched_for, done.still_found) == (2, 2, 0)
    content = b"".join(file.read_bytes() for file in tmp_path.glob("hub.db*"))
    if content:  # a server keeps its files to itself
        assert b"orange kites" not in content
        assert b"yellow kites" not in content
        assert b"purple kites" in content
        assert b"silver kites" in content
    assert records.request(old_open) is not None
    assert records.receipt(fresh) is not None
    assert records.verify_audit().ok


def test_purge_removes_closed_requests_whole_and_blanks_old_replies(
    office: Office, records: Records, clock: Clock, tmp_path: Path
) -> None:
    reference = hand_over(records, "a closed request about yellow kites in winter")
    receipt = ask(records, "an answered question about orange kites")
    close(records, reference)
    clock.now += timedelta(days=800)
    done = office.purge(ADMIN, Clocks(questions=0, replies=365, requests=730), dry_run=False)
    assert (done.counts["requests"], done.counts["replies"]) == (1, 1)
    assert records.request(reference) is None
    kept = records.receipt(receipt)
    assert kept is not None
    assert kept.text == ""
    assert hand_over(records, "a new one") == "PF-0002"


def test_purge_takes_what_the_hub_said_out_of_every_table(
    office: Office, records: Records, clock: Clock, tmp_path: Path
) -> None:
    desk = Desk(office, records, clock)
    reference = hand_over(records, "a request about yellow kites in winter")
    desk.note(HUB, reference, "a note about the crimson kite shed")
    desk.reply(HUB, reference, "a reply about the turquoise kite shed")
    deliver_due(records.outbox, {"terminal": InboxCourier(records)})
    desk.close(HUB, reference, CloseOutcome.ANSWERED)
    clock.now += timedelta(days=400)
    blanked = office.purge(ADMIN, Clocks(questions=0, replies=365, requests=730), dry_run=False)
    assert (blanked.counts["replies"], blanked.searched_for, blanked.still_found) == (1, 2, 0)
    kept = records.request(reference)
    assert kept is not None
    assert [message.text for message in kept.messages] == ["", ""]
    clock.now += timedelta(days=400)
    assert office.purge(ADMIN, Clocks(questions=0, replies=0, requests=730), dry_run=False).counts["requests"] == 1
    counts = records.health().counts
    assert {name: counts[name] for name in ("messages", "outbox", "inbox", "requests")} == dict.fromkeys(
        ("messages", "outbox", "inbox", "requests"), 0
    )
    content = b"".join(file.read_bytes() for file in tmp_path.glob("hub.db*"))
    assert not any(word in content for word in (b"crimson", b"turquoise", b"yellow kites"))


def test_the_clock_of_a_request_starts_when_it_ended(office: Office, records: Records, clock: Clock) -> None:
    reference = hand_over(records, "a long request")
    clock.now += timedelta(days=800)
    close(records, reference)
    clock.now += timedelta(days=1)
    assert office.purge(ADMIN, Clocks(questions=0, replies=0, requests=730), dry_run=False).counts["requests"] == 0


def test_while_a_hold_stands_neither_record_nor_held_learning_goes(
    office: Office, records: Records, clock: Clock
) -> None:
    records.learning.mark("pc-7", "kites", 1, right=True)
    records.learning.mark("pc-8", "kites", 1, right=True)
    office.hold(AUDITOR, Scope.PERSON, "pc-7", "complaint")
    clock.now += timedelta(days=800)
    done = office.purge(ADMIN, Clocks(learning=365, audit=30), dry_run=False)
    assert (done.counts["learning"], done.counts["audit"]) == (1, 0)
    assert records.learning.done("pc-7") == {("kites", 1): True}


def test_a_disclosure_holds_what_the_hub_said(office: Office, records: Records, clock: Clock, tmp_path: Path) -> None:
    desk = Desk(office, records, clock)
    reference = hand_over(records, "purple kites")
    desk.note(HUB, reference, "asked Liam Prentice about turquoise")
    made = office.disclose(AUDITOR, Wanted(keyword="turquoise"), tmp_path / "out")
    assert (made.records, made.to_review) == (1, 1)
    page = (tmp_path / "out" / "records.html").read_text(encoding="utf-8")
    assert "asked [name] about turquoise" in page


@pytest.mark.parametrize(
    ("scope", "value", "left"), [(Scope.PERSON, "pc-7", 1), (Scope.REQUEST, "PF-0001", 1), (Scope.EVERYTHING, "", 0)]
)
def test_a_hold_keeps_what_it_names_until_it_is_lifted(
    office: Office, records: Records, clock: Clock, tmp_path: Path, scope: Scope, value: str, left: int
) -> None:
    reference = hand_over(records, "the question that is held for a complaint", "pc-7")
    close(records, reference)
    ask(records, "the question of somebody else entirely", "pc-8")
    hold = office.hold(AUDITOR, scope, value, "complaint")
    clock.now += timedelta(days=100)
    clocks = Clocks(questions=90, replies=0, requests=0)
    done = office.purge(ADMIN, clocks, dry_run=False)
    assert (done.counts["questions"], done.held) == (left, 2 - left)
    found = records.request(reference)
    assert found is not None
    assert found.question == "the question that is held for a complaint"
    office.lift(AUDITOR, hold.id)
    assert office.purge(ADMIN, clocks, dry_run=False).counts["questions"] == 2 - left


def test_a_hold_needs_a_reason_and_a_reference(office: Office) -> None:
    with pytest.raises(HoldError, match="needs a reason"):
        office.hold(ADMIN, Scope.EVERYTHING, "", " ")
    with pytest.raises(QueueError, match="'soon' is no reference"):
        office.hold(ADMIN, Scope.REQUEST, "soon", "x")
    with pytest.raises(HoldError, match="no hold 9"):
        office.lift(ADMIN, 9)


def test_the_record_is_trimmed_and_still_one_chain(office: Office, records: Records, clock: Clock, keys: Keys) -> None:
    for number in range(5):
        records.audit("tested", "pc-7", number=number)
    before = office.anchor(AUDITOR)
    clock.now += timedelta(days=10)
    records.audit("tested", "pc-7", number=5)
    done = office.purge(ADMIN, Clocks(questions=0, replies=0, requests=0, learning=0, audit=5), dry_run=False)
    assert done.counts["audit"] == 6
    report = office.verify()
    assert (report.ok, report.why) == (True, "")
    assert [(event.sequence, event.action) for _, event in records.audit_events()] == [
        (9, "trimmed"),
        (8, "purged"),
        (7, "tested"),
    ]
    office.compare(before)  # the anchor names the last event that went
    with pytest.raises(AnchorError, match="Event 3, there on"):
        office.compare(keys.sign(3, "0" * 64, NOON))


def test_an_anchor_finds_a_record_that_was_written_anew(
    office: Office, records: Records, keys: Keys, tmp_path: Path
) -> None:
    records.audit("tested", "pc-7")
    anchor = office.anchor(AUDITOR)
    (tmp_path / "a.json").write_text(json.dumps(anchor.as_json()), encoding="utf-8")
    office.compare(read_anchor(tmp_path / "a.json"))
    assert (tmp_path / "anchor.key").stat().st_mode & 0o077 == 0
    with pytest.raises(AnchorError, match="signature does not fit"):
        office.compare(replace(anchor, hash="0" * 64))
    forged = keys.sign(anchor.sequence, "0" * 64, NOON)
    with pytest.raises(AnchorError, match="is not what it was on"):
        office.compare(forged)
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    with pytest.raises(AnchorError, match="holds no anchor"):
        read_anchor(tmp_path / "a.json")


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Wanted(), 3),
        (Wanted(person="pc-8"), 1),
        (Wanted(reference="pf1"), 1),
        (Wanted(keyword="ORANGE"), 1),
        (Wanted(keyword="100%"), 0),
        (Wanted(first=date(2026, 11, 24)), 1),
        (Wanted(last=date(2026, 11, 23)), 2),
    ],
)
def test_a_disclosure_holds_what_was_asked_for(
    office: Office, records: Records, clock: Clock, tmp_path: Path, wanted: Wanted, count: int
) -> None:
    hand_over(records, "purple kites")
    ask(records, "orange kites", "pc-8")
    clock.now += timedelta(days=1)
    ask(records, "silver kites")
    made = office.disclose(AUDITOR, wanted, tmp_path / "out")
    assert made.records == count
    index = json.loads((tmp_path / "out" / "index.json").read_text(encoding="utf-8"))
    assert index["records"] == count
    assert len((tmp_path / "out" / "records.jsonl").read_text(encoding="utf-8").splitlines()) == count
    assert records.audit_events()[0][1].action == "exported"


def test_a_disclosure_redacts_again_and_lists_what_a_person_must_look_at(
    office: Office, records: Records, tmp_path: Path
) -> None:
    ask(records, "<script>alert(1)</script> ring Liam Prentice on 07700 900123")
    made = office.disclose(ADMIN, Wanted(), tmp_path / "out")
    assert made.to_review == 1
    everything = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "out").iterdir())
    assert "Prentice" not in everything
    assert "900123" not in everything
    page = (tmp_path / "out" / "records.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    with pytest.raises(DisclosureError, match="is not empty"):
        office.disclose(ADMIN, Wanted(), tmp_path / "out")
    with pytest.raises(OfficeError, match="'soon' is no reference"):
        office.disclose(ADMIN, Wanted(reference="soon"), tmp_path / "other")


def test_who_looked_at_whose_question_is_on_record(office: Office, records: Records) -> None:
    reference = hand_over(records, "purple kites")
    assert office.look(HUB, reference) is not None
    assert office.look(HUB, "PF-0099") is None
    _, event = records.audit_events(subject=reference)[0]
    assert (event.actor, event.action) == ("sgt-bell", "viewed")
    with pytest.raises(NotAllowed):
        office.look(OFFICER, reference)
