"""A library that is thrown away: what an edition would hold with a few more files, while the real one goes on."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from indexer.build import Builder
from indexer.local import Local
from indexer.sources import FolderSource, Source
from knowledge.encoder import Encoder
from knowledge.store.folder import Library


@contextmanager
def trial(
    library: Library,
    encoder: Encoder,
    local: Local,
    roots: Sequence[Path | Source],
    drafts: Mapping[str, str],
    phrasings: Sequence[Path] = (),
) -> Iterator[Library]:
    """A copy of the library with an edition that has the drafts too: file name to text. Only new text is embedded.

    LibraryError where the copy cannot be built.
    """
    with tempfile.TemporaryDirectory(prefix="prevention-hub-trial-") as name:
        aside = Path(name)
        copy = Library(aside / "library")
        number = library.current_number()
        if number is not None:
            shutil.copytree(library.path(number), copy.path(number))
            copy.point_at(number)
        folder = aside / "drafts"
        folder.mkdir()
        for file, text in drafts.items():
            (folder / file).write_text(text, encoding="utf-8")
        try:
            # the drafts come first: a draft takes the place of what is published under the same id
            builder = Builder(copy, encoder, local=local, phrasings=phrasings)
            builder.build([FolderSource(folder, guarded=False), *roots], unasked=True)
            yield copy
        finally:
            copy.close()
