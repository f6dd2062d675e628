"""Markdown in the dialects that files come in."""
