"""The main journeys in a real Chromium: with and without scripts, by keyboard, on a phone, and as axe-core sees."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.app import Hub
from bot.doctor import examine
from bot.domain.people import Actor
from bot.portal.edge import TABLE
from bot.portal.visits import Needs
from tests.portal.conftest import PATIENCE, Visitor
from tests.portal.test_admin_pages import FILLED

COVERED, UNCOVERED = "how long may a silk kite soak in water?", "who paints the lighthouse door?"
ELSEWHERE = ("/do/", "/replies/", "/requests/PF", "/board/PF", "/board/proposals/", "/insight/projects/PF")
"""Beginnings of addresses that need something to be there."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
"""Of colours. A page is the same in both but for its style sheet, so each is loaded once and looked at in both."""


def ask(page: Page, text: str) -> None:
    page.goto("/")
    page.fill("#question", text)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url(re.compile("/(replies/|questions$)"))  # an emergency is signposted there and then


def problems(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA, and what it calls best practice: by day and in the dark."""
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        broken = Axe().run(page).response["violations"]
        found += [f"{page.url} ({scheme}): {one['id']} at {one['nodes'][0]['target']}" for one in broken]
    return found


@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])
def test_an_officer_asks_hands_over_and_reads_the_hubs_reply(visit: Visitor, hub: Hub, script: bool) -> None:
    officer = visit("pc-adams", width=320, script=script)
    ask(officer, COVERED)
    expect(officer.locator(".hub-quote mark")).to_have_text("A silk kite may soak for ten minutes only.")
    expect(officer.locator(".hub-source").first).to_contain_text("law checked 20 October 2026")
    ask(officer, UNCOVERED)
    expect(officer.locator("main")).to_contain_text("Your reference is PF-0001.")
    hub.desk.reply(Actor("sgt-bell"), "PF-0001", "The sexton paints it.")
    officer.get_by_role("link", name="My requests").click()
    officer.get_by_role("link", name="PF-0001").click()
    expect(officer.locator("main")).to_contain_text("The sexton paints it.")
    officer.get_by_role("button", name="That helped").click()
    expect(officer.locator("main")).to_contain_text("PF-0001 is closed")


@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])
def test_hub_staff_find_claim_and_answer(visit: Visitor, script: bool) -> None:
    ask(visit("pc-adams", script=script), UNCOVERED)
    staff = visit("sgt-bell", script=script)
    staff.get_by_role("link", name="Board").click()
    expect(staff.locator("#rows")).to_contain_text(UNCOVERED)
    staff.get_by_role("link", name="Overdue", exact=True).click()
    expect(staff.locator("#rows")).to_contain_text("No request fits that.")
    staff.get_by_role("link", name="Open", exact=True).click()
    staff.get_by_text("Filter", exact=True).click()
    staff.fill("#words", "lighthouse")
    staff.get_by_role("button", name="Show", exact=True).click()
    assert "lighthouse" not in staff.url
    expect(staff.locator("#rows li")).to_have_count(1)
    staff.get_by_role("link", name="PF-0001").click()
    staff.get_by_role("button", name="Claim").click()
    expect(staff.locator("main")).to_contain_text("Sgt Bell")
    staff.get_by_role("button", name="Reply").click()
    expect(staff.locator("main")).to_contain_text(UNCOVERED)  # what is answered stands above the box
    staff.fill("#text", "The sexton paints it.")
    staff.get_by_role("button", name="Send").click()
    expect(staff.locator(".hub-message--reply")).to_contain_text("The sexton paints it.")


def test_somebody_elses_claim_appears_on_the_board_without_reloading(
    visit: Visitor, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.portal.live.SECONDS_BETWEEN_LOOKS", 0.05)
    ask(visit("pc-adams"), UNCOVERED)
    looking = visit("sgt-bell")
    with looking.expect_response("**/board/events"):
        looking.goto("/board")
    expect(looking.locator("#rows")).not_to_contain_text("Insp Cole")
    working = visit("insp-cole")
    working.goto("/board/PF-0001")
    working.get_by_role("button", name="Claim").click()
    expect(looking.locator("#rows")).to_contain_text("Insp Cole", timeout=PATIENCE)
    expect(looking.locator("#changed")).to_have_text("The board has changed.")
    assert visit("pc-adams").request.get("/board/events").status == 403


def test_what_is_like_a_request_is_shown_while_it_is_written(visit: Visitor) -> None:
    officer = visit("pc-adams", width=320)
    officer.goto("/do/form")
    officer.fill("#what", "how long may a silk kite soak in water before it is spoilt")
    expect(officer.locator("#like")).to_contain_text("How long may a kite soak in water?")
    assert "soak" not in officer.url
    officer.fill("#what", "he is stabbing someone right now outside the bar, come quick")
    expect(officer.locator("#like")).to_contain_text("999")
    without = visit("pcso-begum", script=False)
    without.goto("/do/form")
    without.fill("#what", "how long may a silk kite soak in water before it is spoilt")
    with without.context.expect_page() as opened:
        without.get_by_role("button", name="See what is like this already").click()
    expect(opened.value.locator("#like-found")).to_contain_text("How long may a kite soak in water?")


def test_two_people_on_one_request_the_second_is_told_who_has_it(visit: Visitor) -> None:
    ask(visit("pc-adams"), UNCOVERED)
    first, second = visit("sgt-bell"), visit("insp-cole")
    for staff in (first, second):
        staff.goto("/board/PF-0001")
    first.get_by_role("button", name="Claim").click()
    first.wait_for_url("**/board/PF-0001")
    second.get_by_role("button", name="Claim").click()
    expect(second.locator("main")).to_contain_text("Sgt Bell")


def test_an_emergency_stands_above_everything_and_is_announced(visit: Visitor) -> None:
    officer = visit("pc-adams", width=320)
    ask(officer, "he has a knife and is coming at me now")
    expect(officer.get_by_role("alert")).to_contain_text("call 999")
    top = officer.get_by_role("alert").bounding_box()
    assert top is not None
    assert top["y"] < 400


def test_no_page_breaks_a_rule_that_axe_knows_and_none_scrolls_sideways_on_a_phone(visit: Visitor, hub: Hub) -> None:
    found, wide = [], []
    stranger, officer = visit(), visit("pc-adams", width=320)
    found += problems(stranger)
    for text in (COVERED, UNCOVERED, "he has a knife and is coming at me now", "x" * 300):
        ask(officer, text)
        found += problems(officer)
        wide += _wide(officer)
    hub.desk.reply(Actor("sgt-bell"), "PF-0001", "The sexton paints it.")
    for path in [*_reached({Needs.NOBODY, Needs.PERSON}), "/requests/PF-0001", "/do/form", "/nowhere", "/board"]:
        officer.goto(path)
        found += problems(officer)
        wide += _wide(officer)
    staff = _staff(visit, hub)
    found, wide = found + staff[0], wide + staff[1]
    assert found == []
    assert wide == []


def _staff(visit: Visitor, hub: Hub) -> tuple[list[str], list[str]]:
    """What axe finds on the pages of hub staff and admins, and which of them scroll sideways."""
    found: list[str] = []
    wide: list[str] = []
    staff = visit("sgt-bell", width=320)
    forms = [f"/do/{step}?about=PF-0001" for step in ("reply", "promote", "close", "note", "ask_more")]
    for path in [*_reached({Needs.HUB}), "/board?view=all", "/board/PF-0001", *forms]:
        staff.goto(path)
        found += problems(staff)
        wide += _wide(staff)
    admin = visit("ms-dunn", width=320)
    hub.examining = lambda: examine(hub)
    for path in _reached({Needs.ADMIN, Needs.RECORD}):
        admin.goto(path)
        found += problems(admin)
        wide += _wide(admin)
    return found, wide


def _reached(needs: set[Needs]) -> list[str]:
    """Every page of the table for these needs; those of one document, step or request are named beside."""
    paths = {at.path.format(**FILLED) for at in TABLE if at.get is not None and at.needs in needs}
    return sorted(path for path in paths if not path.startswith(ELSEWHERE) and not path.endswith(".csv"))


def _wide(page: Page) -> list[str]:
    wide = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        wide += [f"{page.url} ({scheme}): {over} px"] if over > 0 else []
    return wide


def test_everything_is_reached_by_keyboard_with_the_focus_seen(visit: Visitor) -> None:
    officer = visit("pc-adams", width=320)
    ask(officer, COVERED)
    officer.keyboard.press("Tab")
    expect(officer.get_by_role("link", name="Skip to main content")).to_be_focused()
    reached = []
    for _ in range(40):
        looked = officer.evaluate(
            """() => { const at = document.activeElement, style = getComputedStyle(at);
              const name = at === document.body ? "" : at.innerText || at.id, box = at.getBoundingClientRect();
              const seen = style.boxShadow !== "none" || style.outlineStyle !== "none";
              return [name, box.height, seen, box.top >= 0 && box.bottom <= innerHeight]; }"""
        )
        reached.append(looked)
        officer.keyboard.press("Tab")
    names = [name for name, *_ in reached]
    for wanted in ("Sign out", "Library", "Show passage", "Ask the hub", "Not helpful", "question", "Ask", "Privacy"):
        assert wanted in names
    assert [name for name, _, seen, _ in reached if name and not seen] == []
    assert [name for name, _, _, shown in reached if name and not shown] == []
    assert [name for name, height, *_ in reached if name and height < 24] == []  # WCAG 2.2, target size


def test_a_guidance_page_is_printed_without_what_is_for_the_screen(visit: Visitor, tmp_path: Path) -> None:
    officer = visit("pc-adams")
    officer.goto("/library/kite-laundry")
    officer.emulate_media(media="print")
    expect(officer.get_by_role("heading", name="Washing kites")).to_be_visible()
    expect(officer.locator(".hub-nav")).to_be_hidden()
    expect(officer.locator(".hub-header")).to_be_hidden()


def test_nothing_is_fetched_from_anywhere_else(visit: Visitor, address: str) -> None:
    officer = visit("pc-adams")
    asked: list[str] = []
    officer.on("request", lambda request: asked.append(request.url))
    ask(officer, COVERED)
    assert asked
    assert [url for url in asked if not re.match(re.escape(address), url)] == []
