"""Local facts in the portal, over real HTTP: who may, what goes on record, and two admins at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bot.app import Hub
from indexer.local import read_local
from tests.portal.conftest import Visitor
from tests.portal.test_browser import problems
from tests.portal.test_site import signed_in

FORM = "/admin/facts/d24-section-136"
SECRET = "<b>0800 marshmallow</b>"


def digest_in(page: str) -> str:
    return page.split('name="digest" value="')[1].split('"')[0]


def test_an_admin_fills_in_a_fact_which_goes_on_record_without_its_words(address: str, hub: Hub) -> None:
    with signed_in(address, "ms-dunn") as admin:
        assert "0 of 3 set" in admin.get("/admin/facts").text
        digest = digest_in(admin.get(FORM).text)
        saved = admin.post(FORM, data={"digest": digest, "fact-1": SECRET})
        assert "Saved. Documents show it with the next edition" in saved.text
        assert "&lt;b&gt;0800 marshmallow&lt;/b&gt; (from the next edition)" in saved.text
        assert 'value="dry_run"' in saved.text
        assert "1 of 3 set" in saved.text
        record = admin.post("/admin/record", data={"subject": "d24-section-136"}).text
        assert "local_facts.changed" in record
        assert "marshmallow" not in record
    assert (
        read_local(hub.settings.local_file).value("d24-section-136", "mental health advice line for officers") == SECRET
    )


def test_two_admins_do_not_overwrite_each_other_unseen(address: str, hub: Hub) -> None:
    with signed_in(address, "ms-dunn") as admin, signed_in(address, "ms-dunn") as other:
        digest = digest_in(admin.get(FORM).text)
        other.post(FORM, data={"digest": digest, "fact-0": "their place"})
        page = admin.post(FORM, data={"digest": digest, "fact-0": "my place"})
        assert (page.status_code, "A colleague changed these facts" in page.text) == (422, True)
        assert 'value="my place"' in page.text
        assert "Stands there now: their place" in page.text
        again = admin.post(FORM, data={"digest": digest_in(page.text), "fact-0": "my place"})
        assert "my place" in again.text
        assert "their place" not in again.text


@pytest.mark.parametrize("person", ["pc-adams", "sgt-bell", "mr-east"])
def test_nobody_else_reads_or_fills_them_in(address: str, hub: Hub, person: str) -> None:
    with signed_in(address, person) as visitor:
        for where in ("/admin/facts", FORM):
            assert visitor.get(where).status_code == 403
        assert visitor.post(FORM, data={"fact-0": "x"}).status_code == 403
    assert not hub.settings.local_file.exists()


def test_a_mistake_in_the_file_or_a_value_is_told_with_its_remedy(address: str, hub: Hub) -> None:
    with signed_in(address, "ms-dunn") as admin:
        assert admin.get("/admin/facts/d99-nothing").status_code == 404
        digest = digest_in(admin.get("/admin/facts/wording").text)
        page = admin.post("/admin/facts/wording", data={"digest": digest, "fact-0": "Ring the desk."})
        assert (page.status_code, "it must name 999" in page.text) == (422, True)
        hub.settings.local_file.write_text("hub = call us", encoding="utf-8")
        assert "is not valid TOML" in admin.get("/admin/facts").text
        assert admin.get(FORM).status_code == 409


@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])
def test_the_pages_work_by_hand_on_a_phone(visit: Visitor, script: bool) -> None:
    admin = visit("ms-dunn", width=320, script=script)
    admin.goto("/admin/facts")
    admin.get_by_role("link", name="Change Whom the assistant itself names").click()
    if script:
        assert problems(admin) == []
    admin.get_by_label("How to reach the hub when the assistant cannot").fill("Ring the hub on 555")
    admin.keyboard.press("Enter")
    expect(admin.locator("main")).to_contain_text("Ring the hub on 555")
    assert admin.evaluate("document.documentElement.scrollWidth") <= 320
    if script:
        assert problems(admin) == []
