"""How sections are asked for: read, found, never quoted, and no harm to sections without any."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.build import Builder
from knowledge.passages import Document, Passage
from knowledge.phrasing_index import phrasing_index
from knowledge.phrasings import Phrasing, Problem, phrasing_files, read_phrasings, starter_phrasings
from knowledge.quote import quote
from knowledge.search import search
from knowledge.store.folder import Library
from tests.support.fakes import WordEncoder

SOAKING = "How long may a kite soak in water?"
DOCUMENTS = [
    (
        Document("kite-laundry", "Washing kites"),
        [
            Passage("kite-laundry", f"Basics > {SOAKING}", "Ten minutes."),
            Passage("kite-laundry", "Drying", "In the shade."),
        ],
    )
]


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


ASKED = f"""[[section]]
heading = "{SOAKING.lower()}"
asked = ["is an overnight bath ok", "  is an   overnight bath ok ", "soggy silk"]

[[section]]
heading = "Ironing"
asked = ["hot iron"]
"""


def test_headings_are_found_whole_or_by_their_last_part_and_unknown_ones_are_named(tmp_path: Path) -> None:
    file = write(tmp_path, "kite-laundry.toml", ASKED) / "kite-laundry.toml"
    found, problems = read_phrasings([file], DOCUMENTS)
    section = f"Basics > {SOAKING}"
    assert found == [
        Phrasing("kite-laundry", section, "is an overnight bath ok"),
        Phrasing("kite-laundry", section, "soggy silk"),
    ]
    reason = "'kite-laundry' has no section with the heading 'Ironing'. Write the heading as the document has it."
    assert problems == [Problem(str(file), reason)]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("kite-laundry.toml", "[[section]\n", "cannot be read as TOML"),
        ("kite-laundry.toml", '[[section]]\nheading = "Drying"\n', "wrong at 'section.0.asked'"),
        ("kite-laundry.toml", '[[section]]\nheading = "Drying"\nasked = [""]\n', "wrong at 'section.0.asked.0'"),
        ("owls.toml", "", "There is no document 'owls'"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_reason(tmp_path: Path, name: str, text: str, said: str) -> None:
    found, (problem,) = read_phrasings(phrasing_files([write(tmp_path, name, text)]), DOCUMENTS)
    assert found == []
    assert said in problem.reason


@pytest.fixture
def asked(guidance: Path) -> Path:
    """The guidance with a folder of phrasings among it."""
    text = f'[[section]]\nheading = "{SOAKING}"\nasked = ["is an overnight bath ok for my stunter"]\n'
    write(guidance / "phrasings", "kite-laundry.toml", text)
    write(guidance / "phrasings", "owls.toml", "")
    return guidance


def test_a_section_is_found_by_words_that_it_does_not_have(library: Library, asked: Path) -> None:
    built = Builder(library, WordEncoder()).build([asked])
    question = "overnight bath for a stunter"
    first = search(library.edition(), WordEncoder(), question).hits[0]
    assert first.entry.passage.section == SOAKING
    assert quote(first) == "A cotton kite may soak for forty minutes. A silk kite may soak for ten minutes only."
    assert first.phrased == pytest.approx(0.77, abs=0.01)
    assert (built.manifest.phrasings, built.manifest.passages) == (1, 6)
    assert [source.refused for source in built.manifest.refused] == [
        "There is no document 'owls'. Name the file after one's id."
    ]


def test_phrasings_keep_their_vectors_from_edition_to_edition(library: Library, asked: Path) -> None:
    Builder(library, WordEncoder()).build([asked])
    again = WordEncoder()
    (asked / "badgers.md").write_text("# Badgers\n\n## Ledger\n\nIt is green.\n", encoding="utf-8")
    Builder(library, again).build([asked])
    assert again.encoded == 3  # the new passage, its heading trail and its own heading
    assert library.edition().phrasings.texts == ("is an overnight bath ok for my stunter",)


def test_an_edition_without_phrasings_is_searched_as_before(library: Library, guidance: Path) -> None:
    Builder(library, WordEncoder()).build([guidance])
    found = search(library.edition(), WordEncoder(), "when are badgers counted")
    assert found.hits[0].entry.passage.section == "When are badgers counted?"
    assert (found.hits[0].phrased, found.signals["phrased_first"]) == (0.0, 0.0)


def test_the_phrasings_that_come_along_name_documents_and_sections_that_exist() -> None:
    from indexer.build import starter_library
    from indexer.chunker import chunk
    from indexer.loaders import load

    loaded = [load(file) for file in sorted(starter_library().glob("*.md"))]
    documents = [(item.document, chunk(item)) for item in loaded]
    found, problems = read_phrasings(phrasing_files([starter_phrasings()]), documents)
    assert problems == []
    by_section: dict[tuple[str, str], int] = {}
    for phrasing in found:
        key = (phrasing.document, phrasing.section)
        by_section[key] = by_section.get(key, 0) + 1
    limits = ("What this does not cover, and who to ask",)
    wanted = {(p.document, p.section) for _, passages in documents for p in passages if p.section not in limits}
    few = {key: by_section.get(key, 0) for key in wanted if by_section.get(key, 0) < 5}
    assert few == {}


def test_a_phrasing_is_known_by_its_number_whatever_the_library_no_longer_holds() -> None:
    sections = [("gone", "Gone"), ("kites", "Drying"), ("kites", "Mending")]
    vectors = np.eye(3, dtype=np.float32)
    index = phrasing_index(["a", "b", "c"], vectors, sections, {("kites", "Drying"): [4, 5], ("kites", "Mending"): [6]})
    assert index.best_by_row({1: 9.0, 2: 3.0, 3: 2.0}) == {4: 3.0, 5: 3.0, 6: 2.0}
    assert index.similarities(vectors[1]) == {4: 1.0, 5: 1.0, 6: 0.0}
    assert index.covered == {4, 5, 6}
    assert list(index.of_row(5)) == ["b"]
