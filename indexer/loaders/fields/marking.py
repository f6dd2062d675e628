"""What a field for the protective marking states, in the words that people write there."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Any

from indexer.loaders.fields.wrong import MARKING_NAMES, WANTED, TooHigh
from indexer.loaders.markings import without_denied
from knowledge.passages import Marking

HIGH = re.compile(r"\b(?:TOP[\s-]+SECRET|SECRET|CONFIDENTIAL|RESTRICTED)\b", re.IGNORECASE)
_UNMARKED = frozenset(
    "none no nil public unmarked unclassified not open npm na unrestricted nonsensitive insensitive".split()
)
"""Words of which a field for the marking may consist where there is none: "not protectively marked"."""
_KINDS = frozenset(
    "policy policies procedure procedures guidance guide guides guideline guidelines instruction instructions manual"
    " handbook toolkit checklist form forms template templates leaflet factsheet faq faqs sop protocol process strategy"
    " plan report bulletin newsletter circular document documents".split()
)
"""Kinds of documents, which people write where the marking belongs. What is not among these may be a marking."""
_BESIDE_KINDS = frozenset("a an and of the force local national operational operating standard practice good".split())
_LONGEST = 60
_NOT_APPLICABLE = re.compile(r"\W*n\W?a\W*", re.IGNORECASE)


def stated_marking(value: Any) -> Marking:
    """The marking that a field states; ValueError where it is none, or above what the library may hold."""
    if value is None:
        return Marking.OFFICIAL
    if not isinstance(value, str):
        raise ValueError("not text")
    text = without_denied(value)
    found = HIGH.search(text)
    if found:
        raise TooHigh(found.group().upper())
    words = re.findall(r"[a-z]+", text.lower())
    if "sensitive" in words or "officialsensitive" in words:
        return Marking.OFFICIAL_SENSITIVE
    # "OFFICIAL SENSITVE" and the like must not be published as if nothing was said
    unmarked = bool(_UNMARKED & set(words)) or text != value or _NOT_APPLICABLE.fullmatch(text) is not None
    said = "official" in words or not text.strip() or unmarked
    near = set(difflib.get_close_matches("sensitive", words, 1, 0.75)) - _UNMARKED
    if near or not said:
        raise ValueError(f"“{_shown(value)}” is no marking")
    return Marking.OFFICIAL


def without_kinds(fields: Mapping[str, Any], where: str) -> tuple[dict[str, Any], list[str]]:
    """The fields without those for the marking that name a kind of document, and what is to be told of these.

    Such a field says nothing of a marking: it counts as one that is not there, and takes away no other.
    """
    kinds = [name for name, value in fields.items() if key_of(name) in MARKING_NAMES and _is_kind(value)]
    told = [
        f"{where} says “{_shown(fields[name])}” at '{key_of(name)}', which is a kind of document and no protective "
        f"marking: it counts as unmarked. Write {WANTED['classification']} there, or delete the line."
        for name in kinds
    ]
    return {name: value for name, value in fields.items() if name not in kinds}, told


def strictness(value: Any) -> int:
    """How much a value for the marking holds back: the more, the higher; what cannot be read more than any that can."""
    try:
        return list(Marking).index(stated_marking(value))
    except TooHigh:
        return len(Marking) + 1
    except ValueError:
        return len(Marking)


def with_one_marking(fields: Mapping[Any, Any]) -> dict[Any, Any]:
    """The fields with the strictest marking alone, where several of its names are used, or one is spelt in two ways."""
    stated = [name for name, value in fields.items() if key_of(name) in MARKING_NAMES and value is not None]
    if not stated:
        return dict(fields)
    strictest = max(stated, key=lambda name: strictness(fields[name]))
    return {name: value for name, value in fields.items() if name == strictest or key_of(name) not in MARKING_NAMES}


def _is_kind(value: Any) -> bool:
    # letters of any script: a word that cannot be read here may be a marking
    words = set(re.findall(r"[^\W\d_]+", value.lower())) if isinstance(value, str) else set()
    return bool(words & _KINDS) and words <= _KINDS | _BESIDE_KINDS


def key_of(name: Any) -> str:
    """A field's name however it is written: "Law checked on" is `law_checked_on`."""
    return re.sub(r"[\s-]+", "_", str(name).strip().lower())


def _shown(value: str) -> str:
    text = " ".join(value.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
