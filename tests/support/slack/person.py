"""Somebody who uses Slack: writes, presses buttons, fills in dialogs, and sees what is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.support.slack.fake import Acknowledged, FakeSlack
from tests.support.slack.rules import problems_of_view
from tests.support.slack.workspace import APP, BEAT, TEAM, Json, buttons_of, text_of


@dataclass
class Person:
    """One account; in its workspace's channels it is a member of those it has written in."""

    slack: FakeSlack
    id: str
    team: str = TEAM

    @property
    def dm(self) -> str:
        """The direct message with the app."""
        return self.slack.dm_of(self.id)

    # writing

    def write(self, text: str, *, channel: str = "", thread: str = "", **extra: Any) -> Json:
        """Type a message; the event that tells the app of it is delivered before this returns."""
        where = channel or self.dm
        self.slack.channels[where].members.add(self.id)
        message = {
            "ts": self.slack.new_ts(),
            "user": self.id,
            "text": text,
            **({"thread_ts": thread} if thread else {}),
        }
        self.slack.add(where, message)
        kind = "im" if where.startswith("D") else "channel"
        event = {
            "type": "message",
            "channel": where,
            "channel_type": kind,
            "event_ts": message["ts"],
            "team": self.team,
        }
        self._send_event({**event, **message, **extra}, where)
        return message

    def mention(self, text: str, *, channel: str = BEAT, thread: str = "", **extra: Any) -> Json:
        """Mention the app in a channel: Slack tells it twice, once as a mention and once as a message."""
        message = self.write(f"<@U0HUBBOT> {text}", channel=channel, thread=thread, **extra)
        event = {"type": "app_mention", "channel": channel, "event_ts": message["ts"], "team": self.team}
        self._send_event({**event, **message, **extra}, channel)
        return message

    def _send_event(self, event: Json, channel: str) -> Acknowledged:
        shared = channel in self.slack.channels and self.slack.channels[channel].shared
        return self.slack.deliver("events_api", self.slack.event(event, team=TEAM, shared=shared))

    def happens(self, **event: Any) -> Acknowledged:
        """Some other event that this person causes."""
        return self.slack.deliver("events_api", self.slack.event({"user": self.id, **event}))

    def open_home(self) -> Json:
        """Open the app's home tab, and wait for it."""
        before = self.slack.homes.pop(self.id, None)
        self.happens(type="app_home_opened", tab="home", channel=self.dm, event_ts=self.slack.new_ts())
        return self.slack.wait_for(
            lambda: self.slack.homes.get(self.id), f"a home tab (there was {before is not None})"
        )

    def open_messages(self) -> None:
        """Open the app's Messages tab."""
        self.happens(type="app_home_opened", tab="messages", channel=self.dm, event_ts=self.slack.new_ts())

    # reading

    def sees(self, channel: str = "") -> list[Json]:
        """What this person sees there, oldest first."""
        return self.slack.seen_by(self.id, channel or self.dm)

    def wait_for(self, look: Callable[[Json], bool], *, channel: str = "", after: str = "", what: str = "") -> Json:
        """The first message of the app that is so, once it is there."""
        where = channel or self.dm

        def found() -> Json | None:
            mine = (m for m in self.sees(where) if m.get("bot_id") and m["ts"] > after)
            return next((message for message in mine if look(message)), None)

        return self.slack.wait_for(found, what or f"a message for {self.id} in {where}")

    def reply_to(self, message: Json, *, channel: str = "") -> Json:
        """What the app says in the thread of a message, or to this person alone below it."""
        thread = message.get("thread_ts") or message["ts"]

        def is_reply(m: Json) -> bool:
            alone = "thread_ts" not in message and m.get("to") == self.id and "thread_ts" not in m
            return m.get("thread_ts") == thread or alone

        return self.wait_for(is_reply, channel=channel, after=message["ts"])

    def ask(self, text: str, **where: Any) -> Json:
        """Write in the direct message, and wait for the reply."""
        return self.reply_to(self.write(text, **where))

    # pressing and filling in

    def press(self, message: Json, label: str, *, channel: str = "") -> Acknowledged:
        """Press a button of a message by its label."""
        element, block = find_button(message, label)
        where = channel or self.dm
        self.slack.channels[where].members.add(self.id)  # who sees a button is there
        ephemeral = "to" in message
        container: Json = {
            "type": "message",
            "message_ts": message["ts"],
            "channel_id": where,
            "is_ephemeral": ephemeral,
        }
        if message.get("thread_ts"):
            container["thread_ts"] = message["thread_ts"]
        payload = {
            **self._acting("block_actions"),
            "container": container,
            "channel": {"id": where, "name": "directmessage" if where.startswith("D") else where.lower()},
            "state": {"values": {}},
            "response_url": self.slack.response_url(where, self.id, message["ts"], ephemeral=ephemeral),
            "actions": [pressed(element, block, self.slack.new_ts())],
        }
        if not ephemeral:  # of an ephemeral message Slack sends no copy along
            payload["message"] = {name: value for name, value in message.items() if name != "to"}
        return self.slack.deliver("interactive", payload)

    def press_home(self, home: Json, label: str, nth: int = 0) -> Acknowledged:
        """Press a button in the home tab."""
        found = [(element, block) for told, element, block in buttons_of(home) if told == label]
        assert found, f"the home tab has no button {label!r}, but {[told for told, *_ in buttons_of(home)]}"
        payload = {
            **self._acting("block_actions"),
            "container": {"type": "view", "view_id": home["id"]},
            "view": shown_view(home),
            "actions": [pressed(*found[nth], self.slack.new_ts())],
        }
        return self.slack.deliver("interactive", payload)

    def dialog(self) -> Json:
        """The dialog that is open before this person, once it is there."""
        mine = lambda: next((view for view in self.slack.views.values() if view["user"] == self.id), None)  # noqa: E731
        return self.slack.wait_for(mine, f"a dialog for {self.id}")

    def fill_in(self, given: Mapping[str, Any] | None = None) -> str:
        """Fill in the dialog that is open, by its labels, and send it; what it says then, once the work is done."""
        view = self.dialog()
        payload = {
            **self._acting("view_submission"),
            "view": {**shown_view(view), "state": {"values": filled(view, dict(given or {}))}},
            "response_urls": [],
        }
        told = self.slack.deliver("interactive", payload)
        assert told.json.get("response_action") == "update", "a dialog is acknowledged before the work"
        problems = problems_of_view(told.json["view"])
        assert problems == []

        def after() -> Json | None:
            now = self.slack.views.get(view["id"])
            return now if now is not None and now["hash"] != view["hash"] else None

        now = self.slack.wait_for(after, "what became of the dialog")
        if "submit" not in now:
            self.close_dialog()
        return text_of(now)

    def close_dialog(self) -> None:
        """Close the dialog without sending it."""
        with self.slack.changed:
            mine = [name for name, view in self.slack.views.items() if view["user"] == self.id]
            for name in mine:
                del self.slack.views[name]

    def command(self, text: str, *, channel: str = "") -> Acknowledged:
        """Type /prevention."""
        where = channel or self.dm
        payload = {
            "token": "x", "team_id": self.team, "team_domain": "force", "channel_id": where, "channel_name": "x",
            "user_id": self.id, "user_name": self.id.lower(), "command": "/prevention", "text": text, "api_app_id": APP,
            "is_enterprise_install": "false", "trigger_id": self.slack.trigger(self.id),
            "response_url": self.slack.response_url(where, self.id, "", ephemeral=True),
        }  # fmt: skip
        self.slack.channels[where].members.add(self.id)
        return self.slack.deliver("slash_commands", payload)

    def shortcut(self, callback: str, message: Json | None = None, *, channel: str = BEAT) -> Acknowledged:
        """Choose a shortcut, of a message or from anywhere."""
        payload = {**self._acting("message_action" if message else "shortcut"), "callback_id": callback}
        payload["action_ts"] = self.slack.new_ts()
        if message:
            payload |= {
                "message_ts": message["ts"],
                "message": {"type": "message", **message},
                "channel": {"id": channel, "name": channel.lower()},
                "response_url": self.slack.response_url(channel, self.id, message["ts"], ephemeral=True),
            }
        return self.slack.deliver("interactive", payload)

    def _acting(self, kind: str) -> Json:
        return {
            "type": kind,
            "token": "x",
            "api_app_id": APP,
            "team": {"id": self.team, "domain": "force"},
            "user": {"id": self.id, "username": self.id.lower(), "name": self.id.lower(), "team_id": self.team},
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": self.slack.trigger(self.id),
        }


def find_button(message: Json, label: str) -> tuple[Json, str]:
    """A button of a message and its block."""
    for told, element, block in buttons_of(message):
        if told == label:
            return element, block
    raise AssertionError(f"there is no button {label!r}, only {[told for told, *_ in buttons_of(message)]}")


def pressed(element: Json, block: str, ts: str) -> Json:
    """An element as it comes back when it is pressed."""
    kept = {name: element[name] for name in ("type", "action_id", "value", "text", "style") if name in element}
    return {**kept, "block_id": block, "action_ts": ts}


def shown_view(view: Json) -> Json:
    """A view as it comes back."""
    return {**{name: value for name, value in view.items() if name != "user"}, "app_id": APP, "state": {"values": {}}}


def filled(view: Json, given: dict[str, Any]) -> Json:
    """The state of a dialog's fields: what was given by label, what stood there, or nothing."""
    state: Json = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        label, element = block["label"]["text"], block["element"]
        value = given.pop(label, None)
        state[block["block_id"]] = {element["action_id"]: _state_of(element, value)}
        empty = not any(v for k, v in state[block["block_id"]][element["action_id"]].items() if k != "type")
        assert block.get("optional") or not empty, f"Slack does not send the dialog while {label!r} is empty"
    assert not given, f"the dialog has no {sorted(given)}: {text_of(view)}"
    return state


def _state_of(element: Json, value: Any) -> Json:
    kind = element["type"]
    if kind == "plain_text_input":
        said = element.get("initial_value") if value is None else value
        assert len(said or "") <= element.get("max_length", 3000), "longer than the field takes"
        return {"type": kind, "value": said or None}
    options = {option["text"]["text"]: option for option in element["options"]}
    if kind == "checkboxes":
        chosen = element.get("initial_options", []) if value is None else [options[one] for one in value]
        return {"type": kind, "selected_options": chosen}
    return {"type": kind, "selected_option": options[value] if value is not None else element.get("initial_option")}
