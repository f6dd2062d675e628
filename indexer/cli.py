"""`prevention-hub index …`: build, look at, search, measure and roll back editions."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.build import Builder, Built, Difference
    from indexer.evaluate import Given
    from knowledge.encoder import Encoder
    from knowledge.learning import LearningPath
    from knowledge.library import Library
    from knowledge.search import Found

DATA = "prevention_hub.data"
"""Where a command's context keeps the folder that --data named."""
F = TypeVar("F", bound=Callable[..., Any])


class Parts(Protocol):
    """What the wiring hands to these commands."""

    @property
    def library(self) -> Library: ...
    @property
    def encoder(self) -> Encoder: ...
    @property
    def guidance(self) -> Searches: ...
    def builder(self) -> Builder: ...
    def point_at(self, number: int) -> None: ...
    def build(self, builder: Builder, sources: Sequence[Path] = (), **options: Any) -> Built: ...
    @property
    def academy(self) -> HasPaths: ...
    def rehearse(self, text: str) -> Given: ...


class HasPaths(Protocol):
    """The learning paths."""

    @property
    def paths(self) -> Sequence[LearningPath]: ...


class Searches(Protocol):
    """The library, searched."""

    def search(self, question: str, *, limit: int = 10) -> tuple[int, Found]: ...


def with_data(command: F) -> F:
    """Add --data, which may stand before or after the command's name."""

    def remember(context: click.Context, _: click.Parameter, value: Path | None) -> None:
        if value is not None:
            context.meta[DATA] = value

    return click.option(
        "--data",
        type=click.Path(file_okay=True, path_type=Path),
        callback=remember,
        expose_value=False,
        help="Folder where everything lives (default: PREVENTION_HUB_DATA, else data/).",
    )(command)


def _parts(as_json: bool = False) -> AbstractContextManager[Parts]:
    opened: AbstractContextManager[Parts] = click.get_current_context().find_root().obj(as_json)
    return opened


@click.group()
@with_data
def index() -> None:
    """The guidance library: build, look at, search and roll back editions.

    \b
    Example:
      prevention-hub index build ./guidance
    """


@index.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would change; publish nothing.")
@click.option("--force", is_flag=True, help="Publish although golden questions go worse; needs --why.")
@click.option("--why", default="", help="Why a worse edition is wanted; kept in its manifest.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def build(sources: tuple[Path, ...], dry_run: bool, force: bool, why: str, as_json: bool) -> None:
    """Publish an edition of the starter library and SOURCE folders or files.

    Sources are remembered: without SOURCE, those of the last build are read again.

    \b
    Example:
      prevention-hub index build ./our-guidance "./policy (2).docx"
      prevention-hub index build --dry-run
    """
    if force and not why.strip():
        raise click.UsageError('--force needs a reason: --force --why "…"')
    with _parts(as_json) as parts:
        builder = parts.builder()
        with with_progress(builder):
            built = parts.build(builder, sources, dry_run=dry_run, force_because=why.strip() if force else "")
        if as_json:
            click.echo(json.dumps(_built_as_json(built), ensure_ascii=False, indent=2))
        else:
            draw_built(built)


@index.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def status(as_json: bool) -> None:
    """Show the edition that serves, what was held back, and what is due for review.

    \b
    Example:
      prevention-hub index status
    """
    from indexer.report import draw_status, status_of

    with _parts(as_json) as parts:
        found = status_of(parts.library)
        click.echo(json.dumps(found, ensure_ascii=False, indent=2)) if as_json else draw_status(found)


@index.command("list")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write the list as a page to FILE.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def list_documents(html: Path | None, as_json: bool) -> None:
    """List the library: subjects, standing, when last checked, what is uncertain.

    \b
    Example:
      prevention-hub index list
      prevention-hub index list --html library.html
    """
    from datetime import UTC, datetime

    from indexer.catalogue import catalogue_of, write_page
    from indexer.report import draw_catalogue

    with _parts(as_json) as parts:
        edition = parts.library.edition()
        listed = catalogue_of(edition, datetime.now(UTC).date())
        if html is not None:
            write_page(html, listed, parts.academy.paths, edition.number)
            click.echo(f"Wrote {html}.", err=True)
        if as_json:
            click.echo(json.dumps([item.as_json() for item in listed], ensure_ascii=False, indent=2))
        elif html is None:
            draw_catalogue(listed)


@index.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def diff(as_json: bool) -> None:
    """Show what the sources would change if an edition were built now; publish nothing.

    \b
    Example:
      prevention-hub index diff
    """
    click.get_current_context().invoke(build, dry_run=True, as_json=as_json)


@index.command()
@click.argument("number", required=False, type=click.IntRange(1))
@with_data
def rollback(number: int | None) -> None:
    """Point readers at an older edition: the one before, or edition NUMBER.

    \b
    Example:
      prevention-hub index rollback 6
    """
    from knowledge.manifest import LibraryError

    with _parts() as parts:
        current = parts.library.current_number()
        older = [n for n in parts.library.numbers() if current is not None and n < current]
        if number is None and not older:
            raise LibraryError("There is no older edition to go back to. Run: prevention-hub index status")
        target = number or older[-1]
        parts.point_at(target)
        click.echo(f"Edition {target} serves now (it was {current}). Bots notice at their next question.")


@index.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def verify(as_json: bool) -> None:
    """Check every edition's files against its manifest.

    \b
    Example:
      prevention-hub index verify
    """
    from indexer.report import verify_editions

    with _parts(as_json) as parts:
        found = verify_editions(parts.library)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for edition in found["editions"]:
            mark = "current " if edition["current"] else ""
            click.echo(f"Edition {edition['edition']}: {mark}{edition['trouble'] or 'whole'}")
    if not found["whole"]:
        sys.exit(1)


@index.command()
@click.argument("question")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100), help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def search(question: str, limit: int, as_json: bool) -> None:
    """Show what is found for a question, and why: nothing is asked, judged or recorded.

    \b
    Example:
      prevention-hub index search "hot spot patrols"
    """
    from indexer.report import draw_found, found_as_json

    with _parts(as_json) as parts:
        edition, found = parts.guidance.search(question, limit=limit)
        if as_json:
            click.echo(json.dumps(found_as_json(edition, found), ensure_ascii=False, indent=2))
        else:
            draw_found(found)


@index.command()
@click.option("--questions", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="JSON-lines file.")
@click.option("--beir", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder in BEIR form.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def evaluate(questions: Path | None, beir: Path | None, as_json: bool) -> None:
    """Measure the library on questions with known answers (the golden ones unless others are named).

    \b
    Example:
      prevention-hub index evaluate --questions questions.jsonl
      prevention-hub index evaluate --beir ./retrieval-set
    """
    from indexer.report import draw_figures, draw_marks

    if questions and beir:
        raise click.UsageError("Give --questions or --beir, one of the two.")
    with _parts(as_json) as parts:
        if beir:
            result = _evaluate_beir(beir, parts.encoder)
            click.echo(json.dumps(result, indent=2)) if as_json else draw_figures(result)
            return
        from indexer.evaluate import golden_questions, mark, read_questions, summary

        parts.library.edition()  # without one, every question would only be handed over
        asked = read_questions(questions) if questions else golden_questions()
        marked = summary(mark(asked, parts.rehearse))
        click.echo(json.dumps(marked, ensure_ascii=False, indent=2)) if as_json else draw_marks(marked)


def _evaluate_beir(folder: Path, encoder: Encoder) -> dict[str, Any]:
    from tempfile import TemporaryDirectory

    from indexer.beir import ask_all, index_set, measure, read_queries

    queries = read_queries(folder)
    with TemporaryDirectory(prefix="prevention-hub-") as aside, _progress() as (_, on_embed):
        edition, seconds = index_set(folder, Path(aside), encoder, on_embed)
        try:
            return measure(list(ask_all(edition, encoder, queries)), seconds).as_json()
        finally:
            edition.close()


@contextmanager
def with_progress(builder: Builder) -> Iterator[None]:
    """Draw a build's progress on a terminal; say nothing elsewhere."""
    with _progress() as (on_load, on_embed):
        builder.on_load, builder.on_embed = on_load, on_embed
        yield


@contextmanager
def _progress() -> Iterator[tuple[Callable[[int, int], None], Callable[[int, int], None]]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        load = progress.add_task("Reading files", total=None, visible=False)
        embed = progress.add_task("Embedding passages", total=None, visible=False)
        yield (
            lambda done, total: progress.update(load, completed=done, total=total, visible=True),
            lambda done, total: progress.update(embed, completed=done, total=total, visible=total > 0),
        )


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


def _built_as_json(built: Built) -> dict[str, Any]:
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
