"""What was said before one message: read from the hub database when it is first needed, and once."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from bot import safeguards
from bot.answering.parts import Recorder
from bot.answering.talk.small_answers import small_answer
from bot.domain.messages import Question
from bot.domain.refusals import RecordsError
from bot.domain.talk.turns import AskedMore, SaidBefore, Turn
from knowledge.language.followups import may_follow, topic_of

EARLIER = 8
"""Questions of a conversation that are read, at most."""
NEW_EACH_TIME = frozenset({"terminal"})
"""Platforms on which every conversation has a place of its own: who answers the hub there does so from another one."""
log = logging.getLogger(__name__)


class Lately:
    """Lives as long as one message is being answered."""

    def __init__(self, records: Recorder, asked: Question, known: safeguards.Known | None = None) -> None:
        self._records, self._asked, self._known = records, asked, known
        self._turns: tuple[Turn, ...] | None = None
        self._read: SaidBefore | None = None

    def turns(self) -> tuple[Turn, ...]:
        """The last turns of the asker in this place, newest first. May raise RecordsError."""
        if self._turns is None:
            self._turns = self._records.conversation.turns(self._asked.place, self._asked.asker)
        return self._turns

    def asked_more(self) -> AskedMore | None:
        """The request about which the hub asked for more, and waits for it. May raise RecordsError."""
        return self._said_before.asked_more

    def topic(self) -> str:
        """The question that this one follows, redacted; empty where it stands on its own, or nothing was said."""
        if not may_follow(self._asked.text):
            return ""
        try:
            earlier = self._asked.earlier or self._said_before.questions
        except RecordsError as error:
            log.warning("What was asked before cannot be read: %s", error)
            return ""
        topic = topic_of(_before(earlier, self._asked.text))
        return safeguards.redact(safeguards.clean(topic), self._known).text

    @property
    def _said_before(self) -> SaidBefore:
        """What both of these lean on, read together."""
        if self._read is None:
            place = self._asked.place
            most = EARLIER if may_follow(self._asked.text) and not self._asked.earlier else 0
            anywhere = place.platform in NEW_EACH_TIME
            self._read = self._records.conversation.said_before(place, self._asked.asker, anywhere=anywhere, limit=most)
        return self._read


def _before(earlier: Sequence[str], text: str) -> list[str]:
    """The questions before this one, without pleasantries and short answers; all of them where it is a new one."""
    asked = [one for one in earlier if one.strip() and small_answer(one) is None and safeguards.smalltalk(one) is None]
    if text in asked:
        return asked[: len(asked) - 1 - asked[::-1].index(text)]
    return asked
