"""What can go wrong with the hub database, said in one sentence with the remedy."""

from __future__ import annotations

from bot.domain.refusals import RecordsError as RecordsError


class AnothersRecords(RecordsError):
    """The hub database is another force's."""

    is_another_forces = True


class DoesNotFit(RecordsError):
    """A record does not fit those that are there; nothing of its transaction was kept."""


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
    23: "This account may not use the hub database {at}. Ask an admin of this machine for the right to do so.",
    26: "The file {at} is not a hub database. Move it away, or name another folder with --data.",
}


_AWAY = (
    "The hub database {at} cannot be reached. Check that PostgreSQL runs, and the address, name and password in "
    "PREVENTION_HUB_DATABASE_URL; everything acknowledged before is kept."
)
_SERVER_SENTENCES = {
    # PostgreSQL's SQLSTATE, whole or its class: https://www.postgresql.org/docs/current/errcodes-appendix.html
    "25006": "The hub database {at} is read-only. Let PREVENTION_HUB_DATABASE_URL name a server that takes writes.",
    "42501": _SENTENCES[23],
    "53100": _SENTENCES[13],
    "53200": "The server of the hub database {at} has no memory left. Give it more; nothing acknowledged is lost.",
    "53300": "The hub database {at} has no connection left. Let the server take more, or close what has it open.",
    "57014": _SENTENCES[5],
    "55P03": _SENTENCES[5],
    "40": _SENTENCES[5],
    "58": _SENTENCES[10],
    "08": _AWAY,
    "28": _AWAY,
    "3D": _AWAY,
    "57P": _AWAY,
}


def server_sentence_for(state: str | None, at: str) -> str:
    """The sentence for PostgreSQL's SQLSTATE; without one it could not even be asked."""
    if state is None:
        return _AWAY.format(at=at)
    found = next((_SERVER_SENTENCES[state[:size]] for size in (5, 3, 2) if state[:size] in _SERVER_SENTENCES), None)
    return sentence_for(None, at) if found is None else found.format(at=at)


def sentence_for(code: int | None, at: str) -> str:
    """The sentence for SQLite's result code (extended or not), or for none at all."""
    plain = _SENTENCES.get((code or 0) & 0xFF)
    if plain is None:
        return f"The hub database {at} could not do what was asked. {_DOCTOR}"
    return plain.format(at=at)
