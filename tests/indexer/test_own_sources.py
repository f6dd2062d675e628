"""What a build reads unnamed is nobody's source on another machine, where it lies elsewhere."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from bot.app import Hub
from bot.settings import Settings
from tests.support.fakes import WordEncoder

ADVICE = "---\nid: advice-pf-0001\ntitle: Moorings\n---\n\n## Who moors where?\n\nBoats moor at dock nine.\n"


def test_another_machine_takes_over_what_was_named_and_not_what_is_read_unnamed(tmp_path: Path, guidance: Path) -> None:
    one = Hub(Settings(data=tmp_path / "one"), WordEncoder())
    one.publishing.advice.mkdir(parents=True)
    (one.publishing.advice / "advice-pf-0001.md").write_text(ADVICE, encoding="utf-8")
    builder = replace(one.publishing.builder(), gate=None, measure=None)
    built = one.publishing.build(builder, [guidance])
    assert "advice-pf-0001" in one.library.edition().documents
    assert [Path(root.path) for root in built.manifest.roots if not root.own] == [guidance]
    other = Hub(Settings(data=tmp_path / "other"), WordEncoder())
    shutil.copytree(one.library.folder, other.library.folder)  # as a machine has it that took it from the shared store
    assert not other.publishing.sources.is_kept
    assert other.publishing.named() == [guidance]
    one.close()
    other.close()
