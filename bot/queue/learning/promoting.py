"""From a reply to hub advice: its text and heading, and that it names no person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot import safeguards, wording
from bot.domain.messages import Outcome, Reply
from bot.domain.proposals import Advice, AdviceError
from bot.domain.refusals import Remedy
from bot.domain.requests import MessageKind, Request

REVIEW_AFTER = timedelta(days=180)
"""When advice is reviewed, unless hub staff set a day."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Advice that is not proposed yet, and the question it came from."""

    asked: str
    advice: Advice


def check_names_nobody(reference: str, *parts: str) -> None:
    """Do nothing if the parts of a piece of advice name no person; AdviceError if one does."""
    for part in parts:
        found = safeguards.redact(part).kinds
        if found:
            raise AdviceError(
                f"Advice is for everyone, and this names {wording.named(found)}. Give it without.",
                _with_text(reference),
            )


def blocked(document: str, reply: Reply) -> str:
    """Why officers who ask something would still not be quoted this advice; empty where they would."""
    quoted = reply.citations[: reply.quoted] if reply.outcome is Outcome.ANSWERED else ()
    if any(cited.document == document for cited in quoted):
        return ""
    if quoted:
        return wording.BLOCKED_BY_OTHER.format(title=quoted[0].title, section=quoted[0].section)
    if any(cited.document == document for cited in reply.candidates):
        return wording.BLOCKED_NEARLY
    return wording.BLOCKED_BY.get(reply.outcome.value, wording.BLOCKED_OTHERWISE).format(why=reply.why)


def advised(request: Request, question: str, text: str) -> tuple[str, str]:
    """Text and heading of the advice that a request's reply becomes."""
    replies = [message.text for message in request.messages if message.kind is MessageKind.REPLY]
    text = text.strip() or (replies[-1] if replies else "")
    if not text:
        raise AdviceError(
            f"{request.reference} has no reply yet. Reply first, or write the advice.", _with_text(request.reference)
        )
    return text, " ".join((question or request.question).split())


def _with_text(reference: str) -> Remedy:
    return Remedy(("requests", "promote", reference, "--text", "…"), "promote", reference)


def title_of(heading: str) -> str:
    """The title of advice, unless hub staff give one."""
    return wording.ADVICE_TITLE.format(question=heading[:80].rstrip(" ?."))
