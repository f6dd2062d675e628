"""Document libraries of SharePoint and OneDrive: whether they are brought here, and what is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from indexer.sources.graph import FOLDER, libraries, read_state
from knowledge.manifest import LibraryError

if TYPE_CHECKING:
    from bot.app import Hub

LATE = timedelta(days=3)
"""How long ago a whole round may be: it is made every day."""
_MEND = "Mend that, then run: prevention-hub index sources fetch"


def document_libraries(hub: Hub) -> str:
    """How many there are, and what of them is left out. LibraryError where one could not be had."""
    folders = libraries(hub.settings.data.absolute() / FOLDER, hub.publishing.named())
    if not folders:
        return "off: none is in the list" if hub.graph is None else "an app is set; none is in the list"
    if hub.graph is None:
        raise LibraryError(
            f"{len(folders)} are in the list and cannot be looked at. Set PREVENTION_HUB_GRAPH_TENANT, "
            "PREVENTION_HUB_GRAPH_CLIENT_ID and PREVENTION_HUB_GRAPH_CLIENT_SECRET."
        )
    states = [read_state(folder) for folder in folders]
    wrong = [why for state in states for why in _wrong(state, datetime.now(UTC))]
    if wrong:
        more = f"; and {len(wrong) - 5} more" if len(wrong) > 5 else ""
        raise LibraryError(f"{'; '.join(wrong[:5])}{more}. What is here is kept. {_MEND}")
    left_out = sum(len(state.get("left_out", ())) for state in states)
    files = sum(len(state.get("held", ())) for state in states)
    return f"{len(folders)}, with {files} files here; left out, since only some may read them: {left_out}"


def _wrong(state: dict[str, Any], now: datetime) -> list[str]:
    if not state:
        return ["a mirror does not say what it is of; add its library again"]
    troubles = [str(trouble) for trouble in state.get("troubles", ())]
    try:
        late = now - datetime.fromisoformat(str(state.get("succeeded"))) > LATE
    except (ValueError, TypeError):
        late = True
    name = state.get("address") or f"graph:{state['drive']}"
    return troubles or ([f"{name} was not looked at for three days; see that the worker runs"] if late else [])
