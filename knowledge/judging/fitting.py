"""Whether a passage can be what a question asks for: same section, Act, place and age, and an answer of that kind."""

from __future__ import annotations

from enum import StrEnum

from knowledge.judging.asked_for import has, wanted
from knowledge.judging.contradictions import other_act, other_age, other_place, other_section
from knowledge.language.words import written_out
from knowledge.search import Hit


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
            (Misfit.AGE, other_age),
        )
        if check(written, whole)
    ]
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
}
