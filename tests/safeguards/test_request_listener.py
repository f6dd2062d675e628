"""Requests for the hub that no list of words hears: heard in their meaning, and nothing else with them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bot.safeguards import clean, hub_request
from bot.safeguards.second.requests import RequestListener
from knowledge.encoder import SentenceTransformerEncoder

DATA = Path(__file__).parents[1] / "data"


def rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.encoder
def test_what_others_wrote_is_heard_and_their_questions_are_none(real_encoder: SentenceTransformerEncoder) -> None:
    """Measured once on messages that neither list nor head was made with: words alone 5 of 20, both 19 of 20."""
    listener = RequestListener(real_encoder)
    heard, kinds, wrong = 0, 0, []
    for row in rows("hub_requests_unseen.jsonl"):
        kind = hub_request(clean(row["text"])) or listener.kind_of(row["text"])
        if row["kind"] == "question":
            wrong += [row["text"]] if kind else []
            continue
        heard += kind is not None
        kinds += kind is not None and kind.value == row["kind"]
    assert heard >= 18
    assert kinds >= 15
    assert wrong == []


@pytest.mark.encoder
def test_plain_questions_are_no_requests(real_encoder: SentenceTransformerEncoder) -> None:
    listener = RequestListener(real_encoder)
    asked = [row["text"] for row in rows("unseen.jsonl")][:100]
    assert sum(listener.kind_of(text) is not None for text in asked) <= 1


class Strange:
    fingerprint = "another"

    def encode_question(self, text: str) -> np.ndarray:
        raise AssertionError("an encoder that it was not fitted for is not asked")


def test_with_another_encoder_or_without_weights_it_is_silent(tmp_path: Path) -> None:
    wanted = "can one of you come out and help us with the lake"
    assert RequestListener(Strange()).kind_of(wanted) is None
    assert RequestListener(Strange(), tmp_path / "none.npz").kind_of(wanted) is None
