"""Forms of identifiers beside the look-alike that differs by one thing."""

from __future__ import annotations

import pytest

from bot.safeguards import redact
from bot.safeguards.redaction.nicknames import nicknames
from bot.safeguards.redaction.spoken import spoken_phones


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("mopeds round ne5 8rd all weekend", "mopeds round [postcode] all weekend"),
        ("al7 3rd again", "[postcode] again"),
        ("al7 3rd warning", "al7 3rd warning"),
        ("s34 3rd visit", "s34 3rd visit"),
        ("does s139AA or s66za apply", "does s139AA or s66za apply"),
        ("live at S13 9AA", "live at [postcode]"),
        ("is gu27 1ac in the zone", "is [postcode] in the zone"),
        ("al10 1am till 3am", "al10 1am till 3am"),
    ],
)
def test_postcodes_and_what_is_none(text: str, redacted: str) -> None:
    assert redact(text).text == redacted


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("camper Q612 KDR on the verge", "camper [vehicle] on the verge"),
        ("van C 214 XBD outside", "van [vehicle] outside"),
        ("C 214 XBD outside", "C 214 XBD outside"),
        ("keeper of 7 KPD", "keeper of [vehicle]"),
        ("owner of 2 XL bullies", "owner of 2 XL bullies"),
        ("driver of 3 HGV", "driver of 3 HGV"),
        ("FX19 ?KD seen", "[vehicle] seen"),
        ("is it WD18 ??? or not", "is it WD18 ??? or not"),
        ("French car AB-482-KD", "French car [vehicle]"),
        ("polish van WGM 9921K parked", "polish van [vehicle] parked"),
        ("room WGM 9921K parked", "room WGM 9921K parked"),
        ("Audi on a 70 plate", "Audi on a 70 plate"),
    ],
)
def test_marks_and_what_is_none(text: str, redacted: str) -> None:
    assert redact(text).text == redacted


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("14Feb1987 female", "[date_of_birth] female"),
        ("female 14 Feb 1987", "female [date_of_birth]"),
        ("the act of 14 Feb 1987", "the act of 14 Feb 1987"),
        ("dob given 30 sept 85", "dob given [date_of_birth]"),
        ("born in Lagos 8 January 1996", "born in Lagos [date_of_birth]"),
        ("came in Lagos 8 January 2026", "came in Lagos 8 January 2026"),
        ("born on the fourth of july 1990", "born on the [date_of_birth]"),
        ("the fourth of july 1990", "the fourth of july 1990"),
        ("the full 11/ 06 /1963", "the full [date_of_birth]"),
        ("review by 11/ 06 /2027", "review by 11/ 06 /2027"),
    ],
)
def test_births_and_other_dates(text: str, redacted: str) -> None:
    assert redact(text).text == redacted


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("from 7 Lôn y Felin, Llanrug, tonight", "from [address], tonight"),
        ("at 9 Sràid na h-Eaglaise", "at [address]"),
        ("old boy at three Larkspur Drive", "old boy at [address]"),
        ("three High Street shops", "three High Street shops"),
        ("in room 14, Travelodge, Kingsway", "in [address]"),
        ("unit 6 canal side industrial estate", "[address]"),
        ("six industrial estate units", "six industrial estate units"),
        ("end terrace on Tansy Row, number 11", "end terrace on [address]"),
        ("22 ffordd y mynydd again", "[address] again"),
        ("number 5 on Cedar Mews", "[address]"),
        ("number 3 on the High Street", "number 3 on the High Street"),
        ("the high street number 1 issue", "the high street number 1 issue"),
    ],
)
def test_dwellings_and_streets_of_every_town(text: str, redacted: str) -> None:
    assert redact(text).text == redacted


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("o double seven double o, nine hundred, four one", ["o double seven double o, nine hundred, four one"]),
        ("on 07700900 one two three", ["07700900 one two three"]),
        ("on 0800 five five five one one one", []),
        ("oh seven nine treble one two three four five six", ["oh seven nine treble one two three four five six"]),
        ("on zero eight hundred five five five one one one", []),
        ("o one two", []),
        ("one two three four five six seven eight nine ten", []),
    ],
)  # fmt: skip
def test_numbers_that_are_read_out(text: str, spoken: list[str]) -> None:
    assert [text[start:end] for start, end in spoken_phones(text)] == spoken


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lad called smudge, real name unknown", ["smudge"]),
        ("lad nicknamed badger keeps running", ["badger"]),
        ("person known as vulnerable needs help", []),
        ("male called police, says hes fine", []),
        ("caller called twice is upset", []),
    ],
)
def test_nicknames_and_what_else_is_called(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in nicknames(text)] == found


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("on vinted as lilyanne-preloved", "on vinted as [social_handle]"),
        ("on vinted as a seller", "on vinted as a seller"),
        ("on facebook as admins", "on facebook as admins"),
        ("dating site sweetchris_62", "dating site [social_handle]"),
        ("under the name kaybabe-x on snap", "under the name [social_handle] on snap"),
        ("CRI/06CC/0012345/25 juvenile", "[crime_reference] juvenile"),
        ("MPS 6512345/25, stalking", "[crime_reference], stalking"),
        ("BCA-12345-25-01 re a burglary", "[crime_reference] re a burglary"),
        ("hope marsh told me", "[name] told me"),
        ("grace hunter is out of hospital", "[name] is out of hospital"),
        ("rose green is being used", "rose green is being used"),
        ("i hope marsh told me", "i hope marsh told me"),
        ("her partner frank bishop reads her texts", "her partner [name] reads her texts"),
        ("victim may wish to withdraw", "victim may wish to withdraw"),
        ("shahanara begum and gaz thornley", "[name] and [name]"),
        ("S-DASH 11 questions", "S-DASH 11 questions"),
        ("Oscar 1 says Silver wants a plan", "Oscar 1 says Silver wants a plan"),
        ("Mr Silver wants a plan", "Mr [name] wants a plan"),
        ("Claire's on the high street", "Claire's on the high street"),
        ("Claire's on bail", "[name]'s on bail"),
    ],
)
def test_handles_references_and_names(text: str, redacted: str) -> None:
    assert redact(text).text == redacted
