"""Document libraries from the command line: added, listed, fetched, looked at by the worker and by `doctor`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot import worker
from bot.app import Hub
from bot.cli import main, open_hub
from bot.doctor.libraries import document_libraries
from bot.settings import Settings, SettingsError
from indexer.sources.graph import STATE
from knowledge.manifest import LibraryError
from tests.support.fakes import WordEncoder
from tests.support.graph import DRIVE, OWNER, SECRET, Graph, running

Run = Callable[..., Result]
NAMED = f"graph:{DRIVE}"
ADDRESS = "https://force.sharepoint.com/sites/guidance/Shared%20Documents"


@pytest.fixture
def graph() -> Iterator[Graph]:
    with running(Graph()) as started:
        started.changes.append({"id": "root", "name": "root", "root": {}, "folder": {}})
        started.put("owls", "owls.md", "# Owls\n\nOwls are left alone.\n")
        started.put("rota", "rota.md", "# Rota\n\nJo works on Tuesdays.\n")
        started.permissions["rota"] = [OWNER]
        yield started


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def given(graph: Graph) -> dict[str, str]:
    return {
        "graph_tenant": "tenant",
        "graph_client_id": "app",
        "graph_client_secret": SECRET,
        "graph_url": f"{graph.url}/v1.0",
        "graph_login_url": graph.url,
    }


@pytest.fixture
def run(data: Path, given: dict[str, str]) -> Run:
    def invoke(*arguments: str, **other: str) -> Result:
        set_ = {f"PREVENTION_HUB_{name.upper()}": value for name, value in {**given, **other}.items()}
        runner = CliRunner(env={"PREVENTION_HUB_DATA": str(data), "NO_COLOR": "1", **set_})
        return runner.invoke(main, list(arguments), obj=partial(open_hub, encoder=WordEncoder()))

    return invoke


@pytest.fixture
def hub(data: Path, given: dict[str, Any]) -> Iterator[Hub]:
    opened = Hub(Settings.read(data, **given), WordEncoder())
    yield opened
    opened.close()


def yesterday(hub: Hub) -> None:
    """The last round is a day ago."""
    (state,) = (hub.settings.data / "graph").glob(f"*/{STATE}")
    said = json.loads(state.read_text(encoding="utf-8"))
    said["tried"] = (datetime.now(UTC) - timedelta(hours=25)).isoformat()
    state.write_text(json.dumps(said), encoding="utf-8")


def test_a_library_is_added_listed_and_fetched(run: Run, graph: Graph) -> None:
    added = run("index", "sources", "add", NAMED)
    assert added.exit_code == 0, added.output
    assert f"{ADDRESS}: 1 files are new or changed, 0 moved, 0 gone; 0 files as they were." in added.stdout
    assert "left out, not for the whole organisation: rota.md" in added.stdout
    listed = run("index", "sources", "list").stdout
    assert f"from {ADDRESS}, last brought here: " in listed
    (row,) = json.loads(run("index", "sources", "list", "--json").stdout)
    assert (row["address"], bool(row["succeeded"])) == (ADDRESS, True)
    graph.put("owls", "owls.md", "# Owls\n\nOwls are fed.\n")
    assert "1 files are new or changed" in run("index", "sources", "fetch").stdout
    assert "nothing is new; 1 files as they were" in run("index", "sources", "fetch").stdout
    assert run("index", "sources", "remove", row["path"]).exit_code == 0
    assert "No web site and no document library" in run("index", "sources", "fetch").stdout


def test_without_an_app_it_is_said_what_to_set(run: Run) -> None:
    for named in (NAMED, "https://force.sharepoint.com/sites/guidance"):
        refused = run("index", "sources", "add", named, graph_client_secret="")
        assert (refused.exit_code, "Set PREVENTION_HUB_GRAPH_TENANT" in refused.stderr) == (2, True)
    run("index", "sources", "add", NAMED)
    assert "Set PREVENTION_HUB_GRAPH_TENANT" in run("index", "sources", "fetch", graph_tenant="").stderr


def test_what_the_service_says_reaches_nobody(run: Run, graph: Graph) -> None:
    graph.trouble[f"/v1.0/drives/{DRIVE}"] = [(500, {})]
    refused = run("index", "sources", "add", NAMED)
    assert refused.exit_code == 1
    assert f"{NAMED} cannot be had: the site answers 500. Mend that, or try later." in refused.stderr
    assert "words of the server" not in refused.output
    wrong = run("index", "sources", "add", NAMED, graph_client_secret="not-this-one")
    assert "Microsoft does not take the app's credentials" in wrong.stderr
    assert "not-this-one" not in wrong.output


def test_the_worker_looks_once_a_day(run: Run, hub: Hub, graph: Graph) -> None:
    run("index", "sources", "add", NAMED)
    today = datetime.now(UTC).date()
    graph.put("owls", "owls.md", "# Owls\n\nOwls are fed.\n")
    assert list(worker.look_at_libraries(hub, today)) == []
    yesterday(hub)
    assert list(worker.look_at_libraries(hub, today)) == [
        f"{ADDRESS}: 1 files are new or changed, 0 moved, 0 gone. Build to publish."
    ]


def test_doctor_tells_of_trouble(run: Run, hub: Hub, graph: Graph, data: Path, given: dict[str, Any]) -> None:
    assert document_libraries(hub) == "an app is set; none is in the list"
    run("index", "sources", "add", NAMED)
    assert document_libraries(hub) == "1, with 1 files here; left out, since only some may read them: 1"
    graph.trouble[f"/v1.0/drives/{DRIVE}/root/delta"] = [(404, {})]
    yesterday(hub)
    assert list(worker.look_at_libraries(hub, datetime.now(UTC).date())) == []
    with pytest.raises(
        LibraryError, match=r"or the app may not read it; everything is kept as it was.*index sources fetch"
    ):
        document_libraries(hub)
    without = Hub(Settings.read(data, **{**given, "graph_tenant": ""}), WordEncoder())
    with pytest.raises(LibraryError, match="1 are in the list and cannot be looked at"):
        document_libraries(without)
    without.close()


@pytest.mark.parametrize("url", ["http://graph.example/v1.0", "graph.microsoft.com", "https://me:x@graph.example", ""])
def test_a_secret_is_sent_encrypted_only(url: str) -> None:
    for name in ("graph_url", "graph_login_url"):
        with pytest.raises(SettingsError, match=f"PREVENTION_HUB_{name.upper()} is wrong"):
            Settings.read(**{name: url})


def test_groups_are_mapped_to_audiences_in_the_list(run: Run, hub: Hub, graph: Graph) -> None:
    added = run("index", "sources", "add", NAMED, "--groups", "Guidance Owners=supervisors")
    assert "for some only: rota.md: supervisors" in added.stdout
    assert "groups: Guidance Owners=supervisors" in run("index", "sources", "list").stdout
    assert "nothing is new; 2 files as they were" in run("index", "sources", "fetch").stdout
    assert "nothing is new; 2 files as they were" in run("index", "sources", "add", NAMED).stdout
    yesterday(hub)
    assert list(worker.look_at_libraries(hub, datetime.now(UTC).date())) == []
    wrong = run("index", "sources", "add", NAMED, "--groups", "Guidance Owners=everyone")
    assert (wrong.exit_code, "'everyone' leaves nobody out" in wrong.stderr) == (1, True)
    taken = run("index", "sources", "add", NAMED, "--groups", "")
    assert "left out, not for the whole organisation: rota.md" in taken.stdout
