"""Recognisers of where somebody lives or something happened."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safeguards.redaction.postcodes import AREA, INWARD
from bot.safeguards.redaction.reading.lexicon import in_dictionary
from bot.safeguards.redaction.reading.names_data import bundled_names
from bot.safeguards.redaction.reading.spans import IS, Span, has_digit, values

_I = re.IGNORECASE
KIND_OF_STREET = (
    r"road|rd|street|st|lane|ln|close|cl|avenue|ave|drive|dr|drv|way|court|ct|crt|crescent|cres|crst|gardens|gdns|grdns|"
    r"place|pl|terrace|terr|ter|grove|gr|hill|walk|mews|square|sq|row|view|rise|green|parade|pde|mount|path|yard|wharf|quay|broadway|"
    r"gate|field|fields|meadow|meadows|croft|vale|house|approach|passage|chase|dell|end|mead|ride|reach|spinney|ridgeway|"
    r"hse|bldgs?|apts|mans|tce|trce|twr|gdn|crecent|cresent|avenu|raod|steet|stret|terace|gardns|drove|loan|wynd|brae|park|common|bank|point|tower|towers|heights|mansions|lodge|embankment|circus|hedgerows|leys|lea|"
    r"orchard|paddock|paddocks|hall|villas|cottages|bungalows|flats|esplanade|promenade|boulevard|highway|bridge|farm"
)
UNIT = r"(?:(?:flat|flt|apartment|apt|room|rm|unit|plot|suite|bedsit|pitch|berth|studio)\.? ?(?:[a-z]?\d{1,4}[a-z]?|[a-h])\b,? ?(?:at |in |of )?)"
_HOUSE = r"\d{1,4}[a-zA-Z]?(?: ?[-/&] ?\d{1,4}[a-zA-Z]?| and \d{1,4}[a-z]?)?"
_PROPER = r"(?:[A-Z][A-Za-z'’.-]{0,20}|y|yr|of|the|le|de)(?!\w)"
_SIDE = r"(?: (?:North|South|East|West|N|S|E|W|north|south|east|west)(?!\w))?"
_SIDE_WORD = re.compile(r" (?:North|South|East|West|N|S|E|W)(?!\w)")
TAIL = (
    rf"(?:,? {AREA} ?{INWARD}(?!\w)|(?:, ?(?:[A-Z][A-Za-z'’-]{{1,20}}(?: [A-Z][a-z'’-]{{1,20}}){{0,2}})(?!\w)){{1,3}}"
    rf"(?:,? {AREA}(?: ?{INWARD})?(?!\w))?|,? {AREA}(?!\w)(?! ?\d))?"
)
_ADDRESS = re.compile(
    rf"(?<![\w/.£$-])(?i:{UNIT}){{0,2}}(?:\d{{1,2}}/\d{{1,2}},? )?(?:{_HOUSE},? )(?P<street>{_PROPER}(?: {_PROPER}){{0,3}})(?P<tail>{_SIDE}{TAIL})"
)
_ADDRESS_IN_LOWER_CASE = re.compile(
    rf"(?<![\w/.£$-])(?P<unit>{UNIT}{{0,2}}){_HOUSE},? (?P<words>(?:the )?[a-z'’.]{{2,20}}(?: [a-z'’]{{2,20}}){{0,2}}?)"
    rf" (?P<kind>{KIND_OF_STREET})(?![\w-])(?P<tail>{_SIDE}(?:,? {AREA} ?{INWARD}(?!\w)|(?-i:{TAIL})))",
    _I,
)
_SURE_KIND = re.compile(
    r"(?:road|rd|street|st|lane|ln|avenue|ave|hse|bldgs?|apts|crescent|crecent|cresent|avenu|raod|steet|stret|terace|gardns|cres|gardens|gdns|terrace|tce|trce|close|cl|drive|court|ct|grove|mews)$",
    _I,
)
_LETTERED = re.compile(r"\d{1,4}[a-e],? ", re.IGNORECASE)
"""A house's number with its letter: "117a", which nothing but a house has before a street."""
AT = re.compile(
    r"(?:\b(?:lives?|living|live|stay(?:s|ing)?|reside[sd]?|resident|based|home|(?:address(?:es)?|addy|addr)(?: (?:is|was|as|of|given as))?|re|reg(?:arding)?|loc|location|house|property|premises|venue|"
    r"caller|outside|flat|maisonette|bungalow|at|of|no|number|num|to|from|is|was|its|it['’]s|shows|showing|visited|attend(?:ed|ing)?|bailed|moved|drugs|complaints? about)[:.]?,? ?)$",
    _I,
)
_WITH_CAPITALS = "piece|vw|pk|ho|wf|acres?|steps|quad|quadrant|gait|neuk|vennel|pend|garth|fold|ginnel|snicket|knoll|strand|hurst|dene|copse|hollow|links|brow|cross|cottage"
"""Kinds of street that are words too: one only where it is written with a capital."""
_STREET_WORD = re.compile(rf"\b(?:{KIND_OF_STREET}|{_WITH_CAPITALS})$", _I)
NOT_A_STREET = frozenset(
    """
    a an the this that these different busy main high fatal serious side back residential rural minor major
    private local police other new same whole problem day days week weeks month months year years hour
    hours hrs min mins minute minutes metres meters miles mile people person pcs officers shops bars pubs
    schools kids youths houses homes cars calls incidents reports times breaches on in of from at and to for
    down along near off by up is are was were per our my your their his her each every most some any all
    wide narrow one two three open closed safe safer long short quiet public bus train crown county
    magistrates youth family criminal supreme tennis working separate recent known named repeat open-air
    test case first second third last next can will do does did has have had need needs hot care children's empty void
    btl hmo hmos rsl nb sb eb wb half more less than or yards feet points per cent years' man men women pages steps ways
    """.split()
)
NOT_AFTER_STREET = re.compile(
    r" (?:shops?|stores?|bars?|pubs?|traffic|policing|deaths?|safety|users?|collisions?|closures?|orders?|"
    r"names?|cases?|hearings?|robber\w*|crime|lights?|lighting|drinking|dealing|workers?|works|retailers?|"
    r"businesses|patrols?|thefts?|pastors?|wardens?|rangers?|teams?|officers?)\b",
    _I,
)
FORWARD = re.compile(r" (?:forward|through|around|round|of)\b", _I)
_ESTATE = re.compile(
    rf"(?<![\w/.-])(?i:{UNIT})(?:the |The )?(?:[A-Z][A-Za-z'’-]{{1,20}} ){{1,3}}"
    rf"(?i:(?:business|industrial|trading|retail|enterprise|caravan|holiday|mobile home|science|commercial) (?:park|estate|centre|site)|site|close|cottages|"
    rf"estate|hostel|hotel|inn|lodge|house|court|tower|point|heights|mansions|centre|works|yard|building|hall)\b(?:, ?{_HOUSE} [A-Z][a-z'’-]{{1,20}}(?: [A-Z][a-z'’-]{{1,20}}){{0,2}})?{TAIL}"
)
_HOUSE_NAME = (
    r"(?:[Tt]he )?(?:Old |Little |New |Upper |Lower |Great )?(?:[A-Z][A-Za-z'’-]{1,20} ){0,2}(?:Cottage|Farm|Farmhouse|Vicarage|Rectory|"
    r"Grange|Lodge|Manor|Barn|House|Hall|Villa|Mill|Bakery|Forge|Stables|Coach House|Gatehouse|Bungalow|Schoolhouse|School House|Chapel|"
    r"Parsonage|Oast|Dairy|Post Office|Granary|Orchard|Caravan|Nook|Haven|Croft|Paddock|Homestead|Chalet)"
)
_NAMED_HOUSE = re.compile(
    rf"(?<![\w/.-])(?P<house>{_HOUSE_NAME})(?P<rest>(?:, ?(?:{_HOUSE} )?[A-Z][A-Za-z'’-]{{1,20}}(?: [A-Z][a-z'’-]{{1,20}}){{0,3}}(?!\w)){{1,3}}"
    rf"(?:,? {AREA}(?: ?{INWARD})?(?!\w))?)"
)
_HOUSE_IN_A_LANE = re.compile(
    rf"(?<![\w/.-]){_HOUSE_NAME}, (?:[a-z'’]{{3,20}} ){{1,2}}(?:lane|road|street|hill|close|way|green|drive|avenue|end|common)"
    r"(?:, (?:[a-z]{3,10} )?[A-Z][a-z'’-]{2,20})?(?!\w)"
)
_SCHOOL_OF = re.compile(
    r"\[name\][^.\n]{0,30}? (?:at|from|of|in) (?P<value>(?:St\.? )?(?:[A-Z][\w'’-]{1,20} ){1,4}"
    r"(?:Academy|School|College|Primary|Juniors?|Infants?|High|Grammar|Sixth Form|Nursery))(?!\w)"
)
_BEFORE_STREET = re.compile(
    r"(?<![\w/.-])(?P<value>(?P<house>[A-Z][a-z'’-]{1,20}(?: [A-Z][a-z'’-]{1,20}){1,2}), [A-Z][A-Za-z'’-]{1,20}(?: [A-Z][a-z'’-]{1,20})? "
    r"(?:Lane|Road|Street|Avenue|Close|Drive|Hill|Way|Green|Common|Rd|St|Ln|Ave))\b"
)
_HOUSE_AFTER_CUE = re.compile(
    rf"\b(?:lives? (?:at|in)|living (?:at|in)|resident of|resides at|home address|address|addr|loc|house is|owner of|occupier of)[:\s]{{1,2}}(?:is )?"
    rf"(?P<value>{_HOUSE_NAME})\b"
)
_PLACED = r"(?:lives|lived|living|at|on|past|outside|from|to|behind|near|opposite|by|off|of|inside|round|attended|attending|visited)"
# farms and cottages are homes, wherever they are named; houses, halls and lodges may be anything
_HOME_WITH_A_NAME = re.compile(
    rf"\b{_PLACED} (?P<value>(?:[A-Z][\w'’-]{{2,20}} ){{1,3}}(?:Farm|Farmhouse|Cottages?|Bungalow|Croft|Vicarage|Smallholding|Steading))\b"
    r"(?! (?:Watch|Shop|Road|Lane|Street|Park|Hospital|School|Estate|[Ww]atch))"
)
_HOUSE_BEFORE_STREET = re.compile(
    rf"\b{_PLACED} (?P<value>(?P<house>[A-Z][a-z'’-]{{3,20}}|[Tt]he (?:[Bb]ungalow|[Cc]ottage|[Bb]arn|[Ff]orge|[Ll]odge|[Mm]ill|[Ff]armhouse)), "
    r"(?:[A-Z][A-Za-z'’-]{1,20} ){1,2}(?:Lane|Road|Street|Avenue|Close|Drive|Hill|Way|Green|Common|Rd|St|Ln|Ave))\b"
)
_STREET_OF_IT = re.compile(
    r"\[address\] (?:on|in|off|,) (?P<value>(?:[A-Z][A-Za-z'’-]{1,20} ){1,3}(?:Lane|Road|Street|Avenue|Close|Drive|Hill|Way|Parade|Crescent|"
    r"Terrace|Gardens|Square|Rd|St|Ave))\b"
)
_UNIT_THEN_STREET = re.compile(
    rf"(?<![\w/.-])(?i:{UNIT}){{1,2}}{_HOUSE},? [A-Z][a-z'’-]{{3,20}}(?: [A-Z][a-z'’-]{{2,20}})?(?!\w){TAIL}"
)
_NEXT_DOOR = re.compile(r"\bnext door(?: at)? ?\(?(?:no\.? ?|number )?(?P<value>\d{1,4}[a-z]?)\b\)?", _I)
_SITE_AT = re.compile(
    rf"\b(?:site|camp|park|yard|encampment|plot|moor(?:ed|ing)|shop|takeaway|kebabs?|chippy|salon|pub|caf[eé]) (?:at|on|off|in) "
    rf"(?P<value>(?:[A-Z][a-z'’-]{{2,20}} ){{1,3}}(?i:{KIND_OF_STREET}))(?![\w-])"
)
_UNIT_ALONE = re.compile(
    r"\b(?:at|of|from|in|lives|address|to|address is|next door at|outside|inside|works at) (?P<value>(?:(?:flat|apartment|apt|room|"
    r"house|no|number|num|plot)\.? ?)\d{1,4}[a-z]?)\b(?! ?(?:people|times|days|of|on|in the|hours|minutes|per|%|[a-z]+ (?:road|street)))",
    _I,
)
_NUMBERED = re.compile(
    rf"(?<![\w/.£$-])(?P<range>\d{{1,4}}[a-z]?[-/]\d{{1,4}}[a-z]? |)(?P<one>\d{{1,4}}[a-zA-Z]?,? )?(?P<street>(?:The )?[A-Z][a-z'’-]{{2,20}}(?: (?:y |yr )?[A-Z][a-z'’-]{{2,20}}){{0,2}}){TAIL}"
)


def addresses(text: str) -> Iterator[Span]:
    """A house number or name with its street, and the town or postcode that follows."""
    yield from values(_HOUSE_IN_A_LANE, text)
    yield from values(_SCHOOL_OF, text)
    yield from values(_NAMED_HOUSE, text)
    for match in _ESTATE.finditer(text):
        yield match.span()
    for match in _ADDRESS.finditer(text):
        span = _street_span(match)
        if span and not NOT_AFTER_STREET.match(text, span[1]):
            yield span
    yield from _in_lower_case(text)
    for match in _BEFORE_STREET.finditer(text):
        if not any(common(word.lower()) for word in match["house"].split(" ")[:-1]):
            yield match.span("value")
    yield from values(_HOUSE_AFTER_CUE, text)
    yield from values(_HOME_WITH_A_NAME, text)
    yield from values(_STREET_OF_IT, text)
    for match in _HOUSE_BEFORE_STREET.finditer(text):
        if match["house"].lower() not in bundled_names().places:  # "at Stevenage, London Road" is no home
            yield match.span("value")
    yield from _without_a_kind(text)
    for pattern in (_UNIT_THEN_STREET, _NEXT_DOOR, _SITE_AT, _UNIT_ALONE) if has_digit(text) else (_SITE_AT,):
        yield from values(pattern, text)


def _in_lower_case(text: str) -> Iterator[Span]:
    at = 0
    while match := _ADDRESS_IN_LOWER_CASE.search(text, at):
        at = match.start() + 1
        words = set(match["words"].lower().removeprefix("the ").split())
        sure = (
            _SURE_KIND.match(match["kind"])
            or match["unit"]
            or _LETTERED.match(match[0])
            or AT.search(text, max(match.start() - 40, 0), match.start())
        )
        if sure and not words & NOT_A_STREET and not _goes_on(text, match.end()):
            yield _with_town(text, match.span())
            at = match.end()


def _goes_on(text: str, end: int) -> bool:
    """Whether the last word belongs to what follows: "street robberies", "way forward"."""
    return bool(NOT_AFTER_STREET.match(text, end) or FORWARD.match(text, end))


def _with_town(text: str, span: Span) -> Span:
    """On to a known town that follows without a comma: "12 elm rd stevenage"."""
    follows = re.compile(r",? ([A-Za-z]{3,20})(?!\w)").match(text, span[1])
    if follows and follows[1].lower() in bundled_names().places:
        return span[0], follows.end()
    return span


def _street_span(match: re.Match[str]) -> Span | None:
    """The span up to the last word for a street, and on to the end if a postcode follows it."""
    words = match["street"].split(" ")
    for count in range(len(words), 1, -1):
        if _STREET_WORD.search(words[count - 1].rstrip(".,'’\"")) and words[count - 1][0].isupper():
            complete = count == len(words)
            end = match.end() if complete else match.start("street") + len(" ".join(words[:count]))
            side = _SIDE_WORD.match(match.string, end)
            return _with_town(match.string, (match.start(), side.end() if side else end))
    return None


def _without_a_kind(text: str) -> Iterator[Span]:
    """ "at 27 Marlowes", "18-20 Bancroft", "number 36 The Hedgerows": no word for a street, but a number and a cue."""
    for match in _NUMBERED.finditer(text):
        first = match["street"].removeprefix("The ").split(" ")[0].lower().rstrip("-'’")
        cued = bool(AT.search(text, max(match.start() - 40, 0), match.start()))
        the = match["street"].startswith("The ") and (cued or not match.start() or match[0].count(",") > 1)
        named = the or (_proper(first) and (cued or match["range"])) or (cued and match["range"])
        if named and not common(first) and (match["range"] or match["one"]):
            yield match.span()


_DAY_OR_MONTH = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    r"dec(?:ember)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)"
)


def common(word: str) -> bool:
    """Whether a word is a day or month, a place, a given name or otherwise no name of a street; in lower case."""
    data = bundled_names()
    return (
        bool(_DAY_OR_MONTH.fullmatch(word))
        or word in data.ordinary
        or word in data.not_names
        or word in data.places
        or word in data.given
    )


def _proper(word: str) -> bool:
    return not in_dictionary(word) or word in bundled_names().family


_THREE_WORDS = re.compile(
    rf"(?<![\w:/])/{{2,3}} ?(?P<slashed>[a-z]{{3,20}}\.[a-z]{{3,20}}\.[a-z]{{3,20}})\b|\b(?:w3w|what ?(?:3|three) ?words?)(?: (?:location|address|ref|is|loc))*{IS}"
    r"/{0,3}(?P<cued>[a-z]{3,20}[. ][a-z]{3,20}[. ][a-z]{3,20})\b|(?<![\w.@/])(?P<bare>[a-z]{4,20}\.[a-z]{4,20}\.[a-z]{4,20})(?![\w.@/])",
    _I,
)
_DEGREES = re.compile(
    r"(?<![\w.])[-+]?\d{1,2}\.\d{3,8}°? ?[NS]?[, ]{1,2}[-+]?\d{1,3}\.\d{3,8}°? ?[EW]?(?![\d.])"
    r"|\d{1,3}° ?\d{1,2}['’′] ?[\d.]{0,6}[\"”″]? ?[NSEW](?:[, ]{0,2}\d{1,3}° ?\d{1,2}['’′] ?[\d.]{0,6}[\"”″]? ?[NSEW])?"
)
_GRID = re.compile(r"(?<!\w)(?P<value>[HNOST][A-HJ-Z] ?\d{3,5} ?\d{3,5})(?!\w)")
_GRID_CUED = re.compile(
    rf"\b(?:grid|ngr|os|easting|northing|coord(?:inate)?s?|lat(?:itude)?|long(?:itude)?)(?: (?:grid|ref|reference|map))*{IS}(?P<value>(?:[a-z]{{2}} ?)?"
    r"-?\d{2,6}(?:\.\d{2,8})?(?:[, ]{1,2}-?\d{1,6}(?:\.\d{2,8})?)?)(?!\w)",
    _I,
)


def locations(text: str) -> Iterator[Span]:
    """Three words, coordinates, a grid reference."""
    for match in _THREE_WORDS.finditer(text):
        if not match["bare"] or all(map(in_dictionary, match["bare"].split("."))):
            yield match.span(match.lastgroup or 0)
    for pattern in (_DEGREES, _GRID, _GRID_CUED) if has_digit(text) else ():
        yield from values(pattern, text)
