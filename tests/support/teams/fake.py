"""A small strict Teams: its connector, its key server and its directory; and what it sends to the app, signed."""

from __future__ import annotations

import asyncio
import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.support.teams.rules import broken_activity, broken_answer

CLIENT, TENANT = "0f0f0f0f-0000-4000-8000-000000000001", "7e7e7e7e-0000-4000-8000-000000000001"
BOT = f"28:{CLIENT}"
ISSUER = "https://api.botframework.com"
SECONDS = 20.0
"""After which waiting for something is a failure."""


@dataclass
class Sent:
    """Something the app sent to a conversation."""

    method: str
    conversation: str
    activity: dict[str, Any]
    id: str
    targeted: bool = False
    changes: str = ""
    """The id of the message that it changes; empty for a new one."""

    @property
    def text(self) -> str:
        """All that a person reads of it."""
        cards = [words(one["content"]) for one in self.activity.get("attachments") or ()]
        return "\n".join([self.activity.get("text") or "", *cards])

    @property
    def card(self) -> dict[str, Any]:
        """Its card."""
        found: dict[str, Any] = self.activity["attachments"][0]["content"]
        return found


def words(thing: Any) -> str:
    """The words of a card, in order; not what only older clients show."""
    found: list[str] = []

    def look(part: Any) -> None:
        if isinstance(part, Mapping):
            if isinstance(part.get("text"), str):
                found.append(part["text"])
            for name, one in part.items():
                if name not in ("data", "fallback", "refresh"):
                    look(one)
        elif isinstance(part, list):
            for one in part:
                look(one)

    look(thing)
    return "\n".join(found)


def actions(card: Any) -> list[dict[str, Any]]:
    """The buttons of a card, in order."""
    found: list[dict[str, Any]] = []

    def look(part: Any) -> None:
        if isinstance(part, Mapping):
            if str(part.get("type", "")).startswith("Action."):
                found.append(dict(part))
                return
            for name, one in part.items():
                if name != "refresh":
                    look(one)
        elif isinstance(part, list):
            for one in part:
                look(one)

    look(card)
    return found


@dataclass
class Failure:
    """What the connector answers instead of doing something."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)


class FakeTeams:
    """Runs in a thread of its own; `sent` has everything the app sent."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.violations: list[str] = []
        self.failures: list[tuple[Callable[[Sent], bool], Failure]] = []
        self.members: dict[str, list[dict[str, Any]]] = {}
        self.groups: dict[str, list[str]] = {}
        """Who is in which group, by person."""
        self.asked_for_groups = 0
        self.roster_status = 0
        """What is answered when it is asked who reads a conversation, instead of that."""
        self.roster_held: threading.Event | None = None
        """Until this is set nothing is answered to that."""
        self.takes_targeted = True
        self.down = False
        """Whether nothing at all is taken."""
        self.refuses = False
        """Whether our token is not taken."""
        self.seconds = 0.0
        """How long every message takes."""
        self.app_url = ""
        self.keys_fetched = 0
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.key_id = "key-1"
        self._numbers = count(1_700_000_000_001)
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    # --- running

    def start(self) -> FakeTeams:
        self._thread.start()
        assert self._ready.wait(SECONDS)
        return self

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(SECONDS)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._runner.cleanup())
        self._loop.close()

    async def _serve(self) -> None:
        app = web.Application()
        app.router.add_get("/v1/.well-known/openidconfiguration", self._about)
        app.router.add_get("/v1/.well-known/keys", self._keys)
        app.router.add_post("/graph/users/{person}/checkMemberGroups", self._member_groups)
        app.router.add_post("/emea/v3/conversations", self._open)
        app.router.add_get("/emea/v3/conversations/{conversation}/pagedMembers", self._paged_members)
        app.router.add_get("/emea/v3/conversations/{conversation}/members/{account}", self._one_member)
        app.router.add_post("/emea/v3/conversations/{conversation}/activities", self._post)
        app.router.add_put("/emea/v3/conversations/{conversation}/activities/{id}", self._post)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        assert site._server is not None
        self.port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def service(self) -> str:
        return f"{self.url}/emea/"

    @property
    def metadata(self) -> str:
        return f"{self.url}/v1/.well-known/openidconfiguration"

    # --- what the app asks for

    async def _about(self, request: web.Request) -> web.Response:
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/v1/.well-known/keys"})

    async def _keys(self, request: web.Request) -> web.Response:
        self.keys_fetched += 1
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        other = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_SKYPE.public_key()))
        keys = [
            {**public, "kid": self.key_id, "use": "sig", "endorsements": ["msteams"]},
            {**other, "kid": "skype", "use": "sig", "endorsements": ["skype"]},
        ]
        return web.json_response({"keys": keys})

    async def _member_groups(self, request: web.Request) -> web.Response:
        self._check_token(request)
        self.asked_for_groups += 1
        wanted = (await request.json())["groupIds"]
        found = self.groups.get(request.match_info["person"], [])
        return web.json_response({"value": [one for one in wanted if one in found]})

    async def _open(self, request: web.Request) -> web.Response:
        self._check_token(request)
        body = await request.json()
        (member,) = body["members"]
        if body.get("tenantId") != TENANT:
            self.violations.append(f"a chat of the tenant {body.get('tenantId')}")
        return web.json_response({"id": f"a:{member['id'].removeprefix('29:')}"}, status=201)

    async def _roster(self) -> web.Response | None:
        if self.roster_held is not None:
            await asyncio.to_thread(self.roster_held.wait, SECONDS)
        return web.Response(status=self.roster_status, text="busy") if self.roster_status else None

    async def _paged_members(self, request: web.Request) -> web.Response:
        self._check_token(request)
        if (instead := await self._roster()) is not None:
            return instead
        conversation = request.match_info["conversation"].partition(";")[0]
        if conversation not in self.members:
            return web.json_response({"error": {"code": "ConversationNotFound"}}, status=404)
        start, size = int(request.query.get("continuationToken", 0)), min(int(request.query["pageSize"]), 500)
        page: dict[str, Any] = {"members": self.members[conversation][start : start + size]}
        if start + size < len(self.members[conversation]):
            page["continuationToken"] = str(start + size)
        return web.json_response(page)

    async def _one_member(self, request: web.Request) -> web.Response:
        self._check_token(request)
        if (instead := await self._roster()) is not None:
            return instead
        conversation = request.match_info["conversation"].partition(";")[0]
        for one in self.members.get(conversation, ()):
            if one["id"] == request.match_info["account"]:
                return web.json_response(one)
        return web.json_response({"error": {"code": "MemberNotFoundInConversation"}}, status=404)

    async def _post(self, request: web.Request) -> web.Response:
        self._check_token(request)
        activity = await request.json()
        if self.seconds:
            await asyncio.sleep(self.seconds)
        if self.down or self.refuses:
            return web.Response(status=503 if self.down else 401, text="upstream connect error")
        conversation, changes = request.match_info["conversation"], request.match_info.get("id", "")
        targeted = request.query.get("isTargetedActivity") == "true"
        one = Sent(request.method, conversation, activity, changes or str(next(self._numbers)), targeted, changes)
        for number, (wanted, failure) in enumerate(self.failures):
            if wanted(one):
                del self.failures[number]
                return web.json_response({"error": {}}, status=failure.status, headers=failure.headers)
        if targeted and not self.takes_targeted:
            return web.json_response({"error": {"code": "BadArgument"}}, status=400)
        if changes and not any(known.id == changes for known in self.sent):
            return web.json_response({"error": {"code": "ActivityNotFoundInConversation"}}, status=404)
        personal = conversation.startswith("a:")
        self.violations += broken_activity(activity, targeted=targeted, personal=personal)
        with self._changed:
            self.sent.append(one)
            self._changed.notify_all()
        return web.json_response({"id": one.id}, status=200 if changes else 201)

    def _check_token(self, request: web.Request) -> None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or token.count(".") != 2:
            self.violations.append("a call without a token")

    def fail(self, wanted: Callable[[Sent], bool], status: int, **headers: str) -> None:
        """The next message like this is not taken."""
        self.failures.append((wanted, Failure(status, {name.replace("_", "-"): one for name, one in headers.items()})))

    # --- what it sends to the app

    def token(self, **other: Any) -> str:
        """A token as Teams has them; what is named differs, None leaves it out."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": CLIENT,
            "exp": now + 3600,
            "nbf": now - 60,
            "iat": now - 60,
            "serviceurl": self.service,
        }
        key, key_id = other.pop("key", self.key), other.pop("kid", self.key_id)
        algorithm = other.pop("alg", "RS256")
        kept = {name: value for name, value in {**claims, **other}.items() if value is not None}
        return jwt.encode(kept, key, algorithm, headers={"kid": key_id})

    def post(self, activity: Any, token: str | None = None, *, raw: bytes | None = None) -> tuple[int, Any]:
        """An activity to the app; status and answer."""
        headers = {"Content-Type": "application/json"}
        if token != "":
            headers["Authorization"] = f"Bearer {token or self.token()}"
        body = json.dumps(activity).encode() if raw is None else raw
        request = urllib.request.Request(f"{self.app_url}/api/messages", body, headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answered:
                status, text = answered.status, answered.read()
        except urllib.error.HTTPError as error:
            with error:
                status, text = error.code, error.read()
        answer = json.loads(text) if text else None
        if status == 200 and isinstance(activity, Mapping) and activity.get("type") == "invoke":
            self.violations += broken_answer(activity["name"], answer)
        return status, answer

    # --- what people see

    def wait_for(self, wanted: Callable[[Sent], bool], *, after: int = 0, times: int = 1) -> Sent:
        """The message like this that comes as the nth since then."""

        def found() -> list[Sent]:
            return [one for one in self.sent[after:] if wanted(one)]

        with self._changed:
            assert self._changed.wait_for(lambda: len(found()) >= times, SECONDS), [
                (one.conversation, one.text) for one in self.sent[after:]
            ]
            return found()[times - 1]

    def number(self) -> str:
        """The id of a new message."""
        return str(next(self._numbers))


_SKYPE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
SKYPE_KEY = _SKYPE
