"""A document that has to go: out of every kept edition, the store, the database; never taken again, and proved gone."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot import wording
from bot.app import Hub
from bot.cli import main, open_hub
from bot.domain.letters import LetterKind
from bot.domain.messages import Outcome, Place, Question
from bot.domain.people import NotAllowed
from bot.domain.record import Recorded
from bot.settings import Settings
from indexer.build import Builder
from indexer.gathering import Rules
from indexer.purging import PurgedList, fragments_of, still_in, take_out
from indexer.purging.editions import REPLACED
from indexer.purging.telling import in_words
from indexer.report import verify_editions
from knowledge.manifest import LibraryError
from knowledge.search import search
from knowledge.store.folder import Library
from knowledge.store.shared.bucket import open_bucket
from knowledge.store.shared.sharing import Sharing
from tests.support.fakes import WordEncoder

ASKED = "how long may a silk kite soak in water?"
SAID = "A silk kite may soak for ten minutes only"
OWLS = "# Owls\n\n## Who looks after owls?\n\nOwls are looked after by the sexton at night.\n"
Run = Callable[..., Result]


@pytest.fixture
def hub(tmp_path: Path, guidance: Path, ungated: None) -> Iterator[Hub]:
    """Three editions, each with the document that has to go; the last one serves."""
    opened = Hub(Settings(data=tmp_path / "data", hub_staff="bell", admins="cole"), WordEncoder())
    phrased = guidance / "phrasings"
    phrased.mkdir()
    (phrased / "kite-laundry.toml").write_text(
        '[[section]]\nheading = "How do I dry a kite?"\nasked = ["where does a wet kite hang"]\n', encoding="utf-8"
    )
    for number in range(3):
        (guidance / "owls.md").write_text(f"{OWLS}\nThere are {number} owls.\n", encoding="utf-8")
        Builder(opened.library, opened.encoder).build([guidance])
    yield opened
    opened.close()


@pytest.fixture
def run(hub: Hub) -> Run:
    env = {"PREVENTION_HUB_DATA": str(hub.settings.data), "PREVENTION_HUB_ADMINS": "cole", "COLUMNS": "200",
           "PREVENTION_HUB_MAY_ACT_FOR_OTHERS": _account()}  # fmt: skip

    def invoke(*words: str) -> Result:
        hub.close()
        return CliRunner(env=env).invoke(main, list(words), obj=partial(open_hub, encoder=WordEncoder()))

    return invoke


def _account() -> str:
    from bot.foundations import operating_system_user

    return operating_system_user()


def test_it_is_gone_from_every_edition_and_the_database_and_the_rest_stays(
    hub: Hub, run: Run, guidance: Path, tmp_path: Path
) -> None:
    quoted = hub.assistant.ask(Question(ASKED, Place("terminal", "t1"), "pc-7"))
    other = hub.assistant.ask(Question("who looks after owls at night?", Place("terminal", "t2"), "pc-8"))
    assert SAID in quoted.text
    assert other.outcome is Outcome.ANSWERED
    before = search(hub.library.edition(), hub.encoder, "who looks after owls at night?").hits[0]
    words = ("index", "purge", "KITE-laundry", "--why", "the law wants it gone", "--as", "cole", "--json")
    result = run(*words)
    assert result.exit_code == 0, result.output
    done = json.loads(result.stdout)
    assert [(one["edition"], one["passages"] > 2, one["phrasings"]) for one in done["editions"]] == [
        (1, True, 1), (2, True, 1), (3, True, 1),
    ]  # fmt: skip
    assert done["records"]["replies"] == 1
    assert done["searched_for"] > 5
    assert done["still_found"] == {}
    assert done["files_left"] == [str(guidance / "laundry.md")]
    assert (guidance / "laundry.md").exists()
    assert not any(SAID.encode() in file.read_bytes() for file in hub.settings.data.rglob("*") if file.is_file())

    again = Hub(hub.settings, WordEncoder())
    assert verify_editions(again.library)["whole"]
    assert again.library.numbers() == [1, 2, 3]
    for number in again.library.numbers():
        assert not any(source.document == "kite-laundry" for source in again.library.manifest(number).sources)
    edition = again.library.edition()
    assert sorted(edition.documents) == ["badger-counting", "owls"]
    after = search(edition, again.encoder, "who looks after owls at night?").hits[0]
    assert (after.entry.key, round(after.similarity, 5)) == (before.entry.key, round(before.similarity, 5))
    receipt = again.records.receipt(str(quoted.receipt))
    assert receipt is not None
    assert (receipt.text, receipt.citations, receipt.recorded) == ("", (), Recorded.PURGED)
    kept = again.records.receipt(str(other.receipt))
    assert kept is not None
    assert (kept.recorded, "by the sexton" in kept.text) == (Recorded.MATCHES, True)
    assert [event.action for _, event in again.records.audit_events(subject="kite-laundry", limit=5)] == [
        "document.purged"
    ]
    built = again.publishing.build(
        Builder(again.library, again.encoder, rules=_rules(again)), [guidance], by_itself=True
    )
    (held,) = [one for one in built.manifest.refused if one.path.endswith(".md")]
    assert (Path(held.path).name, held.refused) == (
        "laundry.md",
        "It was purged from the library. Delete the file; if it is another document, give it another id.",
    )
    again.close()


def _rules(hub: Hub) -> Rules:
    return hub.publishing.builder().rules


def _verified(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("index", "verify", "--json").stdout)
    return found


def test_verify_tells_what_was_purged_from_what_a_build_left_out_and_what_was_too_old(
    hub: Hub, run: Run, guidance: Path
) -> None:
    taken = ("purged", "left_out")
    before = _verified(run)
    none = {"documents": 0, "passages": 0, "last": ""}
    assert [[one[name] for name in taken] for one in before["editions"]] == [[none, 0]] * 3
    passages = hub.library.edition().rows_by_document()["kite-laundry"]
    (guidance / "badgers.md").unlink()
    Builder(hub.library, hub.encoder, keep=3).build([guidance], allow_removal_because="it is out of date")
    assert run("index", "purge", "kite-laundry", "--why", "the law", "--as", "cole").exit_code == 0
    found = _verified(run)
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    one = {"documents": 1, "passages": passages}
    assert found["whole"] is True
    assert [(each["edition"], each["left_out"]) for each in found["editions"]] == [(2, 0), (3, 0), (4, 1)]
    assert [{n: each["purged"][n] for n in one} for each in found["editions"]] == [one] * 3
    assert [(each["edition"], each["by"], each["purged"]["documents"]) for each in found["gone"]] == [(1, "age", 1)]
    assert run("index", "verify").stdout.splitlines() == [
        f"Edition 2: whole; 1 document purged (last {day})",
        f"Edition 3: whole; 1 document purged (last {day})",
        f"Edition 4: current whole; 1 document purged (last {day}), 1 document of the one before left out by its build",
        f"Edition 1: removed from disk because enough newer ones are kept; 1 document purged (last {day})",
    ]
    assert not {"kite", "laundry", "badger"} & set(re.findall("[a-z]+", json.dumps(found)))


def test_an_edition_that_held_nothing_else_is_told_and_its_number_is_not_used_again(
    library: Library, encoder: WordEncoder, guidance: Path, tmp_path: Path
) -> None:
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "owls.md").write_text(OWLS, encoding="utf-8")
    Builder(library, encoder).build([guidance])
    Builder(library, encoder).build([tmp_path / "alone"], allow_removal_because="only owls")
    library.point_at(1)
    (taken,) = take_out(library, "owls")
    assert (taken.edition, taken.removed, library.numbers(), library.next_number()) == (2, True, [1], 3)
    found = verify_editions(library)
    assert [(one["edition"], one["by"], one["purged"]["documents"]) for one in found["gone"]] == [(2, "purge", 1)]
    assert in_words(found)[1].startswith("Edition 2: gone, since nothing was in it but what was purged; 1 document")
    assert [manifest.edition for manifest in library.history()] == [1]


def test_a_copy_of_an_edition_that_was_put_back_with_what_was_purged_is_not_whole(hub: Hub, run: Run) -> None:
    shutil.copytree(hub.library.path(2), hub.settings.data / "copy")
    run("index", "purge", "kite-laundry", "--why", "the law", "--as", "cole")
    shutil.rmtree(hub.library.path(2))
    (hub.settings.data / "copy").rename(hub.library.path(2))
    result = run("index", "verify")
    assert (result.exit_code, "Edition 2: It holds what was purged (1)" in result.stdout) == (1, True)
    assert run("index", "purge", "kite-laundry", "--why", "the law", "--as", "cole").exit_code == 0
    assert run("index", "verify").exit_code == 0


def test_only_an_admin_may_and_what_is_not_there_is_said(hub: Hub, run: Run) -> None:
    from bot.cli.library.purging import purged

    with pytest.raises(NotAllowed):
        purged(hub, hub.actor("bell"), "kite-laundry", "why")
    with pytest.raises(LibraryError, match="No kept edition holds 'kite'"):
        purged(hub, hub.actor("cole"), "kite", "why")
    assert run("index", "purge", "kite-laundry", "--why", " ", "--as", "cole").exit_code == 2
    assert "kite-laundry" in Hub(hub.settings, WordEncoder()).library.edition().documents


def test_a_file_of_the_data_folder_is_deleted_with_what_is_said_beside_it(hub: Hub, run: Run) -> None:
    uploads = hub.settings.data / "uploads"
    uploads.mkdir()
    (uploads / "newts.md").write_text("# Newts\n\nNewts are green and are counted by nobody.\n", encoding="utf-8")
    (uploads / "newts.md.toml").write_text('owner = "Pond"\n', encoding="utf-8")
    Builder(hub.library, hub.encoder).build([uploads.absolute(), hub.library.folder.parent.parent / "guidance"])
    result = run("index", "purge", "newts", "--why", "wrong", "--as", "cole")
    assert result.exit_code == 0, result.output
    assert f"Deleted: {uploads.absolute() / 'newts.md'}" in result.output
    assert "none is there any more." in result.output
    assert list(uploads.iterdir()) == []


def test_what_a_hold_keeps_is_told_and_found(hub: Hub, run: Run) -> None:
    from bot.domain.timing.retention import Scope

    hub.assistant.ask(Question(ASKED, Place("terminal", "t1"), "pc-7"))
    hub.records.retention.hold(Scope.PERSON, "pc-7", "cole", "complaint 12/26")
    result = run("index", "purge", "kite-laundry", "--why", "the law", "--as", "cole")
    assert result.exit_code == 1
    assert "Kept by a legal hold: 1 replies, letters and messages. Lift it and run this again." in result.output
    assert "hub.db" in result.output


def test_it_is_finished_once_the_hold_is_lifted_although_no_edition_has_it_any_more(hub: Hub, run: Run) -> None:
    from bot.domain.timing.retention import Scope

    hub.assistant.ask(Question(ASKED, Place("terminal", "t1"), "pc-7"))
    held = hub.records.retention.hold(Scope.PERSON, "pc-7", "cole", "complaint 12/26")
    again = ("index", "purge", "kite-laundry", "--why", "the law", "--as", "cole")
    assert run(*again).exit_code == 1
    hub.records.retention.lift(held.id, "cole")
    result = run(*again)
    assert result.exit_code == 0, result.output
    assert "none is there any more" in result.output
    assert not any(SAID.encode() in file.read_bytes() for file in hub.settings.data.rglob("*") if file.is_file())


def test_a_hold_on_one_account_holds_what_all_accounts_of_the_person_asked(hub: Hub) -> None:
    from bot.domain.timing.retention import Scope

    hub.assistant.ask(Question(ASKED, Place("slack", "D1"), "U12345678"))
    for platform, account in (("slack", "U12345678"), ("portal", "oid-1")):
        hub.records.bindings.meet(platform, account, "pc@force.police.uk")
    hub.records.retention.hold(Scope.PERSON, "oid-1", "cole", "complaint 12/26")
    assert hub.records.retention.erase("kite-laundry", [SAID], "cole", "the law")[1] == 1


def test_what_has_not_arrived_yet_says_that_it_was_taken_back(hub: Hub) -> None:
    put = hub.records.outbox.put
    put("a", LetterKind.REPLY, Place("slack", "D1"), "U1", "PF-0001", f"The guidance says: {SAID}.")
    put("b", LetterKind.REPLY, Place("slack", "D2"), "U2", "PF-0002", "Something else.")
    assert hub.records.retention.erase("kite-laundry", [SAID], "cole", "the law")[0]["letters"] == 1
    texts = [letter.text for letter in hub.records.outbox.lease(["slack"], 9, 60)]
    assert texts == [wording.TAKEN_BACK, "Something else."]


def test_a_kill_between_two_renames_loses_no_edition(library: Library, encoder: WordEncoder, guidance: Path) -> None:
    Builder(library, encoder).build([guidance])
    library.path(1).rename(library.editions / f"{REPLACED}{library.path(1).name}")
    assert library.numbers() == []
    take_out(library, "nothing-of-that-name")
    assert library.numbers() == [1]
    assert "kite-laundry" in library.edition().documents


def test_the_edition_that_serves_is_never_left_empty(library: Library, encoder: WordEncoder, tmp_path: Path) -> None:
    folder = tmp_path / "alone"
    folder.mkdir()
    (folder / "owls.md").write_text(OWLS, encoding="utf-8")
    Builder(library, encoder).build([folder])
    with pytest.raises(LibraryError, match="holds nothing else"):
        take_out(library, "owls")
    assert "owls" in library.edition().documents


def test_it_is_gone_from_the_shared_store(
    tmp_path: Path, library: Library, encoder: WordEncoder, guidance: Path
) -> None:
    sharing = Sharing(library, open_bucket(f"file://{tmp_path / 'store'}"))
    for number in range(2):
        (guidance / "owls.md").write_text(f"{OWLS}\nThere are {number} owls.\n", encoding="utf-8")
        Builder(library, encoder, sharing=sharing).build([guidance])
    take_out(library, "kite-laundry")
    assert sharing.purge("cole") == ([1, 2], [])
    assert still_in(tmp_path / "store", [SAID]) == {}
    there = Library(tmp_path / "there")
    assert Sharing(there, sharing.bucket).pull() is not None
    assert sorted(there.edition().documents) == ["badger-counting", "owls"]
    there.close()


def test_what_others_say_too_proves_nothing_and_is_not_looked_for(tmp_path: Path) -> None:
    own = "Owls are looked after by the sexton. This page is owned by the hub itself."
    found = fragments_of([own], ["Newts. This page is owned by the hub itself. They swim."])
    assert found == ["Owls are looked after by the sexton"]
    (tmp_path / "a.json").write_text(json.dumps({"said": "„Owls are looked after by the sexton“ é"}), encoding="utf-8")
    (tmp_path / "empty").touch()
    assert still_in(tmp_path, found) == {str(tmp_path / "a.json"): 1}


def test_a_list_of_what_was_purged_that_cannot_be_read_stops_a_build(tmp_path: Path) -> None:
    listed = PurgedList(tmp_path / "purged.json")
    assert listed.names == frozenset()
    listed.file.write_text("{", encoding="utf-8")
    with pytest.raises(LibraryError, match="what was purged would come back"):
        _ = listed.names
