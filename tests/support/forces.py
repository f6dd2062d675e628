"""A force's program in its own Slack and its own Teams, and a walk through all that people can do there."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from bot.app import Hub
from bot.domain.messages import Place, Question
from bot.domain.requests import CloseOutcome
from bot.records.letters.outgoing import SENT
from bot.records.sqlite import sqlite_module
from bot.worker import publish_advice
from tests.support.slack.fake import FakeSlack
from tests.support.slack.person import Person
from tests.support.slack.running import ANNA, BELL, COLE, DUNN, REED
from tests.support.slack.workspace import APP_TOKEN, BEAT, HUB, SECRET, TOKEN, Json, buttons_of, text_of
from tests.support.teams.fake import actions
from tests.support.teams.tenant import CHANNEL, HUB_CHANNEL, PEOPLE, Tenant, tenant

KITES = "Who counts the kites?"
REPLY, MORE = "Your reply; it goes to whoever asked", "What do you need to know?"
DETAIL, NOTE = "What should the hub know as well?", "For the hub only"


@dataclass
class Force:
    """One force's program, its Slack and its Teams, and all that was ever said there."""

    name: str
    slack: FakeSlack
    people: Tenant
    answers: list[str] = field(default_factory=list)
    """What was answered at once to something that a platform sent."""

    @property
    def hub(self) -> Hub:
        return self.people.hub

    @property
    def mark(self) -> str:
        return f"{self.name}marker"

    def said(self) -> str:
        """Everything that the program has sent or answered."""
        slack = [self.slack.calls, self.slack.messages, self.slack.views, self.slack.homes, self.slack.prompts]
        teams = [one.activity for one in self.people.teams.sent]
        return "\n".join([*self.answers, *(json.dumps(one, default=str) for one in [*slack, teams])])

    def reference(self, word: str) -> str:
        """The newest request with a word."""
        found = [one.reference for one in self.hub.records.requests() if word in one.question]
        return max(found)


def overheard(call: Callable[..., Any], into: list[str]) -> Callable[..., Any]:
    """The same call, whose answers are written down."""

    def asked(*given: Any, **named: Any) -> Any:
        answer = call(*given, **named)
        into.append(repr(answer))
        return answer

    return asked


@contextmanager
def installed(name: str, folder: Path, document: str) -> Iterator[Force]:
    """The program for a force, with its own data folder and database, and a document of its own."""
    profiles, guidance = folder / "forces", folder / f"guidance-{name}"
    profiles.mkdir(exist_ok=True)
    (profiles / f"{name}.toml").write_text(f'wellbeing_line = "ring {name}marker"\n', encoding="utf-8")
    guidance.mkdir()
    (guidance / "kites.md").write_text(document.format(name=name), encoding="utf-8")
    with FakeSlack() as slack:
        given: dict[str, Any] = {
            "force": name,
            "forces": profiles,
            "hub_contact": f"ask {name}marker",
            "slack_bot_token": TOKEN,
            "slack_app_token": APP_TOKEN,
            "slack_signing_secret": SECRET,
            "slack_hub_channel": HUB,
            "slack_api_url": slack.api_url,
            "hub_staff": f"{BELL},{DUNN},{PEOPLE['bell'][1]},{PEOPLE['dunn'][1]}",
            "admins": f"{COLE},{PEOPLE['cole'][1]}",
        }
        with tenant(folder / name, guidance, **given) as people:
            slack.app_url = people.teams.app_url
            one = Force(name, slack, people)
            slack.deliver = overheard(slack.deliver, one.answers)  # type: ignore[method-assign]
            people.teams.post = overheard(people.teams.post, one.answers)  # type: ignore[method-assign]
            yield one
        assert slack.faults == []


# --- what people do


def receipt_of(message: Json) -> str:
    """The receipt that a reply's buttons carry."""
    (value,) = [element["value"] for label, element, _ in buttons_of(message) if label.startswith("Show passage")]
    found: str = json.loads(value)["about"] if value.startswith("{") else value.partition("|")[0]
    return found


def heard(one: Force, act: Callable[[], Any]) -> None:
    """Do something in Slack, and wait until the app has said anything to it."""

    def seen() -> int:
        return len(one.slack.calls) + sum(map(len, one.slack.messages.values()))

    before = seen()
    act()
    one.slack.wait_for(lambda: seen() > before, "anything said to that")


def officer_in_slack(one: Force, theirs: list[str]) -> None:
    """All that an officer can do; also with receipts and references of another force."""
    anna, reed = Person(one.slack, ANNA), Person(one.slack, REED)
    anna.open_messages()
    for text in ("help", "news", "learn", KITES, "Who counts the kent kites?", "I am struggling and cannot go on"):
        anna.ask(text)
    reply = anna.ask(KITES)
    anna.press(reply, "Show passage")
    assert f"{one.mark} sexton" in text_of(anna.dialog())
    anna.close_dialog()
    anna.press(anna.ask(KITES), "Not helpful")
    anna.fill_in({"What is wrong, or missing?": f"it says nothing of {one.mark} storks"})
    heard(one, lambda: anna.press(anna.ask(KITES), "Good answer"))
    for receipt in theirs:
        forged = json.loads(json.dumps(reply).replace(receipt_of(reply), receipt))
        for label in ("Show passage", "Ask the hub", "Good answer"):
            heard(one, partial(anna.press, forged, label))
            anna.close_dialog()
    anna.shortcut("ask_hub_about", reed.write(f"who signs off {one.mark} zeppelins?", channel=BEAT))
    anna.fill_in()
    anna.shortcut("support_form")
    anna.fill_in({"What is it?": "An operational problem", "What happens": f"scooters of {one.mark} are dumped"})
    shared = anna.mention(KITES)
    anna.press(anna.reply_to(shared, channel=BEAT), "Share in channel", channel=BEAT)
    for text in ("help", "my", KITES, *(f"{what} PF-0099" for what in ("withdraw", "helped", "not yet"))):
        heard(one, partial(anna.command, text, channel=BEAT))
    anna.ask("add PF-0099: more")


def hub_in_slack(one: Force) -> None:
    """A request from the question to approved advice, and the home tabs."""
    slack = one.slack
    anna, bell, dunn, cole = (Person(slack, name) for name in (ANNA, BELL, DUNN, COLE))
    anna.ask(f"who paints the {one.mark} lighthouse door?")
    reference = one.reference("lighthouse")
    first = bell.wait_for(lambda m: text_of(m).strip().startswith(reference), channel=HUB)

    def card(label: str) -> Json:
        """The request's card, once it has a button."""

        def found() -> Json | None:
            now = slack.find(HUB, first["ts"]) or {}
            return now if label in [told for told, *_ in buttons_of(now)] else None

        return slack.wait_for(found, f"a card with {label}")

    for label, given in (
        ("Ask for more", {MORE: f"Which {one.mark} door?"}),
        ("Note", {NOTE: f"{one.mark} keeper is away"}),
        ("Reply", {REPLY: f"Use {one.mark} paint from the shed."}),
    ):
        bell.press(card(label), label, channel=HUB)
        bell.fill_in(given)
    came = anna.wait_for(lambda m: f"{one.mark} paint from" in text_of(m))
    heard(one, lambda: anna.press(came, "That helped"))
    bell.press(card("Promote"), "Promote", channel=HUB)
    assert "Proposed" in bell.fill_in()
    dunn.press(card("Approve"), "Approve", channel=HUB)
    dunn.fill_in()
    for person in (anna, bell, cole):
        home = person.open_home()
    for label in ("Pause answers", "Resume answers"):
        slack.homes.clear()
        cole.press_home(home, label)
        home = slack.wait_for(lambda: slack.homes.get(cole.id), "the home tab drawn anew")


def officer_in_teams(one: Force, theirs: list[str]) -> None:
    """All that an officer can do; also with receipts of another force."""
    people = one.people
    for text in ("help", "news", KITES, "Who counts the kent kites?", "add PF-0099: more", "withdraw PF-0099", "mine"):
        people.say("sam", text)
    sent = people.say("sam", KITES)
    assert f"{one.mark} sexton" in json.dumps(people.press("sam", sent.card, "Show passage"))
    for receipt in theirs:
        people.invoke("sam", "task/fetch", {"data": {"step": "passage", "about": receipt, "number": 1}})
        for step in ("ask_hub", "good", "share", "show_answer"):
            action = {"type": "Action.Execute", "verb": step, "data": {"step": step, "about": receipt}}
            people.invoke("sam", "adaptiveCard/action", {"action": action, "trigger": "manual"})
    form = people.say("sam", "support").card
    people.press("sam", form, "Send to the hub", kind="operational_problem", what=f"{one.mark} doors stay open")
    there, thread = people.mention("sam", KITES)
    people.press("sam", there.card, "Share in channel", f"{CHANNEL};messageid={thread}")
    liked = {"actionName": "feedback", "actionValue": {"reaction": "dislike", "feedback": f"{one.mark} is wrong"}}
    people.invoke("sam", "message/submitAction", liked, replyToId=sent.id)
    about = {"commandId": "ask_hub_about", "messagePayload": {"body": {"content": f"who moors {one.mark} barges?"}}}
    opened = people.invoke("sam", "composeExtension/fetchTask", about)["task"]["value"]["card"]["content"]
    data = {**actions(opened)[0]["data"], "text": opened["body"][0]["value"]}
    people.invoke("sam", "composeExtension/submitAction", {"commandId": "ask_hub_about", "data": data})
    people.invoke("sam", "composeExtension/fetchTask", {"commandId": "support_form"})


def hub_in_teams(one: Force) -> None:
    """What is looked up while writing, and a request from the question to approved advice."""
    people = one.people
    for who in ("sam", "ali", "bell", "cole"):
        for command in ("search", "requests"):
            for text in ("", "kites sexton telescope", "lighthouse", "PF-0001", "PF-0099", "scooters badgers"):
                value = {"commandId": command, "parameters": [{"name": "query", "value": text}]}
                people.invoke(who, "composeExtension/query", value)
    people.say("sam", f"who winds the {one.mark} belfry clock?")
    card = people.card(one.reference("belfry")).card

    def press(who: str, label: str, **given: str) -> None:
        opened = people.press(who, people.view("bell", card, HUB_CHANNEL), label, HUB_CHANNEL)
        people.fill(who, opened, HUB_CHANNEL, **given)

    press("bell", "Note", text=f"{one.mark} keeper is away")
    press("bell", "Reply", text=f"Use {one.mark} oil from the shed.")
    press("bell", "Promote")
    press("dunn", "Approve")
    for who in ("sam", "bell", "cole"):
        home = people.say(who, "home")
    for label in ("Pause answers", "Resume answers"):
        people.press("cole", people.say("cole", "home").card, label)
    assert home.text


def walk(one: Force, theirs: list[str]) -> None:
    """Everything, in both."""
    one.people.say("sam", "hello")  # from then on it is known where this Teams is
    officer_in_slack(one, theirs)
    hub_in_slack(one)
    officer_in_teams(one, theirs)
    hub_in_teams(one)


def elsewhere(one: Force) -> list[str]:
    """What is there besides: a request from the portal, a lesson, an edition with it and the advice, a receipt."""
    hub = one.hub
    hub.assistant.hand_over(Question(f"send {one.mark} badgers", Place("portal", "pc"), "pc"))
    bell, dunn, scooters = hub.actor(BELL), hub.actor(DUNN), one.reference("scooters")
    hub.desk.reply(bell, scooters, f"Ask the {one.mark} canal people.")
    hub.desk.close(bell, scooters, CloseOutcome.ANSWERED)
    tried, title = f"a fence of {one.mark} wood", f"scooters and {one.mark} fences"
    hub.lessons.keep(bell, scooters, title=title, tried=tried, happened="it stopped")
    hub.lessons.approve(dunn, scooters)
    assert "".join(publish_advice(hub, date(2026, 11, 23))).startswith("Edition 2")
    asked = hub.assistant.ask(Question(KITES, Place("terminal", "t"), "pc-7"))
    return [asked.receipt or ""]


def settle(one: Force) -> None:
    """Wait until every letter has left: the database tells nobody when, so it is asked."""
    pause, outbox = threading.Event(), one.hub.records.outbox
    for _ in range(2000):
        if set(outbox.counts()) <= {SENT}:
            return
        pause.wait(0.01)
    raise AssertionError(f"letters are still under way: {outbox.counts()}")


def rows(one: Force) -> dict[str, list[str]]:
    """Everything in a force's database."""
    with closing(sqlite_module().connect(f"file:{one.hub.settings.data / 'hub.db'}?mode=ro", uri=True)) as database:
        tables = [row[0] for row in database.execute("select name from sqlite_master where type = 'table'")]
        return {table: sorted(map(repr, database.execute(f'select * from "{table}"'))) for table in tables}
