"""What a process that died had begun: the hub's own words in a thread, and buttons that were pressed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.messages import Place
from bot.domain.refusals import RecordsError
from bot.server import edges_of, new_server
from bot.teams.places import CHANNEL, PERSONAL, Spot
from tests.support.serving import served
from tests.support.teams.fake import TENANT, words
from tests.support.teams.tenant import EVERY, HUB_CHANNEL, PEOPLE, Tenant, tenant

ASKED = "how long may a silk kite soak in water?"


@pytest.fixture
def people(tmp_path: Path, guidance: Path) -> Iterator[Tenant]:
    with tenant(tmp_path, guidance) as found:
        yield found


def left(people: Tenant, key: str, place: Place, who: str, text: str) -> None:
    """Something that another process took, and whose time has run out."""
    people.hub.records.inbound.receive("teams", key, place, PEOPLE[who][1], text)
    with people.hub.records._database.write() as connection:
        connection.exec_driver_sql("update inbound set until = '2020-01-01 00:00:00.000000' where state = 'taken'")


def test_a_reply_of_the_hub_goes_to_whoever_asked_and_is_no_question(people: Tenant) -> None:
    people.say("dunn", "hello")  # whose role was given to the account: what is on record has the other id
    people.say("sam", "who paints the lighthouse door?")
    card, before = people.card("PF-0001"), len(people.teams.sent)
    spot = Spot(TENANT, CHANNEL, HUB_CHANNEL, card.id, people.teams.service)
    left(people, f"17:{HUB_CHANNEL}", spot.place, "dunn", "reply: The sexton paints it.")
    with served(new_server(people.hub, edges_of(people.hub), EVERY)) as address:
        people.teams.app_url = address
        assert "The sexton paints it." in people.next("a:sam", before).text
        assert "Sent to whoever asked PF-0001." in people.next(f"{HUB_CHANNEL};messageid={card.id}", before).text
    assert [one.reference for one in people.hub.records.requests()] == ["PF-0001"]


def test_a_button_that_a_process_died_in_can_be_pressed_again(people: Tenant) -> None:
    answered = people.say("sam", ASKED)
    pressed = people.button(answered.card, "Ask the hub")["data"]
    spot, before = Spot(TENANT, PERSONAL, "a:sam", "", people.teams.service), len(people.teams.sent)
    left(people, f"step:ask_hub:{pressed['about']}:{PEOPLE['sam'][1]}:", spot.place, "sam", "")
    with served(new_server(people.hub, edges_of(people.hub), EVERY)) as address:
        people.teams.app_url = address
        assert "I could not finish your last message." in people.next("a:sam", before).text
        done = people.press("sam", answered.card, "Ask the hub")
        assert words(done["value"]) == "With the hub: PF-0001"


def test_what_was_done_is_not_said_to_have_failed(people: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    def finish(*_: object) -> None:
        raise RecordsError("the disk is full")

    answered = people.say("sam", ASKED)
    monkeypatch.setattr(people.hub.records.inbound, "finish", finish)
    done = people.press("sam", answered.card, "Ask the hub")
    assert words(done["value"]) == "With the hub: PF-0001"


def test_what_could_not_be_put_on_record_can_be_pressed_again(people: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    def save(*_: object, **__: object) -> str:
        raise RecordsError("the disk is full")

    answered = people.say("sam", ASKED)
    with monkeypatch.context() as full:
        full.setattr(people.hub.records, "save_handed_over", save)
        told = people.press("sam", answered.card, "Ask the hub")
        assert "could NOT be recorded" in told["value"]
    done = people.press("sam", answered.card, "Ask the hub")
    assert words(done["value"]) == "With the hub: PF-0001"
