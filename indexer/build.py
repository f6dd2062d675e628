"""From sources to a published edition: gather, embed what is new, check, publish by one replace."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from indexer import chunker
from indexer.difference import Difference, difference
from indexer.gathering import Rules, gather
from indexer.gathering.before import Before
from indexer.keeping.kept import Kept, Together
from indexer.keeping.resuming import Journal
from indexer.keeping.same import copied, is_the_same
from indexer.keeping.spool import Spool
from indexer.keeping.waiting import Waiting
from indexer.local import Local
from indexer.outcome import BuildRefused, Built, Golden, nothing_to_read, refuse_if_worse
from indexer.phrasings import described_phrasings, embed_phrasings, kept_phrasings, phrasings_of, write_phrasings
from indexer.rows import Progress, Rows, embed
from indexer.sources import FolderSource, Source
from indexer.workplace import alone, aside, user
from knowledge.encoder import Encoder
from knowledge.manifest import DATABASE, VECTORS, LibraryError, Manifest, SourceFile, SourceRoot
from knowledge.passages import Document, Passage
from knowledge.phrasings import FOLDER, Phrasing
from knowledge.store.edition import Edition
from knowledge.store.folder import Library, sync_folder
from knowledge.store.hold import RELEASE, Hold
from knowledge.store.opening import open_database
from knowledge.store.shared.editions import SharedEdition
from knowledge.store.shared.sharing import Sharing
from knowledge.store.vectors import VectorIndex
from knowledge.store.writing import seal, with_checksums, write_database, write_vectors

__all__ = ["BuildRefused", "Builder", "Built", "Difference", "Golden", "starter_library"]

Documents = Sequence[tuple[Document, Sequence[Passage]]]
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
            spool = Spool(self.library.folder)
            gathered = gather(sources, Before(previous), self.local, rules, self.on_load, spool)
            phrasings, wrong = phrasings_of([*self.phrasings, *_beside(sources)], gathered.documents, rules.purged)
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
        documents: Documents,
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
        with aside(self.library) as folder, ExitStack() as open_:
            previous = self._previous()
            same = self._same_vectors(previous)
            rows = Rows(documents, previous if same is not None else None)
            if next(iter(rows), None) is None:
                raise nothing_to_read(sources)
            spool = Spool(folder)
            kept = open_.enter_context(closing(Kept(same)))
            journal = open_.enter_context(closing(Journal(self.library, self.encoder, chunker.VERSION)))
            waiting = Waiting(rows, kept, spool)
            resumed = self._embed(waiting, journal, spool)
            manifest = self._manifest(sources, waiting).model_copy(
                update={"roots": tuple(roots), "why": why or force_because, "phrasings": len(phrasings)}
            )
            manifest = self._written(folder, manifest, rows, Together(kept, journal), phrasings, same)
            manifest, change, golden = self._look_at(folder, manifest, documents, previous, spool)
            manifest = seal(folder, manifest)
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

    def _same_vectors(self, previous: Edition | None) -> Path | None:
        """The folder of the edition before, if the same encoder made its vectors of passages cut the same way."""
        if previous is None:
            return None
        was = previous.manifest
        same = (was.encoder_fingerprint, was.dimension, was.chunker)
        if same != (self.encoder.fingerprint, self.encoder.dimension, chunker.VERSION):
            return None
        return self.library.path(previous.number)

    def _embed(self, waiting: Waiting, journal: Journal, spool: Spool) -> int:
        """Make the vectors of new rows; how many of the rows a build that was stopped had encoded."""
        journal.take_up(waiting.digests)
        resumed = waiting.known(journal)
        embed(waiting, self.encoder, self.on_embed, journal, spool)
        return resumed

    def _written(
        self,
        folder: Path,
        manifest: Manifest,
        rows: Rows,
        vectors: Together,
        phrasings: Sequence[Phrasing],
        same: Path | None,
    ) -> Manifest:
        """Write the edition's files, or copy them where nothing is new; the manifest with what they are."""
        documents = [document for document, _ in rows.documents]
        if (was := rows.before) is not None and same is not None and is_the_same(documents, rows, phrasings, was, same):
            told = {"index": was.manifest.index, "checksums": was.manifest.checksums}
            if copied(same, folder, was.manifest):
                return manifest.model_copy(update=told)
        before = same / DATABASE if same is not None else None
        write_database(folder / DATABASE, documents, rows, vectors, before)
        index = write_vectors(folder / VECTORS, folder / DATABASE, self.encoder.dimension)
        write_phrasings(folder / DATABASE, phrasings, self._phrasing_vectors(phrasings))
        return with_checksums(folder, manifest.model_copy(update={"index": index}))

    def _phrasing_vectors(self, phrasings: Sequence[Phrasing]) -> Mapping[str, bytes]:
        previous = self._previous()
        same = previous is not None and previous.manifest.encoder_fingerprint == self.encoder.fingerprint
        kept = kept_phrasings(self.library.path(previous.number)) if previous is not None and same else {}
        return embed_phrasings(phrasings, self.encoder, kept)

    def _look_at(
        self, folder: Path, manifest: Manifest, documents: Documents, previous: Edition | None, spool: Spool
    ) -> tuple[Manifest, Difference, Golden]:
        """Open the edition to see what changes with it, what it is judged with, and how it answers."""
        with closing(
            Edition(manifest, open_database(folder / DATABASE), VectorIndex.load(folder / VECTORS))
        ) as edition:
            edition.documents = {one.id: one for one in sorted((d for d, _ in documents), key=lambda d: d.id)}
            change = difference(previous, edition, spool)
            told: dict[str, object] = {"added": change.passages_added, "removed": change.passages_removed}
            edition.manifest = edition.manifest.model_copy(update=told)
            if self.measure is not None:
                edition.manifest = edition.manifest.model_copy(update=dict(self.measure(edition, previous)))
            golden = self.gate(previous, edition) if self.gate is not None else Golden()
            answered = {"golden": golden.as_json() if self.gate else {}}
            return edition.manifest.model_copy(update=answered), change, golden

    def _manifest(self, sources: Sequence[SourceFile], waiting: Waiting) -> Manifest:
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
            passages=waiting.rows,
            embedded=len(waiting),
            kept=waiting.rows - len(waiting),
            added=0,
            removed=0,
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


def _late(documents: Documents, change: Difference) -> tuple[str, ...]:
    today, touched = datetime.now(UTC).date(), {*change.added, *change.changed}
    return tuple(sorted(d.id for d, _ in documents if d.id in touched and d.is_stale(today)))


def _beside(sources: Sequence[Source]) -> list[Path]:
    """Where the folders that are built from say how their sections are asked for."""
    return [source.path / FOLDER for source in sources if isinstance(source, FolderSource)]
