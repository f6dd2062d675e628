"""Whether Slack is set up as it has to be, for `doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import WebClient

from bot.domain.refusals import Refused
from bot.slack import wording as said
from bot.slack.checking.drawn import samples
from bot.slack.heard import mapping
from bot.slack.installing import scopes
from bot.slack.sending import PLAIN, why

if TYPE_CHECKING:
    from bot.settings import Settings


class SlackTrouble(Refused):
    """Something about Slack has to be mended; the message says what and how."""


def check(settings: Settings, *, post: bool = False) -> str:
    """What was found good: the app's name, its scopes, the hub's channel. It posts there only when it is asked to.

    Raises:
        SlackTrouble: a token, a scope or the channel is wrong.
    """
    if settings.slack_bot_token is None:
        return "installed in many workspaces; each is checked when it is answered"
    client = WebClient(token=settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url, timeout=10)
    try:
        who = client.auth_test()
        headers = {str(name).lower(): str(value) for name, value in dict(who.headers).items()}
        _check_scopes(settings, headers.get("x-oauth-scopes", ""))
        _check_drawings(client)
        if settings.slack_hub_channel:
            _check_channel(client, settings.slack_hub_channel.split("/")[-1], post=post)
    except SlackApiError as error:
        raise SlackTrouble(f"Slack says {why(error)}. {_remedy(why(error))}") from error
    except (SlackClientError, URLError, TimeoutError, OSError) as error:
        raise SlackTrouble(
            f"Slack cannot be reached ({type(error).__name__}). Check the network and the proxy."
        ) from error
    return ", ".join(filter(None, [f"{who.get('user')} in {who.get('team')}", *_unset(settings)]))


def _check_scopes(settings: Settings, granted: str) -> None:
    """Slack tells what a token may do in a header; nothing is known where it does not."""
    have = {scope.strip() for scope in granted.split(",") if scope.strip()}
    missing = [scope for scope in scopes(settings) if scope not in have]
    if have and missing:
        raise SlackTrouble(
            f"The bot token has not the scopes {', '.join(missing)}. Add them (prevention-hub slack manifest has all) "
            "and install the app again."
        )


def _check_drawings(client: WebClient) -> None:
    """Slack says itself whether it takes what is drawn for it; one that cannot be asked is not to blame."""
    for name, sample in samples().items():
        try:
            client.api_call("blocks.validate", data=sample)
        except SlackApiError as error:
            wrong = error.response.get("errors") if isinstance(error.response.data, dict) else None
            if not isinstance(wrong, list):
                return
            where = ", ".join(f"{mapping(one).get('pointer')} {mapping(one).get('code')}" for one in wrong[:3])
            raise SlackTrouble(said.NOT_DRAWN.format(name=name, where=where)) from error


def _check_channel(client: WebClient, channel: str, *, post: bool) -> None:
    if post:
        client.chat_postMessage(channel=channel, text="Prevention Hub can post here. (doctor)", **PLAIN)


def _unset(settings: Settings) -> list[str]:
    found = []
    if settings.slack_signing_secret is None and settings.slack_app_token is None:
        raise SlackTrouble(
            "Slack cannot send anything: set PREVENTION_HUB_SLACK_SIGNING_SECRET (for serve), "
            "or PREVENTION_HUB_SLACK_APP_TOKEN (for socket)."
        )
    if not settings.slack_hub_channel:
        found.append("no hub channel set (PREVENTION_HUB_SLACK_HUB_CHANNEL): requests are worked from the command line")
    if not settings.hub_staff:
        found.append("nobody may work requests there: set PREVENTION_HUB_HUB_STAFF")
    return found


def _remedy(code: str) -> str:
    if code in ("invalid_auth", "not_authed", "account_inactive", "token_revoked"):
        return "Check PREVENTION_HUB_SLACK_BOT_TOKEN."
    if code in ("channel_not_found", "not_in_channel"):
        return "Invite the app to the hub's channel, and check PREVENTION_HUB_SLACK_HUB_CHANNEL."
    return "See https://docs.slack.dev for it."
