"""The admin's and auditor's pages over real HTTP; and every page of the portal as every role and as nobody."""

from __future__ import annotations

import io
import json
import time
import zipfile
from datetime import UTC, datetime

import httpx
import pytest

from bot.app import Hub
from bot.domain.people import Actor
from bot.portal.building import building_of
from bot.portal.edge import TABLE
from bot.portal.visits import At, Needs
from bot.queue.seen import BACKED_UP, note
from indexer.purging import take_out
from tests.portal.test_site import OURS, signed_in

MARKER = "quagmire"
"""Stands in everything that only its asker and the hub may see."""
REACH = {
    "pc-adams": {Needs.NOBODY, Needs.PERSON},
    "sgt-bell": {Needs.NOBODY, Needs.PERSON, Needs.HUB},
    "ms-dunn": set(Needs),
    "mr-east": {Needs.NOBODY, Needs.PERSON, Needs.RECORD},
}
FILLED = {
    "reference": "PF-0001", "document": "kite-laundry", "receipt": "AAA-AAA", "number": "1", "step": "claim",
    "name": "gap", "id": "1", "person": "pc-adams", "project": "1", "part": "contacts",
}  # fmt: skip


def _addresses(at: At) -> str:
    return at.path.format(**FILLED)


@pytest.mark.parametrize("person", ["", "pc-adams", "mr-east"])
def test_no_page_shows_others_what_an_officer_asked(address: str, hub: Hub, person: str) -> None:
    with signed_in(address, "pcso-begum") as asker:
        asker.post("/questions", data={"question": f"who paints the {MARKER} door?"})
        assert MARKER in asker.get("/requests/mine").text
        hub.desk.note(Actor("sgt-bell"), "PF-0001", f"a note on {MARKER}")
    with signed_in(address, person) if person else httpx.Client(base_url=address, headers=OURS, timeout=60) as visitor:
        for at in TABLE:
            where = _addresses(at)
            for page in (visitor.get(where), visitor.post(where, data={"about": "PF-0001"})):
                assert MARKER not in page.text, where
                assert MARKER not in str(page.url), where
                assert page.status_code < 500, where


@pytest.mark.parametrize("person", REACH)
def test_every_page_is_for_the_roles_it_names(address: str, person: str) -> None:
    with signed_in(address, person) as visitor:
        for at in TABLE:
            if at.get is not None and "{" not in at.path:
                allowed = at.needs in REACH[person]
                assert (visitor.get(at.path).status_code == 403) is not allowed, at.path


def test_without_signing_in_every_other_page_leads_to_sign_in(address: str) -> None:
    for at in TABLE:
        if at.needs is not Needs.NOBODY:
            method = "GET" if at.get else "POST"
            page = httpx.request(method, f"{address}{_addresses(at)}", headers=OURS)
            assert (page.status_code, page.headers["location"].split("?")[0]) == (303, "/sign-in"), at.path


def test_pausing_holding_and_searching_go_through_the_office(address: str) -> None:
    with signed_in(address, "ms-dunn") as admin, signed_in(address, "mr-east") as auditor:
        assert "Say why" in admin.post("/admin/pauses", data={"what": "answers", "why": ""}).text
        admin.post("/admin/pauses", data={"what": "kite-laundry", "why": "<b>law</b> changed"})
        page = admin.get("/admin/pauses").text
        assert "&lt;b&gt;law&lt;/b&gt; changed" in page
        admin.post("/admin/pauses", data={"do": "resume", "what": "kite-laundry"})
        assert "Nothing is paused." in admin.get("/admin/pauses").text
        auditor.post("/admin/holds", data={"do": "set", "scope": "everything", "why": "inquiry"})
        assert "inquiry" in admin.get("/admin/holds").text
        auditor.post("/admin/holds", data={"do": "lift", "number": "1"})
        assert "No holds." in admin.get("/admin/holds").text
        found = auditor.post("/admin/record", data={"do": "search", "person": "ms-dunn"})
        assert "resumed" in found.text
        assert "ms-dunn" not in str(found.url)
        assert "searched" in auditor.post("/admin/record", data={"do": "search", "person": "mr-east"}).text
        assert "the chain is whole" in auditor.post("/admin/record", data={"do": "verify"}).text


def test_a_token_is_shown_once(address: str, hub: Hub) -> None:
    with signed_in(address, "ms-dunn") as admin:
        sent = {"name": "intranet", "person": "pc-adams", "scope_ask": "yes"}
        token = admin.post("/admin/api", data=sent).text.split("phub_")[1].split("<")[0]
        assert hub.clients.holder(f"phub_{token}") is not None
        assert token not in admin.get("/admin/api").text
        admin.post("/admin/api", data={"do": "revoke", "name": "intranet"})
        assert hub.clients.holder(f"phub_{token}") is None


@pytest.mark.usefixtures("ungated")
def test_an_edition_is_built_in_the_background_and_rolled_back(address: str, hub: Hub) -> None:
    with signed_in(address, "ms-dunn") as admin:
        assert "Say why" in admin.post("/admin/library", data={"do": "publish", "force": "yes"}).text
        admin.post("/admin/library", data={"do": "publish"})
        until = time.monotonic() + 60
        while building_of(hub).running and time.monotonic() < until:
            time.sleep(0.05)
        page = admin.get("/admin/library").text
        assert "Edition 2 is published" in page
        assert "built by Ms Dunn" in page
        rolled = admin.post("/admin/library", data={"do": "roll_back", "edition": "1", "why": "wrong page"})
        assert "Edition 1 serves now, and is held" in rolled.text
        assert hub.library.current_number() == 1
        admin.post("/admin/library", data={"do": "release"})
        assert hub.library.hold is None
        take_out(hub.library, next(iter(hub.library.edition().documents)))
        verified = admin.post("/admin/library", data={"do": "verify"}).text
        assert "<li>Edition 2: whole; documents purged: 1</li>" in verified
        assert admin.post("/admin/library", data={"do": "roll_back", "edition": "99"}).status_code == 409


# uploads, golden questions, doctor


@pytest.mark.usefixtures("ungated")
def test_a_file_is_read_shown_as_a_change_published_and_taken_away_again(address: str, hub: Hub) -> None:
    with signed_in(address, "ms-dunn") as admin:
        text = b"# Owls\n\n## Who counts owls?\n\nOwls are counted by the baker.\n"
        taken = admin.post("/admin/uploads", files={"file": ("../owls (2).md", text)}, data={"do": "take"})
        assert str(taken.url).endswith("/admin/library")
        assert "owls (2).md was read" in taken.text
        _until_built(hub)
        page = admin.get("/admin/library").text
        assert "would be published: 1 documents new" in page
        assert "owls" not in hub.library.edition().documents
        admin.post("/admin/library", data={"do": "publish"})
        _until_built(hub)
        assert "owls-2" in hub.library.edition().documents
        assert "owls (2).md" in admin.get("/admin/uploads").text
        hub.uploads.put("owls (2).md", text.replace(b"baker", b"miller"), instead=True)
        admin.post("/admin/library", data={"do": "dry_run"})
        _until_built(hub)
        page = admin.get("/admin/library").text
        assert "Owls are counted by the <del>baker.</del><ins>miller.</ins>" in page
        gone = admin.post("/admin/uploads", data={"do": "remove", "name": "owls (2).md"})
        assert "owls (2).md is removed" in gone.text
        assert hub.uploads.all() == []


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("broken.docx", b"PK\x03\x04", "It is not a DOCX file"),
        ("empty.md", b"", "Choose a file that is not empty"),
        ("noname", b"text", "The file needs a name with an ending"),
        ("secret.md", b"---\nclassification: SECRET\n---\n\nText.\n", "SECRET"),
        ("bomb.zip", b"not a zip", "It is not a ZIP archive"),
    ],
)
def test_a_file_that_cannot_be_guidance_is_refused_with_the_remedy(
    address: str, hub: Hub, name: str, data: bytes, told: str
) -> None:
    with signed_in(address, "ms-dunn") as admin:
        page = admin.post("/admin/uploads", files={"file": (name, data)}, data={"do": "take"})
    assert page.status_code == 422
    assert told in page.text
    assert hub.uploads.all() == []


@pytest.mark.usefixtures("ungated")
def test_a_file_of_the_same_name_is_replaced_only_where_that_was_said(address: str, hub: Hub) -> None:
    with signed_in(address, "ms-dunn") as admin:
        for number, more in enumerate(({}, {}, {"instead": "yes"})):
            page = admin.post(
                "/admin/uploads",
                files={"file": ("owls.md", f"# Owls\n\nOwls are counted {number} times.\n".encode())},
                data={"do": "take", **more},
            )
            _until_built(hub)
            assert ("There is a file owls.md already" in page.text) is (number == 1)
    assert b"2 times" in (hub.uploads.folder / "owls.md").read_bytes()


def test_the_golden_questions_are_told_one_by_one(address: str, hub: Hub) -> None:
    edition = hub.library.edition()
    answers = {"g001": ["answered", "d05", "What is SARA?", True], "g002": ["handed_over", "", "", False]}
    known = [row["id"] for row in hub.golden(edition.manifest)]
    assert known == []
    from indexer.measuring.evaluate import golden_questions

    first, second = golden_questions()[:2]
    golden = {"questions": 2, "right": 1, "answers": dict(zip((first.id, second.id), answers.values(), strict=True))}
    told = hub.golden(edition.manifest.model_copy(update={"golden": golden}))
    assert [(row["id"], row["right"]) for row in told] == [(second.id, False), (first.id, True)]
    with signed_in(address, "mr-east") as auditor:
        assert "Golden questions" in auditor.get("/admin/golden").text


def test_doctor_is_a_page_where_the_program_that_runs_can_look(address: str, hub: Hub) -> None:
    from bot.doctor import examine

    with signed_in(address, "ms-dunn") as admin:
        assert "prevention-hub doctor" in admin.get("/admin/doctor").text
        hub.examining = lambda: examine(hub)
        page = admin.get("/admin/doctor").text
    assert "hub database" in page
    assert "Before the first day" in page


def _until_built(hub: Hub) -> None:
    while building_of(hub).running:
        time.sleep(0.01)


# exports, backups


def test_a_disclosure_is_one_file_that_goes_on_record_and_leaves_nothing_behind(address: str, hub: Hub) -> None:
    with signed_in(address, "pcso-begum") as asker:
        asker.post("/questions", data={"question": f"who paints the {MARKER} door?"})
    with signed_in(address, "mr-east") as auditor:
        none = auditor.post("/admin/exports", data={"person": " "})
        assert (none.status_code, "Say whose records" in none.text) == (422, True)
        assert "Give days as" in auditor.post("/admin/exports", data={"person": "x", "first": "last May"}).text
        found = auditor.post("/admin/exports", data={"person": "pcso-begum"})
        assert found.headers["content-type"] == "application/zip"
        with zipfile.ZipFile(io.BytesIO(found.content)) as archive:
            assert f"who paints the {MARKER} door?" in archive.read("disclosure/records.jsonl").decode()
            assert json.loads(archive.read("disclosure/index.json"))["records"] == 1
        assert "nobody" in auditor.post("/admin/exports", data={"person": "nobody"}).text
        assert "exported" in auditor.post("/admin/record", data={"do": "search", "person": "mr-east"}).text
    with signed_in(address, "sgt-bell") as staff:
        assert staff.post("/admin/exports", data={"person": "pcso-begum"}).status_code == 403


def test_it_is_told_when_the_last_backup_was_and_an_anchor_can_be_taken_away(address: str, hub: Hub) -> None:
    with signed_in(address, "ms-dunn") as admin:
        assert admin.get("/admin/backups").text.count("Never, as far as is known") == 2
        note(hub.records.late, BACKED_UP, datetime(2026, 11, 20, 9, 30, tzinfo=UTC))
        assert "20 November 2026" in admin.get("/admin/backups").text
        taken = admin.post("/admin/backups")
        if taken.status_code == 200:
            assert json.loads(taken.content)["sequence"] > 0
            assert admin.get("/admin/backups").text.count("Never, as far as is known") == 0
        else:
            assert "key" in taken.text
    with signed_in(address, "mr-east") as auditor:
        assert auditor.get("/admin/backups").status_code == 403
