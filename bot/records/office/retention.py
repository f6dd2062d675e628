"""How long what is kept: legal holds, and taking away what is past its time with proof that it is gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.people import By
from bot.domain.record import Json, Seal
from bot.domain.timing.retention import Clocks, HoldError, Purged
from bot.records import audit
from bot.records.audit import Entry, trimming
from bot.records.office import bindings, erasing, purge
from bot.records.office.holds import HoldRecords, standing


class RetentionRecords(HoldRecords):
    """Holds and purges; raises RecordsError when it cannot be done."""

    def purge(self, clocks: Clocks, by: By, *, dry_run: bool, seal: Seal | None = None) -> Purged:
        """Take away what is past its time, compact the file, and look for what was taken.

        A dry run counts and takes nothing. `seal` signs that the record was trimmed.

        Raises:
            HoldError: the record is to be trimmed, and there is nothing to sign that with.
        """
        with self._database.at_leisure() as connection:
            holds = bindings.widened(connection, standing(connection))
            free = purge.not_held(holds)
            before = None if holds or not clocks.audit else self._now() - timedelta(days=clocks.audit)
            due = purge.due(clocks, self._now())
            counts, texts = purge.take(connection, due, free, dry_run=dry_run)
            counts["learning"] = purge.take_learning(connection, due["learning"], holds, dry_run=dry_run)
            held = purge.count_held(connection, due, free)
            counts["inbound"] = purge.take_inbound(connection, due["questions"], holds, dry_run=dry_run)
            purge.blank_letters(connection, due["replies"], holds, dry_run=dry_run)
            counts["sent"] = purge.take_sent(connection, due["requests"], holds, dry_run=dry_run)
            counts["feedback"] = purge.take_feedback(connection, due["requests"], holds, dry_run=dry_run)
            counts["echoes"] = purge.take_echoes(connection, due["replies"], holds, dry_run=dry_run)
            counts["audit"] = trimming.due(connection, before) if before else 0
            if dry_run:
                return Purged(counts, held, 0, 0, dry_run=True)
            detail: dict[str, Json] = {"removed": counts, "held": held}
            audit.append(connection, [Entry(self._now(), by, "purged", "", detail)])
            if before and counts["audit"]:
                if seal is None:
                    raise HoldError("The record cannot be trimmed: there is no key to sign that with.")
                trimming.trim(connection, before, by, self._now(), seal)
        self._database.compact()
        return Purged(counts, held, len(texts), purge.still_in(self._database.files(), texts))

    def quoted(self, document: str) -> list[str]:
        """What is still on record in a document's own words, whatever became of its editions."""
        with self._database.read() as connection:
            return erasing.quoted(connection, document)

    def erase(self, document: str, fragments: Sequence[str], by: By, why: str) -> tuple[dict[str, int], int]:
        """Take what a document says out of the database, and compact its file; what was taken, and what a hold keeps.

        `fragments` are its own words: letters and messages that repeat them are emptied.
        """
        with self._database.at_leisure() as connection:
            holds = bindings.widened(connection, standing(connection))
            counts, held = erasing.erase(connection, document, fragments, holds)
            detail: dict[str, Json] = {"why": why, "removed": dict(counts), "held": held}
            audit.append(connection, [Entry(self._now(), by, "document.purged", document, detail)])
        self._database.compact()
        return counts, held
