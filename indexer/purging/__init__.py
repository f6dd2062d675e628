"""Taking a document out of every kept edition, with proof that it is gone."""

from indexer.purging.editions import Taken, take_out, texts_of
from indexer.purging.listed import PurgedList
from indexer.purging.searching import fragments_of, still_in

__all__ = ["PurgedList", "Taken", "fragments_of", "still_in", "take_out", "texts_of"]
