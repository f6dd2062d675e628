"""Only what is no English word is mended, and never into another subject."""

from __future__ import annotations

import pytest

from knowledge.language.spelling import is_english, mended

KNOWN = frozenset(
    "stalking breached house patrol setting corner edition prison find done burglary harassment detention neighbour "
    "vulnerable violence offender council".split()
)


@pytest.mark.parametrize(
    "word",
    "stabbing breath breach horse petrol spitting coroner eviction poison fined drone setter paroled hoarse".split(),
)
def test_a_right_word_is_left_alone_although_the_library_has_one_much_like_it(word: str) -> None:
    assert mended([word], KNOWN) == {}


@pytest.mark.parametrize(
    "word", "colour neighbours organised kerb tyres travelling defence catalogue analysed grey programme fulfil".split()
)
def test_british_spelling_is_english(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("burglery", "burglary"),
        ("harrasment", "harassment"),
        ("detension", "detention"),
        ("nieghbour", "neighbour"),
        ("vunerable", "vulnerable"),
        ("vilence", "violence"),
        ("stalkng", "stalking"),
    ],
)
def test_what_is_no_word_becomes_the_one_that_was_meant(typed: str, meant: str) -> None:
    assert mended([typed], KNOWN) == {typed: meant}


@pytest.mark.parametrize("typed", ["stabing", "horsse", "petroll", "spiting"])
def test_a_misspelt_word_that_the_library_does_not_have_is_not_made_one_that_it_has(typed: str) -> None:
    assert mended([typed], KNOWN) == {}


def test_short_words_numbers_and_our_own_abbreviations_stay() -> None:
    assert mended(["hous", "s136", "mispers"], KNOWN, also=frozenset({"mispers"})) == {}
