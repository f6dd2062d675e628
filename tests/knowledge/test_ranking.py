"""Words side by side and the nearest sentence count in the ranking, beside words and meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.finding.asked import make_ready
from knowledge.finding.ranking import PAIRS, Hidden, Ranks, rank
from knowledge.store.edition import Edition
from knowledge.store.folder import Library
from knowledge.store.vectors import nearest_of_each
from tests.support.fakes import WordEncoder

Publish = Callable[[Path], Library]
FILLER = [
    f"# Stray {word}\n\n## About {word}\n\nOther {word} matters go here.\n"
    for word in ("boats", "carts", "doors", "elms", "ferns", "goats", "hives")
]


@pytest.fixture
def written(tmp_path: Path, publish: Publish) -> Callable[..., Edition]:
    """An edition with these two sections of one document among others that say something else."""

    def build(first: str, second: str) -> Edition:
        folder = tmp_path / "two"
        folder.mkdir()
        (folder / "two.md").write_text(f"# Two\n\n## First\n\n{first}\n\n## Second\n\n{second}\n", encoding="utf-8")
        for number, text in enumerate(FILLER):
            (folder / f"stray-{number}.md").write_text(text, encoding="utf-8")
        return publish(folder).edition()

    return build


def ranked(edition: Edition, question: str) -> tuple[Ranks, int, int]:
    """The ranks of a question with the rows of the two sections."""
    ranks = rank(edition, make_ready(edition, WordEncoder(), question), Hidden())
    return ranks, edition.section("two", "First")[0].row, edition.section("two", "Second")[0].row


def test_the_section_that_has_the_words_side_by_side_goes_ahead(written: Callable[..., Edition]) -> None:
    edition = written(
        "The letter was sent before any warning came to the lamp yard.",
        "The yard was sent before any warning letter came to the lamp.",
    )
    ranks, apart, together = ranked(edition, "warning letter")
    pair = edition.matching(["warning letter"], 9)
    assert list(pair) == [together]
    assert ranks.bm25[apart] == pytest.approx(ranks.bm25[together])
    assert ranks.words[together] - ranks.words[apart] == pytest.approx(PAIRS * pair[together])
    assert ranks.combined[together] > ranks.combined[apart]


def test_the_section_with_the_nearer_sentence_goes_ahead(written: Callable[..., Edition]) -> None:
    edition = written(
        "The lamp shone on the yard. The goat ate the oil.",
        "The lamp ate the oil. The goat shone on the yard.",
    )
    ranks, apart, together = ranked(edition, "oil for a lamp")
    assert ranks.similarities[apart] == pytest.approx(ranks.similarities[together], abs=0.01)
    assert ranks.bm25[apart] == pytest.approx(ranks.bm25[together])
    assert ranks.combined[together] - ranks.combined[apart] > 0.02
    assert all(0.0 <= value <= 1.0 for value in ranks.combined.values())


def test_the_nearest_of_several_vectors_counts_and_none_is_no_similarity() -> None:
    across = np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)
    stored = {7: across[:2], 3: across[:0], 5: across[2:]}
    found = nearest_of_each(np.array([0, 1], dtype=np.float32), stored)
    assert found == {7: 1.0, 5: pytest.approx(0.8, abs=0.001)}
    assert nearest_of_each(np.array([0, 1], dtype=np.float32), {3: across[:0]}) == {}


def test_what_is_no_number_leads_nothing(written: Callable[..., Edition]) -> None:
    edition = written("The lamp shone on the yard.", "The goat ate the oil.")
    asked = make_ready(edition, WordEncoder(), "oil for a lamp")
    broken = replace(asked, vector=np.full_like(asked.vector, np.nan))
    assert [value for value in rank(edition, broken, Hidden()).combined.values() if not 0.0 <= value <= 1.0] == []
