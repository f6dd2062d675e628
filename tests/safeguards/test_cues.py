"""The cues as data: what is shipped can be used, and what a force writes is checked before it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.safeguards import Urgency, cue_faults, declined, extend_cues, urgency
from bot.safeguards.cues.lexicon import SHIPPED, Cue, CueError, read
from bot.safeguards.cues.notation import Phrase, Phrases, fault_in, first_match
from bot.safeguards.urgent import cues_in

GROUP = '[group.dog]\nwhy = "Dogs."\nphrases = ["dog bite"]\n'


@pytest.fixture(autouse=True)
def _shipped_again() -> Iterator[None]:
    yield
    extend_cues(None)


def _first_of(phrases: Sequence[str], text: str) -> re.Match[str] | None:
    group, named = ("own", "group"), {"gun": ("pistol", "rifle")}
    possible = Phrases(Phrase(group, phrase, named) for phrase in phrases).possible(text)
    return first_match(possible.get(group, ()), text)


def test_every_shipped_group_says_why_and_can_be_matched() -> None:
    lexicon = read(SHIPPED)
    assert {file for file, _ in lexicon.groups} >= {"danger", "calming", "welfare", "declined", "small_answers"}
    for file, name in lexicon.groups:
        assert lexicon.groups[file, name].why.strip()
        assert [fault_in(phrase, lexicon.named(file)) for phrase in lexicon.groups[file, name].phrases].count(
            ""
        ) == len(lexicon.groups[file, name].phrases)
    lexicon.phrases.make_ready()


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("dog bite", "the dog  bite", "dog  bite"),
        ("dog bite", "dogs bite", None),
        ("dog|cat bit", "a cat bit him", "cat bit"),
        ("hold_up", "a hold-up", "hold-up"),
        ("very? ill", "he is ill", "ill"),
        ("not very? ill", "not very ill", "not very ill"),
        ("he ~2 fell", "he then suddenly fell", "he then suddenly fell"),
        ("he ~2 fell", "he then quite suddenly fell", None),
        ("strang*", "strangling her", "strangling"),
        ("# mins", "20 mins ago", "20 mins"),
        ("#am", "since 6am", "6am"),
        ("{gun} out", "pistol out", "pistol out"),
        ("fire !drill", "a fire drill", None),
        ("fire !drill", "a fire now", "fire"),
        ("^ help", "help me", "help"),
        ("^ help", "please help", None),
        ("help $", "please help!", "help!"),
    ],
)
def test_the_notation(phrase: str, text: str, found: str | None) -> None:
    match = _first_of([phrase], text)
    assert (match[0] if match else None) == found


def test_of_several_phrases_the_first_in_the_text_is_found() -> None:
    match = _first_of(["knife", "gun"], "a gun and a knife")
    assert match is not None
    assert match[0] == "gun"


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("", "a word that must be there"),
        ("maybe? ~2", "a word that must be there"),
        ("dog ~99 bite", "1 to 12"),
        ("{dogs} bite", "no set of words called 'dogs'"),
        ("dog's bite", "without apostrophes"),
        ("a||b", "is not a word"),
        ("Dog (bite)", "is not a word"),
        ("a " * 41, "more than 40 parts"),
    ],
)
def test_a_wrong_phrase_is_explained(phrase: str, said: str) -> None:
    assert said in fault_in(phrase, {})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[group.x", "is not valid TOML"),
        ('[gruop.x]\nwhy = "a"', "'gruop' is not known"),
        ('[group.x]\nphrases = ["a"]', "say why it is there"),
        ('[group.x]\nwhy = "a"\nphrases = "a"', "phrases must be a list"),
        ('[group.x]\nwhy = "a"\nphrases = ["a"]\npoints = "3"', "points must be a number from 0 to 9"),
        ('[group.x]\nwhy = "a"\nphrases = ["a"]\nweight = 3', "'weight' is not known"),
        ('[group.x]\nwhy = "a"\nphrases = ["{b} c"]', "group 'x', phrase \"{b} c\": there is no set"),
        ('[words.x]\nwhy = "a"\nlist = "o\'clock"', "is not a word"),
        ('[words.x]\nwhy = "a"\nlist = []', "list must be words"),
        ("group = 3", "write [group.NAME]"),
    ],
)
def test_a_wrong_file_names_file_group_and_entry(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CueError) as caught:
        read(tmp_path)
    assert said in str(caught.value)
    assert "own.toml" in str(caught.value)


def test_a_force_adds_phrases_and_words(tmp_path: Path) -> None:
    said = ["blue juniper in bay 4", "male with a snickersnee in the park now"]
    assert [urgency(text) for text in said] == [None, None]
    before = cues_in(said[0])
    (tmp_path / "danger.toml").write_text(
        '[group.local]\nwhy = "Our code word."\nphrases = ["blue juniper"]\n', encoding="utf-8"
    )
    (tmp_path / "words.toml").write_text('[words.weapon]\nwhy = "Ours."\nlist = "snickersnee"\n', encoding="utf-8")
    extend_cues(tmp_path)
    assert [urgency(text) for text in said] == [Urgency.INCIDENT, Urgency.INCIDENT]
    assert cues_in(said[0]) - before == {"danger.local", "heard"}
    assert cue_faults() == ()


def test_a_bad_file_of_a_force_is_left_out_and_all_else_is_heard(tmp_path: Path) -> None:
    (tmp_path / "danger.toml").write_text('[group.locall]\nwhy = "a"\nphrases = ["blue juniper"]\n', encoding="utf-8")
    (tmp_path / "declined.toml").write_text(
        '[group.intelligence]\nwhy = "Ours."\nphrases = ["pull the file on"]\n', encoding="utf-8"
    )
    extend_cues(tmp_path)
    (fault,) = cue_faults()
    assert "danger.toml" in fault
    assert "'locall'" in fault
    assert "Did you mean 'local'?" in fault
    assert urgency("he has a knife to her throat") is Urgency.INCIDENT
    assert urgency("blue juniper") is None
    assert declined("pull the file on the estate") == "intelligence"


def test_a_force_cannot_take_away_or_change_points(tmp_path: Path) -> None:
    (tmp_path / "danger.toml").write_text(
        '[group.weapon]\nwhy = "a"\npoints = 0\nphrases = ["pointy stick"]\n', encoding="utf-8"
    )
    extend_cues(tmp_path)
    assert urgency("he has a knife to her throat") is Urgency.INCIDENT


def test_no_folder_is_no_fault(tmp_path: Path) -> None:
    extend_cues(tmp_path / "nothing")
    assert cue_faults() == ()


def test_a_cue_of_a_group_that_there_is_not_is_told_and_never_deaf() -> None:
    with pytest.raises(KeyError, match="no_such"):
        Cue("danger", "no_such").search("he has a knife")
