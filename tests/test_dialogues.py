"""The same conversations at every edge: whoever moves from one to another reads the same words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.speakers import EDGES, Speaker


@pytest.fixture(params=sorted(EDGES))
def officer(request: pytest.FixtureRequest, tmp_path: Path, guidance: Path) -> Iterator[Speaker]:
    with EDGES[request.param](tmp_path, guidance) as speaker:
        yield speaker


def test_a_covered_question_a_passage_and_a_follow_up(officer: Speaker) -> None:
    read = officer.say("how long may a silk kite soak in water?")
    assert "Washing kites > How long may a kite soak in water?" in read
    assert "A silk kite may soak for ten minutes only." in read
    assert "in force · law checked 20 October 2026 · OFFICIAL" in read
    assert "Receipt " in read
    assert "cotton kite may soak for forty minutes" in officer.press("Show passage")
    assert "cotton kite may soak for forty minutes" in officer.say("and a cotton one?")


def test_what_is_not_covered_is_replied_to_by_the_hub_and_confirmed(officer: Speaker) -> None:
    read = officer.say("who paints the lighthouse door?")
    assert "Not covered by guidance." in read
    assert "Your question is with the hub. Your reference is PF-0001." in read
    officer.hub.desk.reply(officer.hub.actor(officer.staff), "PF-0001", "The sexton paints it.")
    told = officer.unread()
    assert "The hub has replied to PF-0001: The sexton paints it." in told
    assert "PF-0001 is open again." in officer.press("Not yet")
    officer.hub.desk.reply(officer.hub.actor(officer.staff), "PF-0001", "The keeper paints it.")
    assert "The keeper paints it." in officer.unread()
    assert "Thank you. PF-0001 is closed." in officer.press("That helped")
    request = officer.hub.records.request("PF-0001")
    assert (request.state.value, request.outcome) == ("closed", "answered")


def test_what_is_typed_of_a_request_does_what_a_button_does(officer: Speaker) -> None:
    officer.say("who paints the lighthouse door?")
    assert "PF-0001 · waiting for the hub · who paints the lighthouse door?" in officer.say("mine")
    assert "Added to PF-0001." in officer.say("add PF-0001: the north one")
    officer.hub.desk.reply(officer.hub.actor(officer.staff), "PF-0001", "The sexton paints it.")
    officer.unread()
    assert "PF-0001 is open again." in officer.say("not yet pf-1")
    assert "PF-0001 is withdrawn." in officer.say("withdraw PF-0001")
    assert "PF-0001 was withdrawn, and stays so." in officer.say("not yet PF-0001")
    assert len(officer.hub.records.requests()) == 1


def test_the_hub_asks_for_more(officer: Speaker) -> None:
    officer.say("who paints the lighthouse door?")
    officer.hub.desk.ask_more(officer.hub.actor(officer.staff), "PF-0001", "Which lighthouse?")
    assert "The hub needs to know more about PF-0001: Which lighthouse?" in officer.unread()
    assert "Added to PF-0001, because the hub had asked you for more." in officer.say("the north one")
    assert "Thank you. The hub" not in officer.say("thanks")
    said = [message.text for message in officer.hub.records.request("PF-0001").messages]
    assert said == ["Which lighthouse?", "the north one"]


def test_which_of_these_and_the_hub_instead(officer: Speaker) -> None:
    read = officer.say("is a kite dried in the shade at dusk")
    assert "I am not sure which of these you mean." in read
    assert "Washing kites > How do I dry a kite?" in read
    assert "Your reference is PF-0001." in officer.press("None of these: ask the hub") or "PF-0001" in officer.unread()


def test_short_answers_are_understood_from_what_was_said_before(officer: Speaker) -> None:
    officer.say("is a kite dried in the shade at dusk")
    assert "Hang it in the shade." in officer.say("the first one")
    assert "I am here when you have a question." in officer.say("lol")
    assert "Type another number" in officer.say("no")
    assert officer.hub.records.requests() == []
    assert "Your reference is PF-0001." in officer.say("none of these")
    assert "Your question is with the hub already. Your reference is PF-0001." in officer.say("hub")
    assert "PF-0001 · waiting for the hub · is a kite dried in the shade at dusk" in officer.say("status of PF-0001")
    assert len(officer.hub.records.requests()) == 1


def test_an_answer_is_handed_to_the_hub_all_the_same(officer: Speaker) -> None:
    officer.say("how long may a silk kite soak in water?")
    assert "PF-0001" in officer.press("Ask the hub")


def test_an_emergency_is_signposted_first_and_nothing_of_it_is_kept(officer: Speaker) -> None:
    read = officer.say("he is stabbing her right now at the lighthouse")
    assert read.startswith("If this is happening now, do not wait for this assistant: call 999")
    assert officer.hub.records.requests() == []
    for file in officer.hub.settings.data.rglob("hub.db*"):
        assert b"stabbing" not in file.read_bytes()


def test_identifiers_are_taken_out_before_anything_else(officer: Speaker) -> None:
    read = officer.say("is Jane Doe on 07700 900123 banned from the lighthouse?")
    assert read.startswith("I took out a name and a phone number before doing anything else.")
    assert "07700" not in officer.hub.records.request("PF-0001").question


def test_what_is_not_for_us_and_small_talk(officer: Speaker) -> None:
    assert "Ask about prevention or problem solving in your own words." in officer.say("hello")
    assert "I hold no information about people" in officer.say("what do we know about Jane Doe?")
    assert officer.hub.records.requests() == []


def test_paused_answers_still_reach_the_hub(officer: Speaker) -> None:
    officer.hub.office.pause(officer.hub.actor(officer.staff), "answers", "the page is wrong", ())
    read = officer.say("how long may a silk kite soak in water?")
    assert "Answers are paused at the moment. Reason: the page is wrong." in read
    assert "Your reference is PF-0001." in read
