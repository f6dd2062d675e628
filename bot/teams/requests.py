"""The hub's card of a request, and the forms in which it is worked on, drawn for Teams."""

from __future__ import annotations

from collections.abc import Sequence

from bot import wording
from bot.edges.forms import Field, Form, Kind
from bot.edges.shown import Card
from bot.teams import parts as c
from bot.teams import wording as said
from bot.teams.parts import Element, offered

MOST_SAID = 5
"""Of what was said about a request, in its card."""
MOST_REFRESHED = 60
"""People whose view Teams refreshes by itself: its own limit."""
ASKED, SAID = 3000, 1500
"""Characters of the question, and of one thing that was said."""


def draw_card(card: Card, *, staff: Sequence[str] = (), for_hub: bool = False) -> Element:
    """A request as it stands now; the buttons are only in hub staff's own view of it.

    `staff` are the accounts for whom Teams fetches that view by itself; others of the hub press "Show actions".
    """
    return c.fitted(lambda room: _card(card, staff, room, for_hub=for_hub))


def _card(card: Card, staff: Sequence[str], room: float, *, for_hub: bool) -> Element:
    request = card.request
    head = f"{request.reference} · {request.state.value}"
    body = [c.label(head, weight="Bolder", size="Large"), c.quote(request.question, int(ASKED * room))]
    body += [line for fact in wording.card_facts(request) for line in c.small(c.cut(fact, int(c.LINE * room)))]
    if card.found:
        found = (f"{one.similarity:.2f} {wording.source(one)}" for one in card.found[:3])
        body += c.small("Found: " + "; ".join(c.cut(line, int(200 * room)) for line in found))
    if card.hidden:
        body += c.small(said.MORE_FOUND.format(count=card.hidden))
    for message in request.messages[-MOST_SAID:]:
        body += c.small(said.SAID[message.kind.value].format(author=c.cut(message.author, 100)))
        body.append(c.quote(message.text, int(SAID * room)))
    data = {"step": "refresh", "about": request.reference}
    refresh = {"action": {"type": "Action.Execute", "title": said.SHOW_ACTIONS, "verb": "refresh", "data": data}}
    if for_hub:
        body += [*c.buttons(offered(card.offers)), *c.small(said.CARD_HELP_MENTION)]
    else:
        body += c.buttons([c.execute(said.SHOW_ACTIONS, "refresh", about=request.reference)])
    drawn = c.card(body)
    if staff:
        drawn["refresh"] = {**refresh, "userIds": list(staff[:MOST_REFRESHED])}
    return drawn


def draw_form(form: Form, *, in_chat: bool = False) -> Element:
    """A form, in a dialog or in a chat; each is sent once, however often Teams brings it."""
    told = c.said(form.error, c.LINE, weight="Bolder", color="Attention") if form.error else []
    fields = [part for one in form.fields for part in _field(one)]
    sends = c.execute if in_chat else c.submit
    return c.card([*told, *fields], [sends(form.send, form.step, nonce=form.nonce, about=form.about, **form.hidden)])


def _field(field: Field) -> list[Element]:
    if field.kind is Kind.CHOICE:
        return [c.choice(field.name, field.label, field.options, needed=field.needed, initial=field.initial)]
    if field.kind is Kind.TICK:
        return [c.tick(field.name, field.label, ticked=bool(field.initial))]
    if field.kind is Kind.HEAD:
        return c.said(field.label, c.LINE, weight="Bolder")
    if field.kind is Kind.QUOTE:
        return [c.quote(field.label)]
    if field.kind is Kind.SMALL:
        return c.small(c.cut(field.label, c.LINE))
    many, most = field.kind is Kind.TEXT, max(field.most, len(field.initial))
    initial, needed = field.initial, field.needed
    return [c.text_input(field.name, field.label, initial=initial, many_lines=many, needed=needed, most=most)]
