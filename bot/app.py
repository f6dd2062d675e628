"""Wiring: the room that builds the objects and knows the settings."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from bot.answering.assistant import Assistant
from bot.answering.limits import Counts, RateLimits
from bot.answering.lookup import Lookup
from bot.answering.parts import HearsRequestsWhenNeeded, ListensWhenNeeded
from bot.answering.reading import Reading
from bot.answering.rehearsal import asking_again
from bot.domain.messages import Citation, Viewer
from bot.domain.people import Action, Actor, Role
from bot.domain.receipts import Verification, check
from bot.governance.clients import Clients
from bot.improving import Improving
from bot.programme.academy import Academy
from bot.programme.echo import Echoes
from bot.programme.news import News
from bot.publishing import Publishing
from bot.queue.desk import Desk
from bot.queue.errands import Errands
from bot.queue.feedback import Feedback
from bot.queue.finding import Finder
from bot.queue.intake import THEMES
from bot.queue.learning.store import LearningStore
from bot.queue.overview import Overviews
from bot.queue.waiting.late import LateAnswers
from bot.queue.waiting.recall import Recalls
from bot.queue.waiting.reminders import Reminders
from bot.queue.waiting.shifts import Handover, Shifts, prepare
from bot.queue.waiting.unresolved import Unresolved
from bot.safeguards import make_cues_ready, urgency
from bot.wording import labels
from indexer.sources.listing import SourceList
from indexer.sources.uploads import FOLDER, Uploads
from knowledge.audience import is_for
from knowledge.encoder import EncoderError
from knowledge.finding.asked import learn_words
from knowledge.language.words import forget_texts
from knowledge.learning import read_paths, starter_paths
from knowledge.manifest import LibraryError, Manifest

if TYPE_CHECKING:
    from bot.domain.talk.weighing import Grounds
    from indexer.sources.filling import LocalFile


class Hub(Improving):
    """Everything built from one set of settings; each part is made when it is first asked for."""

    @cached_property
    def assistant(self) -> Assistant:
        """The assistant over the library and the hub database."""
        settings = self.settings
        return Assistant(
            self.guidance,
            self.records,
            self.contacts,
            paused=self.switchboard.paused,
            ceilings=self.ceilings,
            limiter=RateLimits(settings.rate_person, settings.rate_place, shared=self.counts),
            joining=self.joining,
            expected=self.pace.expected,
            second=ListensWhenNeeded(lambda: self.second_listener),
            wanting=HearsRequestsWhenNeeded(lambda: self.request_listener),
            known=self.guidance.named,
            desk=self.desk,
            feedback=self.feedback,
            consulting=self.consulting,
            voting=self.voting,
        )

    @property
    def counts(self) -> Counts | None:
        """Where questions are counted for all processes on a database server; without one each counts for itself."""
        return self.records.rates if self.settings.database_url else None

    @cached_property
    def desk(self) -> Desk:
        """Working on requests."""
        return Desk(self.office, self.records, lambda: datetime.now(UTC))

    @cached_property
    def reminders(self) -> Reminders:
        """Telling of what waits for too long."""
        admins = sorted(self.office.roles.granted.get(Role.ADMIN, ()))
        return Reminders(self.records.pace, self.targets, admins, lambda: datetime.now(UTC))

    @cached_property
    def shifts(self) -> Shifts:
        """Telling the boards what the next shift has to know."""
        records = self.records
        return Shifts(records.pace, records.late, records.outbox, self.targets, lambda: datetime.now(UTC))

    def handover(self, since: datetime) -> Handover:
        """The queue as it stands, and what happened since then."""
        return prepare(self.records.pace, self.targets, since, datetime.now(UTC))

    @cached_property
    def overviews(self) -> Overviews:
        """What people are shown of themselves, the queue and the library."""
        return Overviews(self.records, self.office.roles, self.switchboard.paused, self._edition_in_words)

    def _edition_in_words(self) -> str:
        try:
            manifest = self.library.manifest()
        except LibraryError:
            return labels.HOME_NO_EDITION
        words = labels.HOME_EDITION.format(
            edition=manifest.edition, documents=manifest.documents, passages=manifest.passages
        )
        return f"{words} {self.library.hold.in_words}" if self.library.hold else words

    @cached_property
    def reading(self) -> Reading:
        """Reading the library itself."""
        return Reading(self.library, self.ceilings, self.switchboard.paused)

    @cached_property
    def lookup(self) -> Lookup:
        """Looking through guidance and requests."""
        return Lookup(self.guidance, self.records, self.office.roles, self.ceilings, self.switchboard.paused)

    @cached_property
    def feedback(self) -> Feedback:
        """What people say of replies."""
        return Feedback(self.records)

    def errands(self, actor: Actor) -> Errands:
        """What somebody says of their requests in their own words."""
        return Errands(actor, self.records, self.desk)

    @cached_property
    def finder(self) -> Finder:
        """Finding requests in the queue."""
        return Finder(self.office, self.records, self.targets, lambda: datetime.now(UTC))

    @cached_property
    def publishing(self) -> Publishing:
        """Building editions, choosing one, and rehearsing."""
        settings = self.settings
        return Publishing(
            self.library,
            self.encoder,
            settings.data / "advice",
            settings.local_file,
            self.office.roles,
            self.actor(),
            self.ceilings,
            SourceList(settings.data / "sources.toml", older=settings.library / "sources.json"),
            settings.keep_editions,
            settings.most_removed / 100,
            lambda: self.records,
            self.sharing,
            self.trial,
            settings.national_guidance,
        )

    @cached_property
    def uploads(self) -> Uploads:
        """Files that admins uploaded."""
        return Uploads(self.settings.data.absolute() / FOLDER)

    @cached_property
    def facts(self) -> LocalFile:
        """The local file, for an admin to fill in."""
        from indexer.sources.filling import LocalFile

        return LocalFile(self.settings.local_file)

    def golden(self, manifest: Manifest) -> list[dict[str, str | bool]]:
        """Each golden question with what an edition answered when it was built."""
        from indexer.measuring.golden import told

        return told(manifest)

    @cached_property
    def late(self) -> LateAnswers:
        """Questions that guidance answers by now."""
        ask = asking_again(self.guidance, self.ceilings, self.switchboard.paused, self.office.roles.belongs)
        return LateAnswers(self.office, self.records, ask, lambda: datetime.now(UTC), self.may_see)

    @cached_property
    def unresolved(self) -> Unresolved:
        """Questions that nobody answered and nobody waits for."""
        after = self.settings.unresolved_after
        return Unresolved(self.office, self.records, self.joining, after, lambda: datetime.now(UTC))

    @cached_property
    def recalls(self) -> Recalls:
        """Quotes that do not stand any more."""
        return Recalls(self.office, self.records, self.may_see)

    @cached_property
    def lessons(self) -> LearningStore:
        """What was tried, and what happened."""
        return LearningStore(self.office, self.records, lambda: datetime.now(UTC))

    def passage_text(self, citation: Citation) -> str:
        """The whole passage that a citation quotes; empty if the library no longer has it."""
        entry = self.library.edition().passage(citation.passage)
        return entry.passage.text if entry else ""

    @cached_property
    def academy(self) -> Academy:
        """The learning paths: those that come along, and the force's own in its data folder."""
        return Academy(read_paths(starter_paths(), self.settings.data / "paths"), self.records.learning)

    def section(self, document: str, section: str, viewer: Viewer) -> tuple[str, str]:
        """Title of a document and text of one of its sections; both empty if there is none such, or not for them."""
        edition = self.library.edition()
        found = edition.documents.get(document)
        may = found is not None and self.ceilings.is_for(found, viewer)
        texts = edition.section_texts(document, section) if may else ()
        return (edition.documents[document].title, "\n\n".join(texts)) if texts else ("", "")

    @cached_property
    def news(self) -> News:
        """Programme news."""
        return News(self.settings.data / "news", lambda: self.records.digests.newest(), self.improvements)

    @cached_property
    def echo(self) -> Echoes:
        """The programme's feedback channel."""
        return Echoes(self.office, self.records, THEMES)

    @cached_property
    def clients(self) -> Clients:
        """Programs that use the API."""
        return Clients(self.office, self.records)

    def verify(self, code: str, viewer: Viewer) -> Verification | None:
        """What a reply showed and how it stands now; nothing if no reply carries the code. Refused where not theirs."""
        receipt = self.records.receipt(code)
        if receipt is not None:
            self.ceilings.check_receipt(receipt, viewer)
        return check(receipt, self.library.edition(), datetime.now(UTC).date()) if receipt else None

    def grounds(self, actor: Actor, code: str) -> Grounds | None:
        """Why a reply was given: what was found, and what was weighed against it. NotAllowed for everybody else."""
        self.office.check(actor, Action.WORK_REQUESTS)
        found, belongs = self.records.conversation.grounds(code), self.office.roles.belongs(actor.name, actor.groups)
        return found.of(lambda document: is_for(self.ceilings.audience_now(document), belongs)) if found else None

    def warm(self) -> None:
        """Load what the first question would wait for; what fails here is told when it is asked."""
        urgency("warm")
        self.read_ahead()
        with suppress(LibraryError, EncoderError):
            for voter in self.voting.voters if self.voting else ():
                voter.load()
        if self.reader is not None:
            self.reader.warm()
        make_cues_ready()

    def read_ahead(self) -> None:
        """Read what the first question to the current edition would wait for."""
        with suppress(LibraryError, EncoderError):
            self.guidance.search("warm")
            self.guidance.named()
            edition = self.library.edition()
            learn_words(edition)
            if self.library.edition() is not edition:
                forget_texts()  # a newer one came meanwhile, and may have taken something out

    def close(self) -> None:
        """Give back what was opened."""
        for close in self.closes:
            close()
        self.records.close()
        self.library.close()
