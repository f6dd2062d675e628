"""Signed anchors: where the record's chain stood at a moment, kept elsewhere, prove that nothing before was changed."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.domain.refusals import Refused

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class AnchorError(Refused):
    """An anchor or the key cannot be read; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The number and hash of the newest event, and when; signed with Ed25519 (RFC 8032)."""

    sequence: int
    hash: str
    at: str
    key: str
    """The public key, base64."""
    signature: str = ""

    def signed_bytes(self) -> bytes:
        """What the signature is over."""
        body = {name: value for name, value in asdict(self).items() if name != "signature"}
        return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()

    def as_json(self) -> dict[str, Any]:
        """The anchor as it is kept."""
        return asdict(self)


def read_anchor(file: Path) -> Anchor:
    """The anchor in a file. AnchorError where it holds none."""
    try:
        return Anchor(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise AnchorError(f"{file} holds no anchor. Name a file that `audit anchor` wrote.") from error


def sign(sequence: int, event_hash: str, at: datetime, key_file: Path) -> Anchor:
    """An anchor signed with the installation's key, which is made when it is not there."""
    key = _private_key(key_file)
    public = b64encode(key.public_key().public_bytes_raw()).decode()
    anchor = Anchor(sequence, event_hash, at.isoformat(timespec="seconds"), public)
    signature = b64encode(key.sign(anchor.signed_bytes())).decode()
    return Anchor(sequence, event_hash, anchor.at, public, signature)


def is_genuine(anchor: Anchor) -> bool:
    """Whether the signature is that of the key it names."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        public = Ed25519PublicKey.from_public_bytes(b64decode(anchor.key, validate=True))
        public.verify(b64decode(anchor.signature, validate=True), anchor.signed_bytes())
    except (ValueError, InvalidSignature):
        return False
    return True


def public_key(key_file: Path) -> str:
    """The installation's public key, base64: keep it with the anchors."""
    return b64encode(_private_key(key_file).public_key().public_bytes_raw()).decode()


def _private_key(file: Path) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        if not file.exists():
            key = Ed25519PrivateKey.generate()
            file.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as opened:
                opened.write(key.private_bytes_raw())
            return key
        return Ed25519PrivateKey.from_private_bytes(file.read_bytes())
    except (OSError, ValueError) as error:
        raise AnchorError(
            f"The key {file} cannot be read or made. Check its rights, or restore it from a backup."
        ) from error
