"""The front matter of a guidance file, checked; and what a file's name and text say where there is none."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from indexer.loaders.blocks import Content, LoadRefused
from knowledge.passages import Document, Marking, Status

LONGEST = 64 * 1024
"""Bytes of front matter that are read at most."""
_ABOVE = re.compile(r"\b(?:TOP[ -]SECRET|SECRET|CONFIDENTIAL|RESTRICTED)\b", re.IGNORECASE)
_MARKING_LINE = re.compile(
    r"^\W*(?:(?:protective|security) (?:marking|classification)\W+|classification\W+|marking\W+)?"
    r"(TOP[ -]SECRET|SECRET|CONFIDENTIAL)\b(?:[ -]+[A-Z]+)*\W*$",
)
_NAME_SAYS = {
    "superseded": Status.SUPERSEDED,
    "archived": Status.SUPERSEDED,
    "obsolete": Status.SUPERSEDED,
    "withdrawn": Status.WITHDRAWN,
    "draft": Status.DRAFT,
}


def _status(value: Any) -> Any:
    known = {status.value for status in Status}
    key = str(value).strip().lower().replace(" ", "_").replace("-", "_")
    return key if key in known else Status.NOT_STATED


def _marking(value: Any) -> Any:
    text = re.sub(r"[\s:–-]+", "-", str(value).strip().upper())
    if _ABOVE.search(text.replace("-", " ")):
        raise ValueError(f"above:{str(value).strip()}")
    return Marking.OFFICIAL_SENSITIVE if "SENSITIVE" in text else Marking.OFFICIAL


def _text(value: Any) -> Any:
    return "" if value is None else str(value) if isinstance(value, (int, float, date)) else value


Text = Annotated[str, BeforeValidator(_text)]


class FrontMatter(BaseModel):
    """The fields the library uses; others in a file are left alone."""

    model_config = ConfigDict(extra="ignore")

    id: Text = ""
    title: Text = ""
    summary: Text = ""
    status: Annotated[Status, BeforeValidator(_status)] = Status.NOT_STATED
    law_checked_on: date | None = None
    review_by: date | None = None
    owner: Text = ""
    classification: Annotated[Marking, BeforeValidator(_marking)] = Marking.OFFICIAL
    link: Text = ""
    uncertain: list[str] = Field(default_factory=list)


def document_of(path: Path, content: Content) -> Document:
    """The document that a file is.

    Raises:
        LoadRefused: the front matter is wrong, or the file is marked above what the library may hold.
    """
    fields = _parse(content.front_matter) if content.front_matter else FrontMatter()
    _refuse_high_marking(content)
    return Document(
        id=slug(fields.id or path.stem),
        title=fields.title.strip() or content.title.strip() or readable(path.stem),
        summary=fields.summary.strip(),
        status=fields.status if fields.status is not Status.NOT_STATED else status_in_name(path.stem),
        law_checked_on=fields.law_checked_on,
        review_by=fields.review_by,
        owner=fields.owner.strip(),
        marking=fields.classification,
        link=fields.link if fields.link.startswith(("https://", "http://")) else "",
        source=str(path),
        uncertain=tuple(topic.strip() for topic in fields.uncertain if topic.strip()),
    )


def _parse(front_matter: str) -> FrontMatter:
    if len(front_matter) > LONGEST or front_matter.count("*") > 1000:
        raise LoadRefused("Its front matter is too long. Shorten it to the fields that the README lists.")
    try:
        fields = yaml.safe_load(front_matter)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 2}" if mark else ""
        raise LoadRefused(
            f"Its front matter is not valid YAML{where}. Put quotes around text that contains a colon."
        ) from error
    if fields is None:
        return FrontMatter()
    if not isinstance(fields, dict):
        raise LoadRefused('Its front matter is not a list of fields such as "title: …". Write one field a line.')
    try:
        return FrontMatter.model_validate({str(name): value for name, value in fields.items()})
    except ValidationError as error:
        raise LoadRefused(_why(error)) from error


def _why(error: ValidationError) -> str:
    first = error.errors()[0]
    message = str(first["msg"])
    if "above:" in message:
        return _too_high(message.split("above:", 1)[1])
    name = ".".join(str(part) for part in first["loc"])
    wanted = {
        "law_checked_on": "a date such as 2026-10-20",
        "review_by": "a date such as 2027-01-20",
        "uncertain": "a list of topics, each one text",
    }.get(str(first["loc"][0]), "text")
    return f"The front matter field '{name}' is wrong. Write {wanted}."


def _refuse_high_marking(content: Content) -> None:
    """Refuse a file whose first lines, or headers, carry a marking above OFFICIAL-SENSITIVE."""
    for block in content.blocks[:6]:
        for line in block.text.splitlines()[:6]:
            found = _MARKING_LINE.match(line.strip())
            if found:
                raise LoadRefused(_too_high(found.group(1)))


def _too_high(marking: str) -> str:
    return f"It is marked {marking}, above what this library may hold (OFFICIAL-SENSITIVE). Keep it out."


def slug(text: str) -> str:
    """An id: lower case letters, digits and single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "document"


def readable(stem: str) -> str:
    """A file's name as a title."""
    text = " ".join(re.sub(r"[_\-]+", " ", stem).split())
    return text[:1].upper() + text[1:]


def status_in_name(stem: str) -> Status:
    """What a file's name says of its standing: "form-2023-superseded"."""
    words = re.split(r"[^a-z]+", stem.lower())
    return next((status for word, status in _NAME_SAYS.items() if word in words), Status.NOT_STATED)
