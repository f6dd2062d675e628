"""What of a message is not its own: the older messages that it quotes, its signature, a disclaimer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from indexer.loaders.blocks import Block, Content
from indexer.loaders.decoding import decoded_page
from indexer.loaders.mail.older import first, is_heading, is_wrote, own_span, says

OLDER = (
    "Older messages that it quotes are left out. If one of them is guidance, save it as a file of its own beside it."
)
SIGNED = "Its signature is left out."
DISCLAIMED = "A disclaimer below it is left out."

_QUOTE = re.compile(r"\s*>(?!\s*=?\s*\d)")
"""The sign of a quote; before a number it says "more than"."""
_QUOTED = "blockquote[type=cite], .gmail_quote, .gmail_quote_container, .yahoo_quoted, .moz-cite-prefix"
_LEADS = {"moz-cite-prefix", "gmail_attr"}
_SIGNATURES = ".gmail_signature, .moz-signature, #Signature, #ms-outlook-mobile-signature"
_SIGNATURE_LINES = 10
_SIGNATURE_WIDTH = 80
_SENTENCE = re.compile(r"\s*[-•*]\s|(?:\S+\s+){3,}\S+[.!?;:]\W*$")
"""A point of a list, or a sentence: signatures have neither."""
_MAIL = r"(?:e-?mail|message|communication|transmission)"
_DISCLAIMER = re.compile(
    rf"(?:disclaimer\W{{1,5}})?(?:(?:this|the information (?:contained )?in this|the contents? of this) {_MAIL}\b"
    r"(?=.*\b(?:confidential|privileged)\b)(?=.*\bintended\b)(?=.*\b(?:recipients?|addressees?|addressed)\b)"
    rf"|if you (?:are not the (?:intended )?(?:recipient|addressee)\b(?=.*\b{_MAIL}\b)"
    rf"|have received this {_MAIL} in error\b)"
    r"|(?:please )?consider the environment before printing(?: this (?:e-?mail|message))?\W*$)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Own:
    """A message's own lines, and what is said of the others."""

    text: str
    notes: tuple[str, ...] = ()


def answers_between_lines(text: str) -> bool:
    """Whether own words stand after a line that is quoted, so that only both together say something."""
    lines = text.splitlines()
    start = first(len(lines), lambda number: _is_quoted(lines[number]))
    return any(says(line) and not _is_quoted(line) for line in lines[start:])


def answers_in_page(page: bytes) -> bool:
    """The same of a page: own words stand after a part that its mail program marks as quoted, or in it."""
    soup = BeautifulSoup(decoded_page(page), "lxml")
    quotes = {id(tag) for tag in soup.select(_QUOTED)}
    others = {id(tag) for tag in soup.select(_QUOTED) if tag.name == "blockquote" or not tag.find("blockquote")}
    lead, seen = [], False
    for string in _said(soup) if quotes else ():
        above = list(string.parents)
        if any(_LEADS & set(tag.get_attribute_list("class")) for tag in above):
            continue
        quoted = any(id(tag) in quotes for tag in above)
        if any(id(tag) in others or (quoted and tag.name == "blockquote") for tag in above):
            seen = True
        elif seen:
            return True
        elif quoted:
            lead.append(str(string))
    return bool(lead) and not is_wrote(" ".join(lead))


def own_text(text: str) -> Own:
    """A plain message without the messages that it quotes and its signature; a message only passed on stays."""
    lines = text.splitlines()
    answer = lines[: first(len(lines), lambda number: _is_quoted(lines[number]))]
    start, end = own_span(answer)
    kept = answer[start:end]
    if not any(map(says, kept)):
        lines = [line.lstrip("> ") if _is_quoted(line) else line for line in lines]
        start, end = own_span(lines)
        kept = lines[start:end]
    notes = [OLDER] if sum(map(says, lines)) > sum(map(says, kept)) else []
    signed = _signed(kept)
    if signed < len(kept):
        notes.append(SIGNED)
    return Own("\n".join(kept[:signed]), tuple(notes))


def own_page(page: bytes) -> tuple[bytes, tuple[str, ...]]:
    """A message's page without what its mail program itself marks as quoted or as a signature."""
    soup = BeautifulSoup(decoded_page(page), "lxml")
    notes = []
    before = str(soup)
    found = [tag.extract() for tag in soup.select(_QUOTED)]
    if any(says(tag.get_text()) for tag in found):
        if all(map(is_heading, soup.get_text("\n").splitlines())):
            soup = BeautifulSoup(before, "lxml")  # it only passes on what it quotes
        else:
            notes.append(OLDER)
    last = next(iter(soup.select(_SIGNATURES)[-1:]), None)
    if last is not None and _ends_short(soup, last):
        last.extract()
        notes.insert(0, SIGNED)
    return b"\xef\xbb\xbf" + str(soup).encode("utf-8", "replace"), tuple(notes)


def own_content(content: Content) -> Content:
    """The blocks of a message without the messages below it, its signature, and disclaimers."""
    blocks, notes = list(content.blocks), []
    start, end = own_span([block.text for block in blocks])
    if any(says(block.text) for block in (*blocks[:start], *blocks[end:])):
        notes.append(OLDER)
    blocks = blocks[start:end]
    signed = _signed([block.text for block in blocks])
    if signed < len(blocks):
        blocks, notes = blocks[:signed], [*notes, SIGNED]
    kept = len(blocks)
    while kept > 1 and _is_disclaimer(blocks[kept - 1]):
        kept -= 1
    if kept < len(blocks):
        blocks, notes = blocks[:kept], [*notes, DISCLAIMED]
    return replace(content, blocks=tuple(blocks), notes=(*content.notes, *notes))


def _is_quoted(line: str) -> bool:
    return bool(_QUOTE.match(line))


def _is_disclaimer(block: Block) -> bool:
    return block.kind == "paragraph" and bool(_DISCLAIMER.match(block.text))


def _signed(texts: Sequence[str]) -> int:
    """Where the signature begins that a last "--" sets apart; the count of the texts if none does."""
    last = next((number for number in range(len(texts) - 1, 0, -1) if texts[number].strip() == "--"), 0)
    below = [line for text in texts[last + 1 :] for line in text.split("\n")]
    return last if last and any(map(says, texts[:last])) and _is_short(below) else len(texts)


def _is_short(lines: Sequence[str]) -> bool:
    """Whether lines may be a signature: few, short, and none of them a sentence."""
    said = [line for line in lines if says(line)]
    few = len(said) <= _SIGNATURE_LINES and all(len(line) <= _SIGNATURE_WIDTH for line in said)
    return few and not any(map(_SENTENCE.match, said))


def _said(soup: BeautifulSoup) -> list[NavigableString]:
    """The pieces of a page's text that say something; remarks and styles are none."""
    pieces = [piece for piece in soup.find_all(string=True) if type(piece) is NavigableString]
    return [piece for piece in pieces if says(str(piece))]


def _ends_short(soup: BeautifulSoup, tag: Tag) -> bool:
    """Whether a part is the last of a page, short, and not the whole of it."""
    inside = {id(string) for string in tag.find_all(string=True)}
    page = _said(soup)
    if not page or id(page[-1]) not in inside or all(id(string) in inside for string in page):
        return False
    return _is_short(tag.get_text("\n").splitlines())
