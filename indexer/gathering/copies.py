"""The same text under several names is read once, and the other names are told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import PurePath

from indexer.gathering.piece import Piece
from knowledge.manifest import SourceFile


def without_copies(
    pieces: Sequence[Piece], roots: Sequence[str], known: Collection[str]
) -> tuple[list[Piece], list[SourceFile]]:
    """The pieces, each text once, and the files that are copies of one of them.

    Copies are the same bytes, or the same text under the same title, for instance as Word file and as PDF. Of
    several, one that is described by its name is taken, for what was said of it would be lost with it; then that of
    the earlier source, then one that was in the edition before (its path is `known`), then one of a folder that is
    described, then the one with the shortest name.
    """
    groups: dict[str, list[Piece]] = {}
    kin: dict[tuple[str, str], str] = {}
    for piece in pieces:
        keys = _keys(piece)
        group = next((kin[key] for key in keys if key in kin), piece.path)
        kin.update(dict.fromkeys(keys, group))
        groups.setdefault(group, []).append(piece)
    best = {name: min(group, key=lambda piece: _rank(piece, roots, known)) for name, group in groups.items()}
    chosen = {piece.path for piece in best.values()}
    copies = [
        SourceFile(path=piece.path, digest=piece.digest, root=piece.root, copy_of=best[name].path)
        for name, group in groups.items()
        for piece in group
        if piece.path not in chosen
    ]
    return [piece for piece in pieces if piece.path in chosen], copies


def _keys(piece: Piece) -> list[tuple[str, str]]:
    """What makes two files the same; of what is not current nothing is quoted, so it may be there twice."""
    if not piece.document.status.is_current and piece.described_itself:
        return [("bytes", piece.digest)]  # a copy must not be quoted of what somebody took back
    if not piece.document.status.is_current or not piece.passages:
        return [("path", piece.path)]
    title = " ".join(piece.document.title.lower().split())
    return [("bytes", piece.digest), ("text", f"{title}\0{piece.text_digest}")]


def _rank(piece: Piece, roots: Sequence[str], known: Collection[str]) -> tuple[bool, int, bool, bool, int, str]:
    root = roots.index(piece.root) if piece.root in roots else len(roots)
    name = PurePath(piece.path).name
    return not piece.described_itself, root, piece.path not in known, not piece.described, len(name), name
