"""Messages saved as files to blocks, and what is attached to them."""

KINDS = frozenset({".eml", ".msg"})
"""Endings of saved messages."""
