"""What a DOCX file must be before anything in it is parsed."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from indexer.loaders.blocks import LoadRefused
from indexer.loaders.office.package import check_package

_NOT_DOCX = "It is not a DOCX file, whatever its name says. Save it again as DOCX."

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
"""Names in the format that Word calls Strict Open XML."""
_NAMES = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}


def opened(path: Path) -> str | BinaryIO:
    """A DOCX that has been checked, as the library takes it: Strict Open XML under the usual names.

    Raises:
        LoadRefused: it is no plain DOCX, with the reason.
    """
    check_package(path, "DOCX", "word/")
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
