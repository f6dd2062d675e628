"""Other models with a vote where the margin is thin: a second encoder, a reranker. Off by default."""
