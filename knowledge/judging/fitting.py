"""Whether a passage can be what a question asks for: same section, Act, place and age, and an answer of that kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from knowledge.found import Hit
from knowledge.judging.asked_for import has, wanted
from knowledge.judging.contradictions import (
    headed_by_other_age,
    names_age,
    other_act,
    other_age,
    other_place,
    other_section,
)
from knowledge.language.words import written_out
from knowledge.passages import TRAIL


class Misfit(StrEnum):
    """Why a passage cannot be the answer."""

    SECTION = "section"
    ACT = "act"
    COUNTRY = "country"
    AGE = "age"
    FIGURE = "figure"
    TIME = "time"
    MONEY = "money"
    FORM = "form"
    CONTACT = "contact"
    HOW_OLD = "how_old"
    WHO = "who"
    DATE = "date"
    PLACE = "place"
    MEETING = "meeting"
    OTHERS = "others"
    AGAIN = "again"
    """It is to be stopped from happening again, and another section of the same document is about just that."""


def misfits(question: str, hit: Hit) -> tuple[Misfit, ...]:
    """Everything that a question names or asks for and a hit's section, with its headings, does not have."""
    passage = hit.entry.passage
    section = "\n".join(piece.text for piece in hit.section) or passage.text
    whole = f"{hit.entry.document.title}\n{passage.section}\n{section}"
    own = question.rsplit("\n", 1)[-1]
    written = written_out(own)
    found = [
        misfit
        for misfit, check in (
            (Misfit.SECTION, other_section),
            (Misfit.ACT, other_act),
            (Misfit.COUNTRY, other_place),
        )
        if check(written, whole)
    ]
    # of whoever the message before it told
    aged = written if own == question or names_age(written) else written_out(question)
    if other_age(aged, whole) or headed_by_other_age(aged, passage.section):
        found.append(Misfit.AGE)
    found += [_KINDS[kind] for kind in wanted(own) if not has(section, kind)]
    return tuple(found)


_KINDS = {
    "figure": Misfit.FIGURE,
    "time": Misfit.TIME,
    "money": Misfit.MONEY,
    "form": Misfit.FORM,
    "contact": Misfit.CONTACT,
    "age": Misfit.HOW_OLD,
    "who": Misfit.WHO,
    "date": Misfit.DATE,
    "place": Misfit.PLACE,
    "meeting": Misfit.MEETING,
    "others": Misfit.OTHERS,
}
_STOP_IT = re.compile(r"\b(?:stop|prevent|avoid|protect|keep)\w*\b", re.IGNORECASE)
_AGAIN = re.compile(
    r"\b(?:again|another|repeat\w*|prolific|keeps?|every (?:day|night|week)|next (?:one|time)"
    r"|(?:second|third|fourth|fifth) time|(?:2nd|3rd|[4-9]th)|no\.? ?\d|\d (?:times|lots)|twice|once more|returning)\b",
    re.IGNORECASE,
)
_FIRST_STEPS = re.compile(
    r"\bwhat (?:should|do|must) (?:i|we) do\b(?! to (?:stop|prevent))|\bthe steps\b", re.IGNORECASE
)


def has_nearer_sibling(question: str, first: Hit, others: Iterable[Hit]) -> bool:
    """Whether a question of how to stop the next one finds the first steps, and beside it a section on just that.

    First steps touch on everything, so that they hold the words of many questions: "how do we stop no 5" is not
    answered by what to do when it is reported where another section of that document says how it is kept from
    happening again. `others` are near sections.
    """
    own = question.rsplit("\n", 1)[-1]
    if not (_STOP_IT.search(own) and _AGAIN.search(own)) or not _FIRST_STEPS.search(_own_heading(first)):
        return False
    return any(
        hit.entry.document.id == first.entry.document.id
        and _STOP_IT.search(_own_heading(hit))
        and _AGAIN.search(_own_heading(hit))
        for hit in others
    )


def _own_heading(hit: Hit) -> str:
    return hit.entry.passage.section.rsplit(TRAIL, 1)[-1]
