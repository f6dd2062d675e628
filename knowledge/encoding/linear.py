"""Linear layers with their weights as a model has them, or held in half precision.

A short question costs what it costs to read a model's weights from memory. Held in half precision they are half as
many bytes, and FBGEMM widens them as it goes and adds up in single precision (Khudia et al. 2021, arXiv 2101.05615;
`torch.ao.nn.quantized.dynamic.Linear` with float16 is the same kernel). The vectors of all-MiniLM-L6-v2 keep a cosine
of 0.999999 with its own (`tests/knowledge/test_packing.py`).

Imports torch, so it is imported where a model is at hand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn.functional import linear

MOST_ROWS = 600
"""Rows for which the kernel's sums are compared: a little more than the longest row of texts."""
FARTHEST = 16
"""Rows that may be added: beyond that the padding costs what half precision saves."""


class Whole(nn.Module):
    """Layers over the same rows, side by side, with whole weights: rows (n, d) to (n, all their widths)."""

    def __init__(self, layers: Sequence[nn.Linear]) -> None:
        super().__init__()
        self.weight, self.bias = _joined(layers)

    def forward(self, rows: Tensor) -> Tensor:
        """What the layers make of these rows."""
        return linear(rows, self.weight, self.bias)


class Halved(nn.Module):
    """The same with weights in half precision."""

    def __init__(self, layers: Sequence[nn.Linear]) -> None:
        super().__init__()
        self.packed = torch.ops.quantized.linear_prepack_fp16(*_joined(layers))

    def forward(self, rows: Tensor) -> Tensor:
        """What the layers make of these rows."""
        made: Tensor = torch.ops.quantized.linear_dynamic_fp16(rows, self.packed)
        return made


def _joined(layers: Sequence[nn.Linear]) -> tuple[Tensor, Tensor]:
    """The weights and biases of layers, one below the other; one layer's own are not copied."""
    if len(layers) == 1:
        return layers[0].weight.detach(), layers[0].bias.detach()
    return torch.cat([layer.weight.detach() for layer in layers]), torch.cat([layer.bias.detach() for layer in layers])


@cache
def can_be_halved() -> bool:
    """Whether this machine's processor and its torch have the kernel, and a few rows more are always room enough."""
    try:
        fitting = [0, *_fitting()]
    except (AttributeError, RuntimeError):  # a torch without the operators, or one whose engine here has none of them
        return False
    return MOST_ROWS - fitting[-1] < FARTHEST and all(more - less <= FARTHEST for less, more in pairwise(fitting))


def room_for(rows: int) -> int:
    """The next number of rows, from this one on, of which the kernel adds up each as it does any other.

    It has kernels of several heights, and those of the last one or two rows of some numbers add in another order: a
    text's last bits would depend on what is encoded beside it.
    """
    fitting = _fitting()
    at = bisect_left(fitting, rows)
    return fitting[at] if at < len(fitting) else rows


@cache
def _fitting() -> list[int]:
    """All such numbers up to MOST_ROWS, tried with one row over and over.

    Nothing is added to the sums, which would round away what tells them apart, and nothing is drawn at random.
    """
    width = 24
    numbers = torch.arange(1.0, 1 + width * width)
    packed = torch.ops.quantized.linear_prepack_fp16(numbers.sin().view(width, width), torch.zeros(width))
    rows = numbers[:width].cos().repeat(MOST_ROWS, 1)
    with torch.inference_mode():
        every = torch.ops.quantized.linear_dynamic_fp16(rows, packed)[0]
        return [
            many
            for many in range(1, MOST_ROWS + 1)
            if bool((torch.ops.quantized.linear_dynamic_fp16(rows[:many], packed) == every).all())
        ]
