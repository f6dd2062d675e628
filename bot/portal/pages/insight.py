"""Insight in a browser: every chart beside its data as a table, a page to print, and what hub staff do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from bot.domain.improvement import ProjectError, Tried, Value
from bot.insight import periods
from bot.insight.figures import FIGURES, Split
from bot.insight.hiding import LEAST, PEOPLE
from bot.insight.periods import Grain
from bot.insight.projects.following import Followed, follow
from bot.insight.projects.telling import claimed, told
from bot.insight.projects.working import read_values
from bot.insight.showing import svg
from bot.insight.showing.exports import as_csv
from bot.insight.tables import Table
from bot.portal.rendering import Renderer
from bot.portal.site import Site, trouble
from bot.portal.visits import At, File, Go, Needs, Page, Shown, Visit
from bot.wording import NO_SUCH_PAGE
from bot.wording import insight as words

if TYPE_CHECKING:
    from bot.domain.improvement import Project
    from bot.insight.showing.month import Month

DRAWN = ("questions", "answer_rate", "requests", "to_reply")
"""Figures that are drawn over time."""
SHOWN_BY = {split: "requests" if split in (Split.KIND, Split.THEME, Split.AREA) else "questions" for split in Split}
"""The figure that is drawn for each split."""


def figures(site: Site, visit: Visit) -> Shown:
    """The figures of a period, split or not, with a chart."""
    table = _table(site, visit)
    context = {"table": table, "charts": _charts(table), "splits": list(Split), **_about(site, table)}
    return Page("insight/figures.html", context)


def csv_file(site: Site, visit: Visit) -> Shown:
    """The same as a file."""
    table = _table(site, visit)
    name = "-".join(filter(None, ("figures", table.period.name, table.by.value if table.by else "")))
    return File(f"{name}.csv", as_csv(table.records()).encode(), "text/csv; charset=utf-8")


def definitions(site: Site, visit: Visit) -> Shown:
    """What every figure counts."""
    return Page("insight/definitions.html", {"title": words.TITLE_DEFINITIONS, "figures": list(FIGURES.values())})


def gaps(site: Site, visit: Visit) -> Shown:
    """What officers asked and guidance did not answer."""
    found = site.hub.gap_desk.look(visit.person.actor)
    return Page("insight/gaps.html", {"title": words.TITLE_GAPS, "gaps": found})


def do_about_gap(site: Site, visit: Visit) -> Shown:
    """Write a draft, or open a request."""
    desk, actor, name = site.hub.gap_desk, visit.person.actor, visit.params["name"]
    if visit.form.get("what") == "draft":
        path = desk.draft(actor, name, site.hub.insight.today)
        return Go("/insight/gaps", words.GAP_DRAFTED.format(path=path.name))
    return Go(f"/board/{desk.ask(actor, name, visit.place)}")


def documents(site: Site, visit: Visit) -> Shown:
    """Documents by use."""
    found = site.hub.documents()
    popular = sorted(found, key=lambda one: -one.quoted)[:12]
    chart = svg.bar_chart(
        [one.title for one in popular], [one.quoted for one in popular], "quotes", words.CHART_DOCUMENTS
    )
    never = [one for one in found if not one.quoted]
    context = {"title": words.TITLE_DOCUMENTS, "documents": found, "never": never, "chart": Markup(chart)}  # noqa: S704
    return Page("insight/documents.html", context)


def projects(site: Site, visit: Visit) -> Shown:
    """Every project, and what its chart says."""
    rows = [(one, follow(one)) for one in site.hub.projects.all()]
    return Page("insight/projects.html", {"title": words.TITLE_PROJECTS, "rows": rows})


def project(site: Site, visit: Visit) -> Shown:
    """One project with its chart, values and what would be told."""
    return _project(site.hub.projects.get(visit.params["reference"]))


def work_on_project(site: Site, visit: Visit) -> Shown:
    """Keep a value, a file of values, or what was tried; propose, publish."""
    desk, actor, reference = site.hub.projects, visit.person.actor, visit.params["reference"]
    what = visit.form.get("what", "")
    try:
        if what == "value":
            desk.measure(actor, reference, _typed(visit))
        elif what == "count":
            desk.count(actor, reference)
        elif what == "tried":
            day, anew = _day(visit.form.get("day", "")), visit.form.get("recalculates") == "yes"
            desk.try_out(actor, reference, Tried(day, visit.form.get("tried", ""), anew))
        elif what == "propose":
            desk.propose(actor, reference)
        elif what == "publish":
            desk.publish(actor, reference)
        else:
            return trouble(404, NO_SUCH_PAGE)
    except ProjectError as error:
        return _project(desk.get(reference), str(error))
    return Go(f"/insight/projects/{reference}", words.KEPT)


def month(site: Site, visit: Visit) -> Shown:
    """The monthly page, to be read and printed."""
    made = site.hub.month(visit.query.get("period", ""))
    return Page("insight/month.html", {"printed": False, **_month(made)})


def printed(made: Month, timezone: str) -> str:
    """The monthly page as one file that needs nothing else."""
    return Renderer(timezone).draw("insight/month_file.html", {"printed": True, **_month(made)})


def _month(made: Month) -> Mapping[str, Any]:
    charts = [(project, followed, _chart(project, followed)) for project, followed in made.projects]
    return {
        "title": words.TITLE_MONTH.format(period=made.period.name),
        "month": made,
        "charts": _charts(made.year),
        "splits": [(table, next(iter(_charts(table)), Markup())) for table in made.splits if table.rows],
        "projects": charts,
        "claimed": claimed,
        "note": words.HIDDEN_WHY.format(least=LEAST, people=PEOPLE),
        "words": words,
    }


def _table(site: Site, visit: Visit) -> Table:
    insight, by = site.hub.insight, visit.query.get("by", "")
    split = Split(by) if by in {one.value for one in Split} else None
    name = visit.query.get("period", "")
    return insight.table(insight.period(name), split or Split.WEEK)


def _about(site: Site, table: Table) -> Mapping[str, Any]:
    today = site.hub.insight.today
    over = [
        one for year in (today.year, today.year - 1) for one in reversed(periods.months_of(year)) if one.is_over(today)
    ]
    longer = [
        one
        for year in (today.year, today.year - 1)
        for one in (*reversed(periods.quarters_of(year)), periods.year_of(year))
        if one.is_over(today)
    ]
    return {
        "title": words.TITLE_FIGURES.format(period=table.period.name),
        "periods": [
            *([table.period] if table.period not in over[:12] else []),
            *over[:12],
            *longer,
            *([] if longer else [periods.last_over(today, Grain.YEAR)]),
        ],
        "note": words.HIDDEN_WHY.format(least=LEAST, people=PEOPLE),
    }


def _charts(table: Table) -> list[Markup]:
    """Charts of a table: lines over time, bars by what it is split by."""
    by, rows = table.by, table.rows
    if by is None or not rows:
        return []
    names = [row.label for row in rows]
    made = []
    for key in DRAWN if by in (Split.WEEK, Split.MONTH) else (SHOWN_BY[by],):
        figure, values = FIGURES[key], [row.cells[key].value for row in rows]
        draw = svg.line_chart if by in (Split.WEEK, Split.MONTH) else svg.bar_chart
        made.append(draw(names, values, figure.unit, figure.name))
    return [Markup(one) for one in made if one]  # noqa: S704 drawn by us, every text in it escaped


def _chart(project: Project, followed: Followed) -> Markup:
    return Markup(svg.xmr_chart(followed, project.measure.unit, project.measure.name))  # noqa: S704 as above


def _project(found: Project, error: str = "") -> Page:
    followed = follow(found)
    rows = [(value, followed.means(at).value) for at, value in enumerate(followed.values)]
    shown = {
        "title": f"{found.reference}: {found.title}",
        "project": found,
        "followed": followed,
        "chart": _chart(found, followed),
        "rows": rows,
        "public": found.text or told(found),
        "error": error,
        "words": words,
    }
    return Page("insight/project.html", shown, 422 if error else 200)


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
    At("/insight", figures, needs=Needs.HUB),
    At("/insight/figures.csv", csv_file, needs=Needs.HUB),
    At("/insight/definitions", definitions, needs=Needs.HUB),
    At("/insight/gaps", gaps, needs=Needs.HUB),
    At("/insight/gaps/{name}", post=do_about_gap, needs=Needs.HUB),
    At("/insight/documents", documents, needs=Needs.HUB),
    At("/insight/projects", projects, needs=Needs.HUB),
    At("/insight/projects/{reference}", project, work_on_project, needs=Needs.HUB),
    At("/insight/month", month, needs=Needs.HUB),
)
