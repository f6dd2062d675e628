"""What is pressed and filled in: every step is checked in the core for role and state, whoever sent it."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot import wording
from bot.answering.ceilings import RANKS
from bot.domain.messages import Citation, Outcome, Question
from bot.domain.people import MAY, Action, Actor
from bot.domain.receipts import ReceiptRecord
from bot.domain.refusals import RecordsError, Refused
from bot.edges.jobs import Jobs
from bot.teams import drawing
from bot.teams import requests as board
from bot.teams import wording as said
from bot.teams.connector import Connector, NotSent
from bot.teams.conversation import Conversation
from bot.teams.heard import Heard, Writer
from bot.teams.once import DoneBefore, Once
from bot.teams.parts import CARD, Element
from bot.teams.people import People
from bot.teams.places import Spot
from knowledge.passages import Marking

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
HUB_STEPS = ("claim", "release", "approve")
"""Buttons of a request's card that do at once what they say."""
OWN_STEPS = ("helped", "not_yet", "withdraw")
"""Buttons for whoever asked."""
MESSAGE = "application/vnd.microsoft.activity.message"
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed."""

    step: str
    fields: Mapping[str, Any]
    writer: Writer
    spot: Spot

    @property
    def about(self) -> str:
        """The request it is about."""
        return str(self.fields.get("about") or "")

    @property
    def receipt(self) -> str:
        """The reply it is about."""
        return str(self.fields.get("receipt") or "")

    def heard(self, text: str = "") -> Heard:
        """As if whoever pressed it had said something."""
        return Heard(f"press:{uuid.uuid4().hex}", self.spot, self.writer, text)


class Actions:
    """Buttons; whatever cannot be done is said to whoever tried, and to them alone."""

    def __init__(
        self, hub: Hub, jobs: Jobs, people: People, connector: Connector, conversation: Conversation, once: Once
    ) -> None:
        self._hub, self._jobs, self._people = hub, jobs, people
        self._connector, self._conversation, self._once = connector, conversation, once

    async def press(self, press: Press) -> Answer:
        """What Teams is answered: a card in the place of the one that was pressed, or a line."""
        try:
            return await self._press(press)
        except DoneBefore:
            return told(said.ALREADY_TAKEN)
        except Refused as error:
            return told(await self._people.named(str(error)))
        except RecordsError as error:
            log.error("A step in Teams could not be recorded: %s", error)
            return told(wording.TROUBLE)

    async def _press(self, press: Press) -> Answer:
        step = press.step
        if step == "refresh":
            return await self._refresh(press)
        if step in HUB_STEPS:
            return await self._hub_step(press)
        if step in OWN_STEPS:
            return await self._own_step(press)
        if step == "join":
            return await self._join(press)
        if step == "ask_hub":
            return await self._ask_hub(press)
        if step == "share":
            return await self._share(press)
        if step in ("pause", "resume"):
            return await self._switch(press)
        return told(said.STRANGE_DIALOG)

    async def _refresh(self, press: Press) -> Answer:
        """A card as whoever looks at it may see it."""
        actor = await self._people.actor(press.writer, press.spot.tenant)
        if not self._hub.office.roles.of(actor.name, actor.groups) & MAY[Action.WORK_REQUESTS]:
            return told(said.ONLY_HUB)
        return shown(await self.hub_card(press.about, press.spot))

    async def hub_card(self, reference: str, spot: Spot) -> Element:
        """A request with its buttons. Refused where it is gone, and RecordsError."""
        request = await self._jobs.in_thread(self._hub.records.request, reference)
        if request is None:
            raise Refused(wording.NO_SUCH_REQUEST.format(reference=reference))
        advice = await self._jobs.in_thread(self._hub.records.advice.all)
        state = next((one.state.value for one in advice if one.reference == request.reference), "")
        staff = await self._people.staff_of(spot.channel)
        drawn = board.draw_card(request, state, staff=staff, for_hub=True)
        named: Element = await self._people.named_in(drawn)
        return named

    async def _hub_step(self, press: Press) -> Answer:
        actor, desk = await self._people.actor(press.writer, press.spot.tenant), self._hub.desk
        if press.step == "approve":
            await self._jobs.in_thread(desk.approve, actor, press.about)
            await self._jobs.in_thread(self._hub.records.queue.tell_boards, press.about, actor.name, "approved")
        else:
            step = desk.claim if press.step == "claim" else desk.release
            await self._jobs.in_thread(step, actor, press.about)
        if press.fields.get("home"):
            line = wording.CARD_LINES[{"claim": "claimed", "release": "released"}[press.step]].format(actor="You")
            return await self._done(press, f"{press.about}: {line}")
        return shown(await self.hub_card(press.about, press.spot))

    async def _done(self, press: Press, text: str) -> Answer:
        """What became of a step: in the place of its buttons, or above one's own requests if it was pressed there."""
        if not press.fields.get("home"):
            return shown(drawing.draw_done(text))
        return shown(await self._conversation.home_card(press.heard(), text))

    async def _own_step(self, press: Press) -> Answer:
        desk, actor = self._hub.desk, Actor(press.writer.person)
        steps = {
            "helped": (desk.helped, wording.HELPED),
            "not_yet": (desk.reopen, wording.NOT_YET),
            "withdraw": (desk.withdraw, wording.WITHDRAWN),
        }
        step, words = steps[press.step]
        request = await self._jobs.in_thread(step, actor, press.about)
        return await self._done(press, words.format(reference=request.reference))

    async def _join(self, press: Press) -> Answer:
        into = str(press.fields.get("into") or "")
        joined = await self._jobs.in_thread(self._hub.desk.join, Actor(press.writer.person), press.about, into)
        return shown(drawing.draw_done(wording.JOINED.format(reference=joined.reference, into=joined.joined_to)))

    async def _ask_hub(self, press: Press) -> Answer:
        about = await self._jobs.in_thread(self._hub.records.feedback.about, press.receipt, press.writer.person)
        if about is None or not about.question:
            raise Refused(wording.NOTHING_TO_HAND_OVER)
        asked = Question(about.question, press.spot.place, press.writer.person)
        async with self._once.doing(
            f"ask:{press.receipt}:{press.writer.person}", press.spot.place, press.writer.person
        ):
            reply = await self._jobs.in_thread(self._hub.assistant.hand_over, asked, about.shown)
            if not reply.request and reply.outcome is not Outcome.URGENT:
                raise Refused(reply.text)  # it is not on record, so it must be possible to try again
        await self._conversation.show_reply(press.heard(), press.spot, reply)
        return shown(drawing.draw_done(said.WITH_HUB.format(reference=reply.request) if reply.request else reply.text))

    async def _share(self, press: Press) -> Answer:
        found = await self.reply_of(press)
        if press.spot.is_direct:
            raise Refused(said.NO_CHANNEL)
        if found.outcome is not Outcome.ANSWERED or self.is_too_high(press.spot, found.citations):
            raise Refused(wording.WHY["above_ceiling"])
        name = press.writer.name or said.SOMEBODY
        drawn = drawing.draw_shared(found.citations, name, found.code, self._conversation.labels)
        async with self._once.doing(f"share:{found.code}:{press.spot.id}"[:200], press.spot.place, press.writer.person):
            try:
                await self._connector.post(press.spot, drawn)
            except NotSent as error:
                log.error("A reply could not be shared: %s", error)
                raise Refused(wording.TROUBLE) from error
        return shown(drawing.draw_done(said.SHARED_DONE))

    async def reply_of(self, press: Press) -> ReceiptRecord:
        """The reply that a button stands below, found again by its receipt. Refused where there is none."""
        found: ReceiptRecord | None = await self._jobs.in_thread(self._hub.records.receipt, press.receipt)
        if found is None:
            raise Refused(wording.NO_SUCH_RECEIPT.format(receipt=press.receipt))
        return found

    def is_too_high(self, spot: Spot, citations: Sequence[Citation]) -> bool:
        """Whether one of them may not be shown there."""
        ceiling = RANKS.index(self._hub.ceilings.of(spot.place))
        return any(RANKS.index(Marking(citation.marking)) > ceiling for citation in citations)

    async def _switch(self, press: Press) -> Answer:
        actor = await self._people.actor(press.writer, press.spot.tenant)
        if press.step == "pause":
            await self._jobs.in_thread(self._hub.office.pause, actor, "answers", said.PAUSED_FROM, ())
            return await self._done(press, said.HOME_PAUSED.format(why=said.PAUSED_FROM))
        await self._jobs.in_thread(self._hub.office.resume, actor, "answers")
        return await self._done(press, said.RESUMED)


def shown(card: Element) -> Answer:
    """A card in the place of the one that was pressed."""
    return {"statusCode": 200, "type": CARD, "value": card}


def told(text: str) -> Answer:
    """A line for whoever pressed, and nothing else changes."""
    return {"statusCode": 200, "type": MESSAGE, "value": text}
