"""A rollback holds: what serves was chosen by a person, and nothing newer takes its place unasked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

HOLD = "hold.json"
RELEASE = "prevention-hub index rollback --release"


class Hold(BaseModel):
    """Which edition was chosen, by whom and when; kept in the library's folder."""

    model_config = ConfigDict(frozen=True)

    edition: int
    instead_of: int | None = None
    """The edition that served before."""
    by: str
    at: datetime
    why: str = ""

    @property
    def in_words(self) -> str:
        """One sentence for every screen."""
        before = f" instead of edition {self.instead_of}" if self.instead_of is not None else ""
        why = f" ({self.why})" if self.why else ""
        at = self.at.astimezone()
        return f"Edition {self.edition} is held{before}: {self.by} chose it on {at.day} {at:%B %Y at %H:%M}{why}."

    def as_json(self) -> dict[str, object]:
        """The hold for `--json`."""
        return {**self.model_dump(mode="json"), "text": self.in_words, "release": RELEASE}


def read_hold(folder: Path, serving: int | None) -> Hold | None:
    """The hold that is on; one that cannot be read still holds, for what it said is not known."""
    file = folder / HOLD
    try:
        return Hold.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError):
        if not folder.is_dir():
            return None
        return Hold(edition=serving or 0, by="an admin whose name cannot be read", at=_changed(file))


def _changed(file: Path) -> datetime:
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        return datetime.now(UTC)
