"""How a search finds: questions made ready, ranked, and what comes first for comparisons, follow-ups and numbers."""
