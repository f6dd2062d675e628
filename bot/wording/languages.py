"""A line in the asker's own language, for whoever does not write in English."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "languages.toml"


def in_language(name: str) -> str:
    """The line in a language by its English name, as `safeguards.language` gives it; empty if there is none."""
    return _lines().get(name, "")


@cache
def _lines() -> dict[str, str]:
    return {name: str(line) for name, line in tomllib.loads(_FILE.read_text(encoding="utf-8")).items()}
