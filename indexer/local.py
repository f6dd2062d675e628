"""What one force fills in: contacts, thresholds and links, from one TOML file into the documents that ask for them."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from indexer.loaders.blocks import Block, Loaded
from knowledge.manifest import LibraryError
from knowledge.passages import SET_BY_FORCE, Document

NOT_SET = "Your force has not set this."
"""The sentence in a document that stands until a force has filled it in."""

Facts = dict[str, str]
Part = TypeVar("Part", bound=BaseModel)


class Contacts(BaseModel):
    """Whom the assistant itself names."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hub: str = ""
    wellbeing: str = ""


class Wording(BaseModel):
    """The force's own words for the two signposts; each must name 999."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    incident: str = Field("", pattern=r"^$|999")
    welfare: str = Field("", pattern=r"^$|999")


class Local(BaseModel):
    """The local file, checked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    contacts: Contacts = Contacts()
    wording: Wording = Wording()
    everywhere: Facts = Field(default_factory=dict)
    """Local fact by name, for every document that asks for it."""
    documents: dict[str, Facts] = Field(default_factory=dict)
    """The same for one document, by its id; it goes before `everywhere`."""
    source: str = ""

    def value(self, document: str, name: str) -> str:
        """What the force set; empty if it did not."""
        own = _plain(self.documents.get(document, {}))
        return own.get(key_of(name)) or _plain(self.everywhere).get(key_of(name), "")


def read_local(file: Path) -> Local:
    """The local file; an empty one if there is none.

    Raises:
        LibraryError: it cannot be read, with the remedy.
    """
    try:
        fields = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return Local()
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError(f"{file} cannot be read. Save it as text in UTF-8, and check its rights.") from error
    except tomllib.TOMLDecodeError as error:
        raise LibraryError(f'{file} is not valid TOML: {error}. Write "name" = "value", in quotes.') from error
    try:
        return Local.model_validate({**fields, "source": str(file)})
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise LibraryError(
            f"{file}: '{place}' is wrong. Write [contacts], [wording], [everywhere] or [documents.ID] "
            'and below it lines such as "name" = "value".'
        ) from error


def what_stands(file: Path) -> Local:
    """The contacts and signposts that can be read of a local file with a mistake in it, line by line. Never raises.

    A mistake elsewhere in the file must not take away a line that an officer in need is told.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:
        return Local()
    contacts, wording = Contacts(), Wording()
    for section, line in _in_sections(lines):
        if section == "contacts":
            contacts = _with_line(contacts, line)
        elif section == "wording":
            wording = _with_line(wording, line)
    return Local(contacts=contacts, wording=wording, source=str(file))


def _in_sections(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    section = ""
    for line in lines:
        if line.lstrip().startswith("["):
            section = line.strip().split("]")[0].lstrip("[").strip()
        else:
            yield section, line


def _with_line(part: Part, line: str) -> Part:
    """A part with what one line sets; as it was, if the line sets nothing or is the mistake."""
    try:
        return type(part).model_validate({**part.model_dump(), **tomllib.loads(line)})
    except (tomllib.TOMLDecodeError, ValidationError):
        return part


def fill(loaded: Loaded, local: Local) -> Loaded:
    """The document with what the force has set: a section of its own, and the sentence that said "not set" mended."""
    document = loaded.document
    facts = {name: local.value(document.id, name) for name in document.local_fill}
    known = {name: value for name, value in facts.items() if value}
    if not known:
        return loaded
    unset = tuple(name for name in facts if name not in known)
    blocks = [replace(block, text=block.text.replace(NOT_SET, _stands(unset))) for block in loaded.blocks]
    return replace(loaded, document=replace(document, unset=unset), blocks=(*blocks, *_section(known)))


def _stands(unset: Sequence[str]) -> str:
    """What replaces "Your force has not set this." once it has set some of it."""
    see = f"See “{SET_BY_FORCE}” in this document."
    return f"{see} Your force has not set: {'; '.join(unset)}." if unset else see


def _section(known: Facts) -> Iterator[Block]:
    yield Block("heading", SET_BY_FORCE, 2)
    for name, value in known.items():
        title = name[:1].upper() + name[1:]
        yield Block("heading", title, 3)
        yield Block("paragraph", f"{title}: {value}")


class _Documented(Protocol):
    @property
    def document(self) -> Document: ...


def unasked(local: Local, loaded: Sequence[_Documented]) -> list[str]:
    """A sentence for each name in the local file that no document asks for: a misspelling, most likely."""
    asked = {item.document.id: item.document.local_fill for item in loaded}
    everything = [name for names in asked.values() for name in names]
    found = [_unknown(name, everything) for name in local.everywhere if not _is_in(name, everything)]
    for document, facts in local.documents.items():
        if document not in asked:
            found.append(_unknown(document, list(asked)))
            continue
        found += [_unknown(name, asked[document]) for name in facts if not _is_in(name, asked[document])]
    return found


def _unknown(name: str, names: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, names, 1)
    return f"No document asks for '{name}'." + (f" Did you mean '{near[0]}'?" if near else "")


def _is_in(name: str, names: Sequence[str]) -> bool:
    return key_of(name) in {key_of(other) for other in names}


def _plain(facts: Facts) -> Facts:
    return {key_of(name): value.strip() for name, value in facts.items()}


def key_of(name: str) -> str:
    """A name of a fact as it is compared: without case, and how it is spaced."""
    return " ".join(name.lower().split())
