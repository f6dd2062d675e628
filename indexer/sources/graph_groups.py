"""Groups of a tenant as audiences of ours: what is shared with a group alone is for the audience that it is mapped to.

An Entra group is known by its id: a name anybody may give to one. A group of a SharePoint site is known by its name,
which only the site's owners give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from indexer.sources.graph_items import identities, is_heeded
from knowledge.audience import audience_of
from knowledge.manifest import LibraryError

_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_IS_ID = re.compile(_ID)
_LOGIN = re.compile(rf"c:0[to]\.c\|(?:tenant|federateddirectoryclaimprovider)\|({_ID})")
"""SharePoint's logins for Entra groups; that of a group's owners alone ends in "_o"."""
_HOW = "Write GROUP=AUDIENCE, and several with semicolons: the id of an Entra group, or the name of a group of the site"


def groups_of(said: str) -> dict[str, str]:
    """Group to audience, as the list of sources says it: "Custody Sergeants=custody; Partners=partners".

    Raises:
        LibraryError: it cannot be understood, or a group is mapped to everybody.
    """
    found: dict[str, str] = {}
    for part in filter(None, map(str.strip, said.split(";"))):
        group, sign, audience = part.partition("=")
        if not sign or not _folded(group) or not audience.strip():
            raise LibraryError(f"'{part}' maps no group to an audience. {_HOW}.")
        if not audience_of(audience):
            raise LibraryError(
                f"'{audience.strip()}' leaves nobody out. Map the group to an audience, or share its files with "
                "the whole organisation there."
            )
        found[_folded(group)] = audience_of(audience)
    return found


def audience_for(permissions: Sequence[Mapping[str, Any]], groups: Mapping[str, str], now: datetime) -> str:
    """The audiences whose groups may read an item, as they are kept; empty where none of its groups is mapped."""
    granted = {name for one in permissions if is_heeded(one, now) for who in identities(one) for name in _names(who)}
    return audience_of([one for name in granted & groups.keys() for one in groups[name].split(", ")])


def _names(who: Mapping[str, Any]) -> Iterator[str]:
    """What a group may be mapped by; a name of a site's group that looks like an id is none."""
    group, site = (who.get("group") or {}), (who.get("siteGroup") or {})
    if group.get("id"):
        yield _folded(str(group["id"]))
    if login := _LOGIN.fullmatch(str((who.get("siteUser") or {}).get("loginName") or "").casefold()):
        yield login[1]
    name = _folded(str(site.get("displayName") or ""))
    if name and not _IS_ID.fullmatch(name):
        yield name


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
