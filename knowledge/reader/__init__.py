"""A model that reads what was found and points at the sentences that answer. It never writes a word that is shown."""
