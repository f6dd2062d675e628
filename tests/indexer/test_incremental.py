"""An edition that took over what had not changed is the same, value for value, as one that was built in one go."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from indexer.build import Builder
from indexer.measuring.evaluate import Expectation, codes_of, may_cite
from indexer.measuring.golden import golden_gate
from indexer.outcome import Built, Golden
from indexer.rows import rows_of
from knowledge.manifest import DATABASE, MANIFEST, VECTORS, LibraryError, Manifest, checksum
from knowledge.passages import Document, Passage
from knowledge.store.edition import Edition
from knowledge.store.folder import Library
from knowledge.store.sqlite import sqlite3
from knowledge.store.vectors import VectorIndex
from knowledge.store.writing import Row, write_database
from tests.support.corpus import document, write_corpus
from tests.support.fakes import WordEncoder

OF_THE_BUILD = {"edition", "built_at", "embedded", "kept", "added", "removed", "checksums", "golden", "why"}
"""What a manifest says of the build that made it, and not of the edition."""
Change = Callable[[list[Path]], None]


def questions(files: list[Path]) -> list[Expectation]:
    """A question for the first heading of every third document, and some that nothing answers."""
    asked = []
    for file in files[::3]:
        heading = next(line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("## "))
        asked.append(Expectation(file.stem, heading.removeprefix("## "), "answered", (file.stem,)))
    return [*asked, *(Expectation(f"none-{n}", f"what does permit {n} cost", "handed_over") for n in range(3))]


def build(library: Library, corpus: Path, asked: list[Expectation]) -> Built:
    encoder = WordEncoder()
    gate = golden_gate(encoder, asked, remembered=library.folder / "questions.npz")
    builder = Builder(library, encoder, gate)
    return builder.build([corpus], force_because="how good it is does not matter", allow_removal_because="one goes")


def contents(library: Library) -> dict[str, list[Any]]:
    """Every table of the edition that serves, full text included, and its vectors' file."""
    folder = library.path(library.current_number() or 0)
    database = sqlite3.connect(str(folder / DATABASE))
    try:
        names = database.execute("select name from sqlite_master where type = 'table' order by name").fetchall()
        tables = {name: sorted(map(repr, database.execute(f"select * from [{name}]"))) for (name,) in names}
    finally:
        database.close()
    return {**tables, VECTORS: [(folder / VECTORS).read_bytes()]}


def one_more_line(files: list[Path]) -> None:
    files[7].write_text(files[7].read_text(encoding="utf-8") + "\nOne more line in it.\n", encoding="utf-8")


def one_gone(files: list[Path]) -> None:
    files[3].unlink()


def one_new(files: list[Path]) -> None:
    (files[0].parent / "guide-00900.md").write_text(document(900), encoding="utf-8")


def another_title(files: list[Path]) -> None:
    text = files[5].read_text(encoding="utf-8")
    files[5].write_text(text.replace("title: ", "title: Another "), encoding="utf-8")


def everything_at_once(files: list[Path]) -> None:
    for change in (one_more_line, one_gone, one_new, another_title):
        change(files)


@pytest.mark.parametrize("change", [one_more_line, one_gone, one_new, another_title, everything_at_once])
def test_an_edition_built_on_another_is_the_one_built_in_one_go(tmp_path: Path, change: Change) -> None:
    corpus = tmp_path / "corpus"
    files = write_corpus(corpus, 24)
    asked = questions(files)
    growing, anew = Library(tmp_path / "growing"), Library(tmp_path / "anew")
    first = build(growing, corpus, asked)
    change(files)
    second, whole = build(growing, corpus, asked), build(anew, corpus, asked)
    assert first.manifest.kept == 0
    assert second.manifest.embedded < 40 < second.manifest.kept
    assert contents(growing) == contents(anew)
    assert second.manifest.checksums == whole.manifest.checksums
    assert second.manifest.model_dump(exclude=OF_THE_BUILD) == whole.manifest.model_dump(exclude=OF_THE_BUILD)
    # about a document that is gone the edition after it is asked too, and an edition that never had it is not
    assert whole.golden.answers.items() <= second.golden.answers.items()
    assert second.golden.answers.keys() - whole.golden.answers.keys() <= {files[3].stem}
    assert len({answer.outcome for answer in whole.golden.answers.values()}) > 1


def test_rows_are_made_of_the_documents_that_changed_and_of_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus"
    files = write_corpus(corpus, 24)
    library = Library(tmp_path / "library")
    build(library, corpus, [])
    made: list[str] = []

    def noting(documents: Sequence[tuple[Document, Sequence[Passage]]]) -> Iterator[Row]:
        made.extend(document.id for document, _ in documents)
        return rows_of(documents)

    monkeypatch.setattr("indexer.rows.rows_of", noting)
    build(library, corpus, [])
    assert made == []
    everything_at_once(files)
    build(library, corpus, [])
    assert {*made} == {files[7].stem, files[5].stem, "guide-00900"}


def test_what_did_not_change_is_held_once_for_both_editions(tmp_path: Path) -> None:
    files = write_corpus(tmp_path / "corpus", 12)
    library = Library(tmp_path / "library")
    shared: list[tuple[list[str], list[str]]] = []
    held: list[list[tuple[str, Document]]] = []

    def noting(before: Edition | None, now: Edition) -> Golden:
        held.append(list(now.documents.items()))
        if before is not None:
            documents = [name for name, one in now.documents.items() if one is before.documents[name]]
            sources = {id(source) for source in before.manifest.sources}
            shared.append((documents, [one.document for one in now.manifest.sources if id(one) in sources]))
        return Golden()

    builder = Builder(library, WordEncoder(), noting)
    builder.build([tmp_path / "corpus"])
    another_title(files)
    built = builder.build([tmp_path / "corpus"])
    same = [file.stem for file in files if file is not files[5]]
    assert shared == [(same, same)]
    with closing(Edition.open(library.path(2))) as read:
        assert list(read.documents.items()) == held[-1]  # what was held is what was written
    written = (library.path(2) / MANIFEST).read_text(encoding="utf-8")
    assert written == built.manifest.model_dump_json(indent=2) + "\n"


def test_an_edition_that_is_the_same_is_copied_and_a_damaged_one_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus"
    files = write_corpus(corpus, 12)
    library = Library(tmp_path / "library")
    first = build(library, corpus, [])
    written: list[Path] = []

    def noting(file: Path, *given: Any) -> None:
        written.append(file)
        write_database(file, *given)

    monkeypatch.setattr("indexer.build.write_database", noting)
    second = build(library, corpus, [])
    assert (second.manifest.checksums, second.manifest.index, written) == (first.manifest.checksums, "SQfp16", [])
    vectors = library.path(second.manifest.edition) / VECTORS
    whole = vectors.read_bytes()
    vectors.write_bytes(whole[:-1])
    third = build(library, corpus, [])
    assert (third.manifest.checksums, len(written)) == (first.manifest.checksums, 1)
    assert (library.path(third.manifest.edition) / VECTORS).read_bytes() == whole
    text = files[4].read_text(encoding="utf-8")
    files[4].write_text(text.replace("owner: ", "owner: Another "), encoding="utf-8")
    fourth = build(library, corpus, [])  # the same rows, and another document
    assert (fourth.manifest.checksums == first.manifest.checksums, fourth.manifest.embedded, len(written)) == (
        False,
        0,
        2,
    )


def test_an_edition_that_is_the_same_is_not_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = tmp_path / "corpus"
    asked = questions(write_corpus(corpus, 12))
    library = Library(tmp_path / "library")
    first = build(library, corpus, asked)

    def refused(*_: object) -> None:
        raise AssertionError("it was asked again")

    monkeypatch.setattr("indexer.measuring.evaluate.ask_library", lambda edition, encoder: refused)
    second = build(library, corpus, asked)
    assert second.golden.answers == first.golden.answers
    assert (second.golden.right, second.golden.right_before) == (first.golden.right, first.golden.right)
    assert (second.golden.worse, second.golden.changed) == ((), ())


@pytest.mark.parametrize("document", ["d05", "d05-sara-and-osara", "d051", "d05--x", "-d05", "d05-"])
def test_a_document_is_known_by_the_codes_that_may_cite_it(document: str) -> None:
    for code in ("d05", "d05-", "d05-sara", "d05-sara-and-osara", "d0", "", "-", "d05--x", "d05-x"):
        known = code in codes_of(document)
        assert known == may_cite(Expectation("q", "what", "answered", (code,)), document), code


@pytest.mark.parametrize("seed", range(3))
def test_a_corpus_is_the_same_for_the_same_seed(tmp_path: Path, seed: int) -> None:
    number = random.Random(seed).randrange(1000)
    assert document(number, seed) == document(number, seed) != document(number, seed + 1)
    assert write_corpus(tmp_path, 3)[2].read_text(encoding="utf-8") == document(2)


def unreadable(folder: Path) -> None:
    """Make an edition's vectors a file that this FAISS cannot read, under the right checksum: of another version."""
    (folder / VECTORS).write_bytes(b"of another FAISS")
    manifest = Manifest.read(folder)
    sums = {**manifest.checksums, VECTORS: checksum(folder / VECTORS)}
    (folder / "manifest.json").write_text(manifest.model_copy(update={"checksums": sums}).model_dump_json(), "utf-8")


@pytest.mark.parametrize("damage", [unreadable, lambda folder: (folder / VECTORS).unlink()])
def test_an_edition_whose_vectors_are_gone_or_unreadable_is_not_copied(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    corpus = tmp_path / "corpus"
    write_corpus(corpus, 4)
    library = Library(tmp_path / "library")
    first = build(library, corpus, [])
    whole = (library.path(1) / VECTORS).read_bytes()
    library.close()
    damage(library.path(1))
    library = Library(tmp_path / "library")
    second = build(library, corpus, [])
    assert (second.published, second.manifest.checksums) == (True, first.manifest.checksums)
    assert (library.path(2) / VECTORS).read_bytes() == whole


def test_vectors_that_cannot_be_read_at_the_first_question_come_from_the_database(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    corpus = tmp_path / "corpus"
    write_corpus(corpus, 4)
    library = Library(tmp_path / "library")
    build(library, corpus, [])
    vector = WordEncoder().encode_question("badgers at dusk")
    right = library.edition().nearest(vector, 5)
    library.close()
    unreadable(library.path(1))
    edition = Library(tmp_path / "library").edition()
    assert edition.nearest(vector, 5) == right
    assert edition.nearest(vector, 5) == right
    assert "cannot be read as a FAISS index" in caplog.text
    alone = VectorIndex.load(library.path(1) / VECTORS)
    for _ in range(2):  # told each time, and never as a closed file
        with pytest.raises(LibraryError, match="cannot be read as a FAISS index"):
            alone.nearest(vector, 5)
