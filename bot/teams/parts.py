"""Parts of Adaptive Cards as plain dicts (the SDK's models take anything), always within Teams' limits.

Schema 1.5: https://adaptivecards.io/schemas/adaptive-card.json (Teams shows 1.5 everywhere)
What people and guidance say stands in rich text blocks: they are shown as they are, so nothing in them can become a
link, a list or a date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from bot.edges.shown import Offer, Style

Element = dict[str, Any]
_Drawn = TypeVar("_Drawn")
CARD = "application/vnd.microsoft.card.adaptive"
LARGEST = 26_000
"""Bytes of a message with its cards: Teams takes 28 KB everywhere, and adds something of its own."""
ROOMS = (1.0, 0.5, 0.25, 0.1, 0.03)
BUTTON, LINE, QUOTE, INPUT, SHORT_INPUT = 40, 500, 6000, 4000, 1000
MOST_LINES, MOST_BUTTONS = 80, 6
"""Blocks of one text, and buttons of one row: Teams shows no more of them."""
STYLES = {Style.PRIMARY: "positive", Style.DANGER: "destructive", Style.PLAIN: ""}
_MARKS = re.compile(r"([\\`*_~\[\]|])")
_LINE_MARKS = re.compile(r"^(\s*)([#>])", re.MULTILINE)
_ENTITY = re.compile(r"&(?=#?\w+;)")


def size(part: Any) -> int:
    """Bytes of something on its way."""
    return len(json.dumps(part, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def fitted(draw: Callable[[float], _Drawn]) -> _Drawn:
    """What is drawn with as much room as Teams takes; `draw` is given the share of the room that is left for texts."""
    for room in ROOMS:
        drawn = draw(room)
        if size(drawn) <= LARGEST:
            return drawn
    return drawn


def cut(text: str, most: int) -> str:
    """At most so many characters; what was longer ends in "…"."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def literal(text: str) -> str:
    """Text that stays as it is in a markdown message: no link, no mention, no formatting; a list stays a list."""
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")
    return _LINE_MARKS.sub(r"\1\\\2", _MARKS.sub(r"\\\1", text))


def literal_within(text: str, most: int) -> str:
    """As `literal`, with at most so many characters: what has to be escaped takes more."""
    shown = cut(text, most)
    while len(literal(shown)) > most:
        shown = cut(text, int(len(shown) * 0.8))
    return literal(shown)


def label(text: str, **more: Any) -> Element:
    """Our own words."""
    return {"type": "TextBlock", "text": cut(text, LINE), "wrap": True, **more}


def small(text: str) -> list[Element]:
    """A line that is not the main thing; it may hold what people said."""
    return said(text, isSubtle=True, size="Small")


def said(text: str, most: int = QUOTE, **style: Any) -> list[Element]:
    """Somebody's words, exactly: a block for each line."""
    lines = [line for line in cut(text, most).split("\n") if line.strip()] or [" "]
    if len(lines) > MOST_LINES:
        lines[MOST_LINES - 1 :] = [" ".join(lines[MOST_LINES - 1 :])]
    return [{"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": line, **style}]} for line in lines]


def quote(text: str, most: int = QUOTE) -> Element:
    """A quote, set apart."""
    return {"type": "Container", "style": "emphasis", "items": said(text, most)}


def execute(title: str, step: str, *, style: str = "", **data: Any) -> Element:
    """A button that does at once what it says; older clients send the same as a message."""
    fields = {"step": step, **data}
    button = {
        "type": "Action.Execute",
        "title": cut(title, BUTTON),
        "verb": step,
        "data": fields,
        "fallback": {"type": "Action.Submit", "title": cut(title, BUTTON), "data": fields},
    }
    return {**button, "style": style} if style else button


def opens(title: str, step: str, **data: Any) -> Element:
    """A button that opens a dialog."""
    return {
        "type": "Action.Submit",
        "title": cut(title, BUTTON),
        "data": {"msteams": {"type": "task/fetch"}, "step": step, **data},
    }


def submit(title: str, step: str, **data: Any) -> Element:
    """The button that sends a dialog."""
    return {"type": "Action.Submit", "title": cut(title, BUTTON), "data": {"step": step, **data}}


def buttons(actions: Sequence[Element]) -> list[Element]:
    """Rows of buttons."""
    rows = [actions[start : start + MOST_BUTTONS] for start in range(0, len(actions), MOST_BUTTONS)]
    return [{"type": "ActionSet", "actions": list(row)} for row in rows]


def card(body: Sequence[Element], actions: Sequence[Element] = (), **more: Any) -> Element:
    """A whole card."""
    found: Element = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "body": list(body),
        **more,
    }
    if len(actions) > MOST_BUTTONS:  # Teams hides what a row has too many of
        found["body"] = [*found["body"], *buttons(actions)]
    elif actions:
        found["actions"] = list(actions)
    return found


def attachment(content: Element) -> Element:
    """A card as it is attached to a message."""
    return {"contentType": CARD, "content": content}


def text_input(
    name: str, title: str, *, initial: str = "", many_lines: bool = True, needed: bool = True, most: int = INPUT
) -> Element:
    """A field to write in."""
    field: Element = {
        "type": "Input.Text",
        "id": name,
        "label": title,
        "isMultiline": many_lines,
        "maxLength": most,
        "isRequired": needed,
    }
    if needed:
        field["errorMessage"] = title
    if initial:
        field["value"] = cut(initial, most)
    return field


def choice(name: str, title: str, options: Mapping[str, str], *, needed: bool = True, initial: str = "") -> Element:
    """A list to choose one of."""
    field: Element = {
        "type": "Input.ChoiceSet",
        "id": name,
        "label": title,
        "style": "compact",
        "choices": [{"title": shown, "value": value} for value, shown in options.items()],
        "isRequired": needed,
    }
    if initial in options:
        field["value"] = initial
    return {**field, "errorMessage": title} if needed else field


def tick(name: str, title: str, *, ticked: bool = True) -> Element:
    """A box to tick."""
    return {"type": "Input.Toggle", "id": name, "title": title, "value": "true" if ticked else "false"}


def offered(offers: Sequence[Offer], **more: Any) -> list[Element]:
    """What can be done, as buttons."""
    return [button(offer, **more) for offer in offers]


def button(offer: Offer, **more: Any) -> Element:
    """One of them: it opens a dialog, or does at once what it says."""
    data = {"about": offer.about, **offer.fields, **more}
    if offer.opens:
        return opens(offer.label, offer.step, **data)
    return execute(offer.label, offer.step, style=STYLES[offer.style], **data)
