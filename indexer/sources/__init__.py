"""Where guidance comes from."""

from indexer.sources.folder import FolderSource, absolute, find_sources
from indexer.sources.source import Defaults, Found, PassedOver, Source, SourceMissing, shown

__all__ = [
    "Defaults",
    "FolderSource",
    "Found",
    "PassedOver",
    "Source",
    "SourceMissing",
    "absolute",
    "find_sources",
    "shown",
]
