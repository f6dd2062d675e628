"""What a user installs: a wheel, in a fresh environment, used from another folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, however slow the machine is: the limit is one that only a hang reaches."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("PREVENTION_HUB_", "PYTHONPATH"))
    }
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


def once(name: str, make: Callable[[Path], None], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that one of the processes of this run fills, and that all of them read."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = shared / name
    with FileLock(shared / f"{name}.lock"):
        if not (folder / "whole").exists():  # what failed half-way is made again, and fails again
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            (folder / "whole").touch()
    return folder


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    (file,) = once("wheel", _build, tmp_path_factory).glob("*.whl")
    return file


def _build(out: Path) -> None:
    built = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    assert built.returncode == 0, built.stdout + built.stderr


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel, over the dependencies of this one; the folder of its commands."""
    return once("installed", partial(_install, wheel), tmp_path_factory) / "venv/bin"


def _install(wheel: Path, home: Path) -> None:
    venv.create(home / "venv", with_pip=False, symlinks=True)
    python = home / "venv/bin/python"
    (site,) = (home / "venv/lib").glob("python*/site-packages")
    done = run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--quiet", wheel, cwd=home)
    assert done.returncode == 0, done.stderr
    # dependencies are the same packages, seen through a path file; this checkout itself is not among them
    packages = [path for path in sys.path if path.endswith("site-packages")]
    (site / "dependencies.pth").write_text("\n".join(packages) + "\n", encoding="utf-8")


def test_the_wheel_holds_the_rooms_and_what_they_read(wheel: Path) -> None:
    from zipfile import ZipFile

    names = ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"bot", "knowledge", "indexer"}
    ours = {f"knowledge/guidance/{path.name}" for path in (ROOT / "knowledge/guidance").glob("*.md")}
    assert len(ours) > 40
    for needed in (
        *ours,
        "knowledge/golden.jsonl",
        "knowledge/judge.json",
        "knowledge/vocabulary.toml",
        "bot/records/migrations/env.py",
        "bot/slack/manifest.json",
        "bot/safeguards/cues/danger.toml",
        "bot/safeguards/cues/README.md",
        "bot/safeguards/second/weights.npz",
        "bot/safeguards/second/requests.npz",
        "indexer/starter.json",
        "bot/wording/languages.toml",
        "bot/teams/manifest.json",
    ):
        assert needed in names


def test_help_and_urgent_load_no_model(installed: Path, tmp_path: Path) -> None:
    heavy = "import sys; from bot.cli import main; main(['ask', 'he has a machete out now'], standalone_mode=False); "
    heavy += "print(sorted({'torch', 'sentence_transformers', 'faiss', 'sklearn'} & set(sys.modules)), file=sys.stderr)"
    done = run(installed / "python", "-c", heavy, cwd=tmp_path)
    assert "call 999" in done.stdout
    assert done.stderr.strip().splitlines()[-1] == "[]"
    done = run(
        installed / "python",
        "-c",
        "import sys, bot.cli; print(sorted({'torch', 'sqlalchemy', 'alembic', 'rich.console', 'faiss', 'numpy', "
        "'sqlite_utils', 'pydantic'} & set(sys.modules)))",
        cwd=tmp_path,
    )
    assert done.stdout.strip() == "[]"
