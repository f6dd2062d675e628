"""Logs for machines: one object a line, an id for each call, and not a word of what anybody typed."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.app import Hub
from bot.domain.clients import Scope
from bot.domain.people import Actor
from bot.domain.refusals import RecordsError
from bot.queue.errands import Errands
from bot.records.conversation.keeping import ConversationRecords
from bot.records.letters.inbound import InboundRecords
from bot.server import edges_of, new_server
from bot.watching import logs
from bot.watching.calls import call, call_id
from tests.portal.test_site import signed_in
from tests.support.ready import demonstration
from tests.support.serving import served
from tests.support.slack import running
from tests.support.slack.person import Person
from tests.support.teams.tenant import tenant

MARKER = "zanzibarmarker"
NAMED = "Zebedee Marlinspike"
ASKED = f"how long may a silk kite soak in water, {MARKER}, asked {NAMED}"
NEVER = (MARKER, "zebedee", "marlinspike", "xoxb-", "xapp-", "signing-secret", "a secret", "bearer")
GIVEN = "0f0f0f0f-0000-4000-8000-00000000abcd"


class Lines(io.StringIO):
    """What was logged."""

    @property
    def told(self) -> list[dict[str, Any]]:
        """Each line as the object that it is."""
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """Everything that is logged while a test runs, as JSON."""
    written, root = Lines(), logging.getLogger()
    monkeypatch.setattr(logs.Handler, "stream", written)
    handler = logs.Handler()
    root.addHandler(handler)
    logs.write_as("json", "serve")
    yield written
    root.removeHandler(handler)


@pytest.fixture
def hub(tmp_path: Path, guidance: Path) -> Iterator[Hub]:
    with demonstration(tmp_path / "data", guidance) as made:
        yield made


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that takes nothing, and errors that quote what was typed."""

    def refuse(*given: Any, **named: Any) -> Any:
        raise RecordsError("The disk is full. Free some space.")

    def quote(*given: Any, **named: Any) -> Any:
        raise KeyError(f"{given} {named} {ASKED}")

    for name in ("save_reply", "save_handed_over"):
        monkeypatch.setattr(ConversationRecords, name, refuse, raising=False)
    monkeypatch.setattr(InboundRecords, "receive_all", refuse)
    monkeypatch.setattr(Errands, "take", quote)
    monkeypatch.setattr(Hub, "verify", quote)


def tells_nothing(lines: Lines) -> None:
    """There are lines, and none of them says what must not be said."""
    assert lines.told
    assert [one for one in NEVER if one in lines.getvalue().lower()] == []


@pytest.mark.usefixtures("broken")
def test_slack_logs_its_troubles_and_no_words(lines: Lines, tmp_path: Path, guidance: Path) -> None:
    with running.workspace(tmp_path, guidance) as (_, slack):
        assert Person(slack, running.ANNA).ask(ASKED)
    tells_nothing(lines)
    ours = [one for one in lines.told if one["logger"].startswith("bot.edges.reception")]
    assert {"The disk is full" in one["message"] for one in ours} == {True, False}
    assert len({one["request"] for one in ours}) == 1


@pytest.mark.usefixtures("broken")
def test_teams_logs_its_troubles_and_no_words(lines: Lines, tmp_path: Path, guidance: Path) -> None:
    with tenant(tmp_path, guidance) as people:
        assert people.say("sam", ASKED).text.startswith("Something went wrong here")
    tells_nothing(lines)
    assert any("KeyError" in one["message"] for one in lines.told)


@pytest.mark.usefixtures("broken")
def test_portal_and_api_log_their_troubles_and_no_words(lines: Lines, hub: Hub) -> None:
    admin = Actor((hub.settings.admins or "").split(",")[0])
    token = hub.clients.add(admin, "intranet", "pc-adams", [Scope.ASK], 30)
    with served(new_server(hub, edges_of(hub))) as address:
        with signed_in(address, "pc-adams") as officer:
            officer.post("/questions", data={"question": ASKED})
            assert officer.get(f"/replies/{MARKER}").status_code == 404
        named = {"authorization": f"Bearer {token}", "x-request-id": GIVEN}
        with httpx.Client(base_url=f"{address}/api/v1", headers=named, timeout=60) as program:
            asked = program.post("/questions", json={"text": ASKED})
            assert asked.headers["x-request-id"] == GIVEN
            assert program.get(f"/receipts/{MARKER}").status_code == 500
    tells_nothing(lines)
    assert token not in lines.getvalue()
    of_ours = [one for one in lines.told if one.get("request") == GIVEN]
    assert {"bot.answering.assistant"} <= {one["logger"] for one in of_ours}


def test_every_call_has_an_id_and_takes_only_one_in_which_no_word_hides(hub: Hub) -> None:
    with served(new_server(hub, [])) as address:
        new = httpx.get(f"{address}/livez").headers["x-request-id"]
        assert len(new) == 32
        assert httpx.get(f"{address}/livez").headers["x-request-id"] != new
        for given, taken in ((GIVEN, True), (NAMED, False), ("07700900123", False), ("a" * 65, False)):
            told = httpx.get(f"{address}/livez", headers={"x-request-id": given}).headers["x-request-id"]
            assert (told == given) is taken


def test_within_a_call_its_id_goes_on_and_ends_with_it() -> None:
    assert call_id() == ""
    with call() as outer:
        with call() as inner:
            assert inner == outer == call_id()
        assert call_id() == outer
    assert call_id() == ""


def test_a_line_is_one_object_with_these_fields(lines: Lines) -> None:
    with call() as number:
        logging.getLogger("bot.server").warning("Two\nlines of %s", "ours", extra={"asked": MARKER})
    (one,) = lines.told
    assert one.pop("time").endswith("+00:00")
    assert one == {
        "level": "WARNING",
        "logger": "bot.server",
        "message": "Two\nlines of ours",
        "request": number,
        "process": "serve",
        "pid": os.getpid(),
    }


def test_of_another_library_only_its_own_words_are_kept(lines: Lines) -> None:
    logging.getLogger("urllib3.connectionpool").warning("Retrying %s: %r", f"https://x/?q={MARKER}", MARKER)
    logging.getLogger("asyncio").error(f"Task exception was never retrieved\nfuture: KeyError({MARKER!r})")
    assert [one["message"] for one in lines.told] == ["Retrying %s: %r", "Task exception was never retrieved"]


@pytest.mark.parametrize("form", ["json", "text"])
def test_an_exception_says_where_and_what_class_and_not_its_text(lines: Lines, form: str) -> None:
    logs.write_as(form, "serve")
    try:
        try:
            raise KeyError(MARKER)
        except KeyError as error:
            raise RuntimeError(MARKER) from error
    except RuntimeError:
        logging.getLogger("bot.server").exception("It failed.")
    told = lines.getvalue()
    assert MARKER not in told
    assert told.index("KeyError") < told.index("RuntimeError")
    assert "test_an_exception_says_where" in told


def test_what_another_handler_made_of_an_exception_is_not_taken_over(lines: Lines) -> None:
    logs.write_as("text", "serve")
    record = logging.LogRecord("bot.server", logging.ERROR, __file__, 1, "It failed.", (), None)
    record.exc_info, record.exc_text = (KeyError, KeyError(MARKER), None), f"KeyError: {MARKER!r}"
    logging.getLogger().handle(record)
    assert "It failed.\nKeyError" in lines.getvalue()
    assert MARKER not in lines.getvalue()


def test_threads_that_work_on_a_call_log_its_id(lines: Lines) -> None:
    import asyncio

    from bot.edges.jobs import Jobs

    async def work() -> str:
        jobs = Jobs()
        with call() as number:
            await jobs.in_thread(lambda: logging.getLogger("bot.x").warning("in %s", threading.current_thread().name))
        jobs.close()
        return number

    number = asyncio.run(work())
    assert [(one["message"].split("_")[0], one["request"]) for one in lines.told] == [("in answers", number)]


def test_the_program_logs_as_its_setting_says(tmp_path: Path) -> None:
    wanted = {"PREVENTION_HUB_LOG_FORMAT": "json", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"}
    hidden = "import sys; sys.modules['opentelemetry.sdk'] = None\nfrom bot.cli import main; main()"
    arguments = ["--data", str(tmp_path), "requests", "list"]
    done = subprocess.run(
        [sys.executable, "-c", hidden, *arguments],
        env={**os.environ, **wanted}, capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    (line,) = done.stderr.splitlines()
    told = json.loads(line)
    assert told["process"] == "list"
    assert "pip install 'prevention-hub[traces]'" in told["message"]
