"""Plain text to blocks, and the front matter above a text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from itertools import zip_longest

import yaml

from indexer.loaders.blocks import Block, Content, LoadRefused
from indexer.loaders.markings import marking_blocks
from indexer.loaders.tables import BETWEEN

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_MATTER_BEGUN = re.compile(r"\A\s*---[ \t]*\n\s*[A-Za-z_][\w -]*:(?:\s|\Z)")
_TOML = re.compile(r"\A\s*\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML_BEGUN = re.compile(r"\A\s*\+\+\+[ \t]*\n\s*[A-Za-z_][\w-]*\s*=")
_FIRST_LINES = 6
_ENDLESS = "Its front matter does not end. Write {mark} on a line of its own below the last field."


def split_front_matter(text: str) -> tuple[str, str]:
    """The YAML between the first two `---` lines, or the TOML between `+++` as YAML (empty if none), and the rest.

    Raises:
        LoadRefused: the front matter does not end, or is no TOML.
    """
    match = _FRONT_MATTER.match(text)
    if match:
        return match.group(1), text[match.end() :]
    if _FRONT_MATTER_BEGUN.match(text):
        raise LoadRefused(_ENDLESS.format(mark="---"))
    toml = _TOML.match(text)
    if toml:
        return _as_yaml(toml.group(1)), text[toml.end() :]
    if _TOML_BEGUN.match(text):
        raise LoadRefused(_ENDLESS.format(mark="+++"))
    return "", text


def _as_yaml(text: str) -> str:
    try:
        return yaml.safe_dump(tomllib.loads(text), allow_unicode=True)
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        raise LoadRefused('Its front matter is not valid TOML. Write one field a line, such as title = "…".') from error


def read_plain(text: str) -> Content:
    """Blocks of a plain text file, whose paragraphs and lists are written as Markdown's are."""
    front_matter, body = split_front_matter(text)
    parts = [lines for part in re.split(r"\n\s*\n", body) if (lines := _filled_lines(part))]
    blocks: list[Block] = []
    for lines, following in zip_longest(parts, parts[1:]):
        blocks.extend(_plain_blocks(lines, following))
    title = blocks[0].text if blocks and blocks[0].kind == "heading" else ""
    return Content((*first_marking(body), *blocks), title, front_matter)


def _filled_lines(part: str) -> list[str]:
    return [line.rstrip() for line in part.splitlines() if line.strip()]


def first_marking(body: str) -> list[Block]:
    """The protective marking in the first lines, which may be one paragraph with the text below them."""
    lines = _filled_lines(body[:2000])[:_FIRST_LINES]
    return marking_blocks(line for line in lines if not _ITEM.match(line))


_ITEM = re.compile(r"^\s*(?:[-*•–]|\(?(?:\d{1,3}|[a-z])[.)])\s+\S")
_COLUMNS = re.compile(r"(?<=\S)(?: *\t\s*| {2,})(?=\S)")
"""What parts the columns of a table that is typed: tabs, or several spaces."""
_UNDERLINE = re.compile(r"^\s*(?:=+|-{3,}|~+)\s*$")
_NUMBERED_HEADING = re.compile(r"^(\d+(?:\.\d+)*)\.?\s+[A-Z]")
_NO_HEADING = re.compile(r"[.;!]\s|: |\d{3}\s?\d{3}|@|://")
"""Two sentences, a label with its value, a telephone number or an address."""
_LONGEST_HEADING = 80


def _plain_blocks(lines: Sequence[str], following: Sequence[str] | None) -> Iterator[Block]:
    if len(lines) >= 2 and _UNDERLINE.match(lines[1]):
        yield Block("heading", lines[0].strip(), 1 if "=" in lines[1] else 2)
        lines = lines[2:]
    elif len(lines) == 1 and following and _is_plain_heading(lines[0]):
        yield Block("heading", lines[0].strip().lstrip("#").strip(), _plain_level(lines[0]))
        return
    first_item = next((i for i, line in enumerate(lines) if _ITEM.match(line)), len(lines))
    if _is_aligned(lines[:first_item]):
        yield Block("table", "\n".join(BETWEEN.join(_COLUMNS.split(line.strip())) for line in lines[:first_item]))
    elif lines[:first_item]:
        yield Block("paragraph", " ".join(line.strip() for line in lines[:first_item]))
    if lines[first_item:]:
        yield Block("list", "\n".join(_items(lines[first_item:])))


def _is_aligned(lines: Sequence[str]) -> bool:
    """Whether lines are rows of a table: as many columns in each, which begin at the same places or at tabs."""
    if len(lines) < 2:
        return False
    starts = [{found.end() for found in _COLUMNS.finditer(line.rstrip())} for line in lines]
    if not starts[0] or any(len(places) != len(starts[0]) for places in starts):
        return False
    return all("\t" in line.strip() for line in lines) or all(places == starts[0] for places in starts)


def _is_plain_heading(line: str) -> bool:
    """A short line that stands alone above a text: marked, numbered, or without a sentence's or a label's marks."""
    text = line.strip()
    numbered = _NUMBERED_HEADING.match(text)
    if len(text) > _LONGEST_HEADING or (_ITEM.match(line) and not numbered):
        return False
    if text.startswith("#") or numbered:
        return True
    return text[:1].isupper() and not text.endswith((".", ",", ";", ":", "!")) and not _NO_HEADING.search(text)


def _plain_level(line: str) -> int:
    text = line.strip()
    if text.startswith("#"):
        return len(text) - len(text.lstrip("#"))
    numbered = _NUMBERED_HEADING.match(text)
    return 1 + len(numbered.group(1).split(".")) if numbered else 2


def _items(lines: Sequence[str]) -> list[str]:
    """Each item on one line; a line that is not an item goes on with the one above."""
    items: list[str] = []
    for line in lines:
        if _ITEM.match(line) or not items:
            items.append(line.rstrip())
        else:
            items[-1] += f" {line.strip()}"
    return items
