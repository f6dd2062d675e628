"""What officers read of their requests."""

from __future__ import annotations

import math
from datetime import datetime

from bot.domain.requests import MessageKind, Request

HUB_REPLY = (
    "The hub has replied to {reference}:\n\n{text}\n\n"
    "Did that help? Type “helped {reference}” or “not yet {reference}”."
)
ASK_MORE = "The hub needs to know more about {reference}:\n\n{text}"
CLOSED_AS = {
    "answered": "as answered",
    "duplicate": "because it was asked already",
    "out_of_scope": "because it is not for the hub",
    "policy_gap": "as a gap in policy, which has been noted",
    "referred_on": "and passed on to the right team",
}
CLOSED = "The hub has closed {reference} {how}. If that is not right, type “not yet {reference}”."
EXPECTED_MEDIAN = "Half of recent requests had a reply within {hours}{open}."
EXPECTED_TARGET = "The hub aims to reply within {hours}{open}."
OPENS_AGAIN = "The hub is open again {when}."
FEEDBACK_NEEDS_REASON = "Say in a few words what is wrong, so that the hub can mend it."
FEEDBACK_TO_HUB = "Thank you. The hub will look at it. Your reference is {reference}."
FEEDBACK_KEPT = "Thank you. That is kept."
JOIN_OFFER = "Type “join {reference}” to get the hub's reply to it."
JOIN_SAYS = "{reference}, asked by {others}, looks much the same."
JOIN_HOW = "{alike} Join it with: prevention-hub requests join {reference} {into}"
JOINED = "{reference} has joined {into}: when the hub replies, you are told here."
NOTHING_TO_JOIN = "Ask your question first; if an open request looks much the same, you can join it."
WITHDRAWN = "{reference} is withdrawn."
OWN_REQUEST = "{reference} · {state} · {question}"
STATE_NAMES = {
    "open": "waiting for the hub",
    "claimed": "somebody in the hub has it",
    "replied": "the hub has replied",
    "closed": "closed",
    "reopened": "waiting for the hub again",
    "withdrawn": "withdrawn",
    "unresolved": "nobody answered it, and nobody waits",
}
DETAIL_ADDED = "Added to {reference}."
DETAIL_HEARD = (
    "Added to {reference}, because the hub had asked you for more. "
    "If it was not meant for that, type “new question” and I look it up."
)
DETAIL_NOT_MEANT = "What I said last was not meant for this request."
YOU_ASKED = "You asked: “{question}”"
STATUS = "{reference} · {state} · {question}"
STATUS_REPLY = "The hub's reply:\n{text}"
STATUS_ASKED = "The hub has asked you:\n{text}"
NO_SUCH_REFERENCE = "There is no request {reference}. Type “mine” to see yours."
NOT_YOURS = "Only the officer who asked {reference}, or the hub, may see it."
FORM_HEARD = "It helps the hub to know more. Type “add {reference}: …” with {missing}."
AFTER = "after “{topic}”: {question}"
INBOX = "While you were away"
HELPED = "Thank you. {reference} is closed."
NOT_YET = "{reference} is open again. The hub will look at it once more."
NO_REQUESTS = "No requests."
MORE_REQUESTS = "… and {more} more, {total} in all: --page {page}"


def join_offer(reference: str, asked_by: int) -> str:
    """That an open request looks the same, and how many wait for it."""
    return f"{join_says(reference, asked_by)} {JOIN_OFFER.format(reference=reference)}"


def join_says(reference: str, asked_by: int) -> str:
    """Which open request looks the same, and how many wait for it."""
    return JOIN_SAYS.format(reference=reference, others="one other" if asked_by == 1 else f"{asked_by} others")


def hours_in_words(hours: float) -> str:
    """A length of time as people say it: in minutes below one hour, in whole hours above."""
    if hours < 1:
        minutes = max(5, 5 * math.ceil(hours * 12))
        return "an hour" if minutes >= 60 else f"{minutes} minutes"
    whole = math.ceil(hours)
    return "an hour" if whole == 1 else f"{whole} hours"


def expected_median(hours: float, *, in_hub_hours: bool) -> str:
    """How long half of the recent requests waited at most."""
    counted = " in which the hub was open" if in_hub_hours else ""
    return EXPECTED_MEDIAN.format(hours=hours_in_words(hours), open=counted)


def expected_target(hours: float, *, in_hub_hours: bool) -> str:
    """What the hub aims at, where nothing else is known: in hub hours, or in elapsed ones where those are not set."""
    return EXPECTED_TARGET.format(hours=hours_in_words(hours), open=" while it is open" if in_hub_hours else "")


def opens_again(opening: datetime, now: datetime) -> str:
    """When the hub is there next, both in its own time."""
    days = (opening.date() - now.date()).days
    day_name = {0: "today", 1: "tomorrow"}.get(days, f"on {opening:%A}")
    date_too = f" {opening.day} {opening:%B}" if days > 6 else ""
    return OPENS_AGAIN.format(when=f"{day_name}{date_too} at {opening:%H:%M}")


def shortened(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:70].rstrip()}…" if len(line) > 71 else line


def more_requests(more: int, total: int, page: int) -> str:
    """That a list goes on, and how to see it."""
    return MORE_REQUESTS.format(more=f"{more:,}", total=f"{total:,}", page=page)


def own_request(request: Request) -> str:
    """A line about one of somebody's own requests."""
    joined = f", with {request.joined_to}" if request.joined_to else ""
    asked = shortened(request.question)
    return OWN_REQUEST.format(
        reference=request.reference, state=f"{STATE_NAMES[request.state.value]}{joined}", question=asked
    )


def closed(reference: str, outcome: str) -> str:
    """That a request was closed without a reply, and how."""
    return CLOSED.format(reference=reference, how=CLOSED_AS[outcome])


def status(request: Request) -> str:
    """Where a request stands, and what was said last to whoever asked."""
    state = STATE_NAMES.get(request.state.value, request.state.value)
    question = " ".join(request.question.split())
    lines = [STATUS.format(reference=request.reference, state=state, question=question)]
    told = [one for one in request.messages if one.kind in (MessageKind.REPLY, MessageKind.ASK_MORE)]
    if told:
        wording = STATUS_REPLY if told[-1].kind is MessageKind.REPLY else STATUS_ASKED
        lines.append(wording.format(text=told[-1].text))
    return "\n\n".join(lines)
