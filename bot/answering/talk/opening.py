"""Opening what was offered: a section by its number, the rest of one that was quoted, the next ones."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import wording
from bot.answering.looking import Looking
from bot.answering.parts import Recorder
from bot.answering.quoting import CANDIDATES, new_reply, one_of_these
from bot.domain.messages import Citation, Outcome, Question, Reply
from bot.domain.refusals import RecordsError
from bot.domain.talk.reasons import Said
from bot.domain.talk.turns import Before, Turn
from knowledge.encoder import EncoderError
from knowledge.manifest import LibraryError
from knowledge.quote import stands_in

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opening:
    """For one message. Nothing is searched: what was found then is read again as it stands now."""

    records: Recorder
    looking: Looking
    asked: Question

    def pick(self, before: Before, number: int) -> Reply:
        """Show the section with this number of those that were offered; -1 is the last."""
        offered = before.offered
        listed = (offered.candidates or offered.citations) if offered else ()
        if not listed or offered is None:
            return _line(wording.NOTHING_BEFORE)
        wanted = len(listed) if number < 0 else number
        if not 1 <= wanted <= len(listed):
            return _line(wording.NO_SUCH_NUMBER.format(number=number, count=len(listed)))
        if offered.candidates:
            self.keep_choice(offered.receipt, wanted)
        whole = not offered.candidates
        return self._show(listed[wanted - 1], whole=whole)

    def keep_choice(self, receipt: str, position: int) -> None:
        """Put on record what was chosen; what fails here costs nobody the section."""
        try:
            self.records.conversation.choose(receipt, position, self.asked.asker)
        except RecordsError as error:
            log.warning("A choice could not be kept: %s", error)

    def more(self, before: Before, *, skip: bool = False) -> Reply:
        """The rest of the section that was quoted last, then the next one; or the next sections of a list."""
        offered, shown = before.offered, before.shown
        if offered is None:
            return _line(wording.NOTHING_BEFORE)
        if offered.candidates and shown is None:
            return _further([one for one in offered.further if self._may(one)])
        if shown is None:
            return _line(wording.NO_MORE)
        if not skip and (rest := self._rest(shown)) is not None:
            return rest
        following = self._next(offered, before, shown)
        return self._show(following) if following else _line(wording.NO_MORE)

    def _rest(self, shown: Citation) -> Reply | None:
        """The whole of a section, where more stands in it than was quoted."""
        reply = self._show(shown, whole=True)
        said = "\n\n".join(one.quote for one in reply.citations)
        return None if reply.citations and said.strip() == shown.quote.strip() else reply

    def _next(self, offered: Turn, before: Before, shown: Citation) -> Citation | None:
        listed = [*offered.candidates, *offered.citations, *offered.further]
        seen = {_section(one) for turn in before.later for one in turn.citations} | {_section(shown)}
        return next((one for one in listed if _section(one) not in seen), None)

    def _may(self, citation: Citation) -> bool:
        return self.looking.may_show(citation, self.asked.viewer)

    def _show(self, citation: Citation, *, whole: bool = False) -> Reply:
        """A section as it stands now: the quote that was found, or all of it."""
        if not self._may(citation):
            return _line(wording.NOT_SHOWN_NOW)
        try:
            edition, passages = self.looking.guidance.whole(citation)
            related = self.looking.guidance.related(citation)
        except (LibraryError, EncoderError) as error:
            log.error("The library cannot be read: %s", error)
            return _line(wording.NOT_SHOWN_NOW)
        if not passages or (passages[0].review_by and passages[0].review_by < self.looking.today()):
            return _line(wording.CHANGED_SINCE)
        stands = not whole and stands_in(citation.quote, [one.quote for one in passages])
        return _opened((citation,) if stands else passages, edition, related)


def _opened(citations: Sequence[Citation], edition: int, related: tuple[str, ...]) -> Reply:
    text = wording.answered(citations, None, len(citations))
    reply = new_reply(Outcome.ANSWERED, text, reason=Said.OPENED.value)
    return replace(reply, citations=tuple(citations), quoted=len(citations), edition=edition, related=related)


def _further(further: Sequence[Citation]) -> Reply:
    """The next sections of a list, with numbers of their own."""
    if not further:
        return _line(wording.NO_MORE)
    reply = one_of_these(further[:CANDIDATES], further[CANDIDATES:], wording.MORE_OF)
    return replace(reply, reason=Said.OPENED.value)


def _section(citation: Citation) -> tuple[str, str]:
    return citation.document, citation.section


def _line(text: str) -> Reply:
    return new_reply(Outcome.SMALLTALK, text, reason=Said.SMALL.value)
