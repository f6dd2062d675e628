"""The forward pass of a BERT over several texts side by side, from the model's own weights.

The same sums in the same order as transformers' `BertModel` with "sdpa" attention, so the same bits; without its
dispatch of every module, which costs a short question a fifth to a half of the arithmetic again (Devlin et al. 2019,
arXiv 1810.04805, for the model; `tests/benchmarks/question.py` for what it costs).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

Weights = tuple["Tensor", "Tensor"]
"""Of a linear layer or of a norm: weight and bias."""


def is_plain_bert(model: Any) -> bool:
    """Whether this pass knows all that a transformers model does: BERT as it was published, and none of its heirs."""
    from torch import nn

    config = getattr(model, "config", None)
    return (
        getattr(config, "model_type", "") == "bert"
        and getattr(config, "_attn_implementation", "") == "sdpa"
        and getattr(config, "position_embedding_type", "absolute") == "absolute"
        and getattr(config, "hidden_act", "") == "gelu"
        and not getattr(config, "is_decoder", False)
        and all(type(layer) is nn.Linear for layer in _linears(model))
    )


def _linears(model: Any) -> list[Any]:
    found = []
    for layer in model.encoder.layer:
        attention = layer.attention
        found += [attention.self.query, attention.self.key, attention.self.value, attention.output.dense]
        found += [layer.intermediate.dense, layer.output.dense]
    return found


class _Layer:
    """One of a BERT's layers."""

    def __init__(self, layer: Any, heads: int, eps: float) -> None:
        own, after = layer.attention.self, layer.attention.output
        self._query, self._key, self._value = _of(own.query), _of(own.key), _of(own.value)
        self._attended, self._norm = _of(after.dense), _of(after.LayerNorm)
        self._wide, self._narrow = _of(layer.intermediate.dense), _of(layer.output.dense)
        self._last_norm = _of(layer.output.LayerNorm)
        self._heads, self._eps = heads, eps

    def __call__(self, row: Tensor, spans: Sequence[tuple[int, int]]) -> Tensor:
        from torch.nn.functional import gelu, layer_norm, linear

        width = row.shape[1:]
        attended = linear(self._attention(row, spans), *self._attended)
        row = layer_norm(attended + row, width, *self._norm, self._eps)
        widened = gelu(linear(row, *self._wide))
        return layer_norm(linear(widened, *self._narrow) + row, width, *self._last_norm, self._eps)

    def _attention(self, row: Tensor, spans: Sequence[tuple[int, int]]) -> Tensor:
        """Each text attends to itself alone."""
        import torch
        from torch.nn.functional import linear, scaled_dot_product_attention

        asked = [linear(row, *each) for each in (self._query, self._key, self._value)]
        found = []
        for start, end in spans:
            query, key, value = (
                each[start:end].view(1, end - start, self._heads, -1).transpose(1, 2) for each in asked
            )
            found.append(scaled_dot_product_attention(query, key, value).transpose(1, 2).reshape(end - start, -1))
        return found[0] if len(found) == 1 else torch.cat(found)


class PlainBert:
    """Token vectors of texts in one row. The weights are the model's own, and stay where they are."""

    def __init__(self, model: Any) -> None:
        config, embeddings = model.config, model.embeddings
        self._words = embeddings.word_embeddings.weight
        self._kind = embeddings.token_type_embeddings.weight[0]
        self._places = embeddings.position_embeddings.weight
        self._norm, self._eps = _of(embeddings.LayerNorm), config.layer_norm_eps
        self._layers = [_Layer(layer, config.num_attention_heads, self._eps) for layer in model.encoder.layer]

    def __call__(self, texts: Sequence[Sequence[int]]) -> list[Tensor]:
        """The token vectors of each text, shape (its tokens, width)."""
        import torch
        from torch.nn.functional import layer_norm

        lengths = [len(text) for text in texts]
        tokens = torch.tensor([token for text in texts for token in text])
        places = torch.cat([torch.arange(length) for length in lengths])
        row = self._words[tokens] + self._kind + self._places[places]
        row = layer_norm(row, row.shape[1:], *self._norm, self._eps)
        ends = [sum(lengths[: at + 1]) for at in range(len(lengths))]
        spans = list(zip([0, *ends], ends, strict=False))
        for layer in self._layers:
            row = layer(row, spans)
        return [row[start:end] for start, end in spans]


def _of(layer: Any) -> Weights:
    return layer.weight, layer.bias
