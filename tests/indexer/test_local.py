"""The force's own facts: filled into documents when an edition is built, said to be not set otherwise."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from bot.answering.assistant import Assistant
from bot.answering.guidance import LibraryGuidance
from bot.domain.messages import Outcome, Place, Question
from indexer.build import Builder, starter_library
from indexer.loaders import load
from indexer.local import Local, fill, read_local, unasked, what_stands
from knowledge.manifest import LibraryError
from knowledge.store.folder import Library
from tests.support.fakes import Notebook, WordEncoder

KITES = """---
id: kites
title: Kites
local_fill:
  - {name: "kite store key holder", default: "Your force has not set this."}
  - string colour
---

## How do I fly a kite?

Run against the wind. Let go of the kite.

## What this does not cover

Who holds the key. Your force has not set this.
"""


@pytest.fixture
def kites(tmp_path: Path) -> Path:
    file = tmp_path / "kites.md"
    file.write_text(KITES, encoding="utf-8")
    return file


def text_of(kites: Path, local: Local) -> str:
    return "\n".join(block.text for block in fill(load(kites), local).blocks)


def test_the_example_file_asks_for_every_local_fact_of_the_starter_library() -> None:
    example = tomllib.loads((starter_library().parent / "local.example.toml").read_text(encoding="utf-8"))
    documents = [load(file).document for file in sorted(starter_library().glob("*.md"))]
    assert {name: list(facts) for name, facts in example["documents"].items()} == {
        document.id: list(document.local_fill) for document in documents if document.local_fill
    }
    assert Local.model_validate(example).value("d24-section-136", "mental health advice line for officers") == ""


def test_what_is_set_gets_a_section_and_the_rest_is_said_to_be_not_set(kites: Path) -> None:
    local = Local(everywhere={"Kite store  key holder": "PC Bell, 01707 000000"})
    filled = fill(load(kites), local)
    assert filled.document.unset == ("string colour",)
    text = text_of(kites, local)
    assert "Kite store key holder: PC Bell, 01707 000000" in text
    assert "Who holds the key. See “Set by your force” in this document. Your force has not set: string colour." in text


def test_a_document_s_own_value_goes_before_the_one_for_all(kites: Path) -> None:
    local = Local(everywhere={"string colour": "red"}, documents={"kites": {"string colour": "blue"}})
    assert "String colour: blue" in text_of(kites, local)


def test_nothing_set_leaves_the_document_as_it_is(kites: Path) -> None:
    assert fill(load(kites), Local(everywhere={"string colour": "  "})) == load(kites)


def test_a_name_that_no_document_asks_for_is_told_with_the_nearest(kites: Path) -> None:
    local = Local(everywhere={"sting colour": "red"}, documents={"kitez": {"x": "y"}, "kites": {"wind": "west"}})
    assert unasked(local, [load(kites)]) == [
        "No document asks for 'sting colour'. Did you mean 'string colour'?",
        "No document asks for 'kitez'. Did you mean 'kites'?",
        "No document asks for 'wind'.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[everywhere", "is not valid TOML"),
        ("[evrywhere]", "'evrywhere' is wrong"),
        ("everywhere = 3", "'everywhere' is wrong"),
    ],
)
def test_a_bad_local_file_is_refused_with_the_remedy(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "local.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LibraryError, match=said):
        read_local(tmp_path / "local.toml")


def test_no_local_file_is_an_empty_one(tmp_path: Path) -> None:
    assert read_local(tmp_path / "local.toml") == Local()


@pytest.mark.parametrize(
    ("local", "outcome", "said"),
    [
        (
            Local(),
            Outcome.HANDED_OVER,
            "Only your force can answer this, and it has not put its answer into the library yet: "
            "“kite store key holder”.",
        ),
        (Local(everywhere={"kite store key holder": "PC Bell"}), Outcome.ANSWERED, "Kite store key holder: PC Bell"),
    ],
)
def test_the_assistant_quotes_what_is_set_and_never_guesses_the_rest(
    tmp_path: Path, kites: Path, library: Library, local: Local, outcome: Outcome, said: str
) -> None:
    encoder = WordEncoder()
    Builder(library, encoder, local=local).build([kites])
    assistant = Assistant(LibraryGuidance(library, encoder), Notebook(), today=lambda: date(2026, 11, 23))
    reply = assistant.ask(Question("kite store key holder", Place("terminal", "1"), "pc-7"))
    assert reply.outcome is outcome
    assert said in reply.text


def test_a_misspelt_name_is_held_back_in_the_build_and_the_rest_is_published(kites: Path, library: Library) -> None:
    local = Local(everywhere={"sting colour": "red"}, source="local.toml")
    built = Builder(library, WordEncoder(), local=local).build([kites])
    assert built.published
    assert [(source.path, source.refused) for source in built.manifest.refused] == [
        ("local.toml", "No document asks for 'sting colour'. Did you mean 'string colour'?")
    ]


MISTAKES = (
    "[documents]\nx = 3\n",
    "[everywhere\n",
    "[[nonsense]]\na = b = c\n",
    '[contacts]\nphone = "not known here"\n',
    'loose = "at the end"\nquote = "never closed\n',
)


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("before", [True, False])
def test_a_mistake_elsewhere_takes_no_line_away(tmp_path: Path, mistake: str, before: bool) -> None:
    lines = '[contacts]\nhub = "ext 1234"  # day and night\nwellbeing = "0800 000"\n'
    lines += '[wording]\nwelfare = "Ring 999 or us."\n'
    file = tmp_path / "local.toml"
    file.write_text(mistake + lines if before else lines + mistake, encoding="utf-8")
    with pytest.raises(LibraryError):
        read_local(file)
    stands = what_stands(file)
    assert (stands.contacts.hub, stands.contacts.wellbeing) == ("ext 1234", "0800 000")
    assert stands.wording.welfare == "Ring 999 or us."


def test_a_signpost_without_999_does_not_stand(tmp_path: Path) -> None:
    (tmp_path / "local.toml").write_text(
        '[wording]\nincident = "Ring the desk."\n[contacts]\nhub = "ext 1"\n', encoding="utf-8"
    )
    stands = what_stands(tmp_path / "local.toml")
    assert (stands.wording.incident, stands.contacts.hub) == ("", "ext 1")


def test_no_file_has_nothing_that_stands(tmp_path: Path) -> None:
    assert what_stands(tmp_path / "local.toml") == Local()
