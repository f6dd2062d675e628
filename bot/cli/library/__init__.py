"""`prevention-hub index …`: the library from the command line."""

from bot.cli.library import describing, purging, sources
from bot.cli.library.index import index

__all__ = ["describing", "index", "purging", "sources"]
