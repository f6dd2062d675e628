"""What is let in: the token first, then the size, and only then is anything read; then where it comes from."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request as HttpRequest

from bot.edges.jobs import Jobs
from bot.teams.door.tokens import CHANNEL, KeysAway, TokenRefused, Tokens

log = logging.getLogger(__name__)
LARGEST_BODY = 1_000_000
"""Bytes; Teams' own are far smaller."""
Activity = Mapping[str, Any]


class NotAdmitted(Exception):
    """Something is not let in; with the HTTP status to say so."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass(frozen=True, slots=True)
class Admission:
    """The door for one app."""

    tokens: Tokens
    tenants: Collection[str]
    """Ids of the tenants that are served, in lower case."""
    jobs: Jobs
    fetcher: ThreadPoolExecutor
    """One thread, for the keys."""
    may_be_plain: bool = False
    """Whether Teams may be reached without TLS: only where its keys come from this machine, which is in tests."""

    async def admit(self, request: HttpRequest) -> Activity:
        """The activity that a request brings. NotAdmitted where it is not from Teams, or not for us."""
        authorization = request.headers.get("authorization", "")
        try:
            await self._have_keys(self.tokens.key_id(authorization))
            claims = await self.jobs.quickly(self.tokens.check, authorization)
        except TokenRefused as error:
            raise NotAdmitted(401, f"token: {error}") from error
        except KeysAway as error:
            raise NotAdmitted(503, f"the keys of Teams cannot be fetched ({error})") from error
        activity = _read(await _body(request))
        self._check_service(activity, claims)
        self._check_tenant(activity)
        return activity

    async def _have_keys(self, key_id: str) -> None:
        """Get keys in a thread of their own: who makes key ids up, or a slow key server, holds up nobody else."""
        keys = self.tokens.keys
        if not keys.is_due(key_id):
            keys.check_failure(key_id)
            return
        fetching = asyncio.get_running_loop().run_in_executor(self.fetcher, keys.refresh, key_id)
        if keys.get(key_id) is None:
            await fetching
        else:  # it is known, only old: it serves until there are new ones
            fetching.add_done_callback(_quietly)

    def _check_service(self, activity: Activity, claims: Mapping[str, Any]) -> None:
        """Replies go to no other address than the one the token vouches for."""
        claimed = str(claims.get("serviceurl") or claims.get("serviceUrl") or "").rstrip("/")
        named = str(activity.get("serviceUrl") or "").rstrip("/")
        if not named or named != claimed:
            raise NotAdmitted(401, "the service address is not the token's")
        try:
            parts = urlsplit(named)
        except ValueError as error:
            raise NotAdmitted(401, "the service address cannot be read") from error
        if parts.scheme != "https" and not (self.may_be_plain and parts.scheme == "http"):
            raise NotAdmitted(401, "the service address is not a secure one")
        if activity.get("channelId", CHANNEL) != CHANNEL:
            raise NotAdmitted(403, "not from Teams but another channel")

    def _check_tenant(self, activity: Activity) -> None:
        named = {tenant.lower() for tenant in tenants_of(activity)}
        if not named or not named <= set(self.tenants):
            raise NotAdmitted(403, "the tenant is not served")


def tenants_of(activity: Activity) -> set[str]:
    """Every tenant that an activity says it is of."""
    data, conversation = _mapping(activity.get("channelData")), _mapping(activity.get("conversation"))
    return {str(one) for one in (_mapping(data.get("tenant")).get("id"), conversation.get("tenantId")) if one}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _quietly(fetching: asyncio.Future[None]) -> None:
    if not fetching.cancelled() and (error := fetching.exception()) is not None:
        log.warning("The keys of Teams could not be fetched anew: %s", error)


async def _body(request: HttpRequest) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            raise NotAdmitted(413, "too large")
    return bytes(body)


def _read(body: bytes) -> Activity:
    try:
        activity = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotAdmitted(400, "not JSON") from error
    if not isinstance(activity, dict) or not isinstance(activity.get("type"), str):
        raise NotAdmitted(400, "not an activity")
    return activity
