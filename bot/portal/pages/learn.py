"""Learning paths with a person's own progress, and programme news."""

from __future__ import annotations

from bot import wording
from bot.domain.refusals import Refused
from bot.portal.site import Site
from bot.portal.visits import At, Go, Page, Shown, Visit
from bot.programme.academy import LETTERS, Step
from knowledge.learning import Check


def paths(site: Site, visit: Visit) -> Shown:
    """Every path with what this person has done of it."""
    offered = site.hub.academy.offered(visit.person.person)
    return Page("learn.html", {"title": wording.LEARN_TITLE, "offered": offered})


def step(site: Site, visit: Visit) -> Shown:
    """The next thing to read or to answer on a path."""
    return _draw(site, visit, _step(site, visit))


def go_on(site: Site, visit: Visit) -> Shown:
    """A reading is done, or a question answered; what is next."""
    here = _step(site, visit)
    academy, person = site.hub.academy, visit.person.person
    if str(here.number) != visit.form.get("step"):  # sent again, or from an old page: nothing is counted twice
        return Go(visit.path)
    if isinstance(here.item, Check):
        return _answered(site, visit, here)
    moved = academy.read(person, here)
    return Go(visit.path if moved.next else "/learn", "" if moved.next else wording.LEARN_PATH_DONE)


def _answered(site: Site, visit: Visit, here: Step) -> Shown:
    letter = visit.form.get("letter", "")
    try:
        moved = site.hub.academy.answer(visit.person.person, here, letter)
    except ValueError:
        return _draw(site, visit, here, error=wording.LEARN_CHOOSE)
    check = here.item
    assert isinstance(check, Check)  # noqa: S101 answer() takes nothing else
    title, text = site.hub.section(check.document, check.section, site.viewer(visit))
    shown = {
        "title": here.path.title,
        "right": moved.right,
        "answer": check.choices[check.answer - 1],
        "why": text,
        "source": f"{title} > {check.section}",
        "to": visit.path if moved.next else "/learn",
        "check": check,
    }
    return Page("learn_answer.html", shown)


def forget(site: Site, visit: Visit) -> Shown:
    """Delete what is kept of this person's learning."""
    count = site.hub.academy.forget(visit.person.person)
    return Go("/learn", wording.LEARN_FORGOTTEN.format(count=count))


def news(site: Site, visit: Visit) -> Shown:
    """Programme news, newest first."""
    return Page("news.html", {"title": wording.NEWS, "posts": site.hub.news.all()})


def _step(site: Site, visit: Visit) -> Step:
    number = visit.params["number"]
    found = site.hub.academy.step(visit.person.person, int(number)) if number.isdecimal() and len(number) < 4 else None
    if found is None:
        raise Refused(wording.LEARN_NO_SUCH_PATH)
    return found


def _draw(site: Site, visit: Visit, here: Step, error: str = "") -> Page:
    item = here.item
    title, text = site.hub.section(item.document, item.section, site.viewer(visit))
    shown = {
        "title": here.path.title,
        "here": here,
        "check": item if isinstance(item, Check) else None,
        "letters": LETTERS,
        "text": text,
        "source": f"{title} > {item.section}",
        "error": error,
    }
    return Page("learn_step.html", shown, 422 if error else 200)


TABLE = (
    At("/learn", paths),
    At("/learn/{number}", step, go_on),
    At("/learning/forget", post=forget),
    At("/news", news),
)
