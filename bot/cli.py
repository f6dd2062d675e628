"""The command line of the assistant and the queue. Heavy rooms are entered only by commands that need them."""

from __future__ import annotations

import json
import logging
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import wording
from indexer.cli import DATA, index, with_data

if TYPE_CHECKING:
    from rich.console import Console

    from bot.app import Hub
    from bot.messages import Reply
    from knowledge.encoder import Encoder

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=CONTEXT)
@click.version_option(package_name="prevention-hub")
@click.pass_context
@with_data
def main(context: click.Context) -> None:
    """Officers ask; guidance answers, word for word and cited; the rest goes to the hub.

    \b
    Example:
      prevention-hub ask "how long can we keep someone under section 136"
    """
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s: %(message)s")
    context.obj = context.obj or open_hub


main.add_command(index)


@main.command()
@with_data
def chat() -> None:
    """Talk to the assistant in this terminal.

    \b
    Example:
      prevention-hub chat
    """
    with _hub() as hub:
        _first_edition(hub)
        _load_while_typing(hub)
        from bot.app import operating_system_user
        from bot.terminal import Chat, Classroom

        console, person = _console(), operating_system_user()
        classroom = Classroom(hub.academy, hub.section, console, person)
        conversation = Chat(hub.assistant, hub.passage_text, console, person, classroom, hub.news)
        edition = hub.library.edition()
        _warn(edition.trouble)
        conversation.welcome(edition.number, len(edition.documents))
        conversation.run(console.input if sys.stdin.isatty() else _read_echoing(console))


@main.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the reply as one JSON document.")
@click.option(
    "--file",
    "questions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='JSON lines with "id" and "text"; prints one JSON reply a line.',
)
@with_data
def ask(question: str | None, as_json: bool, questions: Path | None) -> None:
    """Ask one question, or every question of a file.

    \b
    Example:
      prevention-hub ask "can i use 136 in a back garden"
      prevention-hub ask --file questions.jsonl
    """
    if (question is None) == (questions is None):
        raise click.UsageError(f"Give a question or --file, one of the two. {wording.NO_QUESTION}")
    if question is not None and not question.strip():
        raise click.UsageError(wording.NO_QUESTION)
    asked = _read_questions(questions) if questions else [("", question or "")]
    with _hub(as_json) as hub:
        answer = _asker(hub)
        if questions:
            for name, text in asked:
                click.echo(json.dumps(answer(name, text).as_json(), ensure_ascii=False))
            return
        _show(answer(*asked[0]), as_json)


def _show(reply: Reply, as_json: bool) -> None:
    """Print one reply; a text that was too long is refused with exit code 1."""
    if as_json:
        click.echo(json.dumps(reply.as_json(), ensure_ascii=False, indent=2))
    else:
        from bot.terminal import draw

        draw(reply, _console())
    if reply.why == "too_long":
        sys.exit(1)


def _asker(hub: Hub) -> Callable[[str, str], Reply]:
    """Ask outside a conversation: every question in a place of its own."""
    from bot.app import operating_system_user
    from bot.messages import Place, Question

    asker = operating_system_user()
    ready = False

    def answer(name: str, text: str) -> Reply:
        nonlocal ready
        question = Question(text, Place("terminal", uuid.uuid4().hex), asker, id=name)
        if not ready and hub.assistant.needs_library(question):
            _first_edition(hub)
            _warn_of_trouble(hub)
            ready = True
        return hub.assistant.ask(question)

    return answer


def _read_questions(file: Path) -> list[tuple[str, str]]:
    asked = []
    for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            asked.append((str(row["id"]), str(row["text"])))
        except (ValueError, KeyError, TypeError) as error:
            raise click.UsageError(
                f'Line {number} of {file} is not a question. Write: {{"id": "q1", "text": "…"}}'
            ) from error
    return asked


@main.group()
@with_data
def requests() -> None:
    """The requests that the hub works through.

    \b
    Example:
      prevention-hub requests list
    """


@requests.command("list")
@click.option("--state", help="Only requests in this state, such as open.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000), help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def list_requests(state: str | None, limit: int, as_json: bool) -> None:
    """List the newest requests.

    \b
    Example:
      prevention-hub requests list --state open
    """
    from bot.triage import RequestState

    if state is not None and state not in list(RequestState):
        raise click.BadParameter(f"'{state}' is none of {', '.join(RequestState)}.", param_hint="--state")
    with _hub(as_json) as hub:
        found = hub.records.requests(state=state, limit=limit)
        if as_json:
            click.echo(json.dumps([request.as_json() for request in found], ensure_ascii=False, indent=2))
            return
        from bot.tables import draw_requests

        draw_requests(found, _console())


@requests.command("show")
@click.argument("reference")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def show_request(reference: str, as_json: bool) -> None:
    """Show one request: the question, what was found, and why that was not enough.

    \b
    Example:
      prevention-hub requests show PF-0001
    """
    with _hub(as_json) as hub:
        request = hub.records.request(reference)
        if request is None:
            raise click.ClickException(wording.NO_SUCH_REQUEST.format(reference=reference))
        if as_json:
            click.echo(json.dumps(request.as_json(), ensure_ascii=False, indent=2))
            return
        from bot.tables import draw_request

        draw_request(request, _console())


@main.group()
@with_data
def news() -> None:
    """Programme news, and the weekly digest that the hub approves.

    \b
    Example:
      prevention-hub news list
    """


@news.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def list_news(as_json: bool) -> None:
    """Show the posts, newest first: those that come along, and those in the data folder's news/.

    \b
    Example:
      prevention-hub news list
    """
    with _hub(as_json) as hub:
        posts = hub.news()
        if as_json:
            rows = [{"date": post.day.isoformat(), "title": post.title, "text": post.text} for post in posts]
            click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        from bot.terminal.draw import draw_news

        draw_news(posts, _console())


@news.command("digest")
@click.argument("week", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def show_digest(week: str | None, as_json: bool) -> None:
    """Show the newest weekly digest, or that of WEEK: its text, and who approved it.

    \b
    Example:
      prevention-hub news digest 2026-W47
    """
    with _hub(as_json) as hub:
        digests = hub.records.digests
        newest = digests.newest(1)
        digest = digests.get(_week(week)) if week else newest[0] if newest else None
        if digest is None:
            raise click.ClickException(wording.NO_DIGEST)
        if as_json:
            click.echo(json.dumps(digest.as_json(), ensure_ascii=False, indent=2))
        else:
            click.echo(f"{digest.text}\n\n{wording.digest_state(digest.approved_by, digest.week)}")


@news.command()
@click.argument("week")
@click.option("--as", "person", help="Who acts (default: the operating-system user).")
@with_data
def approve(week: str, person: str | None) -> None:
    """Release a weekly digest: from then on "news" tells it.

    \b
    Example:
      prevention-hub news approve 2026-W47 --as "Sgt Bell"
    """
    with _hub() as hub:
        from bot.app import operating_system_user
        from bot.digest import DigestError

        try:
            digest = hub.records.digests.approve(_week(week), person or operating_system_user())
        except DigestError as error:
            raise click.ClickException(str(error)) from error
        click.echo(wording.digest_state(digest.approved_by, digest.week))


def _week(name: str) -> str:
    from bot.digest import Week

    try:
        return Week.parse(name).name
    except ValueError as error:
        raise click.BadParameter(f"'{name}' is no week. Write it as 2026-W47.", param_hint="WEEK") from error


@main.command()
@click.option("--once", is_flag=True, help="Run what is due, and exit.")
@click.option("--every", default=60, show_default=True, type=click.IntRange(5, 86_400), help="Seconds between rounds.")
@with_data
def worker(once: bool, every: int) -> None:
    """Do what is due without anybody asking: the weekly digest.

    \b
    Example:
      prevention-hub worker --once
    """
    import threading
    from datetime import UTC, datetime

    with _hub() as hub:
        from bot.worker import run_due

        _first_edition(hub)
        stopped = threading.Event()
        while not stopped.is_set():
            for line in run_due(hub, datetime.now(UTC).date()):
                click.echo(line)
            if once:
                return
            stopped.wait(every)


@main.command()
@click.argument("receipt")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def verify(receipt: str, as_json: bool) -> None:
    """Tell what a reply showed, from which edition, and whether it still stands.

    \b
    Example:
      prevention-hub verify 7K3-F9Q
    """
    with _hub(as_json) as hub:
        checked = hub.verify(receipt)
        if checked is None:
            raise click.ClickException(wording.NO_SUCH_RECEIPT.format(receipt=receipt))
        if as_json:
            click.echo(json.dumps(checked.as_json(), ensure_ascii=False, indent=2))
            return
        from bot.tables import draw_verification

        draw_verification(checked, _console())


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def doctor(as_json: bool) -> None:
    """Check everything the assistant needs, and say what to do about what is missing.

    \b
    Example:
      prevention-hub doctor
    """
    with _hub(as_json) as hub:
        from bot.doctor import examine

        report = examine(hub)
        if as_json:
            click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
        else:
            from bot.tables import draw_report

            draw_report(report, _console())
        if not report.healthy:
            sys.exit(1)


def _hub(as_json: bool = False) -> AbstractContextManager[Hub]:
    """The hub of this command, as the root command was told to open it."""
    opened: AbstractContextManager[Hub] = click.get_current_context().find_root().obj(as_json)
    return opened


@contextmanager
def open_hub(as_json: bool = False, encoder: Encoder | None = None) -> Iterator[Hub]:
    """The hub of this command's data folder; what goes wrong is one sentence and exit code 1."""
    from bot.app import Hub
    from bot.records.errors import RecordsError
    from bot.settings import Settings
    from knowledge.encoder import EncoderError
    from knowledge.manifest import LibraryError

    hub = Hub(Settings.read(click.get_current_context().meta.get(DATA)), encoder)
    try:
        yield hub
    except (RecordsError, LibraryError, EncoderError) as error:
        if as_json:
            click.echo(json.dumps({"error": str(error)}, ensure_ascii=False))
        raise click.ClickException(str(error)) from error
    finally:
        hub.close()


def _first_edition(hub: Hub) -> None:
    """Build an edition from the bundled guidance if there is none, and say so."""
    if hub.has_edition():
        return
    from indexer.cli import draw_built, with_progress

    click.echo(wording.FIRST_EDITION, err=True)
    builder = hub.builder()
    with with_progress(builder):
        built = hub.build(builder)
    draw_built(built, err=True, first=True)


def _load_while_typing(hub: Hub) -> None:
    import threading

    threading.Thread(target=hub.warm, daemon=True, name="load-encoder").start()


def _warn_of_trouble(hub: Hub) -> None:
    from knowledge.manifest import LibraryError

    try:
        _warn(hub.library.edition().trouble)
    except LibraryError:
        return  # the assistant hands over and says why


def _warn(trouble: str) -> None:
    if trouble:
        click.echo(f"Warning: {trouble}", err=True)


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def _read_echoing(console: Console) -> Callable[[str], str]:
    """Read lines from a pipe, showing what was asked, as a terminal would."""

    def read(prompt: str) -> str:
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        console.print(f"{prompt}{line.rstrip()}", markup=False, style="bold")
        return line

    return read
