"""What an officer has in Slack: whole conversations, over HTTP and over Socket Mode."""

from __future__ import annotations

from bot.app import Hub
from tests.support.slack.fake import FakeSlack
from tests.support.slack.person import Person
from tests.support.slack.workspace import BEAT, HUB, PARTNERS, TEAM, buttons_of, text_of

COVERED = "are badgers counted in pairs at dusk by two people?"
LAUNDRY = "how long may a cotton kite soak in water?"
NOT_COVERED = "who paints the lighthouse door?"


def labels(message: dict) -> list[str]:  # type: ignore[type-arg]
    return [label for label, *_ in buttons_of(message)]


def test_a_covered_question_is_quoted_with_its_source_in_the_asker_s_thread(app: Hub, anna: Person) -> None:
    asked = anna.write(LAUNDRY)
    reply = anna.reply_to(asked)
    said = text_of(reply)
    assert "A cotton kite may soak for forty minutes." in said
    assert "Washing kites > How long may a kite soak in water?" in said
    assert "in force · law checked 20 October 2026 · OFFICIAL" in said
    related = "How do I dry a kite?"
    assert labels(reply) == ["Show passage", "Ask the hub", related, "Good answer", "Not helpful"]
    anna.press(reply, related)
    anna.wait_for(lambda m: "Hang it in the shade." in text_of(m))


def test_a_question_that_is_not_covered_gets_a_reference_and_a_card_in_the_hubs_channel(
    app: Hub, slack: FakeSlack, anna: Person, bell: Person
) -> None:
    reply = anna.ask(NOT_COVERED)
    assert "Your reference is PF-0001" in text_of(reply)
    card = bell.wait_for(lambda m: "PF-0001" in text_of(m), channel=HUB)
    assert NOT_COVERED in text_of(card)
    slack.wait_for(
        lambda: slack.sessions.get((anna.dm, reply["thread_ts"]), {}).get("status") == "suspended", "a waiting session"
    )


def test_a_mention_is_answered_to_the_asker_alone_and_shared_by_them(app: Hub, anna: Person, reed: Person) -> None:
    reed.write("morning all", channel=BEAT)
    asked = anna.mention(LAUNDRY)
    reply = anna.reply_to(asked, channel=BEAT)
    assert reply["to"] == anna.id
    assert len([m for m in anna.sees(BEAT) if m.get("bot_id")]) == 1  # told twice by Slack, answered once
    assert [m for m in reed.sees(BEAT) if m.get("bot_id")] == []
    anna.press(reply, "Share in channel", channel=BEAT)
    shared = reed.wait_for(lambda m: "to" not in m, channel=BEAT)
    assert "A cotton kite may soak for forty minutes." in text_of(shared)
    assert shared["thread_ts"] == asked["ts"]
    assert f"<@{anna.id}>" in text_of(shared)


def test_a_follow_up_in_a_channels_thread_needs_no_second_mention(app: Hub, anna: Person, reed: Person) -> None:
    asked = anna.mention("how long may a cotton kite soak?")
    anna.reply_to(asked, channel=BEAT)
    again = anna.write("and a silk one?", channel=BEAT, thread=asked["ts"])
    assert anna.reply_to(again, channel=BEAT)["to"] == anna.id


def test_others_who_talk_in_the_thread_are_not_answered(app: Hub, slack: FakeSlack, anna: Person, reed: Person) -> None:
    asked = anna.mention(LAUNDRY)
    anna.reply_to(asked, channel=BEAT)
    reed.write("shall we have lunch then?", channel=BEAT, thread=asked["ts"])
    anna.ask(COVERED)  # what is asked later is answered, and nothing was said before that
    assert [m for m in reed.sees(BEAT) if m.get("bot_id")] == []


def test_in_a_shared_channel_there_is_a_neutral_line_and_the_reply_comes_by_direct_message(
    app: Hub, anna: Person
) -> None:
    asked = anna.mention(LAUNDRY, channel=PARTNERS)
    line = anna.reply_to(asked, channel=PARTNERS)
    assert "in private" in text_of(line)
    assert "kite" not in text_of(line)
    private = anna.wait_for(lambda m: "forty minutes" in text_of(m))
    assert "Share in channel" not in labels(private)


def test_somebody_of_another_workspace_is_told_so_and_nothing_is_answered(app: Hub, person, slack: FakeSlack) -> None:  # type: ignore[no-untyped-def]
    guest = person("U0GUEST")
    asked = guest.mention(LAUNDRY, channel=PARTNERS, user_team="T0OTHER")
    line = guest.reply_to(asked, channel=PARTNERS)
    assert "this organisation" in text_of(line)
    assert slack.seen_by("U0GUEST", guest.dm) == []


def test_the_command_answers_whoever_typed_it_alone(app: Hub, anna: Person, reed: Person) -> None:
    reed.write("hello", channel=BEAT)
    anna.command(LAUNDRY, channel=BEAT)
    reply = anna.wait_for(lambda m: "forty minutes" in text_of(m), channel=BEAT)
    assert reply["to"] == anna.id
    assert [m for m in reed.sees(BEAT) if m.get("bot_id")] == []


def test_the_command_helps_and_lists(app: Hub, anna: Person) -> None:
    anna.command("help", channel=BEAT)
    assert "/prevention" in text_of(anna.wait_for(lambda m: True, channel=BEAT))
    anna.ask(NOT_COVERED)
    anna.command("my", channel=BEAT)
    anna.wait_for(lambda m: "PF-0001 · waiting for the hub" in text_of(m), channel=BEAT)


def test_show_passage_opens_the_whole_passage(app: Hub, anna: Person) -> None:
    anna.press(anna.ask(LAUNDRY), "Show passage")
    assert "A silk kite may soak for ten minutes only." in text_of(anna.dialog())


def test_did_you_mean_is_pressed(app: Hub, anna: Person) -> None:
    reply = anna.ask("kite water badger dusk ledger sexton soak")
    picks = [label for label in labels(reply) if label[:2] in ("1.", "2.", "3.")]
    if not picks:  # the little encoder was sure: nothing to choose from
        return
    anna.press(reply, picks[0])
    assert text_of(anna.dialog())


def test_ask_the_hub_hands_over_what_was_answered(app: Hub, anna: Person, bell: Person) -> None:
    reply = anna.ask(LAUNDRY)
    anna.press(reply, "Ask the hub")
    anna.wait_for(lambda m: "Your reference is PF-0001" in text_of(m))
    card = bell.wait_for(lambda m: "PF-0001" in text_of(m), channel=HUB)
    assert LAUNDRY in text_of(card)


def test_feedback_with_a_reason_goes_to_the_hub(app: Hub, anna: Person, bell: Person) -> None:
    reply = anna.ask(LAUNDRY)
    anna.press(reply, "Not helpful")
    anna.fill_in({"What is wrong, or missing?": "it says nothing of woollen kites"})
    anna.wait_for(lambda m: "Your reference is PF-0001" in text_of(m))
    card = bell.wait_for(lambda m: "PF-0001" in text_of(m), channel=HUB)
    assert "it says nothing of woollen kites" in text_of(card)


def test_good_feedback_is_thanked_for(app: Hub, anna: Person) -> None:
    anna.press(anna.ask(LAUNDRY), "Good answer")
    anna.wait_for(lambda m: "Thank you" in text_of(m))
    assert app.feedback.records.feedback.counts(app.desk.now().replace(year=2000)) == {"helped": 1, "not": 0}


def test_a_message_is_handed_to_the_hub_by_its_shortcut(app: Hub, anna: Person, reed: Person, bell: Person) -> None:
    said = reed.write("who signs off zeppelins?", channel=BEAT)
    anna.shortcut("ask_hub_about", said)
    anna.fill_in()
    anna.wait_for(lambda m: "PF-0001" in text_of(m))
    assert "who signs off zeppelins?" in text_of(bell.wait_for(lambda m: "PF-0001" in text_of(m), channel=HUB))


def test_the_form_opens_a_request_of_its_kind_and_names_are_taken_out(app: Hub, anna: Person, bell: Person) -> None:
    anna.shortcut("support_form")
    anna.fill_in(
        {
            "What is it?": "An operational problem",
            "What happens": "Ring me on 07700 900123: scooters are dumped by the canal",
            "Where": "the towpath",
        }
    )
    told = anna.wait_for(lambda m: "PF-0001" in text_of(m))
    assert "a phone number" in text_of(told)
    card = bell.wait_for(lambda m: "PF-0001" in text_of(m), channel=HUB)
    assert "scooters are dumped" in text_of(card)
    assert "07700" not in text_of(card)


def test_the_form_says_what_is_missing_beside_the_field(app: Hub, anna: Person) -> None:
    anna.shortcut("support_form")
    told = anna.fill_in({"What is it?": "An operational problem", "What happens": " "})
    assert "Say what happens" in told
    assert "999" in anna.fill_in({"What happens": "he has a knife and is attacking her now"})


def test_urgent_is_signposted_and_nothing_of_it_is_kept(app: Hub, slack: FakeSlack, anna: Person, data) -> None:  # type: ignore[no-untyped-def]
    reply = anna.ask("he is stabbing someone right now outside the zebra bar")
    assert "999" in text_of(reply).split("\n")[0]
    anna.ask(LAUNDRY)
    kept = b"".join(file.read_bytes() for file in data.glob("hub.db*"))
    assert b"zebra bar" not in kept


def test_identifiers_are_taken_out_and_said_so(app: Hub, slack: FakeSlack, anna: Person, data) -> None:  # type: ignore[no-untyped-def]
    reply = anna.ask("what is the zeppelin permit for 07700 900123")
    assert "I took out a phone number" in text_of(reply)
    anna.ask(LAUNDRY)
    assert b"07700 900123" not in b"".join(file.read_bytes() for file in data.glob("hub.db*"))


def test_the_home_tab_shows_ones_own_requests_and_lets_them_be_withdrawn(
    app: Hub, slack: FakeSlack, anna: Person
) -> None:
    anna.ask(NOT_COVERED)
    home = anna.open_home()
    assert "PF-0001 · waiting for the hub" in text_of(home)
    assert "queue" not in text_of(home).lower()
    slack.homes.clear()
    anna.press_home(home, "Withdraw")
    slack.wait_for(lambda: "withdrawn" in text_of(slack.homes.get(anna.id, {})), "the home tab drawn anew")


def test_detail_is_added_from_the_home_tab(app: Hub, anna: Person, bell: Person) -> None:
    anna.ask(NOT_COVERED)
    anna.press_home(anna.open_home(), "Add detail")
    assert "Added to PF-0001" in anna.fill_in({"What should the hub know as well?": "it is for the big one"})
    assert [m.text for m in app.records.request("PF-0001").messages] == ["it is for the big one"]


def test_the_messages_tab_has_prompts(app: Hub, slack: FakeSlack, anna: Person) -> None:
    anna.open_messages()
    prompts = slack.wait_for(lambda: slack.prompts.get(anna.dm), "suggested prompts")
    assert 1 <= len(prompts) <= 4


def test_prompts_go_with_what_somebody_looks_at(app: Hub, slack: FakeSlack, bell: Person) -> None:
    def suggested() -> list[str]:
        return [one["message"] for one in slack.prompts.get(bell.dm, [])]

    board = {"entities": [{"type": "slack#/types/channel_id", "value": HUB, "team_id": TEAM}]}
    bell.happens(type="app_context_changed", channel=bell.dm, context=board)
    slack.wait_for(lambda: suggested()[:1] == ["queue"], "what hub staff need")
    message = {"channel_id": BEAT, "message_ts": "1.2"}
    elsewhere = {"entities": [{"type": "slack#/types/message_context", "value": message}]}
    bell.happens(type="app_context_changed", context=elsewhere)  # some events name no conversation
    slack.wait_for(lambda: suggested()[:1] != ["queue"], "what officers need")
    bell.happens(type="app_context_changed", channel=bell.dm, context=board)
    slack.wait_for(lambda: suggested()[:1] == ["queue"], "what hub staff need")
    bell.happens(type="app_context_changed", channel=bell.dm, context={})
    slack.wait_for(lambda: suggested()[:1] != ["queue"], "what officers need, where Slack says nothing")


def test_the_status_is_set_at_once_and_cleared(app: Hub, slack: FakeSlack, anna: Person) -> None:
    reply = anna.ask(LAUNDRY)
    mine = lambda: [s["status"] for s in slack.statuses if s["thread_ts"] == reply["thread_ts"]]  # noqa: E731
    slack.wait_for(lambda: mine() and mine()[-1] == "", "a cleared status")


def test_the_stop_button_ends_the_session(app: Hub, slack: FakeSlack, anna: Person) -> None:
    reply = anna.ask(LAUNDRY)
    anna.happens(type="agent_session_stopped", channel=anna.dm, thread_ts=reply["thread_ts"], streaming_message_ts=[])
    slack.wait_for(
        lambda: slack.sessions.get((anna.dm, reply["thread_ts"]), {}).get("status") == "active", "an active session"
    )


def test_nothing_but_the_answer_is_needed_of_slack(app: Hub, slack: FakeSlack, anna: Person) -> None:
    slack.api.unknown |= {"assistant.threads.setStatus", "agents.sessions.setStatus", "views.publish", "reactions.add"}
    slack.api.unknown |= {"assistant.threads.setSuggestedPrompts"}
    assert "forty minutes" in text_of(anna.ask(LAUNDRY))
