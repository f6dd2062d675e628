"""What a DOCX file must be before anything in it is parsed."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from indexer.loaders.blocks import LoadRefused

LARGEST_UNPACKED = 50 * 1024 * 1024
LARGEST_TEXT_PART = 12 * 1024 * 1024
MOST_PARTS = 2000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "It is protected by a password, or an old Word file. Save it again as DOCX without protection."
_NOT_DOCX = "It is not a DOCX file, whatever its name says. Save it again as DOCX."
_BOMB = "It unpacks to more than a guidance file should. Take out its pictures, or save it as a simple PDF or as text."
_MACROS = "It has macros. Save it again as DOCX, without macros."


_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
"""Names in the format that Word calls Strict Open XML."""
_NAMES = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}


def opened(path: Path) -> str | BinaryIO:
    """A DOCX that has been checked, as the library takes it: Strict Open XML under the usual names.

    Raises:
        LoadRefused: it is no plain DOCX, with the reason.
    """
    check_package(path)
    with zipfile.ZipFile(path) as package:
        try:
            roots = package.read("_rels/.rels")
        except (KeyError, zipfile.BadZipFile) as error:
            raise LoadRefused(_NOT_DOCX) from error
        main = next((name for name in package.namelist() if name.lower() == "word/document.xml"), "")
        if not _STRICT.search(roots) and not (main and _STRICT.search(package.read(main)[:20_000])):
            return str(path)
        renamed = BytesIO()
        with zipfile.ZipFile(renamed, "w", zipfile.ZIP_STORED) as copy:
            for name in package.namelist():
                data = package.read(name)
                copy.writestr(name, _STRICT.sub(_usual, data) if name.endswith((".xml", ".rels")) else data)
    renamed.seek(0)
    return renamed


def _usual(match: re.Match[bytes]) -> bytes:
    return b"http://schemas.openxmlformats.org/%s/2006/%s" % (match[1], _NAMES.get(match[2], match[2]))


def check_package(path: Path) -> None:
    """Refuse what is no plain DOCX.

    Raises:
        LoadRefused: with the reason.
    """
    with path.open("rb") as file:
        magic = file.read(8)
    if magic == _OLE:
        raise LoadRefused(_ENCRYPTED)
    if not magic.startswith(b"PK\x03\x04"):
        raise LoadRefused(_NOT_DOCX)
    with path.open("rb") as file:
        parts = check_sizes(file)
    names = {part.filename.lower() for part in parts}
    if any(name.rsplit("/", 1)[-1] in {"vbaproject.bin", "vbadata.xml"} for name in names):
        raise LoadRefused(_MACROS)
    if any(part.flag_bits & 0x1 for part in parts):
        raise LoadRefused(_ENCRYPTED)
    if "[content_types].xml" not in names or not any(name.startswith("word/") for name in names):
        raise LoadRefused(_NOT_DOCX)


def check_sizes(file: BinaryIO) -> list[zipfile.ZipInfo]:
    """The parts of a package.

    Raises:
        LoadRefused: it is no package, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise LoadRefused(_NOT_DOCX) from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise LoadRefused(_BOMB)
    if any(part.filename.lower().endswith(".xml") and part.file_size > LARGEST_TEXT_PART for part in parts):
        raise LoadRefused(_BOMB)
    return parts
