"""A receipt tells what was shown and whether it still stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.answering.quoting import cite
from bot.domain.messages import Outcome
from bot.domain.receipts import ReceiptRecord, Standing, check
from knowledge.search import search
from knowledge.store.folder import Library
from tests.conftest import BADGERS
from tests.support.fakes import WordEncoder

TODAY = date(2026, 11, 1)


@pytest.fixture
def receipt(publish: Callable[[Path], Library], guidance: Path, encoder: WordEncoder) -> ReceiptRecord:
    edition = publish(guidance).edition()
    citation = cite(search(edition, encoder, "when are badgers counted").hits[0])
    at = datetime(2026, 10, 30, 9, 0, tzinfo=UTC)
    return ReceiptRecord("7K3-F9Q", at, Outcome.ANSWERED, "…", (citation,), (), 1, None)


def standing(receipt: ReceiptRecord, library: Library, today: date = TODAY) -> Standing:
    return check(receipt, library.edition(), today).checked[0].standing


def test_it_stands_while_the_words_do(
    receipt: ReceiptRecord, publish: Callable[[Path], Library], guidance: Path
) -> None:
    (guidance / "owls.md").write_text("# Owls\n\nOwls are left alone.\n", encoding="utf-8")
    checked = check(receipt, publish(guidance).edition(), TODAY)
    assert (checked.stands, checked.edition) == (True, 2)


def test_a_change_shows_what_the_section_says_now(
    receipt: ReceiptRecord, publish: Callable[[Path], Library], guidance: Path
) -> None:
    (guidance / "badgers.md").write_text(BADGERS.replace("at dusk", "at dawn"), encoding="utf-8")
    item = check(receipt, publish(guidance).edition(), TODAY).checked[0]
    assert item.standing is Standing.CHANGED
    assert item.now == "Badgers are counted at dawn, in pairs, by two people with red torches."


@pytest.mark.parametrize("how", ["removed", "superseded"])
def test_a_withdrawn_document_is_told(
    receipt: ReceiptRecord, publish: Callable[[Path], Library], guidance: Path, how: str
) -> None:
    if how == "removed":
        (guidance / "badgers.md").unlink()
    else:
        (guidance / "badgers.md").write_text(BADGERS.replace("practice", "superseded"), encoding="utf-8")
    assert standing(receipt, publish(guidance)) is Standing.WITHDRAWN


def test_past_review_does_not_stand(receipt: ReceiptRecord, library: Library) -> None:
    assert standing(receipt, library, date(2100, 1, 1)) is Standing.PAST_REVIEW
