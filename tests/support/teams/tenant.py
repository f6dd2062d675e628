"""A hub with Teams switched on, served for real, and people who use it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.app import Hub
from bot.server import edges_of, new_server
from bot.settings import Settings
from tests.support.fakes import WordEncoder
from tests.support.ready import make_ready
from tests.support.serving import served
from tests.support.teams.fake import BOT, CLIENT, TENANT, FakeTeams, Sent, actions

HUB_CHANNEL = "19:hub@thread.tacv2"
CHANNEL = "19:beat@thread.tacv2"
EVERY = 0.02
PEOPLE = {
    "sam": ("29:sam", "5a5a5a5a-0000-4000-8000-000000000001", "Sam Officer"),
    "ali": ("29:ali", "5a5a5a5a-0000-4000-8000-000000000002", "Ali Officer"),
    "bell": ("29:bell", "be11be11-0000-4000-8000-000000000001", "Sgt Bell"),
    "dunn": ("29:dunn", "d0d0d0d0-0000-4000-8000-000000000001", "PC Dunn"),
    "cole": ("29:cole", "c01ec01e-0000-4000-8000-000000000001", "Cole"),
}
GROUP = "9a9a9a9a-0000-4000-8000-000000000001"
"""A group whose members are hub staff."""


class Tenant:
    """People in Teams: what they do, and what they see."""

    def __init__(self, teams: FakeTeams, hub: Hub) -> None:
        self.teams, self.hub = teams, hub

    # --- what Teams sends

    def activity(self, who: str, kind: str, conversation: str, **more: Any) -> dict[str, Any]:
        """Anything that somebody does."""
        account, person, name = PEOPLE[who]
        personal = conversation.startswith("a:")
        data: dict[str, Any] = {"tenant": {"id": TENANT}}
        if not personal:
            data |= {"channel": {"id": conversation.partition(";")[0]}, "team": {"id": "19:team@thread.tacv2"}}
        return {
            "type": kind,
            "id": self.teams.number(),
            "timestamp": "2026-11-23T12:00:00Z",
            "channelId": "msteams",
            "serviceUrl": self.teams.service,
            "from": {"id": account, "aadObjectId": person, "name": name},
            "recipient": {"id": BOT, "name": "Prevention Hub"},
            "conversation": {
                "id": conversation,
                "conversationType": "personal" if personal else "channel",
                "tenantId": TENANT,
                **({} if personal else {"isGroup": True}),
            },
            "channelData": data,
            **more,
        }

    def message(self, who: str, text: str, **more: Any) -> dict[str, Any]:
        """Something typed in somebody's own chat with the app."""
        return self.activity(who, "message", f"a:{who}", text=text, textFormat="plain", **more)

    def mentioning(self, who: str, text: str, channel: str = CHANNEL, thread: str = "", **more: Any) -> dict[str, Any]:
        """A mention in a channel, or in one of its threads."""
        mark = "<at>Prevention Hub</at>"
        entity = {"type": "mention", "text": mark, "mentioned": {"id": BOT, "name": "Prevention Hub"}}
        said = {"text": f"{mark} {text}\n", "textFormat": "plain", "entities": [entity]}
        found = self.activity(who, "message", channel, **said, **more)
        found["conversation"]["id"] = f"{channel};messageid={thread or found['id']}"
        return found

    def take(self, activity: Mapping[str, Any]) -> None:
        """It is taken."""
        assert self.teams.post(activity) == (200, {})

    def say(self, who: str, text: str) -> Sent:
        """Type something in one's own chat; what comes back."""
        before = len(self.teams.sent)
        self.take(self.message(who, text))
        return self.next(f"a:{who}", before)

    def mention(self, who: str, text: str, channel: str = CHANNEL, thread: str = "", **more: Any) -> tuple[Sent, str]:
        """Mention the app in a channel; what comes back in its thread, and the thread."""
        before, activity = len(self.teams.sent), self.mentioning(who, text, channel, thread, **more)
        self.take(activity)
        thread = thread or activity["id"]
        return self.next(f"{channel};messageid={thread}", before), thread

    def next(self, conversation: str, before: int, times: int = 1) -> Sent:
        """What is said in a conversation since then."""
        return self.teams.wait_for(
            lambda one: one.conversation == conversation and one.activity["type"] == "message",
            after=before,
            times=times,
        )

    def invoke(self, who: str, name: str, value: Any, conversation: str = "", **more: Any) -> dict[str, Any]:
        """What the app answers at once."""
        activity = self.activity(who, "invoke", conversation or f"a:{who}", name=name, value=value, **more)
        status, answer = self.teams.post(activity)
        assert status == 200
        found: dict[str, Any] = answer
        return found

    # --- what people do

    def button(self, card: Any, title: str) -> dict[str, Any]:
        """The button with this title."""
        (found,) = [one for one in actions(card) if one["title"] == title]
        return found

    def press(self, who: str, card: Any, title: str, conversation: str = "", **given: str) -> dict[str, Any]:
        """Press a button, with what was filled in: what is answered, be it a card, a line or a dialog."""
        button = self.button(card, title)
        if button["type"] == "Action.Execute":
            data = {**button["data"], **given}
            action = {"type": button["type"], "verb": button["verb"], "data": data, "title": title}
            return self.invoke(who, "adaptiveCard/action", {"action": action, "trigger": "manual"}, conversation)
        return self.invoke(who, "task/fetch", {"data": button["data"]}, conversation)

    def fill(self, who: str, opened: Mapping[str, Any], conversation: str = "", **given: str) -> dict[str, Any]:
        """Fill in a dialog and send it."""
        card = opened["task"]["value"]["card"]["content"]
        (button,) = actions(card)
        fields = {part["id"]: part.get("value", "") for part in card["body"] if "id" in part}
        return self.invoke(who, "task/submit", {"data": {**button["data"], **fields, **given}}, conversation)

    def view(self, who: str, card: Mapping[str, Any], conversation: str) -> dict[str, Any]:
        """A card as Teams shows it to somebody for whom it is refreshed by itself."""
        assert PEOPLE[who][0] in card["refresh"]["userIds"]
        action = card["refresh"]["action"]
        value = {
            "action": {"type": action["type"], "verb": action["verb"], "data": action["data"]},
            "trigger": "automatic",
        }
        answer = self.invoke(who, "adaptiveCard/action", value, conversation)
        found: dict[str, Any] = answer["value"]
        return found

    def card(self, reference: str, *, after: int = 0, times: int = 1) -> Sent:
        """The request's card in the hub's channel, as it was last drawn."""
        return self.teams.wait_for(
            lambda one: (
                one.conversation == HUB_CHANNEL
                and bool(one.activity.get("attachments"))
                and one.text.strip().startswith(reference)
            ),
            after=after,
            times=times,
        )


@contextmanager
def tenant(folder: Path, guidance: Path, **settings: Any) -> Iterator[Tenant]:
    """A hub with two documents; bell and dunn are in it, cole is an admin."""
    teams = FakeTeams().start()
    teams.members[HUB_CHANNEL] = [
        {"id": PEOPLE[who][0], "aadObjectId": PEOPLE[who][1], "name": PEOPLE[who][2], "userRole": "user"}
        for who in ("bell", "dunn", "cole", "sam")
    ]
    given: dict[str, Any] = {
        "data": folder / "data",
        "teams_client_id": CLIENT,
        "teams_client_secret": "a secret",
        "teams_tenant_id": TENANT,
        "teams_hub_conversation": HUB_CHANNEL,
        "teams_openid_metadata_url": teams.metadata,
        "teams_graph_url": f"{teams.url}/graph",
        "hub_staff": f"{PEOPLE['bell'][1]},29:dunn,{GROUP}",
        "admins": PEOPLE["cole"][1],
        "ceilings": "teams=OFFICIAL-SENSITIVE,teams:19:low@thread.tacv2=OFFICIAL",
    }
    hub = Hub(Settings(**{**given, **settings}), WordEncoder())
    try:
        make_ready(hub, guidance)
        with served(new_server(hub, edges_of(hub), EVERY)) as address:
            teams.app_url = address
            yield Tenant(teams, hub)
        assert teams.violations == [], teams.violations
    finally:
        hub.close()
        teams.stop()
