"""Keeping questions and replies, and telling later what a reply showed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.domain import receipts
from bot.domain.messages import Place, Question, Reply
from bot.domain.receipts import ReceiptRecord, normalise_receipt
from bot.domain.requests import parse_reference, reference_of
from bot.records import audit
from bot.records.audit import Entry, said
from bot.records.conversation import rows, statements
from bot.records.engine import Database
from bot.records.errors import DoesNotFit

CONVERSATION_LASTS = timedelta(hours=2)
"""How long after it was asked a question still counts as part of the conversation."""
CODES_TRIED = 10
"""Receipt codes that are drawn for one reply, at most: of hundreds of millions not even two are taken."""


class ConversationRecords:
    """Questions and replies; raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def has_asked(self, person: str, place: Place) -> bool:
        """Whether this person is in a conversation in this place: what others say there is not for the assistant."""
        wanted = {"platform": place.platform, "address": place.address, "person": person}
        with self._database.read() as connection:
            found = connection.execute(statements.HAS_ASKED, {**wanted, "since": self._now() - CONVERSATION_LASTS})
            return found.first() is not None

    def new_receipt(self) -> str:
        """A receipt code that no reply has yet."""
        while self._is_taken(code := receipts.new_receipt()):
            pass
        return code

    def save_reply(self, question: Question, reply: Reply) -> Reply:
        """Keep a redacted question and the reply to it, whole or not at all; the reply as it was kept.

        One that comes without a receipt is given a code that no other has. Whether a code is free is not asked
        before: the database lets none in twice, whoever writes at the same time.
        """
        if reply.receipt:
            return self._keep(question, reply)
        left = CODES_TRIED
        while True:
            receipted, left = replace(reply, receipt=receipts.new_receipt()), left - 1
            try:
                return self._keep(question, receipted)
            except DoesNotFit:
                if left == 0 or not self._is_taken(receipted.receipt):
                    raise

    def _keep(self, question: Question, reply: Reply) -> Reply:
        with self._database.write() as connection:
            keep_reply(connection, question, reply, self._now())
        return reply

    def _is_taken(self, code: str | None) -> bool:
        with self._database.read() as connection:
            return connection.execute(statements.RECEIPT_TAKEN, {"code": code}).first() is not None

    def receipt(self, code: str) -> ReceiptRecord | None:
        """What was shown under a receipt code, however it was typed; None where no reply carries it.

        It says too whether the text that is kept is the one whose digest is on the record.
        """
        wanted = normalise_receipt(code)
        if wanted is None:
            return None
        with self._database.read() as connection:
            row = connection.execute(statements.RECEIPT, {"code": wanted}).mappings().one_or_none()
            if row is None:
                return None
            number = row["request_number"]
            recorded = said.compare_reply(connection, row, reference_of(number) if number else "")
            return rows.receipt_record(connection, row, recorded)


def keep_reply(connection: Connection, question: Question, reply: Reply, at: datetime) -> None:
    """Keep a redacted question and the reply to it, within a transaction."""
    question_id = rows.add_question(connection, question, at)
    request = parse_reference(reply.request) if reply.request else None
    shown = rows.add_reply(connection, question_id, question, reply, at, request=request)
    audit.append(connection, [replied(question, reply, at, shown)])


def replied(question: Question, reply: Reply, at: datetime, shown: str) -> Entry:
    """The event of a reply, under its request or else under its receipt, with a digest of what it showed."""
    receipt = rows.receipt_of(reply)
    detail = {
        "outcome": reply.outcome.value,
        "receipt": receipt,
        "edition": reply.edition,
        "confidence": None if reply.confidence is None else round(reply.confidence, 3),
        "passages": [citation.passage for citation in reply.citations],
        "redacted": list(reply.redacted),
        "shown": shown,
    }
    return Entry(at, question.asker, said.REPLIED, reply.request or receipt or "", detail)
