"""A Slack of our own: its Web API over real HTTP, its deliveries over real HTTP or a real WebSocket."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import secrets
import threading
import time
import urllib.parse
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

import aiohttp
from aiohttp import web

from tests.support.slack.web import WebApi
from tests.support.slack.workspace import APP, BOT, SECRET, TEAM, Json, ResponseUrl, Workspace

_T = TypeVar("_T")
SECONDS_TO_ACKNOWLEDGE = 30.0
"""Slack gives up after 3. A test's limit is one that only a hang reaches; the benchmarks say how long it takes."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What the app said to one delivery."""

    status: int
    """Of HTTP; 200 and 0 in socket mode for an acknowledgement and for none."""
    body: str
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether Slack takes it as received."""
        return 200 <= self.status < 300

    @property
    def json(self) -> Json:
        """The body, where it is an object."""
        found = json.loads(self.body) if self.body.startswith("{") else {}
        return found if isinstance(found, dict) else {}


class FakeSlack(Workspace):
    """A Slack that runs in a thread of its own, for as long as a test; `app_url` is where it delivers over HTTP."""

    def __enter__(self) -> Self:
        self.app_url = ""
        self.api = WebApi(self, lambda: f"ws://127.0.0.1:{self.port}/link/?ticket={secrets.token_hex(8)}")
        self.retries = True
        self.sockets: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fake-slack", daemon=True)
        self._thread.start()
        self.run(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @property
    def api_url(self) -> str:
        """What PREVENTION_HUB_SLACK_API_URL is set to."""
        return f"http://127.0.0.1:{self.port}/api/"

    def run(self, work: Coroutine[Any, Any, _T], seconds: float = 60.0) -> _T:
        """Do something in this Slack's own thread, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    async def _start(self) -> None:
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/api/{method}", self.api.handle)
        app.router.add_get("/link/", self._socket)
        app.router.add_post("/respond/{name}", self._respond)
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._client = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(30))

    async def _stop(self) -> None:
        for socket in list(self.sockets):
            await socket.close()
        await self._client.close()
        await self._runner.cleanup()

    # what is delivered to the app

    def deliver(self, kind: str, payload: Json, *, again: int = 0, slowly_is_a_fault: bool = True) -> Acknowledged:
        """Deliver "events_api", "interactive" or "slash_commands", by whatever way the app is reached."""
        return self.run(self.delivery(kind, payload, again=again, slowly_is_a_fault=slowly_is_a_fault))

    async def delivery(
        self, kind: str, payload: Json, *, again: int = 0, slowly_is_a_fault: bool = True
    ) -> Acknowledged:
        """As `deliver`, in this Slack's own loop. An event that was not taken is sent again, three times at most."""
        begun = time.monotonic()
        if not self.app_url:
            await self._until(lambda: bool(self.sockets))
        send = self._by_socket if self.sockets else self._by_http
        try:
            status, body = await asyncio.wait_for(send(kind, payload, again), SECONDS_TO_ACKNOWLEDGE)
        except (TimeoutError, aiohttp.ClientError) as error:
            status, body = 0, type(error).__name__
        told = Acknowledged(status, body, time.monotonic() - begun)
        with self.changed:
            self.deliveries.append({"kind": kind, "status": status, "seconds": told.seconds, "again": again})
            self.changed.notify_all()
        if status == 0 and slowly_is_a_fault:
            self.fault(f"{kind} was not acknowledged within {SECONDS_TO_ACKNOWLEDGE} s: {body}")
        if not told.ok and kind == "events_api" and self.retries and again < 3:
            return await self.delivery(kind, payload, again=again + 1, slowly_is_a_fault=slowly_is_a_fault)
        return told

    async def _by_http(self, kind: str, payload: Json, again: int) -> tuple[int, str]:
        headers = {"Content-Type": "application/json"}
        if kind == "events_api":
            body = json.dumps(payload).encode()
        else:
            form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
            body = urllib.parse.urlencode(form).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if again:
            headers |= {"X-Slack-Retry-Num": str(again), "X-Slack-Retry-Reason": "http_error"}
        return await self._post(body, headers | signed(body))

    async def _post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        async with self._client.post(f"{self.app_url}/slack/events", data=body, headers=headers) as answer:
            return answer.status, await answer.text()

    def post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        """Whatever a stranger would send; nothing is signed here."""
        return self.run(self._post(body, {"Content-Type": "application/json", **headers}))

    async def _by_socket(self, kind: str, payload: Json, again: int) -> tuple[int, str]:
        name = secrets.token_hex(8)
        envelope: Json = {"type": kind, "envelope_id": name, "payload": payload}
        envelope["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api":
            envelope |= {"retry_attempt": again, "retry_reason": "timeout" if again else ""}
        answer: asyncio.Future[Json] = self._loop.create_future()
        self._waiting[name] = answer
        await self._until(lambda: bool(self.sockets))  # the last one may have gone since it was looked for
        await self.sockets[-1].send_json(envelope)
        told = (await answer).get("payload")
        if told is None:
            return 200, ""
        return 200, told["text"] if set(told) == {"text"} else json.dumps(told)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": APP}})
        with self.changed:
            self.sockets.append(socket)
            self.changed.notify_all()
        try:
            async for message in socket:
                if message.type == aiohttp.WSMsgType.TEXT:
                    said = json.loads(message.data)
                    waiting = self._waiting.pop(str(said.get("envelope_id")), None)
                    if waiting is None:
                        self.fault("an envelope was acknowledged that was not sent, or twice")
                    elif not waiting.done():
                        waiting.set_result(said)
        finally:
            with self.changed:
                self.sockets.remove(socket)
                self.changed.notify_all()
        return socket

    def disconnect(self) -> None:
        """Ask the app to connect anew, as Slack does every few hours, and end the connection."""
        self.run(self._disconnect())

    async def _until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(SECONDS_TO_ACKNOWLEDGE):
            while not holds():
                await asyncio.sleep(0.005)

    async def _disconnect(self) -> None:
        socket = self.sockets[-1]
        await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})
        await asyncio.sleep(0)
        await socket.close()
        # until the list no longer holds it, a test could take the ended connection for the new one
        await self._until(lambda: socket not in self.sockets)

    def wait_connected(self, more_than: int = 0) -> None:
        """Until the app is connected by WebSocket."""
        self.wait_for(lambda: len(self.sockets) > more_than, "a WebSocket connection")

    # clicks are answered here

    def response_url(self, channel: str, user: str, ts: str, *, ephemeral: bool) -> str:
        """A fresh response_url."""
        name = secrets.token_hex(8)
        self.response_urls[name] = ResponseUrl(channel, user, ts, ephemeral)
        return f"http://127.0.0.1:{self.port}/respond/{name}"

    async def _respond(self, request: web.Request) -> web.Response:
        use = self.response_urls.get(request.match_info["name"])
        if use is None or use.left == 0:
            self.fault("a response_url was used that does not exist, or more than five times")
            return web.Response(status=404, text="used_url")
        use.left -= 1
        given = await request.json()
        if given.get("delete_original"):
            with self.changed:
                kept = [m for m in self.messages[use.channel] if m["ts"] != use.message_ts]
                self.messages[use.channel] = kept
                self.changed.notify_all()
            return web.Response(text="ok")
        unknown = given.keys() - set("text blocks response_type replace_original thread_ts unfurl_links".split())
        if unknown:
            self.fault(f"response_url: {sorted(unknown)} are unknown")
        with self.changed:
            self.api._checked("response_url", given)
            kept_message = self.api._kept(given)
            original = next((m for m in self.messages.get(use.channel, []) if m["ts"] == use.message_ts), None)
            if given.get("replace_original") and original is not None:
                original.update(kept_message, edited=time.time())
            else:
                said = {"ts": self.new_ts(), "user": BOT, "bot_id": "B0HUBBOT", **kept_message}
                if given.get("thread_ts"):
                    said["thread_ts"] = given["thread_ts"]
                if given.get("response_type") != "in_channel":
                    said["to"] = use.user
                self.add(use.channel, said)
            self.changed.notify_all()
        return web.Response(text="ok")

    # events

    def event(self, event: Json, *, team: str = TEAM, event_id: str = "", shared: bool = False) -> Json:
        """The envelope of an event."""
        return {
            "token": "verification-is-by-signature",
            "team_id": team,
            "api_app_id": APP,
            "type": "event_callback",
            "event_id": event_id or self.new_id("Ev"),
            "event_time": int(time.time()),
            "is_ext_shared_channel": shared,
            "authorizations": [
                {
                    "enterprise_id": self.enterprise or None,
                    "team_id": team,
                    "user_id": BOT,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "event": event,
        }


def signed(body: bytes, *, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """The two headers by which the app knows that something is from Slack."""
    stamp = str(int(at if at is not None else time.time()))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
