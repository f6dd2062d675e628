"""Eight processes on one hub database: nothing lost, nothing doubled, no error shown. See tests/load.py."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.load import run


def test_eight_processes_lose_nothing_and_double_nothing(hub_database: Path | str) -> None:
    found = run(str(hub_database), 2.0)
    assert found.pop("opened") >= 8
    assert found.pop("replied") >= 1
    assert found == dict.fromkeys(found, 0)
