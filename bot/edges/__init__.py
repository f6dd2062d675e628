"""The counter that every platform shares: what can be said and done, by whom, and what is told."""
