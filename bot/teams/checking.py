"""Whether Teams is set up as it has to be, for `doctor`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.domain.refusals import Refused
from bot.teams.activities import plain
from bot.teams.connector import Connector, NotSent, cloud_of
from bot.teams.door.tokens import Keys, KeysAway
from bot.teams.places import Spot

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.settings import Settings

POSTED = "Prevention Hub can post here. (doctor)"


class TeamsTrouble(Refused):
    """Something about Teams has to be mended; the message says what and how."""


def check(settings: Settings, service: Callable[[], str], *, post: bool = False) -> str:
    """What was found good: keys, a token of our own, the hub's channel. It posts there only when it is asked to.

    `service` tells where Teams was reached last.

    Raises:
        TeamsTrouble: something cannot be reached, or is not taken.
    """
    keys = Keys(cloud_of(settings).openid_metadata_url)
    try:
        keys.fetch()
    except KeysAway as error:
        raise TeamsTrouble(
            f"The keys of Teams cannot be fetched ({error}). Check the network and the proxy, and "
            "PREVENTION_HUB_TEAMS_OPENID_METADATA_URL if it is set."
        ) from error
    asyncio.run(_reach(settings, service, post=post))
    return "; ".join(filter(None, [f"{len(settings.teams_tenants)} tenant(s) served", *_unset(settings)]))


async def _reach(settings: Settings, service: Callable[[], str], *, post: bool) -> None:
    connector = Connector(settings, service)
    try:
        if not connector.is_local:
            await connector.token(connector.cloud.bot_scope, settings.teams_tenants[0])
        if post and settings.teams_hub_conversation:
            await connector.post(Spot.of(settings.teams_hub_conversation), plain(POSTED))
    except NotSent as error:
        raise TeamsTrouble(f"{error}. {_remedy(error.status)}") from error
    finally:
        await connector.close()


def _remedy(status: int) -> str:
    if status in (403, 404):
        return "Add the app to the hub's team, and check PREVENTION_HUB_TEAMS_HUB_CONVERSATION."
    if status == 401:
        return "Check that the client id is the one of the bot's registration."
    return "Check PREVENTION_HUB_TEAMS_CLIENT_ID, _CLIENT_SECRET and _TENANT_ID, the network and the proxy."


def _unset(settings: Settings) -> list[str]:
    found = []
    if not settings.teams_hub_conversation:
        found.append(
            "no hub channel set (PREVENTION_HUB_TEAMS_HUB_CONVERSATION): requests are worked from the command line"
        )
    if not settings.hub_staff:
        found.append("nobody may work requests there: set PREVENTION_HUB_HUB_STAFF")
    return found
