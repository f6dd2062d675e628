"""Which language a message is in, if it is not English: by its letters, or by its commonest words.

Word tables and letters are enough: one line in the asker's language is all that hangs on it, and a library for it
would weigh more than the rest of the safeguards.
"""

from __future__ import annotations

import re

from bot.safeguards.cleaning import plain
from bot.safeguards.cues.lexicon import current

_FILE, _ENGLISH = "languages", "english"
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH_WORDS, _ENOUGH_LETTERS = 2, 4
_SHARE = 0.25
"""Least share of a message's words that must be in a language's table."""

# The order matters where two languages share letters: what only one of them has stands first.
_LETTERS = (
    ("urdu", re.compile(r"[ٹڈڑںےہھگچپ]")),
    ("arabic", re.compile(r"[\u0600-\u06FF]")),
    ("punjabi", re.compile(r"[\u0A00-\u0A7F]")),
    ("bengali", re.compile(r"[\u0980-\u09FF]")),
    ("gujarati", re.compile(r"[\u0A80-\u0AFF]")),
    ("hindi", re.compile(r"[\u0900-\u097F]")),
    ("tamil", re.compile(r"[\u0B80-\u0BFF]")),
    ("ukrainian", re.compile(r"[іїєґ]", re.IGNORECASE)),
    ("russian", re.compile(r"[\u0400-\u04FF]")),
    ("chinese", re.compile(r"[\u4E00-\u9FFF]")),
)
_FOREIGN = re.compile(r"[\u0400-\u04FF\u0600-\u06FF\u0900-\u0BFF\u4E00-\u9FFF]")


def language(text: str) -> str | None:
    """The English name of the language a message is in ("welsh", "polish"); None for English, or if unsure."""
    if len(_FOREIGN.findall(text)) >= _ENOUGH_LETTERS:
        return next((name for name, letters in _LETTERS if letters.search(text)), None)
    words = _WORD.findall(plain(text))
    counts = {name: sum(map(table.__contains__, words)) for name, table in current().word_sets[_FILE].items()}
    english = counts.pop(_ENGLISH, 0)
    name, count = max(counts.items(), key=lambda item: item[1], default=("", 0))
    told = count >= _ENOUGH_WORDS and count > english and count >= _SHARE * len(words)
    return name if told else None
