"""Recognisers of how somebody is reached: telephone, e-mail, names on platforms, addresses of machines.

Repetition is bounded, so that a hostile message costs no more than its length.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher

from bot.safeguards.redaction.reading.lexicon import in_dictionary
from bot.safeguards.redaction.reading.spans import IS, Span, digits_of, values

_I = re.IGNORECASE

_EMAIL = re.compile(r"(?<![\w.%+-])[\w.%+'-]{1,64}@(?=[\d.-]{0,20}[A-Za-z])[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}(?<=\w)")
_EMAIL_APART = re.compile(r"(?<![\w.@])[\w.%+'-]{2,64}(?: @ ?|@ )[A-Za-z][\w-]{1,40}(?:\.[A-Za-z]{2,12}){1,3}(?!\w)")
"""With a space beside the sign, as a thumb types it."""
_SPELT_EMAIL = re.compile(
    r"(?<![\w.])[\w.+-]{2,64} ?[(\[<]? ?\bat\b ?[)\]>]? ?[\w-]{2,40}(?: ?[(\[<]? ?\bdot\b ?[)\]>]? ?[\w-]{2,20}){1,3}",
    _I,
)


def emails(text: str) -> Iterator[Span]:
    """somebody@example.org; "somebody at example dot org"."""
    if "@" in text:
        yield from values(_EMAIL, text)
        yield from values(_EMAIL_APART, text)
    yield from values(_SPELT_EMAIL, text)


_SITES = (
    r"facebook|fb|instagram|tiktok|twitter|x|snapchat|linkedin|t|youtube|twitch|onlyfans|reddit|pinterest|threads|discord|"
    r"vinted|ebay|soundcloud|spotify|wa|telegram|tinder|roblox|steamcommunity"
)
_PROFILE = re.compile(
    rf"(?<![\w.])(?:(?:www|m|en-gb|web)\.)?(?:{_SITES})\.(?:com|me|net|co\.uk|gg|tv)/(?:(?:in|u|user|users|add|channel|profile|groups|"
    rf"p)/)?(?P<value>[\w.@%=?&/#+-]{{2,80}})",
    _I,
)
_HANDLE = re.compile(
    r"(?<![\w.@<%+-])(?P<value>@(?!(?:here|channel|everyone|all|home|work|school|the|a|this|my|his|her)\b)"
    r"[\w.]{0,30}[A-Za-z_][\w.]{0,30})"
)
_PLATFORM = (
    r"(?:dating|gaming|selling|auction|hook ?up|chat) (?:site|app|website|profile|platform)|snap ?chat|snap|insta(?:gram)?|ig|tik ?tok|twitter|face ?book|fb|telegram|tele|discord|whats ?app|reddit|roblox|"
    r"fortnite|xbox(?: live)?|psn|playstation|steam|twitch|youtube|kik|signal|onlyfans|tinder|grindr|hinge|bumble|vinted|"
    r"gumtree|ebay|linkedin|yubo|wizz|omegle|threads|social media|online|gaming|depop|etsy|shpock|badoo|plenty of fish|pof|paypal|cash ?app|revolut|monzo|venmo|zelle|okcupid|happn|"
    r"feeld|muzz|strava|bereal|be ?real|viber|wechat|skype|bluesky|mastodon|nextdoor|mumsnet|marketplace|minecraft|chat ?room|forum"
)
_CALLED_THERE = r"(?:user ?names?|user ?id|handle|screen ?name|gamer ?tag|tag|display name|profile(?: name)?|account(?: name)?|name|id|acc|page)"
_A_PLATFORM = re.compile(rf"\b(?:{_PLATFORM})", _I)
_ON_PLATFORM = re.compile(
    rf"\b(?:{_PLATFORM}) ?(?:{_CALLED_THERE})?(?:\s?(?:(?:is|was|of|called|under|as|user|hes|he's|shes|she's)\b|[:=–-])\s?|\s){{1,3}}[\"'“‘]?"
    rf"(?P<value>[\w.@#-]{{3,40}})(?![\w-])",
    _I,
)
_IS_THERE = re.compile(
    rf"\b(?:{_PLATFORM}) ?(?:{_CALLED_THERE})? ?(?:(?:is|was)\b|[:=]) ?[\"'“‘]?(?P<value>[\w.-]{{4,40}})(?![\w-])", _I
)
_AFTER_PLATFORM = re.compile(
    rf"\bon (?:{_PLATFORM})[,:;]? ?(?:its |it's |as )?(?P<value>[A-Za-z]\w{{1,30}}[._]\w[\w.]{{0,30}})(?![\w-])", _I
)
_USER_NAME = re.compile(
    r"\b(?:user ?name|user ?id|handle|screen ?name|gamer ?tag|display name|account name)(?:\s?(?:is|was|of|called|:|=|-|–)\s?|\s)"
    r"{1,2}[\"'“‘]?(?P<value>[\w.@#-]{3,40})(?![\w-])",
    _I,
)
_GOES_AS = re.compile(
    r"\bon (?i:facebook|fb|insta|instagram|snap|snapchat|tiktok|twitter|telegram|discord|whatsapp|linkedin) (?i:as|under|called|named) "
    r"[\"'“‘]?(?P<value>[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{1,20}){0,3})"
)
_CALLED_ON = re.compile(
    rf"\bon (?:{_PLATFORM}) (?:as|under|called|named|by the name of)[: ]{{1,2}}[\"'“‘]?(?P<value>[\w.-]{{3,40}})(?![\w-])",
    _I,
)
_NAME_THERE = re.compile(
    rf"\b(?:under the name(?: of)?|by the name(?: of)?|goes by|known as|called|username|name is) [\"'“‘]?(?P<value>[\w.-]{{3,40}})"
    rf"[\"'”’]? on (?:{_PLATFORM})\b",
    _I,
)
# an underscore stands in names on platforms and in names of files, and nowhere else in what people type
_UNDERSCORED = re.compile(
    r"(?<![\w./@\[-])(?P<value>(?=[\w.]{0,38}[A-Za-z]{2})(?=[\w.]{0,38}_)[A-Za-z0-9][\w.]{3,38}\w)(?![\w\]])", re.ASCII
)
_A_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|csv|pptx?|jpe?g|png|mp[34]|txt|md|msg|eml|zip|html?)$", _I)
_ITS_PAGE = re.compile(rf"\b(?:{_PLATFORM})\b[^.\n]{{0,40}}? (?P<value>/[\w.]{{4,40}})(?![\w/])", _I)
# with a word that a name follows: a strange word alone is more often a crime than a handle ("online sextortion")
_BESIDE_PLATFORM = re.compile(
    rf"\b(?:{_PLATFORM})(?:/x)? (?:(?:is|was) (?:at|called|under)|called) [\"'“‘]?(?P<value>[A-Za-z][\w.]{{7,39}})(?![\w-])",
    _I,
)
_CREATOR = re.compile(
    r"\b(?:youtuber|streamer|tik ?toker|influencer|vlogger|podcaster|gamer|instagrammer|snapchatter|tweeter|auditor|creator|player|seller)s?"
    r"(?: (?:called|named|known as|is|calls (?:him|her)self))? [\"'“‘]?(?P<value>[\w.-]{5,40})(?![\w-])",
    _I,
)
_HASHED = re.compile(r"(?<![\w#])(?P<value>[A-Za-z][\w.]{2,30}#\d{4})(?!\d)")


def social_handles(text: str) -> Iterator[Span]:
    """@somebody, profile addresses, "snap: somebody", "on facebook as Some Body", some_body."""
    platform = _A_PLATFORM.search(text)  # looked for once: most patterns need one
    for pattern in (_PROFILE, _HANDLE, _GOES_AS, _HASHED, *((_AFTER_PLATFORM, _ITS_PAGE) if platform else ())):
        yield from values(pattern, text)
    for pattern, is_one in _WEIGHED if platform else _WITHOUT_A_PLATFORM:
        for match in pattern.finditer(text):
            if is_one(match["value"]):
                yield match.span("value")


def _is_no_field(word: str) -> bool:
    """Not the name of a file, and not words that a form or a table joins: "law_checked_on"."""
    return not _A_FILE.search(word) and not all(
        in_dictionary(part.lower()) for part in re.split(r"[_.]+", word) if part
    )


def _is_no_address(word: str) -> bool:
    return _handle_like(word) and not word.lower().startswith(("http", "www"))


def _is_strange(word: str) -> bool:
    """What looks like a handle, or is no English word."""
    return _handle_like(word) or not _english(word.lower().rstrip("."))


def _is_no_word(word: str) -> bool:
    return _handle_like(word) or not in_dictionary(word.lower())


def _english(word: str) -> bool:
    """Whether each part is a word or the plural of one: "admins", "well-known"."""
    return word in {"admin", "admins", "mods"} or all(
        in_dictionary(part) or in_dictionary(part.removesuffix("s")) or in_dictionary(part.removesuffix("ing"))
        for part in word.split("-")
    )


def _handle_like(word: str) -> bool:
    """What no English word looks like: a digit, an underscore or a dot among letters, capitals inside."""
    if re.fullmatch(r"[\d.,:/-]+[a-z]{0,3}", word):
        return False
    inside = bool(re.search(r"[\d_@#]|\w\.\w", word))
    return inside or bool(re.search(r"[a-z][A-Z]", word) and len(word) > 5)


_WEIGHED: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (_UNDERSCORED, _is_no_field),
    (_BESIDE_PLATFORM, _is_strange),
    (_CREATOR, _handle_like),
    (_ON_PLATFORM, _is_no_address),
    (_CALLED_ON, _is_strange),
    (_NAME_THERE, _is_strange),
    (_IS_THERE, _is_strange),
    (_USER_NAME, _is_no_word),
)
"""What stands where a handle would, and whether it is one."""
_WITHOUT_A_PLATFORM = tuple(one for one in _WEIGHED if one[0] in {_UNDERSCORED, _CREATOR, _USER_NAME})


_DOTTED = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)", re.ASCII)
_COLONS = re.compile(r"(?<![\w:])[0-9a-f]{1,4}(?::{1,2}[0-9a-f]{1,4}){2,7}(?:::)?(?![\w:])", _I)
_MAC = re.compile(r"(?<![\w:-])[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?![\w:-])", _I)


def ip_addresses(text: str) -> Iterator[Span]:
    """An IPv4, IPv6 or hardware address; "1.2.3.4" with single digits throughout is a paragraph."""
    yield from values(_MAC, text)
    for match in _DOTTED.finditer(text):
        said = text[: match.start()].lower().rstrip(" :").endswith(("ip", "ip address", "ip is"))
        if _is_ip(match[0]) and (len(match[0]) > 7 or said):
            yield match.span()
    for match in _COLONS.finditer(text):
        if _is_ip(match[0]):
            yield match.span()


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


_PHONE_SHAPE = re.compile(r"\d(?:[\s().-]{0,3}\d){4}")
# Freephone, charity and single-price numbers are published help lines, not somebody's.
PUBLISHED = ("0800", "0808", "0300", "0303", "0330", "0333", "0344", "0345", "0370", "0845", "0843", "116")
_UK_PHONE = re.compile(r"(?<![\d/.+-])(?:\+44|0044|44(?=7)|[0O])(?:[ ().-]{0,3}\d){9,11}(?![\d/])")
_WITH_LETTER_O = re.compile(r"(?<![\w/.+-])[0Oo](?:[ .-]{0,2}[\dOo]){9,10}(?![\w/])")
_ITS_END = re.compile(
    r"\b(?:phones?|mobiles?|handsets?|numbers?|burners?|cards?|accounts?|sims?)\b[^\n.]{0,40}?\b(?:end(?:s|ing)?|finish(?:es|ing)|"
    r"start(?:s|ing)?|begin(?:s|ning)?)(?: (?:in|with))? (?P<value>(?!(?:19|20)\d\d\b)\d{3,6})(?!\d| ?(?:am|pm|hrs|hours|days|mins|minutes)\b|:)",
    _I,
)
_FOREIGN = re.compile(r"(?<![\d/.+-])\+[1-9](?:[ ().-]{0,2}\d){7,14}(?![\d/])")
_CUED = re.compile(
    r"\b(?:tel|phone|mob|mobile|ring|call|number|landline|contact|text|whatsapp|cell|burner)(?: (?:no|number|is|on|him|her|"
    r"them|me|us|at|back))*[\s:.]{1,3}(?P<value>\d{5,6}[ -]?\d{4,6})(?!\d)"
    r"|\b(?:ext|extn|extension|x)(?: (?:no|number|is))?[\s:.]{1,3}(?P<ext>\d{3,6})(?![\d%])"
    rf"|\b(?:imei|imsi|iccid|sim(?: card)?(?: no| number)?){IS}(?P<imei>\d{{14,20}})\b",
    _I,
)


def phones(text: str) -> Iterator[Span]:
    """A telephone number, dialled from here or abroad, an extension, a handset's number."""
    if not _PHONE_SHAPE.search(text) and not re.search(r"\b(?:ext|end|start|begin|finish)", text, _I):
        return
    yield from (span for span in _with_library(text))
    for pattern in (_UK_PHONE, _FOREIGN):  # grouped in ways the library does not know
        for match in pattern.finditer(text):
            if not digits_of(match[0]).startswith(PUBLISHED):
                yield match.span()
    for match in _WITH_LETTER_O.finditer(text):
        if "o" in match[0].lower() and len(digits_of(match[0])) >= 7:
            yield match.span()
    yield from values(_ITS_END, text)
    for match in _CUED.finditer(text):
        yield match.span(match.lastgroup or 0)


def _with_library(text: str) -> Iterator[Span]:
    for found in PhoneNumberMatcher(text, "GB", leniency=Leniency.POSSIBLE):
        written = digits_of(found.raw_string)
        national = "0" + str(found.number.national_number) if found.number.country_code == 44 else written
        if national.startswith(PUBLISHED) or written.startswith(PUBLISHED):
            continue
        if (found.raw_string.lstrip("(").startswith(("0", "+")) and len(written) >= 10) or (
            phonenumbers.is_valid_number(found.number) and len(written) == 10 and written.startswith("7")
        ):
            yield found.start, found.end
