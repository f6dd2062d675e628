"""The list of sources: one file in the data folder, which commands edit and people may."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import tomlkit

from indexer.loaders.fields.marking import stated_marking
from indexer.sources.folder import FolderSource, absolute
from indexer.sources.graph_groups import groups_of
from indexer.sources.schedule import Looks, every
from indexer.sources.source import Defaults
from knowledge.audience import audience_of
from knowledge.manifest import LibraryError
from knowledge.passages import Marking
from knowledge.store.folder import replace_text

BROUGHT = ("web", "graph", "uploads")
"""Folders of the data folder into which guidance is brought: of sites, of document libraries, and by admins."""
_HEAD = """\
# Where guidance comes from, beside the starter library and what the hub approved.
# prevention-hub index sources add|remove|list|check
"""


def check_said(said: Mapping[str, str]) -> None:
    """Do nothing if these values can be read; LibraryError if not."""
    every(said.get("every", ""))
    groups_of(said.get("groups", ""))
    try:
        stated_marking(said.get("marking", ""))
    except ValueError as error:
        raise LibraryError(f"'{said['marking']}' is no marking. Write {' or '.join(Marking)}.") from error


@dataclass(frozen=True, slots=True)
class SourceList:
    """The folders and files that every edition is built from."""

    file: Path
    older: Path | None = None
    """The list as earlier versions kept it; read until there is a new one."""

    @property
    def looks(self) -> Looks:
        """What became of the last look at each."""
        return Looks(self.file.with_name("sources-looked-at.json"))

    @property
    def is_kept(self) -> bool:
        """Whether there is a list, even an empty one."""
        return self.file.exists() or (self.older is not None and self.older.exists())

    def paths(self) -> list[Path]:
        """The sources in the order in which they were added.

        Raises:
            LibraryError: the file cannot be understood: without it, guidance would be lost in silence.
        """
        return [Path(str(entry["path"])) for entry in self.entries()]

    def entries(self) -> list[dict[str, Any]]:
        """Path, by whom and when each was added; LibraryError as above."""
        try:
            entries = tomllib.loads(self.file.read_text(encoding="utf-8-sig")).get("source", [])
        except FileNotFoundError:
            return [{"path": path} for path in self._older()]
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise LibraryError(f"{self.file} cannot be read: {error}. Mend it; nothing is built until then.") from error
        if not isinstance(entries, list) or any(not isinstance(e, dict) or not e.get("path") for e in entries):
            raise LibraryError(f'{self.file} is wrong. Write [[source]] and below it path = "…" for each source.')
        return entries

    def source(self, path: Path) -> FolderSource:
        """A source of the list, with what it says of its documents; LibraryError where that is wrong."""
        entry = self._entry(path)
        try:
            marking = stated_marking(str(entry.get("marking", "")))
        except ValueError as error:
            known = " or ".join(Marking)
            raise LibraryError(
                f"{self.file} says of {path} the marking '{entry['marking']}'. Write {known}."
            ) from error
        said = entry.get("audience", "")
        audience = audience_of(map(str, said) if isinstance(said, list) else str(said))
        return FolderSource(path, defaults=Defaults(" ".join(str(entry.get("owner", "")).split()), marking, audience))

    def every(self, path: Path) -> timedelta:
        """How often a source is looked at; LibraryError where that is wrong."""
        return every(str(self._entry(path).get("every", "")))

    def groups(self, path: Path) -> dict[str, str]:
        """Group of a document library to the audience that it is mapped to; LibraryError where that is wrong."""
        return groups_of(str(self._entry(path).get("groups", "")))

    def _entry(self, path: Path) -> Mapping[str, Any]:
        return next((entry for entry in self.entries() if Path(str(entry["path"])) == absolute(path)), {})

    def say(self, paths: Sequence[Path], **said: str) -> None:
        """Write down of sources of the list who owns them, and so on; an empty text takes it out again.

        Raises:
            LibraryError: a value is wrong; then nothing is written.
        """
        check_said(said)
        document, wanted = self._document(), set(map(absolute, paths))
        for entry in document.get("source", []):
            if Path(str(entry["path"])) in wanted:
                for name, text in said.items():
                    entry.pop(name, None)
                    if text.strip():
                        entry[name] = stated_marking(text).value if name == "marking" else text.strip()
        self._write(document)

    def refuse_own(self, paths: Sequence[Path]) -> None:
        """Refuse the program's own data folder and what is in it, which would be read as guidance.

        Raises:
            LibraryError: one of the paths is there, and not where guidance is brought to be read.
        """
        data = self.file.parent.resolve()
        for path in paths:
            place = path.resolve()
            brought = place != data and place.is_relative_to(data) and place.relative_to(data).parts[0] in BROUGHT
            if place.is_relative_to(data) and not brought:
                raise LibraryError(f"{path} is the program's own data folder, or in it. Name a folder of guidance.")

    def add(self, paths: Sequence[Path], by: str) -> list[Path]:
        """Add what is not in the list yet; those that were new."""
        known = set(self.paths())
        new = [path for path in dict.fromkeys(map(absolute, paths)) if path not in known]
        if new or not self.file.exists():
            document = self._document()
            for path in new:
                entry = tomlkit.table()
                entry.update({"path": str(path), "added_by": by, "added_at": datetime.now(UTC).replace(microsecond=0)})
                document.setdefault("source", tomlkit.aot()).append(entry)
            self._write(document)
        return new

    def remove(self, path: Path) -> bool:
        """Take a source out of the list; whether it was in it."""
        document, gone = self._document(), absolute(path)
        entries = [entry for entry in document.get("source", []) if Path(str(entry["path"])) != gone]
        if len(entries) == len(document.get("source", [])):
            return False
        kept = tomlkit.aot()
        for entry in entries:
            kept.append(entry)
        document["source"] = kept if entries else tomlkit.array()
        self._write(document)
        return True

    def _older(self) -> list[str]:
        try:
            return [str(path) for path in json.loads(self.older.read_text(encoding="utf-8-sig"))] if self.older else []
        except (OSError, ValueError):
            return []

    def _document(self) -> Any:
        """The file as it is, comments and all; with what an earlier version kept, if it is not there yet."""
        self.entries()  # refuses a file that cannot be understood, before it is written anew
        if self.file.exists():
            document = tomlkit.parse(self.file.read_text(encoding="utf-8-sig"))
            if not document.get("source"):
                document.pop("source", None)
            return document
        document = tomlkit.parse(_HEAD)
        for path in self._older():
            document.setdefault("source", tomlkit.aot()).append(tomlkit.item({"path": path}))
        return document

    def _write(self, document: Any) -> None:
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            replace_text(self.file, tomlkit.dumps(document))
        except OSError as error:
            raise LibraryError(f"{self.file} cannot be written ({error.strerror}). Check its rights.") from error
