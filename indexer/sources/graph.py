"""A document library of SharePoint or OneDrive as a folder: its files are mirrored, which is a source like any other.

Microsoft Graph is asked what has changed since the last time; only that is fetched, and what was moved, renamed or
deleted there is here too. A file that cannot be had now keeps what it said, and so does everything when the library is
away. Who may read a file is asked every time, because Graph does not tell of it when that changes: what is not for the
whole organisation is for the audiences that its groups are mapped to; where there is none, it is left out, and named.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from indexer.sources.folder import absolute
from indexer.sources.graph_asking import Account, Asking, Away, rows_of
from indexer.sources.graph_groups import audience_for
from indexer.sources.graph_items import Item, Tree, is_for_everybody
from indexer.sources.graph_mirror import Held, Mirror
from indexer.sources.reaching import Gone, NotReached
from knowledge.manifest import LibraryError
from knowledge.store.folder import replace_text

FOLDER = "graph"
STATE = ".drive.json"
MOST_FILES = 20_000
MOST_PAGES = 10_000
"""Pages of changes that are read at most: a list that never ends must not hold up everything."""
EVERY = timedelta(days=1)
WHOLE_EVERY = timedelta(days=7)
"""How often the whole drive is gone through: Graph does not tell of everything that comes back out of the bin."""


class DriveRefused(LibraryError):
    """A document library cannot be a source; the message is one sentence with the remedy."""


@dataclass(slots=True)
class Round:
    """What one round of a document library brought. Files are named by where they stand in it."""

    fetched: int = 0
    unchanged: int = 0
    moved: int = 0
    gone: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """Files that only some people may read, of whom no group is mapped to an audience."""
    for_some: list[str] = field(default_factory=list)
    """Files that are for audiences, each with which."""
    regrouped: int = 0
    """Files that were here, and that are for other audiences now, or for everybody."""
    passed_over: list[str] = field(default_factory=list)
    """Files that are not read, each with why."""
    troubles: list[str] = field(default_factory=list)
    """What could not be had, each with why; what it said before is kept."""
    closed: int = 0
    """Files that were here, and that only some people may read now."""

    @property
    def changes(self) -> str:
        """What is another in the mirror now; empty where nothing is."""
        if not (self.fetched or self.moved or self.gone or self.closed or self.regrouped):
            return ""
        closed = f", {self.closed} are for some people only by now" if self.closed else ""
        closed += f", {self.regrouped} are for other readers" if self.regrouped else ""
        return f"{self.fetched} files are new or changed, {self.moved} moved, {len(self.gone)} gone{closed}"


@dataclass(slots=True)
class Drive:
    """A document library and its mirror. `folder` need not exist."""

    id: str
    folder: Path
    account: Account
    address: str = ""
    """Where people see it."""
    sleep: Callable[[float], None] = time.sleep
    groups: Mapping[str, str] = field(default_factory=dict)
    """Group to audience, as `groups_of` reads them."""
    _state: dict[str, Any] = field(default_factory=dict)

    def mirror(self) -> Round:
        """Bring the mirror up to date.

        Raises:
            DriveRefused: it cannot be had, and nothing of it is here yet; or nothing can be written here.
        """
        try:
            return self._round()
        except OSError as error:
            why = f"{self.folder} cannot be written ({error.strerror})"
            raise DriveRefused(f"{why}. Check its rights, and the space on its disk.") from error

    def _round(self) -> Round:
        self._state = read_state(self.folder)
        mirror = Mirror(self.folder, {name: Held(**one) for name, one in self._state.get("held", {}).items()})
        done = Round()
        with Asking(self.account, self.sleep) as asking:
            try:
                tree = self._changes(asking)
            except (NotReached, Gone) as error:
                why = "there is none with this id, or the app may not read it" if isinstance(error, Gone) else error
                if not self._state:
                    raise DriveRefused(f"{self.name} cannot be had: {why}. Mend that, or try later.") from error
                done.troubles.append(f"{self.name}: {why}; everything is kept as it was")
            else:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._bring(asking, tree, mirror, done)
                self._state["left_out"] = done.left_out[:500]
        self._state["held"] = {name: asdict(one) for name, one in mirror.held.items()}
        self._keep(done)
        return done

    @property
    def name(self) -> str:
        """What it is called in what is said of it."""
        return self.address or f"graph:{self.id}"

    def is_due(self, now: datetime, time: timedelta = EVERY) -> bool:
        """Whether the last round is that long ago."""
        return _is_ago(read_state(self.folder).get("tried"), time, now)

    def _changes(self, asking: Asking) -> Tree:
        """The drive's items with what has changed; all of them anew where Graph does not know any more what has."""
        link = str(self._state.get("delta", ""))
        if link and asking.is_ours(link) and not _is_ago(self._state.get("whole"), WHOLE_EVERY, datetime.now(UTC)):
            known = {name: Item(**one) for name, one in self._state.get("items", {}).items()}
            try:
                return self._read(asking, link, Tree(known))
            except Gone as error:
                if error.status != 410:
                    raise
            except NotReached as error:
                if error.status != 400:  # how a token is refused that Graph cannot read any more
                    raise
        tree = self._read(asking, f"/drives/{quote(self.id, safe='!')}/root/delta", Tree())
        self._state["whole"] = _now()
        return tree

    def _read(self, asking: Asking, where: str, tree: Tree) -> Tree:
        """Every page from an address on; nothing is kept before the last one is read."""
        for _ in range(MOST_PAGES):
            page = asking.get(where)
            for raw in rows_of(page):
                tree.take(raw)
            if page.get("@odata.deltaLink"):
                tree.prune()
                self._state["delta"] = str(page["@odata.deltaLink"])
                self._state["items"] = tree.items
                return tree
            where = str(page.get("@odata.nextLink") or "")
            if not where:
                break
        raise NotReached("Graph's list of changes has no end")

    def _bring(self, asking: Asking, tree: Tree, mirror: Mirror, done: Round) -> None:
        """What is in the tree into the mirror, and out of it what is not."""
        for name in sorted(mirror.held.keys() - tree.items.keys()):
            done.gone.append(mirror.held[name].path)
            mirror.drop(name)
        files = tree.files()
        for path, name, item in files[:MOST_FILES]:
            if item.why_not:
                done.passed_over.append(f"{path}: {item.why_not}")
                mirror.drop(name)
                continue
            try:
                self._one(asking, tree, mirror, (path, name), done)
            except Away as error:
                done.troubles.append(f"{self.name}: {error}; the files that were not come to are kept as they were")
                break
            except (NotReached, Gone) as error:
                done.troubles.append(f"{path}: {error}")
            except OSError as error:
                done.troubles.append(f"{path}: it cannot be written here ({error.strerror})")
        if len(files) > MOST_FILES:
            done.troubles.append(f"{self.name}: more than {MOST_FILES} files, the rest is not read")
        mirror.sweep(whole=not done.troubles)

    def _one(self, asking: Asking, tree: Tree, mirror: Mirror, which: tuple[str, str], done: Round) -> None:
        """One file: who may read it, where it stands now, and what it says. May raise NotReached, Gone."""
        path, name = which
        held, at = mirror.held.get(name), f"/drives/{quote(self.id, safe='!')}/items/{quote(name, safe='!')}"
        audience = self._audience(asking.rows(f"{at}/permissions"), datetime.now(UTC))
        if audience is None:
            done.left_out.append(path)
            done.closed += mirror.close(name)
            return
        if held is not None and held.path != path and name not in tree.told:
            tree.take({**asking.get(at), "id": name})  # a folder above it was moved: its address is another
        item = tree.items[name]
        done.for_some += [f"{path}: {audience}"] if audience else []
        if item.is_too_large:
            done.passed_over.append(f"{path}: {item.is_too_large}")
        elif held is None or not mirror.has(name, item):
            mirror.write(name, item, path, asking.content(f"{at}/content"), audience)
            done.fetched += 1
        elif not mirror.says(name, audience):
            mirror.write(name, item, path, None, audience)
            done.regrouped += 1
        elif (held.path, held.link) != (path, item.link):
            mirror.write(name, item, path, None, audience)
            done.moved += 1
        else:
            done.unchanged += 1

    def _audience(self, permissions: list[dict[str, Any]], now: datetime) -> str | None:
        """Whom an item is for, empty for everybody; none where it is for people who belong to no audience of ours."""
        if is_for_everybody(permissions, now):
            return ""
        return audience_for(permissions, self.groups, now) or None

    def _keep(self, done: Round) -> None:
        self._state |= {"drive": self.id, "address": self.address, "tried": _now(), "troubles": done.troubles[:50]}
        if not done.troubles:
            self._state["succeeded"] = self._state["tried"]
        items = self._state.get("items", {})
        plain = {name: asdict(one) if isinstance(one, Item) else one for name, one in items.items()}
        replace_text(self.folder / STATE, json.dumps({**self._state, "items": plain}, indent=1) + "\n")


def libraries(graph: Path, named: Iterable[Path]) -> list[Path]:
    """The mirrors below a folder that are among the sources: what was taken out of the list is not asked for."""
    listed = {absolute(path) for path in named}
    return [state.parent for state in sorted(graph.glob(f"*/{STATE}")) if absolute(state.parent) in listed]


def library_of(folder: Path, account: Account, groups: Mapping[str, str] | None = None) -> Drive:
    """The library that a mirror is of, with the audiences of its groups; DriveRefused where the mirror does not say."""
    state = read_state(folder)
    if not state:
        raise DriveRefused(f"{folder / STATE} cannot be read. Add the library again: prevention-hub index sources add")
    return Drive(str(state["drive"]), folder, account, str(state.get("address", "")), groups=groups or {})


def read_state(folder: Path) -> dict[str, Any]:
    """What is kept of a mirror; empty where there is none, or it cannot be read: then all of it is fetched anew."""
    try:
        state = json.loads((folder / STATE).read_text(encoding="utf-8"))
        for kind, rows in ((Item, state.get("items", {})), (Held, state.get("held", {}))):
            for one in rows.values():
                kind(**one)
        return dict(state) if state["drive"] else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _now() -> str:
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def _is_ago(at: object, span: timedelta, now: datetime) -> bool:
    """Whether a time is at least so long ago; one that is not known is."""
    try:
        return now - datetime.fromisoformat(str(at)) >= span
    except (ValueError, TypeError):
        return True
