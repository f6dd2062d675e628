"""A stranger's test: a platform that nobody knows yet holds the same conversations as every other edge."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.app import Hub
from bot.settings import Settings
from tests import test_dialogues
from tests.support import memory
from tests.support.fakes import WordEncoder
from tests.support.memory import InMemory
from tests.support.ready import make_ready
from tests.support.slack.running import Loop
from tests.support.speakers import Speaker


@contextmanager
def in_memory(folder: Path, guidance: Path) -> Iterator[Speaker]:
    """Somebody who uses it, with a hub behind it."""
    hub = Hub(Settings(data=folder / "data", hub_staff="bell", admins="cole"), WordEncoder())
    try:
        make_ready(hub, guidance)
        with Loop() as loop:
            officer = InMemory(hub, loop)
            yield officer
            loop.run(officer.reception.stop())
    finally:
        hub.close()


DIALOGUES = [one for name, one in vars(test_dialogues).items() if name.startswith("test_")]


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda one: one.__name__)
def test_a_fourth_platform_needs_no_rule_of_its_own(dialogue: Any, tmp_path: Path, guidance: Path) -> None:
    with in_memory(tmp_path, guidance) as officer:
        dialogue(officer)


def test_all_that_it_brings_is_short() -> None:
    lines = Path(memory.__file__).read_text(encoding="utf-8").splitlines()
    assert len(lines) < 150
