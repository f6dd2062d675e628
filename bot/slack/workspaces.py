"""Which workspaces have installed the app, and their tokens: kept encrypted in the hub database."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet, InvalidToken
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore

from bot.domain.refusals import Refused
from bot.edges.jobs import Jobs
from bot.slack import wording as said

if TYPE_CHECKING:
    from logging import Logger

    from bot.records import Records
    from bot.settings import Settings


class NotServed(Refused):
    """A workspace that is not on the list wants to install the app."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """One workspace's installation."""

    team: str
    bot_user: str
    token: str


class Workspaces:
    """Tokens by workspace: the one of the settings, or those that were installed. Methods raise RecordsError."""

    def __init__(self, settings: Settings, records: Records) -> None:
        self._settings, self._records = settings, records
        secret = settings.slack_client_secret.get_secret_value() if settings.slack_client_secret else ""
        key = hashlib.sha256(f"prevention-hub slack tokens {secret}".encode()).digest()
        self._box = Fernet(base64.urlsafe_b64encode(key))
        self._single = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
        self._allowed = settings.slack_teams

    @property
    def single(self) -> str:
        """The token of the one workspace; empty where the app is installed in many."""
        return self._single

    def find(self, team: str) -> Workspace | None:
        """The workspace with this id; where none is named the first of the list that has installed the app.

        None where it is not installed, or not on the list of those that are served.
        """
        if self._single:
            return Workspace(team, "", self._single)
        wanted = [team] if team in self._allowed else [] if team else list(self._allowed)
        row = next((found for one in wanted if (found := self._records.workspaces.find(one)) is not None), None)
        if row is None:
            return None
        try:
            return Workspace(row[0], row[1], self._box.decrypt(row[2].encode()).decode())
        except InvalidToken:
            return None  # the client secret was changed: it has to be installed again

    def save(self, workspace: Workspace, by: str) -> None:
        """Keep an installation, in the place of an earlier one. NotServed where it is not on the list."""
        if workspace.team not in self._allowed:
            raise NotServed(said.NOT_ON_LIST)
        sealed = self._box.encrypt(workspace.token.encode()).decode()
        self._records.workspaces.save(workspace.team, workspace.bot_user, sealed, by)

    def remove(self, team: str) -> None:
        """The app was taken out of a workspace, or its token revoked."""
        self._records.workspaces.remove(team)


def new_authorize(workspaces: Workspaces, jobs: Jobs) -> Callable[..., Awaitable[AuthorizeResult | None]]:
    """Tells Bolt which token an event is answered with, without a call to Slack for each."""

    async def authorize(enterprise_id: str | None, team_id: str | None, user_id: str | None) -> AuthorizeResult | None:
        # one workspace's token is at hand; of many, the database knows
        find = workspaces.find
        workspace = find(team_id or "") if workspaces.single else await jobs.quickly(find, team_id or "")
        if workspace is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            user_id=user_id,
            bot_token=workspace.token,
            bot_user_id=workspace.bot_user or None,
        )

    return authorize


class Installations(AsyncInstallationStore):
    """Slack's own interface to the same, for its OAuth flow and for revoked tokens."""

    def __init__(self, workspaces: Workspaces, jobs: Jobs) -> None:
        self._workspaces, self._jobs = workspaces, jobs

    @property
    def logger(self) -> Logger:
        import logging

        return logging.getLogger(__name__)

    async def async_save(self, installation: Installation) -> None:
        """Keep it."""
        workspace = Workspace(installation.team_id or "", installation.bot_user_id or "", installation.bot_token or "")
        await self._jobs.in_thread(self._workspaces.save, workspace, installation.user_id or "")

    async def async_save_bot(self, bot: Bot) -> None:
        """Keep it."""
        workspace = Workspace(bot.team_id or "", bot.bot_user_id or "", bot.bot_token or "")
        await self._jobs.in_thread(self._workspaces.save, workspace, "")

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The workspace's bot."""
        found = await self._jobs.in_thread(self._workspaces.find, team_id or "")
        if found is None:
            return None
        return Bot(
            team_id=found.team,
            bot_token=found.token,
            bot_id="",
            bot_user_id=found.bot_user,
            installed_at=time.time(),
        )

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget it."""
        await self._jobs.in_thread(self._workspaces.remove, team_id or "")

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Forget it."""
        await self._jobs.in_thread(self._workspaces.remove, team_id or "")
