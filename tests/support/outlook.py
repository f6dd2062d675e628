"""An Outlook message (.msg) as a file: a compound file of 512-byte sectors with the properties that are read of it.

Layout after [MS-CFB] and [MS-OXMSG]: streams below 4,096 bytes stand in the mini stream, which is the root's own.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from itertools import pairwise

_SECTOR, _MINI, _SMALL = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NONE = 0xFFFFFFFF
_TEXT, _BYTES = 0x001F, 0x0102


@dataclass
class _Entry:
    name: str
    kind: int
    """1 is a storage, 2 a stream, 5 the root."""
    data: bytes = b""
    children: list[_Entry] = field(default_factory=list)


def outlook_message(subject: str, body: str, attachments: dict[str, bytes]) -> bytes:
    """The bytes of a message."""
    entries = [_text(0x001A, "IPM.Note"), _text(0x0037, subject), _text(0x1000, body)]
    entries.append(_Entry("__nameid_version1.0", 1, children=[_stream(0x0002, _BYTES, b"")]))
    entries.append(_properties(32, (0x001A, _TEXT), (0x0037, _TEXT), (0x1000, _TEXT)))
    for number, (name, data) in enumerate(attachments.items()):
        held = [_text(0x3707, name), _stream(0x3701, _BYTES, data), _properties(8, (0x3707, _TEXT), (0x3701, _BYTES))]
        entries.append(_Entry(f"__attach_version1.0_#{number:08X}", 1, children=held))
    return _file(_Entry("Root Entry", 5, children=entries))


def _text(tag: int, text: str) -> _Entry:
    return _stream(tag, _TEXT, text.encode("utf-16-le"))


def _stream(tag: int, kind: int, data: bytes) -> _Entry:
    return _Entry(f"__substg1.0_{tag:04X}{kind:04X}", 2, data)


def _properties(head: int, *tags: tuple[int, int]) -> _Entry:
    rows = b"".join(struct.pack("<IIQ", tag << 16 | kind, 6, 0) for tag, kind in tags)
    return _Entry("__properties_version1.0", 2, b"\0" * head + rows)


class _Chains:
    """Sectors of one size with the table that says which comes after which."""

    def __init__(self, size: int) -> None:
        self.size, self.sectors, self.next = size, list[bytes](), list[int]()

    def put(self, data: bytes) -> int:
        """Number of the first sector of some data."""
        if not data:
            return _END
        first = len(self.sectors)
        pieces = [data[at : at + self.size].ljust(self.size, b"\0") for at in range(0, len(data), self.size)]
        self.sectors += pieces
        self.next += [*range(first + 1, first + len(pieces)), _END]
        return first

    @property
    def table(self) -> bytes:
        packed = b"".join(struct.pack("<I", entry) for entry in self.next)
        return packed.ljust(-(-len(packed) // _SECTOR) * _SECTOR, b"\xff")


def _file(root: _Entry) -> bytes:
    listed: list[tuple[_Entry, list[int]]] = []

    def add(entry: _Entry) -> int:
        number = len(listed)
        listed.append((entry, []))
        listed[number][1].extend(add(child) for child in entry.children)
        return number

    add(root)
    big, mini = _Chains(_SECTOR), _Chains(_MINI)
    starts = [(mini if len(entry.data) < _SMALL else big).put(entry.data) for entry, _ in listed]
    root.data = b"".join(mini.sectors)
    starts[0] = big.put(root.data)
    mini_table = big.put(mini.table)
    # each child is the right neighbour of the one before it: a tree that every reader walks, if not a balanced one
    beside = {child: after for _, children in listed for child, after in pairwise(children)}
    rows = [
        _row(entry, beside.get(number, _NONE), children[0] if children else _NONE, starts[number])
        for number, (entry, children) in enumerate(listed)
    ]
    directory = big.put(b"".join(rows))
    fat = len(big.sectors)
    count = -(-(fat + 1) // 128)
    big.next += [_FAT] * count
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    mini_count = len(mini.table) // _SECTOR
    head += struct.pack("<IIIIIIIII", 0, count, directory, 0, _SMALL, mini_table, mini_count, _END, 0)
    head += b"".join(struct.pack("<I", fat + n if n < count else _FREE) for n in range(109))
    return head + b"".join(big.sectors) + big.table


def _row(entry: _Entry, right: int, child: int, start: int) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    row = name.ljust(64, b"\0") + struct.pack("<HBBIII", len(name), entry.kind, 1, _NONE, right, child)
    return row + b"\0" * 36 + struct.pack("<IQ", start, len(entry.data))
