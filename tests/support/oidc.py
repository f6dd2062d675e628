"""An OpenID Connect provider on loopback, which tells the truth unless it is told to lie."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.support.serving import served

CLIENT, SECRET = "portal", "a secret of the tests, long enough for HS256"


class Provider:
    """Signs in whoever it is told to; `lies` overrule claims of its tokens, None leaves one out."""

    def __init__(self) -> None:
        self.issuer = ""
        self.claims: dict[str, Any] = {"sub": "1", "oid": "pc-7", "name": "PC Seven", "groups": []}
        self.lies: dict[str, Any] = {}
        self.algorithm = "RS256"
        self.key = RSAKey.generate_key(2048, {"kid": "first"})
        self.published = self.key
        self._nonces: dict[str, str] = {}

    def rotate(self) -> None:
        """A new key, published."""
        self.key = self.published = RSAKey.generate_key(2048, {"kid": "second"})

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._metadata),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
                Route("/keys", self._keys),
            ]
        )

    async def _metadata(self, request: Request) -> Response:
        found = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/out",
            "id_token_signing_alg_values_supported": ["RS256"],
        }
        return JSONResponse(found)

    async def _keys(self, request: Request) -> Response:
        return JSONResponse(KeySet([self.published]).as_dict(private=False))

    async def _authorize(self, request: Request) -> Response:
        asked = request.query_params
        assert asked["code_challenge_method"] == "S256"
        code = f"code{len(self._nonces)}"
        self._nonces[code] = asked["nonce"]
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 303)

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, **self.claims}
        claims = {**claims, "nonce": self._nonces[str(form["code"])], **self.lies}
        claims = {name: value for name, value in claims.items() if value is not None}
        key = OctKey.import_key(SECRET) if self.algorithm == "HS256" else self.key
        token = jwt.encode({"alg": self.algorithm, "kid": self.key.kid}, claims, key, algorithms=[self.algorithm])
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": token})


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that runs."""
    made = Provider()
    with served(made.app()) as address:
        made.issuer = address
        yield made
