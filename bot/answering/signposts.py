"""What an emergency is told, first and above everything else; counted once it has been said."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, replace

from bot import safeguards, wording
from bot.answering.parts import Contacts, Recorder
from bot.answering.quoting import new_reply
from bot.domain.messages import Outcome, Question, Reply
from bot.domain.receipts import new_receipt
from bot.domain.refusals import RecordsError

SECONDS_TO_COUNT = 0.25
"""How long an answer waits for its counting, at most: a slow database must never hold up a signpost."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Signposts:
    """Needs no library, no model and no database to say what is to be said."""

    records: Recorder
    contacts: Contacts

    def first(self, question: Question, urgency: safeguards.Urgency) -> Reply:
        """The signpost, alone. Nothing is asked of the database: not even whether the receipt is free."""
        may_ask = "" if urgency is safeguards.Urgency.WELFARE else f" {wording.IF_NOT_NOW}"
        reply = new_reply(Outcome.URGENT, f"{self.words(urgency)}{may_ask}", reason=urgency.value)
        return replace(reply, id=question.id or reply.id, receipt=new_receipt())

    def above(self, urgency: safeguards.Urgency, below: Reply | None) -> Reply:
        """The signpost above what guidance says, for what only the second listener has heard."""
        told = self.words(urgency)
        if below is None or below.outcome not in _BELOW:
            may_ask = "" if urgency is safeguards.Urgency.WELFARE else f"\n\n{wording.NO_ANSWER_BELOW}"
            return new_reply(Outcome.URGENT, f"{told}{may_ask}", reason=urgency.value)
        text = f"{told}\n\n{_BELOW[below.outcome]}\n\n{below.body}"
        return replace(below, outcome=Outcome.URGENT, body=text, reason=urgency.value)

    def words(self, urgency: safeguards.Urgency) -> str:
        """The force's own words, or ours."""
        if urgency is safeguards.Urgency.WELFARE:
            return self.contacts.welfare_signpost or wording.welfare(self.contacts.wellbeing)
        return f"{self.contacts.incident_signpost or wording.INCIDENT}\n{wording.AFTER_INCIDENT}"

    def count(self, question: Question, signpost: Reply) -> None:
        """Put on record that an emergency was signposted, and nothing of what was typed. It never raises."""
        try:
            self.records.count_urgent(signpost.reason or safeguards.Urgency.INCIDENT.value)
            self.records.save_reply(replace(question, text=""), signpost)
        except RecordsError as error:
            log.warning("An emergency was signposted but not counted: %s", error)

    def count_soon(self, question: Question, signpost: Reply) -> None:
        """As `count`, without waiting for it for long."""
        counting = threading.Thread(target=self.count, args=(question, signpost), daemon=True)
        counting.start()
        counting.join(SECONDS_TO_COUNT)


_BELOW = {Outcome.ANSWERED: wording.ANSWER_BELOW, Outcome.POSSIBLE: wording.NEAR_BELOW}
