"""The programme's feedback channel: a form for everyone, what was answered in public, and the hub's side of it."""

from __future__ import annotations

from bot import wording
from bot.domain.echo import LONGEST_ECHO, EchoState
from bot.domain.refusals import Refused
from bot.portal.floods import Floods
from bot.portal.site import Site
from bot.portal.visits import At, Go, Needs, Page, Shown, Visit

_FLOOD = Floods("6/hour", "300/hour")
"""From one address, and altogether."""
_WAIT = 3600


def form(site: Site, visit: Visit) -> Shown:
    """The form, and what stands above it."""
    return _form(site, {})


def tell(site: Site, visit: Visit) -> Shown:
    """Keep what somebody wrote; an emergency is told what to do, and nothing of it is kept."""
    typed = {name: visit.form.get(name, "") for name in ("text", "side", "theme")}
    try:
        told = (
            site.hub.echo.tell(typed["side"], typed["theme"], typed["text"])
            if _may(visit.sender, typed["text"])
            else None
        )
    except Refused as error:
        return _form(site, typed, str(error), status=422)
    if told is None:
        return _form(site, typed, wording.ECHO_TOO_MANY, status=429)
    if told.urgent:
        return _form(site, {}, urgent=True)
    return Page("echo/thanks.html", {"title": wording.ECHO_TITLE, "thanks": wording.echo_kept(told.redacted)})


def _may(sender: str, text: str) -> bool:
    """Whether it may be looked at: an emergency is never slowed down."""
    from bot.safeguards import clean, urgency

    return urgency(clean(text)) is not None or _FLOOD.allow(sender)


def _form(site: Site, typed: dict[str, str], error: str = "", *, urgent: bool = False, status: int = 200) -> Page:
    shown = {
        "title": wording.ECHO_TITLE,
        "typed": typed,
        "error": error,
        "urgent": urgent,
        "themes": {theme: theme.replace("_", " ") for theme in site.hub.echo.themes},
        "most": LONGEST_ECHO,
    }
    return Page("echo/form.html", shown, status, _WAIT if status == 429 else 0)


def said_and_done(site: Site, visit: Visit) -> Shown:
    """ "You said, we did"."""
    return Page("echo/public.html", {"title": wording.ECHO_ANSWERS_TITLE, "answers": site.hub.echo.public()})


def hub(site: Site, visit: Visit) -> Shown:
    """What was written, to be read and tagged; how often each tag was given; answers."""
    return _hub(site, visit)


def _hub(site: Site, visit: Visit, error: str = "", status: int = 200) -> Page:
    chosen = visit.query.get("state", "")
    state = EchoState(chosen) if chosen in set(EchoState) else None
    actor, echo = visit.person.actor, site.hub.echo
    shown = {
        "title": wording.ECHO_HUB_TITLE,
        "messages": echo.read(actor, state),
        "counts": echo.counts(actor),
        "answers": echo.answers(actor),
        "state": chosen,
        "error": error,
        "typed": visit.form,
    }
    return Page("echo/hub.html", shown, status)


def work(site: Site, visit: Visit) -> Shown:
    """Tag a message, write an answer, make one public, or take one back."""
    actor, echo, sent = visit.person.actor, site.hub.echo, visit.form
    number = _number(sent.get("number", ""))
    try:
        match sent.get("do"):
            case "tag":
                one = echo.tag(actor, number, sent.get("tags", "").split(","))
                told = wording.ECHO_TAGGED.format(number=one.number, tags=", ".join(one.tags))
            case "answer":
                numbers = [_number(part) for part in sent.get("numbers", "").replace(",", " ").split()]
                made = echo.answer(actor, sent.get("said", ""), sent.get("did", ""), numbers)
                told = wording.ECHO_PROPOSED.format(number=made.number)
            case "publish":
                told = wording.ECHO_PUBLISHED.format(number=echo.publish(actor, number).number)
            case "withdraw":
                told = wording.ECHO_WITHDRAWN.format(number=echo.withdraw(actor, number).number)
            case _:
                return Go(visit.path)
    except Refused as error:
        return _hub(site, visit, site.readable(str(error)), 422)
    return Go(visit.path, told)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


TABLE = (
    At("/echo", form, tell, Needs.NOBODY),
    At("/echo/answers", said_and_done, needs=Needs.NOBODY),
    At("/hub/echo", hub, work, Needs.HUB),
)
