"""Learning paths: what they point at, one person's way through them, and what is kept of it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from rich.console import Console

from bot.programme.academy import Academy
from bot.records import Records, RecordsError
from bot.terminal import Classroom
from indexer.build import starter_library
from indexer.chunker import chunk
from indexer.loaders import load
from knowledge.learning import Check, LearningPath, Reading, read_paths, starter_paths
from knowledge.manifest import LibraryError

PATH = LearningPath(
    id="kites",
    title="Kites",
    summary="All about kites.",
    readings=(
        Reading(document="kite", section="Soaking", minutes=2),
        Reading(document="kite", section="Gone", minutes=3),
    ),
    checks=tuple(
        Check(question=f"Question {n}?", choices=("yes", "no"), answer=2, document="kite", section="Soaking")
        for n in (1, 2, 3)
    ),
)


class Broken:
    """A database on a full disk."""

    def done(self, person: str) -> Mapping[tuple[str, int], bool]:
        raise RecordsError("The disk is full.")

    def mark(self, person: str, path: str, step: int, *, right: bool) -> None:
        raise RecordsError("The disk is full.")

    def forget(self, person: str) -> int:
        raise RecordsError("The disk is full.")


@pytest.fixture
def academy(records: Records) -> Academy:
    return Academy([PATH], records.learning)


def classroom(academy: Academy, person: str = "pc-7") -> tuple[Classroom, io.StringIO]:
    screen = io.StringIO()
    sections = {("kite", "Soaking"): ("Kite care", "Soak a kite for ten minutes.")}
    console = Console(file=screen, width=100, color_system=None)
    return Classroom(academy, lambda d, s: sections.get((d, s), ("", "")), console, person), screen


def said(room: Classroom, screen: io.StringIO, word: str) -> str:
    screen.seek(0)
    screen.truncate()
    assert room.takes(word)
    room.say(word)
    return screen.getvalue()


def test_every_section_of_the_starter_paths_is_in_the_starter_library() -> None:
    held = {(file.stem, passage.section) for file in starter_library().glob("*.md") for passage in chunk(load(file))}
    paths = read_paths(starter_paths())
    assert [path.id for path in paths] == [
        "problem-solving-in-an-hour",
        "first-week-neighbourhood",
        "asb-tools-used-well",
        "spotting-hidden-harm",
        "does-it-work",
    ]
    pointed_at = {(step.document, step.section) for path in paths for step in path.steps}
    assert pointed_at - held == set()


def test_somebody_reads_answers_and_comes_to_the_end(academy: Academy) -> None:
    room, screen = classroom(academy)
    assert "1. Kites · 5 min" in said(room, screen, "learn")
    assert "0 of 5 steps done." in screen.getvalue()
    first = said(room, screen, "learn 1")
    assert "Reading 1 of 2, about 2 min" in first
    assert "Soak a kite for ten minutes." in first
    assert "The library no longer has this section" in said(room, screen, "next")
    assert "Question 1 of 3" in said(room, screen, "next")
    assert "Right." in said(room, screen, "b")
    wrong = said(room, screen, "a")
    assert "Not quite: it is b." in wrong
    assert "Soak a kite for ten minutes." in wrong
    assert "That was the last step of “Kites”." in said(room, screen, "b")
    assert "Done, with 2 of 3 questions right." in said(room, screen, "learn")


def test_somebody_goes_on_where_they_stopped_and_nobody_else_does(academy: Academy) -> None:
    room, screen = classroom(academy)
    said(room, screen, "learn 1")
    said(room, screen, "next")
    again, other = classroom(academy)
    assert "Reading 2 of 2" in said(again, other, "learn 1")
    colleague, third = classroom(academy, "pc-8")
    assert "Reading 1 of 2" in said(colleague, third, "learn 1")


def test_learning_is_deleted_when_asked(academy: Academy) -> None:
    for person in ("pc-7", "pc-8"):
        room, screen = classroom(academy, person)
        said(room, screen, "learn 1")
        said(room, screen, "next")
    room, screen = classroom(academy)
    assert "Deleted: 1 steps of your learning." in said(room, screen, "forget my learning")
    assert "0 of 5 steps done." in said(room, screen, "learn")
    assert academy.offered("pc-8")[0].done == 1


def test_a_lesson_goes_on_when_the_database_cannot_keep_it() -> None:
    room, screen = classroom(Academy([PATH], Broken()))
    said(room, screen, "learn 1")
    assert "Your progress could not be kept" in said(room, screen, "next")
    assert "Question 1 of 3" in said(room, screen, "next")
    assert "could not be deleted" in said(room, screen, "forget my learning")


def test_letters_are_answers_only_while_a_question_is_open(academy: Academy) -> None:
    room, screen = classroom(academy)
    assert not room.takes("b")
    assert not room.takes("next")
    said(room, screen, "learn 1")
    assert not room.takes("b")
    said(room, screen, "next")
    said(room, screen, "next")
    assert room.takes("b")
    assert not room.takes("c")
    assert not room.takes("learn to swim")
    assert "no learning path with that number" in said(room, screen, "learn 9")


def test_a_path_that_is_wrong_is_named_with_what_is_wrong(tmp_path: Path) -> None:
    good = (starter_paths() / "1-problem-solving-in-an-hour.toml").read_text(encoding="utf-8")
    (tmp_path / "1-bad.toml").write_text(good.replace("answer = 2", "answer = 4", 1), encoding="utf-8")
    with pytest.raises(LibraryError, match=r"1-bad\.toml is wrong at 'checks\.0': .*the answer is none of the choices"):
        read_paths(tmp_path)
    (tmp_path / "1-bad.toml").write_text("title =", encoding="utf-8")
    with pytest.raises(LibraryError, match="cannot be read as TOML"):
        read_paths(tmp_path)
