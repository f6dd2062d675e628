"""What archives and messages hold, as files of the source they were found in: "calls.zip/policy.docx"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.gathering.before import Before
from indexer.gathering.piece import Held
from indexer.loaders import HOLDERS, LoadRefused, unpack_in_child
from indexer.loaders.mail import KINDS as MAIL
from indexer.loaders.markings import HIGHEST_HELD, RANKS, highest, too_high
from indexer.sources import FolderSource, SourceMissing, shown
from knowledge.manifest import SourceFile

_NESTED = "It is an archive inside another file. Unpack it and put its files beside it."
_MANY_NESTED = "It holds {count} archives that are not opened ({named}). Unpack them and put their files beside it."
_MOST_NAMED = 3
_DEEPEST = 2
"""A message in an archive, or in another message, may hold files; what those hold is not opened."""
_TOO_DEEP = "It is inside a message inside another file. Save it as a file of its own beside it."
_NOTHING = "It holds no file."
_UNPACKED = "Its {count} file{s} are documents of their own."


@dataclass(frozen=True, slots=True)
class Taken:
    """A file to be read."""

    path: Path
    """Where it can be read now."""
    root: str
    """Name of the source it was found in."""
    name: str
    """What the library knows it as: its path, or that of the file it is in, with its own name."""
    holders: tuple[Path, ...] = ()
    """The files it is in, the outermost first."""
    marking: str = ""
    """The highest marking of those files."""

    @property
    def holds_files(self) -> bool:
        return self.path.suffix.lower() in HOLDERS

    @property
    def is_message(self) -> bool:
        return self.path.suffix.lower() in MAIL


@dataclass(slots=True)
class Unpacked:
    """The files to be read, with those that were inside others, and what is said of the rest."""

    files: list[Taken] = field(default_factory=list)
    sidecars: list[Path] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    others: list[SourceFile] = field(default_factory=list)
    names: dict[Path, str] = field(default_factory=dict)
    """What the library calls folders that were made for this build."""

    def name_of(self, path: Path) -> str:
        """What the library calls a file."""
        for folder, name in self.names.items():
            if path.is_relative_to(folder):
                return f"{name}/{shown(path.relative_to(folder))}"
        return shown(path)


class Unpacking:
    """Unpacks into a folder that lives as long as the build reads."""

    def __init__(self, work: Path, before: Before) -> None:
        self._work, self._before = work, before
        self._made = 0
        self._got = Unpacked()

    def all(self, files: Sequence[Taken]) -> Unpacked:
        """These files, and what those of them hold that hold others."""
        for taken in files:
            self._take(taken)
        return self._got

    def _take(self, taken: Taken) -> None:
        if not taken.holds_files or taken.is_message:
            self._got.files.append(taken)
        if taken.holds_files:
            self._open(taken)

    def _open(self, taken: Taken) -> None:
        if taken.holders and not taken.is_message:
            self._hold(taken, _NESTED)
            return
        self._made += 1
        folder = self._work / str(self._made)
        folder.mkdir()
        try:
            count, marking = unpack_in_child(taken.path, folder)
            found = FolderSource(folder).look()
        except (LoadRefused, SourceMissing) as error:
            self._hold(taken, str(error))
            return
        if count and len(taken.holders) >= _DEEPEST:
            self._hold(taken, _TOO_DEEP)
            return
        if not taken.is_message:
            said = _UNPACKED.format(count=count, s="" if count == 1 else "s") if count else _NOTHING
            self._got.others.append(SourceFile(path=taken.name, root=taken.root, passed_over=said))
        self._got.names[folder] = taken.name
        self._got.sidecars += found.sidecars
        for passed in found.passed_over:
            name = self._got.name_of(passed.path)
            self._got.others.append(SourceFile(path=name, root=taken.root, passed_over=passed.why))
        marking = highest([taken.marking, marking])
        nested = [file for file in found.files if _is_archive(file)]
        if len(nested) > 1:
            self._hold_nested(taken, nested)
        for file in found.files:
            if len(nested) > 1 and _is_archive(file):
                continue
            inside = Taken(file, taken.root, self._got.name_of(file), (*taken.holders, taken.path), marking)
            if RANKS.index(marking) > HIGHEST_HELD:
                self._got.held.append(Held(inside.name, taken.root, too_high(marking), keeps=False))
            else:
                self._take(inside)

    def _hold_nested(self, taken: Taken, nested: Sequence[Path]) -> None:
        """Many archives in one are told in a line: forty would hide what else there is to mend."""
        named = ", ".join(shown(Path(file.name)) for file in nested[:_MOST_NAMED])
        more = ", …" if len(nested) > _MOST_NAMED else ""
        why = _MANY_NESTED.format(count=len(nested), named=f"{named}{more}")
        self._got.held.append(Held(taken.name, taken.root, why, keeps=False))

    def _hold(self, taken: Taken, why: str) -> None:
        """A file that cannot be opened; the documents that it held before are kept as long as it stays so."""
        if not taken.is_message:  # reading a message says the same of it
            self._got.held.append(Held(taken.name, taken.root, why))
        below = f"{taken.name}/"
        inside = [path for path in self._before.files if path.startswith(below)]
        self._got.held += [Held(path, taken.root, why) for path in inside]


def _is_archive(file: Path) -> bool:
    return file.suffix.lower() in HOLDERS and file.suffix.lower() not in MAIL
