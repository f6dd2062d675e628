"""What a text, or a file's name, says of its own standing: withdrawn, superseded, a draft, or due for review."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from indexer.loaders.blocks import Block
from knowledge.passages import Status

_FIRST, _LAST = 12, 8
"""Blocks at the top and at the end in which a text speaks of itself."""
_BANNER_WITHIN = 8
_LONGEST_LINE = 90
_LONGEST_BANNER = 400

_WORDS = {
    Status.WITHDRAWN: r"WITHDRAWN|CANCELLED|RESCINDED|REVOKED|RETIRED|EXPIRED|NOT IN FORCE",
    Status.SUPERSEDED: r"SUPERSEDED|ARCHIVED|ARCHIVE COPY|OBSOLETE|OUT OF DATE|(?:NOT|NO LONGER) CURRENT|OLD VERSION",
    Status.DRAFT: r"(?:FIRST |SECOND |FINAL |WORKING |CONSULTATION )?DRAFT|FOR CONSULTATION|NOT (?:YET )?APPROVED",
}
_TITLE_WORDS = {
    Status.WITHDRAWN: "WITHDRAWN|NOT IN FORCE",
    Status.SUPERSEDED: "SUPERSEDED",
    Status.DRAFT: "(?:FIRST |SECOND |FINAL |WORKING |CONSULTATION )?DRAFT",
}
"""What only a document is; licences are revoked and officers retire, and a title names them as its subject."""
_OF_SUBJECTS = re.compile(r"\W*(?:CANCELLED|RESCINDED|REVOKED|RETIRED|EXPIRED|ARCHIVED|OBSOLETE|OUT OF DATE)\b", re.I)
_NOT_PLAIN = re.compile(r"\W*(?:REVOKED|RETIRED|EXPIRED)\b", re.IGNORECASE)
_DATED = {Status.WITHDRAWN: "WITHDRAWN|CANCELLED|RESCINDED", Status.SUPERSEDED: "SUPERSEDED", Status.DRAFT: "DRAFT"}
"""Words that with nothing but a day behind them speak of the document."""
_MORE_OF_SUBJECTS = (
    r"\s+(?:copy|document|guidance|policy|procedure|page|form|edition)|\s*[-–—:;,.(]+\s*(?:do not|not|see)\b.*"
)
_MORE = (
    r"\s*[-–—:;,.|(\[/*_!].*|\s+(?:v(?:ersion)?\.?\s?\d.*|\d.*|(?:on|by|from|for|not|since|as of|until|and|version)\b.*"
    r"|copy|document|guidance|policy|procedure|page|form|edition)"
)
"""What may stand behind a banner's word in capitals."""
_MORE_PLAIN = (
    r"\s*v(?:ersion)?\.?\s?\d[\d.]*(?:\s*[-–—:(\[].*)?|\s+[\d.]+"
    r"|\s+for (?:comment|consultation|discussion|review|approval)\b.*|\s+only"
    r"|\s*[-–—:(\[]+\s*(?:not|for|do not|v\d|version|see|please|replaced|superseded|pending|awaiting|on|comments?"
    r"|responses?|closes)\b.*"
)
"""The same behind a word in small letters, which may as well begin a sentence about something else."""
_BEHIND_DASH = r"\s+(?:v(?:ersion)?\.?\s?\d[\d.]*|\d[\d./-]*)"
_IN_BRACKETS = (
    rf"{_BEHIND_DASH}|\s*[-–—,:]?\s*(?:(?:on|from|since)\s+)?\w{{1,9}} \w{{1,9}}(?: \d{{4}})"
    r"|\s+for (?:comment|consultation|discussion|review|approval)|(?<=superseded) by [^\])]+"
)
"""What may stand behind the word in brackets: a version, a day, what it is for, by what it was superseded."""
_THING = (
    r"guidance|guide|policy|procedure|page|document|version|form|note|circular|manual|instructions?|protocol|advice|leaflet"
    r"|toolkit|sop|edition|publication|content|paper|file|chapter|handbook|strategy|bulletin|briefing"
)
_SUBJECT = rf"this (?:(?!is\b|was\b|has\b)[\w'-]+ ){{0,3}}?(?:{_THING})|the (?:{_THING}) (?:below|on this page)"
_MEASURE = r"this (?:[\w'-]+ ){0,2}?(?:order|scheme|operation|plan|arrangement|direction|trial|pilot|rule|measure)"
_BEGINS = re.compile(
    rf"(?:{_SUBJECT}|{_MEASURE}|^) ?(?:(?:will )?(?:comes?|enters?) into (?:force|effect)|(?:is|applies|valid|in force)"
    r"(?: effective| in force)? (?:from|as of)|takes effect|effective (?:from|date:?))"
    r"(?: (?:on|from))?\s*[:|]?\s*",
    re.IGNORECASE,
)
_ADVERBS = r"(?:(?:now|been|being|since|formally|officially|therefore|fully|itself|already) )*"
_SAYS = (
    (
        Status.WITHDRAWN,
        rf"(?:has|have|is|was|were) {_ADVERBS}(?:withdrawn|cancelled|rescinded|revoked|retired|discontinued)",
    ),
    (
        Status.WITHDRAWN,
        r"is no longer (?:in force|valid|in use|applicable|to be used)|(?:must|should) no longer be used|has expired",
    ),
    (Status.SUPERSEDED, rf"(?:has|have|is|was|were) {_ADVERBS}(?:superseded|replaced|archived)"),
    (Status.SUPERSEDED, r"is (?:out of date|obsolete|no longer (?:current|maintained|updated|up to date|live))"),
    (Status.DRAFT, rf"is {_ADVERBS}(?:only |still )?(?:in |an? )?(?:[\w-]+ )?draft|has not (?:yet )?been approved"),
)
_SENTENCES = tuple(
    (
        status,
        re.compile(rf"(?:(?:^|[.!:;*—–-] ?|please note(?: that)? )(?:{_SUBJECT})|^this) (?:{verb})\b", re.IGNORECASE),
    )
    for status, verb in _SAYS
)
_CONDITION = re.compile(
    r"^\s*,?\s*(?:when|if|once|unless|where|as soon as|only|every|each|after|before|during|at the end|whenever)\b",
    re.IGNORECASE,
)
_BY_ANOTHER = re.compile(r"^\W*(?:superseded|replaced) by\b\s*:?\s*\S", re.IGNORECASE)
_SINCE = r"\s*(?:on|from|with effect from|since|as of|in|:)?\s*(?=\w)"
_LONGEST_SINCE = 60
_LABEL = re.compile(
    r"^\W*(?:document |version |publication |current |approval |policy )?(?:status|standing|state)\s*(?::|\||–|-)\s*"
    r"(?P<value>[^|]{2,60})$",
    re.IGNORECASE,
)
_AT_START = r"(?:^|[|;,.(])\W*"
_REVIEW = re.compile(
    rf"(?:{_AT_START}(?:policy |document )?review|(?:next|planned|future|due for) review"
    r"|date (?:of|for) (?:next )?review|(?<!last )(?<!previous )review (?:date|due|by)|to be reviewed(?: again)?"
    rf"|{_AT_START}(?:valid|in force|applies) (?:until|to)|{_AT_START}(?:expiry(?: date)?|expires)|not valid after"
    rf"|(?:{_SUBJECT}|{_MEASURE}) (?:expires|ends|lapses|(?:is |remains )?(?:in force|valid|applies) (?:until|to)))"
    r"(?: (?:date|due|by|on|is|in|before|no later than))*\s*[:|=–-]*\s*(?:(?:on|by|in|is|before) )?",
    re.IGNORECASE,
)
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\b")
_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")
_WORDED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -])?([A-Za-z]{3,9})\.?,?[ -](\d{4})\b")


def standing_in(blocks: Sequence[Block], around: Iterable[str], title: str) -> tuple[Status, str]:
    """What a text's own banner, watermark, title or table of its particulars says, and where; the gravest of them."""
    around = tuple(around)
    top = [block for block in blocks[:_BANNER_WITHIN] if block.kind in {"paragraph", "heading"}]
    lines = [line for block in top for line in block.text.split("\n")]
    headings = {line for block in top if block.kind == "heading" for line in block.text.split("\n")}
    headings |= {title} - set(lines)
    alone = {*around, *(block.text for block in top if block.kind == "paragraph")} - headings
    found = [
        (_of_heading(line) if line in headings else _of_line(line, alone=line in alone), line)
        for line in (*lines, *around)
    ]
    found += [(_said(line), line) for line in (*lines, *around)]
    found += [(_labelled(line), line) for line in (*_particulars(blocks), *around)]
    found += [(_of_title(text), text) for text in (title, *around)]
    for status in (Status.WITHDRAWN, Status.SUPERSEDED, Status.DRAFT):
        for said, line in found:
            if said is status:
                what = "its title" if line == title else "what runs around its text" if line in around else "its text"
                return status, f"{what}: “{' '.join(line.split())[:_LONGEST_LINE]}”"
    return Status.NOT_STATED, ""


def status_in(blocks: Sequence[Block], around: Iterable[str], title: str) -> Status:
    """The same without where it stands."""
    return standing_in(blocks, around, title)[0]


def begins_in(blocks: Sequence[Block], around: Iterable[str]) -> tuple[date, str] | None:
    """The day from which a text says that it stands, and the line that says so; the latest of several."""
    days = [
        (day, " ".join(line.split()))
        for line in (*_particulars(blocks), *around)
        if len(line) <= 120
        for match in _BEGINS.finditer(line)
        if (day := day_in(line[match.end() : match.end() + 30])) is not None
    ]
    return max(days, default=None)


def review_in(blocks: Sequence[Block], around: Iterable[str]) -> date | None:
    """The day until which a text says it stands, or by which it says it is reviewed; the earliest of several."""
    days = [
        day
        for line in (*_particulars(blocks), *around)
        if len(line) <= 300
        for match in _REVIEW.finditer(line)
        if (day := day_in(line[match.end() : match.end() + 30])) is not None
    ]
    return min(days, default=None)


def is_marked_gone(heading: str) -> bool:
    """Whether a heading says that what stands below it is withdrawn or superseded."""
    return _of_title(heading) in {Status.WITHDRAWN, Status.SUPERSEDED}


def without_gone(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """Blocks without the sections whose own heading says that they are withdrawn, and those headings."""
    kept: list[Block] = []
    gone: list[str] = []
    below: int | None = None
    first = next((i for i, block in enumerate(blocks) if block.kind == "heading"), -1)
    for index, block in enumerate(blocks):
        if block.kind == "heading" and (below is None or block.level <= below):
            below = block.level if index != first and is_marked_gone(block.text) else None
            if below is not None:
                gone.append(block.text)
        if below is None:
            kept.append(block)
    return kept, gone


def day_in(text: str) -> date | None:
    """The day that a text begins with; the last of a month that stands without one."""
    iso = _ISO.match(text)
    if iso:
        return _day(int(iso.group(1)), int(iso.group(2)), int(iso.group(3)))
    numeric = _NUMERIC.match(text)
    if numeric:
        year = int(numeric.group(3))
        return _day(year if year > 99 else 2000 + year, int(numeric.group(2)), int(numeric.group(1)))
    worded = _WORDED.match(text)
    month = _MONTHS.get(worded.group(2)[:3].lower()) if worded else None
    if worded is None or month is None:
        return None
    year = int(worded.group(3))
    return _day(year, month, int(worded.group(1)) if worded.group(1) else None)


def _day(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None


def _particulars(blocks: Sequence[Block]) -> Iterator[str]:
    """The lines of the first and the last blocks, where a document's table of particulars stands."""
    ends = blocks if len(blocks) <= _FIRST + _LAST else [*blocks[:_FIRST], *blocks[-_LAST:]]
    for block in ends:
        yield from block.text.split("\n")


def _of_line(line: str, *, alone: bool) -> Status:
    """Of a line that is nothing but a banner; a word in small letters is one only where it stands `alone`."""
    text = " ".join(line.split())
    if not text or len(text) > _LONGEST_LINE:
        return Status.NOT_STATED
    if _BY_ANOTHER.match(text):
        return Status.SUPERSEDED
    text = re.split(r"(?<=[a-z][.!])\s+(?=[A-Z])", text)[0] if alone else text
    for status, words in _WORDS.items():
        dated = re.match(rf"\W*(?:{_DATED[status]}){_SINCE}", text, re.IGNORECASE)
        if dated and len(text) <= _LONGEST_SINCE and _is_only_a_day(text[dated.end() :]):
            return status
        more = _MORE_OF_SUBJECTS if _OF_SUBJECTS.match(text) else _MORE
        if re.fullmatch(rf"\W*(?:{words})(?:{more})?\W*", text):
            return status
        plain = rf"\W*(?:{words})(?:{_MORE_PLAIN}){'?' if alone else ''}\W*"
        if re.fullmatch(plain, text, re.IGNORECASE) and not _OF_SUBJECTS.match(text):
            return status
        if alone and re.fullmatch(rf"\W*(?:{words})\W*", text, re.IGNORECASE) and not _NOT_PLAIN.match(text):
            return status
    return Status.NOT_STATED


def _is_only_a_day(text: str) -> bool:
    """Whether a text is a day and nothing else."""
    found = _ISO.match(text) or _NUMERIC.match(text) or _WORDED.match(text)
    return found is not None and day_in(text) is not None and not re.search(r"\w", text[found.end() :])


def _of_heading(line: str) -> Status:
    """Of a heading that is nothing but the word in capitals, with its version; other words make it a subject."""
    text = " ".join(line.split())
    for status, words in _TITLE_WORDS.items():
        if re.fullmatch(rf"\W*(?:{words})(?:\s+v(?:ersion)?\.?\s?\d[\d.]*|\s+[\d.]+)?\W*", text):
            return status
    return Status.NOT_STATED


def _of_title(title: str) -> Status:
    """Of a title that says it in brackets, or at its end behind a dash."""
    text = " ".join(title.split())[:_LONGEST_BANNER]
    for status, words in _TITLE_WORDS.items():
        if re.search(rf"[\[(]\s*(?:{words})(?:{_IN_BRACKETS})?\s*[\])]", text, re.IGNORECASE):
            return status
        if re.search(rf"\s[-–—]\s*(?:{words})(?:{_BEHIND_DASH})?\W*$", text, re.IGNORECASE):
            return status
    return Status.NOT_STATED


def _said(line: str) -> Status:
    """Of a line with a sentence such as "This guidance was withdrawn on 4 May 2025"."""
    text = " ".join(line.replace("’", "'").split())[:_LONGEST_BANNER]
    for status, sentence in _SENTENCES:
        for match in sentence.finditer(text):
            if not _CONDITION.match(text[match.end() :]):
                return status
    return Status.NOT_STATED


def _labelled(line: str) -> Status:
    """Of a line such as "Status: withdrawn" or a table's row "Status | Draft 0.3"."""
    match = _LABEL.match(line)
    if match is None or len(line) > _LONGEST_LINE:
        return Status.NOT_STATED
    value = match.group("value").strip()
    for status, words in _WORDS.items():
        if re.match(rf"(?:{words})\b", value, re.IGNORECASE):
            return status
    return Status.NOT_STATED
