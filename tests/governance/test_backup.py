"""Backups: taken while others write, checked, and restored to a state where everything acknowledged exists."""

from __future__ import annotations

import gzip
import io
import tarfile
import threading
from pathlib import Path

import pytest

from bot.domain.messages import Outcome, Place, Question, Reply
from bot.governance.backup import BackupError, back_up, check, restore
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
