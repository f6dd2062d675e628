"""The parts of an XLSX file that say what its cells mean: its texts, and the formats and fonts of its styles.

Only what a cell shows is taken from them, so that a fault in a fill, a border or an alignment, as other programs
write them, does no harm; openpyxl refuses the whole file for one.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_STYLES = "xl/styles.xml"
_SAFE = {"resolve_entities": False, "no_network": True, "huge_tree": False}

Run = tuple[str, bool | None]
"""Words, and whether they are struck out; None where the font of their cell says it."""
Words = str | list[Run]


@dataclass(frozen=True, slots=True)
class Style:
    """What is asked of a cell's style: its number format, what that makes of a number, a line through it, bold."""

    code: str = "General"
    is_date: bool = False
    is_duration: bool = False
    is_struck: bool = False
    is_bold: bool = False


def elements(package: zipfile.ZipFile, name: str, *tags: str) -> Iterator[Any]:
    """The elements of a part that have one of these names, each let go as it is passed.

    Raises:
        ValueError: the part declares its own entities, which no spreadsheet program does.
    """
    from lxml import etree

    wanted = [f"{{*}}{tag}" for tag in tags]
    with package.open(name) as stream:
        for number, (_, found) in enumerate(
            etree.iterparse(stream, tag=wanted, remove_comments=True, remove_pis=True, **_SAFE)
        ):
            if not number and found.getroottree().docinfo.internalDTD is not None:
                raise ValueError(f"{name} declares entities")
            yield found
            found.clear()
            while found.getprevious() is not None:
                del found.getparent()[0]


def texts_of(package: zipfile.ZipFile, name: str) -> list[Words]:
    """The texts that cells share, which they name by number."""
    return [words_of(found) for found in elements(package, name, "si")]


def words_of(element: Any) -> Words:
    """The words of a text, in runs where some of them have their own font; how to pronounce them is left out."""
    runs: list[Run] = []
    for child in element:
        kind = local(child)
        if kind == "t":
            runs.append((_unescaped(child.text), None))
        elif kind == "r":
            runs.append((_unescaped(child.findtext("{*}t")), _struck_run(child.find("{*}rPr"))))
    return "".join(text for text, _ in runs) if all(struck is None for _, struck in runs) else runs


def styles_of(package: zipfile.ZipFile) -> list[Style]:
    """The styles of cells, which they name by number."""
    if _STYLES not in package.namelist():
        return []
    from lxml import etree

    with package.open(_STYLES) as stream:
        root = etree.parse(stream, etree.XMLParser(**_SAFE)).getroot()
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError(f"{_STYLES} declares entities")
    codes = {
        _number(each.get("numFmtId")): each.get("formatCode", "") for each in root.iterfind("{*}numFmts/{*}numFmt")
    }
    fonts = [(_is_on(each.find("{*}strike")), _is_on(each.find("{*}b"))) for each in root.iterfind("{*}fonts/{*}font")]
    return [_style(each, codes, fonts) for each in root.iterfind("{*}cellXfs/{*}xf")]


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _style(found: Any, codes: dict[int, str], fonts: list[tuple[bool, bool]]) -> Style:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

    number, font = _number(found.get("numFmtId")), _number(found.get("fontId"))
    code = codes.get(number) or BUILTIN_FORMATS.get(number, "General")
    struck, bold = fonts[font] if 0 <= font < len(fonts) else (False, False)
    return Style(code, is_date_format(code), is_timedelta_format(code), struck, bold)


def _struck_run(font: Any) -> bool | None:
    return None if font is None else _is_on(font.find("{*}strike"))


def _is_on(element: Any) -> bool:
    return element is not None and element.get("val", "1") not in {"0", "false", "off"}


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _unescaped(text: str | None) -> str:
    """Words as they were typed: a sign that XML cannot hold is written as _x000D_."""
    from openpyxl.utils.escape import unescape

    return str(unescape(text)) if text else ""
