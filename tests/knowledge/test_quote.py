"""A quote keeps what conditions, forbids or excepts within its section, whatever the length."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.found import Hit
from knowledge.judging.conditions import conditions, is_condition
from knowledge.quote import GAP, best_sentence, quoted, spans_of, stands_in
from knowledge.search import search
from knowledge.store.folder import Library
from tests.support.fakes import WordEncoder

Publish = Callable[[Path], Library]
FILLER = " ".join(
    f"The tide table of harbour {n} is printed on blue paper and hangs beside the door." for n in range(9)
)


def hit_of(folder: Path, publish: Publish, text: str, question: str) -> Hit:
    folder.mkdir()
    (folder / "boats.md").write_text(f"# Boats\n\n## Lending a boat\n\n{text}\n", encoding="utf-8")
    return search(publish(folder).edition(), WordEncoder(), question).hits[0]


RESTRICTED = f"""A boat is lent for two hours against a signature in the harbour book.

{FILLER}

Nobody under 14 may steer a boat."""


def test_the_restriction_at_the_end_of_a_long_passage_stays(tmp_path: Path, publish: Publish) -> None:
    hit = hit_of(tmp_path / "a", publish, RESTRICTED, "for how long is a boat lent against a signature")
    shown = quoted(hit)
    assert best_sentence(hit) == "A boat is lent for two hours against a signature in the harbour book."
    assert shown.text.startswith("A boat is lent for two hours")
    assert shown.text.endswith("Nobody under 14 may steer a boat.")
    assert shown.spans == (shown.text,)  # one unbroken piece, since it fits
    assert shown.sentences == (best_sentence(hit),)


MANY = "\n\n".join(f"Harbour {n}. {FILLER}" for n in range(4))


def test_a_condition_in_another_passage_of_the_section_comes_along_and_the_gap_is_marked(
    tmp_path: Path, publish: Publish
) -> None:
    text = f"STOP if the boat smells of gas.\n\n{MANY}\n\nThe rope is coiled clockwise by the mate.\n\n{MANY}"
    hit = hit_of(tmp_path / "b", publish, text, "how is the rope coiled by the mate")
    shown = quoted(hit)
    assert "The rope is coiled clockwise by the mate." in shown.text
    assert shown.spans[0] == "STOP if the boat smells of gas."
    assert shown.text.startswith(f"STOP if the boat smells of gas.{GAP}")
    assert [shown.text[a:b] for a, b in shown.answer] == ["The rope is coiled clockwise by the mate."]
    assert all(any(span in passage.text for passage in hit.section) for span in shown.spans)
    assert (shown.more_before, shown.more_after) == (True, True)


def test_a_piece_of_a_long_list_says_which_list(tmp_path: Path, publish: Publish) -> None:
    items = "\n".join(f"- climb mast number {n} in a swell while the cook is asleep below" for n in range(60))
    text = f"The crew must never:\n\n{items}\n- paint the cabin door"
    hit = hit_of(tmp_path / "c", publish, text, "may the crew paint the cabin door")
    shown = quoted(hit)
    assert "paint the cabin door" in shown.text
    assert "The crew must never:" in shown.text


def test_a_short_passage_is_quoted_whole(tmp_path: Path, publish: Publish) -> None:
    hit = hit_of(tmp_path / "d", publish, "A boat is lent.\n\nIt is blue.", "is a boat lent")
    shown = quoted(hit)
    assert shown.text == "A boat is lent.\n\nIt is blue."
    assert (shown.more_before, shown.more_after) == (False, False)


@pytest.mark.parametrize(
    "sentence",
    [
        "Concern for welfare alone is not enough in law.",
        "Nobody under 14 may be held.",
        "STOP if the house has gas.",
        "Only an inspector can.",
        "Except on Sundays.",
        "You can't go in.",
        "Do this unless the owner agrees.",
        "No officer goes alone.",
        "It must be in writing.",
    ],
)
def test_conditions_are_known_by_their_words(sentence: str) -> None:
    assert is_condition(sentence)


@pytest.mark.parametrize("sentence", ["The lamp hangs by the door.", "Ring the bell twice.", "A notice is blue."])
def test_other_sentences_are_no_conditions(sentence: str) -> None:
    assert not is_condition(sentence)


def test_a_line_that_forbids_brings_its_list_and_an_item_brings_its_line() -> None:
    text = "Bring a lamp.\nDo not:\n- shout\n- run\nThen leave.\nYou need:\n- a rope\n- a bell, unless it is Sunday\n"
    assert [text[a:b] for a, b in conditions(text)] == [
        "Do not:\n- shout\n- run",
        "You need:\n- a rope\n- a bell, unless it is Sunday",
    ]


def test_a_quote_of_several_pieces_stands_while_each_of_them_does() -> None:
    text = f"One.{GAP}Three."
    assert spans_of(text) == ("One.", "Three.")
    assert stands_in(text, ["One. Two.", "Three. Four."])
    assert not stands_in(text, ["One. Two.", "Four."])
