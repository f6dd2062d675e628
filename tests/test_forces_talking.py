"""Two forces side by side in Slack and Teams: whatever somebody of one does there, nothing of the other is shown.

Workspaces, tenants, channels, people and references have the same ids in both: what one process kept by such an id
alone would be found by the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.forces import KITES, Force, elsewhere, installed, rows, settle, walk
from tests.test_forces import GUIDANCE, NATIONAL


@pytest.fixture
def both(tmp_path: Path, ungated: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Force, Force]]:
    starter = tmp_path / "starter"
    starter.mkdir()
    (starter / "balloons.md").write_text(NATIONAL, encoding="utf-8")
    monkeypatch.setattr("bot.publishing.starter_library", lambda: starter)
    with ExitStack() as stack:
        avon, kent = (stack.enter_context(installed(name, tmp_path, GUIDANCE)) for name in ("avon", "kent"))
        yield avon, kent


def test_whatever_is_done_in_slack_and_teams_shows_nothing_of_another_force_and_writes_nothing_there(
    both: tuple[Force, Force],
) -> None:
    avon, kent = both
    walk(kent, [])
    theirs = elsewhere(kent)
    settle(kent)
    before, calls, sent = rows(kent), len(kent.slack.calls), len(kent.people.teams.sent)
    holding = {table for table, lines in before.items() if any("kentmarker" in line for line in lines)}
    assert holding >= {"questions", "replies", "messages", "feedback", "advice", "lessons", "outbox"}
    walk(avon, theirs)
    elsewhere(avon)
    for asked, there in (
        ("a fence of wood, scooters", "avonmarker fences"),
        ("paint from the shed", "avonmarker paint"),
    ):
        value = {"commandId": "search", "parameters": [{"name": "query", "value": asked}]}
        assert there in repr(avon.people.invoke("sam", "composeExtension/query", value))
    settle(avon)
    assert avon.said().count("avonmarker") > 50
    assert "kentmarker" not in avon.said()
    assert [table for table, lines in rows(avon).items() if any("kentmarker" in line for line in lines)] == []
    assert rows(kent) == before
    assert (len(kent.slack.calls), len(kent.people.teams.sent)) == (calls, sent)
    assert "avonmarker" not in kent.said()


@pytest.mark.parametrize("mixed_up", ["library", "database"])
def test_a_library_or_a_database_that_is_the_other_s_would_be_seen(both: tuple[Force, Force], mixed_up: str) -> None:
    avon, kent = both
    kent.people.say("sam", "who paints the kentmarker lighthouse door?")
    avon.people.say("sam", "hello")
    assert "kentmarker" not in avon.said()
    if mixed_up == "library":
        avon.hub.library.folder = kent.hub.library.folder
    else:
        avon.hub.records._database._made = kent.hub.records._database._made
    avon.people.say("sam", KITES)
    avon.people.say("sam", "mine")
    assert "kentmarker" in avon.said()
