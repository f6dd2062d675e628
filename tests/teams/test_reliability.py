"""Teams that repeats itself, asks us to wait, or is away; and processes that died."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import Hub
from bot.domain.messages import Question
from bot.edges import reception as inbound
from bot.platforms import couriers_of
from bot.server import edges_of, new_server
from bot.teams.places import PERSONAL, Spot
from bot.terminal.mail import mail_of
from tests.support.serving import served
from tests.support.teams.fake import TENANT
from tests.support.teams.tenant import EVERY, HUB_CHANNEL, PEOPLE, Tenant, tenant

ASKED = "how long may a silk kite soak in water?"


@pytest.fixture
def people(tmp_path: Path, guidance: Path) -> Iterator[Tenant]:
    with tenant(tmp_path, guidance) as found:
        yield found


def answers(people: Tenant, conversation: str) -> list[str]:
    return [one.text for one in people.teams.sent if one.conversation == conversation]


def test_what_is_delivered_again_is_answered_once(people: Tenant) -> None:
    message = people.message("sam", ASKED)
    for _ in range(3):
        people.take(message)
    people.next("a:sam", 0)
    people.say("sam", "hello")
    assert len([text for text in answers(people, "a:sam") if "ten minutes only" in text]) == 1


def test_a_redelivery_to_another_process_is_not_answered_either(people: Tenant) -> None:
    message = people.message("sam", ASKED)
    people.take(message)
    people.next("a:sam", 0)
    with served(new_server(people.hub, edges_of(people.hub), EVERY)) as address:
        people.teams.app_url = address
        people.take(message)
        people.say("sam", "hello")
    assert len([text for text in answers(people, "a:sam") if "ten minutes only" in text]) == 1


def test_it_waits_as_long_as_teams_asks(people: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("bot.teams.connector.pause", wait)
    people.teams.fail(lambda one: one.activity["type"] == "message", 429, Retry_After="3")
    assert "ten minutes only" in people.say("sam", ASKED).text
    assert 3.0 in waited


@pytest.mark.parametrize("status", [412, 502, 503, 504])
def test_what_is_not_taken_for_a_moment_is_sent_again(
    people: Tenant, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    people.teams.fail(lambda one: one.activity["type"] == "message", status)
    monkeypatch.setattr("bot.teams.connector.LONGEST_WAIT", 0.01)
    monkeypatch.setattr("bot.teams.connector.FIRST_WAIT", 0.001)
    assert "ten minutes only" in people.say("sam", ASKED).text


def test_a_reply_that_cannot_be_shown_now_comes_later(people: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.queue.delivery.FIRST_WAIT", 0.0)
    people.teams.fail(lambda one: one.activity["type"] == "message", 500)
    assert "ten minutes only" in people.say("sam", ASKED).text


def test_a_long_wait_is_kept_to_by_the_outbox(people: Tenant) -> None:
    people.say("sam", "who paints the lighthouse door?")
    people.card("PF-0001")
    people.teams.fail(lambda one: one.conversation == "a:sam", 429, Retry_After="600")
    people.hub.desk.reply(people.hub.actor("29:dunn"), "PF-0001", "The sexton paints it.")
    changed = people.card("PF-0001", times=2)
    assert "replied" in changed.text
    with people.hub.records._database.read() as connection:
        row = connection.exec_driver_sql("select due_at, state, trouble from outbox where kind = 'reply'").one()
    due = datetime.fromisoformat(row[0]).replace(tzinfo=UTC)
    assert row[1:] == ("waiting", "Teams said 429")
    assert due - datetime.now(UTC) > timedelta(minutes=9)


def test_who_is_gone_makes_a_dead_letter_that_a_person_can_send_again(people: Tenant) -> None:
    people.say("sam", "who paints the lighthouse door?")
    people.card("PF-0001")
    people.teams.fail(lambda one: one.conversation == "a:sam", 403)
    people.hub.desk.reply(people.hub.actor("29:dunn"), "PF-0001", "The sexton paints it.")
    people.card("PF-0001", times=2)
    (dead,) = people.hub.records.outbox.dead()
    before = len(people.teams.sent)
    people.hub.records.outbox.resend(dead.key, "cole")
    letter = people.next("a:sam", before)
    assert "The sexton paints it." in letter.text
    assert letter.activity["channelData"]["preventionHub"] == {"key": dead.key, "reference": "PF-0001"}


def test_a_card_that_somebody_deleted_is_posted_again(people: Tenant) -> None:
    people.say("sam", "who paints the lighthouse door?")
    card = people.card("PF-0001")
    people.teams.sent.remove(card)
    people.hub.desk.claim(people.hub.actor("29:dunn"), "PF-0001")
    again = people.card("PF-0001")
    assert again.changes == ""
    assert again.id != card.id


@pytest.mark.parametrize(("text", "told"), [(ASKED, "ten minutes only"), ("", "I could not finish your last message.")])
def test_what_a_process_that_died_left_is_answered(tmp_path: Path, guidance: Path, text: str, told: str) -> None:
    with tenant(tmp_path, guidance) as people:
        spot = Spot(TENANT, PERSONAL, "a:sam", "", people.teams.service)
        records = people.hub.records
        taken = Question(text or "he is stabbing her right now", spot.place, PEOPLE["sam"][1])
        inbound.take(records.inbound, "17:a:sam", taken)
        with records._database.write() as connection:  # its time has run out
            connection.exec_driver_sql("update inbound set until = '2020-01-01 00:00:00.000000'")
        with served(new_server(people.hub, edges_of(people.hub), EVERY)) as address:
            people.teams.app_url = address
            said = people.next("a:sam", 0).text
            assert told in said
            assert "interrupted" not in said  # it is not on record, so it was not shown
        assert records.inbound.unfinished("teams") == []


def test_what_is_in_flight_is_finished_before_it_ends(tmp_path: Path, guidance: Path) -> None:
    with tenant(tmp_path, guidance) as people:
        asked = 8
        with served(new_server(people.hub, edges_of(people.hub), EVERY)) as address:
            people.teams.app_url = address
            for _ in range(asked):
                people.take(people.message("sam", ASKED))
        assert len([text for text in answers(people, "a:sam") if "ten minutes only" in text]) == asked


def test_a_slack_asker_and_a_teams_hub(people: Tenant) -> None:
    """The letter goes where it was asked; here a terminal stands for any other place."""
    from bot.domain.messages import Place

    people.say("bell", "hello")  # Teams has been met
    people.hub.assistant.ask(Question("who paints the lighthouse door?", Place("terminal", "t1"), "pc-7"))
    view = people.view("bell", people.card("PF-0001").card, HUB_CHANNEL)
    people.fill("bell", people.press("bell", view, "Reply", HUB_CHANNEL), HUB_CHANNEL, text="The sexton paints it.")
    people.card("PF-0001", times=2)
    assert [text for _, text in mail_of(people.hub, "pc-7").unseen() if "The sexton paints it." in text]


def test_a_hub_is_closed_with_its_couriers(tmp_path: Path, guidance: Path) -> None:
    with tenant(tmp_path, guidance) as people:
        hub: Hub = people.hub
    assert all(courier.close() is None for courier in couriers_of(hub).values())


def test_a_fault_of_ours_is_said_and_not_kept_silent(people: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("lighthouse")

    monkeypatch.setattr("bot.edges.layout.parts_of", fail)
    assert people.say("sam", ASKED).text.strip().startswith("Something went wrong here")
    assert people.hub.records.inbound.unfinished("teams") == []


def test_while_the_database_is_away_a_repeat_is_still_known(people: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.domain.refusals import RecordsError

    def away(*_: object) -> list[bool]:
        raise RecordsError("away")

    monkeypatch.setattr(type(people.hub.records.inbound), "receive_all", away)
    message = people.message("sam", ASKED)
    for _ in range(3):
        people.take(message)
    people.next("a:sam", 0)
    people.say("sam", "hello")
    assert len([text for text in answers(people, "a:sam") if "ten minutes only" in text]) == 1


def test_a_reply_from_a_cards_thread_that_a_dead_process_left_is_sent(tmp_path: Path, guidance: Path) -> None:
    with tenant(tmp_path, guidance) as people:
        people.say("sam", "who paints the lighthouse door?")
        card = people.card("PF-0001")
        spot = Spot(TENANT, "channel", HUB_CHANNEL, card.id, people.teams.service)
        taken = Question("reply: The sexton paints it.", spot.place, PEOPLE["bell"][1])
        inbound.take(people.hub.records.inbound, f"18:{HUB_CHANNEL}", taken)
        with people.hub.records._database.write() as connection:
            connection.exec_driver_sql("update inbound set until = '2020-01-01 00:00:00.000000'")
        before = len(people.teams.sent)
        with served(new_server(people.hub, edges_of(people.hub), EVERY)):
            assert "The sexton paints it." in people.next("a:sam", before).text
