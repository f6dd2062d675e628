"""Files that an admin uploads: a folder of the data folder, which becomes a source like any other."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.loaders import HOLDERS, LARGEST_FILE, LoadRefused, load_all, unpack_in_child
from indexer.loaders.mail import KINDS as MAIL
from indexer.sources.source import shown
from knowledge.manifest import LibraryError
from knowledge.store.folder import replace_bytes

FOLDER = "uploads"
_NAME = re.compile(r"[^\w .()'&+-]")
LONGEST_NAME = 120


class UploadRefused(LibraryError):
    """A file is not taken; the message is one sentence with the reason and the remedy."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was uploaded."""

    name: str
    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Uploads:
    """What was uploaded; `folder` need not exist."""

    folder: Path

    def all(self) -> list[Upload]:
        """By name."""
        found = sorted(self.folder.iterdir()) if self.folder.is_dir() else []
        return [
            Upload(shown(file.name), file.stat().st_size, datetime.fromtimestamp(file.stat().st_mtime, UTC))
            for file in found
            if file.is_file() and not file.name.startswith(".")
        ]

    def put(self, filename: str, data: bytes, *, instead: bool = False) -> Path:
        """Keep a file once it has been read; the next build takes it.

        Raises:
            UploadRefused: it cannot be read as guidance, is too large, or one of that name is here and nobody said
                that it may be replaced.
        """
        name = name_of(filename)
        target = self.folder / name
        if len(data) > LARGEST_FILE:
            raise UploadRefused(f"It is larger than {LARGEST_FILE // (1024 * 1024)} MB. Split it.")
        if target.exists() and not instead:
            raise UploadRefused(f"There is a file {name} already. Tick that it may be replaced, or rename yours.")
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / f".new-{name}"
        try:
            replace_bytes(aside, data)
            _check(aside)
            aside.replace(target)
        except OSError as error:
            raise UploadRefused(f"It cannot be kept here ({error.strerror}). Free some space.") from error
        finally:
            aside.unlink(missing_ok=True)
        return target

    def remove(self, name: str) -> None:
        """Take a file away; the next build leaves its document out. UploadRefused where there is none."""
        file = self.folder / name_of(name)
        if not file.is_file():
            raise UploadRefused(f"There is no uploaded file {name_of(name)}.")
        file.unlink()


def name_of(filename: str) -> str:
    """A file's own name, safe in any file system; UploadRefused where nothing is left of it."""
    last = unicodedata.normalize("NFC", filename).replace("\\", "/").rsplit("/", 1)[-1]
    name = " ".join(_NAME.sub("_", last).split()).strip(". ")
    stem, dot, end = name.rpartition(".")
    if not stem or not dot:
        raise UploadRefused("The file needs a name with an ending, such as policy.docx.")
    return f"{stem[: LONGEST_NAME - len(end) - 1]}.{end}"


def _check(file: Path) -> None:
    """Read it once, in the limited child process, so that what is wrong is told to whoever uploads it."""
    if file.suffix.lower() in HOLDERS - MAIL:
        with tempfile.TemporaryDirectory() as work:
            try:
                unpack_in_child(file, Path(work))
            except LoadRefused as error:
                raise UploadRefused(str(error)) from error
        return
    _, refused = load_all([file])
    if refused:
        raise UploadRefused(refused[0].reason)
