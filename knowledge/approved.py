"""Hub advice outranks a warning: what two people approved may be quoted where the library says it must not answer.

A document may name a topic as uncertain, so that nothing of the library is quoted for it. Once the hub has answered
that very question and a second person approved the answer, the answer is what officers are to get.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.found import Hit
from knowledge.passages import Status

AS_NEAR = 0.1
"""How much nearer (in closeness) a warning may be than the advice that answers it."""


def advice_first(hits: Sequence[Hit], warnings: Sequence[Hit]) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
    """The hits with the advice first that is about as near as a warning, and the warnings that it does not answer.

    Where there is no such advice, or no warning, both are as they were.
    """
    nearest = max((warning.closeness for warning in warnings), default=None)
    advice = max(
        (hit for hit in hits if hit.entry.document.status is Status.ADVICE),
        key=lambda hit: hit.closeness,
        default=None,
    )
    if nearest is None or advice is None or advice.closeness < nearest - AS_NEAR:
        return tuple(hits), tuple(warnings)
    others = tuple(hit for hit in hits if hit is not advice)
    return (advice, *others), tuple(one for one in warnings if one.closeness > advice.closeness + AS_NEAR)
