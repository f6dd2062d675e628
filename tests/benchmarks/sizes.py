"""A library of many documents: `python -m tests.benchmarks.sizes [--documents 1000 10000] [--encoder quick|real]`.

Real-sized documents that nobody wrote (tests/support/corpus.py) beside the starter library, so that the golden
questions count. For each size, in a process of its own: a full build, gate and measuring included, against encoding the
same passages alone; one changed document; one removed; peaks of memory. Times are seconds of processor time in this
process, which hold on a busy machine; the child processes that read the files come on top of them, on the line
"reading". The stand-in encoder costs next to nothing: against it everything beside encoding is seen at its worst.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from indexer.build import Builder, Built, starter_library
from indexer.loaders.sandbox import close_worker
from indexer.measuring.calibrate import measuring
from indexer.measuring.evaluate import golden_questions
from indexer.measuring.golden import golden_gate
from knowledge.encoder import Encoder, SentenceTransformerEncoder
from knowledge.phrasings import starter_phrasings
from knowledge.store.folder import Library
from tests.support.corpus import write_corpus
from tests.support.peak import begin_again, peak
from tests.support.quick import QuickEncoder

SAMPLE = 512
"""Passages, evenly from the short to the long, on which encoding alone is timed; the rest is reckoned from them."""


def main() -> None:
    """Print the rows of each size, or measure one size in this process."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--documents", type=int, nargs="+", default=[1000, 10_000])
    asked.add_argument("--encoder", choices=["quick", "real"], default="quick")
    asked.add_argument("--here", action="store_true", help="measure one size in this process and print JSON")
    given = asked.parse_args()
    if given.here:
        print(json.dumps(measure(given.documents[0], given.encoder)))
        return
    for documents in given.documents:
        rows(documents, given.encoder)


def rows(documents: int, encoder: str) -> None:
    """Measure one size in a process of its own, whose memory is nobody else's, and print its rows."""
    program = [sys.executable, "-m", "tests.benchmarks.sizes", "--here", "--documents", str(documents)]
    done = subprocess.run([*program, "--encoder", encoder], check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    which = "stand-in encoder" if encoder == "quick" else "all-MiniLM-L6-v2"
    print(f"{documents:,} documents, {found['passages']:,} passages, {which}")
    for what in ("encoding alone", "full build", "reading", "one changed", "one removed", "nothing changed"):
        share = f"{found[what] / found['full build']:.1%} of a full build"
        print(f"    {what:20} {found[what]:8.1f} s   {'' if what == 'full build' else share}")
    print(f"    {'build / encoding':20} {found['full build'] / found['encoding alone']:8.2f}     aim: at most 1.20")
    for what in ("peak of a full build", "peak of the others"):
        print(f"    {what:20} {found[what]:8.0f} MB", flush=True)


def measure(documents: int, name: str) -> dict[str, float]:
    """Seconds of processor time, and megabytes."""
    encoder: Encoder = QuickEncoder() if name == "quick" else SentenceTransformerEncoder()
    encoder.encode_question("loading the model is not building")
    with tempfile.TemporaryDirectory(prefix="prevention-hub-") as aside:
        folder = Path(aside)
        files = write_corpus(folder / "corpus", documents)
        library = Library(folder / "library")
        read = resource.getrusage(resource.RUSAGE_CHILDREN)
        begin_again()
        full, built = _seconds(lambda: _build(library, encoder, folder / "corpus"))
        full_peak = peak()
        reading = _children_since(read)
        alone = _alone(library, encoder)
        files[documents // 2].write_text(files[documents // 2].read_text(encoding="utf-8") + "\nOne more line.\n")
        begin_again()
        changed, _ = _seconds(lambda: _build(library, encoder, folder / "corpus"))
        files[documents // 3].unlink()
        removed, _ = _seconds(lambda: _build(library, encoder, folder / "corpus"))
        nothing, _ = _seconds(lambda: _build(library, encoder, folder / "corpus"))
        later_peak = peak()
        library.close()
    assert isinstance(built, Built)
    return {
        "passages": built.manifest.passages,
        "encoding alone": alone,
        "full build": full,
        "reading": reading,
        "one changed": changed,
        "one removed": removed,
        "nothing changed": nothing,
        "peak of a full build": full_peak,
        "peak of the others": later_peak,
    }


def _build(library: Library, encoder: Encoder, corpus: Path) -> Built:
    """A build as the program makes it, with its gate; the stand-in has no meaning, so the gate's word is not heeded."""
    questions = golden_questions()
    remembered = library.folder / "questions.npz"
    gate = golden_gate(encoder, questions, remembered=remembered)
    builder = Builder(
        library,
        encoder,
        gate,
        phrasings=(starter_phrasings(),),
        measure=measuring(encoder, questions, remembered),
        keep=2,
    )
    return builder.build([starter_library(), corpus], force_because="measured is the time, not the answers")


def _alone(library: Library, encoder: Encoder) -> float:
    """What the encoder alone takes for the same passages: `SentenceTransformer.encode` of a sample, and from it all."""
    edition = library.edition()
    texts = [
        f"{edition.documents[name].title} > {passage.section}\n{passage.text}"
        for name in edition.documents
        for passage in edition.document_passages(name)
    ]
    texts.sort(key=len)
    sample = texts[:: max(1, len(texts) // SAMPLE)]
    if isinstance(encoder, SentenceTransformerEncoder):
        model = encoder._model
        taken, _ = _seconds(lambda: model.encode(sample, batch_size=32))
    else:
        taken, _ = _seconds(lambda: encoder.encode_texts(sample, [()] * len(sample)))
    characters = sum(map(len, texts)) / sum(map(len, sample))
    return taken * characters


def _seconds(work: Callable[[], object]) -> tuple[float, object]:
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def _children_since(before: resource.struct_rusage) -> float:
    """Seconds of processor time of the child processes that have ended since."""
    close_worker()
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    return now.ru_utime + now.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
