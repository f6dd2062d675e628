"""The tables of the hub database, by topic. A change here needs a migration beside it; a test compares the two."""

from bot.records.tables.improvement import PROJECT_TRIED, PROJECT_VALUES, PROJECTS, TIME_ASKED, TIME_SAVED
from bot.records.tables.kinds import METADATA, NUMBER, CleanText, UtcTime, clean_text
from bot.records.tables.letters import CARDS, INBOUND, INBOX, OUTBOX
from bot.records.tables.office import (
    AUDIT,
    AUDIT_HEAD,
    HOLDS,
    MARKS,
    PEOPLE,
    RATE_COUNTS,
    SESSIONS,
    SWITCHES,
    WORKSPACES,
)
from bot.records.tables.outside import API_CALLS, API_TOKENS, ECHO_ANSWERS, ECHOES
from bot.records.tables.persons import BINDINGS, SAVED_FILTERS
from bot.records.tables.programme import ADVICE, DIGESTS, LEARNING, LESSONS
from bot.records.tables.talk import CHOICES, CITATIONS, FEEDBACK, QUESTIONS, RECALLS, REPLIES, SHOWN, URGENT_SIGNS
from bot.records.tables.work import LATE_OFFERS, MESSAGES, REMINDERS, REQUEST_VECTORS, REQUESTS

HEAD_REVISION = "0018"
"""The newest migration: held here so that opening an up-to-date database need not import Alembic."""

__all__ = [
    "ADVICE",
    "API_CALLS",
    "API_TOKENS",
    "AUDIT",
    "AUDIT_HEAD",
    "BINDINGS",
    "CARDS",
    "CHOICES",
    "CITATIONS",
    "DIGESTS",
    "ECHOES",
    "ECHO_ANSWERS",
    "FEEDBACK",
    "HEAD_REVISION",
    "HOLDS",
    "INBOUND",
    "INBOX",
    "LATE_OFFERS",
    "LEARNING",
    "LESSONS",
    "MARKS",
    "MESSAGES",
    "METADATA",
    "NUMBER",
    "OUTBOX",
    "PEOPLE",
    "PROJECTS",
    "PROJECT_TRIED",
    "PROJECT_VALUES",
    "QUESTIONS",
    "RATE_COUNTS",
    "RECALLS",
    "REMINDERS",
    "REPLIES",
    "REQUESTS",
    "REQUEST_VECTORS",
    "SAVED_FILTERS",
    "SESSIONS",
    "SHOWN",
    "SWITCHES",
    "TIME_ASKED",
    "TIME_SAVED",
    "URGENT_SIGNS",
    "WORKSPACES",
    "CleanText",
    "UtcTime",
    "clean_text",
]
