"""How long the hub database may keep an officer waiting before the program says that it cannot be reached."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds, each above 0; a force sets its own."""

    connect: float = 5.0
    """For a connection to a server to be made, for one that was idle to answer, and for a free one of the pool."""
    lock: float = 10.0
    """For another program or transaction to give back what it holds; of a file as well as of a server."""
    statement: float = 30.0
    """For a server to carry out one statement; a server that is frozen is given up two seconds later."""
