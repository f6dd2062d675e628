"""What a reader can do for good and for harm: one that knows the answers, and one that always points wrongly.

    python -m tests.benchmarks.reader LIBRARY QUESTIONS.jsonl …

LIBRARY is a folder of editions built with the default encoder. Each reader is put beside the judge alone, once as a
build would let it (its figures from the golden questions of that library) and once as if it might always raise.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from indexer.keeping.remembered import RememberingEncoder
from indexer.measuring.evaluate import Expectation, golden_questions, may_cite, read_questions
from indexer.measuring.reading import measure_reader, side_by_side
from indexer.measuring.scorecard import holds
from knowledge.encoder import SentenceTransformerEncoder
from knowledge.passages import Marking
from knowledge.reader.consulting import Consulting
from knowledge.reader.protocol import Answers, By, Choice, Numbered, Read, Said, Task
from knowledge.store.folder import Library

FIGURES = ("quoted_right", "quoted_wrong", "reachable", "quoted", "quoted_is_right")


@dataclass(frozen=True)
class Oracle:
    """Reads the labels: the sentences of a right section, or not at all."""

    by_text: dict[str, Expectation]
    titles: dict[str, str]
    """Title to document."""

    def read(self, task: Task, *, spent: float = 0.0) -> Read:
        """What the labels say."""
        question = self.by_text.get(task.question)
        right = [one for one in task.passages if question is not None and self._answers(question, one)]
        if not right:
            return Read(Said(Answers.NOT_AT_ALL), By("oracle", "1"))
        best = min(right, key=lambda one: -self._sure(question, one))
        choices = [Choice(best.number, tuple(range(1, len(best.sentences) + 1)))]
        if question is not None and question.kind == "compare":
            other = next((one for one in right if self._place(one) != self._place(best)), None)
            choices += [Choice(other.number, (1,))] if other is not None else []
        return Read(Said(Answers.WHOLLY, tuple(choices)), By("oracle", "1"))

    def _sure(self, question: Expectation | None, one: Numbered) -> bool:
        return bool(question and question.answer and holds(" ".join(one.sentences), question.answer))

    def _place(self, one: Numbered) -> tuple[str, str]:
        return self.titles[one.title], one.section

    def _answers(self, question: Expectation, one: Numbered) -> bool:
        place = self._place(one)
        if place in question.alternatives:
            return True
        return may_cite(question, place[0]) and (not question.sections or one.section in question.sections)


@dataclass(frozen=True)
class Hostile:
    """Points at anything but what answers, and is always sure."""

    oracle: Oracle

    def read(self, task: Task, *, spent: float = 0.0) -> Read:
        """The first passage that does not answer."""
        right = {choice.passage for choice in self.oracle.read(task).said.choices}
        wrong = next((one.number for one in task.passages if one.number not in right), 1)
        return Read(Said(Answers.WHOLLY, (Choice(wrong, (1,)),)), By("hostile", "1"))


def main() -> None:
    """Print each set's figures."""
    folder, *files = sys.argv[1:]
    edition = Library(Path(folder)).edition()
    encoder = RememberingEncoder(SentenceTransformerEncoder(), None)
    for file in files:
        questions = read_questions(Path(file))
        known = {question.text: question for question in (*questions, *golden_questions())}
        oracle = Oracle(known, {document.title: document.id for document in edition.documents.values()})
        for name, reader in (("oracle", oracle), ("hostile", Hostile(oracle))):
            asking = Consulting(reader, Marking.OFFICIAL_SENSITIVE)
            figures = measure_reader(golden_questions(), edition, encoder, reader, asking.ceiling, 200)
            print(f"\n{Path(file).name}, {name}: {figures}")
            for how, consulting in (
                ("as its build lets it", replace(asking, figures=partial(dict, figures))),
                ("as if it might always raise", replace(asking, always=True)),
            ):
                _print(how, side_by_side(questions, edition, encoder, consulting))


def _print(how: str, found: dict[str, Any]) -> None:
    print(f"  {how}")
    for kind, named in found["alone"].items():
        for figure in (name for name in FIGURES if name in named):
            alone, read = named[figure], found["with_reader"][kind][figure]
            print(f"    {kind:22} {figure:16} {alone['count']:3} → {read['count']:3} of {read['of']}")


if __name__ == "__main__":
    main()
