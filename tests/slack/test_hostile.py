"""Hostile guidance, hostile questions, forged buttons, and blocks that Slack does not take."""

from __future__ import annotations

from pathlib import Path

from bot.app import Hub
from tests.support.slack import running
from tests.support.slack.fake import FakeSlack
from tests.support.slack.person import Person
from tests.support.slack.rules import calls_out
from tests.support.slack.workspace import HUB, TEAM, text_of

KITES = "how long may a silk kite soak in water?"


def test_guidance_and_questions_can_neither_ping_nor_link(tmp_path: Path, guidance: Path) -> None:
    hostile = (
        "Ring <!channel> and <@U1> or <https://evil.example|gov.uk> about `rm` *now* [here](https://evil.example)."
    )
    (guidance / "zeppelins.txt").write_text(f"Who rings the zeppelin hangar?\n\n{hostile}\n", "utf-8")
    with running.workspace(tmp_path, guidance) as (_, slack):
        anna, bell = Person(slack, running.ANNA), Person(slack, running.BELL)
        reply = anna.ask("who rings the zeppelin hangar?")
        quoted = next(block for block in reply["blocks"] if block["type"] == "rich_text")
        assert "".join(part["text"] for part in quoted["elements"][0]["elements"]) == hostile
        assert calls_out(reply) == []
        anna.write("<!here> <@U1|boss> who paints the lighthouse? <https://evil.example|click>")
        card = bell.wait_for(lambda m: "PF-0001" in text_of(m), channel=HUB)
        assert calls_out(card) == []


def test_a_forged_button_does_nothing_its_sender_may_not_do(server: Hub, slack: FakeSlack, anna: Person) -> None:
    anna.ask("who paints the lighthouse door?")
    thief = Person(slack, "U0THIEF")
    stamp = thief.ask("hello")["ts"]
    for action, value in (
        ("claim", "PF-0001"),
        ("approve", "PF-0001"),
        ("withdraw", "PF-0001"),
        ("take_over", "PF-0001"),
        ("claim", "PF-9999"),
        ("claim", "'; drop table requests; --"),
        ("passage", "999-999"),
        ("pick_9", "999-999|9"),
        ("passage", '{"about": "999-999", "number": "²"}'),
        ("share", '{"about": "999-999", "message": ""}'),
        ("pause", "answers"),
        ("join", "PF-0001|PF-0001"),
        ("nonsense", "x"),
        ("claim", "{"),
    ):
        payload = {
            "type": "block_actions",
            "user": {"id": thief.id},
            "team": None,
            "trigger_id": slack.trigger(thief.id),
            "channel": {"id": thief.dm},
            "container": {"type": "message", "channel_id": thief.dm, "message_ts": stamp},
            "message": {"ts": stamp},
            "actions": [{"type": "button", "action_id": action, "value": value}],
        }
        assert slack.deliver("interactive", payload).ok
    thief.ask("hello")
    request = server.records.request("PF-0001")
    assert (request.state.value, request.claimed_by) == ("open", "")
    assert server.switchboard.paused() == {}


def test_blocks_that_slack_does_not_take_go_as_text_to_one_reader_too(
    server: Hub, slack: FakeSlack, anna: Person
) -> None:
    slack.api.fail_next("chat.postMessage", "invalid_blocks")
    reply = anna.ask("are badgers counted in pairs at dusk by two people?")
    assert reply["blocks"] == []
    assert reply["text"].strip()
    slack.api.fail_next("chat.postEphemeral", "invalid_blocks")
    alone = anna.reply_to(anna.mention("how long may a cotton kite soak in water?"), channel="C0BEAT")
    assert alone["blocks"] == []
    assert "forty minutes" in alone["text"]


def test_nul_halves_of_characters_and_a_team_that_is_null_stop_nobody(
    server: Hub, slack: FakeSlack, anna: Person, reed: Person
) -> None:
    odd = anna.write("who \ud800 flies \x00 kites?", team=None)
    plain = reed.write("how long may a cotton kite soak in water?")
    assert text_of(anna.reply_to(odd))
    assert "forty minutes" in text_of(reed.reply_to(plain))


def test_slackbot_and_kinds_of_messages_that_nobody_knows_are_not_answered(
    server: Hub, slack: FakeSlack, anna: Person
) -> None:
    for odd in ({"user": "USLACKBOT"}, {"subtype": "huddle_thread"}, {"subtype": "something_new"}):
        said = {"type": "message", "channel": anna.dm, "channel_type": "im", "user": anna.id, "text": "hi", "ts": "1.3"}
        assert slack.deliver("events_api", slack.event({**said, **odd}, team=TEAM)).ok
    anna.ask("how long may a cotton kite soak in water?")
    assert len([one for one in anna.sees() if one.get("bot_id")]) == 1
