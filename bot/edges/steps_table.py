"""The table of all that can be done: what each step is called, who may take it, when it is offered, what it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.proposals import AdviceState
from bot.domain.requests import WAITS, MessageKind, Request
from bot.domain.requests import RequestState as S
from bot.edges.shown import Style
from bot.wording import labels


class Who(StrEnum):
    """Who may take a step; the core checks it again when it is taken."""

    ANYONE = "anyone"
    ASKER = "asker"
    """Whoever asked the request; the hub may too."""
    HUB = "hub"
    APPROVER = "approver"
    """Hub staff, and not the one who proposed it."""
    SWITCHER = "switcher"


def _always(request: Request, advice: str) -> bool:
    return True


def _in(*states: S) -> Callable[[Request, str], bool]:
    return lambda request, advice: request.state in states


def _has_reply(request: Request, advice: str) -> bool:
    replied = any(one.kind is MessageKind.REPLY for one in request.messages)
    return replied and advice != AdviceState.PROPOSED


def _is_proposed(request: Request, advice: str) -> bool:
    return advice == AdviceState.PROPOSED


def _never(request: Request, advice: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Step:
    """One row."""

    name: str
    label: str
    who: Who
    is_offered: Callable[[Request, str], bool] = _never
    """Whether it stands beside a request; the rest is offered elsewhere."""
    form: str = ""
    """The form that asks for more first; empty where it is done at once."""
    style: Style = Style.PLAIN
    on_card: bool = False
    """Whether the request's card shows that it was done."""
    once_each: bool = False
    """Whether one person does it once with one thing, however often they press."""


_ROWS = (
    Step("claim", labels.CLAIM, Who.HUB, _in(S.OPEN, S.REOPENED, S.UNRESOLVED), style=Style.PRIMARY, on_card=True),
    Step("release", labels.RELEASE, Who.HUB, _in(S.CLAIMED), on_card=True),
    Step("reply", labels.REPLY, Who.HUB, _in(*WAITS, S.REPLIED), "reply", on_card=True),
    Step("note", labels.NOTE, Who.HUB, _in(*WAITS, S.REPLIED), "note", on_card=True),
    Step("close", labels.CLOSE, Who.HUB, _in(*WAITS, S.REPLIED), "close", on_card=True),
    Step("dismiss", labels.DISMISS, Who.HUB, _in(S.UNRESOLVED), on_card=True),
    Step("ask_more", labels.ASK_MORE, Who.HUB, _in(*WAITS), "ask_more", on_card=True),
    Step("promote", labels.PROMOTE, Who.HUB, _has_reply, "promote", on_card=True),
    Step("approve", labels.APPROVE, Who.APPROVER, _is_proposed, "approve", on_card=True),
    Step("take_over", labels.TAKE_OVER, Who.HUB, on_card=True),
    Step("add_detail", labels.ADD_DETAIL, Who.ASKER, _in(*WAITS), "add_detail"),
    Step("withdraw", labels.WITHDRAW, Who.ASKER, _in(*WAITS)),
    Step("helped", labels.HELPED, Who.ASKER, _in(S.REPLIED), style=Style.PRIMARY),
    Step("not_yet", labels.NOT_YET, Who.ASKER, _in(S.REPLIED)),
    Step("join", labels.JOIN, Who.ASKER),
    Step("passage", labels.SHOW_PASSAGE, Who.ANYONE),
    Step("share", labels.SHARE, Who.ANYONE, once_each=True),
    Step("ask_hub", labels.ASK_HUB, Who.ANYONE, once_each=True),
    Step("ask", labels.ASK_HUB, Who.ANYONE),
    Step("good", labels.GOOD, Who.ANYONE),
    Step("saved", labels.SAVED, Who.ANYONE),
    Step("feedback", labels.BAD, Who.ANYONE, form="feedback"),
    Step("form", labels.FORM_TITLE, Who.ANYONE, form="form"),
    Step("show_answer", labels.SHOW_ANSWER, Who.ASKER, style=Style.PRIMARY),
    Step("show_letter", labels.SHOW_LETTER, Who.ANYONE, style=Style.PRIMARY),
    Step("about", labels.ABOUT_TITLE, Who.ANYONE, form="about"),
    Step("home", labels.HOME_MINE, Who.ANYONE),
    Step("pause", labels.PAUSE, Who.SWITCHER, style=Style.DANGER),
    Step("resume", labels.RESUME, Who.SWITCHER, style=Style.PRIMARY),
)
STEPS = {step.name: step for step in _ROWS}
"""By name, in the order in which they are offered."""
