"""Broken files on purpose: small files of every format, what is done to them, and what must hold all the same."""
