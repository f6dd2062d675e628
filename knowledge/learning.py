"""Learning paths: short ordered readings through the library, with questions to check what stayed."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from knowledge.manifest import LibraryError

CHECKS = 3
"""Check questions of a path."""


class Reading(BaseModel):
    """A section to read, and how long that takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str
    section: str
    minutes: Annotated[int, Field(ge=1, le=30)]


class Check(BaseModel):
    """A question with choices; the section named explains the right one, word for word."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str
    choices: Annotated[tuple[str, ...], Field(min_length=2, max_length=4)]
    answer: Annotated[int, Field(ge=1, le=4)]
    """Number of the right choice, from 1."""
    document: str
    section: str

    @model_validator(mode="after")
    def _answer_is_a_choice(self) -> Self:
        if self.answer > len(self.choices):
            raise ValueError("the answer is none of the choices")
        return self


class LearningPath(BaseModel):
    """Readings in order, then the checks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    summary: str
    readings: Annotated[tuple[Reading, ...], Field(min_length=1)]
    checks: Annotated[tuple[Check, ...], Field(min_length=CHECKS, max_length=CHECKS)]

    @property
    def minutes(self) -> int:
        """How long the readings take together."""
        return sum(reading.minutes for reading in self.readings)

    @property
    def steps(self) -> tuple[Reading | Check, ...]:
        """Everything there is to do, in order."""
        return (*self.readings, *self.checks)


def starter_paths() -> Path:
    """The folder of the paths that come with the program."""
    return Path(str(files("knowledge").joinpath("paths")))


def read_paths(*folders: Path) -> tuple[LearningPath, ...]:
    """The paths in these folders, one a TOML file, in the order of their files' names.

    Raises:
        LibraryError: a file is not a path, with its name and what is wrong.
    """
    return tuple(_read(file) for folder in folders if folder.is_dir() for file in sorted(folder.glob("*.toml")))


def _read(file: Path) -> LearningPath:
    try:
        return LearningPath.model_validate(
            {"id": file.stem.split("-", 1)[-1], **tomllib.loads(file.read_text("utf-8"))}
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LibraryError(f"The learning path {file} cannot be read as TOML. Mend it, or take it away.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise LibraryError(f"The learning path {file} is wrong at '{place}': {first['msg']}.") from error
