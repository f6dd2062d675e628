"""What Graph says of a drive's items: which there are, where each stands, and who may read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from indexer.loaders import HOLDERS, KINDS, largest

_EVERYBODY = re.compile(r"c:0\(\.s\|true|c:0-\.f\|rolemanager\|spo-grid-all-users(/.*)?")
"""SharePoint's logins for everyone, and for everyone except external users."""
_MAY_READ = frozenset({"read", "write", "owner", "sp.full control"})
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
_LONGEST_NAME = 150
"""Bytes of a name; file systems take 255, and a sidecar's is longer."""
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Item:
    """A file or a folder as Graph last told of it."""

    name: str
    parent: str
    is_file: bool
    size: int = 0
    tag: str = ""
    """Another one when the content is another."""
    link: str = ""
    odd: str = ""
    """Why it is no file that can be read, whatever its name."""

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Item:
        """An item as Graph writes it."""
        size = raw.get("size")
        return cls(
            name="" if "root" in raw else _text(raw.get("name")),
            parent="" if "root" in raw else _text((raw.get("parentReference") or {}).get("id")),
            is_file="folder" not in raw and "root" not in raw,
            size=size if isinstance(size, int) else 0,
            tag=_text(raw.get("cTag") or raw.get("eTag") or raw.get("lastModifiedDateTime")),
            link=_text(raw.get("webUrl")),
            odd=_odd(raw),
        )

    @property
    def ending(self) -> str:
        """Its ending in small letters, as ".pdf"."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def why_not(self) -> str:
        """Why it is passed over; empty where it is read."""
        if self.odd:
            return self.odd
        if self.name.startswith((".", "~$")):
            return "it is a hidden or a temporary file"
        if self.ending not in KINDS | HOLDERS:
            return f"files of the kind {self.ending or 'without an ending'} are not read"
        return ""

    @property
    def is_too_large(self) -> str:
        """That it is larger than what is read of its kind; empty where it is not."""
        most = largest(self.ending)
        return f"it is larger than {most // (1024 * 1024)} MB; split it" if self.size > most else ""


@dataclass(slots=True)
class Tree:
    """The items of a drive by their id; one that moves takes what is below it along."""

    items: dict[str, Item] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    """Items that Graph told of in this round: what it says of them is new."""
    _deleted: set[str] = field(default_factory=set)

    def take(self, raw: Mapping[str, Any]) -> None:
        """What Graph tells of an item; what it tells last counts."""
        name = _text(raw.get("id"))
        if not name:
            return
        if "deleted" in raw:
            self._deleted.add(name)
            return
        self._deleted.discard(name)
        self.told.add(name)
        self.items[name] = Item.of(raw)

    def prune(self) -> None:
        """Take out what was deleted, and all that was below it and was not moved elsewhere."""
        gone = [name for name in self.items if self._deleted.intersection(self._chain(name))]
        for name in gone:
            del self.items[name]
        self._deleted.clear()

    def files(self) -> list[tuple[str, str, Item]]:
        """Path, id and item of each file, in the order of their paths."""
        found = [(self.path(name), name, item) for name, item in self.items.items() if item.is_file]
        return sorted(found, key=lambda one: one[:2])

    def path(self, name: str) -> str:
        """Where an item stands in its drive, as people see it."""
        names = [self.items[one].name for one in self._chain(name) if one in self.items]
        return "/".join(part for part in reversed(names) if part)

    def _chain(self, name: str) -> Iterator[str]:
        """An item and the folders that it is in, inmost first."""
        for _ in range(_DEEPEST):
            yield name
            item = self.items.get(name)
            if item is None or not item.parent:
                return
            name = item.parent


def safe(path: str) -> str:
    """A path below the mirror, of names that a file system takes and that hide nothing."""
    return "/".join(_safe_name(part) for part in path.split("/") if part) or "_"


def _safe_name(name: str) -> str:
    clean = _UNSAFE.sub("_", name).strip()
    clean = f"_{clean}" if clean.startswith((".", "~$")) or not clean else clean
    stem, ending = PurePosixPath(clean).stem, PurePosixPath(clean).suffix
    while len(f"{stem}{ending}".encode("utf-8", "replace")) > _LONGEST_NAME and stem:
        stem = stem[:-1]
    return f"{stem}{ending}".encode("utf-8", "replace").decode()[:_LONGEST_NAME]


def is_for_everybody(permissions: list[dict[str, Any]], now: datetime) -> bool:
    """Whether the whole organisation may read an item; groups are not looked into, and so do not count as that."""
    return any(_opens(one, now) for one in permissions)


def is_heeded(permission: Mapping[str, Any], now: datetime) -> bool:
    """Whether a permission lets anybody read now, without a password."""
    if permission.get("hasPassword") or _is_over(permission.get("expirationDateTime"), now):
        return False
    return bool(_MAY_READ.intersection(str(role).lower() for role in permission.get("roles") or ()))


def identities(permission: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """To whom a permission is given: people, groups, groups of the site."""
    return [permission.get("grantedToV2") or {}, *(permission.get("grantedToIdentitiesV2") or ())]


def _opens(permission: Mapping[str, Any], now: datetime) -> bool:
    if not is_heeded(permission, now):
        return False
    if (permission.get("link") or {}).get("scope") in {"organization", "anonymous"}:
        return True
    logins = (str((who.get("siteUser") or {}).get("loginName") or "") for who in identities(permission))
    return any(map(_EVERYBODY.fullmatch, logins))


def _is_over(until: object, now: datetime) -> bool:
    """Whether a permission has ended; one whose end cannot be read has."""
    if not until or str(until).startswith("0001-"):  # SharePoint's way of saying that there is no end
        return False
    try:
        end = datetime.fromisoformat(str(until))
    except ValueError:
        return True
    return (end if end.tzinfo else end.replace(tzinfo=UTC)) <= now


def _text(value: object) -> str:
    """A text that can be written into a file, whatever JSON could say."""
    return str(value or "").encode("utf-8", "replace").decode()


def _odd(raw: Mapping[str, Any]) -> str:
    if "malware" in raw:
        return "Microsoft says that it holds malware"
    if "remoteItem" in raw:
        return "it is a shortcut to another library; add that one"
    return "it is a notebook, which is not read" if "package" in raw else ""
