"""PDFium's characters and lines against pdfminer's, block by block: `python -m tests.benchmarks.pdf_characters FILE…`.

Files or folders. For each PDF: its blocks with either, how many are equal, and the seconds of processor time that each
takes with the same layout, by turns, the faster of `--turns`. `--show` prints the blocks that differ.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pdfplumber

from indexer.loaders.pdf.layout import Layout
from indexer.loaders.pdf.page import read_page
from indexer.loaders.pdf.pdfium import Drawn


def main() -> None:
    """Print a row for each file, and the sums."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("paths", nargs="+", type=Path)
    asked.add_argument("--pages", type=int, default=100, help="pages of a file that are read at most")
    asked.add_argument("--turns", type=int, default=1)
    asked.add_argument("--show", action="store_true")
    given = asked.parse_args()
    seconds, blocks, equal = [0.0, 0.0], 0, 0
    for file in _files(given.paths):
        found, taken = _by_turns(file, given.pages, given.turns)
        match = SequenceMatcher(None, *found, autojunk=False)
        same = sum(block.size for block in match.get_matching_blocks())
        seconds = [seconds[0] + taken[0], seconds[1] + taken[1]]
        blocks, equal = blocks + max(map(len, found)), equal + same
        counts = f"{len(found[0]):5} {len(found[1]):5} blocks, {same:5} equal"
        print(f"{file.name[:40]:40} {counts}   pdfminer {taken[0]:6.2f} s   PDFium {taken[1]:6.2f} s", flush=True)
        if given.show:
            _show(found, match)
    ratio = seconds[0] / seconds[1] if seconds[1] else 0.0
    print(f"{equal} of {blocks} blocks are equal; {seconds[0]:.2f} s against {seconds[1]:.2f} s: {ratio:.2f} times")


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.rglob("*.pdf")) if path.is_dir() else [path]


def _by_turns(file: Path, most: int, turns: int) -> tuple[list[list[str]], list[float]]:
    """The blocks with pdfminer and with PDFium, and the least seconds of each."""
    found: list[list[str]] = [[], []]
    taken = [float("inf"), float("inf")]
    for _ in range(turns):
        for which in (0, 1):
            start = time.process_time()
            found[which] = _read(file, most, Drawn(file) if which else None)
            taken[which] = min(taken[which], time.process_time() - start)
    return found, taken


def _read(file: Path, most: int, drawn: Drawn | None) -> list[str]:
    pages: list[Any] = []
    with pdfplumber.open(file) as pdf:
        for page in pdf.pages[:most]:
            if drawn is not None:
                drawn.read(page)
            pages.append(read_page(page))
            page.close()
    if drawn is not None:
        drawn.close()
    return [repr(block) for block in Layout(pages).blocks()]


def _show(found: list[list[str]], match: SequenceMatcher[str]) -> None:
    for kind, a, b, c, d in match.get_opcodes():
        if kind != "equal":
            print(*(f"    - {block}" for block in found[0][a:b]), sep="\n")
            print(*(f"    + {block}" for block in found[1][c:d]), sep="\n")


if __name__ == "__main__":
    main()
