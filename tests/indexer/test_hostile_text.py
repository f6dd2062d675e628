"""Text files that were made to break a reader: each is read or refused by name, and the others go on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.chunker import chunk
from indexer.loaders import Block, limits, load, load_all, sandbox


@pytest.fixture(scope="module", autouse=True)
def _no_child_is_left() -> Iterator[None]:
    yield
    sandbox.close_worker()


def _write(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_markdown_and_text_are_parsed_in_the_child(tmp_path: Path) -> None:
    sandbox.close_worker()
    loaded, refused = load_all([_write(tmp_path, "a.md", "# A\n\nOne.\n"), _write(tmp_path, "b.txt", "Two.\n")])

    assert [item.blocks[-1].text for item in loaded] == ["One.", "Two."]
    assert refused == []
    assert sandbox.worker_pid() is not None


def test_what_the_child_tells_beside_the_blocks_arrives(tmp_path: Path) -> None:
    text = "---\ntitle: Fees\n---\n\nFee.\n\n{% include 'x.md' %}\n\n14[^1] days.\n\n[^1]: Ten.\n"
    inside = load(_write(tmp_path, "a.md", text))
    outside, _ = load_all([tmp_path / "a.md"])

    assert outside == [inside]
    assert inside.notes == (
        "It takes in other files (x.md), which are not read in its place. Save the page as it is published.",
    )


@pytest.mark.parametrize(
    ("front_matter", "title", "uncertain"),
    [
        (r'title: "\uD800 odd"', "odd", ()),
        (r'title: "a\0b"', "ab", ()),
        (r"title: T" "\n" r'uncertain: ["\uDFFFdrones"]', "T", ("drones",)),
    ],
)
def test_half_characters_in_front_matter_are_dropped(
    tmp_path: Path, front_matter: str, title: str, uncertain: tuple[str, ...]
) -> None:
    loaded, refused = load_all([_write(tmp_path, "a.md", f"---\n{front_matter}\n---\nText.\n")])

    assert refused == []
    assert (loaded[0].document.title, loaded[0].document.uncertain) == (title, uncertain)


def test_a_file_name_that_is_no_utf_8_is_read_and_shown(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.md"))
    try:
        path.write_text("Text.\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only UTF-8")

    loaded, refused = load_all([path, Path(f"{path}.pdf")])

    assert [(item.document.source, item.document.title) for item in loaded] == [(f"{tmp_path}/café.md", "Café")]
    assert [str(item.path) for item in refused] == [f"{tmp_path}/café.md.pdf"]


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")

    assert [item.reason for item in load_all([tmp_path / "pipe.md"])[1]] == [
        "It is not a plain file. Put the file itself in its place."
    ]


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _write(tmp_path, "a.md", "One.\n")

    def changed(read: Path, kind: str) -> object:
        read.write_text("Two.\n", encoding="utf-8")
        return sandbox.Content((Block("paragraph", "One."),))

    monkeypatch.setattr("indexer.loaders.read_in_child", changed)

    assert [item.reason for item in load_all([path])[1]] == [
        "It changed while it was read. Build again when nobody writes to it."
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("line.md", "x" * 1_000_000),
        ("words.txt", "word " * 100_000),
        ("brackets.md", "[" * 20_000),
        ("stars.md", "*a **b " * 5_000),
        ("deep.md", "".join(f"{'  ' * depth}- x\n" for depth in range(500))),
        ("sup.html", "<p>" + "1<sup>2</sup>" * 3_000),
        ("spans.html", "<table>" + "<tr><td rowspan=9999 colspan=9999>x</td><td>y</td></tr>" * 300 + "</table>"),
    ],
)
def test_odd_text_is_cut_into_passages_of_a_bounded_size(tmp_path: Path, name: str, text: str) -> None:
    loaded, refused = load_all([_write(tmp_path, name, text)])

    assert refused == []
    assert max(len(passage.text) for passage in chunk(loaded[0])) < 8000


def test_only_the_child_limits_its_computing_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(limits, "_begun", False)  # given back afterwards: this process must never limit itself
    monkeypatch.setattr(limits, "_allow", asked.append)

    limits.allow(500)
    limits.begin()
    limits.allow(500)

    assert asked == [limits.CPU_SECONDS, limits.CPU_SECONDS + 500]


def test_the_process_that_tests_has_no_limit_of_time() -> None:
    """It had one: a test left it behind, and whole runs ended without a word a minute later."""
    import resource

    assert not limits._begun
    assert resource.getrlimit(resource.RLIMIT_CPU)[0] == resource.getrlimit(resource.RLIMIT_CPU)[1]
