"""From a problem to what is told of it: stages, values, a claim that the chart bears out, and a second person."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.improvement import Better, Claim, Confidence, Freed, ProjectError, ProjectState, Stage, Tried, Value
from bot.domain.people import Actor, NotAllowed
from bot.domain.timing.hours import Hours
from bot.governance.office import Office
from bot.insight.insight import Insight
from bot.insight.projects.telling import benefits, hours_freed, told
from bot.insight.projects.working import Projects, measure_of, read_values
from bot.records import Records
from tests.support import year as made_up
from tests.support.fakes import Clock

BELL, DUNN, STRANGER = Actor("bell"), Actor("dunn"), Actor("pc-7")
WAIT = measure_of("wait", "from arrival to a place, each week's median", "hours", "down")
MONDAY = date(2025, 1, 6)


@pytest.fixture
def projects(office: Office, records: Records, clock: Clock) -> Projects:
    return Projects(office, records, Insight(records, Hours.parse("always"), clock), clock)


def weeks(*numbers: float, first: int = 0) -> list[Value]:
    return [Value(MONDAY + timedelta(weeks=first + place), number) for place, number in enumerate(numbers)]


def claim() -> Claim:
    return Claim("shorter waits", "Insp Hale", "custody records", Confidence.MEDIUM, Freed(60, 90, 30, 40))


BEFORE = (10, 12, 11, 9, 10, 11, 12, 10, 9, 11, 10, 12)


def test_a_project_from_opening_to_publishing(projects: Projects, records: Records) -> None:
    made = projects.open(
        BELL, "waits at the hospital", WAIT, problem="two officers wait for hours", baseline="11 hours"
    )
    assert (made.reference, made.stage, made.state) == ("IP-0001", Stage.OBJECTIVE, ProjectState.WORKING)
    assert projects.move(BELL, "ip-1", Stage.ANALYSIS, "two thirds arrive on Friday nights").notes == {
        "analysis": "two thirds arrive on Friday nights"
    }
    projects.measure(BELL, "IP-0001", weeks(*BEFORE))
    projects.measure(DUNN, "IP-0001", [Value(MONDAY, 10.5)])  # in the place of the earlier one
    projects.try_out(BELL, "IP-0001", Tried(MONDAY + timedelta(weeks=12), "a liaison officer"))
    projects.measure(BELL, "IP-0001", weeks(4, 5, 4, first=12))
    with pytest.raises(ProjectError, match="has no claim yet"):
        projects.propose(BELL, "IP-0001")
    projects.claim(BELL, "IP-0001", claim())
    proposed = projects.propose(BELL, "IP-0001")
    assert (
        "Hours freed, estimated: 30.0 to 60.0 a month (60 to 90 minutes each time x 30 to 40 times)." in proposed.text
    )
    assert "Estimated by Insp Hale, custody records; confidence medium." in proposed.text
    assert "The chart shows a signal for the better since 31 March 2025 (a liaison officer)" in proposed.text
    with pytest.raises(ProjectError, match="a different person must approve it"):
        projects.publish(BELL, "IP-0001")
    assert projects.published() == []
    published = projects.publish(DUNN, "IP-0001")
    assert (published.state, published.approved_by, published.text) == (ProjectState.PUBLISHED, "dunn", proposed.text)
    assert hours_freed(projects.all()) == (30, 60, 1)
    assert benefits(published).hours_freed == 30
    assert projects.withdraw(DUNN, "IP-0001").state is ProjectState.WITHDRAWN
    assert hours_freed(projects.all()) == (0, 0, 0)
    assert records.verify_audit().ok


def test_what_changes_after_it_was_proposed_is_proposed_again(projects: Projects) -> None:
    projects.open(BELL, "waits", WAIT, problem="they wait")
    projects.claim(BELL, "IP-0001", claim())
    projects.propose(BELL, "IP-0001")
    projects.measure(BELL, "IP-0001", weeks(3))
    with pytest.raises(ProjectError, match="has nothing that is proposed"):
        projects.publish(DUNN, "IP-0001")


def test_a_claim_that_the_chart_does_not_bear_out_says_so(projects: Projects) -> None:
    projects.open(BELL, "waits", WAIT, problem="they wait")
    projects.measure(BELL, "IP-0001", weeks(*BEFORE, 10, 11, 9))
    projects.try_out(BELL, "IP-0001", Tried(MONDAY + timedelta(weeks=12), "a poster"))
    made = projects.claim(BELL, "IP-0001", claim())
    assert "Not borne out by the chart. The chart shows no signal since 31 March 2025 (a poster)" in told(made)
    projects.propose(BELL, "IP-0001")
    assert projects.publish(DUNN, "IP-0001").state is ProjectState.PUBLISHED
    assert hours_freed(projects.all()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("title", "problem", "says"),
    [
        ("", "x", "Say something for --title"),
        ("x", "", "Say something for --problem"),
        ("x", "ring John Smith on 07700 900123", "this names"),
    ],
)
def test_what_says_nothing_or_names_somebody_is_refused(
    projects: Projects, title: str, problem: str, says: str
) -> None:
    with pytest.raises(ProjectError, match=says):
        projects.open(BELL, title, WAIT, problem=problem)


def test_who_may_not_and_what_is_not_there(projects: Projects) -> None:
    with pytest.raises(NotAllowed):
        projects.open(STRANGER, "x", WAIT, problem="y")
    for reference in ("IP-0009", "9"):
        with pytest.raises(ProjectError, match="There is no project"):
            projects.measure(BELL, reference, weeks(1))
    with pytest.raises(ProjectError, match="is no reference of a project"):
        projects.get("PF-x")
    for low, high in ((5, 4), (-1, 4), (float("nan"), 4)):
        with pytest.raises(ProjectError, match="the low one first"):
            Freed(low, high, 1, 1)


def test_values_of_a_file() -> None:
    found = read_values('\ufeffDay,value,note\n2026-01-05,3.5,x\n\n2026-01-12,"1,200",\n')
    assert [(one.day.isoformat(), one.value, one.source.value) for one in found] == [
        ("2026-01-05", 3.5, "csv"),
        ("2026-01-12", 1200, "csv"),
    ]
    for text, line in (
        ("a,b\n1,2\n", 1),
        ("day,value\n2026-01-05,\n", 2),
        ("day,value\n2026-01-05,1\n5 Jan,2\n", 3),
        ("day,value\n2026-01-05,nan\n", 2),
        ("day,value\n2026-01-05,=1+1\n", 2),
    ):
        with pytest.raises(ProjectError, match=rf"Line {line}:"):
            read_values(text)


def test_a_measure_counted_from_the_hubs_own_data(projects: Projects, records: Records, clock: Clock) -> None:
    clock.now = datetime(2026, 1, 5, 12, tzinfo=UTC)
    made = made_up.make(records, questions=1500, requests=0, officers=60)
    projects.open(BELL, "fewer handed over", measure_of("", "", "", "down", "handed_over"), problem="too many")
    counted = projects.count(BELL, "IP-0001")
    assert counted.measure.unit == "questions"
    assert counted.values
    for value in counted.values:
        week = value.day.isocalendar()[:2]
        facts = [one for one in made.replies if one["outcome"] == "handed_over" and not one["reason"]]
        assert value.value == sum(one["at"].isocalendar()[:2] == week for one in facts) or value.day.month in (3, 10)
    projects.open(BELL, "x", WAIT, problem="y")
    with pytest.raises(ProjectError, match="is not measured by one of the hub's own figures"):
        projects.count(BELL, "IP-0002")


def test_a_project_grows_out_of_a_problem_and_of_one_alone(projects: Projects, records: Records) -> None:
    made = made_up.make(records, questions=0, requests=30)
    problem = next(one for one in made.requests if one["kind"] == "operational_problem")
    question = next(one for one in made.requests if one["kind"] == "question")
    reference = f"PF-{problem['number']:04d}"
    assert projects.open(BELL, "x", WAIT, request=reference).problem == f"made-up question {problem['number']}"
    with pytest.raises(ProjectError, match="has a project already: IP-0001"):
        projects.open(BELL, "y", WAIT, request=reference)
    with pytest.raises(ProjectError, match="becomes no project"):
        projects.open(BELL, "y", WAIT, request=f"PF-{question['number']:04d}")


def test_better_is_up_or_down() -> None:
    assert measure_of("a", "b", "c", "up").better is Better.UP
