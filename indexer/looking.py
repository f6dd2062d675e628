"""What an edition shows for a question: search, judge and quote, without the steps before them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from indexer.measuring.evaluate import Expectation
from indexer.measuring.scorecard import Look, Piece, Seen
from knowledge.audience import for_others
from knowledge.encoder import Encoder
from knowledge.finding.ranking import Hidden
from knowledge.found import Hit
from knowledge.judging.judge import Verdict, judge, sections
from knowledge.quote import quote
from knowledge.reader.consulting import Consulting
from knowledge.search import search
from knowledge.store.edition import Edition
from knowledge.voting.ballot import Voting

DEPTH = 40
"""Passages fetched, so that ten different sections are among them."""


def look_in(
    edition: Edition, encoder: Encoder, consulting: Consulting | None = None, voting: Voting | None = None
) -> Look:
    """Asks this edition, with some documents hidden; with votes, and a reader under the judge's rules, where given.

    It is asked for everybody: what is for some only is hidden too.
    """

    others = for_others(edition.documents.values(), ())

    def look(question: Expectation, documents: frozenset[str]) -> Seen:
        named = frozenset(known for known in edition.documents if known in documents or _begins(known, documents))
        hidden = Hidden(named | others)
        found = search(edition, encoder, question.text, after=question.after, limit=DEPTH, hidden=hidden)
        today = datetime.now(UTC).date()
        judgement = judge(found, today=today)
        if voting is not None:
            judgement = voting.vote(found, judgement)
        if consulting is not None:
            again = partial(search, edition, encoder, limit=DEPTH, hidden=hidden)
            ruled = consulting.rule(found, judgement, earlier=question.after, today=today, search=again)
            judgement = ruled.judgement
        ranked = tuple(_piece(hit, quoted=False) for hit in sections(found.hits))
        shown = tuple(_piece(hit) for hit in judgement.candidates)
        if judgement.verdict is Verdict.QUOTE:
            quoted = tuple(_piece(hit) for hit in judgement.quoted)
            return Seen(quoted, tuple(piece for piece in shown if piece not in quoted), ranked, judgement.confidence)
        if judgement.verdict is Verdict.DID_YOU_MEAN:
            return Seen((), shown, ranked, judgement.confidence)
        return Seen((), (), ranked, judgement.confidence)

    return look


def _begins(document: str, codes: frozenset[str]) -> bool:
    return any(document.startswith(f"{code}-") for code in codes)


def _piece(hit: Hit, *, quoted: bool = True) -> Piece:
    passage = hit.entry.passage
    return Piece(passage.document, passage.section, quote(hit) if quoted else "")
