"""Signed anchors: where the record's chain stood at a moment, kept elsewhere, prove that nothing before was changed.

Trimming the record is signed in the same way. Only signatures of keys that this installation knows count.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain.record import Detail, Json
from bot.domain.refusals import Refused
from bot.governance.sealing import write_private

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ANCHOR, TRIM = "anchor", "trim"
"""What a signature is for: one made for an anchor does not pass for a trimming."""
KEY_FILE = "anchor.key"
LONGEST = 10_000
"""Bytes of an anchor file, at most."""


class AnchorError(Refused):
    """An anchor or the key cannot be read; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The number and hash of an event, and when; signed with Ed25519 (RFC 8032)."""

    sequence: int
    hash: str
    at: str
    key: str
    """The public key, base64."""
    signature: str = ""
    purpose: str = ANCHOR

    def signed_bytes(self) -> bytes:
        """What the signature is over."""
        body = {name: value for name, value in asdict(self).items() if name != "signature"}
        if self.purpose == ANCHOR:
            del body["purpose"]  # as anchors were signed before there was another purpose
        return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()

    def as_json(self) -> dict[str, Json]:
        """The anchor as it is kept."""
        return asdict(self)


def read_anchor(file: Path) -> Anchor:
    """The anchor in a file. AnchorError where it holds none."""
    try:
        with file.open("rb") as opened:
            text = opened.read(LONGEST)
        return _anchor(json.loads(text))
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise AnchorError(f"{file} holds no anchor. Name a file that `audit anchor` wrote.") from error


def _anchor(fields: Mapping[str, object]) -> Anchor:
    """ValueError or TypeError where the fields are not those of an anchor."""
    anchor = Anchor(**fields)  # type: ignore[arg-type]  # each is looked at below
    texts = (anchor.hash, anchor.at, anchor.key, anchor.signature, anchor.purpose)
    if type(anchor.sequence) is not int or not all(isinstance(text, str) for text in texts):
        raise ValueError("not an anchor")
    return anchor


@dataclass(frozen=True, slots=True)
class Keys:
    """The installation's signing key, and the public keys whose signatures it trusts."""

    file: Path
    """Where the private key is; it is made at the first signature."""
    known: frozenset[str] = frozenset()
    """Public keys, base64, that are trusted beside its own: of an installation before, or of another machine."""

    def sign(self, sequence: int, event_hash: str, at: datetime, purpose: str = ANCHOR) -> Anchor:
        """An anchor signed with the installation's key. AnchorError where the key cannot be read or made."""
        key = _private_key(self.file)
        public = b64encode(key.public_key().public_bytes_raw()).decode()
        anchor = Anchor(sequence, event_hash, at.isoformat(timespec="seconds"), public, "", purpose)
        signature = b64encode(key.sign(anchor.signed_bytes())).decode()
        return Anchor(sequence, event_hash, anchor.at, public, signature, purpose)

    def seal(self, sequence: int, event_hash: str, at: datetime) -> Detail:
        """Signs that the record was trimmed up to an event."""
        return self.sign(sequence, event_hash, at, TRIM).as_json()

    def is_seal(self, seal: Detail) -> bool:
        """Whether a trimming is signed by a known key."""
        try:
            anchor = _anchor(dict(seal))
        except (ValueError, TypeError):
            return False
        return anchor.purpose == TRIM and anchor.key in self.trusted() and is_genuine(anchor)

    def trusted(self) -> frozenset[str]:
        """Public keys whose signatures count."""
        return self.known | ({self.public()} if self.file.exists() else set())

    def public(self) -> str:
        """The installation's public key, base64: keep it with the anchors. It is made where there is none."""
        return b64encode(_private_key(self.file).public_key().public_bytes_raw()).decode()


def is_genuine(anchor: Anchor) -> bool:
    """Whether the signature is that of the key it names; whose key that is, is another question."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        public = Ed25519PublicKey.from_public_bytes(b64decode(anchor.key, validate=True))
        public.verify(b64decode(anchor.signature, validate=True), anchor.signed_bytes())
    except (ValueError, InvalidSignature):
        return False
    return True


def _private_key(file: Path) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        if not file.exists():
            key = Ed25519PrivateKey.generate()
            file.parent.mkdir(parents=True, exist_ok=True)
            write_private(file, key.private_bytes_raw())
            return key
        return Ed25519PrivateKey.from_private_bytes(file.read_bytes())
    except (OSError, ValueError) as error:
        raise AnchorError(
            f"The key {file} cannot be read or made. Check its rights, or bring it from where it is kept."
        ) from error
