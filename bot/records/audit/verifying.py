"""Walking the chain from end to end."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import RowMapping, bindparam, select

from bot.domain.record import AuditReport, IsSeal
from bot.records.audit.chain import BASE, GENESIS, HEAD, hash_of_row
from bot.records.audit.trimming import TRIMMED
from bot.records.engine import Database
from bot.records.tables import AUDIT

PAGE = 2000
_AFTER = select(AUDIT).where(AUDIT.c.sequence > bindparam("after")).order_by(AUDIT.c.sequence).limit(PAGE)
UNSIGNED = (
    "The record begins after event {sequence}, and no event with a signature that this installation knows says that "
    "the earlier ones were trimmed: they may have been removed. If a version before signatures trimmed them, an admin "
    "signs that with: prevention-hub audit accept-start"
)


def verify(database: Database, is_seal: IsSeal | None = None) -> AuditReport:
    """Walk the whole chain and name the first event that does not fit.

    `is_seal` says whether a trimming is signed by a known key; without it a record that was trimmed is not trusted.
    """
    with database.read() as connection:
        base = connection.execute(BASE).one_or_none()
    start = (int(base.sequence), str(base.hash)) if base else (0, GENESIS)
    is_signed = base is None
    sequence, previous = start
    for row, head in walk(database):
        if row is None:
            if not is_signed:
                return AuditReport(False, sequence, start[0] + 1, UNSIGNED.format(sequence=start[0]))
            return _ending(sequence, previous, head)
        why = _fault(row, sequence + 1, previous)
        if why:
            return AuditReport(ok=False, events=sequence, broken_at=sequence + 1, why=why)
        sequence, previous = row["sequence"], row["hash"]
        is_signed = is_signed or (row["action"] == TRIMMED and _signs(row, start, is_seal))
    raise AssertionError("the walk ends with the head")


def walk(database: Database) -> Iterator[tuple[RowMapping | None, RowMapping | None]]:
    """Every event in order with the head as it is meanwhile, then None with the head."""
    # short reads: a single long one would keep the write-ahead log growing
    after = 0
    while True:
        with database.read() as connection:
            rows = connection.execute(_AFTER, {"after": after}).mappings().all()
            head = connection.execute(HEAD).mappings().one_or_none()
        if not rows:
            yield None, head
            return
        for row in rows:
            yield row, head
        after = rows[-1]["sequence"]


def _signs(row: RowMapping, start: tuple[int, str], is_seal: IsSeal | None) -> bool:
    """Whether a trimming names where the record begins, under a signature that is known."""
    seal = json.loads(row["detail"]).get("seal")
    if is_seal is None or not isinstance(seal, dict):
        return False
    return (seal.get("sequence"), seal.get("hash")) == start and is_seal(seal)


def _fault(row: RowMapping, sequence: int, previous: str) -> str:
    if row["sequence"] != sequence:
        return f"Event {sequence} is missing."
    if row["previous_hash"] != previous:
        return f"Event {sequence} does not follow from the event before it."
    if row["hash"] != hash_of_row(dict(row)):
        return f"Event {sequence} was changed after it was written."
    return ""


def _ending(sequence: int, previous: str, head: RowMapping | None) -> AuditReport:
    if head is not None and (head["sequence"], head["hash"]) == (sequence, previous):
        return AuditReport(ok=True, events=sequence)
    written = head["sequence"] if head is not None else sequence
    if written > sequence:
        why = f"Events {sequence + 1} to {written} are missing at the end."
    else:
        why = "The end of the chain is not where the last event left it."
    return AuditReport(ok=False, events=sequence, broken_at=sequence + 1, why=why)
