"""Every step of the counter in a browser: a form where it asks for something, done at once where it does not."""

from __future__ import annotations

from bot import wording
from bot.domain.messages import Place
from bot.domain.people import Action, Actor
from bot.domain.requests import parse_reference
from bot.edges.forms import Form, Kind
from bot.edges.presses import Done, Press
from bot.edges.shown import Whole
from bot.edges.steps import written_by_an_officer
from bot.edges.steps_table import STEPS, Who
from bot.portal.site import Site, trouble
from bot.portal.visits import PLATFORM, At, Go, Needs, Page, Shown, Visit
from bot.wording import labels

ASKS_MORE = ("good", "helped")
"""Steps after which one more thing may be asked, with a button for each answer."""
ASK_LIBRARY = frozenset({"ask", "ask_hub", "about", "form", "promote", "approve"})
"""Steps that look something up or compare what was written with open requests."""
OURS = {"step", "about", "nonce", "back"}
"""Fields of a form that are not the step's own."""


def open_form(site: Site, visit: Visit) -> Shown:
    """What a button opens: a form, or a passage whole."""
    return _drawn(site, site.steps.open(_press(visit)), visit)


def take(site: Site, visit: Visit) -> Shown:
    """Do it, once however often it is sent; a form with what was typed where it cannot be done like this."""
    press = _press(visit)
    if press.step == "ask":
        return site.ask(visit, press.fields.get("question", ""))
    done = site.steps.attempt(press)
    if done.asks:
        return site.ask(visit, done.asks)
    if not done.good and STEPS[press.step].form:
        return _again(site, visit, press, done)
    if not done.good:
        return Page("refused.html", {"title": wording.TROUBLE_TITLES[409], "done": done, "back": _back(visit)}, 409)
    if press.step in ASKS_MORE and done.remedies:
        return Page("refused.html", {"title": labels.DONE.rstrip("."), "done": done, "back": _back(visit)})
    reference = done.request.reference if done.request else ""
    return Go(_after(press, reference, visit), done.told)


def _again(site: Site, visit: Visit, press: Press, done: Done) -> Shown:
    opened = site.steps.open(press, done.told)
    return _drawn(site, opened, visit, 422)


def _drawn(site: Site, opened: Form | Whole | Done, visit: Visit, status: int = 200) -> Shown:
    if isinstance(opened, Form):
        shown = {"title": opened.title, "form": opened, "Kind": Kind, "back": _back(visit)}
        return Page("form.html", {**shown, "asked": _asked(site, visit)}, status)
    if isinstance(opened, Whole):
        return Page("passage.html", {"title": opened.citation.title, "whole": opened, "back": _back(visit)})
    return trouble(409, opened.told)


def _asked(site: Site, visit: Visit) -> str:
    """What the request asks, above what the hub writes about it."""
    about = visit.form.get("about") or visit.query.get("about", "")
    may = visit.person.may(Action(Needs.HUB.value))
    found = site.hub.records.request(about) if may and parse_reference(about) is not None else None
    return found.question if found else ""


def _press(visit: Visit) -> Press:
    name = visit.params.get("step", "")
    if name not in STEPS:
        name = ""
    own = {name: value for name, value in {**visit.query, **visit.form}.items() if name not in OURS}
    about = visit.form.get("about") or visit.query.get("about", "")
    person = visit.person
    return Press(name, person.actor, visit.place, about, own, visit.form.get("nonce", ""), person.name)


def heard(visit: Visit) -> str:
    """What an officer wrote, to be heard before anything else."""
    own = {name: value for name, value in visit.form.items() if name not in OURS}
    return written_by_an_officer(Press(visit.params.get("step", ""), Actor(""), Place(PLATFORM, ""), fields=own))


def looks_up(visit: Visit, posted: bool) -> bool:
    """Whether a step asks the library."""
    return posted and visit.params.get("step") in ASK_LIBRARY


def _after(press: Press, reference: str, visit: Visit) -> str:
    """Where a step leads: the hub stays at its request, the asker goes to theirs."""
    if back := visit.form.get("back"):
        return site_address(back)
    if not reference:
        return "/"
    for_hub = STEPS[press.step].who in (Who.HUB, Who.APPROVER)
    return f"/board/{reference}" if for_hub else f"/requests/{reference}"


def _back(visit: Visit) -> str:
    return site_address(visit.form.get("back") or visit.query.get("back") or "/")


def site_address(address: str) -> str:
    """An address within the portal; the first page in the place of any other."""
    from bot.portal.sign_in import inside

    return inside(address)


TABLE = (At("/do/{step}", open_form, take, hears=heard, long=looks_up),)
