"""Several questions in one pass of a BERT: side by side in one row, instead of padded to one length.

Reading a model's weights from memory costs more than the arithmetic of a short question, so that two side by side
cost a fifth more than one. Padded, the shorter one's last bits would change with its neighbour; here nothing is
added, each text is attended by itself, and its vector is the one it has alone, bit for bit.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder_files import cores_for

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

LONGEST_ROW = 512
"""Tokens of one row: beyond that it is the arithmetic which costs."""
_ATTENTION = "side_by_side"


def can_be_packed(model: SentenceTransformer) -> bool:
    """Whether a model's tokens know their place by nothing but a number that is given: BERT, and none of its heirs."""
    inner: Any = getattr(model[0], "model", None)
    config = getattr(inner, "config", None)
    return (
        getattr(config, "model_type", "") == "bert"
        and getattr(config, "_attn_implementation", "") in {"sdpa", _ATTENTION}
        and getattr(config, "position_embedding_type", "absolute") == "absolute"
    )


class SideBySide:
    """A model whose vectors are the mean of its tokens, asked about several texts at once."""

    def __init__(self, model: SentenceTransformer, longest: int) -> None:
        self._tokenizer, self._longest = model.tokenizer, longest
        first, *rest = list[Any](model)
        self._bert, self._rest = first.model, rest
        self._bert.set_attn_implementation(_attention())

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """What the model reads of each text."""
        read = self._tokenizer(list(texts), truncation=True, max_length=self._longest)
        return [list(one) for one in read["input_ids"]]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of these texts, shape (n, d)."""
        read = self.tokens(texts)
        order = sorted(range(len(texts)), key=lambda at: len(read[at]))
        found: dict[int, Any] = {}
        for row in _rows(order, [len(one) for one in read]):
            found.update(zip(row, self._pass([read[at] for at in row]), strict=True))
        return np.concatenate([found[at] for at in range(len(texts))])

    def _pass(self, texts: Sequence[Sequence[int]]) -> Iterator[NDArray[np.float32]]:
        import torch

        ends = list(itertools.accumulate(map(len, texts)))
        spans = list(itertools.pairwise([0, *ends]))
        torch.set_num_threads(cores_for(ends[-1]))
        with torch.inference_mode():
            row = self._bert(
                input_ids=torch.tensor([list(itertools.chain.from_iterable(texts))]),
                position_ids=torch.tensor([[place for text in texts for place in range(len(text))]]),
                side_by_side=spans,
            ).last_hidden_state
            for start, end in spans:
                features = {
                    "token_embeddings": row[:, start:end],
                    "attention_mask": torch.ones(1, end - start, dtype=torch.int64),
                }
                for module in self._rest:
                    features = module(features)
                yield features["sentence_embedding"].float().numpy()


def _rows(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    """Texts that share a row, as many as fit in."""
    row: list[int] = []
    for at in order:
        if row and sum(lengths[one] for one in row) + lengths[at] > LONGEST_ROW:
            yield row
            row = []
        row.append(at)
    if row:
        yield row


@cache
def _attention() -> str:
    """The name of an attention that keeps to each text where it is told of several, and else is the usual one."""
    import torch
    from transformers import AttentionInterface, AttentionMaskInterface
    from transformers.integrations.sdpa_attention import sdpa_attention_forward
    from transformers.masking_utils import sdpa_mask

    usual: Any = sdpa_attention_forward

    def attend(module: Any, query: Any, key: Any, value: Any, mask: Any, **given: Any) -> tuple[Any, None]:
        spans = given.pop("side_by_side", None)
        if spans is None:
            found: tuple[Any, None] = usual(module, query, key, value, mask, **given)
            return found
        each = [
            usual(module, *(one[:, :, start:end] for one in (query, key, value)), None, **given)[0]
            for start, end in spans
        ]
        return torch.cat(each, dim=1), None

    AttentionInterface.register(_ATTENTION, attend)
    AttentionMaskInterface.register(_ATTENTION, sdpa_mask)
    return _ATTENTION
