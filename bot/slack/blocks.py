"""Blocks as plain dicts (the SDK's models drop what they do not know), always within Slack's limits.

Limits: https://docs.slack.dev/reference/block-kit/blocks
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Block = dict[str, Any]
SECTION, MARKDOWN, CONTEXT, QUOTE = 3000, 11_500, 2000, 2900
BUTTON, VALUE, OPTION, LABEL, TITLE, INPUT = 75, 2000, 75, 2000, 24, 3000
MOST_BUTTONS, MOST_BLOCKS, MOST_IN_VIEW = 25, 50, 100
FALLBACK = 3500
"""Characters of the text beside the blocks, for notifications; where blocks are not taken, all of it is sent."""
MOST_QUOTES = 4
"""Blocks of one quote: what is longer ends in "…", and the passage shows it whole."""
_LINK = re.compile(r"https?://[^\s<>|\"]{1,2000}")
_MARKS = re.compile(r"([\\`*_~\[\]()#|!>])")


def cut(text: str, most: int) -> str:
    """At most so many characters; what was longer ends in "…"."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def escape(text: str) -> str:
    """Text that cannot ping anybody or become a link: https://docs.slack.dev/messaging/formatting-message-text"""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def literal(text: str) -> str:
    """Text that stays as it is in a markdown block: no ping, no link, no formatting."""
    return _MARKS.sub(r"\\\1", escape(text).replace("&gt;", "\u203a"))


def plain(text: str, most: int = BUTTON) -> Block:
    """A plain_text object; Slack takes no empty one."""
    return {"type": "plain_text", "text": cut(text, most) or " ", "emoji": False}


def section(text: str) -> Block:
    """Plain text, shown literally."""
    return {"type": "section", "text": plain(text, SECTION)}


def sections(text: str) -> list[Block]:
    """As `section`, in as many blocks as a long text needs."""
    return [section(text[start : start + SECTION]) for start in range(0, len(text), SECTION)] or [section(text)]


def markdown(text: str) -> Block:
    """Our own markdown; whatever is quoted in it went through `literal`."""
    return {"type": "markdown", "text": cut(text, MARKDOWN)}


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, 150)}


def quote(text: str, marked: str = "", before: str = "") -> Block:
    """Somebody's words, exactly: rich text is never parsed, so they can neither ping nor format their way out.

    What is `marked` stands in bold, first but for what is `before` it.
    """
    words: list[Block] = [{"type": "text", "text": f"{cut(before, QUOTE)}\n"}] if before else []
    if marked:
        words.append({"type": "text", "text": cut(marked, QUOTE), "style": {"bold": True}})
    if text or not marked:
        words.append({"type": "text", "text": cut(f"\n{text}" if marked else text, QUOTE) or " "})
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": words}]}


def quotes(text: str, marked: str = "", before: str = "") -> list[Block]:
    """As `quote`, in as many blocks as a long text needs."""
    parts = [text[start : start + QUOTE - 1] for start in range(0, len(text), QUOTE - 1)] or [""]
    if len(parts) > MOST_QUOTES:
        parts = [*parts[: MOST_QUOTES - 1], cut(text[(MOST_QUOTES - 1) * (QUOTE - 1) :], QUOTE - 1)]
    return [quote(parts[0], marked, before), *map(quote, parts[1:])]


def context(*texts: str) -> Block:
    """Small print, shown literally."""
    return {"type": "context", "elements": [plain(text, CONTEXT) for text in texts if text][:10]}


def source(text: str, url: str, label: str) -> Block:
    """Small print with a link behind it, where there is one that Slack can hold."""
    shown = context(cut(text, CONTEXT))
    if _LINK.fullmatch(url):
        shown["elements"].append({"type": "mrkdwn", "text": f"<{escape(url)}|{label}>"})
    return shown


def note(text: str) -> Block:
    """Small print in our own mrkdwn, for mentions of people and channels."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": cut(text, CONTEXT)}]}


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def button(label: str, action: str, value: str, *, style: str = "", confirm: str = "") -> Block:
    """A button; the value comes back when it is pressed."""
    made: Block = {"type": "button", "text": plain(label), "action_id": action, "value": value[:VALUE] or "-"}
    if style:
        made["style"] = style
    if confirm:
        made["confirm"] = {
            "title": plain(label, 100),
            "text": plain(confirm, 300),
            "confirm": plain(label, 30),
            "deny": plain("Cancel", 30),
        }
    return made


def actions(buttons: Iterable[Block]) -> list[Block]:
    """A row of buttons; no row where there is none."""
    found = list(buttons)[:MOST_BUTTONS]
    return [{"type": "actions", "elements": found}] if found else []


def feedback(receipt: str, good: str, bad: str) -> Block:
    """Slack's own two buttons."""
    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": {"text": plain(good), "value": f"good|{receipt}", "accessibility_label": good},
                "negative_button": {"text": plain(bad), "value": f"bad|{receipt}", "accessibility_label": bad},
            }
        ],
    }


def text_input(name: str, label: str, *, initial: str, many_lines: bool, optional: bool, most: int) -> Block:
    """A field to type in."""
    element: Block = {"type": "plain_text_input", "action_id": "value", "multiline": many_lines}
    element["max_length"] = max(1, min(INPUT, max(most, len(initial))))
    if initial:
        element["initial_value"] = initial[:INPUT]
    return _input(name, label, element, optional)


def choice(name: str, label: str, options: Mapping[str, str], *, initial: str = "", optional: bool = False) -> Block:
    """A list to choose from: value to label."""
    found = [{"text": plain(told, OPTION), "value": value} for value, told in options.items()][:100]
    element: Block = {"type": "static_select", "action_id": "value", "options": found}
    if initial in options:
        element["initial_option"] = next(one for one in found if one["value"] == initial)
    return _input(name, label, element, optional)


def tick(name: str, label: str, *, ticked: bool = True) -> Block:
    """A box to tick."""
    option = {"text": plain(label, OPTION), "value": "yes"}
    element: Block = {"type": "checkboxes", "action_id": "value", "options": [option]}
    if ticked:
        element["initial_options"] = [option]
    return _input(name, label, element, True)


def _input(name: str, label: str, element: Block, optional: bool) -> Block:
    return {"type": "input", "block_id": name, "label": plain(label, LABEL), "element": element, "optional": optional}


def modal(name: str, title: str, blocks: Sequence[Block], *, submit: str = "", data: str = "") -> Block:
    """A dialog; `data` comes back with it."""
    view: Block = {
        "type": "modal",
        "callback_id": name,
        "title": plain(title, TITLE),
        "close": plain("Cancel" if submit else "Close", TITLE),
        "blocks": list(blocks)[:MOST_IN_VIEW],
        "private_metadata": data[:3000],
    }
    if submit:
        view["submit"] = plain(submit, TITLE)
    return view


def values(view: Mapping[str, Any]) -> dict[str, str]:
    """What was filled into a dialog: block id to text; a ticked box is "yes"."""
    found = {}
    for name, inputs in view.get("state", {}).get("values", {}).items():
        for given in inputs.values():
            chosen = given.get("selected_option") or {}
            ticked = given.get("selected_options") or []
            found[name] = given.get("value") or chosen.get("value") or ("yes" if ticked else "")
    return found
