"""What a shift looks at beside the board, over real HTTP: handover, proposals side by side, late answers, recalls."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import Hub
from bot.domain.messages import Place, Question
from bot.domain.people import Actor
from bot.domain.requests import RequestState
from indexer.build import Builder
from tests.portal.test_site import signed_in

pytestmark = pytest.mark.usefixtures("ungated")
TRACTORS = "# Tractors\n\n## Which leaflet goes with tractors?\n\nThe blue leaflet goes with tractors.\n"
BELL, HALE = Actor("sgt-bell"), Actor("sgt-hale")


def ask(hub: Hub, text: str, person: str) -> str:
    reply = hub.assistant.hand_over(Question(text, Place("portal", person), person))
    assert reply.request is not None
    return reply.request


def publish(hub: Hub, guidance: Path) -> None:
    hub.publishing.build(Builder(hub.library, hub.encoder), [guidance], by_itself=True)


def test_the_handover_tells_what_came_in_who_has_what_and_what_waits(address: str, hub: Hub) -> None:
    waiting, taken = ask(hub, "who paints the lighthouse door", "pc-7"), ask(hub, "may a <b>goat</b> vote", "pc-8")
    hub.desk.claim(BELL, taken)
    with signed_in(address, "sgt-bell") as staff:
        page = staff.get("/board/shift?since=24").text
        assert "2 came in since" in page
        assert page.index("Taken: 1") < page.index(taken) < page.index("Waiting for somebody: 1") < page.index(waiting)
        assert ("claimed · Sgt Bell" in page, "claimed · sgt-bell" in page) == (True, False)
        assert "may a &lt;b&gt;goat&lt;/b&gt; vote" in page
        assert '<option value="24" selected>' in page
        assert '<option value="12" selected>' in staff.get("/board/shift?since=<script>").text


def test_a_proposal_is_seen_side_by_side_and_approved_by_somebody_else(address: str, hub: Hub) -> None:
    reference = ask(hub, "which leaflet goes with tractors", "pc-7")
    hub.desk.claim(BELL, reference)
    hub.desk.reply(BELL, reference, "The blue leaflet goes with tractors.")
    with signed_in(address, "sgt-bell") as bell, signed_in(address, "ms-dunn") as dunn:
        assert "No proposal waits" in dunn.get("/board/proposals").text
        bell.post("/do/promote", data={"about": reference})
        assert "a colleague has to approve it" in bell.get("/board/proposals").text
        own = bell.get(f"/board/proposals/{reference.lower()}").text
        assert "/do/approve" not in own
        page = dunn.get(f"/board/proposals/{reference}").text
        today, then = page.split("Officers get today")[1].split("With this advice")
        assert "The blue leaflet goes with tractors." not in today
        assert "The blue leaflet goes with tractors." in then
        assert f"/do/approve?about={reference}" in page
        dunn.post("/do/approve", data={"about": reference, "back": "/board/proposals"})
        assert "No proposal waits" in dunn.get("/board/proposals").text
        assert dunn.get(f"/board/proposals/{reference}").status_code == 404
    assert hub.library.current_number() == 1  # nothing was published by looking


def test_a_late_answer_is_sent_to_all_who_asked_or_not_offered_again(address: str, hub: Hub, guidance: Path) -> None:
    first, second = (ask(hub, "which leaflet goes with tractors", person) for person in ("pc-7", "pc-8"))
    with signed_in(address, "sgt-bell") as staff:
        assert "left open before" in staff.get("/board/late").text
        (guidance / "tractors.md").write_text(TRACTORS, encoding="utf-8")
        publish(hub, guidance)
        page = staff.get("/board/late").text
        assert "The blue leaflet goes with tractors." in page
        assert "Send to all 2 who asked" in page
        sent = staff.post("/board/late", data={"reference": first})
        assert f"{first}, {second}" in sent.text
        assert "left open before" in staff.get("/board/late").text
        assert staff.post("/board/late", data={"reference": "PF-9999"}).status_code == 409
    assert {hub.records.request(one).state for one in (first, second)} == {RequestState.REPLIED}


def test_a_quote_that_changed_is_shown_old_and_new_and_those_who_saw_it_are_told_once(
    address: str, hub: Hub, guidance: Path
) -> None:
    hub.assistant.ask(Question("how long may a silk kite soak in water", Place("portal", "pc-7"), "pc-7"))
    with signed_in(address, "sgt-bell") as staff:
        assert "still stands" in staff.get("/board/recalls").text
        laundry = guidance / "laundry.md"
        laundry.write_text(laundry.read_text("utf-8").replace("ten minutes only", "two minutes only"), "utf-8")
        publish(hub, guidance)
        page = staff.get("/board/recalls").text
        assert page.index("ten minutes only") < page.index("two minutes only")
        assert "pc-7" not in page
        name = page.split('name="name" value="')[1].split('"')[0]
        staff.post("/board/recalls", data={"name": name})
        assert "still stands" in staff.get("/board/recalls").text
        assert staff.post("/board/recalls", data={"name": name}).status_code == 409
    assert [letter.kind.value for letter in hub.records.outbox.dead()] == []


# improvement projects, from the first form to what is told


def test_a_project_is_opened_moved_measured_claimed_and_told_after_a_second_person(address: str, hub: Hub) -> None:
    with signed_in(address, "sgt-bell") as bell, signed_in(address, "ms-dunn") as dunn:
        missing = bell.post("/insight/projects/new", data={"title": "waits", "measure": "<i>wait</i>"})
        assert missing.status_code == 422
        assert 'value="&lt;i&gt;wait&lt;/i&gt;"' in missing.text
        typed = {"title": "waits at the hospital", "problem": "they wait", "measure": "wait", "unit": "hours",
                 "definition": "each week's median", "better": "down"}  # fmt: skip
        opened = bell.post("/insight/projects/new", data=typed)
        assert str(opened.url).endswith("/insight/projects/IP-0001")
        where = "/insight/projects/IP-0001"
        assert bell.post(where, data={"what": "stage", "stage": "nowhere"}).status_code == 422
        moved = bell.post(where, data={"what": "stage", "stage": "analysis", "note": "Friday nights"})
        assert "Friday nights" in moved.text
        bell.post(where, data={"what": "value", "day": "2026-10-05", "value": "7.5"})
        said = {"what": "claim", "says": "shorter waits", "by": "Insp Hale", "how": "custody records"}
        assert "how sure" in bell.post(where, data=said).text
        said |= {"confidence": "medium", "minutes_low": "30", "minutes_high": "forty"}
        assert "four numbers" in bell.post(where, data=said).text
        said |= {"minutes_high": "45", "times_low": "20", "times_high": "30"}
        assert "shorter waits" in bell.post(where, data=said).text
        bell.post(where, data={"what": "propose"})
        assert bell.post(where, data={"what": "publish"}).status_code in (403, 409, 422)
        dunn.post(where, data={"what": "publish"})
        assert dunn.post(where, data={"what": "nonsense"}).status_code == 404
    (told,) = hub.projects.published()
    assert (told.title, told.claim.freed.minutes_high) == ("waits at the hospital", 45)  # type: ignore[union-attr]
    assert told.values[0].value == 7.5
