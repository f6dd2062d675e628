"""A small strict Slack: its Web API, its events over HTTP and over Socket Mode, its dialogs and its OAuth."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import WSMsgType, web

from tests.slack.old_rules import broken

TEAM, BOT = "T1", "UBOT"
SECRET = "a signing secret"
TOKENS = {"xoxb-1": "T1", "xoxb-2": "T2", "xapp-1": ""}
SECONDS = 60.0
"""After which waiting for something is a failure."""
ACK_SECONDS = 3.0
OPTIONAL = {
    "assistant.threads.setStatus",
    "assistant.threads.setSuggestedPrompts",
    "agents.sessions.setStatus",
    "views.publish",
    "usergroups.users.list",
    "auth.test",
}


@dataclass
class Call:
    """One call of the app to the Web API."""

    method: str
    body: dict[str, Any]
    token: str
    answered: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All that a person reads of it."""
        return words(self.body.get("blocks") or self.body.get("view", {}).get("blocks", ()))


def words(blocks: Any) -> str:
    """The words of blocks, in order, as they are shown."""
    found: list[str] = []

    def look(thing: Any) -> None:
        if isinstance(thing, Mapping):
            if isinstance(thing.get("text"), str):
                found.append(thing["text"])
            for key, value in thing.items():
                if key != "confirm":
                    look(value)
        elif isinstance(thing, list | tuple):
            for one in thing:
                look(one)

    look(list(blocks))
    return "\n".join(found)


def buttons(blocks: Any) -> list[dict[str, Any]]:
    """The buttons of blocks, Slack's own feedback buttons among them."""
    found = []
    for block in blocks:
        for one in block.get("elements", ()) if block["type"] in ("actions", "context_actions") else ():
            if one["type"] == "button":
                found.append(one)
            else:
                for name in ("positive_button", "negative_button"):
                    found.append({"type": "feedback_buttons", "action_id": one["action_id"], **one[name]})
    return found


class FakeSlack:
    """Runs in a thread of its own; `calls` has everything the app asked for."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.failures: dict[str, list[tuple[int, dict[str, str], str]]] = defaultdict(list)
        self.groups: dict[str, list[str]] = {}
        self.missing: set[str] = set()
        self.granted = ""
        self.codes = {"good-code": ("T2", "xoxb-2")}
        self.app_url = ""
        self.acked: dict[str, dict[str, Any]] = {}
        self.late: list[str] = []
        self._stamps, self._triggers = count(1_000_001), count(1)
        self._open_triggers: dict[str, float] = {}
        self._changed = threading.Condition()
        self._sockets: list[web.WebSocketResponse] = []
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    # --- running

    def start(self) -> FakeSlack:
        self._thread.start()
        assert self._ready.wait(SECONDS)
        return self

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(SECONDS)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application(client_max_size=5_000_000)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link", self._link)
        app.router.add_post("/response", self._response)
        self._runner = web.AppRunner(app)
        self._loop.run_until_complete(self._runner.setup())
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        port = self._runner.addresses[0][1]
        self.url, self._ws = f"http://127.0.0.1:{port}/api/", f"ws://127.0.0.1:{port}/link"
        self._ready.set()
        self._loop.run_forever()
        for socket in self._sockets:
            self._loop.run_until_complete(socket.close())
        self._loop.run_until_complete(self._runner.cleanup())
        self._loop.close()

    # --- the Web API

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        body: dict[str, Any] = dict(request.query)
        if request.content_type == "application/json":
            body |= json.loads(await request.text() or "{}")
        else:
            body |= {key: str(value) for key, value in (await request.post()).items()}
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.failures[method]:
            status, headers, error = self.failures[method].pop(0)
            return web.json_response({"ok": False, "error": error}, status=status, headers=headers)
        body.pop("token", None)
        call = Call(method, body, token)
        call.answered = self._answer(call)
        with self._changed:
            self.calls.append(call)
            self._changed.notify_all()
        headers = {"X-OAuth-Scopes": self.granted} if self.granted else {}
        return web.json_response(call.answered, headers=headers)

    async def _response(self, request: web.Request) -> web.Response:
        """A response address: what is said there is seen by whoever typed the command."""
        body = {"channel": "(response)", **await request.json()}
        wrong = broken("response", body)
        self.violations += [f"response: {one}" for one in wrong]
        with self._changed:
            self.calls.append(Call("chat.response", body, ""))
            self._changed.notify_all()
        return web.Response(text="ok")

    def _answer(self, call: Call) -> dict[str, Any]:
        if call.method == "oauth.v2.access":
            return self._access(call.body)
        if call.token not in TOKENS:
            return {"ok": False, "error": "invalid_auth"}
        if call.method in self.missing:
            return {"ok": False, "error": "unknown_method"}
        call.body.pop("team_id", None)
        wrong = broken(call.method, call.body)
        if wrong:
            self.violations += [f"{call.method}: {one}" for one in wrong]
            return {"ok": False, "error": "invalid_blocks"}
        answer = getattr(self, "_" + call.method.replace(".", "_"), None)
        if answer is not None:
            return {"ok": True, **answer(call.body)}
        if call.method in OPTIONAL:
            return {"ok": True}
        self.violations.append(f"{call.method} is unknown")
        return {"ok": False, "error": "unknown_method"}

    def _stamp(self) -> str:
        return f"1700.{next(self._stamps)}"

    def _chat_postMessage(self, body: Any) -> Any:  # noqa: N802 Slack's name
        return {"ts": self._stamp(), "channel": body["channel"]}

    def _chat_postEphemeral(self, body: Any) -> Any:  # noqa: N802 Slack's name
        return {"message_ts": self._stamp()}

    def _chat_update(self, body: Any) -> Any:
        return {"ts": body["ts"], "channel": body["channel"]}

    def _conversations_open(self, body: Any) -> Any:
        return {"channel": {"id": f"D{body['users']}"}}

    def _usergroups_users_list(self, body: Any) -> Any:
        return {"users": self.groups.get(body["usergroup"], [])}

    def _views_open(self, body: Any) -> Any:
        began = self._open_triggers.pop(body["trigger_id"], None)
        if began is None:
            self.violations.append("views.open: exchanged_trigger_id")
        return {"view": {"id": "V1"}}

    def _apps_connections_open(self, body: Any) -> Any:
        return {"url": self._ws}

    def _access(self, body: Mapping[str, Any]) -> dict[str, Any]:
        if body.get("code") not in self.codes:
            return {"ok": False, "error": "invalid_code"}
        team, token = self.codes.pop(body["code"])
        return {
            "ok": True,
            "app_id": "A1",
            "authed_user": {"id": "UADMIN"},
            "scope": "chat:write",
            "token_type": "bot",
            "access_token": token,
            "bot_user_id": "UBOT2",
            "team": {"id": team, "name": "Second"},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    # --- what a test looks at

    def wait_for(self, wanted: Callable[[Call], bool], *, after: int = 0, times: int = 1) -> Call:
        """The call that is wanted, as soon as it is there; only those after a certain number count."""
        until = time.monotonic() + SECONDS
        with self._changed:
            while True:
                found = [call for call in self.calls[after:] if wanted(call)]
                if len(found) >= times:
                    return found[times - 1]
                if not self._changed.wait(until - time.monotonic()):
                    made = [f"{call.method} {call.text[:200]!r}" for call in self.calls[after:]]
                    raise AssertionError(f"Slack was never asked for that; it was asked for {made}, {self.violations}")

    def said(self, text: str, *, after: int = 0, method: str = "chat.post", times: int = 1) -> Call:
        """A message with this text in it."""
        return self.wait_for(
            lambda call: call.method.startswith(method) and text in call.text, after=after, times=times
        )

    # --- what a test does

    def trigger(self) -> str:
        """A trigger id: good once. (In Slack also for three seconds only; a busy machine would make that a lottery.)"""
        name = f"trigger-{next(self._triggers)}"
        self._open_triggers[name] = time.monotonic()
        return name

    def stamp(self) -> str:
        """A message's ts."""
        return self._stamp()

    def sign(self, body: bytes, *, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
        """The headers that prove that a request is Slack's."""
        stamp = str(int(at or time.time()))
        made = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={made}"}

    def post(self, body: bytes, kind: str, headers: Mapping[str, str] | None = None) -> tuple[int, str]:
        """A signed request to the app; its status and what it said, within three seconds or it is noted as late."""
        signed = self.sign(body) if headers is None else headers
        request = urllib.request.Request(
            f"{self.app_url}/slack/events", data=body, headers={"Content-Type": kind, **signed}, method="POST"
        )
        began = time.monotonic()
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                answer = response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            answer = error.code, error.read().decode()
        if time.monotonic() - began > ACK_SECONDS:
            self.late.append(kind)
        return answer

    # --- Socket Mode

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        with self._changed:
            self._sockets.append(socket)
            self._changed.notify_all()
        async for message in socket:
            if message.type == WSMsgType.TEXT and message.data.startswith("{"):
                answer = json.loads(message.data)
                with self._changed:
                    self.acked[answer["envelope_id"]] = answer
                    self._changed.notify_all()
        return socket

    def wait_for_sockets(self, number: int) -> None:
        """Until the app has connected so many times."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self._sockets) >= number, SECONDS)

    def envelope(self, kind: str, payload: Mapping[str, Any], name: str) -> dict[str, Any]:
        """Send something by Socket Mode and wait for its acknowledgement."""
        message = {"envelope_id": name, "type": kind, "payload": payload, "accepts_response_payload": True}
        began = time.monotonic()
        asyncio.run_coroutine_threadsafe(self._sockets[-1].send_json(message), self._loop).result(SECONDS)
        with self._changed:
            assert self._changed.wait_for(lambda: name in self.acked, SECONDS)
        if time.monotonic() - began > ACK_SECONDS:
            self.late.append(kind)
        return self.acked[name]

    def disconnect(self) -> None:
        """Ask the app to connect anew, as Slack does every few hours."""
        message = {"type": "disconnect", "reason": "refresh_requested"}
        asyncio.run_coroutine_threadsafe(self._sockets[-1].send_json(message), self._loop).result(SECONDS)
