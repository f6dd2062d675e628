"""What a build reports: passages one by one, and golden questions that are answered otherwise."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.build import Builder, BuildRefused, Golden
from indexer.difference import Change, worded
from indexer.measuring.evaluate import Expectation, Given
from indexer.measuring.golden import golden_gate
from indexer.outcome import Answer, refuse_if_worse
from knowledge.store.folder import Library
from tests.support.fakes import WordEncoder

SEXTON = "The ledger of badgers is kept by the sexton."


@pytest.fixture
def builder(library: Library, encoder: WordEncoder) -> Builder:
    return Builder(library, encoder)


def changes(builder: Builder, *roots: Path) -> list[Change]:
    return list(builder.build(list(roots), dry_run=True).difference.changes)


def test_a_reworded_passage_is_told_from_one_that_is_gone(builder: Builder, guidance: Path) -> None:
    builder.build([guidance])
    file = guidance / "badgers.md"
    file.write_text(file.read_text(encoding="utf-8").replace("the sexton", "the verger"), encoding="utf-8")
    assert changes(builder, guidance) == [
        Change(
            "reworded",
            "badger-counting",
            "Who keeps the badger ledger?",
            SEXTON.replace("sexton", "verger"),
            "Who keeps the badger ledger?",
            SEXTON,
        )
    ]


def test_a_passage_under_another_heading_has_moved(builder: Builder, guidance: Path) -> None:
    builder.build([guidance])
    file = guidance / "badgers.md"
    text = file.read_text(encoding="utf-8").replace("Who keeps the badger ledger?", "The ledger")
    file.write_text(text, encoding="utf-8")
    (change,) = changes(builder, guidance)
    assert (change.kind, change.section, change.was_section) == ("moved", "The ledger", "Who keeps the badger ledger?")


def test_a_passage_in_another_document_has_moved(builder: Builder, guidance: Path) -> None:
    builder.build([guidance])
    file = guidance / "badgers.md"
    kept, gone = file.read_text(encoding="utf-8").split("## Who keeps")
    file.write_text(kept, encoding="utf-8")
    (guidance / "ledger.md").write_text(f"# Ledgers\n\n## Who keeps{gone}", encoding="utf-8")
    (change,) = changes(builder, guidance)
    assert (change.kind, change.document, change.was_section) == (
        "moved",
        "ledger",
        "badger-counting > Who keeps the badger ledger?",
    )


def test_passages_that_come_and_go_are_added_and_removed(builder: Builder, guidance: Path) -> None:
    builder.build([guidance])
    file = guidance / "badgers.md"
    file.write_text(file.read_text(encoding="utf-8").split("## Who keeps")[0], encoding="utf-8")
    (guidance / "owls.md").write_text("# Owls\n\nOwls are left alone.\n", encoding="utf-8")
    built = builder.build([guidance], dry_run=True)
    assert [(one.kind, one.document, one.text) for one in built.difference.changes] == [
        ("removed", "badger-counting", SEXTON),
        ("added", "owls", "Owls are left alone."),
    ]
    assert (built.difference.added, built.difference.changed) == (("owls",), ("badger-counting",))


def test_a_reworded_passage_is_the_one_most_like_it(builder: Builder, guidance: Path) -> None:
    kites, owls = "Kites are flown in the field by the river on a dry day.", "Owls are fed in the field by the river."
    fine = kites.replace("dry", "fine")
    file = guidance / "rules.md"
    file.write_text(f"# Rules\n\n## Kites\n\n{kites}\n", encoding="utf-8")
    builder.build([guidance])
    # the new one stands first and is alike enough: first come, first served would take it
    file.write_text(f"# Rules\n\n## Owls\n\n{owls}\n\n## Flying kites\n\n{fine}\n", encoding="utf-8")
    found = [(one.kind, one.section, one.was_section, one.text) for one in changes(builder, guidance)]
    assert found == [("reworded", "Flying kites", "Kites", fine), ("added", "Owls", "", owls)]


def test_a_passage_that_was_there_twice_and_is_there_once_is_removed(builder: Builder, guidance: Path) -> None:
    file = guidance / "twice.md"
    file.write_text("# Twice\n\n## Owls\n\nOwls are left alone.\n\n## Owls\n\nOwls are left alone.\n", encoding="utf-8")
    first = builder.build([guidance])
    assert first.manifest.passages == 8
    file.write_text("# Twice\n\n## Owls\n\nOwls are left alone.\n", encoding="utf-8")
    built = builder.build([guidance], dry_run=True).difference
    assert (built.passages_removed, [(one.kind, one.text) for one in built.changes]) == (
        1,
        [("removed", "Owls are left alone.")],
    )


words = st.lists(st.sampled_from(["owls ", "kites\n", "fly ", "at ", "dusk. ", "not "]), max_size=12).map("".join)


@given(words, words)
def test_the_parts_of_a_rewording_are_the_old_and_the_new_text(was: str, now: str) -> None:
    parts = worded(was, now)
    assert "".join(part.text for part in parts if part.kind != "gone") == now
    assert "".join(part.text for part in parts if part.kind != "new").split() == was.split()
    kinds = [part.kind for part in parts]
    assert all(one != other for one, other in pairwise(kinds))


def test_a_build_that_changes_nothing_says_so(builder: Builder, guidance: Path) -> None:
    builder.build([guidance])
    assert changes(builder, guidance) == []


# golden questions

ASKED = [
    Expectation("g1", "who keeps the badger ledger", "answered", ("badger-counting",)),
    Expectation("g2", "what does a parking permit cost", "handed_over"),
]
SEXTON_ANSWER = Given("answered", ("badger-counting",), ("Who keeps the badger ledger?",))
NONE = Given("handed_over", ())


def reword(guidance: Path) -> None:
    """Make the next edition another one: of two that are the same, byte for byte, nothing is asked."""
    file = guidance / "laundry.md"
    file.write_text(file.read_text(encoding="utf-8").replace("Shake it.", "Shake it well."), encoding="utf-8")


class Asking:
    """Stands for search and judge: what each edition answers, and which editions were asked."""

    def __init__(self, answers: dict[int, Given]) -> None:
        self.answers = answers
        self.asked: list[tuple[int, str]] = []

    def __call__(self, edition: object, encoder: object) -> object:
        number = edition.number  # type: ignore[attr-defined]

        def ask(text: str) -> Given:
            self.asked.append((number, text))
            return self.answers[number] if "ledger" in text else NONE

        return ask


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> Asking:
    found = Asking({1: SEXTON_ANSWER, 2: SEXTON_ANSWER, 3: SEXTON_ANSWER})
    monkeypatch.setattr("indexer.measuring.evaluate.ask_library", found)
    return found


def test_the_edition_before_is_asked_only_what_is_not_known(
    library: Library, guidance: Path, encoder: WordEncoder, asking: Asking
) -> None:
    Builder(library, encoder, golden_gate(encoder, ASKED)).build([guidance])
    asking.asked.clear()
    reword(guidance)
    built = Builder(library, encoder, golden_gate(encoder, ASKED)).build([guidance])
    assert {number for number, _ in asking.asked} == {2}
    assert (built.golden.right, built.golden.right_before) == (2, 2)


def test_other_questions_are_asked_of_both(
    library: Library, guidance: Path, encoder: WordEncoder, asking: Asking
) -> None:
    Builder(library, encoder, golden_gate(encoder, ASKED[:1])).build([guidance])
    asking.asked.clear()
    reword(guidance)
    Builder(library, encoder, golden_gate(encoder, ASKED)).build([guidance])
    assert {number for number, _ in asking.asked} == {1, 2}


def test_a_document_that_passed_its_review_date_is_asked_again(
    library: Library, guidance: Path, encoder: WordEncoder, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    Builder(library, encoder, golden_gate(encoder, ASKED)).build([guidance])
    monkeypatch.setattr("indexer.measuring.golden._grew_stale", lambda edition, then, today: True)
    asking.asked.clear()
    reword(guidance)
    Builder(library, encoder, golden_gate(encoder, ASKED)).build([guidance])
    assert {number for number, _ in asking.asked} == {1, 2}


def test_a_question_that_is_answered_from_elsewhere_is_named(
    library: Library, guidance: Path, encoder: WordEncoder, asking: Asking
) -> None:
    Builder(library, encoder, golden_gate(encoder, ASKED)).build([guidance])
    asking.answers[2] = Given("answered", ("badger-counting",), ("When are badgers counted?",))
    reword(guidance)
    (changed,) = Builder(library, encoder, golden_gate(encoder, ASKED)).build([guidance], dry_run=True).golden.changed
    assert changed.as_json() == {
        "id": "g1",
        "text": "who keeps the badger ledger",
        "before": "answered > badger-counting > Who keeps the badger ledger?",
        "now": "answered > badger-counting > When are badgers counted?",
    }


def test_the_vectors_of_questions_are_remembered_from_build_to_build(
    library: Library, guidance: Path, tmp_path: Path
) -> None:
    class Counting(WordEncoder):
        questions = 0

        def encode_question(self, text: str) -> Any:
            Counting.questions += 1
            return super().encode_question(text)

    asked = [Expectation("g1", "who keeps the badger ledger", "answered", ("badger-counting",))]
    file = tmp_path / "questions.npz"
    for count in (1, 1):
        Builder(library, Counting(), golden_gate(Counting(), asked, remembered=file)).build([guidance])
        assert Counting.questions == count
    file.write_bytes(b"half")
    reword(guidance)
    Builder(library, Counting(), golden_gate(Counting(), asked, remembered=file)).build([guidance])
    assert Counting.questions == 2
    other = Counting("other")  # its vectors make another edition
    Builder(library, other, golden_gate(other, asked, remembered=file)).build([guidance])
    assert Counting.questions == 3


def test_an_edition_below_the_floor_is_refused_the_first_one_too(
    library: Library, guidance: Path, encoder: WordEncoder, asking: Asking
) -> None:
    many = [Expectation(f"g{n}", f"ledger {n}", "answered", ("badger-counting",)) for n in range(20)]
    asking.answers[1] = NONE
    builder = Builder(library, encoder, golden_gate(encoder, many))
    with pytest.raises(BuildRefused, match=r"0 of 20 golden questions would go right, and at least 50% must\."):
        builder.build([guidance])
    assert library.numbers() == []
    assert builder.build([guidance], force_because="a trial").published


@pytest.mark.parametrize(
    ("golden", "low", "worse"),
    [
        (Golden(20, 10), False, False),
        (Golden(20, 9), True, False),
        (Golden(19, 0), False, False),
        (Golden(100, 94, 100), False, True),
        (Golden(100, 95, 100), False, False),
    ],
)
def test_where_the_limits_are(golden: Golden, low: bool, worse: bool) -> None:
    assert (golden.is_too_low, golden.is_worse) == (low, worse)


@pytest.mark.parametrize(
    ("golden", "muted"),
    [
        (Golden(100, 90, 90, quoted=69, quoted_before=100), True),
        (Golden(100, 90, 90, quoted=70, quoted_before=100), False),
        (Golden(100, 90, 90, quoted=0, quoted_before=19), False),
        (Golden(100, 90, quoted=0), False),
    ],
)
def test_where_far_fewer_would_be_answered_with_a_quote(golden: Golden, muted: bool) -> None:
    assert golden.is_muted is muted
    if muted:
        with pytest.raises(BuildRefused, match="69 golden questions would be answered with a quote, 100 are now"):
            refuse_if_worse(golden)
    else:
        refuse_if_worse(golden)


def test_what_is_right_by_a_new_document_is_told_apart_and_quotes_are_counted(
    library: Library, guidance: Path, encoder: WordEncoder, asking: Asking
) -> None:
    Builder(library, encoder, golden_gate(encoder, ASKED)).build([guidance])
    (guidance / "copy.md").write_text("# Copy\n\nOwls are left alone.\n", encoding="utf-8")
    asking.answers[2] = Given("answered", ("copy",), ("Copy",))
    golden = Builder(library, encoder, golden_gate(encoder, ASKED)).build([guidance]).golden
    assert (golden.right, golden.right_before, golden.by_new) == (2, 2, 1)
    asking.answers[3] = Given("possible", ("badger-counting",), ("Who keeps the badger ledger?",))
    reword(guidance)
    golden = Builder(library, encoder, golden_gate(encoder, ASKED)).build([guidance]).golden
    assert (golden.right, golden.by_new, golden.quoted, golden.quoted_before) == (2, 0, 0, 1)
    assert (golden.as_json()["quoted"], golden.as_json()["quoted_before"]) == (0, 1)


def test_answers_in_words() -> None:
    assert Answer("handed_over").in_words == "handed_over"
    assert Answer("answered", "kite", "Soaking").in_words == "answered > kite > Soaking"
