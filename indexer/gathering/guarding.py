"""A source that is missing, empty or much smaller than it was keeps what it had, until a person says otherwise."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from indexer.gathering.before import Before
from indexer.gathering.piece import Piece
from indexer.sources import FolderSource, Found, Source, SourceMissing
from knowledge.manifest import SourceFile, SourceRoot

SHARE = 0.2
"""Share of a source's documents that may go at once."""
ALWAYS = 1
"""Documents that may go whatever their share: taking one out is everyday work."""
_REMEDY = (
    'If they are meant to go: prevention-hub index build --allow-removal --why "…", '
    "or for the whole source: prevention-hub index sources remove"
)


@dataclass(frozen=True, slots=True)
class Looked:
    """A source with what it has now, or why that cannot be said."""

    source: Source
    found: Found
    trouble: str = ""


def look(source: Source, before: Before, *, strict: bool) -> Looked:
    """What a source has now. One that had documents before is never simply missing.

    Raises:
        SourceMissing: it is not there and nothing came from it before; only where `strict`.
    """
    had = bool(before.of_root(source.name)) or source.name in before.roots
    try:
        found = source.look()
    except SourceMissing as error:
        if not had and strict:
            raise
        return Looked(source, Found(), str(error))
    if source.guarded and not found.files and (had or strict):
        if not had:
            raise SourceMissing(f"{source.name} holds no file. Name a folder that does, or look whether it is mounted.")
        return Looked(source, found, "It holds no file at all. Look whether it is mounted.")
    return Looked(source, found)


def root_of(looked: Looked, trouble: str = "") -> SourceRoot:
    """What the manifest says of a source."""
    source = looked.source
    own = isinstance(source, FolderSource) and source.own
    return SourceRoot(path=source.name, files=len(looked.found.files), trouble=trouble, own=own)


def kept_of(
    looked: Looked, before: Before, now: Sequence[Piece], gone_well: Collection[str], share: float
) -> tuple[list[Piece], SourceRoot]:
    """The documents that a source lost and keeps, and what the manifest says of it.

    `gone_well` are paths whose document is not lost although it is not among those of `now`: copies, for instance.
    """
    source = looked.source
    root = root_of(looked, looked.trouble)
    had = before.of_root(source.name)
    here = {piece.document.id for piece in now} | {piece.path for piece in now} | set(gone_well)
    lost = [file for file in had if file.document not in here and file.path not in here]
    pieces = [piece for file in lost if (piece := before.kept(file, _why(looked, file))) is not None]
    texts = {piece.text_digest for piece in now} if pieces else set()
    pieces = [piece for piece in pieces if not piece.passages or piece.text_digest not in texts]
    if not source.guarded or not pieces:
        return [], root
    if not looked.trouble and (len(pieces) <= ALWAYS or len(pieces) <= share * len(had)):
        return [], root
    trouble = looked.trouble or f"{len(pieces)} of its {len(had)} documents are gone, more than {share:.0%}."
    return pieces, root.model_copy(update={"trouble": f"{trouble} Its documents are kept. {_REMEDY} {source.name}"})


def _why(looked: Looked, file: SourceFile) -> str:
    if looked.trouble:
        return looked.trouble
    return f"too many files of {looked.source.name} are gone at once, this one among them"
