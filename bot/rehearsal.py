"""Asking without a trace: what officers would get, with nothing put on record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.messages import Citation, Place, Question, Reply


class Unrecorded:
    """A hub database that keeps nothing, for rehearsals."""

    def new_receipt(self) -> str:
        return "REH-EAR"

    def earlier_questions(self, place: Place, *, limit: int = 3) -> tuple[str, ...]:
        return ()

    def save_reply(self, question: Question, reply: Reply) -> None:
        return

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
