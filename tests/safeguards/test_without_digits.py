"""In a text without a digit nothing is looked for that takes one: it must find the same as if all were looked for."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.safeguards import identifiers
from bot.safeguards.redaction.reading import spans
from bot.safeguards.redaction.reading.known import bundled_known

IDENTIFIERS = Path(__file__).parents[1] / "data" / "identifiers.jsonl"


def _texts() -> list[str]:
    """Messages with identifiers, in which letters stand where digits stood, or nothing does."""
    lines = IDENTIFIERS.read_text(encoding="utf-8").splitlines()
    numbered = [text for line in lines if re.search(r"\d", text := re.sub("[‹›]", "", json.loads(line)["text"]))]
    return [re.sub(r"\d", letter, text) for text in numbered[::4] for letter in ("o", "")]


def _found(texts: list[str]) -> list[list[tuple[int, int, str]]]:
    recognisers = identifiers._recognisers(bundled_known())
    return [identifiers._find(text, recognisers) for text in texts]


def test_the_same_is_found_where_digits_are_taken_for_granted(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = _texts()
    looked = _found(texts)
    monkeypatch.setattr(spans, "_DIGIT", re.compile(""))
    assert _found(texts) == looked
