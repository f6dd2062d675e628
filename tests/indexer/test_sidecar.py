"""What a TOML file beside a document says of it, whatever its format."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indexer.build import Builder
from indexer.describing import write_sidecar
from indexer.gathering import Rules
from indexer.loaders import load_all
from indexer.sidecar import SidecarRefused
from indexer.sources import Defaults, FolderSource
from knowledge.manifest import Manifest
from knowledge.passages import Document, Marking, Status
from knowledge.store.folder import Library
from tests.support.fakes import WordEncoder

PAGE = "<html><title>Otters</title><h1>Otters</h1><p>Otters swim at dusk.</p></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "ours"
    made.mkdir()
    (made / "otters.html").write_text(PAGE, encoding="utf-8")
    return made


@pytest.fixture
def builder(library: Library, encoder: WordEncoder) -> Builder:
    return Builder(library, encoder)


def say(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def document(builder: Builder, folder: Path, name: str = "otters") -> Document:
    builder.build([folder])
    return builder.library.edition().documents[name]


def held(manifest: Manifest) -> dict[str, str]:
    return {Path(source.path).name: source.refused for source in manifest.refused}


@pytest.mark.parametrize("name", ["otters.html.toml", "otters.toml"])
def test_a_page_without_front_matter_gets_owner_status_and_dates(builder: Builder, folder: Path, name: str) -> None:
    say(
        folder / name,
        'owner = "Water unit"\nstatus = "in force"\nreview_by = 2099-01-20\nlaw_checked_on = "2026-10-20"\n'
        'marking = "OFFICIAL-SENSITIVE"\njurisdiction = "England and Wales"\nlink = "https://example.org/otters"\n'
        'title = "Otters in ponds"\nid = "D-Otters"\nversion = "2"\nuncertain = ["whether otters bite"]\n',
    )
    found = document(builder, folder, "d-otters")
    assert (found.owner, found.status, found.review_by) == ("Water unit", Status.IN_FORCE, date(2099, 1, 20))
    assert (found.law_checked_on, found.marking) == (date(2026, 10, 20), Marking.OFFICIAL_SENSITIVE)
    assert (found.jurisdiction, found.link) == ("England and Wales", "https://example.org/otters")
    assert (found.title, found.version, found.uncertain) == ("Otters in ponds", "2", ("whether otters bite",))
    assert builder.library.manifest().refused == ()


def test_a_table_for_a_folder_counts_for_all_and_what_is_nearer_counts_more(builder: Builder, folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep/newts.html").write_text(PAGE.replace("Otters", "Newts"), encoding="utf-8")
    say(folder / "_folder.toml", 'owner = "Water unit"\n[files."deep/newts.html"]\nstatus = "draft"\n')
    say(folder / "otters.toml", 'owner = "Otter desk"\n')
    builder.build([folder])
    held_now = builder.library.edition().documents
    assert (held_now["otters"].owner, held_now["newts"].owner) == ("Otter desk", "Water unit")
    assert held_now["newts"].status is Status.DRAFT


def test_a_changed_sidecar_counts_although_the_file_is_the_same(builder: Builder, folder: Path) -> None:
    assert document(builder, folder).owner == ""
    say(folder / "otters.toml", 'owner = "Water unit"\n')
    assert document(builder, folder).owner == "Water unit"
    (folder / "otters.toml").unlink()
    assert document(builder, folder).owner == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('ownr = "x"\n', "otters.toml says 'ownr', which is not known. Did you mean 'owner'?"),
        ('status = "in farce"\n', "otters.toml is wrong at 'status': it is none of in_force, pilot"),
        ('review_by = "soon"\n', "otters.toml is wrong at 'review_by': not a date. Write a date such as 2027-01-20."),
        ("law_checked_on = 2999-01-20\n", "otters.toml is wrong at 'law_checked_on': 2999-01-20 is still to come"),
        (
            'marking = "high"\n',
            "otters.toml is wrong at 'classification': “high” is no marking. Write OFFICIAL or",
        ),
        ('classification = "Internal"\n', "otters.toml is wrong at 'classification': “Internal” is no marking"),
        ('link = "c:/otters"\n', "otters.toml is wrong at 'link': it does not begin with https://."),
        ("owner = x\n", "otters.toml is not valid TOML ("),
    ],
)
def test_what_is_wrong_in_a_sidecar_is_named_and_holds_its_file_back(
    builder: Builder, folder: Path, guidance: Path, text: str, why: str
) -> None:
    say(folder / "otters.toml", text)
    manifest = builder.build([folder, guidance]).manifest
    assert held(manifest)["otters.html"].startswith(why)
    assert set(builder.library.edition().documents) == {"badger-counting", "kite-laundry"}


def test_a_sidecar_that_breaks_keeps_the_last_good_version(builder: Builder, folder: Path) -> None:
    builder.build([folder])
    say(folder / "otters.toml", 'ownr = "x"\n')
    (kept,) = builder.build([folder]).manifest.kept_back
    assert kept.document == "otters"


def test_a_marking_is_never_lowered_and_never_too_high(builder: Builder, folder: Path, guidance: Path) -> None:
    say(guidance / "badgers.toml", 'marking = "OFFICIAL"\n')
    say(folder / "otters.toml", 'marking = "SECRET"\n')
    manifest = builder.build([folder, guidance]).manifest
    assert builder.library.edition().documents["badger-counting"].marking is Marking.OFFICIAL_SENSITIVE
    assert held(manifest) == {"otters.html": "It is marked SECRET, above what this library may hold."}


def test_a_marking_counts_under_each_of_its_names(builder: Builder, folder: Path) -> None:
    for name in ("classification", "marking", "protective_marking", "security_classification"):
        say(folder / "otters.toml", f'{name} = "OFFICIAL-SENSITIVE"\n')
        assert document(builder, folder).marking is Marking.OFFICIAL_SENSITIVE
        say(folder / "otters.toml", "")
        assert document(builder, folder).marking is Marking.OFFICIAL


@pytest.mark.parametrize(
    ("stated", "counts"),
    [
        ('security_classification = "OFFICIAL-SENSITIVE"\nclassification = "OFFICIAL"\n', "OFFICIAL-SENSITIVE"),
        ('marking = "OFFICIAL-SENSITIVE"\nclassification = "OFFICIAL"\n', "OFFICIAL-SENSITIVE"),
        ('classification = "OFFICIAL"\nmarking = "OFFICIAL-SENSITIVE"\n', "OFFICIAL-SENSITIVE"),
        ('Marking = "OFFICIAL-SENSITIVE"\nmarking = "none"\n', "OFFICIAL-SENSITIVE"),
        ('security_classification = "SECRET"\nclassification = "OFFICIAL"\n', "SECRET"),
        ('"Security classification" = "SECRET"\nsecurity-classification = "OFFICIAL"\n', "SECRET"),
    ],
)
@pytest.mark.parametrize("name", ["otters.toml", "_folder.toml"])
def test_of_several_markings_in_a_sidecar_the_strictest_counts(
    builder: Builder, folder: Path, guidance: Path, name: str, stated: str, counts: str
) -> None:
    say(folder / name, stated)
    manifest = builder.build([folder, guidance]).manifest
    if counts == "SECRET":
        assert held(manifest) == {"otters.html": "It is marked SECRET, above what this library may hold."}
    else:
        assert builder.library.edition().documents["otters"].marking is Marking(counts)


def test_what_is_written_down_takes_the_place_of_the_same_field_under_another_name(folder: Path) -> None:
    say(folder / "otters.toml", 'classification = "OFFICIAL-SENSITIVE"\nurl = "https://example.org/a"\n')
    write_sidecar(folder / "otters.html", {"marking": "OFFICIAL", "link": "https://example.org/b"})
    assert (folder / "otters.toml").read_text(encoding="utf-8") == (
        'marking = "OFFICIAL"\nlink = "https://example.org/b"\n'
    )


def test_a_kind_of_document_in_a_sidecar_takes_no_marking_away_and_is_told(
    builder: Builder, folder: Path, guidance: Path
) -> None:
    told = (
        "otters.toml says “Policy” at 'marking', which is a kind of document and no protective marking: it counts as "
        "unmarked. Write OFFICIAL or OFFICIAL-SENSITIVE there, or delete the line."
    )
    source = FolderSource(folder, defaults=Defaults(marking=Marking.OFFICIAL_SENSITIVE))
    builder.build([source])
    say(folder / "otters.toml", 'marking = "Policy"\n')
    for _ in range(2):  # told as long as it is said, also where nothing is read again
        manifest = builder.build([source]).manifest
        assert [source.notes for source in manifest.sources if source.document == "otters"] == [(told,)]
        assert builder.library.edition().documents["otters"].marking is Marking.OFFICIAL_SENSITIVE
    say(folder / "_folder.toml", 'marking = "OFFICIAL-SENSITIVE"\n')
    assert document(builder, folder).marking is Marking.OFFICIAL_SENSITIVE
    with pytest.raises(SidecarRefused, match="“Policy” is no marking"):
        write_sidecar(folder / "otters.html", {"marking": "Policy"})


def test_what_is_marked_above_the_installations_ceiling_is_left_out(
    library: Library, encoder: WordEncoder, guidance: Path
) -> None:
    manifest = Builder(library, encoder, rules=Rules(ceiling=Marking.OFFICIAL)).build([guidance]).manifest
    assert list(library.edition().documents) == ["kite-laundry"]
    assert held(manifest)["badgers.md"].startswith("It is marked OFFICIAL-SENSITIVE, above what is shown anywhere here")


def test_what_is_for_some_only_is_not_published_to_all(builder: Builder, folder: Path, guidance: Path) -> None:
    builder.build([folder, guidance])
    say(folder / "otters.toml", 'audience = "supervisors"\n')
    manifest = builder.build([folder, guidance]).manifest
    assert "otters" not in builder.library.edition().documents
    assert held(manifest)["otters.html"] == (
        "It is for supervisors only, and PREVENTION_HUB_AUDIENCES does not say who is in: supervisors. "
        "List them there, or take the audience away."
    )


def test_what_is_for_an_audience_of_the_settings_is_published_with_it(
    builder: Builder, folder: Path, guidance: Path
) -> None:
    builder.rules = Rules(audiences=frozenset({"supervisors", "partners"}))
    say(folder / "otters.toml", 'audience = ["Partners", "supervisors"]\n')
    manifest = builder.build([folder, guidance]).manifest
    assert builder.library.edition().documents["otters"].audience == "partners, supervisors"
    (source,) = [one for one in manifest.sources if one.document == "otters"]
    assert source.audience == "partners, supervisors"
    builder.rules = Rules(audiences=frozenset({"supervisors"}))  # and nothing about the file has changed
    manifest = builder.build([folder, guidance]).manifest
    assert "otters" not in builder.library.edition().documents
    assert "does not say who is in: partners." in held(manifest)["otters.html"]


@pytest.mark.parametrize(
    ("said", "audience"),
    [
        ("", ""),
        ("everyone", ""),
        ('["police officers", "supervisors"]', ""),
        ("Supervisors ; partners", "partners, supervisors"),
        ("[supervisors]", "supervisors"),
    ],
)
def test_a_front_matter_says_whom_it_is_for(tmp_path: Path, said: str, audience: str) -> None:
    file = tmp_path / "newts.md"
    file.write_text(f"---\naudience: {said}\n---\n\n# Newts\n\nNewts are green.\n", encoding="utf-8")
    (loaded,), refused = load_all([file])
    assert (loaded.document.audience, refused) == (audience, [])


def test_an_audience_that_is_no_name_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "newts.md"
    file.write_text("---\naudience: {a: b}\n---\n\n# Newts\n\nNewts are green.\n", encoding="utf-8")
    _, (refused,) = load_all([file])
    assert "'audience' is wrong. Write one name, or a list of names." in refused.reason


def test_a_sidecar_without_a_file_is_named(builder: Builder, folder: Path) -> None:
    say(folder / "oters.toml", 'owner = "x"\n')
    say(folder / "_folder.toml", '[files."newts.html"]\nowner = "x"\n')
    passed = {Path(s.path).name: s.passed_over for s in builder.build([folder]).manifest.sources if s.passed_over}
    assert passed == {
        "oters.toml": "It describes no file here. Name it after one, such as policy.pdf.toml.",
        "_folder.toml": "It describes 'newts.html', which is not there.",
    }


def test_a_sidecar_that_may_mean_two_files_says_so(builder: Builder, folder: Path, guidance: Path) -> None:
    (folder / "otters.md").write_text("# Otters\n\nOther words.\n", encoding="utf-8")
    say(folder / "otters.toml", 'owner = "x"\n')
    why = held(builder.build([folder, guidance]).manifest)["otters.html"]
    assert why == "otters.toml may mean otters.html or otters.md. Name it otters.html.toml, for instance."


def test_a_standing_that_the_sidecar_overrules_is_told(builder: Builder, folder: Path) -> None:
    (folder / "form-2023-superseded.html").write_text(PAGE.replace("Otters", "Forms"), encoding="utf-8")
    say(folder / "form-2023-superseded.toml", 'status = "in_force"\n')
    assert document(builder, folder, "form-2023-superseded").status is Status.IN_FORCE
    (note,) = [note for source in builder.library.manifest().sources for note in source.notes]
    assert note == "Its text or name says superseded, its sidecar in_force: that counts."


def test_what_is_written_is_read_and_what_was_there_stays(builder: Builder, folder: Path) -> None:
    say(folder / "otters.toml", '# from the water unit\nowner = "Water unit"\n')
    target = write_sidecar(folder / "otters.html", {"status": "in_force", "review_by": date(2099, 1, 20)})
    assert target == folder / "otters.toml"
    assert target.read_text(encoding="utf-8").startswith("# from the water unit\n")
    found = document(builder, folder)
    assert (found.owner, found.status, found.review_by) == ("Water unit", Status.IN_FORCE, date(2099, 1, 20))


def test_nothing_wrong_is_written(folder: Path) -> None:
    with pytest.raises(SidecarRefused, match="is wrong at 'status'"):
        write_sidecar(folder / "otters.html", {"status": "in farce"})
    assert [file.name for file in folder.iterdir()] == ["otters.html"]


def test_a_folder_is_described_in_its_table(folder: Path) -> None:
    assert write_sidecar(folder, {"owner": "Water unit"}) == folder / "_folder.toml"


def test_how_people_ask_is_in_the_edition_also_where_the_file_is_not_read_again(builder: Builder, folder: Path) -> None:
    (folder / "otters.html").write_text(PAGE.replace("<p>", "<h2>When they swim</h2><p>"), encoding="utf-8")
    say(folder / "otters.toml", '[[phrasings]]\nheading = "When they swim"\nasked = ["when are otters out"]\n')
    assert [builder.build([folder]).manifest.phrasings for _ in range(2)] == [1, 1]
    say(folder / "otters.toml", '[[phrasings]]\nheading = "When they sleep"\nasked = ["when are otters out"]\n')
    manifest = builder.build([folder]).manifest
    (passed,) = [source.passed_over for source in manifest.sources if source.passed_over]
    assert (manifest.phrasings, passed) == (
        0,
        "What is asked for 'When they sleep': no section has that heading. Write it as the document has it.",
    )


@pytest.mark.parametrize(
    ("name", "meant"), [("otters.html.toml", "otters.html"), ("_folder.toml", "ours"), ("else.toml", "else")]
)
def test_what_describes_others_is_not_described_itself(folder: Path, name: str, meant: str) -> None:
    say(folder / name, 'owner = "Water unit"\n')
    with pytest.raises(SidecarRefused) as error:
        write_sidecar(folder / name, {"owner": "Kite unit"})
    assert str(error.value).startswith(f"{name} describes a file itself. Name what it describes: ")
    assert str(error.value).endswith(meant)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("a longer name.html.toml", 'owner = "Water unit"\n'),
        ("_folder.toml", '[files."a longer name.html"]\nowner = "Water unit"\n'),
    ],
)
def test_of_two_copies_the_one_that_is_described_is_taken(builder: Builder, folder: Path, file: str, text: str) -> None:
    assert document(builder, folder).owner == ""  # the one with the shorter name was there before
    (folder / "a longer name.html").write_text(PAGE, encoding="utf-8")
    say(folder / file, text)
    assert document(builder, folder, "a-longer-name").owner == "Water unit"
    copies = {Path(s.path).name: Path(s.copy_of).name for s in builder.library.manifest().sources if s.copy_of}
    assert copies == {"otters.html": "a longer name.html"}


def test_a_copy_of_what_was_taken_back_is_not_quoted(builder: Builder, folder: Path) -> None:
    (folder / "a longer name.html").write_text(PAGE, encoding="utf-8")
    say(folder / "a longer name.html.toml", 'status = "withdrawn"\n')
    (folder / "owls.md").write_text("# Owls\n\nNobody holds an owl.\n", encoding="utf-8")
    builder.build([folder])
    assert {name: one.status.value for name, one in builder.library.edition().documents.items()} == {
        "a-longer-name": "withdrawn",
        "owls": "not_stated",
    }
    notes = [note for source in builder.library.manifest().sources for note in source.notes]
    assert notes == ["It is withdrawn: listed, never quoted. That was read in a longer name.html.toml."]


@pytest.mark.parametrize(
    ("sidecar", "where"), [('owner = "Hub"\n', "the file itself"), ("review_by = 2024-05-31\n", "otters.html.toml")]
)
def test_a_review_date_that_has_passed_is_told_with_where_it_was_read(
    builder: Builder, folder: Path, sidecar: str, where: str
) -> None:
    say(folder / "otters.html", PAGE.replace("</p>", "</p><p>Valid until 31 May 2024</p>"))
    say(folder / "otters.html.toml", sidecar)
    builder.build([folder])
    assert [note for source in builder.library.manifest().sources for note in source.notes] == [
        f"It is past its review date (2024-05-31): handed over, never quoted. That was read in {where}."
    ]
