"""Fit the judge: `python -m indexer.calibrate --beir FOLDER …` writes knowledge/judge.json anew.

Every set counts the same, whatever its size, and the starter library's own questions count twice. Each answerable
question is used twice: as it is, and as if its section were not in the library, which makes the near misses that
matter most.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import numpy as np

from indexer.beir import Asked, Query, ask_all, first_is_right, index_set, read_queries, without
from indexer.build import Builder, starter_library
from indexer.evaluate import Expectation, may_cite, read_questions
from knowledge.edition import Edition
from knowledge.encoder import Encoder, SentenceTransformerEncoder
from knowledge.library import Library

SIGNALS = ("sentence", "margin", "covered")
WARNED_SIGNALS = ("closeness", "warning", "warning_asked", "warning_more", "warning_unset")
WRONG_QUOTE = 1.8
"""How much more a question that must not be quoted counts than one that should, where a warning is near."""


@dataclass(frozen=True, slots=True)
class Example:
    """The signals of one question, and whether its first hit answers it."""

    signals: tuple[float, ...]
    answers: bool


def from_beir(folder: Path, encoder: Encoder) -> list[Example]:
    """Examples of a retrieval set."""
    with TemporaryDirectory() as aside:
        edition, _ = index_set(folder, Path(aside), encoder, lambda done, total: None)
        asked = list(ask_all(edition, encoder, read_queries(folder)))
        examples = list(_examples(asked, edition))
        edition.close()
    return examples


def from_questions(questions: Sequence[Expectation], encoder: Encoder) -> tuple[list[Example], list[Asked]]:
    """Examples of the starter library's own calibration questions; the questions as they were asked, and without."""
    with TemporaryDirectory() as aside:
        library = Library(Path(aside))
        Builder(library, encoder).build([starter_library()])
        edition = library.edition()
        asked = list(ask_all(edition, encoder, [_query(question, edition) for question in questions]))
        examples = list(_examples(asked, edition))
        asked += [without(item, edition) for item in asked if item.query.relevant]
        edition.close()
    return examples, asked


def _query(question: Expectation, edition: Edition) -> Query:
    relevant = {document: 1 for document in edition.documents if may_cite(question, document)}
    return Query(question.id, question.text, bool(relevant), relevant)


def _examples(asked: Sequence[Asked], edition: Edition) -> Iterator[Example]:
    for item in asked:
        yield _example(item)
        if item.query.relevant:
            yield _example(without(item, edition))


def _example(item: Asked) -> Example:
    signals = tuple(item.found.signals.get(name, 0.0) for name in SIGNALS)
    return Example(signals, item.query.answerable and first_is_right(item))


def fit(sets: Sequence[Sequence[Example]]) -> tuple[float, dict[str, float]]:
    """Intercept and weights of a logistic regression; the two classes of a set count the same.

    The first set counts twice: it is what officers ask.
    """
    from sklearn.linear_model import LogisticRegression

    rows = np.array([example.signals for examples in sets for example in examples])
    answers = np.array([example.answers for examples in sets for example in examples])
    shares = np.concatenate([_shares(examples) * (2 if i == 0 else 1) for i, examples in enumerate(sets)])
    spread = rows.std(axis=0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(max_iter=2000).fit(rows / spread, answers, sample_weight=shares * len(rows))
    weights = model.coef_[0] / spread
    return float(model.intercept_[0]), dict(zip(SIGNALS, weights.round(4).tolist(), strict=True))


def fit_warned(asked: Sequence[Asked], first: tuple[float, dict[str, float]]) -> tuple[float, dict[str, float]]:
    """Intercept and weights of the regression that weighs a warning against the first one's logit."""
    from sklearn.linear_model import LogisticRegression

    near = [item for item in asked if "warning" in item.found.signals and "closeness" in item.found.signals]
    names = ("logit", *WARNED_SIGNALS)
    rows = np.array([[_logit(item, first), *(item.found.signals[name] for name in WARNED_SIGNALS)] for item in near])
    answers = np.array([item.query.answerable and first_is_right(item) for item in near])
    spread = rows.std(axis=0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(
        max_iter=2000, class_weight={True: 1 / answers.sum(), False: WRONG_QUOTE / (~answers).sum()}
    )
    model.C = len(near)  # the weights of the two classes sum to about one
    model.fit(rows / spread, answers)
    weights = model.coef_[0] / spread
    return float(model.intercept_[0]), dict(zip(names, weights.round(4).tolist(), strict=True))


def _logit(item: Asked, first: tuple[float, dict[str, float]]) -> float:
    return first[0] + sum(weight * item.found.signals.get(name, 0.0) for name, weight in first[1].items())


def _shares(examples: Sequence[Example]) -> Any:
    answers = np.array([example.answers for example in examples])
    counts = {value: max(1, int((answers == value).sum())) for value in (True, False)}
    return np.array([0.5 / counts[bool(value)] for value in answers])


@click.command()
@click.option("--beir", "folders", multiple=True, type=click.Path(exists=True, path_type=Path))
@click.option("--quote-from", default=0.35, show_default=True, help="Confidence that a quote needs.")
@click.option("--grounds-from", default=0.25, show_default=True, help="What the first regression must say for it.")
@click.option("--possible-from", default=0.2, show_default=True, help="Confidence that candidates need.")
@click.option("--warning-margin", default=0.1, show_default=True, help="Lead that a warning needs.")
def main(
    folders: tuple[Path, ...], quote_from: float, grounds_from: float, possible_from: float, warning_margin: float
) -> None:
    """Fit the judge on retrieval sets and on the calibration questions of the starter library."""
    encoder = SentenceTransformerEncoder()
    own = read_questions(Path(str(files("indexer").joinpath("calibration.jsonl"))))
    examples, asked = from_questions(own, encoder)
    sets = [examples, *(from_beir(folder, encoder) for folder in folders)]
    intercept, weights = fit(sets)
    warned_intercept, warned_weights = fit_warned(asked, (intercept, weights))
    stored = {
        "fitted_on": datetime.now(UTC).date().isoformat(),
        "fitted_with": ["calibration.jsonl", *(folder.name for folder in folders)],
        "examples": [len(examples) for examples in sets],
        "encoder": encoder.name,
        "intercept": round(intercept, 4),
        "weights": weights,
        "warned_intercept": round(warned_intercept, 4),
        "warned_weights": warned_weights,
        "quote_from": quote_from,
        "grounds_from": grounds_from,
        "possible_from": possible_from,
        "warning_margin": warning_margin,
    }
    target = Path(str(files("knowledge").joinpath("judge.json")))
    target.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    click.echo(target.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
