"""Who was shown which quote, and who has been told that it does not stand any more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, select

from bot.domain.letters import LetterKind
from bot.domain.messages import Citation, Place
from bot.domain.people import By, name_of
from bot.domain.receipts import Shown
from bot.records import audit
from bot.records.audit.chain import Entry
from bot.records.conversation.statements import QUOTED
from bot.records.engine import Database, insert_new
from bot.records.letters import outgoing
from bot.records.tables import CITATIONS, QUESTIONS, RECALLS, REPLIES

# what tells two quotes apart: similarity, edition and the like belong to one showing of it
_SAME = (
    "document", "title", "section", "page", "quote", "status", "law_checked_on", "review_by", "marking", "link",
    "audience",
)  # fmt: skip
_QUOTED = (
    select(*(CITATIONS.c[name] for name in _SAME), CITATIONS.c.passage)
    .join(REPLIES, REPLIES.c.id == CITATIONS.c.reply_id)
    .where(CITATIONS.c.role == QUOTED, REPLIES.c.replied_at >= bindparam("since"))
    .distinct()
    .order_by(CITATIONS.c.document, CITATIONS.c.section, CITATIONS.c.quote)
)
_SHOWN = (
    select(
        CITATIONS.c.reply_id,
        CITATIONS.c.position,
        REPLIES.c.receipt,
        REPLIES.c.replied_at,
        QUESTIONS.c.platform,
        QUESTIONS.c.address,
        QUESTIONS.c.asker,
    )
    .join(REPLIES, REPLIES.c.id == CITATIONS.c.reply_id)
    .join(QUESTIONS, QUESTIONS.c.id == REPLIES.c.question_id)
    .where(
        CITATIONS.c.role == QUOTED,
        CITATIONS.c.document == bindparam("of_document"),
        CITATIONS.c.passage == bindparam("of_passage"),
        CITATIONS.c.section == bindparam("of_section"),
        CITATIONS.c.quote == bindparam("of_quote"),
        REPLIES.c.replied_at >= bindparam("since"),
        ~exists().where(
            and_(
                RECALLS.c.reply_id == CITATIONS.c.reply_id,
                RECALLS.c.position == CITATIONS.c.position,
                RECALLS.c.recall == bindparam("stands"),
            )
        ),
    )
    .order_by(REPLIES.c.replied_at)
)


class RecallRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def quoted(self, since: datetime) -> list[Citation]:
        """Every different quote that was shown since then."""
        with self._database.read() as connection:
            found = connection.execute(_QUOTED, {"since": since}).mappings().all()
        # the same quote under an older review date is the same quote
        unique = {(row["document"], row["section"], row["quote"], row["passage"]): row for row in found}
        return [Citation(**row, similarity=0.0) for row in unique.values()]

    def shown(self, citation: Citation, since: datetime, name: str) -> list[Shown]:
        """Each time a quote was shown since then, without those who have been told of this recall."""
        wanted = {
            "of_document": citation.document,
            "of_passage": citation.passage,
            "of_section": citation.section,
            "of_quote": citation.quote,
            "since": since,
            "stands": name,
        }
        with self._database.read() as connection:
            return [
                Shown(
                    row["reply_id"],
                    row["position"],
                    row["receipt"] or "",
                    Place(row["platform"], row["address"]),
                    row["asker"],
                    row["replied_at"],
                )
                for row in connection.execute(_SHOWN, wanted).mappings()
            ]

    def tell(self, shown: Sequence[Shown], name: str, by: By, text: Callable[[Shown], str]) -> int:
        """A letter for each time a quote was shown, and a note that it was told; how many are new."""
        told = 0
        with self._database.write() as connection:
            now = self._now()
            for one in shown:
                row = {"reply_id": one.reply_id, "position": one.position, "recall": name, "by": name_of(by), "at": now}
                if not insert_new(connection, RECALLS, row):
                    continue
                key = f"recall:{one.reply_id}:{one.position}:{name}"
                outgoing.send(connection, key, LetterKind.RECALL, one.place, one.asker, one.receipt, text(one), now)
                told += 1
            if told:
                audit.append(connection, [Entry(now, by, "recalled", name, {"told": told})])
        return told
