"""One file to one piece: used again where nothing changed, read otherwise, held back where it cannot be."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from indexer import chunker
from indexer.gathering.before import Before
from indexer.gathering.piece import Held, Piece, inputs_of, unstorable
from indexer.gathering.unpacking import Taken
from indexer.loaders import Loaded, load_all
from indexer.loaders.front_matter import LONGEST, slug
from indexer.loaders.markings import highest
from indexer.loaders.readers import reader_of
from indexer.local import Local, fill
from indexer.sidecar import TOO_HIGH, Beside, Sidecar, SidecarRefused, described, sidecar_of
from indexer.sources import Defaults, shown
from knowledge.audience import names_in
from knowledge.passages import Document, Marking

_ID = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:(?!---).*\n)*?id[ \t]*:", re.IGNORECASE)
log = logging.getLogger(__name__)
_UNEXPECTED = "It cannot be read: it makes the program fail ({name}). Save it again as a simple PDF or as text."


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the files of one build."""

    before: Before
    local: Local
    ceiling: Marking
    audiences: Collection[str]
    """Those that the settings know."""
    beside: Beside
    defaults: Mapping[str, Defaults] = field(default_factory=dict)
    """By source, what it says of all its documents."""

    def read(self, taken: Taken) -> Piece | Held:
        """The document of one file, or why it is not taken; no file ends a build."""
        try:
            return self._read(taken)
        except SidecarRefused as error:
            return self._held(taken, str(error))
        except Exception as error:  # whatever a library makes of a hostile file
            log.exception("Reading %s failed", taken.name)
            return self._held(taken, _UNEXPECTED.format(name=type(error).__name__))

    def _read(self, taken: Taken) -> Piece | Held:
        beside = self._beside(taken)
        again = self._unchanged(taken, beside)
        if again is not None and (why := self._not_published(again.document)):
            return Held(taken.name, taken.root, why, keeps=False)
        if again is not None:
            stated = bool(beside.id) or _states_id(taken.path)
            return replace(again, root=taken.root, stated=stated, **_said(beside))
        loaded, refused = load_all([taken.path], named=taken.name if taken.holders else "")
        if refused:
            held = self._held(taken, refused[0].reason)
            return held if self._may_stay(taken, beside) else replace(held, keeps=False)
        return self._cut(taken, loaded[0], beside)

    def _beside(self, taken: Taken) -> Sidecar:
        """What is said of a file; of one inside another also what is said of that one, where it may concern both."""
        own = sidecar_of(taken.path, self.beside)
        for holder in reversed(taken.holders):
            own = own.within(sidecar_of(holder, self.beside))
        return own

    def _unchanged(self, taken: Taken, beside: Sidecar) -> Piece | None:
        old = self.before.files.get(taken.name)
        if old is None or old.digest != _digest(taken.path):
            return None
        document = self.before.document(old)
        if document is None:
            return None
        return self.before.unchanged(old, inputs_of(old.digest, self._beyond(taken, beside), document, self.local))

    def _cut(self, taken: Taken, loaded: Loaded, beside: Sidecar) -> Piece | Held:
        named = loaded.document.id
        item = fill(described(loaded, beside), self.local)
        document = self._of(taken).applied(item.document, beside.said)
        marking = Marking(highest([document.marking.value, taken.marking]))
        document = replace(document, source=shown(document.source), marking=marking)
        why, passages = self._not_published(document), tuple(chunker.chunk(replace(item, document=document)))
        why_not = unstorable(document, passages)
        if why or why_not:
            return Held(taken.name, taken.root, why or why_not, keeps=not why)
        return Piece(
            path=taken.name,
            root=taken.root,
            document=document,
            passages=passages,
            digest=item.digest,
            inputs=inputs_of(item.digest, self._beyond(taken, beside), item.document, self.local),
            stated=bool(beside.id) or named != slug(taken.path.stem) or _states_id(taken.path),
            notes=item.notes,
            reader=reader_of(taken.path.suffix.lower()),
            **_said(beside),
        )

    def _of(self, taken: Taken) -> Defaults:
        return self.defaults.get(taken.root, Defaults())

    def _beyond(self, taken: Taken, beside: Sidecar) -> str:
        """Digest of what is said of a file beside it, by its source, and by what it is in."""
        return beside.digest + self._of(taken).digest + taken.marking

    def _may_stay(self, taken: Taken, beside: Sidecar) -> bool:
        """Whether the last version of a file that cannot be read may stay: not if it was for more than it is now."""
        old = self.before.files.get(taken.name)
        document = self.before.document(old) if old is not None else None
        now = beside.fields().audience if "audience" in beside.said else self._of(taken).audience
        return document is None or not now or document.audience == now

    def _not_published(self, document: Document) -> str:
        """Why a document that can be read is nevertheless kept out, its last version too."""
        ranks = list(Marking)
        if ranks.index(document.marking) > ranks.index(self.ceiling):
            return (
                f"{TOO_HIGH} {document.marking.value}, above what is shown anywhere here ({self.ceiling.value}). "
                "Keep it out, or raise PREVENTION_HUB_CEILING."
            )
        unknown = sorted(names_in(document.audience) - set(self.audiences))
        if unknown:
            return (
                f"It is for {document.audience} only, and PREVENTION_HUB_AUDIENCES does not say who is in: "
                f"{', '.join(unknown)}. List them there, or take the audience away."
            )
        return ""

    def _held(self, taken: Taken, reason: str) -> Held:
        """Held back; what is marked too high now was not meant to be shown before either."""
        return Held(taken.name, taken.root, reason, keeps=not reason.startswith(TOO_HIGH))


def _said(beside: Sidecar) -> dict[str, Any]:
    """What is taken from beside a file whether or not the file itself is read again."""
    return {"described": bool(beside.sources), "asked": beside.fields().phrasings if beside.said else ()}


def _states_id(path: Path) -> bool:
    """Whether a file's front matter states its id: then two files of one id are a mistake, not a coincidence."""
    try:
        with path.open("rb") as stream:
            head = stream.read(LONGEST)
    except OSError:
        return False
    return bool(_ID.match(head))


def _digest(path: Path) -> str:
    """SHA-256 of a file; empty where it cannot be opened, which reading it says better."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
