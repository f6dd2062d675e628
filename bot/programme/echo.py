"""The programme's feedback channel: kept without who wrote, read and tagged by the hub, answered in public.

What is written is never scored by a program: people read it, people tag it, and tags are counted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot import safeguards, wording
from bot.domain.echo import LONGEST_ECHO, LONGEST_TAG, Echo, EchoAnswer, EchoError, EchoState, Side
from bot.domain.people import Action, Actor
from bot.domain.proposals import AdviceState
from bot.domain.refusals import RecordsError
from bot.governance.office import Office
from bot.records import Records

MOST_TAGS = 10


@dataclass(frozen=True, slots=True)
class Told:
    """What became of what somebody wrote."""

    urgent: bool = False
    """Somebody may be in danger: signposted, counted, and nothing kept."""
    redacted: tuple[str, ...] = ()
    """Kinds of things that were taken out of it."""


@dataclass(frozen=True, slots=True)
class Echoes:
    """Every method raises RecordsError from the database; what is for the hub raises NotAllowed for others."""

    office: Office
    records: Records
    themes: Collection[str]
    """What the form offers to choose from."""

    def tell(self, side: str, theme: str, text: str) -> Told:
        """Keep what anybody wrote: urgent signs first, then what names people is taken out, then it is stored.

        Raises:
            EchoError: nothing was written, or too much, or it does not say from which side.
        """
        urgency = safeguards.urgency(safeguards.clean(text))
        if urgency is not None:
            with suppress(RecordsError):  # whoever is in danger is told what to do, database or not
                self.records.count_urgent(urgency.value)
            return Told(urgent=True)
        if not text.strip():
            raise EchoError(wording.ECHO_NOTHING)
        if len(text) > LONGEST_ECHO:
            raise EchoError(wording.ECHO_TOO_LONG.format(most=LONGEST_ECHO, long=len(text)))
        if side not in set(Side):
            raise EchoError(wording.ECHO_CHOOSE)
        redaction = safeguards.redact(safeguards.clean(text))
        known = theme if theme in self.themes else ""
        self.records.echoes.keep(Side(side), known, redaction.text)
        return Told(redacted=tuple(wording.REDACTED_NAMES.get(kind, kind) for kind in redaction.kinds))

    def read(self, actor: Actor, state: EchoState | None = None, limit: int = 200) -> list[Echo]:
        """What was written, newest first."""
        self.office.check(actor, Action.WORK_REQUESTS)
        return self.records.echoes.newest(state, limit)

    def counts(self, actor: Actor) -> Mapping[str, Mapping[str, int]]:
        """Tag to how many carry it, by side."""
        self.office.check(actor, Action.WORK_REQUESTS)
        return self.records.echoes.count()

    def tag(self, actor: Actor, number: int, tags: Sequence[str]) -> Echo:
        """Give a message its tags; it is read by now. EchoError where it is not there, or a tag is wrong."""
        self.office.check(actor, Action.WORK_REQUESTS)
        clean = list(dict.fromkeys(" ".join(tag.lower().split()) for tag in tags if tag.strip()))[:MOST_TAGS]
        if not clean:
            raise EchoError(wording.ECHO_TAGS_NEEDED)
        if any(len(tag) > LONGEST_TAG for tag in clean):
            raise EchoError(wording.ECHO_TAG_LONG.format(most=LONGEST_TAG))
        return self.records.echoes.tag(number, clean, actor)

    def answer(self, actor: Actor, said: str, did: str, numbers: Sequence[int]) -> EchoAnswer:
        """Write down what was said and what was done about it; a second person makes it public."""
        self.office.check(actor, Action.WORK_REQUESTS)
        if not said.strip() or not did.strip():
            raise EchoError(wording.ECHO_ANSWER_NEEDED)
        if not numbers:
            raise EchoError(wording.ECHO_NUMBERS_NEEDED)
        said, did = (safeguards.redact(safeguards.clean(one)).text.strip() for one in (said, did))
        return self.records.echoes.propose(said, did, sorted(set(numbers)), actor)

    def publish(self, actor: Actor, number: int) -> EchoAnswer:
        """Make an answer public, as the second person."""
        self.office.check(actor, Action.APPROVE)
        return self.records.echoes.publish(number, self.office.second(actor))

    def withdraw(self, actor: Actor, number: int) -> EchoAnswer:
        """Take a public answer back."""
        self.office.check(actor, Action.APPROVE)
        return self.records.echoes.withdraw(number, actor)

    def answers(self, actor: Actor) -> list[EchoAnswer]:
        """Every answer, whatever its state."""
        self.office.check(actor, Action.WORK_REQUESTS)
        return self.records.echoes.answers()

    def public(self) -> list[EchoAnswer]:
        """What was answered in public: for everyone."""
        return self.records.echoes.answers(AdviceState.APPROVED)
