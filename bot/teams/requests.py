"""The hub's side, drawn for Teams: a request's card, and the dialogs in which it is worked on."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from bot import wording
from bot.domain.requests import WAITS, MessageKind, Request, RequestState
from bot.queue.intake import FIELDS, THEMES
from bot.teams import parts as c
from bot.teams import wording as said
from bot.teams.parts import Element

MOST_SAID = 5
"""Of what was said about a request, in its card."""
MOST_REFRESHED = 60
"""People whose view Teams refreshes by itself: its own limit."""
ASKED, SAID = 3000, 1500
"""Characters of the question, and of one thing that was said."""


def draw_card(request: Request, advice_state: str = "", *, staff: Sequence[str] = (), for_hub: bool = False) -> Element:
    """A request as it stands now; the buttons are only in the hub's own view of it.

    `staff` are the accounts for whom Teams fetches that view by itself; others of the hub press "Show actions".
    """
    return c.fitted(lambda room: _card(request, advice_state, staff, room, for_hub=for_hub))


def _card(request: Request, advice_state: str, staff: Sequence[str], room: float, *, for_hub: bool) -> Element:
    head = f"{request.reference} · {request.state.value}"
    body = [c.label(head, weight="Bolder", size="Large"), c.quote(request.question, int(ASKED * room))]
    body += [line for fact in wording.card_facts(request) for line in c.small(c.cut(fact, int(c.LINE * room)))]
    if request.found:
        found = (f"{one.similarity:.2f} {wording.source(one)}" for one in request.found[:3])
        body += c.small("Found: " + "; ".join(c.cut(line, int(200 * room)) for line in found))
    for message in request.messages[-MOST_SAID:]:
        body += c.small(said.SAID[message.kind.value].format(author=c.cut(message.author, 100)))
        body.append(c.quote(message.text, int(SAID * room)))
    has_reply = any(message.kind is MessageKind.REPLY for message in request.messages)
    data = {"step": "refresh", "about": request.reference}
    refresh = {"action": {"type": "Action.Execute", "title": said.SHOW_ACTIONS, "verb": "refresh", "data": data}}
    if for_hub:
        body += c.buttons(card_buttons(request, has_reply=has_reply, advice_state=advice_state))
        body += c.small(said.CARD_HELP_MENTION)
    else:
        body += c.buttons([c.execute(said.SHOW_ACTIONS, "refresh", about=request.reference)])
    drawn = c.card(body)
    if staff:
        drawn["refresh"] = {**refresh, "userIds": list(staff[:MOST_REFRESHED])}
    return drawn


def card_buttons(request: Request, *, has_reply: bool, advice_state: str, home: bool = False) -> list[Element]:
    """What can be done with a request in its state."""
    about, actions = request.reference, []
    where: dict[str, Any] = {"about": about, "home": True} if home else {"about": about}
    if request.state in (RequestState.OPEN, RequestState.REOPENED):
        actions.append(c.execute(said.CLAIM, "claim", style="positive", **where))
    if request.state is RequestState.CLAIMED:
        actions.append(c.execute(said.RELEASE, "release", **where))
    if request.state in WAITS or request.state is RequestState.REPLIED:
        actions.append(c.opens(said.REPLY, "reply", about=about))
        actions.append(c.opens(said.NOTE, "note", about=about))
        actions.append(c.opens(said.CLOSE, "close", about=about))
    if request.state in WAITS:
        actions.append(c.opens(said.ASK_MORE, "ask_more", about=about))
    if has_reply and advice_state != "proposed":
        actions.append(c.opens(said.PROMOTE, "promote", about=about))
    if advice_state == "proposed":
        actions.append(c.opens(said.APPROVE, "approve", about=about))
    return actions


def draw_one_text(step: str, title: str, label: str, about: str, *, initial: str = "", error: str = "") -> Element:
    """A dialog with one field; each is sent once, however often Teams brings it."""
    send = said.KEEP if step == "note" else said.SEND
    return _dialog(step, [c.text_input("text", label, initial=initial)], send, error, about=about)


def draw_close(about: str, *, error: str = "") -> Element:
    """Asking how a request ended."""
    return _dialog("close", [c.choice("outcome", said.CLOSE_LABEL, said.OUTCOMES)], said.CLOSE, error, about=about)


def draw_promote(request: Request, text: str, owner: str, *, error: str = "") -> Element:
    """Editing a reply that is to become advice."""
    short: dict[str, Any] = {"many_lines": False, "most": c.SHORT_INPUT}
    fits = len(text) <= c.INPUT
    fields = [
        c.text_input("question", said.PROMOTE_QUESTION, initial=request.question, **short),
        c.text_input("text", said.PROMOTE_TEXT, initial=text) if fits else c.label(said.PROMOTE_LONG),
        c.text_input("owner", said.PROMOTE_OWNER, initial=owner, **short),
    ]
    return _dialog("promote", fields, said.PROMOTE, error, about=request.reference)


def draw_approve(about: str, question: str, text: str, owner: str, *, error: str = "") -> Element:
    """Advice as officers will see it, to be approved by somebody else than whoever proposed it."""
    quoted = f"{wording.QUOTED_FROM['hub_advice']} · {owner}"
    fields = [*c.said(question, c.LINE, weight="Bolder"), c.quote(text, 5000), *c.small(c.cut(quoted, c.LINE))]
    return _dialog("approve", fields, said.APPROVE, error, about=about)


def draw_feedback(receipt: str, *, error: str = "") -> Element:
    """Asking what is wrong with a reply."""
    fields = [
        c.text_input("text", said.FEEDBACK_LABEL, needed=False),
        c.tick("hub", said.FEEDBACK_HUB),
    ]
    return _dialog("feedback", fields, said.FORM_SUBMIT, error, receipt=receipt)


def draw_form(given: Mapping[str, object], *, error: str = "", in_chat: bool = False) -> Element:
    """The form for a problem or an inefficiency: one screen, with what was filled in before; a dialog, or in a chat."""
    filled = {name: str(value) for name, value in given.items()}
    fields = [c.choice("kind", said.KIND_LABEL, said.KINDS, initial=filled.get("kind", ""))]
    for name, label in FIELDS.items():
        many_lines, initial = name in ("what", "good", "tried"), filled.get(name, "")
        what = name == "what"
        most = c.INPUT if what else c.SHORT_INPUT
        fields.append(c.text_input(name, label, initial=initial, many_lines=many_lines, needed=what, most=most))
    themes = {theme: theme.replace("_", " ") for theme in THEMES}
    fields.append(c.choice("theme", said.THEME_LABEL, themes, needed=False, initial=filled.get("theme", "")))
    return _dialog("form", fields, said.FORM_SUBMIT, error, in_chat=in_chat)


def draw_about(text: str, *, error: str = "") -> Element:
    """A message that is to be handed to the hub, to be looked at first."""
    return _dialog("about", [c.text_input("text", said.ABOUT_LABEL, initial=text)], said.FORM_SUBMIT, error)


def _dialog(
    step: str, fields: Sequence[Element], send: str, error: str, *, in_chat: bool = False, **data: str
) -> Element:
    told = c.said(error, c.LINE, weight="Bolder", color="Attention") if error else []
    sends = c.execute if in_chat else c.submit
    return c.card([*told, *fields], [sends(send, step, nonce=secrets.token_hex(8), **data)])
