"""Fields of front matter as other systems write them (Hugo, Jekyll, GOV.UK's technical pages), in our own words."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

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
