"""Whole conversations in Teams, over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.teams.fake import actions, words
from tests.support.teams.tenant import CHANNEL, HUB_CHANNEL, PEOPLE, Tenant, tenant


@pytest.fixture
def people(tmp_path: Path, guidance: Path) -> Iterator[Tenant]:
    with tenant(tmp_path, guidance) as found:
        yield found


def test_a_question_is_quoted_with_its_source_and_asks_for_feedback(people: Tenant) -> None:
    sent = people.say("sam", "how long may a silk kite soak in water?")
    assert sent.text.startswith(
        "> **A silk kite may soak for ten minutes only.**\n\n> A cotton kite may soak for forty minutes. …\n\n"
        "Quoted from guidance: [1] Washing kites > How long may a kite soak in water? · in force · "
        "law checked 20 October 2026 · OFFICIAL"
    )
    (root,) = sent.activity["entities"]
    shown = root["citation"][0]["appearance"]
    assert shown["name"] == "Washing kites > How long may a kite soak in water?"
    assert shown["abstract"].startswith("A cotton kite may soak")
    assert shown["keywords"] == ["in force", "law checked 20 October 2026", "OFFICIAL"]
    assert "additionalType" not in root
    assert "usageInfo" not in root
    assert sent.activity["channelData"]["feedbackLoop"] == {"type": "custom"}
    assert [one["title"] for one in actions(sent.card)] == ["Show passage", "Ask the hub"]


def test_a_press_on_a_citation_shows_the_quote_in_its_card(people: Tenant) -> None:
    sent = people.say("sam", "how long may a silk kite soak in water?")
    shown = sent.activity["entities"][0]["citation"][0]["appearance"]
    assert shown["encodingFormat"] == "application/vnd.microsoft.card.adaptive"
    assert words(json.loads(shown["text"])).split("\n") == [
        "Washing kites > How long may a kite soak in water?",
        "A cotton kite may soak for forty minutes. A silk kite may soak for ten minutes only.",
        "in force · law checked 20 October 2026 · OFFICIAL",
    ]


def test_what_may_be_asked_next_is_suggested_in_a_persons_own_chat_and_a_button_in_a_channel(people: Tenant) -> None:
    sent = people.say("sam", "how long may a silk kite soak in water?")
    dry = "How do I dry a kite?"
    assert sent.activity["suggestedActions"]["actions"] == [{"type": "imBack", "title": dry, "value": dry}]
    assert "Shake it." in people.say("sam", dry).text
    there, _ = people.mention("sam", "how long may a silk kite soak in water?")
    assert "suggestedActions" not in there.activity
    assert dry in [one["title"] for one in actions(there.card)]


def test_the_hub_replies_and_the_asker_says_that_it_helped(people: Tenant) -> None:
    sent = people.say("sam", "who paints the lighthouse door?")
    assert "Your question is with the hub. Your reference is PF-0001." in sent.text
    card = people.card("PF-0001")
    assert [one["title"] for one in actions(card.card)] == ["Show actions"]
    assert sorted(card.card["refresh"]["userIds"]) == ["29:bell", "29:cole", "29:dunn"]
    view = people.view("bell", card.card, HUB_CHANNEL)
    assert "Claim" in [one["title"] for one in actions(view)]
    before = len(people.teams.sent)
    claimed = people.press("bell", view, "Claim", HUB_CHANNEL)["value"]
    assert "claimed · Sgt Bell" in words(claimed)
    changed = people.card("PF-0001", after=before)
    assert changed.changes == card.id
    line = people.next(f"{HUB_CHANNEL};messageid={card.id}", before)
    assert line.text.strip() == "Sgt Bell claimed it."
    opened = people.press("bell", claimed, "Reply", HUB_CHANNEL)
    before = len(people.teams.sent)
    assert people.fill("bell", opened, HUB_CHANNEL, text="The sexton paints it.") == {
        "task": {"type": "message", "value": "Sent to whoever asked PF-0001."}
    }
    letter = people.next("a:sam", before)
    assert "The hub has replied to PF-0001:" in letter.text
    assert "The sexton paints it." in letter.text
    done = people.press("sam", letter.card, "That helped")
    assert words(done["value"]) == "Thank you. PF-0001 is closed."
    request = people.hub.records.request("PF-0001")
    assert (request.state.value, request.outcome) == ("closed", "answered")


def test_two_people_claim_at_once_and_one_is_told_who_has_it(people: Tenant) -> None:
    people.say("sam", "who paints the lighthouse door?")
    card = people.card("PF-0001").card
    first, second = people.view("bell", card, HUB_CHANNEL), people.view("dunn", card, HUB_CHANNEL)
    people.press("bell", first, "Claim", HUB_CHANNEL)
    told = people.press("dunn", second, "Claim", HUB_CHANNEL)
    assert "Sgt Bell" in told["value"]
    assert people.hub.records.request("PF-0001").claimed_by == PEOPLE["bell"][1]


def test_who_is_not_of_the_hub_gets_no_buttons(people: Tenant) -> None:
    people.say("sam", "who paints the lighthouse door?")
    card = people.card("PF-0001").card
    assert people.press("sam", card, "Show actions", HUB_CHANNEL)["value"] == "Only hub staff work on requests."
    view = people.view("bell", card, HUB_CHANNEL)
    assert "may not work on requests" in people.press("sam", view, "Claim", HUB_CHANNEL)["value"]
    assert people.hub.records.request("PF-0001").state.value == "open"


def test_a_mention_is_answered_in_its_thread_for_the_asker_alone_who_shares_it(people: Tenant) -> None:
    sent, thread = people.mention("sam", "how long may a silk kite soak in water?")
    assert sent.targeted
    assert sent.activity["recipient"]["id"] == "29:sam"
    assert "A silk kite may soak for ten minutes only." in sent.text
    before = len(people.teams.sent)
    done = people.press("sam", sent.card, "Share in channel", f"{CHANNEL};messageid={thread}")
    assert words(done["value"]) == "Shared in the channel."
    shared = people.next(f"{CHANNEL};messageid={thread}", before)
    assert not shared.targeted
    assert "Shared by Sam Officer" in shared.text
    again = people.press("sam", sent.card, "Share in channel", f"{CHANNEL};messageid={thread}")
    assert again["value"] == "That was sent already, so nothing was sent twice."


def test_where_one_reader_cannot_be_written_to_it_goes_to_their_own_chat(people: Tenant) -> None:
    people.teams.takes_targeted = False
    before = len(people.teams.sent)
    asked = people.mentioning("sam", "how long may a silk kite soak in water?")
    people.take(asked)
    assert "ten minutes only" in people.next("a:sam", before).text
    line = people.next(asked["conversation"]["id"], before)
    assert (line.text.strip(), line.targeted) == ("I have sent you my reply in private.", False)


def test_guests_in_a_channel_mean_a_reply_in_private(people: Tenant) -> None:
    people.teams.members[CHANNEL] = [
        {"id": "29:sam", "aadObjectId": PEOPLE["sam"][1], "userRole": "user"},
        {"id": "29:guest", "aadObjectId": "x", "userRole": "guest"},
    ]
    people.say("sam", "hello")
    before = len(people.teams.sent)
    line, _ = people.mention("sam", "how long may a silk kite soak in water?")
    assert line.text.strip() == "I have sent you my reply in private."
    assert "ten minutes only" in people.next("a:sam", before).text


def test_a_guest_is_told_whom_it_answers(people: Tenant) -> None:
    asked = people.mentioning("sam", "how long may a silk kite soak in water?")
    asked["from"]["userRole"] = "guest"
    before = len(people.teams.sent)
    people.take(asked)
    said = people.next(asked["conversation"]["id"], before)
    assert said.text.strip() == "I only answer people of this organisation."
    assert people.hub.records.receipt("x") is None


def test_a_follow_up_in_a_thread_needs_no_mention(people: Tenant) -> None:
    _, thread = people.mention("sam", "how long may a silk kite soak in water?")
    before = len(people.teams.sent)
    conversation = f"{CHANNEL};messageid={thread}"
    people.take(people.activity("ali", "message", conversation, text="lunch anybody?"))
    people.take(people.activity("sam", "message", conversation, text="and a cotton one?"))
    assert "forty minutes" in people.next(conversation, before).text
    assert all("lunch" not in one.text for one in people.teams.sent)


def test_a_reply_from_the_cards_thread_reaches_the_asker(people: Tenant) -> None:
    people.say("sam", "who paints the lighthouse door?")
    card = people.card("PF-0001")
    before = len(people.teams.sent)
    people.take(people.mentioning("bell", "reply: The sexton paints it.", HUB_CHANNEL, card.id))
    assert "The sexton paints it." in people.next("a:sam", before).text
    told = people.next(f"{HUB_CHANNEL};messageid={card.id}", before)
    assert told.text.strip() in ("Sent to whoever asked PF-0001.", "Sgt Bell claimed it.", "Sgt Bell replied.")


def test_did_you_mean_opens_a_passage_and_the_hub_is_one_press_away(people: Tenant) -> None:
    sent = people.say("sam", "is a kite dried in the shade at dusk")
    titles = [one["title"] for one in actions(sent.card)]
    assert titles[0].startswith("1. ")
    assert titles[-1] == "None of these: ask the hub"
    opened = people.press("sam", sent.card, titles[0])
    assert "Hang it in the shade." in words(opened["task"]["value"]["card"]["content"])
    before = len(people.teams.sent)
    done = people.press("sam", sent.card, titles[-1])
    assert words(done["value"]) == "With the hub: PF-0001"
    assert "Your reference is PF-0001." in people.next("a:sam", before).text
    assert people.press("sam", sent.card, titles[-1])["value"].startswith("That was sent already")
    assert len(people.hub.records.requests()) == 1


def test_what_is_wrong_with_a_reply_reaches_the_hub(people: Tenant) -> None:
    sent = people.say("sam", "how long may a silk kite soak in water?")
    value = {"data": {"actionName": "feedback", "actionValue": {"reaction": "dislike"}}}
    opened = people.invoke("sam", "message/fetchTask", value, replyToId=sent.id)
    card = opened["task"]["value"]["card"]["content"]
    (button,) = actions(card)
    import json

    filled = json.dumps({**button["data"], "text": "silk rules changed", "hub": "true"})
    given = {"actionName": "feedback", "actionValue": {"reaction": "dislike", "feedback": filled}}
    answer = people.invoke("sam", "message/submitAction", given, replyToId=sent.id)
    assert answer["task"]["value"] == "Thank you. The hub will look at it. Your reference is PF-0001."
    assert "silk rules changed" in people.hub.records.request("PF-0001").question
    unnamed = people.invoke(
        "sam", "message/submitAction", {**given, "actionValue": {"reaction": "dislike", "feedback": "x"}}
    )
    assert unnamed["task"]["value"].endswith("Your reference is PF-0001.")  # one person's opens one request
    liked = {"actionName": "feedback", "actionValue": {"reaction": "like", "feedback": "{}"}}
    assert people.invoke("sam", "message/submitAction", liked, replyToId=sent.id) == {}


def test_the_form_in_a_chat_opens_a_request_once(people: Tenant) -> None:
    form = people.say("sam", "support").card
    given = {"kind": "organisational_inefficiency", "what": "we type each kite twice"}
    done = people.press("sam", form, "Send to the hub", **given)
    assert "PF-0001" in words(done["value"])
    assert people.hub.records.request("PF-0001").kind.value == "organisational_inefficiency"
    again = people.press("sam", form, "Send to the hub", **given)
    assert again["value"] == "That was sent already, so nothing was sent twice."
    assert len(people.hub.records.requests()) == 1


def test_a_form_without_what_happens_is_asked_for_again_with_what_was_written(people: Tenant) -> None:
    form = people.say("sam", "support").card
    given = {"kind": "operational_problem", "where": "the lighthouse"}
    again = people.press("sam", form, "Send to the hub", **given)["value"]
    assert "Say what happens" in words(again)
    assert next(part["value"] for part in again["body"] if part.get("id") == "where") == "the lighthouse"
    done = people.press("sam", again, "Send to the hub", **given, what="doors stay open")
    assert "PF-0001" in words(done["value"])


def test_the_form_from_the_message_extension_opens_a_request(people: Tenant) -> None:
    opened = people.invoke("sam", "composeExtension/fetchTask", {"commandId": "support_form"})
    told = people.fill("sam", opened, kind="operational_problem", what="doors stay open")
    assert "PF-0001" in told["task"]["value"]


def test_a_message_is_handed_to_the_hub(people: Tenant) -> None:
    payload = {"body": {"contentType": "html", "content": "<p>who paints the <b>lighthouse</b> door?</p>"}}
    value = {"commandId": "ask_hub_about", "messagePayload": payload}
    opened = people.invoke("sam", "composeExtension/fetchTask", value)
    card = opened["task"]["value"]["card"]["content"]
    assert card["body"][0]["value"] == "who paints the lighthouse door?"
    data = {**actions(card)[0]["data"], "text": card["body"][0]["value"]}
    told = people.invoke("sam", "composeExtension/submitAction", {"commandId": "ask_hub_about", "data": data})
    assert "PF-0001" in told["task"]["value"]


def test_an_emergency_handed_to_the_hub_is_signposted_and_not_kept(people: Tenant) -> None:
    value = {"commandId": "ask_hub_about", "messagePayload": {"body": {"content": "he is stabbing her right now"}}}
    card = people.invoke("sam", "composeExtension/fetchTask", value)["task"]["value"]["card"]["content"]
    data = {**actions(card)[0]["data"], "text": "he is stabbing her right now"}
    told = people.invoke("sam", "composeExtension/submitAction", {"commandId": "ask_hub_about", "data": data})
    assert told["task"]["value"].startswith("If this is happening now")
    assert people.hub.records.requests() == []


def test_guidance_and_requests_are_looked_up_while_writing(people: Tenant) -> None:
    def query(who: str, command: str, text: str) -> list[str]:
        value = {"commandId": command, "parameters": [{"name": "query", "value": text}]}
        found = people.invoke(who, "composeExtension/query", value)["composeExtension"]
        if found["type"] == "message":
            return [found["text"]]
        return [words(one["content"]) for one in found["attachments"]]

    assert "Washing kites > How do I dry a kite?" in query("sam", "search", "dry a kite")[0]
    unnamed = people.invoke("sam", "composeExtension/query", {"parameters": [{"value": "dry a kite"}]})
    assert len(unnamed["composeExtension"]["attachments"]) > 1
    assert query("sam", "search", "") == ["Type what you are looking for."]
    assert query("sam", "search", "he is stabbing her right now")[0].startswith("If this is happening now")
    people.say("sam", "who paints the lighthouse door?")
    assert query("ali", "requests", "lighthouse") == ["No request fits that."]
    assert query("sam", "requests", "lighthouse")[0].startswith("PF-0001 · waiting for the hub")
    assert query("bell", "requests", "PF-0001")[0].startswith("PF-0001 · waiting for the hub")


def test_a_reply_becomes_advice_after_a_second_person_agrees(people: Tenant) -> None:
    people.say("sam", "who paints the lighthouse door?")
    card = people.card("PF-0001").card
    view = people.view("bell", card, HUB_CHANNEL)
    people.fill("bell", people.press("bell", view, "Reply", HUB_CHANNEL), HUB_CHANNEL, text="The sexton paints it.")
    view = people.view("bell", card, HUB_CHANNEL)
    told = people.fill("bell", people.press("bell", view, "Promote", HUB_CHANNEL), HUB_CHANNEL)
    assert told["task"]["value"].startswith("Proposed as hub advice.")
    view = people.view("bell", card, HUB_CHANNEL)
    preview = people.press("bell", view, "Approve", HUB_CHANNEL)
    assert "The sexton paints it." in words(preview["task"]["value"]["card"]["content"])
    refused = people.fill("bell", preview, HUB_CHANNEL)
    assert "a different person must approve it" in words(refused["task"]["value"]["card"]["content"]).lower()
    agreed = people.fill("dunn", people.press("dunn", view, "Approve", HUB_CHANNEL), HUB_CHANNEL)
    assert "approved it" in agreed["task"]["value"]


def test_ones_own_requests_the_queue_and_the_switch(people: Tenant) -> None:
    people.say("sam", "who paints the lighthouse door?")
    mine = people.say("sam", "mine")
    assert "PF-0001 · waiting for the hub · who paints the lighthouse door?" in mine.text
    assert [one["title"] for one in actions(mine.card)] == ["Add detail", "Withdraw"]
    queue = people.say("bell", "home")
    assert "The hub's queue" in queue.text
    assert "Claim" in [one["title"] for one in actions(queue.card)]
    admin = people.say("cole", "home")
    assert "Edition 1: 47 documents" in admin.text
    paused = people.press("cole", admin.card, "Pause answers")["value"]
    assert [one["title"] for one in actions(paused)][-1] == "Resume answers"
    claimed = people.press("bell", queue.card, "Claim")["value"]
    assert words(claimed).startswith("PF-0001: You claimed it.")
    assert "Release" in [one["title"] for one in actions(claimed)]
    assert "Answers are paused" in people.say("sam", "how long may a silk kite soak in water?").text
    detail = people.press("sam", mine.card, "Add detail")
    assert people.fill("sam", detail, text="the north one")["task"]["value"] == "Added to PF-0001."
    gone = people.press("sam", mine.card, "Withdraw")
    assert words(gone["value"]).startswith("PF-0001 is withdrawn.\nMy questions and requests")


def test_who_is_in_a_group_of_the_directory_is_of_the_hub(people: Tenant) -> None:
    from tests.support.teams.tenant import GROUP

    people.say("sam", "who paints the lighthouse door?")
    card = people.card("PF-0001").card
    people.teams.groups[PEOPLE["ali"][1]] = [GROUP]
    view = people.press("ali", card, "Show actions", HUB_CHANNEL)["value"]
    assert "claimed · Ali Officer" in words(people.press("ali", view, "Claim", HUB_CHANNEL)["value"])
    assert people.teams.asked_for_groups == 1


def test_an_older_client_sends_its_buttons_as_messages(people: Tenant) -> None:
    people.say("sam", "who paints the lighthouse door?")
    before = len(people.teams.sent)
    people.take(people.activity("sam", "message", "a:sam", value={"step": "withdraw", "about": "PF-0001"}))
    assert "PF-0001 is withdrawn." in people.next("a:sam", before).text


def test_the_hubs_people_are_known_by_what_they_said_where_a_channel_does_not_tell(people: Tenant) -> None:
    del people.teams.members[HUB_CHANNEL]
    people.say("bell", "hello")
    people.say("sam", "who paints the lighthouse door?")
    assert people.card("PF-0001").card["refresh"]["userIds"] == ["29:bell", "29:dunn"]


def test_a_mention_that_nothing_more_is_said_about_is_answered(people: Tenant) -> None:
    asked = people.mentioning("sam", "how long may a silk kite soak in water?")
    del asked["entities"]
    before = len(people.teams.sent)
    people.take(asked)
    assert "ten minutes only" in people.next(asked["conversation"]["id"], before).text


def test_a_long_reply_of_the_hub_comes_whole(people: Tenant) -> None:
    people.say("sam", "who paints the lighthouse door?")
    before = len(people.teams.sent)
    text = " ".join(f"Coat {number} is red." for number in range(900))
    people.hub.desk.reply(people.hub.actor("29:dunn"), "PF-0001", text)
    last = people.teams.wait_for(lambda one: "Coat 899 is red." in one.text, after=before)
    parts = [one.text for one in people.teams.sent[before:] if one.conversation == "a:sam"]
    assert " ".join(" ".join(parts).split()).split("PF-0001: ")[1].startswith(text)
    assert [one["title"] for one in actions(last.card)] == ["That helped", "Not yet"]


def test_an_emergency_in_a_channel_is_signposted_there_whatever_teams_takes(people: Tenant) -> None:
    for takes in (True, False):
        people.teams.takes_targeted = takes
        sent, _ = people.mention("sam", "he is stabbing her right now")
        assert sent.text.strip().startswith("**If this is happening now, do not wait for this assistant: call 999")
        assert sent.targeted is takes
    assert people.hub.records.requests() == []


def test_a_service_address_is_the_same_with_and_without_its_last_slash(people: Tenant) -> None:
    people.say("sam", "how long may a silk kite soak in water?")
    before, bare = len(people.teams.sent), people.teams.service.rstrip("/")
    activity = people.message("sam", "and a cotton one?", serviceUrl=bare)
    assert people.teams.post(activity, people.teams.token(serviceurl=bare)) == (200, {})
    assert "forty minutes" in people.next("a:sam", before).text


def test_nothing_is_shared_where_there_is_no_channel(people: Tenant) -> None:
    sent = people.say("sam", "how long may a silk kite soak in water?")
    data = {"step": "share", "about": people.button(sent.card, "Ask the hub")["data"]["about"]}
    action = {"type": "Action.Execute", "verb": "share", "data": data}
    told = people.invoke("sam", "adaptiveCard/action", {"action": action})
    assert told["value"] == "There is no channel here to share it in."
