"""Lists of a page, with the marks that a browser shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4.element import Tag

from indexer.loaders.html.text import flat
from indexer.loaders.numerals import bijective, roman, whole

_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;}]*?\b(lower-alpha|lower-latin|upper-alpha|upper-latin|lower-roman|upper-roman|none)"
)
_TYPES = {
    "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman", "lower-latin": "lower-alpha",
    "upper-latin": "upper-alpha",
}  # fmt: skip
_TYPED = re.compile(
    r"^(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,4})[.)]|\d{1,3}(?:\.\d{1,3})+|[•▪–])\s", re.IGNORECASE
)
"""A mark that the author typed into the text of an item."""
NAMED = "data-list-style"
"""Where the style sheet's kind of marks is noted on a list."""


def list_lines(found: Tag, depth: int = 0) -> Iterator[str]:
    """The items of a list, each on a line with its mark, deeper ones indented."""
    items = found.find_all(["li", "ul", "ol", "menu"], recursive=False)
    kind = _kind(found)
    step = -1 if found.has_attr("reversed") else 1
    number = whole(found.get("start", ""), sum(item.name == "li" for item in items) if step < 0 else 1)
    for item in items:
        if item.name != "li":  # a nested list directly in a list
            yield from list_lines(item, depth + 1)
            continue
        number = whole(item.get("value", ""), number)
        nested = topmost(item, ("ul", "ol", "menu"))
        text = flat(item, without=nested)
        if text:
            mark = "" if _is_marked_by_hand(text, found, kind) else f"{_mark(number, kind)} "
            yield f"{'  ' * depth}{mark}{text}"
        number += step
        for inner in nested:
            yield from list_lines(inner, depth + 1)


def topmost(item: Tag, names: tuple[str, ...]) -> list[Tag]:
    """Elements of these names below an item that are in no other one of them."""
    return [tag for tag in item.find_all(names) if tag.find_parent([*names, "li", "td", "th"]) is item]


def definitions(found: Tag) -> Iterator[str]:
    """A line for each term with what is said about it."""
    term: list[str] = []
    for part in found.find_all(["dt", "dd"]):
        if part.name == "dt":
            term.append(flat(part))
        else:
            text = flat(part)
            yield f"- {', '.join(term)}: {text}" if term else f"  {text}"
            term = []
    if term:
        yield f"- {', '.join(term)}"


def _kind(found: Tag) -> str:
    if found.name != "ol":
        return "bullet"
    named = _STYLE.search(f"{found.get(NAMED, '')};{found.get('style', '')}")
    kind = named.group(1) if named else str(found.get("type", ""))
    return _TYPES.get(kind, kind)


def _is_marked_by_hand(text: str, found: Tag, kind: str) -> bool:
    """Whether an item carries its own mark, in a list that shows none or a mere bullet."""
    return bool(_TYPED.match(text)) and (found.name != "ol" or kind == "none")


def _mark(number: int, kind: str) -> str:
    if kind in {"bullet", "none"}:
        return "-"
    if kind.endswith("alpha") and number > 0:
        text = bijective(number)
    elif kind.endswith("roman"):
        text = roman(number)
    else:
        return f"{number}."
    return f"{text.upper() if kind.startswith('upper') else text}."
