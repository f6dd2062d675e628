"""What a DOCX file must be before anything in it is parsed."""

from __future__ import annotations

import zipfile
from pathlib import Path

from indexer.loaders.blocks import LoadRefused

LARGEST_UNPACKED = 50 * 1024 * 1024
LARGEST_TEXT_PART = 12 * 1024 * 1024
MOST_PARTS = 2000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "It is protected by a password, or an old Word file. Save it again as DOCX without protection."
_NOT_DOCX = "It is not a DOCX file, whatever its name says. Save it again as DOCX."
_BOMB = "It unpacks to more than a guidance file should. Take out its pictures, or save it as a simple PDF or as text."
_MACROS = "It has macros. Save it again as DOCX, without macros."


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
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise LoadRefused(_NOT_DOCX) from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise LoadRefused(_BOMB)
    if any(part.filename.lower().endswith(".xml") and part.file_size > LARGEST_TEXT_PART for part in parts):
        raise LoadRefused(_BOMB)
    names = {part.filename.lower() for part in parts}
    if any(name.rsplit("/", 1)[-1] in {"vbaproject.bin", "vbadata.xml"} for name in names):
        raise LoadRefused(_MACROS)
    if any(part.flag_bits & 0x1 for part in parts):
        raise LoadRefused(_ENCRYPTED)
    if "[content_types].xml" not in names or not any(name.startswith("word/") for name in names):
        raise LoadRefused(_NOT_DOCX)
