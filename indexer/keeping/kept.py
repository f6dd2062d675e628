"""The vectors of an edition to come: those of the edition before, and those that were made for it, all on disk."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from indexer.keeping.places import Places
from indexer.keeping.resuming import Journal
from knowledge.manifest import DATABASE
from knowledge.store.opening import open_database
from knowledge.store.writing import Vector


class Kept:
    """The vectors of an edition on disk by digest, for texts that have not changed since; without one, none."""

    def __init__(self, folder: Path | None) -> None:
        self._database = open_database(folder / DATABASE) if folder is not None else None

    def __contains__(self, digest: object) -> bool:
        return digest in self._places

    @cached_property
    def _places(self) -> Places:
        """Where each digest stands; nobody asks where everything is taken over."""
        places = Places()
        rows = self._database.execute("select id, digest from passages order by id") if self._database else ()
        for number, digest in rows:
            places.add(digest, number)
        return places

    def get(self, digest: str) -> Vector | None:
        """The vectors of a text; nothing if the edition does not have it."""
        place = self._places.find(digest)
        if place is None or self._database is None:
            return None
        query = "select vector, parts, sentences from passages where id = ?"
        return Vector(*self._database.execute(query, (place,)).fetchone())

    def __getitem__(self, digest: str) -> Vector:
        found = self.get(digest)
        if found is None:
            raise KeyError(digest)
        return found

    def close(self) -> None:
        """Give the database back."""
        if self._database is not None:
            self._database.close()


class Together:
    """What was kept and what was made, as one."""

    def __init__(self, kept: Kept, made: Journal) -> None:
        self._kept, self._made = kept, made

    def __getitem__(self, digest: str) -> Vector:
        found = self._kept.get(digest) or self._made.get(digest)
        if found is None:
            raise KeyError(digest)
        return found
