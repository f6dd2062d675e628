"""How a build ends: what it found, why it is refused, and what was published."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.difference import Difference
from knowledge.manifest import LibraryError, Manifest, SourceFile

TOLERATED = 0.05
"""Share of the golden questions that may go wrong anew: every document added moves the others a little."""
FLOOR = 0.5
"""Share of the golden questions that must go right, whatever went right before, a first edition included."""
ENOUGH = 20
"""Golden questions from which a share says anything."""
MUTED = 0.3
"""Share of the answers quoted outright that may turn into sections to choose from: a library is judged as a whole, and
what comes with it can make the judge too unsure to quote anything."""


class BuildRefused(LibraryError):
    """The build stopped before anything was published; the old edition still serves."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a golden question was answered with."""

    outcome: str
    document: str = ""
    section: str = ""
    right: bool = False

    @property
    def in_words(self) -> str:
        """For the report."""
        return " > ".join(part for part in (self.outcome, self.document, self.section) if part)


@dataclass(frozen=True, slots=True)
class Answered:
    """A golden question whose answer changes."""

    id: str
    text: str
    before: Answer
    now: Answer

    def as_json(self) -> dict[str, Any]:
        """The change for `--json`."""
        return {"id": self.id, "text": self.text, "before": self.before.in_words, "now": self.now.in_words}


@dataclass(frozen=True, slots=True)
class Golden:
    """The golden questions asked of the edition that serves and of the one that is to come."""

    questions: int = 0
    right: int = 0
    right_before: int | None = None
    worse: tuple[str, ...] = ()
    """Questions that went right before and go wrong now, a line each."""
    by_new: int = 0
    """Of those that go right, how many are told of a document that comes with this edition, which no question knows."""
    quoted: int = 0
    """Questions that are answered with a quote, and not with sections to choose from."""
    quoted_before: int | None = None
    changed: tuple[Answered, ...] = ()
    """Questions that are answered from elsewhere now, or otherwise; right or wrong."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """By question id: what the next build compares with."""
    asked_with: str = ""
    """Digest of the questions, the encoder and the code that judges: answers are compared while it stays."""
    floor: float = FLOOR

    @property
    def is_worse(self) -> bool:
        """Whether publishing would make answers worse by more than a question at the edge may turn."""
        return self.right_before is not None and self.right_before - self.right > TOLERATED * self.questions

    @property
    def is_too_low(self) -> bool:
        """Whether too few go right, whatever was before."""
        return self.questions >= ENOUGH and self.right < self.floor * self.questions

    @property
    def is_muted(self) -> bool:
        """Whether far fewer questions would be answered with a quote than now."""
        before = self.quoted_before or 0
        return before >= ENOUGH and self.quoted < (1 - MUTED) * before

    def as_json(self) -> dict[str, Any]:
        """For the manifest."""
        return {
            "questions": self.questions,
            "right": self.right,
            "right_before": self.right_before,
            "by_new": self.by_new,
            "quoted": self.quoted,
            "quoted_before": self.quoted_before,
            "worse": list(self.worse),
            "changed": [one.as_json() for one in self.changed],
            "asked_with": self.asked_with,
            "answers": {
                name: [answer.outcome, answer.document, answer.section, answer.right]
                for name, answer in self.answers.items()
            },
        }


@dataclass(frozen=True, slots=True)
class Built:
    """How a build ended."""

    manifest: Manifest
    difference: Difference
    golden: Golden
    published: bool
    past_review: tuple[str, ...] = ()
    """Documents that are new or changed and past their review date: handed over, never quoted."""
    removed: tuple[int, ...] = ()
    """Editions that were removed because enough newer ones are kept."""
    resumed: int = 0
    """Passages that a build which was stopped had encoded already."""

    @property
    def troubles(self) -> tuple[str, ...]:
        """What an admin has to mend although an edition was published, a line each."""
        roots = [f"{root.path}: {root.trouble}" for root in self.manifest.troubled]
        kept = [f"{source.path}: {source.kept_in_words}" for source in self.manifest.kept_back]
        return (*roots, *kept)


def refuse_if_worse(golden: Golden) -> None:
    """Raise BuildRefused where the golden questions say that answers would be worse, or bad."""
    if golden.is_too_low:
        raise BuildRefused(
            f"Not published: {golden.right} of {golden.questions} golden questions would go right, and at least "
            f"{golden.floor:.0%} must.{_lines(golden.worse)}\n"
            "Look whether the right encoder and the right sources are named. "
            'If it is wanted all the same, run: prevention-hub index build --force --why "…"'
        )
    if golden.is_worse:
        raise BuildRefused(
            f"Not published: {golden.right} of {golden.questions} golden questions would go right, "
            f"{golden.right_before} do now.{_lines(golden.worse)}\n"
            'If that is wanted, run: prevention-hub index build --force --why "…"'
        )
    if golden.is_muted:
        raise BuildRefused(
            f"Not published: {golden.quoted} golden questions would be answered with a quote, {golden.quoted_before} "
            "are now; the others would bring sections to choose from. Often two documents say the same: look for "
            "copies of what is indexed already.\n"
            'If that is wanted, run: prevention-hub index build --force --why "…"'
        )


def _lines(lines: Sequence[str], most: int = 10) -> str:
    return "".join(f"\n  {line}" for line in lines[:most])


def nothing_to_read(sources: Sequence[SourceFile]) -> BuildRefused:
    """No file could be read."""
    held = "".join(f"\n  {source.path}: {source.refused}" for source in sources if source.refused)
    return BuildRefused(
        "There is no guidance to publish: no file could be read. The old edition still serves."
        f"{held}\nName a folder with Markdown, text, HTML, DOCX or PDF files."
    )


def unwritable(folder: Path, error: OSError) -> BuildRefused:
    """The library's folder cannot be used."""
    if error.errno in FULL:
        return BuildRefused(_full(folder))
    why = f" The system says: {error.strerror}." if error.strerror else ""
    return BuildRefused(f"{folder} cannot be written. Name another folder with --data, or PREVENTION_HUB_DATA.{why}")


def not_written(folder: Path, error: OSError) -> BuildRefused:
    """The edition could not be finished: what happened, to which file, and what helps."""
    return BuildRefused(" ".join(_what_happened(folder, error)))


def database_trouble(folder: Path, error: Exception) -> BuildRefused:
    """SQLite could not write the edition; it tells a full disk only in words."""
    if "full" in str(error):
        return BuildRefused(_full(folder))
    return BuildRefused(
        f"The edition's database could not be written ({error}). The old edition still serves. "
        f"Look after the disk of {folder}, then run: prevention-hub index build"
    )


FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def _full(folder: Path) -> str:
    return (
        f"The disk is full: the edition could not be written, and the old one still serves. "
        f"Free some space in {folder}, then run: prevention-hub index build"
    )


def _what_happened(folder: Path, error: OSError) -> Iterator[str]:
    if error.errno in FULL:
        yield _full(folder)
        return
    what = error.strerror or type(error).__name__
    where = f": {error.filename}" if error.filename else ""
    yield f"The edition could not be written ({what}{where}). The old edition still serves."
    if error.errno in _FORBIDDEN:
        yield f"Check the rights of {folder}, then run: prevention-hub index build"
    elif error.errno == errno.ENOENT:
        yield "Another program took that file away meanwhile. Run: prevention-hub index build"
    else:
        yield f"Look after the disk of {folder}, then run: prevention-hub index build"
