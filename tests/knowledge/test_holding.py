"""A rollback holds, old editions go, and what is served is always whole."""

from __future__ import annotations

import gc
import os
import shutil
import weakref
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.build import Builder, BuildRefused
from knowledge.manifest import LibraryError
from knowledge.store.folder import Library
from knowledge.store.hold import Hold
from tests.support.fakes import WordEncoder

Publish = Callable[[Path], Library]
AT = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)


def hold(number: int, instead_of: int | None = None) -> Hold:
    return Hold(edition=number, instead_of=instead_of, by="insp-cole", at=AT, why="wrong page")


def editions(publish: Publish, guidance: Path, count: int) -> Library:
    library = publish(guidance)
    for number in range(2, count + 1):
        (guidance / "owls.md").write_text(f"# Owls\n\nThere are {number} owls.\n", encoding="utf-8")
        library = publish(guidance)
    return library


# a rollback holds


def test_a_rollback_holds_against_what_is_built_unasked(publish: Publish, guidance: Path, encoder: WordEncoder) -> None:
    library = editions(publish, guidance, 2)
    library.roll_back(hold(1, 2))
    with pytest.raises(BuildRefused, match="insp-cole chose it on 24 November 2026"):
        Builder(library, encoder).build([guidance], unasked=True)
    assert (library.edition().number, library.numbers()) == (1, [1, 2])
    assert Library(library.folder).hold == hold(1, 2)  # for every process, and the next one


def test_a_rollback_ends_when_a_person_builds(publish: Publish, guidance: Path, encoder: WordEncoder) -> None:
    library = editions(publish, guidance, 2)
    library.roll_back(hold(1, 2))
    assert Builder(library, encoder).build([guidance]).published
    assert (library.hold, library.edition().number) == (None, 3)


def test_a_rollback_ends_when_it_is_released(publish: Publish, guidance: Path, encoder: WordEncoder) -> None:
    library = editions(publish, guidance, 2)
    library.roll_back(hold(1, 2))
    library.release()
    library.release()
    assert library.edition().number == 1
    assert Builder(library, encoder).build([guidance], unasked=True).published


def test_a_dry_run_does_not_end_a_rollback(publish: Publish, guidance: Path, encoder: WordEncoder) -> None:
    library = editions(publish, guidance, 2)
    library.roll_back(hold(1, 2))
    Builder(library, encoder).build([guidance], dry_run=True)
    assert library.hold == hold(1, 2)


def test_a_rollback_while_a_build_runs_is_not_published_over(
    publish: Publish, guidance: Path, encoder: WordEncoder
) -> None:
    library = editions(publish, guidance, 2)
    (guidance / "owls.md").write_text("# Owls\n\nOwls are left alone.\n", encoding="utf-8")
    builder = Builder(library, encoder, on_embed=lambda done, total: Library(library.folder).roll_back(hold(1, 2)))
    with pytest.raises(BuildRefused, match=r"Meanwhile this build ran\. Build again if it is wanted\."):
        builder.build([guidance])
    assert (library.edition().number, library.numbers()) == (1, [1, 2])


def test_a_hold_that_cannot_be_read_still_holds(publish: Publish, guidance: Path, encoder: WordEncoder) -> None:
    library = publish(guidance)
    (library.folder / "hold.json").write_text("half", encoding="utf-8")
    with pytest.raises(BuildRefused, match="an admin whose name cannot be read"):
        Builder(library, encoder).build([guidance], unasked=True)


def test_a_damaged_edition_is_not_held(publish: Publish, guidance: Path) -> None:
    library = editions(publish, guidance, 2)
    (library.path(1) / "library.db").write_bytes(b"half")
    with pytest.raises(LibraryError, match="Edition 1 is damaged"):
        library.roll_back(hold(1, 2))
    assert (library.hold, library.edition().number) == (None, 2)


# editions that are removed


def test_the_newest_editions_are_kept_and_the_manifests_of_all(
    library: Library, guidance: Path, encoder: WordEncoder
) -> None:
    removed = [Builder(library, encoder, keep=3).build([guidance]).removed for _ in range(5)]
    assert removed == [(), (), (), (1,), (2,)]
    assert library.numbers() == [3, 4, 5]
    assert [manifest.edition for manifest in library.history()] == [1, 2, 3, 4, 5]
    assert not list(library.editions.glob(".removed-*"))


def test_what_killed_writers_left_is_swept_away(library: Library, guidance: Path, encoder: WordEncoder) -> None:
    Builder(library, encoder).build([guidance])
    old, new = library.folder / ".current.abcd1234", library.folder / ".hold.json.abcd1234"
    for file in (old, new):
        file.write_text("0001", encoding="utf-8")
    os.utime(old, (1, 1))
    library.prune(0)
    assert (old.exists(), new.exists(), library.current_number()) == (False, True, 1)


def test_an_edition_that_serves_or_is_rolled_back_from_is_never_removed(publish: Publish, guidance: Path) -> None:
    library = editions(publish, guidance, 5)
    library.roll_back(hold(2, 4))
    assert library.prune(1) == [1, 3]
    assert library.numbers() == [2, 4, 5]
    assert library.edition().number == 2


def test_a_number_is_never_given_twice(library: Library, guidance: Path, encoder: WordEncoder) -> None:
    for _ in range(3):
        Builder(library, encoder, keep=1).build([guidance])
    shutil.rmtree(library.path(3))
    shutil.copytree(library.folder / "manifests/0002", library.path(2))
    assert library.next_number() == 3
    shutil.rmtree(library.path(2))
    assert library.next_number() == 3


def test_no_limit_keeps_all(library: Library, guidance: Path, encoder: WordEncoder) -> None:
    for _ in range(3):
        Builder(library, encoder).build([guidance])
    assert library.numbers() == [1, 2, 3]


def test_an_edition_that_nobody_reads_any_more_is_closed(publish: Publish, guidance: Path) -> None:
    library = publish(guidance)
    first = library.edition()
    second = publish(guidance).edition()
    assert second.number == 2
    assert first.passage("none") is None  # a reader that still has it goes on reading
    seen = weakref.ref(first)
    del first
    gc.collect()
    assert seen() is None


# half copied


def test_an_edition_that_is_still_being_copied_is_served_once_it_is_whole(publish: Publish, guidance: Path) -> None:
    library = editions(publish, guidance, 2)
    there = guidance.parent / "there"
    (there / "editions").mkdir(parents=True)
    shutil.copytree(library.path(1), there / "editions/0001")
    shutil.copytree(library.path(2), there / "editions/0002")
    shutil.copy(library.folder / "current", there / "current")
    whole = (library.path(2) / "library.db").read_bytes()
    (there / "editions/0002/library.db").write_bytes(whole[: len(whole) // 2])
    copy = Library(there)
    assert copy.edition().number == 1
    assert copy.edition().trouble.endswith("Meanwhile edition 1 is served.")
    (there / "editions/0002/library.db").write_bytes(whole)
    assert (copy.edition().number, copy.edition().trouble) == (2, "")
    copy.close()
