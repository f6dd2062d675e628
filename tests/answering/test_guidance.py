"""The library as the assistant sees it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from bot import safeguards
from bot.answering.guidance import LibraryGuidance
from bot.app import Hub
from bot.safeguards import redact
from bot.settings import Settings
from indexer.build import Builder
from knowledge.finding.asked import learn_words
from knowledge.language.words import _Stemmer, forget_texts
from knowledge.store.edition import Edition
from knowledge.store.folder import Library
from tests.support.fakes import WordEncoder


def test_what_the_library_itself_names_is_no_person(
    tmp_path: Path, publish: Callable[[Path], Library], encoder: WordEncoder
) -> None:
    folder = tmp_path / "named"
    folder.mkdir()
    text = "# Safer nights\n\n## What is it?\n\nStaff who hear the word Rhiannon walk the guest to the door.\n"
    (folder / "nights.md").write_text(text, encoding="utf-8")
    known = LibraryGuidance(publish(folder), encoder).named()
    assert redact("what is Rhiannon").text == "what is [name]"
    assert redact("what is Rhiannon", known).text == "what is Rhiannon"
    assert redact("Rhiannon keeps ringing me", known).text == "[name] keeps ringing me"


def test_without_an_edition_only_the_bundled_lists_are_known(library: Library, encoder: WordEncoder) -> None:
    assert LibraryGuidance(library, encoder).named() is None


def test_while_a_large_edition_is_read_what_the_one_before_it_named_counts(
    guidance: Path, publish: Callable[[Path], Library], encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.answering.guidance.LARGE", 1)
    told = LibraryGuidance(publish(guidance), encoder)
    before = told.named()
    (guidance / "owls.md").write_text("# Owls\n\nOwls are left alone.\n", encoding="utf-8")
    publish(guidance)
    may_end, read = threading.Event(), safeguards.known_to

    def slowly(texts: Iterable[str]) -> safeguards.Known:
        assert may_end.wait(60)
        return read(texts)

    monkeypatch.setattr("bot.safeguards.known_to", slowly)
    assert [told.named() is before for _ in range(3)] == [True, True, True]  # and one thread reads
    may_end.set()
    with told._reading:
        pass
    assert told.named() is not before


def test_the_stems_of_a_librarys_words_are_known_before_anybody_asks(
    tmp_path: Path, guidance: Path, encoder: WordEncoder
) -> None:
    forget_texts()
    hub = Hub(Settings(data=tmp_path / "data"), encoder)
    (guidance / "phrasings").mkdir()
    asked = '[[section]]\nheading = "How long may a kite soak in water?"\nasked = ["tallying brocks at nightfall"]\n'
    (guidance / "phrasings" / "kite-laundry.toml").write_text(asked, encoding="utf-8")
    Builder(hub.library, encoder).build([guidance])
    hub.read_ahead()
    known = _Stemmer.shared()._known
    assert (known["badgers"], known["tallying"]) == ("badger", "talli")
    assert set(hub.library.edition().words) <= known.keys()
    hub.close()


def test_words_of_an_edition_that_was_left_meanwhile_are_forgotten_again(
    tmp_path: Path, guidance: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = Hub(Settings(data=tmp_path / "data"), encoder)
    Builder(hub.library, encoder).build([guidance])

    def learn_slowly(edition: Edition) -> None:
        (guidance / "badgers.md").unlink()
        Builder(hub.library, encoder).build([guidance])
        assert hub.library.edition() is not edition  # somebody asks meanwhile
        learn_words(edition)

    monkeypatch.setattr("bot.app.learn_words", learn_slowly)
    hub.read_ahead()
    hub.close()
    assert "badgers" not in _Stemmer.shared()._known
    left = _Stemmer.shared()._scratch.execute("select word from words where words match 'badgers'").fetchall()
    assert left == []
