"""What of an HTML page is not its text: hidden elements, and what stands around the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

_DROPPED = [
    *("script", "style", "nav", "header", "footer", "aside", "form", "noscript", "template", "dialog"),
    *("button", "select", "option", "input", "textarea", "iframe", "object", "svg", "math", "canvas", "head"),
    *("video", "audio", "map"),
]
_KEPT_AROUND = {"form", "header"}
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*)?\s*(?:[;!}]|$)"
    r"|font-size\s*:\s*0(?:\.0*)?(?:px|pt|r?em|%)?\s*(?:[;!}]|$)",
    re.IGNORECASE,
)
_AT_RULE = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE_SELECTOR = re.compile(r"^[\w-]*(?:[.#][\w-]+)*$")


def drop_unseen(soup: BeautifulSoup) -> None:
    """Take out what a reader of the page does not see or does not take for its text."""
    _drop_hidden(soup)
    _drop_surroundings(soup)


def _drop_hidden(soup: BeautifulSoup) -> None:
    for selector in _hiding_selectors(soup):
        for tag in soup.select(selector):
            tag.decompose()
    for tag in soup.find_all(_is_hidden):
        tag.decompose()


def _is_hidden(tag: Tag) -> bool:
    if tag.has_attr("hidden") or str(tag.get("aria-hidden", "")).strip().lower() == "true":
        return True
    return bool(_HIDDEN_STYLE.search(str(tag.get("style", ""))))


def _hiding_selectors(soup: BeautifulSoup) -> Iterator[str]:
    """Plain selectors (a class, an id) which the page's own style sheet hides on every medium."""
    for sheet in soup.find_all("style"):
        for selectors, rules in _RULE.findall(_AT_RULE.sub("", sheet.get_text())):
            if _HIDDEN_STYLE.search(rules):
                names = (selector.strip() for selector in selectors.split(","))
                yield from (name for name in names if name and _SIMPLE_SELECTOR.match(name))


def _drop_surroundings(soup: BeautifulSoup) -> None:
    for tag in soup.find_all(_DROPPED):
        if tag.decomposed:
            continue
        if tag.name in _KEPT_AROUND and tag.find(["h1", "main", "article"]):
            _keep_inside(tag)
        else:
            tag.decompose()


def _keep_inside(tag: Tag) -> None:
    """Some systems put a whole page into one form, and a page's title into its header."""
    if tag.name == "form":
        tag.unwrap()
        return
    heading = tag.find(["main", "article", "h1"])
    if isinstance(heading, Tag):
        tag.replace_with(heading.extract())
