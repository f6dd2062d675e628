"""Asking a reader between search and judge, and putting what it points at under the judge's rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from knowledge.found import Found, Hit
from knowledge.judging.judge import Judgement, Verdict
from knowledge.passages import Marking
from knowledge.reader.figures import ReaderFigures
from knowledge.reader.protocol import MOST_PASSAGES, Answers, Read, Reader, task_of
from knowledge.reader.ruling import ITS_OWN, pointed, ruled

_RANKS = tuple(Marking)
Search = Callable[[str], Found]
"""Searches for something else: a reader's rewording."""


def nothing_hidden(_hit: Hit) -> bool:
    """Everything may be shown."""
    return False


@dataclass(frozen=True, slots=True)
class Ruled:
    """A judgement with what a reader had to do with it."""

    found: Found
    judgement: Judgement
    read: Read | None = None
    """The last reading; None where there was none."""
    chosen: tuple[Hit, ...] | None = None
    """What it pointed at; None where one of its numbers was not there, so that it counted as none."""


@dataclass(frozen=True, slots=True)
class Consulting:
    """Asks a reader. Whatever it does, there is a judgement: the judge's own where it says nothing of use."""

    reader: Reader
    ceiling: Marking
    """The highest marking of passages that may be sent to it."""
    figures: Callable[[], Mapping[str, ReaderFigures]] = dict
    """What this library's build found of readers, by model and prompt."""
    always: bool = False
    """Whether it may raise whatever the figures say: only to find out how often that would be right."""

    def rule(
        self,
        found: Found,
        judgement: Judgement,
        *,
        earlier: str,
        today: date,
        search: Search,
        hidden: Callable[[Hit], bool] = nothing_hidden,
    ) -> Ruled:
        """The judgement on what was found, with a reading where there is one.

        `hidden` says what may not be shown here: that is not sent either. `search` is asked once more, in the
        reader's own words, where it says that nothing fits.
        """
        sent = () if judgement.reason in ITS_OWN else self._may_be_sent(found.hits, hidden)
        before = tuple(line for line in earlier.split("\n") if line.strip())
        asked = found.question.split("\n")[-1]
        read = self.reader.read(task_of(asked, before, sent)) if sent else None
        if read is None:
            return Ruled(found, judgement)
        more = self._searched_again(read, judgement, hidden, search, sent)
        again = self.reader.read(task_of(asked, before, more), spent=read.by.seconds) if more else None
        if again is not None:
            read, sent = again, more
        chosen = pointed(read.said, sent)
        if chosen is None:
            return Ruled(found, judgement, read)
        may_raise = self._may_raise(read.by.name)
        result = ruled(judgement, found, read.said.answers, chosen, may_raise=may_raise, today=today)
        return Ruled(found, result, read, chosen)

    def _may_raise(self, name: str) -> bool:
        figures = self.figures().get(name)
        return self.always or (figures is not None and figures.may_raise)

    def _may_be_sent(self, hits: tuple[Hit, ...], hidden: Callable[[Hit], bool]) -> tuple[Hit, ...]:
        highest = _RANKS.index(self.ceiling)
        allowed = (hit for hit in hits if _RANKS.index(hit.entry.document.marking) <= highest and not hidden(hit))
        return tuple(allowed)[:MOST_PASSAGES]

    def _searched_again(
        self, read: Read, judgement: Judgement, hidden: Callable[[Hit], bool], search: Search, sent: tuple[Hit, ...]
    ) -> tuple[Hit, ...]:
        """What the reader's rewordings bring that it has not seen, before the rest; nothing where all was seen."""
        if read.said.answers is not Answers.NOT_AT_ALL or judgement.verdict is Verdict.QUOTE:
            return ()
        seen = {hit.entry.row for hit in sent}
        new: dict[int, Hit] = {}
        for words in read.said.rewordings:
            for hit in self._may_be_sent(search(words).hits, hidden):
                if hit.entry.row not in seen:
                    new.setdefault(hit.entry.row, hit)
        return (*new.values(), *sent)[:MOST_PASSAGES] if new else ()
