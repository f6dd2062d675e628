"""Which encoder for which machine: build, question, memory and figures of each model named.

    python -m tests.benchmarks.encoders MODEL … [--questions QUESTIONS.jsonl …]

Each model builds the starter library in a process of its own, so that its memory is its own; every model is judged by
what its own build can promise. At last questions are encoded by all of them by turns in one process, so that what else
the machine does is shared alike: how long each takes, against the first one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from tests.support.peak import peak as peak_memory

TIMED = 40
"""Questions that are timed."""


def measured(model: str, questions: list[Path]) -> dict[str, Any]:
    """Build and ask with one model, in this process."""
    from indexer.build import Builder, starter_library
    from indexer.keeping.remembered import RememberingEncoder
    from indexer.looking import look_in
    from indexer.measuring.calibrate import measuring
    from indexer.measuring.evaluate import golden_questions, read_questions
    from indexer.measuring.scorecard import scorecard
    from indexer.report import judge_of
    from knowledge.encoder import DEFAULT_ENCODER, SentenceTransformerEncoder
    from knowledge.phrasings import starter_phrasings
    from knowledge.search import search
    from knowledge.store.folder import Library

    encoder = SentenceTransformerEncoder(model or DEFAULT_ENCODER)
    encoder.load()
    golden = golden_questions()
    with tempfile.TemporaryDirectory() as folder, closing(Library(Path(folder))) as library:
        began = time.perf_counter()
        measure = measuring(encoder, golden)
        Builder(library, encoder, phrasings=(starter_phrasings(),), measure=measure).build([starter_library()])
        built, edition = time.perf_counter() - began, library.edition()
        took = []
        for question in golden[:TIMED]:
            began = time.perf_counter()
            search(edition, encoder, question.text)
            took.append(time.perf_counter() - began)
        look = look_in(edition, RememberingEncoder(encoder, None))
        sets = {file.name: read_questions(file) for file in questions} or {"golden": golden}
        return {
            "model": encoder.name,
            "dimension": encoder.dimension,
            "build_seconds": round(built, 1),
            "question_ms": round(1000 * median(took), 1),
            "megabytes": round(peak_memory()),
            "judge": judge_of(edition),
            "figures": {name: scorecard(asked, look).as_json()["figures"] for name, asked in sets.items()},
        }


def by_turns(models: list[str]) -> dict[str, float]:
    """How long a question takes to encode, as the median against the first model."""
    from indexer.measuring.evaluate import golden_questions
    from knowledge.encoder import SentenceTransformerEncoder

    encoders = [SentenceTransformerEncoder(model) for model in models]
    took: list[list[float]] = [[] for _ in encoders]
    for encoder in encoders:
        encoder.load()
    for question in golden_questions()[:TIMED]:
        for encoder, own in zip(encoders, took, strict=True):
            began = time.perf_counter()
            encoder.encode_question(question.text)
            own.append(time.perf_counter() - began)
    return {encoder.name: round(median(own) / median(took[0]), 1) for encoder, own in zip(encoders, took, strict=True)}


def main() -> None:
    """Each model in its own process, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+")
    parser.add_argument("--questions", type=Path, nargs="*", default=[])
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.alone:
        print(json.dumps(measured(given.models[0], given.questions)))
        return
    for model in given.models:
        command = [sys.executable, "-m", "tests.benchmarks.encoders", model, "--alone"]
        if given.questions:
            command += ["--questions", *map(str, given.questions)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, flush=True)
    print(json.dumps({"question_by_turns": by_turns(given.models)}), flush=True)


if __name__ == "__main__":
    main()
