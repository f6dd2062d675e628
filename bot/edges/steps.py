"""Taking a step: checked, done once however often it is pressed, and told in words that are fit to be shown.

What was done once is on record, for every process.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from bot import wording
from bot.domain.messages import Place, StepBefore
from bot.domain.refusals import RecordsError, Refused, Remedy
from bot.edges import deeds
from bot.edges.forms import Form, form_of
from bot.edges.left import again
from bot.edges.names import readable
from bot.edges.offers import of_step
from bot.edges.presses import Done, Press
from bot.edges.shown import Offer, Whole
from bot.edges.steps_table import STEPS, Step, Who
from bot.queue.intake import FIELDS
from bot.wording import labels
from knowledge.encoder import EncoderError
from knowledge.manifest import LibraryError

if TYPE_CHECKING:
    from bot.app import Hub
    from bot.records.letters.inbound import InboundRecords

log = logging.getLogger(__name__)
TROUBLES = (RecordsError, LibraryError, EncoderError)
"""What may go wrong that nobody who pressed can mend."""
_AGAIN: Mapping[str, deeds.Deed] = {"show_answer": again.show_answer, "show_letter": again.show_letter}
DEEDS: Mapping[str, deeds.Deed] = {
    name: _AGAIN.get(name) or getattr(deeds, name) for name in STEPS if name != "passage"
}  # what opens a passage does nothing
_STEP = "step:"
"""What keys of steps begin with: a message that was left is answered, a step is to be taken again."""
LONGEST = 120
"""Characters of a key that are kept as they are."""


class DoneBefore(Refused):
    """It was done already, or another process is at it."""

    def __init__(self, before: StepBefore) -> None:
        super().__init__(labels.ALREADY_TAKEN)
        self.before = before


def key_of(name: str) -> str:
    """The key of something that must happen once; ids of conversations may be long."""
    short = name if len(name) <= LONGEST else hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()
    return f"{_STEP}{short}"


def is_step(key: str) -> bool:
    """Whether what is on record is a step, and no message."""
    return key.startswith(_STEP)


@contextmanager
def once(inbound: InboundRecords, name: str, place: Place, person: str) -> Iterator[None]:
    """Around what must happen once; what fails may be tried again.

    What changes a request is marked as done by the transaction that does it: a process that dies, or a database that is
    gone before it can say that it kept it, leaves it either done or to be done.

    Raises:
        DoneBefore: it was done already, or another process is at it.
        RecordsError: it cannot be told.
    """
    key = key_of(name)
    before = inbound.begin(key, place, person)
    if before is not None:
        raise DoneBefore(before)
    try:
        with inbound.doing(place.platform, key) as step:
            yield
    except BaseException:
        _give_up(inbound, place.platform, key)
        raise
    if step.is_settled:
        return
    try:
        inbound.finish(place.platform, key)
    except RecordsError:  # it was done: the person who asked for it must not be told that it was not
        log.warning("A step that was taken could not be marked as taken.")


def _give_up(inbound: InboundRecords, platform: str, key: str) -> None:
    """A step that failed may be taken again; at the latest when it counts as left."""
    with suppress(RecordsError):
        inbound.give_up(platform, key)


def forget(inbound: InboundRecords, platform: str, name: str) -> None:
    """Let a step that failed, or that a process died in, be taken again."""
    try:
        inbound.forget(platform, name if is_step(name) else key_of(name))
    except RecordsError:
        log.warning("A step that failed cannot be tried again for now.")


class Steps:
    """Takes steps for every edge; safe to share between threads."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def take(self, press: Press) -> Done:
        """Do it, once.

        Raises:
            DoneBefore: it was done already.
            Refused: it may not be done, or not now; with the remedy. And RecordsError.
        """
        step, do = STEPS.get(press.step), DEEDS.get(press.step)
        if step is None or do is None:
            raise Refused(labels.STRANGE_DIALOG)
        key = _key(step, press)
        if not key:
            return replace(do(self._hub, press), on_card=step.on_card)
        with once(self._hub.records.inbound, key, press.place, press.actor.name):
            done = do(self._hub, press)
        return replace(done, on_card=step.on_card, key=key)

    def attempt(self, press: Press) -> Done:
        """As `take`, with whatever stood in the way in words."""
        try:
            done = self.take(press)
        except DoneBefore as error:
            return Done(labels.ALREADY_TAKEN, good=False, before=error.before)
        except Refused as error:
            return self._refused(error)
        except TROUBLES as error:
            log.error("The step %s could not be taken: %s", press.step, error)
            return Done(wording.TROUBLE, good=False, again=True)
        return replace(done, told=self.readable(done.told))

    def undo(self, press: Press, done: Done) -> None:
        """What was done could not be shown: it may be done again."""
        if done.key:
            forget(self._hub.records.inbound, press.place.platform, done.key)

    def open(self, press: Press, error: str = "") -> Form | Whole | Done:
        """What a button opens: a form, a passage, or in words why there is none."""
        try:
            return self._passage(press) if press.step == "passage" else form_of(self._hub, press, error)
        except Refused as refused:
            return self._refused(refused)
        except TROUBLES as trouble:
            log.error("Nothing could be opened for the step %s: %s", press.step, trouble)
            return Done(wording.TROUBLE, good=False)

    def readable(self, text: str) -> str:
        """A text with names of people in the place of their ids."""
        return readable(text, self._hub.records.people)

    def _refused(self, error: Refused) -> Done:
        return Done(self.readable(str(error)), good=False, again=True, remedies=remedies_of(error.remedy))

    def _passage(self, press: Press) -> Whole:
        """A passage that a reply names, whole. Refused where it may not be shown there."""
        found = deeds.reply_of(self._hub, press.about)
        citations = found.citations or found.candidates
        if not citations:
            raise Refused(wording.NO_SUCH_PASSAGE.format(count=0))
        number = press.fields.get("number", "1")
        place = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1
        place = place if 1 <= place <= len(citations) else 1
        chosen = citations[place - 1]
        deeds.check_may_see(self._hub, deeds.viewer_of(self._hub, press), [chosen])  # a receipt of another place
        if found.candidates:  # which of them was meant is on record, and then nobody left it unresolved
            self._hub.assistant.opened(press.about, place, press.actor.name)
        try:
            text = self._hub.passage_text(chosen)
        except LibraryError:
            text = ""
        return Whole(chosen, text or chosen.quote, press.about, place)


def written_by_an_officer(press: Press) -> str:
    """What an officer wrote in a step, to be heard before anything is done with it; empty for steps of the hub."""
    step = STEPS.get(press.step)
    if step is None or step.who not in (Who.ANYONE, Who.ASKER):
        return ""
    return (press.text.strip() or "\n".join(press.fields.get(name, "") for name in FIELDS)).strip()


def remedies_of(remedy: Remedy | None) -> tuple[Offer, ...]:
    """What can be done about a refusal, as buttons."""
    return (of_step(remedy.step, remedy.about),) if remedy and remedy.step in STEPS else ()


def _key(step: Step, press: Press) -> str:
    """Under what it is on record that it was done; empty for what changes nothing the second time."""
    if press.nonce:
        return f"{step.name}:{press.nonce}"
    if not step.once_each:
        return ""
    where = press.place.address if step.name == "share" else ""
    return f"{step.name}:{press.about}:{press.actor.name}:{where}"
