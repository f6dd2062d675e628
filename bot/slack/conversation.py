"""Questions in Slack: from direct messages, mentions, threads, the command and shortcuts; and the replies to them."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.domain.letters import LetterKind
from bot.domain.messages import Outcome, Question, Reply
from bot.domain.people import Actor
from bot.domain.refusals import RecordsError, Refused
from bot.edges.jobs import Jobs
from bot.queue.errands import is_errand
from bot.slack import blocks as b
from bot.slack import wording as said
from bot.slack.drawing import Drawn, draw_reply
from bot.slack.people import People
from bot.slack.places import Spot, direct_to
from bot.slack.sending import post, try_to

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
_MENTION = re.compile(r"<@[A-Z0-9]+(?:\|[^>]*)?>")
_LINK = re.compile(r"<(?:https?|mailto|tel)[^|>]*\|([^>]*)>|<((?:https?|mailto|tel)[^>]*)>")
_REPLY_TO = re.compile(r"reply\s+(pf[- ]?\d{1,9})[:\s]+(.+)", re.IGNORECASE | re.DOTALL)
_CHANNEL = re.compile(r"<#[A-Z0-9]+(?:\|([^>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
IGNORED = frozenset(
    "bot_message message_changed message_deleted channel_join channel_leave channel_topic channel_purpose channel_name "
    "pinned_item unpinned_item reminder_add tombstone assistant_app_thread".split()
)
"""Messages that nobody typed to the assistant."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Something somebody addressed to the assistant."""

    key: str
    """The same message again, however Slack sends it, has the same key."""
    spot: Spot
    user: str
    text: str
    shared: bool = False
    """Whether people of other organisations read the channel."""
    stranger: bool = False
    """Whether the writer is of another workspace."""

    def question(self, spot: Spot | None = None) -> Question:
        """As the core takes it."""
        return Question(self.text, (spot or self.spot).place, self.user)


def words_of(text: str) -> str:
    """What somebody typed, without Slack's own marks."""
    text = _MENTION.sub(" ", text)
    text = _LINK.sub(lambda found: found[1] or found[2], text)
    text = _CHANNEL.sub(lambda found: found[1] or "", text)
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text.strip()


def heard_in(body: Mapping[str, Any]) -> Heard | None:
    """What a message or a mention says to the assistant; None where it is neither."""
    event = body.get("event", {})
    if event.get("type") not in ("message", "app_mention") or event.get("bot_id") or event.get("subtype") in IGNORED:
        return None
    user, channel, ts = event.get("user"), event.get("channel"), event.get("ts")
    if not (user and channel and ts):
        return None
    team = str(body.get("team_id") or event.get("team") or "")
    spot = Spot(team, channel, event.get("thread_ts") or ts)
    return Heard(
        f"{channel}:{ts}",
        spot,
        user,
        words_of(str(event.get("text") or "")),
        shared=bool(body.get("is_ext_shared_channel")),
        stranger=bool(event.get("user_team") and team and event["user_team"] != team),
    )


class Conversation:
    """Answers; every way in ends here."""

    def __init__(self, hub: Hub, jobs: Jobs, people: People) -> None:
        self._hub, self._jobs, self._people = hub, jobs, people

    async def is_ours(self, heard: Heard) -> bool:
        """Whether a message in a channel's thread follows up on one that the same person addressed to us."""
        try:
            return bool(await self._jobs.quickly(self._hub.records.has_asked, heard.user, heard.spot.place))
        except RecordsError:
            return False

    async def answer(self, client: AsyncWebClient, heard: Heard) -> None:
        """Reply to a question where it was asked, or by direct message where others would read what they should not."""
        if heard.stranger:
            line = Drawn(said.OTHER_WORKSPACE, [b.section(said.OTHER_WORKSPACE)])
            await post(client, heard.spot, line, user=heard.user)
        elif (told := await self._errand(heard.user, heard.text)) is not None:
            await post(client, heard.spot, _told(told), user="" if heard.spot.is_direct else heard.user)
        elif heard.spot.is_direct:
            await self._in_thread(client, heard)
        elif heard.shared or self._is_lower(heard.spot):
            await self._by_direct_message(client, heard)
        else:
            reply = await self.ask(heard.question())
            await self._show(client, heard.spot, heard, reply, user=heard.user)
        await self.finish(heard)

    async def _errand(self, user: str, text: str) -> str | None:
        """What to say to "helped PF-0042" and the like; None for every question."""
        errands = self._hub.errands(Actor(user))
        told: str | None = await self._jobs.in_thread(errands.take, text)
        return told

    async def ask(self, question: Question) -> Reply:
        """The assistant's reply, whatever happens."""
        reply: Reply = await self._jobs.in_thread(self._hub.assistant.ask, question)
        return reply

    async def say_trouble(self, client: AsyncWebClient, heard: Heard) -> None:
        """That it could not be answered."""
        await post(client, heard.spot, _told(wording.TROUBLE), user="" if heard.spot.is_direct else heard.user)
        await self.finish(heard)

    async def again(self, client: AsyncWebClient, heard: Heard) -> None:
        """Answer what a process that died had taken; of an emergency it left no words, so it can only say that."""
        if heard.text:
            await self.answer(client, heard)
            return
        drawn = Drawn(wording.ASK_AGAIN, [b.section(wording.ASK_AGAIN)])
        await post(client, heard.spot, drawn, user="" if heard.spot.is_direct else heard.user)
        await self.finish(heard)

    async def _in_thread(self, client: AsyncWebClient, heard: Heard) -> None:
        spot = heard.spot
        self._jobs.spawn(
            try_to(
                client,
                "assistant.threads.setStatus",
                channel_id=spot.channel,
                thread_ts=spot.thread,
                status=said.LOOKING,
            )
        )
        reply = await self.ask(heard.question())
        await self._show(client, spot, heard, reply)
        waits = reply.outcome in (Outcome.HANDED_OVER, Outcome.PAUSED) and reply.request is not None
        self._jobs.spawn(self._settle(client, spot, heard, "suspended" if waits else "active"))

    async def _settle(self, client: AsyncWebClient, spot: Spot, heard: Heard, status: str) -> None:
        """The session's state, for Slack's own list of them; a plain status is cleared too."""
        where = {"channel_id": spot.channel, "thread_ts": spot.thread}
        await try_to(client, "assistant.threads.setStatus", **where, status="")
        title = wording.NAME if not heard.text else b.cut(heard.text, 60)
        await try_to(client, "agents.sessions.setStatus", **where, status=status, title=title)

    async def _by_direct_message(self, client: AsyncWebClient, heard: Heard) -> None:
        """A neutral line where others read, and the reply in private; asked as of the private place."""
        private = direct_to(heard.spot.team, heard.user)
        reply = await self.ask(heard.question(private))
        if reply.outcome is Outcome.URGENT:  # the signpost first, at once and where they look
            await self._show(client, heard.spot, heard, reply, user=heard.user)
            return
        await self._show(client, private, heard, reply)
        line = Drawn(said.BY_DIRECT_MESSAGE, [b.section(said.BY_DIRECT_MESSAGE)])
        await post(client, heard.spot, line, user=heard.user)

    async def _show(self, client: AsyncWebClient, spot: Spot, heard: Heard, reply: Reply, *, user: str = "") -> None:
        """Post a reply; what Slack does not take now goes through the outbox, so that nobody is left without one."""
        if await post(client, spot, draw_reply(reply, in_channel=bool(user)), user=user):
            return
        put, kind = self._hub.records.outbox.put, LetterKind.ANSWER
        try:
            await self._jobs.quickly(
                put, f"answer:{heard.key}", kind, spot.place, heard.user, reply.request or "", reply.text
            )
        except RecordsError:
            log.error("A reply could neither be shown nor be kept for later.")

    def _is_lower(self, spot: Spot) -> bool:
        """Whether less may be shown in this channel than in a direct message."""
        ceilings = self._hub.ceilings
        return bool(ceilings.of(spot.place) != ceilings.of(Spot(spot.team, "@").place))

    async def finish(self, heard: Heard) -> None:
        """It is answered, or is not to be: no other process takes it up."""
        try:
            await self._jobs.quickly(self._hub.records.inbound.finish, "slack", heard.key)
        except RecordsError:
            log.warning("An answered message could not be marked as answered; it may be answered twice.")

    def asked_by_command(self, body: Mapping[str, Any]) -> Heard | None:
        """The question that `/prevention` brings, asked as of the asker's direct message; None where it brings none."""
        user, text = str(body["user_id"]), words_of(str(body.get("text") or ""))
        if text.lower().strip(" ?.!") in ("", "help") or is_errand(text) or _REPLY_TO.fullmatch(text):
            return None
        private = direct_to(str(body.get("team_id") or ""), user)
        return Heard(f"command:{body.get('trigger_id') or uuid.uuid4().hex}", private, user, text)

    async def command(self, client: AsyncWebClient, body: Mapping[str, Any]) -> Drawn:
        """What `/prevention` says back, to whoever typed it alone."""
        user, text = str(body["user_id"]), words_of(str(body.get("text") or ""))
        word = text.lower().strip(" ?.!")
        if word in ("", "help"):
            return _told(f"{said.HELP}\n\n{said.HUB_HELP}")
        reply_to = _REPLY_TO.fullmatch(text)
        if reply_to is not None:
            return await self.say_for_hub(client, user, reply_to[1], reply_to[2])
        told = await self._errand(user, text)
        if told is not None:
            return _told(told)
        private = direct_to(str(body.get("team_id") or ""), user)
        return draw_reply(await self.ask(Question(text, private.place, user)))

    async def say_for_hub(self, client: AsyncWebClient, user: str, reference: str, text: str) -> Drawn:
        """Reply to a request in somebody's name, or say why that cannot be done."""
        try:
            actor = await self._people.actor(client, user)
            done = await self._jobs.in_thread(self._hub.desk.reply, actor, reference, text)
        except Refused as error:
            return _told(str(error))
        except RecordsError:
            return _told(wording.TROUBLE)
        return _told(said.THREAD_REPLIED.format(reference=done.reference))


def _told(text: str) -> Drawn:
    return Drawn(b.cut(b.escape(text), b.FALLBACK), [b.section(text)])
