"""Improvement projects in the hub database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select, update

from bot.domain.improvement import (
    Better,
    Claim,
    Measure,
    Project,
    ProjectError,
    ProjectState,
    Stage,
    Tried,
    Value,
    ValueSource,
    no_such_project,
    project_number,
)
from bot.domain.people import By, account_of, name_of
from bot.domain.proposals import Second, second_person
from bot.domain.record import Json
from bot.domain.requests import parse_reference, reference_of
from bot.records import audit
from bot.records.audit.chain import Entry
from bot.records.audit.said import text_digest
from bot.records.engine import Database
from bot.records.tables import PROJECT_TRIED, PROJECT_VALUES, PROJECTS

_ONE = select(PROJECTS).where(PROJECTS.c.number == bindparam("which"))
_LOCKED = _ONE.with_for_update()
_ALL = select(PROJECTS).order_by(PROJECTS.c.number)
_OF_REQUEST = select(PROJECTS.c.number).where(PROJECTS.c.request_number == bindparam("request"))
_ADD = insert(PROJECTS)
_VALUES = (
    select(PROJECT_VALUES.c.day, PROJECT_VALUES.c.value, PROJECT_VALUES.c.source)
    .where(PROJECT_VALUES.c.project == bindparam("which"))
    .order_by(PROJECT_VALUES.c.day)
)
_TRIED = (
    select(PROJECT_TRIED.c.day, PROJECT_TRIED.c.what, PROJECT_TRIED.c.recalculates)
    .where(PROJECT_TRIED.c.project == bindparam("which"))
    .order_by(PROJECT_TRIED.c.day, PROJECT_TRIED.c.id)
)
_DROP_DAYS = delete(PROJECT_VALUES).where(
    PROJECT_VALUES.c.project == bindparam("which"), PROJECT_VALUES.c.day.in_(bindparam("days", expanding=True))
)
_ADD_VALUES, _ADD_TRIED = insert(PROJECT_VALUES), insert(PROJECT_TRIED)
_CHUNK = 400
Changed = Mapping[str, Any]


class ProjectRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def add(self, project: Project, by: By) -> Project:
        """Keep a new project; ProjectError where its request has one already."""
        request = parse_reference(project.request) if project.request else None
        row = {
            "title": project.title,
            "problem": project.problem,
            "owner": project.owner,
            "partners": project.partners,
            "stage": project.stage.value,
            "measure": {**asdict(project.measure), "better": project.measure.better.value},
            "baseline": project.baseline,
            "notes": dict(project.notes),
            "request_number": request,
            "state": ProjectState.WORKING.value,
            "at": self._now(),
        }
        with self._database.write() as connection:
            audit.lock(connection)  # of two who open a project for one request at once, one finds the other's
            found = connection.scalar(_OF_REQUEST, {"request": request}) if request else None
            if found is not None:
                raise ProjectError(f"{project.request} has a project already: IP-{found:04d}.")
            key = connection.execute(_ADD, row).inserted_primary_key
            number = int(key[0]) if key else 0
            return self._kept(connection, number, by, "opened", {"request": project.request or None})

    def get(self, reference: str) -> Project | None:
        """A project with its values and what was tried."""
        with self._database.read() as connection:
            return _whole(connection, project_number(reference))

    def all(self) -> list[Project]:
        """Every project with its values, the oldest first."""
        with self._database.read() as connection:
            found = list(connection.execute(_ALL).mappings())
            return [_project(row, *_series(connection, row["number"])) for row in found]

    def change(self, reference: str, by: By, what: str, values: Changed) -> Project:
        """Change what a project says of itself; what had been proposed must be proposed again."""
        with self._database.write() as connection:
            number = self._locked(connection, reference)
            self._touch(connection, number, values)
            detail: dict[str, Json] = {name: text_digest(str(value)) for name, value in values.items()}
            return self._kept(connection, number, by, what, detail)

    def measure(self, reference: str, by: By, values: Sequence[Value]) -> Project:
        """Keep dated values, in the place of earlier ones of the same days."""
        with self._database.write() as connection:
            number = self._locked(connection, reference)
            for some in (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK)):
                connection.execute(_DROP_DAYS, {"which": number, "days": [one.day for one in some]})
                rows = [
                    {"project": number, "day": one.day, "value": one.value, "source": one.source.value} for one in some
                ]
                connection.execute(_ADD_VALUES, rows)
            self._touch(connection, number, {})
            told = text_digest(*(f"{one.day} {one.value!r}" for one in values))
            return self._kept(connection, number, by, "measured", {"values": len(values), "digest": told})

    def try_out(self, reference: str, by: By, tried: Tried) -> Project:
        """Keep what was tried, and from when."""
        with self._database.write() as connection:
            number = self._locked(connection, reference)
            connection.execute(_ADD_TRIED, {"project": number, **asdict(tried)})
            self._touch(connection, number, {})
            detail: dict[str, Json] = {"day": tried.day.isoformat(), "recalculates": tried.recalculates}
            return self._kept(connection, number, by, "tried", detail)

    def propose(self, reference: str, by: By, text: str) -> Project:
        """Keep the text that a second person is to approve, in the place of an earlier proposal."""
        with self._database.write() as connection:
            number = self._locked(connection, reference)
            values = {
                "state": ProjectState.PROPOSED.value,
                "text": text,
                "proposed_by": name_of(by),
                "proposed_account": account_of(by),
                "approved_by": None,
                "published_at": None,
            }
            connection.execute(update(PROJECTS).where(PROJECTS.c.number == number).values(**values))
            return self._kept(connection, number, by, "proposed", {"text": text_digest(text)})

    def publish(self, reference: str, second: Second) -> Project:
        """Approve a proposal. ProjectError where there is none, or where the same person made it."""
        with self._database.write() as connection:
            number = self._locked(connection, reference)
            row = connection.execute(_ONE, {"which": number}).mappings().one()
            if row["state"] != ProjectState.PROPOSED.value:
                raise ProjectError(f"{reference} has nothing that is proposed.")
            refusal = second_person(row["proposed_by"], row["proposed_account"], second)
            if refusal:
                raise ProjectError(refusal)
            values = {
                "state": ProjectState.PUBLISHED.value,
                "approved_by": second.actor.name,
                "published_at": self._now(),
            }
            connection.execute(update(PROJECTS).where(PROJECTS.c.number == number).values(**values))
            return self._kept(connection, number, second.actor, "published", {"text": text_digest(row["text"])})

    def withdraw(self, reference: str, by: By) -> Project:
        """Take back what was told. ProjectError where nothing was."""
        with self._database.write() as connection:
            number = self._locked(connection, reference)
            state = connection.scalar(select(PROJECTS.c.state).where(PROJECTS.c.number == number))
            if state != ProjectState.PUBLISHED.value:
                raise ProjectError(f"{reference} is not published, so there is nothing to take back.")
            values = {"state": ProjectState.WITHDRAWN.value}
            connection.execute(update(PROJECTS).where(PROJECTS.c.number == number).values(**values))
            return self._kept(connection, number, by, "withdrawn", {})

    def _locked(self, connection: Connection, reference: str) -> int:
        row = connection.execute(_LOCKED, {"which": project_number(reference)}).mappings().one_or_none()
        if row is None:
            raise no_such_project(reference)
        return int(row["number"])

    def _touch(self, connection: Connection, number: int, values: Changed) -> None:
        """New values; a proposal that was made of the old ones is none any more, what is published stays."""
        row = connection.execute(_ONE, {"which": number}).mappings().one()
        undone = {"state": ProjectState.WORKING.value, "text": ""} if row["state"] == "proposed" else {}
        new = {**values, **undone, "at": self._now()}
        connection.execute(update(PROJECTS).where(PROJECTS.c.number == number).values(**new))

    def _kept(self, connection: Connection, number: int, by: By, what: str, detail: dict[str, Json]) -> Project:
        found = _whole(connection, number)
        assert found is not None  # noqa: S101 it was written in this transaction
        audit.append(connection, [Entry(self._now(), by, f"project.{what}", found.reference, detail)])
        return found


def _whole(connection: Connection, number: int) -> Project | None:
    row = connection.execute(_ONE, {"which": number}).mappings().one_or_none()
    return _project(row, *_series(connection, number)) if row else None


def _series(connection: Connection, number: int) -> tuple[Iterable[Value], Iterable[Tried]]:
    values = [Value(day, value, ValueSource(source)) for day, value, source in _rows(connection, _VALUES, number)]
    tried = [Tried(day, what, bool(anew)) for day, what, anew in _rows(connection, _TRIED, number)]
    return values, tried


def _rows(connection: Connection, statement: Any, number: int) -> Iterable[Any]:
    return connection.execute(statement, {"which": number}).all()


def _project(row: RowMapping, values: Iterable[Value], tried: Iterable[Tried]) -> Project:
    measure = dict(row["measure"])
    return Project(
        number=row["number"],
        title=row["title"],
        problem=row["problem"],
        owner=row["owner"],
        partners=row["partners"],
        stage=Stage(row["stage"]),
        measure=Measure(**{**measure, "better": Better(measure["better"])}),
        baseline=row["baseline"],
        notes=row["notes"],
        request=reference_of(row["request_number"]) if row["request_number"] else "",
        claim=Claim.read(row["claim"]) if row["claim"] else None,
        state=ProjectState(row["state"]),
        proposed_by=row["proposed_by"],
        approved_by=row["approved_by"] or "",
        text=row["text"],
        published_at=row["published_at"],
        at=row["at"],
        values=tuple(values),
        tried=tuple(tried),
    )
