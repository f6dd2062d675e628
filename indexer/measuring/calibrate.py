"""Fit a judge to a library and its encoder, and say honestly how well it does.

`python -m indexer.measuring.calibrate` writes knowledge/judge.json anew: the calibration that comes with the
program. A build uses the same to check that one, or to make another where the encoder is another one or it does not
hold.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.build import Builder, Measure, starter_library
from indexer.keeping.remembered import RememberingEncoder
from indexer.measuring.evaluate import Expectation, golden_questions, read_questions
from indexer.measuring.examples import Example, from_phrasings, from_questions, groups_of
from indexer.measuring.starter import known
from indexer.phrasings import usual
from knowledge.encoder import Encoder, SentenceTransformerEncoder
from knowledge.found import Found
from knowledge.judging.calibration import NEVER, SIGNALS, Calibration, shipped
from knowledge.phrasings import starter_phrasings
from knowledge.store.edition import Edition
from knowledge.store.folder import Library

PROMISES = (0.9, 0.8)
"""Shares of quotes that answer, the best one first; below the last nothing is quoted outright."""
LEEWAY = 0.05
"""How far below its promise a calibration may be found before it does not hold."""
LEAST_RIGHT = 30
"""Questions answered rightly that a calibration must rest on at least."""
LEAST_GROUPS = 4
"""Documents they must be about at least."""
UNANSWERABLE = 0.4
"""Questions without an answer that are asked for one with an answer: what precision is reckoned with."""
LINES = tuple(round(0.4 + 0.02 * step, 2) for step in range(29))
FEW = 0.05
"""Share of passages and phrasings that may change without the judge being made anew."""
NEAR_SHARE = 0.005
"""Share of answerable questions that may be too far away to bring candidates."""

Numbers = NDArray[np.float64]


def calibrated(edition: Edition, encoder: Encoder, questions: Sequence[Expectation]) -> Calibration:
    """The calibration of an edition: the shipped one where it is for this encoder and holds, else its own.

    Where no honest line can be drawn, one that never quotes.
    """
    examples = list(map(_signals_only, chain(from_questions(edition, encoder, questions), from_phrasings(edition))))
    ours = shipped()
    if ours.encoder_fingerprint == encoder.fingerprint:
        checked = _checked(ours, examples)
        if not _enough(examples) or checked.found >= checked.promised - LEEWAY:
            return checked
    return fitted(examples, encoder.fingerprint)


def measuring(encoder: Encoder, questions: Sequence[Expectation], remembered: Path | None = None) -> Measure:
    """What a build asks of its edition: how phrasings compare with passages, and the judge that is its own.

    An edition that is nearly the one before it keeps what was found then, so that small changes are published fast;
    of the starter library as it comes it is known. `remembered` is the gate's file of the questions' vectors: the same
    ones are asked there.
    """

    def measure(edition: Edition, previous: Edition | None) -> dict[str, object]:
        kept = _kept(edition, previous) or known(edition, encoder, questions)
        if kept:
            return kept
        compared = usual(edition)
        edition.manifest = edition.manifest.model_copy(update=compared)  # the judge is fitted to the search as it is
        remembering = RememberingEncoder(encoder, remembered)
        judge = calibrated(edition, remembering, questions)
        remembering.save()
        return {**compared, "judge": judge}

    return measure


def _signals_only(example: Example) -> Example:
    """The example without the passages that were found: of a thousand searches they are hundreds of megabytes."""
    return replace(example, found=Found((), signals=example.found.signals))


def _kept(edition: Edition, previous: Edition | None) -> dict[str, object]:
    """What the edition before found of itself, if this one has the same encoder and hardly other passages."""
    if previous is None or previous.manifest.judge is None:
        return {}
    now, was, judge = edition.manifest, previous.manifest, previous.manifest.judge
    changed = now.added + now.removed + abs(now.phrasings - was.phrasings)
    outdated = judge.source == "shipped" and judge.weights != shipped().weights
    if now.encoder_fingerprint != was.encoder_fingerprint or outdated or changed > FEW * now.passages:
        return {}
    return {"judge": judge, "phrasing_shift": was.phrasing_shift, "phrasing_words": was.phrasing_words}


def fitted(examples: Sequence[Example], fingerprint: str) -> Calibration:
    """A calibration of its own, with what it promises and what was found by leaving out a fifth of the documents."""
    if not _enough(examples):
        return _never(examples, fingerprint)
    answers = np.array([example.answers for example in examples])
    chances = _cross_validated(examples, answers)
    intercept, weights = _fit(_rows(examples), answers, _shares(answers))
    model = Calibration(
        encoder_fingerprint=fingerprint,
        intercept=intercept,
        weights=weights,
        quote_from=NEVER,
        near_from=_near(examples),
    )
    for promise in PROMISES:
        line = _line(model, examples, chances, promise)
        if line is not None:
            found = _precision(model, examples, chances, line)
            return model.model_copy(
                update={"quote_from": line, "promised": promise, "found": round(found, 3), "questions": len(examples)}
            )
    return model.model_copy(update={"source": "none", "questions": len(examples)})


def _checked(by: Calibration, examples: Sequence[Example]) -> Calibration:
    """A calibration with what was found for it on these examples."""
    chances = np.array([by.confidence(example.found.signals) for example in examples])
    found = round(_precision(by, examples, chances, by.quote_from), 3) if examples else by.found
    return by.model_copy(update={"found": found, "questions": len(examples), "source": "shipped"})


def _enough(examples: Sequence[Example]) -> bool:
    return sum(example.answers for example in examples) >= LEAST_RIGHT and groups_of(examples) >= LEAST_GROUPS


def _never(examples: Sequence[Example], fingerprint: str) -> Calibration:
    """Nothing is quoted outright: the confidences are those of the shipped weights, for want of better ones."""
    return shipped().model_copy(
        update={
            "encoder_fingerprint": fingerprint,
            "quote_from": NEVER,
            "follow_margin": NEVER,
            "near_from": _near(examples),
            "promised": 0.0,
            "found": 0.0,
            "questions": len(examples),
            "source": "none",
        }
    )


def _near(examples: Sequence[Example]) -> float:
    """The line below which hardly any question with an answer lies."""
    nearest = [example.found.signals["nearest"] for example in examples if example.answers]
    return round(float(np.quantile(nearest, NEAR_SHARE)), 3) if nearest else shipped().near_from


def _rows(examples: Sequence[Example]) -> Numbers:
    return np.array([[example.found.signals.get(name, 0.0) for name in SIGNALS] for example in examples])


def _fit(rows: Numbers, answers: NDArray[np.bool_], shares: Numbers) -> tuple[float, dict[str, float]]:
    """Intercept and weights of a logistic regression."""
    from sklearn.linear_model import LogisticRegression

    spread = rows.std(axis=0)
    spread[spread == 0] = 1.0
    middle = rows.mean(axis=0)
    model = LogisticRegression(max_iter=3000).fit((rows - middle) / spread, answers, sample_weight=shares)
    weights = model.coef_[0] / spread
    intercept = float(model.intercept_[0] - (weights * middle).sum())
    return round(intercept, 4), dict(zip(SIGNALS, weights.round(4).tolist(), strict=True))


def _shares(answers: NDArray[np.bool_]) -> Numbers:
    """Weights with which right and wrong first hits count the same."""
    right = max(1, int(answers.sum()))
    wrong = max(1, len(answers) - right)
    return np.where(answers, 0.5 / right, 0.5 / wrong) * len(answers)


def _cross_validated(examples: Sequence[Example], answers: NDArray[np.bool_]) -> Numbers:
    """The chance of each example by a fit to the other documents."""
    from sklearn.model_selection import GroupKFold

    rows = _rows(examples)
    groups = np.array([example.group for example in examples])
    chances = np.zeros(len(examples))
    for others, these in GroupKFold(min(5, groups_of(examples))).split(rows, answers, groups):
        if answers[others].all() or not answers[others].any():
            continue
        intercept, weights = _fit(rows[others], answers[others], _shares(answers[others]))
        logits = intercept + rows[these] @ np.array([weights[name] for name in SIGNALS])
        chances[these] = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return chances


def _line(by: Calibration, examples: Sequence[Example], chances: Numbers, promise: float) -> float | None:
    """The lowest line at which the promise is kept, there and at every line above it."""
    kept: float | None = None
    for line in reversed(LINES):
        quoted = _quoted(by, examples, chances, line)
        if quoted.sum() >= LEAST_RIGHT and _precision(by, examples, chances, line) < promise:
            break
        if quoted.sum() >= LEAST_RIGHT:
            kept = line
    return kept


def _quoted(by: Calibration, examples: Sequence[Example], chances: Numbers, line: float) -> NDArray[np.bool_]:
    return np.array(
        [
            example.may_be_quoted and chance >= line and by.allows(example.found.signals)
            for example, chance in zip(examples, chances, strict=True)
        ]
    )


def _precision(by: Calibration, examples: Sequence[Example], chances: Numbers, line: float) -> float:
    """Share of quotes that answer, with so many questions without an answer as `UNANSWERABLE` says."""
    quoted = _quoted(by, examples, chances, line)
    hidden = np.array([example.hidden for example in examples])
    answers = np.array([example.answers for example in examples])
    weight = UNANSWERABLE * (~hidden).sum() / max(1, hidden.sum())
    right = (quoted & answers).sum()
    wrong = (quoted & ~answers & ~hidden).sum() + weight * (quoted & hidden).sum()
    return float(right / (right + wrong)) if right + wrong else 1.0


def starter_examples(encoder: Encoder, questions: Sequence[Expectation]) -> list[Example]:
    """The examples of the starter library."""
    with TemporaryDirectory() as aside:
        library = Library(Path(aside))
        Builder(library, encoder, phrasings=(starter_phrasings(),)).build([starter_library()])
        edition = library.edition()
        examples = list(chain(from_questions(edition, encoder, questions), from_phrasings(edition)))
        library.close()
    return examples


def main() -> None:
    """Fit the judge that comes with the program to the starter library and its default encoder."""
    encoder = SentenceTransformerEncoder()
    own = read_questions(Path(str(files("indexer").joinpath("calibration.jsonl"))))
    made: Any = fitted(starter_examples(encoder, [*own, *golden_questions()]), encoder.fingerprint)
    target = Path(str(files("knowledge").joinpath("judge.json")))
    # the lines for follow-ups are chosen by hand on follow-ups of our own: examples are questions that stand alone
    follow = shipped().model_dump(include={"follow_margin", "follow_warning", "follow_unsaid"})
    stored = made.model_copy(update={"source": "shipped", **follow}).model_dump(mode="json")
    target.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(target.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
