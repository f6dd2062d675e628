"""One hub on two platforms: whoever asks on one is replied to from the other, and both show the same state."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.app import Hub
from tests.support.slack import running
from tests.support.slack.fake import FakeSlack
from tests.support.slack.person import Person
from tests.support.slack.workspace import HUB, SECRET, TOKEN, Json, text_of
from tests.support.teams.fake import words
from tests.support.teams.tenant import HUB_CHANNEL as TEAMS_HUB
from tests.support.teams.tenant import PEOPLE, Tenant, tenant

ASKED = "who paints the lighthouse door?"


@dataclass(frozen=True, slots=True)
class Both:
    """People in Slack and people in Teams."""

    slack: FakeSlack
    teams: Tenant
    hub: Hub

    @property
    def anna(self) -> Person:
        return Person(self.slack, running.ANNA)

    @property
    def bell(self) -> Person:
        return Person(self.slack, running.BELL)

    def slack_card(self, text: str) -> Json:
        """The card in Slack, once this stands on it."""

        def shown() -> Json | None:
            cards = (one for one in self.slack.messages.get(HUB, []) if "thread_ts" not in one)
            return next((one for one in cards if text in text_of(one)), None)

        return self.slack.wait_for(shown, f"a card with {text!r}")


@contextmanager
def both_platforms(folder: Path, guidance: Path) -> Iterator[Both]:
    with FakeSlack() as slack:
        on_slack = {
            "slack_bot_token": TOKEN,
            "slack_signing_secret": SECRET,
            "slack_hub_channel": HUB,
            "slack_api_url": slack.api_url,
            "hub_staff": f"{running.BELL},{PEOPLE['bell'][1]},{PEOPLE['dunn'][1]}",
        }
        with tenant(folder, guidance, **on_slack) as people:
            slack.app_url = people.teams.app_url
            yield Both(slack, people, people.hub)
        assert slack.faults == []


@pytest.fixture
def both(tmp_path: Path, guidance: Path) -> Iterator[Both]:
    with both_platforms(tmp_path, guidance) as found:
        yield found


def test_a_slack_asker_and_a_teams_hub(both: Both) -> None:
    both.teams.say("bell", "hello")  # Teams tells where it is reached
    both.anna.ask(ASKED)
    card = both.slack_card("PF-0001 · open")
    view = both.teams.view("bell", both.teams.card("PF-0001").card, TEAMS_HUB)
    claimed = both.teams.press("bell", view, "Claim", TEAMS_HUB)["value"]
    assert both.slack_card("claimed · Sgt Bell")["ts"] == card["ts"]
    opened = both.teams.press("bell", claimed, "Reply", TEAMS_HUB)
    both.teams.fill("bell", opened, TEAMS_HUB, text="The sexton paints it.")
    letter = both.anna.wait_for(lambda m: "The sexton paints it." in text_of(m))
    both.anna.press(letter, "That helped")
    assert "closed" in both.teams.card("PF-0001", times=4).text
    assert both.hub.records.request("PF-0001").outcome == "answered"


def test_a_teams_asker_and_a_slack_hub(both: Both) -> None:
    both.teams.say("sam", ASKED)
    both.bell.press(both.slack_card("PF-0001 · open"), "Claim", channel=HUB)
    both.teams.card("PF-0001", times=2)
    before = len(both.teams.teams.sent)
    both.bell.press(both.slack_card("PF-0001 · claimed"), "Reply", channel=HUB)
    assert "Sent to whoever asked PF-0001." in both.bell.fill_in(
        {"Your reply; it goes to whoever asked": "The sexton paints it."}
    )
    letter = both.teams.next("a:sam", before)
    assert "The sexton paints it." in letter.text
    assert words(both.teams.press("sam", letter.card, "Not yet")["value"]).startswith("PF-0001 is open again.")
    both.bell.wait_for(lambda m: "Open again: Sam Officer says not yet." in text_of(m), channel=HUB)


def test_a_stale_button_on_the_other_platform_says_who_has_it_and_offers_to_take_over(both: Both) -> None:
    both.teams.say("sam", ASKED)
    card = both.slack_card("PF-0001 · open")
    view = both.teams.view("bell", both.teams.card("PF-0001").card, TEAMS_HUB)
    both.teams.press("bell", view, "Claim", TEAMS_HUB)
    both.slack_card("claimed")
    both.bell.press(card, "Reply", channel=HUB)
    told = both.bell.fill_in({"Your reply; it goes to whoever asked": "The keeper."})
    assert "Sgt Bell has PF-0001. Ask them, or take it over." in told
    assert "prevention-hub" not in told
