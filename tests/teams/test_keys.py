"""Keys that are slow to come, and whoever makes key ids up: they hold up nobody else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.teams.door import tokens
from bot.teams.door.tokens import Keys, KeysAway
from tests.support.teams.fake import SECONDS
from tests.support.teams.tenant import Tenant, tenant

STRANGE_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def people(tmp_path: Path, guidance: Path) -> Iterator[Tenant]:
    with tenant(tmp_path, guidance) as found:
        yield found


def test_forgeries_that_wait_for_a_slow_key_server_hold_up_nobody(
    people: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, waits = threading.Event(), threading.Event()

    def fetch(self: Keys) -> None:
        waits.set()
        assert go.wait(SECONDS)
        raise KeysAway("slow")

    monkeypatch.setattr(tokens, "SECONDS_BETWEEN_FETCHES", -1.0)
    monkeypatch.setattr(Keys, "_fetch", fetch)

    def forge(number: int) -> int:
        token = people.teams.token(key=STRANGE_KEY, kid=f"made-up-{number}")
        return people.teams.post(people.message("sam", "hello"), token)[0]

    with ThreadPoolExecutor(16) as pool:
        forged = [pool.submit(forge, number) for number in range(16)]
        assert waits.wait(SECONDS)
        try:
            assert people.say("sam", "hello").text.startswith("Hello.")
            assert not any(one.done() for one in forged)
        finally:
            go.set()
        assert {one.result() for one in forged} == {503}


def test_keys_that_are_old_serve_until_there_are_new_ones(people: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    go, waits = threading.Event(), threading.Event()

    def fetch(self: Keys) -> None:
        waits.set()
        assert go.wait(SECONDS)
        raise KeysAway("slow")

    monkeypatch.setattr(tokens, "FRESH_SECONDS", -1.0)
    monkeypatch.setattr(Keys, "_fetch", fetch)
    try:
        assert people.say("sam", "hello").text.startswith("Hello.")
        assert waits.wait(SECONDS)
    finally:
        go.set()


def test_a_key_server_that_failed_is_left_alone_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def about(_: Any, url: str) -> dict[str, str]:
        asked.append(url)
        raise ValueError("nothing there")

    monkeypatch.setattr(tokens, "_about", about)
    keys = Keys("http://127.0.0.1:9/keys")
    for number in range(5):
        with pytest.raises(KeysAway):
            keys.refresh(f"made-up-{number}")
    assert len(asked) == 1
    monkeypatch.setattr(tokens, "SECONDS_AFTER_FAILURE", -1.0)
    with pytest.raises(KeysAway):
        keys.refresh("made-up")
    assert len(asked) == 2


def test_a_service_address_that_cannot_be_read_is_refused(people: Tenant) -> None:
    odd = {**people.message("sam", "hello"), "serviceUrl": "https://["}
    assert people.teams.post(odd, people.teams.token(serviceurl="https://[")) == (401, {"error": "not accepted"})
