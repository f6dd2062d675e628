"""What is sent to Teams: on the Teams SDK's client, with tokens that it gets and keeps."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import jwt

from bot.domain.one_person.addresses import address_of
from bot.teams.activities import Message
from bot.teams.places import PERSONAL, Spot

# the SDK reads a .env file of whatever folder it is imported in, and warns of its own previews
os.environ.setdefault("PYTHON_DOTENV_DISABLED", "1")
warnings.filterwarnings("ignore", ".* in preview and may change", FutureWarning)

from microsoft_teams.api import Account, ConversationAccount, TypingActivityInput  # noqa: E402 after what it reads
from microsoft_teams.api.activities.message import MessageActivityInput  # noqa: E402
from microsoft_teams.api.auth.cloud_environment import (  # noqa: E402
    CHINA,
    PUBLIC,
    US_GOV,
    US_GOV_DOD,
    CloudEnvironment,
    with_overrides,
)
from microsoft_teams.api.clients.conversation import CreateConversationParams  # noqa: E402
from microsoft_teams.apps import App  # noqa: E402
from microsoft_teams.common import Client, ClientOptions  # noqa: E402

if TYPE_CHECKING:
    from bot.settings import Settings

log = logging.getLogger(__name__)
DEFAULT_SERVICE = "https://smba.trafficmanager.net/teams"
"""Where Teams is reached before anybody has written to us."""
SECONDS_FOR_A_CALL = 20.0
MOST_TRIES, LONGEST_WAIT = 3, 5.0
"""Tries of a call in one go, and at most so many seconds between two."""
FIRST_WAIT = 0.2
TRY_AGAIN = frozenset({412, 429, 502, 503, 504})
"""Teams asks to try again after these:
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit"""
GONE = frozenset({403, 404})
MOST_PAGES = 20
"""Of members of a conversation, 500 on each."""
_NO_ID = "DO_NOT_USE_PLACEHOLDER_ID"
"""What the SDK has in the place of an id that Teams did not say."""


class NotSent(Exception):
    """Teams did not take something; never what was sent."""

    def __init__(self, why: str, *, status: int = 0, wait: float = 0.0, ours: bool = False) -> None:
        super().__init__(why)
        self.status, self.wait = status, wait
        self.ours = ours
        """Whether no token could be had: the client id, secret or tenant is not taken."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who reads a conversation."""

    account: str
    person: str
    tenant: str
    """Empty where Teams does not say."""
    guest: bool
    address: str = ""
    """E-mail, or the name to sign in with, which is one in a tenant's own domain; empty where Teams does not say."""


CLOUDS = {"public": PUBLIC, "gcch": US_GOV, "dod": US_GOV_DOD, "china": CHINA}


def graph_of(settings: Settings) -> str:
    """Where Graph is asked: what is set, or else what goes with the cloud."""
    cloud = cloud_of(settings)
    return (settings.teams_graph_url or cloud.graph_scope.replace("/.default", "/v1.0")).rstrip("/")


def cloud_of(settings: Settings) -> CloudEnvironment:
    """The cloud that is named, or whose keys are: other clouds have other addresses for everything."""
    named, keys = CLOUDS[settings.teams_cloud], settings.teams_openid_metadata_url
    if not keys:
        return named
    return next(
        (one for one in (named, *CLOUDS.values()) if one.openid_metadata_url == keys),
        with_overrides(named, openid_metadata_url=keys),
    )


def is_on_this_machine(url: str) -> bool:
    """Whether an address is of this machine: in tests, where no token of Microsoft's can be had or is needed."""
    return (urlsplit(url).hostname or "") in ("127.0.0.1", "localhost", "::1")


class Connector:
    """Calls to Teams; lives as long as its event loop. Every method raises NotSent."""

    def __init__(self, settings: Settings, service: Callable[[], str] = lambda: "") -> None:
        """`service` tells where Teams was reached last, for conversations that do not say."""
        self._service = service
        self.cloud = cloud_of(settings)
        self._app = _new_app(settings, self.cloud)
        self.is_local = is_on_this_machine(settings.teams_openid_metadata_url)

    async def post(self, spot: Spot, message: Message, *, only_for: str = "", reply_to: str = "") -> str:
        """Say something; the message's id. `only_for` is the account of whoever alone sees it in a channel."""
        activity = _activity(message)
        activity.from_, activity.conversation = Account(id=self._app.id or ""), ConversationAccount(id=spot.id)
        activity.reply_to_id = reply_to or None
        if only_for:
            activity.recipient = Account(id=only_for, is_targeted=True)
        conversations = self._conversations(spot)
        create = conversations.create_targeted_activity if only_for else conversations.create_activity
        sent = await self._call(lambda: create(spot.id, activity))
        return "" if sent.id == _NO_ID else str(sent.id or "")

    async def update(self, spot: Spot, posted: str, message: Message) -> bool:
        """Change a message in place; False where it is gone."""
        activity = _activity(message)
        activity.id = posted
        try:
            await self._call(lambda: self._conversations(spot).update_activity(spot.id, posted, activity))
        except NotSent as error:
            if error.status in GONE:
                return False
            if not isinstance(error.__cause__, KeyError):  # then it was taken, and only its id was not said again
                raise
        return True

    async def typing(self, spot: Spot) -> None:
        """Show that something is being done."""
        await self._call(lambda: self._conversations(spot).create_activity(spot.id, TypingActivityInput()), tries=1)

    async def open_direct(self, spot: Spot) -> Spot:
        """The personal chat of the account that a spot names; opened where it is not yet."""
        if not spot.conversation.startswith("@"):
            return spot
        members = [Account(id=spot.conversation[1:])]
        wanted = CreateConversationParams(members=members, tenant_id=spot.tenant or None)
        opened = await self._call(lambda: self._conversations(spot).create(wanted))
        return Spot(spot.tenant, PERSONAL, str(opened.id), "", spot.service)

    async def members(self, spot: Spot) -> list[Member]:
        """Who reads a conversation; the first ten thousand."""
        conversations = self._conversations(spot)
        found: list[Any] = []
        token: str | None = None
        try:
            for _ in range(MOST_PAGES):
                ask = partial(conversations.get_paged_members, spot.conversation, 500, token)
                page = await self._call(ask, tries=1)
                found += page.members or ()
                token = page.continuation_token
                if not token:
                    break
        except NotSent as error:
            if error.status != 404 or found:
                raise
            found = await self._call(lambda: conversations.get_members(spot.conversation), tries=1)
        return [_member(one) for one in found or ()]

    async def member(self, spot: Spot, account: str) -> Member:
        """One of those who read a conversation."""
        conversations = self._conversations(spot)
        return _member(await self._call(lambda: conversations.get_member_by_id(spot.conversation, account), tries=1))

    async def token(self, scope: str, tenant: str) -> str:
        """A token for another of Microsoft's services."""
        return str(await self._call(lambda: self._app.token_provider.get_app_token(scope, tenant), tries=1) or "")

    async def close(self) -> None:
        """Give back the connections."""
        await self._app.http_client.http.aclose()
        await self._app.api.http.http.aclose()

    def _conversations(self, spot: Spot) -> Any:
        service = spot.service or self._service() or DEFAULT_SERVICE
        return self._app.api.from_service_url(service).conversations

    async def _call(self, call: Callable[[], Any], *, tries: int = MOST_TRIES) -> Any:
        for attempt in range(1, tries + 1):
            try:
                return await call()
            except httpx.HTTPStatusError as error:
                failed = _not_sent(error.response)
            except Exception as error:  # the SDK's too, of whatever kind: nobody may wait for a reply in vain
                raise NotSent(type(error).__name__, ours=_is_about_token(error)) from error
            if failed.status not in TRY_AGAIN or failed.wait > LONGEST_WAIT or attempt == tries:
                raise failed
            await pause(max(failed.wait, FIRST_WAIT * 2.0**attempt))
        raise NotSent("no try was made")


async def pause(seconds: float) -> None:
    """Wait before a call is tried again."""
    await asyncio.sleep(seconds)


def _is_about_token(error: Exception) -> bool:
    """Whether Entra refused to give a token: the SDK says so in the words of its own error."""
    text = str(error).lower()
    return any(sign in text for sign in ("invalid_client", "unauthorized_client", "aadsts7000", "aadsts90002"))


def _not_sent(response: httpx.Response) -> NotSent:
    waits = response.headers.get("retry-after", "")
    wait = float(waits) if waits.isascii() and waits.replace(".", "", 1).isdigit() else 0.0
    return NotSent(f"Teams said {response.status_code}", status=response.status_code, wait=wait)


def _activity(message: Mapping[str, Any]) -> MessageActivityInput:
    return MessageActivityInput.model_validate(dict(message))


def _member(found: Any) -> Member:
    guest = str(found.user_role or "").lower() in ("guest", "anonymous", "federated")
    address = address_of(found.email) or address_of(found.user_principal_name)
    person, tenant = str(found.aad_object_id or found.id), str(found.tenant_id or "").lower()
    return Member(str(found.id), person, tenant, guest, address)


def _new_app(settings: Settings, cloud: CloudEnvironment) -> App:
    """The SDK's app; it serves nothing, what comes in goes through `bot.teams.door.admission`."""
    for name in ("microsoft_teams", "httpx", "msal"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # they log addresses and whole requests
    secret = settings.teams_client_secret
    tenant = settings.teams_tenants[0] if settings.teams_tenants else ""
    client = Client(ClientOptions(timeout=SECONDS_FOR_A_CALL))
    who: dict[str, Any] = {"client_id": settings.teams_client_id, "tenant_id": tenant}
    if is_on_this_machine(settings.teams_openid_metadata_url):
        who["token"] = _local_token
    else:
        who["client_secret"] = secret.get_secret_value() if secret else ""
    return App(**who, cloud=cloud, client=client, service_url=DEFAULT_SERVICE, http_server_adapter=_Nowhere())


_LOCAL_KEY = secrets.token_hex(32)


def _local_token(*_: Any) -> str:
    """Something in the place of a token for a connector of this machine; nobody else would take it."""
    return jwt.encode({"iss": "prevention-hub"}, _LOCAL_KEY, "HS256")


class _Nowhere:
    """Where the SDK would serve: nowhere."""

    def register_route(self, *_: Any) -> None:
        """Nothing is served by the SDK."""

    def serve_static(self, *_: Any) -> None:
        """As above."""

    async def start(self, port: int) -> None:
        """As above."""

    async def stop(self) -> None:
        """As above."""
