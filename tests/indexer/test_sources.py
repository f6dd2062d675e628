"""Which files are found below the folders and files that were named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.sources import FolderSource, SourceMissing, find_sources


def _write(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("Text.", encoding="utf-8")


def test_finds_every_file_below_a_folder_in_sorted_order(tmp_path: Path) -> None:
    _write(tmp_path, "b.md", "a.pdf", "custody/c (2).docx", "custody/older/d.txt")

    found = find_sources([tmp_path])

    assert [str(path.relative_to(tmp_path)) for path in found] == [
        "a.pdf",
        "b.md",
        "custody/c (2).docx",
        "custody/older/d.txt",
    ]


def test_passes_over_hidden_files_lock_files_and_readmes(tmp_path: Path) -> None:
    _write(tmp_path, "guidance.md", ".hidden.md", ".git/config.txt", "~$guidance.docx", "README.md", "sub/readme.txt")

    assert find_sources([tmp_path]) == (tmp_path / "guidance.md",)


def test_a_readme_that_was_named_itself_is_taken(tmp_path: Path) -> None:
    _write(tmp_path, "README.md")

    assert find_sources([tmp_path / "README.md"]) == (tmp_path / "README.md",)


def test_names_a_file_once_that_is_reached_twice(tmp_path: Path) -> None:
    _write(tmp_path, "a.md", "b.md")

    assert find_sources([tmp_path / "b.md", tmp_path]) == (tmp_path / "b.md", tmp_path / "a.md")


def test_follows_links_inside_a_folder_and_none_that_lead_out(tmp_path: Path) -> None:
    _write(tmp_path, "outside/secret.md", "library/a.md")
    (tmp_path / "library/same.md").symlink_to(tmp_path / "library/a.md")
    (tmp_path / "library/out.md").symlink_to(tmp_path / "outside/secret.md")
    (tmp_path / "library/folder").symlink_to(tmp_path / "outside")

    assert find_sources([tmp_path / "library"]) == (tmp_path / "library/a.md",)


def test_a_link_to_nothing_is_passed_over(tmp_path: Path) -> None:
    _write(tmp_path, "a.md")
    (tmp_path / "gone.md").symlink_to(tmp_path / "was.md")

    assert find_sources([tmp_path]) == (tmp_path / "a.md",)


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert find_sources([tmp_path]) == ()


def test_refuses_a_path_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing) as refused:
        find_sources([tmp_path / "nowhere"])

    assert str(refused.value) == f"{tmp_path / 'nowhere'} does not exist. Name a folder or a file that does."


def test_a_folder_in_a_source_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path, "a.md", "locked/b.md")
    scan = os.scandir

    def refuse(folder: str) -> object:
        if str(folder).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    found = FolderSource(tmp_path).look()
    assert [file.name for file in found.files] == ["a.md"]
    assert [(passed.path.name, passed.why) for passed in found.passed_over] == [
        ("locked", "This folder cannot be opened (Permission denied). Check its rights, or take it away.")
    ]
