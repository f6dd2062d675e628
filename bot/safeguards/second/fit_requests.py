"""Fit the listener for requests: `python -m bot.safeguards.second.fit_requests` writes requests.npz anew.

`hub_messages.jsonl` holds what it learns from: made-up messages of several writers, most of them asking the hub for
something, the others asking guidance about the same subjects. The questions of the library and calm messages of the
second listener are added as what is no request. The command prints what is heard of writers that are left out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from bot.domain.requests import RequestKind
from bot.safeguards.second.features import Features, Row, prepared
from bot.safeguards.second.fit import PROJECT, Message, questions, read_messages
from bot.safeguards.second.listener import Head
from bot.safeguards.second.requests import WEIGHTS
from knowledge.encoder import Encoder, SentenceTransformerEncoder, encode_questions

MESSAGES = Path(__file__).parent / "hub_messages.jsonl"
STRENGTH = 10.0
THRESHOLD = 0.0
"""Of the head that says whether it is a request: at 0 no question of a writer who is left out is taken for one."""
CALM = 400
BATCH = 64


def hub_messages(file: Path = MESSAGES) -> list[Message]:
    """Every message, as of the second listener: `urgent` says that it is a request."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    asks = RequestKind.QUESTION.value
    return [Message(row["writer"], row["text"], row["kind"] != asks, row["kind"]) for row in rows]


def fit(messages: list[Message], others: list[Message], encoder: Encoder) -> tuple[Head, str]:
    """The head for an encoder, and in words how it does on writers that are left out."""
    everything = [*messages, *others]
    texts = [prepared(one.text) for one in everything]
    ours = len(messages)
    features = Features.of([*texts[:ours], *texts[-CALM:]])
    rows = _rows(features, texts, encoder)
    wanted = np.array([one.urgent for one in everything])
    waste = np.array([one.kind == RequestKind.ORGANISATIONAL_INEFFICIENCY.value for one in everything])
    models = [_logistic(rows, wanted), _logistic(rows[np.flatnonzero(wanted)], waste[wanted])]
    head = Head(
        features,
        np.vstack([model.coef_[0] for model in models]),
        np.array([model.intercept_[0] for model in models]),
        np.array([THRESHOLD, 0.0]),
        encoder.fingerprint,
    )
    return head, _left_out(rows, wanted, np.array([one.writer for one in everything]))


def _left_out(rows: Any, wanted: Row, writers: Row) -> str:
    lines = []
    for writer in sorted(set(writers) - {PROJECT, "calm"}):
        out = writers == writer
        scores = _logistic(rows[np.flatnonzero(~out)], wanted[~out]).decision_function(rows[np.flatnonzero(out)])
        heard, asks = scores >= THRESHOLD, wanted[out]
        lines.append(
            f"{writer}: requests heard {int(heard[asks].sum())} of {int(asks.sum())}, "
            f"questions taken for one {int(heard[~asks].sum())} of {int((~asks).sum())}"
        )
    return "\n".join(lines)


def _rows(features: Features, texts: list[str], encoder: Encoder) -> Any:
    from scipy import sparse

    batches = [encode_questions(encoder, texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
    vectors = np.vstack(batches).astype(float)
    rows = [sparse.csr_matrix(features.row(text, vector)) for text, vector in zip(texts, vectors, strict=True)]
    return sparse.vstack(rows).tocsr()


def _logistic(rows: Any, labels: Row) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=STRENGTH, class_weight="balanced", solver="liblinear").fit(rows, labels)


def main() -> None:
    """Fit it for the default encoder, and print how it does on writers that are left out."""
    calm = [Message("calm", one.text, False, "calm") for one in read_messages() if not one.urgent][:CALM]
    head, told = fit(hub_messages(), [*questions(), *calm], SentenceTransformerEncoder())
    head.save(WEIGHTS)
    sys.stdout.write(f"{WEIGHTS.name}: {len(head.features.terms)} terms\n{told}\n")


if __name__ == "__main__":
    main()
