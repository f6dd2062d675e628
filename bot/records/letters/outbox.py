"""What is on its way: leased by one worker at a time, settled once, tried again, and never lost."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, case, delete, func, or_, select, update

from bot import wording
from bot.domain.letters import LEASE_SECONDS, LONGEST_WAIT, Letter, LetterKind, Unseen
from bot.domain.messages import Place
from bot.domain.people import By
from bot.domain.record import Json
from bot.records import audit
from bot.records.audit.chain import Entry
from bot.records.engine import Database, insert_new
from bot.records.letters import outgoing
from bot.records.letters.doing import handed_on
from bot.records.letters.outgoing import DEAD, LEASED, PERHAPS, SENT, WAITING, letter_of
from bot.records.office.bindings import accounts_on
from bot.records.tables import INBOX, MARKS, OUTBOX

TERMINAL = "terminal"
"""The platform whose letters are brought within this database."""
FURTHEST = timedelta(seconds=LONGEST_WAIT + LEASE_SECONDS)
"""How far ahead a letter is put off at most."""

_OTHER = OUTBOX.alias("other")
# Only the first that is not settled in each conversation: what is said there keeps its order. Found among what is not
# settled, which is little: to look before each letter would walk past everything its place was ever sent.
_FIRSTS = (
    select(func.min(_OTHER.c.id))
    .where(_OTHER.c.state.in_((WAITING, LEASED)))
    .group_by(_OTHER.c.platform, _OTHER.c.address)
)
_DUE = (
    select(OUTBOX)
    .where(
        OUTBOX.c.state.in_((WAITING, LEASED)),
        or_(
            OUTBOX.c.due_at <= bindparam("now"),
            # never tried, or due later than anything is put off: the clock was set back
            and_(OUTBOX.c.state == WAITING, or_(OUTBOX.c.attempts == 0, OUTBOX.c.due_at > bindparam("furthest"))),
        ),
        OUTBOX.c.id.in_(_FIRSTS),
        # as an expression: by the index on places SQLite would read all that a platform was ever sent
        OUTBOX.c.platform.concat("").in_(bindparam("platforms", expanding=True)),
    )
    .order_by(OUTBOX.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=OUTBOX, skip_locked=True)
)
_LEASE = (
    update(OUTBOX)
    .where(OUTBOX.c.id == bindparam("which"))
    .values(state=LEASED, fence=bindparam("new_fence"), due_at=bindparam("until"))
)
_HELD = (OUTBOX.c.id == bindparam("which"), OUTBOX.c.fence == bindparam("held"), OUTBOX.c.state == LEASED)
_HOLD = update(OUTBOX).where(*_HELD).values(due_at=bindparam("until"))
_SETTLE = (
    update(OUTBOX)
    .where(*_HELD)
    .values(
        state=bindparam("new_state"),
        attempts=bindparam("tried"),
        due_at=bindparam("next"),
        trouble=bindparam("why"),
    )
)
_GET = select(OUTBOX).where(OUTBOX.c.key == bindparam("which"))
_DEAD = select(OUTBOX).where(OUTBOX.c.state == DEAD).order_by(OUTBOX.c.id)
_RESEND = (
    update(OUTBOX)
    .where(OUTBOX.c.key == bindparam("which"), OUTBOX.c.state == DEAD)
    .values(state=WAITING, attempts=0, due_at=bindparam("now"), trouble="")
)
_STOPPED = "stopped:"
_UNMARK = delete(MARKS).where(MARKS.c.name == bindparam("which"))
_PUT_OFF = (
    update(OUTBOX)
    .where(OUTBOX.c.state == WAITING, OUTBOX.c.platform == bindparam("where"), OUTBOX.c.due_at < bindparam("until"))
    # as if it had been tried: what never was is due whatever the clock says
    .values(due_at=bindparam("until"), attempts=case((OUTBOX.c.attempts == 0, 1), else_=OUTBOX.c.attempts))
)
_ALL_STOPPED = select(MARKS.c.name, MARKS.c.value).where(MARKS.c.name.startswith(_STOPPED)).order_by(MARKS.c.name)
_COUNTS = select(OUTBOX.c.state, func.count()).group_by(OUTBOX.c.state)
_TO_TERMINAL = (
    select(OUTBOX)
    .where(
        OUTBOX.c.state.in_((WAITING, LEASED)),
        OUTBOX.c.platform.concat("") == TERMINAL,
        OUTBOX.c.person == bindparam("who"),
    )
    .order_by(OUTBOX.c.id)
    .with_for_update(of=OUTBOX)
)
_UNSEEN = (
    select(INBOX.c.key, INBOX.c.reference, INBOX.c.text)
    .join(OUTBOX, OUTBOX.c.key == INBOX.c.key, isouter=True)
    .where(INBOX.c.person == bindparam("who"), INBOX.c.shown_at.is_(None))
    # as they were sent, and not by the clock, which may have been set back; without a letter: purged, so the oldest
    .order_by(func.coalesce(OUTBOX.c.id, 0), INBOX.c.at)
)
_SEEN = (
    update(INBOX)
    .where(INBOX.c.person == bindparam("who"), INBOX.c.key == bindparam("which"))
    .values(shown_at=bindparam("now"))
)


class OutboxRecords:
    """The outbox and the terminal's inbox; raises RecordsError when they cannot be kept."""

    def __init__(self, database: Database, clock: Callable[[], datetime], boards: Sequence[Place] = ()) -> None:
        self._database = database
        self._now = clock
        self._boards = boards

    def put(self, key: str, kind: LetterKind, place: Place, person: str, reference: str, text: str) -> None:
        """One letter; the same key again sends nothing."""
        with self._database.write() as connection:
            outgoing.send(connection, key[:80], kind, place, person, reference, text, self._now())
            handed_on(connection)

    def tell_boards(self, key: str, text: str, *, reference: str = "") -> None:
        """A line for each of the hub's boards; the same key again sends nothing."""
        with self._database.write() as connection:
            for number, board in enumerate(self._boards, 1):
                kind, name = LetterKind.REMINDER, f"{key}@{number}"
                outgoing.send(connection, name, kind, board, "", reference, text, self._now())

    def lease(self, platforms: Collection[str], limit: int, seconds: float) -> list[Letter]:
        """Take letters to these platforms that are due, oldest first, for so long; nobody else gets them meanwhile.

        A lease that ran out is taken again, with a new fencing token: the old holder can no longer settle it.
        """
        with self._database.write() as connection:
            now = self._now()
            wanted = {"now": now, "furthest": now + FURTHEST, "most": limit, "platforms": sorted(platforms)}
            found = connection.execute(_DUE, wanted).mappings().all()
            own = accounts_on(connection, [(row["platform"], row["person"]) for row in found]) if found else {}
            letters = [
                letter_of({**row, "person": own.get((row["platform"], row["person"]), row["person"])}, row["fence"] + 1)
                for row in found
            ]
            for letter in letters:
                until = now + timedelta(seconds=seconds)
                connection.execute(_LEASE, {"which": letter.id, "new_fence": letter.fence, "until": until})
        return letters

    def hold(self, letter: Letter, seconds: float) -> bool:
        """Begin the lease of a letter anew; False where it is no longer ours."""
        with self._database.write() as connection:
            until = self._now() + timedelta(seconds=seconds)
            return bool(connection.execute(_HOLD, {"which": letter.id, "held": letter.fence, "until": until}).rowcount)

    def sent(self, letter: Letter) -> bool:
        """Settle a letter that arrived; False where the lease is no longer ours."""
        return self._settle(letter, SENT, letter.attempts + 1, self._now(), "")

    def failed(self, letter: Letter, why: str, *, wait: float | None, counts: bool = True) -> bool:
        """Put a letter back for another try after `wait` seconds, or away as dead (None); False as for `sent`.

        A try that does not `count` was no fault of the letter's.
        """
        state = DEAD if wait is None else WAITING
        tried = letter.attempts + 1 if counts else max(letter.attempts, 1)
        why = f"{PERHAPS}{why}" if letter.again and why else why
        # from now on, not from when the round began: a platform that asks for a minute gets a minute
        return self._settle(letter, state, tried, self._now() + timedelta(seconds=wait or 0.0), why or letter.trouble)

    def stop(self, platform: str, why: str, seconds: float) -> None:
        """Keep that a platform does not take our token, until a letter arrives there: `readyz` and `doctor` say so.

        What waits for it is put off for so long: one letter asked for all of them, whoever would send the others.
        """
        with self._database.write() as connection:
            connection.execute(_UNMARK, {"which": f"{_STOPPED}{platform}"})
            insert_new(connection, MARKS, {"name": f"{_STOPPED}{platform}", "value": why})  # another may be as quick
            connection.execute(_PUT_OFF, {"where": platform, "until": self._now() + timedelta(seconds=seconds)})

    def stopped(self) -> Mapping[str, str]:
        """Platforms that do not take our token, each with what they said."""
        with self._database.read() as connection:
            return {name.removeprefix(_STOPPED): why for name, why in connection.execute(_ALL_STOPPED)}

    def _settle(self, letter: Letter, state: str, tried: int, due: datetime, why: str) -> bool:
        with self._database.write() as connection:
            return self._settle_in(connection, letter, state, tried, due, why)

    def _settle_in(
        self, connection: Connection, letter: Letter, state: str, tried: int, due: datetime, why: str
    ) -> bool:
        wanted = {"which": letter.id, "held": letter.fence, "new_state": state, "tried": tried, "next": due, "why": why}
        if not connection.execute(_SETTLE, wanted).rowcount:
            return False
        if state == SENT:
            connection.execute(_UNMARK, {"which": f"{_STOPPED}{letter.platform}"})
        if state == DEAD:
            self._tell_of_dead(connection, letter, why)
        if state != WAITING:
            detail: dict[str, Json] = {"key": letter.key, "platform": letter.platform, "attempts": tried}
            audit.append(connection, [Entry(self._now(), "worker", f"letter.{state}", letter.reference, detail)])
        return True

    def _tell_of_dead(self, connection: Connection, letter: Letter, why: str) -> None:
        """The hub hears of what will not arrive unless somebody sees to it; not of its own channel's letters."""
        if letter.kind in (LetterKind.CARD, LetterKind.REMINDER):
            return
        line = wording.NOT_ARRIVED.format(reference=letter.reference or wording.AN_ANSWER, why=why)
        for number, board in enumerate(self._boards, 1):
            name, now = f"dead:{letter.id}:{letter.fence}@{number}", self._now()
            outgoing.send(connection, name, LetterKind.REMINDER, board, "", letter.reference, line, now)

    def dead(self) -> list[Letter]:
        """Letters that were given up, oldest first."""
        with self._database.read() as connection:
            return [letter_of(dict(row), row["fence"]) for row in connection.execute(_DEAD).mappings()]

    def resend(self, key: str, by: By) -> bool:
        """Try a dead letter again; False where there is none with this key."""
        with self._database.write() as connection:
            if not connection.execute(_RESEND, {"which": key, "now": self._now()}).rowcount:
                return False
            audit.append(connection, [Entry(self._now(), by, "letter.resent", key, {})])
            return True

    def resend_all(self, by: str) -> int:
        """Try every dead letter again; how many."""
        return sum(self.resend(letter.key, by) for letter in self.dead())

    def counts(self) -> Mapping[str, int]:
        """How many letters are in which state."""
        with self._database.read() as connection:
            return {row[0]: row[1] for row in connection.execute(_COUNTS)}

    def letter(self, key: str) -> Letter | None:
        """The letter with this key, as it was put; None where it was purged."""
        with self._database.read() as connection:
            row = connection.execute(_GET, {"which": key}).mappings().one_or_none()
        return replace(letter_of(dict(row), row["fence"]), again=False) if row else None

    def put_in_inbox(self, letter: Letter) -> None:
        """Bring a letter to the terminal; the same one again changes nothing."""
        with self._database.write() as connection:
            _into_inbox(connection, letter, self._now())

    def fetch(self, person: str) -> None:
        """Bring whatever is under way to a person's terminal, also what somebody else has leased: they are here now.

        Whoever holds such a letter can no longer settle it, and brings nothing twice: an inbox takes a key once.
        """
        with self._database.write() as connection:
            for row in connection.execute(_TO_TERMINAL, {"who": person}).mappings().all():
                letter = letter_of({**row}, row["fence"] + 1)
                _into_inbox(connection, letter, self._now())
                until = self._now()
                connection.execute(_LEASE, {"which": letter.id, "new_fence": letter.fence, "until": until})
                self._settle_in(connection, letter, SENT, letter.attempts + 1, until, "")

    def unseen(self, person: str) -> list[Unseen]:
        """What a person has not seen yet, oldest first; it stays unseen until `seen` says otherwise."""
        with self._database.read() as connection:
            return _unseen(connection, person)

    def seen(self, person: str, keys: Sequence[str]) -> None:
        """These were shown to a person."""
        with self._database.write() as connection:
            for key in keys:
                connection.execute(_SEEN, {"who": person, "which": key, "now": self._now()})

    def take_from_inbox(self, person: str) -> list[tuple[str, str]]:
        """Reference and text of what a person has not seen yet; seen from now on, in one transaction."""
        with self._database.write() as connection:
            found = _unseen(connection, person)
            for one in found:
                connection.execute(_SEEN, {"who": person, "which": one.key, "now": self._now()})
            return [(one.reference, one.text) for one in found]


def _into_inbox(connection: Connection, letter: Letter, now: datetime) -> None:
    row = {"key": letter.key, "person": letter.person, "reference": letter.reference, "text": letter.text}
    insert_new(connection, INBOX, {**row, "at": now})


def _unseen(connection: Connection, person: str) -> list[Unseen]:
    rows = connection.execute(_UNSEEN, {"who": person}).mappings()
    return [Unseen(row["key"], row["reference"], row["text"]) for row in rows]
