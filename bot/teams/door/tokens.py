"""Whether something that says it comes from Teams does: its token, and the keys that such tokens are signed with.

What is checked: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
The SDK's own check takes tokens that never end, and fetches keys on the event loop; this one does neither.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import jwt

LEEWAY_SECONDS = 300
"""Clocks differ by so much at most."""
FRESH_SECONDS = 24 * 3600.0
"""Keys are fetched again after this long,"""
SECONDS_BETWEEN_FETCHES = 30.0
"""or when one is not known, but not more often than this: made-up key ids may not make us ask again and again."""
SECONDS_AFTER_FAILURE = 5.0
"""A key server that failed is not asked again before."""
SECONDS_TO_FETCH = 10.0
ALGORITHMS = ["RS256"]
CHANNEL = "msteams"


class TokenRefused(Exception):
    """The token is no good; the message says why, without anything of it."""


class KeysAway(Exception):
    """The keys cannot be fetched, so nothing can be told from a forgery."""


@dataclass(frozen=True, slots=True)
class _Key:
    key: Any
    endorsements: tuple[str, ...] | None
    """The channels that it may sign for; None where the key does not say."""


class Keys:
    """Keys by id; threads may share it."""

    def __init__(self, metadata_url: str) -> None:
        self._metadata_url = metadata_url
        self._lock = threading.Lock()
        self._keys: Mapping[str, _Key] = {}
        self._fetched: float | None = None
        self._tried: float | None = None
        self._failed = False
        self.issuer = ""
        """Who signs with them, as the key server says."""

    def fetch(self) -> None:
        """Get them now. KeysAway where that fails."""
        with self._lock:
            self._fetch()

    def get(self, key_id: str) -> _Key | None:
        """The key with this id, as far as they are known."""
        return self._keys.get(key_id)

    def is_due(self, key_id: str) -> bool:
        """Whether to fetch them, for this one's sake; a key server that failed is left alone for a while."""
        now = time.monotonic()
        if self._tried is not None and now - self._tried < SECONDS_AFTER_FAILURE and self._failed:
            return False
        most = FRESH_SECONDS if key_id in self._keys else SECONDS_BETWEEN_FETCHES
        return self._fetched is None or now - self._fetched > most

    def refresh(self, key_id: str) -> None:
        """Fetch them where that is due; whoever asks at the same time waits. KeysAway where that fails."""
        with self._lock:
            if self.is_due(key_id):
                self._fetch()
        self.check_failure(key_id)

    def check_failure(self, key_id: str) -> None:
        """KeysAway where one is not known, and the last fetch failed: it may be good, and cannot be told."""
        if key_id not in self._keys and self._failed:
            raise KeysAway("the last try failed")

    def _fetch(self) -> None:
        self._tried, self._failed = time.monotonic(), True
        try:
            with httpx.Client(timeout=SECONDS_TO_FETCH, follow_redirects=False) as client:
                about = _about(client, self._metadata_url)
                found = client.get(about["jwks_uri"]).raise_for_status().json()
            keys = {}
            for one in found["keys"]:
                endorsed = one.get("endorsements")
                keys[str(one["kid"])] = _Key(jwt.PyJWK.from_dict(one, "RS256").key, _listed(endorsed))
        except (httpx.HTTPError, httpx.InvalidURL, jwt.PyJWTError, ValueError, KeyError, TypeError) as error:
            raise KeysAway(type(error).__name__) from error
        self._failed = False
        self._keys, self._fetched, self.issuer = keys, time.monotonic(), about["issuer"]


def _about(client: httpx.Client, metadata_url: str) -> dict[str, str]:
    """Where the keys are and who signs with them; beside the metadata, where that cannot be read (as the SDK does)."""
    beside = re.sub(r"/openidconfiguration/?$", "/keys", metadata_url)
    try:
        told = client.get(metadata_url).raise_for_status().json()
        return {"jwks_uri": str(told.get("jwks_uri") or beside), "issuer": str(told.get("issuer") or "")}
    except (httpx.HTTPStatusError, ValueError, AttributeError):
        return {"jwks_uri": beside, "issuer": ""}


def _listed(endorsements: Any) -> tuple[str, ...] | None:
    return tuple(map(str, endorsements)) if isinstance(endorsements, list) else None


class Tokens:
    """Checks tokens for one app."""

    def __init__(self, client_id: str, keys: Keys, issuers: Sequence[str], *, issuer_of_keys: bool) -> None:
        """`issuer_of_keys`: whether the key server may name the issuer, because it is not Microsoft's own."""
        self._audiences = [client_id, f"api://{client_id}", f"api://botid-{client_id}"]
        self._keys, self._issuers, self._issuer_of_keys = keys, list(issuers), issuer_of_keys

    def key_id(self, authorization: str) -> str:
        """The id of the key that an Authorization header says its token is signed with. TokenRefused if it has none."""
        header = _header(_token(authorization))
        if header.get("alg") not in ALGORITHMS:
            raise TokenRefused("algorithm")
        return str(header.get("kid") or "")

    def check(self, authorization: str) -> Mapping[str, Any]:
        """What the token of an Authorization header claims, with the keys that are known.

        Raises:
            TokenRefused: it is missing, forged, for somebody else, or has ended.
        """
        token = _token(authorization)
        try:
            key = self._keys.get(self.key_id(authorization))
            if key is None:
                raise TokenRefused("unknown key")
            # a key that says for which channels it signs signs for no other
            if key.endorsements is not None and CHANNEL not in key.endorsements:
                raise TokenRefused("key is not endorsed for Teams")
            return self._claims(token, key)
        except jwt.PyJWTError as error:
            raise TokenRefused(type(error).__name__) from error

    @property
    def keys(self) -> Keys:
        """What they are checked with."""
        return self._keys

    def _claims(self, token: str, key: _Key) -> Mapping[str, Any]:
        issuers = [*self._issuers, *([self._keys.issuer] if self._issuer_of_keys and self._keys.issuer else [])]
        claims: Mapping[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=ALGORITHMS,
            audience=self._audiences,
            issuer=issuers,
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iss", "aud"]},
        )
        return claims


def _token(authorization: str) -> str:
    scheme, _, token = authorization.strip().partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise TokenRefused("no token")
    return token


def _header(token: str) -> Mapping[str, Any]:
    try:
        header: Mapping[str, Any] = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, RecursionError) as error:
        raise TokenRefused(type(error).__name__) from error
    return header
