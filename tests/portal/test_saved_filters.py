"""Filters of the board that are named and kept: for one person, with no word of them in an address or a log."""

from __future__ import annotations

import logging

import pytest
from playwright.sync_api import expect

from bot.app import Hub
from bot.domain.messages import Place, Question
from bot.records import Records
from tests.portal.conftest import Visitor
from tests.portal.test_browser import problems
from tests.portal.test_site import signed_in
from tests.support.fakes import Clock

WORD = "quagmire"


def ask(hub: Hub, *texts: str) -> None:
    for number, text in enumerate(texts):
        hub.assistant.hand_over(Question(text, Place("portal", f"pc-{number}"), f"pc-{number}"))


def test_a_filter_is_kept_for_one_person_and_found_by_its_number_alone(
    address: str, hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ask(hub, f"who drains the {WORD}", "who paints the lighthouse door")
    with signed_in(address, "sgt-bell") as staff, signed_in(address, "insp-cole") as colleague:
        kept = staff.post("/board/filters", data={"view": "all", "words": WORD, "name": "Wet <b>places</b>"})
        assert str(kept.url).endswith("/board?saved=1")
        assert ("PF-0001" in kept.text, "PF-0002" in kept.text) == (True, False)
        assert "Wet &lt;b&gt;places&lt;/b&gt;</a>" in kept.text
        assert f'value="{WORD}"' in kept.text
        others = colleague.get("/board?saved=1").text
        assert ("PF-0002" in others, "places" in others, WORD in others.split('id="rows"')[0]) == (True, False, False)
        colleague.post("/board/filters", data={"do": "remove", "number": "1"})
        assert "places" in staff.get("/board").text
        gone = staff.post("/board/filters", data={"do": "remove", "number": "1"})
        assert "The filter is removed." in gone.text
        assert "places" not in gone.text
        assert "PF-0002" in staff.get("/board?saved=1").text
    ours = "".join(record.getMessage() for record in caplog.records if not record.name.startswith("httpcore"))
    with signed_in(address, "pc-adams") as officer:
        assert officer.post("/board/filters", data={"name": "x", "words": "y"}).status_code == 403
    assert "/board?saved=1" in ours  # as httpx tells, so something was listened to
    assert WORD not in ours
    assert "places" not in ours
    assert WORD not in "".join(str(event) for event in hub.records.audit_events())


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"name": " "}, "Give the filter a name."),
        ({"name": "n" * 61}, "Use at most 60 characters"),
        ({"name": "mine", "words": "w" * 201}, "Use at most 60 characters"),
        ({"name": "mine", "words": "07700 900123"}, "Leave out names, numbers and addresses"),
    ],
)
def test_a_filter_that_cannot_be_kept_says_why_and_loses_nothing_typed(
    address: str, sent: dict[str, str], told: str
) -> None:
    with signed_in(address, "sgt-bell") as staff:
        page = staff.post("/board/filters", data={"area": "Hatfield", **sent})
        assert (page.status_code, told in page.text) == (422, True)
        assert 'value="Hatfield"' in page.text
        assert "Your filters" not in staff.get("/board").text


def test_filters_are_replaced_by_name_counted_and_forgotten_with_time(records: Records, clock: Clock) -> None:
    filters = records.filters
    first = filters.keep("bell", "Bikes", {"words": "bikes"})
    again = filters.keep("bell", "Bikes", {"words": "e-bikes"})
    assert first != again
    assert [dict(one.wanted) for one in filters.all("bell")] == [{"words": "e-bikes"}]
    made = [filters.keep("bell", f"n{number}", {}) for number in range(20)]
    assert (made.count(None), len(filters.all("bell"))) == (1, 20)
    assert again is not None
    assert filters.use("dunn", again) is None
    assert not filters.remove("dunn", again)
    assert filters.remove("bell", again)
    assert filters.use("bell", again) is None


@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])
def test_a_filter_is_kept_opened_and_removed_by_hand(visit: Visitor, hub: Hub, script: bool) -> None:
    ask(hub, f"who drains the {WORD}", "who paints the lighthouse door")
    staff = visit("sgt-bell", width=320, script=script)
    staff.goto("/board")
    staff.get_by_text("Filter", exact=True).click()
    staff.fill("#words", WORD)
    staff.fill("#name", "Wet places")
    staff.get_by_role("button", name="Keep this filter").click()
    expect(staff.locator("#rows li")).to_have_count(1)
    if script:
        assert problems(staff) == []
    staff.get_by_role("link", name="Open", exact=True).click()
    expect(staff.locator("#rows li")).to_have_count(2)
    staff.get_by_role("link", name="Wet places").focus()
    staff.keyboard.press("Enter")
    expect(staff.locator("#rows li")).to_have_count(1)
    assert WORD not in staff.url
    assert staff.evaluate("document.documentElement.scrollWidth") <= 320
    staff.get_by_role("button", name="Remove the filter Wet places").click()
    expect(staff.get_by_text("The filter is removed.")).to_be_visible()
    expect(staff.locator("#rows li")).to_have_count(2)
