"""`index …`: sources that stay, rollbacks that hold, what is described, and what every screen says of it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.app import Hub
from bot.cli import main, open_hub
from bot.cli.library.built import _reworded
from bot.domain.messages import Place, Question
from bot.edges import deeds
from bot.edges.presses import Press
from bot.settings import Settings
from bot.worker import run_due
from indexer.build import Builder
from indexer.difference import worded
from tests.support.fakes import WordEncoder

Run = Callable[..., Result]
OWLS = "# Owls\n\nOwls are left alone.\n"
TODAY = date(2026, 11, 23)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(data: Path) -> Run:
    """Run a command on a fresh data folder, with the encoder that counts words."""

    def invoke(*arguments: str, stdin: str = "") -> Result:
        runner = CliRunner(env={"PREVENTION_HUB_DATA": str(data), "NO_COLOR": "1", "COLUMNS": "200"})
        return runner.invoke(main, list(arguments), obj=partial(open_hub, encoder=WordEncoder()), input=stdin)

    return invoke


@pytest.fixture
def hub(data: Path) -> Iterator[Hub]:
    opened = Hub(Settings(data=data), WordEncoder())
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def no_starter_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Two documents are enough here: what is tested does not hang on the starter library."""
    folder = tmp_path / "starter"
    folder.mkdir()
    (folder / "starter.md").write_text("# Starter\n\nThis comes with the program.\n", encoding="utf-8")
    monkeypatch.setattr("bot.publishing.starter_library", lambda: folder)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "owls.md").write_text(OWLS, encoding="utf-8")
    return folder


def json_of(result: Result) -> Any:
    return json.loads(result.stdout)


def documents(run: Run) -> set[str]:
    return {row["document"] for row in json_of(run("index", "list", "--json"))}


# sources


def test_naming_a_new_source_keeps_those_named_before_and_says_so(run: Run, guidance: Path, other: Path) -> None:
    run("index", "build", str(guidance))
    built = run("index", "build", str(other))
    assert built.exit_code == 0
    assert f"Read too, as named before: {guidance}" in built.stdout
    assert documents(run) == {"starter", "badger-counting", "kite-laundry", "owls"}
    rows = json_of(run("index", "sources", "list", "--json"))
    assert [(row["path"], row["documents"]) for row in rows] == [(str(guidance), 2), (str(other), 1)]
    assert all(row["added_by"] and row["added_at"] for row in rows)


def test_a_source_goes_only_when_it_is_removed(run: Run, guidance: Path, other: Path) -> None:
    run("index", "build", str(guidance), str(other))
    said = run("index", "sources", "remove", str(other))
    assert "The next build takes 1 documents out" in said.stdout
    assert "owls" in documents(run)
    built = json_of(run("index", "build", "--json"))
    assert (built["removed"], built["troubled"]) == (["owls"], [])
    again = run("index", "sources", "remove", str(other))
    assert (again.exit_code, "is not in the list" in again.stderr) == (1, True)


def test_a_source_that_was_added_is_read_by_the_next_build(run: Run, guidance: Path, other: Path) -> None:
    run("index", "build", str(guidance))
    assert f"Added: {other}" in run("index", "sources", "add", str(other)).stdout
    assert "in the list already" in run("index", "sources", "add", str(other)).stdout
    assert run("index", "sources", "add", str(other / "nowhere")).exit_code == 1
    run("index", "build")
    assert "owls" in documents(run)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([""], "names no source"),
        (["{other}", "--groups", "Sergeants=custody"], "--groups is for document libraries"),
        (["{data}"], "is the program's own data folder, or in it"),
        (["{data}/library"], "is the program's own data folder, or in it"),
    ],
)
def test_what_is_no_source_is_not_added(run: Run, other: Path, data: Path, given: list[str], said: str) -> None:
    run("index", "build", str(other))
    refused = run("index", "sources", "add", *(one.format(other=other, data=data) for one in given))
    assert refused.exit_code in {1, 2}
    assert said in " ".join(refused.stderr.split())
    assert [row["path"] for row in json_of(run("index", "sources", "list", "--json"))] == [str(other)]


def test_a_new_file_that_is_held_back_leaves_the_exit_code_at_0_as_the_help_says(run: Run, guidance: Path) -> None:
    (guidance / "broken.md").write_text("---\nowner: [a, b]\n---\nText.\n", encoding="utf-8")
    built = run("index", "build", str(guidance))
    assert (built.exit_code, "broken.md" in built.stdout) == (0, True)
    help_ = " ".join(run("index", "build", "--help").stdout.split())
    assert "A new file that cannot be read is held back and named; that alone leaves the exit code at 0." in help_


def test_a_build_that_is_refused_adds_no_source(run: Run, guidance: Path, tmp_path: Path) -> None:
    run("index", "build", str(guidance))
    assert run("index", "build", str(tmp_path / "nowhere")).exit_code == 1
    assert run("index", "build", "--dry-run", str(tmp_path)).exit_code == 0
    assert [row["path"] for row in json_of(run("index", "sources", "list", "--json"))] == [str(guidance)]


def test_checking_names_what_is_missing_and_what_is_passed_over(run: Run, guidance: Path, other: Path) -> None:
    run("index", "build", str(guidance), str(other))
    (guidance / "README.md").write_text("About this folder.", encoding="utf-8")
    assert run("index", "sources", "check").exit_code == 0
    assert "README.md: It is a folder's README. Name the file itself as a source" in run("index", "build").stdout
    other.rename(other.with_name("unmounted"))
    checked = run("index", "sources", "check", "--json")
    assert checked.exit_code == 1
    first, second = json_of(checked)
    assert (first["files"], [Path(one["path"]).name for one in first["passed_over"]]) == (2, ["README.md"])
    assert second["trouble"] == f"{other} does not exist. Name a folder or a file that does."


def test_the_list_of_an_earlier_version_is_read(run: Run, guidance: Path, other: Path, data: Path) -> None:
    (data / "library").mkdir(parents=True)
    (data / "library/sources.json").write_text(json.dumps([str(guidance)]), encoding="utf-8")
    run("index", "build", str(other))
    assert documents(run) == {"starter", "badger-counting", "kite-laundry", "owls"}


def test_a_lost_list_is_taken_from_the_edition_that_serves(run: Run, guidance: Path, data: Path) -> None:
    run("index", "build", str(guidance))
    (data / "sources.toml").unlink()
    assert run("index", "build").exit_code == 0
    assert documents(run) == {"starter", "badger-counting", "kite-laundry"}
    assert str(guidance) in (data / "sources.toml").read_text(encoding="utf-8")


def test_only_admins_change_the_list(run: Run, guidance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("index", "build", str(guidance))
    monkeypatch.setenv("PREVENTION_HUB_ADMINS", "insp-cole")
    for arguments in (["add", str(guidance)], ["remove", str(guidance)]):
        refused = run("index", "sources", *arguments)
        assert (refused.exit_code, " may not " in refused.stderr) == (1, True)
    assert run("index", "rollback", "--release").exit_code == 1
    assert run("index", "sources", "check").exit_code == 0


# what keeps what it had


def test_a_kept_file_is_told_by_build_status_and_doctor(run: Run, guidance: Path) -> None:
    run("index", "build", str(guidance))
    (guidance / "badgers.md").write_text("", encoding="utf-8")
    built = run("index", "build")
    assert built.exit_code == 1  # published, and something has to be mended
    assert "Edition 2 published" in built.stdout
    assert "badgers.md: kept from edition 1 because: It is empty (0 bytes)" in built.stdout
    status = json_of(run("index", "status", "--json"))
    assert [(Path(k["path"]).name, k["document"], k["edition"]) for k in status["kept_files"]] == [
        ("badgers.md", "badger-counting", 1)
    ]
    assert "Last good version served:" in run("index", "status").stdout
    doctor = run("doctor", "--json")
    finding = next(one for one in json_of(doctor)["findings"] if one["what"] == "sources")
    assert (doctor.exit_code, finding["good"], "kept from edition 1" in finding["said"]) == (1, False, True)


def test_an_emptied_source_is_refused_and_goes_when_an_admin_says_why(run: Run, guidance: Path) -> None:
    run("index", "build", str(guidance))
    for file in guidance.iterdir():
        file.unlink()
    built = run("index", "build", "--force", "--why", "golden questions are old")
    assert (built.exit_code, "It holds no file at all" in built.stdout) == (1, True)
    assert documents(run) == {"starter", "badger-counting", "kite-laundry"}
    assert "--allow-removal needs a reason" in run("index", "build", "--allow-removal").stderr
    allowed = run("index", "build", "--allow-removal", "--why", "moved to the intranet")
    assert (allowed.exit_code, documents(run)) == (0, {"starter"})


def test_a_difference_is_shown_down_to_passages(run: Run, guidance: Path) -> None:
    run("index", "build", str(guidance))
    file = guidance / "badgers.md"
    file.write_text(file.read_text(encoding="utf-8").replace("the sexton", "the verger"), encoding="utf-8")
    shown = run("index", "diff").stdout
    assert "passages: 0 added, 0 removed, 0 moved, 1 reworded" in shown
    assert (
        "reworded: badger-counting > Who keeps the badger ledger?: “… badgers is kept by the [sexton. -> verger.]”"
        in shown
    )
    (change,) = json_of(run("index", "diff", "--json"))["changes"]
    assert (change["kind"], change["was_text"]) == ("reworded", "The ledger of badgers is kept by the sexton.")
    assert change["words"] == [
        ["same", "The ledger of badgers is kept by the "],
        ["gone", "sexton."],
        ["new", "verger."],
    ]


@pytest.mark.parametrize(
    ("was", "now", "shown"),
    [
        ("a b c d", "a x c d", "“a [b -> x] c d”"),
        ("a b c d", "a c d", "“a [gone: b] c d”"),
        ("a b c d", "a b c d e", "“a b c d [new: e]”"),
        ("b a", "x a", "“[b -> x] a”"),
        ("1 2 3 4 5 6 7 8 9", "1 2 3 4 5 6 7 8 x", "“… 4 5 6 7 8 [9 -> x]”"),
        ("a 1 2 3 4 5 6 7 8 9 10 11 12 b", "x 1 2 3 4 5 6 7 8 9 10 11 12 y",
         "“[a -> x] 1 2 3 4 5 … 8 9 10 11 12 [b -> y]”"),
    ],
)  # fmt: skip
def test_what_was_reworded_is_shown_with_the_words_around_it(was: str, now: str, shown: str) -> None:
    assert _reworded(worded(was, now)) == shown


def test_a_document_past_its_review_is_named_when_it_comes(run: Run, guidance: Path) -> None:
    (guidance / "late.md").write_text("---\nreview_by: 2020-01-01\n---\n\nLate words.\n", encoding="utf-8")
    built = run("index", "build", str(guidance))
    assert "Past their review date, so handed over and never quoted: late" in built.stdout
    assert json_of(run("index", "build", "--json"))["past_review"] == []


def test_old_editions_go(run: Run, guidance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREVENTION_HUB_KEEP_EDITIONS", "2")
    run("index", "build", str(guidance))
    run("index", "build")
    assert "Removed from disk, enough newer ones are kept: edition 1" in run("index", "build").stdout
    assert json_of(run("index", "status", "--json"))["editions"] == [2, 3]


# a rollback holds


def test_a_rollback_holds_until_it_is_released_and_every_screen_says_so(
    run: Run, guidance: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.foundations.operating_system_user", lambda: "insp-cole")
    run("index", "build", str(guidance))
    (guidance / "owls.md").write_text(OWLS, encoding="utf-8")
    run("index", "build")
    said = run("index", "rollback", "--why", "owls are wrong").stdout
    assert "Edition 1 serves now (it was 2)." in said
    assert "prevention-hub index rollback --release" in said
    held = "Edition 1 is held instead of edition 2: insp-cole chose it on "
    assert held in run("index", "status").stdout
    assert json_of(run("index", "status", "--json"))["hold"]["by"] == "insp-cole"
    doctor = run("doctor")
    assert (doctor.exit_code, held in " ".join(doctor.stdout.split())) == (0, True)
    for _ in range(2):
        assert held in run("worker", "--once").stdout
    assert held in hub.overviews.library()
    assert json_of(run("index", "status", "--json"))["edition"] == 1
    assert "Released. Edition 1 serves until the next is published." in run("index", "rollback", "--release").stdout
    assert "Nothing is held." in run("index", "rollback", "--release").stdout
    assert json_of(run("index", "status", "--json"))["hold"] is None
    assert run("worker", "--once").stdout == ""
    run("index", "rollback", "1")
    assert "This ended the hold: Edition 1 is held: insp-cole chose it on " in run("index", "build").stdout


def test_going_forward_to_the_newest_edition_ends_the_hold(run: Run, guidance: Path) -> None:
    run("index", "build", str(guidance))
    run("index", "build")
    run("index", "rollback")
    assert "It is held" not in run("index", "rollback", "2").stdout
    assert json_of(run("index", "status", "--json"))["hold"] is None


def test_advice_that_is_approved_meanwhile_waits_and_says_so(run: Run, guidance: Path, hub: Hub) -> None:
    run("index", "build", str(guidance))
    run("index", "build")
    asked = hub.assistant.ask(Question("which leaflet goes with tractors", Place("terminal", "t"), "pc-7")).request
    run("index", "rollback")
    run("requests", "reply", asked or "", "The blue leaflet goes with tractors.", "--as", "bell")
    run("requests", "promote", asked or "", "--as", "bell")
    approved = run("requests", "approve", asked or "", "--as", "dunn").stdout
    assert "It waits: Edition 1 is held instead of edition 2" in approved
    line = run("worker", "--once").stdout
    assert "Waiting: advice-pf-0001. To publish again: prevention-hub index build" in line
    assert "Waiting: advice-pf-0001." in run("worker", "--once").stdout
    assert documents(run) == {"starter", "badger-counting", "kite-laundry"}
    run("index", "rollback", "--release")
    assert "Edition 3 published with advice-pf-0001." in run("worker", "--once").stdout
    assert "advice-pf-0001" in documents(run)


def test_whoever_approves_on_a_platform_meanwhile_is_told_that_it_waits(run: Run, guidance: Path, hub: Hub) -> None:
    run("index", "build", str(guidance))
    run("index", "build")
    asked = (
        hub.assistant.ask(Question("which leaflet goes with tractors", Place("terminal", "t"), "pc-7")).request or ""
    )
    hub.desk.reply(hub.actor("bell"), asked, "The blue one.")
    hub.desk.promote(hub.actor("bell"), asked)
    run("index", "rollback")
    told = deeds.approve(hub, Press("approve", hub.actor("dunn"), Place("slack", "C1"), asked)).told
    assert told.startswith("You approved it. It waits until an admin publishes again. Edition 1 is held")


def test_a_missing_source_does_not_hold_up_advice(run: Run, guidance: Path, hub: Hub) -> None:
    run("index", "build", str(guidance))
    asked = hub.assistant.ask(Question("which leaflet goes with tractors", Place("terminal", "t"), "pc-7")).request
    for step in (["reply", asked, "The blue one.", "--as", "bell"], ["promote", asked, "--as", "bell"]):
        run("requests", *(word or "" for word in step))
    run("requests", "approve", asked or "", "--as", "dunn")
    guidance.rename(guidance.with_name("unmounted"))
    said = run("worker", "--once").stdout
    assert "published with advice-pf-0001" in said
    assert f"Warning: {guidance}: {guidance} does not exist." in said
    assert documents(run) == {"starter", "badger-counting", "kite-laundry", "advice-pf-0001"}


def test_advice_that_says_the_same_twice_is_published_once_and_not_built_again(
    run: Run, guidance: Path, hub: Hub
) -> None:
    run("index", "build", str(guidance))
    for asker in ("pc-7", "pc-8"):
        question = Question("which leaflet goes with tractors", Place("terminal", asker), asker)
        asked = hub.assistant.ask(question).request or ""
        run("requests", "reply", asked, "The blue one.", "--as", "bell")
        run("requests", "promote", asked, "--as", "bell")
        run("requests", "approve", asked, "--as", "dunn")
    assert "Edition 2 published with advice-pf-0001, advice-pf-0002." in run("worker", "--once").stdout
    assert documents(run) == {"starter", "badger-counting", "kite-laundry", "advice-pf-0001"}
    assert "published" not in run("worker", "--once").stdout
    assert json_of(run("index", "status", "--json"))["edition"] == 2


def test_one_job_that_fails_in_a_way_nobody_expected_does_not_end_the_worker(
    hub: Hub, guidance: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    hub.publishing.build(Builder(hub.library, hub.encoder), [guidance], by_itself=True)

    def broken(*_: object) -> list[str]:
        raise ValueError("an odd file")

    monkeypatch.setattr("bot.worker.write_files", broken)
    assert list(run_due(hub, TODAY))  # the others go on
    assert "publish_advice" in caplog.text


# describing


def test_a_file_is_described_by_options(run: Run, guidance: Path) -> None:
    page = guidance / "otters (2).html"
    page.write_text("<html><title>Otters</title><p>Otters swim.</p></html>", encoding="utf-8")
    given = ["--owner", "Water unit", "--review-by", "2099-01-20", "--status", "practice"]
    said = run("index", "describe", str(page), *given)
    assert said.exit_code == 0
    written = tomllib.loads((guidance / "otters (2).html.toml").read_text(encoding="utf-8"))
    assert written == {"owner": "Water unit", "status": "practice", "review_by": date(2099, 1, 20)}
    run("index", "build", str(guidance))
    row = next(row for row in json_of(run("index", "list", "--json")) if row["document"] == "otters-2")
    assert (row["owner"], row["status"], row["review_by"]) == ("Water unit", "practice", "2099-01-20")


def test_a_file_is_described_by_answering(run: Run, guidance: Path) -> None:
    said = run("index", "describe", str(guidance / "laundry.md"), stdin="Kites\nKite hub\n\n2026-10-20\n\n\n")
    assert said.exit_code == 0
    assert (guidance / "laundry.md.toml").read_text(encoding="utf-8") == (
        'title = "Kites"\nowner = "Kite hub"\nlaw_checked_on = "2026-10-20"\n'
    )


def test_a_wrong_answer_is_asked_for_again_and_nothing_typed_is_lost(run: Run, guidance: Path) -> None:
    typed = "Kite hub\nin farce\npractice\nsoon\n2999-01-01\n2026-10-20\n\nhigh\nofficial-sensitive\n"
    said = run("index", "describe", str(guidance), stdin=typed)
    assert said.exit_code == 0
    assert tomllib.loads((guidance / "_folder.toml").read_text(encoding="utf-8")) == {
        "owner": "Kite hub",
        "status": "practice",
        "law_checked_on": "2026-10-20",
        "marking": "official-sensitive",
    }
    for line in (
        "it is none of in_force, pilot",
        "not a date. Write a date such as 2026-10-20.",
        "2999-01-01 is still to come",
        "no marking. Write OFFICIAL or OFFICIAL-SENSITIVE.",
    ):
        assert line in said.stdout + said.stderr


def test_a_file_that_describes_another_is_refused_before_anything_is_asked(run: Run, guidance: Path) -> None:
    (guidance / "laundry.md.toml").write_text('owner = "Kite hub"\n', encoding="utf-8")
    refused = run("index", "describe", str(guidance / "laundry.md.toml"))
    assert refused.exit_code == 1
    assert f"prevention-hub index describe {guidance / 'laundry.md'}" in refused.stderr


def test_what_is_wrong_is_refused_with_the_remedy(run: Run, guidance: Path) -> None:
    refused = run("index", "describe", str(guidance / "laundry.md"), "--status", "in farce")
    assert (refused.exit_code, "it is none of in_force, pilot" in refused.stderr) == (1, True)
    assert not list(guidance.glob("*.toml"))
