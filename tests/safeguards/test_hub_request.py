"""Requests for the hub in officers' own words: heard, and told apart by whose work they are about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.domain.requests import RequestKind
from bot.safeguards import clean, hub_request

_FILE = Path(__file__).parents[1] / "data" / "hub_requests.jsonl"
MESSAGES = [json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]


def test_there_are_messages_of_every_kind() -> None:
    kinds = [message["kind"] for message in MESSAGES]
    assert {kind: kinds.count(kind) >= 30 for kind in kinds} == {
        "organisational_inefficiency": True,
        "operational_problem": True,
        "question": True,
    }


@pytest.mark.parametrize("message", MESSAGES, ids=[message["text"] for message in MESSAGES])
def test_a_request_is_heard_and_a_question_is_none(message: dict[str, str]) -> None:
    heard = hub_request(clean(message["text"]))
    assert (heard.value if heard else "question") == message["kind"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ten principles or the 25, which for a residents meeting and which when im stuck", None),
        ("what if im stuck with the same address every week", RequestKind.OPERATIONAL_PROBLEM),
        ("im stuck with the same address every week", RequestKind.OPERATIONAL_PROBLEM),
    ],
)
def test_being_stuck_some_day_asks_for_nobody(text: str, kind: RequestKind | None) -> None:
    assert hub_request(text) is kind
