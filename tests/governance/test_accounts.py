"""Who acts for whom, and who approves what: roles, accounts of the operating system, and one rule for all proposals."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Action, Actor, NotAllowed, Role, Roles
from bot.domain.proposals import AdviceError, DigestError, Lesson, ProposalError, Second, second_person
from bot.domain.requests import CloseOutcome
from bot.domain.timing.retention import Clocks
from bot.governance.office import Office
from bot.queue.desk import Desk
from bot.queue.learning.store import LearningStore
from bot.records import Records
from tests.support.fakes import NOON, Clock

LISTED = Roles.listed(hub="bell, dunn", admins="cole", auditors="dean")


@pytest.mark.parametrize(
    ("proposer", "approver", "may"),
    [
        ("Sgt Bell", "Sgt Bell", False),
        ("Sgt Bell", "SGT BELL", False),
        ("Sgt Bell", "  sgt \t bell ", False),
        ("Sgt Bell", "Sgt\u00a0Bell", False),
        ("Zoë", "Zoe\u0308", False),
        ("Straße", "STRASSE", False),
        ("Sgt Bell", "\uff33gt Bell", False),
        ("Sgt Bell", "Insp Cole", True),
        ("Sgt Bell", "Sgt Bells", True),
    ],
)
def test_two_names_are_one_person_whatever_the_case_spacing_and_unicode_form(
    proposer: str, approver: str, may: bool
) -> None:
    assert (second_person(proposer, "", Second(Actor(approver), by_account=False)) == "") is may


def test_an_account_does_not_approve_what_it_proposed_under_another_name_where_roles_are_set() -> None:
    cole = Actor("cole", at_terminal=True, account="desk1")
    assert second_person("bell", "Desk1", Second(cole, by_account=True)) == (
        "It was proposed from the account Desk1, so it must be approved from a different one."
    )
    assert second_person("bell", "Desk1", Second(cole, by_account=False)) == ""
    assert second_person("bell", "desk2", Second(cole, by_account=True)) == ""
    assert second_person("U1", "", Second(cole, by_account=True)) == ""


def test_without_lists_an_account_acts_for_anyone_and_it_is_on_record(records: Records, clock: Clock) -> None:
    office = Office(Roles.listed(), records, clock)
    actor = office.at_terminal("root", "Sgt Bell")
    office.check(actor, Action.PURGE)
    Desk(office, records, clock).claim(actor, hand_over(records))
    _, event = records.audit_events()[0]
    assert (event.actor, event.account, event.by) == ("Sgt Bell", "root", "Sgt Bell (account root)")
    assert [found.action for _, found in records.audit_events(person="root")] == ["request.claimed"]
    assert records.verify_audit().ok


@pytest.mark.parametrize("account", ["nobody", "dean", "BELL"])
def test_with_lists_an_account_without_a_role_in_the_hub_acts_for_no_one_else(
    records: Records, clock: Clock, account: str
) -> None:
    office = Office(LISTED, records, clock)
    with pytest.raises(NotAllowed, match=f"The account {account} may not act for cole"):
        office.at_terminal(account, "cole")
    subject, event = records.audit_events()[0]
    assert (event.action, event.actor, event.account, subject) == ("refused", "cole", account, "act for others")
    assert office.at_terminal(account, account).name == account
    assert office.at_terminal(account).name == account


def test_by_default_hub_staff_act_for_others_within_their_own_rights(records: Records, clock: Clock) -> None:
    office = Office(LISTED, records, clock)
    as_admin = office.at_terminal("bell", "cole")
    office.check(as_admin, Action.WORK_REQUESTS)
    with pytest.raises(NotAllowed, match="bell may not delete what is past its time"):
        office.purge(as_admin, Clocks(), dry_run=False)
    office.purge(office.at_terminal("cole", "cole"), Clocks(), dry_run=True)
    with pytest.raises(NotAllowed, match="mallory may not work on requests"):
        office.check(office.at_terminal("cole", "mallory"), Action.WORK_REQUESTS)


def test_who_may_act_for_others_is_a_setting(records: Records, clock: Clock) -> None:
    roles = Roles.listed(hub="bell,dunn", admins="cole", may_act_for_others="kiosk")
    office = Office(roles, records, clock)
    office.check(office.at_terminal("kiosk", "cole"), Action.PURGE)
    with pytest.raises(NotAllowed, match="kiosk may not work on requests"):
        office.check(office.at_terminal("kiosk"), Action.WORK_REQUESTS)
    with pytest.raises(NotAllowed, match="The account bell may not act for dunn"):
        office.at_terminal("bell", "dunn")
    nobody = Roles.listed(hub="bell,dunn", may_act_for_others=" ")
    with pytest.raises(NotAllowed):
        nobody.at_terminal("bell", "dunn")


@pytest.mark.parametrize("blank", ["", " ", " , ,"])
def test_a_list_that_is_blank_gives_its_role_to_nobody(blank: str) -> None:
    roles = Roles.listed(hub=blank)
    assert roles.of("root", at_terminal=True) == {Role.OFFICER}
    with pytest.raises(NotAllowed):
        roles.check("root", Action.PURGE, at_terminal=True)


def hand_over(records: Records, kind: str = "question") -> str:
    return records.save_handed_over(
        Question("who locks the kite shed", Place("terminal", "t1"), "pc-7"),
        lambda given: Reply("r", Outcome.HANDED_OVER, given, request=given),
        kind=kind,
        found=(),
        why="too far",
    )


def test_an_account_cannot_approve_what_it_proposed_as_another(records: Records, clock: Clock) -> None:
    office = Office(Roles.listed(hub="bell,dunn,desk", may_act_for_others="desk"), records, clock)
    desk = Desk(office, records, clock)
    reference = hand_over(records)
    bell, dunn = office.at_terminal("desk", "bell"), office.at_terminal("desk", "dunn")
    desk.reply(bell, reference, "The sexton.")
    desk.promote(bell, reference)
    with pytest.raises(AdviceError, match="proposed from the account desk"):
        desk.approve(dunn, reference)
    assert desk.approve(office.at_terminal("dunn"), reference).approved_by == "dunn"


def proposed(kind: str, records: Records, desk: Desk) -> str:
    """A proposal of a kind, made by bell, that waits for its second person; what it is called."""
    bell = Actor("bell")
    if kind == "digest":
        records.digests.prepare("2026-W47", "News.")
        return "2026-W47"
    reference = hand_over(records, "question" if kind == "advice" else "operational_problem")
    desk.reply(bell, reference, "The sexton.")
    if kind == "advice":
        desk.promote(bell, reference)
        return reference
    desk.close(bell, reference, CloseOutcome.ANSWERED)
    lesson = Lesson(reference, "kites", "They tear.", "Glue.", "None tear.", "bell", date(2028, 1, 1))
    records.lessons.propose(lesson, bell)
    return reference


@pytest.mark.parametrize("kind", ["advice", "lesson", "digest"])
def test_of_two_who_approve_at_once_one_has_approved_it(
    kind: str, office: Office, desk: Desk, records: Records, clock: Clock
) -> None:
    store = LearningStore(office, records, clock)
    name = proposed(kind, records, desk)

    def approve(person: str) -> str:
        actor = Actor(person)
        try:
            if kind == "advice":
                return desk.approve(actor, name).approved_by
            if kind == "lesson":
                return store.approve(actor, name).approved_by
            return office.approve_digest(actor, name).approved_by
        except ProposalError:
            return ""

    for _ in range(10):
        with ThreadPoolExecutor(2) as pool:
            done = list(filter(None, pool.map(approve, ("dunn", "cole"))))
        approved = [e.actor for _, e in records.audit_events(limit=1000) if e.action == f"{kind}.approved"]
        assert (len(done), len(approved)) == (1, 1)
        with records._database.write() as connection:
            set_back(connection, kind)


def set_back(connection: object, kind: str) -> None:
    """Waiting for its second person again, and the record as if it had not been approved."""
    from sqlalchemy import Connection, text

    assert isinstance(connection, Connection)
    states = {
        "advice": "update advice set state = 'proposed', approved_by = null",
        "lesson": "update lessons set state = 'proposed', approved_by = null",
        "digest": "update digests set approved_by = null, approved_at = null",
    }
    connection.execute(text(states[kind]))
    if connection.dialect.name == "sqlite":
        connection.execute(text("drop trigger if exists audit_no_update"))
    else:
        connection.execute(text("alter table audit disable trigger audit_append_only"))
    connection.execute(text("update audit set action = 'before' where action like '%.approved'"))


def test_the_one_who_proposes_does_not_approve_under_another_spelling(desk: Desk, records: Records) -> None:
    reference = proposed("advice", records, desk)
    roles = Roles.listed(hub="bell, Bell,BELL ")
    mine = Desk(Office(roles, records, lambda: NOON), records, lambda: NOON)
    for name in ("bell", "Bell", "BELL"):
        with pytest.raises(AdviceError, match=f"{name} proposed it, so a different person must approve it"):
            mine.approve(Actor(name), reference)


def test_the_worker_that_prepares_a_digest_does_not_release_it(office: Office, records: Records) -> None:
    records.digests.prepare("2026-W47", "News.")
    with pytest.raises(DigestError, match="Worker proposed it"):
        records.digests.approve("2026-W47", office.second(Actor("Worker")))
