"""Plain text: tables that were typed."""

from __future__ import annotations

import pytest

from indexer.loaders.text import read_plain


@pytest.mark.parametrize("text", ["Name      Bay\nRex       4\nMax  B    7\n", "Name\tBay\nRex\t4\nMax  B\t7\n"])
def test_lines_whose_columns_are_aligned_keep_their_rows(text: str) -> None:
    blocks = read_plain(text.replace("Max  B", "Max B ")).blocks
    assert [(block.kind, block.text) for block in blocks] == [("table", "Name | Bay\nRex | 4\nMax B | 7")]


@pytest.mark.parametrize(
    "text", ["The dog van  is washed\non Mondays and is never\nlent.", "Rest.  It is kept.\nIt goes.  It is lent."]
)
def test_two_spaces_in_a_sentence_make_no_table(text: str) -> None:
    assert [block.kind for block in read_plain(text).blocks] == ["paragraph"]
