"""The golden questions as a gate: asked of the edition to come, and of the one before only where that is not known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import knowledge
from indexer.keeping.remembered import RememberingEncoder
from indexer.measuring import evaluate
from indexer.measuring.evaluate import Expectation, Given, Marked
from indexer.measuring.reached import SHARE, SLACK, SLACK_OF_PARTS, Changes, Note, Reach, Watching, note, noted_of
from indexer.outcome import FLOOR, Answer, Answered, Golden
from knowledge.encoder import Encoder
from knowledge.finding.asked import all_ready
from knowledge.manifest import Manifest
from knowledge.store.edition import Edition

REACHED = "reached.json"
"""File in the library's folder of what a change must have to reach each golden question."""


def golden_gate(
    encoder: Encoder, questions: Sequence[Expectation], floor: float = FLOOR, remembered: Path | None = None
) -> Callable[[Edition | None, Edition], Golden]:
    """Compare two editions by the questions that both could answer; `remembered` is a file for their vectors.

    Beside it is kept what a change must have to reach each of them: the others keep their answers.
    """
    reached = remembered.with_name(REACHED) if remembered is not None else None

    def gate(before: Edition | None, after: Edition) -> Golden:
        remembering = RememberingEncoder(encoder, remembered)
        golden = compare(before, after, remembering, questions, reached)
        remembering.save()
        return replace(golden, floor=floor)

    return gate


def compare(
    before: Edition | None,
    after: Edition,
    encoder: Encoder,
    questions: Sequence[Expectation],
    reached: Path | None = None,
) -> Golden:
    """What the golden questions are answered with now, and what they were answered with before."""
    if before is not None and before.manifest.encoder_fingerprint != encoder.fingerprint:
        before = None  # its vectors mean something else to this encoder
    asked = applicable(questions, before, after)
    golden = Golden(len(asked), asked_with=asked_with(encoder, questions))
    if before is not None and _answers_alike(before.manifest, after.manifest):
        now = was = _before(before, asked, encoder, golden.asked_with, datetime.now(UTC).date())
    else:
        if not getattr(encoder, "remembers", False):  # encoded together: several times quicker
            all_ready(after, encoder, [question.text for question in asked])
        now = _now(before, after, asked, encoder, golden.asked_with, reached)
        was = _before(before, asked, encoder, golden.asked_with, datetime.now(UTC).date()) if before else {}
    golden = replace(golden, answers=now, quoted=_quoted(now))
    if before is None:
        return replace(golden, right=sum(answer.right for answer in now.values()))
    # golden questions cannot know documents that come with this edition: citing one is no fault
    new = after.documents.keys() - before.documents.keys()
    good = {name: answer.right or answer.document in new for name, answer in now.items()}
    return replace(
        golden,
        right=sum(good.values()),
        right_before=sum(answer.right for answer in was.values()),
        by_new=sum(good[name] and not answer.right for name, answer in now.items()),
        quoted_before=_quoted(was),
        worse=tuple(_line(q, now[q.id]) for q in asked if was[q.id].right and not good[q.id]),
        changed=tuple(Answered(q.id, q.text, was[q.id], now[q.id]) for q in asked if _differs(was[q.id], now[q.id])),
    )


def _quoted(answers: Mapping[str, Answer]) -> int:
    return sum(answer.outcome == "answered" for answer in answers.values())


def _now(
    before: Edition | None,
    after: Edition,
    asked: Sequence[Expectation],
    encoder: Encoder,
    with_what: str,
    file: Path | None,
) -> Mapping[str, Answer]:
    """What the edition to come answers: asked where the change may have reached a question, known otherwise."""
    if file is None:
        return _asked(asked, evaluate.ask_library(after, encoder))
    kept, noted = _unreached(before, after, asked, encoder, with_what, file)
    watching = Watching(after)
    ask = evaluate.ask_library(after, encoder, watching.watch)
    now, reaches = dict(kept), dict(noted.reaches)
    for question in asked:
        if question.id not in kept:
            now |= _asked([question], ask)
            reaches[question.id] = watching.taken()
    note(file, after, replace(noted, reaches=reaches))
    return {question.id: now[question.id] for question in asked}


def _unreached(
    before: Edition | None,
    after: Edition,
    asked: Sequence[Expectation],
    encoder: Encoder,
    with_what: str,
    file: Path,
) -> tuple[dict[str, Answer], Note]:
    """The answers that stay as they were, and what was noted of their questions."""
    nothing: tuple[dict[str, Answer], Note] = {}, Note(with_what, 0, {})
    noted = noted_of(file, before, with_what) if before is not None else None
    if before is None or noted is None:
        return nothing
    known = _known(before, with_what, datetime.now(UTC).date())
    changes = Changes(before, after)
    since = noted.since + changes.count
    if not changes.is_small or since > SHARE * after.manifest.passages:
        return nothing
    told = {one.id: noted.reaches.get(one.id, ()) if one.id in known and not one.after else () for one in asked}
    texts = list(dict.fromkeys(reach.text for reaches in told.values() for reach in reaches))
    ready = dict(zip(texts, all_ready(after, encoder, texts), strict=True))
    kept = {
        name: known[name]
        for name, reaches in told.items()
        if reaches and not any(changes.reaches(ready[one.text], one, _slack(reaches)) for one in reaches)
    }
    return kept, Note(with_what, since, {name: noted.reaches[name] for name in kept})


def _slack(reaches: Sequence[Reach]) -> float:
    return SLACK if len(reaches) == 1 else SLACK_OF_PARTS


def _asked(questions: Sequence[Expectation], ask: evaluate.Ask) -> dict[str, Answer]:
    return {item.expected.id: _answer(item) for item in evaluate.mark(questions, ask)}


def told(manifest: Manifest) -> list[dict[str, str | bool]]:
    """Each golden question with what an edition answered when it was built; those that went wrong first."""
    answers = {name: Answer(*answer) for name, answer in manifest.golden.get("answers", {}).items()}
    rows: list[dict[str, str | bool]] = [
        {"id": q.id, "text": q.text, **asdict(answers[q.id]), "wanted": ", ".join(q.documents)}
        for q in evaluate.golden_questions()
        if q.id in answers
    ]
    return sorted(rows, key=lambda row: bool(row["right"]))


def applicable(questions: Sequence[Expectation], before: Edition | None, after: Edition) -> list[Expectation]:
    """Questions about a document that one of the editions holds, and, if there are any, those about none."""
    editions = [after] if before is None else [after, before]
    held = {name for edition in editions for name, one in edition.documents.items() if not one.audience}
    codes = {code for document in held for code in evaluate.codes_of(document)}
    about = {q.id for q in questions if not codes.isdisjoint(q.documents)}
    return [question for question in questions if about and (question.id in about or not question.documents)]


def asked_with(encoder: Encoder, questions: Sequence[Expectation]) -> str:
    """Digest of all that an answer hangs on beside the edition: questions, encoder, the code that finds and judges."""
    asked = json.dumps([asdict(question) for question in questions], sort_keys=True)
    return hashlib.sha256("\0".join([asked, encoder.fingerprint, _judged_by()]).encode()).hexdigest()[:24]


@cache
def _judged_by() -> str:
    folder = Path(str(knowledge.__file__)).parent
    digest = hashlib.sha256()
    for file in sorted([*folder.rglob("*.py"), *folder.rglob("*.json"), *folder.glob("*.toml")]):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _before(
    edition: Edition, asked: Sequence[Expectation], encoder: Encoder, with_what: str, today: date
) -> Mapping[str, Answer]:
    """What the edition before answers: as its own build wrote down, where that still holds; asked anew otherwise."""
    known = _known(edition, with_what, today)
    missing = [question for question in asked if question.id not in known]
    found = _asked(missing, evaluate.ask_library(edition, encoder))
    return {question.id: found.get(question.id) or known[question.id] for question in asked}


def _known(edition: Edition, with_what: str, today: date) -> dict[str, Answer]:
    """What an edition's own build wrote down, where it would answer the same today."""
    golden = edition.manifest.golden
    if golden.get("asked_with") != with_what or _grew_stale(edition, edition.manifest.built_at.date(), today):
        return {}
    return {name: Answer(*answer) for name, answer in golden.get("answers", {}).items()}


def _answers_alike(before: Manifest, after: Manifest) -> bool:
    """Whether two editions are the same to every question: their files byte for byte, and what they are judged with."""
    same = (after.checksums, after.judge, after.phrasing_shift, after.phrasing_words)
    return bool(after.checksums) and same == (
        before.checksums, before.judge, before.phrasing_shift, before.phrasing_words,
    )  # fmt: skip


def _grew_stale(edition: Edition, then: date, today: date) -> bool:
    """Whether a document has passed its review date since: from then on it is handed over."""
    return any(document.is_stale(today) != document.is_stale(then) for document in edition.documents.values())


def _answer(item: Marked) -> Answer:
    given: Given = item.given
    documents, sections = given.documents, given.sections
    return Answer(given.outcome, documents[0] if documents else "", sections[0] if sections else "", item.right)


def _differs(was: Answer, now: Answer) -> bool:
    """Whether an asker would be told something else; what is offered beside "not covered" is nothing told."""
    if "answered" not in (was.outcome, now.outcome):
        return was.outcome != now.outcome
    return (was.outcome, was.document, was.section) != (now.outcome, now.document, now.section)


def _line(question: Expectation, now: Answer) -> str:
    cited = f", citing {now.document}" if now.document else ""
    return f"{question.id} “{question.text}”: now {now.outcome}{cited}"
