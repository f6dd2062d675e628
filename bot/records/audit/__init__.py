"""The record: append-only, each event carrying the hash of the one before."""

from bot.domain.record import AuditReport as AuditReport
from bot.records.audit.chain import GENESIS as GENESIS
from bot.records.audit.chain import Entry as Entry
from bot.records.audit.chain import append as append
from bot.records.audit.chain import hash_of as hash_of
from bot.records.audit.chain import head as head
from bot.records.audit.chain import lock as lock
from bot.records.audit.reading import events as events
from bot.records.audit.reading import events_about as events_about
from bot.records.audit.trimming import trim as trim
from bot.records.audit.verifying import verify as verify
