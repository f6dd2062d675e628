"""One file with everything, consistent while the program runs; verified when written and before it is restored."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from bot.domain.refusals import RecordsError, Refused
from bot.records.engine import sqlite_module

DATABASE = "hub.db"
LIST = "backup.json"
PASSED_OVER = {"hub.db", "hub.db-wal", "hub.db-shm", "hub.db-journal", "build.lock"}


class BackupError(Refused):
    """A backup cannot be written, or is not whole; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds."""

    file: Path
    made_at: str
    files: int
    size: int
    """Bytes of the files in it."""

    def as_json(self) -> dict[str, Any]:
        """The report for `--json`."""
        return {"file": str(self.file), "made_at": self.made_at, "files": self.files, "bytes": self.size}


def back_up(data: Path, target: Path) -> BackupReport:
    """Write everything in the data folder to one tar.gz, and read it back.

    The hub database is copied by SQLite's own backup, so that writers may go on meanwhile; editions never change.

    Raises:
        BackupError: the target exists, there is nothing to back up, or it cannot be written or read back.
    """
    if target.exists():
        raise BackupError(f"{target} exists already. Name a new file.")
    aside = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
            _write(data, aside, Path(folder))
        report = check(aside)
        aside.rename(target)
    except OSError as error:
        raise BackupError(f"{target} cannot be written ({error.strerror}). Name another place.") from error
    finally:
        aside.unlink(missing_ok=True)
    return BackupReport(target, report.made_at, report.files, report.size)


def _write(data: Path, archive: Path, folder: Path) -> None:
    listed: dict[str, str] = {}
    with tarfile.open(archive, "w:gz", compresslevel=6) as tar:
        for name, file in _files(data, folder):
            listed[name] = _digest(file)
            tar.add(file, name)
        if not listed:
            raise BackupError(f"There is nothing in {data} to back up. Name the data folder with --data.")
        contents = {"made_at": datetime.now(UTC).isoformat(timespec="seconds"), "files": listed}
        body = json.dumps(contents, indent=2).encode()
        entry = tarfile.TarInfo(LIST)
        entry.size = len(body)
        tar.addfile(entry, io.BytesIO(body))


def _files(data: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """Name in the archive and file to read: a copy of the database, then everything else as it is."""
    if (data / DATABASE).exists():
        copy = folder / DATABASE
        _copy_database(data / DATABASE, copy)
        yield DATABASE, copy
    for file in sorted(data.rglob("*")):
        name = file.relative_to(data)
        hidden = any(part.startswith(".") for part in name.parts)
        if file.is_file() and not file.is_symlink() and not hidden and file.name not in PASSED_OVER:
            yield name.as_posix(), file


def _copy_database(source: Path, target: Path) -> None:
    sqlite3 = sqlite_module()
    try:
        reader, writer = sqlite3.connect(f"file:{source}?mode=ro", uri=True), sqlite3.connect(str(target))
        try:
            reader.backup(writer)
            writer.execute("pragma journal_mode = delete")
        finally:
            reader.close()
            writer.close()
    except sqlite3.Error as error:
        raise RecordsError(f"The hub database {source} cannot be copied. Run: prevention-hub doctor") from error


def check(archive: Path) -> BackupReport:
    """Read a backup through: every file there, every checksum right, the database sound.

    Raises:
        BackupError: it is not a backup, or not whole.
    """
    with tempfile.TemporaryDirectory(prefix="prevention-hub-") as folder:
        return _unpack(archive, Path(folder))


def restore(archive: Path, data: Path) -> BackupReport:
    """Unpack a backup into a data folder that is empty or not there, once it has been checked.

    Raises:
        BackupError: the folder holds something, or the backup is not whole.
    """
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise BackupError(f"{data} is not empty. Name a new folder with --data, or move the old one away.")
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=data.parent, prefix=".restoring-"))
        try:
            report = _unpack(archive, aside)
            (aside / LIST).unlink()
            if data.exists():
                data.rmdir()
            aside.chmod(0o755)
            aside.rename(data)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise BackupError(f"{data} cannot be written ({error.strerror}). Name another folder with --data.") from error
    return report


def _unpack(archive: Path, folder: Path) -> BackupReport:
    try:
        with tarfile.open(archive, "r:gz") as tar:
            tar.extractall(folder, filter="data")
        contents = json.loads((folder / LIST).read_text(encoding="utf-8"))
        listed, made_at = dict(contents["files"]), str(contents["made_at"])
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{archive} is not a whole backup. Take another one.") from error
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    found.pop(LIST)
    for name in sorted(listed.keys() | found.keys()):
        file = found.get(name)
        if file is None or name not in listed or _digest(file) != listed[name]:
            raise BackupError(f"{archive} is damaged: {PurePosixPath(name)} is not as it was. Take another one.")
    if DATABASE in found:
        _check_database(archive, found[DATABASE])
    return BackupReport(archive, made_at, len(found), sum(file.stat().st_size for file in found.values()))


def _check_database(archive: Path, file: Path) -> None:
    sqlite3 = sqlite_module()
    connection = sqlite3.connect(str(file))
    try:
        result = connection.execute("pragma integrity_check").fetchone()
    except sqlite3.Error:
        result = None
    finally:
        connection.close()
    if result is None or result[0] != "ok":
        raise BackupError(f"The hub database in {archive} is damaged. Take another backup.")


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
