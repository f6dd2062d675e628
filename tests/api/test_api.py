"""The JSON API over real HTTP: every step, who may take it, the same call twice, and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.app import Hub
from bot.domain.clients import Remembered, Scope
from bot.domain.messages import Place, Question
from bot.domain.people import Actor, Role
from bot.domain.refusals import RecordsError
from bot.edges.steps import key_of
from bot.records import utc_now
from bot.server import edges_of, new_server
from tests.portal.test_site import signed_in
from tests.support.ready import demonstration
from tests.support.serving import served

MARKER = "zanzibarmarker"
Opens = Callable[..., httpx.Client]


@pytest.fixture
def hub(tmp_path: Path, guidance: Path) -> Iterator[Hub]:
    with demonstration(tmp_path / "data", guidance) as made:
        yield made


@pytest.fixture
def opened(hub: Hub) -> Iterator[Opens]:
    """A program's client: `opened("pc-adams", Scope.ASK)`; without a person, one without a token."""
    with served(new_server(hub, edges_of(hub))) as address:
        clients: list[httpx.Client] = []

        def begin(person: str = "", *scopes: Scope) -> httpx.Client:
            headers = {}
            if person:
                token = hub.clients.add(admin_of(hub), f"client-{len(clients)}", person, list(scopes), 30)
                headers = {"authorization": f"Bearer {token}"}
            clients.append(httpx.Client(base_url=f"{address}/api/v1", headers=headers, timeout=60))
            return clients[-1]

        yield begin
        for one in clients:
            one.close()


def admin_of(hub: Hub) -> Actor:
    """One of the sample admins."""
    return Actor((hub.settings.admins or "").split(",")[0])


def test_a_question_is_answered_as_everywhere_else(opened: Opens) -> None:
    with opened("pc-adams", Scope.ASK) as program:
        reply = program.post("/questions", json={"text": "how long may a silk kite soak in water?"}).json()
        assert reply["outcome"] == "answered"
        assert "A silk kite may soak for ten minutes only." in reply["citations"][0]["quote"]
        found = program.get(f"/receipts/{reply['receipt']}").json()
        assert found["receipt"] == reply["receipt"]
        missing = program.get("/receipts/NNN-NNN")
        assert (missing.status_code, missing.headers["content-type"]) == (404, "application/problem+json")


def test_a_request_goes_from_a_program_to_the_hub_and_back(opened: Opens) -> None:
    officer = opened("pc-adams", Scope.ASK, Scope.REQUESTS)
    staff = opened("sgt-bell", Scope.BOARD)
    sent = {
        "kind": "operational_problem",
        "fields": {"what": "Kites are flown over the airfield every evening.", "theme": "asb"},
    }
    told = officer.post("/requests", json=sent).json()
    assert "PF-0001" in told["told"]
    assert [one["reference"] for one in staff.get("/board", params={"state": "open"}).json()["items"]] == ["PF-0001"]
    claimed = staff.post("/board/PF-0001/steps/claim", json={}).json()
    assert claimed["request"]["state"] == "claimed"
    staff.post("/board/PF-0001/steps/note", json={"fields": {"text": "for the hub's eyes only"}})
    staff.post("/board/PF-0001/steps/reply", json={"fields": {"text": "Put up the red flag."}})
    own = officer.get("/requests/PF-0001").json()
    assert [one["text"] for one in own["messages"]] == ["Put up the red flag."]
    done = officer.post("/requests/PF-0001/steps/helped", json={}).json()
    assert "is closed" in done["told"]


def test_the_same_key_does_it_once_and_another_text_under_it_is_refused(opened: Opens, hub: Hub) -> None:
    program, key = opened("pc-adams", Scope.ASK), {"idempotency-key": "one"}
    first = program.post("/questions", json={"text": "who paints the lighthouse door?"}, headers=key)
    again = program.post("/questions", json={"text": "who paints the lighthouse door?"}, headers=key)
    assert first.json()["request"] == "PF-0001"
    assert (again.json(), again.headers["idempotent-replayed"]) == (first.json(), "true")
    assert len(hub.records.requests()) == 1
    other = program.post("/questions", json={"text": "who rings the bell?"}, headers=key)
    assert other.status_code == 422
    other_program = opened("pcso-begum", Scope.ASK)
    assert other_program.post("/questions", json={"text": "who rings the bell?"}, headers=key).status_code == 200


def test_a_call_whose_process_died_before_it_answered_is_answered_with_what_was_done(opened: Opens, hub: Hub) -> None:
    officer, staff = opened("pc-adams", Scope.REQUESTS), opened("sgt-bell", Scope.BOARD)
    body = {"kind": "operational_problem", "fields": {"what": "Bicycles go missing."}}
    officer.post("/requests", json=body, headers={"idempotency-key": "a"})
    reply, where = {"fields": {"text": "The sexton."}}, "/board/PF-0001/steps/reply"
    assert staff.post(where, json=reply, headers={"idempotency-key": "b"}).status_code == 200
    for name, key in (("client-0", "a"), ("client-1", "b")):
        hub.records.tokens.forget(name, key)  # what was done is on record, and what was answered is not
    again = officer.post("/requests", json=body, headers={"idempotency-key": "a"})
    assert (again.status_code, again.json()["request"]["reference"]) == (200, "PF-0001")
    assert "PF-0001" in again.json()["told"]
    again = staff.post(where, json=reply, headers={"idempotency-key": "b"})
    assert (again.status_code, again.json()["request"]["state"]) == (200, "replied")
    found = hub.records.request("PF-0001")
    assert found
    assert [one.text for one in found.messages] == ["The sexton."]
    assert len(hub.records.requests()) == 1


def test_a_step_that_another_process_is_at_is_told_so_and_not_that_it_was_done(opened: Opens, hub: Hub) -> None:
    officer, staff = opened("pc-adams", Scope.REQUESTS), opened("sgt-bell", Scope.BOARD)
    officer.post("/requests", json={"kind": "operational_problem", "fields": {"what": "Bicycles go missing."}})
    hub.records.inbound.begin(key_of("reply:client-1:b"), Place("portal", "sgt-bell"), "sgt-bell")
    key, reply = {"idempotency-key": "b"}, {"fields": {"text": "The sexton."}}
    refused = staff.post("/board/PF-0001/steps/reply", json=reply, headers=key)
    assert (refused.status_code, refused.headers["retry-after"]) == (409, "2")
    assert "still worked on" in refused.json()["detail"]


def test_what_was_done_is_answered_although_the_answer_cannot_be_kept(
    opened: Opens, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = opened("pc-adams", Scope.REQUESTS)

    def away(*given: object) -> None:
        raise RecordsError("The hub database is away.")

    monkeypatch.setattr(hub.records.tokens, "finish", away)
    body = {"kind": "operational_problem", "fields": {"what": "Bicycles go missing."}}
    done = officer.post("/requests", json=body, headers={"idempotency-key": "a"})
    assert done.status_code == 200
    assert "PF-0001" in done.json()["told"]


def test_what_was_refused_may_be_tried_again_under_its_key(opened: Opens, hub: Hub) -> None:
    officer, staff = opened("pc-adams", Scope.ASK), opened("sgt-bell", Scope.BOARD)
    officer.post("/questions", json={"text": "who paints the lighthouse door?"})
    key, where = {"idempotency-key": "k"}, "/board/PF-0001/steps/close"
    refused = staff.post(where, json={"fields": {"outcome": "answered"}}, headers=key)
    assert refused.status_code == 409
    hub.desk.reply(Actor("sgt-bell"), "PF-0001", "The sexton does.")
    assert staff.post(where, json={"fields": {"outcome": "answered"}}, headers=key).status_code == 200


@pytest.mark.parametrize("where", ["/questions", "/requests"])
def test_an_emergency_is_signposted_and_nothing_of_it_is_kept(opened: Opens, hub: Hub, where: str) -> None:
    program = opened("pc-adams", Scope.ASK, Scope.REQUESTS)
    text = f"he is stabbing someone right now outside the {MARKER} bar"
    body = {"text": text} if where == "/questions" else {"kind": "operational_problem", "fields": {"what": text}}
    answer = program.post(where, json=body)
    assert answer.status_code == 200
    assert "999" in answer.text
    assert hub.records.requests() == []
    assert MARKER.encode() not in b"".join(file.read_bytes() for file in hub.settings.data.glob("hub.db*"))


WHO = [
    ("", (), 401),
    ("pc-adams", (Scope.LIBRARY,), 403),
]


@pytest.mark.parametrize(("person", "scopes", "status"), WHO)
@pytest.mark.parametrize(
    ("method", "where"),
    [
        ("POST", "/questions"),
        ("GET", "/receipts/AAA-AAA"),
        ("GET", "/requests"),
        ("POST", "/requests"),
        ("GET", "/requests/PF-0001"),
        ("POST", "/requests/PF-0001/steps/withdraw"),
        ("GET", "/board"),
        ("GET", "/board/PF-0001"),
        ("POST", "/board/PF-0001/steps/claim"),
    ],
)
def test_without_a_token_or_its_scope_nothing_is_told(
    opened: Opens, hub: Hub, person: str, scopes: tuple[Scope, ...], status: int, method: str, where: str
) -> None:
    asker = opened("pcso-begum", Scope.ASK)
    asker.post("/questions", json={"text": f"who paints the {MARKER} door?"})
    answer = opened(person, *scopes).request(method, where, json={} if method == "POST" else None)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert MARKER not in answer.text


def test_other_peoples_requests_look_as_if_they_were_not_there(opened: Opens) -> None:
    opened("pcso-begum", Scope.ASK).post("/questions", json={"text": f"who paints the {MARKER} door?"})
    other = opened("pc-adams", Scope.REQUESTS)
    assert other.get("/requests").json()["items"] == []
    assert other.get("/requests/PF-0001").status_code == 404
    assert other.post("/requests/PF-0001/steps/withdraw", json={}).status_code == 404


def test_a_revoked_token_ends_at_once(opened: Opens, hub: Hub) -> None:
    staff = opened("sgt-bell", Scope.BOARD)
    assert staff.get("/board").status_code == 200
    hub.clients.revoke(admin_of(hub), "client-0")
    assert staff.get("/board").status_code == 401


def test_with_its_persons_role_a_token_loses_the_board(
    opened: Opens, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = opened("sgt-bell", Scope.BOARD)
    assert staff.get("/board").status_code == 200
    monkeypatch.setattr(type(hub.office.roles), "of", lambda *_: frozenset({Role.OFFICER}))
    assert staff.get("/board").status_code == 403


def test_words_are_looked_for_on_the_board_and_stand_in_no_address(opened: Opens) -> None:
    officer, staff = opened("pc-adams", Scope.ASK), opened("sgt-bell", Scope.BOARD)
    officer.post("/questions", json={"text": "who paints the lighthouse door?"})
    found = staff.post("/board/search", json={"text": "lighthouse"}).json()
    assert [one["reference"] for one in found["items"]] == ["PF-0001"]
    assert staff.post("/board/search", json={"text": "harbour"}).json()["items"] == []


def test_an_emergency_waits_neither_for_a_token_nor_for_the_database(
    opened: Opens, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise RecordsError("away")

    urgent, key = {"text": "he is stabbing someone right now"}, {"idempotency-key": "k"}
    program, nobody = opened("pc-adams", Scope.ASK), opened()
    assert "999" in nobody.post("/questions", json=urgent).json()["text"]
    for name in ("find", "begin"):
        monkeypatch.setattr(type(hub.records.tokens), name, away)
    assert "999" in program.post("/questions", json=urgent, headers=key).json()["text"]
    assert program.post("/questions", json={"text": "who can sign?"}).status_code == 503


def test_a_call_that_a_process_left_may_be_made_again_later(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens, now = hub.records.tokens, utc_now()
    underway = Remembered(same=True, status=0, answer={})
    assert tokens.begin("intranet", "k", "sent") is None
    assert tokens.begin("intranet", "k", "sent") == underway
    monkeypatch.setattr(tokens, "_now", lambda: now + timedelta(minutes=6))
    assert tokens.begin("intranet", "k", "other") == Remembered(same=False, status=0, answer={})
    assert tokens.begin("intranet", "k", "sent") is None
    assert tokens.begin("intranet", "k", "sent") == underway


def test_passages_above_the_ceiling_are_shown_to_nobody_beside_a_request(tmp_path: Path, guidance: Path) -> None:
    with demonstration(tmp_path / "data", guidance, ceilings="portal=OFFICIAL") as hub:
        token = hub.clients.add(admin_of(hub), "desk", "sgt-bell", [Scope.BOARD], 30)
        asked = Question(
            "who keeps the badger ledger, and how long may a kite soak?", Place("terminal", "t"), "pc-adams"
        )
        found = hub.lookup.passages(asked.text, asked.viewer)
        hub.assistant.hand_over(asked, found)
        above = [one.quote for one in found if one.marking != "OFFICIAL"]
        assert above
        with served(new_server(hub, edges_of(hub))) as address:
            headers = {"authorization": f"Bearer {token}"}
            shown = httpx.get(f"{address}/api/v1/board/PF-0001", headers=headers, timeout=60)
            with signed_in(address, "sgt-bell") as staff:
                page = unescape(staff.get("/board/PF-0001").text)
    assert {one["marking"] for one in shown.json()["found"]} == {"OFFICIAL"}
    assert not any(quote in page for quote in above)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"text": MARKER, MARKER: 1}, "#"),
        ({"text": [MARKER]}, "#/text"),
        ({"text": ""}, "#/text"),
        ({"text": MARKER * 2000}, "#/text"),
        ({}, "#/text"),
    ],
)
def test_a_problem_never_repeats_what_was_sent(opened: Opens, body: dict[str, Any], pointer: str) -> None:
    answer = opened("pc-adams", Scope.ASK).post("/questions", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert MARKER not in answer.text
    assert answer.json()["status"] == 422


def test_strange_addresses_methods_and_sizes_are_problems_too(opened: Opens) -> None:
    program = opened("pc-adams", Scope.ASK, Scope.REQUESTS)
    assert program.get(f"/{MARKER}").json()["status"] == 404
    assert program.delete("/questions").json()["status"] == 405
    assert program.post(f"/requests/PF-0001/steps/{MARKER}", json={}).json()["status"] == 404
    assert program.post("/questions", content=b"{", headers={"content-type": "application/json"}).status_code == 422
    large = program.post("/questions", json={"text": "x" * 1_100_000})
    assert (large.status_code, large.json()["status"]) == (413, 413)

    def pieces() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 50_000

    assert program.post("/questions", content=pieces()).status_code == 413


def test_too_many_calls_are_told_when_to_come_again(tmp_path: Path, guidance: Path) -> None:
    with demonstration(tmp_path / "data", guidance, rate_client="2/minute") as hub:
        token = hub.clients.add(admin_of(hub), "fast", "pc-adams", [Scope.LIBRARY], 30)
        headers = {"authorization": f"Bearer {token}"}
        with served(new_server(hub, edges_of(hub))) as address:
            calls = [httpx.get(f"{address}/api/v1/library", headers=headers, timeout=60) for _ in range(3)]
    assert [one.status_code for one in calls] == [200, 200, 429]
    assert calls[2].headers["retry-after"] == "60"


def test_lists_come_a_page_at_a_time(opened: Opens) -> None:
    program = opened("pc-adams", Scope.ASK, Scope.REQUESTS)
    for what in ("Kites over the airfield.", "Nobody rings the harbour bell.", "Sheds are broken into."):
        described = {"kind": "operational_problem", "fields": {"what": what}}
        assert program.post("/requests", json=described).status_code == 200
    first = program.get("/requests", params={"size": 2}).json()
    assert (len(first["items"]), first["total"], first["next"]) == (2, 3, 2)
    last = program.get("/requests", params={"size": 2, "page": 2}).json()
    assert (len(last["items"]), last["next"]) == (1, None)


def test_the_library_is_read_and_searched(opened: Opens) -> None:
    program = opened("pc-adams", Scope.LIBRARY)
    listed = program.get("/library").json()["items"]
    assert "kite-laundry" in {one["id"] for one in listed}
    whole = program.get("/library/kite-laundry").json()
    assert any("soak" in one["text"] for one in whole["sections"])
    near = program.post("/library/search", json={"text": "soak a kite"}).json()["items"]
    assert near[0]["document"] == "kite-laundry"
    assert program.get("/library/nothing").status_code == 404
