"""Hears that somebody wants the hub's people, in words that no list has: a small head on the encoder's vector.

It only adds to `hub_request`, which needs no model, and it is asked where guidance has no answer to quote.
"""

from __future__ import annotations

import logging
from functools import cached_property
from pathlib import Path

from bot.domain.requests import RequestKind
from bot.safeguards.second.listener import Encoder, Head

WEIGHTS = Path(__file__).parent / "requests.npz"
log = logging.getLogger(__name__)


class RequestListener:
    """Lives as long as the program; safe to share between threads."""

    def __init__(self, encoder: Encoder, weights: Path = WEIGHTS) -> None:
        self._encoder, self._file = encoder, weights

    def kind_of(self, text: str) -> RequestKind | None:
        """What the hub is asked for in a redacted message; None for most. Never raises: it is silent instead."""
        try:
            if self._head.fingerprint != self._encoder.fingerprint:
                return None
            wanted, waste = self._head.heard(text, self._encoder)
        except Exception as error:  # whatever an encoder may raise, the answer goes on without this
            log.error("It cannot be heard whether the hub is wanted (%s)", type(error).__name__)
            return None
        if wanted < 0:
            return None
        return RequestKind.ORGANISATIONAL_INEFFICIENCY if waste >= 0 else RequestKind.OPERATIONAL_PROBLEM

    @cached_property
    def _head(self) -> Head:
        return Head.load(self._file)
