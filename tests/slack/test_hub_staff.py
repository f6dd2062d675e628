"""What hub staff have in Slack: one card for each request, and replies that reach whoever asked."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

from bot.app import Hub
from bot.domain.messages import Place, Question
from bot.terminal.mail import mail_of
from tests.slack.test_officers import LAUNDRY, NOT_COVERED, labels
from tests.support.slack import running
from tests.support.slack.fake import FakeSlack
from tests.support.slack.person import Person
from tests.support.slack.workspace import HUB, Json, text_of


def card_of(person: Person, reference: str = "PF-0001", hub: Hub | None = None) -> Json:
    """The request's card, once it is there; with a hub also on record, which is a moment later."""
    card = person.wait_for(lambda m: reference in text_of(m) and "thread_ts" not in m, channel=HUB)
    if hub is not None:
        running._until(lambda: hub.records.cards.get("slack", HUB, reference))
    return card


def lines_of(slack: FakeSlack, card: Json) -> list[str]:
    """What stands in the card's thread."""
    return [text_of(m) for m in slack.messages[HUB] if m.get("thread_ts") == card["ts"] and m.get("bot_id")]


def wait_for_line(slack: FakeSlack, card: Json, line: str) -> None:
    slack.wait_for(lambda: any(line in one for one in lines_of(slack, card)), f"a line {line!r}")


def test_a_claim_changes_the_card_in_place_and_says_so_in_its_thread(
    app: Hub, slack: FakeSlack, anna: Person, bell: Person
) -> None:
    anna.ask(NOT_COVERED)
    card = card_of(bell, hub=app)
    assert {"Claim", "Reply", "Close"} <= set(labels(card))
    bell.press(card, "Claim", channel=HUB)
    wait_for_line(slack, card, "claimed it.")
    now = slack.find(HUB, card["ts"])
    assert now is not None
    assert "claimed" in text_of(now)
    assert "Claim" not in labels(now)
    assert len([m for m in slack.messages[HUB] if "thread_ts" not in m]) == 1
    assert app.records.request("PF-0001").claimed_by == bell.id


def test_two_people_claim_at_once_and_one_is_told_who_was_first(
    app: Hub, slack: FakeSlack, anna: Person, bell: Person, dunn: Person
) -> None:
    anna.ask(NOT_COVERED)
    card = card_of(bell, hub=app)
    with ThreadPoolExecutor(2) as both:
        for done in [both.submit(one.press, card, "Claim", channel=HUB) for one in (bell, dunn)]:
            assert done.result().ok
    wait_for_line(slack, card, "claimed it.")
    first = app.records.request("PF-0001").claimed_by
    late = dunn if first == bell.id else bell
    told = late.wait_for(lambda m: m.get("to") == late.id, channel=HUB)
    assert f"{first.removeprefix('U0').capitalize()} of the force has PF-0001 already." in text_of(told)
    assert sum("claimed it." in line for line in lines_of(slack, card)) == 1


def test_an_officer_cannot_work_on_requests_whatever_they_press(
    app: Hub, slack: FakeSlack, anna: Person, bell: Person
) -> None:
    anna.ask(NOT_COVERED)
    card = card_of(bell, hub=app)
    slack.channels[HUB].members.add(anna.id)
    anna.press(card, "Claim", channel=HUB)
    told = anna.wait_for(lambda m: m.get("to") == anna.id, channel=HUB)
    assert "hub staff" in text_of(told)
    assert app.records.request("PF-0001").state.value == "open"


def test_a_reply_by_dialog_reaches_the_asker_in_their_thread_and_helped_closes(
    app: Hub, slack: FakeSlack, anna: Person, bell: Person
) -> None:
    reply = anna.ask(NOT_COVERED)
    card = card_of(bell, hub=app)
    bell.press(card, "Reply", channel=HUB)
    bell.fill_in({"Your reply; it goes to whoever asked": "Zeppelins park behind the nick."})
    came = anna.wait_for(lambda m: "Zeppelins park behind the nick." in text_of(m))
    assert came["thread_ts"] == reply["thread_ts"]
    assert labels(came)[:2] == ["That helped", "Not yet"]
    anna.press(came, "That helped")
    anna.wait_for(lambda m: "PF-0001 is closed" in text_of(m))
    wait_for_line(slack, card, "It helped.")
    slack.wait_for(lambda: "closed" in text_of(slack.find(HUB, card["ts"]) or {}), "the card as closed")
    slack.wait_for(
        lambda: slack.sessions.get((anna.dm, reply["thread_ts"]), {}).get("status") == "closed", "a closed session"
    )


def test_not_yet_opens_it_again(app: Hub, slack: FakeSlack, anna: Person, bell: Person) -> None:
    anna.ask(NOT_COVERED)
    card = card_of(bell, hub=app)
    bell.command("reply PF-0001 Ask the harbour master.", channel=HUB)
    came = anna.wait_for(lambda m: "Ask the harbour master." in text_of(m))
    anna.press(came, "Not yet")
    anna.wait_for(lambda m: "PF-0001 is open again" in text_of(m))
    slack.wait_for(lambda: "reopened" in text_of(slack.find(HUB, card["ts"]) or {}), "the card as reopened")


def test_a_reply_typed_in_the_cards_thread_reaches_the_asker_and_other_talk_does_not(
    app: Hub, slack: FakeSlack, anna: Person, bell: Person, dunn: Person
) -> None:
    anna.ask(NOT_COVERED)
    card = card_of(bell, hub=app)
    dunn.write("isn't that the one from last week?", channel=HUB, thread=card["ts"])
    bell.write("Reply: Zeppelins moor at dock nine.", channel=HUB, thread=card["ts"])
    came = anna.wait_for(lambda m: "Zeppelins moor at dock nine." in text_of(m))
    assert "Reply:" not in text_of(came)
    assert "last week" not in text_of(came)
    wait_for_line(slack, card, "replied.")
    assert [m.text for m in app.records.request("PF-0001").messages] == ["Zeppelins moor at dock nine."]


def test_a_reply_by_somebody_who_is_not_of_the_hub_is_refused(
    app: Hub, slack: FakeSlack, anna: Person, reed: Person, bell: Person
) -> None:
    anna.ask(NOT_COVERED)
    card = card_of(bell, hub=app)
    reed.write("reply: just park it anywhere", channel=HUB, thread=card["ts"])
    told = reed.wait_for(lambda m: m.get("to") == reed.id, channel=HUB)
    assert "hub staff" in text_of(told)
    assert app.records.request("PF-0001").messages == ()


def test_a_reply_reaches_whoever_asked_in_a_terminal(app: Hub, slack: FakeSlack, bell: Person) -> None:
    app.assistant.ask(Question(NOT_COVERED, Place("terminal", "t1"), "pat"))
    card = card_of(bell, hub=app)
    bell.write("reply: Look behind the nick.", channel=HUB, thread=card["ts"])
    wait_for_line(slack, card, "replied.")
    assert "Look behind the nick." in mail_of(app, "pat").unseen()[0][1]


def test_asking_for_more_comes_with_a_way_to_add_it(app: Hub, slack: FakeSlack, anna: Person, bell: Person) -> None:
    anna.ask(NOT_COVERED)
    card = card_of(bell, hub=app)
    bell.press(card, "Ask for more", channel=HUB)
    bell.fill_in({"What do you need to know?": "Which zeppelin?"})
    came = anna.wait_for(lambda m: "Which zeppelin?" in text_of(m))
    anna.press(came, "Add detail")
    anna.fill_in({"What should the hub know as well?": "the silver one"})
    wait_for_line(slack, card, "Whoever asked added something.")
    assert app.records.request("PF-0001").messages[-1].text == "the silver one"


def test_what_the_asker_added_stands_on_the_card(app: Hub, slack: FakeSlack, anna: Person, bell: Person) -> None:
    anna.ask(NOT_COVERED)
    card = card_of(bell, hub=app)
    anna.press_home(anna.open_home(), "Add detail")
    anna.fill_in({"What should the hub know as well?": "the silver one"})
    slack.wait_for(lambda: "the silver one" in text_of(slack.find(HUB, card["ts"]) or {}), "the detail on the card")


def test_closing_says_how(app: Hub, slack: FakeSlack, anna: Person, bell: Person) -> None:
    anna.ask(NOT_COVERED)
    card = card_of(bell, hub=app)
    bell.press(card, "Close", channel=HUB)
    bell.fill_in({"How did it end?": "Not for the hub"})
    anna.wait_for(lambda m: "not for the hub" in text_of(m))
    wait_for_line(slack, card, "closed it.")


def test_a_reply_is_promoted_and_somebody_else_approves(
    app: Hub, slack: FakeSlack, anna: Person, bell: Person, dunn: Person
) -> None:
    anna.ask(NOT_COVERED)
    card = card_of(bell, hub=app)
    bell.write("reply: Zeppelins moor at dock nine.", channel=HUB, thread=card["ts"])
    slack.wait_for(lambda: "Promote" in labels(slack.find(HUB, card["ts"]) or {}), "a card with Promote")
    bell.press(slack.find(HUB, card["ts"]) or {}, "Promote", channel=HUB)
    bell.fill_in()
    slack.wait_for(lambda: "Approve" in labels(slack.find(HUB, card["ts"]) or {}), "a card with Approve")
    bell.press(slack.find(HUB, card["ts"]) or {}, "Approve", channel=HUB)
    assert "Zeppelins moor at dock nine." in text_of(bell.dialog())  # nobody approves what they have not read
    told = bell.fill_in()
    assert "Bell of the force proposed it, so a different person must approve it." in told
    assert "Quoted from hub advice · Bell of the force" in told
    bell.close_dialog()
    dunn.press(slack.find(HUB, card["ts"]) or {}, "Approve", channel=HUB)
    assert "You approved it." in dunn.fill_in()
    wait_for_line(slack, card, "approved it")
    assert [one.state.value for one in app.records.advice.all()] == ["approved"]


def test_stale_buttons_say_what_happened(app: Hub, slack: FakeSlack, anna: Person, bell: Person, dunn: Person) -> None:
    anna.ask(NOT_COVERED)
    stale = dict(card_of(bell))
    anna.press_home(anna.open_home(), "Withdraw")
    anna.wait_for(lambda m: "withdrawn" in text_of(m))
    dunn.press(stale, "Claim", channel=HUB)
    told = dunn.wait_for(lambda m: m.get("to") == dunn.id, channel=HUB)
    assert "PF-0001 was withdrawn" in text_of(told)


def test_what_was_asked_in_a_channel_is_replied_to_in_private(
    app: Hub, slack: FakeSlack, anna: Person, reed: Person, bell: Person
) -> None:
    reed.write("hi", channel="C0BEAT")
    anna.mention(NOT_COVERED)
    bell_card = card_of(bell, hub=app)
    bell.write("reply: Moor at dock nine.", channel=HUB, thread=bell_card["ts"])
    told = anna.wait_for(lambda m: "Moor at dock nine." in text_of(m))
    asked = slack.messages["C0BEAT"][1]["ts"].replace(".", "")
    assert f"<https://force.example/archives/C0BEAT/p{asked}|Go back to it>" in json.dumps(told["blocks"])
    assert all("dock nine" not in text_of(m) for m in slack.messages["C0BEAT"])


def test_the_queue_is_in_the_home_tab_of_hub_staff_alone(
    app: Hub, slack: FakeSlack, anna: Person, bell: Person, cole: Person
) -> None:
    anna.ask(NOT_COVERED)
    home = bell.open_home()
    assert "The hub's queue" in text_of(home)
    assert NOT_COVERED in text_of(home)
    slack.homes.clear()
    bell.press_home(home, "Claim")
    slack.wait_for(lambda: "Release" in labels(slack.homes.get(bell.id, {})), "the queue drawn anew")
    assert "The hub's queue" not in text_of(anna.open_home())


def test_an_admin_pauses_and_resumes_answers(app: Hub, slack: FakeSlack, anna: Person, cole: Person) -> None:
    home = cole.open_home()
    assert "Edition 1" in text_of(home)
    slack.homes.clear()
    cole.press_home(home, "Pause answers")
    home = slack.wait_for(lambda: slack.homes.get(cole.id), "the home tab drawn anew")
    assert "Answers are paused" in text_of(home)
    assert "paused" in text_of(anna.ask(LAUNDRY)).lower()
    cole.press_home(home, "Resume answers")
    slack.wait_for(lambda: not app.switchboard.paused(), "answers again")
    assert "forty minutes" in text_of(anna.ask(LAUNDRY))


def test_a_group_of_slack_can_be_the_hub(slack: FakeSlack, data, monkeypatch, anna: Person, reed: Person) -> None:  # type: ignore[no-untyped-def]
    slack.groups["S0HUB"] = [reed.id]
    hub = running.new_hub(slack, data, hub_staff="S0HUB")
    monkeypatch.setattr("bot.server.SECONDS_BETWEEN_DELIVERIES", 0.02)
    with running.serving(hub, slack):
        anna.ask(NOT_COVERED)
        card = card_of(reed)
        reed.press(card, "Claim", channel=HUB)
        wait_for_line(slack, card, "claimed it.")
    hub.close()


def test_a_reply_in_a_thread_that_is_no_card_is_not_met_with_silence(app: Hub, slack: FakeSlack, bell: Person) -> None:
    said = bell.write("what do we do about the zeppelins?", channel=HUB)
    bell.write("reply: Moor at dock nine.", channel=HUB, thread=said["ts"])
    told = bell.wait_for(lambda m: m.get("thread_ts") == said["ts"], channel=HUB)
    assert text_of(told)


def test_talk_in_a_cards_thread_is_explained_once(app: Hub, slack: FakeSlack, anna: Person, bell: Person) -> None:
    anna.ask(NOT_COVERED)
    card = card_of(bell, hub=app)
    bell.write("Zeppelins moor at dock nine.", channel=HUB, thread=card["ts"])
    told = bell.wait_for(lambda m: m.get("thread_ts") == card["ts"] and "reply:" in text_of(m).lower(), channel=HUB)
    assert text_of(told)


def test_a_late_answer_a_note_and_a_reply_stand_on_the_card(
    app: Hub, slack: FakeSlack, anna: Person, bell: Person
) -> None:
    anna.ask(NOT_COVERED)
    card = card_of(bell, hub=app)
    bell.press(card, "Note", channel=HUB)
    bell.fill_in({"For the hub only": "the harbour master is on leave"})
    wait_for_line(slack, card, "wrote a note.")
    slack.wait_for(
        lambda: (
            "the harbour master is on leave"
            in text_of(slack.find(HUB, card["ts"]) or {}) + "".join(lines_of(slack, card))
        ),
        "the note where the hub reads",
    )
    assert all("harbour master" not in text_of(m) for m in anna.sees())
