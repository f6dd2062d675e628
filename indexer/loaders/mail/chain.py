"""What of a message is not its own: the older messages that it quotes, its signature, a disclaimer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup

from indexer.loaders.blocks import Block, Content
from indexer.loaders.decoding import decoded_page

OLDER = (
    "Older messages that it quotes are left out. If one of them is guidance, save it as a file of its own beside it."
)
SIGNED = "Its signature is left out."
DISCLAIMED = "A disclaimer below it is left out."

_RULE = r"\W*-{2,}\s*(?:original message|forwarded message|forwarded by\b.*)\s*-{2,}|begin forwarded message:|_{10,}"
_WROTE = r"on (?=[^\n]*\d).{6,200}\bwrote:"
_FIELDS = r"\W{0,4}from\W{0,4}:(?=.{0,400}?\b(?:sent|date)\W{0,4}:)(?=.{0,600}?\b(?:to|subject)\W{0,4}:).*"
_BEGINS = re.compile(rf"(?:{_RULE}|{_WROTE}|{_FIELDS})", re.IGNORECASE | re.DOTALL)
_ONLY_RULE = re.compile(_RULE, re.IGNORECASE)
_FIELD_LINES = 6
"""Lines, or paragraphs, that the heading of an older message takes: from, sent, to, copies, subject."""
_NAMED = re.compile(r"\W{0,4}(?:from|sent|date|to|cc|bcc|subject|importance|reply-to)\W{0,4}:", re.IGNORECASE)
_QUOTED = "blockquote[type=cite], .gmail_quote, .gmail_quote_container, .yahoo_quoted, .moz-cite-prefix"
_SIGNATURES = ".gmail_signature, .moz-signature, #Signature, #ms-outlook-mobile-signature"
_DISCLAIMER = re.compile(
    r"(?:disclaimer\b|(?:this|the information (?:contained )?in this|the contents? of this) (?:e-?mail|message"
    r"|communication|transmission)\b(?=.*\b(?:confidential|intended|privileged)\b)(?=.*\b(?:recipient|addressee|addressed"
    r"|individual|named)\b)|if you (?:are not the (?:intended )?(?:recipient|addressee)"
    r"|have received this (?:e-?mail|message) in error)\b|(?:please )?consider the environment before printing\b)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Own:
    """A message's own lines, and what is said of the others."""

    text: str
    notes: tuple[str, ...] = ()


def own_text(text: str) -> Own:
    """A plain message without the messages that it quotes and its signature; a message only passed on stays."""
    lines = text.splitlines()
    answer = _unquoted(lines)
    start, end = _own_span(answer, "\n")
    kept = answer[start:end]
    if not any(_says(line) for line in kept):
        lines = [line.lstrip("> ") for line in lines]
        start, end = _own_span(lines, "\n")
        kept = lines[start:end]
    notes = [OLDER] if sum(map(_says, lines)) > sum(map(_says, kept)) else []
    signed = _first(len(kept), lambda number: kept[number].rstrip() == "--")
    if signed < len(kept):
        notes.append(SIGNED)
    return Own("\n".join(kept[:signed]), tuple(notes))


def _unquoted(lines: Sequence[str]) -> list[str]:
    """The lines that do not begin with the sign of a quote, nor say whose words follow with that sign."""
    kept: list[str] = []
    for line in lines:
        if not line.lstrip().startswith(">"):
            kept.append(line)
            continue
        while kept and not kept[-1].strip():
            kept.pop()
        for count in (1, 2, 3):
            if re.fullmatch(_WROTE, " ".join(part.strip() for part in kept[-count:]), re.IGNORECASE):
                del kept[-count:]
                break
    return kept


def own_page(page: bytes) -> tuple[bytes, tuple[str, ...]]:
    """A message's page without what its mail program itself marks as quoted or as a signature."""
    soup = BeautifulSoup(decoded_page(page), "lxml")
    notes = []
    for wanted, note in ((_SIGNATURES, SIGNED), (_QUOTED, OLDER)):
        found = [tag for tag in soup.select(wanted) if tag.get_text(strip=True)]
        if not found or len(soup.get_text(strip=True)) <= sum(len(tag.get_text(strip=True)) for tag in found):
            continue
        before = str(soup)
        for tag in found:
            tag.extract()
        if not any(_says(line) and not _BEGINS.match(line) for line in soup.get_text("\n").splitlines()):
            soup = BeautifulSoup(before, "lxml")  # it only passes on what it quotes
            continue
        notes.append(note)
    return b"\xef\xbb\xbf" + str(soup).encode("utf-8", "replace"), tuple(notes)


def own_content(content: Content) -> Content:
    """The blocks of a message without the messages below it, its signature, and disclaimers."""
    blocks, notes = list(content.blocks), []
    texts = [block.text for block in blocks]
    start, end = _own_span(texts, " ")
    if end - start < len(blocks):
        blocks, notes = blocks[start:end], [OLDER] if end < len(blocks) else []
    signed = _first(len(blocks), lambda number: bool(number) and blocks[number].text.strip() in {"--", "-- "})
    if signed < len(blocks):
        blocks, notes = blocks[:signed], [*notes, SIGNED]
    kept = [block for block in blocks if not _is_disclaimer(block)]
    if len(kept) < len(blocks) and kept:
        blocks, notes = kept, [*notes, DISCLAIMED]
    return replace(content, blocks=tuple(blocks), notes=(*content.notes, *notes))


def _is_disclaimer(block: Block) -> bool:
    return block.kind == "paragraph" and bool(_DISCLAIMER.match(block.text))


def _first(count: int, found: Callable[[int], bool]) -> int:
    """The first number for which something holds; the count if it holds for none."""
    return next((number for number in range(count) if found(number)), count)


def _begins_older(texts: Sequence[str], number: int, between: str) -> bool:
    """Whether an older message begins here: with a line that says so, or with its fields."""
    text = texts[number].strip().lstrip("> ")
    if _ONLY_RULE.fullmatch(text) and not text.startswith("__"):
        return True
    if text.startswith("__"):  # Outlook's line stands above the fields; alone it divides a text
        return number + 1 < len(texts) and _begins_older(texts, number + 1, between)
    if not re.match(r"\W{0,4}(?:from\W{0,4}:|on\b)", text, re.IGNORECASE):
        return False
    reach = [line.strip().lstrip("> ") for line in texts[number : number + _FIELD_LINES]]
    if re.match(r"on\b", text, re.IGNORECASE):
        # the line may be broken; what follows the colon on the same line is quoted already
        return any(re.match(_WROTE, " ".join(reach[:count]), re.IGNORECASE) for count in (1, 2, 3))
    fields = [line for line in reach if _NAMED.match(line)]
    return bool(_BEGINS.match(between.join(fields)))


def _own_span(texts: Sequence[str], between: str) -> tuple[int, int]:
    """Where a message's own words begin and end; of one that only passes another on, those of that one."""
    end = _first(len(texts), lambda number: _begins_older(texts, number, between))
    if end == len(texts) or any(_says(text) for text in texts[:end]):
        return 0, end
    start = end + _first(len(texts) - end, lambda number: not _is_heading(texts[end + number]))
    rest = _first(len(texts) - start, lambda number: bool(number) and _begins_older(texts, start + number, between))
    return start, start + rest


def _is_heading(line: str) -> bool:
    text = line.strip()
    said = _ONLY_RULE.match(text) or _NAMED.match(text) or re.match(_WROTE, text, re.IGNORECASE)
    return bool(said) or not _says(text)


def _says(line: str) -> bool:
    return any(char.isalnum() for char in line)
