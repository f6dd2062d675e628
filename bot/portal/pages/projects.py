"""Improvement projects in a browser: opened, moved along, measured, claimed, and told after a second person agrees."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.domain.improvement import Better, Claim, Confidence, Freed, ProjectError, Stage, Tried, Value
from bot.domain.people import Actor
from bot.insight.figures import FIGURES
from bot.insight.projects.following import Followed, follow
from bot.insight.projects.telling import told
from bot.insight.projects.working import COUNTABLE, measure_of, read_values
from bot.insight.showing import svg
from bot.portal.site import Site, trouble
from bot.portal.visits import At, Go, Needs, Page, Shown, Visit
from bot.wording import NO_SUCH_PAGE
from bot.wording import insight as words

if TYPE_CHECKING:
    from bot.domain.improvement import Project
    from bot.insight.projects.working import Projects


def projects(site: Site, visit: Visit) -> Shown:
    """Every project, and what its chart says."""
    rows = [(one, follow(one)) for one in site.hub.projects.all()]
    return Page("insight/projects.html", {"title": words.TITLE_PROJECTS, "rows": rows})


def blank(site: Site, visit: Visit) -> Shown:
    """The form for a new one; of a request, where it grew out of one."""
    return _form({"request": visit.query.get("of", "")})


def open_one(site: Site, visit: Visit) -> Shown:
    """Open it; what was typed stays where something is missing."""
    sent = visit.form
    try:
        measure = measure_of(
            sent.get("measure", ""),
            sent.get("definition", ""),
            sent.get("unit", ""),
            Better.UP if sent.get("better") == Better.UP else Better.DOWN,
            sent.get("figure", ""),
        )
        named = {name: sent.get(name, "") for name in ("problem", "owner", "partners", "baseline", "request")}
        made = site.hub.projects.open(visit.person.actor, sent.get("title", ""), measure, **named)
    except ProjectError as error:
        return _form(sent, str(error))
    return Go(f"/insight/projects/{made.reference}", words.KEPT)


def _form(typed: Mapping[str, str], error: str = "") -> Page:
    figures = [(key, FIGURES[key].name) for key in COUNTABLE]
    shown = {"title": words.TITLE_NEW_PROJECT, "typed": typed, "error": error, "figures": figures}
    return Page("insight/project_form.html", shown, 422 if error else 200)


def project(site: Site, visit: Visit) -> Shown:
    """One project with its chart, values and what would be told."""
    return _project(site.hub.projects.get(visit.params["reference"]))


def work(site: Site, visit: Visit) -> Shown:
    """Move it to a stage; keep a value, a file of values, what was tried or what it brought; propose, publish."""
    desk, actor, reference = site.hub.projects, visit.person.actor, visit.params["reference"]
    step = _STEPS.get(visit.form.get("what", ""))
    if step is None:
        return trouble(404, NO_SUCH_PAGE)
    try:
        step(desk, actor, reference, visit)
    except ProjectError as error:
        return _project(desk.get(reference), str(error))
    return Go(f"/insight/projects/{reference}", words.KEPT)


def _move(desk: Projects, actor: Actor, reference: str, visit: Visit) -> None:
    stage = visit.form.get("stage", "")
    if stage not in set(Stage):
        raise ProjectError(words.CHOOSE_A_STAGE)
    desk.move(actor, reference, Stage(stage), visit.form.get("note", ""))


def _value(desk: Projects, actor: Actor, reference: str, visit: Visit) -> None:
    desk.measure(actor, reference, _typed(visit))


def _tried(desk: Projects, actor: Actor, reference: str, visit: Visit) -> None:
    day, anew = _day(visit.form.get("day", "")), visit.form.get("recalculates") == "yes"
    desk.try_out(actor, reference, Tried(day, visit.form.get("tried", ""), anew))


def _claim(desk: Projects, actor: Actor, reference: str, visit: Visit) -> None:
    sent = visit.form
    sure = sent.get("confidence", "")
    if sure not in set(Confidence):
        raise ProjectError(words.CHOOSE_A_CONFIDENCE)
    claim = Claim(sent.get("says", ""), sent.get("by", ""), sent.get("how", ""), Confidence(sure), _freed(sent))
    desk.claim(actor, reference, claim)


def _freed(sent: Mapping[str, str]) -> Freed | None:
    """Minutes each time x times a month; nothing where none of the four is given."""
    names = ("minutes_low", "minutes_high", "times_low", "times_high")
    if not any(sent.get(name, "").strip() for name in names):
        return None
    try:
        return Freed(*(float(sent.get(name, "")) for name in names))
    except ValueError as error:
        raise ProjectError(words.FOUR_NUMBERS) from error


Step = Callable[["Projects", Actor, str, Visit], object]
_STEPS: Mapping[str, Step] = {
    "stage": _move,
    "value": _value,
    "tried": _tried,
    "claim": _claim,
    "count": lambda desk, actor, reference, visit: desk.count(actor, reference),
    "propose": lambda desk, actor, reference, visit: desk.propose(actor, reference),
    "publish": lambda desk, actor, reference, visit: desk.publish(actor, reference),
    "withdraw": lambda desk, actor, reference, visit: desk.withdraw(actor, reference),
}
"""What can be done to a project, each by the name that its form sends."""


def _project(found: Project, error: str = "") -> Page:
    followed = follow(found)
    rows = [(value, followed.means(at).value) for at, value in enumerate(followed.values)]
    shown = {
        "title": f"{found.reference}: {found.title}",
        "project": found,
        "followed": followed,
        "chart": chart(found, followed),
        "rows": rows,
        "public": found.text or told(found),
        "error": error,
        "words": words,
        "confidences": list(Confidence),
    }
    return Page("insight/project.html", shown, 422 if error else 200)


def chart(found: Project, followed: Followed) -> Markup:
    """Its chart as SVG."""
    return Markup(svg.xmr_chart(followed, found.measure.unit, found.measure.name))  # noqa: S704 every text is escaped


def _typed(visit: Visit) -> Sequence[Value]:
    name, content = visit.files.get("file", ("", b""))
    if name:
        return read_values(content.decode("utf-8", "replace"))
    try:
        return [Value(_day(visit.form.get("day", "")), float(visit.form.get("value", "")))]
    except ValueError as error:
        raise ProjectError(words.TYPE_A_VALUE) from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ProjectError(words.TYPE_A_DAY) from error


TABLE = (
    At("/insight/projects", projects, needs=Needs.HUB),
    At("/insight/projects/new", blank, open_one, Needs.HUB),
    At("/insight/projects/{reference}", project, work, needs=Needs.HUB),
)
