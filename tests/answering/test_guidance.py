"""The library as the assistant sees it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.answering.guidance import LibraryGuidance
from bot.safeguards import redact
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
