"""What hub staff read: cards, reminders, the handover, late answers, recalls, lessons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.domain.messages import Citation
from bot.domain.requests import Request
from bot.wording.citations import day, source, standing
from bot.wording.requests import CLOSED_AS, shortened

if TYPE_CHECKING:
    from knowledge.reader.figures import ReaderFigures

CARD_LINES = {
    "opened": "New.",
    "claimed": "{actor} claimed it.",
    "released": "{actor} put it back.",
    "reassigned": "{actor} gave it to somebody else.",
    "noted": "{actor} wrote a note.",
    "asked_more": "{actor} asked for more.",
    "detailed": "Whoever asked added something.",
    "replied": "{actor} replied.",
    "closed": "{actor} closed it.",
    "joined": "It has joined another request.",
    "parted": "On its own again: what it had joined was withdrawn.",
    "reopened": "Open again: {actor} says not yet.",
    "helped": "It helped.",
    "withdrawn": "Withdrawn.",
    "promoted": "{actor} proposes it as hub advice. Somebody else has to approve it.",
    "approved": "{actor} approved it as hub advice. It is in the next edition.",
    "late_answer": "{actor} sent what guidance says now.",
}
KIND_NAMES = {
    "question": "question",
    "operational_problem": "problem",
    "organisational_inefficiency": "inefficiency",
    "correction": "correction",
}
RECORDED = {
    "altered": "The text that is kept is NOT what was shown: it was changed after it went on record.",
    "purged": "The text was deleted: it was past its time, or a purge took back what it quoted.",
    "earlier": "It was given before digests of what was shown went on record, so the text cannot be checked.",
    "trimmed": "The record of it is past its time and was deleted, so the text cannot be checked.",
}
ADVICE_TITLE = "Hub advice: {question}"
ADVICE_PROPOSED = "Proposed. Somebody else approves it with: prevention-hub requests approve {reference}"
ADVICE_NEXT = "The worker publishes the next edition with this change: prevention-hub worker --once"
ADVICE_WAITS = "It waits: {hold} An admin publishes it with: prevention-hub index build, or: {release}"
HOLD_BEGINS = (
    "It is held: nothing newer is published by itself, approved advice waits. That ends when an admin builds "
    "(prevention-hub index build), or with: prevention-hub index rollback --release"
)
HOLD_GOES_ON = (
    "{hold} {waits}. To publish again: prevention-hub index build, or prevention-hub index rollback --release"
)
HOLD_BOARD = "{hold} What was approved meanwhile waits until an admin publishes again: {names}."
HOLD_WAITS = "Waiting: {names}"
HOLD_NOTHING_WAITS = "Nothing waits"
LATE_SEND = "Send one to all who asked: prevention-hub requests late --send {reference}"
LATE_NONE = "No unanswered question would be answered by guidance now."
LATE_ANSWER = (
    "Guidance now answers {reference}:\n\n{text}\n\nDid that help? Type “helped {reference}” or “not yet {reference}”."
)
LATE_FOR_SOME = "It is guidance for {audience} only, so it is not quoted here. Ask again, and you are shown it."
LATE_NO_SUCH = "Guidance does not answer {reference} now, or it was sent already. Run: prevention-hub requests late"
LATE_SENT = "Sent to {count}: {references}."
LATE_DISMISSED = "Not offered again: {references}."
LATE_BOARD = (
    "Guidance would now answer {count} that could not be answered before. The hub's program sends it: “requests late”."
)
RECALL_NONE = "Everything that was quoted in the last {days} days still stands, or everybody has been told."
RECALL_NO_SUCH = "There is no recall called '{name}', or everybody has been told. Run: prevention-hub requests recall"
RECALL_TELL = "Tell them: prevention-hub requests recall --tell {name}"
RECALL_TOLD = "{count} told."
RECALL_BOARD = (
    "Shown to officers and does not stand any more: {count}. The hub's program can tell them (“requests recall”)."
)
RECALL_STANDS = {
    "changed": "has changed",
    "withdrawn": "has been withdrawn",
    "past_review": "is past its review date, so ask the hub before you rely on it",
}
RECALLED = "What you were shown on {day} (receipt {receipt}) {stands}.\n\n{source}\nThen: {quote}{now}"
RECALLED_NOW = "\nNow: {text}"
REMINDERS = {
    "claim": "Nobody has taken {reference} yet, and it should have been by now: {question}",
    "claim_escalated": "Nobody has taken {reference} in twice the time it should. An admin is told too: {question}",
    "reply": "{reference} has had no reply, and it should have had one by now{whose}: {question}",
    "escalated": "{reference} has had no reply in twice the time it should{whose}. An admin is told too: {question}",
}
REMINDERS_TITLE = "{count} requests wait for longer than they should:"
REMINDERS_MORE = "… and {count} more."
MOST_REMINDED = 20
"""Lines of one reminder; what is beyond is counted."""
HANDOVER_TITLE = "Hub handover: since {since}, {count} came in."
HANDOVER_OVERDUE = "Overdue"
HANDOVER_CLAIMED = "Taken"
HANDOVER_WAITING = "Waiting for somebody"
HANDOVER_ASKED = "Waiting for whoever asked, who was asked for more"
HANDOVER_ANSWERED = "Replied since then, and not yet said whether it helped"
HANDOVER_CLOSED = "Closed or withdrawn since then"
HANDOVER_MORE = "… and {count} more."
HANDOVER_DEAD = (
    "Messages that could not be delivered: {count}. Ask whoever runs the program to look (“doctor” names them)."
)
NOT_ARRIVED = "What was sent about {reference} did not arrive ({why}). It is kept: “requests resend” sends it again."
AN_ANSWER = "a question"
LESSON_TITLE = "What was tried: {title}"
LESSON_PROBLEM = "What was the problem?"
LESSON_TRIED = "What was tried?"
LESSON_HAPPENED = "What happened?"
LESSON_BENEFITS = "What did it bring?"
LESSON_HOURS = "{hours} hours freed a month, estimated by {who}."
LESSON_BASELINE = "Before: {text}."
LESSON_MEASURED = "How it was measured: {text}."
LESSON_NOT_CLOSED = (
    "{reference} is no operational problem or inefficiency that is closed, so there is nothing to keep of it yet."
)
LESSON_WHO_SAYS = "Say who estimated the hours: --estimated-by"
LESSON_NAMES = "A lesson is for everyone, and this names {named}. Say it without."
LESSON_SAYS_NOTHING = "Say it in a few words: {option}"
LESSON_PROPOSED = "Proposed. Somebody else approves it with: prevention-hub lessons approve {reference}"
LESSONS_NONE = "No lessons are kept yet."
LESSONS_BROUGHT = "Approved: {count}. Hours freed a month, as estimated: {hours}."
REHEARSE_WITH = "With the draft in the library, officers would get:"
BLOCKED = "Officers who ask “{asked}” would still not get it: {why}"
BLOCKED_BY_OTHER = "they are quoted “{title} > {section}”. Give it a heading nearer to their words (--question)."
BLOCKED_NEARLY = (
    "it is offered among near sections and not quoted. Give it a heading nearer to their words (--question)."
)
BLOCKED_BY = {
    "handed_over": "the question goes to the hub. {why}",
    "paused": "answers are paused.",
    "urgent": "the question is signposted as an emergency.",
    "declined": "the question is not for this assistant.",
}
BLOCKED_OTHERWISE = "other sections are nearer. Give it a heading nearer to their words (--question)."
REHEARSE_NOW = "Officers get now:"
CORRECTION = "{question}\n\nWhat is said to be wrong with the reply: {reason}"


def reminder(kind: str, request: Request) -> str:
    """That a request waits for too long."""
    whose = f" ({request.claimed_by} has it)" if request.claimed_by else ""
    return REMINDERS[kind].format(reference=request.reference, whose=whose, question=shortened(request.question))


def reminders(lines: Sequence[str]) -> str:
    """One letter about all of them."""
    if len(lines) == 1:
        return lines[0]
    shown = [f"- {line}" for line in lines[:MOST_REMINDED]]
    more = [REMINDERS_MORE.format(count=len(lines) - MOST_REMINDED)] if len(lines) > MOST_REMINDED else []
    return "\n".join([REMINDERS_TITLE.format(count=len(lines)), *shown, *more])


def handover_line(
    request: Request,
    opened: datetime,
    *,
    due: datetime | None = None,
    taken: datetime | None = None,
    is_new: bool = False,
) -> str:
    """A request in the handover digest; times in the hub's own."""
    since = f" since {taken:%d %b %H:%M}" if taken else ""
    facts = (
        f"{'new, ' if is_new else ''}opened {opened:%d %b %H:%M}",
        f"reply by {due:%d %b %H:%M}" if due else "",
        f"{request.claimed_by}{since}" if request.claimed_by else "",
        f"closed {CLOSED_AS[request.outcome]}" if request.outcome else "",
        "withdrawn" if request.state == "withdrawn" else "",
    )
    return f"- {request.reference} ({'; '.join(filter(None, facts))}) {shortened(request.question)}"


def card_line(actor: str, action: str) -> str:
    """What happened to a request, for the hub's board."""
    return CARD_LINES.get(action, "{actor} changed it.").format(actor=actor)


def unresolved_logged(count: int) -> str:
    """How many questions were logged that nobody answered and nobody waits for."""
    return (
        f"{'1 question was' if count == 1 else f'{count} questions were'} logged as unresolved: nobody chose a section."
    )


def late_board(count: int) -> str:
    """For the hub: how many questions could be answered now."""
    return LATE_BOARD.format(count="one question" if count == 1 else f"{count} questions")


def recall_board(count: int) -> str:
    """For the hub: how many quotes do not stand any more."""
    return RECALL_BOARD.format(count="one quote" if count == 1 else f"{count} quotes")


def late_quote(cited: Citation) -> str:
    """What guidance says now, with its source: sent word for word."""
    return f"“{cited.quote}”\n{source(cited)} · {standing(cited)}"


def late_for_some(cited: Citation) -> str:
    """That guidance for some only answers now: whom it is for, and nothing of what it says."""
    return LATE_FOR_SOME.format(audience=cited.audience)


def recalled(cited: Citation, stands: str, now: str, receipt: str, at: datetime) -> str:
    """That something somebody was shown does not stand any more: old and new."""
    return RECALLED.format(
        day=day(at.date()),
        receipt=receipt,
        stands=RECALL_STANDS.get(stands, stands),
        source=source(cited),
        quote=cited.quote,
        now=RECALLED_NOW.format(text=now) if now else "",
    )


def state_and_holder(request: Request) -> str:
    """A request's state, and who has it."""
    return f"{request.state.value} · {request.claimed_by}" if request.claimed_by else request.state.value


def card_facts(request: Request) -> list[str]:
    """What a card says of a request, a line each."""
    facts = [
        f"{request.kind.value.replace('_', ' ')} · {state_and_holder(request)}",
        f"Why it is here: {request.why}",
        f"Closed {CLOSED_AS.get(request.outcome, request.outcome)}" if request.outcome else "",
        f"Answers too: {', '.join(request.joined[:20])}" if request.joined else "",
        f"Answered with {request.joined_to}" if request.joined_to else "",
    ]
    return [fact for fact in facts if fact]


NO_GROUNDS = "This reply rests on no search, so there is nothing to weigh."
GROUNDS_VERDICT = "Why"
GROUNDS_CONFIDENCE = "confidence {value:.2f}"
GROUNDS_AGREES = "Asked besides, for the margin was thin: {model} has the same section first."
GROUNDS_DIFFERS = "Asked besides, for the margin was thin: {model} has another section first."
GROUNDS_FOLLOWS = "It was read as following the question before it."
GROUNDS_FOUND = "Found, best first"
GROUNDS_AGAINST = "Weighed against it"
GROUNDS_SIGNALS = "Signals"
GROUNDS_CHOSEN = "The asker opened (0 is none of them)"
GROUNDS_READER = "Read by {model} in {seconds:.1f} s: {answers}{unusable}"
GROUNDS_UNUSABLE = " (it named a sentence that is not there, so it counted as nothing)"
READER_OUTCOMES = {
    "read": "it answers in time",
    "busy": "too many readings are under way",
    "resting": "it is left alone for a while because it failed",
    "slow": "it did not answer in time",
    "down": "it cannot be reached",
    "over_quota": "its quota is used up",
    "refused": "it refuses the question: look at the key and the name of the model",
    "nonsense": "what it answers cannot be understood",
}
"""What came of asking a reader."""


def reader_figures(figures: ReaderFigures) -> str:
    """What is known of a reader on this library."""
    found = f"{figures.right} of the {figures.raised} quotes that it would add answer"
    may = "it may add quotes" if figures.may_raise else "it adds none"
    return f"{found} ({figures.questions} questions), so {may}"
