"""Whether the officer who writes is in danger from themselves, or at the end of their strength."""

from __future__ import annotations

import re

from bot.safeguards.cues.lexicon import Cue

_OWN_WORDS = [Cue("welfare", name) for name in ("own_words", "ending", "means", "farewell", "burden", "despair")]
# Each of these says little; two of them in one message, about nobody else and no rule, say enough.
_SIGNS = [Cue("welfare", name) for name in ("sign_place", "sign_means", "sign_end", "sign_farewell", "sign_feeling")]
_ELSE = Cue("welfare", "about_work")
WELFARE_CUES = (*_OWN_WORDS, *_SIGNS)

# Told about somebody else: "she says she cant cope", "victim told us he wants to die".
_SOMEBODY_ELSE = re.compile(
    r"\b(?:he|she|they|who|someone|somebody|anyone|people|person|caller|callers|victims?|male|female|man|"
    r"woman|lad|girl|boy|"
    r"kids?|child|children|mum|mother|dad|son|daughter|patients?|suspects?|neighbours?|residents?|"
    r"colleagues?|mate|officers?|"
    r"staff|families|family|carers?|parents?|ex|partner|husband|wife|hes|shes|theyre|we|us|team|services?|"
    r"hospital|council|hub|"
    r"system|control|force|informant|idname)\b(?:\W+\w+){0,5}\W*$"
)
_REPORTED = re.compile(r"\b(?:says?|said|saying|told|texted|messaged|posted|screaming|shouting)\b")
_MINE = re.compile(r"\b(?:i|im|ive|id|ill|me|my|myself)\b")

# A worn-out phrase about work, not about the person.
_ABOUT_WORK = re.compile(
    r"\W*(?:with|doing|using)\W+(?:\w+\W+){0,3}?(?:volume|demand|forms?|calls?|workload|paperwork|system|"
    r"spreadsheets?|emails?|"
    r"crimes|number|amount|admin|laptop|vpn|traffic|numbers)\b"
)
_ASKS_ABOUT_RULE = re.compile(
    r"\b(?:policy|guidance|procedure|training|leaflet|strategy|if (?:someone|somebody|an? |they|he|she|"
    r"you)|when (?:someone|an? |they)|"
    r"support (?:is there|for|available) (?:for )?(?:officers|staff|colleagues))\b"
)
_BEFORE = 80
_ENOUGH_SIGNS = 3
_SOMEBODY_IN = re.compile(r"\b(?:he|she|hes|shes|his|theyre|they|caller|male|female|someone|somebody)\b")


def is_welfare(sentences: list[str]) -> bool:
    """Whether the writer says so of themselves in one of the sentences, or hints at it in more than one way."""
    return any(map(_in_sentence, sentences)) or _hinted(sentences)


def _hinted(sentences: list[str]) -> bool:
    said = " ; ".join(sentences)
    if not _MINE.search(said) or _SOMEBODY_IN.search(said) or _ELSE.search(said):
        return False
    return sum(cue.search(said) is not None for cue in _SIGNS) >= _ENOUGH_SIGNS


def _in_sentence(sentence: str) -> bool:
    return any(_by_the_writer(sentence, match) for cue in _OWN_WORDS for match in cue.finditer(sentence))


def _by_the_writer(sentence: str, match: re.Match[str]) -> bool:
    before = sentence[max(0, match.start() - _BEFORE) : match.start()]
    if _ASKS_ABOUT_RULE.search(before) or _ABOUT_WORK.match(sentence, match.end()):
        return False
    said_by_another = _SOMEBODY_ELSE.search(before) and not _MINE.search(before[-12:])
    return not said_by_another and not _REPORTED.search(before)
