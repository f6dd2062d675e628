"""Finding requests: by words, reference, state, kind, theme, area, who, place and age; nothing is dropped unseen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.finding import Filter, Page, Sort
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Actor, NotAllowed, Person
from bot.domain.requests import RequestKind, RequestState
from bot.domain.timing.pace import Targets
from bot.governance.office import Office
from bot.queue.desk import Desk
from bot.queue.finding import Finder
from bot.queue.intake import open_request
from bot.records import Records
from tests.domain.test_hours import WEEK
from tests.support.fakes import Clock

BELL, DUNN, ASKER = Actor("bell"), Actor("dunn"), Actor("pc-7")


def ask(records: Records, text: str, asker: str = "pc-7", place: Place | None = None) -> str:
    return records.save_handed_over(
        Question(text, place or Place("terminal", asker), asker),
        lambda given: Reply("r", Outcome.HANDED_OVER, given, request=given),
        kind="question",
        found=(),
        why="too far",
    )


@pytest.fixture
def finder(office: Office, records: Records, clock: Clock) -> Finder:
    return Finder(office, records, Targets(WEEK, claim=4, reply=8), clock)


@pytest.fixture
def queue(desk: Desk, records: Records, clock: Clock) -> None:
    """Six requests, a day apart."""
    ask(records, "what does a parking permit cost")
    clock.now += timedelta(days=1)
    ask(records, "who locks the kite shed", "U777", Place("slack", "T1/C1/1.1"))
    records.people.met("slack", [Person("U777", name="Sam Reed"), Person("UBELL", name="Sgt Bell")])
    clock.now += timedelta(days=1)
    fields = {"what": "kites are stolen", "where": "Elm Lane, near the school", "often": "most Fridays"}
    kind = RequestKind.OPERATIONAL_PROBLEM
    open_request(records, "pc-8", Place("terminal", "pc-8"), kind, fields, "acquisitive")
    clock.now += timedelta(days=1)
    desk.claim(BELL, "PF-0001")
    desk.note(BELL, "PF-0001", "asked the turquoise office, 100% sure")
    desk.claim(Actor("UBELL", groups=("bell",)), "PF-0002")
    ask(records, "what does a dog licence cost")
    desk.reply(DUNN, "PF-0004", "Nothing.")
    clock.now += timedelta(days=1)
    ask(records, "who paints the lighthouse door", "pc-9")
    desk.withdraw(Actor("pc-9"), "PF-0005")


def found(finder: Finder, wanted: Filter, sort: Sort = Sort.NEWEST, **more: bool) -> list[int]:
    return [int(one.reference[3:]) for one in finder.find(BELL, wanted, Page(), sort, **more).requests]


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Filter(), [5, 4, 3, 2, 1]),
        (Filter(words="COST"), [4, 1]),
        (Filter(words="cost permit"), [1]),
        (Filter(words="turquoise"), [1]),
        (Filter(words="100%"), [1]),
        (Filter(words="10_%"), []),
        (Filter(words="pf-0002"), [2]),
        (Filter(reference="pf 3"), [3]),
        (Filter(reference="soon"), []),
        (Filter(states=(RequestState.CLAIMED,)), [2, 1]),
        (Filter(states=(RequestState.OPEN, RequestState.WITHDRAWN)), [5, 3]),
        (Filter(kinds=(RequestKind.OPERATIONAL_PROBLEM,)), [3]),
        (Filter(theme="Acquisitive"), [3]),
        (Filter(theme="asb"), []),
        (Filter(area="elm lane"), [3]),
        (Filter(who="bell"), [2, 1]),
        (Filter(who="Sgt B"), [2]),
        (Filter(who="sam"), [2]),
        (Filter(who="pc-"), [5, 4, 3, 1]),
        (Filter(holder="bell"), [1]),
        (Filter(asker="pc-9"), [5]),
        (Filter(place="slack"), [2]),
        (Filter(place="slack:T1/C1"), [2]),
        (Filter(place="slack:T1/C2"), []),
        (Filter(words="cost", states=(RequestState.REPLIED,)), [4]),
    ],
)
@pytest.mark.usefixtures("queue")
def test_requests_are_found_by_what_is_known_of_them(finder: Finder, wanted: Filter, numbers: list[int]) -> None:
    assert found(finder, wanted) == numbers


@pytest.mark.usefixtures("queue")
def test_by_age_mine_and_overdue(finder: Finder, clock: Clock) -> None:
    assert found(finder, finder.opened_within(Filter(), older_than=2)) == [3, 2, 1]
    assert found(finder, finder.opened_within(Filter(), younger_than=2)) == [5, 4, 3]
    assert found(finder, finder.opened_within(Filter(), younger_than=2, older_than=1)) == [4, 3]
    assert found(finder, Filter(), mine=True) == [1]
    # eight hub hours: the first three wait for longer; the fourth has its reply, the fifth was taken back
    assert found(finder, Filter(), Sort.LONGEST, overdue=True) == [1, 2, 3]
    assert found(finder, Filter(), overdue=True, mine=True) == [1]
    assert found(finder, Filter(states=(RequestState.CLOSED,)), overdue=True) == []


@pytest.mark.usefixtures("queue")
def test_without_a_target_nothing_is_overdue(finder: Finder, office: Office, records: Records, clock: Clock) -> None:
    assert found(Finder(office, records, Targets(WEEK, 0, 0), clock), Filter(), overdue=True) == []


@pytest.mark.parametrize(
    ("sort", "numbers"),
    [
        (Sort.NEWEST, [5, 4, 3, 2, 1]),
        (Sort.OLDEST, [1, 2, 3, 4, 5]),
        (Sort.LONGEST, [1, 2, 3, 4, 5]),
        (Sort.CHANGED, [5, 4, 2, 1, 3]),
        (Sort.WHO, [2, 1, 4, 5, 3]),
        (Sort.KIND, [3, 5, 4, 2, 1]),
    ],
)
@pytest.mark.usefixtures("queue")
def test_in_the_order_that_is_asked_for(finder: Finder, sort: Sort, numbers: list[int]) -> None:
    assert found(finder, Filter(), sort) == numbers


@pytest.mark.usefixtures("queue")
def test_page_by_page_every_one_is_seen_once_and_it_says_how_many_follow(finder: Finder) -> None:
    pages = [finder.find(BELL, Filter(), Page(number, 2)) for number in (1, 2, 3, 4)]
    assert [[one.reference for one in page.requests] for page in pages] == [
        ["PF-0005", "PF-0004"],
        ["PF-0003", "PF-0002"],
        ["PF-0001"],
        [],
    ]
    assert [(page.total, page.more, page.pages) for page in pages] == [(5, 3, 3), (5, 1, 3), (5, 0, 3), (5, 0, 3)]
    with pytest.raises(ValueError, match="counted from 1"):
        Page(0)


@pytest.mark.usefixtures("queue")
def test_whole_ones_are_what_each_is_by_itself(finder: Finder, records: Records, desk: Desk) -> None:
    second = ask(records, "who locks it then", "pc-8")
    desk.join(BELL, second, "PF-0002")
    whole = finder.find(BELL, Filter(), Page(), whole=True).requests
    assert len(whole) == 6
    for one in whole:
        assert one == records.request(one.reference)
    assert next(one for one in whole if one.reference == "PF-0002").joined == (second,)
    assert next(one for one in whole if one.reference == "PF-0001").messages[0].text.startswith("asked the turquoise")
    short = finder.find(BELL, Filter(), Page()).requests
    assert [(one.events, one.messages) for one in short] == [((), ())] * 6


def test_kind_theme_and_area_are_kept_and_the_area_names_nobody(records: Records) -> None:
    fields = {"what": "kites are stolen", "where": "flat of Jane Doe, 07700 900123"}
    kind = RequestKind.ORGANISATIONAL_INEFFICIENCY
    opened = open_request(records, "pc-8", Place("terminal", "pc-8"), kind, fields, "rural")
    kept = records.request(opened.reference)
    assert kept is not None
    assert (kept.kind, kept.theme) == (kind, "rural")
    assert kept.area.startswith("flat of ")
    assert "07700" not in kept.area
    assert "Jane" not in kept.area
    assert kept.as_json()["theme"] == "rural"


def test_only_hub_staff_look_through_the_queue(finder: Finder) -> None:
    with pytest.raises(NotAllowed, match="pc-7 may not work on requests"):
        finder.find(ASKER, Filter(), Page())


def test_a_person_s_own_requests_are_paged_too(records: Records) -> None:
    for number in range(45):
        ask(records, f"question {number}")
    pages = [records.requests_of("pc-7", limit=20, skip=skip) for skip in (0, 20, 40)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert pages[2][-1].reference == "PF-0001"
    assert (records.count_of("pc-7"), records.count_of("pc-8")) == (45, 0)
