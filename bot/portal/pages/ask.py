"""Asking: one box, the reply with everything that can be done about it, the conversation so far."""

from __future__ import annotations

from bot import wording
from bot.domain.messages import Question
from bot.portal.site import Site
from bot.portal.visits import At, Go, Needs, Page, Shown, Visit

EXAMPLES = (
    "how long can we keep someone under section 136",
    "who can sign a closure notice",
    "kids keep setting fire to bins, what works",
)


def front(site: Site, visit: Visit) -> Shown:
    """The box to ask in."""
    if visit.visitor is None:
        return Page("welcome.html", {"title": wording.NAME})
    return Page("ask.html", {"title": wording.ASK_LABEL, "typed": "", "error": "", "examples": EXAMPLES})


def ask(site: Site, visit: Visit) -> Shown:
    """A question: its reply has an address of its own, which holds nothing of what was typed."""
    text = visit.form.get("question", "")
    if not text.strip():
        shown = {"title": wording.ASK_LABEL, "typed": text, "error": wording.NOTHING_TYPED, "examples": EXAMPLES}
        return Page("ask.html", shown, 422)
    reply = site.hub.assistant.ask(Question(text, visit.place, visit.person.person))
    if reply.receipt is None:
        return Page("reply.html", {"title": wording.NAME, "reply": reply})
    return Go(f"/replies/{reply.receipt}")


TABLE = (
    At("/", front, needs=Needs.NOBODY),
    At("/questions", post=ask),
)
