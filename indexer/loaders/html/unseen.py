"""What of an HTML page is not its text: hidden and struck-out parts, and what stands around the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from indexer.loaders.symbols import SIGNS

_DROPPED = [
    *("script", "style", "nav", "header", "footer", "aside", "form", "noscript", "template", "dialog"),
    *("button", "select", "option", "input", "textarea", "iframe", "object", "svg", "math", "canvas", "head"),
    *("video", "audio", "map"),
]
_KEPT_AROUND = {"form", "header"}
_ROLES = {"navigation", "search", "dialog", "alertdialog", "contentinfo", "complementary", "menu", "menubar"}
_FURNITURE = re.compile(
    r"^(?:[\w-]*cookie[\w-]*|[\w-]*breadcrumbs?|skip-?(?:link|to-content|nav)|(?:[\w-]*-)?(?:page-)?feedback(?:-form|-prompt)?"
    r"|related-(?:content|links|pages|items)|share-(?:links|buttons)|social-(?:links|share)|pagination|back-to-top"
    r"|print-(?:link|button)|newsletter(?:-signup)?)$",
    re.IGNORECASE,
)
"""Names that pages give to what is not their text."""
_ASKS = re.compile(
    r"^(?:is|was) this (?:page|article|content|information) (?:useful|helpful)\W*$"
    r"|^did you find (?:this|what you)\b.{0,40}$"
    r"|^(?:share|print|email) this page\W*$|^help us improve\b.{0,40}$|^(?:back to top|skip to (?:main )?content)\W*$",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*)?\s*(?:[;!}]|$)"
    r"|font-size\s*:\s*0(?:\.0*)?(?:px|pt|r?em|%)?\s*(?:[;!}]|$)",
    re.IGNORECASE,
)
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;}]*line-through", re.IGNORECASE)
_SHOWN_STYLE = re.compile(
    r"display\s*:\s*(?!none)[a-z]|visibility\s*:\s*visible|opacity\s*:\s*(?:1|0?\.\d)", re.IGNORECASE
)
_AT_RULE = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIMPLE_SELECTOR = re.compile(r"^[\w-]*(?:[.#][\w-]+)*$")
_CLASS = re.compile(r"\.([\w-]+)")


def drop_unseen(soup: BeautifulSoup) -> None:
    """Take out what a reader of the page does not see, or does not take for guidance that stands."""
    _show_what_opens(soup)
    _drop_hidden(soup)
    _drop_struck(soup)
    _drop_surroundings(soup)


def style_rules(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Selector and rules, one selector each, of the page's own style sheets on every medium."""
    for sheet in soup.find_all("style"):
        for selectors, rules in _RULE.findall(_AT_RULE.sub("", _COMMENT.sub("", sheet.get_text()))):
            for selector in selectors.split(","):
                if name := selector.strip():
                    yield name, rules


def styled(soup: BeautifulSoup, wanted: re.Pattern[str]) -> Iterator[Tag]:
    """Elements that a plain selector (a class, an id, a name) of the page's style sheet sets so, or their own style."""
    for selector, rules in style_rules(soup):
        if wanted.search(rules) and _SIMPLE_SELECTOR.match(selector):
            yield from soup.select(selector)
    yield from soup.find_all(lambda tag: bool(wanted.search(str(tag.get("style", "")))))


# what a reader can open


def _show_what_opens(soup: BeautifulSoup) -> None:
    """Closed parts of a page that a heading or a button opens are its text; the button's words are their heading."""
    controls = list(soup.find_all(_is_control))
    opened = {name for tag in controls for name in _controlled(tag)}
    for tag in soup.find_all(id=True):
        if tag["id"] in opened:
            _show(tag)
    for tag in controls:
        following = tag.find_next_sibling() or (tag.parent.find_next_sibling() if tag.parent else None)
        if isinstance(following, Tag) and _is_hidden(following) and "aria-expanded" in tag.attrs:
            _show(following)
    for tag in soup.find_all(lambda tag: tag.get("role") == "tabpanel" or tag.get("hidden") == "until-found"):
        _show(tag)
    for tag in soup.find_all("button"):
        if "aria-expanded" in tag.attrs or _controlled(tag) & {str(t["id"]) for t in soup.find_all(id=True)}:
            _as_heading(tag)


def _is_control(tag: Tag) -> bool:
    named = {"aria-expanded", "aria-controls", "data-target", "data-bs-target", "data-bs-toggle", "data-toggle"}
    return bool(named & set(tag.attrs)) or tag.get("role") in {"button", "tab"} or tag.name == "label"


def _controlled(tag: Tag) -> set[str]:
    places = [str(tag.get(name, "")) for name in ("href", "data-target", "data-bs-target")]
    return {place[1:] for place in places if place.startswith("#")} | set(str(tag.get("aria-controls", "")).split())


def _show(tag: Tag) -> None:
    if _SHOWN not in tag.attrs:
        tag[_SHOWN] = ""
        for name in ("hidden", "style", "aria-hidden"):
            tag.attrs.pop(name, None)


_SHOWN = "data-is-shown"


def _as_heading(button: Tag) -> None:
    """The words on a button that opens a part of the page head that part."""
    if button.find_parent(re.compile("^h[1-6]$")):
        button.unwrap()
        return
    if not _is_last_or_followed_by_another(button):
        button.name = "p"
        return
    above = button.find_previous(re.compile("^h[1-5]$"))
    button.name = f"h{min(int(above.name[1]) + 1, 6)}" if isinstance(above, Tag) else "h2"


def _is_last_or_followed_by_another(button: Tag) -> bool:
    """Whether nothing follows what a button opens, or another heading or button: else a heading would take it in."""
    following = _behind(_panel(button))
    if following is None:
        return True
    first = following if _is_opener(following) else following.find(_is_opener)
    return isinstance(first, Tag) and following.get_text(strip=True).startswith(first.get_text(strip=True))


def _panel(button: Tag) -> Tag:
    """What a button opens: what it names, or what stands beside it."""
    named = button.find_next(lambda tag: tag.get("id") in _controlled(button))
    beside = button.find_next_sibling() or (button.parent.find_next_sibling() if button.parent else None)
    return next((tag for tag in (named, beside) if isinstance(tag, Tag)), button)


def _behind(tag: Tag) -> Tag | None:
    """The next element with text behind an element and all that is in it."""
    around: Tag | None = tag
    while around is not None and around.name not in {"main", "body"}:
        for sibling in around.find_next_siblings():
            if sibling.get_text(strip=True) and not _is_hidden(sibling) and sibling.name not in _DROPPED[:10]:
                return sibling
        around = around.parent
    return None


def _is_opener(tag: Tag) -> bool:
    return bool(re.fullmatch(r"h[1-6]|button|summary", tag.name))


# what nobody sees, and what is struck out


def _drop_hidden(soup: BeautifulSoup) -> None:
    revealed = _revealed_classes(soup)
    for selector, rules in list(style_rules(soup)):
        if _HIDDEN_STYLE.search(rules) and _SIMPLE_SELECTOR.match(selector):
            if set(_CLASS.findall(selector)) & revealed:
                continue
            for tag in soup.select(selector):
                if _SHOWN not in tag.attrs:
                    tag.decompose()
    for tag in soup.find_all(_is_hidden):
        if not tag.decomposed and not _is_lone_sign(tag):
            tag.decompose()


def _revealed_classes(soup: BeautifulSoup) -> set[str]:
    """Classes whose elements the style sheet hides and, with another class or state beside it, shows again."""
    shown: set[str] = set()
    for selector, rules in style_rules(soup):
        classes = _CLASS.findall(selector)
        if classes and _SHOWN_STYLE.search(rules) and (len(classes) > 1 or re.search(r"[:+~\[#]", selector)):
            shown.update(classes)
    return shown


def _is_hidden(tag: Tag) -> bool:
    if tag.has_attr("hidden") or str(tag.get("aria-hidden", "")).strip().lower() == "true":
        return True
    return bool(_HIDDEN_STYLE.search(str(tag.get("style", ""))))


def _is_lone_sign(tag: Tag) -> bool:
    """A tick or a cross that only screen readers skip, with nothing beside it that says the same."""
    text = tag.get_text(strip=True)
    beside = tag.parent.get_text(strip=True) if tag.parent is not None else ""
    return (
        bool(text) and text == beside and set(text) <= SIGNS and not tag.has_attr("hidden") and "style" not in tag.attrs
    )


def _drop_struck(soup: BeautifulSoup) -> None:
    for tag in [*soup.find_all(["del", "s", "strike"]), *styled(soup, _STRUCK_STYLE)]:
        if not tag.decomposed:
            tag.replace_with(NavigableString(" "))


# what stands around the text


def _drop_surroundings(soup: BeautifulSoup) -> None:
    for tag in soup.find_all(_is_furniture):
        if not tag.decomposed and not tag.find(["h1", "main", "article"]):
            tag.decompose()
    for tag in soup.find_all(_DROPPED):
        if tag.decomposed:
            continue
        if tag.name in _KEPT_AROUND and tag.find(["h1", "main", "article"]):
            _keep_inside(tag)
        else:
            tag.decompose()
    for tag in soup.find_all(["p", "a", "span", "div", *(f"h{level}" for level in range(1, 7))]):
        if not tag.decomposed and len(text := tag.get_text(" ", strip=True)) < 80 and _ASKS.match(text):
            tag.decompose()


def _is_furniture(tag: Tag) -> bool:
    if tag.name in {"body", "html", "main", "article"}:
        return False
    names = [*(tag.get("class") or ()), str(tag.get("id", ""))]
    return str(tag.get("role", "")) in _ROLES or any(_FURNITURE.match(name) for name in names)


def _keep_inside(tag: Tag) -> None:
    """Some systems put a whole page into one form, and a page's title into its header."""
    if tag.name == "form":
        tag.unwrap()
        return
    heading = tag.find(["main", "article", "h1"])
    if isinstance(heading, Tag):
        tag.replace_with(heading.extract())
