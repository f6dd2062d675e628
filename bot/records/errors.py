"""What can go wrong with the hub database, said in one sentence with the remedy."""

from __future__ import annotations

from bot.refusals import RecordsError as RecordsError

_DOCTOR = "Run: prevention-hub doctor"
_SENTENCES = {
    # SQLite's primary result codes: https://sqlite.org/rescode.html
    5: "The hub database {at} has been busy for too long. Try again; if it stays so, restart the hub.",
    6: "The hub database {at} is locked by another program. Close what has it open and try again.",
    8: "The hub database {at} is read-only. Give this account the right to write to the file and its folder.",
    10: "The hub database {at} could not be written: the disk is full or failing. Free some space; "
    "everything acknowledged before is kept.",
    11: "The hub database {at} is damaged. Restore it from the last backup: prevention-hub restore",
    13: "The hub database {at} could not be written: the disk is full. Free some space; "
    "everything acknowledged before is kept.",
    14: "The hub database {at} cannot be opened. Check that this account may write to its folder.",
    23: "This account may not use the hub database {at}. Ask whoever runs the hub for the right to do so.",
    26: "The file {at} is not a hub database. Move it away, or name another folder with --data.",
}


def sentence_for(code: int | None, at: str) -> str:
    """The sentence for SQLite's result code (extended or not), or for none at all."""
    plain = _SENTENCES.get((code or 0) & 0xFF)
    if plain is None:
        return f"The hub database {at} could not do what was asked. {_DOCTOR}"
    return plain.format(at=at)
