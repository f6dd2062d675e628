"""When something is wrong: repeats, forgeries, a Slack that is slow or broken, a program that ends, what is logged."""

from __future__ import annotations

import json
import logging
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Hub
from bot.records import Records, utc_now
from tests.slack.test_hub_staff import card_of
from tests.slack.test_officers import LAUNDRY, NOT_COVERED
from tests.support.slack import running
from tests.support.slack.fake import FakeSlack, signed
from tests.support.slack.person import Person
from tests.support.slack.workspace import BEAT, HUB, TEAM, text_of


def test_an_event_that_is_delivered_again_is_answered_once(app: Hub, slack: FakeSlack, anna: Person) -> None:
    ts = slack.new_ts()
    message = {"ts": ts, "user": anna.id, "text": NOT_COVERED}
    slack.add(anna.dm, message)
    event = slack.event({"type": "message", "channel": anna.dm, "channel_type": "im", "event_ts": ts, **message})
    for again in range(4):
        assert slack.deliver("events_api", event, again=again).ok
    anna.reply_to(message)
    anna.ask(LAUNDRY)
    assert len([m for m in anna.sees() if m.get("bot_id") and m.get("thread_ts") == ts]) == 1
    assert len(app.records.requests()) == 1


def test_the_same_event_sent_to_two_processes_is_answered_once(
    hub: Hub, slack: FakeSlack, data: Path, anna: Person
) -> None:
    other = running.new_hub(slack, data)
    ts = slack.new_ts()
    message = {"ts": ts, "user": anna.id, "text": NOT_COVERED}
    slack.add(anna.dm, message)
    event = slack.event({"type": "message", "channel": anna.dm, "channel_type": "im", "event_ts": ts, **message})
    with running.serving(hub, slack) as one, running.serving(other, slack) as two:
        for address in (one, two, one, two):
            slack.app_url = address
            assert slack.deliver("events_api", event).ok
        anna.reply_to(message)
    other.close()
    assert len([m for m in anna.sees() if m.get("bot_id")]) == 1


def test_a_question_that_a_dead_process_left_is_answered_by_the_next(
    hub: Hub, slack: FakeSlack, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.domain.messages import Question
    from bot.edges import reception as inbound
    from bot.slack.places import Spot

    ts = slack.new_ts()
    slack.add(anna.dm, {"ts": ts, "user": anna.id, "text": LAUNDRY})
    question = Question(LAUNDRY, Spot(TEAM, anna.dm, ts).place, anna.id)
    with Records.open(hub.settings.hub, clock=lambda: utc_now() - timedelta(minutes=5)) as earlier:
        assert inbound.take(earlier.inbound, f"{anna.dm}:{ts}", question)
    monkeypatch.setattr("bot.server.SECONDS_BETWEEN_DELIVERIES", 0.02)
    with running.serving(hub, slack):
        reply = anna.wait_for(lambda m: m.get("thread_ts") == ts)
    assert "forty minutes" in text_of(reply)


@pytest.mark.parametrize("error", ["ratelimited", "internal_error"])
def test_an_answer_survives_a_slack_that_refuses_for_a_while(
    server: Hub, slack: FakeSlack, anna: Person, error: str
) -> None:
    slack.api.fail_next("chat.postMessage", error, times=2, status=503, wait=1)
    assert "forty minutes" in text_of(anna.ask(LAUNDRY))


def test_an_answer_that_could_not_be_posted_arrives_later(server: Hub, slack: FakeSlack, anna: Person) -> None:
    slack.api.fail_next("chat.postMessage", "fatal_error")
    assert "forty minutes" in text_of(anna.ask(LAUNDRY))


def test_the_card_waits_out_a_rate_limit_and_arrives_once(
    server: Hub, slack: FakeSlack, anna: Person, bell: Person
) -> None:
    anna.ask(LAUNDRY)
    slack.api.fail_next("chat.postMessage", "ratelimited", wait=1)
    anna.ask(NOT_COVERED)
    card_of(bell)
    assert len([m for m in slack.messages[HUB] if "thread_ts" not in m]) == 1


def test_a_private_answer_that_cannot_be_shown_in_the_channel_comes_by_direct_message(
    server: Hub, slack: FakeSlack, anna: Person
) -> None:
    slack.api.fail_next("chat.postEphemeral", "user_not_in_channel")
    anna.mention(LAUNDRY)
    assert "forty minutes" in text_of(anna.wait_for(lambda m: "forty" in text_of(m)))


def test_the_socket_is_connected_anew_when_slack_asks_for_it(hub: Hub, slack: FakeSlack, anna: Person) -> None:
    with running.listening(hub, slack):
        assert "forty minutes" in text_of(anna.ask(LAUNDRY))
        slack.disconnect()
        slack.wait_for(
            lambda: len(slack.called("apps.connections.open")) >= 2 and slack.sockets, "a new connection", 30
        )
        assert "forty minutes" in text_of(anna.ask(LAUNDRY))


EVENT = json.dumps({"type": "event_callback", "team_id": TEAM, "event": {"type": "message"}}).encode()


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (EVENT, {}),
        (EVENT, signed(EVENT, secret="another secret")),
        (EVENT, signed(EVENT, at=time.time() - 3600)),
        (EVENT, signed(EVENT, at=time.time() + 3600)),
        (EVENT + b" ", signed(EVENT)),
        (EVENT, {**signed(EVENT), "X-Slack-Request-Timestamp": "soon"}),
        (EVENT, {**signed(EVENT), "X-Slack-Request-Timestamp": "\u00b2"}),
        (EVENT, {**signed(EVENT), "X-Slack-Request-Timestamp": "9" * 400}),
        (EVENT, {**signed(EVENT), "X-Slack-Signature": ""}),
        (EVENT, {**signed(EVENT), "X-Slack-Signature": "v0=\u00e9"}),
        (b"{", {}),
        (b"{", {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=1"}),
        (b"[1]", {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=1"}),
        (b"\xff\xfe", {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=1"}),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, bytes) else "",
)
def test_what_slack_did_not_sign_is_refused(
    server: Hub, slack: FakeSlack, body: bytes, headers: dict[str, str]
) -> None:
    status, told = slack.post(body, headers)
    assert status in (400, 401)
    assert "Traceback" not in told


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"null", b'"x"', b'{"type": "event_callback"}', b'{"type": "event_callback", "event": null}']
)
def test_nonsense_that_is_signed_is_no_error_of_ours(server: Hub, slack: FakeSlack, body: bytes) -> None:
    status, told = slack.post(body, signed(body))
    assert status < 500
    assert "Traceback" not in told


def test_a_body_that_is_far_too_large_is_refused(server: Hub, slack: FakeSlack) -> None:
    assert slack.post(b"x" * 1_040_000, {})[0] == 413


def test_slack_can_verify_the_address(server: Hub, slack: FakeSlack) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "kumquat", "token": "x"}).encode()
    status, told = slack.post(body, signed(body))
    assert (status, json.loads(told)["challenge"]) == (200, "kumquat")


@pytest.mark.parametrize(
    "event",
    [
        {"type": "message", "subtype": "message_changed", "channel": "D0ANNA", "message": {"text": "x"}},
        {"type": "message", "subtype": "message_deleted", "channel": "D0ANNA"},
        {"type": "message", "bot_id": "B1", "user": "U1", "channel": "D0ANNA", "text": "beep", "ts": "1.1"},
        {
            "type": "message",
            "channel": "C0BEAT",
            "channel_type": "channel",
            "user": "U0REED",
            "text": "hi",
            "ts": "1.2",
        },
        {"type": "reaction_added", "user": "U0REED"},
        {"type": "something_new", "user": "U0REED"},
    ],
    ids=lambda event: f"{event['type']}-{event.get('subtype', '')}",
)
def test_what_is_not_for_us_is_taken_and_not_answered(server: Hub, slack: FakeSlack, anna: Person, event: dict) -> None:  # type: ignore[type-arg]
    slack.retries = False
    told = slack.deliver("events_api", slack.event(event))
    if event["type"] not in ("reaction_added", "something_new"):  # what we did not subscribe to may be refused
        assert told.ok
    anna.ask(LAUNDRY)
    assert len([m for where in slack.messages.values() for m in where if m.get("bot_id")]) == 1


def test_files_and_edits_of_a_question(server: Hub, slack: FakeSlack, anna: Person) -> None:
    """A question with a file, and one broadcast from a thread, are questions too."""
    asked = anna.write(LAUNDRY, subtype="file_share", files=[{"id": "F1"}])
    assert "forty minutes" in text_of(anna.reply_to(asked))


def test_an_empty_and_a_very_long_message_are_answered(server: Hub, anna: Person) -> None:
    assert text_of(anna.ask(""))
    assert "4,000" in text_of(anna.ask("zeppelin " * 2000))


def test_every_event_is_acknowledged_in_time_while_the_library_is_slow(
    hub: Hub, slack: FakeSlack, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = threading.Event()
    search = hub.guidance.search

    def slow(*given, **named):  # type: ignore[no-untyped-def]
        held.wait(20)
        return search(*given, **named)

    monkeypatch.setattr(type(hub.guidance), "search", lambda self, *given, **named: slow(*given, **named))
    with running.serving(hub, slack):
        asked = [anna.write(f"{LAUNDRY} {number}") for number in range(12)]
        told = anna.command("help", channel=BEAT)
        assert told.ok
        held.set()
        for message in asked:
            anna.reply_to(message)


def test_an_answer_in_flight_is_finished_when_the_server_ends(
    hub: Hub, slack: FakeSlack, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, begun = threading.Event(), threading.Event()
    search = hub.guidance.search

    def slow(self, *given, **named):  # type: ignore[no-untyped-def]
        begun.set()
        held.wait(10)
        return search(*given, **named)

    monkeypatch.setattr(type(hub.guidance), "search", slow)
    with running.serving(hub, slack):
        asked = anna.write(LAUNDRY)
        assert begun.wait(10)
        threading.Timer(0.5, held.set).start()
    assert "forty minutes" in text_of(anna.reply_to(asked))


def test_a_stopped_answer_is_not_given_later(
    hub: Hub, slack: FakeSlack, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, begun = threading.Event(), threading.Event()
    search = hub.guidance.search

    def slow(self, *given, **named):  # type: ignore[no-untyped-def]
        begun.set()
        held.wait(10)
        return search(*given, **named)

    monkeypatch.setattr(type(hub.guidance), "search", slow)
    with running.serving(hub, slack):
        asked = anna.write(LAUNDRY)
        assert begun.wait(10)
        anna.happens(type="agent_session_stopped", channel=anna.dm, thread_ts=asked["ts"], streaming_message_ts=[])
        slack.wait_for(lambda: slack.sessions.get((anna.dm, asked["ts"])), "the session's state")
        held.set()
    with hub.records._database.read() as connection:
        assert connection.exec_driver_sql("select state from inbound").scalars().all() == ["done"]


def test_no_question_is_logged_even_with_everything_logged(
    hub: Hub, slack: FakeSlack, anna: Person, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # what is never acknowledged is waited for, once in each way
    monkeypatch.setattr("tests.support.slack.fake.SECONDS_TO_ACKNOWLEDGE", 3.0)
    secret = "marmalade zeppelin procedure"
    with caplog.at_level(logging.DEBUG):
        for name in ("slack_bolt", "slack_sdk", "slack_bolt.AsyncApp", "slack_sdk.web.async_client", "aiohttp", "bot"):
            logging.getLogger(name).setLevel(logging.DEBUG)
        for how in (running.serving, running.listening):
            with how(hub, slack):
                slack.api.fail_next("assistant.threads.setStatus", "internal_error")
                slack.api.fail_next("chat.postEphemeral", "user_not_in_channel")
                anna.ask(secret)
                anna.mention(secret)
                anna.command(secret, channel=BEAT)
                anna.wait_for(lambda m: "Receipt" in text_of(m), channel=BEAT)
                slack.retries = False
                unheard = slack.event({"type": "unheard_of", "text": secret, "user": anna.id})
                slack.deliver("events_api", unheard, slowly_is_a_fault=False)
    leaked = [
        record.name
        for record in caplog.records
        if "marmalade" in record.getMessage() or "marmalade" in str(record.exc_info)
    ]
    assert leaked == []


def test_a_broken_database_is_told_and_the_next_process_is_not_needed(
    server: Hub, slack: FakeSlack, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.domain.refusals import RecordsError

    def full(*given, **named):  # type: ignore[no-untyped-def]
        raise RecordsError("The disk is full.")

    for part in ("save_reply", "save_handed_over", "new_receipt"):
        monkeypatch.setattr(
            type(server.records._open() if hasattr(server.records, "_open") else server.records),
            part,
            full,
            raising=False,
        )
    said = text_of(anna.ask(NOT_COVERED))
    assert "disk" not in said.lower()
    assert said


def test_health_ready_and_metrics(server: Hub, slack: FakeSlack) -> None:
    import urllib.request

    def get(path: str) -> tuple[int, str]:
        with urllib.request.urlopen(slack.app_url + path, timeout=10) as answer:
            return answer.status, answer.read().decode()

    assert get("/healthz")[0] == 200
    assert get("/readyz")[0] == 200
    assert "prevention_hub_" in get("/metrics")[1]
    assert get("/")[0] == 200


BURST = 100


def test_a_burst_is_acknowledged_and_none_is_lost(
    server: Hub, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """100 events at the same moment; the pace of 300 is told by tests/benchmarks/slack_burst.py."""
    monkeypatch.setattr("tests.support.slack.fake.SECONDS_TO_ACKNOWLEDGE", 60.0)
    import asyncio

    from tests.support.slack.workspace import Json

    async def burst(events: list[Json]) -> list[bool]:
        sent = (slack.delivery("events_api", event, slowly_is_a_fault=False) for event in events)
        told = await asyncio.gather(*sent)
        return [one.ok for one in told]

    events, asked = [], []
    for number in range(BURST):
        user = f"U0{number:04}"
        channel, ts = slack.dm_of(user), slack.new_ts()
        message = {"ts": ts, "user": user, "text": LAUNDRY if number % 3 else f"{NOT_COVERED} {number}"}
        slack.add(channel, message)
        asked.append((channel, ts))
        events.append(
            slack.event({"type": "message", "channel": channel, "channel_type": "im", "event_ts": ts, **message})
        )
    assert all(slack.run(burst(events), 120))

    def answered() -> bool:
        return all(any(m.get("thread_ts") == ts for m in slack.messages[channel]) for channel, ts in asked)

    slack.wait_for(answered, f"an answer to each of {BURST}", 120)
    assert {len([m for m in slack.messages[channel] if m.get("bot_id")]) for channel, _ in asked} == {1}
    took = sorted(one["seconds"] for one in slack.deliveries)
    print(f"acknowledged: p50 {took[BURST // 2]:.2f} s, slowest {took[-1]:.2f} s")
