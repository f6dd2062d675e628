"""Builds that an admin began in a browser: one at a time in the background, with how far it is and how it ended."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from bot import wording
from bot.domain.people import Actor
from bot.domain.refusals import RecordsError, Refused
from knowledge.encoder import EncoderError
from knowledge.manifest import LibraryError

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Building:
    """The build of this process: what it does now, or how the last one ended."""

    by: str = ""
    dry_run: bool = False
    running: bool = False
    done: int = 0
    total: int = 0
    doing: str = ""
    refused: str = ""
    """Why nothing was published."""
    built: Any = None
    """What was published, or would be."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, hub: Hub, actor: Actor, *, dry_run: bool, force: str = "", removal: str = "") -> bool:
        """Begin in the background; False where one runs already. NotAllowed for whoever may not build."""
        publishing = hub.publishing.in_name_of(actor)
        publishing.check_may_build()
        with self._lock:
            if self.running:
                return False
            self.by, self.dry_run, self.running, self.done, self.total = actor.name, dry_run, True, 0, 0
            self.doing, self.refused, self.built = wording.BUILD_BEGINS, "", None
        options = {"dry_run": dry_run, "force_because": force, "allow_removal_because": removal}
        threading.Thread(target=self._run, args=(publishing, options), name="build", daemon=True).start()
        return True

    def _run(self, publishing: Any, options: dict[str, Any]) -> None:
        builder = publishing.builder()
        builder.on_load = lambda done, total: self._progress(wording.BUILD_READS, done, total)
        builder.on_embed = lambda done, total: self._progress(wording.BUILD_EMBEDS, done, total)
        try:
            self.built = publishing.build(builder, **options)
        except (LibraryError, EncoderError, RecordsError, Refused) as error:
            self.refused = str(error)
        except Exception:  # it ends all the same, and the page must not say that it still runs
            log.exception("A build that was begun in the portal failed unexpectedly.")
            self.refused = wording.TROUBLE
        finally:
            self.running = False

    def _progress(self, doing: str, done: int, total: int) -> None:
        self.doing, self.done, self.total = doing, done, total


_OF: WeakKeyDictionary[Hub, Building] = WeakKeyDictionary()


def building_of(hub: Hub) -> Building:
    """The build of a hub in this process."""
    return _OF.setdefault(hub, Building())
