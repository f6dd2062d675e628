"""Votes of a second encoder and a reranker: they keep a thin quote back and order what is near, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.encoder import EncoderError, SentenceTransformerEncoder
from knowledge.finding.pointing import BY_NUMBER
from knowledge.found import Found, Hit
from knowledge.judging.judge import Judgement, Reason, Verdict, Vote, judge
from knowledge.search import search
from knowledge.store.edition import Edition
from knowledge.store.folder import Library
from knowledge.voting.ballot import THIN, Voting
from knowledge.voting.voters import EncoderVoter, RerankerVoter, heading_of
from tests.knowledge.test_encoders import transformer
from tests.support.fakes import WordEncoder

TODAY = date(2026, 11, 27)
SOAK, DRY = "How long may a kite soak in water?", "How do I dry a kite?"


class Prefers:
    """Puts the sections first that it is told to, in that order, and all others behind."""

    def __init__(self, *sections: str, name: str = "model-b", broken: Exception | None = None) -> None:
        self.name, self._sections, self._broken = name, sections, broken
        self.asked: list[str] = []

    def load(self) -> None:
        return

    def scores(self, question: str, passages: Sequence[Hit]) -> Sequence[float]:
        self.asked.append(question)
        if self._broken:
            raise self._broken
        order = {section: -float(at) for at, section in enumerate(self._sections)}
        return [order.get(hit.entry.passage.section, -9.0) for hit in passages]


@pytest.fixture
def edition(publish: Callable[[Path], Library], guidance: Path) -> Edition:
    return publish(guidance).edition()


def thin(edition: Edition, question: str, *, margin: float = THIN / 2) -> Found:
    """What was found, its first two sections as near each other as `margin`."""
    found = search(edition, WordEncoder(), question)
    return replace(found, signals={**found.signals, "margin": margin})


def a_quote(found: Found) -> Judgement:
    return replace(judge(found, today=TODAY), verdict=Verdict.QUOTE, reason=Reason.NONE, parts=())


def shown(judgement: Judgement) -> list[str]:
    return [hit.entry.passage.section for hit in judgement.candidates]


def test_a_thin_quote_that_another_model_does_not_share_is_offered_with_the_others_first(edition: Edition) -> None:
    found = thin(edition, "how long may a silk kite soak in water")
    assert shown(a_quote(found))[0] == SOAK
    voted = Voting((Prefers(DRY, SOAK),)).vote(found, a_quote(found))
    assert (voted.verdict, voted.reason) == (Verdict.DID_YOU_MEAN, Reason.NEARLY)
    assert set(shown(voted)[:2]) == {SOAK, DRY}
    assert voted.votes == (Vote("model-b", agrees=False),)


def test_a_quote_that_is_shared_stays_and_the_vote_is_told(edition: Edition) -> None:
    found = thin(edition, "how long may a silk kite soak in water")
    voted = Voting((Prefers(SOAK),)).vote(found, a_quote(found))
    assert voted == replace(a_quote(found), votes=(Vote("model-b", agrees=True),))


def test_of_three_voters_two_keep_a_quote_and_of_two_one_holds_it_back(edition: Edition) -> None:
    found = thin(edition, "how long may a silk kite soak in water")
    kept = Voting((Prefers(SOAK), Prefers(DRY), Prefers(SOAK))).vote(found, a_quote(found))
    held = Voting((Prefers(SOAK), Prefers(DRY))).vote(found, a_quote(found))
    assert (kept.verdict, held.verdict) == (Verdict.QUOTE, Verdict.DID_YOU_MEAN)


def test_sections_that_are_offered_go_by_all_places(edition: Edition) -> None:
    found = thin(edition, "how long may a silk kite soak in water")
    offered = replace(a_quote(found), verdict=Verdict.DID_YOU_MEAN, reason=Reason.NEARLY)
    last = shown(offered)[-1]
    voted = Voting((Prefers(last), Prefers(last, name="model-c"))).vote(found, offered)
    assert shown(voted)[0] == last
    assert {hit.entry.row for hit in voted.hits} == {hit.entry.row for hit in offered.hits}


@pytest.mark.parametrize(
    "change",
    [
        lambda found: replace(found, signals={**found.signals, "margin": THIN}),
        lambda found: replace(found, signals={**found.signals, BY_NUMBER: 1.0}),
        lambda found: replace(found, follows=True),
    ],
    ids=["a clear margin", "a section asked for by its number", "a follow-up"],
)
def test_what_is_clear_is_not_voted_on(edition: Edition, change: Callable[[Found], Found]) -> None:
    found = change(thin(edition, "how long may a silk kite soak in water"))
    voter = Prefers(DRY)
    assert Voting((voter,)).vote(found, a_quote(found)) == a_quote(found)
    assert voter.asked == []


@pytest.mark.parametrize("reason", [Reason.UNCERTAIN, Reason.STALE, Reason.LIMIT, Reason.TOO_FAR, Reason.SCANNED])
def test_a_rule_of_the_library_is_not_voted_on(edition: Edition, reason: Reason) -> None:
    found = thin(edition, "how long may a silk kite soak in water")
    ruled = replace(a_quote(found), verdict=Verdict.NOT_COVERED, reason=reason)
    voter = Prefers(DRY)
    assert Voting((voter,)).vote(found, ruled) == ruled
    assert voter.asked == []


def test_those_that_have_what_was_asked_for_stay_first(edition: Edition) -> None:
    found = thin(edition, "how long may a silk kite soak in water")
    fitting = replace(a_quote(found), verdict=Verdict.DID_YOU_MEAN, reason=Reason.MISFIT)
    assert shown(Voting((Prefers(DRY),)).vote(found, fitting)) == shown(fitting)


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (
            EncoderError("The encoder 'model-b' is not on this machine."),
            "missing: The encoder 'model-b' is not",
        ),
        (IndexError("index out of range in self: silk kite"), "missing (IndexError)"),
    ],
)
def test_a_voter_that_cannot_be_asked_is_left_out_and_nothing_typed_is_logged(
    edition: Edition, caplog: pytest.LogCaptureFixture, broken: Exception, told: str
) -> None:
    found = thin(edition, "how long may a silk kite soak in water")
    voted = Voting((Prefers(DRY, broken=broken),)).vote(found, a_quote(found))
    assert voted == a_quote(found)
    assert told in caplog.text
    assert "silk kite" not in caplog.text


def test_a_second_encoder_encodes_each_passage_once(edition: Edition) -> None:
    encoder = Counting()
    voter = EncoderVoter(encoder)
    found = search(edition, WordEncoder(), "how long may a silk kite soak in water")
    first = voter.scores("how long may a silk kite soak in water", found.hits)
    assert max(range(len(first)), key=lambda at: first[at]) == 0
    texts = len(encoder.texts)
    voter.scores("how do i dry it", found.hits)
    assert (len(encoder.texts), texts) == (texts, len(found.hits))
    assert encoder.texts[0].startswith(f"{heading_of(found.hits[0])}\n")


class Counting(WordEncoder):
    """Notes the texts that it encodes."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def encode_texts(self, texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]) -> list:  # type: ignore[type-arg]
        self.texts.extend(texts)
        return super().encode_texts(texts, spans)


@pytest.fixture
def cross_encoder(tmp_path: Path) -> Path:
    """A cross-encoder of two layers with random weights."""
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    transformer(tmp_path)
    config = BertConfig.from_pretrained(tmp_path / "bert", num_labels=1)
    folder = tmp_path / "cross"
    BertForSequenceClassification(config).save_pretrained(folder)
    AutoTokenizer.from_pretrained(tmp_path / "bert").save_pretrained(folder)
    return folder


@pytest.mark.encoder
def test_a_cross_encoder_reads_question_and_passage_together(edition: Edition, cross_encoder: Path) -> None:
    from sentence_transformers import CrossEncoder

    found = search(edition, WordEncoder(), "how long may a silk kite soak in water")
    question = "how long may a silk kite soak"
    voter = RerankerVoter(str(cross_encoder))
    voter.load()
    pairs = [(question, f"{heading_of(hit)}\n{hit.entry.passage.text}") for hit in found.hits]
    its_own = CrossEncoder(str(cross_encoder), device="cpu").predict(pairs)
    assert voter.scores(question, found.hits) == pytest.approx([float(one) for one in its_own], abs=1e-6)
    assert len(set(voter.scores(question, found.hits))) == len(found.hits)


@pytest.mark.encoder
def test_a_model_that_is_not_here_or_of_another_kind_is_named_with_the_setting(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="is not on this machine"):
        RerankerVoter("some-org/not-here").load()
    (tmp_path / "empty").mkdir()
    with pytest.raises(EncoderError, match="PREVENTION_HUB_RERANKER"):
        RerankerVoter(str(tmp_path / "empty")).load()
    with pytest.raises(EncoderError):
        EncoderVoter(SentenceTransformerEncoder(str(tmp_path / "empty"))).load()
