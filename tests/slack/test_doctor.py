"""What `doctor` says of Slack."""

from __future__ import annotations

import pytest

from bot.app import Hub
from bot.slack.checking import SlackTrouble, check
from tests.support.slack.fake import FakeSlack
from tests.support.slack.workspace import HUB


def test_it_says_what_is_wrong_and_posts_only_when_asked(hub: Hub, slack: FakeSlack) -> None:
    settings = hub.settings
    assert "no hub channel" not in check(settings)
    assert {method for method, _ in slack.calls} == {"auth.test", "blocks.validate"}
    check(settings, post=True)
    assert slack.called("chat.postMessage")[-1]["channel"] == HUB
    slack.api.fail_next("auth.test", "invalid_auth")
    with pytest.raises(SlackTrouble, match=r"Slack says invalid_auth\. Check PREVENTION_HUB_SLACK_BOT_TOKEN\."):
        check(settings)
    slack.api.fail_next("chat.postMessage", "not_in_channel")
    with pytest.raises(SlackTrouble, match="Invite the app to the hub's channel"):
        check(settings, post=True)
    slack.api.scopes = "chat:write,commands"
    with pytest.raises(SlackTrouble, match="has not the scopes app_mentions:read, assistant:write"):
        check(settings)
    slack.api.scopes = ""
    deaf = settings.model_copy(update={"slack_signing_secret": None, "slack_app_token": None})
    with pytest.raises(SlackTrouble, match="Slack cannot send anything"):
        check(deaf)
    away = settings.model_copy(update={"slack_api_url": "http://127.0.0.1:9/api/"})
    with pytest.raises(SlackTrouble, match="Slack cannot be reached"):
        check(away)


def test_slack_itself_is_asked_whether_it_takes_what_is_drawn(
    hub: Hub, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(hub.settings)
    assert [next(iter({"message", "view"} & set(given))) for given in slack.called("blocks.validate")] == [
        "message", "message", "view", "view",
    ]  # fmt: skip
    monkeypatch.setattr("bot.slack.blocks.QUOTE", 20_000)
    monkeypatch.setattr("bot.slack.checking.drawn._QUOTE", "x" * 15_000)
    with pytest.raises(SlackTrouble, match=r"Slack would not show a passage with its buttons \("):
        check(hub.settings)


def test_a_slack_that_cannot_be_asked_about_drawings_is_not_to_blame(hub: Hub, slack: FakeSlack) -> None:
    slack.api.unknown.add("blocks.validate")
    assert check(hub.settings)
