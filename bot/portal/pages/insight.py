"""Insight in a browser: every chart beside its data as a table, a page to print, and what hub staff do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from bot.insight import periods
from bot.insight.figures import FIGURES, Split
from bot.insight.hiding import LEAST, PEOPLE
from bot.insight.periods import Grain
from bot.insight.projects.telling import claimed
from bot.insight.showing import svg
from bot.insight.showing.exports import as_csv
from bot.insight.tables import Table
from bot.portal.pages.projects import chart
from bot.portal.rendering import Renderer
from bot.portal.site import Site
from bot.portal.visits import At, File, Go, Needs, Page, Shown, Visit
from bot.wording import insight as words

if TYPE_CHECKING:
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
    popular = sorted((one for one in found if one.quoted), key=lambda one: -one.quoted)[:12]
    chart = svg.bar_chart(
        [one.title for one in popular], [one.quoted for one in popular], "quotes", words.CHART_DOCUMENTS
    )
    never = [one for one in found if not one.quoted]
    context = {"title": words.TITLE_DOCUMENTS, "documents": found, "never": never, "chart": Markup(chart)}  # noqa: S704
    return Page("insight/documents.html", context)


def month(site: Site, visit: Visit) -> Shown:
    """The monthly page, to be read and printed."""
    made = site.hub.month(visit.query.get("period", ""))
    return Page("insight/month.html", {"printed": False, **_month(made)})


def printed(made: Month, timezone: str) -> str:
    """The monthly page as one file that needs nothing else."""
    return Renderer(timezone).draw("insight/month_file.html", {"printed": True, **_month(made)})


def _month(made: Month) -> Mapping[str, Any]:
    charts = [(project, followed, chart(project, followed)) for project, followed in made.projects]
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
    over_time = by in (Split.WEEK, Split.MONTH)
    if over_time and len(rows) == 1:  # one point is no course of things
        return []
    for key in DRAWN if over_time else (SHOWN_BY[by],):
        figure, values = FIGURES[key], [row.cells[key].value for row in rows]
        draw = svg.line_chart if over_time else svg.bar_chart
        made.append(draw(names, values, figure.unit, figure.name))
    return [Markup(one) for one in made if one]  # noqa: S704 drawn by us, every text in it escaped


TABLE = (
    At("/insight", figures, needs=Needs.HUB),
    At("/insight/figures.csv", csv_file, needs=Needs.HUB),
    At("/insight/definitions", definitions, needs=Needs.HUB),
    At("/insight/gaps", gaps, needs=Needs.HUB),
    At("/insight/gaps/{name}", post=do_about_gap, needs=Needs.HUB),
    At("/insight/documents", documents, needs=Needs.HUB),
    At("/insight/month", month, needs=Needs.HUB),
)
