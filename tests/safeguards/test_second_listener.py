"""The second listener: it adds what it hears, and is silent where it cannot."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.safeguards import Urgency, urgency
from bot.safeguards.second import SecondListener
from bot.safeguards.second.fit import CRISIS, PROJECT, Message, fit, read_messages
from bot.safeguards.second.listener import WEIGHTS, Head
from knowledge.encoder import DEFAULT_WEIGHTS_SHA256, Encoder, EncoderError, SentenceTransformerEncoder
from knowledge.finding.asked import make_ready
from knowledge.language.words import written_out
from knowledge.store.folder import Library

CALM = ["what is the rule on ladders", "how do i file a ladder form", "is a ladder a tool", "who owns the ladder plan"]
ALARM = ["the ladder is going over", "shes under the ladder", "ladder down on him", "he went with the ladder"]
CRISES = ["nothing is left of me", "i am a hollow thing", "no more of me", "let me go quiet"]


class LetterEncoder:
    """Vectors that count letters: enough to learn from, and always the same."""

    dimension = 26

    def __init__(self, fingerprint: str = "letters", fails: bool = False) -> None:
        self.fingerprint, self._fails = fingerprint, fails
        self.read: list[str] = []

    def encode_question(self, text: str) -> NDArray[np.float32]:
        if self._fails:
            raise EncoderError("no encoder here")
        self.read.append(text)
        counts = np.array([text.count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"], dtype=np.float32)
        return counts / (float(np.linalg.norm(counts)) or 1.0)


def messages() -> list[Message]:
    made = []
    for writer in ("one", "two", PROJECT):
        made += [Message(writer, f"{text} {writer}", False, "rule") for text in CALM]
        made += [Message(writer, f"{text} {writer}", True, "ladder") for text in ALARM]
        made += [Message(writer, f"{text} {writer}", True, CRISIS) for text in CRISES]
    return made


@pytest.fixture
def fitted(tmp_path: Path) -> Path:
    head, _ = fit(messages(), LetterEncoder())
    head.save(tmp_path / "weights.npz")
    return tmp_path / "weights.npz"


def hear(listener: SecondListener, texts: Sequence[str]) -> list[Urgency | None]:
    return [listener.hears(text) for text in texts]


def test_it_hears_what_it_learned_and_keeps_it_in_a_file(fitted: Path) -> None:
    listener = SecondListener(LetterEncoder(), fitted)
    assert listener.trouble == ""
    assert hear(listener, ["the ladder is going over", "i am a hollow thing"]) == [Urgency.INCIDENT, Urgency.WELFARE]
    assert hear(listener, CALM) == [None] * len(CALM)


def test_writers_are_left_out_of_what_they_are_measured_by() -> None:
    _, tried = fit(messages(), LetterEncoder())
    assert {item.message.writer for item in tried} == {"one", "two"}
    # what only this writer calls an emergency is not learned from others
    strange = [Message("three", text, True, "rule") for text in CALM]
    _, tried = fit(messages() + strange, LetterEncoder())
    assert [item.second for item in tried if item.message.writer == "three"] == [False] * len(CALM)


def test_nothing_personal_reaches_the_encoder(fitted: Path) -> None:
    encoder = LetterEncoder()
    SecondListener(encoder, fitted).hears("Mr Jordan Pell 07700 900123 is under the ladder")
    (read,) = encoder.read
    assert "pell" not in read.lower()
    assert "900123" not in read
    assert "ladder" in read


@pytest.mark.parametrize("text", ["can PCSOs seize a car under s59", "What’s a CPN for?"])
def test_it_reads_a_message_as_it_is_searched_for_so_that_one_vector_serves_both(
    fitted: Path, publish: Callable[[Path], Library], guidance: Path, text: str
) -> None:
    encoder = LetterEncoder()
    SecondListener(encoder, fitted).hears(text)
    assert encoder.read == [written_out(text)]
    make_ready(publish(guidance).edition(), cast(Encoder, encoder), text)
    assert encoder.read[0] == encoder.read[-1]


def test_another_encoder_turns_it_off(fitted: Path) -> None:
    listener = SecondListener(LetterEncoder("others"), fitted)
    assert listener.hears("the ladder is going over") is None
    assert "python -m bot.safeguards.second.fit" in listener.trouble


def test_a_failing_encoder_is_silence_and_a_line_in_the_log(fitted: Path, caplog: pytest.LogCaptureFixture) -> None:
    listener = SecondListener(LetterEncoder(fails=True), fitted)
    with caplog.at_level(logging.ERROR):
        assert listener.hears("the ladder is going over") is None
    assert "EncoderError" in caplog.text
    assert "ladder" not in caplog.text


def test_broken_weights_are_silence(tmp_path: Path) -> None:
    (tmp_path / "weights.npz").write_bytes(b"nothing")
    listener = SecondListener(LetterEncoder(), tmp_path / "weights.npz")
    assert listener.hears("the ladder is going over") is None
    assert "Install the program again" in listener.trouble


def test_the_shipped_weights_are_for_the_shipped_encoder_and_its_messages_are_kept() -> None:
    assert Head.load(WEIGHTS).fingerprint == DEFAULT_WEIGHTS_SHA256
    kept = read_messages()
    assert len(kept) >= 3000
    assert len({message.writer for message in kept}) >= 8
    assert sum(not message.urgent for message in kept) >= sum(message.urgent for message in kept)


@pytest.mark.encoder
def test_the_shipped_head_hears_what_words_alone_do_not(real_encoder: SentenceTransformerEncoder) -> None:
    listener = SecondListener(real_encoder)
    missed = [message for message in read_messages() if message.urgent and urgency(message.text) is None][:16]
    heard = sum(listener.hears(message.text) is not None for message in missed)
    assert heard >= 12
    calm = [message for message in read_messages() if not message.urgent][:50]
    assert sum(listener.hears(message.text) is not None for message in calm) <= 2
