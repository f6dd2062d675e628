"""What is done to a file: bytes, pieces, numbers and names, in it or in one of the files that it is packed of."""

from __future__ import annotations

import io
import re
import zipfile
from random import Random

from tests.benchmarks.fuzzing.seeds import packed

HOSTILE = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", "\u202e\u200b\u2028\u0085".encode(), b"<", b"&", b"]]>",
    b"<!DOCTYPE a [<!ENTITY x 'y'><!ENTITY z '&x;&x;&x;'>]>", b"&z;", b"<![CDATA[", b"-->", b"\n---\n", b"*" * 400,
    b"|" * 400, b"> " * 400, b"[" * 400, b"- " * 300, b"<table>" * 60, b"<ul><li>" * 120, b"9" * 400, b"-1", b"NaN",
    b"2147483648", b"18446744073709551616", b"A" * 4000, b"a " * 4000, b"obj", b"endobj", b"stream", b"/Kids [1 0 R]",
    b"../../etc/passwd", b"C:\\x", b"w:gridSpan w:val=\"99999\"", b"rowspan=99999", b"colspan=-5", b"id: [a, *b, &c]\n",
    b"&a [*a]", b"SECRET", b"Withdrawn", "\U0001f692\u0301\u0301".encode(), b"\r", b"\x0b\x0c", b"\t" * 200,
    b"[^1]" * 99, b"%s",
)  # fmt: skip
_NUMBER = re.compile(rb"\d{1,9}")


def mutated(data: bytes, rng: Random) -> bytes:
    """A file with one to six things done to it; one that is packed is mostly broken inside."""
    if data[:2] == b"PK" and rng.random() < 0.8:
        inside = _inside(data, rng)
        if inside is not None:
            return inside
    return _broken(data, rng)


def _inside(data: bytes, rng: Random) -> bytes | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, RuntimeError):
        return None
    name = rng.choice(sorted(members, key=lambda one: -len(members[one]))[:12])
    what = rng.random()
    if what < 0.05:
        del members[name]
    elif what < 0.1:
        members[rng.choice(("../out.xml", f"{name}/a", name.upper(), "a" * 300))] = members[name]
    else:
        members[name] = _broken(members[name], rng)
    return packed(members)


def _broken(data: bytes, rng: Random) -> bytes:
    made = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        _once(made, rng)
    return bytes(made[:400_000])


def _once(made: bytearray, rng: Random) -> None:
    """One thing: a bit, a piece taken, doubled, moved or put in, an end, a number."""
    place, length = rng.randrange(len(made) + 1), rng.choice((1, 2, 8, 40, 200, 2000))
    match rng.randrange(7):
        case 0 if made:
            made[min(place, len(made) - 1)] ^= 1 << rng.randrange(8)
        case 1:
            del made[place : place + length]
        case 2:
            made[place:place] = made[place : place + length] * rng.choice((1, 2, 20))
        case 3:
            piece = made[place : place + length]
            del made[place : place + length]
            there = rng.randrange(len(made) + 1)
            made[there:there] = piece
        case 4:
            made[place:place] = rng.choice(HOSTILE)
        case 5 if rng.random() < 0.2:
            del made[place:]
        case _:
            numbers = list(_NUMBER.finditer(made))
            if numbers:
                start, end = rng.choice(numbers).span()
                made[start:end] = rng.choice((b"0", b"1", b"-1", b"65536", b"999999999", b"4294967295"))
