"""What somebody is shown again because it may not have arrived: only what stands, and only to whom it was for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import wording
from bot.answering.signposts import Signposts
from bot.domain.letters import Letter, LetterKind
from bot.domain.people import Action
from bot.domain.receipts import ReceiptRecord
from bot.domain.record import Recorded
from bot.domain.refusals import Refused
from bot.domain.switches import ANSWERS, EVERYTHING, paused_documents
from bot.domain.talk.reasons import WhyHandedOver
from bot.edges import offers
from bot.edges.deeds import check_may_see, reply_of, viewer_of
from bot.edges.letters import parcel
from bot.edges.presses import Done, Press
from bot.safeguards import Urgency
from bot.wording import labels

if TYPE_CHECKING:
    from bot.app import Hub


def show_answer(hub: Hub, press: Press) -> Done:
    """An answer that may not have arrived, for its asker: as it was found, or asked anew where that stands no more."""
    found = reply_of(hub, press.about)
    if not hub.records.conversation.is_asker(found.code, press.actor.name):
        raise Refused(labels.ONLY_ASKER)
    check_may_see(hub, viewer_of(hub, press), (*found.citations, *found.candidates))
    if _still_stands(hub, press, found):
        return Done(shown=offers.answer(found.again()))
    question = hub.records.conversation.asked(found.code, press.actor.name)
    if not question:
        raise Refused(labels.CHANGED_SINCE)
    return Done(asks=question)


def _still_stands(hub: Hub, press: Press, found: ReceiptRecord) -> bool:
    """Whether all that it quotes is as it was, and none of it is paused; what quotes nothing always stands."""
    if found.recorded is Recorded.ALTERED or not found.text:
        return False
    shown = (*found.citations, *found.candidates)
    if not shown:
        return True
    paused = hub.switchboard.paused()
    if {ANSWERS, EVERYTHING} & set(paused) or {one.document for one in shown} & paused_documents(paused):
        return False
    checked = hub.verify(found.code, viewer_of(hub, press))
    return checked is not None and checked.stands


def show_letter(hub: Hub, press: Press) -> Done:
    """A letter that may not have arrived, for whom it was sent to; of the hub's channel, for its staff."""
    letter = hub.records.outbox.letter(press.about)
    if letter is None or letter.kind is LetterKind.CARD or not letter.text.strip():
        raise Refused(labels.LETTER_GONE)
    if letter.kind is LetterKind.REMINDER:
        hub.office.check(press.actor, Action.WORK_REQUESTS)
    elif letter.person not in (press.actor.name, *hub.records.bindings.accounts(press.actor.name)):
        raise Refused(labels.ONLY_ADDRESSEE)
    _check_not_paused(hub, letter)
    first, *more = parcel(letter, hub.records, hub.ceilings, is_direct=True).parts
    return Done(shown=first, more=tuple(more))


def _check_not_paused(hub: Hub, letter: Letter) -> None:
    """Refused where it may quote guidance while some is not to be shown: which it quotes is not on record.

    A signpost is always shown.
    """
    paused = hub.switchboard.paused()
    why = paused.get(EVERYTHING) or paused.get(ANSWERS) or next(iter(paused.values()), None)
    quotes = letter.kind is LetterKind.LATE_ANSWER or (letter.kind is LetterKind.ANSWER and not letter.reference)
    if why is not None and quotes and not _is_signpost(hub, letter.text):
        raise Refused(wording.WHY[WhyHandedOver.ANSWERS_PAUSED.value].format(note=why.why).strip())


def _is_signpost(hub: Hub, text: str) -> bool:
    signposts = Signposts(hub.records, hub.contacts)
    return text.startswith(tuple(signposts.words(urgency) for urgency in Urgency))
