"""Asking: one box, the reply with everything that can be done about it, the conversation so far."""

from __future__ import annotations

from bot import wording
from bot.domain.messages import Outcome, Reply
from bot.edges import offers
from bot.edges.layout import parts_of
from bot.portal.site import REPLY, Site, trouble
from bot.portal.visits import At, Go, Needs, Page, Shown, Visit, when_sent

EXAMPLES = (
    "how long can we keep someone under section 136",
    "who can sign a closure notice",
    "kids keep setting fire to bins, what works",
)


def front(site: Site, visit: Visit) -> Shown:
    """The box to ask in."""
    if visit.visitor is None:
        return Page("welcome.html", {"title": wording.NAME})
    return _box()


def ask(site: Site, visit: Visit) -> Shown:
    """A question; its reply has an address of its own, which holds nothing of what was typed."""
    text = visit.form.get("question", "")
    return site.ask(visit, text) if text.strip() else _box(text, wording.NOTHING_TYPED)


def reply(site: Site, visit: Visit) -> Shown:
    """A reply, found again by its receipt, and the box for what comes next."""
    record = site.hub.records.receipt(visit.params["receipt"])
    if record is None:
        return trouble(404, wording.NO_SUCH_RECEIPT.format(receipt=visit.params["receipt"]))
    site.hub.ceilings.check_receipt(record, site.viewer(visit))
    asked = site.hub.records.conversation.asked(record.code, visit.person.person)
    return draw(site, record.again(), asked)


def draw(site: Site, shown: Reply, asked: str = "") -> Page:
    """The page of a reply; above it what was asked, for whoever asked it."""
    answer = offers.answer(shown)
    urgent = shown.outcome is Outcome.URGENT
    context = {"title": wording.REPLY_TITLE, "parts": parts_of(shown), "answer": answer, "urgent": urgent}
    return Page(REPLY, {**context, "reply": shown, "asked": asked})


def _box(typed: str = "", error: str = "") -> Page:
    shown = {"title": wording.ASK_LABEL, "typed": typed, "error": error, "examples": EXAMPLES}
    return Page("ask.html", shown, 422 if error else 200)


TABLE = (
    At("/", front, needs=Needs.NOBODY),
    At("/questions", post=ask, hears=lambda visit: visit.form.get("question", ""), long=when_sent),
    At("/replies/{receipt}", reply),
)
__all__ = ["TABLE", "Go", "draw"]
