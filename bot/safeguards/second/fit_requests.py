"""Fit the listener for requests: `python -m bot.safeguards.second.fit_requests` writes requests.npz anew.

`hub_messages.jsonl` holds what it learns from: made-up messages of several writers, most of them asking the hub for
something, the others asking guidance about the same subjects. The questions of the library and calm messages of the
second listener are added as what is no request. The command prints what is heard of writers that are left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.domain.requests import RequestKind
from bot.safeguards.second.features import Features, Row, prepared
from bot.safeguards.second.fit import logistic, questions, read_messages, rows_of
from bot.safeguards.second.listener import Encoder, Head
from bot.safeguards.second.requests import WEIGHTS
from knowledge.encoder import DEFAULT_ENCODER, SentenceTransformerEncoder

MESSAGES = Path(__file__).parent / "hub_messages.jsonl"
THRESHOLD = 0.0
"""Of the head that says whether it is a request: at 0 no question of a writer who is left out is taken for one."""
CALM = 400
"""Calm messages of the second listener that are added."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A made-up message, and what it asks of the hub: a question asks nothing of its people."""

    writer: str
    text: str
    kind: RequestKind

    @property
    def is_request(self) -> bool:
        """Whether the hub's people are wanted."""
        return self.kind is not RequestKind.QUESTION


def read_wishes(file: Path = MESSAGES) -> list[Wish]:
    """Every message of the file."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Wish(row["writer"], row["text"], RequestKind(row["kind"])) for row in rows]


def fit(wishes: Sequence[Wish], questions: Iterable[str], encoder: Encoder) -> tuple[Head, str]:
    """The head for an encoder, and in words how it does on writers that are left out."""
    others = list(questions)
    texts = [*(one.text for one in wishes), *others]
    features = Features.of([prepared(text) for text in (*texts[: len(wishes)], *texts[-CALM:])])
    rows = rows_of(features, texts, encoder)
    wanted = np.array([*(one.is_request for one in wishes), *(False for _ in others)])
    waste = np.array([one.kind is RequestKind.ORGANISATIONAL_INEFFICIENCY for one in wishes if one.is_request])
    models = [logistic(rows, wanted), logistic(rows[np.flatnonzero(wanted)], waste)]
    head = Head(
        features,
        np.vstack([model.coef_[0] for model in models]),
        np.array([model.intercept_[0] for model in models]),
        np.array([THRESHOLD, 0.0]),
        encoder.fingerprint,
    )
    return head, _left_out(rows, wanted, np.array([*(one.writer for one in wishes), *("" for _ in others)]))


def _left_out(rows: Any, wanted: Row, writers: Row) -> str:
    lines = []
    for writer in sorted(set(writers) - {""}):
        out = writers == writer
        scores = logistic(rows[np.flatnonzero(~out)], wanted[~out]).decision_function(rows[np.flatnonzero(out)])
        heard, asks = scores >= THRESHOLD, wanted[out]
        lines.append(
            f"{writer}: requests heard {int(heard[asks].sum())} of {int(asks.sum())}, "
            f"questions taken for one {int(heard[~asks].sum())} of {int((~asks).sum())}"
        )
    return "\n".join(lines)


def main() -> None:
    """Fit the listener for requests for an encoder, and print how it does on writers that are left out."""
    parser = argparse.ArgumentParser(prog="python -m bot.safeguards.second.fit_requests", description=main.__doc__)
    parser.add_argument("--encoder", default=DEFAULT_ENCODER, help="the encoder that the hub uses (%(default)s)")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go (%(default)s)")
    wanted = parser.parse_args()
    calm = [one.text for one in read_messages() if not one.urgent][:CALM]
    asked = [*(one.text for one in questions()), *calm]
    head, told = fit(read_wishes(), asked, SentenceTransformerEncoder(wanted.encoder))
    head.save(wanted.out)
    sys.stdout.write(f"{wanted.out.name}: {len(head.features.terms)} terms\n{told}\n")


if __name__ == "__main__":
    main()
