"""The signpost of an emergency: worked out without library, model or database, and so said at once."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from bot import safeguards, wording
from bot.domain.messages import Outcome, Question, Reply

if TYPE_CHECKING:
    from bot.answering.assistant import Contacts


def signpost_of(question: Question, contacts: Contacts) -> Reply | None:
    """What an emergency is told; None for everything else."""
    urgency = safeguards.urgency(safeguards.clean(question.text))
    if urgency is None:
        return None
    if urgency is safeguards.Urgency.WELFARE:
        text = contacts.welfare_signpost or wording.welfare(contacts.wellbeing)
    else:
        text = f"{contacts.incident_signpost or wording.INCIDENT}\n{wording.AFTER_INCIDENT}"
    return Reply(question.id or uuid.uuid4().hex[:12], Outcome.URGENT, text)


def kind_of(question: Question) -> str:
    """Under which kind an emergency is counted."""
    urgency = safeguards.urgency(safeguards.clean(question.text)) or safeguards.Urgency.INCIDENT
    return urgency.value
