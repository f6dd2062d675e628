"""What each step does, through the rooms of the core; every one of them checks role and state itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot import wording
from bot.domain.messages import Citation, Outcome, Question, Viewer
from bot.domain.people import Actor
from bot.domain.receipts import ReceiptRecord
from bot.domain.refusals import RecordsError, Refused
from bot.domain.requests import CloseOutcome, Request, RequestKind
from bot.edges import offers
from bot.edges.names import with_names
from bot.edges.presses import Done, Press
from bot.edges.shown import SharedAnswer
from bot.queue.intake import FIELDS, open_request
from bot.wording import insight, labels

if TYPE_CHECKING:
    from bot.app import Hub

Deed = Callable[["Hub", Press], Done]


def claim(hub: Hub, press: Press) -> Done:
    """Hub staff take a request."""
    return Done(_line("claimed"), hub.desk.claim(press.actor, press.about))


def release(hub: Hub, press: Press) -> Done:
    """Hub staff put a request back."""
    return Done(_line("released"), hub.desk.release(press.actor, press.about))


def take_over(hub: Hub, press: Press) -> Done:
    """Hub staff take a request that a colleague has."""
    return Done(_line("claimed"), hub.desk.reassign(press.actor, press.about, press.actor.name))


def reply(hub: Hub, press: Press) -> Done:
    """Hub staff reply; ids of people in it become names, because the asker may be anywhere."""
    done = hub.desk.reply(press.actor, press.about, with_names(press.text, hub.records.people))
    return Done(labels.THREAD_REPLIED.format(reference=done.reference), done)


def ask_more(hub: Hub, press: Press) -> Done:
    """Hub staff ask the asker for more."""
    done = hub.desk.ask_more(press.actor, press.about, with_names(press.text, hub.records.people))
    return Done(labels.THREAD_REPLIED.format(reference=done.reference), done)


def note(hub: Hub, press: Press) -> Done:
    """Hub staff write something down for themselves."""
    return Done(labels.KEPT, hub.desk.note(press.actor, press.about, press.text))


def close(hub: Hub, press: Press) -> Done:
    """Hub staff close a request."""
    try:
        outcome = CloseOutcome(press.fields.get("outcome", ""))
    except ValueError as error:
        raise Refused(labels.CLOSE_LABEL) from error
    done = hub.desk.close(press.actor, press.about, outcome)
    return Done(labels.CLOSED.format(reference=done.reference), done)


def dismiss(hub: Hub, press: Press) -> Done:
    """Hub staff close a question for which nobody waits."""
    done = hub.unresolved.dismiss(press.actor, press.about)
    return Done(labels.CLOSED.format(reference=done.reference), done)


def promote(hub: Hub, press: Press) -> Done:
    """Hub staff propose a reply as advice."""
    question, owner = press.fields.get("question", ""), press.fields.get("owner", "")
    hub.desk.promote(press.actor, press.about, question=question, text=press.text, owner=owner)
    hub.records.queue.tell_boards(press.about, press.actor.name, "promoted")
    return Done(labels.PROPOSED, _request(hub, press))


def approve(hub: Hub, press: Press) -> Done:
    """A second person approves what they have just read."""
    hub.desk.approve(press.actor, press.about)
    hub.records.queue.tell_boards(press.about, press.actor.name, "approved")
    hold = hub.library.hold
    told = labels.APPROVED_WAITS.format(hold=hold.in_words) if hold else labels.APPROVED.format(actor="You")
    return Done(told, _request(hub, press))


def helped(hub: Hub, press: Press) -> Done:
    """The asker says that the hub's reply helped."""
    done = hub.desk.helped(press.actor, press.about)
    return Done(wording.HELPED.format(reference=done.reference), done, state="closed")


def not_yet(hub: Hub, press: Press) -> Done:
    """The asker says that it did not."""
    done = hub.desk.reopen(press.actor, press.about)
    return Done(wording.NOT_YET.format(reference=done.reference), done, state="waits")


def withdraw(hub: Hub, press: Press) -> Done:
    """The asker takes a request back."""
    done = hub.desk.withdraw(press.actor, press.about)
    return Done(wording.WITHDRAWN.format(reference=done.reference), done, state="closed")


def add_detail(hub: Hub, press: Press) -> Done:
    """The asker adds something."""
    done = hub.desk.add_detail(press.actor, press.about, press.text)
    return Done(wording.DETAIL_ADDED.format(reference=done.reference), done)


def join(hub: Hub, press: Press) -> Done:
    """The asker lets another request answer theirs too."""
    done = hub.desk.join(press.actor, press.about, press.fields.get("into", ""))
    return Done(wording.JOINED.format(reference=done.reference, into=done.joined_to), done)


def ask_hub(hub: Hub, press: Press) -> Done:
    """The asker wants the hub, whatever guidance says."""
    about = hub.records.feedback.about(press.about, press.actor.name)
    if about is None or not about.question:
        raise Refused(wording.NOTHING_TO_HAND_OVER)
    asked = Question(about.question, press.place, press.actor.name)
    given = hub.assistant.hand_over(asked, about.shown, receipt=press.about)
    if not given.request and given.outcome is not Outcome.URGENT:
        raise Refused(given.text)  # it is not on record, so it must be possible to try again
    told = labels.WITH_HUB.format(reference=given.request) if given.request else given.text
    return Done(told, shown=offers.answer(given), state="waits")


def share(hub: Hub, press: Press) -> Done:
    """The asker shows an answer to everybody in the channel."""
    found = reply_of(hub, press.about)
    if press.is_direct:
        raise Refused(labels.NO_CHANNEL)
    if found.outcome is not Outcome.ANSWERED:
        raise Refused(wording.WHY["above_ceiling"])
    check_may_see(hub, Viewer(press.place), found.citations)  # a channel belongs to nobody
    shared = SharedAnswer(found.citations, press.actor.name, press.name or labels.SOMEBODY, found.code)
    return Done(labels.SHARED_DONE, shown=shared, openly=True)


def ask(hub: Hub, press: Press) -> Done:
    """A question that was offered is asked."""
    return Done(asks=press.fields.get("question", ""))


def good(hub: Hub, press: Press) -> Done:
    """The asker says that a reply is good."""
    hub.feedback.give(press.actor.name, press.place, press.about, helped=True)
    return _and_ask(hub, press, Done(wording.FEEDBACK_KEPT))


def saved(hub: Hub, press: Press) -> Done:
    """Somebody who was asked says how long it would have taken them."""
    kept = hub.time_saved.keep(press.actor.name, press.fields.get("minutes", ""))
    return Done(insight.SAVED_THANKS if kept else labels.ALREADY_TAKEN)


def _and_ask(hub: Hub, press: Press, done: Done) -> Done:
    """Now and then, after an answer that helped, how much time it saved: one tap, and never twice in a week.

    Not after a reply by the hub: that is people's work, and none of what the assistant saved.
    """
    try:
        if not hub.time_saved.may_ask(press.actor.name):
            return done
    except RecordsError:  # that it helped is kept; to ask can wait
        return done
    asked = [offers.of_step("saved", press.about, text, minutes=name) for name, text in insight.SAVED_LABELS.items()]
    return replace(done, told=f"{done.told} {insight.SAVED_ASK}", remedies=tuple(asked))


def feedback(hub: Hub, press: Press) -> Done:
    """The asker says what is wrong with a reply; where they want, the hub mends it."""
    wanted = press.fields.get("hub", "").lower() in ("yes", "true")
    person, receipt = press.actor.name, press.about
    reference = hub.feedback.give(person, press.place, receipt, helped=False, reason=press.text, to_hub=wanted)
    if not reference:
        return Done(wording.FEEDBACK_KEPT)
    return Done(wording.FEEDBACK_TO_HUB.format(reference=reference), lasts=True)


def form(hub: Hub, press: Press) -> Done:
    """A problem, or something that wastes time, is described."""
    fields = {name: press.fields.get(name, "") for name in FIELDS}
    try:
        kind = RequestKind(press.fields.get("kind", ""))
    except ValueError as error:
        raise Refused(labels.KIND_LABEL) from error
    theme, person = press.fields.get("theme", ""), press.actor.name
    opened = open_request(
        hub.records, person, press.place, kind, fields, theme, joining=hub.joining, expected=hub.pace.expected
    )
    lines = [wording.redacted(opened.redacted)] if opened.redacted else []
    joins: tuple[offers.Offer, ...] = ()
    if opened.join:
        lines.append(wording.join_says(*opened.join))
        joins = (offers.join(opened.reference, opened.join[0]),)
    return Done("\n".join([*lines, opened.told]), lasts=True, remedies=joins)


def about(hub: Hub, press: Press) -> Done:
    """A colleague's message is handed to the hub."""
    given = hub.assistant.hand_over(Question(press.text, press.place, press.actor.name))
    return Done(given.text, lasts=given.request is not None)


def pause(hub: Hub, press: Press) -> Done:
    """An admin pauses answers."""
    hub.office.pause(press.actor, "answers", labels.PAUSED_FROM.format(platform=press.place.platform.capitalize()), ())
    return Done(labels.PAUSED)


def resume(hub: Hub, press: Press) -> Done:
    """An admin lets answers go on."""
    hub.office.resume(press.actor, "answers")
    return Done(labels.RESUMED)


def home(hub: Hub, press: Press) -> Done:
    """A person's own requests, and what else their roles let them see."""
    return Done(shown=home_of(hub, press.actor))


def home_of(hub: Hub, actor: Actor, told: str = "") -> offers.Home:
    """As `home`, below what has just been done."""
    return offers.home(hub.overviews.of(actor), told)


def reply_of(hub: Hub, receipt: str) -> ReceiptRecord:
    """The reply that a button stands below, found again by its receipt. Refused where there is none."""
    found = hub.records.receipt(receipt)
    if found is None:
        raise Refused(wording.NO_SUCH_RECEIPT.format(receipt=receipt))
    return found


def viewer_of(hub: Hub, press: Press) -> Viewer:
    """For whom what a press brings is shown: nobody in particular where others read along."""
    return hub.viewer(press.actor, press.place) if press.is_direct else Viewer(press.place)


def check_may_see(hub: Hub, viewer: Viewer, citations: Sequence[Citation]) -> None:
    """Do nothing if they may all be shown; Refused if not."""
    for why in filter(None, (hub.ceilings.why_not(one, viewer) for one in citations)):
        raise Refused(wording.WHY["above_ceiling"] if why == "above_ceiling" else wording.RECEIPT_FOR_OTHERS)


def _line(action: str) -> str:
    return wording.CARD_LINES[action].format(actor="You")


def _request(hub: Hub, press: Press) -> Request | None:
    return hub.records.request(press.about)
