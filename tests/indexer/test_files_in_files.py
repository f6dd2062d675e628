"""Messages and archives: what they say is read, what they hold becomes documents of their own."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from indexer.build import Builder
from indexer.loaders import LoadRefused, load, sandbox
from indexer.loaders.archives import unpack as unpacking
from indexer.loaders.archives.unpack import unpack
from knowledge.manifest import Manifest
from knowledge.passages import Marking
from knowledge.store.folder import Library
from tests.support.fakes import WordEncoder
from tests.support.outlook import outlook_message

DOGS = "# Dogs\n\nA warden holds a stray dog for seven days.\n"
CATS = "# Cats\n\nNobody holds a cat.\n"


@pytest.fixture(scope="module", autouse=True)
def _no_child_is_left() -> Iterator[None]:
    yield
    sandbox.close_worker()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "ours"
    made.mkdir()
    return made


@pytest.fixture
def builder(library: Library, encoder: WordEncoder) -> Builder:
    return Builder(library, encoder)


def a_zip(path: Path, **files: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def a_message(path: Path, subject: str, text: str, **attached: bytes) -> Path:
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = subject, "a@example.com", "Mon, 2 Nov 2026 09:00:00 +0000"
    message.set_content(text)
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    path.write_bytes(bytes(message))
    return path


def documents(folder: Path, manifest: Manifest) -> dict[str, str]:
    """Path below the folder to the document's id."""
    below = f"{folder}/"
    return {source.path.removeprefix(below): source.document for source in manifest.sources if source.document}


def said(folder: Path, manifest: Manifest) -> dict[str, str]:
    """Path below the folder to why nothing of it is in the edition."""
    below = f"{folder}/"
    return {
        source.path.removeprefix(below): source.refused or source.passed_over
        for source in manifest.sources
        if not source.document
    }


# messages


def test_a_message_is_read_under_its_subject(tmp_path: Path) -> None:
    loaded = load(a_message(tmp_path / "a.eml", "New rule on dogs", "A warden holds a dog.\n\nNever the owner.\n"))
    assert loaded.document.title == "New rule on dogs"
    assert [block.text for block in loaded.blocks] == ["A warden holds a dog.", "Never the owner."]


def test_a_message_with_a_page_is_read_as_the_page(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "Dogs"
    message.set_content("plain words")
    message.add_alternative("<p>A warden holds a <b>dog</b>: £25.</p><ul><li>Ring first</li></ul>", subtype="html")
    file = tmp_path / "a.eml"
    file.write_bytes(bytes(message))
    assert [(block.kind, block.text) for block in load(file).blocks] == [
        ("paragraph", "A warden holds a dog: £25."),
        ("list", "- Ring first"),
    ]


def test_an_encrypted_message_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    file.write_text("Subject: x\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIIB\n")
    with pytest.raises(LoadRefused, match="It is an encrypted message"):
        load(file)


def test_what_is_no_message_is_refused_by_name(tmp_path: Path) -> None:
    for name, start in (("a.eml", "It is not a saved message"), ("a.msg", "It is not an Outlook message")):
        file = tmp_path / name
        file.write_text("Just words.\n", encoding="utf-8")
        with pytest.raises(LoadRefused, match=start):
            load(file)


def test_an_outlook_message_is_read_with_what_is_attached(builder: Builder, folder: Path) -> None:
    (folder / "dogs.msg").write_bytes(
        outlook_message("Dogs: new rule", "A warden holds a dog.\r\n\r\nNever the owner.", {"cats.md": CATS.encode()})
    )
    manifest = builder.build([folder]).manifest
    assert documents(folder, manifest) == {"dogs.msg": "dogs", "dogs.msg/cats.md": "cats"}
    loaded = load(folder / "dogs.msg")
    assert loaded.document.title == "Dogs: new rule"
    assert [block.text for block in loaded.blocks] == ["A warden holds a dog.", "Never the owner."]


def test_what_is_attached_to_a_message_are_documents_of_their_own(builder: Builder, folder: Path) -> None:
    a_message(folder / "mail.eml", "Read this", "Two files.", **{"dogs.md": DOGS.encode(), "../cats.md": CATS.encode()})
    manifest = builder.build([folder]).manifest
    assert documents(folder, manifest) == {"mail.eml": "mail", "mail.eml/dogs.md": "dogs", "mail.eml/cats.md": "cats"}


# archives


def test_the_files_of_an_archive_are_documents_of_their_own(builder: Builder, library: Library, folder: Path) -> None:
    a_zip(folder / "calls.zip", **{"animals/dogs.md": DOGS, "cats.md": CATS, "__MACOSX/._cats.md": b"x"})
    manifest = builder.build([folder]).manifest
    assert documents(folder, manifest) == {"calls.zip/animals/dogs.md": "dogs", "calls.zip/cats.md": "cats"}
    assert said(folder, manifest) == {"calls.zip": "Its 2 files are documents of their own."}
    assert library.edition().documents["dogs"].source == f"{folder}/calls.zip/animals/dogs.md"


def test_what_is_said_of_an_archive_holds_for_what_is_in_it(builder: Builder, library: Library, folder: Path) -> None:
    a_zip(folder / "calls.zip", **{"dogs.md": DOGS, "dogs.md.toml": 'owner = "Kennel"\n', "cats.md": CATS})
    (folder / "calls.zip.toml").write_text(
        'owner = "Registry"\nmarking = "OFFICIAL-SENSITIVE"\ntitle = "All calls"\n', encoding="utf-8"
    )
    builder.build([folder])
    told = {d.id: (d.title, d.owner, d.marking) for d in library.edition().documents.values()}
    assert told == {
        "dogs": ("Dogs", "Kennel", Marking.OFFICIAL_SENSITIVE),
        "cats": ("Cats", "Registry", Marking.OFFICIAL_SENSITIVE),
    }


def test_nothing_of_an_unchanged_archive_is_read_again(builder: Builder, folder: Path) -> None:
    a_zip(folder / "calls.zip", **{"dogs.md": DOGS, "cats.md": CATS})
    builder.build([folder])
    a_zip(folder / "calls.zip", **{"dogs.md": DOGS, "cats.md": CATS + "\nNot even a kitten.\n"})
    manifest = builder.build([folder]).manifest
    assert (manifest.embedded, manifest.kept) == (1, 1)


def test_an_archive_that_is_damaged_later_keeps_what_it_had(builder: Builder, folder: Path) -> None:
    a_zip(folder / "calls.zip", **{"dogs.md": DOGS, "cats.md": CATS})
    builder.build([folder])
    (folder / "calls.zip").write_bytes(b"PK\x03\x04 torn")
    manifest = builder.build([folder]).manifest
    assert documents(folder, manifest) == {"calls.zip/dogs.md": "dogs", "calls.zip/cats.md": "cats"}
    why = "It is not a ZIP archive, whatever its name says, or it is damaged. Pack it again."
    assert {source.kept for source in manifest.sources if source.document} == {why}
    assert said(folder, manifest) == {"calls.zip": why}


def test_an_archive_in_an_archive_is_refused_by_name_and_the_rest_is_read(builder: Builder, folder: Path) -> None:
    inner = a_zip(folder.parent / "inner.zip", **{"cats.md": CATS}).read_bytes()
    a_zip(folder / "calls.zip", **{"inner.zip": inner, "dogs.md": DOGS})
    manifest = builder.build([folder]).manifest
    assert documents(folder, manifest) == {"calls.zip/dogs.md": "dogs"}
    assert said(folder, manifest)["calls.zip/inner.zip"] == (
        "It is an archive inside another file. Unpack it and put its files beside it."
    )


def test_a_message_in_an_archive_is_read_with_what_is_attached(builder: Builder, folder: Path) -> None:
    mail = a_message(folder.parent / "m.eml", "Dogs", "A warden.", **{"cats.md": CATS.encode()}).read_bytes()
    a_zip(folder / "calls.zip", **{"m.eml": mail})
    manifest = builder.build([folder]).manifest
    assert documents(folder, manifest) == {"calls.zip/m.eml": "m", "calls.zip/m.eml/cats.md": "cats"}


@pytest.mark.parametrize("name", ["../dogs.md", "/etc/dogs.md", "a/../../dogs.md", "C:\\dogs.md", "..\\dogs.md"])
def test_a_name_that_leads_out_of_an_archive_is_refused(tmp_path: Path, name: str) -> None:
    into = tmp_path / "into"
    into.mkdir()
    with pytest.raises(LoadRefused, match="It holds a file whose name leads out of it"):
        unpack(a_zip(tmp_path / "a.zip", **{name: DOGS}), into)
    assert list(into.rglob("*")) == []


def test_an_archive_that_unpacks_to_too_much_is_refused_in_bounded_space(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MOST_BYTES", 1000)
    into = tmp_path / "into"
    into.mkdir()
    bomb = a_zip(tmp_path / "a.zip", **{"a.md": "x" * 5000})
    with pytest.raises(LoadRefused, match="It unpacks to more than"):
        unpack(bomb, into)
    # one that lies about its sizes is stopped while it is written
    bomb.write_bytes(bomb.read_bytes().replace((5000).to_bytes(4, "little"), (500).to_bytes(4, "little")))
    with pytest.raises(LoadRefused):
        unpack(bomb, into)
    assert sum(file.stat().st_size for file in into.rglob("*") if file.is_file()) <= 1000


def test_an_archive_of_very_many_files_is_refused(tmp_path: Path) -> None:
    into = tmp_path / "into"
    into.mkdir()
    with pytest.raises(LoadRefused, match="It holds more than 1,000 files"):
        unpack(a_zip(tmp_path / "a.zip", **{f"{n}.md": "x" for n in range(1001)}), into)


def test_a_link_in_an_archive_is_not_followed(tmp_path: Path) -> None:
    into = tmp_path / "into"
    into.mkdir()
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        link = zipfile.ZipInfo("secret.md")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("dogs.md", DOGS)
    assert unpack(tmp_path / "a.zip", into) == 1
    assert [file.name for file in into.iterdir()] == ["dogs.md"]


def test_an_archive_under_a_password_is_refused(tmp_path: Path) -> None:
    into = tmp_path / "into"
    into.mkdir()
    made = a_zip(tmp_path / "a.zip", **{"dogs.md": DOGS})
    data = bytearray(made.read_bytes())
    data[6] |= 1  # the flag of the local header, and that of the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    made.write_bytes(bytes(data))
    with pytest.raises(LoadRefused, match="It is protected by a password"):
        unpack(made, into)
