"""Tokens of programs: kept as a digest, within a person's roles, ended at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.clients import ClientError, Scope
from bot.domain.people import Actor, NotAllowed
from bot.governance.clients import Clients
from bot.governance.office import Office
from bot.records import Records
from bot.records.tables import API_TOKENS
from tests.support.fakes import Clock

ADMIN = Actor("cole")


@pytest.fixture
def clients(office: Office, records: Records) -> Clients:
    return Clients(office, records)


def test_a_token_is_found_by_what_it_is_and_kept_nowhere(clients: Clients, records: Records) -> None:
    token = clients.add(ADMIN, "intranet", "pc-7", ["ask"], 30)
    found = clients.holder(token)
    assert found is not None
    assert (found.name, found.person, found.scopes) == ("intranet", "pc-7", {Scope.ASK})
    assert clients.holder(token[:-1]) is None
    with records._database.read() as connection:
        kept = repr(connection.execute(API_TOKENS.select()).all())
    assert token not in kept
    assert all(token not in repr(event) for _, event in clients.office.events(ADMIN))


def test_it_ends_with_its_time_and_when_it_is_revoked(clients: Clients, clock: Clock) -> None:
    token = clients.add(ADMIN, "intranet", "pc-7", ["ask"], 30)
    other = clients.add(ADMIN, "map", "pc-7", ["library"], 60)
    clock.now += timedelta(days=30)
    assert clients.holder(token) is None
    assert clients.holder(other) is not None
    clients.revoke(ADMIN, "map")
    assert clients.holder(other) is None


def test_it_reaches_no_further_than_its_person(clients: Clients) -> None:
    with pytest.raises(ClientError, match="no role"):
        clients.add(ADMIN, "board", "pc-7", ["board"], 30)
    token = clients.add(ADMIN, "board", "bell", ["board"], 30)
    found = clients.holder(token)
    assert found is not None
    assert clients.may(found, Scope.BOARD)
    assert not clients.may(found, Scope.ASK)


@pytest.mark.parametrize("name", ["", "Intranet", "a b", "../x", "x" * 61])
def test_a_name_is_plain(clients: Clients, name: str) -> None:
    with pytest.raises(ClientError, match="small letters"):
        clients.add(ADMIN, name, "pc-7", ["ask"], 30)


def test_only_admins_make_and_end_them(clients: Clients) -> None:
    for refused in (
        lambda: clients.add(Actor("bell"), "x", "pc-7", ["ask"], 1),
        lambda: clients.all(Actor("bell")),
        lambda: clients.revoke(Actor("bell"), "x"),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_a_call_under_a_key_is_made_once(records: Records, clock: Clock) -> None:
    tokens = records.tokens
    assert tokens.begin("map", "k1", "sent") is None
    under_way = tokens.begin("map", "k1", "sent")
    assert under_way is not None
    assert (under_way.same, under_way.status) == (True, 0)
    tokens.finish("map", "k1", 200, {"receipt": "7K3-F9Q"})
    done = tokens.begin("map", "k1", "other")
    assert done is not None
    assert (done.same, done.status, done.answer) == (False, 200, {"receipt": "7K3-F9Q"})
    assert tokens.begin("other", "k1", "sent") is None
    clock.now += timedelta(hours=25)
    assert tokens.begin("map", "k1", "sent") is None
