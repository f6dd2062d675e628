"""What a ZIP archive or a message holds, written into an empty folder: plain files, not too many, nowhere else."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from indexer.loaders.blocks import LoadRefused
from indexer.loaders.mail.message import open_mail, read_mail
from indexer.loaders.markings import marking_in

MOST_FILES = 1000
MOST_BYTES = 300 * 1024 * 1024
"""Of everything that a file holds, unpacked."""
_PIECE = 1024 * 1024
_NOT_ZIP = "It is not a ZIP archive, whatever its name says, or it is damaged. Pack it again."
_ENCRYPTED = "It is protected by a password. Pack it again without one."
_TOO_MANY = f"It holds more than {MOST_FILES:,} files. Unpack it and name its folder as a source."
_BOMB = (
    f"It unpacks to more than {MOST_BYTES // (1024 * 1024)} MB. Unpack it and put the guidance in it here by itself."
)
_OUTSIDE = "It holds a file whose name leads out of it ({name}). Pack it again."
_TWICE = "It holds two files of the same name ({name}). Pack it again."
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\/]')
_JUNK = {"__macosx", "thumbs.db", ".ds_store", "desktop.ini"}


def unpack(path: Path, into: Path) -> int:
    """Write the files that a file of one of `archives.HOLDERS` holds below a folder; how many they are.

    Raises:
        LoadRefused: it is damaged, protected, holds too much, or a file that would land elsewhere.
    """
    files = _zipped(path) if path.suffix.lower() == ".zip" else _attached(path)
    count, left = 0, MOST_BYTES
    for name, pieces in files:
        count += 1
        if count > MOST_FILES:
            raise LoadRefused(_TOO_MANY)
        left = _write(into / name, pieces, left, name)
    return count


def marking_of_holder(path: Path) -> str:
    """The marking that a message carries, which what is attached to it has at least; an archive has its name only."""
    return "" if path.suffix.lower() == ".zip" else marking_in(read_mail(path))


def _write(file: Path, pieces: Iterable[bytes], left: int, name: PurePosixPath) -> int:
    """Write one file; how many bytes are left for others."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists():
        raise LoadRefused(_TWICE.format(name=_shown(str(name))))
    with file.open("xb") as stream:
        for piece in pieces:
            left -= len(piece)
            if left < 0:
                raise LoadRefused(_BOMB)
            stream.write(piece)
    return left


def _zipped(path: Path) -> Iterator[tuple[PurePosixPath, Iterator[bytes]]]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise LoadRefused(_NOT_ZIP) from error
    with archive:
        parts = [part for part in archive.infolist() if not part.is_dir()]
        if any(part.flag_bits & 0x1 for part in parts):
            raise LoadRefused(_ENCRYPTED)
        if len(parts) > 10 * MOST_FILES:
            raise LoadRefused(_TOO_MANY)
        if sum(part.file_size for part in parts) > MOST_BYTES:
            raise LoadRefused(_BOMB)
        for part in parts:
            name = _inside(part.filename)
            if not _is_link(part) and not any(step.lower() in _JUNK for step in name.parts):
                yield name, _pieces(archive, part)


def _inside(filename: str) -> PurePosixPath:
    """A name in an archive as a path below it.

    Raises:
        LoadRefused: it leads out of it.
    """
    name = PurePosixPath(filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or re.match(r"[A-Za-z]:", filename) or not name.parts:
        raise LoadRefused(_OUTSIDE.format(name=_shown(filename)))
    return PurePosixPath(*(_file_name(step) for step in name.parts))


def _file_name(text: str) -> str:
    """A name that can be written in any file system."""
    cleaned = _UNSAFE.sub("_", text).strip(" .") or "_"
    return cleaned if len(cleaned) <= 150 else cleaned[:100] + cleaned[-50:]


def _shown(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)[:80]


def _is_link(part: zipfile.ZipInfo) -> bool:
    """Whether an entry is a symbolic link of Unix, which is never followed."""
    return (part.external_attr >> 16) & 0o170000 == 0o120000


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                yield piece
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise LoadRefused(_NOT_ZIP) from error


def _attached(path: Path) -> Iterator[tuple[PurePosixPath, Iterator[bytes]]]:
    """Attachments under their names, counted on where two have the same one."""
    taken: set[str] = set()
    for attachment in open_mail(path).attachments:
        name = _file_name(PurePosixPath(attachment.name.replace("\\", "/")).name)
        stem, dot, end = name.rpartition(".")
        number = 1
        while name.lower() in taken:
            number += 1
            name = f"{stem or end} ({number}){dot}{end if stem else ''}"
        taken.add(name.lower())
        yield PurePosixPath(name), iter([attachment.data])
