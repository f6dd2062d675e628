"""Replies, letters, passages and one's own requests, drawn for Teams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot import wording
from bot.domain.messages import Citation, Outcome, Reply
from bot.domain.requests import WAITS, Request, RequestState
from bot.queue.overview import Overview
from bot.teams import parts as c
from bot.teams import wording as said
from bot.teams.activities import (
    Message,
    message,
    paragraphs,
    plain,
    with_citations,
    with_feedback,
)
from bot.teams.parts import Element

SHOWN = 4
"""Citations named below a quote."""
QUOTED, LINE = 6000, 500
"""Characters of a quote in a message (the rest is behind "Show passage"), and of a source."""
PART = 4000
"""Characters of a passage in one dialog."""
MOST_OWN, MOST_QUEUED = 8, 12
"""Requests in one card."""


def draw_reply(reply: Reply, labels: Mapping[str, str], *, in_channel: bool = False) -> Message:
    """A reply with its buttons; in a channel it is shown to the asker alone, who may share it."""
    return c.fitted(lambda room: _reply(reply, labels, room, in_channel=in_channel))


def _reply(reply: Reply, labels: Mapping[str, str], room: float, *, in_channel: bool) -> Message:
    lines = [c.literal(reply.notice)] if reply.redacted else []
    if reply.outcome is Outcome.ANSWERED:
        lines += _answer(reply.citations, f"{wording.confidence(reply.confidence or 0)}.", room)
    elif reply.outcome is Outcome.POSSIBLE:
        lines += [wording.POSSIBLE, *_sources(reply.candidates[:SHOWN], 1, room), wording.OR_ASK_HUB]
    else:
        lines.append(paragraphs(reply.body))
    if reply.trouble:
        lines.append(reply.trouble)
    actions = _buttons(reply, in_channel)
    told = c.small(wording.RECEIPT.format(receipt=reply.receipt)) if reply.receipt else []
    if not actions and told:
        lines.append(wording.RECEIPT.format(receipt=reply.receipt))
    drawn = message("\n\n".join(lines), *([c.card(told, actions)] if actions else []), room=room)
    if reply.outcome in (Outcome.ANSWERED, Outcome.POSSIBLE):
        drawn = with_citations(drawn, (reply.citations or reply.candidates)[:SHOWN], labels)
        drawn = with_feedback(drawn) if reply.receipt else drawn
    return drawn


def _answer(citations: Sequence[Citation], confidence: str, room: float) -> list[str]:
    first, further = citations[0], citations[1:SHOWN]
    label = wording.QUOTED_FROM.get(first.status, wording.QUOTED)
    lines = [
        f"{label}: **{c.literal_within(wording.source(first), int(LINE * room))}** [1]",
        quoted(first.quote, int(QUOTED * room)),
        c.literal(wording.standing(first)),
    ]
    if further:
        lines += [f"**{wording.SEE_ALSO}**", *_sources(further, 2, room, first)]
    return [*lines, confidence] if confidence else lines


def quoted(text: str, most: int = QUOTED) -> str:
    """A quote, word for word, set apart."""
    return "\n".join(f"> {line}" if line.strip() else ">" for line in c.literal_within(text, most).split("\n"))


def _sources(citations: Sequence[Citation], start: int, room: float, shown: Citation | None = None) -> list[str]:
    """A line for each, with its number as Teams links it to the citation."""
    lines = []
    for number, line in enumerate(wording.numbered(citations, start, shown), start):
        lines.append(f"[{number}] {c.literal_within(line.removeprefix(f'[{number}] '), int(LINE * room))}")
    return lines


def _buttons(reply: Reply, in_channel: bool) -> list[Element]:
    receipt = reply.receipt or ""
    actions = []
    if receipt and reply.outcome is Outcome.ANSWERED:
        actions.append(c.opens(said.SHOW_PASSAGE, "passage", receipt=receipt, number=1))
        if in_channel:
            actions.append(c.execute(said.SHARE, "share", receipt=receipt))
    if receipt and reply.outcome is Outcome.POSSIBLE:
        for number, candidate in enumerate(reply.candidates[:SHOWN], 1):
            name = candidate.section or candidate.title
            actions.append(c.opens(f"{number}. {name}", "passage", receipt=receipt, number=number))
    if reply.join and reply.request:
        label = said.JOIN.format(reference=reply.join[0])
        actions.append(c.execute(label, "join", about=reply.request, into=reply.join[0]))
    if reply.request:
        actions.append(c.opens(said.ADD_DETAIL, "add_detail", about=reply.request))
    elif receipt and reply.outcome in (Outcome.ANSWERED, Outcome.POSSIBLE, Outcome.DECLINED):
        actions.append(c.execute(said.ASK_HUB, "ask_hub", receipt=receipt))
    return actions


def draw_done(text: str) -> Element:
    """In place of the buttons that were pressed: what became of it."""
    return c.card(c.said(text))


def draw_shared(citations: Sequence[Citation], name: str, receipt: str, labels: Mapping[str, str]) -> Message:
    """An answer that its asker shares with a channel."""
    told = [said.SHARED.format(name=c.literal(c.cut(name, 100))), wording.RECEIPT.format(receipt=receipt)]

    def draw(room: float) -> Message:
        text = "\n\n".join([*_answer(citations, "", room), *told])
        return with_citations(message(text, room=room), citations[:SHOWN], labels)

    return c.fitted(draw)


def draw_passage(citation: Citation, text: str, part: int, **where: object) -> Element:
    """A whole passage in a dialog, however long: in parts."""
    whole = text or citation.quote
    shown = whole[part * PART : (part + 1) * PART]
    body = [
        *c.said(wording.source(citation), c.LINE, weight="Bolder"),
        c.quote(shown, PART),
        *c.small(c.cut(wording.standing(citation), c.LINE)),
    ]
    more = (part + 1) * PART < len(whole)
    return c.card(body, [c.submit(said.NEXT_PART, "passage", part=part + 1, **where)] if more else ())


def draw_letter(reference: str, text: str, *, confirms: bool, asks: bool, elsewhere: bool = False) -> Message:
    """What the hub says to whoever asked; with buttons to confirm it, or to add what it asks for."""
    told = f"{text}\n\n{said.ASKED_IN_CHANNEL}" if elsewhere else text
    actions = []
    if confirms:
        actions = [
            c.execute(said.HELPED, "helped", style="positive", about=reference),
            c.execute(said.NOT_YET, "not_yet", about=reference),
        ]
    if asks:
        actions.append(c.opens(said.ADD_DETAIL, "add_detail", about=reference))
    return plain(told, *([c.card(c.small(reference), actions)] if actions else []))


def draw_home(home: Overview, told: str = "") -> Element:
    """One's own requests, and more for the hub; above them what has just been done."""
    return c.fitted(lambda room: _home(home, told, room))


def _home(home: Overview, told: str, room: float) -> Element:
    own, queued = max(1, int(MOST_OWN * room)), max(1, int(MOST_QUEUED * room))
    body = [
        *(c.said(told, c.LINE, weight="Bolder") if told else []),
        c.label(said.HOME_MINE, weight="Bolder", size="Medium"),
    ]
    body += [part for request in home.mine[:own] for part in _own(request)] or [c.label(wording.NO_REQUESTS)]
    if home.queue is not None:
        body.append(c.label(said.HOME_QUEUE, weight="Bolder", size="Medium", separator=True))
        waiting = [part for request in home.queue[:queued] for part in _queued(request)]
        body += waiting or [c.label(said.HOME_QUEUE_EMPTY)]
    if home.library is not None:
        body.append(c.label(said.HOME_LIBRARY, weight="Bolder", size="Medium", separator=True))
        body += c.said(home.library, c.LINE)
        if home.paused is not None:
            body += c.said(said.HOME_PAUSED.format(why=home.paused), c.LINE)
            body += c.buttons([c.execute(said.RESUME, "resume", style="positive", home=True)])
        else:
            body += c.buttons([c.execute(said.PAUSE, "pause", style="destructive", home=True)])
    return c.card(body)


def _own(request: Request) -> list[Element]:
    reference, actions = request.reference, []
    if request.state in WAITS:
        actions.append(c.opens(said.ADD_DETAIL, "add_detail", about=reference))
    if request.state in (RequestState.OPEN, RequestState.REOPENED, RequestState.CLAIMED):
        actions.append(c.execute(said.WITHDRAW, "withdraw", about=reference, home=True))
    if request.state is RequestState.REPLIED:
        actions += [
            c.execute(said.HELPED, "helped", about=reference, home=True),
            c.execute(said.NOT_YET, "not_yet", about=reference, home=True),
        ]
    return [*c.said(wording.own_request(request)), *c.buttons(actions)]


def _queued(request: Request) -> list[Element]:
    from bot.teams.requests import card_buttons

    line = wording.handover_line(request, request.opened_at).removeprefix("- ")
    return [*c.said(line, c.LINE), *c.buttons(card_buttons(request, has_reply=False, advice_state="", home=True)[:4])]
