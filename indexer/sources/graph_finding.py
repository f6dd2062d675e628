"""Which document library is meant: by the id of a drive, or by the address that people see in their browser."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from indexer.sources.graph import Drive, DriveRefused
from indexer.sources.graph_asking import Account, Asking
from indexer.sources.reaching import Gone, NotReached

PREFIX = "graph:"
_SHAREPOINT = re.compile(r"https://[\w-]+\.sharepoint(-mil)?\.(com|us|cn)(/|$)", re.IGNORECASE)
_SITES = {"sites", "teams", "personal"}
_SLUG = re.compile(r"[^a-z0-9]+")
_HOW = "Write graph:DRIVE_ID, or the address of a site or a library such as https://force.sharepoint.com/sites/guidance"


def is_library(named: str) -> bool:
    """Whether a document library is meant, and no web site or folder."""
    return named.startswith(PREFIX) or bool(_SHAREPOINT.match(named))


def find_drive(named: str, graph: Path, account: Account, sleep: Callable[[float], None] = time.sleep) -> Drive:
    """The library that is meant, with its mirror below a folder.

    Raises:
        DriveRefused: there is none, or it cannot be asked for now.
    """
    meant = named.removeprefix(PREFIX).strip()
    with Asking(account, sleep) as asking:
        try:
            raw = _by_address(asking, meant) if "://" in meant else asking.get(f"/drives/{quote(meant, safe='!')}")
        except Gone as error:
            raise DriveRefused(f"There is no '{named}', or the app may not read it. {_HOW}") from error
        except NotReached as error:
            raise DriveRefused(f"{named} cannot be had: {error}. Mend that, or try later.") from error
    drive, address = str(raw.get("id") or ""), str(raw.get("webUrl") or "")
    if not drive:
        raise DriveRefused(f"'{named}' is no document library. {_HOW}")
    return Drive(drive, graph / folder_of(drive, address), account, address, sleep)


def folder_of(drive: str, address: str) -> str:
    """The name of a library's mirror."""
    slug = _SLUG.sub("-", unquote(urlsplit(address).path).lower()).strip("-") or "drive"
    return f"{slug[:60]}-{hashlib.sha256(drive.encode()).hexdigest()[:8]}"


def _by_address(asking: Asking, address: str) -> dict[str, object]:
    """https://learn.microsoft.com/graph/api/site-getbypath"""
    parts = urlsplit(address)
    names = [name for name in unquote(parts.path).split("/") if name]
    site = names[:2] if names and names[0].lower() in _SITES else []
    if not parts.hostname or len(site) == 1:
        raise DriveRefused(f"'{address}' is no address of a site. {_HOW}")
    path = f":/{quote('/'.join(site))}" if site else ""
    found = str(asking.get(f"/sites/{parts.hostname}{path}").get("id") or "")
    at = f"/sites/{quote(found, safe=',')}"
    if names == site:
        return asking.get(f"{at}/drive")
    return _among(asking.rows(f"{at}/drives"), names, address)


def _among(libraries: list[dict[str, object]], names: list[str], address: str) -> dict[str, object]:
    """The library whose address was named, be it with the view that a browser adds; never one of its folders."""
    for one in libraries:
        own = [name for name in unquote(urlsplit(str(one.get("webUrl") or "")).path).split("/") if name]
        rest = names[len(own) :]
        if names[: len(own)] == own and (not rest or rest[0] == "Forms"):
            return one
    known = ", ".join(str(one.get("webUrl")) for one in libraries) or "none"
    raise DriveRefused(f"'{address}' is no document library as a whole. Those of its site are: {known}")
