"""The settings of Microsoft Graph, as a part of all settings."""

from __future__ import annotations

from urllib.parse import urlsplit

from pydantic import BaseModel, Field, SecretStr, field_validator

_HERE = frozenset({"127.0.0.1", "::1", "localhost"})


class GraphFields(BaseModel):
    """The app that reads document libraries of SharePoint and OneDrive. Off while one of its three parts is missing."""

    graph_tenant: str = Field("", description="Document libraries: id of the tenant that they are in.")
    graph_client_id: str = Field("", description="Document libraries: id of the app that may read them.")
    graph_client_secret: SecretStr | None = Field(None, description="Document libraries: the app's client secret.")
    graph_url: str = Field(
        "https://graph.microsoft.com/v1.0", description="Document libraries: where Graph is, in the force's cloud."
    )
    graph_login_url: str = Field(
        "https://login.microsoftonline.com", description="Document libraries: where the app's token is given."
    )

    @field_validator("graph_url", "graph_login_url")
    @classmethod
    def _keeps_secrets(cls, url: str) -> str:
        """Whoever reads along would have the secret: without encryption only on this machine."""
        parts = urlsplit(url.strip())
        encrypted = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
        if not encrypted or not parts.hostname or parts.username or parts.query:
            raise ValueError("write it as https://graph.microsoft.com/v1.0, or https://login.microsoftonline.com")
        return url.strip()
