"""The settings of one person across platforms, as a part of all settings."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class OnePersonFields(BaseModel):
    """By what accounts of Slack, Teams and the portal count as one person."""

    one_person_by: Literal["", "email"] = Field(
        "", description="By what accounts of Slack, Teams and the portal are one person: `email`, or nothing."
    )
    oidc_email_verified_by: Literal["email_verified", "xms_edov"] = Field(
        "email_verified", description="Portal: the claim that says that the e-mail claim is verified."
    )
