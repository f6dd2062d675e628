"""What one edition has that another does not have: found by SQLite, so that neither is held in memory."""

from __future__ import annotations

from knowledge.store.edition import Edition


def rows_beside(mine: Edition, other: Edition) -> dict[str, int]:
    """Document id to the number of its rows that another edition does not have, of those that have any."""
    query = (
        "select document, count(*) from main.passages as mine where not exists "
        "(select 1 from other.passages where key = mine.key) group by document"
    )
    return dict(mine.against(other, query))


def rows_unlike(mine: Edition, other: Edition) -> dict[int, str]:
    """Row to document id of the rows that another edition does not have, or with other headings above them."""
    query = (
        "select id, document from main.passages as mine where not exists (select 1 from other.passages as theirs "
        "where theirs.key = mine.key and theirs.digest = mine.digest and theirs.document = mine.document) order by id"
    )
    return dict(mine.against(other, query))
