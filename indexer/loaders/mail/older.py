"""Where an older message begins in a text, and what says that the older messages belong to the new one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_WIDEST = 200
"""Characters of a line that are looked at; no mail program writes a longer head than that."""
_FIELD_LINES = 6
"""Lines that the heading of an older message takes: from, sent, to, copies, subject."""
_WROTE_LINES = 3
_RULE = re.compile(
    r"\W{0,4}-{2,}\s*(?:original|forwarded) message\s*-{2,}|\W{0,4}-{2,}\s*forwarded by\b", re.IGNORECASE
)
_FORWARD = re.compile(
    r"--\s{0,3}forwarded (?:message|by)\b|\bbegin forwarded message\b|^\W{0,4}forwarded message\b",
    re.IGNORECASE | re.MULTILINE,
)
_FORWARD_SUBJECT = re.compile(r"\bfwd?\s{0,2}(?:\[\d{1,3}\])?:", re.IGNORECASE)
_WROTE = re.compile(r"on\b.{6,190}\bwrote\s?:", re.IGNORECASE)
_BY_PROGRAM = re.compile(
    r"on (?:mon|tue|wed|thu|fri|sat|sun), |.*\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]m)?(?: \w{3,4})?,", re.IGNORECASE
)
"""What a mail program writes behind "On" without an address: a short weekday with a comma, or a time with one."""
_SOMEBODY = re.compile(r"\bthe\b", re.IGNORECASE)
"""A mail program gives a name; of "the Chief Constable" only a person writes."""
_NAMED = re.compile(r"\W{0,4}(?:from|sent|date|to|cc|bcc|subject|importance|reply-to)\W{0,4}:", re.IGNORECASE)
_FROM = re.compile(r"\W{0,4}from\W{0,4}:", re.IGNORECASE)
_OTHER_FIELD = re.compile(r"\b(?:sent|date|to|cc|subject)\W{0,4}:", re.IGNORECASE)
_TO = re.compile(r"\b(?:to|subject)\W{0,4}:", re.IGNORECASE)
_SENT = re.compile(r"\b(?:sent|date)\W{0,4}:(.{0,60})", re.IGNORECASE)
_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?[ /.-](?:[a-z]{3,9}|\d{1,2})[ ,/.-]{1,3}\d{2,4}\b"
    r"|\b[a-z]{3,9} \d{1,2},? \d{4}\b|\b\d{4}-\d\d-\d\d\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+-]@[\w-]")
_EXAMPLE = re.compile(r":\W*$|\b(?:examples?|scams?|phishing|template|specimen|sample|typical|memo(?:randum)?)\b", re.I)
"""What stands directly above a message that a text shows, and does not quote."""
_REFERS = re.compile(
    r"\b(?:see|answers?|answered|comments?|repl(?:y|ies|ied)|responses?|responded|follow|note|policy|guidance)\b"
    r"[^\n]{0,80}\b(?:below|in red|in ?-?line)\b|\b(?:the below|below (?:is|are)|as below|email trail)\b",
    re.IGNORECASE,
)


def passes_on(subject: str, text: str) -> bool:
    """Whether a message says that it passes another one on, which is then what it has to say."""
    return bool(_FORWARD_SUBJECT.search(subject) or _FORWARD.search(text))


def refers_below(text: str) -> bool:
    """Whether a message's own words send its reader to what stands below them, or in it."""
    return bool(_REFERS.search(text))


def begins_older(texts: Sequence[str], number: int) -> bool:
    """Whether an older message begins here: with a line that says so, or with its fields."""
    text = _bare(texts[number])
    found = _RULE.match(text) or _is_wrote(texts, number) or _has_fields(texts, number)
    return bool(found) and not _is_shown(texts, number)


def is_wrote(line: str) -> bool:
    """Whether a line says, as mail programs do, who wrote what follows."""
    text = " ".join(line.split())
    if len(text) > _WIDEST or not _WROTE.fullmatch(text):
        return False
    return bool(_ADDRESS.search(text) or (_BY_PROGRAM.match(text) and not _SOMEBODY.search(text)))


def is_heading(line: str) -> bool:
    """Whether a line belongs to the heading of an older message, or says nothing."""
    text = _bare(line)
    return bool(_RULE.match(text) or _NAMED.match(text)) or is_wrote(line) or not says(line)


def own_span(texts: Sequence[str]) -> tuple[int, int]:
    """Where a message's own words begin and end; of one that only passes another on, those of that one."""
    end = first(len(texts), lambda number: begins_older(texts, number))
    if end == len(texts):
        return 0, end
    if any(says(text) for text in texts[:end]):
        while not says(texts[end - 1]):  # the line that some programs draw above an older message
            end -= 1
        return 0, end
    start = end + first(len(texts) - end, lambda number: not is_heading(texts[end + number]))
    rest = first(len(texts) - start, lambda number: bool(number) and begins_older(texts, start + number))
    return start, start + rest


def first(count: int, found: Callable[[int], bool]) -> int:
    """The first number for which something holds; the count if it holds for none."""
    return next((number for number in range(count) if found(number)), count)


def says(line: str) -> bool:
    """Whether a line has a letter or a digit."""
    return any(char.isalnum() for char in line)


def _bare(line: str) -> str:
    return line.strip()[:_WIDEST].lstrip("> ")


def _is_wrote(texts: Sequence[str], number: int) -> bool:
    """Whether "On … wrote:" stands here; the line may be broken."""
    if not _bare(texts[number])[:3].lower().startswith("on "):
        return False
    lines = [line for text in texts[number : number + _WROTE_LINES] for line in text[: 4 * _WIDEST].split("\n")]
    return any(is_wrote(" ".join(line.strip().lstrip("> ") for line in lines[:count])) for count in (1, 2, 3))


def _has_fields(texts: Sequence[str], number: int) -> bool:
    """Whether the fields of a message stand here: from an address, or with the day and to whom or on what."""
    if not _FROM.match(_bare(texts[number])):
        return False
    lines = [line for text in texts[number : number + _FIELD_LINES] for line in text[: 4 * _WIDEST].split("\n")]
    bare = [_bare(line) for line in lines]
    fields = bare[: first(len(bare), lambda index: not _NAMED.match(bare[index]))]
    begun = _FROM.sub("", "\n".join(fields), count=1)
    other = _OTHER_FIELD.search(begun)
    if other is None:
        return False
    if _ADDRESS.search(begun[: other.start()]):
        return True
    sent = _SENT.search(begun)
    return bool(sent and _DAY.search(sent.group(1)) and _TO.search(begun))


def _is_shown(texts: Sequence[str], number: int) -> bool:
    """Whether the line above says that what follows is shown, as in "A typical scam reads:"."""
    above = next((texts[index] for index in range(number - 1, -1, -1) if says(texts[index])), "")
    return bool(_EXAMPLE.search(above.rstrip()[-_WIDEST:].rsplit("\n", 1)[-1]))
