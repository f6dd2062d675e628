"""Asking without a trace: what officers would get, with nothing put on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.answering.assistant import Assistant
from bot.answering.ceilings import Ceilings
from bot.answering.parts import Forgetful, Guidance
from bot.domain.messages import Citation, Question, Reply
from bot.domain.requests import Request
from bot.domain.switches import Switch
from bot.watching.steps import unwatched


class Unrecorded:
    """A hub database that keeps nothing, for rehearsals."""

    conversation = Forgetful()

    def new_receipt(self) -> str:
        return "REH-EAR"

    def save_reply(self, question: Question, reply: Reply) -> Reply:
        return replace(reply, receipt=reply.receipt or self.new_receipt())

    def save_handed_over(
        self,
        question: Question,
        reply_for: Callable[[str], Reply],
        *,
        kind: str,
        found: Sequence[Citation],
        why: str,
    ) -> str:
        reply_for("PF-0000")
        return "PF-0000"

    def count_urgent(self, kind: str) -> None:
        return


def asking_again(
    guidance: Guidance,
    ceilings: Ceilings,
    paused: Callable[[], Mapping[str, Switch]],
    belongs: Callable[[str], frozenset[str]] = lambda person: frozenset(),
) -> Callable[[Request], Reply]:
    """Asks a request's question again as of its own place, so that its ceiling holds; nothing is put on record.

    Of its asker's audiences those count to which the person belongs by name: groups are told only when they ask.
    """
    assistant = Assistant(guidance, Unrecorded(), paused=paused, ceilings=ceilings)

    def ask(request: Request) -> Reply:
        own = belongs(request.asker)
        return rehearsed(assistant, Question(request.question, request.place, request.asker, belongs=own))

    return ask


def rehearsed(assistant: Assistant, question: Question) -> Reply:
    """What an assistant says to a question that nobody asked: it does not count among those that somebody did."""
    with unwatched():
        return assistant.ask(question)
