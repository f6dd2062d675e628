"""Characters as people type them when they ask: without those that nobody sees, and without printers' letters."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ud800-\udfff]"
)
_AS_TYPED = {
    **{
        ord(sign): letters
        for sign, letters in zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
    },
    **dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " "),
    **dict.fromkeys([0x2010, 0x2011], "-"),
}


def visible(text: str) -> str:
    """Text without control, zero-width and direction characters, and without halves of characters."""
    return _INVISIBLE.sub("", text)


def plain(text: str) -> str:
    """Visible text in NFC, with ligatures as letters and fixed spaces and hyphens as common ones."""
    return visible(unicodedata.normalize("NFC", visible(text)).translate(_AS_TYPED))
