"""What is not for this assistant: refused at once where that is certain, and otherwise only if nothing is near."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot import safeguards, wording
from bot.answering.handing_over import Case
from bot.answering.quoting import new_reply
from bot.domain.messages import Outcome, Reply
from bot.safeguards import Decline


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a message may be refused."""

    kind: Decline
    certain: bool

    def reply(self) -> Reply:
        """Who owns it, and that the hub is there all the same."""
        return new_reply(Outcome.DECLINED, wording.declined(self.kind.value), reason=self.kind.value)

    def unless_covered(self, found: Reply | Case) -> Reply:
        """The refusal, unless guidance answers; sections that only come near are offered below it."""
        if isinstance(found, Case):
            return self.reply()
        if found.outcome is Outcome.ANSWERED:
            return found
        near = [one.section.rsplit(" > ", 1)[-1].strip() for one in found.candidates]
        asked = tuple(heading for heading in near if heading.endswith("?"))
        return replace(self.reply(), related=asked, signals=found.signals, weighed=found.weighed, edition=found.edition)


def refusal_of(text: str) -> Refusal | None:
    """Why a message may be refused, or None. The original text is needed: whether a name is asked about matters."""
    kind = safeguards.declined(text)
    return None if kind is None else Refusal(kind, kind.certain)
