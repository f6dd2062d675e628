"""The portal over real HTTP: who may see what, forms sent twice or from elsewhere, and nothing kept in an address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import unescape

import httpx
import pytest

from bot.app import Hub
from bot.domain.messages import Place, Question
from bot.domain.receipts import Beside
from bot.domain.refusals import RecordsError
from bot.edges.layout import parts_of
from bot.edges.offers import answer
from bot.portal.sign_in import inside

OURS = {"sec-fetch-site": "same-origin"}


@contextmanager
def signed_in(address: str, person: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, headers=OURS, follow_redirects=True, timeout=60) as browser:
        browser.post("/sign-in", data={"person": person, "next": "/"})
        yield browser


def test_a_question_is_answered_on_a_page_of_its_own(address: str) -> None:
    with signed_in(address, "pc-adams") as officer:
        page = officer.post("/questions", data={"question": "how long may a silk kite soak in water?"})
        assert page.status_code == 200
        assert page.url.path.startswith("/replies/")
        assert "silk" not in str(page.url)
        assert "A silk kite may soak for ten minutes only." in page.text
        assert 'href="/library/kite-laundry#how-long-may-a-kite-soak-in-water"' in page.text


def test_an_empty_question_is_an_error_beside_the_box(address: str) -> None:
    with signed_in(address, "pc-adams") as officer:
        page = officer.post("/questions", data={"question": "  "})
        assert page.status_code == 422
        assert "Type your question." in page.text
        assert "<title>Error: " in page.text


def test_a_request_goes_from_the_officer_to_the_hub_and_back(address: str) -> None:
    with signed_in(address, "pc-adams") as officer, signed_in(address, "sgt-bell") as staff:
        officer.post("/questions", data={"question": "who paints the lighthouse door?"})
        assert "who paints the lighthouse door?" in officer.get("/requests/mine").text
        assert "PF-0001" in staff.get("/board").text
        assert "claimed" in staff.post("/do/claim", data={"about": "PF-0001"}).text
        form = staff.get("/do/reply", params={"about": "PF-0001"}).text
        nonce = form.split('name="nonce" value="')[1].split('"')[0]
        sent = {"about": "PF-0001", "nonce": nonce, "text": "The sexton paints it."}
        staff.post("/do/reply", data=sent)
        staff.post("/do/reply", data=sent)  # pressed twice
        own = officer.get("/requests/PF-0001").text
        assert own.count("The sexton paints it.") == 1
        assert "is closed" in officer.post("/do/helped", data={"about": "PF-0001"}).text


def test_other_peoples_requests_and_the_board_are_not_shown(address: str) -> None:
    with signed_in(address, "pc-adams") as officer, signed_in(address, "pcso-begum") as other:
        officer.post("/questions", data={"question": "who paints the lighthouse door?"})
        assert other.get("/requests/PF-0001").status_code == 404
        assert other.get("/board").status_code == 403
        assert other.get("/board/PF-0001").status_code == 403
        refused = other.post("/do/claim", data={"about": "PF-0001"})
        assert refused.status_code == 409
        assert "lighthouse" not in refused.text


@pytest.mark.parametrize("path", ["/requests/mine", "/board", "/library", "/learn", "/news", "/receipts"])
def test_without_signing_in_there_is_only_the_way_to_it(address: str, path: str) -> None:
    page = httpx.get(f"{address}{path}")
    assert (page.status_code, page.headers["location"]) == (303, f"/sign-in?next={path}")


def test_forms_from_another_site_are_refused(address: str) -> None:
    with signed_in(address, "pc-adams") as officer:
        elsewhere = {"sec-fetch-site": "cross-site"}
        assert officer.post("/questions", data={"question": "kites?"}, headers=elsewhere).status_code == 403
        plain = httpx.post(f"{address}/questions", headers={"origin": "https://evil.example"})
        assert plain.status_code == 403


def test_every_page_has_the_headers_that_keep_scripts_and_frames_out(address: str) -> None:
    headers = httpx.get(f"{address}/").headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


def test_what_people_type_is_never_markup(address: str) -> None:
    with signed_in(address, "pc-adams") as officer:
        officer.post("/questions", data={"question": "who paints the lighthouse door <b>red</b>?"})
        page = officer.get("/requests/mine").text
        assert "<b>red" not in page
        assert "&lt;b&gt;red&lt;/b&gt;" in page


def test_signing_out_ends_a_copied_cookie_too(address: str) -> None:
    with (
        signed_in(address, "pc-adams") as officer,
        httpx.Client(base_url=address, cookies=dict(officer.cookies), headers=OURS) as copied,
    ):
        assert copied.get("/requests/mine").status_code == 200
        officer.post("/sign-out")
        assert copied.get("/requests/mine").status_code == 303


def test_an_emergency_stands_above_everything(address: str) -> None:
    with signed_in(address, "pc-adams") as officer:
        page = officer.post("/questions", data={"question": "he has a knife and is coming at me now"}).text
        assert 'class="hub-urgent" role="alert"' in page
        assert "call 999" in page


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("/board", "/board"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("", "/"),
    ],
)
def test_a_sign_in_leads_nowhere_else(address: str, where: str) -> None:
    assert inside(address) == where


def test_an_emergency_in_a_form_is_signposted_and_nothing_is_done(address: str, hub: Hub) -> None:
    urgent = "he is stabbing someone right now outside the bar"
    with signed_in(address, "pc-adams") as officer:
        officer.post("/questions", data={"question": "who paints the lighthouse door?"})
        page = officer.post("/do/add_detail", data={"about": "PF-0001", "text": urgent})
        assert "999" in page.text
        form = officer.post("/do/form", data={"kind": "operational_problem", "what": urgent})
        assert "999" in form.text
    assert [one.reference for one in hub.records.requests()] == ["PF-0001"]
    assert hub.records.request("PF-0001").messages == ()  # type: ignore[union-attr]


def test_an_emergency_is_signposted_before_sign_in_and_without_the_database(
    address: str, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise RecordsError("away")

    urgent = {"question": "he is stabbing someone right now outside the bar"}
    with httpx.Client(base_url=address, headers=OURS, timeout=60) as nobody:
        assert "999" in nobody.post("/questions", data=urgent).text
        monkeypatch.setattr(type(hub.records.sessions), "find", away)
        nobody.cookies.set("session", "x")
        assert "999" in nobody.post("/questions", data=urgent).text
        assert nobody.post("/questions", data={"question": "who can sign?"}).status_code == 303


def test_a_form_in_pieces_is_counted_as_it_comes(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.portal.security.MOST_BYTES", 1000)
    with signed_in(address, "pc-adams") as officer:
        sent = officer.post(
            "/questions",
            content=(b"question=" + b"x" * 400 for _ in range(5)),
            headers={"content-type": "application/x-www-form-urlencoded"},
        )
        assert sent.status_code == 413
        assert officer.post("/questions", data={"question": "x" * 2000}).status_code == 413


def test_how_it_works_is_told_from_how_it_is_set_up(address: str, hub: Hub) -> None:
    with httpx.Client(base_url=address, timeout=60) as nobody:
        page = nobody.get("/transparency").text
        assert "1, built" in page
        assert "No language model writes any of it" in page
        assert f"{hub.settings.retain_questions} days" in page
        assert 'The record of who did what</dt><dd class="govuk-summary-list__value">for good' in page
        statement = nobody.get("/accessibility").text
        assert "Web Content Accessibility Guidelines 2.2 at level AA" in statement
        front = nobody.get("/").text
    assert 'href="/transparency"' in front
    assert 'href="/accessibility"' in front


def test_a_reply_is_begun_from_one_of_the_nearest_passages(address: str, hub: Hub) -> None:
    with signed_in(address, "pc-adams") as officer, signed_in(address, "sgt-bell") as staff:
        officer.post("/questions", data={"question": "is purple detergent allowed on silk kites?"})
        found = hub.records.request("PF-0001").found[0]  # type: ignore[union-attr]
        begin = {"about": "PF-0001", "start": "1"}
        assert "Start a reply from this" in staff.get("/board/PF-0001").text
        form = unescape(staff.get("/do/reply", params=begin).text)
        assert f"“{found.quote}”\n({found.title} > {found.section})" in form
        assert officer.get("/do/reply", params=begin).status_code == 409


def test_the_page_of_a_reply_shows_all_that_every_other_edge_shows(hub: Hub) -> None:
    asked = ("how long may a silk kite soak in water? ring 07700 900123", "who paints the lighthouse door?", "hello")
    asked += ("may a kite be soaked or should badgers be counted",)
    shown = []
    for number, text in enumerate(asked):
        reply = hub.assistant.ask(Question(text, Place("portal", "pc-7"), "pc-7"))
        shown.append(reply)
        if reply.receipt:
            record = hub.records.receipt(reply.receipt)
            assert record is not None
            assert parts_of(record.again()) == parts_of(reply), number
            assert answer(record.again()).offers == answer(reply).offers, number
    assert shown[0].notice  # what was taken out
    twice = [
        replace(shown[0], receipt="AAA-222", notice="", quoted=2, related=("How?",), says=("yes",), confidence=0.7)
    ]
    twice += [replace(shown[1], receipt="AAA-333", join=("PF-0009", 3), notice="Read as “kite”.\n\nTwo parts.")]
    for one in twice:
        assert Beside.from_json(Beside.of(one).as_json()) == Beside.of(one)
        hub.records.save_reply(Question("x", Place("portal", "pc-7"), "pc-7"), one)
        kept = hub.records.receipt(str(one.receipt))
        assert kept is not None
        again = kept.again()
        assert (again.quoted, again.related, again.says, again.confidence) == (
            one.quoted, one.related, one.says, one.confidence,
        )  # fmt: skip
        assert (again.notice, again.body, again.join) == (one.notice, one.body, one.join)


def test_only_whoever_asked_reads_the_question_above_the_reply(address: str) -> None:
    with signed_in(address, "pc-adams") as officer, signed_in(address, "pcso-begum") as other:
        page = officer.post("/questions", data={"question": "how long may a silk kite soak in water?"})
        assert "You asked: </span>how long may a silk kite soak in water?" in page.text
        assert "soak in water?" not in page.text.split("<title>")[1].split("</title>")[0]  # kept by browsers
        same = other.get(page.url.path).text
        assert "A silk kite may soak for ten minutes only." in same
        assert "You asked" not in same
