"""Who is signed in: a cookie with a secret, and the session that it opens in the hub database."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from bot.domain.people import Person
from bot.edges.names import Acquaintances
from bot.portal.visits import PLATFORM, Visitor

if TYPE_CHECKING:
    from bot.app import Hub

TOLD = "told"
SECONDS_TOLD = 60
MOST_TOLD = 600


class Sessions:
    """Begins, finds and ends sessions; lives as long as the server."""

    def __init__(self, hub: Hub, *, https: bool) -> None:
        self._hub, self.https = hub, https

    @property
    def cookie(self) -> str:
        """The cookie's name; browsers take a "__Host-" one only over TLS, from this host, for every path."""
        return "__Host-session" if self.https else "session"

    def visitor(self, request: Request) -> Visitor | None:
        """Who sent this, with the roles they have at this moment. May raise RecordsError."""
        secret = request.cookies.get(self.cookie)
        found = self._hub.records.sessions.find(secret) if secret else None
        if found is None:
            return None
        known = self._hub.one_person.of(found.person)  # a session may have begun before they were known as one person
        roles = self._hub.office.roles.of(known.person, found.groups)
        return Visitor(known.person, found.name, found.groups, roles, known.ids, unsure=not known.sure)

    def begin(self, response: Response, account: str, name: str, groups: tuple[str, ...], address: str = "") -> None:
        """Sign in: always a new session, whatever cookie was sent. May raise RecordsError.

        `address` is the e-mail address that the provider vouches for; empty where it vouches for none.
        """
        known = self._hub.one_person.meet(PLATFORM, account, address)
        person, vouched = known.person, tuple(filter(None, [known.address]))
        secret = self._hub.records.sessions.begin(person, name, (*groups, *known.ids, *vouched))
        Acquaintances(self._hub.records, PLATFORM).meet([Person(account, name)])
        self._hub.records.audit("signed_in", person)
        response.set_cookie(self.cookie, secret, path="/", secure=self.https, httponly=True, samesite="lax")

    def end(self, request: Request, response: Response) -> None:
        """Sign out, here and at once. May raise RecordsError."""
        if secret := request.cookies.get(self.cookie):
            self._hub.records.sessions.end(secret)
        response.delete_cookie(self.cookie, path="/", secure=self.https, httponly=True, samesite="lax")

    def told(self, request: Request) -> str:
        """What the form that led here has to say."""
        return unquote(request.cookies.get(TOLD, ""))[:MOST_TOLD]

    def telling(self, response: Response, told: str, *, had: bool) -> Response:
        """Say something on the next page, once."""
        if told:
            response.set_cookie(
                TOLD, quote(told[:MOST_TOLD]), SECONDS_TOLD, path="/", secure=self.https, httponly=True, samesite="lax"
            )
        elif had:
            response.delete_cookie(TOLD, path="/")
        return response
