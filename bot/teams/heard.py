"""What an activity of Teams says: who, where, and in which words."""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.messages import Question
from bot.teams.admission import Activity, tenants_of
from bot.teams.places import CHANNEL, GROUP, PERSONAL, Spot, spot_of_id

_BREAK = re.compile(r"<(?:br|/p|/div|/li)\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    # never across another "<": what is left open would be looked through again and again
    r"</?(?:at|p|div|span|b|i|u|em|strong|ul|ol|li|a|img|attachment|blockquote|pre|code|h[1-6])\b[^<>]*>",
    re.IGNORECASE,
)
_ALONE = re.compile(r"[\ud800-\udfff]")
"""Halves of characters: nothing that holds one can be sent or kept."""
_SHARED_KINDS = ("shared",)


@dataclass(frozen=True, slots=True)
class Writer:
    """Who sent something."""

    person: str
    """As the core knows them: the id in their organisation where Teams tells it, and so the same everywhere."""
    account: str
    """As Teams calls them in conversations."""
    name: str = ""
    stranger: bool = False
    """Whether they are a guest, or of another organisation."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Something somebody addressed to the assistant."""

    key: str
    """The same message again has the same key."""
    spot: Spot
    writer: Writer
    text: str
    mentioned: bool = False
    shared: bool = False
    """Whether people of other organisations can read the channel."""
    message: str = ""
    """The id of what was said."""

    @property
    def user(self) -> str:
        """Who asks, as the core knows them."""
        return self.writer.person

    def question(self, spot: Spot | None = None) -> Question:
        """As the core takes it."""
        return Question(self.text, (spot or self.spot).place, self.user)


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
    return Writer(person, account or person, _ALONE.sub("", str(sent.get("name") or "")), stranger=guest or elsewhere)


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


def heard_in(activity: Activity) -> Heard | None:
    """What a message says to the assistant; None where it is none, or nobody wrote it."""
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
        words_of(activity),
        mentioned=_is_mentioned(activity, own),
        shared=kind in _SHARED_KINDS or len({tenant.lower() for tenant in tenants_of(activity)}) > 1,
        message=message,
    )


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
