"""From sources to a published edition: load, cut, embed what is new, check, publish by one replace."""

from __future__ import annotations

import getpass
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from filelock import FileLock, Timeout

from indexer import chunker
from indexer.edition import Progress, Row, Vector, embed, kept_vectors, rows_of, seal, write_database, write_vectors
from indexer.loaders import Loaded, load_all
from indexer.local import Local, fill, unasked
from indexer.phrasings import embed_phrasings, kept_phrasings, write_phrasings
from indexer.sources import find_sources
from knowledge.edition import Edition
from knowledge.encoder import Encoder
from knowledge.library import Library, replace_text, sync_folder
from knowledge.manifest import DATABASE, VECTORS, LibraryError, Manifest, SourceFile
from knowledge.passages import Document, Passage
from knowledge.phrasings import FOLDER, Phrasing, phrasing_files, read_phrasings

LOCK = "build.lock"
TOLERATED = 0.05
"""Share of the golden questions that may go wrong anew: every document added moves the others a little."""

FLOOR = 0.5
"""Share of the golden questions that must go right in any edition, the first one included."""
FLOOR_COUNTS_FROM = 20
"""Golden questions about the library from which that share says something."""

Gate = Callable[[Edition | None, Edition], "Golden"]
Measure = Callable[[Edition, Edition | None], Mapping[str, object]]
"""What a finished edition, beside the one that serves, says of itself: fields of its manifest."""


@dataclass(frozen=True, slots=True)
class Golden:
    """The golden questions asked of the edition that serves and of the one that is to come."""

    questions: int = 0
    right: int = 0
    right_before: int | None = None
    worse: tuple[str, ...] = ()
    """Questions that went right before and go wrong now, a line each."""

    @property
    def is_worse(self) -> bool:
        """Whether publishing would make answers worse by more than a question at the edge may turn."""
        return self.right_before is not None and self.right_before - self.right > TOLERATED * self.questions

    @property
    def is_too_low(self) -> bool:
        """Whether so few go right that something is wrong with the library or its encoder."""
        return self.questions >= FLOOR_COUNTS_FROM and self.right < FLOOR * self.questions


@dataclass(frozen=True, slots=True)
class Difference:
    """What an edition would change: documents by id, passages by count."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    passages_kept: int = 0
    passages_added: int = 0
    passages_removed: int = 0


@dataclass(frozen=True, slots=True)
class Built:
    """How a build ended."""

    manifest: Manifest
    difference: Difference
    golden: Golden
    published: bool


class BuildRefused(LibraryError):
    """The build stopped before anything was published; the old edition still serves."""


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
    phrasings: Sequence[Path] = ()
    """Folders of phrasing files, beside those in the folders that are built from."""
    measure: Measure | None = None
    """Makes the edition's own judge, before its golden questions are asked."""
    on_load: Progress = field(default=lambda done, total: None)
    on_embed: Progress = field(default=lambda done, total: None)

    def build(
        self,
        roots: Sequence[Path],
        *,
        remember: Sequence[Path] = (),
        dry_run: bool = False,
        force_because: str = "",
    ) -> Built:
        """Publish one edition of everything below the roots; `remember` are those to use again next time.

        Raises:
            BuildRefused: nothing can be read, another build is running, or answers would be worse and
                nobody said why that is wanted.
        """
        with self._alone():
            loaded, sources = self._load(roots)
            documents = [(item.document, tuple(chunker.chunk(item))) for item in loaded]
            counts = {document.source: len(passages) for document, passages in documents}
            sources = [source.model_copy(update={"passages": counts.get(source.path, 0)}) for source in sources]
            phrasings, wrong = self._phrasings(roots, documents)
            sources += wrong
            return self.publish(
                documents,
                sources,
                phrasings=phrasings,
                remember=remember,
                dry_run=dry_run,
                force_because=force_because,
            )

    def publish(
        self,
        documents: Sequence[tuple[Document, Sequence[Passage]]],
        sources: Sequence[SourceFile],
        *,
        phrasings: Sequence[Phrasing] = (),
        remember: Sequence[Path] = (),
        dry_run: bool = False,
        force_because: str = "",
    ) -> Built:
        """Publish one edition of these passages. The caller sees to it that no other build runs."""
        rows = rows_of(documents)
        if not rows:
            raise BuildRefused(_nothing_to_read(sources))
        previous = self._previous()
        number = max(self.library.numbers(), default=0) + 1
        with self._aside() as folder:
            kept = self._kept(previous)
            new = [row for row in rows if row.digest not in kept]
            vectors = {**kept, **embed(new, self.encoder, self.on_embed)}
            write_database(folder / DATABASE, [document for document, _ in documents], rows, vectors)
            write_phrasings(folder / DATABASE, phrasings, self._phrasing_vectors(phrasings, previous))
            index = write_vectors(folder / VECTORS, rows, vectors, self.encoder.dimension)
            difference = _difference(previous, rows)
            manifest = self._manifest(number, sources, rows, len(new), difference)
            extra = {
                "index": index,
                "phrasings": len(phrasings),
                "why": force_because,
                "roots": tuple(str(root.resolve()) for root in remember),
            }
            manifest = self._measured(folder, previous, seal(folder, manifest.model_copy(update=extra)))
            golden = self._golden(previous, folder)
            manifest = seal(folder, manifest.model_copy(update={"golden": _as_json(golden)}))
            if dry_run:
                return Built(manifest, difference, golden, published=False)
            if (golden.is_worse or golden.is_too_low) and not force_because:
                raise BuildRefused(_too_low(golden) if golden.is_too_low else _worse(golden))
            self.library.remember(remember)
            self._make_current(folder, number)
        return Built(manifest, difference, golden, published=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One build at a time; the operating system frees the lock of a build that died."""
        try:
            self.library.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.library.folder / LOCK)
            lock.acquire(timeout=0)
        except Timeout as error:
            raise BuildRefused(
                "Another build of this library is running. Wait for it to end, then run this again."
            ) from error
        except OSError as error:
            raise BuildRefused(_unwritable(self.library.folder)) from error
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _aside(self) -> Iterator[Path]:
        """A folder to build in, on the same disk as the editions; gone afterwards, whatever happens."""
        try:
            self.library.editions.mkdir(parents=True, exist_ok=True)
            for left in self.library.editions.glob(".building-*"):  # a build that was killed
                shutil.rmtree(left, ignore_errors=True)
            folder = Path(tempfile.mkdtemp(prefix=".building-", dir=self.library.editions))
        except OSError as error:
            raise BuildRefused(_unwritable(self.library.folder)) from error
        try:
            yield folder
        except OSError as error:
            raise BuildRefused(
                f"The edition could not be written ({error.strerror}). Free some space in "
                f"{self.library.folder}, then run: prevention-hub index build"
            ) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _load(self, roots: Sequence[Path]) -> tuple[list[Loaded], list[SourceFile]]:
        paths = find_sources(roots)
        self.on_load(0, len(paths))
        done = iter(range(1, len(paths) + 1))
        loaded, refused = load_all(paths, on_done=lambda _: self.on_load(next(done), len(paths)))
        sources = [SourceFile(path=str(item.path), refused=item.reason) for item in refused]
        loaded = [fill(item, self.local) for item in loaded]
        sources += [SourceFile(path=self.local.source, refused=why) for why in unasked(self.local, loaded)]
        unique: dict[str, Loaded] = {}
        for item in loaded:
            other = unique.setdefault(item.document.id, item)
            if other is item:
                sources.append(SourceFile(path=item.document.source, digest=item.digest, document=item.document.id))
            elif other.digest != item.digest:  # the same file reached twice is not worth a word
                sources.append(SourceFile(path=item.document.source, refused=_same_id(item, other)))
        return list(unique.values()), sorted(sources, key=lambda source: source.path)

    def _previous(self) -> Edition | None:
        """The edition that serves now; a damaged one is no reason not to build a good one."""
        try:
            return self.library.edition()
        except LibraryError:
            return None

    def _phrasings(
        self, roots: Sequence[Path], documents: Sequence[tuple[Document, Sequence[Passage]]]
    ) -> tuple[list[Phrasing], list[SourceFile]]:
        """How sections are asked for; what is wrong in such a file is named, and holds up nothing else."""
        folders = [*self.phrasings, *(root / FOLDER for root in roots)]
        phrasings, problems = read_phrasings(phrasing_files(folders), documents)
        return phrasings, [SourceFile(path=problem.path, refused=problem.reason) for problem in problems]

    def _phrasing_vectors(self, phrasings: Sequence[Phrasing], previous: Edition | None) -> Mapping[str, bytes]:
        same = previous is not None and previous.manifest.encoder_fingerprint == self.encoder.fingerprint
        kept = kept_phrasings(self.library.path(previous.number)) if previous is not None and same else {}
        return embed_phrasings(phrasings, self.encoder, kept)

    def _kept(self, previous: Edition | None) -> Mapping[str, Vector]:
        if previous is None:
            return {}
        was = previous.manifest
        same = (was.encoder_fingerprint, was.dimension, was.chunker)
        if same != (self.encoder.fingerprint, self.encoder.dimension, chunker.VERSION):
            return {}
        return kept_vectors(self.library.path(previous.number))

    def _measured(self, folder: Path, previous: Edition | None, manifest: Manifest) -> Manifest:
        """The manifest with what the edition says of itself, once it can be searched."""
        if self.measure is None:
            return manifest
        edition = Edition.open(folder)
        try:
            return seal(folder, manifest.model_copy(update=dict(self.measure(edition, previous))))
        finally:
            edition.close()

    def _golden(self, previous: Edition | None, folder: Path) -> Golden:
        if self.gate is None:
            return Golden()
        edition = Edition.open(folder)
        try:
            return self.gate(previous, edition)
        finally:
            edition.close()

    def _manifest(
        self,
        number: int,
        sources: Sequence[SourceFile],
        rows: Sequence[Row],
        embedded: int,
        difference: Difference,
    ) -> Manifest:
        return Manifest(
            edition=number,
            built_at=datetime.now(UTC),
            built_by=getpass.getuser(),
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
            added=difference.passages_added,
            removed=difference.passages_removed,
            checksums={},
        )

    def _make_current(self, folder: Path, number: int) -> None:
        target = self.library.path(number)
        folder.chmod(0o755)
        folder.rename(target)
        sync_folder(self.library.editions)
        replace_text(self.library.folder / "current", f"{number:04d}\n")


def _difference(previous: Edition | None, rows: Sequence[Row]) -> Difference:
    before = previous.keys() if previous is not None else {}
    now = {row.key: row.document.id for row in rows}
    added, removed = now.keys() - before.keys(), before.keys() - now.keys()
    documents, documents_before = set(now.values()), set(before.values())
    touched = {now[key] for key in added} | {before[key] for key in removed}
    return Difference(
        added=tuple(sorted(documents - documents_before)),
        changed=tuple(sorted(touched & documents & documents_before)),
        removed=tuple(sorted(documents_before - documents)),
        passages_kept=len(now.keys() & before.keys()),
        passages_added=len(added),
        passages_removed=len(removed),
    )


def _as_json(golden: Golden) -> dict[str, object]:
    return {
        "questions": golden.questions,
        "right": golden.right,
        "right_before": golden.right_before,
        "worse": list(golden.worse),
    }


def _same_id(item: Loaded, other: Loaded) -> str:
    return (
        f"It has the id '{item.document.id}', which {other.document.source} has already. Give one of them another id."
    )


def _nothing_to_read(sources: Sequence[SourceFile]) -> str:
    held = "".join(f"\n  {source.path}: {source.refused}" for source in sources if source.refused)
    return (
        "There is no guidance to publish: no file could be read. The old edition still serves."
        f"{held}\nName a folder with Markdown, text, HTML, DOCX or PDF files."
    )


def _unwritable(folder: Path) -> str:
    return f"{folder} cannot be written. Name another folder with --data, or PREVENTION_HUB_DATA."


def _too_low(golden: Golden) -> str:
    return (
        f"Not published: only {golden.right} of {golden.questions} golden questions would go right. The encoder may "
        "not be one for searching English text, or the guidance may not be what the questions ask about.\n"
        "Name another encoder in PREVENTION_HUB_ENCODER, or, if that is wanted, run: "
        'prevention-hub index build --force --why "…"'
    )


def _worse(golden: Golden) -> str:
    lines = "".join(f"\n  {line}" for line in golden.worse[:10])
    return (
        f"Not published: {golden.right} of {golden.questions} golden questions would go right, "
        f"{golden.right_before} do now.{lines}\n"
        'If that is wanted, run: prevention-hub index build --force --why "…"'
    )
