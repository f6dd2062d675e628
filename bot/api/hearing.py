"""Emergencies first: heard in what a program sends before its token is looked up, and without the database."""

from __future__ import annotations

from json import JSONDecodeError
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool

from bot.api.calls import PLATFORM, Service
from bot.domain.messages import Place, Question, Reply


class Emergency(Exception):
    """What was sent tells of one: the signpost is answered instead, and nothing else is done."""

    def __init__(self, asked: Question, signpost: Reply) -> None:
        super().__init__("an emergency")
        self.asked, self.signpost = asked, signpost


async def hear(request: Request) -> None:
    """A dependency that comes before the caller's. What is no JSON is told by whoever reads it next.

    Raises:
        Emergency: it is one.
    """
    if request.method != "POST":
        return
    try:
        text = _written(await request.json())
    except (JSONDecodeError, UnicodeDecodeError, RecursionError):
        return
    service: Service = request.app.state.service
    asked = Question(text, Place(PLATFORM, ""), "")
    signpost = await run_in_threadpool(service.hub.assistant.signpost, asked) if text.strip() else None
    if signpost is not None:
        raise Emergency(asked, signpost)


def signposted(request: Request, error: Emergency) -> JSONResponse:
    """The signpost, as a reply and as what is told of a step; that there was one is counted afterwards."""
    service: Service = request.app.state.service
    answer = {**error.signpost.as_json(), "told": error.signpost.text}
    return JSONResponse(answer, background=BackgroundTask(service.hub.assistant.count, error.asked, error.signpost))


def _written(body: Any) -> str:
    """The text of a question, or all that a form's fields hold."""
    if not isinstance(body, dict):
        return ""
    fields = body.get("fields")
    parts = [body.get("text"), *(fields.values() if isinstance(fields, dict) else ())]
    return "\n".join(part for part in parts if isinstance(part, str))
