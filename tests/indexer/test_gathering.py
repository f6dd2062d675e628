"""Ids, copies, versions: what a stranger's folder holds becomes documents that can be told apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indexer.build import Builder
from indexer.gathering.piece import Piece
from indexer.gathering.versions import Version, family_names, version_of
from knowledge.manifest import Manifest
from knowledge.passages import Document, Passage, Status
from knowledge.store.folder import Library
from tests.support.fakes import WordEncoder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "ours"
    made.mkdir()
    return made


@pytest.fixture
def builder(library: Library, encoder: WordEncoder) -> Builder:
    return Builder(library, encoder)


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def names(manifest: Manifest) -> dict[str, str]:
    return {Path(source.path).name: source.document for source in manifest.sources if source.document}


def by_path(folder: Path, manifest: Manifest) -> dict[str, str]:
    return {
        str(Path(source.path).relative_to(folder)): source.document for source in manifest.sources if source.document
    }


# ids


def test_files_of_one_name_are_called_after_their_folders(builder: Builder, folder: Path) -> None:
    write(folder, **{"moles/index.md": "# Moles\n\nMoles dig.\n", "otters/index.md": "# Otters\n\nOtters swim.\n"})
    manifest = builder.build([folder]).manifest
    assert by_path(folder, manifest) == {"moles/index.md": "moles-index", "otters/index.md": "otters-index"}
    assert manifest.refused == ()


def test_a_document_keeps_its_id_when_another_of_its_name_comes(builder: Builder, folder: Path) -> None:
    write(folder, **{"moles/index.md": "# Moles\n\nMoles dig.\n"})
    builder.build([folder])
    write(folder, **{"otters/index.md": "# Otters\n\nOtters swim.\n", "index.md": "# All\n\nAll animals.\n"})
    assert by_path(folder, builder.build([folder]).manifest) == {
        "moles/index.md": "index",
        "otters/index.md": "otters-index",
        "index.md": f"index-{_short('index.md')}",
    }


def _short(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()[:6]


def test_names_without_latin_letters_are_told_apart(builder: Builder, folder: Path) -> None:
    write(folder, **{"правила.md": "# Lions\n\nStone lions.\n", "नियम.md": "# Doors\n\nGlass doors.\n"})
    first = names(builder.build([folder]).manifest)
    assert first == {"правила.md": f"document-{_short('правила.md')}", "नियम.md": f"document-{_short('नियम.md')}"}
    (folder / "правила.md").unlink()
    assert names(builder.build([folder]).manifest) == {"नियम.md": first["नियम.md"]}


def test_odd_names_are_all_read(builder: Builder, folder: Path) -> None:
    odd = ["cafe\u0301 rules.md", "Café rules.md", "🚓 patrol.md", "two\nlines.md", 'it\'s a "policy".md', "-rf.md"]
    write(folder, **{name: f"# Title {number}\n\nRule {number}.\n" for number, name in enumerate(odd)})
    manifest = builder.build([folder]).manifest
    assert (manifest.documents, manifest.refused) == (6, ())


def test_two_files_that_state_one_id_are_a_mistake(builder: Builder, folder: Path) -> None:
    write(folder, **{"a/kite.md": "---\nid: kite\n---\n\nOne.\n", "b/kite.md": "---\nid: kite\n---\n\nTwo.\n"})
    (held,) = builder.build([folder]).manifest.refused
    assert held.refused == f"It has the id 'kite', which {folder}/a/kite.md has already. Give one of them another id."


# copies


def test_the_same_file_under_three_names_is_read_once_and_the_others_are_named(builder: Builder, folder: Path) -> None:
    text = "# Balloons\n\nA balloon flies no higher than sixty metres.\n"
    write(folder, **{"balloons.md": text, "balloons (1).md": text, "Copy of balloons.md": text})
    manifest = builder.build([folder]).manifest
    assert names(manifest) == {"balloons.md": "balloons"}
    copies = {Path(s.path).name: Path(s.copy_of).name for s in manifest.sources if s.copy_of}
    assert copies == {"balloons (1).md": "balloons.md", "Copy of balloons.md": "balloons.md"}


def test_the_same_text_in_another_format_is_a_copy(builder: Builder, folder: Path) -> None:
    write(folder, **{"balloons.md": "# Balloons\n\nSixty  metres.\n"})
    write(folder, **{"balloons.html": "<html><title>Balloons</title><h1>Balloons</h1><p>Sixty metres.</p></html>"})
    manifest = builder.build([folder]).manifest
    assert [Path(source.path).suffix for source in manifest.sources if source.copy_of] == [".html"]


def test_short_pages_with_the_same_words_and_other_titles_are_no_copies(builder: Builder, folder: Path) -> None:
    write(folder, **{"a.md": "# Moles\n\nAsk the hub.\n", "b.md": "# Otters\n\nAsk the hub.\n"})
    assert names(builder.build([folder]).manifest) == {"a.md": "a", "b.md": "b"}


# versions

OLD = "# Rickshaw stands policy\n\nVersion 1.2, June 2019\n\nA rickshaw may wait on the stand for twelve minutes.\n"
NEW = "# Rickshaw stands policy\n\nVersion 3.0, May 2026\n\nA rickshaw may wait on the stand for twenty minutes.\n"


def test_of_two_versions_the_newer_one_is_current_and_names_the_other(builder: Builder, folder: Path) -> None:
    write(folder, **{"stands-v1.2-2019.md": OLD, "stands-v3.0-2026.md": NEW})
    builder.build([folder])
    held = builder.library.edition().documents
    assert held["stands-v1-2-2019"].status is Status.SUPERSEDED
    newer = held["stands-v3-0-2026"]
    assert (newer.status, newer.version, newer.replaces) == (Status.NOT_STATED, "3.0, May 2026", ("stands-v1-2-2019",))
    (note,) = [note for source in builder.library.manifest().sources for note in source.notes]
    assert note == (
        "It is an earlier version (1.2, June 2019) of “Rickshaw stands policy” "
        f"(3.0, May 2026, {folder}/stands-v3.0-2026.md): listed, never quoted."
    )


def test_the_earlier_version_is_current_again_when_the_newer_one_goes(builder: Builder, folder: Path) -> None:
    write(folder, **{"stands-v1.2-2019.md": OLD, "stands-v3.0-2026.md": NEW})
    builder.build([folder])
    (folder / "stands-v3.0-2026.md").unlink()
    builder.build([folder])
    assert builder.library.edition().documents["stands-v1-2-2019"].status.is_current


def test_a_version_that_states_its_standing_keeps_it_and_the_admin_is_told(builder: Builder, folder: Path) -> None:
    write(folder, **{"stands-v1.md": f"---\nstatus: in_force\n---\n{OLD}", "stands-v3.md": NEW})
    manifest = builder.build([folder]).manifest
    assert all(document.status.is_current for document in builder.library.edition().documents.values())
    (note,) = [note for source in manifest.sources for note in source.notes]
    assert note.endswith("both are quoted. Set its status to superseded, or take it out.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Theft Act 1968", "Theft Act 1978"),
        ("Sexual Offences Act 1956: guide", "Sexual Offences Act 2003: guide"),
        ("Section 136", "Section 137"),
        ("Custody part 1", "Custody part 2"),
    ],
)
def test_other_laws_sections_and_parts_are_no_versions(builder: Builder, folder: Path, one: str, other: str) -> None:
    for title in (one, other):
        name = f"{title.lower().replace(' ', '-').replace(':', '')}.md"
        write(folder, **{name: f"# {title}\n\nThe words of both are the same, but for {title}.\n"})
    builder.build([folder])
    assert all(document.status.is_current for document in builder.library.edition().documents.values())


def test_documents_of_one_title_about_other_things_are_no_versions(builder: Builder, folder: Path) -> None:
    write(
        folder,
        **{
            "a/plan-2019.md": "# Annual plan 2019\n\nHedgehogs cross lanes near orchards every autumn.\n",
            "b/plan-2026.md": "# Annual plan 2026\n\nComputers need passwords which nobody shares.\n",
        },
    )
    builder.build([folder])
    assert all(document.status.is_current for document in builder.library.edition().documents.values())


def piece(name: str, title: str, text: str = "") -> Piece:
    passages = (Passage("d", "", text),) if text else ()
    return Piece(f"/ours/{name}", "/ours", Document("d", title), passages, "", "")


@pytest.mark.parametrize(
    ("name", "title", "text", "number", "day"),
    [
        ("policy-v1.2.md", "Policy", "", (1, 2), ()),
        ("policy_V3_final.docx", "Policy", "", (3,), ()),
        ("policy.md", "Policy version 2.10", "", (2, 10), ()),
        ("policy-2026-05-01.pdf", "Policy", "", (), (2026, 5, 1)),
        ("policy.md", "Policy", "Version 4, 12 June 2019. Owner: custody.", (4,), (2019, 6)),
        ("policy.md", "Policy", "In June 2019 a fox was seen.", (), ()),
        ("guide-2024.md", "Police Act 1997: guide 2024", "", (), (2024,)),
        ("theft-act-1968.md", "Theft Act 1968", "", (), ()),
    ],
)
def test_versions_are_read_from_name_title_and_first_lines(
    name: str, title: str, text: str, number: tuple[int, ...], day: tuple[int, ...]
) -> None:
    assert version_of(piece(name, title, text)) == Version(number, day)


def test_a_version_that_contradicts_its_date_is_not_decided() -> None:
    assert Version((1, 2), (2019,)).is_before(Version((3,), (2026, 5))) is True
    assert Version((1,), (2026,)).is_before(Version((2,), (2019,))) is None
    assert Version((), (2026,)).is_before(Version((), (2026, 5))) is None
    assert Version((1,)).is_before(Version((), (2019,))) is None


def test_a_family_is_known_by_title_and_by_name_in_one_folder() -> None:
    assert family_names(piece("stands-v1.2-2019.md", "Rickshaw stands policy v1.2")) == [
        "title rickshaw stands policy",
        "/ours stands",
    ]


# only what changed is read


def test_an_unchanged_file_is_not_read_again(builder: Builder, guidance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from indexer.gathering import reading

    builder.build([guidance])
    read: list[str] = []
    real = reading.load_all

    def noted(paths: list[Path], **how: str) -> object:
        read.extend(path.name for path in paths)
        return real(paths, **how)

    monkeypatch.setattr(reading, "load_all", noted)
    (guidance / "badgers.md").write_text("# Badgers\n\nNothing is known.\n", encoding="utf-8")
    built = builder.build([guidance])
    assert read == ["badgers.md"]
    assert built.manifest.embedded == 1
    document = builder.library.edition().documents["kite-laundry"]
    assert (document.owner, document.review_by) == ("Kite hub", date(2099, 1, 20))
    assert document.uncertain == ("whether purple detergent is allowed on silk kites",)
    builder.build([guidance])
    assert read == ["badgers.md"]


def test_new_code_reads_everything_again(builder: Builder, guidance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builder.build([guidance])
    inputs = {source.inputs for source in builder.library.manifest().sources}
    monkeypatch.setattr("indexer.gathering.piece.made_by", lambda: "another version")
    builder.build([guidance])
    assert inputs.isdisjoint({source.inputs for source in builder.library.manifest().sources})
