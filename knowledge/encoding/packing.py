"""Several questions in one pass of a BERT: side by side in one row, instead of padded to one length.

Reading a model's weights from memory costs more than the arithmetic of a short question, so that two side by side
cost a fifth more than one. Padded, the shorter one's last bits would change with its neighbour; here nothing is
added, each text is attended by itself, and its vector is the one it has alone, bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder_files import cores_for
from knowledge.encoding.bert import PlainBert, is_plain_bert

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

LONGEST_ROW = 512
"""Tokens of one row: beyond that it is the arithmetic which costs."""
LAST = 32
"""Texts whose tokens are remembered: those of the few questions that are being answered."""
NEAR = 1e-5
"""How far a vector of this pass may be from the model's own, in each of its numbers."""


def can_be_packed(model: SentenceTransformer) -> bool:
    """Whether a model's tokens know their place by nothing but a number that is given, and its pass is known here.

    The pass is tried on one text beside the model's own: a model that says it is a BERT and does something else, or a
    transformers of the future, is asked itself.
    """
    if not is_plain_bert(getattr(model[0], "model", None)):
        return False
    text = "Who may be given a notice?"
    own = model.encode(text, show_progress_bar=False)
    ours = SideBySide(model, longest=int(model.max_seq_length or LONGEST_ROW)).encode([text])[0]
    return bool(np.allclose(own, ours, rtol=0, atol=NEAR))


class SideBySide:
    """A model whose vectors are the mean of its tokens, asked about several texts at once."""

    def __init__(self, model: SentenceTransformer, longest: int) -> None:
        self._tokenizer, self._longest = model.tokenizer, longest
        first, *rest = list[Any](model)
        self._bert, self._rest = PlainBert(first.model), rest
        self._last: dict[str, NDArray[np.float32]] = {}

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """What the model reads of each text."""
        read = self._tokenizer(list(texts), truncation=True, max_length=self._longest)
        return [list(one) for one in read["input_ids"]]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of these texts, shape (n, d)."""
        passed = self._passed(texts)
        # replaced whole, so that another thread reads the old ones or the new ones
        self._last = dict([*self._last.items(), *((text, own) for text, (own, _) in passed.items())][-LAST:])
        return np.concatenate([passed[text][1] for text in texts])

    def tokens_of(self, text: str) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Vectors (t, d) and offsets (t, 2) of a text's tokens; those of the last few texts are remembered."""
        read = self._tokenizer(text, truncation=True, max_length=self._longest, return_offsets_mapping=True)
        held = self._last.get(text)
        return self._passed([text])[text][0] if held is None else held, np.array(read["offset_mapping"])

    def _passed(self, texts: Sequence[str]) -> dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]:
        """The vectors of the tokens (t, d), and the vector (1, d), of each text."""
        each = list(dict.fromkeys(texts))
        read = self.tokens(each)
        order = sorted(range(len(each)), key=lambda at: len(read[at]))
        found: dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]] = {}
        for row in _rows(order, [len(one) for one in read]):
            found.update(zip((each[at] for at in row), self._pass([read[at] for at in row]), strict=True))
        return found

    def _pass(self, texts: Sequence[Sequence[int]]) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        import torch

        torch.set_num_threads(cores_for(sum(map(len, texts))))
        with torch.inference_mode():
            for tokens in self._bert(texts):
                features = {
                    "token_embeddings": tokens[None],
                    "attention_mask": torch.ones(1, len(tokens), dtype=torch.int64),
                }
                for module in self._rest:
                    features = module(features)
                yield tokens.float().numpy(), features["sentence_embedding"].float().numpy()


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
