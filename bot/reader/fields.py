"""The settings of a reader, as a part of all settings."""

from __future__ import annotations

from urllib.parse import urlsplit

from pydantic import BaseModel, Field, SecretStr, model_validator

from knowledge.passages import Marking

_NOT_LISTED = (
    "PREVENTION_HUB_READER_URL is at {host}, which is not on the allow-list. "
    "If questions may be sent there, add it to PREVENTION_HUB_READER_HOSTS."
)


class ReaderFields(BaseModel):
    """Where a reader is, and what may be sent to it. Off while there is no address."""

    reader_url: str = Field("", description="OpenAI-compatible address of a model that points; none if not set.")
    reader_hosts: str = Field("", description="Hosts that questions may be sent to, with commas; the allow-list.")
    reader_model: str = Field("", description="The model's name there, or the name of an Azure deployment.")
    reader_key: SecretStr | None = Field(None, description="The key for it, if it wants one.")
    reader_azure_version: str = Field("", description="API version, where the address is an Azure OpenAI resource.")
    reader_seconds: float = Field(4, gt=0, le=30, description="Seconds after which a reply goes out without it.")
    reader_at_once: int = Field(4, ge=1, le=64, description="Readings at once; a question beyond that goes without.")
    reader_ceiling: Marking = Field(Marking.OFFICIAL, description="Highest marking of passages that are sent to it.")
    reader_questions: int = Field(
        200, ge=0, le=2000, description="Questions a build asks it to learn whether it may raise a verdict; 0 for none."
    )

    @model_validator(mode="after")
    def _is_allowed(self) -> ReaderFields:
        if not self.reader_url:
            return self
        parts = urlsplit(self.reader_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(
                "PREVENTION_HUB_READER_URL is no address. Write one such as https://model.force.example/v1"
            )
        if parts.username or parts.password or parts.query:
            raise ValueError("PREVENTION_HUB_READER_URL holds more than an address. Put the key in READER_KEY.")
        allowed = {host.strip().lower() for host in self.reader_hosts.split(",") if host.strip()}
        if parts.hostname not in allowed:
            raise ValueError(_NOT_LISTED.format(host=parts.hostname))
        if not self.reader_model:
            raise ValueError("PREVENTION_HUB_READER_MODEL is not set. Name the model, or the Azure deployment.")
        return self
