"""Counting for figures, gaps and documents: SQL that both engines run; no row that leaves here names an officer's text."""
