"""What is wrong with the front matter of a file: every field at once, each with what to write."""

from __future__ import annotations

from pydantic import ValidationError

from indexer.loaders.markings import too_high

MARKING_NAMES = ("classification", "protective_marking", "security_classification", "marking")
"""What the field for the protective marking may be called."""
WANTED = {
    **dict.fromkeys(MARKING_NAMES, "OFFICIAL or OFFICIAL-SENSITIVE"),
    "law_checked_on": "a date such as 2026-10-20",
    "review_by": "a date such as 2027-01-20",
    "audience": "one name, or a list of names",
    "uncertain": "a list of topics, each one text",
    "local_fill": "a list of names, each one text",
}


class TooHigh(ValueError):
    """A classification above what the library may hold; the text is the classification."""


def what_is_wrong(error: ValidationError) -> str:
    """A sentence or two for each wrong field; first that the marking is too high, which nothing else makes good."""
    high: list[str] = []
    others: list[str] = []
    for item in error.errors():
        raised = item.get("ctx", {}).get("error")
        if isinstance(raised, TooHigh):
            high.append(too_high(str(raised)))
            continue
        place = item["loc"]
        name = ".".join(str(part) for part in place)
        why = f": {raised}" if place[0] in MARKING_NAMES else ""
        others.append(f"The front matter field '{name}' is wrong{why}. Write {WANTED.get(str(place[0]), 'text')}.")
    return " ".join(dict.fromkeys([*high, *others]))
