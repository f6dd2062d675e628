"""What identifies a person or a case, and its removal before anything is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.safeguards import numbers, places, references
from bot.safeguards.names import name_spans
from bot.safeguards.spans import Span

# In order of certainty: where two recognisers claim the same text, the earlier one keeps it.
_RECOGNISERS: tuple[tuple[str, Callable[[str], Iterable[Span]]], ...] = (
    ("", numbers.placeholders),
    ("email", numbers.emails),
    ("social_handle", numbers.social_handles),
    ("pnc", references.pnc),
    ("urn", references.urns),
    ("custody", references.custody),
    ("crime_reference", references.crime_references),
    ("ni", numbers.national_insurance),
    ("passport", numbers.passports),
    ("nhs", numbers.nhs),
    ("card", numbers.cards),
    ("bank", numbers.bank),
    ("ip", numbers.ip_addresses),
    ("date_of_birth", numbers.dates_of_birth),
    ("phone", numbers.phones),
    ("address", places.addresses),
    ("postcode", places.postcodes),
    ("vehicle", places.vehicles),
    ("collar_number", references.collar_numbers),
    ("operation", references.operations),
    ("name", name_spans),
)
_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Redaction:
    """A text without its identifiers, and what they were."""

    text: str
    kinds: tuple[str, ...]
    """Each kind once, in the order of first appearance."""


def redact(text: str) -> Redaction:
    """The text with each identifier replaced by its kind in brackets.

    Repeated until nothing changes, for what is removed may show what stands beside it: a date after a name is
    a date of birth.
    """
    kinds: set[str] = set()
    for _ in range(_ROUNDS):
        found = _find(text)
        if not found:
            break
        kinds |= {kind for _, _, kind in found}
        text = _replace(text, found)
    return Redaction(text, tuple(sorted(kinds, key=lambda kind: text.index(f"[{kind}]"))))


def _find(text: str) -> list[tuple[int, int, str]]:
    """The identifiers, left to right, none overlapping another."""
    taken = bytearray(len(text))
    found: list[tuple[int, int, str]] = []
    for kind, recogniser in _RECOGNISERS:
        for start, end in recogniser(text):
            if start >= end or any(taken[start:end]):
                continue
            taken[start:end] = b"\x01" * (end - start)
            if kind:
                found.append((start, end, kind))
    return sorted(found)


def _replace(text: str, found: list[tuple[int, int, str]]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end, kind in found:
        pieces += [text[at:start], f"[{kind}]"]
        at = end
    return "".join([*pieces, text[at:]])
