"""Ask the questions whose answers are known, and count what goes right."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from knowledge.audience import for_others
from knowledge.encoder import Encoder
from knowledge.finding.ranking import Hidden
from knowledge.judging.judge import Verdict, judge
from knowledge.manifest import LibraryError
from knowledge.search import Watch, search
from knowledge.store.edition import Edition

OUTCOME_OF = {
    "answer_with_citation": "answered",
    "redact_then_answer": "answered",
    "no_answer_log": "handed_over",
    "log_to_hub": "handed_over",
    "redirect_urgent": "urgent",
    "refuse_adversarial": "declined",
    "refuse_redirect": "declined",
}
"""Other names that question files use for an outcome."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """A question with the outcome it should have and the documents that may be cited first."""

    id: str
    text: str
    outcome: str
    documents: tuple[str, ...] = ()
    kind: str = ""
    sections: tuple[str, ...] = ()
    """Sections that may be cited first; any, if there are none."""
    after: str = ""
    """The question before it, where it is a follow-up."""
    answer: str = ""
    """Words of the guidance that answer it; empty where the file does not say."""
    alternatives: tuple[tuple[str, str], ...] = ()
    """Document and section of others that answer as well."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the assistant made of a question."""

    outcome: str
    documents: tuple[str, ...]
    """Documents cited, the first quoted."""
    sections: tuple[str, ...] = ()
    """Their sections."""


Ask = Callable[..., Given]
"""Takes a question and, where it is a follow-up, the question it comes `after`."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A question with what came of it."""

    expected: Expectation
    given: Given

    @property
    def right(self) -> bool:
        """Whether it ended as it should.

        What can be answered must be quoted rightly, or be among the sections that are offered; of what cannot be,
        nothing may be quoted.
        """
        expected, given = self.expected.outcome, self.given.outcome
        if expected == "answered":
            return (given == "answered" and self.first_right) or (given == "possible" and self.in_sight)
        return given == expected or (expected, given) == ("handed_over", "possible")

    @property
    def in_sight(self) -> bool:
        """Whether one of the passages cited is one that may be."""
        shown = zip(self.given.documents, self.given.sections, strict=False)
        return any(self._may_be(document, section) for document, section in shown)

    @property
    def first_right(self) -> bool:
        """Whether the first passage cited is one that may be."""
        if not self.given.documents:
            return False
        return self._may_be(self.given.documents[0], self.given.sections[0] if self.given.sections else "")

    def _may_be(self, document: str, section: str) -> bool:
        return may_cite(self.expected, document) and (not self.expected.sections or section in self.expected.sections)


def read_questions(file: Path) -> list[Expectation]:
    """The questions of a JSON-lines file: id, text, expect (an outcome), documents (ids, or beginnings), sections.

    A line may also have a kind (guidance, gap, followup, compare …), after (the question before it), answer (words
    of the guidance) and alt (other sections that answer, each with document and section).

    Raises:
        LibraryError: the file cannot be read, or a line is not a question.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError(f"The questions in {file} cannot be read. Name a JSON-lines file.") from error
    return [_expectation(file, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _expectation(file: Path, number: int, line: str) -> Expectation:
    try:
        row = json.loads(line)
        expect = row.get("expect") or row.get("outcome")
        documents = row.get("documents")
        if documents is None:
            documents = [code.strip() for code in row.get("answer_hint", "").split("|")[0].split(",")]
        documents = tuple(document.lower() for document in documents if document.strip("- "))
        kind = str(row.get("kind") or "")
        sections = tuple(str(section) for section in row.get("sections") or ())
        return Expectation(
            str(row["id"]),
            str(row["text"]),
            OUTCOME_OF.get(expect, expect),
            documents,
            kind,
            sections,
            after=str(row.get("after") or ""),
            answer=str(row.get("answer") or ""),
            alternatives=tuple((str(other["document"]), str(other["section"])) for other in row.get("alt") or ()),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LibraryError(
            f"Line {number} of {file} is not a question. "
            'Write one JSON object a line: {"id": "q1", "text": "…", "expect": "answered", "documents": ["…"]}'
        ) from error


def may_cite(expected: Expectation, document: str) -> bool:
    """Whether a document is among those that may be cited; "d05" stands for "d05-sara-and-osara"."""
    return any(document == code or document.startswith(f"{code}-") for code in expected.documents)


def codes_of(document: str) -> set[str]:
    """Every code under which `may_cite` knows a document: its id, and each beginning of it before a hyphen."""
    return {document, *(document[:place] for place, character in enumerate(document) if character == "-")}


def mark(questions: Iterable[Expectation], ask: Ask) -> list[Marked]:
    """Ask every question."""
    return [
        Marked(question, ask(question.text, after=question.after) if question.after else ask(question.text))
        for question in questions
    ]


def summary(marked: Sequence[Marked]) -> dict[str, Any]:
    """Counts over all questions and by kind (by expected outcome where a question has no kind)."""
    groups: dict[str, list[Marked]] = {}
    for item in marked:
        groups.setdefault(item.expected.kind or item.expected.outcome, []).append(item)
    return {
        "questions": len(marked),
        "right": sum(item.right for item in marked),
        "by_kind": {name: _counts(group) for name, group in sorted(groups.items())},
        "wrong": [
            {
                "id": item.expected.id,
                "text": item.expected.text,
                "expected": item.expected.outcome,
                "outcome": item.given.outcome,
                "cited": list(item.given.documents[:1]),
                "section": item.given.sections[0] if item.given.sections else "",
            }
            for item in marked
            if not item.right
        ],
    }


def _counts(group: Sequence[Marked]) -> dict[str, int]:
    outcomes: dict[str, int] = {}
    for item in group:
        outcomes[item.given.outcome] = outcomes.get(item.given.outcome, 0) + 1
    return {
        "questions": len(group),
        "right": sum(item.right for item in group),
        "first_citation_right": sum(item.first_right for item in group if item.expected.documents),
        **{f"outcome_{name}": count for name, count in sorted(outcomes.items())},
    }


def ask_library(edition: Edition, encoder: Encoder, watch: Watch | None = None) -> Ask:
    """Search and judge alone, without the steps before them: what an edition can be measured by.

    It is asked for everybody: what is for some only is as if the edition did not hold it. `watch` is told of each
    search.
    """
    hidden = Hidden(for_others(edition.documents.values(), ()))

    def ask(text: str, *, after: str = "") -> Given:
        found = search(edition, encoder, text, after=after, hidden=hidden, watch=watch)
        judgement = judge(found, today=datetime.now(UTC).date())
        outcome = {Verdict.QUOTE: "answered", Verdict.DID_YOU_MEAN: "possible"}.get(judgement.verdict, "handed_over")
        passages = [hit.entry.passage for hit in judgement.candidates]
        return Given(outcome, tuple(p.document for p in passages), tuple(p.section for p in passages))

    return ask


def golden_questions() -> list[Expectation]:
    """The questions that come with the starter library."""
    return read_questions(Path(str(files("knowledge").joinpath("golden.jsonl"))))
