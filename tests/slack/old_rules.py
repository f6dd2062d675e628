"""What Slack takes: structure and limits of blocks, messages and views. What is unknown is refused, as Slack would.

Limits: https://docs.slack.dev/reference/block-kit
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Found = Iterator[str]
MESSAGE_BLOCKS = {
    "section", "divider", "context", "actions", "header", "markdown", "rich_text", "context_actions", "image",
}  # fmt: skip
VIEW_BLOCKS = {"section", "divider", "context", "actions", "header", "rich_text", "input", "image"}


def keys(thing: Mapping[str, Any], needed: str, allowed: str = "") -> Found:
    """Missing and unknown keys."""
    must, may = set(needed.split()), set(allowed.split())
    yield from (f"{thing.get('type')}: {key} is missing" for key in must - thing.keys())
    yield from (f"{thing.get('type')}: {key} is unknown" for key in thing.keys() - must - may)


def sized(what: str, value: object, most: int, least: int = 1) -> Found:
    """A text between these lengths."""
    if not isinstance(value, str):
        yield f"{what} is no text"
    elif not least <= len(value) <= most:
        yield f"{what} has {len(value)} characters, {least} to {most} are taken"


def text_object(what: str, thing: Any, most: int, *, plain_only: bool = False) -> Found:
    """A plain_text or mrkdwn object."""
    if not isinstance(thing, Mapping):
        yield f"{what} is no text object"
        return
    kind = thing.get("type")
    if kind not in (("plain_text",) if plain_only else ("plain_text", "mrkdwn")):
        yield f"{what} is of the type {kind}"
    yield from keys(thing, "type text", "emoji" if kind == "plain_text" else "verbatim")
    yield from sized(what, thing.get("text"), most)


def button(thing: Mapping[str, Any]) -> Found:
    yield from keys(thing, "type text action_id", "value style confirm url accessibility_label")
    yield from text_object("button", thing.get("text"), 75, plain_only=True)
    yield from sized("action_id", thing.get("action_id"), 255)
    if "value" in thing:
        yield from sized("button value", thing["value"], 2000)
    if thing.get("style", "primary") not in ("primary", "danger"):
        yield f"style {thing['style']}"
    if "confirm" in thing:
        confirm = thing["confirm"]
        yield from keys(confirm, "title text confirm deny", "style")
        for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
            yield from text_object(f"confirm {name}", confirm.get(name), most, plain_only=True)


def feedback_buttons(thing: Mapping[str, Any]) -> Found:
    yield from keys(thing, "type action_id positive_button negative_button")
    for name in ("positive_button", "negative_button"):
        one = thing.get(name, {})
        yield from keys(one, "text value", "accessibility_label")
        yield from text_object(name, one.get("text"), 75, plain_only=True)
        yield from sized(name, one.get("value"), 2000)
        yield from sized(name, one.get("accessibility_label", "-"), 75)


def options(found: Sequence[Mapping[str, Any]], most: int) -> Found:
    if not 1 <= len(found) <= most:
        yield f"{len(found)} options"
    for one in found:
        yield from keys(one, "text value", "description")
        yield from text_object("option", one.get("text"), 75)
        yield from sized("option value", one.get("value"), 150)


def input_element(thing: Mapping[str, Any]) -> Found:
    kind = thing.get("type")
    if kind == "plain_text_input":
        yield from keys(thing, "type action_id", "multiline max_length min_length initial_value placeholder")
        yield from sized("initial_value", thing.get("initial_value", "-"), min(3000, thing.get("max_length", 3000)))
        if not 1 <= thing.get("max_length", 1) <= 3000:
            yield "max_length"
    elif kind == "static_select":
        yield from keys(thing, "type action_id options", "initial_option placeholder")
        yield from options(thing.get("options", ()), 100)
    elif kind == "checkboxes":
        yield from keys(thing, "type action_id options", "initial_options")
        yield from options(thing.get("options", ()), 10)
        if any(one not in thing["options"] for one in thing.get("initial_options", ())):
            yield "an initial option that is none"
    else:
        yield f"an input of the type {kind}"


def rich_text(thing: Mapping[str, Any]) -> Found:
    yield from keys(thing, "type elements", "block_id")
    if not thing.get("elements"):
        yield "an empty rich_text"
    for part in thing.get("elements", ()):
        if part.get("type") not in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"):
            yield f"rich_text with {part.get('type')}"
        yield from keys(part, "type elements", "border")
        for word in part.get("elements", ()):
            yield from keys(word, "type text", "style")
            if word.get("type") != "text":
                yield f"a {word.get('type')} in somebody's words"
            yield from sized("rich text", word.get("text"), 3000)


def section(thing: Mapping[str, Any]) -> Found:
    yield from keys(thing, "type", "text fields accessory block_id expand")
    if "text" not in thing and "fields" not in thing:
        yield "an empty section"
    if "text" in thing:
        yield from text_object("section", thing["text"], 3000)


def context(thing: Mapping[str, Any]) -> Found:
    yield from keys(thing, "type elements", "block_id")
    if not 1 <= len(thing.get("elements", ())) <= 10:
        yield "context takes 1 to 10 elements"
    for one in thing.get("elements", ()):
        yield from text_object("context", one, 3000)


def actions(thing: Mapping[str, Any]) -> Found:
    yield from keys(thing, "type elements", "block_id")
    found = thing.get("elements", ())
    if not 1 <= len(found) <= 25:
        yield f"{len(found)} buttons"
    names = [one.get("action_id") for one in found]
    if len(names) != len(set(names)):
        yield f"two buttons are called the same: {names}"
    for one in found:
        if one.get("type") != "button":
            yield f"actions with {one.get('type')}"
        yield from button(one)


def context_actions(thing: Mapping[str, Any]) -> Found:
    yield from keys(thing, "type elements", "block_id")
    if not 1 <= len(thing.get("elements", ())) <= 5:
        yield "context_actions takes 1 to 5 elements"
    for one in thing.get("elements", ()):
        if one.get("type") != "feedback_buttons":
            yield f"context_actions with {one.get('type')}"
        yield from feedback_buttons(one)


def header(thing: Mapping[str, Any]) -> Found:
    yield from keys(thing, "type text", "block_id")
    yield from text_object("header", thing.get("text"), 150, plain_only=True)


def markdown(thing: Mapping[str, Any]) -> Found:
    yield from keys(thing, "type text", "block_id")
    yield from sized("markdown", thing.get("text"), 12_000)


def divider(thing: Mapping[str, Any]) -> Found:
    yield from keys(thing, "type", "block_id")


def input_block(thing: Mapping[str, Any]) -> Found:
    yield from keys(thing, "type label element", "block_id optional hint dispatch_action")
    yield from text_object("label", thing.get("label"), 2000, plain_only=True)
    yield from input_element(thing.get("element", {}))


BLOCKS: dict[str, Callable[[Mapping[str, Any]], Found]] = {
    "section": section,
    "context": context,
    "actions": actions,
    "context_actions": context_actions,
    "header": header,
    "markdown": markdown,
    "divider": divider,
    "rich_text": rich_text,
    "input": input_block,
}


def blocks(found: Sequence[Mapping[str, Any]], allowed: set[str], most: int) -> Found:
    """A list of blocks, in a message or in a view."""
    if len(found) > most:
        yield f"{len(found)} blocks, {most} are taken"
    for one in found:
        kind = str(one.get("type"))
        if kind not in allowed or kind not in BLOCKS:
            yield f"a block of the type {kind}"
            continue
        yield from BLOCKS[kind](one)
    names = [one["block_id"] for one in found if "block_id" in one]
    if len(names) != len(set(names)):
        yield "two blocks are called the same"
    if sum(len(one.get("text", "")) for one in found if one.get("type") == "markdown") > 12_000:
        yield "more than 12,000 characters of markdown"


def message(body: Mapping[str, Any], allowed: str) -> Found:
    """A message that is posted or changed."""
    yield from (f"{key} is unknown" for key in body.keys() - set(allowed.split()))
    yield from sized("text", body.get("text"), 40_000)
    for sign in ("<!", "<@", "<#"):
        if sign in str(body.get("text")):
            yield f"{sign} in the fallback text"
    yield from blocks(body.get("blocks", ()), MESSAGE_BLOCKS, 50)
    payload = body.get("metadata", {"event_type": "x", "event_payload": {}})
    if payload.keys() != {"event_type", "event_payload"}:
        yield "metadata"


def view(thing: Mapping[str, Any]) -> Found:
    """A dialog or a home tab."""
    if thing.get("type") == "home":
        yield from keys(thing, "type blocks", "callback_id private_metadata")
        yield from blocks(thing.get("blocks", ()), VIEW_BLOCKS - {"input"}, 100)
    elif thing.get("type") == "modal":
        yield from keys(thing, "type title blocks", "submit close callback_id private_metadata notify_on_close")
        for name in ("title", "submit", "close"):
            if name in thing:
                yield from text_object(name, thing[name], 24, plain_only=True)
        if any(one.get("type") == "input" for one in thing.get("blocks", ())) and "submit" not in thing:
            yield "inputs without a submit"
        yield from sized("private_metadata", thing.get("private_metadata", ""), 3000, 0)
        yield from blocks(thing.get("blocks", ()), VIEW_BLOCKS, 100)
    else:
        yield f"a view of the type {thing.get('type')}"
    if len(json.dumps(thing).encode()) > 250_000:
        yield "more than 250 kB"


POSTED = "channel text blocks thread_ts unfurl_links unfurl_media metadata"
METHODS: dict[str, Callable[[Mapping[str, Any]], Found]] = {
    "chat.postMessage": lambda body: message(body, POSTED),
    "chat.postEphemeral": lambda body: message(body, "channel user text blocks thread_ts"),
    "response": lambda body: message(body, "channel response_type text blocks replace_original"),
    "chat.update": lambda body: message(body, "channel ts text blocks"),
    "views.open": lambda body: view(body["view"]),
    "views.publish": lambda body: view(body["view"]),
}


def broken(method: str, body: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong with a call; empty where Slack would take it."""
    check = METHODS.get(method)
    return list(check(body)) if check else []
