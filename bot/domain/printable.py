"""Text as it may be shown on a terminal: what is written in a title or a question must not steer the screen."""

from __future__ import annotations

import re

# control characters (ESC begins what moves the cursor, renames the window or fills the clipboard), and what turns
# the direction of writing around, so that a line reads differently from what it says
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ESCAPE = "\\u{:04x}"


def printable(text: str) -> str:
    """The text without control characters; newlines and tabs stay, and what was taken out leaves a mark."""
    return _STEERING.sub("\ufffd", text.replace("\r\n", "\n"))


def escaped(document: str) -> str:
    """A JSON document that says the same with every steering character escaped."""
    return _STEERING.sub(lambda found: _ESCAPE.format(ord(found[0])), document)
