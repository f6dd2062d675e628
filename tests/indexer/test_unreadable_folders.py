"""Folders and links that cannot be looked at: told, survived, and what came from them is kept."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.build import Builder
from indexer.sources import FolderSource, SourceMissing
from knowledge.store.folder import Library
from tests.support.fakes import WordEncoder

_NOBODY = 65534
OWLS = "# Owls\n\n## Who counts owls?\n\nOwls are counted by the baker.\n"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a folder in it, both where an account without rights may look."""
    made = Path(tempfile.mkdtemp(dir="/tmp"))
    made.chmod(0o755)
    (made / "inner").mkdir()
    (made / "owls.md").write_text(OWLS, encoding="utf-8")
    (made / "inner" / "moles.md").write_text(OWLS.replace("wls", "oles"), encoding="utf-8")
    yield made
    shutil.rmtree(made)


@contextmanager
def shut(folder: Path) -> Iterator[None]:
    """While the account that this runs as may not open a folder; root may open any, and so is another meanwhile."""
    account = os.geteuid()
    folder.chmod(0)
    if account == 0:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(account)
        folder.chmod(0o755)


def test_a_folder_that_cannot_be_opened_is_told_and_the_rest_is_found(folder: Path) -> None:
    with shut(folder / "inner"):
        found = FolderSource(folder).look()
    assert [file.name for file in found.files] == ["owls.md"]
    assert [(passed.path.name, passed.why) for passed in found.passed_over] == [
        ("inner", "This folder cannot be opened (Permission denied). Check its rights, or take it away.")
    ]


def test_a_link_into_a_folder_that_cannot_be_opened_is_told(folder: Path) -> None:
    (folder / "link.md").symlink_to(folder / "inner" / "moles.md")
    with shut(folder / "inner"):
        passed = FolderSource(folder).look().passed_over
    assert [one.why for one in passed if one.path.name == "link.md"] == [
        "It cannot be looked at (Permission denied). Check its rights, or take it away."
    ]


def test_a_source_that_cannot_be_opened_at_all_is_missing(folder: Path) -> None:
    with shut(folder / "inner"), pytest.raises(SourceMissing, match="cannot be opened"):
        FolderSource(folder / "inner").look()


def test_what_came_from_a_folder_that_cannot_be_opened_now_is_kept(
    folder: Path, library: Library, encoder: WordEncoder
) -> None:
    builder = Builder(library, encoder)
    builder.build([folder])
    found = FolderSource(folder)
    with shut(folder / "inner"):
        looked = found.look()

    class Shut(FolderSource):
        def look(self):  # type: ignore[no-untyped-def]
            return looked

    built = builder.build([Shut(folder)])
    assert set(library.edition().documents) == {"owls", "moles"}
    assert len(built.troubles) == 1
    assert "moles.md" in built.troubles[0]
