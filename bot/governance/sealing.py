"""The signing key in a backup: only if it is asked for, and encrypted with a passphrase (PKCS 8, PEM)."""

from __future__ import annotations

import os
from pathlib import Path

from bot.domain.refusals import Refused

SHORTEST = 12
"""Characters of a passphrase, at least."""


class SealError(Refused):
    """The signing key cannot be sealed or opened; the message names the remedy."""


def seal(key_file: Path, passphrase: str) -> bytes:
    """The key in a file, encrypted. SealError where there is none, or the passphrase is too short."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if len(passphrase) < SHORTEST:
        raise SealError(f"The passphrase needs {SHORTEST} characters or more.")
    try:
        key = Ed25519PrivateKey.from_private_bytes(key_file.read_bytes())
    except FileNotFoundError as error:
        raise SealError("There is no signing key yet: leave out --with-key, or run: audit anchor") from error
    except (OSError, ValueError) as error:
        raise SealError(f"The key {key_file} cannot be read. Check its rights.") from error
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase.encode()),
    )


def unseal(sealed: bytes, passphrase: str, key_file: Path) -> None:
    """Write a sealed key to a file that only this account can read. SealError where the passphrase does not open it."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        key = serialization.load_pem_private_key(sealed, passphrase.encode())
    except (ValueError, TypeError) as error:
        raise SealError("The passphrase does not open the signing key in the backup.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SealError("What is sealed in the backup is no signing key.")
    write_private(key_file, key.private_bytes_raw())


def write_private(file: Path, content: bytes) -> None:
    """Write a new file that only this account can read."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as opened:
        opened.write(content)
