"""The library on a terminal: status, lists, what was found, figures, what a build published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.table import Table

from bot.cli.base import new_console, say

if TYPE_CHECKING:
    from indexer.catalogue import Listed
    from knowledge.found import Found


def draw_status(status: Mapping[str, Any]) -> None:
    """The status as a page of text."""
    say(
        f"Edition {status['edition']}, built {status['built_at']} by {status['built_by']}\n"
        f"{status['documents']} documents, {status['passages']} passages, {status['phrasings']} phrasings, "
        f"encoder {status['encoder']}, index {status['index']}"
    )
    golden = status["golden"]
    if golden.get("questions"):
        say(f"Golden questions: {golden['right']} of {golden['questions']} right")
    if status["hold"]:
        say(f"Held: {status['hold']['text']} Nothing is published by itself. Release: {status['hold']['release']}")
    if status.get("judge"):
        say(judge_in_words(status["judge"]))
    if status["trouble"]:
        say(f"Warning: {status['trouble']}")
    _list(
        "Sources to look after, which keep what they had", [f"{i['path']}: {i['trouble']}" for i in status["troubled"]]
    )
    _list("Last good version served", [f"{item['path']}: {item['reason']}" for item in status["kept_files"]])
    _list("Not current, never quoted", status["not_current"])
    _list("Due for review", [f"{i['document']} by {_day(i['review_by'])}" for i in status["due_for_review"]])
    _list("Held back", [f"{item['path']}: {item['reason']}" for item in status["refused"]])
    _list("Passed over", [f"{item['path']}: {item['reason']}" for item in status["passed_over"]])
    _list("Same text, read once", [f"{item['path']} is the same as {item['copy_of']}" for item in status["copies"]])
    _list("To know", [f"{item['path']}: {item['note']}" for item in status["notes"]])
    say(f"Editions on disk: {', '.join(str(number) for number in status['editions'])}")


def _list(title: str, lines: list[str]) -> None:
    if lines:
        say(f"{title}:")
        for line in lines:
            say(f"  {line}")


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
        only = f" (for {document.audience} only)" if document.audience else ""
        table.add_row(f"{document.title}{only}", item.status, str(checked or "-"), f"{review or '-'}{late}")
    new_console().print(table)


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
    new_console().print(table)


def draw_figures(figures: Mapping[str, Any]) -> None:
    """Figures of a retrieval set, one a line."""
    for name, value in figures.items():
        shown = "not measured" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)
        say(f"{name:26} {shown}")


def draw_marks(marked: Mapping[str, Any]) -> None:
    """How many questions went right, by kind, and those that went wrong."""
    say(f"{marked['right']} of {marked['questions']} right")
    for kind, counts in marked["by_kind"].items():
        outcomes = ", ".join(
            f"{count} {name.removeprefix('outcome_')}" for name, count in counts.items() if name.startswith("outcome_")
        )
        say(f"  {kind:14} {counts['right']:3} of {counts['questions']:3} right ({outcomes})")
    if "figures" in marked:
        from indexer.measuring.scorecard import lines

        say("\n".join(lines(marked)))
        say(judge_in_words(marked["judge"]))
    for item in marked["wrong"]:
        cited = f", citing {item['cited'][0]} > {item['section']}" if item["cited"] else ""
        say(f"  {item['id']} expected {item['expected']}, was {item['outcome']}{cited}: {item['text']}")


def judge_in_words(judge: Mapping[str, Any]) -> str:
    """The same in a sentence."""
    if not judge["quotes"]:
        return (
            f"Judge: no honest line could be drawn from {judge['questions']} questions, so nothing is quoted outright; "
            "sections are offered."
        )
    whose = {"shipped": "the one that comes with the program", "own": "made for this library"}[judge["source"]]
    return (
        f"Judge: {whose}; of what is quoted {100 * judge['promised']:.0f} % is promised to answer, "
        f"{100 * judge['found']:.1f} % was found to on {judge['questions']} questions."
    )
