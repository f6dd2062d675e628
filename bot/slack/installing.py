"""Installing the app in workspaces: Slack's OAuth, with our own store; and the manifest."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.state_store.stateless import StatelessOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.workspaces import Installations

if TYPE_CHECKING:
    from bot.settings import Settings

STATE_SECONDS = 300


def new_oauth_flow(settings: Settings, client: AsyncWebClient, store: Installations) -> AsyncOAuthFlow | None:
    """The install and redirect pages; None where the app serves one workspace with a token of its own."""
    if not settings.slack_client_id or settings.slack_client_secret is None:
        return None
    secret = settings.slack_client_secret.get_secret_value()
    base = settings.public_url.rstrip("/")
    return AsyncOAuthFlow(
        client=client,
        settings=AsyncOAuthSettings(
            client_id=settings.slack_client_id,
            client_secret=secret,
            scopes=scopes(),
            installation_store=store,
            install_path="/slack/install",
            redirect_uri_path="/slack/oauth_redirect",
            redirect_uri=f"{base}/slack/oauth_redirect" if base else None,
            state_store=StatelessOAuthStateStore(expiration_seconds=STATE_SECONDS, signing_secret=secret),
        ),
    )


def manifest(public_url: str = "", *, socket: bool = False) -> dict[str, Any]:
    """The app's manifest, ready to be pasted into Slack; for HTTP at this address, or for Socket Mode."""
    made: dict[str, Any] = json.loads(files("bot.slack").joinpath("manifest.json").read_text(encoding="utf-8"))
    made["settings"]["socket_mode_enabled"] = socket
    if socket:
        return made
    url = f"{public_url.rstrip('/') or 'https://YOUR-ADDRESS'}/slack/events"
    made["settings"]["event_subscriptions"]["request_url"] = url
    made["settings"]["interactivity"]["request_url"] = url
    for command in made["features"]["slash_commands"]:
        command["url"] = url
    made["oauth_config"]["redirect_urls"] = [url.replace("/slack/events", "/slack/oauth_redirect")]
    return made


def scopes() -> list[str]:
    """The scopes that the bot asks for; README.md beside this file says why it needs each."""
    return list(manifest()["oauth_config"]["scopes"]["bot"])
