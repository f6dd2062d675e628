"""Who may import whom. Arrows run one way: indexer -> knowledge <- bot; the two meet only in wiring."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WIRING = {"bot/app.py", "bot/cli", "bot/worker.py", "bot/server.py"}
PLATFORMS = {"slack_bolt", "slack_sdk", "microsoft_teams", "starlette", "uvicorn", "fastapi", "aiohttp"}
CORE = {
    "bot/assistant.py",
    "bot/advice.py",
    "bot/anchors.py",
    "bot/backup.py",
    "bot/beyond.py",
    "bot/delivery.py",
    "bot/errands.py",
    "bot/feedback.py",
    "bot/handover.py",
    "bot/hours.py",
    "bot/inbound.py",
    "bot/jobs.py",
    "bot/joining.py",
    "bot/late.py",
    "bot/lessons.py",
    "bot/lookup.py",
    "bot/naming.py",
    "bot/overview.py",
    "bot/recall.py",
    "bot/reminders.py",
    "bot/targets.py",
    "bot/rehearsal.py",
    "bot/desk.py",
    "bot/disclosure.py",
    "bot/intake.py",
    "bot/limits.py",
    "bot/office.py",
    "bot/refusals.py",
    "bot/retention.py",
    "bot/cases.py",
    "bot/claims.py",
    "bot/learning_store.py",
    "bot/gate.py",
    "bot/roles.py",
    "bot/switches.py",
    "bot/digest.py",
    "bot/followups.py",
    "bot/learning.py",
    "bot/messages.py",
    "bot/receipts.py",
    "bot/triage.py",
    "bot/verification.py",
    "bot/wording",
    "bot/safeguards",
    "bot/records",
}
SETTINGS = {"bot.settings", "pydantic_settings", "os.environ"}


def imports(file: Path) -> Iterator[str]:
    """Every module a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def forbidden(file: str) -> set[str]:
    """What a file must not import, by where it stands."""
    never: set[str] = set()
    if file.startswith("knowledge/"):
        never |= {"bot", "indexer"} | PLATFORMS | SETTINGS
    if file.startswith("indexer/"):
        never |= {"bot"} | PLATFORMS | SETTINGS
    if file.startswith("bot/") and not any(file == room or file.startswith(f"{room}/") for room in WIRING):
        never |= {"indexer"}
    if any(file == room or file.startswith(f"{room}/") for room in CORE):
        never |= PLATFORMS | SETTINGS | {"bot.app", "bot.cli", "bot.terminal", "rich", "click"}
    return never


FILES = sorted(
    str(file.relative_to(ROOT)) for room in ("bot", "knowledge", "indexer") for file in (ROOT / room).rglob("*.py")
)


@pytest.mark.parametrize("file", FILES)
def test_imports_only_what_its_room_may(file: str) -> None:
    never = forbidden(file)
    broken = [
        name for name in imports(ROOT / file) if any(name == other or name.startswith(f"{other}.") for other in never)
    ]
    assert broken == []


def test_every_core_room_is_there() -> None:
    assert [room for room in sorted(CORE) if not (ROOT / room).exists()] == []


def test_the_rule_notices_a_broken_wall(tmp_path: Path) -> None:
    wall = tmp_path / "triage.py"
    wall.write_text("def late():\n    from slack_bolt.async_app import AsyncApp\n", encoding="utf-8")
    assert "slack_bolt.async_app" in set(imports(wall))
    assert "slack_bolt" in forbidden("bot/triage.py")
