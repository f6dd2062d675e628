"""Several questions in one pass of a BERT: side by side in one row, instead of padded to one length.

Reading a model's weights from memory costs more than the arithmetic of a short question, so that two side by side
cost less than one after the other, and weights in half precision less than whole ones. Padded, the shorter one's last
bits would change with its neighbour; here each text is attended by itself, and its vector is the one it has alone, bit
for bit.

Halved weights move a vector by less than 0.0001 in each of its numbers, on machines that have them: those of questions,
and of phrasings, which editions keep with no more digits than that. Passages are encoded by the model itself, so that
an encoder's fingerprint says nothing of this.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder_files import cores_for
from knowledge.encoding.pooling import unit

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

LONGEST_ROW = 512
"""Tokens of one row: beyond that it is the arithmetic which costs."""
LAST = 32
"""Texts whose tokens are remembered: those of the few questions that are being answered."""
NEAR = 1e-5
"""How far a vector of this pass may be from the model's own in each of its numbers, with whole weights."""
NEAR_HALVED = 1e-5
"""By how much the cosine of a vector from halved weights with the model's own may fall short of 1."""
TRIED = ("Who may be given a notice?", "cpn", "How long can we hold somebody under section 136, and who decides that?")
log = logging.getLogger(__name__)


def side_by_side(model: SentenceTransformer, longest: int) -> SideBySide | None:
    """This pass for a model whose vectors are the mean of its tokens', or None where it is not known to do the same.

    It is tried beside the model's own: a model that says it is a BERT and does something else, or a transformers of
    the future, is asked itself. Weights are halved where this machine can, and where that changes next to nothing.
    """
    from knowledge.encoding.bert import is_plain_bert
    from knowledge.encoding.linear import can_be_halved

    if not is_plain_bert(getattr(model[0], "model", None)):
        return None
    own = unit(np.asarray(model.encode(list(TRIED), prompt="", show_progress_bar=False)))
    step_by_step = _working(model, longest, half=False, at_once=False)
    if step_by_step is None or not np.allclose(own, unit(step_by_step.encode(TRIED)), rtol=0, atol=NEAR):
        return None
    halved = [(True, True), (True, False)] if can_be_halved() else []
    for half, at_once in (*halved, (False, True)):
        made = _working(model, longest, half=half, at_once=at_once)
        if made is not None and (own * unit(made.encode(TRIED))).sum(axis=1).min() > 1 - NEAR_HALVED:
            return made
    return step_by_step


def _working(model: SentenceTransformer, longest: int, *, half: bool, at_once: bool) -> SideBySide | None:
    """This pass, where it works with this model and this torch."""
    try:
        made = SideBySide(model, longest, half=half, at_once=at_once)
        made.encode(TRIED)
    except Exception as error:  # whatever a torch of the future may raise, the model itself can still be asked
        log.info("Of an encoder's passes this one does not work (half: %s, in one call: %s): %s", half, at_once, error)
        return None
    return made


class SideBySide:
    """A model whose vectors are the mean of its tokens, asked about several texts at once."""

    def __init__(self, model: SentenceTransformer, longest: int, *, half: bool, at_once: bool) -> None:
        from knowledge.encoding.bert import PlainBert, in_one_call
        from knowledge.encoding.linear import room_for

        first: Any = model[0]
        bert = PlainBert(first.model, half=half).eval()
        self._tokenizer, self._longest, self._width = model.tokenizer, longest, int(first.model.config.hidden_size)
        self._bert, self._room_for = in_one_call(bert) if at_once else bert, room_for if half else int
        self._last: dict[str, NDArray[np.float32]] = {}

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """What the model reads of each text."""
        read = self._tokenizer(list(texts), truncation=True, max_length=self._longest)
        return [list(one) for one in read["input_ids"]]

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The means of these texts' token vectors, shape (n, d)."""
        passed = self._passed(texts)
        # replaced whole, so that another thread reads the old ones or the new ones
        self._last = dict([*self._last.items(), *passed.items()][-LAST:])
        means = {text: tokens.sum(axis=0) / max(1, len(tokens)) for text, tokens in passed.items()}
        return np.stack([means[text] for text in texts])

    def tokens_of(self, text: str) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Vectors (t, d) and offsets (t, 2) of a text's tokens; those of the last few texts are remembered."""
        read = self._tokenizer(text, truncation=True, max_length=self._longest, return_offsets_mapping=True)
        held = self._last.get(text)
        return self._passed([text])[text] if held is None else held, np.array(read["offset_mapping"])

    def _passed(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of the tokens of each text, (t, d)."""
        each = list(dict.fromkeys(texts))
        read = self.tokens(each)
        order = sorted((at for at in range(len(each)) if read[at]), key=lambda at: len(read[at]))
        found = dict.fromkeys(each, np.zeros((0, self._width), dtype=np.float32))
        for row in _rows(order, [len(one) for one in read]):
            found.update(zip((each[at] for at in row), self._pass([read[at] for at in row]), strict=True))
        return found

    def _pass(self, texts: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        import torch

        lengths = [len(text) for text in texts]
        tokens = [token for text in texts for token in text]
        torch.set_num_threads(cores_for(len(tokens)))
        with torch.inference_mode():
            found = self._bert(tokens, lengths, self._room_for(len(tokens))).float().numpy()
        # copies, so that a short text that is remembered does not keep a long row
        return [part.copy() for part in np.split(found, list(accumulate(lengths))[:-1])]


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
