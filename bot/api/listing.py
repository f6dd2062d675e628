"""Lists, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Query

PAGE = Annotated[int, Query(ge=1, le=100_000, description="Number of the page, from 1.")]
SIZE = Annotated[int, Query(ge=1, le=200, description="How many on a page.")]


def part_of(items: Sequence[dict[str, Any]], page: int, size: int) -> dict[str, Any]:
    """One page of everything there is."""
    return page_of(items[(page - 1) * size : page * size], len(items), page, size)


def page_of(items: Sequence[dict[str, Any]], total: int, page: int, size: int) -> dict[str, Any]:
    """One page that was read by itself."""
    following = page + 1 if page * size < total else None
    return {"items": list(items), "total": total, "page": page, "size": size, "next": following}
