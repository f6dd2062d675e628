"""Commands of the queue and the office: found, refused with a remedy that runs when pasted, and safe to look at."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main, open_hub
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.printable import escaped, printable
from bot.records import Records
from bot.settings import Settings, SettingsError
from tests.support.fakes import NOON, WordEncoder

pytestmark = pytest.mark.usefixtures("ungated")

Run = Callable[..., Result]
STEER = "\x1b]52;c;ZXZpbA==\x07\x1b[2J\x9b31m\u202egnp.exe"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(data: Path) -> Run:
    def invoke(*arguments: str, **environment: str) -> Result:
        runner = CliRunner(env={"PREVENTION_HUB_DATA": str(data), "NO_COLOR": "1", "COLUMNS": "140", **environment})
        return runner.invoke(main, list(arguments), obj=partial(open_hub, encoder=WordEncoder()))

    return invoke


@pytest.fixture
def records(data: Path) -> Any:
    with Records.open(data / "hub.db", clock=lambda: NOON) as opened:
        yield opened


def ask(records: Records, text: str = "who locks the kite shed", asker: str = "pc-7") -> str:
    return records.save_handed_over(
        Question(text, Place("terminal", asker), asker),
        lambda given: Reply("r", Outcome.HANDED_OVER, given, request=given),
        kind="question",
        found=(),
        why="too far",
    )


def test_a_list_shows_a_page_and_says_how_many_follow_and_how_to_see_them(run: Run, records: Records) -> None:
    for number in range(87):
        ask(records, f"question number {number}")
    first = run("requests", "list")
    assert first.stdout.count("PF-") == 50
    assert "… and 37 more, 87 in all: --page 2" in first.stdout
    second = run("requests", "list", "--page", "2")
    assert second.stdout.count("PF-") == 37
    assert "PF-0001" in second.stdout
    assert "more" not in second.stdout
    as_json = run("requests", "list", "--json")
    assert len(json.loads(as_json.stdout)) == 50
    assert "… and 37 more" in as_json.stderr


def test_a_list_is_narrowed_and_its_rows_have_kind_and_theme(run: Run, records: Records) -> None:
    ask(records, "what does a parking permit cost")
    opened = ("requests", "open", "kites are stolen", "--kind", "operational_problem", "--theme", "acquisitive")
    assert run(*opened, "--where", "Elm Lane").exit_code == 0
    assert "problem / acquisitive" in run("requests", "list", "kites").stdout
    for arguments, found in (
        (["permit"], ["PF-0001"]),
        (["--kind", "operational_problem"], ["PF-0002"]),
        (["--theme", "acquisitive", "--area", "elm"], ["PF-0002"]),
        (["--who", "pc-"], ["PF-0001"]),
        (["--reference", "2"], ["PF-0002"]),
        (["--older-than", "1"], ["PF-0001"]),
        (["--state", "open", "--state", "claimed", "--sort", "oldest"], ["PF-0001", "PF-0002"]),
        (["--mine"], []),
    ):
        rows = json.loads(run("requests", "list", *arguments, "--json").stdout)
        assert [row["reference"] for row in rows] == found, arguments
    (row,) = json.loads(run("requests", "list", "kites", "--json").stdout)
    assert (row["kind"], row["theme"], row["area"]) == ("operational_problem", "acquisitive", "Elm Lane")
    assert [event["action"] for event in row["events"]] == ["request.opened", "replied"]
    assert run("requests", "claim", "PF-0001").exit_code == 0
    assert [row["reference"] for row in json.loads(run("requests", "list", "--mine", "--json").stdout)] == ["PF-0001"]
    assert run("requests", "list", "--kind", "nonsense").exit_code == 2


def test_a_remedy_runs_when_it_is_pasted(run: Run, records: Records) -> None:
    ask(records)
    assert run("requests", "claim", "PF-0001", "--as", "Sgt Bell").exit_code == 0
    refused = run("requests", "reply", "PF-0001", "No.", "--as", "PC O'Dunn")
    assert refused.exit_code == 1
    remedy = refused.stderr.split("Run: ")[1].strip()
    assert remedy == """prevention-hub requests reassign PF-0001 'PC O'"'"'Dunn'"""
    assert run(*shlex.split(remedy)[1:]).stdout == "PF-0001: claimed, PC O'Dunn\n"
    assert run("requests", "close", "PF-0001", "--as", "PC O'Dunn", "--outcome", "referred_on").exit_code == 0
    again = run("requests", "claim", "PF-0001")
    assert (
        "PF-0001 is closed. To go on with it, open it again first. Run: prevention-hub requests reopen" in again.stderr
    )
    assert run(*shlex.split(again.stderr.split("Run: ")[1].strip())[1:]).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["requests", "close", "PF-0001"], "cannot be closed as answered. Reply first"),
        (["hold", "set", "request", "PF-0099", "--why", "x"], "There is no request PF-0099."),
        (["hold", "set", "person", "pc7", "--why", "x"], "Did you mean 'pc-7'?"),
        (["export", "--person", "nobody"], "Nothing is kept of anyone called 'nobody'"),
        (["requests", "show", "PF-0099"], "There is no request PF-0099. Run: prevention-hub requests list"),
        (["resume", "answers"], "'answers' is not paused. Run: prevention-hub pause"),
    ],
)
def test_what_cannot_be_done_is_refused_with_what_to_do(
    run: Run, records: Records, tmp_path: Path, arguments: list[str], said: str
) -> None:
    ask(records)
    more = ["--out", str(tmp_path / "out")] if arguments[0] == "export" else []
    result = run(*arguments, *more)
    assert (result.exit_code, said in result.stderr) == (1, True), result.stderr


def test_people_and_times_are_shown_as_the_hub_reads_them(run: Run, records: Records) -> None:
    from bot.domain.people import Person

    records.people.met("slack", [Person("U777", name="Sam Reed")])
    ask(records, asker="U777")
    assert run("requests", "note", "PF-0001", "asked the sexton", "--as", "bell").exit_code == 0
    zone = {"PREVENTION_HUB_TIMEZONE": "Asia/Tokyo"}
    shown = run("requests", "show", "PF-0001", **zone).stdout
    assert "Opened 23 Nov 2026 21:00 by Sam Reed (terminal)" in shown
    assert "23 Nov 2026 21:00 the assistant answered Sam Reed" in shown
    assert "bell (account " in shown
    assert "UTC" not in shown
    assert json.loads(run("requests", "show", "PF-0001", "--json", **zone).stdout)["opened_at"].endswith("+00:00")


def test_the_account_stands_beside_the_name_on_record(run: Run, records: Records) -> None:
    ask(records)
    run("requests", "claim", "PF-0001", "--as", "Sgt Bell")
    event = json.loads(run("audit", "show", "--json", "--limit", "1").stdout)[0]
    import getpass

    assert (event["actor"], event["account"]) == ("Sgt Bell", getpass.getuser())
    assert f"Sgt Bell (account {getpass.getuser()}): request.claimed PF-0001" in run("audit", "show").stdout


def test_where_roles_are_set_no_command_acts_for_another_without_the_right(run: Run, records: Records) -> None:
    ask(records)
    roles = {"PREVENTION_HUB_HUB_STAFF": "Sgt Bell", "PREVENTION_HUB_ADMINS": "Insp Cole"}
    for arguments in (
        ["requests", "list"],
        ["requests", "claim", "PF-0001"],
        ["requests", "withdraw", "PF-0001"],
        ["requests", "add", "PF-0001", "more"],
        ["purge"],
        ["hold", "list"],
        ["audit", "show"],
        ["pause", "answers", "--why", "x"],
    ):
        refused = run(*arguments, "--as", "Sgt Bell", **roles)
        assert (refused.exit_code, "may not act for Sgt Bell" in refused.stderr) == (1, True), arguments
    assert run("requests", "claim", "PF-0001").exit_code == 0  # without lists, as on a first try


def test_nothing_in_a_title_or_a_question_steers_the_screen(run: Run, records: Records) -> None:
    ask(records, f"who locks the {STEER} shed")
    for arguments in (
        ["requests", "list"],
        ["requests", "show", "PF-0001"],
        ["requests", "note", "PF-0001", STEER],
        ["requests", "list", "--json"],
        ["requests", "show", "PF-0099\x1b[2J"],
        ["hold", "set", "everything", "--why", STEER],
        ["hold", "list"],
        ["audit", "show"],
        ["audit", "show", "--json"],
    ):
        result = run(*arguments)
        assert not set(result.stdout + result.stderr) & set("\x1b\x07\x9b\u202e"), arguments
    assert "ZXZpbA" in json.loads(run("requests", "list", "--json").stdout)[0]["question"]
    assert json.loads(escaped(json.dumps([STEER], ensure_ascii=False))) == [STEER]
    assert printable("two\nlines\tand é 👮") == "two\nlines\tand é 👮"


def test_pause_names_what_can_be_paused_and_what_was_meant(run: Run, guidance: Path) -> None:
    assert run("index", "build", str(guidance)).exit_code == 0
    assert "badger-counting: Counting badgers" in run("pause", "--documents").stdout
    refused = run("pause", "badgers-counting", "--why", "x")
    assert "Did you mean badger-counting? Run: prevention-hub pause --documents" in refused.stderr


def test_the_doctor_lists_what_is_left_before_the_first_day(run: Run, guidance: Path, tmp_path: Path) -> None:
    assert run("index", "build", str(guidance)).exit_code == 0
    before = run("doctor")
    assert before.exit_code == 0
    flat = " ".join(before.stdout.split())
    assert "Before the first day: 7 left to do, in this order" in flat
    order = "guidance,contacts,roles,hub hours,retention,where officers ask,worker,backup,signed anchor".split(",")
    places = [flat.index(f" {name}: ", flat.index("Before the first day")) for name in order]
    assert places == sorted(places)
    assert "not set: at this terminal everyone may do everything" in flat
    assert run("doctor", "--first-day").exit_code == 1
    assert run("worker", "--once").exit_code == 0
    assert run("backup", str(tmp_path / "b.tar.gz")).exit_code == 0
    assert run("audit", "anchor", "--out", str(tmp_path / "a.json")).exit_code == 0
    settings = {
        "PREVENTION_HUB_HUB_CONTACT": "ring 2222",
        "PREVENTION_HUB_WELLBEING_LINE": "ring 3333",
        "PREVENTION_HUB_HUB_STAFF": "bell",
        "PREVENTION_HUB_ADMINS": " ",
        "PREVENTION_HUB_HUB_HOURS": "always",
        "PREVENTION_HUB_RETAIN_QUESTIONS": "0",
    }
    report = json.loads(run("doctor", "--json", **settings).stdout)
    left = {task["what"]: task["said"] for task in report["first_day"] if not task["done"]}
    assert left.keys() == {"roles", "retention", "where officers ask"}
    assert left["roles"] == "blank, so nobody has it: admin"
    assert left["retention"] == "kept for good: questions"
    assert (report["healthy"], report["ready"]) == (True, False)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATABASE_URL", "not a url", "it is no address of a database; write it as"),
        ("DATABASE_URL", "mysql://x", "it is no address of a database; write it as"),
        ("DATABASE_URL", "postgresql://hub:secret@db:99999/hub", "its port is no number from 1 to 65535"),
        ("DATABASE_URL", "postgresql://hub:secret@db:abc/hub", "its port is no number from 1 to 65535"),
        ("PORT", "99999", "less than or equal to 65535"),
        ("PORT", "http", "valid integer"),
        ("RETAIN_QUESTIONS", "99999999999", "less than or equal to 36500"),
        ("RETAIN_AUDIT", "-1", "greater than or equal to 0"),
        ("DATABASE_WAIT", "0", "greater than 0"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_its_name(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"PREVENTION_HUB_{name}", value)
    with pytest.raises(SettingsError, match=f"PREVENTION_HUB_{name} is wrong: ") as refused:
        Settings.read()
    assert said in str(refused.value)
    assert "secret" not in str(refused.value)
    result = run("requests", "list")
    assert (result.exit_code, f"PREVENTION_HUB_{name} is wrong" in result.stderr) == (1, True)


def test_nothing_secret_of_an_address_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREVENTION_HUB_SLACK_API_URL", "https://hub:hunter2@relay.example/api/?token=hunter3#hunter4")
    monkeypatch.setenv("PREVENTION_HUB_DATABASE_URL", "postgresql://hub:hunter2@db/hub?password=hunter3")
    explained = {name: value for name, value, _ in Settings.read().explained()}
    assert explained["PREVENTION_HUB_SLACK_API_URL"] == "https://…@relay.example/api/?…#…"
    assert "hunter" not in str(explained)


def test_a_line_of_questions_that_is_nested_too_deeply_is_bad_usage(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": "a", "text": ' + "[" * 200_000 + "\n", encoding="utf-8")
    result = run("ask", "--file", str(file))
    assert (result.exit_code, "Line 1 of" in result.stderr) == (2, True)


def test_letters_are_seen_once_they_were_written_out_and_not_before(
    run: Run, records: Records, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rich.console import Console

    from bot.app import Hub
    from bot.queue.delivery import deliver_due
    from bot.terminal import Chat
    from bot.terminal.mail import InboxCourier, mail_of

    class Closed:
        """An output that is closed, as of a program that was piped into another that ended."""

        encoding = "utf-8"

        def write(self, text: str) -> int:
            raise OSError("closed")

        def flush(self) -> None:
            raise OSError("closed")

    ask(records)
    run("requests", "reply", "PF-0001", "The sexton.")
    deliver_due(records.outbox, {"terminal": InboxCourier(records)})
    hub = Hub(Settings(data=data), WordEncoder())
    try:
        chat = Chat(hub.assistant, Console(file=Closed()), "pc-7", None, list, mail_of(hub, "pc-7"))  # type: ignore[arg-type]
        with pytest.raises(OSError, match="closed"):
            chat.show_mail()
        assert len(records.outbox.unseen("pc-7")) == 1
        with open(data / "out", "w", encoding="utf-8") as out:
            Chat(hub.assistant, Console(file=out), "pc-7", None, list, mail_of(hub, "pc-7")).show_mail()  # type: ignore[arg-type]
        assert "The sexton." in (data / "out").read_text(encoding="utf-8")
        assert records.outbox.unseen("pc-7") == []
    finally:
        hub.close()
