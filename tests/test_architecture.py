"""The plan of the house: which folder may import which, and which folder alone knows an outside library."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import FIRST

ROOT = Path(__file__).parent.parent
FLOORS = (
    {"knowledge"},
    {"indexer", "bot.domain", "bot.reader", "bot.watching"},
    {"bot.safeguards", "bot.wording"},
    {"bot.records"},
    {"bot.governance"},
    {"bot.queue", "bot.programme"},
    {"bot.insight"},
    {"bot.answering", "bot.settings"},
    {"bot.publishing", "bot.foundations"},
    {"bot.improving"},
    {"bot.app"},
    {"bot.edges"},
    {"bot.slack", "bot.teams", "bot.terminal", "bot.portal", "bot.api"},
    {"bot.platforms"},
    {"bot.server", "bot.worker", "bot.doctor"},
    {"bot.cli"},
)
"""From the ground up: a folder imports from below, and from nothing beside it or above."""
INDEXER_MEETS_BOT = {
    "bot.publishing",
    "bot.foundations",
    "bot.app",
    "bot.cli",
    "bot.worker",
    "bot.server",
    "bot.doctor",
}
CORE = set[str]().union(*FLOORS[:7], {"bot.answering", "bot.publishing"})
OWNERS = {
    "slack_bolt": {"bot.slack"},
    "slack_sdk": {"bot.slack"},
    "microsoft_teams": {"bot.teams"},
    "aiohttp": {"bot.slack"},
    "starlette": {"bot.slack", "bot.teams", "bot.portal", "bot.api", "bot.edges", "bot.server"},
    "fastapi": {"bot.api"},
    "uvicorn": {"bot.server", "bot.cli"},
    "obstore": {"knowledge"},
    "openai": {"bot.reader"},
    "sqlalchemy": {"bot.records"},
    "alembic": {"bot.records"},
    "pydantic_settings": {"bot.settings"},
    "rich": {"bot.terminal", "bot.cli"},
    "click": {"bot.cli"},
    "prometheus_client": {"bot.insight"},
    "pyarrow": {"bot.insight"},
    "opentelemetry": {"bot.watching"},
    "sklearn": {"bot.insight", "bot.safeguards", "indexer"},
}
MODULES = {
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
    for top in ("bot", "knowledge", "indexer")
    for file in sorted((ROOT / top).rglob("*.py"))
}


def imports(file: Path) -> Iterator[str]:
    """Every module that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from {
                inner if (inner := f"{node.module}.{alias.name}") in MODULES else node.module for alias in node.names
            }


def room(module: str) -> str:
    """The folder that a module stands in: "bot.queue", "knowledge"; a file directly in bot/ is its own."""
    first, *rest = module.split(".")
    return f"{first}.{rest[0]}" if first == "bot" and rest else first


def broken(module: str, imported: str) -> str:
    """Why a module may not import another; empty where it may."""
    here, there = room(module), room(imported)
    owners = OWNERS.get(there.split(".")[0])
    if owners is not None:
        return "" if here in owners else f"{there} belongs to {sorted(owners)}"
    if here == there or there.split(".")[0] not in {"bot", "knowledge", "indexer"} or "bot" in (here, there):
        return ""
    if there == "indexer" and here not in INDEXER_MEETS_BOT:
        return "bot and indexer meet only where the program is put together"
    if _floor(there) >= _floor(here):
        return f"{there} stands on floor {_floor(there)}, {here} on floor {_floor(here)}"
    return ""


def _floor(name: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if name in rooms)


@pytest.mark.parametrize("module", MODULES)
def test_imports_only_from_below(module: str) -> None:
    found = {name: why for name in imports(MODULES[module]) if (why := broken(module, name))}
    assert found == {}


def test_a_broken_wall_is_noticed(tmp_path: Path) -> None:
    wall = tmp_path / "requests.py"
    wall.write_text("def late():\n    from slack_bolt.async_app import AsyncApp\n", encoding="utf-8")
    assert list(imports(wall)) == ["slack_bolt.async_app"]
    assert broken("bot.domain.requests", "slack_bolt.async_app")
    assert broken("bot.domain.requests", "bot.records.rows")
    assert broken("bot.queue.desk", "bot.programme.news")
    assert broken("bot.queue.desk", "indexer.build")
    assert not broken("bot.records.rows", "bot.domain.requests")


KNOWS_NOTHING_OF = {
    "bot.slack": {"workspaces"},
    "bot.teams": set[str](),
    "bot.terminal": {"outbox"},
}
"""Edges go through `bot.edges`; what stands here is theirs alone: tokens of workspaces, the inbox of terminals."""


def inside_of_records(file: Path) -> set[str]:
    """The parts of the hub database that a file reaches for: "queue" in `hub.records.queue.change(…)`."""
    found = [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute)]
    inner = [(node.attr, node.value) for node in found]
    return {
        part
        for part, of in inner
        if (isinstance(of, ast.Attribute) and of.attr.strip("_") == "records")
        and part in {"queue", "inbound", "outbox", "cards", "people", "shown", "advice", "feedback", "workspaces"}
    }


@pytest.mark.parametrize("module", [name for name in MODULES if room(name) in KNOWS_NOTHING_OF])
def test_no_edge_touches_the_inside_of_the_records(module: str) -> None:
    assert inside_of_records(MODULES[module]) - KNOWS_NOTHING_OF[room(module)] == set()


def test_only_one_place_names_the_platforms() -> None:
    named = {
        name for name, file in MODULES.items() for one in imports(file) if one.startswith(("bot.slack.", "bot.teams."))
    }
    assert {name for name in named if room(name) not in {"bot.slack", "bot.teams", "bot.platforms", "bot.cli"}} == set()


def test_no_folder_and_no_file_is_too_large() -> None:
    lines = {name: len(file.read_text(encoding="utf-8").splitlines()) for name, file in MODULES.items()}
    assert {name: count for name, count in lines.items() if count > 300} == {}
    # a folder of migrations has one file for each revision there ever was
    folders = {file.parent for file in MODULES.values() if file.parent.name != "versions"}
    assert {str(f.relative_to(ROOT)): n for f in folders if (n := len(list(f.glob("*.py")))) > 17} == {}


def test_every_file_of_tests_that_is_begun_first_is_there() -> None:
    found = [file.name for file in (ROOT / "tests").rglob("test_*.py")]
    assert [found.count(name) for name in FIRST] == [1] * len(FIRST)
