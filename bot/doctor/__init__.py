"""Look at everything the assistant needs, and say what to do about what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from bot import safeguards, wording
from bot.answering.guidance import check_encoder
from bot.app import Hub
from bot.doctor.first_day import Task, first_day
from bot.doctor.libraries import document_libraries
from bot.domain.refusals import RecordsError, Refused
from bot.domain.timing.hours import ALWAYS
from bot.platforms import PLATFORMS, Platform, title_of
from knowledge.encoder import EncoderError
from knowledge.manifest import LibraryError
from knowledge.store.hold import RELEASE


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    good: bool
    said: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that was looked at, what is left to do before the first day, and the settings with where each came from."""

    findings: tuple[Finding, ...]
    settings: tuple[tuple[str, str, str], ...]
    first_day: tuple[Task, ...] = ()
    """In the order in which it is done."""

    @property
    def healthy(self) -> bool:
        """Whether nothing needs mending."""
        return all(finding.good for finding in self.findings)

    @property
    def ready(self) -> bool:
        """Whether everything is done that a hub does before its first day."""
        return all(task.done for task in self.first_day)

    def as_json(self) -> dict[str, Any]:
        """The report for `doctor --json`."""
        return {
            "healthy": self.healthy,
            "ready": self.ready,
            "first_day": [asdict(task) for task in self.first_day],
            "findings": [asdict(finding) for finding in self.findings],
            "settings": [{"name": n, "value": v, "origin": o} for n, v, o in self.settings],
        }


def examine(hub: Hub, *, post: bool = False) -> Report:
    """Look at everything that is needed, platforms too; post to the hub's channels if asked to."""
    looked_at: tuple[tuple[str, Callable[[Hub], str]], ...] = (
        ("encoder", _encoder),
        ("library", _library),
        ("shared library", _shared),
        ("rollback", _rollback),
        ("sources", _sources),
        ("document libraries", document_libraries),
        ("hub database", _database),
        ("record", _record),
        ("local file", _local),
        ("one person", _one_person),
        ("cues", _cues),
        ("outbox", _outbox),
        ("tokens", _tokens),
    )
    findings = [_finding(what, look, hub) for what, look in looked_at]
    findings += [_platform(one, hub, post=post) for one in PLATFORMS]
    findings += [_second_listener(hub), _finding("votes", _votes, hub), _finding("reader", _reader, hub)]
    return Report((*findings, *_force(hub)), tuple(hub.settings.explained()), first_day(hub))


def _finding(what: str, look: Callable[[Hub], str], hub: Hub) -> Finding:
    try:
        return Finding(what, True, look(hub))
    except (LibraryError, EncoderError, RecordsError, Refused) as error:
        return Finding(what, False, str(error))


def _encoder(hub: Hub) -> str:
    return f"{hub.encoder.name}, weights {hub.encoder.fingerprint[:12]}…, on this machine"


def _library(hub: Hub) -> str:
    edition = hub.library.edition()
    if edition.trouble:
        raise LibraryError(edition.trouble)
    check_encoder(edition.manifest.encoder, edition.manifest.encoder_fingerprint, hub.encoder)
    today = datetime.now(UTC).date()
    stale = [document.id for document in edition.documents.values() if document.is_stale(today)]
    due = f"; past review and not quoted: {', '.join(stale)}" if stale else ""
    return f"edition {edition.number}, {len(edition.documents)} documents{due}"


def _shared(hub: Hub) -> str:
    """Whether the store can be reached, and whether this machine has what it says."""
    if hub.sharing is None:
        return "off: the library is a folder of this machine"
    pointer, here = hub.sharing.pointer(), hub.library.current_number()
    if pointer is None:
        return "reached; nothing is published there yet"
    if pointer.edition != here:
        raise LibraryError(f"It serves edition {pointer.edition}, this machine {here or 'none'}. Run: index pull")
    return f"edition {pointer.edition}, published by {pointer.by}, is here"


def _rollback(hub: Hub) -> str:
    hold = hub.library.hold
    return f"{hold.in_words} Nothing is published by itself. To end that: {RELEASE}" if hold else "none holds"


def _sources(hub: Hub) -> str:
    """Files and sources that are not in the edition as they are now."""
    manifest = hub.library.manifest()
    wrong = [f"{root.path}: {root.trouble}" for root in manifest.troubled]
    wrong += [f"{source.path}: {source.kept_in_words}" for source in manifest.kept_back]
    held = "".join(f"; held back: {source.path}: {source.refused}" for source in manifest.refused)
    if wrong:
        raise LibraryError(f"{'; '.join(wrong)}{held}. Mend them, then run: prevention-hub index build")
    return f"{len(manifest.roots)} sources, every file as it is now{held}"


def _database(hub: Hub) -> str:
    health = hub.records.health()
    if health.integrity != "ok":
        raise RecordsError(f"The hub database is damaged ({health.integrity}). Restore it from the last backup.")
    return f"{health.engine}, {health.counts.get('requests', 0)} requests"


def _record(hub: Hub) -> str:
    report = hub.office.verify()
    if not report.ok:
        raise RecordsError(f"The record breaks at event {report.broken_at}: {report.why}")
    return f"{report.events} events, chain whole"


def _cues(hub: Hub) -> str:
    found = safeguards.cue_faults()
    if found:
        raise Refused(" ".join(found))
    folder = hub.settings.cues
    own = len(list(folder.glob("*.toml"))) if folder.is_dir() else 0
    return f"as shipped, and {own} files of the force in {folder}" if own else f"as shipped; {folder} may add to them"


def _second_listener(hub: Hub) -> Finding:
    """Good to have and not broken where it is off: the first listener hears without it."""
    trouble = hub.second_listener.trouble
    return Finding("second listener", True, "off" if trouble else "on", trouble)


def _votes(hub: Hub) -> str:
    """A model that is named and not here is told of: until then its vote is missing."""
    if hub.voting is None:
        return "off: no second encoder, no reranker"
    for voter in hub.voting.voters:
        voter.load()
    return ", ".join(voter.name for voter in hub.voting.voters)


def _reader(hub: Hub) -> str:
    """The force's own model: asked one fixed sentence, so that it is known whether it answers, and in time."""
    settings = hub.settings
    if not settings.reader_url:
        return "off: the built-in judge rules alone"
    from bot.reader.client import ReaderMissing, check_installed
    from bot.reader.guard import Outcome

    try:
        check_installed()
    except ReaderMissing as error:
        raise Refused(f"{error} Until then every reply goes out without it.") from error
    outcome = hub.reader.probe() if hub.reader else Outcome.DOWN
    if outcome is not Outcome.READ:
        raise Refused(
            f"{settings.reader_model} at {settings.reader_url}: {wording.READER_OUTCOMES[outcome.value]}. "
            "Every reply goes out without it, and in time. Look at the endpoint, or unset PREVENTION_HUB_READER_URL."
        )
    figures = hub.library.edition().manifest.readers
    known = "; ".join(f"{name}: {wording.reader_figures(one)}" for name, one in figures.items())
    return f"{settings.reader_model} answers in time; {known or 'not tried on this edition, so it raises nothing'}"


def _outbox(hub: Hub) -> str:
    dead = hub.records.outbox.dead()
    if dead:
        keys = ", ".join(letter.key for letter in dead[:5])
        raise RecordsError(
            f"{len(dead)} messages were given up ({keys}): {dead[0].trouble} "
            f"Try again with: prevention-hub requests resend {dead[0].key}, or with --all"
        )
    return f"{hub.records.outbox.counts().get('waiting', 0)} messages waiting, none given up"


def _platform(platform: Platform, hub: Hub, *, post: bool) -> Finding:
    """One platform: what was found good, what is wrong, or how it is turned on."""
    if not platform.is_on(hub.settings):
        good, remedy = platform.missing(hub.settings)
        return Finding(platform.title, good, "off", remedy)
    return _finding(platform.title, lambda hub: platform.check(hub, post), hub)


def _tokens(hub: Hub) -> str:
    """Platforms that do not take our token: everything for them waits, and goes by itself when they do."""
    stopped = hub.records.outbox.stopped()
    if stopped:
        named = "; ".join(f"{title_of(name)}: {why}" for name, why in stopped.items())
        raise Refused(f"Nothing is delivered there, and everything is kept ({named}). Renew the token in the settings.")
    return "taken, as far as something was delivered"


def _one_person(hub: Hub) -> str:
    if not hub.one_person.on:
        return "off: an account of each platform is a person of its own"
    counts = hub.records.bindings.counts()
    told = f"{counts['accounts']} accounts are {counts['people']} people"
    if not counts["refused"]:
        return told
    return (
        f"{told}; {counts['refused']} accounts were joined with nobody, because another account of their platform has "
        "the address: person.join_refused in the record names them"
    )


def _local(hub: Hub) -> str:
    file = hub.settings.local_file
    facts = {name for document in hub.library.edition().documents.values() for name in document.local_fill}
    unset = {name for document in hub.library.edition().documents.values() for name in document.unset}
    there = str(file) if hub.local.source else f"{file} is not there"
    return f"{there}; {len(facts) - len(facts & unset)} of {len(facts)} local facts set"


def _force(hub: Hub) -> list[Finding]:
    """What a force still has to fill in; good to know, not broken."""
    remedy = "" if hub.targets.hours.are_set else 'Set PREVENTION_HUB_HUB_HOURS="Mon-Fri 08:00-18:00", or "always".'
    return [Finding("hub hours", True, _hours(hub, datetime.now(UTC)), remedy), *_contacts(hub)]


def _hours(hub: Hub, now: datetime) -> str:
    """The hub's hours as they were read, and what follows from them."""
    targets, settings = hub.targets, hub.settings
    hours = targets.hours
    aims = "; ".join(
        f"{what} within {wording.hours_in_words(aim)}" if aim else f"no time to {what} in"
        for what, aim in (("take", targets.claim), ("reply", targets.reply))
    )
    if not hours.are_set:
        return f"not set, so every hour counts, and officers are told of elapsed hours; {aims}"
    opening = hours.next_opening(now)
    then = f"open again {opening.astimezone(hours.zone):%a %d %b %H:%M}" if opening else "never open"
    kept = "" if str(hours) == ALWAYS else f", bank holidays of {settings.holidays.strip() or 'none'}"
    return f"{hours} ({settings.timezone}{kept}); {'open now' if hours.is_open(now) else then}; {aims}"


def _contacts(hub: Hub) -> list[Finding]:
    named = (("hub contact", "hub", hub.contacts.hub), ("wellbeing line", "wellbeing", hub.contacts.wellbeing))
    return [
        Finding(what, True, value or "not set", "" if value else f'Add {key} = "…" under [contacts] in the local file.')
        for what, key, value in named
    ]
