"""Guests and people of other organisations: told whom the assistant answers, whichever way they come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.teams import people as rooms
from tests.support.teams.tenant import CHANNEL, PEOPLE, Tenant, tenant

ASKED = "how long may a silk kite soak in water?"
TOLD = "I only answer people of this organisation."


@pytest.fixture
def people(tmp_path: Path, guidance: Path) -> Iterator[Tenant]:
    with tenant(tmp_path, guidance) as found:
        yield found


def member(who: str, **more: str) -> dict[str, str]:
    """Somebody as Teams lists them."""
    return {"id": PEOPLE[who][0], "aadObjectId": PEOPLE[who][1], "userRole": "user", **more}


@pytest.mark.parametrize("what", [{"userRole": "guest"}, {"tenantId": "99999999-0000-4000-8000-000000000001"}])
def test_a_guest_in_their_own_chat_is_not_answered(people: Tenant, what: dict[str, str]) -> None:
    people.teams.members["a:sam"] = [member("sam", **what)]
    assert people.say("sam", ASKED).text.strip() == TOLD
    assert "ten minutes only" in people.say("ali", ASKED).text


INVOKES: list[tuple[str, dict[str, Any]]] = [
    ("composeExtension/query", {"commandId": "search", "parameters": [{"name": "words", "value": "soak a silk kite"}]}),
    ("composeExtension/fetchTask", {"commandId": "support_form"}),
    ("composeExtension/submitAction", {"data": {"step": "about", "nonce": "1", "text": "who paints it?"}}),
    ("task/fetch", {"data": {"step": "form"}}),
    ("task/submit", {"data": {"step": "about", "nonce": "2", "text": "who paints the lighthouse door?"}}),
    ("message/fetchTask", {"data": {"actionValue": {"reaction": "dislike"}}}),
    ("adaptiveCard/action", {"action": {"verb": "form", "data": {"step": "form", "nonce": "3"}}}),
]


@pytest.mark.parametrize(("name", "value"), INVOKES, ids=[name for name, _ in INVOKES])
def test_nothing_else_is_open_to_a_guest_either(people: Tenant, name: str, value: dict[str, Any]) -> None:
    people.teams.members["a:sam"] = [member("sam", userRole="guest")]
    answer = people.invoke("sam", name, value)
    said = {"task": {"type": "message", "value": TOLD}}
    if name == "composeExtension/query":
        said = {"composeExtension": {"type": "message", "text": TOLD}}
    if name == "adaptiveCard/action":
        assert answer["value"] == TOLD
    else:
        assert answer == said
    assert people.hub.records.requests() == []
    assert people.hub.records.people.get("teams", PEOPLE["sam"][1]) is None


def test_a_guest_on_a_later_page_of_a_big_team_counts(people: Tenant) -> None:
    crowd = [{"id": f"29:{number}", "aadObjectId": f"x{number}", "userRole": "user"} for number in range(600)]
    people.teams.members[CHANNEL] = [member("sam"), *crowd, {"id": "29:guest", "aadObjectId": "g", "userRole": "guest"}]
    people.say("sam", "hello")
    line, _ = people.mention("sam", ASKED)
    assert line.text.strip() == "I have sent you my reply in private."


def test_what_is_remembered_of_people_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MOST_REMEMBERED", 3)
    known: dict[str, int] = {}
    for number in range(10):
        rooms._keep(known, str(number), number)
    assert known == {"7": 7, "8": 8, "9": 9}
