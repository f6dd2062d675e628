"""The Web API of our Slack: it knows each method's arguments, and refuses what Slack would refuse."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from tests.support.slack import rules
from tests.support.slack.workspace import APP, APP_TOKEN, BOT, BOT_ID, TEAM, Json, Workspace

ALWAYS = frozenset({"token", "team_id"})
"""Bolt adds these to any call."""
_POST = "channel text blocks thread_ts reply_broadcast unfurl_links unfurl_media metadata mrkdwn parse"
METHODS: dict[str, frozenset[str]] = {
    name: frozenset(arguments.split())
    for name, arguments in {
        "auth.test": "",
        "auth.revoke": "test",
        "apps.connections.open": "",
        "oauth.v2.access": "code client_id client_secret redirect_uri",
        "chat.postMessage": _POST,
        "chat.postEphemeral": "channel user text blocks thread_ts parse unfurl_links unfurl_media",
        "chat.update": "channel ts text blocks metadata parse",
        "chat.delete": "channel ts",
        "chat.getPermalink": "channel message_ts",
        "blocks.validate": "blocks message view",
        "conversations.open": "users channel return_im",
        "conversations.info": "channel include_num_members",
        "conversations.replies": "channel ts oldest latest limit inclusive cursor include_all_metadata",
        "conversations.history": "channel oldest latest limit inclusive cursor include_all_metadata",
        "views.open": "trigger_id view",
        "views.push": "trigger_id view",
        "views.update": "view_id view hash external_id",
        "views.publish": "user_id view hash",
        "assistant.threads.setStatus": "channel_id thread_ts status loading_messages",
        "assistant.threads.setSuggestedPrompts": "channel_id thread_ts title prompts",
        "agents.sessions.setStatus": "channel_id thread_ts status title initiator_user_id",
        "agents.sessions.rename": "channel_id thread_ts title",
        "reactions.add": "channel timestamp name",
        "reactions.remove": "channel timestamp name",
        "users.info": "user include_locale",
        "usergroups.users.list": "usergroup include_disabled",
    }.items()
}
SCOPES = (
    "app_mentions:read,assistant:write,channels:history,chat:write,commands,groups:history,im:history,im:read,"
    "im:write,usergroups:read,users:read,users:read.email"
)
OPTIONAL = ("assistant.", "agents.", "reactions.")
"""Methods without which an answer must arrive too."""


class Refused(Exception):
    """The call fails with this error, as Slack names it; `more` stands beside it in the answer."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.more = more


class WebApi:
    """Answers calls of the Web API; lives as long as its workspace."""

    def __init__(self, workspace: Workspace, socket_address: Callable[[], str]) -> None:
        self._slack, self._socket_address = workspace, socket_address
        self._rigged: dict[str, deque[tuple[int, str, float, str]]] = {}
        self.unknown: set[str] = set()
        """Methods that this Slack is too old to know."""
        self.scopes = SCOPES
        self.down = False
        """Whether nothing at all is taken."""
        self.seconds = 0.0
        """How long every call takes."""
        self.tokens_used: list[tuple[str, str]] = []
        """With which token each call came."""
        self.codes: dict[str, Json] = {}
        """OAuth codes that may be exchanged, once."""

    def fail_next(
        self,
        method: str,
        error: str = "internal_error",
        *,
        times: int = 1,
        status: int = 200,
        wait: float = 0,
        body: str = "",
    ) -> None:
        """Let the next calls of a method fail; 429 with `wait` seconds where it is "ratelimited"."""
        status = 429 if error == "ratelimited" else status
        self._rigged.setdefault(method, deque()).extend([(status, error, wait, body)] * times)

    async def handle(self, request: web.Request) -> web.Response:
        """One call."""
        method = request.match_info["method"]
        given = await _arguments(request)
        if self.seconds:
            await asyncio.sleep(self.seconds)
        if self.down:
            return web.Response(status=503, text="upstream connect error")
        with self._slack.changed:
            self._slack.calls.append((method, given))
            self._slack.changed.notify_all()
        if self._rigged.get(method):
            status, error, wait, body = self._rigged[method].popleft()
            if body:
                return web.Response(status=status, text=body)
            headers = {"Retry-After": f"{wait:g}"} if status == 429 else {}
            return web.json_response({"ok": False, "error": error}, status=status, headers=headers)
        try:
            answer = self._call(method, given, request.headers.get("Authorization", ""))
        except Refused as error:
            return web.json_response({"ok": False, "error": str(error), **error.more})
        return web.json_response({"ok": True, **answer}, headers={"x-oauth-scopes": self.scopes} if self.scopes else {})

    def _call(self, method: str, given: Json, authorization: str) -> Json:
        if method not in METHODS or method in self.unknown:
            if method not in self.unknown:
                self._slack.fault(f"{method}: there is no such method")
            raise Refused("unknown_method")
        for name in given.keys() - METHODS[method] - ALWAYS:
            self._slack.fault(f"{method}: argument {name} is unknown")
        given = {name: value for name, value in given.items() if name in METHODS[method]}
        token = authorization.removeprefix("Bearer ")
        self.tokens_used.append((method, token))
        if method == "oauth.v2.access":
            return self._exchange(given)
        if method == "apps.connections.open":
            if token != APP_TOKEN:
                raise Refused("invalid_auth")
            return {"url": self._socket_address()}
        if token not in self._slack.tokens:
            raise Refused("invalid_auth")
        answer: Json = getattr(self, "_" + method.replace(".", "_"))(given, self._slack.tokens[token])
        return answer

    def _exchange(self, given: Json) -> Json:
        made = self.codes.pop(str(given.get("code")), None)
        if made is None:
            raise Refused("invalid_code")
        self._slack.tokens[made["token"]] = made["team"]
        return {
            "app_id": APP, "access_token": made["token"], "token_type": "bot", "scope": SCOPES, "bot_user_id": BOT,
            "team": {"id": made["team"], "name": made["team"].lower()}, "enterprise": None,
            "is_enterprise_install": False, "authed_user": {"id": made["user"]},
        }  # fmt: skip

    def _auth_test(self, given: Json, team: str) -> Json:
        return {
            "team_id": team,
            "team": "force",
            "user_id": BOT,
            "user": "hub",
            "bot_id": BOT_ID,
            "url": "https://force.example/",
        }

    def _auth_revoke(self, given: Json, team: str) -> Json:
        return {"revoked": True}

    # messages

    def _where(self, given: Json) -> str:
        channel = str(given.get("channel", ""))
        if channel.startswith("U"):
            channel = self._slack.dm_of(channel)
        if channel not in self._slack.channels:
            raise Refused("channel_not_found")
        if BOT not in self._slack.channels[channel].members:
            raise Refused("not_in_channel")
        return channel

    def _checked(self, method: str, given: Mapping[str, Any]) -> None:
        """Refuse what breaks a rule, as Slack does, and write it down."""
        found = rules.problems_of_message(given)
        for one in found:
            self._slack.fault(f"{method}: {one}")
        if found:
            raise Refused("invalid_blocks" if "blocks" in found[0] else "no_text")

    def _kept(self, given: Json) -> Json:
        """Blocks as Slack keeps them: each with an id."""
        blocks = given.get("blocks") or []
        return {"text": given["text"], "blocks": [{"block_id": self._slack.new_id("b"), **block} for block in blocks]}

    def _chat_postMessage(self, given: Json, team: str) -> Json:  # noqa: N802 named after the method
        channel = self._where(given)
        self._checked("chat.postMessage", given)
        if given.get("unfurl_links") is not False or given.get("unfurl_media") is not False:
            self._slack.fault("chat.postMessage: links would unfurl")
        thread = given.get("thread_ts")
        if thread and self._slack.find(channel, thread) is None:
            self._slack.fault(f"chat.postMessage: there is no message {thread} in {channel}")
            raise Refused("thread_not_found")
        message = {"ts": self._slack.new_ts(), "user": BOT, "bot_id": BOT_ID, "app_id": APP, **self._kept(given)}
        if thread:
            message["thread_ts"] = thread
        if given.get("metadata"):
            message["metadata"] = given["metadata"]
        self._slack.add(channel, message)
        return {"channel": channel, "ts": message["ts"], "message": message}

    def _chat_postEphemeral(self, given: Json, team: str) -> Json:  # noqa: N802
        channel = self._where(given)
        self._checked("chat.postEphemeral", given)
        user = str(given.get("user", ""))
        if user not in self._slack.channels[channel].members:
            raise Refused("user_not_in_channel")
        message = {"ts": self._slack.new_ts(), "user": BOT, "bot_id": BOT_ID, "to": user, **self._kept(given)}
        if given.get("thread_ts"):
            message["thread_ts"] = given["thread_ts"]
            # Slack shows such a message only in a thread in which somebody has replied already
            message["invisible"] = not self._slack.is_active(channel, given["thread_ts"])
        self._slack.add(channel, message)
        return {"message_ts": message["ts"]}

    def _own(self, given: Json) -> tuple[str, Json]:
        channel = self._where(given)
        message = self._slack.find(channel, str(given.get("ts")))
        if message is None:
            raise Refused("message_not_found")
        if message["user"] != BOT:
            raise Refused("cant_update_message")
        return channel, message

    def _chat_update(self, given: Json, team: str) -> Json:
        channel, message = self._own(given)
        self._checked("chat.update", given)
        with self._slack.changed:
            message.update(self._kept(given), edited=time.time())
            self._slack.changed.notify_all()
        return {"channel": channel, "ts": message["ts"], "text": given["text"]}

    def _chat_delete(self, given: Json, team: str) -> Json:
        channel, message = self._own(given)
        self._slack.messages[channel].remove(message)
        return {"channel": channel, "ts": message["ts"]}

    def _chat_getPermalink(self, given: Json, team: str) -> Json:  # noqa: N802
        return {
            "permalink": f"https://force.example/archives/{given['channel']}/p{given['message_ts'].replace('.', '')}"
        }

    def _blocks_validate(self, given: Json, team: str) -> Json:
        (name,) = {"blocks", "message", "view"} & set(given)
        drawn = json.loads(given[name]) if isinstance(given[name], str) else given[name]
        wrong = rules.problems_of_view(drawn) if name == "view" else rules.problems_of_message(drawn)
        if wrong:
            raise Refused("invalid_blocks", errors=[{"pointer": one, "code": "failed_constraint"} for one in wrong])
        return {}

    def _conversations_open(self, given: Json, team: str) -> Json:
        user = str(given.get("users") or "")
        if not user.startswith("U") or "," in user:
            raise Refused("user_not_found")
        return {"channel": {"id": self._slack.dm_of(user)}}

    def _conversations_info(self, given: Json, team: str) -> Json:
        channel = self._slack.channels[self._where(given)]
        return {
            "channel": {
                "id": channel.id,
                "is_ext_shared": channel.shared,
                "is_member": True,
                "name": channel.id.lower(),
            }
        }

    def _conversations_history(self, given: Json, team: str) -> Json:
        """What stands at the top level, newest first."""
        said = [one for one in self._slack.messages[self._where(given)] if one.get("thread_ts", one["ts"]) == one["ts"]]
        kept = [one for one in said if one["ts"] > str(given.get("oldest", "0")) and "to" not in one]
        shown = [
            {name: one[name] for name in one if name != "metadata" or given.get("include_all_metadata")} for one in kept
        ]
        limit = int(given.get("limit", 100))
        return {"messages": shown[::-1][:limit], "has_more": len(shown) > limit}

    def _conversations_replies(self, given: Json, team: str) -> Json:
        thread, oldest = str(given.get("ts")), str(given.get("oldest", "0"))
        said = [one for one in self._slack.messages[self._where(given)] if thread in (one["ts"], one.get("thread_ts"))]
        kept = [one for one in said if one["ts"] == thread or one["ts"] > oldest]
        shown = [
            {name: one[name] for name in one if name != "metadata" or given.get("include_all_metadata")} for one in kept
        ]
        seen, limit = [one for one in shown if "to" not in one], int(given.get("limit", 1000))
        return {"messages": seen[:limit], "has_more": len(seen) > limit}

    # dialogs and the home tab

    def _view(self, method: str, given: Json, user: str) -> Json:
        view = given.get("view")
        found = rules.problems_of_view(view)
        for one in found:
            self._slack.fault(f"{method}: {one}")
        if found or not isinstance(view, dict):
            raise Refused("invalid_arguments")
        blocks = [{"block_id": self._slack.new_id("b"), **block} for block in view["blocks"]]
        return {
            **view,
            "blocks": blocks,
            "id": self._slack.new_id("V"),
            "user": user,
            "hash": self._slack.new_id("h"),
            "team_id": TEAM,
        }

    def _open(self, method: str, given: Json) -> Json:
        trigger = self._slack.triggers.get(str(given.get("trigger_id")))
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            self._slack.fault(f"{method}: this trigger id was used before")
            raise Refused("exchanged_trigger_id")
        if time.monotonic() > trigger.until:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return self._view(method, given, trigger.user)

    def _views_open(self, given: Json, team: str) -> Json:
        view = self._open("views.open", given)
        with self._slack.changed:
            self._slack.views[view["id"]] = view
            self._slack.changed.notify_all()
        return {"view": view}

    _views_push = _views_open

    def _views_update(self, given: Json, team: str) -> Json:
        before = self._slack.views.get(str(given.get("view_id")))
        if before is None:
            raise Refused("not_found")
        view = {**self._view("views.update", given, before["user"]), "id": before["id"]}
        with self._slack.changed:
            self._slack.views[view["id"]] = view
            self._slack.changed.notify_all()
        return {"view": view}

    def _views_publish(self, given: Json, team: str) -> Json:
        user = str(given.get("user_id"))
        view = self._view("views.publish", given, user)
        if view["type"] != "home":
            raise Refused("invalid_arguments")
        with self._slack.changed:
            self._slack.homes[user] = view
            self._slack.changed.notify_all()
        return {"view": view}

    # the agent

    def _thread(self, given: Json) -> tuple[str, str]:
        channel, thread = str(given.get("channel_id")), str(given.get("thread_ts"))
        if self._slack.find(channel, thread) is None:
            raise Refused("thread_not_found")
        return channel, thread

    def _assistant_threads_setStatus(self, given: Json, team: str) -> Json:  # noqa: N802
        self._thread(given)
        with self._slack.changed:
            self._slack.statuses.append(given)
            self._slack.changed.notify_all()
        return {}

    def _assistant_threads_setSuggestedPrompts(self, given: Json, team: str) -> Json:  # noqa: N802
        prompts = given.get("prompts") or []
        if not 1 <= len(prompts) <= 4 or any(set(prompt) != {"title", "message"} for prompt in prompts):
            self._slack.fault("setSuggestedPrompts: 1 to 4 prompts of title and message")
            raise Refused("invalid_arguments")
        with self._slack.changed:
            self._slack.prompts[str(given["channel_id"])] = prompts
            self._slack.changed.notify_all()
        return {}

    def _agents_sessions_setStatus(self, given: Json, team: str) -> Json:  # noqa: N802
        where = self._thread(given)
        if (
            given.get("status") not in ("processing", "active", "suspended", "closed")
            or len(given.get("title", "")) > 200
        ):
            self._slack.fault(f"agents.sessions.setStatus: {given}")
            raise Refused("invalid_arguments")
        with self._slack.changed:
            self._slack.sessions[where] = {**self._slack.sessions.get(where, {}), **given}
            self._slack.changed.notify_all()
        return {}

    def _agents_sessions_rename(self, given: Json, team: str) -> Json:
        self._slack.sessions.setdefault(self._thread(given), {})["title"] = given["title"]
        return {}

    def _reactions_add(self, given: Json, team: str) -> Json:
        if self._slack.find(self._where(given), str(given.get("timestamp"))) is None:
            raise Refused("message_not_found")
        return {}

    _reactions_remove = _reactions_add

    def _users_info(self, given: Json, team: str) -> Json:
        user = str(given.get("user"))
        name = f"{user.removeprefix('U0').capitalize()} of the force"
        known = {"id": user, "team_id": team, "is_bot": False, "profile": {"real_name": name}}
        return {"user": {**known, **self._slack.accounts.get(user, {})}}

    def _usergroups_users_list(self, given: Json, team: str) -> Json:
        return {"users": self._slack.groups.get(str(given.get("usergroup")), [])}


async def _arguments(request: web.Request) -> Json:
    """Arguments from wherever they are: the query, a form, or JSON."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        given |= json.loads(await request.text() or "{}")
    elif request.can_read_body:
        given |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    for name in ("blocks", "view", "prompts", "metadata"):
        if isinstance(given.get(name), str):
            given[name] = json.loads(given[name])
    return {name: value for name, value in given.items() if value is not None}
