"""Receipts: the short codes by which anybody can ask what was shown."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from bot.domain.messages import Citation, Outcome, Place

ALPHABET = "23456789ACEFHJKMNPQRTVWXY"
"""One character of each look-alike group; 0, O, 1, I, L and U are never printed."""

_LENGTH = 6
_FOLDED = str.maketrans(
    {
        # what is easily read for a character of the alphabet becomes that character
        "0": "Q", "O": "Q", "D": "Q", "U": "V", "B": "8", "S": "5", "Z": "2", "G": "6",
        # Greek and Cyrillic capitals that look like Latin ones (pasted from other programs)
        "Α": "A", "А": "A", "Е": "E", "Ε": "E", "С": "C", "Н": "H", "Η": "H", "К": "K", "Κ": "K",
        "М": "M", "Μ": "M", "Ν": "N", "Р": "P", "Ρ": "P", "Т": "T", "Τ": "T", "Х": "X", "Χ": "X",
        "У": "Y", "Υ": "Y", "В": "8", "Β": "8", "О": "Q", "Ο": "Q",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReceiptRecord:
    """What a reply showed when it was given; `verify` compares it with the library of today."""

    code: str
    at: datetime
    outcome: Outcome
    text: str
    citations: tuple[Citation, ...]
    candidates: tuple[Citation, ...]
    edition: int | None
    request: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One time that somebody was shown a quote."""

    reply_id: int
    position: int
    receipt: str
    place: Place
    asker: str
    at: datetime


def new_receipt() -> str:
    """A fresh unguessable code such as "7K3-F9Q"; about 244 million are possible."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))
    return f"{code[:3]}-{code[3:]}"


def normalise_receipt(text: str) -> str | None:
    """The code somebody typed, in its printed form, or None where it cannot be one.

    Case, spaces and dashes do not matter, and look-alikes (O for Q, B for 8, U for V) are folded.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    code = "".join(c for c in plain if c.isalnum()).translate(_FOLDED)
    if len(code) != _LENGTH or not set(code) <= set(ALPHABET):
        return None
    return f"{code[:3]}-{code[3:]}"
