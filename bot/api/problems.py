"""What went wrong, as RFC 9457 has it: `application/problem+json`, in words of ours, never with what was sent."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from bot import wording
from bot.domain.people import NotAllowed
from bot.domain.refusals import RecordsError, Refused
from knowledge.encoder import EncoderError
from knowledge.manifest import LibraryError

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
_WRONG = {
    "missing": "is needed",
    "string_too_short": "is too short",
    "string_too_long": "is too long",
    "too_long": "has too many parts",
    "extra_forbidden": "has a part that is not known",
    "json_invalid": "is no JSON",
    "enum": "is none of the values that the description lists",
    "greater_than_equal": "is too small",
    "less_than_equal": "is too large",
    "int_parsing": "is no whole number",
}
"""By the kinds of errors that Pydantic names: its own texts may hold what was sent."""


class Problem(Exception):
    """Something that is answered instead; `detail` is written by us and names the remedy."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def response(
    status: int, detail: str, headers: Mapping[str, str] | None = None, errors: Sequence[dict[str, str]] = ()
) -> JSONResponse:
    """A problem as it is sent."""
    body: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    body |= {"detail": detail} | ({"errors": list(errors)} if errors else {})
    return JSONResponse(body, status, dict(headers or {}), MEDIA_TYPE)


def handle_all(app: FastAPI) -> None:
    """Every error of the application becomes a problem."""

    @app.exception_handler(Problem)
    async def _(request: Request, error: Problem) -> JSONResponse:
        return response(error.status, error.detail, error.headers)

    @app.exception_handler(RequestValidationError)
    async def _(request: Request, error: RequestValidationError) -> JSONResponse:
        wrong = [
            {"pointer": _pointer(one["loc"]), "detail": _WRONG.get(one["type"], "is not as described")}
            for one in error.errors()
        ]
        return response(422, "What was sent is not as the description has it.", errors=wrong)

    @app.exception_handler(HTTPException)
    async def _(request: Request, error: HTTPException) -> JSONResponse:
        told = _PLAIN.get(error.status_code, "It cannot be done.")
        return response(error.status_code, told, error.headers)

    @app.exception_handler(Exception)
    async def _(request: Request, error: Exception) -> JSONResponse:
        log.error("A call of the API ended with %s.", type(error).__name__)  # its text may hold what was sent
        return response(500, wording.TROUBLE)

    for kind in (NotAllowed, Refused, RecordsError, LibraryError, EncoderError):
        app.add_exception_handler(kind, _core)


_PLAIN = {
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    400: "It is no JSON.",
}


async def _core(request: Request, error: Exception) -> JSONResponse:
    """What the core refuses, in its own words; of what fails only that it does."""
    if isinstance(error, NotAllowed):
        return response(403, "The person of this token has no role for that.")
    if isinstance(error, Refused) and not isinstance(error, (RecordsError, LibraryError, EncoderError)):
        return response(409, str(error))
    log.error("A call of the API could not be answered: %s", error)
    return response(503, wording.TROUBLE, {"retry-after": "30"})


KNOWN = frozenset("text fields kind page size state theme sort mine overdue".split())
"""Names of parts that the description has; other names were sent, and are not repeated."""


def _pointer(place: Sequence[int | str]) -> str:
    """Where it is wrong, as far as the names are ours: "#/text"."""
    return "/".join(["#", *(str(one) for one in place if one in KNOWN)])
