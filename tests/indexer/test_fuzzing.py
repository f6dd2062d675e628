"""Broken files of every format: the library's own refusals alone come out, and passages are the file's own words.

`python -m tests.benchmarks.fuzz_readers` does it for as long as one likes, with each file in the child process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.loaders import Block, Loaded, LoadRefused, load, sandbox
from knowledge.passages import Document
from tests.benchmarks.fuzz_readers import main
from tests.benchmarks.fuzzing import holding
from tests.benchmarks.fuzzing.mutating import mutated
from tests.benchmarks.fuzzing.seeds import seeds

COUNTED = re.compile(r"(\.\w+): (\d+) files, (\d+) read, (\d+) refused by name")
LINES = st.text(st.sampled_from("Aa9.:!? \t-–|•\u00a0\u200b\u2028é🚓"), min_size=1, max_size=60)
BLOCKS = st.builds(
    Block,
    st.sampled_from(["heading", "paragraph", "list", "table", "code"]),
    st.one_of(
        st.lists(LINES, min_size=1, max_size=6).map("\n".join),
        st.integers(1, 900).map(lambda count: "word " * count + "end."),
        st.integers(900, 4000).map(lambda count: f"{'word ' * 700}{'abcdefgh' * (count // 8)} ends."),
        st.integers(1, 300).map(lambda count: "\n".join(f"{'  ' * (n % 4)}- item {n} is one" for n in range(count))),
        st.integers(1, 200).map(lambda count: "\n".join(f"cell {n} | cell | cell" for n in range(count))),
    ).filter(str.strip),
    st.integers(0, 6),
    st.one_of(st.none(), st.integers(1, 9)),
)


@pytest.fixture(scope="module", autouse=True)
def _no_child_is_left() -> Iterator[None]:
    yield
    sandbox.close_worker()


@given(st.lists(BLOCKS, max_size=12))
def test_passages_are_the_words_of_the_blocks_and_hold_all_of_them(blocks: list[Block]) -> None:
    cleaned = [Block(one.kind, one.text.strip("\n "), one.level, one.page) for one in blocks]
    holding.check(Loaded(Document("a", "A"), tuple(one for one in cleaned if one.text), "digest"))


def test_every_file_that_is_broken_on_purpose_is_read_while_it_is_whole(tmp_path: Path) -> None:
    for file in seeds(tmp_path):
        outcome = holding.look(file)
        assert (file.name, outcome.refused) == (file.name, "")
        assert outcome.passages > 0 or file.suffix == ".zip"


@pytest.mark.parametrize("kind", [".md", ".html", ".csv", ".txt", ".eml", ".docx", ".odt"])
def test_a_broken_file_is_refused_by_name_or_read_as_it_is(tmp_path: Path, kind: str) -> None:
    (seed,) = [one for one in seeds(tmp_path / "seeds") if one.suffix == kind]
    file, read = tmp_path / f"broken{kind}", 0
    for number in range(40):
        file.write_bytes(mutated(seed.read_bytes(), Random(number)))
        try:
            loaded = load(file)
        except LoadRefused:
            continue
        holding.check(loaded)
        read += 1
    assert read > 5


def test_what_a_file_does_not_say_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "chunk", lambda loaded: [])
    with pytest.raises(holding.Finding, match="words of a paragraph are in no passage"):
        holding.check(Loaded(Document("a", "A"), (Block("paragraph", "Said once."),), "digest"))
    monkeypatch.undo()
    loaded = Loaded(Document("a", "A"), (Block("paragraph", "Said once."),), "digest")
    (passage,) = holding.chunk(loaded)
    monkeypatch.setattr(holding, "chunk", lambda _: [type(passage)("a", "", "Said twice.", None, 0)])
    with pytest.raises(holding.Finding, match="says what the file does not"):
        holding.check(loaded)


def test_the_run_counts_what_it_read_and_what_it_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--seconds", "0.5", "--seed", "3"]) == 0
    told = capsys.readouterr().out
    counted = {kind: (int(files), int(read) + int(refused)) for kind, files, read, refused in COUNTED.findall(told)}
    assert counted
    assert [kind for kind, (files, dealt_with) in counted.items() if not files or files != dealt_with] == []
    assert "0 findings" in told
