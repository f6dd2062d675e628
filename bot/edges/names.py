"""Names of people in the place of the ids that platforms give them, in whatever somebody reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from bot.domain.people import Actor, Person
from bot.domain.refusals import RecordsError
from bot.governance.one_person import Known
from bot.wording import labels

if TYPE_CHECKING:
    from bot.app import Hub
    from bot.domain.requests import Request
    from bot.edges.edge import Heard, Window, Writer
    from bot.edges.jobs import Jobs
    from bot.records import Records

_ENTRA = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12,}"
_ACCOUNT = r"(?<![\w:])29:[\w-]+"
_SLACK = r"(?<![\w:-])[UW][A-Z0-9]{2,}(?![\w-])"
_ID = re.compile(f"{_ENTRA}|{_ACCOUNT}|{_SLACK}")
_SURELY = re.compile(rf"{_ENTRA}|{_ACCOUNT}|(?<![\w:-])[UW](?=[A-Z]*\d)[A-Z0-9]{{8,}}(?![\w-])")
"""What cannot be a word: shown to nobody even where the name is not known."""
_LIKE_AN_ID = re.compile(r"(?<![\w.@-])(?=[\w.@-]*[\d.@_-])[\w.@-]{3,200}(?<![.-])")
"""What a directory may use as an id, such as "sgt-bell" or an address: replaced where the name is known."""
_SENT = frozenset({"data", "value", "refresh", "fallback", "action_id", "block_id", "private_metadata", "userIds"})
"""Parts of cards that are sent back to us, and read by nobody."""
NamesOf = Callable[[list[str]], Mapping[str, str]]
"""Ids to what is read in their place; may raise RecordsError."""


class KnowsNames(Protocol):
    """What is asked of the hub database; may raise RecordsError."""

    def names(self, ids: list[str]) -> Mapping[str, str]: ...


def readable(text: str, people: KnowsNames) -> str:
    """A text in which every id of a person is a name, or "a colleague"; it never raises."""
    words = sorted(set(_LIKE_AN_ID.findall(text)))
    try:
        known = people.names(words) if words else {}
        return named(_LIKE_AN_ID.sub(lambda found: known.get(found[0], found[0]), text), people.names)
    except RecordsError:
        return hidden(text)


def with_names(text: str, people: KnowsNames) -> str:
    """Somebody's words with the names of people whom the hub knows, and otherwise as they are; it never raises."""
    ids = ids_in([text])
    try:
        return replaced(text, people.names(ids)) if ids else text
    except RecordsError:
        return text


def ids_in(texts: Iterable[str]) -> list[str]:
    """What may be ids of people."""
    return sorted({found for text in texts for found in _ID.findall(text)})


def named(text: str, names_of: NamesOf) -> str:
    """A text with names in the place of ids; `names_of` may raise RecordsError."""
    ids = ids_in([text])
    return hidden(replaced(text, names_of(ids))) if ids else text


def names_anybody(part: Any) -> bool:
    """Whether there may be an id of a person in a card or in blocks."""
    return bool(ids_in(_texts(part)))


def named_request(request: Request, known: Mapping[str, str]) -> Request:
    """A request with names in the place of the ids of who has it and of who wrote about it, where they are known."""
    messages = tuple(replace(one, author=known.get(one.author, one.author)) for one in request.messages)
    return replace(request, claimed_by=known.get(request.claimed_by, request.claimed_by), messages=messages)


def people_of(requests: Iterable[Request]) -> set[str]:
    """The ids of who has them, and of who wrote about them."""
    found = [(one.claimed_by, *(said.author for said in one.messages)) for one in requests]
    return {person for people in found for person in people} - {""}


def named_in(part: Any, names_of: NamesOf) -> Any:
    """As `named`, in every text of a card or of blocks; what buttons send stays as it is."""
    ids = ids_in(_texts(part))
    return _renamed(part, names_of(ids)) if ids else part


def replaced(text: str, names: Mapping[str, str]) -> str:
    """A text with names in the place of ids; an id within a word or a name stays as it is."""
    return _ID.sub(lambda found: names.get(found[0], found[0]), text)


def hidden(text: str) -> str:
    """A text without any id of a person: one whose name is not known is "a colleague"."""
    return _SURELY.sub(labels.SOMEBODY, text)


def _texts(part: Any) -> Iterable[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for one in part:
            yield from _texts(one)
    elif isinstance(part, dict):
        for name, one in part.items():
            if name not in _SENT:
                yield from _texts(one)


def _renamed(part: Any, names: Mapping[str, str]) -> Any:
    if isinstance(part, str):
        return hidden(replaced(part, names))
    if isinstance(part, list):
        return [_renamed(one, names) for one in part]
    if isinstance(part, dict):
        return {name: one if name in _SENT else _renamed(one, names) for name, one in part.items()}
    return part


class Acquaintances:
    """Of one platform; every method may raise RecordsError. Safe to share between threads."""

    def __init__(self, records: Records, platform: str) -> None:
        self._records, self._platform = records, platform

    def meet(self, people: Sequence[Person]) -> list[None]:
        """Keep what is known of people now; what is left empty stays as it was."""
        return self._records.people.met(self._platform, people)

    def get(self, person: str) -> Person | None:
        """What is known of somebody."""
        return self._records.people.get(self._platform, person)

    def newest(self) -> Person | None:
        """The person who was met last."""
        return self._records.people.newest(self._platform)

    def accounts(self, people: list[str]) -> dict[str, str]:
        """What the platform calls people in conversations, as far as it is known."""
        return self._records.people.accounts(self._platform, people)

    def on_platform(self, people: list[str]) -> frozenset[str]:
        """Which of these people are known there."""
        return self._records.people.on(self._platform, people)

    def names(self, ids: list[str]) -> Mapping[str, str]:
        """Ids to names, as far as they are known, on whatever platform."""
        return self._records.people.names(ids)

    def remember(self, message: str, receipt: str) -> None:
        """A message shows the reply with this receipt: feedback on it names the message alone."""
        self._records.shown.put(self._platform, message, receipt)

    def receipt(self, message: str) -> str:
        """The receipt of the reply that a message shows; empty where it shows none."""
        return self._records.shown.receipt(self._platform, message)

    def last_receipt(self, conversation: str) -> str:
        """The receipt of the reply that was shown last in a conversation; empty where none was."""
        return self._records.shown.newest(self._platform, conversation)


class Whom:
    """Which person an account is, for one platform; lives as long as its edge."""

    def __init__(self, hub: Hub, jobs: Jobs, window: Window) -> None:
        self._one, self._jobs, self._window = hub.one_person, jobs, window

    async def known(self, writer: Writer, spot: Any) -> Known:
        """A colleague, as the person that they are; as they stand where that cannot be told."""
        if not self._one.on:
            return Known(writer.person)
        try:
            address = await self._window.address(writer, spot)
            return await self._jobs.quickly(self._one.meet, self._window.name, writer.person, address)
        except RecordsError:
            return self._one.unknown(writer.person)

    async def heard(self, heard: Heard) -> Heard:
        """What a colleague said or pressed, as said by the person that they are."""
        known = await self.known(heard.writer, heard.spot)
        if known.person == heard.writer.person:
            return heard
        return replace(heard, writer=replace(heard.writer, known_as=known.person))

    async def actor(self, writer: Writer, spot: Any) -> Actor:
        """The person, with the groups, the accounts and the address that roles may be given to."""
        actor = await self._window.actor(writer, spot)
        return (await self.known(writer, spot)).actor(actor) if self._one.on else actor

    def account(self, person: str) -> str:
        """The account that a person has here. May raise RecordsError."""
        return self._one.account(self._window.name, person)

    def person(self, account: str) -> str:
        """The person that an account is, as far as that is on record already. May raise RecordsError."""
        return self._one.meet(self._window.name, account, "").person
