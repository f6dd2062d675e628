"""Encoders of every kind, made tiny and random here: each must give the vectors that the model itself gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge.encoder import EncoderError, SentenceTransformerEncoder
from knowledge.language.sentences import split_sentences

WORDS = "the a badger kite is counted washed at dusk in pairs by two people query : passage . ? silk cotton".split()
TEXT = "The badger is counted at dusk. The kite is washed by two people."
SPANS = split_sentences(TEXT)
Make = Callable[..., Path]


def transformer(
    folder: Path, positions: int = 64, activation: str = "gelu", precision: str = "float32", eps: float = 1e-12
) -> Any:
    """A BERT of two layers that knows twenty words."""
    import torch
    from sentence_transformers.sentence_transformer.modules import Transformer
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(7)
    vocabulary = {word: n for n, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    )
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=positions,
        hidden_act=activation,
        layer_norm_eps=eps,
    )
    BertModel(config).to(getattr(torch, precision)).save_pretrained(folder / "bert")
    fast.save_pretrained(folder / "bert")
    return Transformer(str(folder / "bert"), max_seq_length=positions - 4)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Saves a model of a pooling, with further modules and prompts."""

    def build(
        pooling: str = "mean", *, dense: bool = False, prompts: dict[str, str] | None = None, **options: Any
    ) -> Path:
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import Dense, Normalize, Pooling

        first = transformer(tmp_path, **options)
        modules = [first, Pooling(16, pooling_mode=pooling)]
        modules += [Dense(16, 8)] if dense else []
        model = SentenceTransformer(modules=[*modules, Normalize()], device="cpu", prompts=prompts)
        target = tmp_path / f"{pooling}-{dense}"
        model.save(str(target), create_model_card=False)
        return target

    return build


def own(folder: Path, texts: list[str], **options: Any) -> Any:
    """What sentence-transformers itself makes of texts."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    return model.encode(texts, normalize_embeddings=True, show_progress_bar=False, **options)


@pytest.mark.parametrize(
    ("pooling", "dense"), [("mean", False), ("cls", False), ("max", False), ("lasttoken", False), ("mean", True)]
)
def test_vectors_are_the_models_own(make: Make, pooling: str, dense: bool) -> None:
    folder = make(pooling, dense=dense)
    encoder = SentenceTransformerEncoder(str(folder))
    assert encoder.dimension == (8 if dense else 16)
    expected = own(folder, [TEXT])[0]
    assert encoder.encode_question(TEXT) == pytest.approx(expected, abs=1e-5)
    encoded = encoder.encode_texts([TEXT, "Kite."], [SPANS, ()])
    assert encoded[0].whole == pytest.approx(expected, abs=1e-5)
    assert encoded[0].parts.shape == (2, encoder.dimension)
    assert encoded[1].parts.shape == (0, encoder.dimension)


@pytest.mark.parametrize(("pooling", "dense"), [("cls", False), ("max", False), ("lasttoken", False), ("mean", True)])
def test_without_a_mean_of_tokens_a_sentence_is_encoded_by_itself(make: Make, pooling: str, dense: bool) -> None:
    folder = make(pooling, dense=dense)
    parts = SentenceTransformerEncoder(str(folder)).encode_texts([TEXT], [SPANS])[0].parts
    alone = own(folder, [TEXT[start:end] for start, end in SPANS])
    assert parts == pytest.approx(alone, abs=1e-5)


def test_where_the_mean_is_taken_a_sentence_keeps_its_context(make: Make) -> None:
    folder = make("mean")
    parts = SentenceTransformerEncoder(str(folder)).encode_texts([TEXT], [SPANS])[0].parts
    alone = own(folder, [TEXT[start:end] for start, end in SPANS])
    assert np.abs(parts - alone).max() > 1e-3
    assert np.linalg.norm(parts, axis=1) == pytest.approx(np.ones(2), abs=1e-5)


def test_a_sentence_beyond_what_the_model_reads_has_a_vector_of_its_own(make: Make) -> None:
    folder = make("mean", positions=16)
    long = "The badger is counted at dusk in pairs by two people. The kite is washed."
    parts = SentenceTransformerEncoder(str(folder)).encode_texts([long], [split_sentences(long)])[0].parts
    assert parts[1] == pytest.approx(own(folder, ["The kite is washed."])[0], abs=1e-5)


def test_a_question_is_read_by_one_core_and_much_by_all(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    encoder = SentenceTransformerEncoder(str(make("mean")))
    threads: list[int] = []
    monkeypatch.setattr("knowledge.encoder_files._cores", lambda: 4)
    monkeypatch.setattr(torch, "set_num_threads", threads.append)
    encoder.encode_question(TEXT)
    threads.clear()  # the first one also tried whether questions can be packed
    encoder.encode_question(TEXT)
    encoder.encode_texts([TEXT * 20] * 16, [[]] * 16)
    assert threads == [1, 4]


@pytest.mark.parametrize("activation", ["gelu", "relu", "gelu_new"])
def test_a_bert_of_another_kind_is_asked_itself(make: Make, activation: str) -> None:
    folder = make("mean", activation=activation)
    encoder = SentenceTransformerEncoder(str(folder))
    assert encoder.encode_question(TEXT) == pytest.approx(own(folder, [TEXT])[0], abs=1e-5)
    assert (encoder.encode_packed([TEXT]) is not None) == (activation == "gelu")


@pytest.mark.parametrize("precision", ["float16", "bfloat16", "float64"])
def test_a_model_of_another_precision_answers_as_it_does_itself(make: Make, precision: str) -> None:
    folder = make("mean", precision=precision)
    encoder = SentenceTransformerEncoder(str(folder))
    assert encoder.encode_question(TEXT) == pytest.approx(
        own(folder, [TEXT])[0], abs=1e-5 if "64" in precision else 0.01
    )


def test_a_norm_counts_with_the_models_own_smallest_number(make: Make) -> None:
    folder = make("mean", eps=0.1)
    encoder = SentenceTransformerEncoder(str(folder))
    assert encoder.encode_packed([TEXT]) is not None
    assert encoder.encode_question(TEXT) == pytest.approx(own(folder, [TEXT])[0], abs=1e-5)


def test_a_model_that_puts_something_before_every_text_by_itself_is_tried_without(make: Make) -> None:
    encoder = SentenceTransformerEncoder(str(make("mean", prompts={"other": "washed : "})))
    encoder._model.default_prompt_name = "other"
    assert encoder.encode_packed([TEXT]) is not None


def test_a_text_of_no_tokens_has_a_vector_of_nothing(make: Make) -> None:
    encoder = SentenceTransformerEncoder(str(make("mean")))
    packed = encoder._packed
    assert packed is not None
    packed._tokenizer = lambda texts, **_: {"input_ids": [[2, 5, 3] if text else [] for text in texts]}
    found = packed.encode(["", "the"])
    assert (found[0] == 0).all()
    assert np.abs(found[1]).max() > 0.1


def a_little_more(module: Any, given: Any, out: Any) -> Any:
    """What a layer gives, with one number a little larger."""
    return out + 0.001 * (out == out.max())


def test_a_bert_that_does_a_little_more_than_it_says_is_asked_itself(make: Make) -> None:
    encoder = SentenceTransformerEncoder(str(make("mean")))
    first: Any = encoder._model[0]
    first.model.encoder.layer[1].register_forward_hook(a_little_more)
    assert encoder.encode_packed([TEXT]) is None


def test_a_bert_that_does_something_else_than_it_says_is_asked_itself(make: Make) -> None:
    encoder = SentenceTransformerEncoder(str(make("mean")))
    first: Any = encoder._model[0]
    first.model.encoder.layer[1].register_forward_hook(lambda module, given, out: out.roll(1, dims=-1))
    expected = encoder._encoded([TEXT], question=True)[0]
    assert encoder.encode_packed([TEXT]) is None
    assert encoder.encode_question(TEXT) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("query", "document"), [("query", "document"), ("question", "passage"), ("search_query", "corpus")]
)
def test_prompts_are_found_under_every_usual_name(make: Make, query: str, document: str) -> None:
    folder = make("cls", prompts={query: "query : ", document: "passage : "})
    encoder = SentenceTransformerEncoder(str(folder))
    assert encoder.encode_question(TEXT) == pytest.approx(own(folder, ["query : " + TEXT])[0], abs=1e-5)
    assert encoder.encode_texts([TEXT], [()])[0].whole == pytest.approx(own(folder, ["passage : " + TEXT])[0], abs=1e-5)


def test_prompts_can_be_set_and_make_another_encoder_of_it(make: Make) -> None:
    folder = make("mean")
    plain = SentenceTransformerEncoder(str(folder))
    told = SentenceTransformerEncoder(str(folder), query_prompt="query : ", document_prompt="passage : ")
    assert told.encode_question(TEXT) == pytest.approx(own(folder, ["query : " + TEXT])[0], abs=1e-5)
    assert told.encode_texts([TEXT], [SPANS])[0].whole == pytest.approx(own(folder, ["passage : " + TEXT])[0], abs=1e-5)
    assert told.fingerprint != plain.fingerprint


def test_everything_that_changes_vectors_changes_the_fingerprint(make: Make) -> None:
    folder = make("mean")
    before = SentenceTransformerEncoder(str(folder)).fingerprint
    assert SentenceTransformerEncoder(str(folder)).fingerprint == before
    pooling = next(folder.glob("1_*/config.json"))
    changed = {**json.loads(pooling.read_text("utf-8")), "pooling_mode": "cls"}
    pooling.write_text(json.dumps(changed), encoding="utf-8")
    assert SentenceTransformerEncoder(str(folder)).fingerprint != before
    (folder / "README.md").write_text("nothing that counts", encoding="utf-8")
    assert SentenceTransformerEncoder(str(folder)).fingerprint == SentenceTransformerEncoder(str(folder)).fingerprint


def test_a_static_model_is_an_encoder_too(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(["[UNK]", *WORDS])}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = np.random.default_rng(3).normal(size=(len(WORDS) + 1, 12)).astype(np.float32)
    folder = tmp_path / "static"
    module = StaticEmbedding(tokenizer, embedding_weights=weights)
    SentenceTransformer(modules=[module], device="cpu").save(str(folder), create_model_card=False)
    encoder = SentenceTransformerEncoder(str(folder))
    assert encoder.encode_question("badger kite") == pytest.approx(own(folder, ["badger kite"])[0], abs=1e-5)
    assert encoder.encode_texts([TEXT], [SPANS])[0].parts == pytest.approx(
        own(folder, [TEXT[start:end] for start, end in SPANS]), abs=1e-5
    )


def test_a_model_without_safe_weights_is_refused(make: Make) -> None:
    folder = make("mean")
    for file in folder.rglob("*.safetensors"):
        file.unlink()
    with pytest.raises(EncoderError, match=r"has no \.safetensors weights"):
        SentenceTransformerEncoder(str(folder)).encode_question("anything")


@pytest.mark.parametrize("activation", ["gelu", "relu"])
def test_a_clause_of_a_question_keeps_its_context_and_is_the_same_whenever_it_is_asked_for(
    make: Make, activation: str
) -> None:
    encoder = SentenceTransformerEncoder(str(make("mean", activation=activation)))
    span = SPANS[1]
    fresh = encoder.encode_clauses(TEXT, [span])[0]
    whole = encoder.encode_question(TEXT)
    assert encoder.encode_clauses(TEXT, [span])[0].tobytes() == fresh.tobytes()
    assert fresh @ whole > encoder.encode_question(TEXT[slice(*span)]) @ whole
    assert encoder.encode_clauses(TEXT, [span]) == pytest.approx(
        encoder.encode_texts([TEXT], [[span]])[0].parts, abs=1e-5
    )


def test_a_clause_is_encoded_by_itself_where_no_mean_is_taken_or_it_was_not_read(make: Make) -> None:
    first_token = SentenceTransformerEncoder(str(make("cls")))
    span = SPANS[1]
    assert first_token.encode_clauses(TEXT, [span])[0] == pytest.approx(
        first_token.encode_question(TEXT[slice(*span)]), abs=1e-6
    )
    mean = SentenceTransformerEncoder(str(make("mean")))
    long = f"{TEXT} " * 40
    unread = long.rindex("The kite"), len(long.rstrip())
    assert mean.encode_clauses(long, [unread])[0] == pytest.approx(mean.encode_question(long[slice(*unread)]), abs=1e-6)
