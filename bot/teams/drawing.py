"""Whatever can be shown, drawn for Teams."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot import wording
from bot.domain.messages import Outcome
from bot.edges import layout
from bot.edges.layout import Part
from bot.edges.shown import Answer, Card, Home, Line, Note, Offer, Row, SharedAnswer, Shown, Whole
from bot.teams import parts as c
from bot.teams import wording as said
from bot.teams.activities import Message, message, paragraphs, plain, with_citations, with_feedback
from bot.teams.parts import Element, offered
from bot.teams.requests import draw_card

QUOTED, LINE = 6000, 600
"""Characters of a quote in a message (the rest is behind "Show passage"), and of a source."""
SHORTEST = 200
"""Characters that are left to the rest of a quote beside a very long answering sentence."""
PART = 4000
"""Characters of a passage in one dialog."""
MOST_OWN, MOST_QUEUED = 8, 12
"""Requests in one card."""
Labels = Mapping[str, str]
"""Ids of sensitivity labels by marking."""


def draw(shown: Shown, labels: Labels, *, staff: Sequence[str] = ()) -> Message:
    """A message; `staff` are the accounts of hub staff who see a card with its buttons."""
    if isinstance(shown, Card):
        return {**message("", draw_card(shown, staff=staff)), "summary": shown.request.reference}
    if isinstance(shown, Home):
        return {**message("", draw_home(shown)), "summary": said.HOME_MINE}
    return c.fitted(lambda room: _DRAW[type(shown)](shown, labels, room))


def _line(line: Line, labels: Labels, room: float) -> Message:
    cards = [c.card([], offered(line.offers))] if line.offers else []
    return plain(line.text, *cards)


def _note(note: Note, labels: Labels, room: float) -> Message:
    told = f"{note.text}\n\n{said.ASKED_IN_CHANNEL}" if note.asked_in else note.text
    cards = [c.card(c.small(note.reference), offered(note.offers))] if note.offers else []
    return plain(told, *cards)


def _answer(answer: Answer, labels: Labels, room: float) -> Message:
    reply, parts = answer.reply, layout.parts_of(answer.reply)
    actions = offered(answer.offers)
    # with buttons the receipt stands beside them
    receipt = [parts.pop()] if reply.receipt and actions else []
    cards = [c.card([part for one in receipt for part in c.small(_plain(one))], actions)] if actions else []
    text = _urgent(parts) if reply.outcome is Outcome.URGENT else _text(parts, room)
    drawn = message(text, *cards, room=room)
    if reply.outcome in (Outcome.ANSWERED, Outcome.POSSIBLE):
        cited = reply.citations[: layout.SHOWN] or reply.candidates[: layout.POSSIBLE]
        drawn = with_citations(drawn, cited, labels, room=room)
    return with_feedback(drawn) if answer.feedback else drawn


def _shared(shared: SharedAnswer, labels: Labels, room: float) -> Message:
    told = [said.SHARED.format(name=c.literal(c.cut(shared.name, 100))), wording.RECEIPT.format(receipt=shared.receipt)]
    text = "\n\n".join([_text(layout.answer_parts(shared.citations), room), *told])
    return with_citations(message(text, room=room), shared.citations[: layout.SHOWN], labels, room=room)


_DRAW: dict[type[Any], Callable[[Any, Labels, float], Message]] = {
    Line: _line,
    Note: _note,
    Answer: _answer,
    SharedAnswer: _shared,
}


def _text(parts: Sequence[Part], room: float) -> str:
    """Every part; several quotes share the room of one, so that none is cut off before its source."""
    quotes = sum(isinstance(part, layout.Quoted) for part in parts)
    return "\n\n".join(_words(part, room / max(1, quotes)) for part in parts)


def _urgent(parts: Sequence[Part]) -> str:
    """What to do in an emergency, in bold, line by line."""
    lines = [line for part in parts if isinstance(part, layout.Said) for line in part.text.splitlines() if line.strip()]
    return "\n\n".join([*(f"**{c.literal(line)}**" for line in lines), *(_plain(one) for one in parts if _plain(one))])


def _words(part: Part, room: float) -> str:
    if isinstance(part, layout.Quoted):
        most = int(QUOTED * room)
        before, answer = quoted(part.before), quoted(part.answer, most, bold=True)
        # together they leave room for the source: a quote never stands without it
        rest = quoted(part.rest, max(most - len(before) - len(answer), SHORTEST)) if part.rest else ""
        return "\n\n".join(filter(None, [before, answer, rest, _numbered(part, room)]))
    if isinstance(part, layout.Listed):
        line = f"[{part.number}] {c.literal_within(part.source, int(LINE * room))}"
        return f"{line}\n\n{quoted(part.best, int(1000 * room))}" if part.best else line
    if isinstance(part, layout.Head):
        return f"**{c.literal(part.text)}**"
    return paragraphs(part.text)


def _plain(part: Part) -> str:
    return part.text if isinstance(part, layout.Small) else ""


def _numbered(part: layout.Quoted, room: float) -> str:
    """The source, with its number as Teams links it to the citation."""
    mark = f"[{part.number}]"
    before, _, after = part.source.partition(mark)
    return f"{before}{mark}{c.literal_within(after, int(LINE * room))}"


def quoted(text: str, most: int = QUOTED, *, bold: bool = False) -> str:
    """A quote, word for word, set apart; empty for none."""
    if not text.strip():
        return ""
    lines = c.literal_within(text, most).split("\n")
    around = "**" if bold else ""
    return "\n".join(f"> {around}{line.strip() if bold else line}{around}" if line.strip() else ">" for line in lines)


def draw_done(text: str, offers: Sequence[Offer] = ()) -> Element:
    """In place of the buttons that were pressed: what became of it."""
    return c.card(c.said(text), offered(offers))


def draw_whole(whole: Whole, part: int) -> Element:
    """A whole passage in a dialog, however long: in parts."""
    shown = whole.text[part * PART : (part + 1) * PART]
    body = [
        *c.said(wording.source(whole.citation), c.LINE, weight="Bolder"),
        c.quote(shown, PART),
        *c.small(c.cut(wording.standing(whole.citation), c.LINE)),
    ]
    if (part + 1) * PART >= len(whole.text):
        return c.card(body)
    where = {"about": whole.receipt, "number": str(whole.number), "part": str(part + 1)}
    return c.card(body, [c.submit(said.NEXT_PART, "passage", **where)])


def draw_home(home: Home) -> Element:
    """One's own requests, and more for the hub; above them what has just been done."""
    return c.fitted(lambda room: _home(home, room))


def _home(home: Home, room: float) -> Element:
    own, queued = max(1, int(MOST_OWN * room)), max(1, int(MOST_QUEUED * room))
    body = [
        *(c.said(home.told, c.LINE, weight="Bolder") if home.told else []),
        c.label(said.HOME_MINE, weight="Bolder", size="Medium"),
    ]
    body += _rows(home.mine[:own]) or [c.label(wording.NO_REQUESTS)]
    if home.queue is not None:
        body.append(c.label(said.HOME_QUEUE, weight="Bolder", size="Medium", separator=True))
        body += _rows(home.queue[:queued]) or [c.label(said.HOME_QUEUE_EMPTY)]
    if home.library is not None:
        body.append(c.label(said.HOME_LIBRARY, weight="Bolder", size="Medium", separator=True))
        body += _rows([home.library])
    return c.card(body)


def _rows(rows: Sequence[Row]) -> list[Element]:
    return [part for row in rows for part in (*c.said(row.text, c.LINE), *c.buttons(offered(row.offers, home=True)))]
