"""Redaction by kind on the kept messages, and what holds whatever is typed."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.safeguards import clean, known_to, redact
from bot.safeguards.identifiers import _recognisers
from bot.safeguards.redaction.reading.known import bundled_known
from bot.safeguards.redaction.reading.lexicon import warm
from bot.safeguards.redaction.reading.names_data import NameDataError, bundled_names, fold, read_names
from tests.benchmarks.identifiers import figures, is_right, messages

MESSAGES = messages()
_PLACEHOLDER = re.compile(r"\[[a-z_]{2,20}\]")


def test_there_are_enough_messages_of_every_kind() -> None:
    gone = [message for message in MESSAGES if message.gone]
    assert len(gone) >= 300
    assert len(MESSAGES) - len(gone) >= 300
    assert {message.kind for message in gone} == {
        "name", "dob", "address", "postcode", "phone", "online", "location", "vehicle", "official", "reference", "mixed"
    }  # fmt: skip


def test_everything_is_gone_and_look_alikes_stay() -> None:
    gone = figures(message for message in MESSAGES if message.gone)
    assert {figure.kind: figure.wrong for figure in gone if figure.right < 0.98 * figure.messages} == {}
    stay = figures(message for message in MESSAGES if not message.gone)
    assert sum(figure.messages - figure.right for figure in stay) <= 6


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("reg AB12 CDE blue", "reg [vehicle] blue"),
        ("EU70-KLP and LT-70-VBN", "[vehicle] and [vehicle]"),
        ("white van, AGZ 4018, is back", "white van, [vehicle], is back"),
        ("AB12 area and WD18 ASB", "AB12 area and WD18 ASB"),
        ("form A12 and S60 ASB", "form A12 and S60 ASB"),
        ("mohammed al-rashid keeps parking", "[name] keeps parking"),
        ("Jordan Pell 16 been missing 9 times", "[name] 16 been missing 9 times"),
        ("b. 7/8/66", "b. [date_of_birth]"),
        ("dob 070866", "dob [date_of_birth]"),
        ("born 7th Aug 66", "born [date_of_birth]"),
        ('Declan "Dezza" Murphy deals', "[name] deals"),
        ("Rhys ap Gruffydd and Omar bin Said", "[name] and [name]"),
        ("he goes by Tiny aka Biggz", "he goes by [name] aka [name]"),
        ("mark jones rang, mark the map", "[name] rang, mark the map"),
        ("will the PSPO stop Will Prowse", "will the PSPO stop [name]"),
        ("Hope Ndlovu has hope", "[name] has hope"),
        ("Ron Clarke on opportunity", "Ron Clarke on opportunity"),
        ("victim Ron Clarke rang", "victim [name] rang"),
        ("Stephen Lawrence inquiry", "Stephen Lawrence inquiry"),
        ("PF-0042 any news, cad 4512 of 04/11/2026", "PF-0042 any news, cad [crime_reference]"),
        ("DE89 3704 0044 0532 0130 00", "[bank]"),
        ("DE89 3704 0044 0532 0130 01 is no IBAN", "DE89 [card] 01 is no IBAN"),
        ("card 4539578763621486", "card [card]"),
        ("SMITH711106JF9AB", "[driving_licence]"),
        ("///filled.count.soap", "///[location]"),
        ("51.8093, -0.2377", "[location]"),
        ("Rose Cottage, Mill Lane, Ardeley", "[address]"),
        ("88 St. Albans Rd East", "[address]"),
        ("Project Edward and Operation Yellow Card", "Project Edward and Operation Yellow Card"),
        ("arrests under Operation Kingfisher", "arrests under Operation [operation]"),
    ],
)
def test_kinds(text: str, redacted: str) -> None:
    assert redact(text).text == redacted


# -- whatever is typed

_VALUES = [value for message in MESSAGES for value in message.gone]
_PIECES = st.sampled_from(
    [
        *(message.text for message in MESSAGES),
        *_VALUES,
        *"victim suspect Mr PC called aka reg dob born lives at the of mark Liam ☂ Ł 12".split(),
        *"[name] [phone] [ ] ' \" ( , . -".split(),
    ]
)
_TEXTS = (
    st.lists(_PIECES, max_size=6).map(" ".join) | st.lists(_PIECES, max_size=4).map("\n".join) | st.text(max_size=120)
)


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
@example("Mr Mr Mr Tilbury Liam Frost 12/03/1990 12/03/1991")
def test_what_was_found_is_gone_and_a_second_time_finds_nothing(text: str) -> None:
    once = redact(text)
    again = redact(once.text)
    assert (again.text, again.kinds) == (once.text, ())
    for kind, recogniser in _recognisers(bundled_known()):
        if kind:
            assert [
                once.text[slice(*span)] for span in recogniser(once.text) if "[" not in once.text[slice(*span)]
            ] == []


@settings(max_examples=100, deadline=None)
@given(_TEXTS)
def test_placeholders_stay_whole_and_nothing_is_invented(text: str) -> None:
    redaction = redact(text)
    before, after = _PLACEHOLDER.findall(text), _PLACEHOLDER.findall(redaction.text)
    assert all(after.count(placeholder) >= before.count(placeholder) for placeholder in before)
    kept = _PLACEHOLDER.split(redaction.text)
    at = 0
    for piece in kept:  # what is left stands in the text, in the same order
        at = text.index(piece, at) + len(piece)
    assert set(redaction.kinds) <= {placeholder.strip("[]") for placeholder in after}


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([message for message in MESSAGES if message.gone]),
    st.sampled_from(["{}", "hi, {}", "{} thanks", "urgent pls. {}", "{}\nany ideas?", "- {}"]),
)
@example(next(one for one in MESSAGES if one.text.startswith("thirty one beech close")), "hi, {}")
@example(next(one for one in MESSAGES if one.text.startswith("thirty one beech close")), "urgent pls. {}")
def test_what_stands_around_a_message_hides_nothing(message: object, frame: str) -> None:
    assert hasattr(message, "text")
    assert is_right(message, redact(clean(frame.format(message.text))).text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "piece",
    ["a@", "1 High Street ", "Mr ", "A1", "reg A1 ", "flat 1 ", "Old House, ", "snap: x_", "12/", "00 ", "Aa-",
     "[name] ", "dob 1", "ref 1-", "at 1 a ", "aa.bb.", "Liam Frost ", "'", "é", "victim is ", "GB12 ", "//"],
)  # fmt: skip
def test_time_grows_no_faster_than_the_message(piece: str) -> None:
    """Five times the length costs at most fifteen times the time; catastrophic patterns cost hundreds."""
    redact("warm up Liam")
    short, long = _seconds(piece, 2_000), _seconds(piece, 10_000)
    assert long < 15 * max(short, 0.02)


def _seconds(piece: str, length: int) -> float:
    text = (piece * (length // len(piece) + 1))[:length]
    best = float("inf")
    for _ in range(2):
        began = time.process_time()
        redact(text)
        best = min(best, time.process_time() - began)
    return best


# -- what the library names


def test_what_the_library_names_stays_unless_a_person_is_made_of_it() -> None:
    known = known_to(["The work of Xavier Quillfeather is used in Brackenmoor. Operation Heronsgate is our own."])
    text = "Xavier Quillfeather on near repeats"
    assert redact(text).text == "[name] on near repeats"
    assert redact(text, known).text == text
    assert redact("suspect Xavier Quillfeather", known).text == "suspect [name]"
    assert redact("part of Operation Heronsgate", known).text == "part of Operation Heronsgate"
    assert redact("part of Operation Heronsgate").text == "part of Operation [operation]"


def test_the_bundled_guidance_may_be_known() -> None:
    texts = [
        file.read_text(encoding="utf-8") for file in (Path(__file__).parents[2] / "knowledge" / "guidance").glob("*.md")
    ]
    known = known_to(texts)
    assert redact("does Clare's Law apply in Merseyside, and SARA", known).kinds == ()
    assert redact("victim is Joanne Tilbury", known).text == "victim is [name]"


# -- the lists


def test_the_lists_do_not_contradict_each_other() -> None:
    data = bundled_names()
    assert data.given & data.given_or_word == frozenset()
    assert data.family & data.family_or_word == frozenset()
    assert {"kayleigh", "oluwaseun", "gurpreet", "zofia", "abdirahman", "siobhan", "priyanka", "linh"} <= data.given
    assert {"mark", "hope", "may", "rose", "will", "grant"} <= data.given_or_word
    assert fold("Józef O’Kane Wałęsa") == "jozef o'kane walesa"


def test_a_force_adds_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "places.toml").write_text(
        '[places.ours]\nwhy = "Our estates."\nwords = "brackenmoor"\n', encoding="utf-8"
    )
    own = read_names(tmp_path)
    assert "brackenmoor" in own.places
    assert own.given == bundled_names().given
    assert "brackenmoor" not in bundled_names().places


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[given.x]\nwords = \"ann\"\n", "gives no reason"),
        ("[given.x]\nwhy = \"ours\"\n", "holds nothing"),
        ("[given.x]\nwhy = \"ours\"\nwords = [\"ann\"]\n", "holds nothing"),
        ("[givn.x]\nwhy = \"ours\"\nwords = \"ann\"\n", "there is no list [givn]"),
        ("[given.x]\nwhy = \"ours\"\nwords = \"ann -\"\n", "is no word"),
        ("given = \"ann\"\n", "stands outside a table"),
        ("[given.x\n", "is not TOML"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_used_says_what_to_do(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "given_names.toml").write_text(text, encoding="utf-8")
    with pytest.raises(NameDataError, match=re.escape(said)) as caught:
        read_names(tmp_path)
    assert "given_names.toml" in str(caught.value)


def test_the_dictionary_can_be_read_ahead() -> None:
    warm()
    assert redact("Zebedee Thornquist and the hotspot").text == "[name] and the hotspot"


def test_a_text_in_which_nothing_was_found_is_read_anew_with_other_lists() -> None:
    known = known_to(["The work of Xavier Quillfeather is used in Brackenmoor. Operation Heronsgate is our own."])
    for text, bare in (
        ("ask Xavier Quillfeather about the lanes", "ask [name] about the lanes"),
        ("part of Operation Heronsgate", "part of Operation [operation]"),
    ):
        found = [redact(text, by).text for by in (known, None, known, None)]
        assert found == [text, bare, text, bare]
