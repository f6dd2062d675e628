"""Footnotes of a page: the links that lead to them, and what they say."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import Tag

from indexer.loaders.html.text import flat
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
    named = {str(tag["name"]): tag for tag in soup.find_all("a", attrs={"name": True})}
    named |= {str(tag["id"]): tag for tag in soup.find_all(id=True)}
    for link in soup.find_all("a", href=True):
        key, label, holder = _followed(link, named)
        if holder is not None:
            holders[key], labels[key] = holder, label
            _replace(link, key)
    by_number = _numbered(soup)
    for figure in soup.find_all("sup"):
        plain = figure.get_text(strip=True)
        key, holder = next(((k, h) for k, h in by_number.get(plain, ()) if k not in holders), ("", None))
        if holder is not None:
            holders[key], labels[key] = holder, plain
            figure.string = reference(key)
    for key, holder in holders.items():
        notes[key] = _text(holder, labels[key])
    for holder in holders.values():
        if not holder.decomposed:
            holder.decompose()
    return notes, labels


def _followed(link: Tag, named: dict[str, Tag]) -> tuple[str, str, Tag | None]:
    """Key, label and note of a link that leads to a note."""
    href = str(link.get("href", ""))
    label = _LABEL.match(link.get_text(" ", strip=True))
    if not href.startswith("#") or len(href) < 2 or label is None:
        return "", "", None
    parent = link.parent
    words = " ".join([href, str(link.get("id", "")), str(link.get("role", "")), *(link.get("class") or ())])
    is_raised = parent is not None and (parent.name == "sup" or link.find("sup") is not None)
    if not is_raised and not _NAMED.search(words) and not _NOTE_ID.match(href[1:]):
        return "", "", None
    target = named.get(href[1:])
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


def _numbered(soup: BeautifulSoup) -> dict[str, list[tuple[str, Tag]]]:
    """Notes whose names hold a number, by it: for raised figures that are no links."""
    found: dict[str, list[tuple[str, Tag]]] = {}
    for tag in soup.find_all(id=_NOTE_ID):
        match, holder = _NOTE_ID.match(str(tag["id"])), _holder(tag)
        if match and holder is not None:
            found.setdefault(match.group(1), []).append((str(tag["id"]), holder))
    return found


def _replace(link: Tag, key: str) -> None:
    """Put a mark where the link is, in place of the raised part around it if it holds nothing else."""
    outer = link
    while isinstance(outer.parent, Tag) and outer.parent.name in {"sup", "span", "small"}:
        others = re.sub(r"[\s\[\](),]", "", outer.parent.get_text()) != re.sub(r"[\s\[\](),]", "", outer.get_text())
        if others:
            break
        outer = outer.parent
    outer.string = reference(key)


def _text(holder: Tag, label: str) -> str:
    """A note's words without its own figure and without the link back."""
    for link in holder.find_all("a"):
        if str(link.get("href", "")).startswith("#") and _BACK.match(link.get_text(" ", strip=True)):
            link.decompose()
    text = flat(holder)
    own = re.match(rf"^[\[(^]*\s*{re.escape(label)}\s*[\])^.:]*\s+(?=\S)", text)
    return text[own.end() :] if own else text.strip("^ ↩")
