"""A wrong call to the hub database fails the strict type check: nothing that reaches it is `Any`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
CALLS = {
    # in each room that holds the records: a method that is misspelt, and an argument that is wrong
    "records.requets_of('pc-7')": 'has no attribute "requets_of"',
    "records.requests_of(7)": 'Argument 1 to "requests_of"',
    "records.audit('x', 'y', detail=object())": 'Argument "detail" to "audit"',
    "records.queue.chnage('PF-0001')": 'has no attribute "chnage"',
    "records.outbox.lease('slack', limit='ten', seconds=60)": 'Argument "limit" to "lease"',
    "records.finding.find('words', 1)": 'Argument 1 to "find"',
    "records.advice.approve('PF-0001', 'bell')": 'Argument 2 to "approve"',
    "hub.records.save_repyl()": 'has no attribute "save_repyl"',
    "hub.office.records.retention.hold('person', 'pc-7', 'bell', 'x')": 'Argument 1 to "hold"',
    "hub.desk.records.request(7)": 'Argument 1 to "request"',
    "hub.late.records.late.mrak('x')": 'has no attribute "mrak"',
    "hub.recalls.records.recall.shown('x')": "Missing positional argument",
    "hub.lessons.records.lessons.propose('x', 'y')": 'Argument 1 to "propose"',
    "hub.feedback.records.feedback.abuot('x')": 'has no attribute "abuot"',
    "hub.overviews.records.pace.waiting('all')": 'Argument 1 to "waiting"',
    "hub.finder.records.finding.find()": "Missing positional arguments",
    "mail_of(hub, 'x').records.outbox.unseeen('pc-7')": 'has no attribute "unseeen"',
    "hub.errands(actor).records.requests_of(7)": 'Argument 1 to "requests_of"',
}
HEAD = "from bot.app import Hub\nfrom bot.domain.people import Actor\nfrom bot.records import Records\nfrom bot.terminal.mail import mail_of\n\n\n"  # noqa: E501


def test_a_wrong_call_to_the_hub_database_fails_the_type_check(tmp_path: Path) -> None:
    body = "".join(f"    {call}\n" for call in CALLS)
    snippet = tmp_path / "snippet.py"
    snippet.write_text(f"{HEAD}def wrong(records: Records, hub: Hub, actor: Actor) -> None:\n{body}", encoding="utf-8")
    # without the libraries' own types, which take most of the time and say nothing of our rooms
    quick = ("--no-site-packages", "--ignore-missing-imports", "--config-file=", f"--cache-dir={os.devnull}")
    ran = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", *quick, str(snippet)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"MYPYPATH": str(ROOT), "PATH": ""},
        timeout=600,
        check=False,
    )
    first = HEAD.count("\n") + 2
    said = [line for line in ran.stdout.splitlines() if line.startswith(str(snippet))]
    missed = {
        call
        for number, call in enumerate(CALLS, first)
        if not any(f":{number}: " in line and CALLS[call] in line for line in said)
    }
    assert missed == set(), ran.stdout + ran.stderr
