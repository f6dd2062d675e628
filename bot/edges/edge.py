"""The shape that every place people talk in has: make a Question, draw a Reply, deliver."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from starlette.routing import BaseRoute


class Edge(Protocol):
    """One platform, as the server carries it."""

    name: str
    """As in Place.platform."""

    def routes(self) -> Sequence[BaseRoute]:
        """What it serves over HTTP."""

    async def start(self) -> None:
        """Begin; answers what an earlier process left unanswered."""

    async def stop(self) -> None:
        """Finish what is in flight, and end."""
