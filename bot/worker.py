"""What has to be done without anybody asking: run what is due, and say what was done."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from weakref import WeakKeyDictionary

from bot import wording
from bot.app import Hub
from bot.domain import proposals
from bot.domain.refusals import RecordsError, Refused
from bot.insight.showing.month import digest_lines
from bot.platforms import couriers_of
from bot.programme.digest import Week, changes_in, compose
from bot.queue.delivery import Rounds
from bot.queue.learning import advice, lessons
from bot.queue.learning.advice import write_files
from bot.queue.seen import WORKER, note
from indexer.sources import SourceMissing
from indexer.sources.graph import FOLDER as GRAPH
from indexer.sources.graph import libraries, library_of, read_state
from indexer.sources.mirrored import standing_of
from indexer.sources.schedule import sign_of
from indexer.sources.web import FOLDER as WEB
from indexer.sources.web import sites
from knowledge.encoder import EncoderError
from knowledge.manifest import LibraryError
from knowledge.store.hold import Hold

PATIENCE = 20.0
"""Seconds that a turn waits for the next letter to arrive, before it leaves a slow platform to itself."""
PREFIXES = (proposals.ADVICE_PREFIX, proposals.LESSON_PREFIX)
log = logging.getLogger(__name__)


def run_due(hub: Hub, today: date) -> Iterator[str]:
    """Do everything that is due, one job after the other; a sentence for each thing done.

    A job that fails is logged with its remedy, and the others go on.
    """
    for job in (
        be_seen,
        take_shared,
        look_at_sites,
        look_at_libraries,
        look_at_folders,
        deliver,
        publish_advice,
        look_again,
        log_unresolved,
        remind,
        hand_over_shift,
        prepare_digest,
        tidy,
        deliver,
    ):
        try:
            yield from job(hub, today)
        except (RecordsError, LibraryError, EncoderError, Refused) as error:
            log.error("A job of the worker failed and is tried again next time: %s", error)
        except Exception:  # one job's mistake must not end the others: what it was stands in the log
            log.exception("A job of the worker failed unexpectedly and is tried again next time: %s", job.__name__)


def be_seen(hub: Hub, today: date) -> Iterator[str]:
    """So that `doctor` can tell whether the worker runs."""
    note(hub.records.late, WORKER, datetime.now(UTC))
    yield from ()


def take_shared(hub: Hub, today: date) -> Iterator[str]:
    """The edition that another machine published."""
    pulled = hub.publishing.take_shared()
    if pulled is not None:
        yield f"Took edition {pulled.edition} from the shared library ({pulled.fetched} bytes; {pulled.had} were here)."


def look_at_sites(hub: Hub, today: date) -> Iterator[str]:
    """What the web sites of the list have now, each by its own schedule; the next build reads it."""
    for site in sites(hub.settings.data.absolute() / WEB):
        if not site.is_due(datetime.now(UTC), hub.publishing.sources.every(site.folder)):
            continue
        done = site.mirror()
        for trouble in done.troubles:
            log.error("A page of a site is kept as it was: %s", trouble)
        if done.fetched or done.gone:
            changes = f"{done.fetched} pages are new or changed, {len(done.gone)} are gone"
            yield f"{site.address}: {changes}. Build to publish."


def look_at_libraries(hub: Hub, today: date) -> Iterator[str]:
    """What the document libraries of the list have now, each by its own schedule; the next build reads it."""
    if hub.graph is None:  # doctor tells of libraries that nobody can look at
        return
    for folder in libraries(hub.settings.data.absolute() / GRAPH, hub.publishing.named()):
        if not read_state(folder):  # doctor tells of it, and the others go on
            continue
        drive = library_of(folder, hub.graph, hub.publishing.sources.groups(folder))
        if not drive.is_due(datetime.now(UTC), hub.publishing.sources.every(drive.folder)):
            continue
        done = drive.mirror()
        for trouble in done.troubles:
            log.error("A document library is kept as it was: %s", trouble)
        if done.changes:
            yield f"{drive.name}: {done.changes}. Build to publish."


def look_at_folders(hub: Hub, today: date) -> Iterator[str]:
    """Whether the folders and files of the list are there, and are as they were, each by its own schedule."""
    sources, now = hub.publishing.sources, datetime.now(UTC)
    for path in hub.publishing.named():
        if standing_of(path)["address"] or not sources.looks.is_due(str(path), sources.every(path), now):
            continue
        try:
            found = sources.source(path).look()
        except SourceMissing as error:
            sources.looks.keep(str(path), now, trouble=str(error))
            log.error("A source cannot be read, and its documents are kept as they were: %s", error)
            continue
        if sources.looks.keep(str(path), now, sign=sign_of(found)):
            yield f"{path}: it is not as it was. Build to publish."


def deliver(hub: Hub, today: date) -> Iterator[str]:
    """Everything in the outbox that is due."""
    arrived, failed = _rounds(hub).run()
    if arrived or failed:
        yield f"Delivered {arrived} messages; {failed} did not get through."


_ROUNDS: WeakKeyDictionary[Hub, Rounds] = WeakKeyDictionary()


def _rounds(hub: Hub) -> Rounds:
    """The same in every turn: its couriers keep their connections, and it knows what it owes."""
    if hub not in _ROUNDS:
        couriers = couriers_of(hub)
        _ROUNDS[hub] = Rounds(hub.records.outbox, couriers, patience=PATIENCE)
        hub.closes.insert(0, _ROUNDS[hub].close)  # before its couriers
    return _ROUNDS[hub]


def publish_advice(hub: Hub, today: date) -> Iterator[str]:
    """An edition with approved advice and lessons, and without what was withdrawn; not while a rollback holds."""
    folder = hub.settings.data / "advice"
    write_files(folder, PREFIXES, {**advice.files(hub.records.advice.all()), **lessons.files(hub.lessons.all())})
    # compared with what is served, not with what was just written: a build that failed is tried again
    files = [file for prefix in PREFIXES for file in folder.glob(f"{prefix}*.md")]
    wanted = {file.stem: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    served = {s.document: s.digest for s in hub.library.manifest().sources if s.document.startswith(PREFIXES)}
    changed = sorted(name for name in wanted.keys() | served.keys() if wanted.get(name) != served.get(name))
    hold = hub.library.hold
    if hold is not None:
        yield _held(hub, hold, changed)
    elif changed and hub.records.late.mark("advice") != _tried(wanted, hub.library.current_number()):
        built = hub.publishing.build(hub.publishing.builder(), by_itself=True)
        # what an edition could not take is named once, and not built again every few seconds
        hub.records.late.set_mark("advice", _tried(wanted, built.manifest.edition))
        yield f"Edition {built.manifest.edition} published with {', '.join(changed)}."
        yield from (f"Warning: {trouble}" for trouble in built.troubles)
        refused = [source for source in built.manifest.refused if Path(source.path).parent == folder.absolute()]
        yield from (f"Warning: {source.path}: {source.refused}" for source in refused)


def _tried(wanted: Mapping[str, str], edition: int | None) -> str:
    """That these files were offered to this edition."""
    files = "\0".join(f"{name} {digest}" for name, digest in sorted(wanted.items()))
    return f"{hashlib.sha256(files.encode()).hexdigest()[:16]} {edition}"


def _held(hub: Hub, hold: Hold, waiting: Sequence[str]) -> str:
    """That nothing is published, and what waits for it; the boards are told once of each that waits."""
    waits = wording.HOLD_WAITS.format(names=", ".join(waiting)) if waiting else wording.HOLD_NOTHING_WAITS
    if waiting:
        line = wording.HOLD_BOARD.format(hold=hold.in_words, names=", ".join(waiting))
        told = hashlib.sha256("\0".join([hold.at.isoformat(), *waiting]).encode()).hexdigest()[:12]
        hub.records.outbox.tell_boards(f"held:{told}", line)
    return wording.HOLD_GOES_ON.format(hold=hold.in_words, waits=waits)


def look_again(hub: Hub, today: date) -> Iterator[str]:
    """After a new edition: what it answers that could not be answered, and what does not stand any more."""
    edition, now = hub.library.edition(), datetime.now(UTC)
    seen = f"{edition.number} {today.isoformat()}"
    late = hub.records.late
    if late.mark("looked") == seen:
        return
    new = hub.late.look(edition.number)
    recalls = {one.name for one in hub.recalls.look(edition, now)}
    fresh = recalls - set(late.mark("recalls").split())
    late.set_mark("recalls", " ".join(sorted(recalls)))
    late.set_mark("looked", seen)
    told = [wording.late_board(new)] if new else []
    told += [wording.recall_board(len(fresh))] if fresh else []
    for number, line in enumerate(told):
        hub.records.outbox.tell_boards(f"looked:{seen}:{number}", line)
        yield line


def log_unresolved(hub: Hub, today: date) -> Iterator[str]:
    """Questions to which sections were offered, and nobody chose one."""
    count = hub.unresolved.log()
    if count:
        yield wording.unresolved_logged(count)


def remind(hub: Hub, today: date) -> Iterator[str]:
    """Of requests that wait for too long."""
    yield from hub.reminders.send()


def hand_over_shift(hub: Hub, today: date) -> Iterator[str]:
    """The handover digest for the hub's boards, once after each day on which the hub was open."""
    text = hub.shifts.tell()
    if text:
        yield text


def tidy(hub: Hub, today: date) -> Iterator[str]:
    """Forget the keys of what no platform sends again."""
    hub.records.inbound.forget_old()
    hub.records.saved.forget_old()
    yield from ()


def _shown(hub: Hub, week: Week) -> list[tuple[str, list[str]]]:
    """What the figures and projects of a week show; gaps are left out where they cannot be grouped."""
    try:
        gaps = hub.gaps.all()
    except EncoderError as error:
        log.error("Gaps could not be grouped: %s", error)
        gaps = []
    return digest_lines(hub.insight, week.monday, hub.projects.all(), gaps)


def prepare_digest(hub: Hub, today: date) -> Iterator[str]:
    """The digest of the week that is over, once; only posts are news to it, not earlier digests."""
    week = Week.before(today)
    if hub.records.digests.get(week.name) is not None:
        return
    documents = [one for one in hub.library.edition().documents.values() if not one.audience]
    outcomes = hub.records.digests.outcomes(week.monday, week.sunday)
    text = compose(week, hub.news.posts(), changes_in(hub.library, week), documents, outcomes, _shown(hub, week))
    if hub.records.digests.prepare(week.name, text):
        yield f"Digest for {week.name} prepared. Approve it with: prevention-hub news approve {week.name}"
