"""`prevention-hub index …`: build, look at, search, measure and roll back editions."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import wording
from bot.cli.base import NamedPath, print_json, progress, say, this_hub, with_data, with_progress

if TYPE_CHECKING:
    from knowledge.encoder import Encoder


@click.group()
@with_data
def index() -> None:
    """The guidance library: build, look at, search and roll back editions.

    \b
    Example:
      prevention-hub index build ./guidance
    """


@index.command()
@click.argument("sources", nargs=-1, type=NamedPath())
@click.option("--dry-run", is_flag=True, help="Show what would change; publish nothing.")
@click.option("--force", is_flag=True, help="Publish although golden questions go wrong; needs --why.")
@click.option("--allow-removal", is_flag=True, help="Let go what sources have no more; needs --why.")
@click.option("--why", default="", help="Why a worse or smaller edition is wanted; kept in its manifest.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def build(sources: tuple[Path, ...], dry_run: bool, force: bool, allow_removal: bool, why: str, as_json: bool) -> None:
    """Publish an edition of the starter library, every source named so far, and SOURCE folders or files.

    SOURCE is added to the list of sources, and the others stay: prevention-hub index sources list

    A file that cannot be read keeps its last good version, and a source that is missing, empty or much smaller than
    it was keeps what it had. Then the edition is published, what was kept is named, and the exit code is 1. A new file
    that cannot be read is held back and named; that alone leaves the exit code at 0.

    \b
    Example:
      prevention-hub index build ./our-guidance "./policy (2).docx"
      prevention-hub index build --dry-run
    """
    reason = why.strip()
    if (force or allow_removal) and not reason:
        which = "--force" if force else "--allow-removal"
        raise click.UsageError(f'{which} needs a reason: {which} --why "…"')
    from bot.cli.library.built import built_as_json, draw_built
    from indexer.sources import absolute

    with this_hub(as_json) as hub:
        builder, named, hold = hub.publishing.builder(), hub.publishing.named(), hub.library.hold
        with with_progress(builder):
            built = hub.publishing.build(
                builder,
                sources,
                dry_run=dry_run,
                force_because=reason if force else "",
                allow_removal_because=reason if allow_removal else "",
            )
        others = [str(path) for path in named if path not in {absolute(source) for source in sources}]
        if as_json:
            print_json(built_as_json(built))
        else:
            draw_built(built, others=others if sources else [])
            if hold is not None and built.published:
                say(f"This ended the hold: {hold.in_words}")
        if built.troubles and not dry_run:
            sys.exit(1)


@index.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def status(as_json: bool) -> None:
    """Show the edition that serves, what was held back, and what is due for review.

    \b
    Example:
      prevention-hub index status
    """
    from bot.cli.library.drawing import draw_status
    from indexer.report import status_of

    with this_hub(as_json) as hub:
        found = status_of(hub.library)
        print_json(found) if as_json else draw_status(found)


@index.command("list")
@click.option("--html", type=NamedPath(dir_okay=False), help="Write the list as a page to FILE.")
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

    from bot.cli.library.drawing import draw_catalogue
    from indexer.catalogue import catalogue_of, write_page

    with this_hub(as_json) as hub:
        edition = hub.library.edition()
        listed = catalogue_of(edition, datetime.now(UTC).date())
        if html is not None:
            write_page(html, listed, hub.academy.paths, edition.number)
            say(f"Wrote {html}.", err=True)
        if as_json:
            print_json([item.as_json() for item in listed])
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
@click.option("--release", is_flag=True, help="End the hold: the worker publishes again what is approved.")
@click.option("--why", default="", help="Why; kept with the hold and on the record.")
@with_data
def rollback(number: int | None, release: bool, why: str) -> None:
    """Point readers at an older edition (the one before, or edition NUMBER), and hold it.

    While it is held nothing is published by itself: it ends when an admin builds, or with --release.

    \b
    Example:
      prevention-hub index rollback 6 --why "the CPN page is wrong"
      prevention-hub index rollback --release
    """
    from knowledge.manifest import LibraryError

    if release and number is not None:
        raise click.UsageError("Give NUMBER or --release, one of the two.")
    with this_hub() as hub:
        current = hub.library.current_number()
        if release:
            held = hub.publishing.release()
            said = f"Released. Edition {current} serves until the next is published." if held else "Nothing is held."
            say(said)
            return
        older = [n for n in hub.library.numbers() if current is not None and n < current]
        if number is None and not older:
            raise LibraryError("There is no older edition to go back to. Run: prevention-hub index status")
        target = number or older[-1]
        hold = hub.publishing.roll_back(target, why.strip())
        say(f"Edition {target} serves now (it was {current}). Bots notice at their next question.")
        if hold is not None:
            say(wording.HOLD_BEGINS)


@index.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def verify(as_json: bool) -> None:
    """Check every edition's files against its manifest, and say what was taken out: by a purge, by a build, by age.

    What was purged is counted and never named.

    \b
    Example:
      prevention-hub index verify
    """
    from indexer.purging.telling import in_words

    with this_hub(as_json) as hub:
        found = hub.publishing.verified()
    if as_json:
        print_json(found)
    else:
        for line in in_words(found):
            say(line)
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
    from bot.cli.library.drawing import draw_found
    from indexer.report import found_as_json

    with this_hub(as_json) as hub:
        belongs = hub.office.roles.belongs(hub.actor().name)
        edition, found = hub.guidance.search(question, limit=limit, belongs=belongs)
        if as_json:
            print_json(found_as_json(edition, found))
        else:
            draw_found(found)


@index.command()
@click.option("--questions", type=NamedPath(exists=True, dir_okay=False), help="JSON-lines file.")
@click.option("--beir", type=NamedPath(exists=True, file_okay=False), help="Folder in BEIR form.")
@click.option("--reader", is_flag=True, help="The judge alone and with the force's own model, side by side.")
@click.option("--price", default=0.0, type=click.FloatRange(0), help="Of a million of the reader's tokens.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def evaluate(questions: Path | None, beir: Path | None, reader: bool, price: float, as_json: bool) -> None:
    """Measure the library on questions with known answers (the golden ones unless others are named).

    \b
    Example:
      prevention-hub index evaluate --questions questions.jsonl
      prevention-hub index evaluate --beir ./retrieval-set
    """
    from bot.cli.library.drawing import draw_figures, draw_marks

    if beir and (questions or reader):
        raise click.UsageError("Give --beir alone.")
    with this_hub(as_json) as hub:
        if beir:
            result = _evaluate_beir(beir, hub.encoder)
            say(json.dumps(result, indent=2)) if as_json else draw_figures(result)
            return
        from indexer.looking import look_in
        from indexer.measuring.evaluate import golden_questions, mark, read_questions, summary
        from indexer.measuring.scorecard import scorecard
        from indexer.report import judge_of

        edition = hub.library.edition()  # without one, every question would only be handed over
        asked = read_questions(questions) if questions else golden_questions()
        if reader:
            from bot.cli.library.beside import compare

            compare(hub, edition, asked, price, as_json=as_json)
            return
        marked = summary(mark(asked, hub.publishing.rehearse))
        marked |= scorecard(asked, look_in(edition, hub.encoder, voting=hub.voting)).as_json() | {
            "judge": judge_of(edition)
        }
        print_json(marked) if as_json else draw_marks(marked)


def _evaluate_beir(folder: Path, encoder: Encoder) -> dict[str, Any]:
    from tempfile import TemporaryDirectory

    from indexer.measuring.beir import ask_all, index_set, measure, quoting, read_queries

    queries = read_queries(folder)
    with TemporaryDirectory(prefix="prevention-hub-") as aside, progress() as (_, on_embed):
        edition, seconds = index_set(folder, Path(aside), encoder, on_embed)
        try:
            asked = list(ask_all(edition, encoder, queries))
            return measure(asked, seconds).as_json() | quoting(asked)
        finally:
            edition.close()
