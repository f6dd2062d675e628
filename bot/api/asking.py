"""Questions, receipts, and the library."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Response

from bot.api.bodies import Asked, Reply, Several
from bot.api.calls import Call, Key, caller, once
from bot.api.listing import PAGE, SIZE, part_of
from bot.api.problems import Problem
from bot.domain.clients import Scope
from bot.domain.messages import Outcome, Question
from bot.domain.receipts import Verification
from bot.domain.refusals import Refused
from bot.domain.talk.reasons import Said
from bot.watching.steps import Step, asking, step
from bot.wording import NO_SUCH_DOCUMENT, NO_SUCH_RECEIPT
from knowledge.passages import Document

router = APIRouter()
Asks = Annotated[Call, Depends(caller(Scope.ASK))]
Reads = Annotated[Call, Depends(caller(Scope.LIBRARY))]


@router.post("/questions", response_model=Reply, tags=["ask"], summary="Ask a question")
def ask(call: Asks, body: Asked, key: Key = "") -> Response:
    """A reply: quoted guidance, sections to choose from, a request with its reference, or a signpost to 999."""

    def do() -> dict[str, Any]:
        with asking(call.place.platform):
            asked = Question(body.text, call.place, call.client.person, belongs=call.viewer.belongs)
            reply = call.hub.assistant.ask(asked)
            with step(Step.DRAWING):
                drawn = reply.as_json()
        if reply.outcome is Outcome.DECLINED and reply.reason == Said.TOO_MANY.value:
            raise Problem(429, reply.text, retry_after="60")
        return drawn

    return once(call, key, "questions", body.model_dump(mode="json"), do)


@router.get("/receipts/{code}", tags=["ask"], summary="Check a receipt")
def receipt(call: Asks, code: Annotated[str, Path(max_length=40)]) -> dict[str, Any]:
    """What a reply showed, and whether it still stands."""
    found = _verified(call, code)
    if found is None:
        raise Problem(404, NO_SUCH_RECEIPT.format(receipt="that code"))
    return found.as_json()


@router.get("/library", response_model=Several, tags=["library"], summary="List documents")
def documents(call: Reads, page: PAGE = 1, size: SIZE = 50) -> dict[str, Any]:
    """Every document that may be shown to the person of the token, by title."""
    return part_of([_document(one) for one in call.hub.reading.documents(call.viewer)], page, size)


@router.get("/library/{document}", tags=["library"], summary="Read a document")
def document(call: Reads, document: Annotated[str, Path(max_length=200)]) -> dict[str, Any]:
    """One document with its sections, word for word."""
    whole = call.hub.reading.whole(document, call.viewer)
    if whole is None:
        raise Problem(404, NO_SUCH_DOCUMENT)
    sections = [{"heading": one.heading, "anchor": one.anchor, "text": one.text} for one in whole.sections]
    return {**_document(whole.document), "edition": whole.edition, "stale": whole.stale, "sections": sections}


@router.post("/library/search", tags=["library"], summary="Search the library")
def search(call: Reads, body: Asked) -> dict[str, Any]:
    """Passages that come near, nearest first, and never an answer. Nothing of what is typed is kept."""
    return {"items": [one.as_json() for one in call.hub.lookup.passages(body.text, call.viewer)]}


def _verified(call: Call, code: str) -> Verification | None:
    try:
        return call.hub.verify(code, call.viewer)
    except Refused as error:
        raise Problem(403, str(error)) from error


def _document(one: Document) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "status": one.status.value,
        "marking": str(one.shown_marking),
        "law_checked_on": one.law_checked_on.isoformat() if one.law_checked_on else None,
        "review_by": one.review_by.isoformat() if one.review_by else None,
        "link": one.link or None,
    }
