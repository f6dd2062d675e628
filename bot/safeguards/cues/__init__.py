"""Cues: words and phrases as data (TOML), and what reads them."""
