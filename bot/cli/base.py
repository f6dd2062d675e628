"""What every command needs: the hub of its data folder, a first edition, a console."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot import wording
from bot.domain.printable import escaped, printable
from bot.watching import logs, traces

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment

    from bot.app import Hub
    from indexer.build import Builder
    from knowledge.encoder import Encoder


AS = click.option("--as", "person", help="In whose name (default: your account; it stands on record beside the name).")
LOOKED_FOR_AFTER = 5.0
"""Seconds after which a program that runs on looks whether there is another edition."""
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
DATA, GIVEN = "prevention_hub.data", "prevention_hub.given"
"""Where a command's context keeps the folder that --data named, and settings that a command gives itself."""
_Command = TypeVar("_Command", bound=Callable[..., Any])


class NamedPath(click.Path):
    """A path that somebody named. An empty one is refused: Python takes it for the folder one happens to be in."""

    def __init__(self, **rules: bool) -> None:
        super().__init__(path_type=Path, **rules)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; click.BadParameter where it names nothing, which a variable that is not set leaves."""
        if not str(value).strip():
            here = "; a dot is the folder you are in" if self.dir_okay else ""
            self.fail(f'"" names no {self.name}. Name one{here}.', param, ctx)
        return super().convert(value, param, ctx)


def with_data(command: _Command) -> _Command:
    """Add --data, which may stand before or after the command's name."""

    def remember(context: click.Context, _: click.Parameter, value: Path | None) -> None:
        if value is not None:
            context.meta[DATA] = value

    return click.option(
        "--data",
        type=NamedPath(),
        callback=remember,
        expose_value=False,
        help="Folder where everything lives (default: PREVENTION_HUB_DATA, else data/).",
    )(command)


def acting(command: _Command) -> _Command:
    """What every command has that acts for a person: --as, --json, --data."""
    return AS(JSON(with_data(command)))


def print_json(value: object) -> None:
    """One JSON document on standard output; on a terminal, too, nothing in it can steer the screen."""
    click.echo(escaped(json.dumps(value, ensure_ascii=False, indent=2)))


def say(text: str, *, err: bool = False) -> None:
    """A text on the terminal, without characters that could steer the screen."""
    click.echo(printable(text), err=err)


def local(hub: Hub, at: datetime) -> str:
    """A moment in the hub's own time, for people to read; documents for machines say UTC."""
    return f"{at.astimezone(hub.targets.hours.zone):%d %b %Y %H:%M}"


def show(as_json: bool, value: object, text: str) -> None:
    """One JSON document, or else the text."""
    if as_json:
        print_json(value)
    else:
        say(text)


def this_hub(as_json: bool = False) -> AbstractContextManager[Hub]:
    """The hub of this command, as the root command was told to open it."""
    opened: AbstractContextManager[Hub] = click.get_current_context().find_root().obj(as_json)
    return opened


@contextmanager
def open_hub(as_json: bool = False, encoder: Encoder | None = None) -> Iterator[Hub]:
    """The hub of this command's data folder; what goes wrong is one sentence and exit code 1."""
    from bot.app import Hub
    from bot.domain.forces.belonging import claim_folder
    from bot.domain.refusals import RecordsError, Refused
    from bot.settings import Settings
    from knowledge.encoder import EncoderError
    from knowledge.manifest import LibraryError

    hub: Hub | None = None
    try:
        meta = click.get_current_context().meta
        settings = Settings.read(meta.get(DATA), **meta.get(GIVEN, {}))
        claim_folder(settings.data, settings.force)
        hub = Hub(settings, encoder)
        _watch(hub)
        yield hub
    except (Refused, RecordsError, LibraryError, EncoderError) as error:
        said = printable(error.with_command() if isinstance(error, Refused) else str(error))
        if as_json:
            click.echo(escaped(json.dumps({"error": said}, ensure_ascii=False)))
        raise click.ClickException(said) from error
    finally:
        if hub is not None:
            hub.close()


def _watch(hub: Hub) -> None:
    """Log and trace as this command, in the way that the settings say."""
    process = click.get_current_context().info_name or "prevention-hub"
    force = hub.settings.force
    logs.write_as(hub.settings.log_format, process, force)
    end = traces.begin(process, force)
    if end is not None:
        hub.closes.append(end)


def first_edition(hub: Hub) -> None:
    """Build an edition from the bundled guidance if there is none, and say so."""
    if hub.publishing.has_edition():
        return
    from bot.cli.library.built import draw_built

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


def load_while_typing(hub: Hub, and_then: Callable[[], None] = lambda: None) -> None:
    """Load what the first question waits for, and again what the first one to a new edition would."""
    import threading

    ended = threading.Event()
    hub.closes.append(ended.set)

    def load() -> None:
        number = hub.library.current_number()
        hub.warm()
        and_then()
        while not ended.wait(LOOKED_FOR_AFTER):
            if (newer := hub.library.current_number()) != number:
                number = newer
                hub.read_ahead()

    threading.Thread(target=load, daemon=True, name="load-encoder").start()


def warn_of_trouble(hub: Hub) -> None:
    from knowledge.manifest import LibraryError

    try:
        warn(hub.library.edition().trouble)
    except LibraryError:
        return  # the assistant hands over and says why


def warn(trouble: str) -> None:
    if trouble:
        say(f"Warning: {trouble}", err=True)


def new_console() -> Console:
    """A console on which no text can steer the screen: only its own styles do."""
    from rich.console import Console
    from rich.segment import Segment

    class Plain(Console):
        def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
            for text, style, control in super().render(renderable, options):
                yield Segment(text if control else printable(text), style, control)

    return Plain(highlight=False, soft_wrap=False)


def read_echoing(console: Console) -> Callable[[str], str]:
    """Read lines from a pipe, showing what was asked, as a terminal would."""

    def read(prompt: str) -> str:
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        console.print(f"{prompt}{line.rstrip()}", markup=False, style="bold")
        return line

    return read
