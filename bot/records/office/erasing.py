"""Taking what a document says out of the hub database: quotes, replies that show them, letters that repeat them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, select, update

from bot.domain.timing.retention import Hold
from bot.records.conversation.statements import CANDIDATE, QUOTED
from bot.records.office.purge import BLANK_REPLY, not_held
from bot.records.tables import API_CALLS, CITATIONS, INBOX, LATE_OFFERS, MESSAGES, OUTBOX, QUESTIONS, REPLIES

STEP = 500


def erase(
    connection: Connection, document: str, fragments: Sequence[str], holds: Sequence[Hold]
) -> tuple[dict[str, int], int]:
    """What was taken, by kind; and how many replies stay because of a legal hold. `fragments` are its own words."""
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
    if not holds:  # what people wrote and were sent is not told apart by who it is about
        for name, table, key in (("letters", OUTBOX, "text"), ("inbox", INBOX, "text"), ("messages", MESSAGES, "text")):
            counts[name] = _blank(connection, table, key, fragments)
    connection.execute(delete(API_CALLS))  # answers that are repeated for a day
    return counts, len(every - free)


def _some(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + STEP] for start in range(0, len(ids), STEP)]


def _weighed(connection: Connection, document: str) -> int:
    """Headings of the document among what was weighed for other replies."""
    found = connection.execute(select(REPLIES.c.id, REPLIES.c.weighed).where(REPLIES.c.weighed.is_not(None)))
    mine = [(row.id, row.weighed) for row in found if row.weighed and document in json.dumps(row.weighed)]
    for number, weighed in mine:
        connection.execute(update(REPLIES).where(REPLIES.c.id == number).values(weighed=_without(weighed, document)))
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


def _blank(connection: Connection, table: Table, column: str, fragments: Sequence[str]) -> int:
    """Empty the texts that repeat any of the fragments; the rows stay, so that it can be told that there was one."""
    keys, text = list(table.primary_key.columns), table.c[column]
    mine = [
        row
        for row in connection.execute(select(*keys, text.label("said")).where(text != ""))
        if any(part in row.said for part in fragments)
    ]
    blank = {column: "", **({"salt": ""} if "salt" in table.c else {})}
    for row in mine:
        here = update(table)
        for key in keys:
            here = here.where(key == getattr(row, key.name))
        connection.execute(here.values(**blank))
    return len(mine)
