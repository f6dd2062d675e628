"""The forward pass of a BERT over several texts side by side, with the weights of a model, in one call.

The sums of transformers' `BertModel` with "sdpa" attention (Devlin et al. 2019, arXiv 1810.04805), without its
dispatch of every module, which costs a short question a fifth to a half of the arithmetic again. As TorchScript it is
one call, during which the interpreter's lock is free: operator by operator, a pass asks for the lock two hundred times
and waits for whoever is busy each time.

TorchScript is deprecated in favour of `torch.compile`, which needs a C++ compiler on every machine that answers
questions. Where it is gone the same module runs operator by operator (`knowledge.encoding.packing`).

Imports torch, so it is imported where a model is at hand.
"""

from __future__ import annotations

import warnings
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu, layer_norm, pad, scaled_dot_product_attention

from knowledge.encoding.linear import Halved, Whole


def is_plain_bert(model: Any) -> bool:
    """Whether this pass knows all that a transformers model does: BERT as it was published, and none of its heirs."""
    config = getattr(model, "config", None)
    return (
        getattr(config, "model_type", "") == "bert"
        and getattr(config, "_attn_implementation", "") == "sdpa"
        and getattr(config, "position_embedding_type", "absolute") == "absolute"
        and getattr(config, "hidden_act", "") == "gelu"
        and not getattr(config, "is_decoder", False)
        and all(type(layer) is nn.Linear and layer.bias is not None for layer in _linears(model))
    )


def _linears(model: Any) -> list[Any]:
    found = []
    for layer in model.encoder.layer:
        attention = layer.attention
        found += [attention.self.query, attention.self.key, attention.self.value, attention.output.dense]
        found += [layer.intermediate.dense, layer.output.dense]
    return found


class _Norm(nn.Module):
    """A layer norm, with the model's own weights."""

    def __init__(self, layer: nn.LayerNorm) -> None:
        super().__init__()
        self.weight, self.bias, self.eps = layer.weight.detach(), layer.bias.detach(), layer.eps
        self.width = len(layer.weight)

    def forward(self, rows: Tensor) -> Tensor:
        return layer_norm(rows, [self.width], self.weight, self.bias, self.eps)


class _Layer(nn.Module):
    """One of a BERT's layers."""

    def __init__(self, layer: Any, heads: int, held: type[Whole] | type[Halved]) -> None:
        super().__init__()
        own, after = layer.attention.self, layer.attention.output
        self.asked, self.attended = held([own.query, own.key, own.value]), held([after.dense])
        self.wide, self.narrow = held([layer.intermediate.dense]), held([layer.output.dense])
        self.norm, self.last_norm = _Norm(after.LayerNorm), _Norm(layer.output.LayerNorm)
        self.heads = heads

    def forward(self, rows: Tensor, ends: list[int]) -> Tensor:
        rows = self.norm(self.attended(self.attention(rows, ends)) + rows)
        made: Tensor = self.last_norm(self.narrow(gelu(self.wide(rows))) + rows)
        return made

    def attention(self, rows: Tensor, ends: list[int]) -> Tensor:
        """Each text attends to itself alone; rows that only fill up stay as they are."""
        width = rows.size(1)
        asked = self.asked(rows).view(-1, 3, self.heads, width // self.heads)
        found: list[Tensor] = []
        start = 0
        for end in ends:
            query, key, value = asked[start:end].permute(1, 2, 0, 3).unsqueeze(1).unbind(0)
            found.append(scaled_dot_product_attention(query, key, value).transpose(1, 2).reshape(-1, width))
            start = end
        if start < rows.size(0):
            found.append(rows[start:])
        return found[0] if len(found) == 1 else torch.cat(found)


class PlainBert(nn.Module):
    """Token vectors of texts in one row, with the model's own weights or with those in half precision."""

    def __init__(self, model: Any, *, half: bool) -> None:
        super().__init__()
        embeddings = model.embeddings
        self.words = embeddings.word_embeddings.weight.detach()
        self.kind = embeddings.token_type_embeddings.weight[0].detach()
        self.places = embeddings.position_embeddings.weight.detach()
        self.norm = _Norm(embeddings.LayerNorm)
        heads, held = model.config.num_attention_heads, Halved if half else Whole
        self.layers = nn.ModuleList(_Layer(layer, heads, held) for layer in model.encoder.layer)

    def forward(self, tokens: list[int], lengths: list[int], rows: int) -> Tensor:
        """The vectors of all texts' tokens, shape (tokens, width), from as many rows as are asked for, or more."""
        places = torch.cat([torch.arange(length) for length in lengths])
        found: Tensor = self.norm(self.words[torch.tensor(tokens)] + self.kind + self.places[places])
        found = pad(found, [0, 0, 0, max(0, rows - len(tokens))])
        ends: list[int] = []
        for length in lengths:
            ends.append(length + (ends[-1] if len(ends) > 0 else 0))
        for layer in self.layers:
            found = layer(found, ends)
        return found[: len(tokens)]


def in_one_call(bert: PlainBert) -> nn.Module:
    """The same pass, during which other threads run. Raises whatever a torch does that cannot make one call of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # above
        return torch.jit.script(bert)
