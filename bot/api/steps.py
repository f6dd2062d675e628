"""Steps of the counter's table by their names, and a request as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Path

from bot.api.calls import Call
from bot.api.problems import Problem
from bot.domain.requests import Request
from bot.edges.presses import Press
from bot.edges.steps_table import STEPS, Who

Reference = Annotated[str, Path(max_length=20, description="PF-0042")]
StepName = Annotated[str, Path(max_length=40, description="A step's name: claim, reply, close, add_detail, helped …")]


def take(call: Call, step: str, about: str, fields: Mapping[str, str], key: str) -> dict[str, Any]:
    """Take a step at the counter; Problem where it cannot be taken, with the remedy."""
    nonce = f"{call.client.name}:{key}" if key else ""
    press = Press(step, call.actor, call.place, about, fields, nonce, call.client.person)
    done = call.service.steps.attempt(press)
    if not done.good:
        raise Problem(409, done.told)
    return {"told": done.told, "request": shown(call, done.request) if done.request else None}


def shown(call: Call, request: Request) -> dict[str, Any]:
    """A request, without passages that may not be shown to them there."""
    return dict(call.hub.as_seen(request, call.viewer).as_json())


def known(step: str, *who: Who) -> None:
    """Problem where there is no such step for them; it names those that there are."""
    if step not in STEPS or STEPS[step].who not in who:
        names = ", ".join(name for name, one in STEPS.items() if one.who in who)
        raise Problem(404, f"There is no such step here. Steps: {names}.")
