"""What a build finds of a reader, and the judge alone beside the judge with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main, open_hub
from indexer.build import Builder
from indexer.measuring.evaluate import Expectation
from indexer.measuring.reading import Trial, measure_reader, side_by_side, with_reader
from knowledge.passages import Marking
from knowledge.reader.consulting import Consulting
from knowledge.reader.figures import ReaderFigures
from knowledge.reader.protocol import Answers, By, Choice, Read, Said, Task
from knowledge.store.folder import Library
from tests.support.endpoint import Endpoint, pointing, running
from tests.support.fakes import WordEncoder

SENSITIVE = Marking.OFFICIAL_SENSITIVE
ASKED = Expectation(
    "q1",
    "where are badgers counted in winter by the sexton",
    "answered",
    ("badger-counting",),
    "guidance",
    ("When are badgers counted?",),
)


@dataclass
class Points:
    """Points at the first sentence of a section, if that was sent."""

    section: str
    version: str = "1"
    asked: int = 0

    def read(self, task: Task, *, spent: float = 0.0) -> Read:
        self.asked += 1
        number = next((one.number for one in task.passages if one.section == self.section), 0)
        said = Said(Answers.WHOLLY, (Choice(number, (1,)),)) if number else Said(Answers.NOT_AT_ALL)
        return Read(said, By("points", self.version, 0.5, 100, 10))


@pytest.mark.parametrize(("section", "right"), [("When are badgers counted?", 1), ("Who keeps the badger ledger?", 0)])
def test_quotes_that_only_the_reader_brings_are_counted_and_whether_they_answer(
    publish: Callable[[Path], Library], guidance: Path, section: str, right: int
) -> None:
    edition = publish(guidance).edition()
    found = measure_reader([ASKED], edition, WordEncoder(), Points(section), SENSITIVE, 10)
    assert found == {"points · 1": ReaderFigures(raised=1, right=right, questions=2)}


def test_judge_and_reader_stand_side_by_side_with_what_it_took(
    publish: Callable[[Path], Library], guidance: Path
) -> None:
    edition = publish(guidance).edition()
    points = Consulting(Points("When are badgers counted?"), SENSITIVE, always=True)
    found = side_by_side([ASKED], edition, WordEncoder(), points, price=2.0)
    assert found["alone"]["answerable"]["quoted_right"]["count"] == 0
    assert found["with_reader"]["answerable"]["quoted_right"]["count"] == 1
    assert found["reader"] == {
        "readings": 2, "silent": 0, "models": ["points · 1"], "seconds_p50": 0.5, "seconds_p95": 0.5,
        "tokens_in": 200, "tokens_out": 20, "cost": 0.0004,
    }  # fmt: skip


def test_a_build_keeps_what_it_found_until_the_model_is_another(library: Library, guidance: Path) -> None:
    encoder, points = WordEncoder(), Points("When are badgers counted?")

    def build() -> dict[str, ReaderFigures]:
        measure = with_reader(lambda edition, previous: {}, Trial(points, SENSITIVE, 10), [ASKED], encoder)
        Builder(library, encoder, measure=measure).build([guidance], force_because="again")
        return library.manifest().readers

    figures = ReaderFigures(raised=1, right=1, questions=2)
    assert build() == {"points · 1": figures}
    asked = points.asked
    (guidance / "laundry.md").touch()
    assert build() == {"points · 1": figures}
    assert points.asked <= asked + 1  # only to learn which model answers
    points.version = "2"
    (guidance / "new.md").write_text("# Owls\n\nOwls are counted.\n", encoding="utf-8")
    assert build() == {"points · 2": figures}


def test_evaluate_puts_them_side_by_side_over_http(
    guidance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = tmp_path / "questions.jsonl"
    row = {"id": "q1", "text": ASKED.text, "expect": "answered", "documents": ["badger-counting"], "kind": "guidance"}
    questions.write_text(json.dumps(row) + "\n", encoding="utf-8")
    monkeypatch.setenv("PREVENTION_HUB_DATA", str(tmp_path / "data"))

    def opened(*given: object, **named: object) -> object:
        return open_hub(*given, encoder=WordEncoder(), **named)  # type: ignore[arg-type]

    runner = CliRunner(env={"NO_COLOR": "1"})
    Builder(Library(tmp_path / "data" / "library"), WordEncoder()).build([guidance])
    evaluate = ["index", "evaluate", "--reader", "--questions", str(questions)]
    without = runner.invoke(main, evaluate, obj=opened)
    assert without.exit_code == 2
    assert "No reader is set. Set PREVENTION_HUB_READER_URL" in without.output
    with running(Endpoint(says=lambda task: pointing(1, 1))) as endpoint:
        for name, value in (("URL", endpoint.url), ("HOSTS", "127.0.0.1"), ("MODEL", "m"), ("SECONDS", "30")):
            monkeypatch.setenv(f"PREVENTION_HUB_READER_{name}", value)
        monkeypatch.setenv("PREVENTION_HUB_READER_CEILING", "OFFICIAL-SENSITIVE")
        done = runner.invoke(main, [*evaluate, "--price", "3"], obj=opened)
        assert done.exit_code == 0, done.output
        assert "with the reader" in done.output
        assert "2 readings, 0 without an answer in time" in done.output
        assert "tokens: 1800 in, 60 out; cost 0.0056" in done.output
