"""The commands of the contract: what they print, where, and with which exit code."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from bot import wording
from bot.app import Hub
from bot.cli import main, open_hub
from bot.settings import Settings
from tests.support.fakes import WordEncoder
from tests.support.ready import make_ready

pytestmark = pytest.mark.usefixtures("ungated")

Run = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(data: Path) -> Run:
    """Run a command on a fresh data folder, with the encoder that counts words."""

    def invoke(*arguments: str, stdin: str = "") -> Result:
        runner = CliRunner(env={"PREVENTION_HUB_DATA": str(data), "NO_COLOR": "1", "COLUMNS": "100"})
        obj = partial(open_hub, encoder=WordEncoder())
        return runner.invoke(main, list(arguments), obj=obj, input=stdin)

    return invoke


@pytest.fixture
def indexed(run: Run, data: Path, guidance: Path) -> Run:
    """The same, with the small library beside the starter library."""
    hub = Hub(Settings(data=data), WordEncoder())
    make_ready(hub, guidance)
    hub.close()
    return run


def json_of(result: Result) -> Any:
    """Standard output, which must be JSON and nothing else."""
    return json.loads(result.stdout)


def commands() -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []

    def walk(name: str, command: click.Command) -> None:
        found.append((name, command))
        if isinstance(command, click.Group):
            for sub, below in command.commands.items():
                walk(f"{name} {sub}", below)

    walk("prevention-hub", main)
    return found


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_every_command_has_help_with_an_example_and_takes_data(name: str, command: click.Command) -> None:
    assert "Example:" in (command.help or "")
    assert f"{name}" in (command.help or "")
    assert any("--data" in parameter.opts for parameter in command.params)


@pytest.mark.parametrize(("said", "folder"), [("", "data"), ("elsewhere", "elsewhere"), (".", ".")])
def test_a_data_folder_that_is_set_to_nothing_is_not_set(
    monkeypatch: pytest.MonkeyPatch, said: str, folder: str
) -> None:
    monkeypatch.setenv("PREVENTION_HUB_DATA", said)
    assert Settings.read().data == Path(folder)


def test_ask_prints_the_quote_and_its_source(indexed: Run) -> None:
    result = indexed("ask", "are badgers counted in pairs at dusk?")
    assert result.exit_code == 0
    assert "Badgers are counted at dusk, in pairs, by two people with red torches." in result.stdout
    assert "practice guidance · law checked 1 September 2026 · OFFICIAL-SENSITIVE" in " ".join(result.stdout.split())


def test_ask_json_is_the_contract(indexed: Run) -> None:
    reply = json_of(indexed("ask", "--json", "are badgers counted in pairs at dusk?"))
    assert list(reply) == [
        "id", "outcome", "text", "confidence", "citations", "candidates", "request", "redacted", "edition", "receipt",
    ]  # fmt: skip
    assert list(reply["citations"][0]) == [
        "document", "title", "section", "page", "quote", "status", "law_checked_on", "review_by", "marking", "link",
        "similarity",
    ]  # fmt: skip
    assert reply["citations"][0]["law_checked_on"] == "2026-09-01"


def test_ask_file_gives_one_reply_a_line_under_the_given_ids(indexed: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(
        '{"id": "b1", "text": "are badgers counted in pairs at dusk"}\n\n'
        '{"id": "b2", "text": ""}\n{"id": "b3", "text": "hello"}\n',
        encoding="utf-8-sig",  # as some editors save it, with a mark at the beginning
    )
    replies = [json.loads(line) for line in indexed("ask", "--file", str(file)).stdout.splitlines()]
    assert [(reply["id"], reply["outcome"]) for reply in replies] == [
        ("b1", "answered"),
        ("b2", "smalltalk"),
        ("b3", "smalltalk"),
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask"], "Give a question or --file"),
        (["ask", ""], "Type a question in quotes"),
        (["ask", "  "], "Type a question in quotes"),
        (["ask", "--file", "nowhere.jsonl"], "does not exist"),
        (["requests", "list", "--state", "lost"], "'lost' is none of open, claimed"),
        (["index", "build", "--force"], "--force needs a reason"),
        (["index", "evaluate", "--questions", ""], '"" names no file. Name one.'),
        (["index", "list", "--html", " "], '"" names no file. Name one.'),
        (["index", "evaluate", "--beir", ""], '"" names no directory. Name one; a dot is the folder you are in.'),
        (["index", "build", ""], '"" names no path. Name one; a dot is the folder you are in.'),
        (["index", "build", "guidance", " "], '"" names no path. Name one; a dot is the folder you are in.'),
        (["index", "describe", ""], '"" names no path. Name one; a dot is the folder you are in.'),
        (["index", "sources", "remove", ""], '"" names no path. Name one; a dot is the folder you are in.'),
        (["index", "sources", "add", ""], '"" names no source.'),
        (["index", "explain", ""], '"" names nothing. Name a document by its id, or a file.'),
        (["index", "status", "--data", ""], '"" names no path.'),
        (["nonsense"], "No such command"),
    ],
)
def test_bad_usage_is_exit_code_2(run: Run, arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_file_with_a_bad_line_is_refused_before_anything_is_asked(run: Run, tmp_path: Path, data: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": "b1", "text": "hello"}\nnonsense\n', encoding="utf-8")
    result = run("ask", "--file", str(file))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Line 2 of" in result.stderr
    assert not data.exists()


def test_a_far_too_long_question_is_refused_with_the_limit(run: Run) -> None:
    result = run("ask", "badger " * 3000)
    assert result.exit_code == 1
    assert "4,000 is the most I can take" in " ".join(result.stdout.split())


def test_the_first_question_builds_the_starter_library_and_says_so(run: Run) -> None:
    result = run("ask", "--json", "What is the difference between SARA and OSARA?")
    shown = json_of(result)
    assert (shown["citations"] or shown["candidates"])[0]["document"] == "d05-sara-and-osara"
    assert wording.FIRST_EDITION in result.stderr


def test_urgent_needs_no_library(run: Run, data: Path) -> None:
    result = run("ask", "he has a machete out now")
    assert "call 999" in result.stdout
    assert not (data / "library").exists()


def test_what_is_not_covered_can_be_looked_up_by_its_reference(indexed: Run) -> None:
    reference = json_of(indexed("ask", "--json", "whats the fine for breach of a cpn"))["request"]
    assert reference == "PF-0001"
    assert "whats the fine for breach of a cpn" in indexed("requests", "list").stdout
    shown = indexed("requests", "show", "pf1")
    assert "PF-0001 · question · open" in shown.stdout
    assert "Why it is here:" in shown.stdout
    as_json = json_of(indexed("requests", "show", "PF-0001", "--json"))
    assert (as_json["reference"], as_json["state"]) == ("PF-0001", "open")


def test_a_reference_that_does_not_exist_is_said_so(run: Run) -> None:
    result = run("requests", "show", "PF-0999")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "There is no request PF-0999. Run: prevention-hub requests list" in result.stderr


def test_verify_tells_whether_a_receipt_still_stands(indexed: Run) -> None:
    receipt = json_of(indexed("ask", "--json", "are badgers counted in pairs at dusk?"))["receipt"]
    checked = json_of(indexed("verify", receipt.lower(), "--json"))
    assert (checked["receipt"], checked["stands"]) == (receipt, True)
    assert "stands, word for word" in indexed("verify", receipt).stdout
    assert indexed("verify", "AAA-AAA").exit_code == 1


def test_chat_answers_opens_passages_and_hands_over(indexed: Run) -> None:
    said = indexed("chat", stdin="are badgers counted in pairs at dusk?\n1\n9\nhub\nquit\n").stdout
    assert "Badgers are counted at dusk" in said
    assert "[1] Counting badgers > When are badgers counted?" in said
    assert "There is no number 9: choose from 1 to 1" in said
    assert "Your reference is PF-0001." in said
    assert said.rstrip().endswith(wording.BYE)


def test_chat_understands_a_follow_up(indexed: Run) -> None:
    said = indexed("chat", stdin="how long may a cotton kite soak\nand for silk?\n").stdout
    # the encoder that counts words has no line of its own for quoting follow-ups: the section is offered first
    _, followed = said.split("and for silk?" if "and for silk?" in said else "Receipt", 1)
    assert "[1] Washing kites > How long may a kite soak in water?" in followed


def test_index_status_search_verify_diff_and_rollback(indexed: Run, guidance: Path) -> None:
    status = json_of(indexed("index", "status", "--json"))
    assert (status["edition"], status["editions"], status["refused"]) == (1, [1], [])
    assert json_of(indexed("index", "verify", "--json"))["whole"] is True
    hits = json_of(indexed("index", "search", "badger ledger", "--json"))["hits"]
    assert hits[0]["section"] == "Who keeps the badger ledger?"
    (guidance / "owls.md").write_text("# Owls\n\nOwls are left alone.\n", encoding="utf-8")
    assert json_of(indexed("index", "diff", "--json"))["added"] == ["owls"]
    assert json_of(indexed("index", "build", "--json"))["edition"] == 2  # the folder is remembered
    assert "Edition 1 serves now" in indexed("index", "rollback").stdout
    assert indexed("index", "rollback", "9").exit_code == 1
    assert "Edition 1: current whole" in indexed("index", "verify").stdout


def test_the_library_is_listed_as_table_data_and_page(indexed: Run, tmp_path: Path) -> None:
    assert "Counting badgers" in indexed("index", "list").stdout
    kites = next(row for row in json_of(indexed("index", "list", "--json")) if row["document"] == "kite-laundry")
    assert kites["uncertain"] == ["whether purple detergent is allowed on silk kites"]
    assert (kites["law_checked_on"], kites["due"]) == ("2026-10-20", False)
    assert indexed("index", "list", "--html", str(tmp_path / "page.html")).exit_code == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<h2>Washing kites</h2>" in page
    assert "<li>whether purple detergent is allowed on silk kites</li>" in page


def test_index_verify_fails_on_a_damaged_edition(indexed: Run, data: Path) -> None:
    (data / "library/editions/0001/vectors.faiss").write_bytes(b"short")
    result = indexed("index", "verify")
    assert result.exit_code == 1
    assert "vectors.faiss is not the file that was published" in result.stdout


def test_a_missing_source_is_named_in_json_too(run: Run, tmp_path: Path) -> None:
    result = run("index", "build", str(tmp_path / "nowhere"), "--json")
    assert result.exit_code == 1
    assert json_of(result)["error"].endswith("nowhere does not exist. Name a folder or a file that does.")


def test_another_encoder_is_refused_with_the_command_that_mends_it(indexed: Run, data: Path) -> None:
    runner = CliRunner(env={"PREVENTION_HUB_DATA": str(data)})
    other = partial(open_hub, encoder=WordEncoder("other"))
    result = runner.invoke(main, ["index", "search", "badgers"], obj=other)
    assert result.exit_code == 1
    assert (
        "The library was indexed with 'words' but the assistant uses 'other'. Run: prevention-hub index build"
        in result.stderr
    )


def test_an_unwritable_data_folder_hands_nothing_over_and_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in the way", encoding="utf-8")
    result = run("ask", "whats the fine for breach of a cpn")
    assert result.exit_code == 1
    assert "cannot be written. Name another folder with --data" in result.stderr


def test_data_may_stand_before_or_after_the_command(run: Run, guidance: Path, tmp_path: Path) -> None:
    elsewhere = str(tmp_path / "elsewhere")
    assert run("--data", elsewhere, "index", "build", str(guidance)).exit_code == 0
    assert json_of(run("index", "status", "--json", "--data", elsewhere))["edition"] == 1
    assert run("index", "status").exit_code == 1


def test_doctor_names_what_to_mend(run: Run, guidance: Path) -> None:
    before = run("doctor", "--json")
    assert before.exit_code == 1
    assert json_of(before)["healthy"] is False
    run("index", "build", str(guidance))
    after = run("doctor")
    assert after.exit_code == 0
    assert "PREVENTION_HUB_DATA" in after.stdout


def test_evaluate_runs_the_whole_assistant_and_records_nothing(indexed: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(
        '{"id": "a", "text": "are badgers counted in pairs at dusk", "expect": "answered", "documents": ["badger"]}\n'
        '{"id": "b", "text": "he has a machete out now", "expect": "urgent", "documents": []}\n',
        encoding="utf-8",
    )
    result = json_of(indexed("index", "evaluate", "--questions", str(file), "--json"))
    assert (result["questions"], result["right"]) == (2, 2)
    assert json_of(indexed("requests", "list", "--json")) == []


def test_pause_resume_and_what_is_paused(indexed: Run) -> None:
    assert indexed("pause").stdout == "Nothing is paused.\n"
    assert indexed("pause", "badger-counting", "--why", "wrong").exit_code == 0
    (switch,) = json.loads(indexed("pause", "--json").stdout)
    assert (switch["paused"], switch["why"]) == ("document:badger-counting", "wrong")
    assert indexed("resume", "badger-counting").stdout == "Resumed: badger-counting\n".replace(
        "badger", "document:badger"
    )
    refused = indexed("resume", "answers")
    assert (refused.exit_code, "is not paused" in refused.stderr) == (1, True)


def test_roles_hold_at_the_terminal_once_there_is_a_list(indexed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREVENTION_HUB_ADMINS", "insp-cole")
    for arguments in (
        ["purge"],
        ["index", "build"],
        ["index", "rollback", "1"],
        ["requests", "list"],
        ["pause", "answers", "--why", "x"],
    ):
        refused = indexed(*arguments)
        assert (refused.exit_code, " may not " in refused.stderr) == (1, True), arguments
    claimed = indexed("purge", "--as", "insp-cole")
    assert (claimed.exit_code, f"The account {getpass.getuser()} may not act for insp-cole" in claimed.stderr) == (
        1,
        True,
    )
    monkeypatch.setenv("PREVENTION_HUB_MAY_ACT_FOR_OTHERS", getpass.getuser())
    assert indexed("purge", "--dry-run", "--as", "insp-cole").exit_code == 0
    assert indexed("index", "diff").exit_code == 0
    assert indexed("ask", "are badgers counted in pairs at dusk?").exit_code == 0


def test_hold_purge_export_and_record(indexed: Run, tmp_path: Path) -> None:
    indexed("ask", "whats the fine for breach of a cpn")
    assert indexed("hold", "set", "request", "PF-0001", "--why", "complaint").stdout == "Hold 1 is set.\n"
    assert "1: request PF-0001 (by " in indexed("hold", "list").stdout
    assert indexed("hold", "lift", "1").exit_code == 0
    assert indexed("hold", "set", "person", "--why", "x").exit_code == 2
    purged = json.loads(indexed("purge", "--json").stdout)
    assert (purged["proved_gone"], purged["removed"]["questions"]) == (True, 0)
    made = json.loads(indexed("export", "--out", str(tmp_path / "out"), "--json").stdout)
    assert (made["records"], made["to_review"]) == (1, 0)
    assert indexed("audit", "verify", "--json").exit_code == 0
    anchor = indexed("audit", "anchor", "--out", str(tmp_path / "anchor.json"))
    assert anchor.exit_code == 0
    assert "1 anchors fit" in indexed("audit", "verify", "--anchor", str(tmp_path / "anchor.json")).stdout
    actions = [event["action"] for event in json.loads(indexed("audit", "show", "--json").stdout)]
    assert actions[:5] == ["anchored", "exported", "purged", "hold.lifted", "hold.set"]
    assert "edition.published" in actions


def test_the_pack_is_filled_from_live_settings(indexed: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREVENTION_HUB_RETAIN_QUESTIONS", "31")
    me = getpass.getuser()
    monkeypatch.setenv("PREVENTION_HUB_AUDITORS", f"{me}, aud-dean")
    done = indexed("export", "--out", str(tmp_path / "pack"), "--pack")
    assert done.exit_code == 0, done.stderr
    record = (tmp_path / "pack" / "transparency-record.md").read_text(encoding="utf-8")
    assert "questions 31, replies 365" in record
    assert "encoder words" in record or "encoder all-MiniLM-L6-v2" in record
    assessment = (tmp_path / "pack" / "dpia.md").read_text(encoding="utf-8")
    assert f"auditors: {', '.join(sorted(('aud-dean', me)))}" in assessment
    bom = json.loads((tmp_path / "pack" / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert (bom["bomFormat"], bom["specVersion"]) == ("CycloneDX", "1.6")
    names = {component["name"] for component in bom["components"]}
    assert {"slack-bolt", "sentence-transformers", "faiss-cpu", "sqlite-utils", "torch"} <= names


def test_backup_and_restore(indexed: Run, tmp_path: Path) -> None:
    indexed("ask", "whats the fine for breach of a cpn")
    backup = tmp_path / "hub.tar.gz"
    assert indexed("backup", str(backup)).exit_code == 0
    restored = indexed("restore", str(backup), "--data", str(tmp_path / "new"))
    assert restored.exit_code == 0, restored.stderr
    shown = json.loads(indexed("requests", "list", "--json", "--data", str(tmp_path / "new")).stdout)
    assert [request["reference"] for request in shown] == ["PF-0001"]
    assert indexed("ask", "are badgers counted in pairs at dusk?", "--data", str(tmp_path / "new")).exit_code == 0
    again = indexed("restore", str(backup), "--data", str(tmp_path / "new"))
    assert (again.exit_code, "is not empty" in again.stderr) == (1, True)


def test_a_problem_is_opened_outright_with_nobody_named(indexed: Run) -> None:
    opened = indexed(
        "requests", "open", "Liam Prentice and others fight at the bus station", "--kind", "operational_problem",
        "--often", "most Fridays", "--theme", "violence", "--json",
    )  # fmt: skip
    assert json.loads(opened.stdout) == {"request": "PF-0001", "redacted": ["name"], "alike": None}
    request = json.loads(indexed("requests", "show", "PF-0001", "--json").stdout)
    assert request["kind"] == "operational_problem"
    assert request["question"] == (
        "What happens: [name] and others fight at the bus station\nHow often: most Fridays\nTheme: violence"
    )
    assert indexed("requests", "open", " ", "--kind", "operational_problem").exit_code == 1
    urgent = indexed("requests", "open", "he has a machete out now", "--kind", "operational_problem")
    assert (urgent.exit_code, "call 999" in urgent.stderr) == (1, True)
    assert indexed("requests", "open", "x", "--kind", "operational_problem", "--theme", "kites").exit_code == 2


def test_an_open_request_that_guidance_now_answers_is_shown(indexed: Run, guidance: Path) -> None:
    indexed("chat", stdin="which leaflet goes with tractors\nhub\nquit\n")
    assert "No unanswered question" in indexed("requests", "late").stdout
    (guidance / "tractors.md").write_text(
        "# Tractors\n\n## Which leaflet goes with tractors?\n\nThe blue leaflet goes with tractors.\n", encoding="utf-8"
    )
    assert indexed("index", "build").exit_code == 0
    (late,) = json.loads(indexed("requests", "late", "--json").stdout)
    assert (late["reference"], late["citation"]["quote"]) == ("PF-0001", "The blue leaflet goes with tractors.")
