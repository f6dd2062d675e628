"""What a library shares with a group alone is for the audience that the group is mapped to, and for nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from indexer.build import Builder
from indexer.gathering import Rules
from indexer.sources import graph_mirror
from indexer.sources.graph import STATE, Drive
from indexer.sources.graph_groups import audience_for, groups_of
from indexer.sources.listing import SourceList
from knowledge.manifest import LibraryError
from knowledge.store.folder import Library
from tests.indexer.test_graph import account, beside, files, moles, owls
from tests.support.fakes import WordEncoder
from tests.support.graph import DRIVE, EVERYBODY, OWNER, Graph, running

NOW = datetime(2026, 11, 27, tzinfo=UTC)
ID = "1b2c3d4e-0000-4444-8888-123456789abc"
GROUPS = groups_of(f"Custody  Sergeants = Custody; {ID.upper()}=partners, Outside")
OF_SITE = {"roles": ["read"], "grantedToV2": {"siteGroup": {"displayName": "custody sergeants", "id": "7"}}}
OF_ENTRA = {"roles": ["write"], "grantedToV2": {"group": {"id": ID, "displayName": "Any name"}}}


def login(name: str) -> dict[str, Any]:
    return {"roles": ["read"], "grantedToV2": {"siteUser": {"loginName": name}}}


@pytest.mark.parametrize(
    ("permissions", "audience"),
    [
        ([OWNER, OF_SITE], "custody"),
        ([OF_ENTRA], "outside, partners"),
        ([OF_ENTRA, OF_SITE], "custody, outside, partners"),
        ([login(f"c:0t.c|tenant|{ID}")], "outside, partners"),
        ([login(f"c:0o.c|federateddirectoryclaimprovider|{ID}")], "outside, partners"),
        ([{"roles": ["read"], "link": {"scope": "users"}, "grantedToIdentitiesV2": [OF_ENTRA["grantedToV2"]]}],
         "outside, partners"),
        # who has it otherwise
        ([], ""),
        ([OWNER], ""),
        ([login(f"c:0o.c|federateddirectoryclaimprovider|{ID}_o")], ""),
        ([login(f"i:0#.f|membership|{ID}")], ""),
        ([{**OF_SITE, "roles": []}], ""),
        ([{**OF_SITE, "hasPassword": True}], ""),
        ([{**OF_SITE, "expirationDateTime": "2026-11-26T00:00:00Z"}], ""),
        # anybody may give a group of Entra, or a person, the name of another
        ([{"roles": ["read"], "grantedToV2": {"group": {"id": "x", "displayName": "Custody Sergeants"}}}], ""),
        ([{"roles": ["read"], "grantedToV2": {"user": {"displayName": "Custody Sergeants"}}}], ""),
        ([{"roles": ["read"], "grantedToV2": {"siteGroup": {"displayName": ID}}}], ""),
    ],
)  # fmt: skip
def test_a_group_that_may_read_brings_its_audience(permissions: list[dict[str, Any]], audience: str) -> None:
    assert audience_for(permissions, GROUPS, NOW) == audience


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Custody", "'Custody' maps no group to an audience"),
        ("=custody", "'=custody' maps no group"),
        ("Custody=", "'Custody=' maps no group"),
        ("Custody=all staff", "'all staff' leaves nobody out"),
    ],
)
def test_a_wrong_setting_is_refused_and_not_written(tmp_path: Path, said: str, why: str) -> None:
    sources = SourceList(tmp_path / "sources.toml")
    sources.add([tmp_path], "amira")
    with pytest.raises(LibraryError, match=why):
        sources.say([tmp_path], groups=said)
    assert sources.groups(tmp_path) == {}
    sources.say([tmp_path], groups="A=b; C = d")
    assert sources.groups(tmp_path) == {"a": "b", "c": "d"}
    sources.say([tmp_path], groups="")
    assert sources.groups(tmp_path) == {}


@pytest.fixture
def graph() -> Iterator[Graph]:
    with running(Graph()) as started:
        started.changes.append({"id": "root", "name": "root", "root": {}, "folder": {}})
        started.put("owls", "owls.md", owls())
        started.put("moles", "moles.md", moles())
        started.permissions["owls"] = [OWNER, OF_SITE]
        yield started


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return tmp_path / "graph" / "drive"


def drive(graph: Graph, here: Path, said: str = "Custody Sergeants=custody") -> Drive:
    return Drive(DRIVE, here, account(graph), "https://force.sharepoint.com/guidance", groups=groups_of(said))


def audiences(library: Library, here: Path) -> dict[str, str]:
    Builder(library, WordEncoder(), rules=Rules(audiences=frozenset({"custody", "partners"}))).build([here])
    return {document.title: document.audience for document in library.edition().documents.values()}


def test_a_document_of_a_mapped_group_is_for_its_audience(graph: Graph, here: Path, library: Library) -> None:
    done = drive(graph, here).mirror()
    assert (done.for_some, done.left_out, done.fetched) == (["owls.md: custody"], [], 2)
    assert audiences(library, here) == {"Owls": "custody", "Moles": ""}
    again = drive(graph, here).mirror()
    assert (again.changes, again.unchanged) == ("", 2)


def test_an_audience_that_nobody_knows_is_held_back_and_named(graph: Graph, here: Path, library: Library) -> None:
    drive(graph, here, "Custody Sergeants=night shift").mirror()
    assert audiences(library, here) == {"Moles": ""}
    (held,) = library.manifest().refused
    assert "It is for night shift only, and PREVENTION_HUB_AUDIENCES does not say who is in" in held.refused


def test_who_may_read_follows_the_library(graph: Graph, here: Path, library: Library) -> None:
    drive(graph, here).mirror()
    audiences(library, here)
    graph.permissions |= {"owls": [EVERYBODY], "moles": [OF_SITE]}  # Graph does not tell of it
    done = drive(graph, here).mirror()
    assert (done.regrouped, done.fetched) == (2, 0)
    assert "2 are for other readers" in done.changes
    assert audiences(library, here) == {"Owls": "", "Moles": "custody"}
    graph.permissions["owls"] = [OF_ENTRA]
    done = drive(graph, here, f"{ID}=partners").mirror()
    assert (done.left_out, done.closed, done.regrouped) == (["moles.md"], 1, 1)
    assert audiences(library, here) == {"Owls": "partners"}


def test_what_is_unmapped_leaves_the_library_and_is_named(graph: Graph, here: Path, library: Library) -> None:
    drive(graph, here).mirror()
    audiences(library, here)
    done = drive(graph, here, "").mirror()
    assert (done.left_out, done.closed, files(here)) == (["owls.md"], 1, ["moles.md"])
    assert audiences(library, here) == {"Moles": ""}


def test_people_cannot_widen_what_the_library_says_and_keep_their_own_where_it_says_nothing(
    graph: Graph, here: Path
) -> None:
    drive(graph, here).mirror()
    said = here / "owls.md.toml"
    said.write_text(said.read_text(encoding="utf-8").replace('"custody"', '"all staff"'), encoding="utf-8")
    assert drive(graph, here).mirror().regrouped == 1
    assert beside(here, "owls.md")["audience"] == "custody"
    moles_said = here / "moles.md.toml"
    moles_said.write_text(f'{moles_said.read_text(encoding="utf-8")}audience = "partners"\n', encoding="utf-8")
    graph.put("moles", "mammals.md", moles("Mammals"))
    assert drive(graph, here).mirror().fetched == 1
    assert beside(here, "mammals.md")["audience"] == "partners"


@pytest.mark.parametrize(
    ("written", "kept"),
    [("Partners; Outside", "outside, partners"), ("partners, custody", "partners"), ("custody", "nobody")],
)
def test_people_can_narrow_what_the_library_says(graph: Graph, here: Path, written: str, kept: str) -> None:
    graph.permissions["owls"] = [OF_ENTRA]
    groups = f"{ID}=partners, outside, supervisors"
    drive(graph, here, groups).mirror()
    said = here / "owls.md.toml"
    text = said.read_text(encoding="utf-8")
    assert 'audience = "outside, partners, supervisors"' in text
    said.write_text(text.replace("outside, partners, supervisors", written), encoding="utf-8")
    for changed in (1, 0):  # and then it stays so
        assert drive(graph, here, groups).mirror().regrouped == changed
        assert beside(here, "owls.md")["audience"] == kept


def test_what_somebody_wrote_holds_whatever_the_library_says_meanwhile(graph: Graph, here: Path) -> None:
    graph.permissions["owls"] = [OF_ENTRA]
    both, one = f"{ID}=partners, outside", f"{ID}=partners"
    drive(graph, here, both).mirror()
    said = here / "owls.md.toml"
    said.write_text(said.read_text(encoding="utf-8").replace("outside, partners", "partners"), encoding="utf-8")
    for groups in (both, one, both):
        drive(graph, here, groups).mirror()
        assert beside(here, "owls.md")["audience"] == "partners"
    drive(graph, here, f"{ID}=supervisors").mirror()
    assert beside(here, "owls.md")["audience"] == "nobody"
    drive(graph, here, "").mirror()  # mapped to nobody: it is left out
    graph.permissions["owls"] = [EVERYBODY]
    drive(graph, here, both).mirror()
    assert beside(here, "owls.md")["audience"] == "partners"


def test_whom_a_file_is_for_is_written_before_its_words(
    graph: Graph, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    replace_bytes = graph_mirror.replace_bytes

    def watched(file: Path, data: bytes) -> None:
        if file.name.endswith("owls.md"):
            seen.append(beside(here, file.name)["audience"])
        replace_bytes(file, data)

    monkeypatch.setattr(graph_mirror, "replace_bytes", watched)
    drive(graph, here).mirror()
    assert seen == ["custody"]
    graph.put("owls", "night-owls.md", owls("miller"))
    drive(graph, here).mirror()
    assert (seen, files(here)) == (["custody", "custody"], ["moles.md", "night-owls.md"])


def test_a_mirror_of_an_earlier_version_is_read_on(graph: Graph, here: Path) -> None:
    graph.permissions.clear()
    drive(graph, here).mirror()
    state = json.loads((here / STATE).read_text(encoding="utf-8"))
    for held in state["held"].values():
        del held["audience"]
    (here / STATE).write_text(json.dumps(state), encoding="utf-8")
    assert drive(graph, here).mirror().unchanged == 2
