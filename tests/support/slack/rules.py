"""Slack's rules for what it is sent: structure, unknown keys and limits, by hand. No blocks library, no network.

Limits: https://docs.slack.dev/reference/block-kit/ as of November 2026. Every function gives the problems it finds, as
"where: what"; none is good.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]
Check = Callable[[Any, str], Iterator[str]]
MOST_TEXT = 40_000
MOST_MARKDOWN = 12_000
"""Of all markdown blocks of one message together."""


def text(most: int, least: int = 1) -> Check:
    """A string of at most so many characters."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{where}: not a string"
        elif not least <= len(value) <= most:
            yield f"{where}: {len(value)} characters, {least} to {most} are allowed"

    return check


def flag(value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"{where}: not true or false"


def number(value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield f"{where}: not a whole number"


def one_of(*allowed: str) -> Check:
    def check(value: Any, where: str) -> Iterator[str]:
        if value not in allowed:
            yield f"{where}: {value!r} is none of {', '.join(allowed)}"

    return check


def many(most: int, each: Check, least: int = 1) -> Check:
    """A list of so many."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{where}: not a list"
            return
        if not least <= len(value) <= most:
            yield f"{where}: {len(value)} of them, {least} to {most} are allowed"
        for position, item in enumerate(value):
            yield from each(item, f"{where}[{position}]")

    return check


def shape(needs: Mapping[str, Check], may: Mapping[str, Check] | None = None) -> Check:
    """An object with these keys and no others; "type" is looked at elsewhere."""
    known = {**needs, **(may or {})}

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where}: not an object"
            return
        yield from (f"{where}: {key} is missing" for key in needs if key not in value)
        for key, inner in value.items():
            if key == "type":
                continue
            if key not in known:
                yield f"{where}: {key} is unknown"
            else:
                yield from known[key](inner, f"{where}.{key}")

    return check


def typed(kinds: Mapping[str, Check]) -> Check:
    """An object whose type is one of these."""

    def check(value: Any, where: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind not in kinds:
            yield f"{where}: {kind!r} is none of {', '.join(kinds)}"
        else:
            yield from kinds[kind](value, f"{where}<{kind}>")

    return check


def plain(most: int) -> Check:
    return typed({"plain_text": shape({"text": text(most)}, {"emoji": flag})})


def prose(most: int) -> Check:
    mrkdwn = shape({"text": text(most)}, {"verbatim": flag})
    return typed({"plain_text": shape({"text": text(most)}, {"emoji": flag}), "mrkdwn": mrkdwn})


ID = text(255)
OPTION = shape({"text": plain(75), "value": text(150)}, {"description": plain(75)})
CONFIRM = shape(
    {"title": plain(100), "text": prose(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
STYLE = shape({}, {"bold": flag, "italic": flag, "strike": flag, "code": flag})
BUTTON = shape(
    {"text": plain(75), "action_id": ID},
    {
        "value": text(2000),
        "url": text(3000),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": text(75),
    },
)
SELECT = shape(
    {"action_id": ID, "options": many(100, OPTION)},
    {"placeholder": plain(150), "initial_option": OPTION, "confirm": CONFIRM, "focus_on_load": flag},
)
CHECKS = shape(
    {"action_id": ID, "options": many(10, OPTION)},
    {"initial_options": many(10, OPTION), "confirm": CONFIRM, "focus_on_load": flag},
)
RADIO = shape({"action_id": ID, "options": many(10, OPTION)}, {"initial_option": OPTION, "focus_on_load": flag})
OVERFLOW = shape({"action_id": ID, "options": many(5, OPTION)}, {"confirm": CONFIRM})
TYPING = shape(
    {"action_id": ID},
    {
        "initial_value": text(3000, 0),
        "multiline": flag,
        "min_length": number,
        "max_length": number,
        "placeholder": plain(150),
        "focus_on_load": flag,
    },
)
FEEDBACK_SIDE = shape({"text": plain(75), "value": text(2000)}, {"accessibility_label": text(75)})
FEEDBACK = shape({"action_id": ID, "positive_button": FEEDBACK_SIDE, "negative_button": FEEDBACK_SIDE})
ICON = shape(
    {"action_id": ID, "icon": one_of("trash"), "text": plain(75)},
    {"value": text(2000), "confirm": CONFIRM, "accessibility_label": text(75), "visible_to_user_ids": many(50, ID)},
)
CHOICES = {"static_select": SELECT, "checkboxes": CHECKS, "radio_buttons": RADIO}
RICH_ELEMENT = typed(
    {
        "text": shape({"text": text(3000)}, {"style": STYLE}),
        "link": shape({"url": text(3000)}, {"text": text(3000), "style": STYLE}),
    }
)
RICH_PART = typed(
    {
        "rich_text_section": shape({"elements": many(100, RICH_ELEMENT)}),
        "rich_text_quote": shape({"elements": many(100, RICH_ELEMENT)}, {"border": number}),
        "rich_text_preformatted": shape({"elements": many(100, RICH_ELEMENT)}, {"border": number}),
    }
)
BLOCKS: dict[str, Check] = {
    "section": shape(
        {},
        {
            "text": prose(3000),
            "fields": many(10, prose(2000)),
            "accessory": typed({"button": BUTTON, "overflow": OVERFLOW, **CHOICES}),
            "block_id": ID,
            "expand": flag,
        },
    ),
    "header": shape({"text": plain(150)}, {"block_id": ID}),
    "divider": shape({}, {"block_id": ID}),
    "markdown": shape({"text": text(MOST_MARKDOWN)}, {"block_id": ID}),
    "context": shape({"elements": many(10, prose(2000))}, {"block_id": ID}),
    "actions": shape(
        {"elements": many(25, typed({"button": BUTTON, "overflow": OVERFLOW, **CHOICES}))}, {"block_id": ID}
    ),
    "context_actions": shape(
        {"elements": many(5, typed({"feedback_buttons": FEEDBACK, "icon_button": ICON}))}, {"block_id": ID}
    ),
    "rich_text": shape({"elements": many(100, RICH_PART)}, {"block_id": ID}),
    "input": shape(
        {"label": plain(2000), "element": typed({"plain_text_input": TYPING, **CHOICES})},
        {"block_id": ID, "hint": plain(2000), "optional": flag, "dispatch_action": flag},
    ),
}
IN_MESSAGES = frozenset(BLOCKS) - {"input"}
IN_VIEWS = frozenset(BLOCKS) - {"markdown", "context_actions"}
"""What each surface shows."""


def problems_of_blocks(blocks: Any, *, surface: str) -> list[str]:
    """What is wrong with the blocks of a "message", a "modal" or the "home" tab."""
    most, allowed = (50, IN_MESSAGES) if surface == "message" else (100, IN_VIEWS)
    kinds = {name: check for name, check in BLOCKS.items() if name in allowed}
    found = list(many(most, typed(kinds), 0)(blocks, "blocks"))
    if isinstance(blocks, list):
        found += _together([block for block in blocks if isinstance(block, dict)], surface)
    return found


def _together(blocks: list[Json], surface: str) -> Iterator[str]:
    """What no block shows by itself."""
    yield from _twice("block_id", (block.get("block_id") for block in blocks))
    for position, block in enumerate(blocks):
        elements = [one for one in block.get("elements", []) if isinstance(one, dict)]
        if block.get("type") in ("actions", "context_actions"):
            yield from _twice(f"blocks[{position}].action_id", (one.get("action_id") for one in elements))
        if block.get("type") == "section" and not ({"text", "fields"} & block.keys()):
            yield f"blocks[{position}]: a section needs text or fields"
        if block.get("type") == "actions" and sum(one.get("style") == "primary" for one in elements) > 1:
            yield f"blocks[{position}]: more than one primary button"
        yield from _initial(block, f"blocks[{position}]")
    written = sum(len(str(block.get("text", ""))) for block in blocks if block.get("type") == "markdown")
    if surface == "message" and written > MOST_MARKDOWN:
        yield f"blocks: {written} characters of markdown, {MOST_MARKDOWN} are allowed in all"


def _initial(block: Json, where: str) -> Iterator[str]:
    element = block.get("element")
    if not isinstance(element, dict):
        return
    options, most = element.get("options", []), element.get("max_length")
    for chosen in [element.get("initial_option"), *element.get("initial_options", [])]:
        if chosen is not None and chosen not in options:
            yield f"{where}: what is chosen first is none of the options"
    if most is not None and not 1 <= most <= 3000:
        yield f"{where}: max_length {most} is not 1 to 3000"
    yield from _twice(f"{where}.options", (option.get("value") for option in options))


def _twice(where: str, values: Iterable[Any]) -> Iterator[str]:
    yield from (f"{where}: {value!r} is there twice" for value, n in Counter(filter(None, values)).items() if n > 1)


_VIEW = {"blocks": many(100, lambda value, where: iter(()), 0)}
_FREE = {"private_metadata": text(3000, 0), "callback_id": ID, "external_id": ID}
VIEW = typed(
    {
        "modal": shape(
            {**_VIEW, "title": plain(24)},
            {**_FREE, "submit": plain(24), "close": plain(24), "clear_on_close": flag, "notify_on_close": flag},
        ),
        "home": shape(_VIEW, _FREE),
    }
)


def problems_of_view(view: Any) -> list[str]:
    """What is wrong with a modal or the home tab."""
    found = list(VIEW(view, "view"))
    if not isinstance(view, dict):
        return found
    found += problems_of_blocks(view.get("blocks"), surface=str(view.get("type")))
    has_input = any(isinstance(b, dict) and b.get("type") == "input" for b in view.get("blocks") or [])
    if view.get("type") == "modal" and has_input and "submit" not in view:
        found.append("view: it has a field, so it needs submit")
    if len(json.dumps(view, ensure_ascii=False).encode()) > 250_000:
        found.append("view: larger than 250 kB")
    return found


def problems_of_message(message: Json) -> list[str]:
    """What is wrong with text and blocks of a message, on whatever way it is sent."""
    found = []
    said = message.get("text")
    if not isinstance(said, str) or not said.strip():
        found.append("text: a message needs one, for notifications and screen readers")
    elif len(said) > MOST_TEXT:
        found.append(f"text: {len(said)} characters, {MOST_TEXT} are allowed")
    if "blocks" in message:
        found += problems_of_blocks(message["blocks"], surface="message")
    return found


_CALLS_OUT = re.compile(r"<(?:!(?:channel|here|everyone|subteam\^\w+)|@[UW]\w+|#C\w+|(?:https?|mailto|tel):[^>]*)[|>]?")
_MARKDOWN_LINK = re.compile(r"(?<!\\)!?\[[^\]]*\]\([^)]*\)")


def parsed_texts(message: Json) -> Iterator[tuple[str, str]]:
    """Kind and text of everything in a message that Slack parses: mentions, links and formatting work there."""
    if isinstance(message.get("text"), str):
        yield "text", message["text"]
    waiting = list(message.get("blocks") or [])
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            if one.get("type") in ("mrkdwn", "markdown") and isinstance(one.get("text"), str):
                yield str(one["type"]), one["text"]
            waiting += one.values()


def calls_out(message: Json) -> list[str]:
    """Mentions and links that would be live in a message."""
    found = []
    for kind, said in parsed_texts(message):
        found += _CALLS_OUT.findall(said)
        found += _MARKDOWN_LINK.findall(said) if kind == "markdown" else []
    return found
