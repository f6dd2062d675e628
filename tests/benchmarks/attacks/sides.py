"""The platforms that are attacked with."""

from __future__ import annotations

from collections import Counter
from typing import Any, Self

from bot.wording import labels
from tests.benchmarks.attacks.side import REFERENCE, REPLY, Side, is_answer
from tests.support.slack.fake import FakeSlack
from tests.support.slack.person import Person
from tests.support.slack.workspace import APP_TOKEN, HUB, SECRET, TOKEN, buttons_of, text_of
from tests.support.teams.fake import BOT, CLIENT, TENANT, FakeTeams, actions, words
from tests.support.teams.tenant import HUB_CHANNEL

RATES = {"rate_person": "100000/minute", "rate_place": "100000/minute"}


class OverHttp(Side):
    """Slack, which posts events to the program."""

    name = "slack-http"

    def __enter__(self) -> Self:
        self.slack = FakeSlack().__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.slack.__exit__(None, None, None)

    def settings(self) -> dict[str, str]:
        return {
            "slack_bot_token": TOKEN,
            "slack_app_token": APP_TOKEN,
            "slack_signing_secret": SECRET,
            "slack_hub_channel": HUB,
            "slack_api_url": self.slack.api_url,
            **RATES,
        }

    def reached_at(self, address: str) -> None:
        self.slack.app_url = "" if self.by_socket else address

    def say(self, person: str, text: str) -> None:
        Person(self.slack, self._account(person)).write(text)

    def seen(self, person: str) -> list[str]:
        mine = self.slack.seen_by(self._account(person), self.slack.dm_of(self._account(person)))
        return [text_of(one) for one in mine if one.get("bot_id")]

    def notes(self, person: str) -> list[Any]:
        mine = self.slack.seen_by(self._account(person), self.slack.dm_of(self._account(person)))
        labelled = [one for one in mine if any(told == labels.SHOW_ANSWER for told, *_ in buttons_of(one))]
        return [one for one in labelled if one.get("bot_id")]

    def press(self, person: str, note: Any) -> bool:
        Person(self.slack, self._account(person)).press(note, labels.SHOW_ANSWER)
        mine = self.slack.messages[self.slack.dm_of(self._account(person))]
        shown = lambda: any(one["ts"] == note["ts"] and is_answer(text_of(one)) for one in list(mine))  # noqa: E731
        return self.until(shown, 60)

    def cards(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for one in list(self.slack.messages[HUB]):
            if one.get("bot_id") and "thread_ts" not in one:
                found.update(set(REFERENCE.findall(text_of(one))[:1]))
        return found

    def replies(self, reference: str) -> int:
        said = REPLY.format(reference)
        direct = [name for name in list(self.slack.messages) if name.startswith("D")]
        return sum(
            said in text_of(one) for name in direct for one in list(self.slack.messages[name]) if one.get("bot_id")
        )

    def slow(self, seconds: float) -> None:
        self.slack.api.seconds = seconds

    def refuse(self, refuses: bool) -> None:
        if refuses:
            self._tokens, self.slack.tokens = self.slack.tokens, {}
        else:
            self.slack.tokens = self._tokens

    def away(self, away: bool) -> None:
        self.slack.api.down = away

    def faults(self) -> list[str]:
        return [str(one) for one in self.slack.faults]

    @staticmethod
    def _account(person: str) -> str:
        return f"U0{person.upper()}"


class BySocket(OverHttp):
    """Slack by Socket Mode."""

    name = "slack-socket"
    by_socket = True

    def is_connected(self) -> bool:
        return bool(self.slack.sockets)


class InTeams(Side):
    """Teams, which posts activities to the program."""

    name = "teams"

    def __enter__(self) -> Self:
        self.teams = FakeTeams().start()
        return self

    def __exit__(self, *error: object) -> None:
        self.teams.stop()

    def settings(self) -> dict[str, str]:
        return {
            "teams_client_id": CLIENT,
            "teams_client_secret": "a secret",
            "teams_tenant_id": TENANT,
            "teams_hub_conversation": HUB_CHANNEL,
            "teams_openid_metadata_url": self.teams.metadata,
            **RATES,
        }

    def reached_at(self, address: str) -> None:
        self.teams.app_url = address

    def say(self, person: str, text: str) -> None:
        activity = self._activity(person, "message", text=text)
        if self.teams.post(activity)[0] != 200:
            self.teams.post(activity)  # as Teams does, once

    def notes(self, person: str) -> list[Any]:
        mine = [one for one in list(self.teams.sent) if one.conversation == f"a:{person}" and not one.changes]
        return [one for one in mine if any(told["title"] == labels.SHOW_ANSWER for told in actions(one.activity))]

    def press(self, person: str, note: Any) -> bool:
        (button,) = actions(note.activity)
        value = {"action": {name: button[name] for name in ("type", "verb", "data")}, "trigger": "manual"}
        self.teams.post(self._activity(person, "invoke", name="adaptiveCard/action", value=value, replyToId=note.id))
        changed = lambda: [one for one in list(self.teams.sent) if one.changes == note.id]  # noqa: E731
        return any(is_answer(one.text) for one in self.until(changed, 60))

    def _activity(self, person: str, kind: str, **more: Any) -> dict[str, Any]:
        return {
            "type": kind,
            "id": self.teams.number(),
            "channelId": "msteams",
            "serviceUrl": self.teams.service,
            "from": {"id": f"29:{person}", "name": f"Officer {person}"},
            "recipient": {"id": BOT},
            "conversation": {"id": f"a:{person}", "conversationType": "personal", "tenantId": TENANT},
            **more,
        }

    def seen(self, person: str) -> list[str]:
        return [
            one.text + words(one.activity.get("attachments", []))
            for one in list(self.teams.sent)
            if one.conversation == f"a:{person}" and one.activity["type"] == "message" and not one.changes
        ]

    def cards(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for one in list(self.teams.sent):
            if one.conversation == HUB_CHANNEL and not one.changes and one.activity["type"] == "message":
                told = one.text + words(one.activity.get("attachments", []))
                if any(two["title"] == labels.SHOW_CARD for two in actions(one.activity)):
                    continue
                found.update(set(REFERENCE.findall(told)[:1]))
        return found

    def pressed_card(self, reference: str) -> bool:
        for one in list(self.teams.sent):
            for button in actions(one.activity) if one.conversation == HUB_CHANNEL and not one.changes else ():
                if button["title"] == labels.SHOW_CARD and button["data"]["about"] == reference:
                    value = {"action": {name: button[name] for name in ("type", "verb", "data")}, "trigger": "manual"}
                    pressed = self._activity(
                        "bell", "invoke", name="adaptiveCard/action", value=value, replyToId=one.id
                    )
                    pressed["conversation"] = {"id": HUB_CHANNEL, "conversationType": "channel", "tenantId": TENANT}
                    return reference in words(self.teams.post(pressed)[1])
        return False

    def replies(self, reference: str) -> int:
        said = REPLY.format(reference)
        mine = [one for one in list(self.teams.sent) if one.conversation.startswith("a:") and not one.changes]
        return sum(said in one.text + words(one.activity.get("attachments", [])) for one in mine)

    def slow(self, seconds: float) -> None:
        self.teams.seconds = seconds

    def refuse(self, refuses: bool) -> None:
        self.teams.refuses = refuses

    def away(self, away: bool) -> None:
        self.teams.down = away

    def faults(self) -> list[str]:
        return list(self.teams.violations)


EDGES: dict[str, type[Side]] = {one.name: one for one in (OverHttp, BySocket, InTeams)}
