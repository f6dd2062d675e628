"""Signs of a page that are no letters, as text: ticked boxes, icons, pictures that stand for a word, raised figures."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from indexer.loaders.html.unseen import styled
from indexer.loaders.notes import lowered, raised

_TICK = re.compile(r"(?:^|[-_])(?:check(?:mark|-circle|-square)?|tick|yes|ok)(?:[-_]|$)", re.IGNORECASE)
_CROSS = re.compile(r"(?:^|[-_])(?:times(?:-circle)?|cross|xmark|x-mark|no)(?:[-_]|$)", re.IGNORECASE)
_IN_PLACE = ["td", "th", "li", "dd", "dt"]
_LONGEST_LABEL = 60
_SUPER = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.IGNORECASE)
_SUB = re.compile(r"vertical-align\s*:\s*(?:sub|text-bottom)", re.IGNORECASE)


def write_signs(soup: BeautifulSoup) -> None:
    """Put text in the place of boxes, icons and pictures that stand for a word in a table or a list."""
    for box in soup.find_all("input", type=["checkbox", "radio"]):
        if box.find_parent(["form", "nav"]) is None:
            box.replace_with(NavigableString("☑ " if box.has_attr("checked") else "☐ "))
    for place in soup.find_all(_IN_PLACE):
        if not place.get_text(strip=True):
            said = next((text for tag in place.find_all(True) if (text := _icon(tag))), "")
            if said:
                place.append(NavigableString(said))


def _icon(tag: Tag) -> str:
    """What a picture, a drawing or an empty element with an icon's class says."""
    if tag.name == "img":
        label = str(tag.get("alt") or "")
    elif tag.name == "svg":
        title = tag.find("title")
        label = str(tag.get("aria-label") or (title.get_text(strip=True) if isinstance(title, Tag) else ""))
    else:
        label = str(tag.get("aria-label") or tag.get("title") or "")
    label = " ".join(label.split())
    if 0 < len(label) <= _LONGEST_LABEL:
        return label
    names = [name for name in tag.get("class") or () if not name.startswith(("col", "table"))]
    if any(_CROSS.search(name) for name in names):
        return "✗"
    return "✓" if any(_TICK.search(name) for name in names) else ""


def raise_figures(soup: BeautifulSoup) -> None:
    """Raised and lowered figures as such: 10 with a raised 2 must never become 102."""
    for tag in [*soup.find_all("sup"), *styled(soup, _SUPER)]:
        _moved(tag, raised(tag.get_text()))
    for tag in [*soup.find_all("sub"), *styled(soup, _SUB)]:
        before = tag.find_previous(string=True)
        if before is not None and str(before)[-1:].isdigit():
            _moved(tag, lowered(tag.get_text()))


def _moved(tag: Tag, text: str) -> None:
    if not tag.decomposed and text.strip() and not any(char.isalpha() for char in text):
        tag.string = text.strip()
