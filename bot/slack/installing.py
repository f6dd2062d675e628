"""Installing the app in workspaces: Slack's OAuth, with our own store; and the manifest."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from slack_bolt import BoltResponse
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.oauth.state_store.stateless import StatelessOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.workspaces import Installations, NotServed

if TYPE_CHECKING:
    from bot.settings import Settings

STATE_SECONDS = 300


def new_oauth_flow(settings: Settings, client: AsyncWebClient, store: Installations) -> AsyncOAuthFlow | None:
    """The install and redirect pages; None where the app serves one workspace with a token of its own."""
    if not settings.slack_client_id or settings.slack_client_secret is None:
        return None
    secret = settings.slack_client_secret.get_secret_value()
    base = settings.public_url.rstrip("/")
    return _Flow(
        client=client,
        settings=AsyncOAuthSettings(
            authorization_url=authorization_url(settings.slack_api_url),
            client_id=settings.slack_client_id,
            client_secret=secret,
            scopes=scopes(settings),
            installation_store=store,
            install_path="/slack/install",
            redirect_uri_path="/slack/oauth_redirect",
            redirect_uri=f"{base}/slack/oauth_redirect" if base else None,
            state_store=StatelessOAuthStateStore(expiration_seconds=STATE_SECONDS, signing_secret=secret),
        ),
    )


class _Flow(AsyncOAuthFlow):
    """Bolt's own, which says plainly when a workspace is not on the list."""

    async def handle_callback(self, request: AsyncBoltRequest) -> BoltResponse:
        """The installation, or why there is none."""
        try:
            return await super().handle_callback(request)
        except NotServed as error:
            return BoltResponse(status=403, body=str(error), headers={"Content-Type": "text/plain; charset=utf-8"})


def authorization_url(api_url: str) -> str:
    """Where Slack asks to install the app: of the same cloud as its Web API (slack.com, or slack-gov.com)."""
    host = urlsplit(api_url).hostname or ""
    return f"https://{host if host.endswith('slack-gov.com') else 'slack.com'}/oauth/v2/authorize"


def manifest(public_url: str = "", *, socket: bool = False, addresses: bool = False) -> dict[str, Any]:
    """The app's manifest, ready to be pasted into Slack; for HTTP at this address, or for Socket Mode.

    `addresses`: people are known by their e-mail addresses, which takes a scope that is asked for only then.
    """
    made: dict[str, Any] = json.loads(files("bot.slack").joinpath("manifest.json").read_text(encoding="utf-8"))
    made["settings"]["socket_mode_enabled"] = socket
    made["oauth_config"]["scopes"]["bot"] += ["users:read.email"] if addresses else []
    if socket:
        return made
    url = f"{public_url.rstrip('/') or 'https://YOUR-ADDRESS'}/slack/events"
    made["settings"]["event_subscriptions"]["request_url"] = url
    made["settings"]["interactivity"]["request_url"] = url
    for command in made["features"]["slash_commands"]:
        command["url"] = url
    made["oauth_config"]["redirect_urls"] = [url.replace("/slack/events", "/slack/oauth_redirect")]
    return made


def scopes(settings: Settings) -> list[str]:
    """The scopes that the bot asks for; README.md beside this file says why it needs each."""
    return list(manifest(addresses=bool(settings.one_person_by))["oauth_config"]["scopes"]["bot"])
