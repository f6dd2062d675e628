"""The plan of the house: floors from the ground up. A folder imports from its own floor's folder and from below."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = (
    ("knowledge",),
    ("indexer", "bot.domain"),
    ("bot.wording", "bot.safeguards"),
    ("bot.records", "bot.migrations"),
    ("bot.governance", "bot.queue", "bot.programme"),
    ("bot.answering",),
    ("bot.settings",),
)
