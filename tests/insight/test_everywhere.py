"""The same numbers on the command line, in files, on pages, in metrics and in the digest; and files that do no harm."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from prometheus_client.parser import text_string_to_metric_families

from bot.app import Hub
from bot.cli import main, open_hub
from bot.domain.improvement import Claim, Confidence, Freed, Tried, Value
from bot.domain.people import Actor
from bot.insight import periods
from bot.insight.figures import FIGURES, Split
from bot.insight.insight import Insight
from bot.insight.periods import Grain
from bot.insight.projects.working import measure_of
from bot.insight.showing.exports import as_csv, harmless
from bot.insight.showing.metrics import name_of
from bot.insight.showing.month import digest_lines
from bot.insight.tables import Table
from bot.portal.samples import DEMONSTRATION
from bot.records.errors import RecordsError
from bot.server import edges_of, new_server
from bot.settings import Settings
from tests.portal.test_site import signed_in
from tests.support import year as made_up
from tests.support.fakes import WordEncoder
from tests.support.ready import make_ready
from tests.support.serving import served

BELL, COLE = Actor("sgt-bell"), Actor("insp-cole")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """A hub with a year behind it, up to today."""
    from tests.conftest import BADGERS, LAUNDRY

    folder = tmp_path_factory.mktemp("everywhere")
    guidance = folder / "guidance"
    guidance.mkdir()
    (guidance / "laundry.md").write_text(LAUNDRY, encoding="utf-8")
    (guidance / "badgers.md").write_text(BADGERS, encoding="utf-8")
    made = Hub(Settings(data=folder / "data", **DEMONSTRATION), WordEncoder())
    make_ready(made, guidance)
    first = datetime.now(UTC) - timedelta(days=364)
    made_up.make(made.records, questions=2500, requests=400, officers=90, first=first)
    _project(made, "=waits", 4, 5, 4)
    _project(made, "a poster", 10, 11, 9)
    made.month()  # counted once, as by the first who looks
    yield made
    made.close()


def _project(hub: Hub, title: str, *since: float) -> None:
    """Published, whatever its chart says."""
    start = hub.insight.period(grain=Grain.WEEK).monday - timedelta(weeks=20)
    measure = measure_of("wait", "weekly median", "hours", "down")
    reference = hub.projects.open(BELL, title, measure, problem="they wait").reference
    numbers = (10, 12, 11, 9, 10, 11, 12, 10, 9, 11, 10, 12, *since)
    hub.projects.measure(BELL, reference, [Value(start + timedelta(weeks=i), n) for i, n in enumerate(numbers)])
    hub.projects.try_out(BELL, reference, Tried(start + timedelta(weeks=12), "a liaison officer"))
    claim = Claim("shorter waits", "Insp Hale", "records", Confidence.LOW, Freed(60, 90, 30, 40))
    hub.projects.claim(BELL, reference, claim)
    hub.projects.propose(BELL, reference)
    hub.projects.publish(COLE, reference)


def run(hub: Hub, *arguments: str) -> str:
    environment = {"PREVENTION_HUB_DATA": str(hub.settings.data), "NO_COLOR": "1", "COLUMNS": "200"}
    result = CliRunner(env=environment).invoke(main, list(arguments), obj=partial(open_hub, encoder=WordEncoder()))
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("by", ["week", "place", "kind", "area"])
def test_the_command_line_the_files_and_the_pages_say_the_same(hub: Hub, by: str, tmp_path: Path) -> None:
    from pyarrow import parquet

    period = hub.insight.period().name
    table = hub.insight.table(periods.parse(period), Split(by))
    said = json.loads(run(hub, "insight", "figures", period, "--by", by, "--json"))
    assert said["total"]["values"] == whole_of(table)
    assert [row["label"] for row in said["rows"]] == [row.label for row in table.rows]
    drawn = run(hub, "insight", "figures", period, "--by", by)
    for row in table.rows:
        for cell in row.cells.values():
            assert cell.text in drawn
    files = (tmp_path / "f.csv", tmp_path / "f.parquet")
    run(hub, "insight", "figures", period, "--by", by, "--csv", str(files[0]), "--parquet", str(files[1]))
    wanted = [(record["of"], record["figure"], record["shown"]) for record in table.records()]
    lines = list(csv.DictReader(io.StringIO(files[0].read_text(encoding="utf-8"))))
    assert [(line["of"], line["figure"], line["shown"]) for line in lines] == wanted
    rows = parquet.read_table(files[1]).to_pylist()
    assert [(row["of"], row["figure"], row["shown"]) for row in rows] == wanted
    with served(new_server(hub, edges_of(hub))) as address, signed_in(address, "sgt-bell") as staff:
        page = staff.get("/insight", params={"period": period, "by": by}).text
        for figure in table.figures:
            assert cells_of(page, figure.name) == [
                row.cells[figure.key].text for row in (*table.rows, table.whole) if row
            ]
        loaded = staff.get("/insight/figures.csv", params={"period": period, "by": by})
        assert loaded.text == files[0].read_bytes().decode()


def whole_of(table: Table) -> dict[str, float | None]:
    assert table.whole is not None
    return {key: cell.value for key, cell in table.whole.cells.items()}


def cells_of(page: str, name: str) -> list[str]:
    """The cells of a figure's row in a page."""
    row = page.split(f'<th scope="row" class="govuk-table__header">{name} <', 1)[1].split("</tr>", 1)[0]
    return [cell.replace("&gt;", ">") for cell in re.findall(r"<td[^>]*>([^<]*)</td>", row)]


def test_metrics_the_digest_and_the_month_say_the_same(hub: Hub) -> None:
    week, month = hub.insight.period(grain=Grain.WEEK), hub.insight.period()
    values = whole_of(hub.insight.table(week))
    with served(new_server(hub, edges_of(hub))) as address:
        text = httpx.get(f"{address}/metrics").text
        with signed_in(address, "sgt-bell") as staff:
            page = staff.get("/insight/month").text
    told = {family.name: {s.labels.get("period"): s.value for s in family.samples} for family in _families(text)}
    assert told["prevention_hub_up"] == {None: 1}
    for key, figure in FIGURES.items():
        assert told[name_of(figure)] == ({} if values[key] is None else {week.name: values[key]}), key
    lines = dict(digest_lines(hub.insight, week.monday, hub.projects.all()))
    if values["answer_rate"] is not None:
        assert lines["How questions were answered"] == [f"Answer rate of the week: {values['answer_rate']:g} %."]
    freed = (
        "Hours freed, estimated: 30.0 to 60.0 a month. Published projects behind this, each borne out by its chart: 1."
    )
    assert freed in lines["Improvements, as far as they can be shown"]
    assert freed in page
    table = hub.insight.table(month, Split.WEEK)
    shown = page.split("The month by weeks</caption>", 1)[1]
    for figure in table.figures:
        assert cells_of(shown, figure.name)[-1] == (table.whole and table.whole.cells[figure.key].text)
    said = json.loads(run(hub, "insight", "month", month.name, "--json"))
    assert said["weeks"]["total"]["values"] == whole_of(table)
    assert said["hours_freed"] == {"low": 30, "high": 60, "projects": 1}


def test_the_month_tells_apart_what_the_charts_bear_out_and_what_they_do_not(hub: Hub) -> None:
    with served(new_server(hub, edges_of(hub))) as address, signed_in(address, "sgt-bell") as staff:
        better, tried = staff.get("/insight/month").text.split("What was tried, and not borne out by its chart</h2>")
    assert ("IP-0001: =waits" in better, "IP-0002" in better) == (True, False)
    assert ("IP-0002: a poster" in tried, "IP-0001" in tried.split("The year by months</h2>")[0]) == (True, False)


def test_a_period_that_is_one_month_is_drawn_as_one_column(hub: Hub) -> None:
    month = hub.insight.period().name
    with served(new_server(hub, edges_of(hub))) as address, signed_in(address, "sgt-bell") as staff:
        page = staff.get("/insight", params={"period": month, "by": "month"}).text
    assert len(cells_of(page, "Questions")) == 1
    assert "<svg" not in page.split("<main", 1)[1]


def _families(text: str) -> Any:
    return text_string_to_metric_families(text)


def test_every_page_is_there_for_the_hub_and_for_nobody_else(hub: Hub, tmp_path: Path) -> None:
    pages = ["", "/gaps", "/documents", "/projects", "/projects/IP-0001", "/month", "/definitions"]
    with served(new_server(hub, edges_of(hub))) as address:
        with signed_in(address, "sgt-bell") as staff:
            for page in pages:
                assert staff.get(f"/insight{page}").status_code == 200, page
            shown = staff.get("/insight/projects/IP-0001").text
            assert "<svg" in shown
            assert "The chart shows a signal for the better" in shown
            assert staff.get("/insight?period=2026-13").status_code == 409
            refused = staff.post("/insight/projects/IP-0001", data={"what": "value", "day": "x", "value": "1"})
            assert refused.status_code == 422
            assert "Type the day as" in refused.text
        with signed_in(address, "pc-adams") as officer:
            for page in pages:
                assert officer.get(f"/insight{page}").status_code == 403, page
    run(hub, "insight", "month", "--html", str(tmp_path / "month.html"))
    file = (tmp_path / "month.html").read_text(encoding="utf-8")
    assert "<svg" in file
    assert "src=" not in file
    assert "30.0 to 60.0" in file


def test_what_is_published_is_news(hub: Hub) -> None:
    post = next(one for one in hub.news.all() if one.title == "=waits")
    assert "The chart shows a signal for the better" in post.text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "＝1"])
def test_no_cell_of_a_file_is_taken_for_a_formula(text: str) -> None:
    made = next(csv.reader(io.StringIO(as_csv([{"a": text, "b": -5, "c": 2.5}]).split("\r\n", 1)[1])))
    assert made == [f"'{text}", "-5", "2.5"]
    assert harmless("a=1") == "a=1"


def test_a_year_is_counted_anew_each_hour_and_nobody_waits_for_it(hub: Hub) -> None:
    now, begun = [datetime.now(UTC)], list[Callable[[], None]]()
    insight = Insight(hub.records, hub.targets.hours, lambda: now[0], begin=begun.append)
    year = now[0].year
    first = insight.year(year)
    now[0] += timedelta(minutes=59)
    assert (insight.year(year), begun) == (first, [])
    now[0] += timedelta(minutes=2)
    assert insight.year(year) is first
    begun.pop()()
    assert insight.year(year) is not first
    now[0] += timedelta(hours=12)
    late = insight.year(year)
    assert begun == []
    assert insight.year(year) is late


def test_what_the_pages_show_first_is_counted_before_anybody_asks(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    insight = Insight(hub.records, hub.targets.hours, lambda: datetime.now(UTC))
    insight.count_ahead()
    monkeypatch.setattr("bot.insight.insight.count_year", lambda *given: pytest.fail("somebody waited"))
    for split in (None, Split.PLACE, Split.KIND, Split.THEME, Split.AREA, Split.SUBJECT):
        insight.table(insight.period(), split)


def test_a_database_that_cannot_be_read_ends_nothing(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    insight = Insight(hub.records, hub.targets.hours, lambda: datetime.now(UTC))

    def broken(*given: object) -> None:
        raise RecordsError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("bot.insight.insight.count_year", broken)
        insight.count_ahead()
    assert "could not be counted: the disk is full" in caplog.text
    assert insight.table(insight.period()).whole is not None
