"""Counting for figures, gaps and documents, in SQL that both engines run."""
