"""Files that hold other files: ZIP archives, and messages with what is attached to them."""

from indexer.loaders.mail import KINDS as _MAIL

HOLDERS = frozenset({".zip"}) | _MAIL
"""Endings of the files that hold others."""
