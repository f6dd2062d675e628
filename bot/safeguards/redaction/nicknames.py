"""What a person goes by in the street, which may be any word: "lad known as smudge", "male called twitch"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.safeguards.redaction.name_cues import DOES
from bot.safeguards.redaction.reading.names_data import bundled_names, fold
from bot.safeguards.redaction.reading.spans import Span

_REAL_NAME = re.compile(r"[\"'”’]?,? ?[(]?(?:real|full|proper|actual|legal|birth|true|given) names?\b", re.IGNORECASE)
_CALLS = re.compile(r" (?:goes by|call|nicknamed|known |aka|street name)", re.IGNORECASE)
"""One of these stands in whatever the pattern of all roles finds, and takes a hundredth of its time to look for."""
_NEVER = frozenset(
    "police ambulance names name 999 101 us me him her them it this that the a an crimestoppers anonymous unknown".split()
)


@cache
def _pattern() -> re.Pattern[str]:
    roles = "|".join(sorted(map(re.escape, bundled_names().roles), key=len, reverse=True))
    return re.compile(
        rf"\b(?:{roles}|one|someone|somebody) (?:who |that )?(?:is |was |they |we )?(?:just )?(?:only )?"
        r"(?:goes by(?: the name(?: of)?)?|called?|nicknamed|known (?:locally |only |just )?(?:as|by)|calls? himself|calls? herself|aka|street name)"
        r"[ :]{1,2}[\"'“‘]?(?P<value>[^\W\d_]{3,15}|[^\W\d_]\d{0,2}[^\W\d_]{0,2}\d?)(?![\w'’-])",
        re.IGNORECASE,
    )


# letters that stand for a child's or a victim's name: "boy T.W.", "victim AB aged 9"
_LETTERS = re.compile(
    r"\b(?i:boy|girl|lad|child|kid|pupil|student|victim|suspect|juvenile|youth|male|female|yp|patient|son|daughter),? "
    r"(?P<value>(?:[A-Z]\.){2,3}|[A-Z]{2}(?=,? ?\(?(?:aged? |\d{1,2}(?: ?y|\)| at | from ))))(?!\w)"
)


def nicknames(text: str) -> Iterator[Span]:
    """One word after "called" and its like, if a real name or what people do follows; letters in place of a name.

    "Known as" alone is said of any label ("known as vulnerable"), so that it needs the real name.
    """
    for match in _LETTERS.finditer(text):
        if match["value"].lower() not in bundled_names().acronyms:
            yield match.span("value")
    for match in _pattern().finditer(text) if _CALLS.search(text) else ():
        word = fold(match["value"])
        if word in _NEVER or word in bundled_names().acronyms:
            continue
        if _REAL_NAME.match(text, match.end()) or (_may_be_a_nickname(match, word) and DOES.match(text, match.end())):
            yield match.span("value")


def _may_be_a_nickname(match: re.Match[str], word: str) -> bool:
    """Not "called twice", "called crying", "known as vulnerable"."""
    data = bundled_names()
    common = word in data.ordinary or word in data.not_names or word.endswith(("ing", "ly", "ed"))
    return not common and "known" not in match[0].lower()
