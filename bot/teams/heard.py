"""What an activity of Teams says: who, where, and in which words."""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.messages import Inbound
from bot.edges.edge import Heard, Writer
from bot.teams.door.admission import Activity, tenants_of
from bot.teams.places import CHANNEL, GROUP, PERSONAL, Spot, spot_of_id

_BREAK = re.compile(r"<(?:br|/p|/div|/li)\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    # never across another "<": what is left open would be looked through again and again
    r"</?(?:at|p|div|span|b|i|u|em|strong|ul|ol|li|a|img|attachment|blockquote|pre|code|h[1-6])\b[^<>]*>",
    re.IGNORECASE,
)
_ALONE = re.compile(r"[\x00\ud800-\udfff]")
"""Halves of characters: nothing that holds one can be sent or kept."""
_ANCHOR = re.compile(r'<a\b[^<>]*?\bhref="([^"<>]*)"[^<>]*>([^<]*)</a>', re.IGNORECASE)
_OWN_MARK = re.compile(r"<span\b[^<>]*Mention[^<>]*>[^<]*</span>|<at\b[^<>]*>[^<]*</at>", re.IGNORECASE)
_SHARED_KINDS = ("shared",)


def mapping(value: Any) -> Mapping[str, Any]:
    """A part of an activity that may be missing, or not be what it should."""
    return value if isinstance(value, Mapping) else {}


def listed(value: Any) -> Sequence[Any]:
    """As `mapping`, for what should be a list."""
    return value if isinstance(value, list) else ()


def writer_of(activity: Activity) -> Writer | None:
    """Who sent an activity; None where it does not say."""
    sent = mapping(activity.get("from"))
    account = str(sent.get("id") or "")
    person = str(sent.get("aadObjectId") or account)
    if not person:
        return None
    own = str(sent.get("tenantId") or "").lower()
    guest = str(sent.get("userRole") or "").lower() in ("guest", "anonymous", "federated")
    elsewhere = bool(own) and own not in {tenant.lower() for tenant in tenants_of(activity)}
    name = _ALONE.sub("", str(sent.get("name") or ""))
    return Writer(person, account or person, name, stranger=guest or elsewhere, team=own)


def spot_of(activity: Activity) -> Spot | None:
    """Where an activity happened; None where it does not say."""
    conversation = mapping(activity.get("conversation"))
    found = str(conversation.get("id") or "")
    if not found:
        return None
    tenant = next(iter(sorted(tenants_of(activity))), "")
    spot = spot_of_id(
        found, tenant, _kind(activity, conversation, found), str(activity.get("serviceUrl") or "").rstrip("/")
    )
    first = not spot.thread and spot.kind == CHANNEL and activity.get("type") == "message"
    return spot.in_thread(str(activity.get("id") or "")) if first else spot


def _kind(activity: Activity, conversation: Mapping[str, Any], found: str) -> str:
    named = str(conversation.get("conversationType") or "")
    if named in (PERSONAL, CHANNEL, GROUP):
        return named
    if mapping(activity.get("channelData")).get("channel") or "@thread" in found:
        return CHANNEL
    return GROUP if conversation.get("isGroup") else PERSONAL


def heard_in(activity: Activity, board: str = "") -> Heard | None:
    """What a message says; None where it is none, or no person wrote it.

    `board` is the hub's channel: what is said there keeps its links.
    """
    writer, spot = writer_of(activity), spot_of(activity)
    sent = mapping(activity.get("from"))
    if activity.get("type") != "message" or writer is None or spot is None or sent.get("role") == "bot":
        return None
    own = str(mapping(activity.get("recipient")).get("id") or "")
    data = mapping(activity.get("channelData"))
    kind = str(mapping(data.get("channel")).get("type") or "").lower()
    message = str(activity.get("id") or uuid.uuid4().hex)
    return Heard(
        f"{message}:{spot.conversation}",
        spot,
        writer,
        whole_words_of(activity) if board and spot.conversation == board else words_of(activity),
        message=message,
        mentioned=_is_mentioned(activity, own),
        to_others=_names_others(activity, own),
        in_thread=spot.thread != message,
        shared=kind in _SHARED_KINDS or len({tenant.lower() for tenant in tenants_of(activity)}) > 1,
        files=any(_is_file(one) for one in listed(activity.get("attachments"))),
    )


def edited_in(activity: Activity) -> Heard | None:
    """A message that its writer changed after they had sent it; None for everything else."""
    kind = mapping(activity.get("channelData")).get("eventType")
    if activity.get("type") != "messageUpdate" or kind != "editMessage":
        return None
    return heard_in({**activity, "type": "message"})


def recalled(left: Inbound, writer: Writer) -> Heard:
    """What was put on record, as it was heard."""
    spot, message = Spot.of(left.place.address), left.key.partition(":")[0]
    return Heard(left.key, spot, writer, left.text, message=message, in_thread=spot.thread not in ("", message))


def _names_others(activity: Activity, own: str) -> bool:
    named = [mapping(one) for one in listed(activity.get("entities")) if mapping(one).get("type") == "mention"]
    return any(mapping(one.get("mentioned")).get("id") not in (own, None) for one in named)


def _is_file(attachment: Any) -> bool:
    """Whether it is more than the message's own text once more, or a card."""
    kind = str(mapping(attachment).get("contentType") or "")
    return kind.endswith("file.download.info") or kind.startswith(("image/", "video/", "audio/"))


def whole_words_of(activity: Activity) -> str:
    """As `words_of` for hub staff who reply: links keep where they lead."""
    kinds = [mapping(one) for one in listed(activity.get("attachments"))]
    pages = [str(one.get("content") or "") for one in kinds if one.get("contentType") == "text/html"]
    text = pages[0] if pages else str(activity.get("text") or "")
    own = str(mapping(activity.get("recipient")).get("id") or "")
    marks = [str(mapping(one).get("text") or "") for one in listed(activity.get("entities")) if _mentions(one, own)]
    for mark in filter(None, [*marks, *_OWN_MARK.findall(text)[: len(marks)]]):
        text = text.replace(mark, " ", 1)
    return plain_words(_ANCHOR.sub(lambda found: _link(found[1], found[2]), text))


def _link(target: str, label: str) -> str:
    shown = html.unescape(_TAG.sub("", label)).strip()
    return target if shown in ("", target) else f"{shown} ({target})"


def _is_mentioned(activity: Activity, account: str) -> bool:
    """Whether it names us; a leading mention that nothing more is said about is ours too."""
    named = [one for one in listed(activity.get("entities")) if mapping(one).get("type") == "mention"]
    if not named:
        return str(activity.get("text") or "").lstrip().lower().startswith("<at>")
    return any(_mentions(one, account) for one in named)


def _mentions(entity: Any, account: str) -> bool:
    named = mapping(entity)
    return named.get("type") == "mention" and mapping(named.get("mentioned")).get("id") == account


def words_of(activity: Activity) -> str:
    """What somebody typed, without the mention of the assistant and without Teams' own marks."""
    text = str(activity.get("text") or "")
    own = str(mapping(activity.get("recipient")).get("id") or "")
    for entity in listed(activity.get("entities")):
        if _mentions(entity, own) and (mark := str(mapping(entity).get("text") or "")):
            text = text.replace(mark, " ")
    return plain_words(text)


def plain_words(text: str) -> str:
    """Text of Teams as somebody typed it: without tags and entities."""
    text = _TAG.sub("", _BREAK.sub("\n", text))
    text = html.unescape(text).replace("\u00a0", " ").replace("\u200b", "")
    return _ALONE.sub("", text).strip()
