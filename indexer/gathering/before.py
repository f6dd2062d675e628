"""What the edition before has of each file and source: to be used again, or kept."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cached_property, partial

from indexer.gathering.piece import Held, Piece
from indexer.keeping.spool import Passages
from knowledge.manifest import SourceFile, SourceRoot
from knowledge.passages import Document, Status
from knowledge.store.edition import Edition


class Before:
    """The edition that serves while the next one is gathered; empty where there is none."""

    def __init__(self, edition: Edition | None) -> None:
        self._edition = edition

    @cached_property
    def files(self) -> dict[str, SourceFile]:
        """The file of each document, by path."""
        if self._edition is None:
            return {}
        held = self._edition.documents
        return {s.path: s for s in self._edition.manifest.sources if s.document in held and not s.refused}

    @cached_property
    def roots(self) -> frozenset[str]:
        """The sources that it was built from."""
        return frozenset(root.path for root in self.manifest_roots)

    @property
    def manifest_roots(self) -> tuple[SourceRoot, ...]:
        """The same, with what became of each."""
        return self._edition.manifest.roots if self._edition else ()

    def of_root(self, name: str) -> list[SourceFile]:
        """The files that came from a source; an earlier version did not write down which."""
        below = name.rstrip(os.sep) + os.sep
        return [
            file
            for file in self.files.values()
            if file.root == name or (not file.root and (file.path == name or file.path.startswith(below)))
        ]

    def document(self, file: SourceFile) -> Document | None:
        """The document that a file was."""
        return self._edition.documents.get(file.document) if self._edition is not None else None

    def unchanged(self, file: SourceFile, inputs: str) -> Piece | None:
        """A file's document as it was, if all it was made of is the same."""
        if file.inputs != inputs or file.kept:
            return None
        piece = self._piece(file, as_cut_today=True)
        # of what is not current no passages are kept, which another version of it is compared with
        if piece is None or not piece.document.status.is_current:
            return None
        # what is not in force yet will be one day, without a change of its file
        return piece if piece.document.status is not Status.ENACTED else None

    def instead_of(self, held: Held) -> Piece | None:
        """The last good version of a file that is not taken as it is now."""
        file = self.files.get(held.path)
        return self.kept(file, held.reason) if file is not None and held.keeps else None

    def same(self, file: SourceFile) -> SourceFile:
        """What the edition says of a file where that has not changed, so that it is held once; else what is given."""
        was = self.files.get(file.path)
        return was if was is not None and was == file else file

    def kept(self, file: SourceFile, why: str) -> Piece | None:
        """What the edition has of a file, to be served on."""
        piece = self._piece(file)
        if piece is None or self._edition is None:
            return None
        return replace(piece, kept=why, kept_from=file.kept_from or self._edition.number)

    def _piece(self, file: SourceFile, *, as_cut_today: bool = False) -> Piece | None:
        document = self.document(file)
        if document is None or self._edition is None:
            return None
        return Piece(
            path=file.path,
            root=file.root,
            document=replace(document, replaces=()) if document.replaces else document,
            passages=self._passages_of(self._edition, file.document, self._edition.number if as_cut_today else 0),
            digest=file.digest,
            inputs=file.inputs,
            reader=file.reader,
            notes=file.notes,
        )

    def _passages_of(self, edition: Edition, document: str, number: int) -> Passages:
        return Passages(self._counts.get(document, 0), partial(edition.document_passages, document), document, number)

    @cached_property
    def _counts(self) -> dict[str, int]:
        return self._edition.passage_counts() if self._edition is not None else {}
