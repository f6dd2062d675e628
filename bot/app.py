"""Wiring: the room that builds the objects and knows the settings."""

from __future__ import annotations

import getpass
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.assistant import Assistant, Contacts
from bot.delivery import Courier
from bot.desk import Desk
from bot.errands import Errands
from bot.feedback import Feedback
from bot.gate import Ceilings
from bot.guidance import LibraryGuidance
from bot.handover import Handover, Shifts, prepare
from bot.joining import Joining
from bot.late import LateAnswers
from bot.learning import Academy
from bot.learning_store import LearningStore
from bot.limits import RateLimits
from bot.lookup import Lookup
from bot.messages import Citation, Place, Question, Reply
from bot.office import Actor, Office
from bot.overview import Overviews
from bot.recall import Recalls
from bot.records.opening import OpenedWhenNeeded
from bot.refusals import RecordsError
from bot.rehearsal import Unrecorded, asking_again
from bot.reminders import Reminders
from bot.roles import Action, Role, Roles
from bot.settings import Settings
from bot.switches import Switchboard
from bot.targets import Pace, Targets
from bot.terminal.mail import InboxCourier, PersonalMail
from bot.verification import Verification, check
from bot.wording import labels
from indexer.build import Builder, Built, starter_library
from indexer.calibrate import measuring
from indexer.evaluate import Given, golden_gate, golden_questions
from indexer.local import Local, read_local
from indexer.trial import trial
from knowledge.encoder import Encoder, EncoderError, SentenceTransformerEncoder
from knowledge.learning import read_paths, starter_paths
from knowledge.library import Library, NoEdition
from knowledge.manifest import LibraryError
from knowledge.news import Post, read_news, starter_news
from knowledge.phrasings import starter_phrasings

if TYPE_CHECKING:
    from bot.records import Records


class Hub:
    """Everything built from one set of settings; each part is made when it is first asked for."""

    def __init__(self, settings: Settings, encoder: Encoder | None = None) -> None:
        self.settings = settings
        self._encoder = encoder

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
    def records(self) -> Any:
        """The hub database; opened when it is first used."""

        def open_records() -> Records:
            from bot.records import Records

            return Records.open(self.settings.hub, boards=self.settings.boards)

        return OpenedWhenNeeded(open_records)

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
    def couriers(self) -> dict[str, Courier]:
        """One for each kind of place that is switched on."""
        couriers: dict[str, Courier] = {"terminal": InboxCourier(self.records)}
        if self.settings.slack_on:
            from bot.slack.courier import SlackCourier
            from bot.slack.workspaces import Workspaces

            api_url = self.settings.slack_api_url
            couriers["slack"] = SlackCourier(Workspaces(self.settings, self.records), self.records, api_url)
        if self.settings.teams_on:
            from bot.teams.courier import TeamsCourier

            couriers["teams"] = TeamsCourier(self.settings, self.records, self.office.roles)
        return couriers

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
        return Pace(self.targets, OpenedWhenNeeded(lambda: self.records.pace), lambda: datetime.now(UTC))

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
        return Joining(self.encoder, OpenedWhenNeeded(lambda: self.records.joining))

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

    def mail(self, person: str) -> PersonalMail:
        """What the hub sends to one person at this terminal."""
        actor = self.actor(person)
        return PersonalMail(actor, self.records, self.errands(actor), self.feedback, self.couriers)

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
    def contacts(self) -> Contacts:
        """Whom the assistant names: the environment goes before the local file, which may not stop a signpost."""
        try:
            local = self.local
        except LibraryError:
            local = Local()
        return Contacts(
            self.settings.hub_contact or local.contacts.hub,
            self.settings.wellbeing_line or local.contacts.wellbeing,
            local.wording.incident,
            local.wording.welfare,
        )

    def builder(self) -> Builder:
        """A builder of editions, with the golden questions as its gate."""
        questions = golden_questions()
        gate = golden_gate(self.encoder, questions)
        phrasings = (starter_phrasings(), self.settings.data / "phrasings")
        measure = measuring(self.encoder, questions)
        local = read_local(self.settings.local_file)
        return Builder(self.library, self.encoder, gate, local, phrasings, measure)

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

    def _roots(self, named: Sequence[Path]) -> list[Path]:
        """The starter library, what the hub approved, and what was named."""
        advice = self.settings.data / "advice"
        return [starter_library(), *([advice] if advice.is_dir() else []), *named]

    def point_at(self, number: int) -> None:
        """Serve another edition."""
        self._check_may_build()
        self.library.point_at(number)
        self._put_on_record("edition.chosen", number)

    def _check_may_build(self) -> None:
        roles, actor = self.office.roles, self.actor()
        roles.check(actor.name, Action.BUILD, at_terminal=True)

    def _put_on_record(self, action: str, edition: int, **detail: Any) -> None:
        """The library serves without the database, and so it can be mended without it."""
        with suppress(RecordsError):
            self.records.audit(action, operating_system_user(), subject=f"edition {edition}", **detail)

    def rehearse(self, text: str) -> Given:
        """What the assistant would make of a question: the same steps, with nothing put on record."""
        assistant = Assistant(self.guidance, Unrecorded())
        reply = assistant.ask(Question(text, Place("terminal", "rehearsal"), ""))
        shown = reply.citations or reply.candidates
        return Given(reply.outcome.value, tuple(c.document for c in shown), tuple(c.section for c in shown))

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

    def rehearse_with(self, drafts: Mapping[str, str], questions: Sequence[str]) -> list[Reply]:
        """What officers would get with these files in the library; nothing is published or put on record."""
        local = read_local(self.settings.local_file)
        with trial(self.library, self.encoder, local, self._roots(self.library.roots()), drafts) as library:
            assistant = Assistant(LibraryGuidance(library, self.encoder), Unrecorded(), ceilings=self.ceilings)
            return [assistant.ask(Question(text, Place("terminal", "rehearsal"), "")) for text in questions]

    def passage_text(self, citation: Citation) -> str:
        """The whole passage that a citation quotes; empty if the library no longer has it."""
        entry = self.library.edition().passage(citation.passage)
        return entry.passage.text if entry else ""

    @cached_property
    def academy(self) -> Academy:
        """The learning paths: those that come along, and the force's own in its data folder."""
        return Academy(read_paths(starter_paths(), self.settings.data / "paths"), self._learning)

    @property
    def _learning(self) -> Any:
        return OpenedWhenNeeded(lambda: self.records.learning)

    def section(self, document: str, section: str) -> tuple[str, str]:
        """Title of a document and text of one of its sections; both empty if the library has no such section."""
        edition = self.library.edition()
        texts = edition.section_texts(document, section)
        return (edition.documents[document].title, "\n\n".join(texts)) if texts else ("", "")

    def news(self) -> tuple[Post, ...]:
        """Programme news, newest first: posts that come along, the force's own, and approved digests."""
        return tuple(sorted((*self.posts(), *self._digests()), key=lambda post: post.day, reverse=True))

    def posts(self) -> tuple[Post, ...]:
        """The posts alone."""
        return read_news(starter_news(), self.settings.data / "news")

    def _digests(self) -> list[Post]:
        """Approved weekly digests as posts; none while the database cannot be read."""
        try:
            digests = self.records.digests.newest()
        except RecordsError:
            return []
        return [
            Post(digest.approved_at.date(), *digest.text.split("\n\n", 1)) for digest in digests if digest.approved_at
        ]

    def verify(self, code: str) -> Verification | None:
        """What a reply showed and how it stands now; nothing if no reply carries the code."""
        receipt = self.records.receipt(code)
        return check(receipt, self.library.edition(), datetime.now(UTC).date()) if receipt else None

    def warm(self) -> None:
        """Load what the first question would wait for; what fails here is told when it is asked."""
        with suppress(LibraryError, EncoderError):
            self.guidance.search("warm")

    def close(self) -> None:
        """Give back what was opened."""
        for courier in self.__dict__.get("couriers", {}).values():  # none is made only to be closed
            courier.close()
        self.records.close()
        self.library.close()


def operating_system_user() -> str:
    """Who sits at this machine; "unknown" where the system does not say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
