"""What a model wants put before a question, and before a text."""

from __future__ import annotations

from collections.abc import Mapping

QUERY_PROMPTS = (
    "query", "question", "search_query", "retrieval.query", "Retrieval-query", "s2p_query", "web_search_query",
    "query_prompt",
)  # fmt: skip
DOCUMENT_PROMPTS = (
    "document", "passage", "corpus", "search_document", "retrieval.passage", "Retrieval-document", "text", "doc",
)  # fmt: skip
"""Names under which models keep what is put before a question, and before a text."""


def prompt_of(prompts: Mapping[str, str | None], *, question: bool) -> str:
    """A model's own prompt for questions or for texts; empty where it has none."""
    names = QUERY_PROMPTS if question else DOCUMENT_PROMPTS
    return next((text for name in names if (text := prompts.get(name))), "")
