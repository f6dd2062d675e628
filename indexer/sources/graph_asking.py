"""Questions to Microsoft Graph: with a token that only Graph sees, patient for a while, and nowhere else."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self
from urllib.parse import quote, urljoin, urlsplit

from indexer.loaders import LARGEST_FILE
from indexer.sources.reaching import MOST_REDIRECTS, Gone, NotReached, Reached, Reaching, Unreachable

AGENT = "prevention-hub-indexer"
LARGEST_ANSWER = 32 * 1024 * 1024
"""Bytes of one page of an answer."""
BUSY = frozenset({429, 503})
MOST_WAITS = 6
"""Times that one question is asked again."""
MOST_WAITING = 900.0
"""Seconds that are waited in a whole round."""
MOST_FAILURES = 3
"""Failed connections one after another, after which nothing more is asked in a round."""
EARLY = 60.0
"""Seconds before its end at which a token is not used any more."""
_FORBIDDEN = "the app may not read it; give it Files.Read.All, or Sites.Selected and that site"
_CREDENTIALS = (
    "Microsoft does not take the app's credentials; look at PREVENTION_HUB_GRAPH_TENANT, _CLIENT_ID and "
    "_CLIENT_SECRET, which runs out from time to time"
)
_ELSEWHERE = "Graph leads to another address, which is not followed"


class Away(NotReached):
    """Nothing more is asked in this round: nobody answers, the token is not given, or the patience is used up."""


@dataclass(frozen=True, slots=True)
class Account:
    """The app that reads, and where it asks."""

    tenant: str
    client: str
    secret: str = field(repr=False)
    url: str = "https://graph.microsoft.com/v1.0"
    login: str = "https://login.microsoftonline.com"

    @property
    def scope(self) -> str:
        """What its token is for: all that it was given, of the cloud that is asked."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}/.default"

    @property
    def is_local(self) -> bool:
        """Whether it asks without encryption, as the settings allow on this machine only."""
        return urlsplit(self.url).scheme == "http"


class Asking:
    """Asks Graph in one round. Every method may raise Gone and NotReached, Away among them."""

    def __init__(self, account: Account, sleep: Callable[[float], None] = time.sleep) -> None:
        self._account, self._sleep = account, sleep
        # where Graph and the login are is what an admin wrote; where downloads are is what Graph says
        self._graph = Reaching(AGENT, LARGEST_ANSWER, inside=True)
        self._downloads = Reaching(AGENT, LARGEST_FILE, inside=account.is_local)
        self._token, self._until = "", 0.0
        self._patience, self._failures, self._away = MOST_WAITING, 0, ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._graph.__exit__()
        self._downloads.__exit__()

    def is_ours(self, address: str) -> bool:
        """Whether an address is Graph's own, which alone sees the token."""
        one, other = urlsplit(address), urlsplit(self._account.url)
        return (one.scheme, one.netloc) == (other.scheme, other.netloc)

    def get(self, where: str) -> dict[str, Any]:
        """What Graph answers; `where` begins with a slash, or is a whole address that Graph gave."""
        address = where if "://" in where else f"{self._account.url.rstrip('/')}{where}"
        for _ in range(MOST_REDIRECTS + 1):
            if not self.is_ours(address):
                raise NotReached(_ELSEWHERE)
            found = self._with_token(address)
            if isinstance(found, Reached):
                return _object(found)
            address = urljoin(address, found)
        raise NotReached("Graph leads from one address to the next without end")

    def rows(self, where: str) -> list[dict[str, Any]]:
        """Every row of a list, however many pages it has."""
        found, seen = [], set[str]()
        while where:
            if where in seen:
                raise NotReached("Graph's list has no end")
            seen.add(where)
            page = self.get(where)
            found += rows_of(page)
            where = str(page.get("@odata.nextLink") or "")
        return found

    def content(self, where: str) -> bytes:
        """A file's bytes, from where Graph says that they are; the token does not go there."""
        address = f"{self._account.url.rstrip('/')}{where}"
        found = self._with_token(address)
        if isinstance(found, str):
            download = urljoin(address, found)
            if urlsplit(download).scheme != "https" and not self._account.is_local:
                raise NotReached("its download is not encrypted, which is not followed")
            found = self._patiently(lambda: self._downloads.get(download))
        if not isinstance(found, Reached) or found.data is None:
            raise NotReached("Graph does not say where its content is")
        return found.data

    def _with_token(self, address: str) -> Reached | str:
        """Asked with a token; with a new one where it has run out meanwhile."""
        for again in (True, False):
            try:
                return self._asked_with(self._bearer(), address)
            except NotReached as error:
                if error.status == 403:
                    raise NotReached(_FORBIDDEN, 403) from error
                if error.status != 401:
                    raise
                self._token = ""
                if not again:
                    break
        self._away = "Graph does not take the app's token; look at PREVENTION_HUB_GRAPH_URL and the app's rights"
        raise Away(self._away)

    def _asked_with(self, token: str, address: str) -> Reached | str:
        return self._patiently(lambda: self._graph.ask(address, {"authorization": f"Bearer {token}"}))

    def _bearer(self) -> str:
        """https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow"""
        if self._token and time.monotonic() < self._until:
            return self._token
        account = self._account
        address = f"{account.login.rstrip('/')}/{quote(account.tenant, safe='')}/oauth2/v2.0/token"
        form = {"grant_type": "client_credentials", "client_id": account.client, "scope": account.scope}
        try:
            found = self._patiently(lambda: self._graph.ask(address, {}, {**form, "client_secret": account.secret}))
            given = _object(found) if isinstance(found, Reached) else {}
            self._token = str(given["access_token"])
            self._until = time.monotonic() + float(given.get("expires_in", 0)) - EARLY
        except (NotReached, Gone, KeyError, TypeError, ValueError) as error:
            refused = isinstance(error, Gone) or (isinstance(error, NotReached) and error.status in (400, 401))
            why = error if isinstance(error, NotReached) else "the answer holds no token"
            self._away = (
                _CREDENTIALS if refused else f"no token is given: {why}; look at PREVENTION_HUB_GRAPH_LOGIN_URL"
            )
            raise Away(self._away) from error
        return self._token

    def _patiently(self, ask: Callable[[], Reached | str]) -> Reached | str:
        """Ask again where the service says that it is busy, as long as the patience lasts."""
        for number in range(MOST_WAITS + 1):
            if self._away:
                raise Away(self._away)
            try:
                found = ask()
            except Unreachable as error:
                self._failures += 1
                if self._failures >= MOST_FAILURES:
                    self._away = str(error)
                raise
            except NotReached as error:
                self._failures = 0
                if error.status not in BUSY:
                    raise
                self._wait(seconds_of(error.wait, number))
            else:
                self._failures = 0
                return found
        self._away = "it is busy, again and again"
        raise Away(self._away)

    def _wait(self, seconds: float) -> None:
        if seconds > self._patience:
            self._away = f"it is busy and wants to be left alone for {max(1, round(seconds / 60))} minutes"
            raise Away(self._away)
        self._patience -= seconds
        self._sleep(seconds)


def seconds_of(wait: str, number: int) -> float:
    """A Retry-After in seconds, be it a number or a date; where it says nothing, longer each time."""
    try:
        return max(0.0, float(int(wait)))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(wait)
        return max(0.0, (until.astimezone(UTC) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return 2.0 * float(2**number)


def rows_of(page: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of one page of a list; NotReached where it is none."""
    rows = page.get("value")
    if not isinstance(rows, list):
        raise NotReached("Graph answers with what is no list")
    return [row for row in rows if isinstance(row, dict)]


def _object(found: Reached) -> dict[str, Any]:
    try:
        said = json.loads(found.data or b"")
    except ValueError as error:
        raise NotReached("Graph answers with what cannot be read") from error
    if not isinstance(said, dict):
        raise NotReached("Graph answers with what cannot be read")
    return said
