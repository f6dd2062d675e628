"""An edition that is built once for a whole run, and copied for every test that only needs one to be there."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from bot.app import Hub
from bot.portal.samples import DEMONSTRATION
from bot.settings import Settings
from indexer.build import Builder
from indexer.gathering import Rules
from tests.support.fakes import WordEncoder


def make_ready(hub: Hub, guidance: Path) -> None:
    """What `hub.build` makes of a folder of guidance and the starter library, a second sooner."""
    texts = tuple(sorted((file.name, file.read_text(encoding="utf-8")) for file in guidance.iterdir()))
    shutil.copytree(_built(texts, hub.settings.audiences), hub.settings.library)
    hub.publishing.sources.add([guidance], "tests")
    documents = hub.library.manifest().documents
    hub.records.audit("edition.published", "tests", subject="edition 1", documents=documents)


@contextmanager
def demonstration(data: Path, guidance: Path, **settings: Any) -> Iterator[Hub]:
    """A hub with the portal's sample people and an edition of a folder of guidance."""
    hub = Hub(Settings(data=data, **{**DEMONSTRATION, **settings}), WordEncoder())
    try:
        make_ready(hub, guidance)
        yield hub
    finally:
        hub.close()


@cache
def _built(texts: tuple[tuple[str, str], ...], audiences: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="prevention-hub-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    guidance = folder / "guidance"
    guidance.mkdir()
    for name, text in texts:
        (guidance / name).write_text(text, encoding="utf-8")
    hub = Hub(Settings(data=folder / "data", audiences=audiences), WordEncoder())
    rules = Rules(audiences=frozenset(hub.settings.audience_lists))
    try:
        hub.publishing.build(Builder(hub.library, hub.encoder, rules=rules), [guidance], by_itself=True)
    finally:
        hub.close()
    return hub.settings.library
