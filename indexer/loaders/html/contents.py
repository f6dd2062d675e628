"""Lists of contents of a page: links to its own parts, which say nothing that the parts do not."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import Tag

CONTENTS = re.compile(
    r"^(?:table of )?contents(?: page| list)?:?$"
    r"|^(?:in|on) this (?:page|guide|guidance|document|section|policy|article|manual):?$"
    r"|^what(?:'s|’s| is) (?:in|on) this (?:page|guide|document):?$|^jump to:?$|^page contents:?$",
    re.IGNORECASE,
)
"""Headings of a list of contents."""
_HEADINGS = re.compile("^h[1-6]$")


def drop_contents(soup: BeautifulSoup) -> None:
    """Take out lists of contents with their headings."""
    headings = {_words(tag) for tag in soup.find_all(_HEADINGS)}
    for found in soup.find_all(["ul", "ol", "nav"]):
        if found.decomposed or found.find_parent(["ul", "ol"]):
            continue
        above = _heading_above(found)
        titles = _titles(found)
        if titles and (above is not None or sum(title in headings for title in titles) * 2 > len(titles) > 1):
            found.decompose()
            if above is not None and not above.decomposed:
                above.decompose()


def _titles(found: Tag) -> list[str]:
    """The texts of a list whose every item is one link to a place in the same page; empty for any other."""
    titles = []
    for item in found.find_all("li"):
        link = item.find("a")
        own = " ".join(text for text in item.find_all(string=True) if text.find_parent("li") is item)
        if not isinstance(link, Tag) or "#" not in str(link.get("href", "")):
            return []
        if re.sub(r"\W+", "", own) != re.sub(r"\W+", "", link.get_text()):
            return []
        titles.append(_words(link))
    return titles


def _heading_above(found: Tag) -> Tag | None:
    """The heading "Contents" right above a list."""
    above = found.find_previous(_text_bearing)
    while isinstance(above, Tag) and above.find_parent(_text_bearing):
        parent = above.find_parent(_text_bearing)
        above = parent if isinstance(parent, Tag) else None
    return above if isinstance(above, Tag) and CONTENTS.match(above.get_text(" ", strip=True)) else None


def _text_bearing(tag: Tag) -> bool:
    return tag.name in {"p", "caption", "summary", "strong"} or bool(_HEADINGS.match(tag.name))


def _words(tag: Tag) -> str:
    return re.sub(r"\W+", " ", tag.get_text(" ", strip=True)).strip().lower()
