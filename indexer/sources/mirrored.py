"""What a folder says of where it was brought from, if it is the mirror of a web site or a document library."""

from __future__ import annotations

import json
from pathlib import Path

from indexer.sources import graph, web


def standing_of(folder: Path) -> dict[str, str]:
    """Its address, and when all of it was last brought here, in UTC; both empty where it is no mirror."""
    for name in (web.STATE, graph.STATE):
        try:
            state = json.loads((folder / name).read_text(encoding="utf-8"))
            address = str(state.get("address") or f"graph:{state['drive']}")
            return {"address": address, "succeeded": str(state.get("succeeded", ""))}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
    return {"address": "", "succeeded": ""}
