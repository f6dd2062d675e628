"""Whole conversations in Slack, by HTTP and by Socket Mode, against the fake Slack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.slack.old_fake import buttons
from tests.slack.old_workspace import HTTP, HUB_CHANNEL, SOCKET, Workspace, workspace


@pytest.fixture(params=[HTTP, SOCKET])
def people(request: pytest.FixtureRequest, tmp_path: Path, guidance: Path) -> Iterator[Workspace]:
    with workspace(tmp_path, guidance, request.param) as opened:
        yield opened


def labels(call: object) -> list[str]:
    return [one["text"]["text"] for one in buttons(call.body["blocks"])]  # type: ignore[attr-defined]


def test_a_covered_question_is_answered_in_its_thread_with_quote_source_and_buttons(people: Workspace) -> None:
    ts = people.write("U7", "how long may a silk kite soak in water?")
    reply = people.slack.said("A silk kite may soak for ten minutes only.")
    assert (reply.method, reply.body["channel"], reply.body["thread_ts"]) == ("chat.postMessage", "DU7", ts)
    assert "Washing kites › How long may a kite soak in water?" in reply.text.replace("\\", "")
    assert "in force · law checked 20 October 2026 · OFFICIAL" in reply.text
    assert labels(reply) == ["Show passage", "Ask the hub", "Good answer", "Not helpful"]
    assert (reply.body["unfurl_links"], reply.body["unfurl_media"]) == (False, False)
    people.slack.wait_for(lambda call: call.method == "assistant.threads.setStatus" and bool(call.body["status"]))
    people.slack.wait_for(lambda call: call.method == "agents.sessions.setStatus" and call.body["status"] == "active")


def test_a_follow_up_in_the_thread_leans_on_what_was_asked(people: Workspace) -> None:
    ts = people.write("U7", "how long may a silk kite soak in water?")
    people.slack.said("A silk kite may soak")
    before = len(people.slack.calls)
    people.write("U7", "and a cotton one?", thread=ts)
    reply = people.slack.wait_for(lambda call: call.method == "chat.postMessage", after=before)
    assert "cotton kite may soak for forty minutes" in reply.text
    assert reply.body["thread_ts"] == ts


def test_a_passage_is_shown_whole(people: Workspace) -> None:
    people.write("U7", "how long may a silk kite soak in water?")
    opened = people.opens(people.slack.said("A silk kite may soak"), "Show passage", "U7")
    assert "A cotton kite may soak for forty minutes. A silk kite may soak for ten minutes only." in opened.text


def test_what_is_not_covered_gets_a_reference_a_card_a_reply_and_is_closed_by_whoever_asked(people: Workspace) -> None:
    ts = people.write("U7", "who paints the lighthouse door?")
    reply = people.slack.said("Your reference is PF-0001.")
    assert labels(reply) == ["Add detail"]
    people.slack.wait_for(
        lambda call: call.method == "agents.sessions.setStatus" and call.body["status"] == "suspended"
    )
    card = people.card("PF-0001")
    assert labels(card) == ["Claim", "Reply", "Note", "Close", "Ask for more"]
    assert "who paints the lighthouse door?" in card.text

    people.press(card, "Claim", "UBELL")
    claimed = people.card("PF-0001", times=2)
    assert (claimed.method, claimed.body["ts"]) == ("chat.update", card.answered["ts"])
    assert "claimed · UBELL" in claimed.text
    line = people.slack.said("UBELL claimed it.")
    assert (line.body["channel"], line.body["thread_ts"]) == (HUB_CHANNEL, card.answered["ts"])

    before = people.press(card, "Claim", "UDUNN")  # a button that is stale by now
    refused = people.slack.said("UBELL has PF-0001 already.", after=before)
    assert (refused.method, refused.body["user"]) == ("chat.postEphemeral", "UDUNN")

    opened = people.opens(claimed, "Reply", "UBELL")
    assert people.submit(opened, "UBELL", text="The sexton paints it.") == {}
    told = people.slack.said("The hub has replied to PF-0001:\n\nThe sexton paints it.")
    assert (told.body["channel"], told.body["thread_ts"]) == ("DU7", ts)
    assert told.body["metadata"]["event_payload"]["reference"] == "PF-0001"

    people.press(told, "That helped", "U7")
    people.slack.said("Thank you. PF-0001 is closed.")
    assert "PF-0001 · closed" in people.card("PF-0001", times=4).text


def test_only_hub_staff_work_requests_and_only_whoever_asked_confirms(people: Workspace) -> None:
    people.write("U7", "who paints the lighthouse door?")
    card = people.card("PF-0001")
    people.slack.groups["SHUB"] = ["U9"]
    before = people.press(card, "Claim", "U8")
    assert "U8 may not work on requests" in people.slack.said("may not", after=before).text
    people.press(card, "Claim", "U9")  # by a user group
    people.slack.said("U9 claimed it.")
    opened = people.opens(people.card("PF-0001", times=2), "Reply", "U9")
    people.submit(opened, "U9", text="The sexton.")
    told = people.slack.said("The hub has replied to PF-0001")
    before = people.press(told, "Not yet", "U8")
    people.slack.said("Only whoever asked PF-0001, or the hub, may do that.", after=before)
    people.press(told, "Not yet", "U7")
    people.slack.said("PF-0001 is open again.")


def test_a_reply_is_promoted_by_one_and_approved_by_another(people: Workspace) -> None:
    people.write("U7", "which leaflet goes with tractors?")
    card = people.card("PF-0001")
    people.submit(people.opens(card, "Reply", "UBELL"), "UBELL", text="The blue leaflet goes with tractors.")
    replied = people.slack.wait_for(
        lambda call: call.method == "chat.update" and "Promote" in call.text and "PF-0001" in call.text
    )
    opened = people.opens(replied, "Promote", "UBELL")
    assert opened.body["view"]["blocks"][1]["element"]["initial_value"] == "The blue leaflet goes with tractors."
    people.submit(opened, "UBELL", question="Which leaflet goes with tractors?")
    people.slack.said("UBELL proposes it as hub advice.")
    proposed = people.slack.wait_for(lambda call: call.method == "chat.update" and "Approve" in call.text)
    before = people.press(proposed, "Approve", "UBELL")
    people.slack.said("somebody else must approve it", after=before)
    people.press(proposed, "Approve", "UDUNN")
    people.slack.said("UDUNN approved it as hub advice.")
    from datetime import UTC, datetime

    from bot.worker import run_due

    assert any("advice-pf-0001" in line for line in run_due(people.hub, datetime.now(UTC).date()))
    people.write("U8", "the leaflet that goes with tractors, which one?")
    assert "The blue leaflet goes with tractors." in people.slack.said("Quoted from hub advice").text


def test_a_reply_typed_in_the_cards_thread_reaches_the_asker_and_other_talk_there_does_not(people: Workspace) -> None:
    people.write("U7", "who paints the lighthouse door?")
    card = people.card("PF-0001")
    people.press(card, "Claim", "UBELL")
    thread = people.slack.said("UBELL claimed it.").body["thread_ts"]
    before = len(people.slack.calls)
    people.in_thread("UBELL", "does anybody know?", thread, HUB_CHANNEL)
    people.in_thread("U8", "reply: I do", thread, HUB_CHANNEL)
    people.slack.said("U8 may not work on requests", after=before)
    people.in_thread("UBELL", "Reply: The sexton paints it.", thread, HUB_CHANNEL)
    people.slack.said("The hub has replied to PF-0001:\n\nThe sexton paints it.")
    people.slack.said("Sent to whoever asked PF-0001.")
    assert [call.text for call in people.slack.calls if "does anybody know" in call.text] == []


def test_in_a_channel_only_the_asker_sees_it_until_they_share_it(people: Workspace) -> None:
    ts = people.mention("U7", "how long may a silk kite soak in water?")
    reply = people.slack.said("A silk kite may soak for ten minutes only.")
    assert (reply.method, reply.body["user"], reply.body["thread_ts"]) == ("chat.postEphemeral", "U7", ts)
    before = people.press(reply, "Share in channel", "U7")
    shared = people.slack.said("A silk kite may soak for ten minutes only.", after=before, method="chat.postMessage")
    assert (shared.body["channel"], shared.body["thread_ts"]) == ("C1", ts)
    assert "Shared by <@U7>" in shared.text
    before = len(people.slack.calls)
    people.in_thread("U7", "and a cotton one?", ts)
    # that it was shared is told to the asker too, before or after this
    follow = people.slack.said("cotton kite may soak for forty minutes", after=before)
    assert follow.method == "chat.postEphemeral"


def test_talk_in_a_channel_that_is_not_for_us_is_left_alone(people: Workspace) -> None:
    before = len(people.slack.calls)
    people.in_thread("U7", "how long may a silk kite soak in water?", "1700.5")
    people.event({"type": "message", "channel_type": "im", "channel": "DU7", "bot_id": "B1", "text": "hi", "ts": "1.1"})
    people.event({"type": "message", "subtype": "message_changed", "channel": "DU7", "ts": "1.2"})
    people.write("U7", "hello")
    people.slack.said("Ask about prevention", after=before)
    assert [call.method for call in people.slack.calls[before:] if call.method.startswith("chat.")] == [
        "chat.postMessage"
    ]


@pytest.mark.parametrize(("channel", "outer"), [("CLOW", {}), ("C1", {"is_ext_shared_channel": True})])
def test_where_others_read_there_is_a_neutral_line_and_the_reply_comes_by_direct_message(
    people: Workspace, channel: str, outer: dict[str, object]
) -> None:
    people.mention("U7", "are badgers counted in pairs at dusk?", channel, **outer)
    reply = people.slack.said("Badgers are counted at dusk, in pairs")
    assert (reply.method, reply.body["channel"]) == ("chat.postMessage", "DU7")
    line = people.slack.said("I have sent you my reply in a direct message.")
    assert (line.method, line.body["channel"], line.body["user"]) == ("chat.postEphemeral", channel, "U7")
    assert [call for call in people.slack.calls if "adgers" in call.text and call.body["channel"] == channel] == []


def test_people_of_another_workspace_are_not_answered(people: Workspace) -> None:
    event = {
        "type": "app_mention",
        "channel": "C1",
        "user": "U66",
        "text": "how long may a silk kite soak",
        "ts": "9.1",
    }
    people.event({**event, "user_team": "T66"})
    people.slack.said("I only answer people of this workspace.")
    assert [call for call in people.slack.calls if "ten minutes" in call.text] == []


def test_an_emergency_is_signposted_first_and_no_word_of_it_is_kept(people: Workspace) -> None:
    people.write("U7", "he is stabbing her right now at the lighthouse")
    reply = people.slack.said("call 999")
    assert labels(reply) == []
    for file in people.hub.settings.data.rglob("hub.db*"):
        assert b"stabbing" not in file.read_bytes()


def test_identifiers_are_taken_out_and_that_is_said(people: Workspace) -> None:
    people.write("U7", "is Jane Doe on 07700 900123 banned from the lighthouse?")
    reply = people.slack.said("Your reference is PF-0001.")
    assert reply.text.startswith("I took out ")
    assert "07700" not in people.card("PF-0001").text


def test_feedback_with_a_reason_becomes_a_correction_request(people: Workspace) -> None:
    people.write("U7", "how long may a silk kite soak in water?")
    reply = people.slack.said("A silk kite may soak")
    people.press(reply, "Good answer", "U7")
    people.slack.said("Thank you. That is kept.")
    opened = people.opens(reply, "Not helpful", "U7")
    errors = people.submit(opened, "U7", text=" ")
    assert errors == {
        "response_action": "errors",
        "errors": {"text": "Say in a few words what is wrong, so that the hub can mend it."},
    }
    assert people.submit(opened, "U7", text="it is five minutes now") == {}
    people.slack.said("The hub will look at it. Your reference is PF-0001.")
    assert "it is five minutes now" in people.card("PF-0001").text


def test_did_you_mean_is_pressed_and_the_hub_can_be_asked_instead(people: Workspace) -> None:
    people.write("U7", "is a kite dried in the shade at dusk")
    reply = people.slack.wait_for(lambda call: call.method == "chat.postMessage" and "which of these" in call.text)
    first = labels(reply)[0]
    opened = people.opens(reply, first, "U7")
    assert first.removeprefix("1. ") in opened.text
    before = people.press(reply, "Ask the hub", "U7")
    people.slack.said("PF-0001", after=before)
    assert "is a kite dried in the shade at dusk" in people.card("PF-0001").text


def test_the_form_and_the_message_shortcut_open_requests(people: Workspace) -> None:
    before = len(people.slack.calls)
    payload = {"type": "shortcut", "user": {"id": "U7"}, "team": {"id": "T1"}}
    people.payload({**payload, "callback_id": "support_form", "trigger_id": people.slack.trigger()})
    form = people.slack.wait_for(lambda call: call.method == "views.open", after=before)
    errors = people.submit(form, "U7", kind="operational_problem", what=" ")
    assert errors["errors"] == {"what": "Say what happens: it is the one thing the hub needs."}
    people.submit(
        form, "U7", kind="operational_problem", what="Fights at the lighthouse", often="Fridays", theme="violence"
    )
    people.slack.said("Your reference is PF-0001.")
    card = people.card("PF-0001")
    assert "What happens: Fights at the lighthouse\nHow often: Fridays\nTheme: violence" in card.text

    before = len(people.slack.calls)
    message = {"type": "message", "text": "who paints the lighthouse?", "ts": "1.1", "user": "U8"}
    people.payload(
        {
            **payload,
            "type": "message_action",
            "callback_id": "ask_hub_about",
            "message": message,
            "channel": {"id": "C1"},
            "trigger_id": people.slack.trigger(),
        }
    )
    opened = people.slack.wait_for(lambda call: call.method == "views.open", after=before)
    assert opened.body["view"]["blocks"][0]["element"]["initial_value"] == "who paints the lighthouse?"
    people.submit(opened, "U7")
    people.slack.said("PF-0002")


def test_the_command_answers_in_private_lists_ones_requests_and_replies_for_the_hub(people: Workspace) -> None:
    people.command("U7", "how long may a silk kite soak in water?")
    answer = people.slack.said("A silk kite may soak", method="chat.response")
    assert answer.body["response_type"] == "ephemeral"
    people.command("U7", "help")
    people.slack.said("/prevention my", method="chat.response")
    people.command("U7", "who paints the lighthouse door?")
    people.slack.said("PF-0001", method="chat.response")
    people.command("U7", "my")
    people.slack.said(method="chat.response", text="PF-0001 · waiting for the hub · who paints the lighthouse door?")
    people.command("U8", "reply PF-0001 I do")
    people.slack.said("U8 may not work on requests", method="chat.response")
    people.command("UBELL", "reply PF-0001 The sexton paints it.")
    told = people.slack.said("The hub has replied to PF-0001:\n\nThe sexton paints it.")
    assert told.body["channel"] == "DU7"


def test_the_home_tab_shows_each_what_is_theirs(people: Workspace) -> None:
    people.write("U7", "who paints the lighthouse door?")
    people.slack.said("PF-0001")

    def home(user: str) -> object:
        before = len(people.slack.calls)
        people.event({"type": "app_home_opened", "user": user, "channel": f"D{user}", "tab": "home"})
        return people.slack.wait_for(
            lambda call: call.method == "views.publish" and call.body["user_id"] == user, after=before
        )

    assert "Nothing is open." in home("U8").text  # type: ignore[attr-defined]
    assert "PF-0001" in home("UBELL").text  # type: ignore[attr-defined]
    admin = home("UCOLE")
    assert "Edition 1: " in admin.text  # type: ignore[attr-defined]
    before = people.press(admin, "Pause answers", "UCOLE")  # type: ignore[arg-type]
    people.slack.wait_for(lambda call: call.method == "views.publish" and "Resume answers" in call.text, after=before)
    people.write("U8", "how long may a silk kite soak in water?")
    people.slack.said("Answers are paused at the moment.")
    mine = home("U7")
    before = people.press(mine, "Withdraw", "U7")  # type: ignore[arg-type]
    people.slack.said("PF-0001 is withdrawn.", after=before)


def test_the_messages_tab_offers_prompts(people: Workspace) -> None:
    people.event({"type": "app_home_opened", "user": "U7", "channel": "DU7", "tab": "messages"})
    call = people.slack.wait_for(lambda call: call.method == "assistant.threads.setSuggestedPrompts")
    assert "thread_ts" not in call.body
    assert len(call.body["prompts"]) == 4


def test_somebody_adds_detail_and_joins(people: Workspace) -> None:
    people.write("U7", "which leaflet goes with tractors?")
    reply = people.slack.said("Your reference is PF-0001.")
    opened = people.opens(reply, "Add detail", "U7")
    people.submit(opened, "U7", text="the red tractor")
    people.slack.said("Added to PF-0001.")
    people.write("U8", "tractors: which leaflet goes with them?")
    second = people.slack.said("Your reference is PF-0002.")
    people.press(second, "Join PF-0001", "U8")
    people.slack.said("PF-0002 has joined PF-0001")
    people.hub.desk.reply(people.hub.actor("UBELL"), "PF-0001", "The blue one.")
    told = people.slack.said("The hub has replied to PF-0002:\n\nThe blue one.")
    assert told.body["channel"] == "DU8"


def test_a_passage_is_not_shown_where_less_may_be_shown(people: Workspace) -> None:
    people.write("U7", "when are badgers counted?")
    answer = people.slack.said("two people with red torches")
    elsewhere = replace(answer, body={**answer.body, "channel": "CLOW"})
    before = people.press(elsewhere, "Show passage", "U7")
    people.slack.wait_for(lambda call: "marked above what may be shown" in call.text, after=before)
    assert not [call for call in people.slack.calls[before:] if call.method == "views.open"]
