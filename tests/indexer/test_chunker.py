"""Blocks to passages: under one heading trail, about 200 words, and no sentence cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.chunker import chunk
from indexer.loaders import Block, Loaded
from indexer.pieces import LONGEST_SENTENCE, MOST, TARGET
from knowledge.language.sentences import split_sentences
from knowledge.passages import Document, Passage


def _chunk(*blocks: Block, title: str = "Custody") -> list[Passage]:
    return chunk(Loaded(Document("custody", title), blocks, "digest"))


def _texts(*blocks: Block) -> list[str]:
    return [passage.text for passage in _chunk(*blocks)]


def _numbered(count: int, words: int, start: int = 0) -> str:
    """Sentences of so many words, each one different."""
    return " ".join(f"Rule{n} {'must ' * (words - 2)}apply." for n in range(start, start + count))


# passages


def test_a_passage_knows_its_document_its_trail_its_page_and_its_place() -> None:
    passages = _chunk(
        Block("paragraph", "Read this first.", page=1),
        Block("heading", "Detention", 2, 3),
        Block("heading", "How  long", 3, 3),
        Block("paragraph", "Up to 24 hours.", page=4),
        Block("heading", "Reviews", 2, 5),
        Block("paragraph", "After six hours.", page=5),
    )

    assert passages == [
        Passage("custody", "", "Read this first.", 1, 0),
        Passage("custody", "Detention > How long", "Up to 24 hours.", 4, 1),
        Passage("custody", "Reviews", "After six hours.", 5, 2),
    ]


def test_the_title_is_no_part_of_the_trail() -> None:
    passages = _chunk(
        Block("heading", "CUSTODY", 1),
        Block("paragraph", "In short."),
        Block("heading", "Searches", 2),
        Block("paragraph", "Same sex only."),
    )

    assert [(passage.section, passage.text) for passage in passages] == [
        ("", "In short."),
        ("Searches", "Same sex only."),
    ]


def test_the_only_h1_is_the_title_however_it_is_worded() -> None:
    blocks = (Block("heading", "In custody", 1), Block("heading", "Searches", 2), Block("paragraph", "Same sex only."))

    assert [passage.section for passage in _chunk(*blocks)] == ["Searches"]


def test_the_largest_heading_of_a_pdf_may_be_a_chapter() -> None:
    blocks = (Block("heading", "Appendix X", 1, 1), Block("paragraph", "Same sex only.", page=1))

    assert [passage.section for passage in _chunk(*blocks)] == ["Appendix X"]


def test_blocks_of_one_section_share_a_passage_until_it_is_full() -> None:
    first, second, third = _numbered(10, 9), _numbered(10, 9, 10), _numbered(10, 9, 20)

    assert _texts(*(Block("paragraph", text) for text in (first, second, third))) == [f"{first}\n\n{second}", third]


def test_a_heading_begins_a_passage_even_when_the_last_one_is_short() -> None:
    blocks = (Block("paragraph", "One."), Block("heading", "Next", 1), Block("paragraph", "Two."))

    assert _texts(*blocks) == ["One.", "Two."]


def test_a_list_stays_with_the_line_that_introduces_it() -> None:
    before, intro = _numbered(19, 10), "You must explain:"
    items = "- what the referral is\n- what support there is"

    assert _texts(Block("paragraph", before), Block("paragraph", intro), Block("list", items)) == [
        before,
        f"{intro}\n\n{items}",
    ]


def test_a_long_list_is_divided_between_its_items() -> None:
    items = [f"- item{n} {'word ' * 28}end" for n in range(10)]

    texts = _texts(Block("list", "\n".join(items)))

    assert texts == ["\n".join(items[:6]), "\n".join(items[6:])]


def test_a_long_table_repeats_its_header() -> None:
    rows = [f"Power {n} | {'word ' * 47}end" for n in range(8)]

    texts = _texts(Block("table", "\n".join(["Power | When", *rows])))

    assert texts == ["\n".join(["Power | When", *rows[:5]]), "\n".join(["Power | When", *rows[5:]])]


def test_a_table_of_one_long_row_is_kept() -> None:
    row = " | ".join(f"cell{n}" for n in range(200))

    assert _texts(Block("table", row)) == [row]


def test_a_long_first_row_of_a_table_is_not_repeated() -> None:
    rows = [f"Row{n} {'word ' * 150}end" for n in range(3)]

    assert _texts(Block("table", "\n".join(rows))) == rows


def test_a_long_paragraph_is_divided_between_sentences() -> None:
    text = _numbered(30, 20)
    sentences = [text[start:end] for start, end in split_sentences(text)]

    assert _texts(Block("paragraph", text)) == [
        " ".join(sentences[:10]),
        " ".join(sentences[10:20]),
        " ".join(sentences[20:]),
    ]


def test_only_a_sentence_that_no_passage_can_hold_is_cut() -> None:
    words = [f"word{n}" for n in range(LONGEST_SENTENCE + 1)]

    texts = _texts(Block("paragraph", " ".join(words)))

    assert " ".join(texts).split() == words
    assert [len(text.split()) for text in texts] == [TARGET, TARGET, TARGET, 1]


_PIECES = st.sampled_from(
    [
        *("an officer must record it", "see para. 5 of Code C", "for example, i.e. in custody", "Mr. Jones v. Smith"),
        *("the limit is £2.50", "under ss. 4 and 5", "“in force”", "who asked “why?” twice", "at 5 p.m. or later"),
    ]
)
_ENDS = st.sampled_from([".", "?", "!", ".”", ".)", "…"])


@st.composite
def _paragraphs(draw: st.DrawFn) -> list[list[str]]:
    """Paragraphs of sentences that are all different."""
    number = 0
    paragraphs = []
    for _ in range(draw(st.integers(1, 8))):
        sentences = []
        for _ in range(draw(st.integers(1, 12))):
            number += 1
            middle = ", ".join(draw(st.lists(_PIECES, min_size=1, max_size=8)))
            sentences.append(f"Rule{number} says that {middle}, as Rule{number} says{draw(_ENDS)}")
        paragraphs.append(sentences)
    return paragraphs


@given(_paragraphs(), st.booleans())
def test_every_sentence_appears_once_uncut_and_in_order(paragraphs: list[list[str]], sections: bool) -> None:
    blocks = [Block("paragraph", " ".join(sentences)) for sentences in paragraphs]
    if sections:
        blocks = [part for n, block in enumerate(blocks) for part in (Block("heading", f"Part {n}", 1), block)]

    texts = _texts(*blocks)

    together = "\n\n".join(texts)
    wanted = [sentence for sentences in paragraphs for sentence in sentences]
    assert [sum(text.count(sentence) for text in texts) for sentence in wanted] == [1] * len(wanted)
    places = [together.index(sentence) for sentence in wanted]
    assert all(before < after for before, after in pairwise(places))
    assert together.split() == " ".join(wanted).split()
    assert all(len(text.split()) <= MOST for text in texts)


# sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Record it. Tell the sergeant.", ["Record it.", "Tell the sergeant."]),
        ("Is it urgent? Call 999! Then wait…", ["Is it urgent?", "Call 999!", "Then wait…"]),
        ("He said “stop.” She did not.", ["He said “stop.”", "She did not."]),
        ("See s. 136 and para. 5. Then act.", ["See s. 136 and para. 5.", "Then act."]),
        ("Ask, e.g. A or B, i.e. C. Then act.", ["Ask, e.g. A or B, i.e. C. Then act."]),
        ("Tell Dr. Singh and Insp. Ahmed. Wait.", ["Tell Dr. Singh and Insp. Ahmed.", "Wait."]),
        ("Walk to St. Albans. Wait.", ["Walk to St. Albans.", "Wait."]),
        ("The answer is no. The search is lawful.", ["The answer is no.", "The search is lawful."]),
        ("Yes. The search is lawful.", ["Yes.", "The search is lawful."]),
        ("Knives, guns, etc. All are offensive.", ["Knives, guns, etc.", "All are offensive."]),
        ("1. Secure the scene. Call for help.", ["1. Secure the scene.", "Call for help."]),
        ("(a) Secure it.\n(b) Log it.", ["(a) Secure it.", "(b) Log it."]),
        ("- One item\n- Another one", ["- One item", "- Another one"]),
        ("It costs £4.50. £5 is enough.", ["It costs £4.50.", "£5 is enough."]),
        ("Rhowch wybod. Ŵyn yw’r rhain.", ["Rhowch wybod.", "Ŵyn yw’r rhain."]),
        ("Write to nrm@modernslavery.gov.uk for help.", ["Write to nrm@modernslavery.gov.uk for help."]),
        ("  Space around.  More.  ", ["Space around.", "More."]),
        (" \n ", []),
    ],
)
def test_splits_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


@given(st.text(st.sampled_from("Aa1.!? \n()“”-£"), max_size=80))
def test_sentences_hold_everything_but_white_space(text: str) -> None:
    spans = split_sentences(text)

    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
