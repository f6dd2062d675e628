"""The library on a terminal: status, lists, what was found, figures, what a build published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from indexer.build import Built, Difference
    from indexer.catalogue import Listed
    from knowledge.search import Found


def draw_status(status: Mapping[str, Any]) -> None:
    """The status as a page of text."""
    click.echo(
        f"Edition {status['edition']}, built {status['built_at']} by {status['built_by']}\n"
        f"{status['documents']} documents, {status['passages']} passages, encoder {status['encoder']}, "
        f"index {status['index']}"
    )
    golden = status["golden"]
    if golden.get("questions"):
        click.echo(f"Golden questions: {golden['right']} of {golden['questions']} right")
    if status["trouble"]:
        click.echo(f"Warning: {status['trouble']}")
    _list("Not current, never quoted", status["not_current"])
    _list("Due for review", [f"{i['document']} by {_day(i['review_by'])}" for i in status["due_for_review"]])
    _list("Held back", [f"{item['path']}: {item['reason']}" for item in status["refused"]])
    click.echo(f"Editions on disk: {', '.join(str(number) for number in status['editions'])}")


def _list(title: str, lines: list[str]) -> None:
    if lines:
        click.echo(f"{title}:")
        for line in lines:
            click.echo(f"  {line}")


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"


def draw_catalogue(listed: Sequence[Listed]) -> None:
    """The library, a document a row; what is past its review date says so in words."""
    table = Table(box=None, pad_edge=False)
    for heading in ("document", "standing", "law checked", "review by"):
        table.add_column(heading, no_wrap=heading != "document")
    for item in listed:
        document = item.document
        checked, review = document.law_checked_on, document.review_by
        late = " (past)" if item.due else ""
        table.add_row(document.title, item.status, str(checked or "-"), f"{review or '-'}{late}")
    Console(highlight=False).print(table)


def draw_found(found: Found) -> None:
    """Hits as a table: combined value, similarity, BM25, and where."""
    table = Table(box=None, pad_edge=False)
    for heading in ("combined", "similarity", "BM25"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("passage")
    for hit in found.hits:
        page = f", page {hit.entry.passage.page}" if hit.entry.passage.page else ""
        where = f"{hit.entry.document.title} > {hit.entry.passage.section}{page}"
        table.add_row(f"{hit.combined:.2f}", f"{hit.similarity:.2f}", f"{hit.bm25:.1f}", where)
    Console(highlight=False).print(table)


def draw_figures(figures: Mapping[str, Any]) -> None:
    """Figures of a retrieval set, one a line."""
    for name, value in figures.items():
        shown = "not measured" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)
        click.echo(f"{name:26} {shown}")


def draw_marks(marked: Mapping[str, Any]) -> None:
    """How many questions went right, by kind, and those that went wrong."""
    click.echo(f"{marked['right']} of {marked['questions']} right")
    for kind, counts in marked["by_kind"].items():
        outcomes = ", ".join(
            f"{count} {name.removeprefix('outcome_')}" for name, count in counts.items() if name.startswith("outcome_")
        )
        click.echo(f"  {kind:14} {counts['right']:3} of {counts['questions']:3} right ({outcomes})")
    for item in marked["wrong"]:
        cited = f", citing {item['cited'][0]} > {item['section']}" if item["cited"] else ""
        click.echo(f"  {item['id']} expected {item['expected']}, was {item['outcome']}{cited}: {item['text']}")


def draw_built(built: Built, *, err: bool = False, first: bool = False) -> None:
    """What a build published, or would publish; files held back are named with the reason."""
    manifest, change = built.manifest, built.difference
    verb = "published" if built.published else "would be published (nothing was)"
    click.echo(
        f"Edition {manifest.edition} {verb}: {manifest.documents} documents, {manifest.passages} passages "
        f"({manifest.embedded} embedded, {manifest.kept} kept).",
        err=err,
    )
    for line in () if first else _changes(change):  # in a first edition everything is new
        click.echo(f"  {line}", err=err)
    if built.golden.questions:
        before = f", {built.golden.right_before} before" if built.golden.right_before is not None else ""
        click.echo(f"Golden questions: {built.golden.right} of {built.golden.questions} right{before}.", err=err)
    if manifest.refused:
        click.echo(f"Held back ({len(manifest.refused)}):", err=err)
        for source in manifest.refused:
            click.echo(f"  {source.path}: {source.refused}", err=err)


def _changes(change: Difference) -> Iterator[str]:
    for name, documents in (("new", change.added), ("changed", change.changed), ("removed", change.removed)):
        if documents:
            more = f" and {len(documents) - 10} more" if len(documents) > 10 else ""
            yield f"{name}: {', '.join(documents[:10])}{more}"


def built_as_json(built: Built) -> dict[str, Any]:
    """What a build published, for `--json`."""
    manifest = built.manifest
    return {
        "edition": manifest.edition,
        "published": built.published,
        "documents": manifest.documents,
        "passages": manifest.passages,
        "embedded": manifest.embedded,
        "kept": manifest.kept,
        "added": list(built.difference.added),
        "changed": list(built.difference.changed),
        "removed": list(built.difference.removed),
        "passages_added": built.difference.passages_added,
        "passages_removed": built.difference.passages_removed,
        "golden": manifest.golden,
        "refused": [{"path": source.path, "reason": source.refused} for source in manifest.refused],
    }
