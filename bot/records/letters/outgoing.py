"""Putting letters into the outbox, in the transaction of what they tell of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from bot import wording
from bot.domain.letters import Letter, LetterKind
from bot.domain.messages import Place
from bot.domain.requests import Request, parse_reference, reference_of
from bot.records.engine import insert_new
from bot.records.tables import OUTBOX, QUESTIONS, REQUESTS

WAITING, LEASED, SENT, DEAD = "waiting", "leased", "sent", "dead"
PERHAPS = "it may have arrived; "
"""What the trouble of a letter begins with that a process had in hand when it died, however often it is tried since."""

_JOINED = (
    select(
        REQUESTS.c.number,
        REQUESTS.c.unasked,
        QUESTIONS.c.platform,
        QUESTIONS.c.address,
        QUESTIONS.c.asker,
        QUESTIONS.c.text.label("question"),
    )
    .join(QUESTIONS, QUESTIONS.c.id == REQUESTS.c.question_id)
    .where(REQUESTS.c.joined_to == bindparam("wanted"))
    .order_by(REQUESTS.c.number)
)


def send(
    connection: Connection,
    key: str,
    kind: LetterKind,
    place: Place,
    person: str,
    reference: str,
    text: str,
    now: datetime,
) -> None:
    """One letter; one with the same key is on its way already or has arrived, and is not sent again."""
    row = {
        "key": key,
        "kind": kind.value,
        "platform": place.platform,
        "address": place.address,
        "person": person,
        "reference": reference,
        "text": text,
        "state": WAITING,
        "attempts": 0,
        "fence": 0,
        "due_at": now,
        "trouble": "",
    }
    insert_new(connection, OUTBOX, row)


def send_to_askers(
    connection: Connection, request: Request, key: str, kind: LetterKind, told: Callable[[str], str], now: datetime
) -> int:
    """A letter to the asker, and one to each who joined, in their own place and under their own reference."""
    said = _reminding(told(request.reference), request.question, unasked=request.unasked)
    send(connection, key, kind, request.place, request.asker, request.reference, said, now)
    joined = connection.execute(_JOINED, {"wanted": parse_reference(request.reference)}).mappings().all()
    for row in joined:
        reference, place = reference_of(row["number"]), Place(row["platform"], row["address"])
        said = _reminding(told(reference), row["question"], unasked=bool(row["unasked"]))
        send(connection, f"{key}:{reference}", kind, place, row["asker"], reference, said, now)
    return 1 + len(joined)


def _reminding(text: str, question: str, *, unasked: bool) -> str:
    """A letter; where the asker never heard the reference, below what they had asked."""
    return f"{wording.YOU_ASKED.format(question=question)}\n\n{text}" if unasked and question else text


def tell_boards(
    connection: Connection, boards: Sequence[Place], reference: str, key: str, actor: str, action: str, now: datetime
) -> None:
    """A letter to each hub board: this request changed."""
    line = wording.card_line(actor, action)
    for number, board in enumerate(boards, 1):
        send(connection, f"{key}@{number}", LetterKind.CARD, board, actor, reference, line, now)


def letter_of(row: Mapping[str, Any], fence: int) -> Letter:
    """The letter in a row of the outbox."""
    return Letter(
        id=row["id"],
        key=row["key"],
        platform=row["platform"],
        address=row["address"],
        person=row["person"],
        reference=row["reference"],
        text=row["text"],
        attempts=row["attempts"],
        fence=fence,
        trouble=row["trouble"].removeprefix(PERHAPS),
        kind=LetterKind(row["kind"]),
        again=row["state"] == LEASED or row["trouble"].startswith(PERHAPS),
    )
