"""What happened to a request, in words for hub staff."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.record import Event

EVENTS = {
    "replied": "the assistant answered {who}",
    "viewed": "{who} looked at it",
    "request.opened": "{who} asked",
    "request.claimed": "{who} took it",
    "request.released": "{who} put it back",
    "request.reassigned": "{who} gave it to {holder}",
    "request.noted": "{who} wrote a note",
    "request.asked_more": "{who} asked for more",
    "request.detailed": "{who} added something",
    "request.replied": "{who} replied",
    "request.closed": "{who} closed it",
    "request.joined": "{who} let {into} answer it",
    "request.parted": "on its own again: what it had joined was withdrawn",
    "request.reopened": "{who} opened it again",
    "request.helped": "{who} said that it helped",
    "request.withdrawn": "{who} took it back",
    "request.promoted": "{who} proposed it as hub advice",
    "request.approved": "{who} approved it as hub advice",
    "request.late_answer": "{who} sent what guidance says now",
    "advice.proposed": "{who} proposed advice",
    "advice.approved": "{who} approved the advice",
    "advice.withdrawn": "{who} withdrew the advice",
    "lesson.proposed": "{who} proposed a lesson",
    "lesson.approved": "{who} approved the lesson",
    "lesson.withdrawn": "{who} withdrew the lesson",
    "late.sent": "{who} sent what guidance says now",
    "late.dismissed": "{who} does not send what guidance says now",
    "letter.sent": "a message was delivered",
    "letter.dead": "a message could not be delivered and was given up",
    "letter.resent": "{who} had a message tried again",
    "reminded.claim": "a reminder was sent: not taken yet",
    "reminded.claim_escalated": "a reminder was sent to the admins: not taken yet",
    "reminded.reply": "a reminder was sent: no reply yet",
    "reminded.escalated": "a reminder was sent to the admins: no reply yet",
}
_OTHERWISE = "{who}: {action}"


def event_line(event: Event, names: Mapping[str, str]) -> str:
    """What happened, with names in the place of ids as far as they are known."""
    who = names.get(event.actor, event.actor)
    account = f" (account {event.account})" if event.account not in ("", event.actor) else ""
    holder = str(event.detail.get("claimed_by") or "a colleague")
    return EVENTS.get(event.action, _OTHERWISE).format(
        who=f"{who}{account}",
        holder=names.get(holder, holder),
        into=event.detail.get("joined_to") or "another request",
        action=event.action.replace(".", " ").replace("_", " "),
    )
