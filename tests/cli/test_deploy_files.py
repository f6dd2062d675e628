"""The files that `deploy` writes, read as what they are for reads them: compose, systemd, the command line, alerts."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner

from bot.cli import main

SERVICE_KEYS = {
    "cap_add", "cap_drop", "command", "depends_on", "env_file", "environment", "healthcheck", "image", "ports",
    "read_only", "restart", "secrets", "security_opt", "shm_size", "stop_grace_period", "tmpfs", "volumes",
}  # fmt: skip
"""Those of the Compose Specification that are used here."""
DURATION = re.compile(r"\d+(ms|s|m|h)")
NEEDED = {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"}
"""What PostgreSQL's image needs until it is no root any more."""


@pytest.fixture(params=["", "avon,west-kent"])
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """For one force, and for several in one installation."""
    given = ["--forces", request.param] if request.param else []
    done = CliRunner().invoke(main, ["deploy", "--out", str(tmp_path / "deploy"), *given])
    assert done.exit_code == 0, done.output
    return tmp_path / "deploy"


@pytest.fixture
def compose(written: Path) -> dict[str, Any]:
    text = (written / "compose.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def test_everything_in_the_compose_file_is_declared_used_and_of_its_form(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(compose) == {"services", "volumes", "secrets"}
    for service in services.values():
        assert set(service) <= SERVICE_KEYS
        check = service["healthcheck"]
        assert check == {"disable": True} or check["test"][0] == "CMD"
        times = [check[name] for name in ("interval", "timeout", "start_period") if name in check]
        assert all(DURATION.fullmatch(one) for one in [*times, service["stop_grace_period"]])
        for needed, how in service.get("depends_on", {}).items():
            assert how == {"condition": "service_healthy"}
            assert "test" in services[needed]["healthcheck"]
    mounted = {volume.split(":")[0] for one in services.values() for volume in one["volumes"]}
    assert {name for name in mounted if not name.startswith("./")} == set(compose["volumes"])
    assert {name for one in services.values() for name in one.get("secrets", ())} == set(compose["secrets"])


def test_every_service_does_without_rights_and_comes_back_by_itself(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["read_only"] is True
        assert "/tmp" in service["tmpfs"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["cap_drop"] == ["ALL"]
        assert set(service.get("cap_add", ())) == (NEEDED if name == "database" else set())
        assert service["restart"] == "unless-stopped"
    assert "ports" not in compose["services"]["database"]


def test_no_password_stands_in_the_database_s_environment_nor_in_a_file_that_others_read(
    compose: dict[str, Any], written: Path
) -> None:
    database = compose["services"]["database"]
    assert "env_file" not in database
    assert [name for name in database["environment"] if "PASSWORD" in name] == ["POSTGRES_PASSWORD_FILE"]
    assert database["environment"]["POSTGRES_PASSWORD_FILE"] == f"/run/secrets/{database['secrets'][0]}"
    holding = [file for file in written.rglob("*") if file.suffix in {".toml", ".sql"}]
    assert [stat.S_IMODE(file.stat().st_mode) for file in holding] == [0o600] * len(holding)


def test_a_database_is_ready_only_once_it_answers_by_network_as_the_hub_asks(compose: dict[str, Any]) -> None:
    test = compose["services"]["database"]["healthcheck"]["test"]
    assert test[1:4] == ["pg_isready", "-h", "127.0.0.1"]


def test_the_port_that_is_asked_is_the_one_that_is_served(compose: dict[str, Any], written: Path) -> None:
    for name, service in compose["services"].items():
        if name.startswith("serve"):
            inside = service["ports"][0].rpartition(":")[2]
            assert f"http://127.0.0.1:{inside}/readyz" in service["healthcheck"]["test"][-1]
            profile = written / "forces" / f"{name.removeprefix('serve-')}.toml"
            assert inside == "8080" or f"port = {inside}\n" in profile.read_text(encoding="utf-8")


def test_the_image_has_the_client_programs_of_the_server_beside_it(compose: dict[str, Any], written: Path) -> None:
    text = (written / "Containerfile").read_text(encoding="utf-8")
    version = re.search(r"^ARG POSTGRES=(\d+)$", text, re.MULTILINE)
    assert version is not None
    assert compose["services"]["database"]["image"].endswith(f"postgres:{version[1]}")
    assert '"postgresql-client-${POSTGRES}"' in text


def test_what_the_encoder_and_the_readers_need_is_not_taken_from_a_unit(written: Path) -> None:
    for file in written.glob("*.service"):
        told = file.read_text(encoding="utf-8")
        assert "ProcSubset" not in told  # without /proc/cpuinfo PyTorch takes no AVX2
        assert "~@resources" not in told
        assert "MemoryDenyWriteExecute" not in told


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_finds_no_fault_with_a_unit(written: Path, tmp_path: Path) -> None:
    units = sorted(written.glob("*.service"))
    assert len(units) == 2
    for file in units:  # the program is where the unit says only on the machine that it is for
        text = file.read_text(encoding="utf-8").replace("/opt/prevention-hub/bin/prevention-hub", "/bin/true")
        looked_at = tmp_path / file.name
        looked_at.write_text(text, encoding="utf-8")
        done = subprocess.run(
            ["systemd-analyze", "verify", str(looked_at)], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout + done.stderr) == (0, "")


def commands_in(text: str) -> Iterator[list[str]]:
    """What is said to be typed: after the program's name, or a command alone between backticks."""
    yield from (found.split() for found in re.findall(r"prevention-hub +((?:[a-z-]+ ?)+[^`\n(:]*)`", text))
    yield from (found.split() for found in re.findall(r"^ExecStart=\S+/prevention-hub +(.+)$", text, re.MULTILINE))
    yield from (found.split() for found in re.findall(r"^#.* run .* serve (backup .*?) {2,}", text, re.MULTILINE))
    for found in re.findall(r"`([a-z]+(?: [^`]+)?)`", text):
        if found.split()[0] in main.list_commands(click.Context(main)):
            yield found.split()


def unknown(words: list[str]) -> str:
    """The first word that the command line does not know; empty where it knows all."""
    command: click.Command = main
    for number, word in enumerate(words):
        if isinstance(command, click.Group):
            inner = command.get_command(click.Context(command), word)
            if inner is None:
                return word
            command = inner
        elif word.startswith("--"):
            if not any(word in option.opts for option in command.params):
                return word
        elif number and not any(isinstance(one, click.Argument) or one.opts for one in command.params):
            return word
    return ""


def test_every_command_that_is_named_is_one_of_the_program(written: Path, compose: dict[str, Any]) -> None:
    named = [words for file in written.iterdir() if file.is_file() for words in commands_in(file.read_text("utf-8"))]
    named += [one["command"] for one in compose["services"].values() if "command" in one]
    container = (written / "Containerfile").read_text(encoding="utf-8")
    named += [[word] for word in re.findall(r'^CMD \["(\w+)"\]', container, re.MULTILINE)]
    assert [" ".join(words) for words in named if unknown(words)] == []
    assert {"serve", "worker", "backup", "index", "requests", "doctor", "insight"} <= {words[0] for words in named}
    assert [unknown(words) for words in (["serf"], ["index", "bild"], ["backup", "--witout"])] == [
        "serf",
        "bild",
        "--witout",
    ]
