"""What a reader is worth on one library: how often the quotes that it alone brings are right, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from indexer.build import Measure
from indexer.looking import DEPTH, look_in
from indexer.measuring.evaluate import Expectation
from indexer.measuring.scorecard import Piece, answers, kind_of, scorecard
from knowledge.audience import for_others
from knowledge.encoder import Encoder
from knowledge.finding.ranking import Hidden
from knowledge.judging.judge import Judgement, Verdict, judge
from knowledge.passages import Marking
from knowledge.quote import quote
from knowledge.reader.consulting import Consulting
from knowledge.reader.figures import PROMISED, ReaderFigures
from knowledge.reader.protocol import Numbered, Read, Reader, Task
from knowledge.search import search
from knowledge.store.edition import Edition

FEW = 0.05
"""Share of passages that may have changed while what was found of a reader still holds."""
_PROBE = Task("how long", (), (Numbered(1, "Kites", "Drying", ("A kite dries in an hour.",)),))


@dataclass(slots=True)
class Noting:
    """A reader that notes what each reading took."""

    reader: Reader
    readings: list[Read] = field(default_factory=list)
    silent: int = 0

    def read(self, task: Task, *, spent: float = 0.0) -> Read | None:
        """As the reader behind it."""
        found = self.reader.read(task, spent=spent)
        if found is None:
            self.silent += 1
        else:
            self.readings.append(found)
        return found

    def as_json(self) -> dict[str, Any]:
        """Readings, those that failed, seconds (median and 95th percentile), tokens."""
        seconds = sorted(one.by.seconds for one in self.readings)
        return {
            "readings": len(self.readings),
            "silent": self.silent,
            "models": sorted({one.by.name for one in self.readings}),
            "seconds_p50": seconds[len(seconds) // 2] if seconds else None,
            "seconds_p95": seconds[int(0.95 * (len(seconds) - 1))] if seconds else None,
            "tokens_in": sum(one.by.tokens_in for one in self.readings),
            "tokens_out": sum(one.by.tokens_out for one in self.readings),
        }


def side_by_side(
    questions: Sequence[Expectation], edition: Edition, encoder: Encoder, consulting: Consulting, price: float = 0.0
) -> dict[str, Any]:
    """The judge alone and the judge with the reader on the same questions; `price` is that of a million tokens."""
    noting = Noting(consulting.reader)
    alone = scorecard(questions, look_in(edition, encoder)).as_json()["figures"]
    read = scorecard(questions, look_in(edition, encoder, replace(consulting, reader=noting))).as_json()["figures"]
    cost = noting.as_json()
    cost["cost"] = round(price * (cost["tokens_in"] + cost["tokens_out"]) / 1e6, 4)
    return {"alone": alone, "with_reader": read, "reader": cost}


@dataclass(frozen=True, slots=True)
class Trial:
    """A reader that a build tries on its library."""

    reader: Reader
    ceiling: Marking
    most: int
    """Questions with known answers that it is asked; each once more with its documents hidden. 0 for none."""

    def figures(
        self, questions: Sequence[Expectation], edition: Edition, encoder: Encoder, previous: Edition | None
    ) -> dict[str, ReaderFigures]:
        """What the edition before found, where that holds for the model that answers now; what is found otherwise."""
        now = self.reader.read(_PROBE) if self.most else None
        if now is None:
            return {}
        kept = previous.manifest.readers if previous is not None and _is_nearly(edition, previous) else {}
        if now.by.name in kept:
            return dict(kept)
        return measure_reader(questions, edition, encoder, self.reader, self.ceiling, self.most)


def with_reader(measure: Measure, trial: Trial, questions: Sequence[Expectation], encoder: Encoder) -> Measure:
    """What a build asks of its edition, and what a reader is worth on it."""

    def both(edition: Edition, previous: Edition | None) -> Mapping[str, object]:
        readers = trial.figures(questions, edition, encoder, previous)
        return {**measure(edition, previous), "readers": readers}

    return both


def _is_nearly(edition: Edition, previous: Edition) -> bool:
    now, was = edition.manifest, previous.manifest
    return now.encoder_fingerprint == was.encoder_fingerprint and now.added + now.removed <= FEW * now.passages


def measure_reader(
    questions: Iterable[Expectation], edition: Edition, encoder: Encoder, reader: Reader, ceiling: Marking, most: int
) -> dict[str, ReaderFigures]:
    """By model and prompt: the quotes that it would raise on this library, and how many of them answer."""
    counted: dict[str, ReaderFigures] = {}
    asking = Consulting(reader, ceiling, always=True)
    today = datetime.now(UTC).date()
    asked = [question for question in questions if kind_of(question) == "answerable" and question.documents]
    for question in asked[:: max(1, -(-len(asked) // most))]:
        for hidden in (frozenset[str](), frozenset(_documents(question, edition))):
            name, raised = _raised(question, hidden, edition, encoder, asking, today)
            if not name:
                continue
            was = counted.get(name, ReaderFigures(promised=PROMISED))
            right = raised is not None and answers(question, [raised])
            change = {"questions": was.questions + 1, "raised": was.raised + (raised is not None)}
            counted[name] = was.model_copy(update={**change, "right": was.right + right})
    return counted


def _raised(
    question: Expectation,
    documents: frozenset[str],
    edition: Edition,
    encoder: Encoder,
    asking: Consulting,
    today: date,
) -> tuple[str, Piece | None]:
    """The reader's name, empty where it said nothing, and the quote that there is only because of it."""
    hidden = Hidden(documents | for_others(edition.documents.values(), ()))
    found = search(edition, encoder, question.text, after=question.after, limit=DEPTH, hidden=hidden)
    judged = judge(found, today=today)
    again = partial(search, edition, encoder, limit=DEPTH, hidden=hidden)
    ruled = asking.rule(found, judged, earlier=question.after, today=today, search=again)
    if ruled.read is None:
        return "", None
    quoted = ruled.judgement if ruled.judgement.verdict is Verdict.QUOTE else None
    new = quoted is not None and (judged.verdict is not Verdict.QUOTE or _section(quoted) != _section(judged))
    return ruled.read.by.name, _piece(quoted) if new and quoted is not None else None


def _section(judgement: Judgement) -> tuple[str, str]:
    passage = judgement.hits[0].entry.passage
    return passage.document, passage.section


def _piece(judgement: Judgement) -> Piece:
    document, section = _section(judgement)
    return Piece(document, section, quote(judgement.hits[0]))


def _documents(question: Expectation, edition: Edition) -> Iterable[str]:
    begins = (*question.documents, *(document for document, _ in question.alternatives))
    return (known for known in edition.documents if any(known == one or known.startswith(f"{one}-") for one in begins))
