"""A build that is stopped while it encodes is taken up where it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import pytest

from indexer import chunker
from indexer.build import Builder
from indexer.keeping.resuming import FILE, Journal
from knowledge.encoder import Encoded, Span
from knowledge.store.folder import Library
from knowledge.store.writing import Row, Vector
from tests.benchmarks.build_kills import attack
from tests.support.corpus import write_corpus
from tests.support.fakes import WordEncoder

ONE, TWO = Vector(b"\1\2", b"\3\4\5\6"), Vector(b"\7\10", b"")
A, B = "a" * 24, "b" * 24


class Stopping(WordEncoder):
    """Stops, as a killed process does, once it has encoded so many passages; headings have no spans."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after

    def encode_texts(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        if self.after <= 0:
            raise KeyboardInterrupt
        self.after -= sum(map(bool, spans))
        return super().encode_texts(texts, spans)


class Noting(WordEncoder):
    """Notes how many headings are encoded at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[int] = []

    def encode_texts(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        if texts and not any(spans):
            self.headings.append(len(texts))
        return super().encode_texts(texts, spans)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with some 200 passages."""
    write_corpus(tmp_path / "corpus", 20)
    return tmp_path / "corpus"


def test_a_build_takes_over_what_a_stopped_one_encoded(library: Library, tmp_path: Path, corpus: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        Builder(library, Stopping(after=64)).build([corpus])
    assert (library.folder / FILE).is_file()
    encoder, whole = WordEncoder(), WordEncoder()
    built = Builder(library, encoder).build([corpus])
    in_one_go = Builder(Library(tmp_path / "other"), whole).build([corpus])
    assert built.resumed == 64
    assert built.manifest.embedded == in_one_go.manifest.embedded == built.manifest.passages
    assert encoder.encoded < whole.encoded - 64
    assert built.manifest.checksums == in_one_go.manifest.checksums
    assert not (library.folder / FILE).exists()


def test_headings_of_many_passages_are_encoded_together_and_each_once(library: Library, tmp_path: Path) -> None:
    write_corpus(tmp_path / "many", 60)
    encoder = Noting()
    built = Builder(library, encoder).build([tmp_path / "many"])
    own = {(row.heading, row.own_heading) for row in _rows(library)}
    assert 512 < built.manifest.passages < 1024
    assert (len(encoder.headings), sum(encoder.headings)) == (2, len({*chain(*own)} - {""}))


def _rows(library: Library) -> Iterator[Row]:
    edition = library.edition()
    for name, document in edition.documents.items():
        yield from (Row(passage, document, "", "", "") for passage in edition.document_passages(name))


def test_what_is_not_wanted_any_more_is_not_taken_over(library: Library, corpus: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        Builder(library, Stopping(after=64)).build([corpus])
    for file in sorted(corpus.rglob("*.md")):
        file.write_text(file.read_text(encoding="utf-8").replace("title: ", "title: The "), encoding="utf-8")
    built = Builder(library, WordEncoder()).build([corpus])
    assert (built.resumed, built.published) == (0, True)


def test_looking_first_encodes_nothing_twice(library: Library, guidance: Path) -> None:
    encoder = WordEncoder()
    builder = Builder(library, encoder)
    builder.build([guidance], dry_run=True)
    looked = encoder.encoded
    built = builder.build([guidance])
    assert (built.resumed, encoder.encoded) == (built.manifest.passages, looked)


def journal(library: Library, name: str = "words") -> Journal:
    library.folder.mkdir(parents=True, exist_ok=True)
    return Journal(library, WordEncoder(name), chunker.VERSION)


def read(held: Journal, *wanted: str) -> dict[str, Vector]:
    """What a journal has of these."""
    held.take_up(wanted)
    found = {digest: vector for digest in wanted if (vector := held.get(digest)) is not None}
    assert len(held) == len(found)
    held.close()
    return found


def test_what_was_written_down_is_read_again(library: Library) -> None:
    first = journal(library)
    first.add({A: ONE})
    first.add({B: TWO})
    assert (first.get(A), first.get(B), first.get("c" * 24)) == (ONE, TWO, None)
    first.close()
    assert read(journal(library), A, B) == {A: ONE, B: TWO}
    assert read(journal(library), B, "c" * 24) == {B: TWO}
    assert read(journal(library), A, B) == {B: TWO}  # what nobody wanted is forgotten


@pytest.mark.parametrize("left", [1, 2, 40])
def test_a_record_that_was_cut_off_is_left_out_and_written_over(library: Library, left: int) -> None:
    first = journal(library)
    first.add({A: ONE, B: TWO})
    first.close()
    file = library.folder / FILE
    file.write_bytes(file.read_bytes()[:-left])
    second = journal(library)
    second.take_up((A, B))
    assert [digest in second for digest in (A, B)] == [left < 40, False]
    second.add({B: TWO})
    second.close()
    assert read(journal(library), A, B) == ({A: ONE, B: TWO} if left < 40 else {B: TWO})


@pytest.mark.parametrize("name", ["other", "words"])
def test_a_journal_of_another_encoder_or_damaged_is_not_read(library: Library, name: str) -> None:
    first = journal(library)
    first.add({A: ONE})
    first.close()
    file = library.folder / FILE
    if name == "words":
        file.write_bytes(file.read_bytes()[:-1] + b"\0")
    held = journal(library, name)
    held.take_up((A,))
    assert (A in held, file.exists()) == (False, False)


def test_a_journal_that_cannot_be_written_holds_up_nothing(library: Library, guidance: Path) -> None:
    (library.folder / FILE).mkdir(parents=True)
    assert Builder(library, WordEncoder()).build([guidance]).published


def test_builds_that_are_killed_while_readers_ask(tmp_path: Path) -> None:
    tally = attack(tmp_path, kills=3, documents=6)
    assert (tally.kills, tally.resumed) == (3, 3)
    assert (tally.stuck, tally.mixed, tally.failures, tally.damaged, tally.left_over) == ([], [], [], [], [])
    assert tally.answers > 0
