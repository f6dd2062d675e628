"""`chat` and `ask`: talk to the assistant."""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import wording
from bot.cli.base import (
    NamedPath,
    acting,
    first_edition,
    load_while_typing,
    new_console,
    print_json,
    read_echoing,
    say,
    this_hub,
    warn,
    warn_of_trouble,
    with_data,
)
from bot.domain.printable import escaped

if TYPE_CHECKING:
    from bot.app import Hub
    from bot.domain.messages import Reply


@click.command()
@with_data
def chat() -> None:
    """Talk to the assistant in this terminal.

    \b
    Example:
      prevention-hub chat
    """
    with this_hub() as hub:
        first_edition(hub)
        load_while_typing(hub)
        from bot.domain.messages import Place
        from bot.foundations import operating_system_user
        from bot.terminal import Chat, Classroom
        from bot.terminal.mail import mail_of
        from bot.terminal.reading import whole_messages

        console, person = new_console(), operating_system_user()
        viewer = hub.viewer(hub.actor(person), Place("terminal", person))
        classroom = Classroom(hub.academy, partial(hub.section, viewer=viewer), console, person)
        conversation = Chat(
            hub.assistant, console, person, classroom, hub.news.all, mail_of(hub, person), viewer.belongs
        )
        edition = hub.library.edition()
        warn(edition.trouble)
        conversation.welcome(edition.number, len(edition.documents))
        conversation.run(whole_messages(console) if sys.stdin.isatty() else read_echoing(console))


@click.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the reply as one JSON document.")
@click.option(
    "--file",
    "questions",
    type=NamedPath(exists=True, dir_okay=False),
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
    from bot.domain.talk.reasons import Said

    asked = _read_questions(questions) if questions else [("", question or "")]
    with this_hub(as_json) as hub:
        afterwards: list[Callable[[], None]] = []
        answer = _asker(hub, afterwards)
        for name, text in asked:
            reply = answer(name, text)
            if questions:
                click.echo(escaped(json.dumps(reply.as_json(), ensure_ascii=False)))
            else:
                _show(reply, as_json)
            while afterwards:  # a signpost is shown before the database is touched
                sys.stdout.flush()
                afterwards.pop()()
    if not questions and reply.reason == Said.TOO_LONG.value:
        sys.exit(1)


@click.command()
@click.argument("receipt")
@click.option("--helped/--wrong", default=True, help="Whether the reply helped, or is wrong or of no use.")
@click.option("--why", default="", help="What is wrong with it; identifiers are taken out first.")
@click.option("--hub/--no-hub", "to_hub", default=True, help="Whether the hub is to look at what is wrong.")
@acting
def feedback(receipt: str, helped: bool, why: str, to_hub: bool, person: str | None, as_json: bool) -> None:
    """Say of a reply, by its RECEIPT, whether it helped; what is wrong goes to the hub.

    \b
    Example:
      prevention-hub feedback 7K3-F9Q --wrong --why "that power was repealed"
    """
    with this_hub(as_json) as hub:
        from bot.domain.messages import Place

        place, actor = Place("terminal", uuid.uuid4().hex), hub.acting(person)
        wanted = to_hub and not helped and bool(why.strip())
        reference = hub.feedback.give(actor.name, place, receipt, helped=helped, reason=why, to_hub=wanted)
        if as_json:
            print_json({"receipt": receipt, "helped": helped, "request": reference})
        else:
            told = wording.FEEDBACK_TO_HUB.format(reference=reference) if reference else wording.FEEDBACK_KEPT
            say(told)


def _show(reply: Reply, as_json: bool) -> None:
    """Print one reply."""
    if as_json:
        print_json(reply.as_json())
    else:
        from bot.terminal import draw

        draw(reply, new_console())


def _asker(hub: Hub, afterwards: list[Callable[[], None]]) -> Callable[[str, str], Reply]:
    """Ask outside a conversation: every question in a place of its own; what counts an emergency is for afterwards."""
    from bot.domain.messages import Place, Question
    from bot.foundations import operating_system_user

    asker = operating_system_user()
    belongs = hub.office.roles.belongs(asker)
    ready = False

    def answer(name: str, text: str) -> Reply:
        nonlocal ready
        question = Question(text, Place("terminal", uuid.uuid4().hex), asker, id=name, belongs=belongs)
        signpost = hub.assistant.signpost(question)
        if signpost is not None:
            afterwards.append(lambda: hub.assistant.count(question, signpost))
            return signpost
        if not ready and hub.assistant.needs_library(question):
            first_edition(hub)
            warn_of_trouble(hub)
            ready = True
        return hub.assistant.ask(question)

    return answer


def _read_questions(file: Path) -> list[tuple[str, str]]:
    asked = []
    for number, line in enumerate(file.read_text(encoding="utf-8-sig", errors="replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            asked.append((str(row["id"]), str(row["text"])))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise click.UsageError(
                f'Line {number} of {file} is not a question. Write: {{"id": "q1", "text": "…"}}'
            ) from error
    return asked
