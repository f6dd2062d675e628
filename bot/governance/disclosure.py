"""A folder for a disclosure: what was found, redacted once more, for people and for machines, with an index."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

from bot import safeguards, wording
from bot.domain.messages import Citation, Place
from bot.domain.refusals import Refused
from bot.governance.sealing import write_private

RECORDS, PAGE, WORKLIST, INDEX = "records.jsonl", "records.html", "worklist.jsonl", "index.json"


class DisclosureError(Refused):
    """A disclosure cannot be written; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What was written."""

    folder: Path
    records: int
    to_review: int
    """Texts in which the second redaction found something: a person looks at each."""

    def as_json(self) -> dict[str, Any]:
        """The report for `export --json`."""
        return {"folder": str(self.folder), "records": self.records, "to_review": self.to_review}


def by_audience(shown: Sequence[Citation], _: Place) -> str:
    """What stands in the place of a reply that quotes what was for some colleagues only when it was quoted."""
    for_some = sorted({one.audience for one in shown if one.audience})
    return wording.WITHHELD.format(audience="; ".join(for_some)) if for_some else ""


def write(
    folder: Path,
    found: Iterable[Mapping[str, Any]],
    wanted: Mapping[str, Any],
    at: datetime,
    zone: tzinfo = UTC,
) -> Disclosure:
    """Write what was found: a machine's file, a page to read, a worklist for the redactor, and an index with checksums.

    The page shows times in a zone; the others are in UTC.

    Raises:
        DisclosureError: the folder holds something, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DisclosureError(f"{folder} is not empty. Name a new folder with --out.")
    review: list[dict[str, Any]] = []
    records = [_redacted(dict(record), number, review) for number, record in enumerate(found, 1)]
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)  # an empty folder may have been there already
        _write_lines(folder / RECORDS, records)
        _write_lines(folder / WORKLIST, review)
        _write(folder / PAGE, _page(records, wanted, at, zone))
        _write(folder / INDEX, json.dumps(_index(folder, records, wanted, at), indent=2) + "\n")
    except OSError as error:
        raise DisclosureError(f"{folder} cannot be written ({error.strerror}). Name another with --out.") from error
    return Disclosure(folder, len(records), len(review))


def _redacted(record: dict[str, Any], number: int, review: list[dict[str, Any]]) -> dict[str, Any]:
    """The record with its texts redacted again: recognisers may have learnt since it was stored."""
    record["question"] = _clean(record["question"], f"record {number}, question", review)
    for position, message in enumerate(record["messages"], 1):
        message["text"] = _clean(message["text"], f"record {number}, message {position}", review)
    for position, reply in enumerate(record["replies"], 1):
        quoted = reply["citations"] and reply["outcome"] == "answered"
        if not quoted:  # a quote is published guidance, word for word
            reply["text"] = _clean(reply["text"], f"record {number}, reply {position}", review)
    return {"number": number, **record}


def _clean(text: str, where: str, review: list[dict[str, Any]]) -> str:
    redaction = safeguards.redact(text)
    if redaction.kinds:
        review.append({"where": where, "removed": list(redaction.kinds), "text": redaction.text})
    return redaction.text


def _write_lines(file: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    _write(file, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def _write(file: Path, text: str) -> None:
    write_private(file, text.encode("utf-8", "replace"))


def _index(folder: Path, records: list[dict[str, Any]], wanted: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    files = (RECORDS, PAGE, WORKLIST)
    return {
        "made_at": at.isoformat(timespec="seconds"),
        "asked_for": dict(wanted),
        "records": len(records),
        "references": [record["request"]["reference"] for record in records if record["request"]],
        "files": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files},
    }


def _page(records: list[dict[str, Any]], wanted: Mapping[str, Any], at: datetime, zone: tzinfo) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("bot"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["local"] = lambda iso: f"{datetime.fromisoformat(iso).astimezone(zone):%d %B %Y, %H:%M}"
    return environment.get_template("disclosure.html").render(records=records, wanted=wanted, at=at.isoformat()) + "\n"
