"""All settings, read once and frozen. Only wiring reads them."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "PREVENTION_HUB_"


class Settings(BaseSettings):
    """Where everything lives and what the force has filled in."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    data: Path = Field(Path("data"), description="Folder of the library, the hub database and approved advice.")
    database_url: SecretStr | None = Field(None, description="Hub database; hub.db in the data folder if not set.")
    local: Path | None = Field(
        None, description="The force's own contacts, limits and links; local.toml in the data folder if not set."
    )
    encoder: str = Field(
        default="all-MiniLM-L6-v2", description="A sentence-transformers model: a name on this machine, or a folder."
    )
    hub_contact: str = Field("", description="How to reach the hub when the assistant cannot, e.g. a phone number.")
    wellbeing_line: str = Field("", description="The force's wellbeing line, told to officers who are struggling.")

    @classmethod
    def read(cls, data: Path | None = None) -> Settings:
        """The settings of this environment; `data` overrules where everything lives."""
        return cls(data=data) if data else cls()

    @property
    def library(self) -> Path:
        """The folder of editions."""
        return self.data / "library"

    @property
    def local_file(self) -> Path:
        """The file with what the force has filled in; it need not exist."""
        return self.local or self.data / "local.toml"

    @property
    def hub(self) -> Path | str:
        """Path of the hub database, or its address."""
        return self.database_url.get_secret_value() if self.database_url else self.data / "hub.db"

    def explained(self) -> list[tuple[str, str, str]]:
        """Name, value (secrets hidden) and origin of each setting."""
        return [
            (
                f"{PREFIX}{name.upper()}",
                str(getattr(self, name) or ""),
                "environment" if f"{PREFIX}{name.upper()}" in os.environ else "default",
            )
            for name in type(self).model_fields
        ]
