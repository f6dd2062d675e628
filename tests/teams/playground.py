"""Signs what Microsoft's Agents Playground sends, so that the assistant takes it: for a look by hand.

    python -m tests.teams.playground

The Playground sends no tokens, and the assistant takes nothing without one. This is its key server, and a proxy.
"""

from __future__ import annotations

import asyncio
import json
import time

import jwt
from aiohttp import ClientSession, web
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.support.teams.fake import CLIENT, ISSUER

PORT, BOT = 3978, "http://127.0.0.1:8080/api/messages"
TENANT = "00000000-0000-0000-0000-0000000000001"
"""The Playground's own; it is one digit too long."""
SETTINGS = {
    "PREVENTION_HUB_TEAMS_CLIENT_ID": CLIENT,
    "PREVENTION_HUB_TEAMS_CLIENT_SECRET": "unused",
    "PREVENTION_HUB_TEAMS_TENANT_ID": TENANT,
    "PREVENTION_HUB_TEAMS_OPENID_METADATA_URL": f"http://127.0.0.1:{PORT}/v1/.well-known/openidconfiguration",
    "PREVENTION_HUB_TEAMS_HUB_CONVERSATION": "channel-announcements-id",
    "PREVENTION_HUB_HUB_STAFF": "user-id-0",
    "PREVENTION_HUB_ADMINS": "user-id-0",
}


def proxy() -> web.Application:
    """The key server and the proxy."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    async def about(request: web.Request) -> web.Response:
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"http://127.0.0.1:{PORT}/v1/.well-known/keys"})

    async def keys(request: web.Request) -> web.Response:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
        return web.json_response({"keys": [{**public, "kid": "playground", "endorsements": ["msteams"]}]})

    async def forward(request: web.Request) -> web.Response:
        activity = await request.json()
        activity.setdefault("channelData", {})["tenant"] = {"id": TENANT}
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": CLIENT, "exp": now + 600, "serviceurl": activity.get("serviceUrl")}
        token = jwt.encode(claims, key, "RS256", headers={"kid": "playground"})
        async with (
            ClientSession() as session,
            session.post(BOT, json=activity, headers={"Authorization": f"Bearer {token}"}) as answered,
        ):
            return web.Response(status=answered.status, body=await answered.read(), content_type="application/json")

    app = web.Application()
    app.router.add_get("/v1/.well-known/openidconfiguration", about)
    app.router.add_get("/v1/.well-known/keys", keys)
    app.router.add_post("/api/messages", forward)
    return app


if __name__ == "__main__":
    print(" ".join(f"{name}={value}" for name, value in SETTINGS.items()), flush=True)
    asyncio.set_event_loop(asyncio.new_event_loop())
    web.run_app(proxy(), host="127.0.0.1", port=PORT, print=None)
