"""What identifies a person or a case, and its removal before anything is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from bot.safeguards.redaction import (
    births,
    contacts,
    described,
    dwellings,
    marks,
    nicknames,
    numbers,
    places,
    postcodes,
    references,
    spoken,
    vehicles,
)
from bot.safeguards.redaction.entities import person_spans
from bot.safeguards.redaction.names import name_spans
from bot.safeguards.redaction.reading.known import Known, bundled_known
from bot.safeguards.redaction.reading.spans import Span, has_digit

Recogniser = Callable[[str], Iterable[Span]]
_ROUNDS = 8
_NUMBERED = frozenset(
    {
        references.pnc,
        references.urns,
        references.custody,
        numbers.national_insurance,
        numbers.passports,
        numbers.driving_licences,
        references.crime_references,
        numbers.ibans,
        numbers.nhs,
        numbers.cards,
        postcodes.postcodes,
        references.other_references,
    }
)
"""What finds nothing in a text without a digit."""
_REMEMBERED = 8
_lately: tuple[tuple[str, Known], ...] = ()
"""The last texts in which nothing was found: a message is read by several safeguards, and one that holds no identifier
may be remembered. Replaced whole, so that threads need no lock."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """A text without its identifiers, and what they were."""

    text: str
    kinds: tuple[str, ...]
    """Each kind once, in the order of first appearance."""


def redact(text: str, known: Known | None = None, *, entities: bool = False) -> Redaction:
    """The text with each identifier replaced by its kind in brackets.

    Repeated until nothing changes, for what is removed may show what stands beside it: a date after a name is
    a date of birth.

    Args:
        text: What was typed.
        known: What the library names and so stays (`known_to`); the bundled lists if left out.
        entities: Also ask the entity model of the extra `names`.

    Raises:
        NoEntityModelError: it was asked for and is not installed.
    """
    global _lately
    known = known or bundled_known()
    if not text:
        return Redaction(text, ())
    everything = recognisers = _recognisers(known)
    if entities:
        everything = recognisers = (*everything, ("name", partial(person_spans, known=known)))
    elif held := [by for one, by in _lately if one == text]:
        if known in held:
            return Redaction(text, ())
        recognisers = _by_what_is_known(known)
    kinds: set[str] = set()
    for _ in range(_ROUNDS):
        found = _find(text, recognisers)
        if not found:
            _lately = ((text, known), *_lately[: _REMEMBERED - 1])
            break
        kinds |= {kind for _, _, kind in found}
        text, recognisers = _replace(text, found), everything
    return Redaction(text, tuple(sorted(kinds, key=lambda kind: text.index(f"[{kind}]"))))


def _by_what_is_known(known: Known) -> tuple[tuple[str, Recogniser], ...]:
    """What may find something where nothing was found with other lists: all else does not look at them."""
    return (
        ("", numbers.placeholders),
        ("operation", partial(references.operations, known=known)),
        ("name", partial(name_spans, known=known)),
    )


def _recognisers(known: Known) -> tuple[tuple[str, Recogniser], ...]:
    """In order of certainty: where two claim the same text, the earlier one keeps it."""
    return (
        ("", numbers.placeholders),
        ("email", contacts.emails),
        ("location", places.locations),
        ("social_handle", contacts.social_handles),
        ("pnc", references.pnc),
        ("urn", references.urns),
        ("custody", references.custody),
        ("ni", numbers.national_insurance),
        ("passport", numbers.passports),
        ("driving_licence", numbers.driving_licences),
        ("crime_reference", references.crime_references),
        ("bank", numbers.ibans),
        ("nhs", numbers.nhs),
        ("card", numbers.cards),
        ("bank", numbers.bank),
        ("ip", contacts.ip_addresses),
        ("date_of_birth", births.dates_of_birth),
        ("phone", contacts.phones),
        ("phone", spoken.spoken_phones),
        ("address", dwellings.dwellings),
        ("address", places.addresses),
        ("address", described.described),
        ("postcode", postcodes.postcodes),
        ("vehicle", vehicles.vehicles),
        ("vehicle", marks.rarer_marks),
        ("collar_number", references.collar_numbers),
        ("reference", references.other_references),
        ("operation", partial(references.operations, known=known)),
        ("name", nicknames.nicknames),
        ("name", partial(name_spans, known=known)),
    )


def _find(text: str, recognisers: Iterable[tuple[str, Recogniser]]) -> list[tuple[int, int, str]]:
    """The identifiers, left to right, none overlapping another."""
    numbered = has_digit(text)
    taken = bytearray(len(text))
    found: list[tuple[int, int, str]] = []
    for kind, recogniser in recognisers:
        for start, end in recogniser(text) if numbered or recogniser not in _NUMBERED else ():
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
