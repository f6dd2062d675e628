"""The starter library: every document whole, checked, plain, and unlike every other."""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Literal

import pytest
import textstat
import yaml
from pydantic import BaseModel, ConfigDict, Field

from indexer.build import starter_library
from indexer.chunker import chunk
from indexer.loaders import load
from indexer.loaders.text import split_front_matter
from knowledge.passages import Status

FILES = sorted(starter_library().glob("*.md"))
IDS = [file.stem for file in FILES]
OLDEST_READER = 14
LEGAL_END = "This is orientation, not legal advice. For a live case ask your supervisor or legal services."


class Source(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=3)
    address: str = Field(min_length=3)
    date: str | date


class LocalFill(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    default: Literal["Your force has not set this."]


class FrontMatter(BaseModel):
    """Every field that a starter document must have, and no other."""

    model_config = ConfigDict(extra="forbid")

    id: str
    title: str = Field(min_length=5)
    summary: str = Field(min_length=20)
    subject: str = Field(min_length=5)
    audience: list[str] = Field(min_length=1)
    jurisdiction: Literal["EW"]
    status: Status
    law_checked_on: date
    review_by: date
    owner: Literal["Prevention hub"]
    classification: Literal["OFFICIAL"]
    sources: list[Source] = Field(min_length=1)
    review: list[str]
    uncertain: list[str]
    local_fill: list[LocalFill]
    licence: Literal["CC-BY-4.0"]


def parts(file: Path) -> tuple[FrontMatter, str]:
    """Front matter and body of a document."""
    front_matter, body = split_front_matter(file.read_text(encoding="utf-8"))
    return FrontMatter.model_validate(yaml.safe_load(front_matter)), body


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_front_matter_is_whole(file: Path) -> None:
    fields, _ = parts(file)
    assert fields.id == file.stem
    assert fields.law_checked_on < fields.review_by
    assert all(note.startswith("B: ") for note in fields.review)
    # a topic must be a phrase that can be found, not a word
    assert [topic for topic in fields.uncertain if len(topic.split()) < 4] == []


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_body_is_the_right_length_and_form(file: Path) -> None:
    _, body = parts(file)
    words = len(re.sub(r"^## .*$", "", body, flags=re.MULTILINE).split())
    assert 350 <= words <= 700
    assert re.findall(r"TODO|TBC|XXX|\?\?|\[(?:A|B|C)\]|\bFIXME\b", body) == []
    assert re.findall(r"\*\*|^\|| — |\]\(", body, flags=re.MULTILINE) == []
    headings = re.findall(r"^## (.*)$", body, flags=re.MULTILINE)
    assert len(headings) == len(set(headings))
    assert headings[-1] == "What this does not cover, and who to ask"


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_sections_are_short_enough_to_be_quoted_whole(file: Path) -> None:
    longest = max(len(passage.text.split()) for passage in chunk(load(file)))
    assert longest <= 150


@pytest.mark.parametrize("file", FILES, ids=IDS)
def test_a_tired_reader_can_follow_it(file: Path) -> None:
    _, body = parts(file)
    prose = re.sub(r"^## |^\s*(?:\d+\.|-)\s+", "", body, flags=re.MULTILINE)
    # the Automated Readability Index counts letters and words; five years before school make it an age
    assert textstat.automated_readability_index(prose) + 5 <= OLDEST_READER


def test_no_passage_says_what_another_says() -> None:
    passages = [(file.stem, passage) for file in FILES for passage in chunk(load(file))]
    fixed = re.compile("|".join(map(re.escape, (LEGAL_END, "Your force has not set this."))))
    words = [set(re.findall(r"\w{4,}", fixed.sub("", passage.text).lower())) for _, passage in passages]
    alike = [
        (passages[a][1].section, passages[b][1].section)
        for a, b in combinations(range(len(passages)), 2)
        if len(words[a] & words[b]) > 0.7 * min(len(words[a]), len(words[b])) and min(len(words[a]), len(words[b])) > 12
    ]
    assert alike == []


def test_there_are_starter_documents() -> None:
    assert {"d01-prevention-first", "d24-section-136", "d32-modern-slavery-nrm", "d43-using-this-assistant"} <= set(IDS)
    legal = [
        file
        for file in FILES
        if file.stem in {"d24-section-136", "d25-right-care-right-person", "d32-modern-slavery-nrm"}
    ]
    assert all(file.read_text(encoding="utf-8").rstrip().endswith(LEGAL_END) for file in legal)
