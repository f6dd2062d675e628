"""A build never loses guidance unasked: sources that vanish, files that break, disks that fill."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.build import Builder, BuildRefused
from indexer.sources import FolderSource, SourceMissing
from knowledge.manifest import LibraryError
from knowledge.store.folder import Library, replace_text
from tests.support.fakes import WordEncoder

OWLS = "# Owls\n\nOwls are left alone.\n"


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder with ten documents."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(10):
        (folder / f"rule-{number}.md").write_text(
            f"# Rule {number}\n\nRule number {number} is kept.\n", encoding="utf-8"
        )
    return folder


@pytest.fixture
def builder(library: Library, encoder: WordEncoder) -> Builder:
    return Builder(library, encoder)


def documents(library: Library) -> set[str]:
    return set(library.edition().documents)


# files that cannot be read


def test_a_file_that_cannot_be_read_any_more_keeps_its_last_good_version(builder: Builder, guidance: Path) -> None:
    builder.build([guidance])
    (guidance / "badgers.md").write_text("---\nreview_by: tomorrow\n---\n\nText.\n", encoding="utf-8")
    (guidance / "owls.md").write_text(OWLS, encoding="utf-8")
    built = builder.build([guidance])
    (kept,) = built.manifest.kept_back
    assert (kept.document, kept.kept_from, Path(kept.path).name) == ("badger-counting", 1, "badgers.md")
    assert kept.kept_in_words == (
        "kept from edition 1 because: The front matter field 'review_by' is wrong. Write a date such as 2027-01-20."
    )
    assert built.manifest.refused == ()
    assert documents(builder.library) == {"badger-counting", "kite-laundry", "owls"}
    texts = builder.library.edition().section_texts("badger-counting", "Who keeps the badger ledger?")
    assert texts == ["The ledger of badgers is kept by the sexton."]


def test_an_emptied_file_keeps_its_last_good_version_from_the_edition_that_read_it(
    builder: Builder, guidance: Path
) -> None:
    builder.build([guidance])
    (guidance / "badgers.md").write_text("", encoding="utf-8")
    builder.build([guidance])
    again = builder.build([guidance])
    assert again.manifest.edition == 3
    assert [source.kept_from for source in again.manifest.kept_back] == [1]
    assert len(again.troubles) == 1


def test_a_mended_file_is_read_again(builder: Builder, guidance: Path) -> None:
    good = (guidance / "badgers.md").read_text(encoding="utf-8")
    builder.build([guidance])
    (guidance / "badgers.md").write_text("", encoding="utf-8")
    builder.build([guidance])
    (guidance / "badgers.md").write_text(good, encoding="utf-8")
    built = builder.build([guidance])
    assert (built.manifest.kept_back, built.troubles) == ((), ())


def test_a_file_that_was_never_good_is_held_back_and_no_trouble(builder: Builder, guidance: Path) -> None:
    (guidance / "figures.xlsx").write_bytes(b"PK")
    built = builder.build([guidance])
    assert [Path(source.path).name for source in built.manifest.refused] == ["figures.xlsx"]
    assert built.troubles == ()


def test_what_is_marked_too_high_now_is_not_kept(builder: Builder, guidance: Path) -> None:
    builder.build([guidance])
    (guidance / "badgers.md").write_text("---\nclassification: SECRET\n---\n\nBadgers.\n", encoding="utf-8")
    built = builder.build([guidance])
    assert documents(builder.library) == {"kite-laundry"}
    assert "marked SECRET" in built.manifest.refused[0].refused


@pytest.mark.parametrize("error", [ValueError("bad"), MemoryError(), RecursionError()])
def test_whatever_reading_a_file_raises_the_others_are_published(
    builder: Builder, guidance: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    from indexer.gathering import reading

    real = reading.load_all

    def fail(paths: list[Path], **how: str) -> object:
        if paths[0].name == "badgers.md":
            raise error
        return real(paths, **how)

    monkeypatch.setattr(reading, "load_all", fail)
    built = builder.build([guidance])
    assert documents(builder.library) == {"kite-laundry"}
    assert type(error).__name__ in built.manifest.refused[0].refused


def test_half_a_surrogate_pair_holds_back_its_file_only(builder: Builder, guidance: Path) -> None:
    (guidance / "odd.md").write_text('---\nowner: "\\uD800"\n---\n\nOdd text.\n', encoding="utf-8")
    builder.build([guidance])
    assert documents(builder.library) >= {"badger-counting", "kite-laundry"}


def test_a_name_in_latin_1_is_read_and_shown(builder: Builder, guidance: Path) -> None:
    name = os.fsencode(guidance) + b"/caf\xe9.md"
    with open(name, "wb") as stream:
        stream.write(b"# Tea\n\nTea is served at four.\n")
    manifest = builder.build([guidance]).manifest
    assert documents(builder.library) >= {"badger-counting", "kite-laundry"}
    assert len(documents(builder.library)) == 3
    manifest.model_dump_json().encode("utf-8")


def test_links_that_are_skipped_are_named(builder: Builder, guidance: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret\n\nNot for everybody.\n", encoding="utf-8")
    (guidance / "out.md").symlink_to(tmp_path / "secret.md")
    (guidance / "gone.md").symlink_to(tmp_path / "nowhere.md")
    (guidance / "README.md").write_text("# This folder\n\nWhat is in it.\n", encoding="utf-8")
    (tmp_path / "other").mkdir()
    (guidance / "folder").symlink_to(tmp_path / "other")
    passed = {Path(s.path).name: s.passed_over for s in builder.build([guidance]).manifest.sources if s.passed_over}
    assert passed == {
        "out.md": "It is a link that leads out of its folder. Put the file itself here, or name it as a source.",
        "gone.md": "It is a link to something that is not there.",
        "folder": "It is a link to a folder, which is not followed. Name that folder as a source.",
        "README.md": "It is a folder's README. Name the file itself as a source to have it read.",
    }


# sources that are missing, empty or much smaller


def test_an_empty_source_keeps_what_it_had(builder: Builder, guidance: Path, many: Path) -> None:
    builder.build([guidance, many])
    for file in many.iterdir():
        file.unlink()
    (guidance / "owls.md").write_text(OWLS, encoding="utf-8")
    built = builder.build([guidance, many])
    assert len(documents(builder.library)) == 13
    (troubled,) = built.manifest.troubled
    assert troubled.path == str(many)
    assert troubled.trouble.startswith("It holds no file at all. Look whether it is mounted. Its documents are kept.")
    assert '--allow-removal --why "…"' in troubled.trouble


def test_a_missing_source_keeps_what_it_had_and_holds_up_nothing(
    builder: Builder, guidance: Path, many: Path, tmp_path: Path
) -> None:
    builder.build([guidance, many])
    many.rename(tmp_path / "unmounted")
    (guidance / "owls.md").write_text(OWLS, encoding="utf-8")
    built = builder.build([guidance, many], unasked=True)
    assert built.published
    assert len(documents(builder.library)) == 13
    assert f"{many} does not exist." in built.manifest.troubled[0].trouble


def test_a_source_that_shrinks_past_a_share_keeps_what_it_lost(builder: Builder, many: Path) -> None:
    builder.build([many])
    for number in range(3):
        (many / f"rule-{number}.md").unlink()
    built = builder.build([many])
    assert len(documents(builder.library)) == 10
    assert built.manifest.troubled[0].trouble.startswith("3 of its 10 documents are gone, more than 20%.")
    assert {Path(source.path).name for source in built.manifest.kept_back} == {f"rule-{n}.md" for n in range(3)}
    allowed = builder.build([many], allow_removal_because="they were merged")
    assert len(documents(builder.library)) == 7
    assert (allowed.manifest.why, allowed.troubles) == ("they were merged", ())


def test_as_many_as_the_share_may_go(builder: Builder, many: Path) -> None:
    builder.build([many])
    for number in range(2):
        (many / f"rule-{number}.md").unlink()
    assert builder.build([many]).troubles == ()
    assert len(documents(builder.library)) == 8


def test_moved_and_renamed_files_are_not_lost(builder: Builder, many: Path) -> None:
    builder.build([many])
    (many / "old").mkdir()
    for number in range(10):
        (many / f"rule-{number}.md").rename(many / "old" / f"renamed-{number}.md")
    assert builder.build([many]).troubles == ()
    assert documents(builder.library) == {f"renamed-{number}" for number in range(10)}


def test_a_worse_edition_that_is_forced_still_loses_no_source(builder: Builder, many: Path, guidance: Path) -> None:
    builder.build([guidance, many])
    for file in many.iterdir():
        file.unlink()
    builder.build([guidance, many], force_because="the golden questions are old")
    assert len(documents(builder.library)) == 12


def test_a_source_that_is_named_for_the_first_time_has_to_hold_something(builder: Builder, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceMissing, match="holds no file"):
        builder.build([tmp_path / "empty"])
    with pytest.raises(SourceMissing, match="does not exist"):
        builder.build([tmp_path / "nowhere"])


def test_a_source_that_is_not_guarded_may_be_emptied(builder: Builder, guidance: Path, many: Path) -> None:
    advice = FolderSource(many, guarded=False)
    builder.build([guidance, advice])
    for file in many.iterdir():
        file.unlink()
    assert builder.build([guidance, advice]).troubles == ()
    assert documents(builder.library) == {"badger-counting", "kite-laundry"}


def test_a_folder_inside_that_cannot_be_opened_keeps_what_it_had(
    builder: Builder, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (many / "locked").mkdir()
    (many / "locked/a.md").write_text(OWLS, encoding="utf-8")
    builder.build([many])
    scan = os.scandir

    def refuse(folder: str) -> object:
        if str(folder).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    built = builder.build([many])
    monkeypatch.undo()
    assert len(documents(builder.library)) == 11
    (trouble,) = built.troubles
    assert trouble.startswith(f"{many}/locked/a.md: ")
    assert "This folder cannot be opened (Permission denied)" in trouble


# disks


def _fail_with(number: int, name: str | None = None) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), name)

    return fail


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "The disk is full: the edition could not be written, and the old one still serves. Free some"),
        (
            errno.EACCES,
            r"could not be written \(Permission denied: /x\)\. .* Check the rights of",
        ),
        (errno.ENOENT, r"\(No such file or directory: /x\)\. .* Another program took that file away meanwhile\. Run:"),
        (errno.EIO, r"could not be written \(Input/output error: /x\)\. The old edition still serves\. Look after the"),
    ],
)
def test_what_the_disk_refuses_is_said_as_it_is(
    builder: Builder, guidance: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    builder.build([guidance])
    (guidance / "owls.md").write_text(OWLS, encoding="utf-8")
    monkeypatch.setattr("indexer.build.write_vectors", _fail_with(number, "/x"))
    with pytest.raises(BuildRefused, match=said):
        builder.build([guidance])
    assert builder.library.edition().number == 1
    assert sorted(entry.name for entry in builder.library.editions.iterdir()) == ["0001"]


def test_a_disk_that_fills_up_at_the_commit_leaves_the_old_edition(
    builder: Builder, guidance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from knowledge.store.sqlite import sqlite3

    builder.build([guidance])

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    (guidance / "owls.md").write_text(OWLS, encoding="utf-8")
    monkeypatch.setattr("indexer.build.write_database", full)
    with pytest.raises(BuildRefused, match="The disk is full"):
        builder.build([guidance])
    assert builder.library.edition().number == 1


def test_a_disk_that_fills_up_at_the_last_moment_leaves_no_edition_behind(
    builder: Builder, guidance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder.build([guidance])
    monkeypatch.setattr("knowledge.store.folder.replace_text", _fail_with(errno.ENOSPC))
    with pytest.raises(BuildRefused, match="The disk is full"):
        builder.build([guidance])
    assert builder.library.numbers() == [1]


def test_two_that_point_at_an_edition_at_once_do_not_take_each_others_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rollback from another container, whose process has the same number, while a build publishes."""
    file, sync, inner = tmp_path / "current", os.fsync, []

    def meanwhile(handle: int) -> None:
        if not inner:
            inner.append(True)
            replace_text(file, "0006\n")
        sync(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    replace_text(file, "0007\n")
    assert file.read_text(encoding="utf-8") == "0007\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["current"]


def test_a_user_without_a_name_may_build(builder: Builder, guidance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", nameless)
    assert builder.build([guidance]).manifest.built_by == "unknown"


def test_a_source_list_that_cannot_be_understood_is_no_empty_list(tmp_path: Path) -> None:
    from indexer.sources.listing import SourceList

    (tmp_path / "sources.toml").write_text("[[source]\npath = ", encoding="utf-8")
    with pytest.raises(LibraryError, match=r"sources\.toml cannot be read.*nothing is built until then"):
        SourceList(tmp_path / "sources.toml").paths()
