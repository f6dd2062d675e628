"""A document library as a source, over real HTTP: only what changed, only what is for everybody, and nothing lost."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from indexer.build import Builder
from indexer.sources import graph_asking, graph_items
from indexer.sources.graph import STATE, Drive, DriveRefused, Round, libraries, library_of, read_state
from indexer.sources.graph_asking import Account, seconds_of
from indexer.sources.graph_finding import find_drive, is_library
from indexer.sources.graph_items import Item, Tree, is_for_everybody, safe
from indexer.sources.mirrored import standing_of
from knowledge.store.folder import Library
from tests.support.fakes import WordEncoder
from tests.support.graph import DRIVE, EVERYBODY, OWNER, SECRET, Graph, running
from tests.support.website import Website
from tests.support.website import running as running_site

AT = f"/v1.0/drives/{DRIVE}"
LOGIN = "/tenant/oauth2/v2.0/token"
LINK = "https://force.sharepoint.com/sites/guidance/owls"
SOME = [OWNER, {"roles": ["read"], "grantedToV2": {"user": {"displayName": "Jo"}}}]
NOW = datetime(2026, 11, 27, tzinfo=UTC)


def owls(who: str = "baker") -> str:
    return f"# Owls\n\nOwls are counted by the {who}.\n"


def moles(name: str = "Moles") -> str:
    return f"# {name}\n\n{name} dig at night, and nobody minds.\n"


@pytest.fixture
def graph() -> Iterator[Graph]:
    with running(Graph()) as started:
        started.changes.append({"id": "root", "name": "root", "root": {}, "folder": {}})
        started.fold("animals", "Animals")
        started.put("owls", "owls.md", owls(), under="animals")
        started.put("moles", "moles.md", moles())
        yield started


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return tmp_path / "graph" / "drive"


@pytest.fixture
def waits() -> list[float]:
    """The seconds that were waited, without waiting."""
    return []


@pytest.fixture
def drive(graph: Graph, here: Path, waits: list[float]) -> Drive:
    return Drive(DRIVE, here, account(graph), "https://force.sharepoint.com/guidance", waits.append)


def account(graph: Graph, secret: str = SECRET) -> Account:
    return Account("tenant", "app", secret, f"{graph.url}/v1.0", graph.url)


def files(here: Path) -> list[str]:
    return sorted(
        one.relative_to(here).as_posix()
        for one in here.rglob("*")
        if one.is_file() and one.suffix != ".toml" and one.name != STATE
    )


def beside(here: Path, file: str) -> dict[str, Any]:
    return tomllib.loads((here / f"{file}.toml").read_text(encoding="utf-8"))


def counted(done: Round) -> tuple[int, int, int]:
    return done.fetched, done.moved, done.unchanged


# what is brought


def test_files_are_brought_as_they_stand_each_with_its_link(
    graph: Graph, drive: Drive, here: Path, library: Library
) -> None:
    done = drive.mirror()
    assert (counted(done), done.gone, done.left_out, done.troubles) == ((2, 0, 0), [], [], [])
    assert files(here) == ["Animals/owls.md", "moles.md"]
    Builder(library, WordEncoder()).build([here])
    links = {document.title: document.link for document in library.edition().documents.values()}
    assert links["Owls"] == LINK


def test_every_page_is_read(graph: Graph, drive: Drive, here: Path) -> None:
    graph.page = 1
    assert drive.mirror().fetched == 2
    assert len(graph.paths("/delta")) == 4


def test_only_what_changed_is_fetched(graph: Graph, drive: Drive, here: Path) -> None:
    drive.mirror()
    graph.asked.clear()
    graph.put("owls", "owls.md", owls("miller"), under="animals")
    assert counted(drive.mirror()) == (1, 0, 1)
    assert graph.paths("/content") == [f"{AT}/items/owls/content"]
    assert (here / "Animals/owls.md").read_text(encoding="utf-8") == owls("miller")
    assert counted(drive.mirror()) == (0, 0, 2)


def test_what_is_deleted_goes_and_what_was_below_it(graph: Graph, drive: Drive, here: Path) -> None:
    drive.mirror()
    graph.delete("animals")
    assert drive.mirror().gone == ["Animals/owls.md"]
    assert files(here) == ["moles.md"]
    assert not (here / "Animals").exists()


def test_what_was_moved_out_of_a_deleted_folder_stays(graph: Graph, drive: Drive, here: Path) -> None:
    drive.mirror()
    graph.delete("animals")
    graph.put("owls", "owls.md")
    done = drive.mirror()
    assert (counted(done), done.gone) == ((0, 1, 1), [])
    assert files(here) == ["moles.md", "owls.md"]


def test_a_file_that_was_renamed_or_moved_is_not_fetched_again(graph: Graph, drive: Drive, here: Path) -> None:
    drive.mirror()
    graph.fold("birds", "Birds")
    graph.put("owls", "barn owls.md", under="birds")
    assert counted(drive.mirror()) == (0, 1, 1)
    assert files(here) == ["Birds/barn owls.md", "moles.md"]
    assert beside(here, "Birds/barn owls.md") == {"link": LINK}
    assert not list(here.glob("Animals/*"))


def test_a_folder_that_was_renamed_takes_its_files_along_with_their_new_address(
    graph: Graph, drive: Drive, here: Path
) -> None:
    drive.mirror()
    graph.fold("animals", "Creatures")  # Graph tells of the folder alone
    row = next(row for row in graph.changes if row["id"] == "owls")
    row["webUrl"] = f"{LINK}-of-now"
    assert counted(drive.mirror()) == (0, 1, 1)
    assert files(here) == ["Creatures/owls.md", "moles.md"]
    assert beside(here, "Creatures/owls.md") == {"link": f"{LINK}-of-now"}


def test_two_files_that_swap_their_names_keep_their_own_words(graph: Graph, drive: Drive, here: Path) -> None:
    drive.mirror()
    graph.put("owls", "moles.md")
    graph.put("moles", "owls.md")
    for _ in range(3):
        done = drive.mirror()
    assert (counted(done), done.troubles) == ((0, 0, 2), [])
    said = {read_state(here)["held"][name]["file"] for name in ("owls", "moles")}
    assert {(here / file).read_text(encoding="utf-8") for file in said} == {owls(), moles()}
    owl = read_state(here)["held"]["owls"]
    assert (owl["path"], (here / owl["file"]).read_text(encoding="utf-8")) == ("moles.md", owls())


def test_what_is_not_read_is_passed_over_by_name(
    graph: Graph, drive: Drive, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_items, "largest", lambda kind: 2 * 1024 * 1024)
    graph.put("photo", "photo.jpg", "x")
    graph.put("lock", "~$owls.docx", "x")
    graph.put("virus", "virus.pdf", "x")
    graph.changes[-1]["malware"] = {}
    graph.put("big", "big.pdf", "x" * (2 * 1024 * 1024 + 1))
    graph.changes.append({"id": "notes", "name": "Notes", "package": {}, "parentReference": {"id": "root"}})
    assert sorted(drive.mirror().passed_over) == [
        "Notes: it is a notebook, which is not read",
        "big.pdf: it is larger than 2 MB; split it",
        "photo.jpg: files of the kind .jpg are not read",
        "virus.pdf: Microsoft says that it holds malware",
        "~$owls.docx: it is a hidden or a temporary file",
    ]
    assert files(here) == ["Animals/owls.md", "moles.md"]
    assert len(graph.to_downloads) == 2


def test_what_people_wrote_beside_a_file_stays(graph: Graph, drive: Drive, here: Path) -> None:
    drive.mirror()
    (here / "moles.md.toml").write_text('owner = "Custody"\n', encoding="utf-8")
    graph.put("moles", "mole rules.md", moles("Mole rules"))
    assert drive.mirror().fetched == 1
    assert beside(here, "mole rules.md")["owner"] == "Custody"
    assert "moles" in beside(here, "mole rules.md")["link"]


# who may read it


@pytest.mark.parametrize(
    ("permissions", "open_"),
    [
        ([OWNER, EVERYBODY], True),
        ([{"roles": ["write"], "link": {"scope": "anonymous"}}], True),
        ([{"roles": ["read"], "grantedToV2": {"siteUser": {"loginName": "c:0(.s|true"}}}], True),
        (
            [
                {
                    "roles": ["read"],
                    "grantedToV2": {"siteUser": {"loginName": "c:0-.f|rolemanager|spo-grid-all-users/9f"}},
                }
            ],
            True,
        ),
        ([], False),
        ([OWNER], False),
        (SOME, False),
        ([{"roles": ["read"], "link": {"scope": "users"}}], False),
        ([{**EVERYBODY, "hasPassword": True}], False),
        ([{**EVERYBODY, "roles": []}], False),
        ([{**EVERYBODY, "expirationDateTime": "2026-11-26T00:00:00Z"}], False),
        ([{**EVERYBODY, "expirationDateTime": "nobody knows"}], False),
        ([{**EVERYBODY, "expirationDateTime": "2026-11-28T00:00:00Z"}], True),
        ([{**EVERYBODY, "expirationDateTime": "0001-01-01T00:00:00Z"}], True),
        # a name is what anybody may call a group
        ([{"roles": ["read"], "grantedToV2": {"group": {"displayName": "Everyone except external users"}}}], False),
    ],
)
def test_only_what_is_for_the_whole_organisation_is_for_everybody(
    permissions: list[dict[str, Any]], open_: bool
) -> None:
    assert is_for_everybody(permissions, NOW) is open_


def test_a_file_for_some_people_is_not_even_fetched(graph: Graph, drive: Drive, here: Path) -> None:
    graph.permissions["owls"] = SOME
    done = drive.mirror()
    assert (done.left_out, done.fetched) == (["Animals/owls.md"], 1)
    assert (files(here), graph.paths("owls/content")) == (["moles.md"], [])


def test_files_that_are_for_some_people_by_now_leave_the_library_whatever_the_guard_says(
    graph: Graph, drive: Drive, here: Path, library: Library
) -> None:
    for number in range(4):
        graph.put(f"n{number}", f"n{number}.md", moles(f"Newts{number}"))
    drive.mirror()
    Builder(library, WordEncoder()).build([here])
    assert len(library.edition().documents) == 6
    graph.permissions |= {f"n{number}": SOME for number in range(4)}  # Graph does not tell of it
    done = drive.mirror()
    assert (done.closed, files(here)) == (4, ["Animals/owls.md", "moles.md"])
    built = Builder(library, WordEncoder()).build([here])
    assert {document.title for document in library.edition().documents.values()} == {"Owls", "Moles"}
    assert not built.manifest.troubled
    told = [one for one in built.manifest.sources if "n0.md" in one.path]
    assert [one.passed_over for one in told] == ["What it describes is for some people only, and was taken out."]
    graph.permissions.clear()
    assert drive.mirror().fetched == 4
    Builder(library, WordEncoder()).build([here])
    assert len(library.edition().documents) == 6


def test_what_was_for_some_people_before_it_was_deleted_is_not_kept_either(
    graph: Graph, drive: Drive, here: Path, library: Library
) -> None:
    for number in range(4):
        graph.put(f"n{number}", f"n{number}.md", moles(f"Newts{number}"))
    drive.mirror()
    Builder(library, WordEncoder()).build([here])
    graph.permissions |= {f"n{number}": SOME for number in range(4)}
    drive.mirror()
    for number in range(4):
        graph.delete(f"n{number}")
    assert len(drive.mirror().gone) == 4
    Builder(library, WordEncoder()).build([here])
    assert {document.title for document in library.edition().documents.values()} == {"Owls", "Moles"}


def test_deletions_are_guarded_as_those_of_a_folder(graph: Graph, drive: Drive, here: Path, library: Library) -> None:
    for number in range(4):
        graph.put(f"n{number}", f"n{number}.md", moles(f"Newts{number}"))
    drive.mirror()
    Builder(library, WordEncoder()).build([here])
    for number in range(4):
        graph.delete(f"n{number}")
    assert len(drive.mirror().gone) == 4
    Builder(library, WordEncoder()).build([here])
    assert len(library.edition().documents) == 6


def test_a_file_whose_readers_are_not_told_is_not_taken_and_an_older_one_stays(
    graph: Graph, drive: Drive, here: Path
) -> None:
    graph.trouble[f"{AT}/items/owls/permissions"] = [(403, {})]
    done = drive.mirror()
    assert done.troubles == [
        "Animals/owls.md: the app may not read it; give it Files.Read.All, or Sites.Selected and that site"
    ]
    assert files(here) == ["moles.md"]
    assert counted(drive.mirror()) == (1, 0, 1)  # it is asked for again although nothing has changed
    graph.trouble[f"{AT}/items/owls/permissions"] = [(500, {})]
    assert drive.mirror().troubles == ["Animals/owls.md: the site answers 500"]
    assert files(here) == ["Animals/owls.md", "moles.md"]


# troubles


def test_a_busy_service_is_waited_for(graph: Graph, drive: Drive, waits: list[float]) -> None:
    graph.trouble |= {
        f"{AT}/root/delta": [(429, {"retry_after": "7"}), (503, {"retry_after": "9"})],
        f"{AT}/items/owls/content": [(503, {})],
        "/download/moles": [(429, {"retry_after": "3"})],
        LOGIN: [(429, {"retry_after": "1"})],
    }
    assert counted(drive.mirror()) == (2, 0, 0)
    assert waits == [1.0, 7.0, 9.0, 2.0, 3.0]


@pytest.mark.parametrize(
    ("answers", "why", "waited"),
    [
        ([(429, {"retry_after": "3600"})], "it is busy and wants to be left alone for 60 minutes", []),
        ([(503, {"retry_after": "1"})] * 20, "it is busy, again and again", [1.0] * 7),
    ],
)
def test_patience_has_an_end_and_then_nothing_more_is_asked(
    graph: Graph, drive: Drive, here: Path, waits: list[float], answers: list[Any], why: str, waited: list[float]
) -> None:
    drive.mirror()
    graph.asked.clear()
    graph.trouble[f"{AT}/items/owls/permissions"] = answers
    done = drive.mirror()
    assert done.troubles == [f"{drive.name}: {why}; the files that were not come to are kept as they were"]
    assert waits == waited
    assert graph.paths("moles/permissions") == []
    assert files(here) == ["Animals/owls.md", "moles.md"]


def test_a_moment_to_wait_for_may_be_a_date() -> None:
    assert 50 < seconds_of(format_datetime(datetime.now(UTC) + timedelta(seconds=60)), 0) <= 60
    assert seconds_of(format_datetime(NOW - timedelta(days=9000)), 0) == 0
    assert [seconds_of("soon", number) for number in range(3)] == [2.0, 4.0, 8.0]


def test_an_expired_delta_link_starts_anew_and_drops_nothing_before_the_end(
    graph: Graph, drive: Drive, here: Path
) -> None:
    drive.mirror()
    graph.expired, graph.page = True, 1
    graph.changes = [row for row in graph.changes if row["id"] != "moles"]
    graph.put("newts", "newts.md", moles("Newts"))
    graph.asked.clear()
    graph.trouble[f"{AT}/root/delta"] = [(410, {}), (500, {})]
    done = drive.mirror()
    assert (done.gone, done.troubles) == ([], [f"{drive.name}: the site answers 500; everything is kept as it was"])
    assert files(here) == ["Animals/owls.md", "moles.md"]
    assert len(graph.paths("/delta")) == len(graph.asked) - 1 == 2  # the old link, and the first page of all
    graph.trouble.clear()
    done = drive.mirror()
    assert (done.gone, done.troubles, counted(done)) == (["moles.md"], [], (1, 0, 1))
    assert files(here) == ["Animals/owls.md", "newts.md"]
    graph.expired = False
    graph.asked.clear()
    assert counted(drive.mirror()) == (0, 0, 2)
    assert len(graph.paths("/delta")) == 1


def test_the_whole_drive_is_gone_through_once_a_week(graph: Graph, drive: Drive, here: Path) -> None:
    drive.mirror()
    state = json.loads((here / STATE).read_text(encoding="utf-8"))
    state["whole"] = (datetime.now(UTC) - timedelta(days=8)).isoformat()
    (here / STATE).write_text(json.dumps(state), encoding="utf-8")
    graph.changes = [row for row in graph.changes if row["id"] != "moles"]  # Graph never told of it
    done = drive.mirror()
    assert (done.gone, counted(done)) == (["moles.md"], (0, 0, 1))


def test_a_download_that_breaks_off_keeps_what_it_said(graph: Graph, drive: Drive, here: Path) -> None:
    drive.mirror()
    graph.cut.add("owls")
    graph.put("owls", "owls.md", owls("miller"), under="animals")
    done = drive.mirror()
    assert done.troubles == ["Animals/owls.md: the connection failed (RemoteProtocolError)"]
    assert (here / "Animals/owls.md").read_text(encoding="utf-8") == owls()
    graph.cut.clear()
    assert counted(drive.mirror()) == (1, 0, 1)
    assert (here / "Animals/owls.md").read_text(encoding="utf-8") == owls("miller")


@pytest.mark.parametrize(
    "away_at", [f"{AT}/root/delta", f"{AT}/items/owls/permissions", f"{AT}/items/owls/content", "/download/owls"]
)
def test_nothing_is_lost_when_the_service_goes_away_midway(
    graph: Graph, drive: Drive, here: Path, away_at: str
) -> None:
    for name in ("p", "q", "r"):
        graph.put(name, f"{name}.md", moles(name))
    drive.mirror()
    before = {file: (here / file).read_text(encoding="utf-8") for file in files(here)}
    for name in ("owls", "p", "q", "r"):
        title, under = ("owls.md", "animals") if name == "owls" else (f"{name}.md", "root")
        graph.put(name, title, moles(f"New {name}"), under=under)
    graph.away_at = away_at
    done = drive.mirror()
    assert "kept as" in done.troubles[-1]
    assert (done.fetched, done.gone) == (0, [])
    assert {file: (here / file).read_text(encoding="utf-8") for file in files(here)} == before
    assert "succeeded" in read_state(here)
    graph.come_back()
    assert (drive.mirror().fetched, drive.mirror().fetched) == (4, 0)


def test_a_drive_that_cannot_be_had_at_first_is_refused_and_leaves_nothing(
    graph: Graph, here: Path, waits: list[float]
) -> None:
    with pytest.raises(DriveRefused, match="there is none with this id, or the app may not read it"):
        Drive("b!none", here, account(graph), sleep=waits.append).mirror()
    assert not here.exists()


def test_a_wrong_secret_is_said_plainly_and_asked_with_once(graph: Graph, drive: Drive, here: Path) -> None:
    drive.mirror()
    graph.asked.clear()
    drive.account = account(graph, "another-secret")
    done = drive.mirror()
    assert "Microsoft does not take the app's credentials" in done.troubles[0]
    assert "_CLIENT_SECRET, which runs out" in done.troubles[0]
    assert "another-secret" not in repr(drive) + (here / STATE).read_text(encoding="utf-8")
    assert graph.asked == [LOGIN]
    assert files(here) == ["Animals/owls.md", "moles.md"]


def test_a_token_that_ends_midway_is_replaced(graph: Graph, drive: Drive) -> None:
    graph.token_lasts = 2
    assert counted(drive.mirror()) == (2, 0, 0)
    assert graph.tokens == 3


def test_a_token_that_is_never_taken_ends_the_round(graph: Graph, drive: Drive) -> None:
    graph.token_lasts = 0
    with pytest.raises(DriveRefused, match="Graph does not take the app's token"):
        drive.mirror()
    assert graph.tokens == 2


# where is asked


def test_the_token_goes_to_graph_alone(graph: Graph, drive: Drive) -> None:
    with running_site(Website({"/download/owls?tempauth=made-up": owls("fox")})) as elsewhere:
        graph.to = elsewhere.url
        graph.permissions["moles"] = SOME
        assert drive.mirror().fetched == 1
        assert elsewhere.asked == [("/download/owls?tempauth=made-up", 200)]
    graph.to = ""
    del graph.permissions["moles"]
    drive.mirror()
    assert graph.to_downloads == [""]


def test_graph_does_not_lead_elsewhere(graph: Graph, drive: Drive) -> None:
    with running_site(Website()) as elsewhere:
        graph.trouble[f"{AT}/root/delta"] = [(302, {"location": f"{elsewhere.url}/x"})]
        with pytest.raises(DriveRefused, match="Graph leads to another address"):
            drive.mirror()
        assert elsewhere.asked == []


def test_what_is_not_encrypted_is_followed_on_this_machine_only(graph: Graph) -> None:
    far = Account("tenant", "app", SECRET, "https://graph.microsoft.com/v1.0")
    assert (far.is_local, account(graph).is_local) == (False, True)
    assert far.scope == "https://graph.microsoft.com/.default"
    asking = graph_asking.Asking(far)
    assert not asking.is_ours("https://graph.microsoft.com.evil.example/v1.0/x")
    assert not asking.is_ours("http://graph.microsoft.com/v1.0/x")


@pytest.mark.parametrize(
    ("path", "safe_path"),
    [
        ("a/b.md", "a/b.md"),
        ("../../etc/passwd.md", "_../_../etc/passwd.md"),
        (".hidden/~$x.md", "_.hidden/_~$x.md"),
        ("a\\b\x00c.md", "a_b_c.md"),
        ("", "_"),
    ],
)
def test_names_stay_below_the_mirror(path: str, safe_path: str) -> None:
    assert safe(path) == safe_path
    assert len(safe("ö" * 400 + ".pdf").encode()) <= 150
    assert safe("ö" * 400 + ".pdf").endswith(".pdf")


def test_a_hostile_name_writes_nowhere_else(graph: Graph, drive: Drive, here: Path) -> None:
    graph.put("evil", "x/../../../evil.md", owls("fox"))
    drive.mirror()
    assert files(here) == ["Animals/owls.md", "moles.md", "x/_../_../_../evil.md"]
    assert not list(here.parent.parent.glob("evil*"))


def test_text_that_no_file_can_hold_does_no_harm(graph: Graph, drive: Drive, here: Path) -> None:
    graph.put("odd", "o\ud800dd.md", owls("fox"))
    graph.changes[-1]["webUrl"] = "https://force.sharepoint.com/\ud800"
    done = drive.mirror()
    assert (done.fetched, done.troubles) == (3, [])
    assert beside(here, "o_dd.md") == {"link": "https://force.sharepoint.com/?"}


def test_a_mirror_that_cannot_be_written_is_said_plainly(graph: Graph, drive: Drive, here: Path) -> None:
    here.parent.mkdir(parents=True)
    here.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(DriveRefused, match=r"cannot be written \(.*\)\. Check its rights"):
        drive.mirror()


def test_folders_that_are_in_each_other_do_not_go_on_for_ever() -> None:
    tree = Tree({"a": Item("a", "b", False), "b": Item("b", "a", False), "c": Item("c.md", "a", True)})
    tree.prune()
    assert [name for _, name, _ in tree.files()] == ["c"]


# which library is meant


@pytest.mark.parametrize(
    ("named", "is_one"),
    [
        ("graph:b!drive", True),
        ("https://force.sharepoint.com/sites/guidance", True),
        ("https://force-my.sharepoint.com/personal/jo", True),
        ("https://force.sharepoint.us/sites/x", True),
        ("https://force.example/sites/guidance", False),
        ("https://force.sharepoint.com.evil.example/sites/x", False),
        ("./graph", False),
    ],
)
def test_what_names_a_library(named: str, is_one: bool) -> None:
    assert is_library(named) is is_one


@pytest.mark.parametrize(
    "named",
    [
        f"graph:{DRIVE}",
        "https://force.sharepoint.com/sites/guidance/",
        "https://force.sharepoint.com/sites/guidance/Shared%20Documents/Forms/AllItems.aspx",
        "graph:https://force.sharepoint.com/sites/guidance/Shared Documents",
    ],
)
def test_a_library_is_found_by_id_or_address(graph: Graph, tmp_path: Path, named: str) -> None:
    found = find_drive(named, tmp_path, account(graph))
    assert (found.id, found.folder.name.rsplit("-", 1)[0]) == (DRIVE, "sites-guidance-shared-documents")


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ("graph:nothing", "There is no 'graph:nothing', or the app may not read it"),
        ("https://force.sharepoint.com/sites/none", "or the app may not read it"),
        ("https://force.sharepoint.com/sites/guidance/Shared%20Documents/Animals", "is no document library as a whole"),
        ("https://force.sharepoint.com/sites", "is no address of a site"),
    ],
)
def test_what_is_no_library_is_refused_with_a_remedy(graph: Graph, tmp_path: Path, named: str, why: str) -> None:
    with pytest.raises(DriveRefused, match=why):
        find_drive(named, tmp_path, account(graph))


def test_a_library_is_looked_at_once_a_day_while_it_is_in_the_list(graph: Graph, drive: Drive, here: Path) -> None:
    drive.mirror()
    assert libraries(here.parent, [here]) == [here]
    assert libraries(here.parent, [here.parent]) == []
    known = library_of(here, account(graph))
    assert (known.id, known.name) == (DRIVE, "https://force.sharepoint.com/guidance")
    assert not known.is_due(datetime.now(UTC))
    assert known.is_due(datetime.now(UTC) + timedelta(hours=25))
    assert standing_of(here)["succeeded"] == read_state(here)["succeeded"]


def test_a_state_that_cannot_be_read_brings_everything_anew(graph: Graph, drive: Drive, here: Path) -> None:
    drive.mirror()
    (here / STATE).write_text('{"drive": "b!drive", "held": {"owls": {"x": 1}}}', encoding="utf-8")
    (here / "stray.md").write_text(owls(), encoding="utf-8")
    assert counted(drive.mirror()) == (2, 0, 0)
    assert files(here) == ["Animals/owls.md", "moles.md"]
    assert Path(here, "moles.md").read_text(encoding="utf-8") == moles()
