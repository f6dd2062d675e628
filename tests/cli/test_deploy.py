"""What `deploy` writes, and what `serve` says to what watches it."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import httpx
import pytest
import yaml
from click.testing import CliRunner

from bot.app import Hub
from bot.cli import main
from bot.cli.outside.deploy import NAMES
from bot.domain.messages import Outcome
from bot.records.letters.outgoing import DEAD, LEASED, SENT, WAITING
from bot.server import new_server
from bot.settings import Settings
from bot.watching.steps import Step
from bot.worker import be_seen
from indexer.build import Builder
from tests.support.fakes import WordEncoder
from tests.support.serving import served


def test_everything_is_written_once_and_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "alerts.md").write_text("ours", encoding="utf-8")
    done = CliRunner().invoke(main, ["deploy", "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert {file.name for file in tmp_path.iterdir()} == set(NAMES)
    assert (tmp_path / "alerts.md").read_text(encoding="utf-8") == "ours"
    assert "is there already and stays" in done.output


@pytest.fixture
def written(tmp_path: Path) -> Path:
    CliRunner().invoke(main, ["deploy", "--out", str(tmp_path / "deploy")])
    return tmp_path / "deploy"


def test_the_compose_file_runs_without_rights_and_without_a_writable_root(written: Path) -> None:
    services = yaml.safe_load((written / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert set(services) == {"database", "serve", "worker"}
    for name in ("serve", "worker"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    assert services["worker"]["command"] == ["worker"]
    assert all(port.startswith("127.0.0.1:") for port in services["serve"]["ports"])


def test_the_container_is_no_root_and_its_commands_exist(written: Path) -> None:
    text = (written / "Containerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER 10001$", text, re.MULTILINE)
    extras = set(re.findall(r"\[([\w,]+)\]\"", text)[0].split(","))
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert all(re.search(rf"^{extra} = \[", project, re.MULTILINE) for extra in extras)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("unit", ["serve", "worker"])
def test_a_unit_may_do_little(written: Path, unit: str) -> None:
    file = written / f"prevention-hub-{unit}.service"
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", str(file)], capture_output=True, text=True, check=False
    )
    found = re.search(r"Overall exposure level for [^:]+: ([\d.]+)", done.stdout)
    assert found is not None, done.stdout + done.stderr
    assert float(found[1]) <= 2.5


def test_every_figure_that_an_alert_names_is_told(written: Path, tmp_path: Path, guidance: Path) -> None:
    hub = Hub(Settings(data=tmp_path / "data"), WordEncoder())
    Builder(hub.library, hub.encoder).build([guidance])
    list(be_seen(hub, date(2026, 11, 23)))
    with served(new_server(hub, [])) as address:
        told = httpx.get(f"{address}/metrics", timeout=60).text
        assert httpx.get(f"{address}/livez", timeout=60).status_code == 200
    hub.close()
    named = set(re.findall(r"`(prevention_hub_\w+)", (written / "alerts.md").read_text(encoding="utf-8")))
    assert named - {"prevention_hub_readings_total"} <= set(re.findall(r"^# TYPE (\w+)", told, re.MULTILINE))
    assert "prevention_hub_edition 1.0" in told
    assert unknown_labels((written / "alerts.md").read_text(encoding="utf-8"), told) == set()
    assert unknown_labels('`prevention_hub_oldest_seconds{waits="parcel"}`', told) == {("oldest_seconds", "parcel")}


def unknown_labels(text: str, told: str) -> set[tuple[str, str]]:
    """Figures with a label that none has: it is neither told now nor in the list of what there can be."""
    named = re.findall(r'prevention_hub_(\w+?)(?:_bucket)?\{(\w+)="(\w+)"\}', text)
    can_be: dict[str, set[str]] = {
        "step_seconds": {step.value for step in Step},
        "questions_total": {outcome.value for outcome in Outcome},
        "letters": {WAITING, LEASED, SENT, DEAD},
    }
    return {
        (name, value)
        for name, label, value in named
        if value not in can_be.get(name, ()) and f'prevention_hub_{name}{{{label}="{value}"}}' not in told
    }


def test_it_has_started_once_library_and_database_were_opened(tmp_path: Path, guidance: Path) -> None:
    hub = Hub(Settings(data=tmp_path / "data"), WordEncoder())
    with served(new_server(hub, [])) as address:
        assert httpx.get(f"{address}/startupz", timeout=60).status_code == 503
        Builder(hub.library, hub.encoder).build([guidance])
        assert httpx.get(f"{address}/startupz", timeout=60).status_code == 200
        shutil.rmtree(hub.library.folder)
        assert httpx.get(f"{address}/startupz", timeout=60).status_code == 200
        assert httpx.get(f"{address}/readyz", timeout=60).status_code == 503
    hub.close()


def test_the_capacity_table_is_worked_out_from_what_was_measured_as_the_page_says(written: Path) -> None:
    told = (written / "capacity.md").read_text(encoding="utf-8")
    assert "{" not in told
    rows = re.findall(r"^\| ([\d,]+) \| ([\d.]+) \| (\d+) \| (\d+) \|$", told, re.MULTILINE)
    assert [row[0] for row in rows] == ["500", "2,000", "5,000", "10,000", "35,000"]
    for officers, rate, processes, machines in rows:
        wanted = int(officers.replace(",", "")) * 3 * 0.15 * 3 / 3600
        assert float(rate) == round(wanted, 1)
        assert (int(processes) - 1) * 7.7 * 0.5 <= wanted <= int(processes) * 7.7 * 0.5
        assert int(machines) == -(-int(processes) // 2) + 1
