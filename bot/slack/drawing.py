"""Whatever can be shown, drawn for Slack."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot import wording
from bot.domain.messages import Outcome
from bot.edges import layout
from bot.edges.forms import Field, Form, Kind
from bot.edges.layout import Part
from bot.edges.shown import Answer, Card, Home, Line, Note, Offer, Row, SharedAnswer, Shown, Whole
from bot.slack import blocks as b
from bot.slack import wording as said
from bot.slack.blocks import Block
from bot.slack.places import Spot

MOST_SAID = 5
"""Of what was said about a request, in its card."""
MOST_OWN, MOST_QUEUED = 10, 15
"""Requests in the home tab."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message: blocks, and the whole text for notifications, search, screen readers, and where blocks fail."""

    text: str
    blocks: list[Block]


def draw(shown: Shown) -> Drawn:
    """A message."""
    text, blocks = _DRAW[type(shown)](shown)
    return Drawn(b.escape(text if text.strip() else wording.NAME), blocks[: b.MOST_BLOCKS])


def _line(line: Line) -> tuple[str, list[Block]]:
    return line.text, [*b.sections(line.text), *buttons(line.offers)]


def _answer(answer: Answer) -> tuple[str, list[Block]]:
    reply = answer.reply
    parts = layout.parts_of(reply)
    loud = reply.outcome is Outcome.URGENT
    blocks = [block for part in parts for block in (_loud(part) if loud else _part(part))]
    if answer.feedback and reply.receipt:
        blocks.append(b.feedback(reply.receipt, said.GOOD, said.BAD))
    # the buttons stand above the small print
    receipt = [blocks.pop(-2 if answer.feedback else -1)] if reply.receipt else []
    at = len(blocks) - (1 if answer.feedback and reply.receipt else 0)
    text = layout.text_of(parts) if reply.citations else reply.text  # a locked screen shows how it begins
    return text, [*blocks[:at], *buttons(answer.offers), *blocks[at:], *receipt]


def _loud(part: Part) -> list[Block]:
    """Of an emergency: what to do, in bold."""
    if isinstance(part, layout.Said):
        lines = [f"**{b.literal(line)}**" for line in part.text.splitlines() if line.strip()]
        return [b.markdown("\n".join(lines))] if lines else []
    return _part(part)


def _part(part: Part) -> list[Block]:
    if isinstance(part, layout.Quoted):
        return [
            *b.quotes(part.rest, part.answer, part.before),
            b.source(part.source, part.citation.link, said.OPEN_GUIDANCE),
        ]
    if isinstance(part, layout.Listed):
        line = b.section(b.cut(f"[{part.number}] {part.source}", 1000))
        return [line, b.quote(part.best)] if part.best else [line]
    if isinstance(part, layout.Head):
        return [b.markdown(f"**{b.literal(part.text)}**")]
    return [b.context(part.text)] if isinstance(part, layout.Small) else b.sections(part.text)


def _shared(shared: SharedAnswer) -> tuple[str, list[Block]]:
    parts = layout.answer_parts(shared.citations)
    told = [b.note(said.SHARED.format(user=shared.person)), b.context(wording.RECEIPT.format(receipt=shared.receipt))]
    return layout.text_of(parts), [*(block for part in parts for block in _part(part)), *told]


def _note(note: Note) -> tuple[str, list[Block]]:
    blocks = b.sections(note.text)
    if note.asked_in:
        line = said.ASKED_IN.format(channel=Spot.of(note.asked_in).channel)
        blocks.append(b.note(f"{line} <{b.escape(note.link)}|{said.OPEN_THREAD}>" if note.link else line))
    return note.text, [*blocks, *buttons(note.offers)]


def _card(card: Card) -> tuple[str, list[Block]]:
    request = card.request
    blocks: list[Block] = [
        b.header(f"{request.reference} · {request.state.value}"),
        *b.quotes(request.question),
        *(b.context(fact) for fact in wording.card_facts(request)),
    ]
    if card.found:
        found = (f"{one.similarity:.2f} {wording.source(one)}" for one in card.found[:3])
        blocks.append(b.context("Found: " + "; ".join(b.cut(line, 200) for line in found)))
    if card.hidden:
        blocks.append(b.context(said.MORE_FOUND.format(count=card.hidden)))
    for message in request.messages[-MOST_SAID:]:
        blocks += [b.context(said.SAID[message.kind.value].format(author=message.author)), b.quote(message.text)]
    text = f"{request.reference} ({wording.state_and_holder(request)}): {request.question}"
    return text, [*blocks, *buttons(card.offers), b.context(said.CARD_HELP)]


def _home(home: Home) -> tuple[str, list[Block]]:
    blocks = home_blocks(home, MOST_OWN // 2, MOST_QUEUED // 3)
    return home.told or said.HOME_MINE, blocks


def home_blocks(home: Home, own: int = MOST_OWN, queued: int = MOST_QUEUED) -> list[Block]:
    """A person's own requests, the queue and the library."""
    blocks = b.sections(home.told) if home.told else []
    blocks += [b.header(said.HOME_MINE), *(_rows(home.mine[:own]) or [b.section(said.HOME_NOTHING)])]
    if home.queue is not None:
        rows = _rows(home.queue[:queued]) or [b.section(said.HOME_QUEUE_EMPTY)]
        blocks += [b.divider(), b.header(said.HOME_QUEUE), *rows]
    if home.library is not None:
        blocks += [b.divider(), b.header(said.HOME_LIBRARY), *_rows([home.library])]
    return blocks


def _rows(rows: Sequence[Row]) -> list[Block]:
    return [block for row in rows for block in (b.section(row.text), *buttons(row.offers))]


_DRAW: dict[type[Any], Callable[[Any], tuple[str, list[Block]]]] = {
    Line: _line,
    Answer: _answer,
    SharedAnswer: _shared,
    Note: _note,
    Card: _card,
    Home: _home,
}


def buttons(offers: Iterable[Offer]) -> list[Block]:
    """A row of buttons; the same step twice has two names."""
    found: list[Block] = []
    for offer in offers:
        name = offer.step if all(one["action_id"] != offer.step for one in found) else f"{offer.step}.{len(found)}"
        found.append(b.button(offer.label, name, carried(offer), style=offer.style.value, confirm=offer.sure))
    return b.actions(found)


def carried(offer: Offer) -> str:
    """What comes back when a button is pressed: what it is about, and the fields where it has some."""
    if not offer.fields:
        return offer.about
    return json.dumps({"about": offer.about, **offer.fields}, ensure_ascii=False)


def draw_home(home: Home) -> Block:
    """The home tab."""
    return {"type": "home", "blocks": home_blocks(home)[: b.MOST_IN_VIEW]}


def draw_whole(whole: Whole) -> Block:
    """A whole passage in a dialog, however long."""
    parts = [whole.text[start : start + b.QUOTE] for start in range(0, len(whole.text), b.QUOTE)]
    shown = parts[: b.MOST_IN_VIEW - 3]
    blocks = [b.section(wording.source(whole.citation)), *map(b.quote, shown)]
    if len(shown) < len(parts):
        blocks.append(b.context(said.PASSAGE_GOES_ON))
    return b.modal("passage", said.SHOW_PASSAGE, [*blocks, b.context(wording.standing(whole.citation))])


def draw_told(title: str, text: str, offers: Sequence[Offer] = ()) -> Block:
    """A dialog that says what became of it."""
    return b.modal("told", title, [*b.sections(text), *buttons(offers)])


def draw_form(form: Form, place: str) -> Block:
    """A dialog to be filled in; `place` is where its button was pressed."""
    blocks = [*(b.sections(form.error) if form.error else []), *map(_field, form.fields)]
    data = json.dumps({"about": form.about, "place": place, "hidden": dict(form.hidden), "nonce": form.nonce})
    return b.modal(form.step, form.title, blocks, submit=form.send, data=data)


def _field(field: Field) -> Block:
    if field.kind is Kind.CHOICE:
        return b.choice(field.name, field.label, field.options, initial=field.initial, optional=not field.needed)
    if field.kind is Kind.TICK:
        return b.tick(field.name, field.label, ticked=bool(field.initial))
    if field.kind is Kind.QUOTE:
        return b.quote(field.label)
    if field.kind in (Kind.HEAD, Kind.SMALL):
        return b.section(field.label) if field.kind is Kind.HEAD else b.context(field.label)
    many, optional = field.kind is Kind.TEXT, not field.needed
    return b.text_input(
        field.name, field.label, initial=field.initial, many_lines=many, optional=optional, most=field.most
    )
