"""`prevention-hub index …`: the library from the command line."""

from bot.cli.library import describing, sources
from bot.cli.library.index import index

__all__ = ["describing", "index", "sources"]
