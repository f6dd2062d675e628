"""A large library: `python -m tests.benchmarks.scale [--passages 100000 …] [--minutes 10] [--gigabytes 8]`.

Passages are made up, with the statistics of the starter library: lengths of passages and sentences, and how often each
word stands there, a share of words that stand nowhere else beside them. Their vectors are those of real passages with
noise (cosine 0.8 to the one they come from). The edition is built, opened and asked by the real program, with the real
encoder for questions. Each size is built and asked in processes of its own; one that takes more time or memory than is
allowed is stopped, and the table says so. Recall is of the index's first ten against all vectors compared one by one.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np

from bot.app import Hub
from bot.domain.messages import Place, Question
from bot.settings import Settings
from indexer.build import Builder, starter_library
from indexer.chunker import chunk
from indexer.loaders import load_all
from indexer.measuring.evaluate import golden_questions
from indexer.sources import find_sources
from knowledge.encoder import Encoded, SentenceTransformerEncoder, Span, Vectors
from knowledge.language.sentences import split_sentences
from knowledge.passages import Document, Passage, Status
from knowledge.store.folder import Library
from knowledge.store.shared.bucket import open_bucket
from knowledge.store.shared.sharing import Sharing
from tests.support.peak import peak as peak_memory

SEEDS, QUESTIONS, CHECKED, TEN = 400, 40, 20, 10
PER_DOCUMENT = 60
NOISE = 0.75
"""Length of the noise on a vector of length 1: a cosine of 0.8 to the vector it comes from."""
RARE, RARE_WORDS = 0.02, 50_000
"""Share of words that the starter library does not have, and how many different ones there are."""
GIGABYTE = 1 << 30


class Synthetic:
    """The real encoder for questions; texts get a real passage's vector with noise. Counts its own seconds."""

    def __init__(self, seeds: Vectors) -> None:
        real = SentenceTransformerEncoder()
        self.name, self.fingerprint, self.dimension = real.name, real.fingerprint, seeds.shape[1]
        self._seeds, self._random = seeds, np.random.default_rng(7)
        self.encode_question = real.encode_question
        self.seconds = 0.0

    def encode_texts(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        began = time.perf_counter()
        wholes = self._near(self._seeds[self._random.integers(0, len(self._seeds), len(texts))])
        made = [
            Encoded(whole, self._near(np.repeat(whole[None], len(some), axis=0)))
            for whole, some in zip(wholes, spans, strict=True)
        ]
        self.seconds += time.perf_counter() - began
        return made

    def _near(self, vectors: Vectors) -> Vectors:
        noise = self._random.standard_normal(vectors.shape, dtype=np.float32)
        found = vectors + noise * np.float32(NOISE / np.sqrt(vectors.shape[1]))
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True).clip(1e-9), dtype=np.float32)


def starter() -> list[Passage]:
    """Every passage of the starter library."""
    loaded, _ = load_all(find_sources([starter_library()]))
    return [passage for one in loaded for passage in chunk(one)]


def made_up(real: Sequence[Passage], count: int) -> list[tuple[Document, list[Passage]]]:
    """Documents with so many passages in all."""
    random = np.random.default_rng(11)
    shapes = [[len(p.text[a:b].split()) or 1 for a, b in split_sentences(p.text)] or [8] for p in real]
    counted = Counter(word.strip(".,:;()“”\"'").lower() for p in real for word in p.text.split())
    words = [*(word for word in counted if word), *(f"{'bdfgklmnprstvz'[i % 14]}o{i:x}ing" for i in range(RARE_WORDS))]
    often = np.array([counted[word] for word in words if word in counted], dtype=float)
    rare = 1 / np.arange(1, RARE_WORDS + 1)
    share = np.cumsum([*((1 - RARE) * often / often.sum()), *(RARE * rare / rare.sum())])
    documents: list[tuple[Document, list[Passage]]] = []
    for start in range(0, count, PER_DOCUMENT):
        name = f"made-{start // PER_DOCUMENT:06}"
        document = Document(name, f"Guidance {name}", status=Status("in_force"), source=f"{name}.md")
        passages = []
        for position in range(min(PER_DOCUMENT, count - start)):
            model = int(random.integers(len(real)))
            drawn = iter(np.searchsorted(share, random.random(sum(shapes[model]))).clip(max=len(words) - 1))
            text = " ".join(" ".join(words[next(drawn)] for _ in range(n)).capitalize() + "." for n in shapes[model])
            section = f"{real[model].section} {start + position}"
            passages.append(replace(real[model], document=name, section=section, text=text, position=position))
        documents.append((document, passages))
    return documents


def build(data: Path, seeds: Path, count: int, gigabytes: float) -> None:
    """Build an edition in this process; figures go to `built.json`."""
    limit = int(gigabytes * GIGABYTE)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    encoder = Synthetic(np.load(seeds))
    documents = made_up(starter(), count)
    library = Library(data / "library")
    began = time.perf_counter()
    Builder(library, encoder).publish(documents, [])
    took = time.perf_counter() - began - encoder.seconds
    size = sum(file.stat().st_size for file in library.path(1).iterdir())
    parts = {file.name: file.stat().st_size for file in library.path(1).iterdir()}
    library.close()
    peak = peak_memory() * 2**20
    told = {"build": took, "peak": peak, "disk": size, "parts": parts}
    (data / "built.json").write_text(json.dumps(told), encoding="utf-8")


def ask(data: Path) -> None:
    """Open the edition and ask in this process; figures go to `asked.json`, part by part: a run may be stopped."""
    told: dict[str, Any] = {}

    def tell(**figures: float) -> None:
        told.update(figures, held=held())
        (data / "asked.json").write_text(json.dumps(told), encoding="utf-8")

    encoder = SentenceTransformerEncoder()
    encoder.encode_question("warm")
    hub = Hub(Settings(data=data, rate_person="", rate_place=""), encoder)
    hub.records.audit_head()
    tell(before=held())
    tell(open=seconds(hub.library.edition))
    texts = [one.text for one in golden_questions()][:QUESTIONS]
    tell(first=seconds(partial(hub.guidance.search, texts[0])))
    searches = [seconds(partial(hub.guidance.search, text)) for text in texts[1:]]
    tell(search50=median(searches), search95=quantiles(searches, n=20)[-1])
    tell(**recall(hub, texts[:CHECKED]))
    tell(named=seconds(hub.guidance.named))
    whole = [seconds(partial(put, hub, text, number)) for number, text in enumerate(texts)]
    tell(p50=median(whole), p95=quantiles(whole, n=20)[-1])
    hub.close()


def share(data: Path) -> None:
    """Publish the edition to a shared library in a folder, and take it on another machine's; adds to `built.json`."""
    folder = data / "library" / "editions" / "0001"
    here = Sharing(Library(data / "library"), open_bucket(f"file://{data / 'store'}"))
    there = Sharing(Library(data / "other"), here.bucket)
    began = time.perf_counter()
    here.pointer()
    here.choose(here.send(folder, 1), "bench")
    publish = time.perf_counter() - began
    pull = seconds(there.pull)
    told = json.loads((data / "built.json").read_text(encoding="utf-8"))
    (data / "built.json").write_text(json.dumps({**told, "publish": publish, "pull": pull}), encoding="utf-8")


def put(hub: Hub, text: str, number: int) -> None:
    """A question of its own, from somebody of their own."""
    hub.assistant.ask(Question(text, Place("terminal", f"t{number}"), f"pc-{number}"))


def recall(hub: Hub, texts: Sequence[str]) -> dict[str, float]:
    """Share of the nearest ten that the index finds; the median seconds of its search."""
    edition = hub.library.edition()
    vectors = [hub.encoder.encode_question(text) for text in texts]
    asked = np.array([vector / np.linalg.norm(vector) for vector in vectors])
    count = edition.manifest.passages
    best = np.zeros((len(texts), 0))
    rows = np.zeros((len(texts), 0), dtype=int)
    for start in range(0, len(edition._vectors), 50_000):  # a piece at a time: all of them are gigabytes
        some = edition._vectors._index.reconstruct_n(start, min(50_000, len(edition._vectors) - start))
        best = np.hstack([best, asked @ some.T])
        rows = np.hstack([rows, np.tile(np.arange(start, start + len(some)), (len(texts), 1))])
        keep = np.argsort(-best, axis=1)[:, :TEN]
        best, rows = np.take_along_axis(best, keep, 1), np.take_along_axis(rows, keep, 1)
    found = [set(edition._vectors.nearest(vector, TEN)) for vector in vectors]
    times = [seconds(partial(edition._vectors.nearest, vector, TEN)) for vector in vectors]
    right = [len(one & set(map(int, exact))) / TEN for one, exact in zip(found, rows, strict=True)]
    return {"recall": sum(right) / len(right), "nearest": median(times), "passages": count}


def held() -> int:
    """Bytes of memory that this process holds now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def within(until: float, *arguments: str) -> str:
    """Run a part of this file in a process of its own; why it was stopped, or nothing."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.scale", *arguments],
            timeout=max(1.0, until - time.monotonic()), check=False, capture_output=True, text=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "stopped: took longer than is allowed"
    if done.returncode == 0:
        return ""
    said = "memory" if "MemoryError" in done.stderr or "bad_alloc" in done.stderr else done.stderr.strip()[-300:]
    return "stopped: needed more memory than is allowed" if said == "memory" else f"failed: {said}"


def measure(folder: Path, seeds: Path, count: int, minutes: float, gigabytes: float) -> None:
    """One size, printed."""
    data = folder / str(count)
    data.mkdir()
    until = time.monotonic() + 60 * minutes
    print(f"\n{count:,} passages")
    stopped = within(until, "--build", str(data), str(seeds), str(count), str(gigabytes))
    stopped = stopped or within(until, "--ask", str(data)) or within(until, "--share", str(data))
    rows: dict[str, Any] = {}
    for file in (data / "built.json", data / "asked.json"):
        rows |= json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    for key, name, form in _TABLE:
        if key in rows:
            print(f"{name:62} {form(rows[key]):>12}")
    if stopped:
        print(stopped)


def _ms(value: float) -> str:
    return f"{1000 * value:,.1f} ms"


def _mb(value: float) -> str:
    return f"{value / 1e6:,.0f} MB"


_TABLE: tuple[tuple[str, str, Callable[[float], str]], ...] = (
    ("build", "build, without making vectors", lambda value: f"{value:,.0f} s"),
    ("peak", "memory of the build, at most", _mb),
    ("disk", "on disk", _mb),
    ("publish", "publish to a shared library in a folder", _ms),
    ("pull", "take it from there and check it", _ms),
    ("open", "open", _ms),
    ("before", "memory of a process with the encoder, before", _mb),
    ("held", "memory of it after opening and asking", _mb),
    ("first", "first search", _ms),
    ("named", "reading what the library names, once an edition", _ms),
    ("p50", "question, recorded, p50", _ms),
    ("p95", "question, recorded, p95", _ms),
    ("search50", "search alone, p50", _ms),
    ("search95", "search alone, p95", _ms),
    ("nearest", "of that the vector index, median", _ms),
    ("recall", "recall of the nearest ten against exact", lambda value: f"{value:.3f}"),
)


def main() -> None:
    """Print the table of each size."""
    if sys.argv[1:2] == ["--build"]:
        data, seeds, count, gigabytes = sys.argv[2:]
        build(Path(data), Path(seeds), int(count), float(gigabytes))
        return
    if sys.argv[1:2] == ["--share"]:
        share(Path(sys.argv[2]))
        return
    if sys.argv[1:2] == ["--ask"]:
        ask(Path(sys.argv[2]))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, action="append")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--gigabytes", type=float, default=8)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="scale-") as name:
        folder, encoder = Path(name), SentenceTransformerEncoder()
        texts = [passage.text for passage in starter()[:SEEDS]]
        encoded = encoder.encode_texts(texts, [()] * len(texts))
        np.save(folder / "seeds.npy", np.array([one.whole for one in encoded], dtype=np.float32))
        for count in given.passages or [100_000]:
            measure(folder, folder / "seeds.npy", count, given.minutes, given.gigabytes)


if __name__ == "__main__":
    main()
