"""Where guidance comes from."""

from indexer.sources.folder import FolderSource, absolute, find_sources
from indexer.sources.source import Found, PassedOver, Source, SourceMissing, shown

__all__ = ["FolderSource", "Found", "PassedOver", "Source", "SourceMissing", "absolute", "find_sources", "shown"]
