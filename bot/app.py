"""Wiring: the room that builds the objects and knows the settings."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from bot.answering.assistant import Assistant, Contacts
from bot.answering.ceilings import Ceilings
from bot.answering.guidance import LibraryGuidance
from bot.answering.limits import RateLimits
from bot.answering.lookup import Lookup
from bot.answering.rehearsal import asking_again
from bot.domain.messages import Citation
from bot.domain.pace import Targets
from bot.domain.people import Actor, Role, Roles
from bot.domain.receipts import Verification, check
from bot.domain.switches import Switchboard
from bot.governance.office import Office
from bot.programme.academy import Academy
from bot.programme.news import News
from bot.publishing import Publishing
from bot.queue.desk import Desk
from bot.queue.errands import Errands
from bot.queue.feedback import Feedback
from bot.queue.joining import Joining
from bot.queue.late import LateAnswers
from bot.queue.learning_store import LearningStore
from bot.queue.overview import Overviews
from bot.queue.pace import Pace
from bot.queue.recall import Recalls
from bot.queue.reminders import Reminders
from bot.queue.shifts import Handover, Shifts, prepare
from bot.safeguards import extend_cues, urgency
from bot.settings import Settings
from bot.wording import labels
from indexer.local import Local, read_local, what_stands
from knowledge.encoder import Encoder, EncoderError, SentenceTransformerEncoder
from knowledge.learning import read_paths, starter_paths
from knowledge.library import Library
from knowledge.manifest import LibraryError

if TYPE_CHECKING:
    from bot.records import Records
    from bot.safeguards.second import SecondListener


class Hub:
    """Everything built from one set of settings; each part is made when it is first asked for."""

    def __init__(self, settings: Settings, encoder: Encoder | None = None) -> None:
        self.settings = settings
        self._encoder = encoder
        self.closes: list[Callable[[], None]] = []
        """What has to be given back before the database is closed."""
        extend_cues(settings.cues)

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder that the settings name."""
        return self._encoder or SentenceTransformerEncoder(self.settings.encoder)

    @cached_property
    def library(self) -> Library:
        """The folder of editions."""
        return Library(self.settings.library)

    @cached_property
    def guidance(self) -> LibraryGuidance:
        """The library with its encoder."""
        return LibraryGuidance(self.library, self.encoder)

    @cached_property
    def records(self) -> Records:
        """The hub database; opened when it is first used."""
        from bot.records import Records  # SQLAlchemy and its schema take a moment that quick commands do not have

        return Records.when_needed(self.settings.hub, boards=self.settings.boards)

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
            limiter=RateLimits(settings.rate_person, settings.rate_place),
            joining=self.joining,
            expected=self.pace.expected,
        )

    @cached_property
    def switchboard(self) -> Switchboard:
        """What is paused."""
        return Switchboard(lambda: self.records.switches)

    @cached_property
    def office(self) -> Office:
        """What needs more than being an officer."""
        roles = Roles.listed(self.settings.hub_staff, self.settings.admins, self.settings.auditors)
        return Office(roles, self.records, lambda: datetime.now(UTC))

    @cached_property
    def desk(self) -> Desk:
        """Working on requests."""
        return Desk(self.office, self.records, lambda: datetime.now(UTC))

    @cached_property
    def targets(self) -> Targets:
        """When a request should be taken and replied to."""
        return self.settings.targets

    @cached_property
    def pace(self) -> Pace:
        """What whoever asks may expect."""
        return Pace(self.targets, self.records.pace, lambda: datetime.now(UTC))

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
    def joining(self) -> Joining:
        """Finding requests that ask the same."""
        return Joining(self.encoder, self.records.joining)

    @cached_property
    def overviews(self) -> Overviews:
        """What people are shown of themselves, the queue and the library."""
        return Overviews(self.records, self.office.roles, self.switchboard.paused, self._edition_in_words)

    def _edition_in_words(self) -> str:
        try:
            manifest = self.library.manifest()
        except LibraryError:
            return labels.HOME_NO_EDITION
        return labels.HOME_EDITION.format(
            edition=manifest.edition, documents=manifest.documents, passages=manifest.passages
        )

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

    def actor(self, name: str | None = None) -> Actor:
        """Who acts at this terminal: whoever sits there, or the person they name."""
        return Actor(name or operating_system_user(), at_terminal=True)

    @cached_property
    def local(self) -> Local:
        """What the force has filled in."""
        return read_local(self.settings.local_file)

    @cached_property
    def second_listener(self) -> SecondListener:
        """Hears emergencies that words alone did not."""
        from bot.safeguards.second import SecondListener  # numpy takes a moment that an urgent message does not have

        return SecondListener(self.encoder)

    @cached_property
    def contacts(self) -> Contacts:
        """Whom the assistant names: the environment goes before the local file, which may not stop a signpost."""
        try:
            local = self.local
        except LibraryError:
            local = what_stands(self.settings.local_file)
        return Contacts(
            self.settings.hub_contact or local.contacts.hub,
            self.settings.wellbeing_line or local.contacts.wellbeing,
            local.wording.incident,
            local.wording.welfare,
        )

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
            lambda: self.records,
        )

    @cached_property
    def ceilings(self) -> Ceilings:
        """The highest marking that is shown where."""
        return Ceilings(self.settings.ceiling, self.settings.place_ceilings)

    @cached_property
    def late(self) -> LateAnswers:
        """Questions that guidance answers by now."""
        ask = asking_again(self.guidance, self.ceilings, self.switchboard.paused)
        return LateAnswers(self.office, self.records, ask, lambda: datetime.now(UTC))

    @cached_property
    def recalls(self) -> Recalls:
        """Quotes that do not stand any more."""
        return Recalls(self.office, self.records)

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

    def section(self, document: str, section: str) -> tuple[str, str]:
        """Title of a document and text of one of its sections; both empty if the library has no such section."""
        edition = self.library.edition()
        texts = edition.section_texts(document, section)
        return (edition.documents[document].title, "\n\n".join(texts)) if texts else ("", "")

    @cached_property
    def news(self) -> News:
        """Programme news."""
        return News(self.settings.data / "news", lambda: self.records.digests.newest())

    def verify(self, code: str) -> Verification | None:
        """What a reply showed and how it stands now; nothing if no reply carries the code."""
        receipt = self.records.receipt(code)
        return check(receipt, self.library.edition(), datetime.now(UTC).date()) if receipt else None

    def warm(self) -> None:
        """Load what the first question would wait for; what fails here is told when it is asked."""
        urgency("warm")
        with suppress(LibraryError, EncoderError):
            self.guidance.search("warm")

    def close(self) -> None:
        """Give back what was opened."""
        for close in self.closes:
            close()
        self.records.close()
        self.library.close()


def operating_system_user() -> str:
    """Who sits at this machine; "unknown" where the system does not say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
