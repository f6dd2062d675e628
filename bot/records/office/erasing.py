"""Taking what a document says out of the hub database: quotes, replies that show them, letters that repeat them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, case, delete, false, select, update

from bot import wording
from bot.domain.timing.retention import Hold
from bot.records.conversation.statements import CANDIDATE, QUOTED
from bot.records.letters.outgoing import SENT
from bot.records.office.purge import BLANK_REPLY, not_held
from bot.records.tables import API_CALLS, CITATIONS, INBOX, LATE_OFFERS, MESSAGES, OUTBOX, QUESTIONS, REPLIES

STEP = 500
_SAID: tuple[tuple[str, Table, ColumnElement[bool]], ...] = (
    ("letters", OUTBOX, OUTBOX.c.state != SENT),
    ("inbox", INBOX, INBOX.c.shown_at.is_(None)),
    ("messages", MESSAGES, false()),
)
"""What people wrote and were sent, and what of it nobody has seen yet."""


def erase(
    connection: Connection, document: str, fragments: Sequence[str], holds: Sequence[Hold]
) -> tuple[dict[str, int], int]:
    """What was taken, by kind; and how many replies, letters and messages a legal hold keeps.

    `fragments` are the document's own words.
    """
    cited = select(REPLIES.c.id).join(CITATIONS, CITATIONS.c.reply_id == REPLIES.c.id)
    cited = cited.join(QUESTIONS, QUESTIONS.c.id == REPLIES.c.question_id).where(CITATIONS.c.document == document)
    every, free = set(connection.scalars(cited)), set(connection.scalars(cited.where(not_held(holds))))
    shown = set(connection.scalars(cited.where(not_held(holds), CITATIONS.c.role.in_((QUOTED, CANDIDATE)))))
    for some in _some(sorted(shown)):
        connection.execute(update(REPLIES).where(REPLIES.c.id.in_(some)).values(**BLANK_REPLY))
    for some in _some(sorted(free)):
        gone = delete(CITATIONS).where(CITATIONS.c.reply_id.in_(some))
        connection.execute(gone.where(CITATIONS.c.document == document))
    counts = {"replies": len(shown), "found_for_the_hub": len(free - shown), "weighed": _weighed(connection, document)}
    counts["late_offers"] = _offers(connection, document)
    kept = len(every - free)
    for name, table, on_its_way in _SAID:
        found = _saying(connection, table, fragments)
        if holds:  # what people wrote and were sent is not told apart by who it is about
            kept += len(found)
        else:
            counts[name] = _blank(connection, table, found, on_its_way)
    _forget_answers(connection, fragments)
    return counts, kept


def quoted(connection: Connection, document: str) -> list[str]:
    """What is still on record in a document's own words."""
    return list(connection.scalars(select(CITATIONS.c.quote).where(CITATIONS.c.document == document).distinct()))


def _some(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + STEP] for start in range(0, len(ids), STEP)]


def _weighed(connection: Connection, document: str) -> int:
    """Headings of the document among what was weighed for other replies."""
    found = connection.execute(select(REPLIES.c.id, REPLIES.c.weighed).where(REPLIES.c.weighed.is_not(None)))
    mine = [(row.id, row.weighed) for row in found if row.weighed and document in json.dumps(row.weighed)]
    for number, weighed in mine:  # what stood beside may be headings of it too
        kept = {"weighed": _without(weighed, document), "beside": None}
        connection.execute(update(REPLIES).where(REPLIES.c.id == number).values(**kept))
    return len(mine)


def _without(weighed: Mapping[str, Any], document: str) -> dict[str, Any]:
    def others(name: str) -> list[Any]:
        return [one for one in weighed.get(name) or () if one.get("document") != document]

    return {**weighed, "near": others("near"), "against": others("against")}


def _offers(connection: Connection, document: str) -> int:
    found = connection.execute(select(LATE_OFFERS.c.request_number, LATE_OFFERS.c.citation))
    mine = [row.request_number for row in found if (row.citation or {}).get("document") == document]
    for some in _some(mine):
        connection.execute(delete(LATE_OFFERS).where(LATE_OFFERS.c.request_number.in_(some)))
    return len(mine)


def _saying(connection: Connection, table: Table, fragments: Sequence[str]) -> list[Any]:
    """The keys of rows whose text repeats any of the fragments."""
    keys = list(table.primary_key.columns)
    rows = connection.execute(select(*keys, table.c.text.label("said")).where(table.c.text != ""))
    return [row for row in rows if any(part in row.said for part in fragments)]


def _blank(connection: Connection, table: Table, rows: Sequence[Any], on_its_way: ColumnElement[bool]) -> int:
    """Empty these texts; the rows stay, so that it can be told that there was one.

    Nobody is brought an empty letter: what has not arrived says instead that it was taken back.
    """
    salt = {"salt": ""} if "salt" in table.c else {}
    for row in rows:
        here = update(table)
        for key in table.primary_key.columns:
            here = here.where(key == getattr(row, key.name))
        text = case((on_its_way, wording.TAKEN_BACK), else_="")
        connection.execute(here.values(text=text, **salt))
    return len(rows)


def _forget_answers(connection: Connection, fragments: Sequence[str]) -> None:
    """Of answers that are repeated to programs for a day, what repeats any of the fragments; the call stays done."""
    for row in connection.execute(select(API_CALLS.c.token, API_CALLS.c.key, API_CALLS.c.answer)).all():
        said = json.dumps(row.answer, ensure_ascii=False)
        if any(json.dumps(part, ensure_ascii=False)[1:-1] in said for part in fragments):
            kept = {name: one for name, one in row.answer.items() if name in ("receipt", "request")}
            this = update(API_CALLS).where(API_CALLS.c.token == row.token, API_CALLS.c.key == row.key)
            connection.execute(this.values(answer=kept))
