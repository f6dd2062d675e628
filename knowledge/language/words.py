"""From what an officer typed to what is searched: abbreviations, shorthand, misspellings, stems."""

from __future__ import annotations

import re
import threading
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice, pairwise

from knowledge.language.spelling import is_common, mended

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""The FTS5 tokenizer of every edition; `stems` uses the same one, so that terms compare."""
MOST_TERMS = 32
TEXTS_REMEMBERED = 4096
"""Texts of the library whose stems are remembered."""
WORDS_REMEMBERED = 100_000
"""Words whose stem is remembered: a long-lived process must not keep every typo ever made."""
LEARNT_AT_ONCE = 500
"""Words that are learnt while others wait who have a new one."""
_TOKEN = re.compile(r"\w+(?:['’/]\w*)*")
_WORD = re.compile(r"\w+")
_SECTION = re.compile(r"s(\d{1,3}[a-z]?)")
_NUMBER = re.compile(r"\b\d{1,3}[a-z]?\b")
_PLACEHOLDER = re.compile(r"\[[a-z_]+\]")
_PLACE = re.compile(r" (?:in|at|from|near|around) (?P<place>[A-Z]\w+(?: [A-Z]\w+)?|[a-z]{4,})\b(?! \()")
_STOPWORDS = frozenset(
    "a about am an and any are may might as at be been but by can could did do does for from get had has have how i if "
    "in into is it its just me my of on or our please shall should so some than that the their them then there "
    "these they this those to us was we were what when where which who whose why will with would you your".split()
)


def written_out(text: str) -> str:
    """The question with shorthand replaced and each abbreviation followed by its meaning in brackets."""
    abbreviations, shorthand = _vocabulary()

    def replace(match: re.Match[str]) -> str:
        word = match.group()
        key = word.lower().replace("’", "'")
        if key in shorthand:
            return shorthand[key]
        plain = key.rstrip("s") if key not in abbreviations and key.endswith("s") else key
        section = _SECTION.fullmatch(key)
        meaning = f"section {section[1]}" if section else abbreviations.get(plain)
        if meaning is None or meaning.lower() in text.lower():
            return word
        return f"{word} ({meaning})"

    return _TOKEN.sub(replace, text)


def anywhere(text: str, known: Collection[str]) -> str:
    """The question as it would be asked of nobody in particular, anywhere.

    Placeholders of what was redacted become "someone", and a place the library has never heard of goes: so that the
    same question about another name or town means the same.
    """

    def leave_out(match: re.Match[str]) -> str:
        place = match["place"]
        is_word = place.islower() and is_common(place)  # "from originally", "in assaults"
        unknown = all(word.lower() not in known for word in _WORD.findall(place))
        return "" if unknown and not is_word else match.group()

    return _PLACE.sub(leave_out, _PLACEHOLDER.sub("someone", text))


def is_abbreviation(word: str) -> bool:
    """Whether the vocabulary knows a word as an abbreviation."""
    return word.lower() in _vocabulary()[0]


def numbers_in(text: str) -> frozenset[str]:
    """The short numbers of a text, such as those of sections: "59", "17a"."""
    return frozenset(_NUMBER.findall(text.lower()))


def search_terms(text: str) -> list[str]:
    """The words worth looking up, each once, at most 32; function words only if there is nothing else."""
    words = list(dict.fromkeys(word.lower() for word in _WORD.findall(text)))
    return ([word for word in words if word not in _STOPWORDS] or words)[:MOST_TERMS]


def side_by_side(text: str) -> list[str]:
    """Two words each that are worth looking up and follow one another, each pair once, at most 32."""
    words = [word.lower() for word in _WORD.findall(text)]
    pairs = (f"{first} {second}" for first, second in pairwise(words) if _STOPWORDS.isdisjoint((first, second)))
    return list(dict.fromkeys(pairs))[:MOST_TERMS]


def respelt(words: Sequence[str], known: Collection[str]) -> dict[str, str]:
    """Misspelt word to the known word that was meant; words that are English, or ours, stay what they are."""
    return mended(words, known, also=_ours())


def stems(words: Sequence[str]) -> list[str]:
    """The index's own stem of each word."""
    return _Stemmer.shared().stems(words)


def learn_stems(words: Iterable[str]) -> None:
    """Have the stems of a library's words at hand: of the first ones, as many as leave room for others."""
    rest = islice(dict.fromkeys(words), WORDS_REMEMBERED // 2)
    while some := list(islice(rest, LEARNT_AT_ONCE)):
        stems(some)


@lru_cache(TEXTS_REMEMBERED)
def stems_in(text: str) -> frozenset[str]:
    """The stems of all words of a text of the library; remembered, as the same ones are near to many questions."""
    return frozenset(stems(words_of(text)))


def forget_texts() -> None:
    """Forget texts and words whose stems are remembered: what is taken out of the library is to be nowhere."""
    stems_in.cache_clear()
    _Stemmer.shared().forget()


class _Stemmer:
    """SQLite's porter tokenizer, asked through a scratch table; remembers what it has seen."""

    def __init__(self) -> None:
        from knowledge.store.sqlite import sqlite3

        self._lock = threading.Lock()
        self._known: dict[str, str] = {}
        self._scratch = sqlite3.connect(":memory:", check_same_thread=False)
        self._scratch.execute(f"create virtual table words using fts5(word, tokenize='{TOKENIZER}')")
        self._scratch.execute("create virtual table terms using fts5vocab(words, instance)")

    @staticmethod
    @cache
    def shared() -> _Stemmer:
        return _Stemmer()

    def stems(self, words: Sequence[str]) -> list[str]:
        known = self._known
        if not known.keys() >= set(words):
            known = self._learnt(words)
        return [known[word] for word in words]

    def _learnt(self, words: Sequence[str]) -> dict[str, str]:
        """What is known, with all of these words in it."""
        with self._lock:
            if len(self._known) > WORDS_REMEMBERED:
                self._known = {}
            new = [word for word in dict.fromkeys(words) if word not in self._known]
            if new:
                self._learn(new)
            return self._known

    def forget(self) -> None:
        with self._lock:
            self._known = {}
            self._scratch.execute("delete from words")

    def _learn(self, words: Sequence[str]) -> None:
        self._scratch.execute("delete from words")
        self._scratch.executemany("insert into words(rowid, word) values (?, ?)", enumerate(words))
        terms = dict(self._scratch.execute("select doc, term from terms").fetchall())
        self._known.update({word: terms.get(i, word) for i, word in enumerate(words)})


def words_of(text: str) -> list[str]:
    """Every word of a text in lower case, in order."""
    return [word.lower() for word in _WORD.findall(text)]


def written_words(text: str) -> list[str]:
    """The words of a text as they are written: `words_of` many times quicker, for a whole library."""
    return _WORD.findall(text)


def lowered(written: Counter[str]) -> Counter[str]:
    """How often each word stands there in lower case, of words that were counted as they are written."""
    counted: Counter[str] = Counter()
    for word, times in written.items():
        counted[word.lower()] += times
    return counted


@cache
def _ours() -> frozenset[str]:
    """Every word that the vocabulary writes out."""
    abbreviations, shorthand = _vocabulary()
    return frozenset((*abbreviations, *shorthand))


@cache
def _vocabulary() -> tuple[Mapping[str, str], Mapping[str, str]]:
    tables = tomllib.loads(files("knowledge").joinpath("vocabulary.toml").read_text(encoding="utf-8"))
    return tables["abbreviations"], tables["shorthand"]
