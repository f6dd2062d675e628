"""A force's own language model as a reader: asked over an OpenAI-compatible endpoint, on an allow-list, in time."""
