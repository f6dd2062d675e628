"""How the program is watched, as a part of all settings."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class WatchingFields(BaseModel):
    """Traces are switched on by OpenTelemetry's own OTEL_EXPORTER_OTLP_ENDPOINT."""

    log_format: Literal["text", "json"] = Field(
        "text", description='How logs are written: "text", or "json", one object a line.'
    )
