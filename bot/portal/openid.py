"""Signing in with OpenID Connect: Entra ID or any other provider, through Authlib, with the checks it leaves to us."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot import wording
from bot.domain.one_person.addresses import claimed
from bot.domain.refusals import RecordsError
from bot.portal.sign_in import inside
from bot.portal.site import trouble
from bot.settings import SettingsError

if TYPE_CHECKING:
    from bot.portal.site import Site

log = logging.getLogger(__name__)
NOT_SIGNED_IN = (AuthlibBaseError, JoseError, KeyError, ValueError)
"""Everything Authlib raises for a sign-in that may not stand: not only OAuthError."""
LEEWAY = 60
"""Seconds by which the provider's clock may differ."""
MINUTES_TO_SIGN_IN = 10


class OpenIdSignIn:
    """Sends people to the provider and takes them back; lives as long as the server."""

    def __init__(self, site: Site) -> None:
        settings = site.hub.settings
        if settings.oidc_client_secret is None:
            raise SettingsError("Sign-in needs PREVENTION_HUB_OIDC_CLIENT_SECRET.")
        self._site, self._settings = site, settings
        self._issuer = settings.oidc_issuer.rstrip("/")
        self._secret = settings.oidc_client_secret.get_secret_value()
        oauth = OAuth()
        oauth.register(
            "provider",
            client_id=settings.oidc_client_id,
            client_secret=self._secret,
            server_metadata_url=f"{self._issuer}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256"},
        )
        self._provider = oauth.provider

    def routes(self) -> list[Route]:
        """There, back again, and out. What a sign-in under way needs is kept in a signed cookie of its own."""
        under_way = SessionMiddleware(
            _Router([Route("/sign-in", self._go), Route("/sign-in/back", self._back)]),
            secret_key=self._secret,
            session_cookie="signing_in",
            max_age=MINUTES_TO_SIGN_IN * 60,
            https_only=self._site.sessions.https,
            same_site="lax",
        )
        return [
            Route("/sign-in", under_way, methods=["GET"]),
            Route("/sign-in/back", under_way, methods=["GET"]),
            Route("/sign-out", self._leave, methods=["POST"]),
        ]

    async def _go(self, request: Request) -> Response:
        request.session["next"] = inside(request.query_params.get("next", "/"))
        back = f"{self._site.renderer.public_url or str(request.base_url).rstrip('/')}/sign-in/back"
        try:
            sent: Response = await self._provider.authorize_redirect(request, back)
        except (*NOT_SIGNED_IN, OSError) as error:
            log.error("The provider could not be asked: %s", type(error).__name__)
            return await self._refused(request, 503, wording.PROVIDER_AWAY)
        return sent

    async def _back(self, request: Request) -> Response:
        try:
            token = await self._provider.authorize_access_token(
                request,
                leeway=LEEWAY,
                claims_options={
                    "iss": {"essential": True, "values": [self._issuer, f"{self._issuer}/"]},
                    # Authlib takes another client's token where only `azp` is ours
                    "aud": {"essential": True, "value": self._settings.oidc_client_id},
                },
            )
            claims = token["userinfo"]
            person, name, groups = self._who(claims)
            address = claimed(claims, self._settings.oidc_email_verified_by)
        except NOT_SIGNED_IN as error:
            log.warning("A sign-in was refused: %s", type(error).__name__)
            return await self._refused(request, 401, wording.NOT_SIGNED_IN)
        except OSError as error:
            log.error("The provider could not be asked: %s", type(error).__name__)
            return await self._refused(request, 503, wording.PROVIDER_AWAY)
        response = RedirectResponse(inside(str(request.session.pop("next", "/"))), 303)
        request.session.clear()
        try:
            await self._site.jobs.quickly(self._site.sessions.begin, response, person, name, groups, address)
        except RecordsError as error:
            log.error("A session could not be kept: %s", error)
            return await self._refused(request, 503, wording.TROUBLE)
        return response

    async def _leave(self, request: Request) -> Response:
        metadata = await self._metadata()
        to = str(metadata.get("end_session_endpoint") or "/")
        response = RedirectResponse(to, 303)
        await self._site.jobs.quickly(self._site.sessions.end, request, response)
        return response

    async def _metadata(self) -> Mapping[str, Any]:
        try:
            found: Mapping[str, Any] = await self._provider.load_server_metadata()
        except (*NOT_SIGNED_IN, OSError):
            return {}
        return found

    def _who(self, claims: Mapping[str, Any]) -> tuple[str, str, tuple[str, ...]]:
        """Id, name and groups of the person a token speaks for. KeyError where it names nobody."""
        person = str(claims.get(self._settings.oidc_person_claim) or claims["sub"])
        name = str(claims.get("name") or claims.get("preferred_username") or person)
        groups = claims.get(self._settings.oidc_groups_claim) or ()
        listed = [groups] if isinstance(groups, str) else groups
        return person[:200], name[:200], tuple(str(group)[:200] for group in listed)

    async def _refused(self, request: Request, status: int, told: str) -> Response:
        return await self._site.plain(request, trouble(status, told))


class _Router:
    """The two addresses that share the cookie of a sign-in under way."""

    def __init__(self, routes: list[Route]) -> None:
        self._routes = {route.path: route for route in routes}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Hand over to the one that was asked for."""
        await self._routes[scope["path"]].app(scope, receive, send)
