"""What every room stands on: settings, encoder, library, hub database, roles, contacts. `bot.app` builds on it."""

from __future__ import annotations

import getpass
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from bot.answering.assistant import Contacts
from bot.answering.ceilings import Ceilings
from bot.answering.guidance import LibraryGuidance
from bot.domain.forces.belonging import not_ours
from bot.domain.messages import Citation, Place, Viewer
from bot.domain.people import Actor, Roles
from bot.domain.refusals import RecordsError
from bot.domain.requests import Request
from bot.domain.switches import Switchboard
from bot.domain.timing.pace import Targets
from bot.governance.anchors import Keys
from bot.governance.office import Office
from bot.governance.one_person import OnePerson
from bot.queue.joining import Joining
from bot.queue.waiting.pace import Pace
from bot.safeguards import extend_cues
from bot.settings import Settings
from indexer.local import Local, read_local, what_stands
from knowledge.encoder import Encoder, SentenceTransformerEncoder
from knowledge.encoding.once import EncodingOnce
from knowledge.manifest import LibraryError
from knowledge.reader.consulting import Consulting
from knowledge.store.folder import Library
from knowledge.store.shared.bucket import Bucket, StoreError, open_bucket
from knowledge.store.shared.owner import OwnedBucket
from knowledge.store.shared.sharing import Sharing
from knowledge.voting.ballot import Voting

if TYPE_CHECKING:
    from bot.reader.client import EndpointReader
    from bot.records import Records
    from bot.safeguards.second import SecondListener
    from bot.safeguards.second.requests import RequestListener
    from indexer.measuring.reading import Trial
    from indexer.sources.graph_asking import Account
    from knowledge.passages import Document

log = logging.getLogger(__name__)


class Foundations:
    """Made from one set of settings; each part is made when it is first asked for."""

    def __init__(self, settings: Settings, encoder: Encoder | None = None) -> None:
        self.settings = settings
        self._encoder = encoder
        self.closes: list[Callable[[], None]] = []
        """What has to be given back before the database is closed."""
        self.examining: Callable[[], Any] | None = None
        """Looks at everything that is needed, where the program that runs can do that; gives what `doctor` prints."""
        extend_cues(settings.cues)

    def check_force(self) -> None:
        """Refuse to go on where database or shared library are another force's; where they are away, they may be ours.

        Raises:
            RecordsError, LibraryError: which of them, whose it is, and what to do.
        """
        try:
            self.records.audit_head()
        except RecordsError as error:
            if error.is_another_forces:
                raise
            log.warning("%s", error)
        if self._shared is not None:
            with suppress(StoreError):
                self._shared.check()

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder that the settings name."""
        settings = self.settings
        return self._encoder or SentenceTransformerEncoder(
            settings.encoder,
            query_prompt=settings.encoder_query_prompt,
            document_prompt=settings.encoder_document_prompt,
        )

    @cached_property
    def asking(self) -> EncodingOnce:
        """The same for questions: whoever needs a question's vector shares it."""
        return EncodingOnce(self.encoder)

    @cached_property
    def library(self) -> Library:
        """The folder of editions."""
        return Library(self.settings.library)

    @cached_property
    def sharing(self) -> Sharing | None:
        """The store that several machines share, where one is set; LibraryError where its address is wrong."""
        return Sharing(self.library, cast("Bucket", self._shared)) if self._shared else None

    @cached_property
    def _shared(self) -> OwnedBucket | None:
        address, force = self.settings.shared_library, self.settings.force
        if not address:
            return None
        return OwnedBucket(open_bucket(address), force, lambda owner: not_ours("The shared library", owner, force))

    @cached_property
    def guidance(self) -> LibraryGuidance:
        """The library with its encoder."""
        return LibraryGuidance(self.library, self.asking)

    @cached_property
    def graph(self) -> Account | None:
        """The app that reads document libraries in Microsoft Graph, where one is set."""
        from indexer.sources.graph_asking import Account

        settings = self.settings
        secret = settings.graph_client_secret.get_secret_value().strip() if settings.graph_client_secret else ""
        tenant, client = settings.graph_tenant.strip(), settings.graph_client_id.strip()
        if not (tenant and client and secret):
            return None
        return Account(tenant, client, secret, settings.graph_url, settings.graph_login_url)

    @cached_property
    def records(self) -> Records:
        """The hub database; opened when it is first used."""
        from bot.records import Records  # SQLAlchemy and its schema take a moment that quick commands do not have

        mine = self.settings
        return Records.when_needed(mine.hub, boards=mine.boards, patience=mine.patience, force=mine.force)

    @cached_property
    def switchboard(self) -> Switchboard:
        """What is paused."""
        return Switchboard(lambda: self.records.switches)

    @cached_property
    def office(self) -> Office:
        """What needs more than being an officer."""
        settings = self.settings
        roles = Roles.listed(
            settings.hub_staff,
            settings.admins,
            settings.auditors,
            settings.may_act_for_others,
            settings.audience_lists,
        )
        keys = Keys(settings.signing_key_file, settings.trusted_keys)
        zone, doubtful = self.targets.hours.zone, self.one_person.doubtful
        return Office(roles, self.records, lambda: datetime.now(UTC), keys, zone, doubtful, self.ceilings.withheld)

    @cached_property
    def one_person(self) -> OnePerson:
        """Which accounts of platforms are one person."""
        return OnePerson(self.settings.one_person_by == "email", self.records)

    @cached_property
    def targets(self) -> Targets:
        """When a request should be taken and replied to."""
        return self.settings.targets

    @cached_property
    def pace(self) -> Pace:
        """What whoever asks may expect."""
        return Pace(self.targets, self.records.pace, lambda: datetime.now(UTC))

    @cached_property
    def joining(self) -> Joining:
        """Finding requests that ask the same."""
        return Joining(self.asking, self.records.joining)

    def actor(self, name: str | None = None) -> Actor:
        """A person at this terminal, for whom the caller vouches: the operating system's account if none is named."""
        return Actor(name or operating_system_user(), at_terminal=True)

    def acting(self, name: str | None = None) -> Actor:
        """The account at this terminal, which may act for the person it names (`--as`).

        NotAllowed where roles are set and the account may not act for others.
        """
        return self.office.at_terminal(operating_system_user(), name or "")

    @cached_property
    def local(self) -> Local:
        """What the force has filled in."""
        return read_local(self.settings.local_file)

    @cached_property
    def second_listener(self) -> SecondListener:
        """Hears emergencies that words alone did not."""
        from bot.safeguards.second import SecondListener  # numpy takes a moment that an urgent message does not have

        return SecondListener(self.asking)

    @cached_property
    def request_listener(self) -> RequestListener:
        """Hears requests for the hub that words alone did not."""
        from bot.safeguards.second.requests import RequestListener

        return RequestListener(self.asking)

    @cached_property
    def reader(self) -> EndpointReader | None:
        """The force's own model, where one is set and its extra is installed; everything works without."""
        if not self.settings.reader_url:
            return None
        from bot.reader.client import EndpointReader, ReaderMissing, check_installed

        try:
            check_installed()
        except ReaderMissing as error:
            log.error("%s", error)
            return None
        reader = EndpointReader(self.settings)
        self.closes.append(reader.close)
        return reader

    @cached_property
    def consulting(self) -> Consulting | None:
        """The reader under the judge's rules, with what this library's build found of it."""
        if self.reader is None:
            return None
        return Consulting(self.reader, self.reader.ceiling, lambda: self.library.edition().manifest.readers)

    @cached_property
    def voting(self) -> Voting | None:
        """A second encoder and a reranker, where they are set."""
        from knowledge.voting.ballot import Voter
        from knowledge.voting.voters import EncoderVoter, RerankerVoter

        voters: list[Voter] = []
        if self.settings.second_encoder:
            voters.append(EncoderVoter(SentenceTransformerEncoder(self.settings.second_encoder)))
        if self.settings.reranker:
            voters.append(RerankerVoter(self.settings.reranker))
        return Voting(tuple(voters)) if voters else None

    @property
    def trial(self) -> Trial | None:
        """The reader as a build tries it on its library."""
        if self.reader is None:
            return None
        from indexer.measuring.reading import Trial

        return Trial(self.reader, self.reader.ceiling, self.settings.reader_questions)

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
    def ceilings(self) -> Ceilings:
        """The highest marking that is shown where."""
        return Ceilings(self.settings.ceiling, self.settings.place_ceilings, self._document_now)

    def _document_now(self, document: str) -> Document | None:
        """A document in the edition that serves; None where it has none such."""
        try:
            return self.library.edition().documents.get(document)
        except LibraryError:
            return None

    def viewer(self, actor: Actor, place: Place) -> Viewer:
        """Somebody who alone reads what is shown in a place."""
        return Viewer(place, self.office.roles.belongs(actor.name, actor.groups))

    def may_see(self, actor: Actor, one: Citation) -> bool:
        """Whether something is for everybody or for this person, whatever it is marked."""
        return self.ceilings.is_for(one, self.viewer(actor, Place("", "")))

    def as_seen(self, request: Request, viewer: Viewer) -> Request:
        """A request without those of the passages that were found which somebody may not be shown there."""
        return replace(request, found=tuple(one for one in request.found if self.ceilings.allow(one, viewer)))


def operating_system_user() -> str:
    """Who sits at this machine; "unknown" where the system does not say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
