"""What was found when the starter library was measured, so that a new installation need not measure it again.

`python -m indexer.measuring.starter` measures it and writes indexer/starter.json anew: after a change of guidance,
phrasings, golden questions or the judge. An edition with other words in it is measured by its own build.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from indexer.build import Builder, starter_library
from indexer.local import read_local
from indexer.measuring.evaluate import Expectation, golden_questions
from knowledge.encoder import Encoder, SentenceTransformerEncoder
from knowledge.judging.calibration import Calibration, shipped
from knowledge.phrasings import starter_phrasings
from knowledge.store.edition import Edition
from knowledge.store.folder import Library


def known(edition: Edition, encoder: Encoder, questions: Sequence[Expectation]) -> dict[str, Any]:
    """What a build measures, where this edition is the starter library, word for word; nothing where it is not."""
    stored = json.loads(_file().read_text(encoding="utf-8"))
    if len(edition.documents) != stored["documents"] or edition.manifest.encoder_fingerprint != encoder.fingerprint:
        return {}
    if digest(edition, questions) != stored["digest"]:
        return {}
    measured = {name: stored[name] for name in ("phrasing_shift", "phrasing_words")}
    return {**measured, "judge": Calibration.model_validate(stored["judge"])}


def digest(edition: Edition, questions: Sequence[Expectation]) -> str:
    """Of all that a measurement hangs on: passages, phrasings, questions, encoder, judge."""
    told = hashlib.sha256(edition.manifest.encoder_fingerprint.encode())
    told.update(shipped().model_dump_json().encode())
    told.update(json.dumps([asdict(question) for question in questions], sort_keys=True).encode())
    for name in sorted(edition.documents):
        for passage in edition.document_passages(name):
            told.update(f"{name}\0{passage.section}\0{passage.text}\0".encode())
    told.update("\0".join(edition.phrasings.texts).encode())
    return told.hexdigest()


def _file() -> Path:
    return Path(str(files("indexer").joinpath("starter.json")))


def main() -> None:
    """Measure the starter library with the default encoder, and write down what was found."""
    from indexer.measuring.calibrate import calibrated
    from indexer.phrasings import usual

    encoder, questions = SentenceTransformerEncoder(), golden_questions()
    with TemporaryDirectory() as aside:
        library = Library(Path(aside) / "library")
        local = read_local(Path(aside) / "local.toml")
        Builder(library, encoder, local=local, phrasings=(starter_phrasings(),)).build([starter_library()])
        edition = library.edition()
        compared = usual(edition)
        edition.manifest = edition.manifest.model_copy(update=compared)
        judge = calibrated(edition, encoder, questions)
        found = {"documents": len(edition.documents), "digest": digest(edition, questions), **compared}
        stored = {**found, "judge": judge.model_dump(mode="json")}
        library.close()
    _file().write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(_file().read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
