"""Vectors of open requests, to find one that asks the same."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from bot.domain.requests import WAITS, parse_reference, reference_of
from bot.records.engine import Database, insert_new
from bot.records.tables import QUESTIONS, REQUEST_VECTORS, REQUESTS

_OPEN = (
    select(REQUESTS.c.number, REQUEST_VECTORS.c.vector)
    .join(REQUEST_VECTORS, REQUEST_VECTORS.c.request_number == REQUESTS.c.number)
    .where(
        REQUESTS.c.state.in_([state.value for state in WAITS]),
        REQUESTS.c.joined_to.is_(None),
        REQUEST_VECTORS.c.encoder == bindparam("made_by"),
    )
    .order_by(REQUESTS.c.number.desc())
    .limit(bindparam("most"))
)
_OTHERS = _OPEN.join(QUESTIONS, QUESTIONS.c.id == REQUESTS.c.question_id).where(QUESTIONS.c.asker != bindparam("own"))
_JOINED = select(func.count()).select_from(REQUESTS).where(REQUESTS.c.joined_to == bindparam("which"))

_OFFERED = (
    select(REQUESTS.c.number)
    .join(QUESTIONS, QUESTIONS.c.id == REQUESTS.c.question_id)
    .where(QUESTIONS.c.asker == bindparam("person"), REQUESTS.c.join_offered == bindparam("into"))
    .order_by(REQUESTS.c.number.desc())
)


class JoiningRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open_vectors(self, fingerprint: str, most: int, asker: str = "") -> list[tuple[str, bytes]]:
        """Reference and vector of the newest requests that wait, of one encoder, without the asker's own."""
        with self._database.read() as connection:
            found = connection.execute(_OTHERS, {"made_by": fingerprint, "most": most, "own": asker}).all()
        return [(reference_of(number), bytes(vector)) for number, vector in found]

    def offered(self, person: str, into: str) -> tuple[str, ...]:
        """References of the person's requests with which they were offered to join another one, newest first."""
        number = parse_reference(into)
        with self._database.read() as connection:
            found = connection.scalars(_OFFERED, {"person": person, "into": number}) if number else ()
            return tuple(map(reference_of, found))

    def asked_by(self, reference: str) -> int:
        """How many people wait for a request's reply."""
        with self._database.read() as connection:
            return 1 + (connection.scalar(_JOINED, {"which": parse_reference(reference)}) or 0)

    def keep_vector(self, reference: str, fingerprint: str, vector: bytes) -> None:
        """Keep a request's vector; the first one stays."""
        row = {"request_number": parse_reference(reference), "encoder": fingerprint, "vector": vector}
        with self._database.write() as connection:
            insert_new(connection, REQUEST_VECTORS, row)
