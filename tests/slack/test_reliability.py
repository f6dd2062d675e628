"""What goes wrong between Slack and us: forgeries, repeats, limits, crashes; nothing is lost and nothing said twice."""

from __future__ import annotations

import json
import logging
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.messages import Question
from bot.platforms import couriers_of
from bot.records import Records, utc_now
from bot.slack.places import Spot
from bot.terminal.mail import mail_of
from tests.slack.fake import SECRET, TEAM
from tests.slack.workspace import HTTP, HUB_CHANNEL, SOCKET, Workspace, workspace

KITES = "how long may a silk kite soak in water?"
QUOTE = "A silk kite may soak for ten minutes only."


@pytest.fixture
def people(tmp_path: Path, guidance: Path) -> Iterator[Workspace]:
    with workspace(tmp_path, guidance) as opened:
        yield opened


def event(text: str = KITES, ts: str = "1700.5") -> bytes:
    said = {"type": "message", "channel_type": "im", "channel": "DU7", "user": "U7", "text": text, "ts": ts}
    body = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{ts}", "event": said}
    return json.dumps(body).encode()


def answers(people: Workspace) -> int:
    return len([call for call in people.slack.calls if QUOTE in call.text])


def test_what_is_not_signed_by_slack_is_refused_and_changes_nothing(people: Workspace) -> None:
    body, now = event(), time.time()
    signed = people.slack.sign(body)
    forgeries: list[dict[str, str]] = [
        {},
        {**signed, "X-Slack-Signature": "v0=" + "0" * 64},
        {**signed, "X-Slack-Signature": ""},
        people.slack.sign(body, secret="another secret"),
        people.slack.sign(b"another body"),
        people.slack.sign(body, at=now - 301),
        people.slack.sign(body, at=now + 301),
        {**signed, "X-Slack-Request-Timestamp": "soon"},
        {**signed, "X-Slack-Request-Timestamp": "-5"},
    ]
    for headers in forgeries:
        assert people.slack.post(body, "application/json", headers)[0] == 401, headers
    assert people.slack.post(b"\xff\xfe", "application/json", signed)[0] in (400, 401)
    large = b"x" * 2_000_000
    assert people.slack.post(large, "application/json")[0] == 413
    assert people.slack.calls == []
    assert people.hub.records.health().counts["questions"] == 0


def test_the_address_is_verified_as_slack_asks(people: Workspace) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "t"}).encode()
    status, said = people.slack.post(body, "application/json")
    assert (status, "abc" in said) == (200, True)


def test_a_message_that_is_sent_again_is_answered_once_also_by_another_process(
    people: Workspace, tmp_path: Path
) -> None:
    for _ in range(3):
        assert people.slack.post(event(), "application/json")[0] == 200
    people.slack.said(QUOTE)
    # a replay within five minutes has a good signature
    signed = people.slack.sign(event())
    for _ in range(2):
        assert people.slack.post(event(), "application/json", signed)[0] == 200
    with Records.open(people.hub.settings.hub) as elsewhere:  # as another process would see it
        spot = Spot(TEAM, "DU7", "1700.5")
        assert not elsewhere.inbound.receive("slack", "DU7:1700.5", spot.place, "U7", KITES)
    # a mention comes as two events
    text = f"<@UBOT> {KITES}"
    for kind in ("app_mention", "message"):
        people.event(
            {"type": kind, "channel_type": "channel", "channel": "C1", "user": "U7", "text": text, "ts": "3.3"}
        )
    people.slack.said(QUOTE, times=2)
    people.write("U7", "thanks")
    people.slack.said("You are welcome")
    assert answers(people) == 2


def test_what_a_process_that_died_had_taken_is_answered_by_the_next(tmp_path: Path, guidance: Path) -> None:
    earlier = utc_now() - timedelta(minutes=5)
    with Records.open(tmp_path / "data" / "hub.db", clock=lambda: earlier) as records:
        place = Spot(TEAM, "DU7", "1700.5").place
        assert records.inbound.receive("slack", "DU7:1700.5", place, "U7", KITES)
        assert records.inbound.receive("slack", "DU8:1700.6", Spot(TEAM, "DU8", "1700.6").place, "U8", "")
    with workspace(tmp_path, guidance) as people:
        reply = people.slack.said(QUOTE)
        assert (reply.body["channel"], reply.body["thread_ts"]) == ("DU7", "1700.5")
        assert people.slack.said("I could not finish your last message.").body["channel"] == "DU8"
        assert people.hub.records.inbound.unfinished("slack") == []


def test_what_a_command_asks_is_on_record_before_slack_is_told_and_answered_by_the_next_process(
    tmp_path: Path, guidance: Path
) -> None:
    earlier = utc_now() - timedelta(minutes=5)
    with Records.open(tmp_path / "data" / "hub.db", clock=lambda: earlier) as records:
        assert records.inbound.receive("slack", "command:17.1", Spot(TEAM, "@U7").place, "U7", KITES)
    with workspace(tmp_path, guidance) as people:
        assert people.slack.said(QUOTE).body["channel"] == "DU7"
        before = len(people.slack.calls)
        for text in (KITES, "my", "help", "reply PF-0042 yes"):
            people.command("U8", text)
        people.slack.wait_for(lambda call: QUOTE in str(call.body), after=before)
        with people.hub.records._database.read() as connection:
            kept = connection.exec_driver_sql("select asker from inbound where key like 'command:%'").scalars().all()
        assert sorted(kept) == ["U7", "U8"]


@pytest.mark.parametrize("error", ["ratelimited", "internal_error"])
def test_a_reply_waits_as_long_as_slack_says_and_arrives(people: Workspace, error: str) -> None:
    status, headers = (429, {"Retry-After": "1"}) if error == "ratelimited" else (503, {})
    people.write("U7", "who paints the lighthouse door?")
    people.card("PF-0001")
    people.slack.failures["chat.postMessage"] += [(status, headers, error)]
    people.hub.desk.reply(people.hub.actor("UBELL"), "PF-0001", "The sexton.")
    # the first try fails, and the outbox has another in some seconds: look again as the worker would then
    people.slack.wait_for(lambda call: call.method == "chat.update")
    from bot.queue.delivery import deliver_due

    records = people.hub.records
    later = utc_now() + timedelta(minutes=1)
    with Records.open(people.hub.settings.hub, clock=lambda: later) as ahead:
        while records.outbox.counts().keys() & {"waiting", "leased"}:
            deliver_due(ahead.outbox, couriers_of(people.hub))
    people.slack.said("The hub has replied to PF-0001:\n\nThe sexton.")
    assert records.outbox.dead() == []


def test_an_answer_waits_when_slack_asks_for_it(people: Workspace) -> None:
    people.slack.failures["chat.postMessage"] += [(429, {"Retry-After": "1"}, "ratelimited")]
    people.write("U7", KITES)
    people.slack.said(QUOTE)
    assert answers(people) == 1


def test_nothing_that_is_only_nice_to_have_costs_an_answer(people: Workspace) -> None:
    people.slack.missing |= {
        "assistant.threads.setStatus",
        "assistant.threads.setSuggestedPrompts",
        "agents.sessions.setStatus",
        "views.publish",
        "usergroups.users.list",
    }
    people.write("U7", KITES)
    people.slack.said(QUOTE)
    people.event({"type": "app_home_opened", "user": "U7", "channel": "DU7", "tab": "home"})
    people.write("U7", "hello")
    people.slack.said("Ask about prevention")


def test_a_reply_that_slack_does_not_take_now_comes_later(people: Workspace) -> None:
    people.slack.failures["chat.postMessage"] += [(200, {}, "service_unavailable")]
    people.write("U7", KITES)
    late = people.slack.said(QUOTE)
    assert (late.body["channel"], late.body["metadata"]["event_payload"]["key"][:7]) == ("DU7", "answer:")
    people.write("U8", "hello")
    people.slack.said("Ask about prevention")
    assert answers(people) == 1


def test_what_is_stopped_is_not_answered_later(people: Workspace) -> None:
    import threading

    asked, go = threading.Event(), threading.Event()
    search = people.hub.guidance.search

    def slow(*arguments: Any, **named: Any) -> Any:
        asked.set()
        go.wait(20)
        return search(*arguments, **named)

    people.hub.guidance.search = slow  # type: ignore[method-assign]
    ts = people.write("U7", KITES)
    assert asked.wait(20)
    people.event({"type": "agent_session_stopped", "channel": "DU7", "thread_ts": ts, "user": "U7"})
    people.slack.wait_for(lambda call: call.method == "agents.sessions.setStatus" and call.body["status"] == "active")
    go.set()
    people.write("U8", "hello")
    people.slack.said("Ask about prevention")
    assert answers(people) == 0
    with Records.open(people.hub.settings.hub, clock=lambda: utc_now() + timedelta(minutes=9)) as later:
        assert [left.asker for left in later.inbound.unfinished("slack") if left.asker == "U7"] == []


def test_a_card_that_somebody_deleted_is_posted_anew(people: Workspace) -> None:
    people.write("U7", "who paints the lighthouse door?")
    people.card("PF-0001")
    people.slack.failures["chat.update"] += [(200, {}, "message_not_found")]
    people.hub.desk.claim(people.hub.actor("UBELL"), "PF-0001")
    again = people.card("PF-0001", times=2)
    assert (again.method, "claimed · UBELL" in again.text) == ("chat.postMessage", True)


def test_where_only_the_asker_can_be_told_in_a_channel_fails_it_comes_by_direct_message(people: Workspace) -> None:
    people.slack.failures["chat.postEphemeral"] += [(200, {}, "user_not_in_channel")]
    people.mention("U7", KITES)
    reply = people.slack.said(QUOTE)
    assert (reply.method, reply.body["channel"]) == ("chat.postMessage", "DU7")


def test_blocks_that_slack_does_not_take_go_as_text(people: Workspace) -> None:
    people.slack.failures["chat.postMessage"] += [(200, {}, "invalid_blocks")]
    people.write("U7", KITES)
    reply = people.slack.wait_for(lambda call: call.method == "chat.postMessage")
    assert "blocks" not in reply.body
    assert QUOTE in reply.body["text"]


def test_the_socket_connects_anew_when_slack_asks_for_it(tmp_path: Path, guidance: Path) -> None:
    with workspace(tmp_path, guidance, SOCKET) as people:
        people.write("U7", KITES)
        people.slack.said(QUOTE)
        people.slack.disconnect()
        people.slack.wait_for_sockets(2)
        people.write("U8", KITES)
        assert people.slack.said(QUOTE, times=2).body["channel"] == "DU8"


def test_an_answer_in_flight_is_finished_when_the_server_ends(tmp_path: Path, guidance: Path) -> None:
    import threading

    with workspace(tmp_path, guidance) as people:
        asked, go = threading.Event(), threading.Event()
        search = people.hub.guidance.search

        def slow(*arguments: Any, **named: Any) -> Any:
            asked.set()
            go.wait(20)
            return search(*arguments, **named)

        people.hub.guidance.search = slow  # type: ignore[method-assign]
        people.write("U7", KITES)
        assert asked.wait(20)
        threading.Timer(0.2, go.set).start()
    assert answers(people) == 1


def test_without_a_database_an_emergency_is_still_signposted(people: Workspace) -> None:
    people.hub.records.close()
    people.hub.settings.hub.rename(people.hub.settings.data / "gone.db")  # type: ignore[union-attr]
    people.hub.settings.hub.mkdir()  # type: ignore[union-attr]
    people.write("U7", "he is stabbing her right now")
    people.slack.said("call 999")
    people.write("U7", "who paints the lighthouse door?")
    people.slack.said("could NOT be recorded")


def test_no_log_has_a_word_of_what_was_typed(people: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        people.write("U7", "who paints the zeppelin hangar?")
        people.slack.said("PF-0001")
        people.event({"type": "reaction_added", "user": "U7", "item": {"text": "zeppelin"}})
        broken = {"type": "block_actions", "user": {"id": "U7"}, "team": {"id": TEAM}, "actions": [], "zeppelin": "x"}
        body = urllib.parse.urlencode({"payload": json.dumps(broken)}).encode()
        assert people.slack.post(body, "application/x-www-form-urlencoded")[0] == 400
        people.write("U7", "hello")
        people.slack.said("Ask about prevention")
    assert [record.getMessage() for record in caplog.records if "zeppelin" in record.getMessage()] == []


def test_hostile_guidance_and_questions_can_neither_ping_nor_link(tmp_path: Path, guidance: Path) -> None:
    hostile = (
        "Ring <!channel> and <@U1> or <https://evil.example|gov.uk> about `rm` *now* [here](https://evil.example)."
    )
    (guidance / "zeppelins.txt").write_text(f"Who rings the zeppelin hangar?\n\n{hostile}\n", "utf-8")
    with workspace(tmp_path, guidance) as people:
        people.write("U7", "who rings the zeppelin hangar?")
        reply = people.slack.said("about `rm` *now*")
        (quoted,) = [block for block in reply.body["blocks"] if block["type"] == "rich_text"]
        assert quoted["elements"][0]["elements"] == [{"type": "text", "text": hostile}]
        assert "<!" not in reply.body["text"]
        assert "&lt;!channel&gt;" in reply.body["text"]
        people.write("U8", "<!here> <@U1|boss> who paints the lighthouse? <https://evil.example|click>")
        card = people.card("PF-0001")
        assert "<" not in card.body["text"]


def test_a_forged_button_does_nothing_its_sender_may_not_do(people: Workspace) -> None:
    people.write("U7", "who paints the lighthouse door?")
    people.card("PF-0001")
    for action, value in (
        ("claim", "PF-0001"),
        ("approve", "PF-0001"),
        ("withdraw", "PF-0001"),
        ("claim", "PF-9999"),
        ("claim", "'; drop table requests; --"),
        ("show_passage", "999-999"),
        ("pick_9", "999-999|9"),
        ("pause", "answers"),
        ("join", "PF-0001|PF-0001"),
        ("nonsense", "x"),
    ):
        people.payload(
            {
                "type": "block_actions",
                "user": {"id": "U66"},
                "team": {"id": TEAM},
                "trigger_id": people.slack.trigger(),
                "channel": {"id": "DU66"},
                "container": {"type": "message", "channel_id": "DU66", "message_ts": "1.1"},
                "message": {"ts": "1.1"},
                "actions": [{"type": "button", "action_id": action, "value": value}],
            }
        )
    people.write("U66", "hello")
    people.slack.said("Ask about prevention")
    request = people.hub.records.request("PF-0001")
    assert (request.state.value, request.claimed_by) == ("open", "")
    assert people.hub.switchboard.paused() == {}


def get(url: str, cookie: str = "") -> tuple[int, str, str]:
    """Status, body and the cookie of a page; redirections are not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    request = urllib.request.Request(url, headers={"Cookie": cookie})
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=20) as response:
            return response.status, response.read().decode(), response.headers.get("Set-Cookie", "")
    except urllib.error.HTTPError as error:
        return (
            error.code,
            error.headers.get("Location", "") or error.read().decode(),
            error.headers.get("Set-Cookie", ""),
        )


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")  # slack_sdk's own use of aiohttp
def test_a_second_workspace_installs_is_served_and_leaves(tmp_path: Path, guidance: Path) -> None:
    many = {"slack_bot_token": None, "slack_client_id": "1.2", "slack_client_secret": "sssh"}
    with workspace(tmp_path, guidance, HTTP, **many, public_url="https://hub.example") as people:
        status, page, cookie = get(f"{people.slack.app_url}/slack/install")
        assert status in (200, 302)
        state = urllib.parse.unquote(page.split("state=")[1].split("&")[0].split('"')[0])
        jar = cookie.split(";")[0]
        forged = get(f"{people.slack.app_url}/slack/oauth_redirect?code=good-code&state=forged", jar)
        assert forged[0] in (400, 401)
        assert get(f"{people.slack.app_url}/slack/oauth_redirect?code=good-code&state={state}")[0] in (400, 401)
        done = get(f"{people.slack.app_url}/slack/oauth_redirect?code=good-code&state={state}", jar)
        assert done[0] == 200, done
        for file in people.hub.settings.data.rglob("hub.db*"):
            assert b"xoxb-2" not in file.read_bytes()
        said = {"type": "message", "channel_type": "im", "channel": "DU7", "user": "U7", "text": KITES, "ts": "5.1"}
        people.event(said, team_id="T2")
        reply = people.slack.said(QUOTE)
        assert reply.token == "xoxb-2"
        people.event({"type": "app_uninstalled"}, team_id="T2")
        assert people.hub.records.workspaces.find("T2") is None


def test_a_reply_from_the_command_line_reaches_slack_and_one_from_slack_reaches_the_terminal(people: Workspace) -> None:
    people.write("U7", "who paints the lighthouse door?")
    people.slack.said("PF-0001")
    people.hub.desk.reply(people.hub.actor("UBELL"), "PF-0001", "The sexton paints it.")
    people.slack.said("The hub has replied to PF-0001:\n\nThe sexton paints it.")
    from bot.domain.messages import Place

    people.hub.assistant.ask(Question("which leaflet goes with tractors?", Place("terminal", "t1"), "pc-7"))
    card = people.card("PF-0002")
    people.submit(people.opens(card, "Reply", "UBELL"), "UBELL", text="The keeper mends it.")
    people.slack.said("UBELL replied.", times=2)
    assert "The keeper mends it." in mail_of(people.hub, "pc-7").unseen()[0][1]
    assert card.body["channel"] == HUB_CHANNEL


def test_health_readiness_and_figures(people: Workspace) -> None:
    assert get(f"{people.slack.app_url}/healthz")[:2] == (200, "ok")
    assert get(f"{people.slack.app_url}/readyz")[0] == 200
    people.write("U7", "who paints the lighthouse door?")
    people.slack.said("PF-0001")
    assert "prevention_hub_requests_waiting 1\n" in get(f"{people.slack.app_url}/metrics")[1]
    assert get(f"{people.slack.app_url}/slack/install")[0] == 404
    assert SECRET not in get(f"{people.slack.app_url}/metrics")[1]


def test_the_doctor_says_what_is_wrong_with_slack_and_posts_only_when_asked(people: Workspace) -> None:
    from bot.slack.checking import SlackTrouble, check

    settings = people.hub.settings
    assert "no hub channel" not in check(settings)
    assert [call.method for call in people.slack.calls] == ["auth.test"]
    check(settings, post=True)
    assert people.slack.calls[-1].body["channel"] == HUB_CHANNEL
    people.slack.failures["auth.test"] += [(200, {}, "invalid_auth")]
    with pytest.raises(SlackTrouble, match=r"Slack says invalid_auth\. Check PREVENTION_HUB_SLACK_BOT_TOKEN\."):
        check(settings)
    people.slack.failures["chat.postMessage"] += [(200, {}, "not_in_channel")]
    with pytest.raises(SlackTrouble, match="Invite the app to the hub's channel"):
        check(settings, post=True)
    people.slack.granted = "chat:write,commands"
    with pytest.raises(SlackTrouble, match="has not the scopes app_mentions:read, assistant:write"):
        check(settings)
    deaf = settings.model_copy(update={"slack_signing_secret": None, "slack_app_token": None})
    people.slack.granted = ""
    with pytest.raises(SlackTrouble, match="Slack cannot send anything"):
        check(deaf)
    away = settings.model_copy(update={"slack_api_url": "http://127.0.0.1:9/api/"})
    with pytest.raises(SlackTrouble, match="Slack cannot be reached"):
        check(away)
