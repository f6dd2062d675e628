"""How often each word stands in an edition that is being written; of what was taken over, it is known already."""

from __future__ import annotations

from collections import Counter
from typing import Any

from knowledge.language.words import lowered, written_words

MOST = 50_000
"""Words that are counted in memory before they are put aside."""


class WordCounts:
    """Counts on the connection that writes the edition, where the one before, if there is one, is attached as `was`."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._written: Counter[str] = Counter()
        connection.execute("create temp table counted (word text, times integer)")
        connection.execute("create temp table taken_over (document text primary key)")

    def add(self, text: str) -> None:
        """Count the words of a text."""
        self._written.update(written_words(text))
        self._if_many()

    def take_over(self, document: str) -> None:
        """Count the words of a document as they were counted in the edition before."""
        self._connection.execute("insert into taken_over values (?)", (document,))

    def write(self) -> None:
        """Fill the table of words, in order."""
        if self._connection.execute("select 1 from taken_over limit 1").fetchone():
            self._all_but_what_went()
        self._put_aside()
        self._connection.execute(
            "insert into main.words select word, sum(times) from counted "
            "group by word having sum(times) > 0 order by word"
        )

    def _all_but_what_went(self) -> None:
        """The words of the edition before, without those of documents that were not taken over."""
        self._connection.execute("insert into counted select word, times from was.words")
        went = self._connection.execute(
            "select title, section, text from (select document, section, text from was.passages "
            "where document not in (select document from taken_over)) join was.documents on id = document"
        )
        for texts in went:
            self._written.subtract(written_words(" ".join(texts)))
            self._if_many()

    def _if_many(self) -> None:
        if len(self._written) >= MOST:
            self._put_aside()

    def _put_aside(self) -> None:
        self._connection.executemany("insert into counted values (?, ?)", lowered(self._written).items())
        self._written.clear()
