"""Every figure, in one place: what it counts, in which unit, from where, and what it does not tell.

A new figure is one entry here, and a key that `bot.insight.counts` fills.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum


class Split(StrEnum):
    """What figures can be split by."""

    WEEK = "week"
    MONTH = "month"
    SUBJECT = "subject"
    PLACE = "place"
    KIND = "kind"
    THEME = "theme"
    AREA = "area"


class Shape(StrEnum):
    """How a figure is worked out of counts."""

    COUNT = "count"
    SHARE = "share"
    MEDIAN = "median"
    NINETIETH = "ninetieth"


S = Split
OF_TIME = frozenset({S.WEEK, S.MONTH})
OF_REPLIES = OF_TIME | {S.SUBJECT, S.PLACE}
OF_REQUESTS = OF_REPLIES | {S.KIND, S.THEME, S.AREA}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure."""

    key: str
    name: str
    unit: str
    definition: str
    source: str
    weakness: str
    splits: frozenset[Split]
    shape: Shape = Shape.COUNT
    within: str = ""
    """The count that it is a part of: what is left over of that is protected as well."""
    of: tuple[str, ...] = ()
    """Of a share: what is counted and of what. Of a time: the wait."""

    def as_json(self) -> dict[str, object]:
        """The definition, as every export carries it."""
        told = ("key", "name", "unit", "definition", "source", "weakness")
        return {name: value for name, value in asdict(self).items() if name in told}


_REPLIES = "replies of the hub database, by when they were given"
_REQUESTS = "requests of the hub database, by the week in which they were opened"
_PURGED = "Requests are deleted some time after they end, so figures of long ago become smaller."
_HOURS = (
    "Where few people work at the hub this tells about them: it is hidden where one person alone took them, and is no "
    "measure of anyone."
)
OUTCOMES: Mapping[str, str] = {
    "answered": "quoted",
    "possible": "candidates",
    "handed_over": "handed_over",
    "declined": "declined",
}
"""Outcome of a reply to its figure: together they are all questions."""

_ROWS = (
    Figure("questions", "Questions", "questions", "Messages that were answered as questions: all but small talk, short "
           "words such as “thanks”, details added to a request, emergencies, and what was asked while "
           "answers were paused.", _REPLIES, "One officer who asks five times counts five times.", OF_REPLIES),
    Figure("quoted", "Quoted", "questions", "Questions answered with a quote from guidance.", _REPLIES,
           "A quote is no proof that it was right, or read.", OF_REPLIES, within="questions"),
    Figure("candidates", "Candidates shown", "questions", "Questions to which sections were offered to choose from.",
           _REPLIES, "Whether one of them was read is known only where it was opened.", OF_REPLIES, within="questions"),
    Figure("chosen", "Candidate chosen", "questions", "Of these, those of which a section was opened.", _REPLIES,
           "In a channel a colleague may have read it without opening it.", OF_REPLIES, within="candidates"),
    Figure("handed_over", "Handed over", "questions", "Questions for which a request was opened at once.", _REPLIES,
           "Counts what guidance did not cover together with what officers wanted the hub for.", OF_REPLIES,
           within="questions"),
    Figure("declined", "Declined", "questions", "Questions that are not for the assistant, such as HR, IT or a named "
           "person.", _REPLIES, "What was declined wrongly is in it.", OF_REPLIES, within="questions"),
    Figure("answer_rate", "Answer rate", "%", "Questions that were quoted an answer, or chose a section, of those that "
           "were quoted, offered sections or handed over.", _REPLIES,
           "Rises when officers stop asking what guidance does not cover.", OF_REPLIES, Shape.SHARE,
           of=("quoted+chosen", "quoted+candidates+handed_over")),
    Figure("urgent", "Urgent", "signs", "Emergencies that were recognised and signposted.",
           "urgent signs: kind and day alone are kept", "Who and where is not kept, so one person may count often.",
           OF_TIME),
    Figure("thumbs_up", "Said good", "replies", "Replies of which someone said that they helped.",
           "feedback, by when it was given", "Few officers say so; those who do are not like the others.", OF_REPLIES),
    Figure("thumbs_down", "Said not helpful", "replies", "Replies of which someone said that they did not help.",
           "feedback, by when it was given", "As above.", OF_REPLIES),
    Figure("why_given", "With a reason", "replies", "Of these, those with a reason; `insight gaps` shows them.",
           "feedback, by when it was given", "As above.", OF_REPLIES, within="thumbs_down"),
    Figure("requests", "Requests", "requests", "Requests that officers opened.", _REQUESTS, _PURGED, OF_REQUESTS),
    Figure("unresolved", "Unresolved", "questions", "Questions to which sections were offered, of which nobody chose "
           "one within the time that is set.", _REQUESTS, "The officer may have found it elsewhere.", OF_REQUESTS),
    Figure("joined", "Joined", "requests", "Requests answered together with one that asked the same.", _REQUESTS,
           _PURGED, OF_REQUESTS, within="requests"),
    Figure("reopened", "Reopened", "requests", "Requests that were opened again after a reply.",
           f"{_REQUESTS}; the record", "Where the record is trimmed, what was reopened before is not seen.",
           OF_REQUESTS, within="requests"),
    Figure("promoted", "Promoted", "requests", "Requests whose reply became hub advice.", _REQUESTS,
           "Counted for the week of the question, not of the advice.", OF_REQUESTS, within="requests"),
    Figure("late_answers", "Late answers", "requests", "Requests that were sent what guidance says by now.", _REQUESTS,
           "Counted for the week of the question.", OF_REQUESTS, within="requests"),
    Figure("recalls", "Recalls", "replies", "Askers told that something they were quoted does not stand any more.",
           "recalls, by when they were told", "Counts tellings, not people.", OF_TIME),
    Figure("to_claim", "Time to claim, median", "hub hours", "Hub hours within which half of the requests were taken.",
           _REQUESTS, _HOURS, OF_REQUESTS, Shape.MEDIAN, of=("claim",)),
    Figure("to_claim_90", "Time to claim, nine in ten", "hub hours", "Hub hours within which nine in ten were taken.",
           _REQUESTS, _HOURS, OF_REQUESTS, Shape.NINETIETH, of=("claim",)),
    Figure("to_reply", "Time to first reply, median", "hub hours", "Hub hours within which half had a first reply.",
           _REQUESTS, _HOURS, OF_REQUESTS, Shape.MEDIAN, of=("reply",)),
    Figure("to_reply_90", "Time to first reply, nine in ten", "hub hours", "Hub hours within which nine in ten had a "
           "first reply.", _REQUESTS, _HOURS, OF_REQUESTS, Shape.NINETIETH, of=("reply",)),
    Figure("to_close", "Time to close, median", "hub hours", "Hub hours within which half were closed.", _REQUESTS,
           "A request that was opened again counts from when it was first opened to when it was last closed.",
           OF_REQUESTS, Shape.MEDIAN, of=("close",)),
    Figure("to_close_90", "Time to close, nine in ten", "hub hours", "Hub hours within which nine in ten were closed.",
           _REQUESTS, "As above.", OF_REQUESTS, Shape.NINETIETH, of=("close",)),
)  # fmt: skip
FIGURES: Mapping[str, Figure] = {figure.key: figure for figure in _ROWS}
"""By key, in the order in which they are shown."""
COUNTS = tuple(key for key, figure in FIGURES.items() if figure.shape is Shape.COUNT)
TIMES = tuple(key for key, figure in FIGURES.items() if figure.shape in (Shape.MEDIAN, Shape.NINETIETH))


def figures_for(split: Split | None) -> list[Figure]:
    """The figures that can be split so, in order; all of them where nothing is split."""
    return [figure for figure in FIGURES.values() if split is None or split in figure.splits]
