"""The real encoder: its weights, its sentences, and what it makes of the starter library."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from indexer.build import Builder, starter_library
from indexer.keeping.remembered import RememberingEncoder
from indexer.measuring.evaluate import ask_library, golden_questions, mark
from indexer.measuring.starter import known
from knowledge.encoder import DEFAULT_WEIGHTS_SHA256, EncoderError, SentenceTransformerEncoder
from knowledge.finding.asked import all_ready
from knowledge.judging.calibration import NEVER, shipped
from knowledge.judging.judge import Verdict, judge
from knowledge.phrasings import starter_phrasings
from knowledge.search import search
from knowledge.store.folder import Library
from tests.test_packaging import installed, run, wheel

TODAY = date(2026, 11, 26)
pytestmark = pytest.mark.encoder
__all__ = ["installed", "wheel"]  # fixtures: pytest finds them here


@pytest.fixture(scope="module")
def starter(real_encoder: SentenceTransformerEncoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library(tmp_path_factory.mktemp("starter"))
    Builder(library, real_encoder, phrasings=(starter_phrasings(),)).build([starter_library()])
    yield library
    library.close()


def test_the_default_weights_are_the_published_ones(real_encoder: SentenceTransformerEncoder) -> None:
    assert real_encoder.fingerprint == DEFAULT_WEIGHTS_SHA256
    assert real_encoder.dimension == 384


def test_vectors_have_length_one_and_a_batch_changes_nothing(real_encoder: SentenceTransformerEncoder) -> None:
    texts = ["Owls hoot.", "A much longer text about owls that hoot at night, and about bees that do not."]
    together = real_encoder.encode_texts(texts, [[(0, 4)], []])
    alone = real_encoder.encode_question(texts[0])
    assert np.linalg.norm(alone) == pytest.approx(1.0, abs=1e-5)
    assert float(together[0].whole @ alone) == pytest.approx(1.0, abs=1e-4)
    assert [item.parts.shape for item in together] == [(1, 384), (0, 384)]


def test_a_sentence_keeps_its_own_meaning_within_its_passage(real_encoder: SentenceTransformerEncoder) -> None:
    text = "The kettle boils in four minutes. Badgers are counted at dusk by two people."
    spans = [(0, 33), (34, len(text))]
    parts = real_encoder.encode_texts([text], [spans])[0].parts
    question = real_encoder.encode_question("when do they count badgers")
    kettle, badgers = (parts @ question).tolist()
    assert badgers > kettle + 0.2


def test_changed_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"not the weights")
    monkeypatch.setattr("knowledge.encoder_files._bundled_folder", lambda: tmp_path)
    with pytest.raises(EncoderError, match="not the published ones"):
        SentenceTransformerEncoder().encode_question("anything")


@pytest.mark.parametrize(
    ("name", "said"),
    [("some-org/not-here", "is not on this machine, and nothing is fetched"), (".", "has no .safetensors weights")],
)
def test_a_model_that_is_not_here_is_named_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EncoderError, match=said):
        SentenceTransformerEncoder(name).encode_question("anything")


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("how long can we hold someone on a 136 for", "How long can we keep someone under section 136?"),
        ("whats the diff between sara and osara", "What is the difference between SARA and OSARA?"),
        ("does an adult have to consent to NRM", "Does an adult have to consent to an NRM referral?"),
        ("what sort of things can i bring to the hub", "What sort of things can I bring to the hub?"),
    ],
)
def test_officers_words_find_the_section_that_answers(
    starter: Library, real_encoder: SentenceTransformerEncoder, question: str, section: str
) -> None:
    assert search(starter.edition(), real_encoder, question).hits[0].entry.passage.section == section


def test_what_was_measured_of_the_starter_library_is_of_the_library_as_it_is(
    starter: Library, real_encoder: SentenceTransformerEncoder
) -> None:
    """Otherwise: python -m indexer.measuring.starter"""
    measured = known(starter.edition(), real_encoder, golden_questions())
    assert measured
    assert measured["judge"].promised == shipped().promised
    assert measured["judge"].found >= measured["judge"].promised - 0.05
    assert known(starter.edition(), real_encoder, golden_questions()[1:]) == {}


def test_the_golden_questions_go_as_well_as_they_did(
    starter: Library, real_encoder: SentenceTransformerEncoder
) -> None:
    remembering = RememberingEncoder(real_encoder, None)
    all_ready(starter.edition(), remembering, [question.text for question in golden_questions()])
    marked = mark(golden_questions(), ask_library(starter.edition(), remembering))
    answered = [item for item in marked if item.expected.outcome == "answered"]
    others = [item for item in marked if item.expected.outcome == "handed_over"]
    quoted = [item for item in answered if item.given.outcome == "answered"]
    # nearly everything is in sight; what is quoted answers; few near misses are quoted as answers
    assert sum(item.in_sight for item in answered) >= 0.9 * len(answered)
    assert len(quoted) >= 0.45 * len(answered)
    assert sum(item.first_right for item in quoted) >= 0.95 * len(quoted)
    assert sum(item.given.outcome == "answered" for item in others) <= 0.05 * len(others)


@pytest.mark.parametrize(
    ("before", "question", "section"),
    [
        ("how long can we keep someone under section 136", "who can extend it", "Who can extend section 136 detention"),
        ("what is a DVPN", "and if hes under 18?", "What is a DVPN, and who can authorise one?"),
        ("does an adult have to consent to an nrm referral", "what about a kid", "Does a child have to consent"),
        ("whats the test for a cpn", "how long has he got to appeal it", "Can someone appeal against a CPN?"),
        ("what is cuckooing", "how do i talk to him", "How do I talk to someone who is being cuckooed?"),
    ],
)
def test_what_follows_an_answer_is_quoted_from_the_section_it_means(
    starter: Library, real_encoder: SentenceTransformerEncoder, before: str, question: str, section: str
) -> None:
    judgement = judge(search(starter.edition(), real_encoder, question, after=before), today=TODAY)
    assert judgement.verdict is Verdict.QUOTE
    assert judgement.hits[0].entry.passage.section.startswith(section)


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("what happens if they breach a cpn", "how much is the fine"),
        ("do i have to give a section 59 warning", "how long does the warning last"),
        ("what is a MARAC", "when does it meet"),
        ("whats the test for a cpn", "how long does a restraining order last"),
        ("how long does a dvpo last", "what does he get if he breaches"),
    ],
)
def test_what_follows_an_answer_and_is_not_said_is_not_quoted(
    starter: Library, real_encoder: SentenceTransformerEncoder, before: str, question: str
) -> None:
    judgement = judge(search(starter.edition(), real_encoder, question, after=before), today=TODAY)
    assert judgement.verdict is not Verdict.QUOTE


def test_a_question_with_a_subject_of_its_own_is_not_drawn_to_the_answer_before(
    starter: Library, real_encoder: SentenceTransformerEncoder
) -> None:
    asked = "what does gowisely stand for"
    found = search(starter.edition(), real_encoder, asked, after="how old do you have to be for a CPN")
    assert not found.follows
    assert found.hits[0].entry.passage.section == "What does GOWISELY stand for?"


def test_a_judge_that_quotes_nothing_quotes_no_follow_up_either(
    starter: Library, real_encoder: SentenceTransformerEncoder
) -> None:
    found = search(starter.edition(), real_encoder, "who can extend it", after="how long can we keep someone on a 136")
    assert judge(found, today=TODAY).verdict is Verdict.QUOTE
    never = shipped().model_copy(update={"quote_from": NEVER})
    assert judge(found, today=TODAY, by=never).verdict is Verdict.DID_YOU_MEAN


def test_ask_works_from_another_folder_as_it_is_installed(starter: Library, installed: Path, tmp_path: Path) -> None:
    """The wheel, with an edition that this encoder made: that it is made at the first question has tests of its own."""
    shutil.copytree(starter.folder, tmp_path / "data" / "library")
    done = run(installed / "prevention-hub", "ask", "--json", "how long can we hold someone on a 136 for", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    reply = json.loads(done.stdout)
    assert reply["outcome"] == "answered"
    assert reply["citations"][0]["document"] == "d24-section-136"
    assert reply["citations"][0]["section"] == "How long can we keep someone under section 136?"
    assert "24 hours" in reply["citations"][0]["quote"]
    assert "indexing" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]
