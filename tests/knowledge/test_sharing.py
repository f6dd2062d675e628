"""A library that machines share: a folder, memory and S3 do the same; two builders cannot both win."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.app import Hub
from bot.settings import Settings
from bot.worker import take_shared
from indexer.build import Builder
from knowledge.manifest import LibraryError
from knowledge.search import search
from knowledge.store.folder import Library
from knowledge.store.hold import Hold
from knowledge.store.shared import editions as shared_editions
from knowledge.store.shared.bucket import Bucket, FolderBucket, StoreError, Taken, open_bucket
from knowledge.store.shared.sharing import Sharing
from tests.support.fakes import WordEncoder
from tests.support.objects import BUCKET, Objects, running

Machine = Callable[[str], Sharing]


@pytest.fixture
def objects(monkeypatch: pytest.MonkeyPatch) -> Iterator[Objects]:
    with running(Objects()) as server:
        for name, value in (("ENDPOINT_URL", server.url), ("ACCESS_KEY_ID", "a"), ("SECRET_ACCESS_KEY", "b")):
            monkeypatch.setenv(f"AWS_{name}", value)
        monkeypatch.setenv("AWS_REGION", "eu-west-2")
        yield server


@pytest.fixture(params=["folder", "memory", "s3"])
def bucket(request: pytest.FixtureRequest, tmp_path: Path) -> Bucket:
    """A store of each kind."""
    if request.param == "folder":
        return FolderBucket(tmp_path / "mounted")
    if request.param == "memory":
        return open_bucket("memory:///")
    request.getfixturevalue("objects")
    return open_bucket(f"s3://{BUCKET}")


@pytest.fixture
def machine(bucket: Bucket, tmp_path: Path) -> Iterator[Machine]:
    """A machine by its name, each with a library of its own and the store in common."""
    made: list[Library] = []

    def make(name: str) -> Sharing:
        made.append(Library(tmp_path / name / "library"))
        return Sharing(made[-1], bucket)

    yield make
    for library in made:
        library.close()


def build(sharing: Sharing, folder: Path) -> int:
    return Builder(sharing.library, WordEncoder(), sharing=sharing).build([folder]).manifest.edition


def add(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.md").write_text(f"# {name.title()}\n\n## Who counts {name}?\n\n{text}\n", encoding="utf-8")


# the protocol


def test_what_is_written_is_read_and_what_is_not_there_is_nothing(bucket: Bucket) -> None:
    assert bucket.get("a") is None
    assert not bucket.has("a")
    bucket.put("blobs/a", b"one")
    found = bucket.get("blobs/a")
    assert found is not None
    assert found[0] == b"one"
    bucket.put("blobs/b", b"two")
    bucket.put("other/c", b"three")
    assert list(bucket.keys("blobs/")) == ["blobs/a", "blobs/b"]
    bucket.delete("blobs/a")
    bucket.delete("blobs/a")
    assert not bucket.has("blobs/a")


def test_what_is_there_is_not_created_again(bucket: Bucket) -> None:
    bucket.create("a", b"one")
    with pytest.raises(Taken):
        bucket.create("a", b"two")
    found = bucket.get("a")
    assert found is not None
    assert found[0] == b"one"


def test_only_whoever_read_last_can_swap(bucket: Bucket) -> None:
    bucket.swap("current", b"1", None)
    with pytest.raises(Taken):
        bucket.swap("current", b"2", None)
    first, second = bucket.get("current"), bucket.get("current")
    assert first is not None
    assert second is not None
    bucket.swap("current", b"2", first[1])
    with pytest.raises(Taken):
        bucket.swap("current", b"3", second[1])
    found = bucket.get("current")
    assert found is not None
    assert found[0] == b"2"


# editions


def test_another_machine_takes_what_was_published_and_answers_the_same(machine: Machine, guidance: Path) -> None:
    one, two = machine("one"), machine("two")
    number = build(one, guidance)
    pulled = two.pull()
    assert pulled is not None
    assert (pulled.edition, pulled.had) == (number, 0)
    assert two.pull() is None
    ours, theirs = one.library.edition(), two.library.edition()
    for name in ("library.db", "vectors.faiss", "manifest.json"):
        digests = [
            hashlib.sha256((library.path(number) / name).read_bytes()).hexdigest()
            for library in (one.library, two.library)
        ]
        assert len(set(digests)) == 1
    for question in ("when are badgers counted", "how long may silk soak", "parking"):
        found = [search(edition, WordEncoder(), question) for edition in (ours, theirs)]
        assert [hit.entry.key for hit in found[0].hits] == [hit.entry.key for hit in found[1].hits]
        assert [hit.combined for hit in found[0].hits] == [hit.combined for hit in found[1].hits]
        assert found[0].signals == found[1].signals


def test_what_is_here_already_is_not_fetched_again(
    machine: Machine, guidance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_editions, "PIECE", 4096)
    monkeypatch.setattr("knowledge.store.shared.sharing.PIECE", 4096)
    one, two = machine("one"), machine("two")
    build(one, guidance)
    two.pull()
    add(guidance, "owls", "Owls are counted by the baker.")
    build(one, guidance)
    pulled = two.pull()
    assert pulled is not None
    assert pulled.had > 0
    assert pulled.fetched > 0
    assert two.library.edition().documents.keys() >= {"owls"}


def test_two_builders_cannot_both_win_and_the_other_begins_from_the_winner(machine: Machine, guidance: Path) -> None:
    one, two = machine("one"), machine("two")
    build(one, guidance)
    two.pull()
    late = Builder(two.library, WordEncoder(), sharing=two)

    def meanwhile() -> None:
        add(guidance, "owls", "Owls are counted by the baker.")
        build(one, guidance)

    late.before_it_serves = meanwhile  # the other machine publishes when this one was about to
    add(guidance, "moles", "Moles are counted by the miller.")
    with pytest.raises(Taken, match="another machine published edition"):
        late.build([guidance])
    assert two.library.current_number() == 1
    last = build(two, guidance)
    one.pull()
    assert one.library.current_number() == two.library.current_number() == last
    assert one.library.edition().documents.keys() >= {"owls", "moles"}


def test_a_number_that_a_killed_builder_used_is_left_out(machine: Machine, guidance: Path, bucket: Bucket) -> None:
    one, two = machine("one"), machine("two")
    build(one, guidance)
    bucket.create("editions/0002.json", b'{"edition": 2, "files": []}')
    two.pull()
    add(guidance, "owls", "Owls are counted by the baker.")
    assert build(two, guidance) == 3


def test_a_rollback_holds_on_every_machine_until_it_is_released(machine: Machine, guidance: Path) -> None:
    one, two = machine("one"), machine("two")
    build(one, guidance)
    add(guidance, "owls", "Owls are counted by the baker.")
    build(one, guidance)
    two.pull()
    hold = Hold(edition=1, instead_of=2, by="ann", at=one.library.manifest().built_at, why="wrong")
    one.choose_number(1, "ann", hold)
    one.pull()
    two.pull()
    assert [sharing.library.current_number() for sharing in (one, two)] == [1, 1]
    assert two.library.hold == hold
    two.choose_number(2, "ann", None)
    two.pull()
    one.pull()
    assert [sharing.library.current_number() for sharing in (one, two)] == [2, 2]
    assert one.library.hold is None


def test_old_editions_go_with_the_pieces_that_only_they_had(machine: Machine, guidance: Path, bucket: Bucket) -> None:
    one = machine("one")
    for name in ("owls", "moles", "newts"):
        add(guidance, name, f"{name} are counted by the baker.")
        build(one, guidance)
    assert one.prune(2) == [1]
    assert list(bucket.keys("editions/")) == ["editions/0002.json", "editions/0003.json"]
    two = machine("two")
    assert two.pull() is not None
    assert two.library.edition().number == 3


# troubles


def blob_of(bucket: Bucket) -> str:
    return next(bucket.keys("blobs/"))


@pytest.mark.parametrize("data", [b"", b"torn", None])
def test_a_piece_that_is_not_what_was_published_is_never_served(
    machine: Machine, guidance: Path, bucket: Bucket, data: bytes | None
) -> None:
    one, two = machine("one"), machine("two")
    build(one, guidance)
    two.pull()
    add(guidance, "owls", "Owls are counted by the baker.")
    known = set(bucket.keys("blobs/"))
    build(one, guidance)
    new = next(key for key in bucket.keys("blobs/") if key not in known)
    bucket.delete(new) if data is None else bucket.put(new, data)
    with pytest.raises(StoreError, match="A piece of the edition in the shared library"):
        two.pull()
    assert two.library.edition().number == 1
    assert sorted(path.name for path in two.library.editions.iterdir()) == ["0001"]


def test_an_older_list_under_a_newer_pointer_is_refused(machine: Machine, guidance: Path, bucket: Bucket) -> None:
    one, two = machine("one"), machine("two")
    build(one, guidance)
    found = bucket.get("editions/0001.json")
    assert found is not None
    bucket.put("editions/0001.json", found[0].replace(b"library.db", b"../other.db"))
    with pytest.raises(StoreError, match="is not the one that was published"):
        two.pull()


@pytest.mark.parametrize("refuses", [403, 500])
def test_without_the_store_this_machine_goes_on_and_says_so(
    objects: Objects, guidance: Path, tmp_path: Path, refuses: int
) -> None:
    from bot.doctor import examine

    settings = Settings(data=tmp_path / "two", shared_library=f"s3://{BUCKET}")
    hub = Hub(settings, WordEncoder())
    one = Sharing(Library(tmp_path / "one" / "library"), open_bucket(f"s3://{BUCKET}"))
    build(one, guidance)
    assert next(iter(take_shared(hub, one.library.manifest().built_at.date()))).startswith("Took edition 1")
    objects.refuses = refuses
    with pytest.raises(StoreError, match="this machine goes on with the edition that it has"):
        hub.publishing.take_shared()
    assert hub.library.edition().number == 1
    (told,) = [one for one in examine(hub).findings if one.what == "shared library"]
    assert not told.good
    assert objects.url not in told.said
    objects.refuses = 0
    (told,) = [one for one in examine(hub).findings if one.what == "shared library"]
    assert told.good
    hub.close()


def test_too_few_rights_publish_nothing_and_leave_the_old_edition(
    objects: Objects, guidance: Path, tmp_path: Path
) -> None:
    one = Sharing(Library(tmp_path / "one" / "library"), open_bucket(f"s3://{BUCKET}"))
    build(one, guidance)
    objects.refuses_writes = 403
    add(guidance, "owls", "Owls are counted by the baker.")
    with pytest.raises(StoreError, match="does not allow this"):
        build(one, guidance)
    assert one.library.current_number() == 1
    objects.refuses_writes = 0
    assert build(one, guidance) == 2


def test_nothing_that_is_there_is_sent_again(objects: Objects, guidance: Path, tmp_path: Path) -> None:
    one = Sharing(Library(tmp_path / "one" / "library"), open_bucket(f"s3://{BUCKET}"))
    build(one, guidance)
    sent = objects.sent("PUT", "blobs/")
    assert sent == len([key for key in objects.held if key.startswith("blobs/")])
    one.send(one.library.path(1), 1)
    assert objects.sent("PUT", "blobs/") == sent


def test_a_download_that_is_torn_leaves_the_old_edition(objects: Objects, guidance: Path, tmp_path: Path) -> None:
    one, two = (Sharing(Library(tmp_path / name / "library"), open_bucket(f"s3://{BUCKET}")) for name in ("one", "two"))
    build(one, guidance)
    two.pull()
    add(guidance, "owls", "Owls are counted by the baker.")
    build(one, guidance)
    objects.torn = True
    with pytest.raises(StoreError):
        two.pull()
    assert two.library.edition().number == 1
    objects.torn = False
    assert two.pull() is not None


def test_an_address_of_no_kind_is_refused_with_those_that_are() -> None:
    for address in ("ftp://x/y", "bucket", "s3:", "https://bucket"):
        with pytest.raises(LibraryError, match="s3://BUCKET/PREFIX"):
            open_bucket(address)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "obstore", None)
    with pytest.raises(LibraryError, match="pip install 'prevention-hub\\[shared\\]'"):
        open_bucket("s3://x")
    assert isinstance(open_bucket("file:///tmp/x"), FolderBucket)
