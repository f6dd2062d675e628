"""The plan of the house in figures: `python -m tests.benchmarks.house [CHECKOUT …]`, one column for each checkout.

To compare with an earlier state: `git worktree add ../before COMMIT`, then name both folders.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

TOPS = ("bot", "knowledge", "indexer")
PLATFORMS = ("bot.slack", "bot.teams", "bot.terminal", "bot.portal", "bot.edges")


@dataclass(frozen=True)
class Module:
    """One Python file outside the tests."""

    name: str
    lines: int
    functions: tuple[int, ...]
    """Lines of each function."""
    imports: frozenset[str]


def read(root: Path) -> dict[str, Module]:
    """Every module of a checkout by its dotted name."""
    files = {_dotted(root, file): file for top in TOPS for file in (root / top).rglob("*.py")}
    return {name: _module(name, file) for name, file in files.items()}


def _dotted(root: Path, file: Path) -> str:
    return ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def _module(name: str, file: Path) -> Module:
    text = file.read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(text)))
    defs = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = tuple((node.end_lineno or node.lineno) - node.lineno + 1 for node in defs)
    return Module(name, len(text.splitlines()), lengths, frozenset(_imported(nodes)))


def _imported(nodes: list[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(name: str) -> str:
    """The folder of a module; a file directly in bot/ is a room of its own."""
    first, *rest = name.split(".")
    return f"{first}.{rest[0]}" if first == "bot" and rest else first


def arrows(modules: dict[str, Module]) -> set[tuple[str, str]]:
    """Which room imports from which other."""
    found = {
        (room(module.name), room(name)) for module in modules.values() for name in module.imports if name in modules
    }
    return {(one, other) for one, other in found if one != other and other != "bot"}


def floors(rooms: set[str], found: set[tuple[str, str]]) -> dict[str, int]:
    """How far each room stands above the ground; rooms in a circle share the highest number that was reached."""
    floor = dict.fromkeys(rooms, 1)
    for _ in range(len(rooms)):
        floor |= {one: max(floor[one], *(floor[other] + 1 for who, other in found if who == one), 1) for one in rooms}
    return floor


def figures(root: Path) -> dict[str, str]:
    """What can be counted of a checkout."""
    modules = read(root)
    rooms = {room(name) for name in modules}
    found = arrows(modules)
    both_ways = sum((other, one) in found for one, other in found) // 2
    lengths = sorted(length for module in modules.values() for length in module.functions)
    folders = [file.parent for top in TOPS for file in (root / top).rglob("*.py")]
    shown = {
        "files": str(len(modules)),
        "lines": f"{sum(module.lines for module in modules.values()):,}",
        "files over 300 lines": str(sum(module.lines > 300 for module in modules.values())),
        "most files in a folder": str(max(map(folders.count, set(folders)))),
        "function lines: median, 90 %, longest": f"{lengths[len(lengths) // 2]}, {quantiles(lengths, n=10)[-1]:.0f}, "
        f"{lengths[-1]}",
        "rooms": str(len(rooms)),
        "floors": str(max(floors(rooms, found).values())),
        "arrows between rooms": str(len(found)),
        "pairs of rooms that import each other": str(both_ways),
    }
    for platform in PLATFORMS:
        shown[f"lines in {platform}"] = f"{sum(m.lines for m in modules.values() if room(m.name) == platform):,}"
    return shown


def main() -> None:
    """Print the table."""
    columns = [figures(Path(name)) for name in sys.argv[1:] or ["."]]
    for name in columns[0]:
        print(f"{name:42}", *(f"{column[name]:>14}" for column in columns))


if __name__ == "__main__":
    main()
