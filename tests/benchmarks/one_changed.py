"""What one changed document costs against a full build, gate included: python -m tests.benchmarks.one_changed"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from indexer.build import Builder, starter_library
from indexer.measuring.evaluate import golden_questions
from indexer.measuring.golden import golden_gate
from knowledge.encoder import SentenceTransformerEncoder
from knowledge.store.folder import Library


def main() -> None:
    """Build the starter library, change a word in one document three times, and print the ratios."""
    encoder = SentenceTransformerEncoder()
    encoder.encode_question("warm")  # loading the model is not building
    with tempfile.TemporaryDirectory(prefix="prevention-hub-") as name:
        guidance = Path(name) / "guidance"
        shutil.copytree(starter_library(), guidance)
        library = Library(Path(name) / "library")
        full = _seconds(library, encoder, guidance)
        print(f"full build: {full:.1f} s")
        file = sorted(guidance.glob("*.md"))[0]
        for _ in range(3):
            file.write_text(file.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
            again = _seconds(library, encoder, guidance)
            print(f"one document changed: {again:.1f} s, {again / full:.1%} of a full build")
        library.close()


def _seconds(library: Library, encoder: SentenceTransformerEncoder, guidance: Path) -> float:
    gate = golden_gate(encoder, golden_questions(), remembered=library.folder / "questions.npz")
    start = time.perf_counter()
    Builder(library, encoder, gate).build([guidance])
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
