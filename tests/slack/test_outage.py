"""Emergencies come first whatever else is going on, and a Slack that is away or refuses us costs nothing."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from bot.app import Hub
from bot.doctor import examine
from bot.domain.refusals import RecordsError
from bot.platforms import couriers_of
from bot.queue.delivery import deliver_due
from bot.records import Records, utc_now
from bot.server import _troubles
from tests.slack.test_officers import LAUNDRY, NOT_COVERED
from tests.support.slack import running
from tests.support.slack.fake import FakeSlack
from tests.support.slack.person import Person
from tests.support.slack.workspace import BEAT, HUB, text_of

URGENT = "he is stabbing someone right now outside the zebra bar"


def test_an_emergency_does_not_wait_behind_a_burst(
    hub: Hub, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch, anna: Person, reed: Person
) -> None:
    held, search = threading.Event(), hub.guidance.search
    monkeypatch.setattr(
        type(hub.guidance), "search", lambda _, *given, **named: (held.wait(60), search(*given, **named))[1]
    )
    with running.serving(hub, slack):
        asked = [anna.write(f"{LAUNDRY} {number}") for number in range(40)]
        assert "call 999" in text_of(reed.ask(URGENT))
        assert "call 999" in text_of(reed.reply_to(reed.mention(URGENT), channel=BEAT))
        assert [one for one in anna.sees() if one.get("bot_id")] == []
        held.set()
        anna.reply_to(asked[-1])


def test_an_emergency_is_signposted_while_the_database_is_locked_and_counted_afterwards(
    server: Hub, slack: FakeSlack, anna: Person, reed: Person, data: Path
) -> None:
    anna.ask(LAUNDRY)
    lock = dbapi2.connect(data / "hub.db", isolation_level=None)
    lock.execute("begin immediate")
    try:
        assert "call 999" in text_of(anna.ask(URGENT))
        assert "call 999" in text_of(anna.reply_to(anna.mention(URGENT), channel=BEAT))
    finally:
        lock.rollback()
        lock.close()
    running._until(lambda: server.records.health().counts["urgent_signs"] == 2)
    assert b"zebra" not in b"".join(file.read_bytes() for file in data.glob("hub.db*"))


def test_an_emergency_is_signposted_without_library_and_without_database(
    server: Hub, slack: FakeSlack, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise RecordsError("away")

    for name in ("receive", "receive_all", "finish"):
        monkeypatch.setattr(type(server.records.inbound), name, away)
    for name in ("count_urgent", "save_reply", "new_receipt"):
        monkeypatch.setattr(type(server.records), name, away)
    server.library.close()
    assert "call 999" in text_of(anna.ask(URGENT))


def test_an_answer_of_any_kind_and_body_raises_nowhere_and_opens_one_request(
    server: Hub, slack: FakeSlack, anna: Person, bell: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.queue.delivery.FIRST_WAIT", 0.0)
    for body in ("upstream connect error", "<html>502</html>", "[]", "null", '"x"', "\x00"):
        slack.api.fail_next("chat.postMessage", status=502, body=body)
        slack.api.fail_next("assistant.threads.setStatus", status=502, body=body)
        slack.api.fail_next("users.info", status=500, body=body)
    anna.ask(NOT_COVERED)
    card = bell.wait_for(lambda m: "PF-0001" in text_of(m), channel=HUB)
    assert card
    assert len(server.records.requests()) == 1


def test_an_outage_of_hours_loses_and_doubles_nothing(hub: Hub, slack: FakeSlack, anna: Person, bell: Person) -> None:
    with running.serving(hub, slack):
        anna.ask(NOT_COVERED)
        card = bell.wait_for(lambda m: "PF-0001" in text_of(m), channel=HUB)
        running._until(lambda: hub.records.cards.get("slack", HUB, "PF-0001"))
        slack.api.down = True
        hub.desk.reply(hub.actor(bell.id), "PF-0001", "Moor at dock nine.")
        anna.write(LAUNDRY)
        running._until(lambda: hub.records.outbox.counts().get("waiting", 0) >= 3)
    couriers = couriers_of(hub)
    for minutes in range(1, 360, 7):  # as the worker would try for six hours
        with Records.open(hub.settings.hub, clock=lambda m=minutes: utc_now() + timedelta(minutes=m)) as later:
            deliver_due(later.outbox, couriers)
    assert hub.records.outbox.dead() == []
    slack.api.down = False
    with Records.open(hub.settings.hub, clock=lambda: utc_now() + timedelta(hours=7)) as later:
        deliver_due(later.outbox, couriers)
    assert hub.records.outbox.counts().keys() == {"sent"}
    assert len([one for one in anna.sees() if "dock nine" in text_of(one)]) == 1
    assert len([one for one in anna.sees() if "forty minutes" in text_of(one)]) == 1
    assert "replied" in text_of(slack.find(HUB, card["ts"]) or {})


def test_a_revoked_token_is_said_by_readyz_and_doctor_and_everything_resumes_by_itself(
    hub: Hub, slack: FakeSlack, anna: Person, bell: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.queue.delivery.PAUSE_WHILE_REFUSED", 0.05)
    with running.serving(hub, slack):
        anna.ask(NOT_COVERED)
        bell.wait_for(lambda m: "PF-0001" in text_of(m), channel=HUB)
        tokens, slack.tokens = slack.tokens, {}
        hub.desk.reply(hub.actor(bell.id), "PF-0001", "Moor at dock nine.")
        running._until(lambda: _troubles(hub) == ["slack does not take our token"])
        said = next(one for one in examine(hub).findings if one.what == "tokens")
        assert (said.good, "Slack" in said.said, "Renew the token" in said.said) == (False, True, True)
        slack.tokens = tokens
        anna.wait_for(lambda m: "dock nine" in text_of(m))
        running._until(lambda: _troubles(hub) == [])


def test_a_socket_with_a_wrong_token_ends_with_a_clear_error(hub: Hub, slack: FakeSlack) -> None:
    import asyncio

    from bot.server import listen
    from bot.settings import SettingsError

    wrong = running.new_hub(slack, hub.settings.data, slack_app_token="xapp-wrong")
    with pytest.raises(SettingsError, match=r"Slack does not take the app token \(invalid_auth\)"):
        asyncio.run(listen(wrong))
    wrong.close()
