"""What can be shown to people, as data: each edge draws these and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.messages import Citation, Reply
from bot.domain.requests import Request


class Style(StrEnum):
    """How a button stands out."""

    PLAIN = ""
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be done now: a button, a command, a link."""

    step: str
    """The name of a step in `bot.edges.steps`."""
    label: str
    about: str = ""
    """The request's reference, or the receipt of a reply."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What else the step needs."""
    style: Style = Style.PLAIN
    sure: str = ""
    """Asked before it is done; empty where nothing needs to be asked."""
    opens: bool = False
    """Whether it opens a form or a passage, instead of doing something at once."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something said in plain words."""

    text: str
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The assistant's reply."""

    reply: Reply
    offers: tuple[Offer, ...] = ()
    feedback: bool = False
    """Whether people may say what they think of it."""


@dataclass(frozen=True, slots=True)
class SharedAnswer:
    """An answer that its asker shows to everybody in a channel."""

    citations: tuple[Citation, ...]
    person: str
    name: str
    receipt: str


@dataclass(frozen=True, slots=True)
class Card:
    """A request in the hub's channel, as it stands now."""

    request: Request
    found: tuple[Citation, ...] = ()
    """What the search brought up, as far as it may be shown there."""
    hidden: int = 0
    """How many more there are."""
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What the hub sends to the asker, or one part of it."""

    text: str
    reference: str = ""
    offers: tuple[Offer, ...] = ()
    asked_in: str = ""
    """Address of the channel that it was asked in, where this goes to the asker's own conversation."""
    link: str = ""
    """Where that can be opened; empty where the platform does not say."""


@dataclass(frozen=True, slots=True)
class Row:
    """One request in a list, with what can be done with it."""

    text: str
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """A person's own requests; for hub staff the queue, for admins the library."""

    mine: tuple[Row, ...] = ()
    queue: tuple[Row, ...] | None = None
    """None where the person is not of the hub."""
    library: Row | None = None
    """None where the person is no admin."""
    told: str = ""
    """What has just been done."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole passage."""

    citation: Citation
    text: str
    receipt: str = ""
    number: int = 1


Shown = Line | Answer | SharedAnswer | Card | Note | Home
"""What can be posted in a conversation; a Whole and a Form open in a dialog."""
