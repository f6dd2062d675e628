"""What a source says of its documents, how often it is looked at, and what is told of that."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.app import Hub
from bot.cli import main, open_hub
from bot.settings import Settings
from bot.worker import look_at_folders
from indexer.build import Builder
from indexer.gathering import Rules
from indexer.sources.listing import SourceList
from indexer.sources.schedule import Looks, every, is_due
from knowledge.manifest import LibraryError
from knowledge.passages import Document, Marking
from knowledge.store.folder import Library
from tests.support.fakes import WordEncoder

OWLS = "# Owls\n\nOwls are left alone.\n"
NEWTS = """---
owner: Pond team
audience: partners
classification: OFFICIAL-SENSITIVE
---

# Newts

Newts are green.
"""
TODAY = date(2026, 11, 23)
Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sources"
    made.mkdir()
    (made / "owls.md").write_text(OWLS, encoding="utf-8")
    (made / "newts.md").write_text(NEWTS, encoding="utf-8")
    return made


@pytest.fixture
def sources(tmp_path: Path) -> SourceList:
    return SourceList(tmp_path / "sources.toml")


@pytest.fixture
def built(
    library: Library, encoder: WordEncoder, sources: SourceList, folder: Path
) -> Callable[[], dict[str, Document]]:
    """Build an edition of the source as the list has it; its documents."""
    builder = Builder(library, encoder, rules=Rules(audiences=frozenset({"supervisors", "partners"})))

    def build() -> dict[str, Document]:
        builder.build([sources.source(folder)])
        return dict(library.edition().documents)

    return build


def test_what_a_source_says_counts_where_a_document_says_nothing(
    sources: SourceList, folder: Path, built: Callable[[], dict[str, Document]]
) -> None:
    sources.add([folder], "cole")
    assert built()["owls"].owner == ""
    sources.say([folder], owner="Custody", marking="OFFICIAL-SENSITIVE", audience="Supervisors")
    found = built()  # no file has changed, and all the same each is made anew
    owls, newts = found["owls"], found["newts"]
    assert (owls.owner, owls.marking, owls.audience) == ("Custody", Marking.OFFICIAL_SENSITIVE, "supervisors")
    assert (newts.owner, newts.marking, newts.audience) == ("Pond team", Marking.OFFICIAL_SENSITIVE, "partners")
    (folder / "owls.md.toml").write_text('audience = "everybody"\nmarking = "OFFICIAL"\n', encoding="utf-8")
    owls = built()["owls"]
    assert (owls.owner, owls.marking, owls.audience) == ("Custody", Marking.OFFICIAL, "")


def test_the_last_version_of_a_broken_file_is_not_for_more_people_than_its_source_says(
    sources: SourceList, folder: Path, built: Callable[[], dict[str, Document]]
) -> None:
    sources.add([folder], "cole")
    assert built()["owls"].audience == ""
    (folder / "owls.md").write_bytes(b"\x00\x01\x02")
    assert "owls" in built()
    sources.say([folder], audience="supervisors")
    assert "owls" not in built()


def test_documents_of_a_source_that_is_away_are_for_whom_it_says_now(
    sources: SourceList, folder: Path, built: Callable[[], dict[str, Document]]
) -> None:
    sources.add([folder], "cole")
    built()
    sources.say([folder], audience="supervisors", owner="Custody")
    folder.rename(folder.with_name("away"))
    owls = built()["owls"]
    assert (owls.audience, owls.owner) == ("supervisors", "Custody")


def test_a_list_is_written_by_commands_and_kept_as_people_wrote_it(sources: SourceList, folder: Path) -> None:
    sources.add([folder], "cole")
    sources.file.write_text(f"# ours\n{sources.file.read_text(encoding='utf-8')}", encoding="utf-8")
    sources.say([folder], owner="Custody", every="6h")
    assert sources.every(folder) == timedelta(hours=6)
    with pytest.raises(LibraryError, match="'SECRET' is no marking"):
        sources.say([folder], owner="Nobody", marking="SECRET")
    assert sources.source(folder).defaults.owner == "Custody"
    sources.say([folder], marking="Official Sensitive")
    assert sources.source(folder).defaults.marking is Marking.OFFICIAL_SENSITIVE
    assert sources.entries()[0]["marking"] == "OFFICIAL-SENSITIVE"
    sources.say([folder], owner="", marking="")
    assert sources.source(folder).defaults.owner == ""
    assert sources.file.read_text(encoding="utf-8").startswith("# ours\n")


@pytest.mark.parametrize(
    ("written", "time"),
    [("", timedelta(days=1)), ("6h", timedelta(hours=6)), ("30 minutes", timedelta(minutes=30)), ("2d", timedelta(2)),
     ("Weekly", timedelta(7)), ("hourly", timedelta(hours=1))],
)  # fmt: skip
def test_how_often_is_read_as_people_write_it(written: str, time: timedelta) -> None:
    assert every(written) == time


@pytest.mark.parametrize("written", ["1m", "now", "6", "h", "-1h", "99999w", "0h"])
def test_what_is_no_time_names_the_remedy(written: str) -> None:
    with pytest.raises(LibraryError, match="Write 6h, 30m, 2d, hourly, daily or weekly"):
        every(written)


def test_a_look_is_due_again_after_its_time_and_where_nothing_is_known(tmp_path: Path) -> None:
    looks, now = Looks(tmp_path / "looks.json"), datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert looks.is_due("a", timedelta(hours=6), now)
    assert not looks.keep("a", now, sign="1")
    assert not looks.is_due("a", timedelta(hours=6), now + timedelta(hours=5))
    assert looks.is_due("a", timedelta(hours=6), now + timedelta(hours=6))
    assert not looks.keep("a", now + timedelta(hours=6), trouble="away")
    assert looks.of("a")["succeeded"] == now.isoformat()
    assert looks.keep("a", now + timedelta(hours=7), sign="2")
    looks.file.write_text("{", encoding="utf-8")
    assert looks.is_due("a", timedelta(hours=6), now)
    assert is_due("nonsense", timedelta(days=1), now)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    opened = Hub(Settings(data=tmp_path / "data"), WordEncoder())
    yield opened
    opened.close()


def test_the_worker_looks_at_a_folder_when_it_is_due_and_says_what_changed(
    hub: Hub, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.publishing.sources.add([folder], "cole")
    assert list(look_at_folders(hub, TODAY)) == []
    (folder / "owls.md").write_text(f"{OWLS}\nThey sleep.\n", encoding="utf-8")
    assert list(look_at_folders(hub, TODAY)) == []  # a day is not over
    hub.publishing.sources.looks.file.write_text(
        hub.publishing.sources.looks.file.read_text().replace('"tried": "2', '"tried": "1'), encoding="utf-8"
    )
    assert list(look_at_folders(hub, TODAY)) == [f"{folder}: it is not as it was. Build to publish."]
    (row,) = hub.publishing.listed()
    assert row["tried"] == row["succeeded"] != ""
    assert (row["every"], row["trouble"]) == ("daily", "")


def test_the_commands_write_and_show_what_is_said_of_a_source(tmp_path: Path, folder: Path) -> None:
    def run(*words: str) -> Result:
        runner = CliRunner(env={"PREVENTION_HUB_DATA": str(tmp_path / "data"), "COLUMNS": "200"})
        return runner.invoke(main, ["index", "sources", *words], obj=partial(open_hub, encoder=WordEncoder()))

    wrong = run("add", str(folder), "--every", "sometimes")
    assert (wrong.exit_code, "is no time" in wrong.output) == (1, True)
    assert "No source has been named" in run("list").output
    said = ("--owner", "Custody", "--marking", "official-sensitive", "--audience", "supervisors", "--every", "6h")
    added = run("add", str(folder), *said)
    assert added.exit_code == 0
    assert "owner: Custody, marking: OFFICIAL-SENSITIVE, audience: supervisors, looked at 6h" in run("list").output
    (row,) = json.loads(run("list", "--json").stdout)
    assert {name: row[name] for name in ("owner", "marking", "audience", "every")} == {
        "owner": "Custody", "marking": "OFFICIAL-SENSITIVE", "audience": "supervisors", "every": "6h",
    }  # fmt: skip
    assert "What is said of them is written down." in run("add", str(folder), "--owner", "").output
    assert "Custody" not in run("list").output
