"""Replies, requests, forms and the home tab, drawn for Slack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot import wording
from bot.domain.messages import Citation, Outcome, Reply
from bot.domain.requests import WAITS, MessageKind, Request, RequestState
from bot.queue.intake import FIELDS, THEMES
from bot.queue.overview import Overview
from bot.slack import blocks as b
from bot.slack import wording as said
from bot.slack.blocks import Block

SHOWN = 4
"""Citations named below a quote."""
MOST_SAID = 5
"""Of what was said about a request, in its card."""
MOST_OWN, MOST_QUEUED = 10, 15
"""Requests in the home tab."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message: blocks, and the text for notifications, search and screen readers."""

    text: str
    blocks: list[Block]


def draw_reply(reply: Reply, *, in_channel: bool = False) -> Drawn:
    """A reply with its buttons; in a channel it is shown to the asker alone, who may share it."""
    if reply.outcome is Outcome.ANSWERED:
        blocks = _answer(reply.citations, wording.confidence(reply.confidence or 0))
    elif reply.outcome is Outcome.POSSIBLE:
        lines = wording.numbered(reply.candidates)
        blocks = [b.section(wording.POSSIBLE), *(b.section(line) for line in lines[:SHOWN])]
    else:
        blocks = [b.section(reply.body)]
    if reply.notice:
        blocks.insert(0, b.context(reply.notice))
    if reply.trouble:
        blocks.append(b.context(reply.trouble))
    blocks += b.actions(_buttons(reply, in_channel))
    if reply.receipt:
        if reply.outcome in (Outcome.ANSWERED, Outcome.POSSIBLE):
            blocks.append(b.feedback(reply.receipt, said.GOOD, said.BAD))
        blocks.append(b.context(wording.RECEIPT.format(receipt=reply.receipt)))
    return Drawn(b.cut(b.escape(reply.text), b.FALLBACK), blocks)


def _answer(citations: Sequence[Citation], confidence: str) -> list[Block]:
    first, further = citations[0], citations[1:SHOWN]
    label = wording.QUOTED_FROM.get(first.status, wording.QUOTED)
    blocks = [
        b.markdown(f"{b.literal(label)}: **\\[1\\] {b.literal(b.cut(wording.source(first), 500))}**"),
        b.quote(first.quote),
        b.context(wording.standing(first)),
    ]
    if further:
        lines = [b.literal(b.cut(line, 500)) for line in wording.numbered(further, 2, first)]
        blocks.append(b.markdown("\n".join([f"**{b.literal(wording.SEE_ALSO)}**", "", "  \n".join(lines)])))
    return [*blocks, b.context(f"{confidence}.")]


def _buttons(reply: Reply, in_channel: bool) -> list[Block]:
    receipt = reply.receipt or ""
    buttons = []
    if receipt and reply.outcome is Outcome.ANSWERED:
        buttons.append(b.button(said.SHOW_PASSAGE, "show_passage", receipt))
        if in_channel:
            buttons.append(b.button(said.SHARE, "share", receipt))
    if receipt and reply.outcome is Outcome.POSSIBLE:
        for number, candidate in enumerate(reply.candidates[:SHOWN], 1):
            name = candidate.section or candidate.title
            buttons.append(b.button(f"{number}. {name}", f"pick_{number}", f"{receipt}|{number}"))
    if reply.join and reply.request:
        label = said.JOIN.format(reference=reply.join[0])
        buttons.append(b.button(label, "join", f"{reply.request}|{reply.join[0]}"))
    if reply.request:
        buttons.append(b.button(said.ADD_DETAIL, "add_detail", reply.request))
    elif receipt and reply.outcome in (Outcome.ANSWERED, Outcome.POSSIBLE, Outcome.DECLINED):
        buttons.append(b.button(said.ASK_HUB, "ask_hub", receipt))
    return buttons


def draw_shared(citations: Sequence[Citation], user: str, receipt: str) -> Drawn:
    """An answer that its asker shares with a channel."""
    told = [b.note(said.SHARED.format(user=user)), b.context(wording.RECEIPT.format(receipt=receipt))]
    first = citations[0]
    text = f"{wording.QUOTED}: {wording.source(first)}\n{first.quote}"
    blocks = [*_answer(citations, wording.standing(first))[:-1], *told]
    return Drawn(b.cut(b.escape(text), b.FALLBACK), blocks)


def draw_passage(citation: Citation, text: str) -> Block:
    """A whole passage in a dialog, however long."""
    whole = text or citation.quote
    parts = [whole[start : start + b.QUOTE] for start in range(0, len(whole), b.QUOTE)][: b.MOST_IN_VIEW - 2]
    blocks = [b.section(wording.source(citation)), *map(b.quote, parts), b.context(wording.standing(citation))]
    return b.modal("passage", said.SHOW_PASSAGE, blocks)


def draw_letter(reference: str, text: str, *, confirms: bool, asks: bool, channel: str = "") -> Drawn:
    """What the hub says to whoever asked; with buttons to confirm it, or to add what it asks for."""
    blocks = [b.section(text[start : start + b.SECTION]) for start in range(0, len(text), b.SECTION)][:20]
    if channel:
        blocks.append(b.note(said.ASKED_IN.format(channel=channel)))
    if confirms:
        blocks += b.actions(
            [
                b.button(said.HELPED, "helped", reference, style="primary"),
                b.button(said.NOT_YET, "not_yet", reference),
            ]
        )
    if asks:
        blocks += b.actions([b.button(said.ADD_DETAIL, "add_detail", reference, style="primary")])
    return Drawn(b.cut(b.escape(text), b.FALLBACK), blocks)


def draw_card(request: Request, advice_state: str = "") -> Drawn:
    """A request in the hub's channel, as it stands now."""
    state = wording.state_and_holder(request)
    blocks: list[Block] = [
        b.header(f"{request.reference} · {request.state.value}"),
        b.quote(request.question),
        *(b.context(fact) for fact in wording.card_facts(request)),
    ]
    if request.found:
        found = (f"{one.similarity:.2f} {wording.source(one)}" for one in request.found[:3])
        blocks.append(b.context("Found: " + "; ".join(b.cut(line, 200) for line in found)))
    replies = [message.text for message in request.messages if message.kind is MessageKind.REPLY]
    for message in request.messages[-MOST_SAID:]:
        blocks += [b.context(said.SAID[message.kind.value].format(author=message.author)), b.quote(message.text)]
    blocks += b.actions(_card_buttons(request, has_reply=bool(replies), advice_state=advice_state))
    blocks.append(b.context(said.CARD_HELP))
    return Drawn(b.cut(b.escape(f"{request.reference} ({state}): {request.question}"), b.FALLBACK), blocks)


def _card_buttons(request: Request, *, has_reply: bool, advice_state: str) -> list[Block]:
    reference, buttons = request.reference, []
    if request.state in (RequestState.OPEN, RequestState.REOPENED):
        buttons.append(b.button(said.CLAIM, "claim", reference, style="primary"))
    if request.state is RequestState.CLAIMED:
        buttons.append(b.button(said.RELEASE, "release", reference))
    if request.state in WAITS or request.state is RequestState.REPLIED:
        buttons.append(b.button(said.REPLY, "reply", reference))
        buttons.append(b.button(said.NOTE, "note", reference))
        buttons.append(b.button(said.CLOSE, "close", reference))
    if request.state in WAITS:
        buttons.append(b.button(said.ASK_MORE, "ask_more", reference))
    if has_reply and advice_state != "proposed":
        buttons.append(b.button(said.PROMOTE, "promote", reference))
    if advice_state == "proposed":
        buttons.append(b.button(said.APPROVE, "approve", reference, confirm=said.APPROVED.format(actor="You")))
    return buttons


def draw_one_text(name: str, title: str, label: str, data: str, *, initial: str = "", submit: str = "") -> Block:
    """A dialog with one field."""
    field = b.text_input("text", label, initial=initial)
    return b.modal(name, title, [field], submit=submit or said.FORM_SUBMIT, data=data)


def draw_feedback(data: str) -> Block:
    """Asking what is wrong with a reply."""
    blocks = [
        b.text_input("text", said.FEEDBACK_LABEL),
        b.tick("hub", said.ASK_HUB, said.FEEDBACK_HUB),
    ]
    return b.modal("feedback", said.FEEDBACK_TITLE, blocks, submit=said.FORM_SUBMIT, data=data)


def draw_close(reference: str) -> Block:
    """Asking how a request ended."""
    return b.modal(
        "close", said.CLOSE, [b.choice("outcome", said.CLOSE_LABEL, said.OUTCOMES)], submit=said.CLOSE, data=reference
    )


def draw_promote(request: Request, text: str, owner: str) -> Block:
    """Editing a reply that is to become advice."""
    blocks = [
        b.text_input("question", said.PROMOTE_QUESTION, initial=request.question, many_lines=False),
        b.text_input("text", said.PROMOTE_TEXT, initial=text),
        b.text_input("owner", said.PROMOTE_OWNER, initial=owner, many_lines=False),
    ]
    return b.modal("promote", said.PROMOTE, blocks, submit=said.PROMOTE, data=request.reference)


def draw_form() -> Block:
    """The form for a problem or an inefficiency: one screen."""
    fields = [
        b.text_input(name, label, many_lines=name in ("what", "good", "tried"), optional=name != "what")
        for name, label in FIELDS.items()
    ]
    themes = {theme: theme.replace("_", " ") for theme in THEMES}
    blocks = [
        b.choice("kind", said.KIND_LABEL, said.KINDS),
        *fields,
        b.choice("theme", said.THEME_LABEL, themes, optional=True),
    ]
    return b.modal("form", said.FORM_TITLE, blocks, submit=said.FORM_SUBMIT)


def draw_home(home: Overview) -> Block:
    """The home tab."""
    blocks = [b.header(said.HOME_MINE)]
    blocks += [block for request in home.mine[:MOST_OWN] for block in _own(request)] or [b.section(said.HOME_NOTHING)]
    if home.queue is not None:
        blocks += [b.divider(), b.header(said.HOME_QUEUE)]
        queued = [block for request in home.queue[:MOST_QUEUED] for block in _queued(request)]
        blocks += queued or [b.section(said.HOME_QUEUE_EMPTY)]
    if home.library is not None:
        blocks += [b.divider(), b.header(said.HOME_LIBRARY), b.section(home.library)]
        if home.paused is not None:
            blocks.append(b.section(said.HOME_PAUSED.format(why=home.paused)))
            blocks += b.actions([b.button(said.RESUME, "resume", "answers", style="primary")])
        else:
            sure = "Questions still reach the hub, and nothing is quoted."
            blocks += b.actions([b.button(said.PAUSE, "pause", "answers", style="danger", confirm=sure)])
    return {"type": "home", "blocks": blocks[: b.MOST_IN_VIEW]}


def _own(request: Request) -> list[Block]:
    reference = request.reference
    buttons = []
    if request.state in WAITS:
        buttons.append(b.button(said.ADD_DETAIL, "add_detail", reference))
    if request.state in (RequestState.OPEN, RequestState.REOPENED, RequestState.CLAIMED):
        buttons.append(b.button(said.WITHDRAW, "withdraw", reference, confirm=f"{said.WITHDRAW} {reference}?"))
    if request.state is RequestState.REPLIED:
        buttons += [b.button(said.HELPED, "helped", reference), b.button(said.NOT_YET, "not_yet", reference)]
    return [b.section(wording.own_request(request)), *b.actions(buttons)]


def _queued(request: Request) -> list[Block]:
    return [
        b.section(wording.handover_line(request, request.opened_at).removeprefix("- ")),
        *b.actions(_card_buttons(request, has_reply=False, advice_state="")[:4]),
    ]
