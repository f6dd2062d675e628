"""For whom a document is: everybody, or only people who belong to an audience that is named."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from knowledge.passages import Document

EVERYBODY = frozenset(
    {"", "all", "everyone", "everybody", "all staff", "all officers", "officers", "police officers", "police staff"}
)
"""Names that leave nobody out."""
_BETWEEN = re.compile(r"[,;]")


def audience_of(said: str | Iterable[str]) -> str:
    """What a file says of its readers as it is kept: "partners, supervisors", or empty where it is for everybody.

    Names are compared without case and spacing; one name that leaves nobody out makes it for everybody.
    """
    given = _BETWEEN.split(said) if isinstance(said, str) else said
    names = {folded for name in given if (folded := " ".join(name.casefold().split()))}
    return "" if names & EVERYBODY else ", ".join(sorted(names))


def names_in(audience: str) -> frozenset[str]:
    """The audiences that are named; none where it is for everybody."""
    return frozenset(filter(None, audience_of(audience).split(", ")))


def is_for(audience: str, belongs: Collection[str]) -> bool:
    """Whether somebody who belongs to these audiences may be shown it."""
    names = names_in(audience)
    return not names or not names.isdisjoint(belongs)


def for_others(documents: Iterable[Document], belongs: Collection[str]) -> frozenset[str]:
    """Ids of the documents that are not for somebody who belongs to these audiences."""
    return frozenset(one.id for one in documents if one.audience and not is_for(one.audience, belongs))
