"""The setting that says who belongs to which audience, as a part of all settings."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, Field, field_validator

from bot.domain.people import listed
from knowledge.audience import EVERYBODY, audience_of

HOW = 'write it as "supervisors=sgt-bell,id-of-a-group; partners=id-of-another"'


class AudienceFields(BaseModel):
    """Documents for some colleagues only are shown to those who are listed here, and to nobody else."""

    audiences: str = Field("", description='Who belongs to an audience: "supervisors=sgt-bell,S0123; partners=…".')

    @field_validator("audiences")
    @classmethod
    def _audiences_can_be_read(cls, text: str) -> str:
        audiences(text)
        return text

    @property
    def audience_lists(self) -> Mapping[str, frozenset[str]]:
        """Audience to ids of people and groups; nobody in one that is listed blank."""
        return audiences(self.audiences)


def audiences(text: str) -> dict[str, frozenset[str]]:
    """ "supervisors=sgt-bell,S0123; partners=…" as a mapping; ValueError where it cannot be read."""
    found: dict[str, frozenset[str]] = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        written, equals, people = part.partition("=")
        name = " ".join(written.casefold().split())
        if not equals or not name or "," in name:
            raise ValueError(HOW)
        if name in EVERYBODY:
            raise ValueError(f'"{name}" is everybody, and needs no list; {HOW}')
        if name in found:
            raise ValueError(f'"{name}" stands in it twice; {HOW}')
        found[audience_of(name)] = listed(people)
    return found
