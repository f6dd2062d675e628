"""What stands before or after a word and makes a person of it."""

from __future__ import annotations

import re
from enum import IntEnum

from bot.safeguards.redaction.reading.name_lists import NameLists
from bot.safeguards.redaction.reading.tokens import Reading, Word


class Cue(IntEnum):
    """How strongly what stands before says that a name follows."""

    NONE = 0
    DEED = 1
    ROLE = 2
    CALLED = 3
    TITLE = 4


_LEARNED = frozenset("lord lady dame sir prof professor dr baroness judge bishop".split())
_CIVIL = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "cllr"})
_AFTER_TITLE = re.compile(r"[.\s]{1,3}(?:[A-Z]{0,2}\d{2,6} |\[collar_number\] )?")
_AFTER_ROLE = re.compile(r"(?:['’]s)?[\s:,;\-–—=(\[\"'“‘/]{1,4}(?:\([^)\n]{0,20}\) )?")
_CALLED = re.compile(
    r"\b(?:call(?:s|ed)? (?:him|her|them)(?:self)?|called|named|nicknamed|aka|a\.k\.a\.?|a/k/a|alias|goes by|known as|street name|"
    r"(?:details|names?) (?:given )?(?:as|of)|(?:sur|fore|nick)?names? ?(?:is|are|was|of|:|=|-)|(?:sur|fore)name|(?:first|last|family|maiden|full) name|(?:his|her|their|my|real|full|first|last) name|name:|names:)"
    r"(?: (?:of|is|the|a|as))?[\s:\"'“‘(=-]{1,3}$",
    re.IGNORECASE,
)
_NICKNAMED = re.compile(
    r"\b(?:aka|a\.k\.a\.?|a/k/a|alias|goes by|known as|nicknamed|nickname|street name)(?: (?:is|of|as))?[\s:\"'“‘(]{1,3}$",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\b(?:regards|thanks|thank you|cheers|many thanks|rgds|ta|sent by)[,.!\s-]{1,4}$", re.IGNORECASE)
_NUMBER_OF_YEARS = (
    r"(?:[5-9]|[1-9]\d)(?! ?(?:%|days?|hours?|hrs?|weeks?|wks?|months?|mths?|mins?|minutes?|times|calls|reports|incidents|crimes|jobs|burglaries|thefts|offences|logs|miles|m\b|"
    r"metres|officers|people|of\b|to\b|or\b|and\b|st\b|nd\b|rd\b|th\b|x\b|pcs|years (?!old)|[/.:,-]?\d|"
    r"[a-z]+ (?:road|rd|street|st|lane|close|avenue|ave|court|way|drive)\b|(?-i:[A-Z])))"
)
_AGED = re.compile(
    rf",? ?[(\[]?(?:is |was |age |aged |at |who is |whos )?{_NUMBER_OF_YEARS}(?: ?(?:y/?o|yrs?|years?)\b)?|"
    r",? ?\(?(?:b\.|b \d|born\b|d\.?o\.?b\b|d/o/b|date of birth|\[date_of_birth\]|aged \d|age \d|"
    r"\d{1,2} ?(?:y/?o|yrs? old|years? old|yr old)\b)|"
    r",? ?\(?\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d\d\b",
    re.IGNORECASE,
)
DOES = re.compile(
    r" (?:keeps?|says|said|wants?|wanted|told|rang|rings|refuse[sd]|lives|lived|asked|asks|thinks|denie[sd]|claims|"
    r"claimed|admits|admitted|complain(?:s|ed)|rides|rode|deals|owns|works|threatened|threatens|attacked|assaulted|"
    r"hit|stole|steals|robbed|stabbed|punched|kicked|walked|ran off|went missing|absconded|breached|has been|has a|has "
    r"got|has moved|has gone|has now|has had|has form|who|is a|is an|is the|is my|is our|is back|is out|is still|is not|"
    r"is now|is known|is \d|is in|is at|is on|is being|was arrested|was seen|was stopped|was at|was in|was followed|was "
    r"a\b|will not|won'?t|isn'?t|doesn'?t|hasn'?t|needs|rents|bought|sold|sent|drives|drove|from|of no fixed|and "
    r"(?:his|her)|called|turned up|turns up|moved|died|aged?|is \w{2,12}ing|was \w{2,12}ing|reads|checks|follows|followed|tracks|controls|texts|"
    r"messages|posts|shouts|bangs|throws|threw|hits|runs|smokes|drinks|sells|parks|breaks|broke|turns|let|lets|letting|"
    r"begs|sleeps|grabbed|slapped|pushed|strangled|choked|spat|swore|phones|phoned|reports|reported|returned|came|comes|"
    r"goes|went|gets|got|took|takes|had|has \w{3,12}ed|jumps|hangs|sits|stands)\b",
    re.IGNORECASE,
)
_RELATED = re.compile(r"['’]s (?:ex|mum|mom|dad|mother|father|partner|brother|sister|son|daughter|house|flat|car|phone|wife|lad|lads|"
                      r"missus|misses|bloke|cousin|uncle|aunt|auntie|nephew|niece|grandson|granddaughter|stepdad|stepson|eldest|"
                      r"youngest|gaff|motor|bike|moped|gran|grandad|carer|landlord|tenant|husband|boyfriend|girlfriend|gf|bf|address|kids|nan|mate|door|bail)\b", re.IGNORECASE)  # fmt: skip


def before(reading: Reading, at: int, lists: NameLists) -> Cue:
    """The strongest cue for a name that stands before this word."""
    if _after_title(reading, at, lists):
        return Cue.TITLE
    head = reading.text[max(reading.words[at].start - 40, 0) : reading.words[at].start]
    if _CALLED.search(head) or _SIGNED.search(head):
        return Cue.CALLED
    if role_before(reading, at, lists) is not None:
        return Cue.ROLE
    return Cue.DEED if _after_deed(reading, at, lists) else Cue.NONE


def _after_title(reading: Reading, at: int, lists: NameLists) -> bool:
    if at == 0 or not _AFTER_TITLE.fullmatch(reading.gap(at - 1)):
        return False
    if "." in reading.gap(at - 1) and len(reading.words[at - 1].text) > 4:
        return False  # "a complaint against the officer. Tell victims"
    if reading.words[at].kept and reading.words[at - 1].folded in _LEARNED:
        return False  # "Lord Farmer review", "Professor Lawrence Sherman"
    return reading.words[at - 1].folded in lists.data.titles


def is_civil(reading: Reading, at: int) -> bool:
    """Whether the title before this word is one that everybody has: a name follows it, whatever it is."""
    return at > 0 and reading.words[at - 1].folded in _CIVIL


def nicknamed(reading: Reading, at: int) -> bool:
    """Whether this word alone is what somebody goes by: "aka Tiny", but not "known as Right Care"."""
    start = reading.words[at].start
    follows = reading.words[at + 1] if at + 1 < len(reading.words) and reading.joined(at) else None
    return bool(_NICKNAMED.search(reading.text[max(start - 30, 0) : start])) and not (follows and follows.capital)


def role_before(reading: Reading, at: int, lists: NameLists) -> Word | None:
    """The role this word's name may belong to: at most four linking words back."""
    for back in range(at - 1, max(at - 6, -1), -1):
        word = reading.words[back]
        is_role = word.folded in lists.data.roles or word.folded.removesuffix("'s") in lists.data.roles
        if not (is_role or word.folded in lists.data.links) or not _AFTER_ROLE.fullmatch(reading.gap(back)):
            return None
        if is_role:
            return word
    return None


def _after_deed(reading: Reading, at: int, lists: NameLists) -> bool:
    for back in range(at - 1, max(at - 6, -1), -1):
        if reading.gap(back) not in (" ", ": ", " - "):
            return False
        word = reading.words[back].folded
        if word in lists.data.deeds:
            return True
        if word not in lists.data.between:
            return False
    return False


def aged(reading: Reading, last: int) -> bool:
    """Whether an age or a birth stands after this word."""
    return bool(_AGED.match(reading.text, reading.words[last].end))


def does(reading: Reading, last: int) -> bool:
    """Whether what people do or have stands after this word: "keeps", "said", "'s ex"."""
    end = reading.words[last].end
    return bool(DOES.match(reading.text, end) or _RELATED.match(reading.text, end))
