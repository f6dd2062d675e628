"""The hub database: what is kept, by how many at once, and what happens when it cannot be."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import signal
import sqlite3
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import ClauseElement, Select, Table, inspect, select, text
from sqlalchemy.dialects import postgresql

from bot.domain.messages import Citation, Outcome, Place, Question, Reply
from bot.domain.record import Recorded
from bot.domain.timing.patience import Patience
from bot.records import Records, RecordsError, audit, sqlite
from bot.records.audit import chain
from bot.records.conversation import rows, statements
from bot.records.conversation.keeping import CODES_TRIED
from bot.records.engine import open_database
from bot.records.errors import sentence_for, server_sentence_for
from bot.records.sqlite import has_wal_reset_bug, sqlite_module
from bot.records.tables import HEAD_REVISION, METADATA, REPLIES, URGENT_SIGNS
from tests.support.fakes import NOON, Clock

HERE = Place("terminal", "session-1")
CITATION = Citation(
    document="d24-section-136",
    title="Section 136",
    section="Places of safety > How long",
    page=12,
    quote="The permitted period is 24 hours.",
    status="in_force",
    law_checked_on=date(2026, 10, 20),
    review_by=date(2027, 1, 20),
    marking="OFFICIAL",
    link="https://example.org/d24",
    similarity=0.71,
    passage="d24-section-136#3",
)
OTHER = replace(CITATION, page=None, law_checked_on=None, review_by=None, similarity=0.4, passage="d24#9")

# a server that forks children without this process's threads and connections
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["bot.records", "pysqlite3"])
LONGEST = 60.0  # seconds; a test that waits longer has failed


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "hub.db"


@pytest.fixture(name="in_file")
def _in_file(path: Path, clock: Clock, made_by_migrations: None) -> Iterator[Records]:
    """On SQLite, for what only a file has; `records` is on each engine in turn. Made as in production."""
    with Records.open(path, clock=clock) as records:
        yield records


def ask(text: str = "How long may somebody be held?", place: Place = HERE) -> Question:
    return Question(text, place, "officer-7", id="q-1")


def earlier(records: Records, place: Place = HERE, *, limit: int = 3) -> tuple[str, ...]:
    """What anybody asked in a place before."""
    return records.conversation.said_before(place, "officer-8", limit=limit).questions


def answered(receipt: str | None = "7K3-F9Q") -> Reply:
    return Reply(
        id="q-1",
        outcome=Outcome.ANSWERED,
        body="Up to 24 hours.",
        confidence=0.93,
        citations=(CITATION,),
        candidates=(OTHER,),
        redacted=("phone",),
        edition=7,
        receipt=receipt,
        signals={"margin": 0.2},
    )


def handed_over(reference: str) -> Reply:
    return Reply(
        "q-1",
        Outcome.HANDED_OVER,
        f"The hub has it: {reference}.",
        request=reference,
        edition=7,
        receipt=None,
    )


def hand_over(records: Records, question: Question | None = None) -> str:
    return records.save_handed_over(
        question or ask(),
        handed_over,
        kind="question",
        found=[CITATION, OTHER],
        why="Nothing was close enough.",
    )


def asked_anew() -> Question:
    """A question nobody asked before: the same one again would stay one request."""
    return ask(f"who locks shed {uuid4().hex}")


def raw(path: Path) -> closing[sqlite3.Connection]:
    """The file behind the program's back."""
    connection: sqlite3.Connection = sqlite_module().connect(str(path), isolation_level=None)
    return closing(connection)


def query(records: Records, statement: str | Select[Any]) -> list[tuple[Any, ...]]:
    with records._database.read() as connection:
        found = connection.execute(text(statement) if isinstance(statement, str) else statement)
        return [tuple(row) for row in found]


def change(records: Records, *statements: str, **values: Any) -> None:
    """The tables behind the program's back."""
    with records._database.write() as connection:
        for statement in statements:
            connection.execute(text(statement), values)


def unlock_audit(records: Records) -> None:
    """As somebody who may do everything with the database would."""
    if records.health().engine.startswith("SQLite"):
        change(records, "drop trigger audit_no_update", "drop trigger audit_no_delete")
    else:
        change(records, "drop trigger audit_append_only on audit")


# What is kept


def test_a_receipt_shows_what_was_shown(records: Records) -> None:
    records.save_reply(ask(), answered())
    shown = records.receipt("7k3 f9q")
    assert shown is not None
    assert (shown.code, shown.at, shown.outcome, shown.edition) == ("7K3-F9Q", NOON, Outcome.ANSWERED, 7)
    assert (shown.text, shown.request) == ("Up to 24 hours.", None)
    assert (shown.citations, shown.candidates) == ((CITATION,), (OTHER,))
    assert records.receipt("7K3-F9R") is None
    assert records.receipt("no code") is None


def test_the_row_of_a_citation_carries_the_edition(records: Records) -> None:
    records.save_reply(ask(), answered())
    assert query(records, "select role, position, edition, passage, similarity from citations order by role") == [
        ("candidate", 1, 7, "d24#9", 0.4),
        ("quoted", 1, 7, "d24-section-136#3", 0.71),
    ]
    kept = select(REPLIES.c.confidence, REPLIES.c.redacted, REPLIES.c.signals)
    assert query(records, kept) == [(0.93, ["phone"], {"margin": 0.2})]


def test_a_request_is_kept_with_everything_the_hub_needs(records: Records) -> None:
    reference = hand_over(records)
    assert reference == "PF-0001"
    request = records.request("PF-0001")
    assert request is not None
    assert request == records.request("pf1") == records.request("1")
    assert request.reference == "PF-0001"
    assert (request.kind, request.state, request.question) == ("question", "open", ask().text)
    assert (request.place, request.asker, request.opened_at) == (HERE, "officer-7", NOON)
    assert (request.why, request.found) == ("Nothing was close enough.", (CITATION, OTHER))
    assert [(event.sequence, event.at, event.actor, event.action) for event in request.events] == [
        (1, NOON, "officer-7", "request.opened"),
        (2, NOON, "officer-7", "replied"),
    ]
    assert request.events[0].detail == {"kind": "question", "before": None, "after": "open"}
    assert records.request("PF-0002") is None
    assert records.request("nonsense") is None


def test_the_reply_is_kept_with_its_reference(records: Records) -> None:
    records.save_handed_over(
        ask(), lambda ref: replace(handed_over(ref), receipt="7K3-F9Q"), kind="correction", found=[], why=""
    )
    shown = records.receipt("7K3-F9Q")
    assert shown is not None
    assert (shown.text, shown.request) == ("The hub has it: PF-0001.", "PF-0001")


def test_requests_are_listed_newest_first_by_state(records: Records) -> None:
    for number in range(1, 5):
        hand_over(records, ask(f"question {number}"))
    change(records, "update requests set state = 'claimed' where number = 3")
    assert [one.reference for one in records.requests()] == ["PF-0004", "PF-0003", "PF-0002", "PF-0001"]
    assert [one.reference for one in records.requests(state="open", limit=2)] == ["PF-0004", "PF-0002"]
    assert [one.question for one in records.requests(state="claimed")] == ["question 3"]
    assert records.requests(limit=0) == []
    with pytest.raises(ValueError, match="lost"):
        records.requests(state="lost")


def test_earlier_questions_are_those_of_this_place_in_the_last_two_hours(records: Records, clock: Clock) -> None:
    for minutes, said in enumerate(["first", "second", "third", "fourth"]):
        clock.now = NOON + timedelta(minutes=minutes)
        records.save_reply(ask(said), answered(None))
        records.save_reply(ask("elsewhere", Place("slack", HERE.address)), answered(None))
    assert earlier(records) == ("second", "third", "fourth")
    assert earlier(records, limit=1) == ("fourth",)
    assert earlier(records, limit=0) == ()
    clock.now = NOON + timedelta(hours=2, minutes=2)
    assert earlier(records) == ("third", "fourth")
    clock.now = NOON - timedelta(hours=1)  # a clock set back forgets nothing
    assert earlier(records, limit=9) == ("first", "second", "third", "fourth")


def test_urgent_signs_are_counted_without_who_or_what(records: Records) -> None:
    for kind in ("risk_to_life", "risk_to_life", "abduction"):
        records.count_urgent(kind)
    assert query(records, select(URGENT_SIGNS.c.kind, URGENT_SIGNS.c.day).order_by(URGENT_SIGNS.c.kind)) == [
        ("abduction", date(2026, 11, 23)),
        ("risk_to_life", date(2026, 11, 23)),
        ("risk_to_life", date(2026, 11, 23)),
    ]
    assert query(records, "select count(*) from audit") == [(0,)]


def test_a_new_receipt_is_one_that_nobody_has(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    records.save_reply(ask(), answered("7K3-F9Q"))
    codes = iter(["7K3-F9Q", "7K3-F9R"])
    monkeypatch.setattr("bot.domain.receipts.new_receipt", lambda: next(codes))
    assert records.new_receipt() == "7K3-F9R"


def test_a_reply_is_kept_under_a_receipt_that_nobody_has(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    records.save_reply(ask(), answered("7K3-F9Q"))
    codes = iter(["7K3-F9Q", "7K3-F9Q", "7K3-F9R"])
    monkeypatch.setattr("bot.domain.receipts.new_receipt", lambda: next(codes))
    assert records.save_reply(ask("And now?"), answered(None)).receipt == "7K3-F9R"
    shown = records.receipt("7K3-F9R")
    assert shown is not None
    assert shown.recorded is Recorded.MATCHES
    assert earlier(records) == (ask().text, "And now?")
    assert [records.health().counts[name] for name in ("questions", "replies")] == [2, 2]
    assert records.verify_audit() == audit.AuditReport(ok=True, events=2)


def test_codes_are_not_drawn_for_ever(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    records.save_reply(ask(), answered("7K3-F9Q"))
    codes = ["7K3-F9Q"] * CODES_TRIED
    monkeypatch.setattr("bot.domain.receipts.new_receipt", codes.pop)
    with pytest.raises(RecordsError, match=r"Ask again\.$"):
        records.save_reply(ask("And now?"), answered(None))
    assert (codes, earlier(records)) == ([], (ask().text,))


def test_what_is_refused_for_another_reason_is_not_tried_again(records: Records) -> None:
    with pytest.raises(RecordsError, match=r"Ask again\.$"):
        records.save_reply(ask(), replace(answered(None), request="PF-0099"))
    assert earlier(records) == ()
    assert records.verify_audit().events == 0


def test_the_same_receipt_twice_is_refused_and_leaves_nothing(records: Records) -> None:
    records.save_reply(ask(), answered())
    with pytest.raises(RecordsError, match=r"Ask again\.$"):
        records.save_reply(ask(), answered())
    assert records.health().counts["questions"] == 1
    assert records.verify_audit().events == 1


def test_a_reply_that_cannot_be_worded_opens_nothing(records: Records) -> None:
    def broken(reference: str) -> Reply:
        raise KeyError(reference)

    with pytest.raises(KeyError, match="PF-0001"):
        records.save_handed_over(ask(), broken, kind="question", found=[], why="")
    assert set(records.health().counts.values()) == {0, 1}  # the one row is the head of the empty chain
    with pytest.raises(ValueError, match="nonsense"):
        records.save_handed_over(ask(), handed_over, kind="nonsense", found=[], why="")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("nul \x00 here", "nul \ufffd here"),
        ("half \ud800 pair", "half \ufffd pair"),
        ("🙂 é ‮", "🙂 é ‮"),
        ("", ""),
    ],
)
def test_any_text_can_be_kept(records: Records, given: str, kept: str) -> None:
    records.save_reply(Question(given, Place(given, given), given), replace(answered(), body=given))
    assert earlier(records, Place(given, given)) == (kept,)
    records.audit("tried", given, subject=given, note=given)
    assert records.verify_audit() == audit.AuditReport(ok=True, events=2)


def test_a_number_that_is_none_does_not_cost_the_record(records: Records) -> None:
    broken = replace(CITATION, similarity=float("nan"))
    reply = replace(answered(), confidence=float("inf"), citations=(broken,), signals={"margin": float("nan")})
    records.save_reply(ask(), reply)
    assert query(records, select(REPLIES.c.confidence, REPLIES.c.signals)) == [(0.0, {"margin": None})]
    shown = records.receipt("7K3-F9Q")
    assert shown is not None
    assert [citation.similarity for citation in shown.citations] == [0.0]


# The audit


def test_the_audit_tells_who_did_what_without_the_question(records: Records) -> None:
    records.save_reply(ask("secret words"), answered())
    hand_over(records, ask("secret words"))
    records.audit("index.published", "admin-1", edition=8)
    assert records.verify_audit() == audit.AuditReport(ok=True, events=4)
    stored = query(records, "select actor, action, subject, detail from audit order by sequence")
    detail = json.loads(stored[0][3])
    assert stored[0][:3] == ("officer-7", "replied", "7K3-F9Q")
    assert len(detail.pop("shown")) == 64
    assert detail == {
        "confidence": 0.93,
        "edition": 7,
        "outcome": "answered",
        "passages": ["d24-section-136#3"],
        "receipt": "7K3-F9Q",
        "redacted": ["phone"],
    }
    assert stored[3] == ("admin-1", "index.published", "", '{"edition":8}')
    assert "secret" not in str(stored)


@pytest.mark.parametrize("tampering", ["update audit set actor = 'nobody'", "delete from audit"])
def test_the_database_itself_refuses_to_change_the_audit(records: Records, tampering: str) -> None:
    records.audit("tried", "officer-7")
    with pytest.raises(RecordsError) as refused:
        change(records, tampering)
    assert "append-only" in str(refused.value.__cause__)
    assert records.verify_audit() == audit.AuditReport(ok=True, events=1)


@pytest.mark.parametrize(
    ("tampering", "broken_at", "why"),
    [
        (
            "update audit set actor = 'nobody' where sequence = 3",
            3,
            "Event 3 was changed after it was written.",
        ),
        (
            "update audit set detail = 'no JSON' where sequence = 1",
            1,
            "Event 1 was changed after it was written.",
        ),
        (
            "update audit set at = 'yesterday' where sequence = 5",
            5,
            "Event 5 was changed after it was written.",
        ),
        ("delete from audit where sequence = 2", 2, "Event 2 is missing."),
        ("delete from audit where sequence >= 4", 4, "Events 4 to 5 are missing at the end."),
        ("delete from audit", 1, "Events 1 to 5 are missing at the end."),
        (
            "update audit set previous_hash = hash where sequence = 4",
            4,
            "Event 4 does not follow from the event before it.",
        ),
        (
            "update audit_head set hash = 'x'",
            6,
            "The end of the chain is not where the last event left it.",
        ),
        ("delete from audit_head", 6, "The end of the chain is not where the last event left it."),
    ],
)
def test_tampering_is_located(records: Records, tampering: str, broken_at: int, why: str) -> None:
    for number in range(5):
        records.audit("counted", "officer-7", number=number)
    unlock_audit(records)
    change(records, tampering)
    assert records.verify_audit() == audit.AuditReport(ok=False, events=broken_at - 1, broken_at=broken_at, why=why)


def test_what_is_no_text_at_all_in_the_record_is_located(in_file: Records) -> None:
    in_file.audit("counted", "officer-7", number=1)
    unlock_audit(in_file)
    change(in_file, "update audit set detail = x'00ff' where sequence = 1")
    assert in_file.verify_audit() == audit.AuditReport(
        ok=False, events=0, broken_at=1, why="Event 1 was changed after it was written."
    )


def test_any_character_flipped_anywhere_in_the_record_is_located(records: Records) -> None:
    for number in range(3):
        records.audit("counted", f"officer-{number}", subject="PF-0001", number=number)
    columns = ("at", "actor", "action", "subject", "detail", "previous_hash", "hash")
    unlock_audit(records)
    for sequence, *values in query(records, f"select sequence, {', '.join(columns)} from audit"):
        for column, value in zip(columns, values, strict=True):
            for place in range(0, len(value), 7):
                flipped = value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :]
                swap = f"update audit set {column} = :value where sequence = :which"
                change(records, swap, value=flipped, which=sequence)
                report = records.verify_audit()
                assert (report.ok, report.broken_at) == (False, sequence), (column, place)
                change(records, swap, value=value, which=sequence)
    assert records.verify_audit().ok


def test_two_events_swapped_are_located(records: Records) -> None:
    for number in range(4):
        records.audit("counted", "officer-7", number=number)
    unlock_audit(records)
    for old, new in ((2, 99), (3, 2), (99, 3)):
        change(records, "update audit set sequence = :new where sequence = :old", new=new, old=old)
    report = records.verify_audit()
    assert (report.ok, report.broken_at) == (False, 2)


def test_an_event_rewritten_with_its_own_hash_breaks_the_next(records: Records) -> None:
    for number in range(3):
        records.audit("counted", "officer-7", number=number)
    before = str(query(records, "select hash from audit where sequence = 1")[0][0])
    forged = chain._linked(audit.Entry(NOON, "nobody", "counted", "", {}), 2, before)
    unlock_audit(records)
    rewrite = "update audit set actor = :actor, detail = :detail, hash = :hash where sequence = 2"
    change(records, rewrite, actor=forged["actor"], detail=forged["detail"], hash=forged["hash"])
    assert records.verify_audit() == audit.AuditReport(
        ok=False, events=2, broken_at=3, why="Event 3 does not follow from the event before it."
    )


# The schema


def test_the_tables_are_those_of_the_migrations(hub_database: Path | str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from bot.records.migrate import MIGRATIONS

    Records.open(hub_database).close()
    with closing(open_database(hub_database)) as database, database.read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    # comments are for who reads schema.py: SQLite keeps none
    assert [one for one in differences if not (isinstance(one, list) and one[0][0] == "modify_comment")] == []
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD_REVISION]


def _alembic_was_loaded(target: str, answer: Pipe) -> None:
    Records.open(target).close()
    answer.send("alembic" in sys.modules)


def test_an_up_to_date_database_opens_without_loading_alembic(hub_database: Path | str) -> None:
    Records.open(hub_database).close()
    assert run(_alembic_was_loaded, str(hub_database)) == [False]


def test_the_statements_are_understood_by_postgresql() -> None:
    parts = [
        one for module in (rows, statements, audit) for one in vars(module).values() if isinstance(one, ClauseElement)
    ]
    compiled = [one for one in parts if not isinstance(one, Table)]
    assert len(compiled) >= 15
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for statement in compiled:
        assert str(statement.compile(dialect=dialect))


def test_a_url_names_the_same_file(path: Path, in_file: Records) -> None:
    hand_over(in_file)
    with Records.open(f"sqlite:///{path}") as again:
        assert again.request("1") == in_file.request("1")
    with Records.open(str(path)) as again:
        assert again.health().counts["requests"] == 1


def test_health_names_the_file_and_the_sqlite_in_use(in_file: Records, path: Path) -> None:
    health = in_file.health()
    assert (health.name, health.engine) == (str(path), f"SQLite {sqlite_module().sqlite_version}")


def test_health_says_what_there_is(records: Records) -> None:
    hand_over(records)
    health = records.health()
    assert health.engine.split()[0] in ("SQLite", "postgresql")
    assert (health.revision, health.up_to_date, health.integrity) == (HEAD_REVISION, True, "ok")
    assert health.counts == {
        "questions": 1,
        "requests": 1,
        "replies": 1,
        "citations": 2,
        "urgent_signs": 0,
        "sessions": 0,
        "saved_filters": 0,
        "bindings": 0,
        "rate_counts": 0,
        "audit": 2,
        "audit_head": 1,
        "learning": 0,
        "digests": 0,
        "switches": 0,
        "holds": 0,
        "messages": 0,
        "outbox": 0,
        "inbox": 0,
        "advice": 0,
        "request_vectors": 0,
        "reminders": 0,
        "choices": 0,
        "feedback": 0,
        "echoes": 0,
        "echo_answers": 0,
        "api_tokens": 0,
        "api_calls": 0,
        "projects": 0,
        "project_tried": 0,
        "project_values": 0,
        "time_asked": 0,
        "time_saved": 0,
        "inbound": 0,
        "cards": 0,
        "recalls": 0,
        "lessons": 0,
        "late_offers": 0,
        "marks": 1,
        "people": 0,
        "shown": 0,
        "workspaces": 0,
    }


def test_who_reads_waits_for_no_writer_also_after_writing_itself(in_file: Records, path: Path) -> None:
    in_file.count_urgent("abduction")  # the same connection reads next
    with Records.open(path) as other, other._database.write() as writing:
        writing.execute(URGENT_SIGNS.delete())
        assert in_file.switches.paused() == {}
        assert in_file.health().counts["urgent_signs"] == 1


def test_who_writes_after_reading_has_nobody_write_between(in_file: Records, path: Path) -> None:
    with Records.open(path, patience=replace(Patience(), lock=0.1)) as other:
        with in_file._database.write() as connection:
            assert connection.execute(select(URGENT_SIGNS)).all() == []
            with pytest.raises(RecordsError, match="busy"):
                other.count_urgent("abduction")
            connection.execute(URGENT_SIGNS.insert(), {"kind": "risk_to_life", "day": date(2026, 11, 23)})
        other.count_urgent("abduction")
    assert in_file.health().counts["urgent_signs"] == 2


def test_the_file_is_durable_and_private(in_file: Records, path: Path) -> None:
    with in_file._database.write() as connection:
        settings = [
            connection.exec_driver_sql(f"pragma {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert settings == ["wal", 2, 1, 10_000]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
    ],
)
def test_which_sqlite_loses_commits(version: tuple[int, ...], affected: bool) -> None:
    assert has_wal_reset_bug(version) is affected


def test_an_affected_sqlite_is_refused_with_the_remedy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pysqlite3", None)
    monkeypatch.setattr("sqlite3.dbapi2.sqlite_version_info", (3, 40, 1))
    with pytest.raises(RecordsError, match=r"WAL-reset bug.*pip install 'pysqlite3>=0\.6\.1'$"):
        Records.open(path)
    assert not path.exists()


def test_pythons_own_sqlite_serves_where_it_is_sound(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pysqlite3", None)
    monkeypatch.setattr("sqlite3.dbapi2.sqlite_version_info", (3, 51, 3))
    with Records.open(path) as records:
        assert hand_over(records) == "PF-0001"
        assert records.health().engine == f"SQLite {sqlite3.sqlite_version}"


# Many at once


class FaultError(Exception):
    """An engine's error with SQLite's result code."""

    def __init__(self, code: int) -> None:
        self.sqlite_errorcode = code


def test_the_change_to_wal_is_tried_again_while_others_are_busy() -> None:
    faults = iter([FaultError(5), FaultError(517)])
    tries: list[bool] = []

    def action() -> None:
        tries.append(True)
        for fault in faults:
            raise fault

    sqlite._patiently(action, 20)
    assert len(tries) == 3


def test_any_other_fault_is_not_tried_again() -> None:
    def action() -> None:
        raise FaultError(10)

    with pytest.raises(FaultError):
        sqlite._patiently(action, 20)


def run(work: Callable[..., None], *arguments: Any, processes: int = 1) -> list[Any]:
    """Do the work in that many processes at once; what each sent. A process that failed fails the test."""
    pipes, started = [], []
    for _ in range(processes):
        ours, theirs = PROCESSES.Pipe(duplex=False)
        process = PROCESSES.Process(target=work, args=(*arguments, theirs))
        process.start()
        theirs.close()
        pipes.append(ours)
        started.append(process)
    answers = []
    for ours, process in zip(pipes, started, strict=True):
        with ours:
            assert ours.poll(LONGEST), "a process did not answer"
            answers.append(ours.recv())
        process.join(LONGEST)
        assert process.exitcode == 0
        process.close()
    return answers


def _open_together(target: str, barrier: Any, answer: Pipe) -> None:
    barrier.wait(LONGEST)
    with Records.open(target) as records:
        answer.send(records.health().revision)


@pytest.mark.parametrize("round_", range(3))
def test_six_processes_start_on_a_new_database_at_once(no_database_yet: Path | str, round_: int) -> None:
    barrier = PROCESSES.Barrier(6)
    assert run(_open_together, str(no_database_yet), barrier, processes=6) == [HEAD_REVISION] * 6
    with Records.open(no_database_yet) as records:
        assert query(records, "select count(*) from audit_head") == [(1,)]


def _hand_over_ten(target: str, barrier: Any, answer: Pipe) -> None:
    with Records.open(target) as records:
        barrier.wait(LONGEST)
        answer.send([hand_over(records, asked_anew()) for _ in range(10)])


def test_eight_processes_open_requests_with_references_of_their_own(hub_database: Path | str) -> None:
    Records.open(hub_database).close()
    given = run(_hand_over_ten, str(hub_database), PROCESSES.Barrier(8), processes=8)
    assert sorted(reference for each in given for reference in each) == [f"PF-{number:04d}" for number in range(1, 81)]
    with Records.open(hub_database) as records:
        assert len(records.requests()) == 80
        assert records.verify_audit() == audit.AuditReport(ok=True, events=160)


def _audit_fifty(target: str, barrier: Any, answer: Pipe) -> None:
    with Records.open(target) as records:
        barrier.wait(LONGEST)
        for number in range(50):
            records.audit("counted", f"process-{os.getpid()}", number=number)
        answer.send("done")


def test_four_processes_write_one_chain(hub_database: Path | str) -> None:
    Records.open(hub_database).close()
    assert run(_audit_fifty, str(hub_database), PROCESSES.Barrier(4), processes=4) == ["done"] * 4
    with Records.open(hub_database) as records:
        assert records.verify_audit() == audit.AuditReport(ok=True, events=200)
        assert query(records, "select count(*) from audit group by actor") == [(50,)] * 4


def _hand_over_for_ever(target: str, answer: Pipe) -> None:
    with Records.open(target) as records:
        while True:
            answer.send(hand_over(records, asked_anew()))


def test_what_was_acknowledged_survives_kill_9(hub_database: Path | str) -> None:
    Records.open(hub_database).close()
    acknowledged: list[str] = []
    for wanted in (1, 5, 17):
        acknowledged += _acknowledged_until_killed(hub_database, wanted)
    with Records.open(hub_database) as records:
        kept = {request.reference for request in records.requests(limit=10_000)}
        assert set(acknowledged) <= kept
        assert len(acknowledged) == len(set(acknowledged)) >= 23
        # whole or not at all: no question without its reply, no event without its request
        counts = records.health().counts
        assert counts["questions"] == counts["replies"] == counts["requests"] == len(kept)
        assert records.verify_audit() == audit.AuditReport(ok=True, events=2 * len(kept))
        assert records.health().integrity == "ok"


def _acknowledged_until_killed(target: Path | str, wanted: int) -> list[str]:
    """The references that a process told of before it was killed, `wanted` of them or a few more."""
    ours, theirs = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=_hand_over_for_ever, args=(str(target), theirs))
    process.start()
    theirs.close()
    told: list[str] = []
    with ours:
        while len(told) < wanted:
            assert ours.poll(LONGEST)
            told.append(ours.recv())
        process.kill()
        process.join(LONGEST)
        assert process.exitcode == -signal.SIGKILL
        try:
            while True:
                told.append(ours.recv())
        except EOFError:
            process.close()
            return told


# What can go wrong


def _fill_the_disk(target: str, answer: Pipe) -> None:
    with Records.open(target) as records:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, hard))
        kept, refused = [], []
        for _ in range(200):
            try:
                kept.append(hand_over(records, asked_anew()))
            except RecordsError as error:
                refused.append(str(error))
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        kept.append(hand_over(records, asked_anew()))
    answer.send((kept, refused))


def test_a_full_disk_loses_nothing_and_is_got_over(path: Path) -> None:
    Records.open(path).close()
    [(kept, refused)] = run(_fill_the_disk, str(path))
    assert len(kept) > 1
    assert set(refused) == {
        f"The hub database {path} could not be written: the disk is full or failing. Free some space; "
        "everything acknowledged before is kept."
    }
    with Records.open(path) as records:
        assert {request.reference for request in records.requests(limit=1000)} == set(kept)
        assert records.verify_audit() == audit.AuditReport(ok=True, events=2 * len(kept))
        assert records.health().integrity == "ok"


def _use_without_rights(target: str, answer: Pipe) -> None:
    if os.geteuid() == 0:  # root may write anywhere
        os.setuid(65534)
    said = []
    try:
        with Records.open(target) as records:
            said.append(records.requests()[0].reference)
            hand_over(records)
    except RecordsError as error:
        said.append(str(error))
    answer.send(said)


def test_a_read_only_file_can_be_read_and_says_so_when_written() -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "hub.db"
        with Records.open(path) as records:
            hand_over(records)
        Path(name).chmod(0o777)
        path.chmod(0o444)
        assert run(_use_without_rights, str(path)) == [
            [
                "PF-0001",
                f"The hub database {path} is read-only. Give this account the right to write to the file and "
                "its folder.",
            ]
        ]


def test_a_folder_without_rights_says_so() -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o555)
        path = Path(name) / "data" / "hub.db"
        assert run(_use_without_rights, str(path)) == [
            [
                f"The hub database {path} cannot be made. Check that this account may write to its folder, "
                "or name another with --data."
            ]
        ]


def test_a_file_where_a_folder_should_be_says_so(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(RecordsError, match=r"data/hub\.db cannot be made\. Check that this account"):
        Records.open(tmp_path / "data" / "hub.db")


def test_a_folder_where_the_file_should_be_says_so(tmp_path: Path) -> None:
    with pytest.raises(RecordsError, match=r"cannot be opened\. Check that this account may write"):
        Records.open(tmp_path)


def test_a_file_that_is_no_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("Dear all, " * 1000)
    with pytest.raises(RecordsError, match=r"hub\.db is not a hub database\. Move it away"):
        Records.open(path)
    assert path.read_text() == "Dear all, " * 1000


def test_a_database_of_another_program_is_left_alone(no_database_yet: Path | str) -> None:
    with closing(open_database(no_database_yet)) as theirs, theirs.write() as connection:
        connection.execute(text("create table recipes (name text)"))
    with pytest.raises(RecordsError, match=r"belongs to another program\. Move it away"):
        Records.open(no_database_yet)
    with closing(open_database(no_database_yet)) as theirs, theirs.read() as connection:
        assert inspect(connection).get_table_names() == ["recipes"]


def test_a_damaged_file_is_said_to_be_damaged(path: Path) -> None:
    with Records.open(path) as records:
        for _ in range(200):
            hand_over(records)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))
    with pytest.raises(RecordsError, match=r"is damaged\. Restore it from the last backup: prevention-hub restore$"):
        Records.open(path)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite://", "The hub database must be a file"),
        ("sqlite:///:memory:", "The hub database must be a file"),
        ("://", "PREVENTION_HUB_DATABASE_URL is no address of a database. Write it as "),
        ("nonsense://user:secret@host/hub", r"No driver for nonsense://user:\*\*\*@host/hub is installed"),
    ],
)
def test_a_url_that_cannot_be_used_says_why(url: str, sentence: str) -> None:
    with pytest.raises(RecordsError, match=sentence):
        Records.open(url)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (5, "busy for too long"),
        (517, "busy for too long"),
        (13, "the disk is full."),
        (778, "full or failing"),
        (1, "could not do what was asked. Run: prevention-hub doctor"),
        (None, "could not do what was asked. Run: prevention-hub doctor"),
    ],
)
def test_every_fault_has_a_sentence(code: int | None, words: str) -> None:
    assert words in sentence_for(code, "hub.db")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("25006", "is read-only"),
        ("53100", "the disk is full."),
        ("53300", "has no connection left"),
        ("40001", "busy for too long"),
        ("40P01", "busy for too long"),
        ("42501", "may not use"),
        ("57P01", "cannot be reached. Check that PostgreSQL runs"),
        ("08006", "cannot be reached. Check that PostgreSQL runs"),
        ("28P01", "name and password in PREVENTION_HUB_DATABASE_URL"),
        ("3D000", "the address, name and password"),
        (None, "cannot be reached. Check that PostgreSQL runs"),
        ("42P01", "could not do what was asked. Run: prevention-hub doctor"),
    ],
)
def test_every_fault_of_a_server_has_a_sentence(state: str | None, words: str) -> None:
    assert words in server_sentence_for(state, "the hub's server")
