"""A Teams that is slow to say who somebody is, or does not: a guest until it does, and never late with an answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.teams.tenant import HUB_CHANNEL, PEOPLE, Tenant, tenant

ASKED = "how long may a silk kite soak in water?"
URGENT = "he is stabbing her right now at the lighthouse"
NOT_YET = "I cannot tell yet whether you are of this organisation. Try again in a moment."


@pytest.fixture
def people(tmp_path: Path, guidance: Path) -> Iterator[Tenant]:
    with tenant(tmp_path, guidance) as found:
        yield found


@pytest.mark.parametrize("status", [403, 500])
def test_where_the_roster_is_refused_nobody_is_quoted_anything(people: Tenant, status: int) -> None:
    people.teams.roster_status = status
    assert people.say("sam", ASKED).text.strip() == NOT_YET
    assert people.invoke("sam", "task/fetch", {"data": {"step": "form"}})["task"]["value"] == NOT_YET
    assert "call 999" in people.say("sam", URGENT).text
    assert people.hub.records.requests() == []
    people.teams.roster_status = 0
    people.teams.members["a:sam"] = [{"id": "29:sam", "aadObjectId": PEOPLE["sam"][1], "userRole": "user"}]
    assert "ten minutes only" in people.say("sam", ASKED).text


def test_a_slow_roster_makes_nobody_wait_longer_than_teams_does(
    people: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.say("sam", "who paints the lighthouse door?")
    view = people.view("bell", people.card("PF-0001").card, HUB_CHANNEL)
    monkeypatch.setattr("bot.teams.edge.SECONDS_TO_ANSWER", 0.05)
    monkeypatch.setattr("bot.teams.people.SECONDS_FOR_MEMBERS", 30.0)
    people.teams.roster_held = threading.Event()
    before = len(people.teams.sent)
    told = people.press("dunn", view, "Claim", f"{HUB_CHANNEL}2")
    assert told["value"] == "Working on it: what comes of it follows in a moment."
    asked = people.message("ali", URGENT)
    people.take(asked)
    assert "call 999" in people.next("a:ali", before).text  # before anybody says who that is
    people.teams.roster_held.set()
    followed = people.next(f"{HUB_CHANNEL}2", before)
    assert "claimed" in followed.text or "PF-0001" in followed.text
    assert people.hub.records.request("PF-0001").claimed_by
