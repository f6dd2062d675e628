"""One request from Slack through the hub's portal and back: an officer asks, the hub claims and replies, it helped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.app import Hub
from tests.portal.conftest import PATIENCE, Visitor
from tests.support.slack import running
from tests.support.slack.fake import FakeSlack
from tests.support.slack.person import Person
from tests.support.slack.workspace import HUB, buttons_of, text_of

QUESTION, REPLY = "who paints the lighthouse door?", "The sexton paints it."


@pytest.fixture
def slack(tmp_path: Path, guidance: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSlack]:
    """A Slack, with one server that officers reach there and hub staff reach in a browser."""
    monkeypatch.setattr("bot.portal.live.SECONDS_BETWEEN_LOOKS", 0.05)
    staff = {"portal_demo": True, "hub_staff": "sgt-bell"}
    with running.workspace(tmp_path, guidance, **staff) as (made, slack):
        slack.hub = made  # type: ignore[attr-defined]
        yield slack


@pytest.fixture
def hub(slack: FakeSlack) -> Hub:
    found: Hub = slack.hub  # type: ignore[attr-defined]
    return found


@pytest.fixture
def address(slack: FakeSlack) -> str:
    return slack.app_url


def watch_the_board(page: Page) -> None:
    """Every request, for as long as the page is open."""
    with page.expect_response("**/board/events"):
        page.goto("/board?view=all")


def test_what_is_asked_in_slack_is_answered_in_the_portal_and_closed_in_slack(
    slack: FakeSlack, hub: Hub, visit: Visitor
) -> None:
    anna, board = Person(slack, running.ANNA), visit("sgt-bell")
    watch_the_board(board)
    expect(board.locator("#total")).to_have_text("0 requests, those that wait longest first")

    acknowledged = anna.ask(QUESTION)
    assert "Your reference is PF-0001" in text_of(acknowledged)
    row = board.locator("#rows li")
    expect(row).to_contain_text(QUESTION, timeout=PATIENCE)  # it came by itself
    expect(row).to_contain_text("open · since")

    staff = visit("sgt-bell")
    staff.get_by_role("link", name="Board").click()
    staff.get_by_role("link", name="PF-0001").click()
    expect(staff.locator(".govuk-body-l")).to_have_text(QUESTION)
    staff.get_by_role("button", name="Claim").click()
    expect(staff.locator(".govuk-caption-l")).to_have_text("claimed · Sgt Bell")
    expect(row).to_contain_text("claimed · Sgt Bell", timeout=PATIENCE)
    staff.get_by_role("button", name="Reply").click()
    staff.fill("#text", REPLY)
    staff.get_by_role("button", name="Send").click()
    expect(staff.locator(".hub-message--reply")).to_contain_text(REPLY)

    came = anna.wait_for(lambda message: REPLY in text_of(message))
    assert came["thread_ts"] == acknowledged["thread_ts"]
    assert [label for label, *_ in buttons_of(came)][:2] == ["That helped", "Not yet"]
    anna.press(came, "That helped")
    anna.wait_for(lambda message: "PF-0001 is closed" in text_of(message))

    expect(row).to_contain_text("closed", timeout=PATIENCE)  # without reloading
    expect(board.locator("#changed")).to_have_text("The board has changed.")
    staff.reload()
    expect(staff.locator(".govuk-caption-l")).to_contain_text("closed")
    expect(staff.get_by_role("button", name="Reply")).to_have_count(0)
    kept = hub.records.request("PF-0001")
    assert kept is not None
    assert (kept.state.value, kept.outcome, [one.text for one in kept.messages]) == ("closed", "answered", [REPLY])


def test_what_the_portal_does_stands_on_the_card_in_slack(slack: FakeSlack, visit: Visitor) -> None:
    anna, bell = Person(slack, running.ANNA), Person(slack, running.BELL)
    anna.ask(QUESTION)
    card = bell.wait_for(lambda message: "PF-0001" in text_of(message), channel=HUB)
    staff = visit("sgt-bell")
    staff.goto("/board/PF-0001")
    staff.get_by_role("button", name="Claim").click()
    now = bell.wait_for(lambda message: "claimed" in text_of(message), channel=HUB)
    assert now["ts"] == card["ts"]
    assert "claimed · Sgt Bell" in text_of(now)
    assert "Claim" not in [label for label, *_ in buttons_of(now)]
