"""The lists behind the recogniser of names: TOML in bot/safeguards/cues/names, and a force's own folder beside it.

A file holds tables; a table is a list (`titles`) or holds groups that make one list together (`given.polish`). Each
says `why` it is there and gives `words` (a blank between two) or `phrases` (a semicolon between two).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

FILES = ("given_names.toml", "family_names.toml", "name_words.toml", "known.toml", "places.toml")
_UNCOMPOSED = str.maketrans("łøđıß", "lodis")
_SHAPE = re.compile(r"[^\W_][^\n\"]*")


class NameDataError(ValueError):
    """A list cannot be used; says the file, the table and what to do."""


@dataclass(frozen=True, slots=True)
class NameData:
    """The lists, each of folded words or phrases (`fold`)."""

    given: frozenset[str]
    given_or_word: frozenset[str]
    family: frozenset[str]
    family_or_word: frozenset[str]
    titles: frozenset[str]
    roles: frozenset[str]
    links: frozenset[str]
    deeds: frozenset[str]
    between: frozenset[str]
    makes_a_place_or_rule: frozenset[str]
    acronyms: frozenset[str]
    ordinary: frozenset[str]
    not_names: frozenset[str]
    places: frozenset[str]
    known: frozenset[str]
    known_people: frozenset[str]
    known_operations: frozenset[str]


def fold(text: str) -> str:
    """Lower case, without accents and with one kind of apostrophe: "Józef" and "jozef" are one name."""
    text = text.lower().replace("’", "'")
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text.translate(_UNCOMPOSED))
    return "".join(character for character in apart if not unicodedata.combining(character))


def read_names(own: Path | None = None) -> NameData:
    """The bundled lists, with what a force's folder adds to them.

    Args:
        own: A folder that may hold files of the same names; what is not there adds nothing.

    Raises:
        NameDataError: a file is no TOML, names a list that does not exist, or has a group without a reason or words.
    """
    lists: dict[str, set[str]] = {field.name: set() for field in fields(NameData)}
    bundled = files("bot.safeguards") / "cues" / "names"
    for folder in (bundled, own) if own is not None else (bundled,):
        for name in FILES:
            file = folder / name
            if file.is_file():
                for list_name, words in _lists(file):
                    _list_named(list_name, lists, file).update(words)
    lists["given"] -= lists["given_or_word"]
    lists["family"] -= lists["family_or_word"]
    return NameData(**{name: frozenset(words) for name, words in lists.items()})


@cache
def bundled_names() -> NameData:
    """The lists that come with the program, read once."""
    return read_names()


def _lists(file: Traversable | Path) -> Iterator[tuple[str, frozenset[str]]]:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NameDataError(f"{file} is not TOML in UTF-8: {error}. Mend the line or remove the file.") from error
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise NameDataError(f"{file}: {name} stands outside a table. Put it under [{name}] with why and words.")
        for group, body in {name: table}.items() if "why" in table else table.items():
            yield name, _words(body, f"{file}, [{group}]")


def _list_named(name: str, lists: Mapping[str, set[str]], file: Traversable | Path) -> set[str]:
    if name not in lists:
        raise NameDataError(f"{file}: there is no list [{name}]. The lists are: {', '.join(lists)}.")
    return lists[name]


def _words(body: object, where: str) -> frozenset[str]:
    if not isinstance(body, dict) or not str(body.get("why", "")).strip():
        raise NameDataError(f'{where} gives no reason. Add a line: why = "…".')
    words, phrases = body.get("words", ""), body.get("phrases", "")
    if not isinstance(words, str) or not isinstance(phrases, str) or not (words + phrases).strip():
        raise NameDataError(f'{where} holds nothing. Add words = "…" or phrases = "…; …" as one text.')
    found = [*words.split(), *(" ".join(phrase.split()) for phrase in phrases.split(";") if phrase.strip())]
    for word in found:
        if not _SHAPE.fullmatch(word):
            raise NameDataError(f"{where}: {word!r} is no word. A word begins with a letter.")
    return frozenset(map(fold, found))
