"""What every command needs: the hub of its data folder, a first edition, a console."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot import wording

if TYPE_CHECKING:
    from rich.console import Console

    from bot.app import Hub
    from indexer.build import Builder
    from knowledge.encoder import Encoder


AS = click.option("--as", "person", help="Who acts (default: the operating-system user).")
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
DATA = "prevention_hub.data"
"""Where a command's context keeps the folder that --data named."""
_Command = TypeVar("_Command", bound=Callable[..., Any])


def with_data(command: _Command) -> _Command:
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


def acting(command: _Command) -> _Command:
    """What every command has by which somebody acts: --as, --json, --data."""
    return AS(JSON(with_data(command)))


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def this_hub(as_json: bool = False) -> AbstractContextManager[Hub]:
    """The hub of this command, as the root command was told to open it."""
    opened: AbstractContextManager[Hub] = click.get_current_context().find_root().obj(as_json)
    return opened


@contextmanager
def open_hub(as_json: bool = False, encoder: Encoder | None = None) -> Iterator[Hub]:
    """The hub of this command's data folder; what goes wrong is one sentence and exit code 1."""
    from bot.app import Hub
    from bot.domain.refusals import RecordsError, Refused
    from bot.settings import Settings
    from knowledge.encoder import EncoderError
    from knowledge.manifest import LibraryError

    hub: Hub | None = None
    try:
        hub = Hub(Settings.read(click.get_current_context().meta.get(DATA)), encoder)
        yield hub
    except (Refused, RecordsError, LibraryError, EncoderError) as error:
        said = error.with_command() if isinstance(error, Refused) else str(error)
        if as_json:
            click.echo(json.dumps({"error": said}, ensure_ascii=False))
        raise click.ClickException(said) from error
    finally:
        if hub is not None:
            hub.close()


def first_edition(hub: Hub) -> None:
    """Build an edition from the bundled guidance if there is none, and say so."""
    if hub.publishing.has_edition():
        return
    from bot.cli.library import draw_built

    click.echo(wording.FIRST_EDITION, err=True)
    builder = hub.publishing.builder()
    with with_progress(builder):
        built = hub.publishing.build(builder, by_itself=True)
    draw_built(built, err=True, first=True)


@contextmanager
def with_progress(builder: Builder) -> Iterator[None]:
    """Draw a build's progress on a terminal; say nothing elsewhere."""
    with progress() as (on_load, on_embed):
        builder.on_load, builder.on_embed = on_load, on_embed
        yield


@contextmanager
def progress() -> Iterator[tuple[Callable[[int, int], None], Callable[[int, int], None]]]:
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


def load_while_typing(hub: Hub) -> None:
    import threading

    threading.Thread(target=hub.warm, daemon=True, name="load-encoder").start()


def warn_of_trouble(hub: Hub) -> None:
    from knowledge.manifest import LibraryError

    try:
        warn(hub.library.edition().trouble)
    except LibraryError:
        return  # the assistant hands over and says why


def warn(trouble: str) -> None:
    if trouble:
        click.echo(f"Warning: {trouble}", err=True)


def new_console() -> Console:
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def read_echoing(console: Console) -> Callable[[str], str]:
    """Read lines from a pipe, showing what was asked, as a terminal would."""

    def read(prompt: str) -> str:
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        console.print(f"{prompt}{line.rstrip()}", markup=False, style="bold")
        return line

    return read
