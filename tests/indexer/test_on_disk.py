"""What a build puts on disk, so that it needs no more memory for a larger library."""

from __future__ import annotations

import errno
import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from indexer.build import Builder, BuildRefused
from indexer.keeping.places import Places
from indexer.keeping.spool import Passages, Spool, Spooled, put_aside, under
from knowledge.manifest import LibraryError
from knowledge.passages import Passage
from knowledge.store import vectors
from knowledge.store.folder import Library
from knowledge.store.vectors import VectorIndex
from tests.support.fakes import WordEncoder

TWO = (Passage("owls", "Sounds", "They hoot.\n\u2028", 3, 0), Passage("owls", "", "Left alone.", None, 1))


@pytest.mark.parametrize("count", [0, 1, 5000])
def test_a_digest_is_found_where_it_was_put_last(count: int) -> None:
    digests = [hashlib.sha256(bytes([number % 251, number // 251])).hexdigest()[:24] for number in range(count)]
    places = Places()
    for number, digest in enumerate(digests):
        places.add(digest, number)
    assert [places.find(digest) for digest in digests] == list(range(count))
    assert (list(places), len(places), places.find("f" * 24)) == (digests, count, None)
    for digest in digests[:3]:
        places.add(digest, -7)
    assert [number for number, _ in places.each_once()] == [-7] * min(3, count) + list(range(3, count))
    assert [digest for _, digest in places.each_once()] == digests


def test_passages_come_back_from_disk_as_they_were(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    kept = put_aside(spool, TWO)
    other = put_aside(spool, TWO[1:])
    assert (tuple(kept), tuple(other), put_aside(spool, ())) == (TWO, TWO[1:], ())
    assert (len(kept), kept[1], kept[:1]) == (2, TWO[1], [TWO[0]])
    moved = under("hawks", kept)
    assert isinstance(moved, Passages)
    assert list(moved) == list(under("hawks", TWO)) == [
        Passage("hawks", "Sounds", "They hoot.\n\u2028", 3, 0),
        Passage("hawks", "", "Left alone.", None, 1),
    ]  # fmt: skip
    assert list(tmp_path.iterdir()) == []  # the file has no name, so nothing is left after a kill


def test_a_sequence_on_disk_is_one_like_any_other(tmp_path: Path) -> None:
    numbers = Spooled(Spool(tmp_path), iter([3, 1, 2]), str, int)
    assert (list(numbers), len(numbers), numbers[-1], numbers[1:]) == ([3, 1, 2], 3, 2, [1, 2])


def test_several_read_at_once_and_each_gets_what_it_asked_for(tmp_path: Path) -> None:
    numbers = list(range(3000))
    spooled = Spooled(Spool(tmp_path), numbers, str, int)
    with ThreadPoolExecutor(4) as people:
        assert all(list(found) == numbers for found in people.map(lambda _: spooled[:], range(8)))


def test_a_disk_that_fills_while_sources_are_read_is_told_in_words(
    guidance: Path, library: Library, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("indexer.build.gather", full)
    with pytest.raises(BuildRefused, match="Free some space"):
        Builder(library, encoder).build([guidance])


def test_room_for_many_vectors_is_taken_before_they_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def full(handle: int, start: int, size: int) -> None:
        asked.append(size)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(vectors, "EXACT_UP_TO", 1)
    monkeypatch.setattr("os.posix_fallocate", full)
    with pytest.raises(OSError, match="No space left"):
        VectorIndex.build(iter(()), 1000, 16, tmp_path)
    assert (asked, list(tmp_path.iterdir())) == ([64_000], [])


@pytest.mark.parametrize("exact_up_to", [300_000, 10])
def test_an_index_made_of_slices_is_the_one_made_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exact_up_to: int
) -> None:
    monkeypatch.setattr(vectors, "EXACT_UP_TO", exact_up_to)
    rows = np.random.default_rng(1).standard_normal((300, 16), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    files = []
    for size in (300, 7):
        slices = (rows[start : start + size] for start in range(0, 300, size))
        files.append(tmp_path / str(size))
        VectorIndex.build(slices, 300, 16).save(files[-1])
    assert files[0].read_bytes() == files[1].read_bytes()
    loaded = VectorIndex.load(files[1])
    assert next(iter(loaded.nearest(rows[41], 1))) == 41
    assert loaded.similarities(rows[41], [41, 5])[41] == pytest.approx(1.0, abs=1e-3)
    for beyond in (-1, 300):
        with pytest.raises(IndexError):
            loaded.similarities(rows[41], [beyond])


def test_an_index_is_read_from_the_file_that_was_opened_when_it_is_first_asked(tmp_path: Path) -> None:
    rows = np.eye(8, dtype=np.float32)
    file = tmp_path / "vectors"
    VectorIndex.build([rows], 8, 8).save(file)
    size = file.stat().st_size
    loaded = VectorIndex.load(file)
    file.unlink()  # an edition that was removed meanwhile is still read by who has it open
    assert (len(loaded), loaded.nearest(rows[3], 1)) == (8, {3: 1.0})
    file.write_bytes(b"0" * size)
    short = VectorIndex.load(file)
    with pytest.raises(LibraryError, match="cannot be read as a FAISS index"):
        short.nearest(rows[3], 1)
