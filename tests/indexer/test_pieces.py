"""Long lists, tables and lines in pieces that each still say what they are a piece of, and on which page."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from indexer.chunker import chunk
from indexer.loaders import Block, Loaded
from indexer.pieces import LONGEST_LEAD, MOST, divided, lead_in, size
from knowledge.passages import Document

DAY = date(2026, 10, 20)


def _passages(*blocks: Block) -> list[tuple[int | None, str]]:
    document = Document("a", "A", law_checked_on=DAY)
    return [(passage.page, passage.text) for passage in chunk(Loaded(document, blocks, "digest"))]


def _texts(*blocks: Block) -> list[str]:
    return [text for _, text in _passages(*blocks)]


def _items(count: int, indent: str = "") -> str:
    return "\n".join(f"{indent}- thing number {n} on the boat at sea or at anchor" for n in range(count))


def test_every_piece_of_a_long_list_says_what_introduces_it() -> None:
    texts = _texts(Block("paragraph", "A member of the crew must never:"), Block("list", _items(60)))

    assert len(texts) == 4
    assert all(text.startswith("A member of the crew must never:\n\n- thing number ") for text in texts)
    assert "\n".join(text.split("\n\n")[1] for text in texts) == _items(60)


def test_the_items_that_a_piece_belongs_to_are_repeated_above_it() -> None:
    block = Block("list", "- On board you must never:\n" + _items(40, "  ") + "\n- Ashore you may:\n  - do as you like")

    texts = _texts(block)

    assert [text.split("\n")[0] for text in texts] == ["- On board you must never:"] * len(texts)
    assert len(texts) == 3


def test_a_list_that_goes_on_over_the_page_says_what_introduces_it_there_too() -> None:
    passages = _passages(
        Block("paragraph", "Never:", page=1),
        Block("list", "- lean out\n- on deck:\n  - run", page=1),
        Block("list", "  - shout\n- swim", page=2),
    )

    assert passages == [
        (1, "Never:\n\n- lean out\n- on deck:\n  - run"),
        (2, "Never:\n\n- on deck:\n  - shout\n- swim"),
    ]


def test_only_the_last_sentences_of_a_long_introduction_are_repeated() -> None:
    intro = f"{'Much is said first. ' * 20}These are forbidden. The crew must never:"

    assert lead_in("The crew must never:") == "The crew must never:"
    assert lead_in(intro).endswith("These are forbidden. The crew must never:")
    assert size(lead_in(intro)) <= LONGEST_LEAD


def test_a_heading_that_turns_the_meaning_of_its_items_stands_above_them() -> None:
    assert _texts(Block("heading", "What not to do", 2), Block("list", "- run\n- shout")) == [
        "What not to do\n\n- run\n- shout"
    ]
    assert _texts(Block("heading", "What to do", 2), Block("list", "- ring\n- wait")) == ["- ring\n- wait"]


def test_every_piece_of_a_table_has_its_head_its_label_and_what_introduces_it() -> None:
    rows = [f"Dog {n} | {n} hours on a day when nobody rings the pound" for n in range(40)]
    table = "\n".join(["| Weekday", "| Day", "In winter", *rows])

    texts = _texts(Block("paragraph", "How long a dog may stay:"), Block("table", table, 2))

    assert len(texts) > 2
    assert all(text.startswith("How long a dog may stay:\n\n| Weekday\n| Day\nIn winter\nDog ") for text in texts)


def test_a_passage_stays_on_its_page() -> None:
    passages = _passages(
        Block("heading", "Traders", 2, page=1),
        Block("paragraph", "A trader is first spoken to.", page=1),
        Block("paragraph", "Then the inspector rings.", page=2),
        Block("paragraph", "No fee is paid back.", page=2),
    )

    assert passages == [
        (1, "A trader is first spoken to."),
        (2, "Then the inspector rings.\n\nNo fee is paid back."),
    ]


def test_a_list_is_cited_from_its_own_page_although_its_introduction_is_on_the_one_before() -> None:
    assert _passages(Block("paragraph", "Never:", page=1), Block("list", "- run here\n- shout at them", page=2)) == [
        (2, "Never:\n\n- run here\n- shout at them")
    ]


def test_a_line_of_a_million_characters_is_no_passage() -> None:
    for text in ("x" * 1_000_000, "word " * 200_000):
        pieces = divided(Block("paragraph", text))
        assert max(len(piece.text) for piece in pieces) < 4000
        assert "".join(piece.text for piece in pieces).replace(" ", "") == text.replace(" ", "")


LINES = st.lists(
    st.tuples(st.integers(0, 3), st.text("abc ", min_size=1, max_size=400).filter(str.strip)), min_size=1, max_size=60
)


@given(LINES)
def test_no_item_is_lost_and_no_piece_is_too_long(lines: list[tuple[int, str]]) -> None:
    items = [f"{'  ' * depth}- {number} {' '.join(text.split())}" for number, (depth, text) in enumerate(lines)]

    texts = _texts(Block("paragraph", "You must never:"), Block("list", "\n".join(items)))

    together = "\n".join(texts)
    assert all(item in together for item in items)
    assert all(text.startswith("You must never:") for text in texts)
    assert all(size(text) <= 2 * MOST for text in texts)


def test_a_word_that_no_passage_can_hold_is_cut_and_never_given_a_space_of_ours() -> None:
    word = "".join(chr(ord("a") + n % 26) for n in range(4000))
    text = f"{'before it ' * 300}{word} {'after it ' * 300}".strip()
    texts = _texts(Block("paragraph", text))
    assert all(" ".join(piece.split()) in text for piece in texts)
    assert "".join("".join(texts).split()) == text.replace(" ", "")
    assert all(size(piece) <= MOST for piece in texts)
