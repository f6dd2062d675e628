"""Measuring: figures worked out by hand on a set small enough to do so."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from indexer.build import Builder, BuildRefused, Golden, starter_library
from indexer.chunker import chunk
from indexer.loaders import load
from indexer.measuring.beir import BadSet, ask_all, index_set, measure, read_queries
from indexer.measuring.evaluate import (
    Expectation,
    Given,
    Marked,
    golden_questions,
    mark,
    read_questions,
    summary,
)
from indexer.measuring.golden import golden_gate
from knowledge.manifest import LibraryError
from knowledge.store.folder import Library
from tests.support.fakes import WordEncoder


def lines(file: Path, rows: list[dict[str, object]]) -> None:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def retrieval_set(tmp_path: Path) -> Path:
    """Three sections; two questions with an answer, the second of which finds it second; one without."""
    folder = tmp_path / "set"
    (folder / "qrels").mkdir(parents=True)
    lines(
        folder / "corpus.jsonl",
        [
            {"_id": "s1", "title": "Owls", "text": "Owls hoot at night.", "metadata": {"section": "Sounds"}},
            {"_id": "s2", "title": "Owls", "text": "Owls eat mice at night.", "metadata": {"section": "Food"}},
            {"_id": "s3", "title": "Bees", "text": "Bees eat pollen by day.", "metadata": {}},
        ],
    )
    lines(
        folder / "queries.jsonl",
        [
            {"_id": "q1", "text": "when do owls hoot", "metadata": {"answerable": True}},
            {"_id": "q2", "text": "what do owls eat mice for food", "metadata": {"answerable": True}},
            {"_id": "q3", "text": "trains to Crewe", "metadata": {"answerable": False}},
            {"_id": "q4", "text": "not judged at all"},
        ],
    )
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\ts1\t1\nq2\ts1\t1\n", encoding="utf-8")
    return folder


def test_beir_figures(retrieval_set: Path, tmp_path: Path, encoder: WordEncoder) -> None:
    edition, seconds = index_set(retrieval_set, tmp_path / "aside", encoder, lambda done, total: None)
    result = measure(list(ask_all(edition, encoder, read_queries(retrieval_set))), seconds).as_json()
    edition.close()
    # q1 finds s1 first; q2 finds s2 first and s1 second, where its gain is 1 / log2(3)
    assert result["ndcg@10"] == pytest.approx((1 + 0.6309) / 2, abs=1e-4)
    assert (result["recall@1"], result["recall@5"], result["recall@10"]) == (0.5, 1.0, 1.0)
    assert result["mrr@10"] == 0.75
    assert result["abstention_auroc"] == 1.0
    assert result["queries"] == 3
    assert list(result) == [
        "ndcg@10",
        "recall@1",
        "recall@5",
        "recall@10",
        "mrr@10",
        "abstention_auroc",
        "coverage_at_95_precision",
        "seconds_to_index",
        "query_ms_p50",
        "query_ms_p95",
        "queries",
    ]


def test_a_set_without_unanswerable_questions_has_no_auroc(
    retrieval_set: Path, tmp_path: Path, encoder: WordEncoder
) -> None:
    edition, seconds = index_set(retrieval_set, tmp_path / "aside", encoder, lambda done, total: None)
    queries = [query for query in read_queries(retrieval_set) if query.answerable]
    assert measure(list(ask_all(edition, encoder, queries)), seconds).abstention_auroc is None
    edition.close()


def test_a_folder_that_is_no_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSet, match="is not in BEIR form"):
        read_queries(tmp_path)


def test_questions_are_read_in_both_dialects(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    lines(
        file,
        [
            {"id": "a", "text": "one", "expect": "answered", "documents": ["D24-Section-136"]},
            {"id": "b", "text": "two", "expect": "no_answer_log", "kind": "gap", "answer_hint": "- | none"},
            {"id": "c", "text": "three", "expect": "answer_with_citation", "answer_hint": "D09,D12 | moves"},
        ],
    )
    assert read_questions(file) == [
        Expectation("a", "one", "answered", ("d24-section-136",)),
        Expectation("b", "two", "handed_over", (), "gap"),
        Expectation("c", "three", "answered", ("d09", "d12")),
    ]


def test_a_line_that_is_no_question_is_named(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": "a", "text": "one", "expect": "answered"}\nnonsense\n', encoding="utf-8")
    with pytest.raises(LibraryError, match=r"Line 2 of .* is not a question"):
        read_questions(file)


def test_marks_are_counted_by_kind_and_wrong_ones_named() -> None:
    questions = [
        Expectation("a", "one", "answered", ("d05",)),
        Expectation("b", "two", "answered", ("d05",)),
        Expectation("c", "three", "handed_over"),
    ]
    given = {
        "one": Given("answered", ("d05-sara",)),
        "two": Given("answered", ("d50-other",)),
        "three": Given("handed_over", ()),
    }
    result = summary(mark(questions, given.__getitem__))
    assert (result["questions"], result["right"]) == (3, 2)
    assert result["by_kind"]["answered"] == {
        "questions": 2,
        "right": 1,
        "first_citation_right": 1,
        "outcome_answered": 2,
    }
    assert [item["id"] for item in result["wrong"]] == ["b"]


GOLDEN = [Expectation("g1", "who keeps the badger ledger", "answered", ("badger-counting",))]


def test_a_build_that_makes_answers_worse_is_refused_unless_somebody_says_why(
    library: Library, guidance: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {1: Given("answered", ("badger-counting",)), 2: Given("handed_over", ())}
    monkeypatch.setattr(
        "indexer.measuring.evaluate.ask_library", lambda edition, _: lambda text: answers[min(edition.number, 2)]
    )
    builder = Builder(library, encoder, golden_gate(encoder, GOLDEN))
    builder.build([guidance])
    (guidance / "badgers.md").write_text("# Badgers\n\nNothing is known.\n", encoding="utf-8")
    with pytest.raises(BuildRefused, match=r"0 of 1 golden questions would go right, 1 do now"):
        builder.build([guidance])
    assert library.edition().number == 1
    built = builder.build([guidance], force_because="the ledger is closed")
    assert (built.published, library.manifest().why) == (True, "the ledger is closed")


def test_a_dry_run_publishes_nothing(library: Library, guidance: Path, encoder: WordEncoder) -> None:
    built = Builder(library, encoder).build([guidance], dry_run=True)
    assert (built.published, built.golden, library.numbers()) == (False, Golden(), [])
    assert built.difference.added == ("badger-counting", "kite-laundry")


def test_golden_questions_name_documents_and_sections_that_exist() -> None:
    held: dict[str, set[str]] = {}
    for file in sorted(starter_library().glob("*.md")):
        held[file.stem] = {passage.section for passage in chunk(load(file))}
    questions = golden_questions()
    for question in questions:
        sections = set().union(*(held[document] for document in question.documents))
        assert set(question.sections) <= sections, question
    assert len({question.id for question in questions}) == len(questions)
    assert len({question.text.lower() for question in questions}) == len(questions)
    asked = Counter(document for question in questions for document in question.documents)
    assert {document: asked[document] for document in held if asked[document] < 4} == {}
    assert sum(question.outcome == "handed_over" for question in questions) >= 60


def test_the_judge_is_not_fitted_on_golden_questions() -> None:
    fitted = read_questions(Path("indexer/calibration.jsonl"))
    assert {q.text.lower() for q in fitted} & {q.text.lower() for q in golden_questions()} == set()


def test_a_question_with_sections_is_right_only_from_one_of_them() -> None:
    expected = Expectation("q", "kites?", "answered", ("kite",), sections=("Soaking",))
    assert Marked(expected, Given("answered", ("kite",), ("Soaking",))).right
    assert not Marked(expected, Given("answered", ("kite",), ("Drying",))).right
    assert not Marked(expected, Given("answered", (), ())).right
