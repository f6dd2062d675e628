"""Who of the hub reads a channel: Teams shows them their own view of a request's card."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.people import Role, Roles
from bot.records.office.people import PeopleRecords
from bot.teams.connector import Member
from bot.teams.places import PLATFORM

GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_OTHERS = re.compile(r"[UWS][A-Z0-9]{6,}")
"""Ids of Slack, which Teams does not take."""


def staff_among(readers: Sequence[Member] | None, roles: Roles, people: PeopleRecords) -> list[str]:
    """Accounts of the hub's people among the readers; those of the settings, where it is not known who reads.

    May raise RecordsError.
    """
    wanted = {Role.HUB, Role.ADMIN}
    if readers:
        return [one.account for one in readers if roles.of(one.person, (one.account,)) & wanted]
    named = {name for role in wanted for name in roles.granted.get(role, ())}
    accounts = people.accounts(PLATFORM, sorted(named))
    known = (accounts.get(name, name) for name in named)
    return sorted(name for name in known if not GUID.fullmatch(name) and not _OTHERS.fullmatch(name))
