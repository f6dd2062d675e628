"""What a file that is a ZIP of parts must be before anything in it is parsed: DOCX, PPTX, XLSX, ODT, ODS."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import BinaryIO

from indexer.loaders.blocks import LoadRefused

LARGEST_UNPACKED = 50 * 1024 * 1024
LARGEST_TEXT_PART = 12 * 1024 * 1024
LARGEST_SHEETS = 40 * 1024 * 1024
"""Bytes that a part of a spreadsheet may hold, whose cells are long-winded XML."""
MOST_PARTS = 2000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "It is protected by a password, or an old {old} file. Save it again as {kind} without protection."
_NOT_ONE = "It is not {a} {kind} file, whatever its name says. Save it again as {kind}."
_BOMB = "It unpacks to more than a guidance file should. Take out its pictures, or save it as a simple PDF or as text."
_MACROS = "It has macros. Save it again as {kind}, without macros."
_RIGHTS = "It is protected by rights management, so that only named people can open it. Save an open copy as {kind}."
_OLD = {"DOCX": "Word", "PPTX": "PowerPoint", "XLSX": "Excel"}


def check_package(path: Path, kind: str, holds: str, *, largest_part: int = LARGEST_TEXT_PART) -> None:
    """Refuse what is no plain file of its kind; `holds` begins the name of one part that each of them has.

    Raises:
        LoadRefused: it is another kind of file, protected, has macros, or unpacks to too much.
    """
    words = {"kind": kind, "a": "an" if kind[0] in "OX" else "a", "old": _OLD.get(kind, "Office")}
    with path.open("rb") as file:
        magic = file.read(8)
        if magic == _OLE:
            file.seek(0)
            raise LoadRefused((_RIGHTS if _has_rights(file.read(1 << 20)) else _ENCRYPTED).format(**words))
        if not magic.startswith(b"PK\x03\x04"):
            raise LoadRefused(_NOT_ONE.format(**words))
        parts = check_sizes(file, kind, largest_part=largest_part)
    names = {part.filename.lower() for part in parts}
    if any(name.rsplit("/", 1)[-1] in {"vbaproject.bin", "vbadata.xml"} for name in names):
        raise LoadRefused(_MACROS.format(**words))
    if any(part.flag_bits & 0x1 for part in parts) or _hides_parts(path, names):
        raise LoadRefused(_ENCRYPTED.format(**words))
    if not any(name.startswith(holds) for name in names):
        raise LoadRefused(_NOT_ONE.format(**words))


def check_sizes(file: BinaryIO, kind: str = "DOCX", *, largest_part: int = LARGEST_TEXT_PART) -> list[zipfile.ZipInfo]:
    """The parts of a package.

    Raises:
        LoadRefused: it is no package, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise LoadRefused(_NOT_ONE.format(kind=kind, a="an" if kind[0] in "OX" else "a")) from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise LoadRefused(_BOMB)
    if any(part.filename.lower().endswith(".xml") and part.file_size > largest_part for part in parts):
        raise LoadRefused(_BOMB)
    return parts


def _has_rights(data: bytes) -> bool:
    """Whether an OLE file wraps a document that rights management protects (its streams' names are UTF-16)."""
    return "DRMEncrypted".encode("utf-16-le") in data


def _hides_parts(path: Path, names: set[str]) -> bool:
    """Whether an OpenDocument file says that its parts are encrypted."""
    if "meta-inf/manifest.xml" not in names:
        return False
    with zipfile.ZipFile(path) as package:
        name = next(name for name in package.namelist() if name.lower() == "meta-inf/manifest.xml")
        with package.open(name) as manifest:
            return b"encryption-data" in manifest.read(LARGEST_TEXT_PART)
