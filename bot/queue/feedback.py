"""Feedback on a reply; a reason can open a correction request, so that hub staff mend what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import safeguards, wording
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.refusals import Refused
from bot.domain.requests import RequestKind
from bot.domain.talk.reasons import Said, Why, WhyHandedOver

if TYPE_CHECKING:
    from bot.records import Records

LONGEST_REASON = 2000
"""Characters kept of a reason."""


class FeedbackError(Refused):
    """Feedback cannot be taken as it was given; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """Takes feedback; methods raise FeedbackError, and RecordsError from the database."""

    records: Records

    def give(
        self, person: str, place: Place, receipt: str, *, helped: bool, reason: str = "", to_hub: bool = False
    ) -> str | None:
        """Keep what a reader says of a reply; the reference of the request it opened, if it did.

        The reason is redacted first. One person's feedback on one reply opens one request, however often it is given.
        """
        about = self.records.feedback.about(receipt, person)
        if about is None:
            raise FeedbackError(wording.NO_SUCH_RECEIPT.format(receipt=receipt))
        clean = safeguards.clean(reason)[:LONGEST_REASON].strip()
        if safeguards.urgency(clean) is not None:
            raise FeedbackError(wording.INCIDENT)
        kept = safeguards.redact(clean).text
        if to_hub and not helped and not kept:
            raise FeedbackError(wording.FEEDBACK_NEEDS_REASON)
        reference = about.opened
        if to_hub and not helped and not reference:
            asked = Question(wording.CORRECTION.format(question=about.question, reason=kept).strip(), place, person)
            reference = self.records.save_handed_over(
                asked,
                _acknowledged,
                kind=RequestKind.CORRECTION.value,
                found=about.shown,
                why=wording.why(Why(WhyHandedOver.FEEDBACK, topic=receipt)),
            )
        self.records.feedback.keep(receipt, person, helped=helped, reason=kept, opened=reference)
        return None if helped else reference or None


def _acknowledged(reference: str) -> Reply:
    told = wording.FEEDBACK_TO_HUB.format(reference=reference)
    return Reply("", Outcome.HANDED_OVER, told, request=reference, reason=Said.SMALL.value)
