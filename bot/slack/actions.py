"""What is pressed and filled in: every step is checked in the core for role and state, whoever sent it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.domain.messages import Citation, Outcome, Question
from bot.domain.people import Actor
from bot.domain.receipts import ReceiptRecord
from bot.domain.refusals import RecordsError, Refused
from bot.domain.requests import CloseOutcome, MessageKind, RequestKind
from bot.edges.jobs import Jobs
from bot.queue.intake import FIELDS, open_request
from bot.slack import blocks as b
from bot.slack import drawing
from bot.slack import wording as said
from bot.slack.drawing import Drawn, draw_passage, draw_reply, draw_shared
from bot.slack.people import People
from bot.slack.places import Spot, direct_to
from bot.slack.sending import FAILURES, post, try_to, why

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
Body = Mapping[str, Any]
DESK_STEPS = ("claim", "release", "helped", "not_yet", "withdraw", "approve")
"""Buttons that do at once what they say."""
DIALOGS = ("reply", "ask_more", "note", "add_detail")
"""Buttons that ask for one text."""


class Actions:
    """Buttons and dialogs; whatever cannot be done is said to whoever tried, and to them alone."""

    def __init__(
        self,
        hub: Hub,
        jobs: Jobs,
        people: People,
        show_home: Callable[[AsyncWebClient, str], Coroutine[Any, Any, None]],
    ) -> None:
        self._hub, self._jobs, self._people, self._show_home = hub, jobs, people, show_home

    async def press(self, client: AsyncWebClient, body: Body) -> None:
        """A button was pressed."""
        action = body["actions"][0]
        name, value, user = str(action["action_id"]), str(action.get("value") or ""), str(body["user"]["id"])
        await self._people.meet(body["user"])
        try:
            await self._press(client, body, name, value, user)
        except Refused as error:
            await self._tell(client, body, user, str(error))
        except RecordsError as error:
            log.error("A step in Slack could not be recorded: %s", error)
            await self._tell(client, body, user, wording.TROUBLE)
        if body.get("view", {}).get("type") == "home":
            await self._show_home(client, user)

    async def _press(self, client: AsyncWebClient, body: Body, name: str, value: str, user: str) -> None:
        if name in DESK_STEPS:
            await self._step(client, body, name, value, user)
        elif name in DIALOGS or name in ("close", "promote"):
            await self._open(client, body, await self._dialog(client, name, value, user))
        elif name in ("show_passage", "share", "ask_hub") or name.startswith("pick_"):
            await self._on_reply(client, body, name, value, user)
        elif name == "feedback":
            await self._feedback(client, body, value, user)
        elif name == "join":
            own, into = value.split("|")
            joined = await self._jobs.in_thread(self._hub.desk.join, Actor(user), own, into)
            text = wording.JOINED.format(reference=joined.reference, into=joined.joined_to)
            await self._tell(client, body, user, text)
        elif name in ("pause", "resume"):
            await self._switch(client, body, name, user)

    async def _step(self, client: AsyncWebClient, body: Body, name: str, reference: str, user: str) -> None:
        actor, desk = await self._actor(client, user), self._hub.desk
        if name == "approve":
            await self._jobs.in_thread(desk.approve, actor, reference)
            await self._changed(reference, actor, "approved")
            await self._tell(client, body, user, said.APPROVED.format(actor="You"))
            return
        steps = {
            "claim": desk.claim,
            "release": desk.release,
            "helped": desk.helped,
            "not_yet": desk.reopen,
            "withdraw": desk.withdraw,
        }
        request = await self._jobs.in_thread(steps[name], actor, reference)
        told = {"helped": wording.HELPED, "not_yet": wording.NOT_YET, "withdraw": wording.WITHDRAWN}
        if name in told:
            await self._tell(client, body, user, told[name].format(reference=request.reference))
            spot = _spot(body)
            if spot.channel.startswith("D"):
                status = "suspended" if name == "not_yet" else "closed"
                where = {"channel_id": spot.channel, "thread_ts": spot.thread}
                self._jobs.spawn(try_to(client, "agents.sessions.setStatus", **where, status=status))

    async def _changed(self, reference: str, actor: Actor, what: str) -> None:
        """The card in the hub's channel is drawn anew."""
        await self._jobs.in_thread(self._hub.records.queue.tell_boards, reference, actor.name, what)

    async def _dialog(self, client: AsyncWebClient, name: str, reference: str, user: str) -> b.Block:
        if name == "close":
            return drawing.draw_close(reference)
        if name == "promote":
            request = await self._jobs.in_thread(self._hub.office.look, await self._actor(client, user), reference)
            if request is None:
                raise Refused(wording.NO_SUCH_REQUEST.format(reference=reference))
            replies = [message.text for message in request.messages if message.kind is MessageKind.REPLY]
            return drawing.draw_promote(request, replies[-1] if replies else "", user)
        titles = {
            "reply": (f"{said.REPLY} {reference}", said.REPLY_LABEL),
            "ask_more": (said.ASK_MORE, said.ASK_MORE_LABEL),
            "note": (said.NOTE, said.NOTE_LABEL),
            "add_detail": (said.DETAIL_TITLE, said.DETAIL_LABEL),
        }
        title, label = titles[name]
        return drawing.draw_one_text(name, title, label, reference, submit="Send" if name != "note" else "Keep")

    async def _on_reply(self, client: AsyncWebClient, body: Body, name: str, value: str, user: str) -> None:
        """A button below a reply: it is found again by its receipt."""
        receipt, _, number = value.partition("|")
        shown = await self._jobs.in_thread(self._hub.records.receipt, receipt)
        if shown is None:
            raise Refused(wording.NO_SUCH_RECEIPT.format(receipt=receipt))
        if name == "ask_hub":
            await self._ask_hub(client, body, shown, user)
            return
        citations = shown.citations or shown.candidates
        chosen = citations[int(number) - 1 if number.isdigit() and 0 < int(number) <= len(citations) else 0]
        if name == "share":
            await self._share(client, body, shown, user)
        elif self._too_high(_spot(body), (chosen,)):
            raise Refused(wording.WHY["above_ceiling"])
        else:
            await self._open(client, body, draw_passage(chosen, await self._passage(chosen)))

    async def _passage(self, citation: Citation) -> str:
        return str(await self._jobs.in_thread(self._hub.passage_text, citation))

    async def _share(self, client: AsyncWebClient, body: Body, shown: ReceiptRecord, user: str) -> None:
        spot = _spot(body)
        if shown.outcome is not Outcome.ANSWERED or self._too_high(spot, shown.citations):
            raise Refused(wording.WHY["above_ceiling"])
        await post(client, spot, draw_shared(shown.citations, user, shown.code))
        await self._tell(client, body, user, said.SHARED_DONE)

    def _too_high(self, spot: Spot, citations: Sequence[Citation]) -> bool:
        from bot.answering.ceilings import RANKS
        from knowledge.passages import Marking

        ceiling = RANKS.index(self._hub.ceilings.of(spot.place))
        return any(RANKS.index(Marking(citation.marking)) > ceiling for citation in citations)

    async def _ask_hub(self, client: AsyncWebClient, body: Body, shown: ReceiptRecord, user: str) -> None:
        about = await self._jobs.in_thread(self._hub.records.feedback.about, shown.code, user)
        if about is None or not about.question:
            raise Refused(wording.NOTHING_TO_HAND_OVER)
        spot = _spot(body)
        asked = Question(about.question, spot.place, user)
        reply = await self._jobs.in_thread(self._hub.assistant.hand_over, asked, about.shown)
        await post(client, spot, draw_reply(reply), user="" if spot.is_direct else user)

    async def _feedback(self, client: AsyncWebClient, body: Body, value: str, user: str) -> None:
        kind, _, receipt = value.partition("|")
        if kind == "bad":
            spot = _spot(body)
            data = f"{receipt}|{spot.team}|{spot.channel}|{spot.thread}"
            await self._open(client, body, drawing.draw_feedback(data))
            return
        await self._jobs.in_thread(self._hub.feedback.give, user, _spot(body).place, receipt, helped=True)
        await self._tell(client, body, user, wording.FEEDBACK_KEPT)

    async def _switch(self, client: AsyncWebClient, body: Body, name: str, user: str) -> None:
        actor = await self._actor(client, user)
        if name == "pause":
            why_paused = "Paused from Slack."
            await self._jobs.in_thread(self._hub.office.pause, actor, "answers", why_paused, ())
        else:
            await self._jobs.in_thread(self._hub.office.resume, actor, "answers")

    async def submit(self, client: AsyncWebClient, body: Body) -> dict[str, str]:
        """A dialog was sent; errors by field, empty where it was taken."""
        view, user = body["view"], str(body["user"]["id"])
        name, data, given = str(view["callback_id"]), str(view.get("private_metadata") or ""), b.values(view)
        try:
            told = await self._submit(client, body, name, data, given, user)
        except Refused as error:
            field = next((field for field in ("text", "what", "outcome", "question") if field in given), "text")
            return {field: b.cut(await self._people.named(str(error)), 150)}
        except RecordsError as error:
            log.error("A dialog in Slack could not be recorded: %s", error)
            return {next(iter(given), "text"): wording.TROUBLE}
        if told:
            private = direct_to(str(body.get("team", {}).get("id") or ""), user)
            self._jobs.spawn(post(client, private, Drawn(b.escape(told), [b.section(told)])))
        self._jobs.spawn(self._show_home(client, user))
        return {}

    async def _submit(
        self, client: AsyncWebClient, body: Body, name: str, data: str, given: Mapping[str, str], user: str
    ) -> str:
        desk, text = self._hub.desk, given.get("text", "")
        private = direct_to(str(body.get("team", {}).get("id") or ""), user).place
        if name == "about":
            reply = await self._jobs.in_thread(self._hub.assistant.hand_over, Question(text, private, user))
            return str(reply.text)
        if name == "form":
            return await self._form(given, user, private)
        if name == "feedback":
            return await self._wrong(data, given, user)
        actor = await self._actor(client, user)
        if name in DIALOGS:
            steps = {"reply": desk.reply, "ask_more": desk.ask_more, "note": desk.note, "add_detail": desk.add_detail}
            request = await self._jobs.in_thread(steps[name], actor, data, text)
            return wording.DETAIL_ADDED.format(reference=request.reference) if name == "add_detail" else ""
        if name == "close":
            await self._jobs.in_thread(desk.close, actor, data, CloseOutcome(given["outcome"]))
        if name == "promote":
            question, owner = given.get("question", ""), given.get("owner", "")
            await self._jobs.in_thread(desk.promote, actor, data, question=question, text=text, owner=owner)
            await self._changed(data, actor, "promoted")
        return ""

    async def _form(self, given: Mapping[str, str], user: str, place: Any) -> str:
        fields = {name: given.get(name) or "" for name in FIELDS}
        kind, theme = RequestKind(given["kind"]), given.get("theme") or ""
        ways: Any = {"joining": self._hub.joining, "expected": self._hub.pace.expected}
        opened = await self._jobs.in_thread(open_request, self._hub.records, user, place, kind, fields, theme, **ways)
        told = [opened.told]
        if opened.redacted:
            told.insert(0, wording.redacted(opened.redacted))
        return "\n".join(told)

    async def _wrong(self, data: str, given: Mapping[str, str], user: str) -> str:
        receipt, team, channel, thread = data.split("|")
        reference = await self._jobs.in_thread(
            self._hub.feedback.give,
            user,
            Spot(team, channel, thread).place,
            receipt,
            helped=False,
            reason=given.get("text", ""),
            to_hub=given.get("hub") == "yes",
        )
        return wording.FEEDBACK_TO_HUB.format(reference=reference) if reference else wording.FEEDBACK_KEPT

    async def _actor(self, client: AsyncWebClient, user: str) -> Actor:
        return await self._people.actor(client, user)

    async def _open(self, client: AsyncWebClient, body: Body, view: b.Block) -> None:
        try:
            await client.api_call("views.open", json={"trigger_id": body["trigger_id"], "view": view})
        except FAILURES as error:
            log.error("A dialog could not be opened: %s", why(error))
            await self._tell(client, body, str(body["user"]["id"]), wording.TROUBLE)

    async def _tell(self, client: AsyncWebClient, body: Body, user: str, text: str) -> None:
        """Say something to whoever pressed a button, where they pressed it."""
        spot = _spot(body)
        drawn = await self._people.shown(Drawn(b.cut(b.escape(text), b.FALLBACK), [b.section(text)]))
        if not spot.channel:
            spot = direct_to(spot.team, user)
        await post(client, spot, drawn, user="" if spot.is_direct else user)


def _spot(body: Body) -> Spot:
    """Where a button was pressed; no channel for the home tab."""
    container, message = body.get("container", {}), body.get("message", {})
    team = str((body.get("team") or {}).get("id") or "")
    channel = str((body.get("channel") or {}).get("id") or container.get("channel_id") or "")
    thread = message.get("thread_ts") or container.get("thread_ts") or message.get("ts") or container.get("message_ts")
    return Spot(team, channel, str(thread or "") if channel else "")
