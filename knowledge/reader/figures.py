"""How often a reader's quotes were right on one library: what lets it raise a verdict there."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

PROMISED = 0.9
"""Share of raised quotes that must answer."""
FEWEST = 15
"""Raised quotes that must have been looked at."""


class ReaderFigures(BaseModel):
    """Counted at build, on questions with known answers and on the same with their documents hidden."""

    model_config = ConfigDict(frozen=True)

    promised: float = PROMISED
    raised: int = 0
    """Quotes that there would be only because of the reading."""
    right: int = 0
    """Those of them that answer."""
    questions: int = 0

    @property
    def found(self) -> float:
        """The share that is right; 0 where nothing was raised."""
        return self.right / self.raised if self.raised else 0.0

    @property
    def may_raise(self) -> bool:
        """Whether the reader was right often enough, on enough questions."""
        return self.raised >= FEWEST and self.found >= self.promised
