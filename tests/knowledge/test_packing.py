"""What is encoded together has the vector it has alone, whoever asks, and nothing is encoded twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pytest

from knowledge.encoder import Encoded, EncoderError, SentenceTransformerEncoder, Span, Vectors
from knowledge.encoding.batching import of_one_length
from knowledge.encoding.once import EncodingOnce
from knowledge.encoding.packing import SideBySide, side_by_side
from knowledge.encoding.pooling import unit

ASKED = (
    "cpn",
    "how long can we hold someone on a 136 for",
    "who authorises a section 34 dispersal, and for how long, and does it have to be written down at the time",
    "What's a CPW?",
    "lowest age for a cpn vs a civil injunction",
)


def raising(error: Exception) -> Callable[..., object]:
    """A function that does nothing but raise."""

    def fail(*_: object, **__: object) -> object:
        raise error

    return fail


class Counting:
    """An encoder that counts, with one number a letter; it packs, fails at "broken", and waits where it is told to."""

    name, fingerprint, dimension = "letters", "f", 26

    def __init__(self) -> None:
        self.passes: list[tuple[str, ...]] = []
        self.inside, self.go = threading.Event(), threading.Event()
        self.go.set()

    def encode_question(self, text: str) -> Vectors:
        found = self.encode_packed([text])
        return np.asarray(found[0], dtype=np.float32)

    def encode_packed(self, texts: Sequence[str]) -> Vectors:
        self.passes.append(tuple(texts))
        self.inside.set()
        assert self.go.wait(10)
        if "broken" in texts:
            raise EncoderError("No model here. Install one.")
        rows = [[text.count(chr(97 + letter)) for letter in range(26)] for text in texts]
        return np.array(rows, dtype=np.float32)

    def encode_texts(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        raise NotImplementedError


def test_texts_in_one_pass_have_the_vectors_they_have_alone_bit_for_bit(
    real_encoder: SentenceTransformerEncoder,
) -> None:
    alone = np.array([real_encoder.encode_question(text) for text in ASKED])
    for many in (2, 3, len(ASKED)):
        together = real_encoder.encode_questions(ASKED[:many])
        assert together.tobytes() == alone[:many].tobytes()
    backwards = real_encoder.encode_questions(ASKED[::-1])
    assert backwards[::-1].tobytes() == alone.tobytes()


def test_a_packed_vector_is_the_models_own_but_for_the_digits_that_half_precision_leaves_out(
    real_encoder: SentenceTransformerEncoder,
) -> None:
    own = real_encoder._encoded(ASKED, question=True)
    packed = real_encoder.encode_questions(ASKED)
    assert np.abs(packed - own).max() < 1e-4
    assert (packed * own).sum(axis=1).min() > 0.999999


def test_weights_are_halved_where_this_machine_can(real_encoder: SentenceTransformerEncoder) -> None:
    import torch

    from knowledge.encoding.linear import can_be_halved

    assert isinstance(real_encoder._packed, SideBySide)
    assert isinstance(real_encoder._packed._bert, torch.jit.ScriptModule)  # others run meanwhile
    kinds = {module.original_name for module in real_encoder._packed._bert.modules()}
    assert ("Halved" in kinds, "Whole" in kinds) == (can_be_halved(), not can_be_halved())


@pytest.fixture
def asked_again() -> Iterator[None]:
    """Whether weights can be halved is found out anew in this test, and anew after it."""
    from knowledge.encoding.linear import can_be_halved

    can_be_halved.cache_clear()
    yield
    can_be_halved.cache_clear()


@pytest.mark.usefixtures("asked_again")
@pytest.mark.parametrize("error", [RuntimeError("not supported by QNNPACK"), AttributeError("no such operator")])
def test_where_half_precision_cannot_be_had_the_weights_stay_whole(
    real_encoder: SentenceTransformerEncoder, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    own = real_encoder._encoded(ASKED, question=True)
    monkeypatch.setattr("knowledge.encoding.linear._fitting", raising(error))
    packed = side_by_side(real_encoder._model, 512)
    assert packed is not None
    assert np.abs(unit(packed.encode(ASKED)) - own).max() < 1e-6


@pytest.mark.usefixtures("asked_again")
@pytest.mark.parametrize(
    ("fitting", "can"),
    [
        (range(1, 601), True),
        (range(16, 601, 16), True),
        (range(17, 601, 17), False),
        (range(1, 500), False),
        ((), False),
    ],
)
def test_where_rows_would_have_to_be_filled_up_with_many_weights_stay_whole(
    monkeypatch: pytest.MonkeyPatch, fitting: Sequence[int], can: bool
) -> None:
    from knowledge.encoding import linear

    monkeypatch.setattr(linear, "_fitting", lambda: list(fitting))
    assert linear.can_be_halved() is can


@pytest.mark.parametrize("error", [RuntimeError("not supported"), OSError("no source code"), TypeError("3.15")])
def test_where_torch_cannot_make_one_call_of_the_pass_it_gives_the_same_bits(
    real_encoder: SentenceTransformerEncoder, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    import torch

    from knowledge.encoding.bert import PlainBert

    monkeypatch.setattr(torch.jit, "script", raising(error))
    packed = side_by_side(real_encoder._model, 512)
    assert packed is not None
    assert isinstance(packed._bert, PlainBert)
    assert unit(packed.encode(ASKED)).tobytes() == real_encoder.encode_questions(ASKED).tobytes()


def test_rows_come_out_alike_in_rows_of_any_number_once_there_is_room() -> None:
    import torch

    from knowledge.encoding import linear

    if not linear.can_be_halved():
        pytest.skip("this machine's torch has no weights in half precision")
    torch.manual_seed(3)
    layer = linear.Halved([torch.nn.Linear(384, 48)])
    rows = torch.randn(linear.MOST_ROWS, 384)
    with torch.inference_mode():
        every = torch.cat([layer(rows[at : at + 12]) for at in range(0, linear.MOST_ROWS, 12)])
        for many in (*range(1, 130), 187, 254, 512, 597):
            made = layer(rows[: linear.room_for(many)])
            assert torch.equal(made[:many], every[:many]), many


def test_what_adds_up_alike_is_found_whatever_was_drawn_before() -> None:
    import torch

    from knowledge.encoding import linear

    if not linear.can_be_halved():
        pytest.skip("this machine's torch has no weights in half precision")
    known = linear._fitting()
    before = torch.get_rng_state()
    for seed in (4, 30, 366):
        torch.manual_seed(seed)
        assert linear._fitting.__wrapped__() == known
    torch.set_rng_state(before)
    assert linear._fitting.__wrapped__() == known
    assert torch.equal(torch.get_rng_state(), before)


def test_of_the_tokens_of_texts_those_of_the_last_few_are_remembered_and_nothing_else(
    real_encoder: SentenceTransformerEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = side_by_side(real_encoder._model, 512)
    assert packed is not None
    packed.encode([f"cpn {n}" for n in range(40)])
    assert list(packed._last) == [f"cpn {n}" for n in range(8, 40)]
    assert all(tokens.base is None for tokens in packed._last.values())  # a view would keep the whole row
    monkeypatch.setattr(packed, "_bert", raising(RuntimeError("asked again")))
    vectors, offsets = packed.tokens_of("cpn 39")
    assert vectors.shape == (len(offsets), 384)


def test_a_row_holds_so_many_tokens_that_it_is_no_burden(
    real_encoder: SentenceTransformerEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = side_by_side(real_encoder._model, 512)
    assert packed is not None
    rows: list[int] = []
    bert = packed._bert
    monkeypatch.setattr(packed, "_bert", lambda tokens, *rest: rows.append(len(tokens)) or bert(tokens, *rest))
    packed.encode([f"{n} {'kite ' * 98}" for n in range(12)])
    assert [number <= 512 for number in rows] == [True] * 3
    assert sum(rows) >= 1200


def test_many_texts_take_several_rows_and_keep_their_order(real_encoder: SentenceTransformerEncoder) -> None:
    texts = [f"{ASKED[n % len(ASKED)]} number {n}" for n in range(60)]
    together = real_encoder.encode_questions(texts)
    for n in (0, 31, 59):
        assert together[n].tobytes() == real_encoder.encode_question(texts[n]).tobytes()


def test_a_text_is_encoded_once() -> None:
    counting = Counting()
    once = EncodingOnce(counting)
    first = once.encode_questions(["kite", "owl"])
    assert once.encode_question("owl").tobytes() == first[1].tobytes()
    assert once.encode_questions(["kite", "kite"]).tobytes() == first[[0, 0]].tobytes()
    assert counting.passes == [("kite", "owl")]


def test_what_comes_next_goes_along() -> None:
    counting = Counting()
    once = EncodingOnce(counting)
    once.soon("owl")
    once.encode_question("kite")
    assert once.encode_question("owl")[ord("w") - 97] == 1
    assert counting.passes == [("kite", "owl")]


def test_only_the_last_texts_are_remembered() -> None:
    counting = Counting()
    once = EncodingOnce(counting, most=2)
    for text in ("kite", "owl", "silk", "kite"):
        once.encode_question(text)
    assert counting.passes == [("kite",), ("owl",), ("silk",), ("kite",)]


def test_those_who_come_during_a_pass_share_the_next_one() -> None:
    counting = Counting()
    once = EncodingOnce(counting)
    counting.go.clear()
    found: dict[str, float] = {}
    threads = [
        threading.Thread(target=lambda text=text: found.update({text: float(once.encode_question(text).sum())}))
        for text in ("kite", "owl", "silks")
    ]
    threads[0].start()
    assert counting.inside.wait(10)
    for thread in threads[1:]:
        thread.start()
    while len(once._waiting) < 2:  # both stand at the door before the first pass ends
        threading.Event().wait(0.001)
    counting.go.set()
    for thread in threads:
        thread.join(10)
    assert found == {"kite": 4, "owl": 3, "silks": 5}
    assert counting.passes[0] == ("kite",)
    assert sorted(counting.passes[1]) == ["owl", "silks"]
    assert len(counting.passes) == 2


def test_an_encoder_that_fails_is_told_to_whoever_asked_and_serves_the_next() -> None:
    once = EncodingOnce(Counting())
    with pytest.raises(EncoderError, match="Install one"):
        once.encode_question("broken")
    assert once.encode_question("owl").sum() == 3


def test_nobody_writes_into_a_vector_that_is_shared() -> None:
    once = EncodingOnce(Counting())
    with pytest.raises(ValueError, match="read-only"):
        once.encode_question("owl")[0] = 1.0


def test_a_text_has_the_vectors_it_has_alone_whatever_is_encoded_beside_it(
    real_encoder: SentenceTransformerEncoder,
) -> None:
    texts = [*ASKED, "A CPW comes first. " * 9, "what is a cpw"]
    spans = [[(0, 3), (3, len(text))] for text in texts]
    alone = [real_encoder.encode_texts([text], [own])[0] for text, own in zip(texts, spans, strict=True)]
    together = real_encoder.encode_texts(texts, spans)
    assert [one.whole.tobytes() for one in together] == [one.whole.tobytes() for one in alone]
    assert [one.parts.tobytes() for one in together] == [one.parts.tobytes() for one in alone]
    assert real_encoder.encode_texts([], []) == []


def test_texts_of_one_length_are_read_together() -> None:
    assert list(of_one_length([3, 1, 3, 3, 2, 1], most=2)) == [[1, 5], [4], [0, 2], [3]]
    assert list(of_one_length([], most=2)) == []
