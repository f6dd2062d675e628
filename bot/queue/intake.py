"""A request opened outright: a problem or an inefficiency, described field by field, with nobody named in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot import safeguards, wording
from bot.domain.messages import Citation, Outcome, Place, Question, Reply
from bot.domain.refusals import Refused
from bot.domain.requests import RequestKind
from bot.domain.talk.reasons import Why, WhyHandedOver
from bot.queue.joining import Joins, NotJoining

FIELDS: Mapping[str, str] = {
    "what": "What happens",
    "where": "Where",
    "since": "Since when",
    "often": "How often",
    "affected": "Who is affected",
    "tried": "Tried so far",
    "partners": "Partners",
    "good": "What good would look like",
    "minutes": "Minutes lost each time",
}
"""What a form asks, in order; only the first is needed."""
THEMES = (
    "asb", "neighbour_dispute", "repeat_caller_or_location", "acquisitive", "vawg_da", "exploitation", "violence",
    "mental_health_demand", "road_safety", "rural", "licensing_nte", "business_retail", "fraud", "other",
)  # fmt: skip


class IntakeError(Refused):
    """A request cannot be opened as it was described; the message names the remedy."""


class Opens(Protocol):
    """What is asked of the hub database; every call may raise RecordsError."""

    def save_handed_over(
        self,
        question: Question,
        reply_for: Callable[[str], Reply],
        *,
        kind: str,
        found: Sequence[Citation],
        why: str,
        theme: str = "",
        area: str = "",
    ) -> str: ...


@dataclass(frozen=True, slots=True)
class Opened:
    """A request that was opened."""

    reference: str
    redacted: tuple[str, ...]
    """Kinds of identifiers that were taken out first."""
    join: tuple[str, int] | None = None
    """An open request much like it, and how many wait for that one."""
    told: str = ""
    """What the asker is told: the reference, and what may be expected."""


def open_request(
    records: Opens,
    asker: str,
    place: Place,
    kind: RequestKind,
    fields: Mapping[str, str],
    theme: str = "",
    *,
    joining: Joins | None = None,
    expected: Callable[[], str] = str,
) -> Opened:
    """Open a request from what was filled in; `expected` says what the asker may expect, as of the assistant.

    Raises:
        IntakeError: nothing says what happens, or the message is urgent: then it is signposted instead.
    """
    text = describe(fields, theme)
    if not fields.get("what", "").strip():
        raise IntakeError("Say what happens: it is the one thing the hub needs.")
    if safeguards.urgency(safeguards.clean(text)) is not None:
        raise IntakeError(wording.INCIDENT)
    redaction = safeguards.redact(safeguards.clean(text))

    may_expect = expected()
    joining = joining or NotJoining()
    match = joining.compare(redaction.text, asker)
    join = (match.alike.reference, match.alike.asked_by) if match.alike else None

    def told(reference: str) -> str:
        return " ".join(filter(None, [wording.HANDED_OVER.format(reference=reference), may_expect]))

    def reply_for(reference: str) -> Reply:
        return Reply("", Outcome.HANDED_OVER, told(reference), request=reference, redacted=redaction.kinds, join=join)

    question = Question(redaction.text, place, asker)
    why = wording.why(Why(WhyHandedOver.ASKED_FOR_HUB))
    area = _line("where", redaction.text)
    reference = records.save_handed_over(
        question, reply_for, kind=kind.value, found=(), why=why, theme=theme, area=area
    )
    joining.keep(reference, match)
    return Opened(reference, redaction.kinds, join, told(reference))


def _line(field: str, described: str) -> str:
    """What stands in one line of a description, redacted as it was there."""
    title = f"{FIELDS[field]}: "
    return next((line.removeprefix(title) for line in described.splitlines() if line.startswith(title)), "")


def describe(fields: Mapping[str, str], theme: str = "") -> str:
    """What was filled in, a line each."""
    lines = [f"{title}: {fields[name].strip()}" for name, title in FIELDS.items() if fields.get(name, "").strip()]
    return "\n".join([*lines, *([f"Theme: {theme}"] if theme else [])])
