"""What every message goes through first, and the plain form in which the other safeguards read it."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029")
# Cc control, Cf zero-width and bidirectional, Cs lone surrogates (they cannot be stored as UTF-8)
_UNWANTED = frozenset({"Cc", "Cf", "Cs"})

_APOSTROPHES = re.compile(r"['’‘`´]")
_SPELLINGS = {
    "u": "you", "ur": "your", "r": "are", "n": "and", "w": "with", "b4": "before", "thru": "through",
    "cld": "could", "shld": "should", "pls": "please", "plz": "please", "tho": "though", "ppl": "people",
    "sum1": "someone", "some1": "someone", "smone": "someone", "rn": "right now", "atm": "right now",
    "nife": "knife", "knive": "knife", "kife": "knife", "machette": "machete", "machetti": "machete",
    "machetee": "machete", "stabed": "stabbed", "stabd": "stabbed", "breathin": "breathing",
    "breething": "breathing", "brething": "breathing", "unconcious": "unconscious",
    "unconscous": "unconscious", "unconsious": "unconscious", "uncon": "unconscious", "bleedin": "bleeding",
    "cudnt": "couldnt", "gona": "going to", "gonna": "going to", "gunna": "going to", "gna": "going to",
    "omw": "on my way", "suicdal": "suicidal", "suisidal": "suicidal", "sucidal": "suicidal",
    "hostige": "hostage", "strangeling": "strangling", "strangleing": "strangling",
    "curently": "currently", "overdosed": "overdosed", "assistence": "assistance", "wiv": "with",
    "hav": "have", "iv": "ive", "wanna": "want to", "dnt": "dont", "cnt": "cant", "anymore": "any more",
    "colleage": "colleague", "sgts": "sgt", "burgler": "burglar", "petral": "petrol", "havin": "having",
    "comin": "coming", "goin": "going", "tryin": "trying", "screamin": "screaming", "fightin": "fighting",
    "holdin": "holding",
    "threatenin": "threatening", "dyin": "dying", "stabbin": "stabbing", "hittin": "hitting", "runnin": "running",
    "smashin": "smashing", "kickin": "kicking", "killin": "killing", "beatin": "beating",
    "hangin": "hanging", "msg": "message",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")


def clean(text: str) -> str:
    """Compose accents, drop what cannot be seen, and make runs of spaces one; newlines stay."""
    if text.isascii() and text.isprintable():  # most messages: one line, in which nothing has to be composed
        return (_SPACES.sub(" ", text) if "  " in text else text).strip()
    text = _LINE_ENDS.sub("\n", text)
    kept = (
        " " if character == "\t" else character
        for character in text
        if character in "\n\t" or unicodedata.category(character) not in _UNWANTED
    )
    text = unicodedata.normalize("NFC", "".join(kept))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def plain(text: str) -> str:
    """Lower case, without apostrophes, text-speak spelt out: "Hes got a nife" and "He's got a knife" are one."""
    text = _APOSTROPHES.sub("", clean(text)).lower()
    if _SPELLINGS.keys().isdisjoint(_WORD.findall(text)):
        return text  # as most messages: nothing in it is text-speak
    return _WORD.sub(lambda word: _SPELLINGS.get(word[0], word[0]), text)
