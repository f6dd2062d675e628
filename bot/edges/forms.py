"""Forms as data: what a step asks before it is taken. Every edge draws the same fields in its own way."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot import wording
from bot.domain.messages import Viewer
from bot.domain.people import Action
from bot.domain.refusals import Refused
from bot.domain.requests import MessageKind, no_such_request
from bot.edges import deeds
from bot.edges.names import readable
from bot.edges.presses import Press
from bot.edges.steps_table import STEPS
from bot.queue.intake import FIELDS, THEMES
from bot.wording import labels

if TYPE_CHECKING:
    from bot.app import Hub

LONG, SHORT = 2900, 150
"""Characters of a field of many lines, and of one line: every platform takes so many."""
_MANY_LINES = ("what", "good", "tried")


class Kind(StrEnum):
    """What a field is."""

    TEXT = "text"
    LINE = "line"
    CHOICE = "choice"
    TICK = "tick"
    HEAD = "head"
    """Not filled in but read, as the next two: a heading,"""
    QUOTE = "quote"
    """words that will be shown to officers,"""
    SMALL = "small"
    """and small print."""


READ = (Kind.HEAD, Kind.QUOTE, Kind.SMALL)


@dataclass(frozen=True, slots=True)
class Field:
    """One field, or something to read."""

    name: str
    kind: Kind
    label: str
    initial: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    """Of a choice: value to label."""
    needed: bool = True
    most: int = LONG


@dataclass(frozen=True, slots=True)
class Form:
    """What a step asks."""

    step: str
    title: str
    send: str
    """On the button that sends it."""
    fields: tuple[Field, ...]
    about: str = ""
    hidden: Mapping[str, str] = field(default_factory=dict)
    """Sent back as it is."""
    error: str = ""
    """Why it has to be filled in again."""
    nonce: str = field(default_factory=lambda: secrets.token_hex(8))
    """Sent back as well: a form is taken once."""


def form_of(hub: Hub, press: Press, error: str = "") -> Form:
    """The form of a step, with what was filled in before.

    Raises:
        Refused: there is nothing to ask about, or the person may not do that; and RecordsError.
    """
    step = STEPS.get(press.step)
    if step is None or not step.form:
        raise Refused(labels.STRANGE_DIALOG)
    title, send, fields, hidden = _FORMS[step.form](hub, press)
    return Form(press.step, title, send, fields, press.about, hidden, error)


_Drawn = tuple[str, str, tuple[Field, ...], Mapping[str, str]]


def _one_text(title: str, label: str, send: str) -> Callable[[Hub, Press], _Drawn]:
    def draw(hub: Hub, press: Press) -> _Drawn:
        fields, hidden = _parts("text", label, press.text)
        return title.format(about=press.about), send, fields, hidden

    return draw


def _parts(name: str, label: str, text: str) -> tuple[tuple[Field, ...], Mapping[str, str]]:
    """A field, or as many as a long text needs: nothing of it is cut; what stood between two is hidden."""
    fields, hidden = [Field(name, Kind.TEXT, label)], {}
    parts = divided(text, LONG)
    for number, (between, part) in enumerate(parts, 1):
        if number > 1:
            hidden[f"between_{number}"] = between
        own = (name, label) if number == 1 else (f"{name}_{number}", f"{label} ({number})")
        fields[number - 1 :] = [Field(own[0], Kind.TEXT, own[1], part, needed=number == 1)]
    return tuple(fields), hidden


def divided(text: str, most: int) -> list[tuple[str, str]]:
    """A text in parts of at most so many characters, cut between lines or words; each with what stood before it."""
    parts, between = [], ""
    while len(text) > most:
        # between lines, or else between words, unless that would leave next to nothing in this part
        cut = next((at for sign in ("\n", " ") if (at := text.rfind(sign, most // 2, most)) > 0), most)
        gap = text[cut : cut + 1] if text[cut : cut + 1] in ("\n", " ") else ""
        parts.append((between, text[:cut]))
        text, between = text[cut + len(gap) :], gap
    return [*parts, (between, text)]


def _close(hub: Hub, press: Press) -> _Drawn:
    return labels.CLOSE, labels.CLOSE, (_choice("outcome", labels.CLOSE_LABEL, labels.OUTCOMES, press),), {}


def _choice(name: str, label: str, options: Mapping[str, str], press: Press, *, needed: bool = True) -> Field:
    return Field(name, Kind.CHOICE, label, press.fields.get(name, ""), options, needed)


def _promote(hub: Hub, press: Press) -> _Drawn:
    request = hub.office.look(press.actor, press.about)
    if request is None:
        raise no_such_request(press.about)
    replies = [one.text for one in request.messages if one.kind is MessageKind.REPLY]
    fields, hidden = _parts("text", labels.PROMOTE_TEXT, press.text or (replies[-1] if replies else ""))
    question = press.fields.get("question") or request.question
    known = readable(press.actor.name, hub.records.people)
    owner = press.fields.get("owner") or (known if known != press.actor.name else press.name or known)
    asked, owned = Field("question", Kind.LINE, labels.PROMOTE_QUESTION, question, most=LONG), labels.PROMOTE_OWNER
    shown = readable(owner, hub.records.people)
    return labels.PROMOTE, labels.PROMOTE, (asked, *fields, Field("owner", Kind.LINE, owned, shown, most=SHORT)), hidden


def _approve(hub: Hub, press: Press) -> _Drawn:
    """The advice as officers will read it: nobody approves what they have not seen."""
    hub.office.check(press.actor, Action.APPROVE)
    found = next((one for one in hub.records.advice.all() if one.reference == press.about), None)
    if found is None:
        raise no_such_request(press.about)
    owner = f"{wording.QUOTED_FROM['hub_advice']} · {readable(found.owner, hub.records.people)}"
    quotes = [Field("", Kind.QUOTE, part) for _, part in divided(found.text, LONG)]
    return labels.APPROVE, labels.APPROVE, (
        Field("", Kind.HEAD, found.question), *quotes, Field("", Kind.SMALL, owner),
    ), {}  # fmt: skip


def _feedback(hub: Hub, press: Press) -> _Drawn:
    fields, hidden = _parts("text", labels.FEEDBACK_LABEL, press.text)
    text = Field("text", Kind.TEXT, fields[0].label, fields[0].initial, needed=False)
    return (
        labels.FEEDBACK_TITLE,
        labels.FORM_SUBMIT,
        (text, Field("hub", Kind.TICK, labels.FEEDBACK_HUB, "yes")),
        hidden,
    )


def _form(hub: Hub, press: Press) -> _Drawn:
    asked = [
        Field(name, Kind.TEXT if name in _MANY_LINES else Kind.LINE, label, press.fields.get(name, ""),
              needed=name == "what", most=LONG if name in _MANY_LINES else SHORT)
        for name, label in FIELDS.items()
    ]  # fmt: skip
    themes = {theme: theme.replace("_", " ") for theme in THEMES}
    kind = _choice("kind", labels.KIND_LABEL, labels.KINDS, press)
    theme = _choice("theme", labels.THEME_LABEL, themes, press, needed=False)
    return labels.FORM_TITLE, labels.FORM_SUBMIT, (kind, *asked, theme), {}


def _reply(hub: Hub, press: Press) -> _Drawn:
    """A reply; begun with what one of the nearest passages says, where hub staff chose one to start from."""
    text = press.text or _passage_to_start_from(hub, press)
    fields, hidden = _parts("text", labels.REPLY_LABEL, text)
    return labels.REPLY_TITLE.format(about=press.about), labels.SEND, fields, hidden


def _passage_to_start_from(hub: Hub, press: Press) -> str:
    """The passage word for word with its source; nothing where none was chosen.

    Refused above the asker's ceiling, and where it is for some only: all of the hub read what the hub replies.
    """
    number = press.fields.get("start", "")
    if not number.isdecimal():
        return ""
    hub.office.check(press.actor, Action.WORK_REQUESTS)
    request = hub.records.request(press.about)
    if request is None or not 1 <= int(number) <= len(request.found):
        return ""
    chosen = request.found[int(number) - 1]
    deeds.check_may_see(hub, Viewer(request.place), [chosen])
    return labels.START_OF_REPLY.format(quote=chosen.quote, source=wording.source(chosen))


_FORMS: Mapping[str, Callable[[Hub, Press], _Drawn]] = {
    "reply": _reply,
    "ask_more": _one_text(labels.ASK_MORE, labels.ASK_MORE_LABEL, labels.SEND),
    "note": _one_text(labels.NOTE, labels.NOTE_LABEL, labels.KEEP),
    "add_detail": _one_text(labels.DETAIL_TITLE, labels.DETAIL_LABEL, labels.SEND),
    "about": _one_text(labels.ABOUT_TITLE, labels.ABOUT_LABEL, labels.FORM_SUBMIT),
    "close": _close,
    "promote": _promote,
    "approve": _approve,
    "feedback": _feedback,
    "form": _form,
}
