"""Publishing: new editions, which edition serves, and rehearsals of what an edition would answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot import wording
from bot.answering.assistant import Assistant
from bot.answering.ceilings import Ceilings
from bot.answering.guidance import LibraryGuidance
from bot.answering.rehearsal import Unrecorded, rehearsed
from bot.domain.messages import Place, Question, Reply
from bot.domain.people import Action, Actor, Roles
from bot.domain.refusals import RecordsError
from indexer.build import Builder, Built, starter_library
from indexer.gathering import Rules
from indexer.gathering.before import Before
from indexer.gathering.guarding import look
from indexer.keeping.remembered import QUESTIONS
from indexer.local import read_local
from indexer.measuring.calibrate import measuring
from indexer.measuring.evaluate import Given, golden_questions
from indexer.measuring.golden import golden_gate
from indexer.purging.listed import PurgedList
from indexer.report import listed, status_of, verify_editions
from indexer.sources import FolderSource, Found, Source, absolute, shown
from indexer.sources.listing import SourceList, check_said
from indexer.trial import trial
from knowledge.encoder import Encoder
from knowledge.manifest import LibraryError
from knowledge.phrasings import FOLDER, starter_phrasings
from knowledge.store.folder import Library, NoEdition
from knowledge.store.hold import RELEASE, Hold
from knowledge.store.shared.sharing import Pulled, Sharing

if TYPE_CHECKING:
    from bot.records import Records
    from indexer.build import Measure
    from indexer.measuring.evaluate import Expectation
    from indexer.measuring.reading import Trial

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
    sources: SourceList
    """The folders and files that every edition is built from."""
    keep: int
    """Editions that are kept on disk; 0 is all."""
    share: float
    """Share of a source's documents that may go at once."""
    records: Callable[[], Records]
    """Asked for only when something goes on record: the library serves without the database."""
    sharing: Sharing | None = None
    """The store that other machines take their editions from."""
    reader: Trial | None = None
    """The force's own model, which a build tries on its library."""
    national: Path | None = None
    """Guidance above every force's own."""

    def builder(self) -> Builder:
        """A builder of editions, with the golden questions as its gate."""
        questions = golden_questions()
        return Builder(
            self.library,
            self.encoder,
            golden_gate(self.encoder, questions, remembered=self.library.folder / QUESTIONS),
            read_local(self.local_file),
            Rules(self.ceilings.installation, frozenset(self.roles.audiences), self.share, self.purged.names),
            self.keep,
            self._phrasings,
            self._measure(questions),
            self.sharing,
            by=self.actor.name,
        )

    @property
    def purged(self) -> PurgedList:
        """What was purged, and is never taken again."""
        return PurgedList(self.sources.file.with_name("purged.json"))

    def _measure(self, questions: Sequence[Expectation]) -> Measure:
        """What a build asks of its edition; of the force's own model too, where it has one."""
        measure = measuring(self.encoder, questions, self.library.folder / QUESTIONS)
        if self.reader is None:
            return measure
        from indexer.measuring.reading import with_reader

        return with_reader(measure, self.reader, questions, self.encoder)

    def in_name_of(self, actor: Actor) -> Publishing:
        """The same for another person, with their roles."""
        return replace(self, actor=actor)

    def status(self) -> dict[str, Any]:
        """The edition that serves, what was held back, and what is due for review. LibraryError without one."""
        return status_of(self.library)

    def verified(self) -> dict[str, Any]:
        """Every edition's files against its manifest, and what was taken out of it. LibraryError without one."""
        return verify_editions(self.library, self.purged.names)

    def has_edition(self) -> bool:
        """Whether there is an edition to answer from."""
        try:
            self.library.manifest()
        except LibraryError as error:
            return not isinstance(error, NoEdition)
        return True

    def named(self) -> list[Path]:
        """The sources that were named, in order; those of the edition that serves where the list is lost.

        Raises:
            LibraryError: the list cannot be understood.
        """
        if self.sources.is_kept:
            return self.sources.paths()
        try:
            roots = self.library.manifest().roots
        except LibraryError:
            return []
        own = {source.name for source in self._own()}  # an edition of another machine has them elsewhere
        return [Path(root.path) for root in roots if not root.own and root.path not in own]

    def build(
        self, builder: Builder, sources: Sequence[Path] = (), *, by_itself: bool = False, **options: Any
    ) -> Built:
        """Publish an edition of the starter library, approved advice, and every source, with those named now.

        That is for admins, and goes on record; the program itself makes the very first one and adds approved advice.
        """
        if not by_itself and not options.get("dry_run"):  # looking at what would change is for everyone
            self.check_may_build()
        self.sources.refuse_own(new := [absolute(source) for source in sources])
        for source in new:
            look(FolderSource(source), Before(None), strict=True)  # what is named now has to be there
        named = list(dict.fromkeys([*self.named(), *new]))
        builder.before_it_serves = lambda: self._remember(named)
        hold = self.library.hold
        built = builder.build(self._roots(named), unasked=by_itself, **options)
        if built.published:
            ended = {"hold_ended": hold.in_words} if hold is not None else {}
            self.put_on_record("edition.published", built.manifest.edition, documents=built.manifest.documents, **ended)
        return built

    def roll_back(self, number: int, why: str = "") -> Hold | None:
        """Serve another edition, and hold it; choosing the newest one ends a hold instead.

        Raises:
            LibraryError: there is no such edition, or it is damaged.
        """
        self.check_may_build()
        serving = self.library.current_number()
        before = serving if serving != number else None  # holding what serves already
        hold = Hold(edition=number, instead_of=before, by=self.actor.name, at=datetime.now(UTC), why=why)
        newest = number == max(self.library.numbers(), default=0)
        if self.sharing is not None:
            self.sharing.choose_number(number, self.actor.name, None if newest else hold)
            self.sharing.pull()
        if newest:
            self.library.point_at(number)
            self.library.release()
            self.put_on_record("edition.chosen", number, why=why)
            return None
        self.library.roll_back(hold)
        self.put_on_record("edition.chosen", number, instead_of=before, held=True, why=why)
        return hold

    def release(self) -> Hold | None:
        """End the hold, if there is one: what waits is published by the worker. The hold that was."""
        self.check_may_build()
        hold = self.library.hold
        if hold is not None:
            if self.sharing is not None:
                self.sharing.choose_number(hold.edition, self.actor.name, None)
            self.library.release()
            self.put_on_record("edition.released", hold.edition, held_by=hold.by)
        return hold

    def take_shared(self) -> Pulled | None:
        """The edition that serves everywhere, if this machine has another one; StoreError where it cannot be had."""
        pulled = self.sharing.pull() if self.sharing is not None else None
        if pulled is not None:
            self.library.prune(self.keep)
        return pulled

    def next_in_words(self) -> str:
        """When what was approved just now will be published."""
        hold = self.library.hold
        return wording.ADVICE_WAITS.format(hold=hold.in_words, release=RELEASE) if hold else wording.ADVICE_NEXT

    def add_sources(self, paths: Sequence[Path], **said: str) -> list[Path]:
        """Add folders or files to the list, with what is said of them; the new ones. LibraryError where wrong."""
        self.check_may_build()
        check_said(said)
        self.sources.refuse_own(paths)
        for path in paths:
            FolderSource(path).look()
        new = self.sources.add([*self.named(), *paths], self.actor.name)
        if said:
            self.sources.say(paths, **said)
        if new or said:
            self.put_on_record("sources.added", None, paths=[shown(path) for path in (new or paths)], **said)
        return new

    def remove_source(self, path: Path) -> int:
        """Take a source out of the list; how many documents of the edition that serves came from it."""
        self.check_may_build()
        self.sources.add(self.named(), self.actor.name)
        if not self.sources.remove(path):
            raise LibraryError(f"{path} is not in the list. Run: prevention-hub index sources list")
        self.put_on_record("sources.removed", None, paths=[shown(absolute(path))])
        return len(self._before().of_root(FolderSource(path).name))

    def listed(self) -> list[dict[str, Any]]:
        """The sources with all that the list says of them, the last look, and what the edition has of each."""
        return listed(self.sources, self.named(), self._before())

    def checked(self) -> list[dict[str, Any]]:
        """Every source with the files it has now, or why that cannot be said."""
        before, rows = self._before(), []
        for source in map(FolderSource, self.named()):
            try:
                looked = look(source, before, strict=True)
                found, trouble = looked.found, looked.trouble
            except LibraryError as error:
                found, trouble = Found(), str(error)
            passed = [{"path": shown(one.path), "reason": one.why} for one in found.passed_over]
            rows.append({"path": source.name, "files": len(found.files), "trouble": trouble, "passed_over": passed})
        return rows

    def _before(self) -> Before:
        try:
            return Before(self.library.edition())
        except LibraryError:
            return Before(None)

    def rehearse(self, text: str, *, after: str = "") -> Given:
        """What the assistant would make of a question, or of one that follows another; nothing is put on record."""
        assistant = Assistant(LibraryGuidance(self.library, self.encoder), Unrecorded())
        reply = rehearsed(assistant, Question(text, REHEARSAL, "", (after,) if after else ()))
        shown = reply.citations or reply.candidates
        return Given(reply.outcome.value, tuple(c.document for c in shown), tuple(c.section for c in shown))

    def rehearse_with(self, drafts: Mapping[str, str], questions: Sequence[str]) -> list[Reply]:
        """What officers would get with these files in the library; nothing is published or put on record."""
        local = read_local(self.local_file)
        roots = self._roots(self.named())
        with trial(self.library, self.encoder, local, roots, drafts, self._phrasings) as library:
            assistant = Assistant(LibraryGuidance(library, self.encoder), Unrecorded(), ceilings=self.ceilings)
            return [rehearsed(assistant, Question(text, REHEARSAL, "")) for text in questions]

    @property
    def _phrasings(self) -> tuple[Path, ...]:
        """Where it is written how people ask: what comes with the program, and the force's own."""
        return starter_phrasings(), self.advice.parent / FOLDER

    def check_may_build(self) -> None:
        """Refuse whoever may not build."""
        self.roles.check_actor(self.actor, Action.BUILD)

    def put_on_record(self, action: str, edition: int | None, **detail: Any) -> None:
        """The library serves without the database, and so it can be mended without it."""
        subject = f"edition {edition}" if edition is not None else "sources"
        with suppress(RecordsError):
            self.records().audit(action, self.actor.name, subject=subject, **detail)

    def _roots(self, named: Sequence[Path]) -> list[Path | Source]:
        """The starter library, what the hub approved, and what was named."""
        return [*self._own(), *map(self.sources.source, named)]

    def _own(self) -> list[Source]:
        """What is read unnamed. Advice is not guarded: it is the hub's database that says what is approved."""
        advice = [FolderSource(self.advice, guarded=False, own=True)] if self.advice.is_dir() else []
        national = [FolderSource(self.national, own=True)] if self.national else []
        return [FolderSource(starter_library(), own=True), *national, *advice]

    def _remember(self, named: Sequence[Path]) -> None:
        if named or self.sources.is_kept:
            self.sources.add(named, self.actor.name)
