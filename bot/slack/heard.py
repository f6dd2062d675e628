"""What Slack sends, read: who said or pressed something, where, and in which words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.messages import Inbound
from bot.edges.edge import Heard, Writer
from bot.slack.places import Spot, direct_to

Body = Mapping[str, Any]
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_LINK = re.compile(r"<((?:https?|mailto|tel)[^|>]*)(?:\|([^>]*))?>")
_CHANNEL = re.compile(r"<#[A-Z0-9]+(?:\|([^>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_UNFIT = re.compile(r"[\x00\ud800-\udfff]")
"""Characters that nothing can keep or send."""
TYPED = frozenset(("", "file_share", "thread_broadcast", "me_message"))
"""Kinds of messages that a person typed. All others, and those that Slack will think of, are nobody's question."""
SLACKBOT = "USLACKBOT"


def words_of(text: str) -> str:
    """What was typed, without Slack's own marks."""
    text = _MENTION.sub(" ", text)
    text = _LINK.sub(lambda found: found[2] or found[1], text)
    return _plain(text)


def whole_words_of(text: str, bot: str) -> str:
    """As `words_of` for hub staff who reply: links keep where they lead, people stay named by their ids."""
    text = _MENTION.sub(lambda found: " " if found[1] == bot else found[1], text)
    text = _LINK.sub(lambda found: f"{found[2]} ({found[1]})" if found[2] else found[1], text)
    return _plain(text)


def _plain(text: str) -> str:
    text = _CHANNEL.sub(lambda found: found[1] or "", text)
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return fit(text).strip()


def fit(text: str) -> str:
    """A text that can be kept: without NUL and halves of characters."""
    return _UNFIT.sub("", text)


def mapping(value: Any) -> Mapping[str, Any]:
    """A part of a body that may be missing, null, or not what it should be."""
    return value if isinstance(value, Mapping) else {}


def team_of(body: Body) -> str:
    """The workspace that something was sent for; empty where Slack does not say."""
    user = mapping(body.get("user"))
    found = _granted(body).get("team_id") or body.get("team_id") or mapping(body.get("team")).get("id")
    return str(found or user.get("team_id") or mapping(body.get("enterprise")).get("id") or "")


def enterprise_of(body: Body) -> str:
    """The Enterprise Grid that the workspace is part of; empty for none."""
    found = _granted(body).get("enterprise_id") or body.get("enterprise_id")
    return str(found or mapping(body.get("enterprise")).get("id") or "")


def _granted(body: Body) -> Mapping[str, Any]:
    """For whom Slack sends an event: of a shared channel `team_id` alone may be the other organisation's."""
    given = body.get("authorizations")
    return mapping(given[0]) if isinstance(given, list) and given else {}


def heard_in(body: Body, board: str = "") -> Heard | None:
    """What a message or a mention says; None where it is neither, or no person wrote it.

    `board` is the hub's channel: what is said there keeps its links and mentions.
    """
    event = mapping(body.get("event"))
    if event.get("type") not in ("message", "app_mention") or str(event.get("subtype") or "") not in TYPED:
        return None
    user, channel, ts = (str(event.get(name) or "") for name in ("user", "channel", "ts"))
    if not (user and channel and ts) or event.get("bot_id") or user == SLACKBOT:
        return None
    bot, text = str(_granted(body).get("user_id") or ""), str(event.get("text") or "")
    thread = str(event.get("thread_ts") or "")
    named = set(_MENTION.findall(text))
    mentioned = event["type"] == "app_mention" or (bool(bot) and bot in named)
    return Heard(
        f"{channel}:{ts}",
        Spot(team_of(body), fit(channel), thread or ts, is_new=not thread),
        writer_of(user, event, body),
        whole_words_of(text, bot) if channel == board else words_of(text),
        message=ts,
        mentioned=mentioned,
        to_others=bool(named - {bot}) and not (mentioned and len(named) == 1),
        in_thread=bool(thread) and thread != ts,
        shared=bool(body.get("is_ext_shared_channel")),
        files=bool(event.get("files")),
    )


def writer_of(user: str, event: Mapping[str, Any], body: Body) -> Writer:
    """Who wrote: a stranger for certain where Slack names another organisation that shares no Grid with ours."""
    own = {team_of(body), enterprise_of(body)} - {""}
    named = [str(event[name]) for name in ("user_team", "source_team", "team") if event.get(name)]
    others = [one for one in named if one not in own]
    certain = bool(others) and not enterprise_of(body)
    return Writer(fit(user), team=others[0] if others else next(iter(named), ""), stranger=certain)


def edited_in(body: Body) -> Heard | None:
    """A message that its writer changed after they had sent it; None for everything else."""
    event = mapping(body.get("event"))
    if event.get("type") != "message" or event.get("subtype") != "message_changed":
        return None
    now, before = mapping(event.get("message")), mapping(event.get("previous_message"))
    if now.get("text") == before.get("text"):  # only a preview of a link came
        return None
    inner = {**now, "type": "message", "channel": event.get("channel"), "subtype": now.get("subtype") or ""}
    return heard_in({**body, "event": inner})


def viewed_in(body: Body) -> str:
    """The channel that somebody looks at beside the app; empty where Slack names none.

    Entities come in the order of their relevance: https://docs.slack.dev/reference/events/app_context_changed
    """
    entities = mapping(mapping(body.get("event")).get("context")).get("entities")
    for entity in entities if isinstance(entities, list) else ():
        value = mapping(entity).get("value")
        if mapping(entity).get("type") == "slack#/types/channel_id" and isinstance(value, str):
            return value
        if mapping(value).get("channel_id"):
            return str(mapping(value)["channel_id"])
    return ""


def viewer_in(body: Body) -> str:
    """Who looks; some events say it only of whom they are sent for."""
    granted = _granted(body)
    named = mapping(body.get("event")).get("user") or ("" if granted.get("is_bot") else granted.get("user_id"))
    return str(named or "")


def pressed_in(body: Body) -> Heard:
    """Who pressed or filled in something, and where; in their direct message where it was nowhere else."""
    user = mapping(body.get("user"))
    person, team = str(user.get("id") or ""), team_of(body)
    writer = Writer(
        fit(person), name=fit(str(user.get("name") or user.get("username") or "")), team=str(user.get("team_id") or "")
    )
    container, message = mapping(body.get("container")), mapping(body.get("message"))
    channel = str(mapping(body.get("channel")).get("id") or container.get("channel_id") or "")
    if not channel:
        return Heard("", direct_to(team, person), writer, "")
    thread = str(message.get("thread_ts") or container.get("thread_ts") or "")
    own = str(message.get("ts") or container.get("message_ts") or "")
    return Heard("", Spot(team, fit(channel), thread or own, is_new=not thread), writer, "", message=own)


def commanded_in(body: Body) -> Heard:
    """What was typed as a command: asked as of the direct message, and answered where it was typed."""
    user, team = str(body.get("user_id") or ""), team_of(body)
    spot = direct_to(team, user, answer_at=str(body.get("response_url") or ""))
    key = f"command:{body.get('trigger_id') or ''}"
    text = words_of(str(body.get("text") or ""))
    named = str(body.get("user_name") or "")
    return Heard(key, spot, Writer(fit(user), name=fit(named), team=team), text, command=True)


def recalled(left: Inbound, writer: Writer) -> Heard:
    """What was put on record, as it was heard."""
    spot = Spot.of(left.place.address)
    _, _, ts = left.key.partition(":")
    return Heard(left.key, spot, writer, left.text, message=ts, in_thread=spot.thread not in ("", ts))
