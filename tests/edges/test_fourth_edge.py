"""A stranger's test: a platform that nobody knows yet holds the same conversations as every other edge."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import test_dialogues
from tests.support import memory

DIALOGUES = [one for name, one in vars(test_dialogues).items() if name.startswith("test_")]


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda one: one.__name__)
def test_a_fourth_platform_needs_no_rule_of_its_own(dialogue: Any, tmp_path: Path, guidance: Path) -> None:
    with memory.in_memory(tmp_path, guidance) as officer:
        dialogue(officer)


def test_all_that_it_brings_is_short() -> None:
    lines = Path(memory.__file__).read_text(encoding="utf-8").splitlines()
    assert len(lines) < 160
