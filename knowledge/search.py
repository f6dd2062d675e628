"""Search: a question is made ready, ranked by words and meaning, and told with what the judge needs to know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from knowledge.approved import advice_first
from knowledge.encoder import Encoder, Vectors
from knowledge.finding.asked import all_ready, clauses_ready
from knowledge.finding.comparing import what_it_is_first, what_speaks_of_both_first
from knowledge.finding.following import (
    NAMES_ITSELF,
    either_way,
    joined,
    leans_on_it,
    names_nothing,
    near_the_same,
    own_signals,
    stands_alone,
    told_again,
)
from knowledge.finding.pointing import BY_NUMBER, numbered_first, permission_first, word_for_word_first
from knowledge.finding.ranking import Asked, Hidden, Ranks, first_of, rank
from knowledge.found import Found, Hit
from knowledge.judging.calibration import CLEARLY, Calibration, shipped
from knowledge.judging.fitting import misfits
from knowledge.judging.signals import section_of, signals_of, warning_signals
from knowledge.language.clauses import clauses_of
from knowledge.language.followups import LONGEST, is_follow_up, subject_words
from knowledge.language.parts import Part, asks_which, names_something, parts_of
from knowledge.language.words import numbers_in
from knowledge.store.edition import Edition

MOST_WARNINGS = 3
SHOWN = 10
"""Hits that are read at least: signals look at the sections behind the first one."""


Watch = Callable[[Asked, Ranks, Found], None]
"""Is told of each search that one question takes: what was asked, how everything ranked, what was found."""


def search(
    edition: Edition,
    encoder: Encoder,
    question: str,
    *,
    after: str = "",
    limit: int = 10,
    hidden: Hidden | None = None,
    watch: Watch | None = None,
) -> Found:
    """The passages nearest to a question, best first; a section may bring several.

    A follow-up is searched for itself and for the question it comes `after`, and both count, unless it plainly stands
    alone. What is `hidden` is left out, as if the library did not hold it.
    """
    return _Search(edition, encoder, limit, hidden or Hidden(), watch).whole(question, after)


@dataclass(frozen=True, slots=True)
class _Search:
    """One question's searches: of itself, of its parts, and of what it follows. Each text is encoded once."""

    edition: Edition
    encoder: Encoder
    limit: int
    hidden: Hidden
    watch: Watch | None = None
    _ready: dict[str, Asked] = field(default_factory=dict)

    def whole(self, question: str, after: str) -> Found:
        parts = parts_of(question)
        if any(part.sides for part in parts) and names_something(question) and not is_follow_up(question):
            after = ""  # what is compared is named, so that nothing said before is needed for it
        if not after:
            self._make_ready(question, *_encoded_alone(parts))
        found = self._following(question, after)
        if found.follows:
            return found
        return replace(found, parts=self._parts(question, parts)) if parts else self._with_beside(found)

    def _with_beside(self, found: Found) -> Found:
        """What is found, with what single clauses name beside it."""
        clauses = clauses_of(found.question)
        self._make_clauses_ready(found.question, clauses)
        by = found.calibration or shipped()
        near = by.near_from * (CLEARLY if by.confidence(found.signals) >= by.quote_from else 1.0)
        brought = [self._named_by(clause, near, by) for clause in clauses]
        shown = {section_of(hit) for hit in found.hits[:1]}
        beside = sorted((hit for hit in brought if hit is not None), key=lambda hit: -hit.similarity)
        return replace(found, beside=tuple(hit for hit in beside if section_of(hit) not in shown))

    def _named_by(self, clause: str, near: float, by: Calibration) -> Hit | None:
        """The first passage that a clause brings, where it is so near at least and holds any of its words.

        Without that a name or a town, which stands for nothing in a library, would bring whatever is least far. Nothing
        where what must not be answered is clearly nearer, or the passage has not what the clause asks for.
        """
        asked = self._asked(clause)
        if max(self.edition.nearest(asked.vector, 1).values(), default=0.0) < near:
            return None
        ranks = rank(self.edition, asked, self.hidden)
        first = first_of(self.edition, ranks)
        if first is None or ranks.similarities[first.row] < near or not ranks.words.get(first.row):
            return None
        warned = max((ranks.similarities.get(row, 0.0) for row in self.edition.warning_rows), default=0.0)
        hit = _hits(self.edition, [first.row], ranks, asked.vector)[0]
        return None if warned > hit.similarity + by.warning_margin or misfits(clause, hit) else hit

    def _parts(self, question: str, parts: Sequence[Part]) -> tuple[Found, ...]:
        """Each side of a comparison, and each of two questions, by itself; the second may lean on the first."""
        self._make_clauses_ready(question, [part.question for part in parts[1:] if not part.sides])
        found: list[Found] = []
        for number, part in enumerate(parts):
            if part.sides:
                found += self._sides(part.sides, which=asks_which(part.question))
            elif number:
                found.append(self._following(part.question, parts[0].question, same_message=True))
            else:
                found.append(self._alone(part.question))
        return tuple(found)

    def _following(self, question: str, after: str, *, same_message: bool = False) -> Found:
        """What a question brings by itself if it stands alone, with what the one before it is about otherwise.

        The second question of one message is about the same thing where it names hardly anything of its own. Where it
        cannot be told, what the message brings by itself comes by turns with what it brings as a follow-up.
        """
        if not after or len(question.split()) > LONGEST:
            return self._alone(question)
        alone = None if is_follow_up(question) else self._alone(question)
        if alone is not None and stands_alone(alone):
            return alone
        together = joined(question, after)
        self._make_ready(question, after, together)
        asked, both = self._asked(question), self._asked(together)
        own, before = rank(self.edition, asked, self.hidden), rank(self.edition, self._asked(after), self.hidden)
        ranks = near_the_same(self.edition, own, rank(self.edition, both, self.hidden), before)
        found = self._found(both, ranks, f"{after}\n{question}")
        by_itself = self._found(asked, replace(own, combined=ranks.combined), question)
        told = told_again(self.edition, found, before)
        found = replace(found, signals={**found.signals, **own_signals(by_itself.signals), **told})
        leans = same_message and len(subject_words(question)) < NAMES_ITSELF
        if alone is None or leans or leans_on_it(question, after, found.signals) or names_nothing(alone):
            return found
        return alone if same_message else either_way(alone, found, self.limit)

    def _sides(self, sides: tuple[str, ...], *, which: bool) -> tuple[Found, ...]:
        """What each side of a comparison brings; where the question is which one to use, what it is goes first."""
        self._make_ready(*sides)
        asked = [self._asked(side) for side in sides]
        ranks = [rank(self.edition, one, self.hidden) for one in asked]
        if which:
            ranks = [what_it_is_first(self.edition, one) for one in ranks]
        of_both = what_speaks_of_both_first(self.edition, asked, ranks)
        return tuple(self._found(*one, ours=True) for one in zip(asked, of_both, sides, strict=True))

    def _alone(self, question: str) -> Found:
        asked = self._asked(question)
        ranks = rank(self.edition, asked, self.hidden)
        return self._found(asked, permission_first(self.edition, ranks, question), question)

    def _asked(self, text: str) -> Asked:
        self._make_ready(text)
        return self._ready[text]

    def _make_ready(self, *texts: str) -> None:
        """Encode these texts together, those that were not encoded yet."""
        new = [text for text in dict.fromkeys(texts) if text not in self._ready]
        if new:
            self._ready.update(zip(new, all_ready(self.edition, self.encoder, new), strict=True))

    def _make_clauses_ready(self, question: str, clauses: Sequence[str]) -> None:
        """Encode clauses of a question as they are meant there, those that were not encoded yet."""
        new = [clause for clause in dict.fromkeys(clauses) if clause not in self._ready]
        if new:
            self._ready.update(zip(new, clauses_ready(self.edition, self.encoder, question, new), strict=True))

    def _found(self, asked: Asked, ranks: Ranks, question: str, *, ours: bool = False) -> Found:
        unheard = self.hidden.phrasings
        found = found_of(self.edition, asked, ranks, self.limit, question=question, unheard=unheard, ours=ours)
        if self.watch is not None:
            self.watch(asked, ranks, found)
        return found


def _encoded_alone(parts: Sequence[Part]) -> Iterable[str]:
    """What is asked in the words of one of a message's parts and not in the light of the others."""
    for number, part in enumerate(parts):
        yield from part.sides or ((part.question,) if number == 0 else ())


def found_of(
    edition: Edition,
    asked: Asked,
    ranks: Ranks,
    limit: int,
    *,
    question: str,
    unheard: frozenset[str] = frozenset(),
    ours: bool = False,
) -> Found:
    """What a ranking brought; a question that follows another one is told by the line break in it.

    `ours` says that the question was worded by the program: then its words are not what somebody asked for.
    """
    ranks, by_number = numbered_first(edition, ranks, question)
    ranks = _complete(edition, asked, ranks)
    ranked = _best(ranks.combined.keys() - edition.warning_rows, ranks.combined, max(limit, SHOWN))
    warned = _best(edition.warning_rows & ranks.combined.keys(), ranks.similarities, MOST_WARNINGS)
    hits = _hits(edition, ranked, ranks, asked.vector)
    warnings = _about_the_same_number(_hits(edition, warned, ranks, asked.vector), asked.meant)
    if not by_number and not ours and "\n" not in question:
        hits = word_for_word_first(edition, asked.meant, hits)
    hits, warnings = advice_first(hits, warnings)
    signals = signals_of(edition, asked.meant, hits, ranks, unheard) if hits else {}
    signals |= {BY_NUMBER: 1.0} if by_number else {}
    if hits and warnings:
        signals |= warning_signals(edition, asked.meant, warnings, signals)
    return Found(
        hits[:limit],
        warnings,
        signals,
        asked.meant,
        follows="\n" in question,
        question=question,
        calibration=edition.calibration,
    )


def _best(rows: Iterable[int], values: Mapping[int, float], most: int) -> list[int]:
    """The rows with the largest values, largest first; of equal ones the first row goes first."""
    return sorted(sorted(rows), key=values.__getitem__, reverse=True)[:most]


def _complete(edition: Edition, asked: Asked, ranks: Ranks) -> Ranks:
    """The ranks with the similarity of every row that another question brought."""
    missing = sorted(ranks.combined.keys() - ranks.similarities.keys())
    if not missing:
        return ranks
    return replace(ranks, similarities={**ranks.similarities, **edition.similarities(asked.vector, missing)})


def _hits(edition: Edition, rows: Sequence[int], ranks: Ranks, vector: Vectors) -> tuple[Hit, ...]:
    entries = edition.entries(rows)
    sections = edition.sections_of(entries)
    return tuple(
        Hit(
            entry,
            ranks.similarities[entry.row],
            ranks.bm25.get(entry.row, 0.0),
            ranks.combined[entry.row],
            tuple((entry.parts @ vector).tolist()),
            ranks.phrased.get(entry.row, 0.0),
            sections.get((entry.document.id, entry.passage.section), ()),
        )
        for entry in entries
    )


def _about_the_same_number(warnings: Iterable[Hit], meant: Sequence[str]) -> tuple[Hit, ...]:
    """Warnings without those on another number: what is uncertain of section 59 says nothing of section 60."""
    asked = numbers_in(" ".join(meant))
    kept = []
    for hit in warnings:
        named = numbers_in(hit.entry.passage.text)
        if not asked or not named or asked & named:
            kept.append(hit)
    return tuple(kept)
