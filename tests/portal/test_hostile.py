"""What people write, name files or put in an address is text on every page, and stands in no other address or log."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import httpx
import pytest

from bot.app import Hub
from bot.domain.people import Actor
from bot.portal.edge import TABLE
from bot.portal.floods import Floods
from bot.portal.security import MOST_BYTES
from bot.portal.site import MOST_FILES
from tests.portal.conftest import Visitor
from tests.portal.test_admin_pages import FILLED, _until_built
from tests.portal.test_site import OURS, signed_in

EVIL = '"><script>window.hacked=1</script><img src=x onerror="window.hacked=1"> zebra'
"""Closes an attribute, opens a script and a picture; the last word is looked for."""
RAW = re.compile(r"<script>window|<img src=x|<svg onload", re.IGNORECASE)
NAMED = "evil<svg onload=alert(1)>zebra.md"
PEOPLE = ("pc-adams", "sgt-bell", "ms-dunn", "mr-east")


@pytest.fixture(autouse=True)
def _nobody_wrote_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other tests told the feedback channel from the same address counts for its limit."""
    monkeypatch.setattr("bot.portal.pages.echo._FLOOD", Floods("6/hour", "300/hour"))


def _planted(address: str, hub: Hub) -> None:
    """The same text wherever somebody may write something that a page shows."""
    with signed_in(address, "pc-adams") as officer:
        officer.post("/questions", data={"question": f"who paints the lighthouse door {EVIL}?"})
        what = {
            "what": EVIL,
            "where": EVIL,
            "often": EVIL,
            "tried": EVIL,
            "kind": "operational_problem",
            "theme": "asb",
        }
        officer.post("/do/form", data={**what, "nonce": "form-1"})
        officer.post("/do/add_detail", data={"about": "PF-0001", "text": EVIL, "nonce": "detail-1"})
        officer.post("/echo", data={"text": EVIL, "side": "staff", "theme": "other"})
    bell = Actor("sgt-bell")
    hub.desk.note(bell, "PF-0001", EVIL)
    hub.desk.reply(bell, "PF-0001", EVIL)
    with signed_in(address, "sgt-bell") as staff:
        for step in ("ask_more", "promote"):
            staff.post(f"/do/{step}", data={"about": "PF-0001", "text": EVIL, "heading": EVIL, "nonce": step})
        staff.post("/board/filters", data={"view": "all", "words": "zebra", "name": "<img src=x onerror=1>"})
        texts = {"title": EVIL, "problem": EVIL, "measure": EVIL, "unit": EVIL[:20], "definition": EVIL}
        staff.post("/insight/projects/new", data={**texts, "better": "down"})
        staff.post("/insight/projects/IP-0001", data={"what": "stage", "stage": "analysis", "note": EVIL})
    with signed_in(address, "ms-dunn") as admin:
        admin.post("/admin/pauses", data={"what": "kite-laundry", "why": EVIL})
        admin.post("/admin/holds", data={"do": "set", "scope": "everything", "why": EVIL})
        guidance = f"# Zebras {EVIL}\n\n## Who counts zebras {EVIL}?\n\nZebras are counted by the baker. {EVIL}\n"
        admin.post("/admin/uploads", files={"file": (NAMED, guidance.encode())}, data={"do": "take"})
        _until_built(hub)
        admin.post("/admin/library", data={"do": "publish"})
        _until_built(hub)


def _pages(browser: httpx.Client) -> Iterator[httpx.Response]:
    for at in TABLE:
        if at.get is not None:
            yield browser.get(at.path.format(**FILLED))
    for path in (
        "/library/evil-svg-onload-alert-1-zebra",
        "/insight/projects/IP-0001",
        "/board/PF-0002",
        "/board?view=all",
    ):
        yield browser.get(path)
    for step in ("reply", "promote", "close", "ask_more"):
        yield browser.get(f"/do/{step}", params={"about": "PF-0001"})
    for path, sent in {
        "/library": {"words": EVIL},
        "/receipts": {"code": EVIL},
        "/questions": {"question": f"how are zebras counted {EVIL}"},
        "/requests/like": {"what": EVIL},
        "/board": {"words": EVIL},
        "/admin/record": {"subject": EVIL},
        "/admin/exports": {"keyword": EVIL},
    }.items():
        yield browser.post(path, data=sent)


@pytest.mark.usefixtures("ungated")
def test_what_people_write_is_text_on_every_page(address: str, hub: Hub) -> None:
    _planted(address, hub)
    shown: dict[str, int] = {}
    for person in PEOPLE:
        with signed_in(address, person) as browser:
            for page in _pages(browser):
                assert RAW.search(page.text) is None, (person, page.request.url.path)
                assert page.status_code < 500, (person, page.request.url.path)
                shown[person] = shown.get(person, 0) + ("zebra" in page.text)
    least = dict(zip(PEOPLE, (6, 15, 15, 4), strict=True))  # or it was not planted
    assert [(person, count) for person, count in shown.items() if count < least[person]] == []


@pytest.mark.usefixtures("ungated")
def test_no_script_of_anybody_runs_in_a_browser(visit: Visitor, address: str, hub: Hub) -> None:
    _planted(address, hub)
    walks = {
        "pc-adams": ("/requests/mine", "/requests/PF-0001", "/library/evil-svg-onload-alert-1-zebra"),
        "sgt-bell": ("/board?view=all", "/board/PF-0001", "/board/PF-0002", "/hub/echo", "/insight/projects/IP-0001"),
        "ms-dunn": ("/admin/uploads", "/admin/library", "/admin/pauses", "/admin/holds"),
    }
    for person, paths in walks.items():
        page = visit(person)
        for path in paths:
            page.goto(path)
            assert "zebra" in page.content(), path
            assert page.evaluate("window.hacked") is None, path


def test_nothing_in_an_address_comes_back_as_markup(address: str) -> None:
    names = ("view", "theme", "kind", "area", "words", "saved", "since", "by", "period", "of", "about", "back", "state",
             "start", "number", "next", "text", "nonsense")  # fmt: skip
    with signed_in(address, "ms-dunn") as admin:
        for at in TABLE:
            if at.get is None:
                continue
            page = admin.get(at.path.format(**FILLED), params=dict.fromkeys(names, EVIL))
            assert RAW.search(page.text) is None, at.path
            assert page.status_code < 500, at.path
            if "{" in at.path:
                strange = admin.get(re.sub(r"\{\w+\}", "%3Cscript%3Ewindow.x%3C%2Fscript%3E", at.path))
                assert RAW.search(strange.text) is None, at.path
                assert strange.status_code < 500, at.path


def test_a_way_back_leads_nowhere_else(address: str, hub: Hub) -> None:
    with signed_in(address, "pc-adams") as officer:
        officer.post("/questions", data={"question": "who paints the lighthouse door?"})
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        with signed_in(address, "sgt-bell") as staff:
            form = staff.get("/do/reply", params={"about": "PF-0001", "back": elsewhere})
            assert "evil.example" not in form.text
            assert "javascript:" not in form.text
            done = staff.post("/do/claim", data={"about": "PF-0001", "back": elsewhere})
            assert str(done.url).startswith(address)


def test_what_is_typed_stands_in_no_address_and_no_log(
    address: str, hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    visited: list[str] = []
    with signed_in(address, "ms-dunn") as admin:
        for path, field in (
            ("/questions", "question"), ("/library", "words"), ("/requests/like", "what"), ("/receipts", "code"),
            ("/board", "words"), ("/admin/record", "subject"), ("/admin/exports", "keyword"), ("/echo", "text"),
            ("/do/form", "what"), ("/admin/pauses", "why"), ("/board/filters", "name"),
        ):  # fmt: skip
            page = admin.post(path, data={field: "who feeds the zebra at noon?", "side": "staff", "theme": "other"})
            visited += [str(one.url) for one in (*page.history, page)]
    assert len(visited) > 11  # some lead on to another address
    assert [url for url in visited if "zebra" in url] == []
    ours = [line for line in caplog.records if not line.name.startswith(("httpcore", "httpx"))]
    assert [line.name for line in ours if "zebra" in line.getMessage()] == []


def test_more_than_is_taken_is_refused_before_it_is_read(address: str) -> None:
    with signed_in(address, "ms-dunn") as admin:
        large = admin.post("/admin/uploads", files={"file": ("a.md", b"x" * (MOST_BYTES + 1))}, data={"do": "take"})
        assert large.status_code == 413
        many = [("file", (f"{number}.md", b"x")) for number in range(MOST_FILES + 1)]
        assert admin.post("/admin/uploads", files=many, data={"do": "take"}).status_code in (400, 413, 422)
        assert admin.get("/admin/uploads").status_code == 200


def test_no_page_may_be_framed_or_run_what_is_not_ours(address: str) -> None:
    with httpx.Client(base_url=address, headers=OURS, follow_redirects=True) as stranger:
        for at in TABLE:
            headers = stranger.get(at.path.format(**FILLED)).headers
            assert headers["x-frame-options"] == "DENY", at.path
            assert "unsafe" not in headers["content-security-policy"], at.path
