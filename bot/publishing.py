"""Publishing: new editions, which edition serves, and rehearsals of what an edition would answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.answering.assistant import Assistant
from bot.answering.ceilings import Ceilings
from bot.answering.guidance import LibraryGuidance
from bot.answering.rehearsal import Unrecorded
from bot.domain.messages import Place, Question, Reply
from bot.domain.people import Action, Actor, Roles
from bot.domain.refusals import RecordsError
from indexer.build import Builder, Built, starter_library
from indexer.evaluate import Given, golden_gate, golden_questions
from indexer.local import read_local
from indexer.trial import trial
from knowledge.encoder import Encoder
from knowledge.library import Library, NoEdition
from knowledge.manifest import LibraryError

if TYPE_CHECKING:
    from bot.records import Records

REHEARSAL = Place("terminal", "rehearsal")


@dataclass(frozen=True, slots=True)
class Publishing:
    """Builds and chooses editions in the name of the person at this terminal; lives as long as the program."""

    library: Library
    encoder: Encoder
    advice: Path
    """The folder into which approved advice and lessons are written."""
    local_file: Path
    """What the force has filled in."""
    roles: Roles
    actor: Actor
    ceilings: Ceilings
    records: Callable[[], Records]
    """Asked for only when something goes on record: the library serves without the database."""

    def builder(self) -> Builder:
        """A builder of editions, with the golden questions as its gate."""
        gate = golden_gate(self.encoder, golden_questions())
        return Builder(self.library, self.encoder, gate, read_local(self.local_file))

    def has_edition(self) -> bool:
        """Whether there is an edition to answer from."""
        try:
            self.library.manifest()
        except NoEdition:
            return False
        except LibraryError:
            return True
        return True

    def build(
        self, builder: Builder, sources: Sequence[Path] = (), *, by_itself: bool = False, **options: Any
    ) -> Built:
        """Publish an edition of the starter library, approved advice, and the sources named now or last time.

        That is for admins, and goes on record; the program itself makes the very first one and adds approved advice.
        """
        if not by_itself and not options.get("dry_run"):  # looking at what would change is for everyone
            self._check_may_build()
        named = list(sources) or self.library.roots()
        built = builder.build(self._roots(named), remember=named, **options)
        if built.published:
            self._put_on_record("edition.published", built.manifest.edition, documents=built.manifest.documents)
        return built

    def point_at(self, number: int) -> None:
        """Serve another edition."""
        self._check_may_build()
        self.library.point_at(number)
        self._put_on_record("edition.chosen", number)

    def rehearse(self, text: str) -> Given:
        """What the assistant would make of a question: the same steps, with nothing put on record."""
        reply = Assistant(LibraryGuidance(self.library, self.encoder), Unrecorded()).ask(Question(text, REHEARSAL, ""))
        shown = reply.citations or reply.candidates
        return Given(reply.outcome.value, tuple(c.document for c in shown), tuple(c.section for c in shown))

    def rehearse_with(self, drafts: Mapping[str, str], questions: Sequence[str]) -> list[Reply]:
        """What officers would get with these files in the library; nothing is published or put on record."""
        local = read_local(self.local_file)
        with trial(self.library, self.encoder, local, self._roots(self.library.roots()), drafts) as library:
            assistant = Assistant(LibraryGuidance(library, self.encoder), Unrecorded(), ceilings=self.ceilings)
            return [assistant.ask(Question(text, REHEARSAL, "")) for text in questions]

    def _roots(self, named: Sequence[Path]) -> list[Path]:
        """The starter library, what the hub approved, and what was named."""
        return [starter_library(), *([self.advice] if self.advice.is_dir() else []), *named]

    def _check_may_build(self) -> None:
        self.roles.check(self.actor.name, Action.BUILD, at_terminal=self.actor.at_terminal)

    def _put_on_record(self, action: str, edition: int, **detail: Any) -> None:
        """The library serves without the database, and so it can be mended without it."""
        with suppress(RecordsError):
            self.records().audit(action, self.actor.name, subject=f"edition {edition}", **detail)
