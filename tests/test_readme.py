"""The README is run as written, and its tables are held against the program."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot import publishing
from bot.cli import main, open_hub
from bot.settings import Settings
from indexer.measuring.golden import golden_gate
from indexer.outcome import Golden
from knowledge.passages import Status
from tests.support.fakes import WordEncoder

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [block.splitlines() for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)]
COMMANDS = [line.split("   #")[0].strip() for block in BLOCKS for line in block if line.startswith("prevention-hub")]


@pytest.fixture
def folder(tmp_path: Path, guidance: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the README's commands name."""
    guidance.rename(tmp_path / "our-guidance")
    from docx import Document

    policy = Document()
    policy.add_paragraph("Policies are read on Tuesdays.")
    policy.save(str(tmp_path / "policy (2).docx"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PREVENTION_HUB_DATA", raising=False)
    return tmp_path


@pytest.fixture
def measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The golden questions are asked of the first edition only; tests/indexer has what else is measured."""

    def once(real: Callable[..., Any], otherwise: Any) -> Callable[..., Any]:
        asked: list[object] = []

        def make(*given: Any, **named: Any) -> Any:
            whole = real(*given, **named)

            def run(*editions: Any) -> Any:
                if asked:
                    return otherwise
                asked.append(editions)
                return whole(*editions)

            return run

        return make

    monkeypatch.setattr(publishing, "golden_gate", once(golden_gate, Golden()))
    monkeypatch.setattr(publishing, "measuring", lambda *given: None)


@pytest.mark.usefixtures("measured_once")
def test_every_command_of_the_readme_works_as_written(folder: Path) -> None:
    runner = CliRunner(env={"NO_COLOR": "1"})
    assert len(COMMANDS) >= 13
    for command in COMMANDS:
        result = runner.invoke(main, shlex.split(command)[1:], obj=partial(open_hub, encoder=WordEncoder()))
        assert (command, result.exit_code) == (command, 0), result.output


def test_every_setting_is_in_the_readme_and_the_reverse() -> None:
    told = set(re.findall(r"^\| `(PREVENTION_HUB_\w+)` \|", README, re.MULTILINE))
    assert told == {name for name, _, _ in Settings.read().explained()}


def test_the_statuses_of_the_readme_are_those_of_the_program() -> None:
    listed = README[README.index("`status` (") : README.index("`law_checked_on`")]
    told = set(re.findall(r"`(\w+)`", listed)) - {"status"}
    assert told == {status.value for status in Status} - {"hub_advice", "not_stated"}


def test_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([.\w-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"`?make ([.\w-]+)", README)) - {"are", "alive"} <= targets


def test_the_readme_has_no_gap() -> None:
    assert "FIGURES" not in README
    assert "TODO" not in README
