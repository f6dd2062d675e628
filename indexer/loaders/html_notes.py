"""Footnotes of a page: the links that lead to them, and what they say."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from indexer.loaders.html_text import flat
from indexer.loaders.notes import reference

_NOTE_ID = re.compile(
    r"^(?:fn|foot-?note|note|_?ftn|end-?note|_?edn|cite_note)[-:_.]?(?:\w*-)?(\d{1,3})$", re.IGNORECASE
)
_NAMED = re.compile(r"fnref|foot-?note|note-?ref|_ftnref|_ednref|end-?note", re.IGNORECASE)
_LABEL = re.compile(r"^\W*(?:(?:foot|end)?note\s*)?(\d{1,3}|[ivx]{1,5}|[a-z]|[*†‡§]{1,3})\W*$", re.IGNORECASE)
_BACK = re.compile(r"^\W*(?:[↩↑^⤴]\W*|back|return|jump up|back to (?:text|content|reference).*)?$", re.IGNORECASE)
_HEADING = re.compile("^h[1-6]$")
_HOLDERS = ["li", "dd", "tr", "p", "div", "aside", "section"]


def take_notes(soup: BeautifulSoup) -> tuple[dict[str, str], dict[str, str]]:
    """The notes by key, and their labels; in the page a mark stands for each link, and the notes are gone from it."""
    notes: dict[str, str] = {}
    labels: dict[str, str] = {}
    holders: dict[str, Tag] = {}
    for link in soup.find_all("a", href=True):
        key, label, holder = _followed(link, soup)
        if holder is not None:
            holders[key], labels[key] = holder, label
            _replace(link, key)
    for figure in soup.find_all("sup"):
        plain = figure.get_text(strip=True)
        key, holder = _numbered(plain, soup, holders) if plain.isascii() and plain.isdecimal() else ("", None)
        if holder is not None:
            holders[key], labels[key] = holder, plain
            figure.replace_with(NavigableString(reference(key)))
    for key, holder in holders.items():
        notes[key] = _text(holder, labels[key])
    for holder in holders.values():
        if not holder.decomposed:
            holder.decompose()
    return notes, labels


def _followed(link: Tag, soup: BeautifulSoup) -> tuple[str, str, Tag | None]:
    """Key, label and note of a link that leads to a note."""
    href = str(link.get("href", ""))
    label = _LABEL.match(link.get_text(" ", strip=True))
    if not href.startswith("#") or len(href) < 2 or label is None:
        return "", "", None
    parent = link.parent
    names = " ".join([href, str(link.get("id", "")), str(link.get("role", "")), *(link.get("class") or ())])
    is_raised = parent is not None and (parent.name == "sup" or link.find("sup") is not None)
    if not is_raised and not _NAMED.search(names) and not _NOTE_ID.match(href[1:]):
        return "", "", None
    target = soup.find(id=href[1:]) or soup.find("a", attrs={"name": href[1:]})
    if not isinstance(target, Tag) or _HEADING.match(target.name) or target.find(_HEADING):
        return "", "", None
    if target is link or link in target.descendants:  # the way back
        return "", "", None
    return href[1:], label.group(1), _holder(target)


def _holder(target: Tag) -> Tag | None:
    """The note itself where only its figure or the link in it has the name."""
    if target.name in _HOLDERS:
        return target
    above = target.find_parent(_HOLDERS)
    return above if isinstance(above, Tag) and len(above.get_text()) < 3000 else None


def _numbered(figure: str, soup: BeautifulSoup, taken: dict[str, Tag]) -> tuple[str, Tag | None]:
    """A note that is named by a number, for a raised figure that is no link."""
    for tag in soup.find_all(id=_NOTE_ID):
        key = str(tag["id"])
        match = _NOTE_ID.match(key)
        if match and match.group(1) == figure and key not in taken:
            return key, _holder(tag)
    return "", None


def _replace(link: Tag, key: str) -> None:
    """Put a mark where the link is, in place of the raised part around it if it holds nothing else."""
    outer = link
    while isinstance(outer.parent, Tag) and outer.parent.name in {"sup", "span", "small"}:
        others = re.sub(r"[\s\[\](),]", "", outer.parent.get_text()) != re.sub(r"[\s\[\](),]", "", outer.get_text())
        if others:
            break
        outer = outer.parent
    outer.replace_with(NavigableString(reference(key)))


def _text(holder: Tag, label: str) -> str:
    """A note's words without its own figure and without the link back."""
    for link in holder.find_all("a"):
        if str(link.get("href", "")).startswith("#") and _BACK.match(link.get_text(" ", strip=True)):
            link.decompose()
    text = flat(holder)
    own = re.match(rf"^[\[(^]*\s*{re.escape(label)}\s*[\])^.:]*\s+(?=\S)", text)
    return text[own.end() :] if own else text.strip("^ ↩")
