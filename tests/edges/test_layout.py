"""The parts of a reply as every edge draws them: what stands first, what stays in its place, what is said once."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from bot.domain.messages import Citation, Outcome, Reply
from bot.edges import offers
from bot.edges.layout import Listed, Quoted, parts_of, placed, text_of
from bot.slack import drawing as slack
from bot.teams import drawing as teams
from bot.terminal.draw import draw

LEANING = "It does not list the rest."
CITED = Citation(
    "d", "T", "S", None, f"Under 18: never. {LEANING} Ask first.", "in_force", None, None, "OFFICIAL", "", 0.9
)


@pytest.mark.parametrize(
    ("quote", "answer", "parts"),
    [
        ("One. Two. Three.", "Two.", ("", "Two.", "One. …\nThree.")),
        ("One. Two.", "Two.", ("", "Two.", "One. …")),
        ("One. Two.", "One.", ("", "One.", "Two.")),
        ("Dogs may come. They wait outside. Cats may not.", "They wait outside.",
         ("Dogs may come.", "They wait outside.", "Cats may not.")),
        ("Ask. If not, write it down.", "If not, write it down.", ("Ask.", "If not, write it down.", "")),
        ("Search the room.\n- It must not be at night.", "- It must not be at night.",
         ("Search the room.", "- It must not be at night.", "")),
        ("You must not do any of these:\n1. Search the car.\n2. Wait.", "1. Search the car.",
         ("You must not do any of these:", "1. Search the car.", "2. Wait.")),
        ("Ask. Italy is far.", "Italy is far.", ("", "Italy is far.", "Ask. …")),
        (f"{'Long. ' * 200}It ends.", "It ends.", ("", "It ends.", f"{('Long. ' * 200).strip()} …")),
        ("One.", "", ("", "", "One.")),
        ("One.", "Elsewhere.", ("", "", "One.")),
    ],
)  # fmt: skip
def test_what_answers_goes_first_but_for_what_it_leans_on(quote: str, answer: str, parts: tuple[str, str, str]) -> None:
    assert placed(quote, answer) == parts


def test_every_edge_keeps_a_leaning_sentence_behind_what_it_leans_on() -> None:
    reply = Reply("r", Outcome.ANSWERED, "t", citations=(replace(CITED, answer=LEANING),), receipt="7K3-F9Q")
    (part,) = [one for one in parts_of(reply) if isinstance(one, Quoted)]
    assert (part.before, part.answer, part.rest) == ("Under 18: never.", LEANING, "Ask first.")
    in_order = ("Under 18: never.", LEANING, "Ask first.")
    console = Console(file=StringIO(), width=80)
    draw(reply, console)
    drawn = slack.draw(offers.answer(reply))
    words = drawn.blocks[0]["elements"][0]["elements"]
    assert [word.get("style") for word in words] == [None, {"bold": True}, None]
    shown = (
        console.file.getvalue(),  # type: ignore[attr-defined]
        "".join(word["text"] for word in words),
        drawn.text,
        teams.draw(offers.answer(reply), {})["text"],
        text_of([part]),
    )
    for text in shown:
        places = [text.replace("\n", " ").index(one) for one in in_order]
        assert places == sorted(places), text


def test_a_notification_begins_with_the_answer_and_not_with_its_source() -> None:
    reply = Reply("r", Outcome.ANSWERED, "[1] T > S: …", citations=(replace(CITED, answer="Under 18: never."),))
    assert slack.draw(offers.answer(reply)).text.startswith("Under 18: never.\n")


def test_a_step_torn_from_its_list_brings_no_number() -> None:
    steps = [
        replace(CITED, quote=f"{mark}Ring first.", answer=f"{mark}Ring first.") for mark in ("5. ", "- ", "12) ", "")
    ]
    reply = Reply("r", Outcome.POSSIBLE, "t", candidates=tuple(steps))
    assert [one.best for one in parts_of(reply) if isinstance(one, Listed)] == ["Ring first."] * 4
    dated = Reply("r", Outcome.POSSIBLE, "t", candidates=(replace(CITED, answer="24 hours at most."),))
    assert [one.best for one in parts_of(dated) if isinstance(one, Listed)] == ["24 hours at most."]


def test_what_stands_under_see_also_is_no_button_as_well() -> None:
    also = replace(CITED, section="Who may extend it?")
    reply = Reply(
        "r", Outcome.ANSWERED, "t", citations=(CITED, also), receipt="7K3-F9Q",
        related=("Who may extend it?", "Must I ask?", "Where?", "When?"),
    )  # fmt: skip
    asked = [one.label for one in offers.answer(reply).offers if one.step == "ask"]
    assert asked == ["Must I ask?", "Where?", "When?"]


def test_what_to_do_in_an_emergency_is_bold_wherever_it_is_drawn() -> None:
    reply = Reply("r", Outcome.URGENT, "Call 999 <now>.\nStay safe.", receipt="7K3-F9Q")
    first, *_ = slack.draw(offers.answer(reply)).blocks
    assert first == {"type": "markdown", "text": "**Call 999 &lt;now›.**\n**Stay safe.**"}
    said = teams.draw(offers.answer(reply), {})["text"]
    assert said.split("\n\n")[0].startswith("**Call 999")
    assert said.split("\n\n")[1:] == ["**Stay safe.**", "Receipt 7K3-F9Q"]


def test_every_section_that_is_offered_in_teams_has_its_citation() -> None:
    reply = Reply("r", Outcome.POSSIBLE, "t", candidates=tuple(replace(CITED, section=f"S{n}") for n in range(6)))
    (entity,) = [one for one in teams.draw(offers.answer(reply), {})["entities"] if "citation" in one]
    assert [one["position"] for one in entity["citation"]] == [1, 2, 3, 4, 5, 6]
