"""The record covers what was said, where it begins is signed, and only known keys count."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.messages import Citation, Outcome, Place, Question, Reply
from bot.domain.people import Actor, Roles
from bot.domain.receipts import check
from bot.domain.record import Recorded
from bot.domain.requests import CloseOutcome
from bot.domain.timing.retention import Clocks
from bot.governance.anchors import AnchorError, Keys, read_anchor
from bot.governance.office import Office, OfficeError
from bot.queue.desk import Desk
from bot.records import Records
from knowledge.store.folder import Library
from tests.support.fakes import NOON, Clock

BELL, ADMIN, AUDITOR = Actor("bell"), Actor("cole"), Actor("dean")
QUOTED = Citation(
    document="kite-laundry",
    title="Washing kites",
    section="How do I dry a kite?",
    page=None,
    quote="Hang it in the shade.",
    status="in_force",
    law_checked_on=None,
    review_by=None,
    marking="OFFICIAL",
    link="",
    similarity=0.9,
)
KEEP = Clocks(questions=0, replies=0, requests=0, learning=0, audit=5)


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(tmp_path / "keys" / "anchor.key")


@pytest.fixture
def office(records: Records, clock: Clock, keys: Keys) -> Office:
    return Office(Roles.listed(hub="bell,dunn", admins="cole", auditors="dean"), records, clock, keys)


def answer(records: Records, *citations: Citation) -> str:
    receipt = records.new_receipt()
    reply = Reply("r", Outcome.ANSWERED, "Hang it in the shade.", receipt=receipt, citations=citations)
    records.save_reply(Question("how do I dry a kite", Place("terminal", "t1"), "pc-7"), reply)
    return receipt


def hand_over(records: Records) -> str:
    return records.save_handed_over(
        Question("who locks the kite shed", Place("terminal", "t1"), "pc-7"),
        lambda given: Reply("r", Outcome.HANDED_OVER, given, request=given, receipt=records_receipt(given)),
        kind="question",
        found=(QUOTED,),
        why="too far",
    )


def records_receipt(reference: str) -> str:
    return f"AAA-{reference[-3:].replace('0', 'A').replace('1', '2')}"


def change(records: Records, statement: str) -> None:
    """As someone with the database's own tools."""
    with records._database.write() as connection:
        connection.execute(text(statement))


def unlock(records: Records) -> None:
    with records._database.write() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("drop trigger audit_no_update"))
            connection.execute(text("drop trigger audit_no_delete"))
        else:
            connection.execute(text("alter table audit disable trigger audit_append_only"))


def recorded(records: Records, receipt: str) -> Recorded:
    found = records.receipt(receipt)
    assert found is not None
    return found.recorded


def test_what_was_shown_is_on_the_record(records: Records) -> None:
    receipt = answer(records, QUOTED)
    assert recorded(records, receipt) is Recorded.MATCHES
    reference = hand_over(records)
    assert recorded(records, records_receipt(reference)) is Recorded.MATCHES
    report = records.verify_said()
    assert (report.ok, report.compared) == (True, 2)


@pytest.mark.parametrize(
    "forgery",
    [
        "update replies set text = 'Hang it in the sun.'",
        "update replies set text = text || ' Or in the sun.'",
        "update citations set quote = 'Hang it in the sun.'",
        "update citations set title = 'Drying kites'",
        "update citations set review_by = '2099-01-01'",
        "delete from citations",
        "update citations set role = 'candidate'",
        "update replies set request_number = null, text = 'Hang it in the sun.'",
        "update replies set salt = ''",
    ],
)
def test_a_reply_that_was_altered_is_found_and_does_not_stand(
    records: Records, library: Library, publish, guidance: Path, forgery: str
) -> None:  # type: ignore[no-untyped-def]
    publish(guidance)
    receipt = answer(records, QUOTED)
    before = records.receipt(receipt)
    assert before is not None
    assert check(before, library.edition(), NOON.date()).as_json()["record"] == "matches"
    change(records, forgery)
    after = records.receipt(receipt)
    assert after is not None
    verified = check(after, library.edition(), NOON.date())
    assert (after.recorded, verified.stands, verified.as_json()["record"]) == (Recorded.ALTERED, False, "altered")
    assert records.verify_said().altered == (receipt,)


def test_a_reply_of_which_the_record_says_nothing_does_not_stand(records: Records) -> None:
    receipt = answer(records)
    change(records, "update replies set receipt = '222-222'")
    assert records.receipt(receipt) is None
    assert recorded(records, "222-222") is Recorded.ALTERED


def test_a_reply_of_an_earlier_version_is_said_to_be_one(records: Records) -> None:
    receipt = answer(records)
    unlock(records)
    detail = json.dumps({"outcome": "answered", "receipt": receipt})
    change(records, f"update audit set subject = '', detail = '{detail}'")
    assert recorded(records, receipt) is Recorded.EARLIER


def test_what_the_hub_said_is_on_the_record_too(office: Office, records: Records, clock: Clock) -> None:
    desk = Desk(office, records, clock)
    reference = hand_over(records)
    desk.note(BELL, reference, "asked the sexton")
    desk.reply(BELL, reference, "The sexton locks it.")
    assert records.verify_said().ok
    change(records, "update messages set text = 'The keeper locks it.' where kind = 'reply'")
    assert records.verify_said().altered == (reference,)
    change(records, "delete from messages")
    assert records.verify_said().altered == (reference,)


def test_a_purge_takes_the_salt_with_the_text_and_is_no_forgery(office: Office, records: Records, clock: Clock) -> None:
    desk = Desk(office, records, clock)
    receipt, reference = answer(records, QUOTED), hand_over(records)
    desk.reply(BELL, reference, "The sexton locks it.")
    desk.close(BELL, reference, CloseOutcome.ANSWERED)
    clock.now += timedelta(days=400)
    office.purge(ADMIN, Clocks(questions=90, replies=365, requests=0), dry_run=False)
    assert recorded(records, receipt) is Recorded.PURGED
    assert records.verify_said().altered == ()
    with records._database.read() as connection:
        salts = connection.execute(text("select salt from replies union select salt from messages")).scalars().all()
    assert salts == [""]


def trimmed(office: Office, records: Records, clock: Clock) -> None:
    """A record whose first five events are past their time."""
    for number in range(5):
        records.audit("tested", "pc-7", number=number)
    clock.now += timedelta(days=10)
    records.audit("tested", "pc-7", number=5)
    assert office.purge(ADMIN, KEEP, dry_run=False).counts["audit"] == 5


def test_a_trimming_is_an_event_that_is_signed(office: Office, records: Records, clock: Clock, keys: Keys) -> None:
    trimmed(office, records, clock)
    assert office.verify().ok
    _, event = records.audit_events()[0]
    seal = event.detail["seal"]
    assert isinstance(seal, dict)
    assert (event.action, event.actor, event.detail["events"], seal["sequence"]) == ("trimmed", "cole", 5, 5)
    assert keys.is_seal(seal)
    assert not keys.is_seal({**seal, "sequence": 6})
    assert not records.verify_audit().ok  # without a key it cannot be told from a removal


def test_the_oldest_events_removed_with_a_forged_beginning_are_found(office: Office, records: Records) -> None:
    for number in range(8):
        records.audit("tested", "pc-7", number=number)
    anchor = office.anchor(AUDITOR)
    records.audit("tested", "pc-7", number=8)
    unlock(records)
    change(
        records, "insert into audit_head (id, sequence, hash) select 2, sequence, hash from audit where sequence = 4"
    )
    change(records, "delete from audit where sequence <= 4")
    report = office.verify()
    assert (report.ok, report.broken_at) == (False, 5)
    assert "no event with a signature that this installation knows says that" in report.why
    # nor does a genuine anchor pass for a signed trimming
    change(records, "delete from audit_head where id = 2")
    change(records, "delete from audit where sequence <= 9")
    change(records, f"insert into audit_head (id, sequence, hash) values (2, {anchor.sequence}, '{anchor.hash}')")
    records.audit("trimmed", "cole", events=9, seal=anchor.as_json())
    assert not office.verify().ok


def test_a_trimming_that_a_foreign_key_signed_is_not_believed(
    office: Office, records: Records, clock: Clock, tmp_path: Path
) -> None:
    foreign = Keys(tmp_path / "foreign.key")
    for number in range(4):
        records.audit("tested", "pc-7", number=number)
    clock.now += timedelta(days=10)
    records.audit("tested", "pc-7", number=5)
    office.anchor(AUDITOR)  # its own key is there
    records.retention.purge(KEEP, "mallory", dry_run=False, seal=foreign.seal)
    assert "no event with a signature that this installation knows" in office.verify().why
    trusting = replace(office, keys=Keys(tmp_path / "keys" / "anchor.key", frozenset({foreign.public()})))
    assert trusting.verify().ok


def test_a_record_that_an_earlier_version_trimmed_is_accepted_by_an_admin(
    office: Office, records: Records, clock: Clock
) -> None:
    trimmed(office, records, clock)
    unlock(records)
    change(records, "update audit set action = 'was' where action = 'trimmed'")
    with pytest.raises(OfficeError, match="Say why"):
        office.accept_start(ADMIN, " ")
    assert office.accept_start(ADMIN, "trimmed by the version before") == 5
    _, event = records.audit_events()[0]
    assert (event.action, event.detail["why"]) == ("trimmed", "trimmed by the version before")
    assert "was changed after it was written" in office.verify().why  # the test's own forgery, and nothing else


def test_a_record_that_was_never_trimmed_has_nothing_to_accept(office: Office, records: Records) -> None:
    records.audit("tested", "pc-7")
    with pytest.raises(OfficeError, match="was never trimmed"):
        office.accept_start(ADMIN, "x")


def test_an_anchor_of_a_foreign_key_is_refused(office: Office, records: Records, tmp_path: Path) -> None:
    records.audit("tested", "pc-7")
    office.anchor(AUDITOR)
    sequence, event_hash = records.audit_head()
    foreign = Keys(tmp_path / "foreign.key").sign(sequence, event_hash, NOON)
    with pytest.raises(AnchorError, match=r"a key that is not known here .* PREVENTION_HUB_ANCHOR_KEYS"):
        office.compare(foreign)
    known = replace(office, keys=Keys(tmp_path / "keys" / "anchor.key", frozenset({foreign.key})))
    known.compare(foreign)


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[]", "[" * 9_000, '{"sequence": "1", "hash": 2, "at": 3, "key": 4}', '{"sequence": true}', "\ud83d"],
)
def test_what_is_no_anchor_is_said_to_be_none(tmp_path: Path, content: str) -> None:
    file = tmp_path / "anchor.json"
    file.write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(AnchorError, match="holds no anchor"):
        read_anchor(file)


def test_without_a_key_nothing_is_trimmed(records: Records, clock: Clock) -> None:
    office = Office(Roles.listed(admins="cole"), records, clock)
    records.audit("tested", "pc-7")
    clock.now += timedelta(days=10)
    with pytest.raises(Exception, match="cannot be trimmed: there is no key"):
        office.purge(ADMIN, KEEP, dry_run=False)
    assert [event.action for _, event in records.audit_events()] == ["tested"]
