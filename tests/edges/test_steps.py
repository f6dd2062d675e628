"""The table of steps: what is offered when and to whom, done once, and told in words that are fit for a chat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import Hub
from bot.domain.messages import Place, Question
from bot.domain.people import Actor
from bot.edges.forms import LONG, Form, divided, form_of
from bot.edges.presses import Press
from bot.edges.steps import DEEDS, DoneBefore, Steps
from bot.edges.steps_table import STEPS
from bot.settings import Settings
from tests.support.fakes import WordEncoder

HERE = Place("memory", "1")
BELL, DUNN, ASKER = Actor("be11be11-0000-4000-8000-000000000001"), Actor("U0DUNN001"), Actor("pc-7")
COMMAND = re.compile(r"prevention-hub|--\w+|Run:")


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    made = Hub(Settings(data=tmp_path / "data", hub_staff=f"{BELL.name},{DUNN.name}"), WordEncoder())
    yield made
    made.close()


@pytest.fixture
def reference(hub: Hub) -> str:
    found = hub.assistant.hand_over(Question("who paints the lighthouse?", HERE, ASKER.name)).request
    assert found
    return found


def test_every_step_does_something_or_opens_something() -> None:
    assert {name for name in STEPS if name not in DEEDS} == {"passage"}


def test_what_is_offered_follows_the_state_and_whose_it_is(hub: Hub, reference: str) -> None:
    from bot.edges.offers import on_card, own

    def offered() -> tuple[list[str], list[str]]:
        request = hub.records.request(reference)
        assert request
        return [one.step for one in on_card(request)], [one.step for one in own(request)]

    assert offered() == (["claim", "reply", "note", "close", "ask_more"], ["add_detail", "withdraw"])
    Steps(hub).take(Press("claim", BELL, HERE, reference))
    assert offered() == (["release", "reply", "note", "close", "ask_more"], ["add_detail", "withdraw"])
    Steps(hub).take(Press("reply", BELL, HERE, reference, {"text": "The sexton."}))
    assert offered() == (["reply", "note", "close", "promote"], ["helped", "not_yet"])


def test_a_step_with_the_same_nonce_is_taken_once_and_one_that_was_refused_may_be_tried_again(
    hub: Hub, reference: str
) -> None:
    steps, press = Steps(hub), Press("reply", BELL, HERE, reference, {"text": " "}, nonce="n1")
    assert not steps.attempt(press).good
    good = Press("reply", BELL, HERE, reference, {"text": "The sexton."}, nonce="n1")
    assert reference in steps.attempt(good).told
    with pytest.raises(DoneBefore):
        steps.take(good)
    request = hub.records.request(reference)
    assert request
    assert [one.text for one in request.messages] == ["The sexton."]


def test_a_refusal_names_no_id_and_no_command_and_offers_its_remedy(hub: Hub, reference: str) -> None:
    steps = Steps(hub)
    steps.take(Press("claim", BELL, HERE, reference))
    refused = steps.attempt(Press("reply", DUNN, HERE, reference, {"text": "No."}))
    assert refused.told == f"a colleague has {reference}. Ask them, or take it over."
    assert [(one.step, one.about) for one in refused.remedies] == [("take_over", reference)]
    assert steps.attempt(Press("take_over", DUNN, HERE, reference)).good
    assert steps.attempt(Press("reply", DUNN, HERE, reference, {"text": "No."})).good


@pytest.mark.parametrize("name", sorted(STEPS))
@pytest.mark.parametrize("actor", [BELL, ASKER])
def test_nothing_that_is_told_holds_a_command(hub: Hub, reference: str, name: str, actor: Actor) -> None:
    steps = Steps(hub)
    for about in (reference, "PF-9999", "", "999-999", "x"):
        press = Press(name, actor, HERE, about, {"text": "call 07700 900123", "kind": "nonsense"})
        told = steps.attempt(press).told
        opened = steps.open(press)
        told += opened.title + opened.error if isinstance(opened, Form) else getattr(opened, "told", "")
        assert COMMAND.search(told) is None, told


@pytest.mark.parametrize("text", ["", "short", "line\n" * 2000, "word " * 3000, "x" * 9000, "a\n\n  b " * 1500])
def test_a_long_text_is_divided_and_comes_back_whole(hub: Hub, text: str) -> None:
    assert all(len(part) <= LONG for _, part in divided(text, LONG))
    form = form_of(hub, Press("note", BELL, HERE, "PF-0001", {"text": text}))
    fields = {**form.hidden, **{one.name: one.initial for one in form.fields}}
    assert Press("note", BELL, HERE, fields=fields).text == text
