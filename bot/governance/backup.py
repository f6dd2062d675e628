"""One file with everything, consistent while the program runs; verified when written and before it is restored.

The key that signs the record is not in it unless that is asked for, and then it is encrypted: a copy of both would let
its finder write a record of their own and sign it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from bot.domain.record import Json
from bot.governance.anchors import KEY_FILE
from bot.governance.copies import DATABASE, BackupError, check_sound, copy_of, put_back
from bot.governance.dumping import DUMP
from bot.governance.sealing import seal, unseal

LIST = "backup.json"
SEALED_KEY = "anchor.key.pem"
PASSED_OVER = {"hub.db", "hub.db-wal", "hub.db-shm", "hub.db-journal", "build.lock", DUMP, KEY_FILE, SEALED_KEY}
PRIVATE = {DATABASE, DUMP, KEY_FILE, SEALED_KEY}
"""Files that only this account may read once they are restored."""
LARGEST_LIST = 64 * 2**20
"""Bytes of the list in a backup, at most."""
MOST_TIMES, SMALL = 200, 100 * 2**20
"""A backup that is unpacked is at most so many times larger than its file, or so many bytes."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds."""

    file: Path
    made_at: str
    files: int
    size: int
    """Bytes of the files in it."""
    has_key: bool = False
    """Whether the signing key is in it, sealed."""

    def as_json(self) -> dict[str, Json]:
        """The report for `--json`."""
        return {
            "file": str(self.file),
            "made_at": self.made_at,
            "files": self.files,
            "bytes": self.size,
            "signing_key": self.has_key,
        }


@dataclass(frozen=True, slots=True)
class Key:
    """The signing key, to go along."""

    file: Path
    passphrase: str


def back_up(
    data: Path, target: Path, key: Key | None = None, *, server: str = "", database: bool = True
) -> BackupReport:
    """Write everything in the data folder to one tar.gz that only this account can read, and read it back.

    The hub database is copied by SQLite's own backup, or by pg_dump where it is on a `server` with this address, so
    that writers may go on meanwhile; editions never change. `database` says whether it goes along.

    Raises:
        BackupError: the target exists, there is nothing to back up, or it cannot be written or read back.
        DumpError: the database on the server cannot be copied.
        SealError: the key cannot be read, or the passphrase is too short.
    """
    if target.exists():
        raise BackupError(f"{target} exists already. Name a new file.")
    aside = target.with_name(f".{target.name}.part")
    sealed = seal(key.file, key.passphrase) if key else b""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
            copy = copy_of(data, Path(folder), server) if database else None
            _write(data, aside, copy, sealed)
        report = check(aside)
        aside.rename(target)
    except OSError as error:
        raise BackupError(f"{target} cannot be written ({error.strerror}). Name another place.") from error
    finally:
        aside.unlink(missing_ok=True)
    return BackupReport(target, report.made_at, report.files, report.size, report.has_key)


def _write(data: Path, archive: Path, copy: Path | None, sealed: bytes) -> None:
    listed: dict[str, str] = {}
    archive.unlink(missing_ok=True)  # of a run that was killed
    handle = os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as opened, tarfile.open(fileobj=opened, mode="w:gz", compresslevel=6) as tar:
        for name, file in _files(data, copy):
            listed[name] = _digest(file)
            tar.add(file, name)
        if not listed:
            raise BackupError(f"There is nothing in {data} to back up. Name the data folder with --data.")
        if sealed:
            listed[SEALED_KEY] = hashlib.sha256(sealed).hexdigest()
            _add(tar, SEALED_KEY, sealed)
        contents = {"made_at": datetime.now(UTC).isoformat(timespec="seconds"), "files": listed}
        _add(tar, LIST, json.dumps(contents, indent=2).encode())


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, io.BytesIO(content))


def _files(data: Path, copy: Path | None) -> Iterator[tuple[str, Path]]:
    """Name in the archive and file to read: the copy of the database, then everything else as it is."""
    if copy is not None:
        yield copy.name, copy
    for file in sorted(data.rglob("*")):
        name = file.relative_to(data)
        hidden = any(part.startswith(".") for part in name.parts)
        if file.is_file() and not file.is_symlink() and not hidden and file.name not in PASSED_OVER:
            yield name.as_posix(), file


def check(archive: Path) -> BackupReport:
    """Read a backup through: every file there, every checksum right, the database sound.

    Raises:
        BackupError: it is not a backup, not whole, or larger than a backup of its size can be.
    """
    with tempfile.TemporaryDirectory(prefix="prevention-hub-") as folder:
        return _unpack(archive, Path(folder))


def restore(archive: Path, data: Path, passphrase: str = "", *, server: str = "") -> BackupReport:
    """Unpack a backup into a data folder that is empty or not there, once it has been checked.

    With a passphrase the signing key in it is opened too; without one it stays sealed, in `anchor.key.pem`. What was
    copied from a database on a server goes into the empty one at the address `server`.

    Raises:
        BackupError: the folder holds something, the backup is not whole, or its database belongs elsewhere.
        DumpError: the database on the server holds something, or cannot be written.
        SealError: the passphrase does not open the key.
    """
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise BackupError(f"{data} is not empty. Name a new folder with --data, or move the old one away.")
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=data.parent, prefix=".restoring-"))
        try:
            report = _unpack(archive, aside)
            (aside / LIST).unlink()
            _make_private(aside)
            if passphrase and report.has_key:
                unseal((aside / SEALED_KEY).read_bytes(), passphrase, aside / KEY_FILE)
                (aside / SEALED_KEY).unlink()
            if data.exists():  # first: a folder that cannot be replaced must not leave a database filled
                data.rmdir()
            put_back(archive, aside, server)
            aside.chmod(0o755)
            aside.rename(data)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise BackupError(f"{data} cannot be written ({error.strerror}). Name another folder with --data.") from error
    return report


def _make_private(folder: Path) -> None:
    for name in PRIVATE:
        if (folder / name).exists():
            (folder / name).chmod(0o600)


def _unpack(archive: Path, folder: Path) -> BackupReport:
    damaged = f"{archive} is not a whole backup. Take another one."
    try:
        with tarfile.open(archive, "r:gz") as tar:
            members = _bounded(archive, tar)
            made_at, listed = _list_in(tar)
            _check_names(archive, members, listed)
            tar.extractall(folder, members=members, filter="data")
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BackupError(damaged) from error
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    found.pop(LIST, None)
    for name in sorted(listed.keys() | found.keys()):
        file = found.get(name)
        if file is None or name not in listed or _digest(file) != listed[name]:
            raise BackupError(f"{archive} is damaged: {PurePosixPath(name)} is not as it was. Take another one.")
    if DATABASE in found:
        check_sound(archive, found[DATABASE])
    size = sum(file.stat().st_size for file in found.values())
    return BackupReport(archive, made_at, len(found), size, SEALED_KEY in found)


def _bounded(archive: Path, tar: tarfile.TarFile) -> list[tarfile.TarInfo]:
    """The members, read one after the other and given up as soon as there is too much: before anything is written."""
    most, total = max(SMALL, MOST_TIMES * archive.stat().st_size), 0
    members = []
    for member in tar:
        total += member.size
        if total > most:
            raise BackupError(
                f"{archive} would unpack to more than {most:,} bytes, far more than a backup of its size holds. "
                "Take another one."
            )
        members.append(member)
    return members


def _list_in(tar: tarfile.TarFile) -> tuple[str, dict[str, str]]:
    """When the backup was made, and each file's checksum. KeyError, ValueError or TypeError where there is no list."""
    member = tar.getmember(LIST)
    opened = tar.extractfile(member) if member.size <= LARGEST_LIST else None
    if opened is None:
        raise ValueError("no list")
    contents = json.loads(opened.read())
    listed: Mapping[str, str] = contents["files"]
    return str(contents["made_at"]), dict(listed)


def _check_names(archive: Path, members: list[tarfile.TarInfo], listed: Mapping[str, str]) -> None:
    names = [member.name for member in members if member.name != LIST and not member.isdir()]
    strange = next((name for name in names if name not in listed), "")
    if strange or len(names) != len(set(names)):
        raise BackupError(f"{archive} is damaged: {strange or 'a file in it'} is not listed once. Take another one.")


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
