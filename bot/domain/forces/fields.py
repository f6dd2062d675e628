"""The profile of a force, as a part of all settings."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, field_validator

from bot.domain.forces.belonging import ForceError

PREFIX = "PREVENTION_HUB_"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")


class ForceFields(BaseModel):
    """Which force this process works for. With none, an installation is one force's, as it always was."""

    force: str = Field("", description="The force that this process works for, such as `avon`; its profile is read.")
    forces: Path = Field(Path("forces"), description="Folder of the forces' profiles, one NAME.toml each.")
    national_guidance: Path | None = Field(
        None, description="Folder of guidance that stands above every force's own; it is read and never written."
    )

    @field_validator("force")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        if name and not _NAME.fullmatch(name):
            raise ValueError("write it in small letters, digits and hyphens, such as avon-and-somerset")
        return name

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: Any, init_settings: Any, env_settings: Any, *others: Any, **named: Any
    ) -> tuple[Any, ...]:
        """A force's profile goes before the environment, which is the machine's; what a command names before both."""
        rest = (*others, *named.values())

        def profile() -> dict[str, Any]:
            return profile_of(init_settings(), cls.model_fields)

        return (init_settings, profile, env_settings, *rest)

    def origin(self, name: str) -> str:
        """Where a setting comes from, for `doctor`."""
        if self.force and name in _written(self.forces / f"{self.force}.toml"):
            return f"{self.force}.toml"
        return "environment" if f"{PREFIX}{name.upper()}" in os.environ else "default"


def profile_of(given: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of the force that a command or the environment names; none where there is no force.

    Its data folder is its own in any case: the folder of its name, unless its profile says another.

    Raises:
        ForceError: there is no profile, or it cannot be understood.
    """
    name = str(given.get("force") or os.environ.get(f"{PREFIX}FORCE", ""))
    if not _NAME.fullmatch(name):
        return {}  # no force; or one that is refused by name
    file = Path(given.get("forces") or os.environ.get(f"{PREFIX}FORCES") or "forces") / f"{name}.toml"
    if not file.is_file():
        raise ForceError(f"There is no profile {file}. Write one with: prevention-hub deploy --forces {name} --out DIR")
    written = _written(file)
    unknown = sorted(set(written) - set(known) | (set(written) & {"force", "forces"}))
    if unknown:
        raise ForceError(f"{file} sets what is no setting of a force: {', '.join(unknown)}. See the README's table.")
    return {"data": Path(os.environ.get(f"{PREFIX}DATA") or "data") / name, **written}


def _written(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        # the parser's own words may quote a secret of the file
        where = re.search(r"line \d+", str(error))
        raise ForceError(f"{file} cannot be read{f' ({where[0]})' if where else ''}. Mend it, or its rights.") from None
