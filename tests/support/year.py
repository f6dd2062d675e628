"""A made-up year of a hub, written straight into its database: seeded, so that every run has the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, func, insert, select

from bot.records import Records, audit
from bot.records.tables import (
    ADVICE,
    CHOICES,
    CITATIONS,
    FEEDBACK,
    LATE_OFFERS,
    QUESTIONS,
    RECALLS,
    REPLIES,
    REQUESTS,
    URGENT_SIGNS,
)

PLATFORMS = ("slack", "teams", "portal", "terminal")
DOCUMENTS = tuple(f"d{number:02d}" for number in range(1, 25))
AREAS = ("North", "South", "East", "West", "Harbour", "Moor", "Airport", "Islands")
THEMES = ("asb", "burglary", "mental_health", "missing", "fraud")
KINDS = ("question", "operational_problem", "organisational_inefficiency", "correction")
OUTCOMES = ("answered", "possible", "handed_over", "declined", "paused", "smalltalk")
FIRST = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Made:
    """What was made, as plain facts: what a figure is worked out from a second time."""

    replies: list[dict[str, Any]] = field(default_factory=list)
    feedback: list[dict[str, Any]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    recalls: list[dict[str, Any]] = field(default_factory=list)
    urgent: list[Any] = field(default_factory=list)


def make(
    records: Records, *, questions: int, requests: int, seed: int = 7, officers: int = 400, first: datetime = FIRST
) -> Made:
    """Fill an empty hub database with a year that begins at `first`."""
    dice, made = random.Random(seed), Made()
    rows: dict[Table, list[dict[str, Any]]] = {}
    people = [f"pc-{number}" for number in range(officers)]
    base = _highest(records)
    for number in range(1, questions + 1):
        _question(dice, made, rows, people, base + number, first)
    for number in range(1, requests + 1):
        _request(dice, made, rows, people, base + questions + number, first)
    for _ in range(questions // 150):
        made.urgent.append((first + timedelta(days=dice.randrange(365))).date())
    rows[URGENT_SIGNS] = [{"kind": "weapon", "day": day} for day in made.urgent]
    _write(records, rows)
    _reopen(records, made)
    return made


def _highest(records: Records) -> int:
    with records._database.read() as connection:
        return connection.scalar(select(func.max(QUESTIONS.c.id))) or 0


def _moment(dice: random.Random, first: datetime) -> datetime:
    return first + timedelta(seconds=dice.randrange(365 * 24 * 3600))


def _place(dice: random.Random) -> str:
    return dice.choices(PLATFORMS, (50, 35, 13, 2))[0]


def _add(rows: dict[Table, list[dict[str, Any]]], table: Table, row: dict[str, Any]) -> None:
    rows.setdefault(table, []).append(row)


def _asked(rows: dict[Table, list[dict[str, Any]]], number: int, at: datetime, place: str, asker: str) -> None:
    text = f"made-up question {number}"
    row = {"id": number, "given_id": "", "platform": place, "address": "c", "asker": asker, "text": text}
    _add(rows, QUESTIONS, {**row, "asked_at": at})


def _question(
    dice: random.Random,
    made: Made,
    rows: dict[Table, list[dict[str, Any]]],
    people: Sequence[str],
    number: int,
    first: datetime,
) -> None:
    at, place, asker = _moment(dice, first), _place(dice), dice.choice(people)
    outcome = dice.choices(OUTCOMES, (62, 12, 8, 5, 1, 12))[0]
    reason = "opened" if outcome == "answered" and dice.random() < 0.03 else ""
    document = dice.choices(DOCUMENTS, range(len(DOCUMENTS), 0, -1))[0] if outcome != "declined" else ""
    receipt = f"R{number:07d}"
    _asked(rows, number, at, place, asker)
    _reply(rows, number, receipt, outcome, reason, at)
    role = {"answered": "quoted", "possible": "candidate"}.get(outcome, "found")
    if document:
        _cite(rows, number, role, document)
    chosen = outcome == "possible" and dice.random() < 0.6
    if chosen:
        _add(rows, CHOICES, {"receipt": receipt, "position": 1, "person": asker, "at": at})
    fact = {"at": at, "outcome": outcome, "reason": reason, "place": place, "asker": asker, "subject": document}
    made.replies.append({**fact, "chosen": chosen, "number": number})
    if outcome == "answered" and dice.random() < 0.15:
        _said(dice, made, rows, made.replies[-1], receipt)
    if outcome == "answered" and dice.random() < 0.01:
        told = at + timedelta(days=3)
        _add(rows, RECALLS, {"reply_id": number, "position": 1, "recall": "x", "by": "worker", "at": told})
        made.recalls.append({"at": told, "asker": asker})


def _said(
    dice: random.Random, made: Made, rows: dict[Table, list[dict[str, Any]]], reply: dict[str, Any], receipt: str
) -> None:
    helped, reason = dice.random() < 0.8, "it is the old law" if dice.random() < 0.5 else ""
    at = reply["at"] + timedelta(minutes=2)
    row = {"receipt": receipt, "person": reply["asker"], "helped": helped, "reason": "" if helped else reason}
    _add(rows, FEEDBACK, {**row, "request_number": None, "at": at})
    made.feedback.append({**reply, "at": at, "helped": helped, "why": row["reason"]})


def _request(
    dice: random.Random,
    made: Made,
    rows: dict[Table, list[dict[str, Any]]],
    people: Sequence[str],
    number: int,
    first: datetime,
) -> None:
    at, place, asker = _moment(dice, first), _place(dice), dice.choice(people)
    kind = dice.choices(KINDS, (60, 20, 12, 8))[0]
    is_form = kind in KINDS[1:3]
    unasked = kind == "question" and dice.random() < 0.15
    claimed = at + timedelta(hours=dice.expovariate(1 / 20)) if dice.random() < 0.95 else None
    replied = claimed + timedelta(hours=dice.expovariate(1 / 40)) if claimed and dice.random() < 0.9 else None
    closed = replied + timedelta(hours=dice.expovariate(1 / 30)) if replied and dice.random() < 0.9 else None
    state = (
        "unresolved" if unasked else "closed" if closed else "replied" if replied else "claimed" if claimed else "open"
    )
    if unasked:
        claimed = replied = closed = None
    joined = not unasked and closed is not None and dice.random() < 0.1
    subject = dice.choice(DOCUMENTS)
    fact = {
        "number": number,
        "at": at,
        "claimed": claimed,
        "replied": replied,
        "closed": closed,
        "place": place,
        "asker": asker,
        "holder": dice.choice(("bell", "cole", "dray")) if claimed else "",
        "kind": kind,
        "theme": dice.choice(THEMES) if is_form else "",
        "area": dice.choices(AREAS, (30, 25, 15, 12, 8, 6, 3, 1))[0] if is_form else "",
        "subject": subject,
        "unasked": unasked,
        "joined": joined,
        "reopened": closed is not None and dice.random() < 0.06,
        "promoted": replied is not None and dice.random() < 0.08,
        "late": replied is None and dice.random() < 0.2,
    }
    made.requests.append(fact)
    _asked(rows, number, at, place, asker)
    # the reply that opened a request is a short acknowledgement here: questions are counted above
    _reply(rows, number, f"R{number:07d}", "handed_over", "small", at)
    _cite(rows, number, "found", subject)
    _request_rows(rows, fact, state)


def _request_rows(rows: dict[Table, list[dict[str, Any]]], fact: dict[str, Any], state: str) -> None:
    number, at = fact["number"], fact["at"]
    row = {"number": number, "question_id": number, "kind": fact["kind"], "state": state, "why": "", "opened_at": at}
    row |= {"claimed_by": fact["holder"] or None, "outcome": None, "changed_at": fact["closed"] or at}
    row |= {"claimed_at": fact["claimed"], "replied_at": fact["replied"], "reopened_at": None}
    row |= {"unasked": fact["unasked"], "joined_to": 1 if fact["joined"] else None, "join_offered": None}
    _add(rows, REQUESTS, {**row, "theme": fact["theme"], "area": fact["area"]})
    if fact["promoted"]:
        advice = {"request_number": number, "title": "t", "question": "q", "text": "t", "owner": "o"}
        advice |= {"review_by": at.date(), "proposed_by": "bell", "approved_by": "cole", "state": "approved", "at": at}
        _add(rows, ADVICE, advice)
    if fact["late"]:
        late = {"request_number": number, "edition": 2, "citation": {}, "state": "sent", "at": at}
        _add(rows, LATE_OFFERS, late)


def _reply(
    rows: dict[Table, list[dict[str, Any]]], number: int, receipt: str, outcome: str, reason: str, at: datetime
) -> None:
    row = {"id": number, "question_id": number, "request_number": None, "given_id": "", "receipt": receipt}
    row |= {"outcome": outcome, "text": "t", "why": "", "confidence": None, "edition": 1, "redacted": []}
    _add(rows, REPLIES, {**row, "signals": {}, "reason": reason, "weighed": None, "replied_at": at, "event": None})


def _cite(rows: dict[Table, list[dict[str, Any]]], number: int, role: str, document: str) -> None:
    row = {"reply_id": number, "role": role, "position": 1, "passage": f"{document}#1", "edition": 1}
    row |= {"document": document, "title": document.title(), "section": "One", "page": None, "quote": "q"}
    row |= {"status": "in_force", "law_checked_on": None, "review_by": None, "marking": "OFFICIAL", "link": ""}
    _add(rows, CITATIONS, {**row, "similarity": 0.5})


def _write(records: Records, rows: dict[Table, list[dict[str, Any]]]) -> None:
    order = (QUESTIONS, REQUESTS, REPLIES, CITATIONS, CHOICES, FEEDBACK, RECALLS, URGENT_SIGNS, ADVICE, LATE_OFFERS)
    with records._database.at_leisure() as connection:
        for table in order:
            some = rows.get(table, [])  # none of them is no statement
            for start in range(0, len(some), 5000):
                connection.execute(insert(table), some[start : start + 5000])


def _reopen(records: Records, made: Made) -> None:
    again = [one for one in made.requests if one["reopened"]]
    entries = [
        audit.Entry(one["closed"], one["asker"], "request.reopened", f"PF-{one['number']:04d}", {}) for one in again
    ]
    if entries:
        with records._database.at_leisure() as connection:
            audit.append(connection, entries)
