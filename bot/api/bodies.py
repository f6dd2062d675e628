"""What is sent and what comes back, for the description (OpenAPI) and for the check of what is sent."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.domain.requests import RequestKind
from bot.queue.intake import FIELDS

Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
Short = Annotated[str, StringConstraints(max_length=20_000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]


class Body(BaseModel):
    """What is sent: nothing that the description does not have."""

    model_config = ConfigDict(extra="forbid")


class Asked(Body):
    """A question in somebody's own words."""

    text: Text = Field(description="As it was typed. Identifiers are taken out before anything is kept.")


class Described(Body):
    """A request for the hub, opened outright."""

    kind: RequestKind = Field(description="One of the programme's two kinds, or a question.")
    fields: dict[Name, Short] = Field(max_length=20, description=f"{', '.join(FIELDS)}, theme")


class Filled(Body):
    """What a step is taken with."""

    fields: dict[Name, Short] = Field(
        default_factory=dict, max_length=20, description="As the step's form has them: text, outcome …"
    )


class Told(BaseModel):
    """What became of a step."""

    told: str
    request: dict[str, Any] | None = Field(None, description="The request as it is now.")


class Reply(BaseModel):
    """A reply, as `ask --json` has it."""

    id: str
    outcome: str
    text: str
    confidence: float | None
    citations: list[dict[str, Any]]
    candidates: list[dict[str, Any]]
    request: str | None
    redacted: list[str]
    edition: int | None
    receipt: str | None


class Several(BaseModel):
    """One page of a list."""

    items: list[dict[str, Any]]
    total: int
    page: int
    size: int
    next: int | None = Field(None, description="Number of the next page; none on the last one.")


class Fault(BaseModel):
    """A problem (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] = Field(default_factory=list)
