"""Legal holds on what is there, numbered once; purges that leave nothing behind; exports that others cannot read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Actor, NotAllowed, Person, Roles
from bot.domain.requests import CloseOutcome, QueueError
from bot.domain.timing.retention import Clocks, HoldError, Scope
from bot.governance.office import Office, OfficeError
from bot.queue.desk import Desk
from bot.records import Records
from bot.records.office.disclosure import Wanted
from tests.support.fakes import Clock

ADMIN, AUDITOR, BELL = Actor("cole"), Actor("dean"), Actor("bell")
QUESTIONS = Clocks(questions=90, replies=0, requests=0, learning=0)


@pytest.fixture
def office(records: Records, clock: Clock) -> Office:
    return Office(Roles.listed(hub="bell", admins="cole", auditors="dean"), records, clock)


def hand_over(records: Records, asker: str = "pc-4711", said: str = "who locks the crimson kite shed") -> str:
    return records.save_handed_over(
        Question(said, Place("terminal", asker), asker, id="for Jane Doe, 07700 900123"),
        lambda given: Reply("r", Outcome.HANDED_OVER, given, request=given),
        kind="question",
        found=(),
        why="too far",
    )


@pytest.mark.parametrize("name", ["PC-4711", "pc 4711", "pc-471", "pc-47111"])
def test_a_hold_for_a_name_that_nobody_has_is_refused_with_the_near_ones(
    office: Office, records: Records, name: str
) -> None:
    hand_over(records)
    with pytest.raises(HoldError, match=r"anyone called '.*', so a hold would keep nothing\. Did you mean 'pc-4711'\?"):
        office.hold(AUDITOR, Scope.PERSON, name, "complaint")
    assert records.retention.holds() == []
    held = office.hold(AUDITOR, Scope.PERSON, name, "complaint", unknown=True)
    assert [one.value for one in records.retention.holds()] == [name] == [held.value]


def test_a_name_is_found_by_the_platform_s_own_and_the_id_is_suggested(office: Office, records: Records) -> None:
    records.people.met("slack", [Person("U777", name="Sam Reed")])
    with pytest.raises(HoldError, match="Did you mean 'U777'"):
        office.hold(AUDITOR, Scope.PERSON, "sam reed", "complaint")
    with pytest.raises(HoldError, match=r"so a hold would keep nothing\. To hold what is still to come"):
        office.hold(AUDITOR, Scope.PERSON, "zzz", "complaint")


def test_a_hold_on_a_request_that_does_not_exist_is_refused(office: Office, records: Records) -> None:
    with pytest.raises(QueueError, match=r"There is no request PF-0007\."):
        office.hold(AUDITOR, Scope.REQUEST, "PF-0007", "complaint")
    reference = hand_over(records)
    assert office.hold(AUDITOR, Scope.REQUEST, "pf1", "complaint").shown == reference


def test_the_number_of_a_hold_is_never_given_again(office: Office) -> None:
    first = office.hold(ADMIN, Scope.EVERYTHING, "", "one")
    office.lift(ADMIN, first.id)
    second = office.hold(ADMIN, Scope.EVERYTHING, "", "two")
    assert second.id == first.id + 1
    with pytest.raises(HoldError, match=f"There is no hold {first.id}"):
        office.lift(ADMIN, first.id)


def test_who_is_held_is_not_for_everyone(office: Office) -> None:
    office.hold(AUDITOR, Scope.EVERYTHING, "", "complaint")
    assert [one.why for one in office.holds(AUDITOR)] == ["complaint"]
    for actor in (Actor("pc-7"), BELL):
        with pytest.raises(NotAllowed, match="may not set or lift a legal hold"):
            office.holds(actor)


def test_nothing_of_a_question_outlives_its_purge(
    office: Office, records: Records, clock: Clock, tmp_path: Path
) -> None:
    """Its vector, what a platform sent and nobody answered, and where it happened."""
    reference = hand_over(records)
    records.joining.keep_vector(reference, "words", b"\x01\x02crimson vector")
    place = Place("slack", "T1/C1")
    records.inbound.receive("slack", "m1", place, "U7", "a crimson message that was never answered")
    records.inbound.receive("slack", "m2", place, "U8", "a crimson message of somebody who is held")
    with records._database.write() as connection:
        connection.execute(text("update requests set area = 'crimson lane'"))
    desk = Desk(office, records, clock)
    desk.reply(BELL, reference, "The sexton.")
    desk.close(BELL, reference, CloseOutcome.ANSWERED)
    office.hold(AUDITOR, Scope.PERSON, "U8", "complaint")
    clock.now += timedelta(days=100)
    done = office.purge(ADMIN, QUESTIONS, dry_run=False)
    assert (done.counts["questions"], done.counts["inbound"]) == (1, 1)
    assert records.joining.open_vectors("words", 10) == []
    counts = records.health().counts
    assert (counts["request_vectors"], counts["inbound"]) == (0, 1)
    kept = records.request(reference)
    assert kept is not None
    assert (kept.question, kept.area) == ("", "")
    office.lift(AUDITOR, 1)
    office.purge(ADMIN, QUESTIONS, dry_run=False)
    content = b"".join(file.read_bytes() for file in tmp_path.glob("hub.db*"))
    assert b"crimson" not in content


def test_a_letter_s_text_goes_with_the_reply_that_it_brought(office: Office, records: Records, clock: Clock) -> None:
    reference = hand_over(records)
    desk = Desk(office, records, clock)
    desk.reply(BELL, reference, "The turquoise sexton.")
    (letter,) = records.outbox.lease({"terminal"}, 10, 60)
    records.outbox.put_in_inbox(letter)
    records.outbox.sent(letter)
    clock.now += timedelta(days=400)
    office.purge(ADMIN, Clocks(questions=0, replies=365, requests=0, learning=0), dry_run=False)
    with records._database.read() as connection:
        texts = connection.execute(text("select text from outbox union all select text from inbox")).scalars().all()
    assert texts == ["", ""]


def test_an_id_that_a_program_gave_a_question_is_redacted_before_it_is_kept(records: Records) -> None:
    hand_over(records)
    with records._database.read() as connection:
        (kept,) = connection.execute(text("select given_id from questions")).scalars()
    assert "Jane" not in kept
    assert "07700" not in kept
    assert kept.startswith("for ")


def test_an_export_of_someone_nobody_knows_is_refused_and_of_others_is_private(
    office: Office, records: Records, tmp_path: Path
) -> None:
    hand_over(records)
    with pytest.raises(OfficeError, match=r"anyone called 'nobody'.* Write it as it is kept"):
        office.disclose(AUDITOR, Wanted(person="nobody"), tmp_path / "out")
    with pytest.raises(OfficeError, match="Did you mean 'pc-4711'"):
        office.disclose(AUDITOR, Wanted(person="PC 4711"), tmp_path / "out")
    with pytest.raises(QueueError, match=r"There is no request PF-0099\."):
        office.disclose(AUDITOR, Wanted(reference="PF-0099"), tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert office.disclose(AUDITOR, Wanted(person="pc-4711"), tmp_path / "out").records == 1
    assert f"{(tmp_path / 'out').stat().st_mode & 0o777:o}" == "700"
    assert {f"{file.stat().st_mode & 0o777:o}" for file in (tmp_path / "out").iterdir()} == {"600"}
