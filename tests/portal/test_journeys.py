"""Journeys of admins and auditors in a real Chromium, with and without scripts; what WCAG 2.2 asks beyond axe."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.app import Hub
from bot.portal.edge import TABLE
from tests.portal.conftest import Visitor
from tests.portal.test_admin_pages import _until_built
from tests.portal.test_browser import COVERED, UNCOVERED, ask

OWLS = "# Owls\n\n## Who counts owls?\n\nOwls are counted by the baker.\n"
SCRIPTS = pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])


@SCRIPTS
@pytest.mark.usefixtures("ungated")
def test_an_admin_uploads_looks_publishes_pauses_and_rolls_back(
    visit: Visitor, hub: Hub, tmp_path: Path, script: bool
) -> None:
    file = tmp_path / "owls.md"
    file.write_text(OWLS, encoding="utf-8")
    admin = visit("ms-dunn", width=320, script=script)
    admin.get_by_role("link", name="Admin").click()
    admin.get_by_role("link", name="Upload guidance").click()
    admin.set_input_files("#file", file)
    admin.get_by_role("button", name="Upload and show what would change").click()
    admin.wait_for_url("**/admin/library")
    _until_built(hub)
    admin.goto("/admin/library")
    expect(admin.locator("main")).to_contain_text("would be published: 1 documents new")
    assert "owls" not in hub.library.edition().documents
    admin.get_by_role("button", name="Build and publish").click()
    _until_built(hub)
    officer = visit("pc-adams", script=script)
    ask(officer, "who counts owls?")
    expect(officer.locator(".hub-quote mark")).to_have_text("Owls are counted by the baker.")
    admin.goto("/admin/pauses")
    admin.select_option("#what", "owls")
    admin.fill("#why", "the baker has moved")
    admin.get_by_role("button", name="Pause", exact=True).click()
    ask(officer, "who counts owls?")
    expect(officer.locator("main")).not_to_contain_text("counted by the baker")
    admin.goto("/admin/library")
    admin.get_by_role("button", name="Serve edition 1").click()
    expect(admin.locator("main")).to_contain_text("Edition 1 serves")
    assert "owls" not in hub.library.edition().documents


@SCRIPTS
def test_an_auditor_finds_out_who_did_what_and_is_on_record_too(visit: Visitor, script: bool) -> None:
    ask(visit("pc-adams", script=script), UNCOVERED)
    staff = visit("sgt-bell", script=script)
    staff.goto("/board/PF-0001")
    staff.get_by_role("button", name="Claim").click()
    auditor = visit("mr-east", width=320, script=script)
    auditor.get_by_role("link", name="Admin").click()
    auditor.get_by_role("link", name="The record").click()
    auditor.get_by_label("What it is about").fill("PF-0001")
    auditor.get_by_role("button", name="Search").click()
    expect(auditor.locator("main")).to_contain_text("Sgt Bell (sgt-bell): request.claimed PF-0001")
    assert "PF-0001" not in auditor.url
    auditor.get_by_role("button", name="Verify the whole record").click()
    expect(auditor.locator("main")).to_contain_text("the chain is whole")
    auditor.goto("/admin/record")
    auditor.get_by_label("Who did it").fill("mr-east")
    auditor.get_by_role("button", name="Search").click()
    expect(auditor.locator("main")).to_contain_text("searched")
    auditor.goto("/board")
    expect(auditor.locator("main")).to_contain_text("Your role does not reach this page.")


FOOT = "() => [...document.querySelectorAll('.hub-footer a, .hub-footer__urgent')].map(one => one.innerText)"
SMALL = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(one => { const box = one.getBoundingClientRect();
    const apart = one.closest('.govuk-radios, .govuk-checkboxes, .govuk-skip-link');  // drawn larger; seen when focused
    return box.width && !apart && getComputedStyle(one).display !== 'inline' && (box.height < 24 || box.width < 24); })
  .map(one => one.outerHTML.slice(0, 90))"""
FOCUSED = """() => { const at = document.activeElement; if (at === document.body) return null;
  const style = getComputedStyle(at), box = at.getBoundingClientRect();
  const around = at.closest('.govuk-radios__item, .govuk-checkboxes__item');  // the ring is drawn around the label
  const drawn = around || style.boxShadow !== 'none' || style.outlineStyle !== 'none';
  const x = Math.min(Math.max(box.left + 4, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + 4, 0), innerHeight - 1);
  const above = document.elementFromPoint(x, y);
  const seen = around || !above || at.contains(above) || above.contains(at);
  return [Boolean(drawn), Boolean(seen && box.bottom > 0 && box.top < innerHeight), at.outerHTML.slice(0, 90)]; }"""


def test_what_axe_cannot_see_holds_on_every_page(visit: Visitor, hub: Hub) -> None:
    """WCAG 2.2: consistent help (3.2.6), dragging (2.5.7), target size (2.5.8), focus seen (2.4.7, 2.4.11)."""
    ask(visit("pc-adams"), UNCOVERED)
    admin = visit("ms-dunn", width=320)
    foot = admin.evaluate(FOOT)
    assert foot[0].startswith("In an emergency call 999")
    assert "Tell us" in foot[2]
    pages = [at.path for at in TABLE if at.get is not None and not at.path.endswith((".csv", "}"))]
    for path in [*pages, "/board/PF-0001", "/do/reply?about=PF-0001", "/do/form", "/library/kite-laundry"]:
        admin.goto(path)
        assert admin.evaluate(FOOT) == foot, path
        assert admin.evaluate(SMALL) == [], path
        assert admin.locator("[draggable=true]").count() == 0, path
        for _ in range(60):
            admin.keyboard.press("Tab")
            looked = admin.evaluate(FOCUSED)
            if looked is None:
                break
            assert looked[:2] == [True, True], (path, looked[2])


def test_what_was_typed_is_never_asked_for_again(visit: Visitor) -> None:
    """WCAG 2.2, 3.3.7 redundant entry: a form that is refused keeps every field, without scripts too."""
    staff = visit("sgt-bell", script=False)
    staff.goto("/insight/projects/new")
    staff.fill("#title", "waits at the hospital")
    staff.fill("#definition", "each week's median")
    staff.get_by_role("button", name="Open").click()
    expect(staff.locator("#title")).to_have_value("waits at the hospital")
    expect(staff.locator("#definition")).to_have_value("each week's median")
    officer = visit("pc-adams", script=False)
    officer.goto("/do/form")
    officer.fill("#where", "the canal path")
    officer.get_by_role("button", name="Send to the hub").click()
    expect(officer.locator("#where")).to_have_value("the canal path")
    expect(officer.locator(".govuk-error-summary, .govuk-error-message").first).to_be_visible()


def test_signing_in_asks_for_nothing_to_be_remembered_or_solved(visit: Visitor) -> None:
    """WCAG 2.2, 3.3.8 accessible authentication: the provider's page does it; ours has no field, puzzle or picture."""
    stranger = visit()
    stranger.goto("/sign-in")
    assert stranger.locator("main input:not([type=hidden]), main img, main canvas").count() == 0


@SCRIPTS
def test_a_comparison_and_what_was_taken_out_are_seen_in_the_browser(visit: Visitor, script: bool) -> None:
    officer = visit("pc-adams", width=320, script=script)
    ask(officer, f"{COVERED} ring 07700 900123")
    expect(officer.locator("main")).to_contain_text("phone number")
    expect(officer.locator(".hub-asked")).to_contain_text("how long may a silk kite soak in water?")
    assert "07700" not in officer.content()
