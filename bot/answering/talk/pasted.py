"""A pasted e-mail, or several lines, is one message: what is asked in it is looked up, and all of it is kept."""

from __future__ import annotations

import re

LONGER_THAN = 60
"""Words up to which a message on one line is looked up as it is."""
MOST = 120
"""Words that are looked up at most."""
_HEAD = re.compile(
    r"^\s*(?:from|to|cc|bcc|sent|date|subject|re|fw|fwd|importance|attachments?)\s*:.*$"
    r"|^\s*(?:>|-{3,}|_{3,}|on .{5,80} wrote:)",
    re.IGNORECASE,
)
_GREETS = re.compile(
    r"^\s*(?:hi|hiya|hello|hey|dear|morning|good (?:morning|afternoon|evening)|afternoon|all|team|sir|ma'?am|sarge|guv)"
    r"\b[\w ,'-]{0,30}[,.!:]?\s*$"
    r"|^\s*(?:i )?hope (?:you|this|all)\b.*$",
    re.IGNORECASE,
)
_SIGNS = re.compile(
    r"^\s*(?:(?:kind|best|warm|many|with)? ?(?:kind |best )?(?:regards|wishes|thanks)"
    r"|thanks(?: again| in advance| all)?|thank you(?: in advance)?"
    r"|cheers|ta|kr|br|yours(?: \w+)?|sent from my .*)[,.! ]*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.?!])\s+|\n+")


def asked_in(text: str) -> str:
    """What is looked up of a message: all but letter heads, greetings and signatures; of a long one its questions."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 and len(text.split()) <= LONGER_THAN:
        return text
    said = " ".join(_body(lines)) or text
    if len(said.split()) <= LONGER_THAN:
        return said
    asked = [sentence for sentence in _SENTENCE.split("\n".join(_body(lines))) if sentence.rstrip().endswith("?")]
    return " ".join(" ".join(asked or [said]).split()[:MOST])


def _body(lines: list[str]) -> list[str]:
    """The lines that somebody wrote for this message; what follows a signature is who they are."""
    body: list[str] = []
    for line in lines:
        if _HEAD.match(line) or _GREETS.match(line):
            continue
        if _SIGNS.match(line) and body:
            break
        body.append(line.strip())
    return body
