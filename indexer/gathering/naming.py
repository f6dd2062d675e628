"""Each document has an id of its own, the same in every edition, also where files share a name."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from indexer.gathering.piece import Held, Piece
from indexer.loaders.front_matter import slug

_LATIN = re.compile(r"[a-z0-9]")


def with_ids(pieces: Sequence[Piece], before: Mapping[str, str]) -> tuple[list[Piece], list[Held]]:
    """The pieces under ids of their own, in their order, and those whose stated id another one states already.

    `before` has the id of each path in the edition before: who had an id keeps it. A file that states no id is
    called after itself, and after its folder where others are called the same.
    """
    taken: dict[str, Piece] = {}
    named: dict[str, str] = {}
    held: list[Held] = []
    for piece in (one for one in pieces if one.stated):
        other = taken.setdefault(piece.document.id, piece)
        if other is piece:
            named[piece.path] = piece.document.id
        else:
            held.append(Held(piece.path, piece.root, _same_id(piece, other), keeps=False))
    rest = [piece for piece in pieces if not piece.stated]
    rest.sort(key=lambda piece: (piece.path not in before, bool(piece.kept)))
    often = Counter(_plain(piece) for piece in rest if piece.path not in before)
    for piece in rest:
        for identifier in _wanted(piece, before, often):
            if identifier not in taken:
                taken[identifier], named[piece.path] = piece, identifier
                break
    return [piece.under(named[piece.path]) for piece in pieces if piece.path in named], held


def _wanted(piece: Piece, before: Mapping[str, str], often: Counter[str]) -> Iterator[str]:
    """Ids for a file, the best first; the last one is nobody else's."""
    path, plain = PurePath(piece.path), _plain(piece)
    root = PurePath(piece.root)
    nameless = not _LATIN.search(path.stem.lower())
    longer = [] if nameless else list(_after_folders(path, root, plain))
    last = [f"{plain}-{_short(path.name)}", f"{plain}-{_short(piece.path)}"]
    had = before.get(piece.path, "")
    if piece.kept or had in (plain, *longer, *last):  # an id that its file stated once is not called for by its name
        yield had
    if not nameless and (often[plain] == 1 or not longer):
        yield plain
    yield from longer
    yield from last


def _after_folders(path: PurePath, root: PurePath, name: str) -> Iterator[str]:
    """The id after the file's folder, then after the folder above too, up to the source."""
    for folder in path.parents:
        if folder == root or path == root or not folder.name:
            return
        name = slug(f"{folder.name}-{name}")
        yield name


def _plain(piece: Piece) -> str:
    return slug(PurePath(piece.path).stem)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def _same_id(piece: Piece, other: Piece) -> str:
    return f"It has the id '{piece.document.id}', which {other.path} has already. Give one of them another id."
