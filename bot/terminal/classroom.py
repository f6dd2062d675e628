"""Learning in a terminal: the list of paths, a reading, a question, how it went."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot import wording
from bot.domain.refusals import RecordsError
from bot.programme.academy import (
    Academy,
    Moved,
    Offered,
    Step,
    choices,
    right_letter,
)
from bot.terminal.draw import WIDTH, draw_passage
from knowledge.learning import Check, Reading

SectionText = Callable[[str, str], tuple[str, str]]
"""Title of a document and text of one of its sections; both empty if the library has no such section."""
_LEARN = re.compile(r"learn(?:ing)?(?: (\d{1,3}))?")
_NEXT = {"next", "n", "go on", "continue"}
_FORGET = {"forget my learning", "delete my learning"}


@dataclass(slots=True)
class Classroom:
    """One person's learning in one conversation."""

    academy: Academy
    section: SectionText
    console: Console
    person: str
    _step: Step | None = field(default=None, init=False)

    def takes(self, word: str) -> bool:
        """Whether a line is about learning; while a question is open its letters are, too."""
        if _LEARN.fullmatch(word) or word in _FORGET or (word in _NEXT and self._step is not None):
            return True
        check = self._step.item if self._step else None
        return isinstance(check, Check) and len(word) == 1 and word in choices(check)

    def say(self, word: str) -> None:
        """One line that `takes` said yes to."""
        asked = _LEARN.fullmatch(word)
        if asked:
            self._open(int(asked[1])) if asked[1] else self._list()
        elif word in _FORGET:
            self._forget()
        elif word in _NEXT:
            self._next()
        else:
            self._answer(word)

    def _list(self) -> None:
        self._tell(wording.LEARN_OFFER)
        for offered in self.academy.offered(self.person):
            path = offered.path
            self.console.print()
            self.console.print(
                Text.assemble((f"{offered.number}. ", "cyan"), (path.title, "bold"), (f" · {path.minutes} min", "dim"))
            )
            self.console.print(Padding(Text(f"{path.summary} {_state(offered)}"), (0, 0, 0, 3)), width=WIDTH)
        self.console.print()
        self._tell(wording.LEARN_PRIVATE, "dim")

    def _open(self, number: int) -> None:
        self._step = self.academy.step(self.person, number)
        if self._step is None:
            self._tell(wording.LEARN_NO_SUCH)
            return
        self._show(self._step)

    def _forget(self) -> None:
        self._step = None
        try:
            self._tell(wording.LEARN_FORGOTTEN.format(count=self.academy.forget(self.person)))
        except RecordsError:
            self._tell(wording.LEARN_NOT_FORGOTTEN, "yellow")

    def _next(self) -> None:
        if self._step is None:
            self._tell(wording.LEARN_NEXT_WHAT)
        elif isinstance(self._step.item, Reading):
            self._go_on(self._step, self.academy.read(self.person, self._step))
        else:
            self._show(self._step)

    def _answer(self, letter: str) -> None:
        step = self._step
        if step is None or not isinstance(step.item, Check):
            return
        check = step.item
        moved = self.academy.answer(self.person, step, letter)
        wrong = wording.LEARN_WRONG.format(letter=right_letter(check))
        self._tell(wording.LEARN_RIGHT if moved.right else wrong, "green" if moved.right else "yellow")
        self._draw_section(check.document, check.section)
        self._go_on(step, moved)

    def _go_on(self, step: Step, moved: Moved) -> None:
        self._step = moved.next
        if not moved.kept:
            self._tell(wording.LEARN_NOT_KEPT, "yellow")
        if moved.next is None:
            self._tell(wording.LEARN_END.format(title=step.path.title))
        else:
            self._show(moved.next)

    def _show(self, step: Step) -> None:
        """What there is to read or to answer now."""
        item, readings = step.item, len(step.path.readings)
        self.console.print()
        self.console.print(Text(step.path.title, style="bold"))
        if isinstance(item, Reading):
            self._tell(wording.LEARN_READING.format(number=step.number, count=readings, minutes=item.minutes), "dim")
            self._draw_section(item.document, item.section)
            return
        number, count = step.number - readings, len(step.path.checks)
        self._tell(wording.LEARN_CHECK.format(number=number, count=count), "dim")
        self.console.print(Text(item.question), width=WIDTH)
        for letter, choice in zip(choices(item), item.choices, strict=True):
            self.console.print(Text.assemble((f"  {letter}) ", "cyan"), choice), width=WIDTH)

    def _draw_section(self, document: str, section: str) -> None:
        title, text = self.section(document, section)
        if text:
            draw_passage(f"{title} > {section}", text, "", self.console)
        else:
            self._tell(wording.LEARN_GONE, "yellow")

    def _tell(self, text: str, style: str = "") -> None:
        self.console.print(Text(text, style=style), width=WIDTH)


def _state(offered: Offered) -> str:
    if offered.done < offered.total:
        return wording.LEARN_STATE.format(done=offered.done, total=offered.total)
    return wording.LEARN_ALL_DONE.format(right=offered.right, checks=len(offered.path.checks))
