"""Fields of front matter as other systems write them (Hugo, Jekyll, GOV.UK's technical pages), in our own words."""

from __future__ import annotations

import difflib
import re
from calendar import monthrange
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from indexer.loaders.markings import marking_of
from indexer.loaders.pdf.words import english
from indexer.loaders.standing import day_in

_SAYS = {
    "withdrawn": ("withdrawn", "withdrawn_on", "withdrawn_date", "retired", "cancelled"),
    "superseded": ("superseded", "superseded_by", "replaced_by", "archived", "obsolete", "deprecated"),
    "draft": ("draft", "is_draft", "unpublished"),
}
_REVIEW = (
    *("review_date", "next_review", "next_review_date", "review_due", "next_review_due", "review_on"),
    *("expirydate", "expiry_date", "expires", "expires_on", "valid_until", "unpublishdate"),
)
_PASSED_OVER = frozenset(
    "alias aliases author authors banner blurb categories category contributors cover created creator date"
    " description draft excerpt feature_image featured format generator icon image images jurisdiction keywords"
    " lang language last_modified_at lastmod layout licence license linktitle menu menus modified name nav_order"
    " nav_title order parent permalink publish publishdate published published_at published_on redirect_from"
    " references robots series sidebar slug source sources subtitle tag tags template theme toc topic type"
    " unpublishdate updated updated_at weight".split()
)
"""Fields by which other systems lay out, sort and credit a page, which say nothing of how it stands."""
_ALIKE = 0.8
"""From which two names are taken for one that is misspelt: "clasification", "review" for "review_by"."""
_MOST_WRONG = 2
_OF_MARKINGS = re.compile(r"marking|classif|sensitiv|secur|protect")
_SPAN = re.compile(r"^(\d{1,3})\s*(day|week|month|year)s?$", re.IGNORECASE)
_NO = {"", "false", "no", "0", "none", "null"}


def in_our_words(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, with `status` and `review_by` where another system's fields say them."""
    known = dict(fields)
    for status, names in _SAYS.items():
        if any(_says_yes(known.get(name)) for name in names):
            known["status"] = status
            break
    if known.get("review_by") is None:
        days = [day for name in _REVIEW if (day := _day(known.get(name))) is not None]
        after = _day(known.get("last_reviewed_on") or known.get("last_reviewed"))
        due = _later(after, known.get("review_in")) if after is not None else None
        if days or due is not None:
            known["review_by"] = min([*days, *([due] if due is not None else [])])
    return known


class MisspeltMarking(ValueError):
    """A field is most likely meant for the protective marking, and is none; the text says what to mend."""


def unread_fields(fields: Mapping[str, Any], known: Collection[str], markings: Collection[str]) -> list[str]:
    """What an admin is told of the fields that are not read; `markings` are the names that a marking may have.

    Raises:
        MisspeltMarking: one of them is most likely the marking.
    """
    used = set(known) | set(_REVIEW) | {name for names in _SAYS.values() for name in names}
    used |= {"last_reviewed_on", "last_reviewed", "review_in", *_PASSED_OVER}
    notes: list[str] = []
    others: list[str] = []
    for name in (name for name in fields if name not in used):
        if _is_a_marking(name, fields[name]) or _is_misspelt(name, markings):
            raise MisspeltMarking(
                f"The front matter field '{name}' is not known. Write 'classification' if that is meant, "
                "or rename or delete it."
            )
        near = difflib.get_close_matches(name, sorted(set(known) - set(markings)), 1, _ALIKE)
        if near and near[0] not in fields:
            notes.append(f"Its front matter's field '{name}' is not read. Write '{near[0]}', if that is meant.")
        elif not near:  # what it is nearly spelt like is there too
            others.append(f"'{name}'")
    return [*notes, *([f"Its front matter has fields that are not read: {', '.join(others)}."] if others else [])]


def _is_a_marking(name: str, value: Any) -> bool:
    """Whether a text is a marking that counts: one that is not OFFICIAL, which everything is.

    Only under a name that has to do with markings may it be in small letters.
    """
    text = value.upper() if isinstance(value, str) and _OF_MARKINGS.search(name) else value
    return isinstance(text, str) and marking_of(text) not in {"", "OFFICIAL"}


def _is_misspelt(name: str, markings: Collection[str]) -> bool:
    """Whether a name is one of a marking but for a letter or two, and is no other word, as "parking" is."""
    return name not in english() and any(_distance(name, marking) <= _MOST_WRONG for marking in markings)


def _distance(one: str, other: str) -> int:
    """How many letters are to be put in, left out or changed to make one word another; more than needed is not told."""
    if abs(len(one) - len(other)) > _MOST_WRONG:
        return _MOST_WRONG + 1
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, counterpart in enumerate(other, 1):
            line.append(min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != counterpart)))
        above = line
    return above[-1]


def _says_yes(value: Any) -> bool:
    return value is True or (isinstance(value, (str, date)) and str(value).strip().lower() not in _NO)


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return day_in(value.strip()) if isinstance(value, str) else None


def _later(day: date, span: Any) -> date | None:
    """The day after a span such as "6 months"."""
    match = _SPAN.match(str(span).strip())
    if match is None:
        return None
    count, unit = int(match.group(1)), match.group(2).lower()
    if unit in {"day", "week"}:
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1])) if year < 10_000 else None
