"""Backups: taken while others write, checked, and restored to a state where everything acknowledged exists."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import threading
from pathlib import Path

import pytest

from bot.domain.messages import Outcome, Place, Question, Reply
from bot.governance.anchors import Keys
from bot.governance.backup import Key, back_up, check, restore
from bot.governance.copies import BackupError
from bot.governance.sealing import SealError
from bot.records import Records


def hand_over(records: Records, text: str) -> str:
    def reply_for(reference: str) -> Reply:
        return Reply("r", Outcome.HANDED_OVER, reference, request=reference)

    return records.save_handed_over(
        Question(text, Place("terminal", "1"), "pc-7"), reply_for, kind="question", found=(), why="too far"
    )


def test_a_backup_under_load_restores_every_request_acknowledged_before_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "library" / "editions").mkdir(parents=True)
    (data / "library" / "current").write_text("0001\n", encoding="utf-8")
    acknowledged: list[str] = []
    stop = threading.Event()

    def write(name: int) -> None:
        with Records.open(data / "hub.db") as records:
            count = 0
            while not stop.is_set():
                count += 1
                acknowledged.append(hand_over(records, f"question {count} of writer {name}"))

    writers = [threading.Thread(target=write, args=(name,)) for name in range(3)]
    for writer in writers:
        writer.start()
    restored = []
    try:
        for number in range(3):
            while len(acknowledged) < 20 * (number + 1):
                stop.wait(0.001)
            before = list(acknowledged)
            back_up(data, tmp_path / f"{number}.tar.gz")
            restored.append((number, before))
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    for number, before in restored:
        target = tmp_path / f"restored-{number}"
        restore(tmp_path / f"{number}.tar.gz", target)
        with Records.open(target / "hub.db") as records:
            held = {request.reference for request in records.requests(limit=100_000)}
            assert set(before) <= held
            assert records.verify_audit().ok
        assert (target / "library" / "current").read_text(encoding="utf-8") == "0001\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    with Records.open(data / "hub.db") as records:
        hand_over(records, "a question")
    (data / "local.toml").write_text("[contacts]\n", encoding="utf-8")
    back_up(data, tmp_path / "b.tar.gz")
    return tmp_path / "b.tar.gz"


def test_a_damaged_backup_is_refused_and_nothing_is_restored(archive: Path, tmp_path: Path) -> None:
    plain = bytearray(gzip.decompress(archive.read_bytes()))
    plain[plain.index(b"[contacts]") + 1] ^= 1
    archive.write_bytes(gzip.compress(bytes(plain)))
    with pytest.raises(BackupError, match=r"is damaged: local\.toml is not as it was"):
        restore(archive, tmp_path / "restored")
    assert not (tmp_path / "restored").exists()
    archive.write_bytes(archive.read_bytes()[:200])
    with pytest.raises(BackupError, match="is not a whole backup"):
        check(archive)


def test_a_file_that_climbs_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.tar.gz"
    with tarfile.open(hostile, "w:gz") as tar:
        entry = tarfile.TarInfo("../outside")
        entry.size = 1
        tar.addfile(entry, io.BytesIO(b"x"))
    with pytest.raises(BackupError, match="is not a whole backup"):
        restore(hostile, tmp_path / "restored")
    assert not (tmp_path / "outside").exists()


def test_nothing_is_written_over(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="exists already"):
        back_up(tmp_path / "data", archive)
    with pytest.raises(BackupError, match="is not empty"):
        restore(archive, tmp_path / "data")
    with pytest.raises(BackupError, match=r"nothing in .* to back up"):
        back_up(tmp_path / "empty", tmp_path / "c.tar.gz")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["b.tar.gz", "data"]


def rights(path: Path) -> str:
    return f"{path.stat().st_mode & 0o777:o}"


def test_backup_and_restored_database_are_for_this_account_alone(archive: Path, tmp_path: Path) -> None:
    assert rights(archive) == "600"
    restore(archive, tmp_path / "restored")
    assert rights(tmp_path / "restored" / "hub.db") == "600"


def test_a_database_that_all_could_read_in_an_old_backup_is_private_once_it_is_restored(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Records.open(data / "hub.db") as records:
        hand_over(records, "a question")
    back_up(data, tmp_path / "b.tar.gz")
    with tarfile.open(tmp_path / "b.tar.gz") as tar, tarfile.open(tmp_path / "open.tar.gz", "w:gz") as again:
        for member in tar:
            member.mode = 0o644
            again.addfile(member, tar.extractfile(member))
    restore(tmp_path / "open.tar.gz", tmp_path / "restored")
    assert rights(tmp_path / "restored" / "hub.db") == "600"


SECRET = "correct horse battery"


def test_the_signing_key_stays_out_unless_it_is_asked_for_and_then_it_is_sealed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Records.open(data / "hub.db") as records:
        hand_over(records, "a question")
    keys = Keys(data / "anchor.key")
    public, raw = keys.public(), (data / "anchor.key").read_bytes()
    assert not back_up(data, tmp_path / "without.tar.gz").has_key
    with tarfile.open(tmp_path / "without.tar.gz") as tar:
        assert sorted(tar.getnames()) == ["backup.json", "hub.db"]
    assert back_up(data, tmp_path / "with.tar.gz", Key(data / "anchor.key", SECRET)).has_key
    assert raw not in gzip.decompress((tmp_path / "with.tar.gz").read_bytes())
    restore(tmp_path / "with.tar.gz", tmp_path / "sealed")
    assert sorted(file.name for file in (tmp_path / "sealed").iterdir()) == ["anchor.key.pem", "hub.db"]
    restore(tmp_path / "with.tar.gz", tmp_path / "opened", SECRET)
    assert Keys(tmp_path / "opened" / "anchor.key").public() == public
    assert rights(tmp_path / "opened" / "anchor.key") == "600"


def test_a_wrong_or_short_passphrase_is_said_to_be_one_and_leaves_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Records.open(data / "hub.db") as records:
        hand_over(records, "a question")
    with pytest.raises(SealError, match="There is no signing key yet"):
        back_up(data, tmp_path / "b.tar.gz", Key(data / "anchor.key", SECRET))
    Keys(data / "anchor.key").public()
    with pytest.raises(SealError, match="needs 12 characters"):
        back_up(data, tmp_path / "b.tar.gz", Key(data / "anchor.key", "short"))
    back_up(data, tmp_path / "b.tar.gz", Key(data / "anchor.key", SECRET))
    with pytest.raises(SealError, match="does not open the signing key"):
        restore(tmp_path / "b.tar.gz", tmp_path / "restored", "another passphrase")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["b.tar.gz", "data"]


class Zeros(io.RawIOBase):
    """A file of zeros."""

    def __init__(self, size: int) -> None:
        self._left = size

    def read(self, size: int = -1) -> bytes:
        count = min(size, self._left)
        self._left -= count
        return b"\0" * count


def bomb(file: Path, size: int, listed: dict[str, str]) -> None:
    """A small archive that unpacks to a large file."""
    with tarfile.open(file, "w:gz", compresslevel=1) as tar:
        entry = tarfile.TarInfo("library/editions/0001/vectors.faiss")
        entry.size = size
        tar.addfile(entry, Zeros(size))
        body = json.dumps({"made_at": "2026-11-23", "files": listed}).encode()
        entry = tarfile.TarInfo("backup.json")
        entry.size = len(body)
        tar.addfile(entry, io.BytesIO(body))


def test_a_small_backup_that_would_unpack_to_a_large_one_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = 150 * 2**20
    bomb(tmp_path / "bomb.tar.gz", size, {"library/editions/0001/vectors.faiss": "0" * 64})
    assert (tmp_path / "bomb.tar.gz").stat().st_size < size / 100

    def unpack(*_: object, **__: object) -> None:
        raise AssertionError("it was unpacked")

    monkeypatch.setattr(tarfile.TarFile, "extractall", unpack)
    with pytest.raises(BackupError, match="far more than a backup of its size holds"):
        restore(tmp_path / "bomb.tar.gz", tmp_path / "restored")
    bomb(tmp_path / "unlisted.tar.gz", 1000, {})
    with pytest.raises(BackupError, match="is not listed once"):
        restore(tmp_path / "unlisted.tar.gz", tmp_path / "restored")


def test_a_list_that_is_nested_too_deeply_is_no_list(tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.tar.gz"
    with tarfile.open(hostile, "w:gz") as tar:
        body = b"[" * 200_000
        entry = tarfile.TarInfo("backup.json")
        entry.size = len(body)
        tar.addfile(entry, io.BytesIO(body))
    with pytest.raises(BackupError, match="is not a whole backup"):
        check(hostile)
