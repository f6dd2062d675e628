"""A hub with Slack switched on, served for real, and people who use it."""

from __future__ import annotations

import asyncio
import json
import threading
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from bot.app import Hub
from bot.server import Deliveries, new_server
from bot.settings import Settings
from bot.slack.edge import SlackEdge
from tests.slack.old_fake import BOT, SECONDS, SECRET, TEAM, Call, FakeSlack, buttons
from tests.support.fakes import WordEncoder
from tests.support.ready import make_ready
from tests.support.serving import served

HUB_CHANNEL = "CHUB"
HTTP, SOCKET = "http", "socket"
EVERY = 0.02


class Workspace:
    """People in Slack: what they do, by HTTP or by Socket Mode, and what they see."""

    def __init__(self, slack: FakeSlack, hub: Hub, mode: str) -> None:
        self.slack, self.hub, self.mode = slack, hub, mode
        self._numbers = count(1)

    # --- what Slack sends

    def event(self, event: Mapping[str, Any], *, key: str = "", **outer: Any) -> None:
        """An event, acknowledged with 200."""
        name = key or f"Ev{next(self._numbers)}"
        body = {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A1",
            "event_id": name,
            "event": dict(event),
            "authorizations": [{"team_id": outer.get("team_id", TEAM), "user_id": BOT, "is_bot": True}],
            **outer,
        }
        if self.mode == SOCKET:
            self.slack.envelope("events_api", body, f"{name}-{next(self._numbers)}")
        else:
            assert self.slack.post(json.dumps(body).encode(), "application/json")[0] == 200

    def payload(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """A button, a shortcut or a dialog; what the app answered at once."""
        if self.mode == SOCKET:
            answer = self.slack.envelope("interactive", payload, f"I{next(self._numbers)}")
            found: dict[str, Any] = answer.get("payload") or {}
            return found
        body = urllib.parse.urlencode({"payload": json.dumps(payload)}).encode()
        status, text = self.slack.post(body, "application/x-www-form-urlencoded")
        assert status == 200
        return dict(json.loads(text)) if text else {}

    def command(self, user: str, text: str, channel: str = "C1") -> None:
        """`/prevention text`."""
        fields = {
            "command": "/prevention",
            "text": text,
            "user_id": user,
            "team_id": TEAM,
            "channel_id": channel,
            "trigger_id": self.slack.trigger(),
            "response_url": self.slack.url.replace("/api/", "/response"),
        }
        if self.mode == SOCKET:
            self.slack.envelope("slash_commands", fields, f"S{next(self._numbers)}")
        else:
            body = urllib.parse.urlencode(fields).encode()
            assert self.slack.post(body, "application/x-www-form-urlencoded")[0] == 200

    # --- what people do

    def write(self, user: str, text: str, *, thread: str = "", key: str = "", ts: str = "") -> str:
        """A direct message to the app; its ts."""
        ts = ts or self.slack.stamp()
        event = {"type": "message", "channel_type": "im", "channel": f"D{user}", "user": user, "text": text, "ts": ts}
        self.event({**event, **({"thread_ts": thread} if thread else {})}, key=key)
        return ts

    def mention(self, user: str, text: str, channel: str = "C1", **outer: Any) -> str:
        """A mention in a channel; its ts."""
        ts = self.slack.stamp()
        said = f"<@{BOT}> {text}"
        self.event({"type": "app_mention", "channel": channel, "user": user, "text": said, "ts": ts}, **outer)
        return ts

    def in_thread(self, user: str, text: str, thread: str, channel: str = "C1") -> str:
        """A message in a channel's thread that mentions nobody."""
        ts = self.slack.stamp()
        event = {"type": "message", "channel_type": "channel", "channel": channel, "user": user, "text": text}
        self.event({**event, "ts": ts, "thread_ts": thread})
        return ts

    def press(self, call: Call, label: str, user: str) -> int:
        """Press a button that a message or a home tab shows; how many calls there were before."""
        view = call.body.get("view")
        blocks = view["blocks"] if view else call.body["blocks"]
        (button,) = [one for one in buttons(blocks) if one["text"]["text"] == label]
        before = len(self.slack.calls)
        action = {"type": button["type"], "action_id": button["action_id"], "value": button["value"]}
        payload: dict[str, Any] = {
            "type": "block_actions",
            "user": {"id": user},
            "team": {"id": TEAM},
            "trigger_id": self.slack.trigger(),
            "actions": [action],
        }
        if view:
            payload |= {"view": {"id": "V1", **view}, "container": {"type": "view"}}
        else:
            ts = str(call.answered.get("ts") or call.answered.get("message_ts"))
            channel = call.body["channel"]
            message = {"ts": ts, **({"thread_ts": call.body["thread_ts"]} if "thread_ts" in call.body else {})}
            container = {"type": "message", "message_ts": ts, "channel_id": channel}
            payload |= {"channel": {"id": channel}, "message": message, "container": container}
        self.payload(payload)
        return before

    def submit(self, opened: Call, user: str, **given: str | bool) -> dict[str, Any]:
        """Fill in a dialog and send it; what the app answered: nothing, or errors by field."""
        view = opened.body["view"]
        values: dict[str, dict[str, Any]] = {}
        for block in view["blocks"]:
            if block["type"] != "input":
                continue
            name, element = block["block_id"], block["element"]
            value = given.get(name, element.get("initial_value"))
            if element["type"] == "plain_text_input":
                found: dict[str, Any] = {"value": value}
            elif element["type"] == "static_select":
                found = {"selected_option": {"value": value} if value else None}
            else:
                ticked = element.get("initial_options", []) if given.get(name, True) else []
                found = {"selected_options": ticked}
            values[name] = {element["action_id"]: {"type": element["type"], **found}}
        return self.payload(
            {
                "type": "view_submission",
                "user": {"id": user},
                "team": {"id": TEAM},
                "trigger_id": self.slack.trigger(),
                "view": {"id": "V1", **view, "state": {"values": values}},
            }
        )

    def opens(self, call: Call, label: str, user: str) -> Call:
        """Press a button that opens a dialog; the dialog."""
        before = self.press(call, label, user)
        return self.slack.wait_for(lambda one: one.method == "views.open", after=before)

    def card(self, reference: str, *, after: int = 0, times: int = 1) -> Call:
        """The request's card in the hub's channel, as it was last drawn."""
        return self.slack.wait_for(
            lambda call: (
                call.method in ("chat.postMessage", "chat.update")
                and call.body["channel"] == HUB_CHANNEL
                and call.body["blocks"][0]["type"] == "header"
                and reference in call.text
            ),
            after=after,
            times=times,
        )


@contextmanager
def workspace(folder: Path, guidance: Path, mode: str = HTTP, **settings: Any) -> Iterator[Workspace]:
    """A hub with two documents; bell and dunn are in it, cole is an admin."""
    slack = FakeSlack().start()
    given: dict[str, Any] = {
        "data": folder / "data",
        "slack_bot_token": "xoxb-1",
        "slack_app_token": "xapp-1",
        "slack_signing_secret": SECRET,
        "slack_hub_channel": HUB_CHANNEL,
        "slack_api_url": slack.url,
        "hub_staff": "UBELL,UDUNN,SHUB",
        "admins": "UCOLE",
        "ceilings": "slack=OFFICIAL-SENSITIVE,slack:CLOW=OFFICIAL",
    }
    hub = Hub(Settings(**{**given, **settings}), WordEncoder())
    try:
        make_ready(hub, guidance)
        with serving(hub, slack) if mode == HTTP else listening(hub, slack):
            yield Workspace(slack, hub, mode)
        assert slack.violations == []
    finally:
        hub.close()
        slack.stop()


@contextmanager
def serving(hub: Hub, slack: FakeSlack) -> Iterator[None]:
    """The real server, on a port of its own."""
    with served(new_server(hub, [SlackEdge(hub)], EVERY)) as address:
        slack.app_url = address
        yield


@contextmanager
def listening(hub: Hub, slack: FakeSlack) -> Iterator[None]:
    """The same edge by Socket Mode."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def do(work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(SECONDS)

    async def begin() -> tuple[SlackEdge, Deliveries]:
        from bot.edges.jobs import Jobs

        edge, deliveries = SlackEdge(hub), Deliveries(hub, Jobs(), EVERY)
        await edge.start()
        await edge.listen()
        deliveries.start()
        return edge, deliveries

    edge, deliveries = do(begin())
    slack.wait_for_sockets(1)
    try:
        yield
    finally:
        do(edge.stop())
        do(deliveries.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(SECONDS)
        loop.close()
