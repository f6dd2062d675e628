"""One request to a web site or a service: in bounded time and size, and not into a network that was not meant."""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import httpx2 as httpx

SECONDS = 20.0
"""For each step of a request."""
WHOLE_SECONDS = 60.0
"""For a whole page: one that drips, or never ends, must not hold up the others."""
MOST_REDIRECTS = 5


class NotReached(Exception):
    """It cannot be had now; the message says why, without the rest of the sentence."""

    def __init__(self, why: str, status: int = 0, wait: str = "") -> None:
        super().__init__(why)
        self.status = status
        """What was answered; 0 where it was not its status that was wrong."""
        self.wait = wait
        """The answer's Retry-After, as it stands there."""


class Unreachable(NotReached):
    """Nothing answers, or the answer breaks off."""


class Gone(Exception):
    """There is none, and the site says so: 404 or 410."""

    def __init__(self, status: int = 404) -> None:
        super().__init__(f"the site answers {status}")
        self.status = status


@dataclass(frozen=True, slots=True)
class Reached:
    """What an address has; `data` is None where it has not changed since the tag."""

    data: bytes | None
    kind: str = ""
    tag: str = ""
    changed: str = ""


class Reaching:
    """Asks one site."""

    def __init__(self, agent: str, largest: int, *, inside: bool, seconds: float = WHOLE_SECONDS) -> None:
        self._largest, self._inside, self._seconds = largest, inside, seconds
        self._client = httpx.Client(
            timeout=SECONDS, follow_redirects=False, trust_env=False, headers={"user-agent": agent}
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, address: str, tag: str = "", changed: str = "") -> Reached:
        """What stands at an address; redirects are followed within its own host only.

        Raises:
            Gone, NotReached.
        """
        asked = {"if-none-match": tag} if tag else {"if-modified-since": changed} if changed else {}
        host, at = urlsplit(address).netloc, address
        for _ in range(MOST_REDIRECTS + 1):
            found = self.ask(at, asked)
            if isinstance(found, Reached):
                return found
            at = urljoin(at, found)
            if urlsplit(at).netloc != host:
                raise NotReached("it leads to another site, which is not followed")
        raise NotReached("it leads from one address to the next without end")

    def ask(self, address: str, headers: dict[str, str], form: dict[str, str] | None = None) -> Reached | str:
        """What stands there, or where it leads; a form is sent with POST.

        Raises:
            Gone, NotReached; Unreachable where nothing answers.
        """
        self._check(address)
        try:
            return self._once(address, headers, form)
        except httpx.HTTPError as error:
            raise Unreachable(f"the connection failed ({type(error).__name__})") from error

    def _once(self, address: str, headers: dict[str, str], form: dict[str, str] | None) -> Reached | str:
        method = "GET" if form is None else "POST"
        with self._client.stream(method, address, headers=headers, data=form) as response:
            self._check_connection(response)
            if response.status_code == 304:
                return Reached(None)
            if response.is_redirect:
                return response.headers.get("location", "")
            if response.status_code in (404, 410):
                raise Gone(response.status_code)
            if response.status_code != 200:
                wait = response.headers.get("retry-after", "")
                raise NotReached(f"the site answers {response.status_code}", response.status_code, wait)
            kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
            data = self._body(response)
            return Reached(data, kind, response.headers.get("etag", ""), response.headers.get("last-modified", ""))

    def _body(self, response: Any) -> bytes:
        held, until = bytearray(), time.monotonic() + self._seconds
        for piece in response.iter_bytes():
            held += piece
            if len(held) > self._largest:
                raise NotReached(f"it is larger than {self._largest // (1024 * 1024)} MB")
            if time.monotonic() > until:
                raise NotReached(f"it did not end within {self._seconds:.0f} seconds")
        return bytes(held)

    def _check(self, address: str) -> None:
        """Refuse a name that stands for a machine of a private network; checked again once it is connected."""
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise NotReached("it leads to what is no page")
        try:
            found = socket.getaddrinfo(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
        except OSError as error:
            raise Unreachable("its name is not known") from error
        for entry in found:
            self._check_machine(str(entry[4][0]))

    def _check_connection(self, response: Any) -> None:
        stream = response.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream is not None else None
        if peer:  # a name may stand for another machine by now
            self._check_machine(str(peer[0]))

    def _check_machine(self, machine: str) -> None:
        if not self._inside and not ipaddress.ip_address(machine.split("%")[0]).is_global:
            raise NotReached("it stands on a private network; say so when it is meant to (--inside)")
