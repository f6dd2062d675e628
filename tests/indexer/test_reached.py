"""After a small change only the golden questions are asked that it can reach; the others keep their answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.measuring import evaluate
from indexer.measuring.golden import REACHED, golden_gate
from indexer.outcome import Answer
from knowledge.encoder import Encoder
from knowledge.search import Watch
from knowledge.store.edition import Edition
from knowledge.store.folder import Library
from tests.indexer.test_incremental import build, questions
from tests.support.corpus import document, write_corpus
from tests.support.fakes import WordEncoder

DOCUMENTS = 60


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that were really asked."""
    texts: list[str] = []
    ask_library = evaluate.ask_library

    def noting(edition: Edition, encoder: Encoder, watch: Watch | None = None) -> evaluate.Ask:
        ask = ask_library(edition, encoder, watch)

        def note(text: str, *, after: str = "") -> evaluate.Given:
            texts.append(text)
            return ask(text, after=after)

        return note

    monkeypatch.setattr("indexer.measuring.evaluate.ask_library", noting)
    return texts


class Known:
    """A library that was built once, its files, and its questions."""

    def __init__(self, folder: Path) -> None:
        self.corpus = folder / "corpus"
        self.files = write_corpus(self.corpus, DOCUMENTS)
        self.questions = questions(self.files)
        self.library = Library(folder / "library")
        self.again()

    def again(self) -> dict[str, Answer]:
        return dict(build(self.library, self.corpus, self.questions).golden.answers)

    def whole(self) -> dict[str, Answer]:
        """What is answered where every question is asked."""
        edition = self.library.edition()
        answers = golden_gate(WordEncoder(), self.questions)(None, edition).answers
        return {question.id: answers[question.id] for question in self.questions if question.id in answers}

    def add(self, number: int, text: str) -> None:
        file = self.files[number]
        file.write_text(f"{file.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")


@pytest.fixture
def known(tmp_path: Path) -> Iterator[Known]:
    made = Known(tmp_path)
    yield made
    made.library.close()


def test_a_line_far_from_every_question_has_few_asked(known: Known, asked: list[str]) -> None:
    asked.clear()
    known.add(1, "## Kites\n\nZebras juggle.")
    now = known.again()
    assert len(asked) <= len(known.questions) // 2
    assert now == known.whole()


def test_a_question_that_a_new_section_answers_is_asked_and_answered_from_there(known: Known, asked: list[str]) -> None:
    wanted = known.questions[5]
    asked.clear()
    known.add(1, f"## {wanted.text}\n\n{wanted.text} {wanted.text}")
    now = known.again()
    assert wanted.text in asked
    assert len(asked) < len(known.questions)
    assert now[wanted.id].document == "guide-00001"
    assert now == known.whole()


def test_a_question_whose_document_goes_is_asked_again(known: Known, asked: list[str]) -> None:
    file = known.files[15]
    only = file.read_text(encoding="utf-8").split("\n## ")
    file.write_text("\n## ".join(only[:2]), encoding="utf-8")
    known.again()  # more than a share goes: all are asked
    asked.clear()
    file.unlink()
    now = known.again()
    (wanted,) = [question for question in known.questions if question.id == "guide-00015"]
    assert wanted.text in asked
    assert len(asked) < len(known.questions)
    assert now.pop(wanted.id).document != "guide-00015"
    assert now == known.whole()  # which knows no question about a document that it never had


def test_small_changes_add_up_until_all_are_asked(known: Known, asked: list[str]) -> None:
    counts = []
    for turn in range(8):
        asked.clear()
        known.add(turn, f"## Kites {turn}\n\nZebras juggle.")
        known.again()
        counts.append(len(asked))
    all_of_them = len(known.questions)
    assert min(counts) < all_of_them
    assert counts[0] < all_of_them
    assert all_of_them in counts[1:]


def test_a_large_change_has_all_asked(known: Known, asked: list[str]) -> None:
    asked.clear()
    (known.corpus / "000" / "guide-00900.md").write_text(document(900), encoding="utf-8")
    known.again()
    assert sorted(asked) == sorted(question.text for question in known.questions)


@pytest.mark.parametrize("held", ["", "{", "[]", '{"x": 1}', None])
def test_without_the_notes_all_are_asked(known: Known, asked: list[str], held: str | None) -> None:
    file = known.library.folder / REACHED
    if held is None:
        file.unlink()
    else:
        file.write_text(held, encoding="utf-8")
    asked.clear()
    known.add(1, "## Kites\n\nZebras juggle.")
    known.again()
    assert len(asked) == len(known.questions)
