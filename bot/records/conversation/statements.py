"""The statements by which conversations and requests are kept and found."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ColumnElement, String, bindparam, case, func, insert, literal_column, or_, select

from bot.domain.requests import (
    RequestState,
)
from bot.records.tables import CITATIONS, MESSAGES, QUESTIONS, REPLIES, REQUESTS


def written_out(*values: StrEnum) -> list[ColumnElement[str]]:
    """Words of our own for `in_`, as part of the statement's text: as parameters they would have both SQLAlchemy and
    SQLite work it out anew each time it is run."""
    return [literal_column(f"'{value}'", String) for value in values]


QUOTED, CANDIDATE, FOUND = "quoted", "candidate", "found"
ADD_QUESTION = insert(QUESTIONS)
ADD_REPLY = insert(REPLIES)
ADD_CITATIONS = insert(CITATIONS)
ADD_REQUEST = insert(REQUESTS)
EARLIER = (
    select(QUESTIONS.c.text)
    .where(
        QUESTIONS.c.platform == bindparam("platform"),
        QUESTIONS.c.address == bindparam("address"),
        QUESTIONS.c.asked_at >= bindparam("since"),
    )
    .order_by(QUESTIONS.c.id.desc())
    .limit(bindparam("most"))
)
HAS_ASKED = (
    select(QUESTIONS.c.id)
    .where(
        QUESTIONS.c.platform == bindparam("platform"),
        QUESTIONS.c.address == bindparam("address"),
        QUESTIONS.c.asker == bindparam("person"),
        QUESTIONS.c.asked_at >= bindparam("since"),
    )
    .limit(1)
)
RECEIPT = select(REPLIES).where(REPLIES.c.receipt == bindparam("code"))
RECEIPT_TAKEN = select(REPLIES.c.id).where(REPLIES.c.receipt == bindparam("code"))
REQUEST_LIST = (
    select(
        REQUESTS,
        QUESTIONS.c.text.label("question"),
        QUESTIONS.c.platform,
        QUESTIONS.c.address,
        QUESTIONS.c.asker,
    )
    .join(QUESTIONS, QUESTIONS.c.id == REQUESTS.c.question_id)
    .order_by(REQUESTS.c.number.desc())
)
LOWEST = case((REQUESTS.c.state == RequestState.UNRESOLVED.value, 1), else_=0)
REQUEST_LIST_LIMITED = REQUEST_LIST.order_by(None).order_by(LOWEST, REQUESTS.c.number.desc()).limit(bindparam("most"))
REQUEST_LIST_IN_STATE = REQUEST_LIST_LIMITED.where(REQUESTS.c.state == bindparam("wanted"))
REQUEST_LIST_OF_PERSON = (
    REQUEST_LIST_LIMITED.where(
        QUESTIONS.c.asker == bindparam("person"),
        # what the worker logged is not theirs until the hub has answered it
        or_(~REQUESTS.c.unasked, REQUESTS.c.replied_at.is_not(None)),
    )
    .order_by(None)
    .order_by(QUESTIONS.c.id.desc())  # as the index on askers has them
    .offset(bindparam("skipped"))
)
COUNT_OF_PERSON = (
    select(func.count())
    .select_from(REQUESTS)
    .join(QUESTIONS, QUESTIONS.c.id == REQUESTS.c.question_id)
    .where(QUESTIONS.c.asker == bindparam("person"))
)
JOINED = select(REQUESTS.c.number).where(REQUESTS.c.joined_to == bindparam("wanted")).order_by(REQUESTS.c.number)
REQUEST = REQUEST_LIST.where(REQUESTS.c.number == bindparam("wanted"))
FOUND_FOR = (
    select(CITATIONS)
    .join(REPLIES, REPLIES.c.id == CITATIONS.c.reply_id)
    .where(REPLIES.c.question_id == bindparam("question"), CITATIONS.c.role.in_([CANDIDATE, FOUND]))
    .order_by(CITATIONS.c.reply_id, CITATIONS.c.role, CITATIONS.c.position)
)
CITED = (
    select(CITATIONS).where(CITATIONS.c.reply_id == bindparam("reply")).order_by(CITATIONS.c.role, CITATIONS.c.position)
)
OF_REPLIES = (
    select(CITATIONS)
    .where(CITATIONS.c.reply_id.in_(bindparam("replies", expanding=True)))
    .order_by(CITATIONS.c.reply_id, CITATIONS.c.role, CITATIONS.c.position)
)
MESSAGES_OF = select(MESSAGES).where(MESSAGES.c.request_number == bindparam("which")).order_by(MESSAGES.c.id)
