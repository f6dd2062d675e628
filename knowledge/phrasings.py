"""How people ask for a section, from TOML files beside the guidance: found by search, never quoted.

A file is named after its document's id and lists sections by heading:

    [[section]]
    heading = "How long may a kite soak in water?"
    asked = ["can i leave it in the bath overnight", "soaking time"]
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.passages import TRAIL, Document, Passage

FOLDER = "phrasings"
"""Name of the folders that hold such files: in the program, in the data folder, and among a force's documents."""
LONGEST = 300
"""Characters of one phrasing at most."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    heading: str
    asked: tuple[Annotated[str, Field(min_length=1, max_length=LONGEST)], ...]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    section: tuple[_Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way in which a section is asked for."""

    document: str
    section: str
    """Heading trail, as passages have it."""
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that cannot be used, or a part of it, and why."""

    path: str
    reason: str


def starter_phrasings() -> Path:
    """The folder of the phrasings that come with the program."""
    return Path(str(files("knowledge").joinpath(FOLDER)))


def phrasing_files(folders: Iterable[Path]) -> list[Path]:
    """Every TOML file directly in these folders, in order; folders that do not exist hold none."""
    return [file for folder in folders if folder.is_dir() for file in sorted(folder.glob("*.toml"))]


def read_phrasings(
    paths: Sequence[Path], documents: Iterable[tuple[Document, Sequence[Passage]]]
) -> tuple[list[Phrasing], list[Problem]]:
    """The phrasings for sections of these documents, each text once a section, and what could not be used."""
    held = {document.id: passages for document, passages in documents}
    found: dict[Phrasing, None] = {}
    problems: list[Problem] = []
    for path in paths:
        read = _read(path)
        if isinstance(read, Problem):
            problems.append(read)
            continue
        document = path.stem.lower()
        if document not in held:
            problems.append(Problem(str(path), f"There is no document '{document}'. Name the file after one's id."))
            continue
        sections = _headings(held[document])
        for entry in read.section:
            section = sections.get(_plain(entry.heading))
            if section is None:
                problems.append(Problem(str(path), _no_heading(document, entry.heading)))
                continue
            found.update(dict.fromkeys(Phrasing(document, section, text) for text in _clean(entry.asked)))
    return list(found), problems


def _read(path: Path) -> _File | Problem:
    try:
        return _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Problem(str(path), "It cannot be read as TOML. Mend it, or take it away.")
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        return Problem(str(path), f"It is wrong at '{place}': {first['msg']}.")


def section_called(heading: str, passages: Sequence[Passage]) -> str | None:
    """The section that a heading means; nothing where none has it, or several."""
    return _headings(passages).get(_plain(heading))


def _headings(passages: Sequence[Passage]) -> dict[str, str]:
    """What a section may be called to the section: its whole trail, or its last heading where only one has it."""
    trails = list(dict.fromkeys(passage.section for passage in passages))
    last: dict[str, list[str]] = {}
    for trail in trails:
        last.setdefault(_plain(trail.rsplit(TRAIL, 1)[-1]), []).append(trail)
    return {name: own[0] for name, own in last.items() if len(own) == 1} | {_plain(trail): trail for trail in trails}


def _no_heading(document: str, heading: str) -> str:
    return f"'{document}' has no section with the heading '{heading}'. Write the heading as the document has it."


def _plain(heading: str) -> str:
    return " ".join(heading.split()).casefold()


def _clean(asked: Iterable[str]) -> Iterator[str]:
    for text in asked:
        plain = " ".join(text.split())
        if plain:
            yield plain
