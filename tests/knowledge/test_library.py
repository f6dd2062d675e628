"""Editions: published whole, noticed at the next question, rolled back, and never half read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.build import Builder, BuildRefused
from knowledge.language.words import _Stemmer, stems_in
from knowledge.manifest import LibraryError
from knowledge.search import search
from knowledge.store import edition as edition_module
from knowledge.store.edition import Edition
from knowledge.store.folder import Library, NoEdition
from knowledge.store.sections import Sections
from tests.support.fakes import WordEncoder

Publish = Callable[[Path], Library]


def test_an_empty_library_says_what_to_run(library: Library) -> None:
    with pytest.raises(NoEdition, match="prevention-hub index build"):
        library.edition()


def test_an_edition_holds_documents_and_passages(publish: Publish, guidance: Path) -> None:
    edition = publish(guidance).edition()
    assert edition.number == 1
    assert [(d.id, d.title, d.marking.value) for d in edition.documents.values()] == [
        ("badger-counting", "Counting badgers", "OFFICIAL-SENSITIVE"),
        ("kite-laundry", "Washing kites", "OFFICIAL"),
    ]
    texts = edition.section_texts("kite-laundry", "How do I dry a kite?")
    assert texts == ["1. Shake it.\n2. Hang it in the shade.\n3. Turn it every hour."]


def test_a_new_edition_is_noticed_and_keeps_what_has_not_changed(
    publish: Publish, guidance: Path, encoder: WordEncoder
) -> None:
    library = publish(guidance)
    first = library.edition()
    encoder.encoded = 0
    (guidance / "owls.md").write_text("# Owls\n\nOwls are left alone.\n", encoding="utf-8")
    publish(guidance)
    second = library.edition()
    assert (first.number, second.number) == (1, 2)
    assert (second.manifest.embedded, second.manifest.kept) == (1, 6)
    assert encoder.encoded == 2  # the passage, and its heading
    assert search(second, encoder, "owls alone").hits[0].entry.document.title == "Owls"


def test_what_another_program_changes_is_taken_up_at_the_next_call(
    publish: Publish, guidance: Path, encoder: WordEncoder
) -> None:
    serving = publish(guidance)
    assert serving.edition().number == 1
    (guidance / "owls.md").write_text("# Owls\n\nOwls are left alone.\n", encoding="utf-8")
    other = Library(serving.folder)
    Builder(other, encoder).build([guidance])
    assert serving.edition().number == 2
    other.point_at(1)
    first = serving.edition()
    assert first.number == 1
    (serving.path(1) / "library.db").touch()  # copied anew, say
    assert serving.edition() is serving.edition() is not first


def test_entries_are_the_same_whether_they_are_remembered_or_not(
    publish: Publish, guidance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = publish(guidance).edition()
    rows = range(1, edition.manifest.passages + 1)
    read = {row: edition.entries([row])[0].key for row in rows}
    assert [entry.key for entry in edition.entries([3, 1, 99, 1])] == [read[3], read[1], read[1]]
    monkeypatch.setattr(edition_module, "REMEMBERED", 2)
    for row in (*rows, *rows):
        assert [entry.key for entry in edition.entries([row, 1])] == [read[row], read[1]]
        assert len(edition._known) <= 3  # as many as are remembered, and those of the last call


def test_a_removed_document_is_gone_from_answers(publish: Publish, guidance: Path, encoder: WordEncoder) -> None:
    publish(guidance)
    (guidance / "badgers.md").unlink()
    edition = publish(guidance).edition()
    assert list(edition.documents) == ["kite-laundry"]
    assert {hit.entry.document.id for hit in search(edition, encoder, "badgers at dusk").hits} == {"kite-laundry"}


def test_texts_of_the_edition_before_are_not_remembered(publish: Publish, guidance: Path, encoder: WordEncoder) -> None:
    search(publish(guidance).edition(), encoder, "badgers at dusk")
    assert stems_in.cache_info().currsize > 0
    assert "badgers" in _Stemmer.shared()._known
    (guidance / "badgers.md").unlink()
    publish(guidance).edition()
    assert stems_in.cache_info().currsize == 0
    assert _Stemmer.shared()._known == {}


def test_nobody_writes_in_what_an_edition_remembers(publish: Publish, guidance: Path) -> None:
    (entry,) = publish(guidance).edition().entries([1])
    with pytest.raises(ValueError, match="read-only"):
        entry.parts[0] = 0.0


def test_rolling_back_serves_the_older_edition(publish: Publish, guidance: Path) -> None:
    publish(guidance)
    (guidance / "owls.md").write_text("# Owls\n\nOwls are left alone.\n", encoding="utf-8")
    library = publish(guidance)
    assert library.edition().number == 2
    library.point_at(1)
    assert library.edition().number == 1
    assert publish(guidance).edition().number == 3


def test_a_missing_edition_is_refused_by_number(publish: Publish, guidance: Path) -> None:
    with pytest.raises(LibraryError, match=r"There is no edition 7\. Editions here: 1\."):
        publish(guidance).point_at(7)


@pytest.mark.parametrize("damage", ["truncate", "flip"])
def test_a_damaged_vector_file_is_made_again_from_the_database(
    publish: Publish, guidance: Path, encoder: WordEncoder, damage: str
) -> None:
    publish(guidance).close()
    file = guidance.parent / "library/editions/0001/vectors.faiss"
    data = file.read_bytes()
    file.write_bytes(data[:100] if damage == "truncate" else data[:-1] + bytes([data[-1] ^ 1]))
    edition = Library(guidance.parent / "library").edition()
    assert edition.trouble == (
        "Edition 1 is damaged: vectors.faiss is not the file that was published. "
        "Run: prevention-hub index rollback, or prevention-hub index build"
    )
    assert search(edition, encoder, "badgers at dusk").hits[0].entry.document.id == "badger-counting"
    edition.close()


@pytest.mark.parametrize("what", ["library.db", "manifest.json"])
def test_the_old_edition_is_served_when_the_new_one_is_damaged(publish: Publish, guidance: Path, what: str) -> None:
    publish(guidance)
    (guidance / "owls.md").write_text("# Owls\n\nOwls are left alone.\n", encoding="utf-8")
    publish(guidance).close()
    (guidance.parent / "library/editions/0002" / what).write_bytes(b"half")
    library = Library(guidance.parent / "library")
    edition = library.edition()
    assert edition.number == 1
    assert edition.trouble.endswith(". Meanwhile edition 1 is served.")
    library.close()


def test_a_manifest_with_a_wrong_checksum_is_named(publish: Publish, guidance: Path) -> None:
    publish(guidance).close()
    file = guidance.parent / "library/editions/0001/manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    manifest["checksums"]["library.db"] = "0" * 64
    file.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(LibraryError, match=r"Edition 1 is damaged: library\.db is not the file that was published"):
        Library(guidance.parent / "library").edition()


def test_a_damaged_library_is_mended_by_building(publish: Publish, guidance: Path) -> None:
    publish(guidance).close()
    (guidance.parent / "library/editions/0001/library.db").write_bytes(b"half")
    library = publish(guidance)
    assert library.edition().number == 2
    assert library.edition().trouble == ""


def test_two_builds_at_once_the_second_is_told(library: Library, guidance: Path, encoder: WordEncoder) -> None:
    inner: list[str] = []

    def second_build(done: int, total: int) -> None:
        if not inner:
            with pytest.raises(BuildRefused) as refused:
                Builder(library, encoder).build([guidance])
            inner.append(str(refused.value))

    Builder(library, encoder, on_embed=second_build).build([guidance])
    assert inner == ["Another build of this library is running. Wait for it to end, then run this again."]
    assert library.edition().number == 1


def test_a_build_that_dies_leaves_the_old_edition_and_no_rubbish(
    publish: Publish, guidance: Path, library: Library, encoder: WordEncoder
) -> None:
    publish(guidance)
    (guidance / "owls.md").write_text("# Owls\n\nOwls are left alone.\n", encoding="utf-8")

    def die(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Builder(library, encoder, on_embed=die).build([guidance])
    assert library.edition().number == 1
    assert sorted(entry.name for entry in library.editions.iterdir()) == ["0001"]


def test_an_unwritable_folder_is_named_with_the_remedy(tmp_path: Path, guidance: Path, encoder: WordEncoder) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(BuildRefused, match=r"cannot be written\. Name another folder with --data"):
        Builder(Library(tmp_path / "file" / "library"), encoder).build([guidance])


def test_files_that_cannot_be_read_are_named_and_the_rest_is_published(publish: Publish, guidance: Path) -> None:
    (guidance / "figures.xlsx").write_bytes(b"PK")
    (guidance / "broken.md").write_text("---\nreview_by: tomorrow\n---\n\nText.\n", encoding="utf-8")
    manifest = publish(guidance).manifest()
    assert {Path(source.path).name: source.refused for source in manifest.refused} == {
        "broken.md": "The front matter field 'review_by' is wrong. Write a date such as 2027-01-20.",
        "figures.xlsx": "It is not an XLSX file, whatever its name says. Save it again as XLSX.",
    }
    assert manifest.documents == 2


def test_nothing_readable_publishes_nothing(tmp_path: Path, library: Library, encoder: WordEncoder) -> None:
    folder = tmp_path / "only-bad"
    folder.mkdir()
    (folder / "figures.xlsx").write_bytes(b"PK")
    with pytest.raises(BuildRefused, match="no file could be read"):
        Builder(library, encoder).build([folder])
    assert library.numbers() == []


def test_two_documents_of_one_id_are_not_mixed(publish: Publish, guidance: Path) -> None:
    (guidance / "other.md").write_text("---\nid: kite-laundry\n---\n\nOther text.\n", encoding="utf-8")
    refused = publish(guidance).manifest().refused
    assert [Path(source.path).name for source in refused] == ["other.md"]
    assert refused[0].refused.startswith("It has the id 'kite-laundry', which ")


def test_superseded_documents_are_listed_and_never_found(
    publish: Publish, guidance: Path, encoder: WordEncoder
) -> None:
    (guidance / "form-2023-superseded.md").write_text("# Newt form\n\nNewts use form 9.\n", encoding="utf-8")
    edition = publish(guidance).edition()
    assert edition.documents["form-2023-superseded"].status.value == "superseded"
    assert all(hit.entry.document.id != "form-2023-superseded" for hit in search(edition, encoder, "newts form 9").hits)


def test_another_encoder_embeds_everything_anew(publish: Publish, guidance: Path, library: Library) -> None:
    publish(guidance)
    Builder(library, WordEncoder("other")).build([guidance])
    assert library.manifest().kept == 0


def test_closing_an_edition_gives_its_files_back(publish: Publish, guidance: Path) -> None:
    publish(guidance).close()
    edition = Edition.open(guidance.parent / "library/editions/0001")
    edition.close()
    assert edition.number == 1


def test_a_section_is_known_by_each_of_its_rows() -> None:
    rows = [
        (1, "owls", "", 1), (2, "owls", "Sounds", 1), (3, "owls", "", 1), (5, "owls", "", 0),
        (4, "voles", "", 0), (6, "voles", "Sounds", 1),
    ]  # fmt: skip
    sections = Sections(iter(rows), 6)
    beside = {row: sections.beside(row) for row in range(1, 7)}
    # a topic that is uncertain belongs to what its document says above the first heading, and is no part of it
    assert beside == {1: [1, 3], 2: [2], 3: [1, 3], 4: [], 5: [1, 3], 6: [6]}
