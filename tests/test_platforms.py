"""One hub on two platforms: whoever asks on one is replied to from the other, and both show the same state."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.app import Hub
from tests.slack.old_fake import SECRET, FakeSlack
from tests.slack.old_workspace import HTTP, Workspace
from tests.slack.old_workspace import HUB_CHANNEL as SLACK_HUB
from tests.support.teams.fake import words
from tests.support.teams.tenant import HUB_CHANNEL as TEAMS_HUB
from tests.support.teams.tenant import PEOPLE, Tenant, tenant


@dataclass(frozen=True, slots=True)
class Both:
    """People in Slack and people in Teams."""

    slack: Workspace
    teams: Tenant
    hub: Hub


@contextmanager
def both_platforms(folder: Path, guidance: Path) -> Iterator[Both]:
    slack = FakeSlack().start()
    try:
        on_slack = {
            "slack_bot_token": "xoxb-1",
            "slack_signing_secret": SECRET,
            "slack_hub_channel": SLACK_HUB,
            "slack_api_url": slack.url,
            "hub_staff": f"UBELL,{PEOPLE['bell'][1]},{PEOPLE['dunn'][1]}",
        }
        with tenant(folder, guidance, **on_slack) as people:
            slack.app_url = people.teams.app_url
            yield Both(Workspace(slack, people.hub, HTTP), people, people.hub)
        assert slack.violations == []
    finally:
        slack.stop()


@pytest.fixture
def both(tmp_path: Path, guidance: Path) -> Iterator[Both]:
    with both_platforms(tmp_path, guidance) as found:
        yield found


def test_a_slack_asker_and_a_teams_hub(both: Both) -> None:
    both.teams.say("bell", "hello")  # Teams tells where it is reached
    both.slack.write("U7", "who paints the lighthouse door?")
    slack_card = both.slack.card("PF-0001")
    view = both.teams.view("bell", both.teams.card("PF-0001").card, TEAMS_HUB)
    claimed = both.teams.press("bell", view, "Claim", TEAMS_HUB)["value"]
    changed = both.slack.card("PF-0001", times=2)
    assert changed.method == "chat.update"
    assert changed.body["ts"] == slack_card.answered["ts"]
    assert "claimed · Sgt Bell" in changed.text
    opened = both.teams.press("bell", claimed, "Reply", TEAMS_HUB)
    both.teams.fill("bell", opened, TEAMS_HUB, text="The sexton paints it.")
    letter = both.slack.slack.wait_for(
        lambda call: call.method == "chat.postMessage" and "The sexton paints it." in call.text
    )
    assert letter.body["channel"] == "DU7"
    both.slack.press(letter, "That helped", "U7")
    assert "closed" in both.teams.card("PF-0001", times=4).text
    assert both.hub.records.request("PF-0001").outcome == "answered"


def test_a_teams_asker_and_a_slack_hub(both: Both) -> None:
    both.teams.say("sam", "who paints the lighthouse door?")
    card = both.slack.card("PF-0001")
    both.slack.press(card, "Claim", "UBELL")
    both.teams.card("PF-0001", times=2)
    before = len(both.teams.teams.sent)
    dialog = both.slack.opens(both.slack.card("PF-0001", times=2), "Reply", "UBELL")
    both.slack.submit(dialog, "UBELL", text="The sexton paints it.")
    letter = both.teams.next("a:sam", before)
    assert "The sexton paints it." in letter.text
    assert words(both.teams.press("sam", letter.card, "Not yet")["value"]).startswith("PF-0001 is open again.")
    both.slack.slack.wait_for(lambda call: "Open again: Sam Officer says not yet." in call.text)


def test_a_stale_button_on_the_other_platform_says_who_has_it(both: Both) -> None:
    both.teams.say("sam", "who paints the lighthouse door?")
    card = both.slack.card("PF-0001")
    view = both.teams.view("bell", both.teams.card("PF-0001").card, TEAMS_HUB)
    both.teams.press("bell", view, "Claim", TEAMS_HUB)
    before = both.slack.press(card, "Claim", "UBELL")
    told = both.slack.slack.wait_for(lambda call: call.method == "chat.postEphemeral", after=before)
    assert "Sgt Bell" in told.text
