"""What an officer typed, made ready to be searched."""

from __future__ import annotations

from collections import Counter

import pytest

from knowledge.language import words
from knowledge.language.counted import Counted
from knowledge.language.sentences import split_sentences
from knowledge.language.words import (
    anywhere,
    forget_texts,
    learn_stems,
    lowered,
    respelt,
    search_terms,
    side_by_side,
    stems,
    stems_in,
    words_of,
    written_out,
    written_words,
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("do i need a warning b4 a CPN", "do i need a warning before a CPN (community protection notice)"),
        ("can I use s136", "can I use s136 (section 136)"),
        ("sec 60 or s17a", "section 60 or s17a (section 17a)"),
        ("shoplifters in herts", "shoplifters (shop thief) in herts (Hertfordshire)"),
        ("CPNs for kids", "CPNs (community protection notice) for children"),
        ("section 136 or 136", "section 136 or 136"),
        ("what is a community protection notice or CPN", "what is a community protection notice or CPN"),
        ("RV at the MIT", "RV at the MIT"),
        ("nothing to do here", "nothing to do here"),
    ],
)
def test_abbreviations_and_shorthand_are_written_out(typed: str, written: str) -> None:
    assert written_out(typed) == written


def test_search_terms_leave_function_words_out() -> None:
    assert search_terms("How long can we keep a Badger, a badger?") == ["long", "keep", "badger"]


def test_a_question_of_function_words_keeps_them() -> None:
    assert search_terms("who are they") == ["who", "are", "they"]


def test_search_terms_are_bounded_and_hostile_syntax_is_gone() -> None:
    assert search_terms('a" AND NEAR( col:x * ^') == ["near", "col", "x"]
    assert len(search_terms(" ".join(f"word{n}" for n in range(500)))) == 32


def test_words_side_by_side_are_paired_where_no_function_word_parts_them() -> None:
    assert side_by_side("The warning letter of a Warning Letter to shop staff") == ["warning letter", "shop staff"]
    assert side_by_side("what is it") == []
    assert len(side_by_side(" ".join(f"word{n}" for n in range(99)))) == 32


def test_misspellings_find_the_nearest_known_word() -> None:
    known = frozenset({"consent", "referral", "exploitation", "hours"})
    assert respelt(["consnet", "refferal", "explotation", "hours", "hour", "sandwich"], known) == {
        "consnet": "consent",
        "refferal": "referral",
        "explotation": "exploitation",
    }


def test_a_negation_is_never_mended_away() -> None:
    known = frozenset({"should", "there", "want", "would", "earlier"})
    typed = ["shouldnt", "shouldn", "theyre", "wasnt", "wouldnt", "shouldve", "mustnt", "couldntve"]
    assert respelt(typed, known) == {}
    assert respelt(["shoudl", "woudl"], known) == {"shoudl": "should", "woudl": "would"}


def test_of_two_words_equally_near_the_same_is_taken_whatever_the_order() -> None:
    assert respelt(["blorken"], ["blorgen", "blorfen"]) == respelt(["blorken"], ["blorfen", "blorgen"])
    assert respelt(["blorken"], frozenset({"blorgen", "blorfen"})) == {"blorken": "blorfen"}


@pytest.mark.parametrize(
    ("typed", "anywhere_"),
    [
        ("can [name] be moved from Watford", "can someone be moved"),
        ("asb in st albans and hatfield", "asb in st albans and hatfield"),
        ("what works in Letchworth Garden at night", "what works at night"),
        ("missing from home", "missing from home"),
        ("in a back garden", "in a back garden"),
        ("where did it come from originally", "where did it come from originally"),
        ("found him in glasgow", "found him"),
    ],
)
def test_a_question_is_read_as_if_about_anybody_anywhere(typed: str, anywhere_: str) -> None:
    assert anywhere(typed, {"home", "night", "back", "garden", "albans"} - {"garden"} | {"works"}) == anywhere_


def test_stems_are_those_of_the_index() -> None:
    assert stems(["burglaries", "burglary", "extended"]) == ["burglari", "burglari", "extend"]


def test_where_more_words_were_asked_than_are_remembered_none_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "WORDS_REMEMBERED", 1)
    assert stems(["walked", "lamps"]) == ["walk", "lamp"]
    assert stems(["lamps", "kites"]) == ["lamp", "kite"]  # one that is known, and one that is new


def test_of_a_huge_library_as_many_words_are_learnt_as_leave_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "WORDS_REMEMBERED", 6)
    monkeypatch.setattr(words, "LEARNT_AT_ONCE", 2)
    forget_texts()
    learn_stems(iter(["lamps", "kites", "badgers", "owls"]))
    assert words._Stemmer.shared()._known == {"lamps": "lamp", "kites": "kite", "badgers": "badger"}


def test_the_stems_of_a_text_are_those_of_its_words() -> None:
    assert stems_in("Burglaries, burglary: extended") == {"burglari", "extend"}


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("See s. 136 and Art. 10 first. Then act.", ["See s. 136 and Art. 10 first.", "Then act."]),
        ("It took 2.5 hours. No more.", ["It took 2.5 hours.", "No more."]),
        ("Ask a friend, e.g. Dr. Moss. Then wait.", ["Ask a friend, e.g. Dr. Moss.", "Then wait."]),
        ("1. Stop here. Look.\n2. Listen.", ["1. Stop here.", "Look.", "2. Listen."]),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


def test_words_are_counted_as_they_are_found() -> None:
    texts = ["The CPN and the cpn's İstanbul, ſtreet", "STRASSE Straße the"]
    counted = lowered(Counter(word for text in texts for word in written_words(text)))
    assert counted == Counter(word for text in texts for word in words_of(text))


def test_words_that_are_counted_in_little_memory_are_a_mapping_like_any_other() -> None:
    words = sorted(["zoo", "über", "a", "ab", "abc", "b", "éa", "\U0001f98a"])
    numbers = {word: place for place, word in enumerate(words, 3)}
    counted = Counted(numbers.items())
    assert (dict(counted), len(counted), counted.total()) == (numbers, 8, sum(numbers.values()))
    assert [word for word in ("ab", "abc", "abcd", "", "zz", "ü") if word in counted] == ["ab", "abc"]
    assert [counted.beginning_with(letters) for letters in ("a", "ab", "é", "ü", "y", "")] == [
        ["a", "ab", "abc"], ["ab", "abc"], ["éa"], ["über"], [], words,
    ]  # fmt: skip
    assert list(Counted.of(["b", "a", "b"]).items()) == [("a", 1), ("b", 1)]
    assert (dict(Counted([])), "a" in Counted([]), Counted([]).beginning_with("a")) == ({}, False, [])
