"""Documents as an edition's database keeps them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from knowledge.passages import Document, Marking, Status


def document_of(row: dict[str, Any]) -> Document:
    """A row of the table `documents`; what editions of an earlier version lack is empty."""
    return Document(
        id=row["id"],
        title=row["title"],
        summary=row["summary"],
        status=Status(row["status"]),
        law_checked_on=_date(row["law_checked_on"]),
        review_by=_date(row["review_by"]),
        owner=row["owner"],
        marking=Marking(row["marking"]),
        handling=row.get("handling") or "",
        link=row["link"],
        source=row["source"],
        uncertain=tuple(json.loads(row["uncertain"])),
        local_fill=tuple(json.loads(row.get("local_fill") or "[]")),  # editions of an earlier version have none
        unset=tuple(json.loads(row.get("unset") or "[]")),
        version=row.get("version") or "",
        replaces=tuple(json.loads(row.get("replaces") or "[]")),
        audience=row.get("audience") or "",
        jurisdiction=row.get("jurisdiction") or "",
        subject=row.get("subject") or "",
        scanned=tuple((int(page), float(sure)) for page, sure in json.loads(row.get("scanned") or "[]")),
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
