"""The front matter of a guidance file, checked; and what a file's name and text say where there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from indexer.loaders.blocks import Block, Content, LoadRefused
from indexer.loaders.fields.marking import key_of, stated_marking, with_one_marking, without_kinds
from indexer.loaders.fields.once import TwiceError, read_once
from indexer.loaders.fields.standing_names import status_in_name, word_in_name
from indexer.loaders.fields.wrong import MARKING_NAMES, what_is_wrong
from indexer.loaders.foreign_fields import MisspeltMarking, in_our_words, unread_fields
from indexer.loaders.markings import (
    HIGHEST_HELD,
    RANKS,
    highest,
    line_of_marking,
    marking_in,
    marking_in_path,
    marking_of,
    too_high,
    without_markings,
)
from indexer.loaders.standing import begins_in, day_in, review_in, standing_in
from knowledge.audience import audience_of
from knowledge.passages import Document, Marking, Status

LONGEST = 64 * 1024
"""Characters of front matter that are read at most."""
MOST_ALIASES = 100
"""Uses of YAML's anchors: a few hundred, nested, can stand for gigabytes."""
_ALIAS = re.compile(r"(?:^|[\s\[{,:-])\*\w")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9} \d{4}")
"""As ISO 8601 and as people here write it: the day comes first."""
_ONLY_A_WORD = (
    "Its file's name has the word “{word}”, which was not taken for its standing. "
    "If it is, say so: prevention-hub index describe FILE --status …"
)


def _status(value: Any) -> Status:
    if not isinstance(value, str):
        return Status.NOT_STATED
    key = re.sub(r"[\s-]+", "_", value.strip().lower())
    return next((status for status in Status if status.value == key), Status.NOT_STATED)


def _text(value: Any) -> Any:
    return "" if value is None else str(value) if isinstance(value, (int, float, date)) else value


def _day(value: Any) -> Any:
    """A date as YAML or people write it; a bare number is none, though pydantic would take it for seconds."""
    if isinstance(value, str) and _DATE.fullmatch(value.strip()) and (day := day_in(value.strip())):
        return day
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise ValueError("not a date")


def _audience(value: Any) -> str:
    """One name, several with commas between them, or a list of them."""
    if value is None or isinstance(value, str):
        return audience_of(value or "")
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return audience_of(value)
    raise ValueError("write one name, or a list of names")


def _listed(value: Any) -> Any:
    return [] if value is None else value


Text = Annotated[str, BeforeValidator(_text)]
Day = Annotated[date | None, BeforeValidator(_day)]


class _Named(BaseModel):
    name: Annotated[str, Field(min_length=3)]


def _fact_name(value: Any) -> Any:
    """A local fact is written as its name, or as a table with its name (and what stands there until it is set)."""
    return _Named.model_validate(value).name if isinstance(value, dict) else value


LocalFact = Annotated[str, BeforeValidator(_fact_name)]


class FrontMatter(BaseModel):
    """The fields the library uses; others in a file are left alone."""

    model_config = ConfigDict(extra="ignore")

    id: Text = ""
    title: Text = ""
    summary: Text = ""
    subject: Text = ""
    status: Annotated[Status, BeforeValidator(_status)] = Status.NOT_STATED
    law_checked_on: Day = None
    review_by: Day = None
    owner: Text = ""
    classification: Annotated[Marking, BeforeValidator(stated_marking)] = Field(
        Marking.OFFICIAL, validation_alias=AliasChoices(*MARKING_NAMES)
    )
    handling: Text = ""
    audience: Annotated[str, BeforeValidator(_audience)] = ""
    link: Text = Field("", validation_alias=AliasChoices("link", "url"))
    uncertain: Annotated[list[str], BeforeValidator(_listed)] = Field(default_factory=list)
    local_fill: Annotated[list[LocalFact], BeforeValidator(_listed)] = Field(default_factory=list)


def document_of(path: Path, content: Content) -> tuple[Document, str, list[str]]:
    """The document that a file is, where its standing was read, and what is to be told of it.

    Raises:
        LoadRefused: the front matter is wrong, or the file is marked above what the library may hold.
    """
    fields, unread = _parse(content.front_matter) if content.front_matter else (FrontMatter(), [])
    title = fields.title.strip() or _title_in(content) or readable(path.stem)
    standing, where, notes = _standing(path, content, fields)
    document = Document(
        id=slug(fields.id or path.stem),
        title=title,
        summary=fields.summary.strip(),
        subject=" ".join(fields.subject.split()),
        status=standing,
        law_checked_on=fields.law_checked_on,
        review_by=fields.review_by or review_in(content.blocks, content.around),
        owner=fields.owner.strip(),
        marking=_marking(path, content, fields.classification),
        handling=" ".join(fields.handling.split()),
        audience=fields.audience,
        link=fields.link if fields.link.startswith(("https://", "http://")) else "",
        source=str(path),
        scanned=content.scanned,
        uncertain=tuple(topic.strip() for topic in fields.uncertain if topic.strip()),
        local_fill=(names := tuple(dict.fromkeys(name.strip() for name in fields.local_fill if name.strip()))),
        unset=names,
    )
    return document, where, [*unread, *notes]


def _standing(path: Path, content: Content, fields: FrontMatter) -> tuple[Status, str, list[str]]:
    """How a document stands, where that was read, and what is to be told of it.

    What its own text says counts more than a front matter that calls it current.
    """
    said, where = standing_in(content.blocks, content.around, content.title)
    if fields.status is Status.NOT_STATED:
        return (said, where, []) if said is not Status.NOT_STATED else _unsaid(path, content)
    if said.is_current or not fields.status.is_current:
        return fields.status, "its front matter", []
    note = f"Its text says {said.value} although its front matter says {fields.status.value}, so that it is not quoted."
    return said, where, [f"{note} Make them agree."]


def _unsaid(path: Path, content: Content) -> tuple[Status, str, list[str]]:
    """The same for a text that says nothing: by a mark in its file's name, or by the day from which it stands."""
    named, word = status_in_name(path.stem), word_in_name(path.stem)
    if named is not Status.NOT_STATED:
        return named, f"its file's name: “{word}”", []
    notes = [_ONLY_A_WORD.format(word=word)] if word else []
    begins = begins_in(content.blocks, content.around)
    if begins is not None and begins[0] > datetime.now(UTC).date():
        return Status.ENACTED, f"its text: “{begins[1]}”", notes
    return Status.NOT_STATED, "", notes


def _parse(front_matter: str) -> tuple[FrontMatter, list[str]]:
    """The fields that are read, and what is to be told of the others."""
    if len(front_matter) > LONGEST or len(_ALIAS.findall(front_matter)) > MOST_ALIASES:
        raise LoadRefused("Its front matter is too long. Shorten it to the fields that the README lists.")
    try:
        fields = read_once(front_matter)
    except TwiceError as error:
        raise LoadRefused(str(error)) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 2}" if mark else ""
        raise LoadRefused(
            f"Its front matter is not valid YAML{where}. Put quotes around text that contains a colon."
        ) from error
    if fields is None:
        return FrontMatter(), []
    if not isinstance(fields, dict):
        raise LoadRefused('Its front matter is not a list of fields such as "title: …". Write one field a line.')
    try:
        kept, told = without_kinds({name: _printable(fields[name]) for name in fields}, "Its front matter")
        named = {key_of(name): value for name, value in with_one_marking(kept).items()}
        told += unread_fields(named, {*FrontMatter.model_fields, "url", *MARKING_NAMES}, MARKING_NAMES)
        return FrontMatter.model_validate(in_our_words(named)), told
    except MisspeltMarking as error:
        raise LoadRefused(str(error)) from error
    except ValidationError as error:
        raise LoadRefused(what_is_wrong(error)) from error


def _printable(value: Any) -> Any:
    """A value without the characters that YAML can write with escapes and nothing can store or show."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value)
    if isinstance(value, list):
        return [_printable(item) for item in value]
    if isinstance(value, dict):
        return {_printable(name): _printable(item) for name, item in value.items()}
    return value


def _marking(path: Path, content: Content, stated: Marking) -> Marking:
    """The highest of what the front matter states, what the text carries, and what the names of its files say."""
    found = highest([stated.value, marking_in(content), marking_in_path(path)])
    if RANKS.index(found) > HIGHEST_HELD:
        raise LoadRefused(too_high(found, line_of_marking(content, found) or path.name))
    return Marking(found)


def _title_in(content: Content) -> str:
    """The title that a file states or begins with; a marking at its top is none."""
    title = content.title.strip()
    return title if title and not marking_of(title) else _heading_over_all(without_markings(content.blocks))


def _heading_over_all(blocks: Sequence[Block]) -> str:
    """The heading a text begins with, if no other one is as high: a title whatever its level."""
    levels = [block.level for block in blocks if block.kind == "heading"]
    first: Block | None = blocks[0] if blocks else None
    if first is None or first.kind != "heading" or any(level <= first.level for level in levels[1:]):
        return ""
    return first.text


def slug(text: str) -> str:
    """An id: lower case letters, digits and single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "document"


def readable(stem: str) -> str:
    """A file's name as a title."""
    text = " ".join(re.sub(r"[_\-]+", " ", stem).split())
    return text[:1].upper() + text[1:]
