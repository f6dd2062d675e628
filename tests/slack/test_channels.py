"""Channels: what is shown to one person must be seen, what must last is kept, and colleagues are left to talk."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import Hub
from tests.slack.test_hub_staff import card_of
from tests.slack.test_officers import LAUNDRY, NOT_COVERED, labels
from tests.support.slack import running
from tests.support.slack.fake import FakeSlack
from tests.support.slack.person import Person
from tests.support.slack.workspace import BEAT, HUB, PARTNERS, text_of

BADGERS = "are badgers counted in pairs at dusk by two people?"


def test_a_mention_at_the_top_of_a_channel_is_seen(app: Hub, slack: FakeSlack, anna: Person) -> None:
    reply = anna.reply_to(anna.mention(LAUNDRY), channel=BEAT)
    assert "forty minutes" in text_of(reply)
    assert "thread_ts" not in reply
    assert "thread_ts" not in slack.called("chat.postEphemeral")[-1]


def test_in_a_thread_that_is_going_on_it_is_answered_there(server: Hub, anna: Person, reed: Person) -> None:
    first = reed.write("morning all", channel=BEAT)
    anna.write("morning", channel=BEAT, thread=first["ts"])
    asked = anna.mention(LAUNDRY, thread=first["ts"])
    assert anna.reply_to(asked, channel=BEAT)["thread_ts"] == first["ts"]


def test_a_reference_and_a_signpost_are_still_there_after_a_reload(server: Hub, slack: FakeSlack, anna: Person) -> None:
    anna.reply_to(anna.mention(NOT_COVERED), channel=BEAT)
    anna.reply_to(anna.mention("he is stabbing someone right now outside the bar"), channel=BEAT)
    anna.wait_for(lambda m: "999" in text_of(m))
    slack.reload(anna.id)
    assert anna.sees(BEAT)[-1]["user"] == anna.id
    kept = [text_of(one) for one in anna.sees()]
    assert any("Your reference is PF-0001" in one for one in kept)
    assert any("call 999" in one for one in kept)


@pytest.mark.parametrize("named", [{"team": "T0OTHER"}, {"source_team": "T0OTHER", "team": None}, {"user_team": "T0X"}])
def test_people_of_other_organisations_are_told_so_and_quoted_nothing(
    server: Hub, slack: FakeSlack, named: dict[str, str | None]
) -> None:
    other = Person(slack, "U0OTHER")
    line = other.reply_to(other.mention(LAUNDRY, channel=PARTNERS, **named), channel=PARTNERS)
    assert text_of(line) == "I only answer people of this organisation."
    assert "forty" not in str(slack.messages)
    assert server.records.health().counts["questions"] == 0
    urgent = other.mention("he is stabbing someone right now outside the bar", channel=PARTNERS, **named)
    assert "999" in text_of(other.reply_to(urgent, channel=PARTNERS))


def test_somebody_whose_organisation_nobody_tells_is_a_stranger(server: Hub, slack: FakeSlack, anna: Person) -> None:
    slack.api.fail_next("users.info", "internal_error", times=9)
    asked = anna.write(LAUNDRY, team=None)
    assert "I cannot tell yet whether you are of this organisation." in text_of(anna.reply_to(asked))
    slack.accounts["U0LATER"] = {"is_stranger": True, "team_id": "T0OTHER"}
    slack.api._rigged.clear()
    later = Person(slack, "U0LATER")
    assert "I only answer people of this organisation." in text_of(later.ask(LAUNDRY, team=None))


def test_colleagues_of_the_same_grid_are_ours_and_others_are_not(server: Hub, slack: FakeSlack) -> None:
    slack.enterprise = "E0FORCE"
    slack.accounts["U0GRID"] = {"team_id": "T0SECOND", "enterprise_user": {"enterprise_id": "E0FORCE"}}
    slack.accounts["U0EVIL"] = {"team_id": "T0EVIL", "enterprise_user": {"enterprise_id": "E0EVIL"}}
    assert "forty minutes" in text_of(Person(slack, "U0GRID").ask(LAUNDRY, team="T0SECOND"))
    assert "I only answer people" in text_of(Person(slack, "U0EVIL").ask(LAUNDRY, team="T0EVIL"))


@pytest.mark.parametrize(("guests", "said"), [(False, "I only answer people"), (True, "forty minutes")])
def test_guests_are_what_the_setting_says(slack: FakeSlack, data: Path, guests: bool, said: str) -> None:
    slack.accounts["U0GUEST"] = {"is_restricted": True}
    hub = running.new_hub(slack, data, guests=guests)
    with running.serving(hub, slack):
        assert said in text_of(Person(slack, "U0GUEST").ask(LAUNDRY))
    hub.close()


def test_what_colleagues_say_to_each_other_becomes_no_request(
    server: Hub, slack: FakeSlack, anna: Person, reed: Person
) -> None:
    asked = anna.mention(LAUNDRY)
    anna.reply_to(asked, channel=BEAT)
    before = len(slack.called("chat.postEphemeral"))
    anna.write("<@U0REED> ok thanks, did the council ring you back", channel=BEAT, thread=asked["ts"])
    reed.write("they did", channel=BEAT, thread=asked["ts"])
    anna.write("lol yeah see you at the pub", channel=BEAT, thread=asked["ts"])
    again = anna.mention("and how long may a silk one soak?", thread=asked["ts"])
    assert "ten minutes" in text_of(anna.reply_to(again, channel=BEAT))
    assert len(slack.called("chat.postEphemeral")) == before + 1
    assert server.records.requests() == []


def test_the_same_step_twice_is_done_once(server: Hub, slack: FakeSlack, anna: Person, bell: Person) -> None:
    reply = anna.reply_to(anna.mention(LAUNDRY), channel=BEAT)
    for _ in range(2):
        anna.press(reply, "Share in channel", channel=BEAT)
        anna.press(reply, "Ask the hub", channel=BEAT)
    card = card_of(bell, hub=server)
    bell.press(card, "Reply", channel=HUB)
    dialog = dict(bell.dialog())
    bell.fill_in({"Your reply; it goes to whoever asked": "Moor at dock nine."})
    slack.views[dialog["id"]] = dialog
    assert "nothing was sent twice" in bell.fill_in({"Your reply; it goes to whoever asked": "Moor at dock nine."})
    anna.wait_for(lambda m: "dock nine" in text_of(m))
    assert len(server.records.requests()) == 1
    assert len(server.records.request("PF-0001").messages) == 1
    assert len([one for one in slack.messages[BEAT] if "to" not in one and one.get("bot_id")]) == 1


def test_a_reply_from_a_thread_goes_once_also_where_its_confirmation_fails(
    server: Hub, slack: FakeSlack, anna: Person, bell: Person
) -> None:
    anna.ask(NOT_COVERED)
    card = card_of(bell, hub=server)
    slack.api.fail_next("chat.postEphemeral", "internal_error", times=3)
    bell.write("reply: Moor at dock nine.", channel=HUB, thread=card["ts"])
    anna.wait_for(lambda m: "dock nine" in text_of(m))
    with server.records._database.write() as connection:
        connection.exec_driver_sql("update inbound set until = '2020-01-01 00:00:00.000000'")
    with running.serving(server, slack):
        anna.ask(LAUNDRY)
    assert [one.text for one in server.records.request("PF-0001").messages] == ["Moor at dock nine."]


def test_shared_is_only_said_when_it_was(server: Hub, slack: FakeSlack, anna: Person) -> None:
    reply = anna.reply_to(anna.mention(LAUNDRY), channel=BEAT)
    slack.api.fail_next("chat.postMessage", "is_archived")
    anna.press(reply, "Share in channel", channel=BEAT)
    told = anna.wait_for(lambda m: m["ts"] > reply["ts"] and m.get("to") == anna.id, channel=BEAT)
    assert "Something went wrong here" in text_of(told)
    anna.press(reply, "Share in channel", channel=BEAT)  # and it may be tried again
    anna.wait_for(lambda m: "Shared in the channel." in text_of(m), channel=BEAT)


def test_a_ceiling_of_one_channel_counts_in_both_directions(slack: FakeSlack, data: Path) -> None:
    hub = running.new_hub(slack, data, ceilings=f"slack=OFFICIAL,slack:{BEAT}=OFFICIAL-SENSITIVE")
    anna = Person(slack, running.ANNA)
    with running.serving(hub, slack):
        assert "red torches" in text_of(anna.reply_to(anna.mention(BADGERS), channel=BEAT))
        assert "marked above what may be shown" in text_of(anna.ask("who keeps the ledger of badgers?"))
    hub.close()
    hub = running.new_hub(slack, data, ceilings=f"slack=OFFICIAL-SENSITIVE,slack:{BEAT}=OFFICIAL,slack:{HUB}=OFFICIAL")
    bell = Person(slack, running.BELL)
    with running.serving(hub, slack):
        line = anna.reply_to(anna.mention(BADGERS), channel=BEAT)
        assert text_of(line) == "I have sent you my reply in private."
        answered = anna.wait_for(lambda m: "red torches" in text_of(m))
        anna.press(answered, "Ask the hub")
        card = bell.wait_for(lambda m: "PF-0002" in text_of(m), channel=HUB)
        assert "Counting badgers" not in text_of(card)
        assert "may not be named in this channel" in text_of(card)
    hub.close()


def test_files_and_edits_are_mentioned(server: Hub, slack: FakeSlack, anna: Person) -> None:
    said = text_of(anna.ask(LAUNDRY, subtype="file_share", files=[{"id": "F1"}]))
    assert said.startswith("I cannot read attached files, and have looked at your words alone.")
    assert "forty minutes" in said
    alone = anna.ask("", subtype="file_share", files=[{"id": "F2"}])
    assert text_of(alone).startswith("I cannot read attached files. Ask in your own words")
    asked = anna.write(LAUNDRY)
    anna.reply_to(asked)
    now, before = {**asked, "text": "and silk?"}, {**asked}
    anna.happens(type="message", subtype="message_changed", channel=anna.dm, message=now, previous_message=before)
    anna.wait_for(lambda m: "I have answered what you wrote first." in text_of(m))


def test_a_reply_keeps_where_links_lead_and_whom_it_names(
    server: Hub, slack: FakeSlack, anna: Person, bell: Person, dunn: Person
) -> None:
    dunn.ask("hello")
    anna.ask(NOT_COVERED)
    card = card_of(bell, hub=server)
    text = "reply: See <https://force.example/p|the policy> and ask <@U0DUNN>."
    bell.write(text, channel=HUB, thread=card["ts"])
    came = anna.wait_for(lambda m: "the policy" in text_of(m))
    assert "See the policy (https://force.example/p) and ask Dunn of the force." in text_of(came)


def test_a_long_reply_is_promoted_whole(server: Hub, slack: FakeSlack, anna: Person, bell: Person) -> None:
    text = "\n".join(f"Rule {number}: kites are red on day {number}." for number in range(160))
    assert len(text) > 5000
    anna.ask(NOT_COVERED)
    card = card_of(bell, hub=server)
    server.desk.reply(server.actor(bell.id), "PF-0001", text)
    slack.wait_for(lambda: "Promote" in labels(slack.find(HUB, card["ts"]) or {}), "a card with Promote")
    bell.press(slack.find(HUB, card["ts"]) or {}, "Promote", channel=HUB)
    assert "Proposed as hub advice." in bell.fill_in()
    assert server.records.advice.all()[0].text == text


def test_a_dialog_that_cannot_be_opened_is_said(server: Hub, slack: FakeSlack, anna: Person, bell: Person) -> None:
    anna.ask(NOT_COVERED)
    card = card_of(bell, hub=server)
    slack.api.fail_next("views.open", "expired_trigger_id")
    bell.press(card, "Reply", channel=HUB)
    told = bell.wait_for(lambda m: m.get("to") == bell.id, channel=HUB)
    assert text_of(told) == "That could not be opened. Press the button again."
