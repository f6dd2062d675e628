"""Fit the second listener: `python -m bot.safeguards.second.fit` writes weights.npz anew, for the encoder it is given.

`messages.jsonl` holds what it learns from: made-up messages of several writers, each with its kind and whether it is
an emergency. The questions of the library (`knowledge/phrasings`) are added as calm ones. Thresholds are set on what
each writer's messages score while that writer is left out, so that they hold for people whose words were never seen. The command prints the figures of that test.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from bot.safeguards.second.features import Features, Row, encoded, prepared
from bot.safeguards.second.listener import WEIGHTS, Encoder, Head
from bot.safeguards.urgent import urgency
from knowledge.encoder import DEFAULT_ENCODER, SentenceTransformerEncoder

MESSAGES = Path(__file__).parent / "messages.jsonl"
CRISIS = "crisis"
"""The kind of what officers write who are at the end of their strength."""
PROJECT = "project"
"""Writer of the project's own messages: trained on, and never measured, for the cues were made with them."""
WRONG_ALARMS = (0.032, 0.006)
"""Shares of calm messages, all hard ones, of unseen writers that each head may take for an emergency."""
STRENGTH = 10.0
"""Inverse of the regularisation: found by trying on unseen writers."""


@dataclass(frozen=True, slots=True)
class Message:
    """One made-up message."""

    writer: str
    text: str
    urgent: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A message with what the first listener hears, and what the second scores while its writer is left out."""

    message: Message
    first: bool
    second: bool


def read_messages(file: Path = MESSAGES) -> list[Message]:
    """Every message."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [Message(**json.loads(line)) for line in lines if line.strip()]


def questions() -> Iterator[Message]:
    """How people ask for each section of the guidance, as calm messages of the project; those that tell of an emergency
    are left out."""
    for file in sorted((Path(str(resources.files("knowledge"))) / "phrasings").glob("*.toml")):
        for section in tomllib.loads(file.read_text(encoding="utf-8"))["section"]:
            for text in section["asked"]:
                if urgency(text) is None:
                    yield Message(PROJECT, text, False, "question")


def fit(messages: Sequence[Message], encoder: Encoder) -> tuple[Head, list[Tried]]:
    """The head for an encoder, and how it does on writers that are left out."""
    texts = [message.text for message in messages]
    features = Features.of([prepared(text) for text in texts])
    forms = [rows_of(features, texts, encoder, form) for form in (encoded, prepared)]
    wanted = [
        np.array([message.urgent for message in messages]),
        np.array([message.urgent and message.kind == CRISIS for message in messages]),
    ]
    writers = np.array([message.writer for message in messages])
    left_out = np.array([_scores_left_out(forms, labels, writers) for labels in wanted])
    calm = (writers != PROJECT) & ~wanted[0]
    thresholds = np.array(
        [np.quantile(scores[calm], 1 - share) for scores, share in zip(left_out, WRONG_ALARMS, strict=True)]
    )
    models = [_of_both_forms(forms, labels, np.arange(len(texts))) for labels in wanted]
    head = Head(
        features,
        np.vstack([model.coef_[0] for model in models]),
        np.array([model.intercept_[0] for model in models]),
        thresholds,
        encoder.fingerprint,
    )
    heard = np.any(left_out >= thresholds[:, None], axis=0)
    tried = [
        Tried(message, urgency(message.text) is not None, bool(heard[i]))
        for i, message in enumerate(messages)
        if message.writer != PROJECT
    ]
    return head, tried


def rows_of(features: Features, texts: Sequence[str], encoder: Encoder, form: Callable[[str], str] = encoded) -> Any:
    """One sparse row for each message, with the vector of this form of it."""
    from scipy import sparse

    vectors = (np.asarray(encoder.encode_question(form(text)), dtype=float) for text in texts)
    rows = []
    for text, vector in zip(texts, vectors, strict=True):
        columns, values = features.row(prepared(text), vector)
        rows.append(sparse.csr_matrix((values, columns, [0, len(columns)]), shape=(1, features.width(vector))))
    return sparse.vstack(rows).tocsr()


def _of_both_forms(forms: Sequence[Any], labels: Row, kept: Any) -> Any:
    """Fitted on each message as the encoder reads it and in its plain form: what is heard is to hold for either.

    On the first alone eight of 1,552 emergencies fewer were heard of writers that were left out.
    """
    from scipy import sparse

    return logistic(sparse.vstack([rows[kept] for rows in forms]).tocsr(), np.tile(labels[kept], len(forms)))


def _scores_left_out(forms: Sequence[Any], labels: Row, writers: Row) -> Row:
    """What each message, as the encoder reads it, scores in a model that was fitted without its writer."""
    scores = np.zeros(len(labels))
    for writer in sorted(set(writers) - {PROJECT}):
        out = np.flatnonzero(writers == writer)
        others = np.flatnonzero(writers != writer)
        scores[out] = _of_both_forms(forms, labels, others).decision_function(forms[0][out])
    return scores


def logistic(rows: Any, labels: Row) -> Any:
    """A logistic regression in which the rarer answer counts as much as the other."""
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=STRENGTH, class_weight="balanced", solver="liblinear").fit(rows, labels)


def figures(tried: Iterable[Tried]) -> str:
    """Recall and wrong alarms of the first alone, the second alone, and both, on writers that were left out."""
    tried = list(tried)
    lines = []
    for name, heard in (("first", _first), ("second", _second), ("both", _both)):
        for what, group in (("emergencies", [t for t in tried if t.message.urgent and t.message.kind != CRISIS]),
                            ("crisis", [t for t in tried if t.message.urgent and t.message.kind == CRISIS]),
                            ("calm", [t for t in tried if not t.message.urgent])):  # fmt: skip
            count = sum(map(heard, group))
            lines.append(f"{name:7} {what:12} heard {count:4} of {len(group):4} = {count / max(1, len(group)):.3f}")
    return "\n".join(lines)


def _first(tried: Tried) -> bool:
    return tried.first


def _second(tried: Tried) -> bool:
    return tried.second


def _both(tried: Tried) -> bool:
    return tried.first or tried.second


def main() -> None:
    """Fit the second listener for an encoder, and print how it does on writers that were left out."""
    parser = argparse.ArgumentParser(prog="python -m bot.safeguards.second.fit", description=main.__doc__)
    parser.add_argument("--encoder", default=DEFAULT_ENCODER, help="the encoder that the hub uses (%(default)s)")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go (%(default)s)")
    wanted = parser.parse_args()
    head, tried = fit([*read_messages(), *questions()], SentenceTransformerEncoder(wanted.encoder))
    head.save(wanted.out)
    sys.stdout.write(f"{wanted.out}: {len(head.features.terms)} terms, encoder {head.fingerprint[:12]}…\n")
    sys.stdout.write(figures(tried) + "\n")


if __name__ == "__main__":
    main()
