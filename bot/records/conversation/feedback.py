"""What people said of replies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update

from bot.domain.messages import Citation
from bot.domain.receipts import normalise_receipt
from bot.domain.requests import parse_reference, reference_of
from bot.records import audit
from bot.records.audit.chain import Entry
from bot.records.conversation import rows
from bot.records.engine import Database
from bot.records.tables import FEEDBACK, QUESTIONS, REPLIES

_ABOUT = (
    select(REPLIES, QUESTIONS.c.text.label("question"), QUESTIONS.c.asker)
    .join(QUESTIONS, QUESTIONS.c.id == REPLIES.c.question_id)
    .where(REPLIES.c.receipt == bindparam("code"))
)
_GIVEN = select(FEEDBACK).where(FEEDBACK.c.receipt == bindparam("code"), FEEDBACK.c.person == bindparam("who"))
_ADD = insert(FEEDBACK)
_CHANGE = (
    update(FEEDBACK)
    .where(FEEDBACK.c.id == bindparam("which"))
    .values(helped=bindparam("good"), reason=bindparam("why"), request_number=bindparam("opened"), at=bindparam("now"))
)
_COUNTS = select(FEEDBACK.c.helped, func.count()).where(FEEDBACK.c.at >= bindparam("since")).group_by(FEEDBACK.c.helped)


@dataclass(frozen=True, slots=True)
class About:
    """The reply that feedback is about."""

    question: str
    """Empty for a person who did not ask it: a receipt may be read by others, what was asked may not."""
    shown: tuple[Citation, ...]
    opened: str
    """The request that this person's feedback opened before; empty where there is none."""


class FeedbackRecords:
    """Feedback in the hub database; raises RecordsError when it cannot be kept."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def about(self, receipt: str, person: str) -> About | None:
        """The reply with this receipt; None where there is none."""
        code = normalise_receipt(receipt)
        with self._database.read() as connection:
            row = connection.execute(_ABOUT, {"code": code}).mappings().one_or_none() if code else None
            if row is None:
                return None
            shown = rows.receipt_record(connection, row)
            given = connection.execute(_GIVEN, {"code": code, "who": person}).mappings().one_or_none()
        opened = reference_of(given["request_number"]) if given and given["request_number"] else ""
        own = row["question"] if row["asker"] == person else ""
        return About(own, shown.citations or shown.candidates, opened)

    def keep(self, receipt: str, person: str, *, helped: bool, reason: str, opened: str) -> None:
        """Keep what one person says of one reply; said again, the newer one stands."""
        code = normalise_receipt(receipt) or receipt
        number = parse_reference(opened) if opened else None
        with self._database.write() as connection:
            given = connection.execute(_GIVEN, {"code": code, "who": person}).mappings().one_or_none()
            values = {"good": helped, "why": reason, "opened": number, "now": self._now()}
            if given is not None:
                connection.execute(_CHANGE, {"which": given["id"], **values})
            else:
                row = {"receipt": code, "person": person, "helped": helped, "reason": reason}
                connection.execute(_ADD, {**row, "request_number": number, "at": self._now()})
            detail = {"helped": helped, "request": opened or None}
            audit.append(connection, [Entry(self._now(), person, "feedback", code, detail)])

    def counts(self, since: datetime) -> Mapping[str, int]:
        """How many said a reply helped, and how many that it did not, since then."""
        with self._database.read() as connection:
            found = {bool(helped): count for helped, count in connection.execute(_COUNTS, {"since": since})}
        return {"helped": found.get(True, 0), "not": found.get(False, 0)}
