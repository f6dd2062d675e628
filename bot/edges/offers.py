"""Which buttons stand where: below a reply, on a card, beside a person's own requests, in the queue."""

from __future__ import annotations

from collections.abc import Collection

from bot import wording
from bot.domain.letters import LetterKind
from bot.domain.messages import Outcome, Reply
from bot.domain.requests import Request
from bot.edges.layout import POSSIBLE, SHOWN
from bot.edges.shown import Answer, Home, Line, Offer, Row, Style
from bot.edges.steps_table import STEPS, Step, Who
from bot.queue.overview import Overview
from bot.wording import labels

__all__ = ["Home", "Offer", "answer", "below_letter", "below_reply", "home", "join", "of_step", "on_card", "own"]
MOST_RELATED = 3
"""Questions that are offered below an answer."""


def of_step(name: str, about: str = "", label: str = "", **fields: str) -> Offer:
    """A step as a button."""
    step = STEPS[name]
    sure = labels.SURE[name].format(about=about) if name in labels.SURE else ""
    opens = bool(step.form) or name == "passage"
    return Offer(name, label or step.label, about, fields, step.style, sure, opens)


def answer(reply: Reply, *, in_channel: bool = False, message: str = "") -> Answer:
    """A reply with its buttons; `message` is the id of what it answers, in a channel."""
    offered = tuple(below_reply(reply, in_channel=in_channel, message=message))
    judged = bool(reply.receipt) and reply.outcome in (Outcome.ANSWERED, Outcome.POSSIBLE)
    return Answer(reply, offered, judged)


def below_reply(reply: Reply, *, in_channel: bool = False, message: str = "") -> list[Offer]:
    """What can be done with a reply."""
    receipt, found = reply.receipt or "", []
    if receipt and reply.outcome is Outcome.ANSWERED:
        found.append(of_step("passage", receipt, number="1"))
        if reply.quoted > 1:
            found[:] = [
                of_step("passage", receipt, f"{labels.SHOW_PASSAGE} {number}", number=str(number))
                for number in range(1, min(reply.quoted, len(reply.citations)) + 1)
            ]
        if in_channel:
            found.append(of_step("share", receipt, message=message))
    if receipt and reply.outcome is Outcome.POSSIBLE:
        for number, one in enumerate(reply.candidates[:POSSIBLE], 1):
            label = f"{number}. {one.section or one.title}"
            found.append(of_step("passage", receipt, label, number=str(number)))
    if reply.join and reply.request:
        found.append(join(reply.request, reply.join[0]))
    if reply.request:
        found.append(of_step("add_detail", reply.request))
    elif receipt and reply.outcome is Outcome.POSSIBLE:
        found.append(of_step("ask_hub", receipt, labels.NONE_OF_THESE))
    elif receipt and reply.outcome in (Outcome.ANSWERED, Outcome.DECLINED):
        found.append(of_step("ask_hub", receipt))
    named = {one.section.rsplit(" > ", 1)[-1] for one in reply.citations[:SHOWN]}  # these stand above already
    asked = (*reply.says, *[one for one in reply.related if one not in named][:MOST_RELATED])
    return found + [of_step("ask", receipt, one, question=one) for one in asked]


def join(reference: str, into: str) -> Offer:
    """Letting another request answer this one too."""
    return of_step("join", reference, labels.JOIN.format(reference=into), into=into)


def on_card(request: Request, advice_state: str = "") -> list[Offer]:
    """What hub staff can do with a request as it stands."""
    return _offers(request, {Who.HUB, Who.APPROVER}, advice_state)


def own(request: Request) -> list[Offer]:
    """What the asker can do with their own request as it stands."""
    return _offers(request, {Who.ASKER})


def _offers(request: Request, who: Collection[Who], advice_state: str = "") -> list[Offer]:
    return [of_step(step.name, request.reference) for step in offered(request, who, advice_state)]


def offered(request: Request, who: Collection[Who], advice_state: str = "") -> list[Step]:
    """The steps of the table that these people may take with a request as it stands, in the order of the table."""
    return [step for step in STEPS.values() if step.who in who and step.is_offered(request, advice_state)]


def below_letter(kind: LetterKind, reference: str) -> list[Offer]:
    """What the asker can do with what the hub sent."""
    if kind in (LetterKind.REPLY, LetterKind.LATE_ANSWER):
        return [of_step("helped", reference), of_step("not_yet", reference)]
    return [of_step("add_detail", reference)] if kind is LetterKind.ASK_MORE else []


def home(overview: Overview, told: str = "") -> Home:
    """A person's own requests, and what else their roles let them see."""
    queue = None if overview.queue is None else tuple(map(_queued, overview.queue))
    library = None if overview.library is None else _library(overview.library, overview.paused)
    return Home(tuple(Row(wording.own_request(one), tuple(own(one))) for one in overview.mine), queue, library, told)


def _queued(request: Request) -> Row:
    line = wording.handover_line(request, request.opened_at).removeprefix("- ")
    return Row(line, tuple(on_card(request)[:4]))


def _library(line: str, paused: str | None) -> Row:
    if paused is None:
        return Row(line, (of_step("pause", "answers"),))
    return Row(f"{line}\n{labels.HOME_PAUSED.format(why=paused)}", (of_step("resume", "answers"),))


def refusal(told: str, remedies: Collection[Offer] = ()) -> Line:
    """Why something was not done, with what can be done about it."""
    return Line(told, tuple(remedies))


__all__ += ["Style", "offered", "refusal"]
