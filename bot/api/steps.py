"""Steps of the counter's table by their names, and a request as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Path

from bot.api.calls import STILL_WORKED_ON, Call
from bot.api.problems import Problem
from bot.domain.messages import StepBefore
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
    if done.before is not None:
        return _before(call, done.before, done.told)
    if not done.good:
        raise Problem(409, done.told)
    return {"told": done.told, "request": shown(call, done.request) if done.request else None}


def _before(call: Call, before: StepBefore, told: str) -> dict[str, Any]:
    """What was done under the same key by a process that could not say so any more; Problem while one is at it."""
    if not before.is_done:
        raise Problem(409, STILL_WORKED_ON, retry_after="2")
    request = call.hub.records.request(before.reference) if before.reference else None
    return {
        "told": " ".join(filter(None, [told, before.reference])),
        "request": shown(call, request) if request else None,
    }


def shown(call: Call, request: Request) -> dict[str, Any]:
    """A request, without passages that may not be shown to them there."""
    return dict(call.hub.as_seen(request, call.viewer).as_json())


def known(step: str, *who: Who) -> None:
    """Problem where there is no such step for them; it names those that there are."""
    if step not in STEPS or STEPS[step].who not in who:
        names = ", ".join(name for name, one in STEPS.items() if one.who in who)
        raise Problem(404, f"There is no such step here. Steps: {names}.")
