"""The local file in a browser: what the force can set, which documents use it, and writing it without losing a line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import tomlkit
from filelock import FileLock, Timeout
from pydantic import ValidationError

from indexer.local import Facts, Local, key_of, read_local, unasked
from knowledge.manifest import LibraryError
from knowledge.passages import Document
from knowledge.store.folder import replace_text

CONTACTS, WORDING, EVERYWHERE = "contacts", "wording", "everywhere"
FIXED: Mapping[str, tuple[str, ...]] = {CONTACTS: ("hub", "wellbeing"), WORDING: ("incident", "welfare")}
"""What the assistant itself uses; everything else is asked for by documents."""
LONGEST = 500
LOCK_SECONDS = 5


class Changed(LibraryError):
    """Somebody else wrote the file since it was read."""

    def __init__(self) -> None:
        super().__init__(
            "A colleague changed these facts while you were typing. Below is what you typed, with what stands there "
            "now: look at both, then save again."
        )


class _Documented(Protocol):
    @property
    def document(self) -> Document: ...


@dataclass(frozen=True, slots=True)
class _Of:
    document: Document


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the force can set."""

    name: str
    value: str
    """Empty where it is not set in this part."""
    used_by: tuple[Document, ...] = ()
    """Documents that ask for it here."""
    elsewhere: str = ""
    """What stands for it under "everywhere", where this document has nothing of its own."""
    waits: bool = False
    """Whether the edition that serves does not have it so yet: it was set, or taken away, since it was built."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the file: "contacts", "wording", "everywhere", or the id of a document."""

    key: str
    title: str
    facts: tuple[Fact, ...]

    @property
    def are_set(self) -> int:
        """How many of them have a value."""
        return sum(bool(fact.value or fact.elsewhere) for fact in self.facts)


@dataclass(frozen=True, slots=True)
class LocalFile:
    """The force's file; it need not exist."""

    file: Path

    def digest(self) -> str:
        """Of what stands in it now; the form brings it back. LibraryError where it cannot be read."""
        return hashlib.sha256(self._text().encode()).hexdigest()

    def parts(self, documents: Sequence[Document]) -> list[Part]:
        """Everything that can be set, with what is. LibraryError where the file has a mistake."""
        local = read_local(self.file)
        fixed: dict[str, Facts] = {CONTACTS: local.contacts.model_dump(), WORDING: local.wording.model_dump()}
        first = [Part(part, part, tuple(Fact(one, fixed[part][one]) for one in FIXED[part])) for part in FIXED]
        asking = sorted((one for one in documents if one.local_fill), key=lambda one: one.id)
        return [*first, _everywhere(local, asking), *(_of_document(local, one) for one in asking)]

    def part(self, key: str, documents: Sequence[Document]) -> Part | None:
        """One of them; None where there is none such."""
        return next((one for one in self.parts(documents) if one.key == key), None)

    def strays(self, documents: Sequence[Document]) -> list[str]:
        """A sentence for each name in the file that no document asks for."""
        found: list[_Documented] = [_Of(one) for one in documents]
        return unasked(read_local(self.file), found)

    def write(self, part: Part, values: Mapping[str, str], digest: str, record: Callable[[list[str]], object]) -> bool:
        """Set the facts of one part, all or none; whether anything is different now.

        Comments, order and everything else in the file stay. `record` is told the names that change just before they
        do, and what it raises leaves the file as it is.

        Raises:
            Changed: the file is not what the form was made from.
            LibraryError: a value cannot stand, or the file cannot be written; with the remedy.
        """
        given = {fact.name: _fit(fact.name, values.get(fact.name, "")) for fact in part.facts}
        try:
            with FileLock(self.file.with_name(f".{self.file.name}.lock"), timeout=LOCK_SECONDS):
                if self.digest() != digest:
                    raise Changed
                changed = [fact.name for fact in part.facts if given[fact.name] != fact.value.strip()]
                if changed:
                    text = self._with(part.key, {name: given[name] for name in changed})
                    record(changed)
                    replace_text(self.file, text)
                return bool(changed)
        except (Timeout, OSError) as error:
            raise LibraryError(f"{self.file} cannot be written. Check the rights of its folder.") from error

    def _with(self, key: str, values: Facts) -> str:
        """The file's text with these values in one part."""
        document: Any = tomlkit.parse(self._text())
        names = [key] if key in (*FIXED, EVERYWHERE) else ["documents", key]
        table = document
        for name in names:
            if name not in table:
                table[name] = tomlkit.table(is_super_table=name == "documents")
            table = table[name]
        for name, value in values.items():
            table[next((old for old in table if key_of(old) == key_of(name)), name)] = value
        try:
            Local.model_validate(document.unwrap())
        except ValidationError as error:
            raise LibraryError(_mistake(error)) from error
        return tomlkit.dumps(document)

    def _text(self) -> str:
        try:
            return self.file.read_text(encoding="utf-8-sig")
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise LibraryError(
                f"{self.file} cannot be read. Save it as text in UTF-8, and check its rights."
            ) from error


def _everywhere(local: Local, asking: Sequence[Document]) -> Part:
    """What several documents ask for by the same name, and whatever stands in the file for all of them."""
    names: dict[str, str] = {}
    users: dict[str, list[Document]] = {}
    for document in asking:
        for name in document.local_fill:
            names.setdefault(key_of(name), name)
            users.setdefault(key_of(name), []).append(document)
    own = {key_of(name): (name, value) for name, value in local.everywhere.items()}
    wanted = [key for key in names if len(users[key]) > 1 or key in own]
    strays = [key for key in own if key not in names]
    facts = [
        Fact(names.get(key) or own[key][0], own.get(key, ("", ""))[1], tuple(users.get(key, ())))
        for key in (*wanted, *strays)
    ]
    return Part(EVERYWHERE, EVERYWHERE, tuple(facts))


def _of_document(local: Local, document: Document) -> Part:
    own = {key_of(name): value.strip() for name, value in local.documents.get(document.id, {}).items()}
    facts = []
    for name in document.local_fill:
        value, stands = own.get(key_of(name), ""), local.value(document.id, name)
        waits = bool(stands) is (name in document.unset)
        facts.append(Fact(name, value, (document,), "" if value else stands, waits))
    return Part(document.id, document.title, tuple(facts))


def _fit(name: str, value: str) -> str:
    """A value as it is kept: one line. LibraryError where it is too long."""
    plain = " ".join("".join(one if one.isprintable() else " " for one in value).split())
    if len(plain) > LONGEST:
        raise LibraryError(f"“{name}” is too long: use at most {LONGEST} characters.")
    return plain


def _mistake(error: ValidationError) -> str:
    place = error.errors()[0]["loc"]
    if place and place[0] == WORDING:
        return f"“{place[-1]}” is a signpost for an emergency: it must name 999."
    return f"“{'.'.join(map(str, place))}” cannot stand so. Write a short text."
