"""What a TOML file beside a document says of it: owner, status, dates and the rest, for any format.

`policy.pdf.toml` (or `policy.toml`) describes `policy.pdf`; `_folder.toml` describes every file in its folder and
below, and single files in tables: [files."policy.pdf"]. What is nearer to a file counts more.
"""

from __future__ import annotations

import difflib
import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from indexer.loaders.blocks import Loaded
from indexer.loaders.fields.marking import HIGH, key_of, with_one_marking, without_kinds
from indexer.loaders.fields.wrong import MARKING_NAMES, WANTED
from indexer.loaders.front_matter import FrontMatter, slug
from knowledge.audience import audience_of
from knowledge.passages import Document, Marking, Status

FOLDER_TABLE = "_folder.toml"
FILES = "files"
TOO_HIGH = "It is marked"
"""How a refusal begins that says a document is marked above what may be held."""
_OF_ONE_FILE = frozenset({"id", "title", "summary", "link", "phrasings", "version"})
"""What is said of one document only."""
_OTHER_NAMES = {**dict.fromkeys(MARKING_NAMES, "classification"), "url": "link"}


class SidecarRefused(Exception):
    """A sidecar cannot be used; the message is one sentence with the file and the remedy."""


class Asked(BaseModel):
    """How people ask for one section."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    heading: str
    asked: tuple[Annotated[str, Field(min_length=1, max_length=300)], ...]


def _strict_status(value: Any) -> Any:
    key = str(value).strip().lower().replace("-", "_").replace(" ", "_")
    if key not in list(Status):
        raise ValueError(f"it is none of {', '.join(Status)}")
    return Status(key)


class Fields(FrontMatter):
    """What a sidecar may say: the fields of a front matter, and a few more; nothing else."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    status: Annotated[Status, BeforeValidator(_strict_status)] = Status.NOT_STATED
    version: str = ""
    jurisdiction: str = ""
    phrasings: tuple[Asked, ...] = ()

    @field_validator("law_checked_on")
    @classmethod
    def _is_past(cls, day: date | None) -> date | None:
        if day is not None and day > datetime.now(UTC).date():
            raise ValueError(f"{day} is still to come, and no law was checked on it")
        return day

    @field_validator("link")
    @classmethod
    def _is_an_address(cls, link: str) -> str:
        if link and not link.startswith(("https://", "http://")):
            raise ValueError("it does not begin with https://")
        return link


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What is said of one file, from all files that say something of it."""

    said: Mapping[str, Any] = field(default_factory=dict)
    sources: tuple[Path, ...] = ()
    own: bool = False
    """Whether something is said of this file by its name, and not only of its folder."""
    notes: tuple[str, ...] = ()
    """What is to be told of what was said and does not count."""

    @property
    def digest(self) -> str:
        """Changes when anything that is said changes."""
        text = "\n".join([*(f"{name}={self.said[name]!r}" for name in sorted(self.said)), *self.notes])
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]

    @property
    def id(self) -> str:
        """The id that is stated, as documents have it; empty if none is."""
        return slug(str(self.said["id"])) if self.said.get("id") else ""

    def within(self, holder: Sidecar) -> Sidecar:
        """The same for a file inside another, which what is said of that one concerns too: its marking, its owner."""
        shared = {name: value for name, value in holder.said.items() if name not in _OF_ONE_FILE}
        if not shared and not holder.notes:
            return self
        sources, notes = (*holder.sources, *self.sources), (*holder.notes, *self.notes)
        return Sidecar({**shared, **self.said}, sources, self.own, notes)

    def fields(self) -> Fields:
        """What is said, checked. SidecarRefused names what is wrong."""
        return check(self.said, self.sources[-1] if self.sources else Path(FOLDER_TABLE))


def check(said: Mapping[str, Any], file: Path) -> Fields:
    """The fields of a sidecar.

    Raises:
        SidecarRefused: a field is not known, or its value is wrong.
    """
    try:
        return Fields.model_validate(_named(said))
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        if name == "classification" and HIGH.search(str(first["input"])):
            raise SidecarRefused(f"{TOO_HIGH} {first['input']}, above what this library may hold.") from error
        if first["type"] == "extra_forbidden":
            raise SidecarRefused(f"{file.name} says '{name}', which is not known.{_meant(name)}") from error
        why = first["msg"].removeprefix("Value error, ")
        remedy = f" Write {WANTED[name]}." if name in WANTED else ""
        raise SidecarRefused(f"{file.name} is wrong at '{name}': {why}.{remedy}") from error


def _meant(name: str) -> str:
    names = sorted({*Fields.model_fields, *_OTHER_NAMES})
    near = difflib.get_close_matches(name, names, 1)
    return f" Did you mean '{near[0]}'?" if near else f" Known are: {', '.join(names)}."


def names_for(file: Path) -> tuple[Path, Path]:
    """The two names that a file's own sidecar may have: policy.pdf.toml, policy.toml."""
    return file.with_name(f"{file.name}.toml"), file.with_suffix(".toml")


class Beside:
    """The files and the sidecars of one build; each file is looked up among them without going through them all."""

    def __init__(self, sidecars: Iterable[Path], files: Iterable[Path]) -> None:
        self.sidecars = frozenset(sidecars)
        self._tables = frozenset(one.parent for one in self.sidecars if one.name == FOLDER_TABLE)
        self._alike: dict[Path, list[str]] = {}
        for file in files:
            self._alike.setdefault(file.with_suffix(""), []).append(file.name)

    def tables_of(self, file: Path) -> list[Path]:
        """The tables of the folders that a file is in, outmost first."""
        return [folder / FOLDER_TABLE for folder in reversed(file.parents) if folder in self._tables]

    def alike(self, file: Path) -> list[str]:
        """The names of the files of its folder that differ in their endings only."""
        return self._alike.get(file.with_suffix(""), [])


def sidecar_of(file: Path, beside: Beside) -> Sidecar:
    """What is said of a file; what is nearer to it counts more.

    Raises:
        SidecarRefused: one of its sidecars cannot be read, or it is not clear which file is meant.
    """
    tables = beside.tables_of(file)
    said: dict[str, Any] = {}
    used: list[Path] = []
    notes: list[str] = []
    by_name = False
    for table in tables:
        whole = _read(table)
        files = whole.pop(FILES, {})
        own = files.get(file.relative_to(table.parent).as_posix(), {}) if isinstance(files, dict) else {}
        said.update({**_counted(whole, table, notes), **_counted(own, table, notes)})
        by_name = by_name or bool(own)
        used.append(table)
    for own_file in names_for(file):
        if own_file in beside.sidecars:
            _only_one(file, own_file, beside)
            said.update(_counted(_read(own_file), own_file, notes))
            used.append(own_file)
            by_name = True
            break
    return Sidecar(said, tuple(used), by_name, tuple(notes))


def _counted(said: Mapping[str, Any], file: Path, notes: list[str]) -> dict[str, Any]:
    """The fields of one sidecar that count; of others it is noted why they do not."""
    kept, told = without_kinds(said, file.name)
    notes += told
    return _named(kept)


def _named(said: Mapping[str, Any]) -> dict[str, Any]:
    """The fields by the names that documents have for them; of several markings the strictest counts."""
    return {name_of(name): value for name, value in with_one_marking(said).items()}


def name_of(name: str) -> str:
    """The name that documents have for a field, however it is written."""
    return _OTHER_NAMES.get(key_of(name), key_of(name))


def _only_one(file: Path, sidecar: Path, beside: Beside) -> None:
    if sidecar == file.with_name(f"{file.name}.toml"):
        return
    others = beside.alike(file)
    if len(others) > 1:
        raise SidecarRefused(
            f"{sidecar.name} may mean {' or '.join(sorted(others))}. Name it {file.name}.toml, for instance."
        )


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SidecarRefused(f'{file.name} is not valid TOML ({error}). Write name = "value", in quotes.') from error


def without_a_file(sidecars: Sequence[Path], files: Sequence[Path]) -> list[tuple[Path, str]]:
    """Sidecars that describe nothing: a misspelt name, most likely."""
    meant = {name for file in files for name in names_for(file)}
    found = []
    for sidecar in sidecars:
        if sidecar.name == FOLDER_TABLE:
            found += [(sidecar, f"It describes '{name}', which is not there.") for name in _missing(sidecar, files)]
        elif sidecar not in meant:
            found.append((sidecar, _why_alone(sidecar)))
    return found


def taken_back(sidecars: Iterable[Path], files: Sequence[Path]) -> list[Path]:
    """Files that are not here any more, and of which it is said that they are for some people only."""
    meant = {name for file in files for name in names_for(file)}
    return [one.with_suffix("") for one in sidecars if one not in meant and _is_for_some(one)]


def _is_for_some(sidecar: Path) -> bool:
    try:
        return bool(audience_of(str(_read(sidecar).get("audience", ""))))
    except SidecarRefused:
        return False


def _why_alone(sidecar: Path) -> str:
    if _is_for_some(sidecar):
        return "What it describes is for some people only, and was taken out."
    return "It describes no file here. Name it after one, such as policy.pdf.toml."


def _missing(table: Path, files: Sequence[Path]) -> list[str]:
    try:
        own = _read(table).get(FILES, {})
    except SidecarRefused:
        return []  # told for each file that it should describe
    here = {file.relative_to(table.parent).as_posix() for file in files if file.is_relative_to(table.parent)}
    return sorted(own.keys() - here) if isinstance(own, dict) else []


def described(loaded: Loaded, sidecar: Sidecar) -> Loaded:
    """The document with what its sidecar says; a marking is never lowered.

    Raises:
        SidecarRefused: what it says is wrong.
    """
    loaded = replace(loaded, notes=(*loaded.notes, *sidecar.notes))
    if not sidecar.said:
        return loaded
    said, was = sidecar.fields(), loaded.document
    document, notes = replace(was, **_changes(said, sidecar.said, was)), loaded.notes
    if "status" in sidecar.said and document.status.is_current and not was.status.is_current:
        notes = (*notes, f"Its text or name says {was.status.value}, its sidecar {document.status.value}: that counts.")
    standing = sidecar.sources[-1].name if "status" in sidecar.said and sidecar.sources else loaded.standing
    return replace(loaded, document=document, notes=notes, standing=standing)


def _changes(said: Fields, stated: Mapping[str, Any], was: Document) -> dict[str, Any]:
    texts = {name: " ".join(getattr(said, name).split()) for name in _TEXTS if name in stated}
    changes: dict[str, Any] = {**texts, **{name: getattr(said, name) for name in _AS_THEY_ARE if name in stated}}
    if "id" in stated:
        changes["id"] = slug(said.id)
    if "classification" in stated:
        changes["marking"] = max(was.marking, said.classification, key=list(Marking).index)
    if "uncertain" in stated:
        changes["uncertain"] = tuple(said.uncertain)
    if "local_fill" in stated:
        changes |= {"local_fill": tuple(said.local_fill), "unset": tuple(said.local_fill)}
    return changes


_TEXTS = ("title", "summary", "owner", "handling", "link", "version", "audience", "jurisdiction", "subject")
_AS_THEY_ARE = ("status", "law_checked_on", "review_by")
