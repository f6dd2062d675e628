"""Bytes to characters: as the file says, else UTF-8, else the Windows letters that older systems write."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I
)
_WITHIN = 4096
"""Bytes in which a page says how its characters are written."""
_AS_WINDOWS = {
    "iso-8859-1",
    "iso8859-1",
    "latin-1",
    "latin1",
    "us-ascii",
    "ascii",
    "windows-1252",
    "cp1252",
    "x-cp1252",
}
"""Names that browsers all read as Windows-1252."""


class NotText(ValueError):
    """The bytes are not text in any way that is known here."""


def decoded(data: bytes) -> str:
    """The characters of a text file.

    Raises:
        NotText: it is something else.
    """
    marked = _by_mark(data)
    if marked is not None:
        return marked
    wide = _wide(data)
    if wide is not None:
        return wide
    if b"\0" in data[:_WITHIN]:
        raise NotText
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _windows(data, strict=True)


def decoded_page(data: bytes) -> str:
    """The characters of an HTML page; never fails, as a browser does not."""
    marked = _by_mark(data) or _wide(data)
    if marked is not None:
        return marked
    named = _DECLARED.search(data[:_WITHIN])
    name = named.group(1).decode("ascii").lower() if named else ""
    if name and name not in _AS_WINDOWS:
        try:
            return data.decode("utf-8" if name.startswith("utf-16") else name)
        except (LookupError, UnicodeDecodeError):
            name = ""
    if not name:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            name = "windows-1252"
    return _windows(data, strict=False)


def _by_mark(data: bytes) -> str | None:
    name = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    if name is None:
        return None
    return data.decode(name, errors="replace").removeprefix("\ufeff")


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of English text is 0."""
    start = data[:_WITHIN]
    if len(start) < 8:
        return None
    even, odd = start[0::2], start[1::2]
    for name, zeros, letters in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros.count(0) >= 0.8 * len(zeros) and not any(byte < 9 for byte in letters):
            return data.decode(name, errors="replace")
    return None


def _windows(data: bytes, *, strict: bool) -> str:
    """Windows-1252, with the five bytes that it leaves open as control characters."""
    if strict and any(byte < 32 and byte not in b"\t\n\r\f\x1a" for byte in data[: 64 * _WITHIN]):
        raise NotText
    text = data.decode("cp1252", errors="surrogateescape")
    if strict and sum(0xDC80 <= ord(char) <= 0xDCFF for char in text) > len(text) // 200:
        raise NotText
    return "".join(char if not 0xDC80 <= ord(char) <= 0xDCFF else chr(ord(char) - 0xDC00) for char in text)
