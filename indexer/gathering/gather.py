"""Everything the sources have, made ready for one edition; what is wrong with a file or a source is named, not lost."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.gathering.before import Before
from indexer.gathering.copies import without_copies
from indexer.gathering.guarding import SHARE, Looked, kept_of, look, root_of
from indexer.gathering.naming import with_ids
from indexer.gathering.piece import Held, Piece
from indexer.gathering.reading import Reader
from indexer.gathering.unpacking import Taken, Unpacked, Unpacking
from indexer.gathering.versions import with_versions
from indexer.keeping.spool import Spool, put_aside
from indexer.local import Local, unasked
from indexer.purging.listed import why_not
from indexer.sidecar import Asked, Beside, taken_back, without_a_file
from indexer.sources import Source, shown
from knowledge.manifest import SourceFile, SourceRoot
from knowledge.passages import Document, Marking, Passage


@dataclass(frozen=True, slots=True)
class Rules:
    """What a build may take, and what it may take away."""

    ceiling: Marking = Marking.OFFICIAL_SENSITIVE
    audiences: frozenset[str] = frozenset()
    """Audiences of which it is known who belongs to them; what is for others is not taken."""
    share: float = SHARE
    """Share of a source's documents that may go at once."""
    purged: frozenset[str] = frozenset()
    """Ids and digests of what is never taken again."""
    allow_removal: bool = False
    unasked: bool = False
    """Whether the program builds by itself: then a source that is missing holds up nothing else."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The documents of an edition, and what became of every file and source."""

    documents: list[tuple[Document, Sequence[Passage]]]
    files: list[SourceFile]
    roots: list[SourceRoot]
    asked: list[tuple[str, str, Asked]] = field(default_factory=list)
    """Document id and path with how people ask for one of its sections, from the files beside the documents."""


@dataclass(slots=True)
class _Sorted:
    """What was read, on its way through naming, copies and versions."""

    pieces: list[Piece] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    others: list[SourceFile] = field(default_factory=list)


def gather(
    sources: Sequence[Source],
    before: Before,
    local: Local,
    rules: Rules,
    on_load: Callable[[int, int], None],
    spool: Spool,
) -> Gathered:
    """Read all sources; the passages of their documents are put into the spool.

    Raises:
        SourceMissing: one that nothing came from before is not there, and a person named it.
    """
    looked = [look(source, before, strict=not rules.unasked) for source in sources]
    got = _read(looked, before, local, rules, on_load, spool)
    _compare(got, before, [one.source.name for one in looked])
    roots = _guard(got, looked, before, rules)
    got.pieces = with_versions([_as_sources_say(piece, looked) for piece in got.pieces])
    files = [*(before.same(p.as_source()) for p in got.pieces), *(h.as_source() for h in got.held), *got.others]
    files += [SourceFile(path=local.source, refused=why) for why in unasked(local, got.pieces)]
    documents = [(piece.document, piece.passages) for piece in got.pieces]
    asked = [(piece.document.id, piece.path, one) for piece in got.pieces for one in piece.asked]
    return Gathered(documents, sorted(files, key=lambda file: file.path), roots, asked)


def _aside(piece: Piece, spool: Spool) -> Piece:
    """The piece with its passages on disk; those of an unchanged file are there already."""
    read = isinstance(piece.passages, tuple)
    return replace(piece, passages=put_aside(spool, piece.passages)) if read else piece


def _unless_purged(one: Piece | Held, rules: Rules) -> Piece | Held:
    why = why_not(one.document.id, one.digest, rules.purged) if isinstance(one, Piece) else ""
    return Held(one.path, one.root, why, keeps=False) if why else one


def _as_sources_say(piece: Piece, looked: Sequence[Looked]) -> Piece:
    """A version that was kept, with what its source says by now: it may have been for more people before."""
    said = next((one.source.defaults for one in looked if one.source.name == piece.root), None)
    return replace(piece, document=said.applied(piece.document)) if piece.kept and said is not None else piece


def _read(
    looked: Sequence[Looked],
    before: Before,
    local: Local,
    rules: Rules,
    on_load: Callable[[int, int], None],
    spool: Spool,
) -> _Sorted:
    with tempfile.TemporaryDirectory(prefix="prevention-hub-") as work:
        opened = Unpacking(Path(work), before).all(list(_each_once(looked)))
        sidecars = [*(sidecar for one in looked for sidecar in one.found.sidecars), *opened.sidecars]
        files = [taken.path for taken in opened.files]
        defaults = {one.source.name: one.source.defaults for one in looked}
        reader = Reader(before, local, rules.ceiling, rules.audiences, Beside(sidecars, files), defaults)
        got = _Sorted(held=opened.held, others=opened.others)
        got.held += _behind_shut_doors(looked, before)
        got.others += _not_documents(looked, sidecars, [*files, *_holders(opened)], opened)
        own = {one.source.name for one in looked if root_of(one).own}
        on_load(0, len(files))
        for number, taken in enumerate(opened.files, 1):
            one = _unless_purged(read := reader.read(taken), rules)
            if isinstance(one, Piece):
                got.pieces.append(_aside(one, spool))
            elif isinstance(read, Held) or taken.root not in own:
                got.held.append(one)  # but nobody can delete a purged file that comes with the program
            on_load(number, len(files))
        return got


def _each_once(looked: Sequence[Looked]) -> Iterator[Taken]:
    """Every file with the first source that has it."""
    seen: set[Path] = set()
    for one in looked:
        for path in one.found.files:
            if (place := path.resolve()) not in seen:
                seen.add(place)
                yield Taken(path, one.source.name, shown(path))


def _holders(opened: Unpacked) -> list[Path]:
    """The files that others were taken out of, which sidecars may describe too."""
    return list(dict.fromkeys(holder for taken in opened.files for holder in taken.holders))


def _behind_shut_doors(looked: Sequence[Looked], before: Before) -> Iterator[Held]:
    """What came from folders that cannot be opened now: its last version is kept."""
    for one in looked:
        for folder in (passed for passed in one.found.passed_over if passed.shut):
            below = f"{shown(folder.path)}/"
            yield from (Held(path, one.source.name, folder.why) for path in before.files if path.startswith(below))


def _not_documents(
    looked: Sequence[Looked], sidecars: Sequence[Path], files: Sequence[Path], opened: Unpacked
) -> Iterator[SourceFile]:
    for one in looked:
        for passed in one.found.passed_over:
            yield SourceFile(path=shown(passed.path), root=one.source.name, passed_over=passed.why)
    for sidecar, why in without_a_file(list(dict.fromkeys(sidecars)), files):
        yield SourceFile(path=opened.name_of(sidecar), passed_over=why)


def _compare(got: _Sorted, before: Before, roots: Sequence[str]) -> None:
    """Keep what cannot be read, drop copies, and give every document an id of its own."""
    kept = {piece.path: piece for one in got.held if (piece := before.instead_of(one)) is not None}
    pieces, copies = without_copies([*got.pieces, *kept.values()], roots, before.files.keys())
    ids = {path: file.document for path, file in before.files.items()}
    pieces, same = with_ids(pieces, ids)
    # a kept version whose id another file has taken by now is that file's earlier version
    got.pieces = [piece for piece in pieces if not piece.kept or piece.document.id == ids[piece.path]]
    served = {piece.path for piece in got.pieces if piece.kept}
    got.held = [one for one in got.held if one.path not in served] + same
    got.others += copies


def _guard(got: _Sorted, looked: Sequence[Looked], before: Before, rules: Rules) -> list[SourceRoot]:
    """Add what sources lost at once, unless a person allowed that; what became of each source."""
    if rules.allow_removal:
        return [root_of(one) for one in looked]
    gone_well = {file.path for file in got.others if file.copy_of}
    gone_well |= {one.path for one in got.held if not one.keeps}
    roots = []
    for one in looked:
        gone_well |= set(_taken_back(one, before))
        kept, root = kept_of(one, before, got.pieces, gone_well, rules.share)
        got.pieces += kept
        roots.append(root)
    return roots


def _taken_back(looked: Looked, before: Before) -> Iterator[str]:
    """Paths of what a source had and may not be kept, since it is for some people only by now; archives as a whole."""
    names = [shown(path) for path in taken_back(looked.found.sidecars, looked.found.files)]
    for file in before.of_root(looked.source.name):
        if any(file.path == name or file.path.startswith(f"{name}/") for name in names):
            yield file.path
