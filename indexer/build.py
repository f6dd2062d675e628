"""From sources to a published edition: gather, embed what is new, check, publish by one replace."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from indexer import chunker
from indexer.difference import Difference, difference
from indexer.gathering import Rules, gather
from indexer.gathering.before import Before
from indexer.keeping.resuming import Journal
from indexer.local import Local
from indexer.outcome import BuildRefused, Built, Golden, nothing_to_read, refuse_if_worse
from indexer.phrasings import described_phrasings, embed_phrasings, kept_phrasings, phrasings_of, write_phrasings
from indexer.rows import Progress, Row, Vector, embed, rows_of
from indexer.sources import FolderSource, Source
from indexer.workplace import alone, aside, user
from knowledge.encoder import Encoder
from knowledge.manifest import DATABASE, VECTORS, LibraryError, Manifest, SourceFile, SourceRoot
from knowledge.passages import Document, Passage
from knowledge.phrasings import FOLDER, Phrasing
from knowledge.store.edition import Edition, open_database
from knowledge.store.folder import Library, sync_folder
from knowledge.store.hold import RELEASE, Hold
from knowledge.store.shared.editions import SharedEdition
from knowledge.store.shared.sharing import Sharing
from knowledge.store.vectors import VectorIndex
from knowledge.store.writing import kept_vectors, seal, stored_passages, with_checksums, write_database, write_vectors

__all__ = ["BuildRefused", "Builder", "Built", "Difference", "Golden", "starter_library"]

Gate = Callable[[Edition | None, Edition], Golden]
Measure = Callable[[Edition, Edition | None], Mapping[str, object]]
"""What a finished edition, beside the one that serves, says of itself: fields of its manifest."""


def starter_library() -> Path:
    """The guidance that comes with the program."""
    return Path(str(files("knowledge").joinpath("guidance")))


@dataclass(slots=True)
class Builder:
    """Builds editions of one library with one encoder."""

    library: Library
    encoder: Encoder
    gate: Gate | None = None
    local: Local = field(default_factory=Local)
    rules: Rules = field(default_factory=Rules)
    keep: int = 0
    """Editions that are kept on disk; 0 is all."""
    phrasings: Sequence[Path] = ()
    """Folders of phrasing files, beside those in the folders that are built from."""
    measure: Measure | None = None
    """Makes the edition's own judge, before its golden questions are asked."""
    sharing: Sharing | None = None
    """The store that other machines take their editions from."""
    on_load: Progress = field(default=lambda done, total: None)
    on_embed: Progress = field(default=lambda done, total: None)
    by: str = ""
    """Whose name the edition carries; empty is whoever runs this."""
    before_it_serves: Callable[[], None] = field(default=lambda: None)
    """Called when nothing can refuse the edition any more."""

    def build(
        self,
        roots: Sequence[Path | Source],
        *,
        dry_run: bool = False,
        force_because: str = "",
        allow_removal_because: str = "",
        unasked: bool = False,
    ) -> Built:
        """Publish one edition of everything below the roots.

        `force_because` and `allow_removal_because` say why worse answers, or fewer documents, are wanted. `unasked`
        is what the program does by itself: it never goes against a rollback that holds.

        Raises:
            BuildRefused: nothing can be read, another build is running, a rollback holds, or answers would be worse
                or bad and nobody said why that is wanted.
            SourceMissing: a source is not there that nothing came from before.
        """
        rules = replace(self.rules, allow_removal=bool(allow_removal_because), unasked=unasked)
        sources = [FolderSource(root) if isinstance(root, Path) else root for root in roots]
        with alone(self.library):
            if self.sharing is not None:
                self.sharing.before_building()
            hold = self.library.hold
            _refuse_if_held(hold, unasked=unasked)
            previous = self._previous()
            before = Before(previous, self.library.path(previous.number) if previous else None)
            gathered = gather(sources, before, self.local, rules, self.on_load)
            phrasings, wrong = phrasings_of([*self.phrasings, *_beside(sources)], gathered.documents)
            described, unknown = described_phrasings(gathered.asked, gathered.documents)
            return self.publish(
                gathered.documents,
                [*gathered.files, *wrong, *unknown],
                phrasings=list(dict.fromkeys([*phrasings, *described])),
                roots=gathered.roots,
                dry_run=dry_run,
                force_because=force_because,
                why=" ".join(filter(None, [force_because, allow_removal_because])),
                held=hold,
                unasked=unasked,
            )

    def publish(
        self,
        documents: Sequence[tuple[Document, Sequence[Passage]]],
        sources: Sequence[SourceFile],
        *,
        phrasings: Sequence[Phrasing] = (),
        roots: Sequence[SourceRoot] = (),
        dry_run: bool = False,
        force_because: str = "",
        why: str = "",
        held: Hold | None = None,
        unasked: bool = False,
    ) -> Built:
        """Publish one edition of these passages. The caller sees to it that no other build runs.

        `held` is the rollback that held when the build began: one that is newer is never published over.
        """
        rows = rows_of(documents)
        if not rows:
            raise nothing_to_read(sources)
        previous = self._previous()
        with aside(self.library) as folder:
            kept = self._kept(previous)
            new = [row for row in rows if row.digest not in kept]
            journal = Journal(self.library, self.encoder, chunker.VERSION)
            made, resumed = self._made(new, journal)
            vectors = {**kept, **made}
            change = self._difference(previous, rows)
            manifest = self._manifest(sources, rows, len(new), change)
            extra = {"roots": tuple(roots), "why": why or force_because, "phrasings": len(phrasings)}
            manifest = manifest.model_copy(update=extra)
            manifest = self._write(folder, manifest, [document for document, _ in documents], rows, vectors)
            write_phrasings(folder / DATABASE, phrasings, self._phrasing_vectors(phrasings, previous))
            manifest = self._measured(folder, previous, with_checksums(folder, manifest))
            golden = self._golden(previous, folder, manifest)
            manifest = seal(folder, manifest.model_copy(update={"golden": golden.as_json() if self.gate else {}}))
            late = _late(documents, change)
            built = Built(manifest, change, golden, published=not dry_run, past_review=late, resumed=resumed)
            if dry_run:
                return built
            if not force_because:
                refuse_if_worse(golden)
            sent = self.sharing.send(folder, manifest.edition) if self.sharing is not None else None
            self._make_current(folder, manifest.edition, held, sent, unasked=unasked)
            journal.forget()
            return replace(built, removed=tuple(self.library.prune(self.keep)))

    def _previous(self) -> Edition | None:
        """The edition that serves now; a damaged one is no reason not to build a good one."""
        try:
            return self.library.edition()
        except LibraryError:
            return None

    def _kept(self, previous: Edition | None) -> Mapping[str, Vector]:
        if previous is None:
            return {}
        was = previous.manifest
        same = (was.encoder_fingerprint, was.dimension, was.chunker)
        if same != (self.encoder.fingerprint, self.encoder.dimension, chunker.VERSION):
            return {}
        return kept_vectors(self.library.path(previous.number))

    def _made(self, new: Sequence[Row], journal: Journal) -> tuple[dict[str, Vector], int]:
        """Vectors of new rows, and how many of them a build that was stopped had made."""
        had = journal.read({row.digest for row in new})
        try:
            made = embed([row for row in new if row.digest not in had], self.encoder, self.on_embed, journal.add)
        finally:
            journal.close()
        return {**had, **made}, sum(row.digest in had for row in new)

    def _difference(self, previous: Edition | None, rows: Sequence[Row]) -> Difference:
        if previous is None:
            return difference({}, {}, rows)
        for_some = [one.id for one in previous.documents.values() if one.audience]
        return difference(previous.keys(), stored_passages(self.library.path(previous.number)), rows, for_some)

    def _write(
        self,
        folder: Path,
        manifest: Manifest,
        documents: Sequence[Document],
        rows: Sequence[Row],
        vectors: Mapping[str, Vector],
    ) -> Manifest:
        write_database(folder / DATABASE, documents, rows, vectors)
        index = write_vectors(folder / VECTORS, rows, vectors, self.encoder.dimension)
        return manifest.model_copy(update={"index": index})

    def _phrasing_vectors(self, phrasings: Sequence[Phrasing], previous: Edition | None) -> Mapping[str, bytes]:
        same = previous is not None and previous.manifest.encoder_fingerprint == self.encoder.fingerprint
        kept = kept_phrasings(self.library.path(previous.number)) if previous is not None and same else {}
        return embed_phrasings(phrasings, self.encoder, kept)

    def _measured(self, folder: Path, previous: Edition | None, manifest: Manifest) -> Manifest:
        """The manifest with what the edition says of itself, once it can be searched."""
        if self.measure is None:
            return manifest
        edition = _unsealed(folder, manifest)
        try:
            return manifest.model_copy(update=dict(self.measure(edition, previous)))
        finally:
            edition.close()

    def _golden(self, previous: Edition | None, folder: Path, manifest: Manifest) -> Golden:
        if self.gate is None:
            return Golden()
        edition = _unsealed(folder, manifest)
        try:
            return self.gate(previous, edition)
        finally:
            edition.close()

    def _manifest(
        self, sources: Sequence[SourceFile], rows: Sequence[Row], embedded: int, change: Difference
    ) -> Manifest:
        return Manifest(
            edition=self.library.next_number(),
            built_at=datetime.now(UTC),
            built_by=self.by or user(),
            encoder=self.encoder.name,
            encoder_fingerprint=self.encoder.fingerprint,
            dimension=self.encoder.dimension,
            chunker=chunker.VERSION,
            index="",
            sources=tuple(sources),
            documents=len({source.document for source in sources if source.document}),
            passages=len(rows),
            embedded=embedded,
            kept=len(rows) - embedded,
            added=change.passages_added,
            removed=change.passages_removed,
            checksums={},
        )

    def _make_current(
        self, folder: Path, number: int, held: Hold | None, sent: SharedEdition | None, *, unasked: bool
    ) -> None:
        """Put the edition in its place and point at it; what fails on the way leaves the old one as it was."""
        target = self.library.path(number)
        with self.library.choosing():
            now = self.library.hold
            if now is not None and now != held:
                raise BuildRefused(
                    f"Not published: {now.in_words} Meanwhile this build ran. Build again if it is wanted."
                )
            _refuse_if_held(now, unasked=unasked)
            self.before_it_serves()
            if sent is not None and self.sharing is not None:  # the one step that decides for every machine
                self.sharing.choose(sent, self.by or user())
            folder.chmod(0o755)
            folder.rename(target)
            try:
                sync_folder(self.library.editions)
                self.library.point_at(number)
            except OSError:
                target.rename(folder)
                raise
            self.library.release()


def _refuse_if_held(hold: Hold | None, *, unasked: bool) -> None:
    if hold is not None and unasked:
        raise BuildRefused(f"{hold.in_words} Nothing is published by itself until an admin builds, or runs: {RELEASE}")


def _late(documents: Sequence[tuple[Document, Sequence[Passage]]], change: Difference) -> tuple[str, ...]:
    today, touched = datetime.now(UTC).date(), {*change.added, *change.changed}
    return tuple(sorted(d.id for d, _ in documents if d.id in touched and d.is_stale(today)))


def _unsealed(folder: Path, manifest: Manifest) -> Edition:
    """An edition that is being built, opened to be searched before it is sealed."""
    return Edition(manifest, open_database(folder / DATABASE), VectorIndex.load(folder / VECTORS))


def _beside(sources: Sequence[Source]) -> list[Path]:
    """Where the folders that are built from say how their sections are asked for."""
    return [source.path / FOLDER for source in sources if isinstance(source, FolderSource)]
