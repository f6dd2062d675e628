"""What Teams takes: the rules that every activity of the assistant is held against."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator

SCHEMA = Path(__file__).parent / "schemas" / "adaptive-card-1.5.0.json"
CARD = "application/vnd.microsoft.card.adaptive"
LINE = "application/vnd.microsoft.activity.message"
LARGEST = 28 * 1024
"""Bytes of a whole message."""
GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


@cache
def card_schema() -> Draft6Validator:
    """Microsoft's own schema for cards."""
    return Draft6Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def broken_card(card: Any) -> Iterator[str]:
    """What is wrong with a card."""
    # a copy as it would be on the wire: the schema knows lists, not tuples
    card = json.loads(json.dumps(card))
    for error in card_schema().iter_errors(card):
        yield f"card: {error.json_path}: {error.message[:200]}"
    if card.get("version") != "1.5":
        yield "card: Teams shows version 1.5"
    ids = [part["id"] for part in parts(card) if "id" in part]
    if len(ids) != len(set(ids)):
        yield f"card: ids are not unique: {ids}"
    for part in parts(card):
        yield from _broken_part(part)
    if len(card.get("refresh", {}).get("userIds", ())) > 60:
        yield "card: refreshes for more than sixty people"


def _broken_part(part: Mapping[str, Any]) -> Iterator[str]:
    if part.get("type") == "Action.Execute" and not part.get("verb"):
        yield "card: an Action.Execute without a verb"
    if part.get("type") in ("ActionSet", "AdaptiveCard") and len(part.get("actions", ())) > 6:
        yield "card: more than six actions in a row"
    if str(part.get("type", "")).startswith("Action.") and not 0 < len(part.get("title", "")) <= 40:
        yield f"card: the title of an action: {part.get('title')!r}"
    if part.get("type") == "Action.OpenUrl" and not part["url"].startswith("https://"):
        yield f"card: opens {part['url']}"
    if part.get("type") == "TextBlock" and not part["text"]:
        yield "card: an empty text"


def parts(thing: Any) -> Iterator[Mapping[str, Any]]:
    """Every element and action of a card."""
    if isinstance(thing, Mapping):
        if "type" in thing:
            yield thing
        for name, one in thing.items():
            if name not in ("data", "fallback"):
                yield from parts(one)
    elif isinstance(thing, list):
        for one in thing:
            yield from parts(one)


def broken_activity(activity: Mapping[str, Any], *, targeted: bool = False, personal: bool = False) -> Iterator[str]:
    """What is wrong with an activity that is sent to a conversation."""
    size = len(json.dumps(activity, ensure_ascii=False).encode())
    if size > LARGEST:
        yield f"too large: {size} bytes"
    if activity.get("type") not in ("message", "typing"):
        yield f"type {activity.get('type')}"
    if activity.get("type") == "message" and not (activity.get("text") or activity.get("attachments")):
        yield "a message that says nothing"
    if targeted and (personal or not activity.get("recipient", {}).get("id")):
        yield "for one reader, but not in a channel, or without a reader"
    for attached in activity.get("attachments") or ():
        if attached.get("contentType") != CARD:
            yield f"attached: {attached.get('contentType')}"
        else:
            yield from broken_card(attached["content"])
    yield from _broken_entities(activity)
    yield from _broken_suggestions(activity.get("suggestedActions"), personal=personal)
    loop = (activity.get("channelData") or {}).get("feedbackLoop")
    if loop is not None and loop.get("type") not in ("default", "custom"):
        yield f"feedback loop {loop}"


def _broken_suggestions(suggested: Any, *, personal: bool) -> Iterator[str]:
    if suggested is None:
        return
    if not personal:
        yield "suggested actions are shown to one person in their own chat alone"
    if not 0 < len(suggested["actions"]) <= 6:
        yield f"{len(suggested['actions'])} suggested actions"
    for one in suggested["actions"]:
        if one["type"] != "imBack" or not one["title"] or not one["value"]:
            yield f"a suggested action: {one}"


def _broken_entities(activity: Mapping[str, Any]) -> Iterator[str]:
    roots = [one for one in activity.get("entities") or () if one.get("type") == "https://schema.org/Message"]
    if len(roots) > 1:
        yield "more than one root entity: Teams answers 400"
    for root in roots:
        if root.get("additionalType"):
            yield "it says that it is generated"
        numbers = [claim["position"] for claim in root.get("citation") or ()]
        if numbers != sorted(set(numbers)) or len(numbers) > 20:
            yield f"positions of citations: {numbers}"
        for claim in root.get("citation") or ():
            if f"[{claim['position']}]" not in activity.get("text", ""):
                yield f"citation {claim['position']} is not in the text"
            yield from _broken_appearance(claim["appearance"])
        if "usageInfo" in root and not GUID.fullmatch(root["usageInfo"].get("@id", "")):
            yield "a sensitivity label without its id"


def _broken_appearance(shown: Mapping[str, Any]) -> Iterator[str]:
    if not 0 < len(shown.get("name", "")) <= 80:
        yield f"name of a citation: {shown.get('name')!r}"
    if not 0 < len(shown.get("abstract", "")) <= 160:
        yield f"abstract of a citation: {shown.get('abstract')!r}"
    words = shown.get("keywords") or ()
    if len(words) > 3 or any(len(word) > 28 for word in words):
        yield f"keywords of a citation: {words}"
    if "text" in shown:
        if shown.get("encodingFormat") != CARD:
            yield "the card of a citation without its format"
        yield from broken_card(json.loads(shown["text"]))
    if "url" in shown and not shown["url"].startswith(("https://", "http://")):
        yield f"link of a citation: {shown['url']}"


def _broken_press(answer: Mapping[str, Any]) -> Iterator[str]:
    if answer.get("statusCode") != 200 or answer.get("type") not in (CARD, LINE):
        yield f"answer to a button: {answer}"
    elif answer["type"] == CARD:
        yield from broken_card(answer["value"])
    elif not isinstance(answer["value"], str) or not answer["value"]:
        yield "an empty line"


def _broken_task(task: Mapping[str, Any]) -> Iterator[str]:
    if task["type"] == "continue":
        yield from broken_card(task["value"]["card"]["content"])
        if not 0 < len(task["value"]["title"]) <= 60:
            yield f"title of a dialog: {task['value']['title']!r}"
    elif not task["value"]:
        yield "an empty line"


def broken_answer(name: str, answer: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the answer to an invoke."""
    if name == "adaptiveCard/action":
        if answer.get("statusCode") != 200 or answer.get("type") not in (
            CARD,
            "application/vnd.microsoft.activity.message",
        ):
            yield f"answer to a button: {answer}"
        elif answer["type"] == CARD:
            yield from broken_card(answer["value"])
        elif not isinstance(answer["value"], str) or not answer["value"]:
            yield "an empty line"
    yield from _broken_task(answer.get("task") or {"type": "message", "value": "nothing was asked for"})
    found = answer.get("composeExtension")
    for attached in (found or {}).get("attachments", ()):
        yield from broken_card(attached["content"])
        if not attached.get("preview"):
            yield "a result without a preview"
