"""The words and rules of requests, and receipt codes."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.receipts import ALPHABET, new_receipt, normalise_receipt
from bot.domain.requests import (
    TRANSITIONS,
    RequestKind,
    RequestState,
    TransitionError,
    check_transition,
    parse_reference,
    reference_of,
)

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "typed", ["PF-0042", "pf-0042", "pf42", "PF 42", "42", "#42", " PF–0042 ", "ＰＦ－４２", "pf-000042"]
)
def test_a_reference_is_understood_however_it_is_typed(typed: str) -> None:
    assert parse_reference(typed) == 42


@pytest.mark.parametrize("typed", ["", "PF", "PF-0", "0", "forty-two", "PF-42x", "XPF-42", "4 2", "9" * 10, "PF-½"])
def test_what_is_no_reference_is_none(typed: str) -> None:
    assert parse_reference(typed) is None


@given(st.integers(min_value=1, max_value=999_999_999))
def test_every_number_comes_back_from_its_reference(number: int) -> None:
    assert parse_reference(reference_of(number)) == number


@given(st.text())
def test_any_text_is_a_number_or_none(text: str) -> None:
    number = parse_reference(text)
    assert number is None or number > 0


def test_references_are_four_digits_until_they_need_more() -> None:
    assert [reference_of(number) for number in (1, 42, 9999, 12345)] == [
        "PF-0001",
        "PF-0042",
        "PF-9999",
        "PF-12345",
    ]


def test_the_words_are_those_of_the_design() -> None:
    assert [str(kind) for kind in RequestKind] == [
        "question",
        "operational_problem",
        "organisational_inefficiency",
        "correction",
    ]
    assert [str(state) for state in RequestState] == [
        "open",
        "claimed",
        "replied",
        "closed",
        "reopened",
        "withdrawn",
        "unresolved",
    ]
    assert set(TRANSITIONS) == set(RequestState)


def test_the_way_through_the_queue_is_allowed() -> None:
    way = ("open", "claimed", "replied", "closed", "reopened", "claimed", "withdrawn")
    for now, wanted in pairwise(way):
        check_transition("PF-0042", RequestState(now), RequestState(wanted))


@pytest.mark.parametrize(
    ("now", "wanted", "sentence"),
    [
        ("open", "closed", "PF-0042 has no reply yet."),
        ("closed", "replied", "PF-0042 is closed. To go on with it, open it again first."),
        (
            "withdrawn",
            "open",
            "PF-0042 was withdrawn, and stays so. Ask the question again to open a new request.",
        ),
    ],
)
def test_a_step_that_is_not_allowed_names_those_that_are(now: str, wanted: str, sentence: str) -> None:
    with pytest.raises(TransitionError) as refused:
        check_transition("PF-0042", RequestState(now), RequestState(wanted))
    assert str(refused.value) == sentence


def test_receipts_hold_no_look_alikes() -> None:
    assert not set("0O1ILU") & set(ALPHABET)
    codes = {new_receipt() for _ in range(1000)}
    assert len(codes) >= 999
    assert all(normalise_receipt(code) == code for code in codes)
    assert {len(code) for code in codes} == {7}


@pytest.mark.parametrize(
    "typed",
    [
        "7K3-F9Q",
        "7k3-f9q",
        "7k3f9q",
        " 7K3 F9Q ",
        "7K3–F9Q",
        "7K3-F9O",
        "7К3-F9Q",
        "７Ｋ３－Ｆ９Ｑ",
        "7k3f90",
    ],
)
def test_a_receipt_is_found_however_it_is_typed(typed: str) -> None:
    assert normalise_receipt(typed) == "7K3-F9Q"


@pytest.mark.parametrize("typed", ["", "7K3", "7K3-F9Q-2", "7K3-F9!", "7K3-F91", "日本語日本語"])
def test_what_is_no_receipt_is_none(typed: str) -> None:
    assert normalise_receipt(typed) is None


@given(st.text(max_size=20))
def test_any_text_is_a_receipt_or_none(text: str) -> None:
    code = normalise_receipt(text)
    assert code is None or normalise_receipt(code) == code


def test_the_core_words_do_not_load_the_database_library() -> None:
    nouns = ", ".join(f"bot.domain.{name}" for name in ("messages", "requests", "receipts", "changes"))
    script = f"import sys, {nouns}; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
