"""From sources to the documents of an edition: read, named, compared, and kept where something is wrong."""

from indexer.gathering.gather import Gathered, Rules, gather

__all__ = ["Gathered", "Rules", "gather"]
