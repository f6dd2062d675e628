"""Who is let in: forged and broken tokens, other tenants, too much, and what is no activity."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.app import Hub
from bot.server import edges_of
from bot.settings import Settings
from tests.conftest import LAUNDRY
from tests.support.fakes import WordEncoder
from tests.support.teams.fake import CLIENT, SKYPE_KEY, TENANT
from tests.support.teams.tenant import Tenant, tenant

STRANGE_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
SECRET = "who paints the lighthouse door"


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenant]:
    folder = tmp_path_factory.mktemp("teams")
    guidance = folder / "guidance"
    guidance.mkdir()
    (guidance / "laundry.md").write_text(LAUNDRY, encoding="utf-8")
    with tenant(folder, guidance) as found:
        yield found


def refused(people: Tenant, token: str, **more: Any) -> int:
    """What a message with this token is answered; nothing of it is kept."""
    before = len(people.teams.sent)
    status, answer = people.teams.post({**people.message("sam", SECRET), **more}, token)
    assert answer == {"error": "not accepted"}
    people.say("ali", "hello")  # what was taken would have been answered by now
    assert all(SECRET not in one.text for one in people.teams.sent[before:])
    assert len(people.hub.records.requests()) == 0
    return status


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"key": STRANGE_KEY}, id="signed by somebody else"),
        pytest.param({"key": STRANGE_KEY, "kid": "never-heard-of"}, id="a key nobody knows"),
        pytest.param({"key": SKYPE_KEY, "kid": "skype"}, id="a key for another channel"),
        pytest.param({"aud": "another-app"}, id="for another app"),
        pytest.param({"iss": "https://evil.example"}, id="of another issuer"),
        pytest.param({"exp": int(time.time()) - 3600}, id="ended an hour ago"),
        pytest.param({"exp": None}, id="never ends"),
        pytest.param({"nbf": int(time.time()) + 3600}, id="not yet valid"),
        pytest.param({"aud": None}, id="for nobody"),
        pytest.param({"iss": None}, id="of nobody"),
        pytest.param({"serviceurl": "https://evil.example/"}, id="for another service address"),
        pytest.param({"serviceurl": None}, id="for no service address"),
        pytest.param({"key": "k" * 32, "alg": "HS256"}, id="signed with a shared secret"),
    ],
)
def test_a_forged_or_broken_token_is_refused(people: Tenant, claims: dict[str, Any]) -> None:
    assert refused(people, people.teams.token(**claims)) == 401


def test_no_token_garbage_and_one_that_is_not_signed_are_refused(people: Tenant) -> None:
    unsigned = jwt.encode({"aud": CLIENT, "exp": int(time.time()) + 60}, None, "none")  # type: ignore[arg-type]
    for token in ("", "garbage", "a.b.c", unsigned):
        assert refused(people, token) == 401


def test_a_good_token_is_served_within_the_difference_of_clocks(people: Tenant) -> None:
    activity = people.message("sam", "hello")
    assert people.teams.post(activity, people.teams.token(exp=int(time.time()) - 60)) == (200, {})
    assert people.teams.post(people.message("sam", "hello"), people.teams.token()) == (200, {})


@pytest.mark.parametrize(
    "where",
    [
        {"channelData": {"tenant": {"id": "another"}}, "conversation": {"id": "a:sam", "conversationType": "personal"}},
        {"conversation": {"id": "a:sam", "conversationType": "personal", "tenantId": "another"}},
        {"channelData": {}, "conversation": {"id": "a:sam", "conversationType": "personal"}},
        {"channelData": None, "conversation": None},
    ],
)
def test_other_tenants_are_refused(people: Tenant, where: dict[str, Any]) -> None:
    assert refused(people, people.teams.token(), **where) == 403


def test_other_channels_are_refused(people: Tenant) -> None:
    assert refused(people, people.teams.token(), channelId="webchat") == 403


def test_the_tenant_is_told_in_capitals_too(people: Tenant) -> None:
    activity = people.message("sam", "hello")
    activity["channelData"]["tenant"]["id"] = TENANT.upper()
    assert people.teams.post(activity) == (200, {})


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"\xff\xfe", 400),
        (b'{"text": "hi"}', 400),
        (b'{"type": 7}', 400),
        (b"[" * 100_000, 400),
    ],
)
def test_what_is_no_activity_is_refused(people: Tenant, body: bytes, status: int) -> None:
    assert people.teams.post(None, raw=body)[0] == status


def test_nothing_is_read_without_a_token(people: Tenant) -> None:
    assert people.teams.post(None, "", raw=b"{")[0] == 401


def test_too_much_is_refused(people: Tenant) -> None:
    activity = people.message("sam", "x" * 1_100_000)
    assert people.teams.post(activity)[0] == 413


def test_half_an_activity_is_taken_and_changes_nothing(people: Tenant) -> None:
    whole = people.message("sam", "hello")
    for missing in ("from", "conversation", "recipient", "text", "id"):
        part = {name: one for name, one in whole.items() if name != missing}
        assert people.teams.post(part)[0] == 200, missing
    for odd in ({"entities": [None, 7, {"type": "mention"}]}, {"value": [1]}, {"from": {"id": 5}}):
        assert people.teams.post({**whole, "id": people.teams.number(), **odd})[0] == 200
    assert people.teams.post(people.activity("sam", "invoke", "a:sam", name="strange/thing", value=None))[0] == 501
    for name in ("adaptiveCard/action", "task/fetch", "task/submit", "message/submitAction", "composeExtension/query"):
        status, answer = people.teams.post(people.activity("sam", "invoke", "a:sam", name=name, value=None))
        assert (status, bool(answer)) == (200, True)


def test_keys_are_fetched_again_for_a_new_one_and_not_for_every_forgery(
    people: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.teams.door import tokens

    fetched = people.teams.keys_fetched
    for number in range(5):
        people.teams.post(people.message("sam", "hello"), people.teams.token(key=STRANGE_KEY, kid=f"made-up-{number}"))
    assert people.teams.keys_fetched == fetched
    monkeypatch.setattr(tokens, "SECONDS_BETWEEN_FETCHES", -1.0)
    old = people.teams.key, people.teams.key_id
    people.teams.key, people.teams.key_id = STRANGE_KEY, "key-2"
    try:
        assert people.teams.post(people.message("sam", "hello")) == (200, {})
    finally:
        people.teams.key, people.teams.key_id = old
    assert people.teams.post(people.message("sam", "hello")) == (200, {})


def test_nothing_that_was_typed_or_sent_is_logged(people: Tenant, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        people.say("sam", f"{SECRET}?")
        people.teams.post(people.message("sam", SECRET), people.teams.token(aud="another-app"))
    assert "lighthouse" not in caplog.text
    assert people.teams.token()[:20] not in caplog.text


@pytest.mark.parametrize("missing", ["teams_client_id", "teams_client_secret", "teams_tenant_id"])
def test_without_all_of_its_credentials_nothing_is_served(tmp_path: Path, missing: str) -> None:
    given = {"teams_client_id": CLIENT, "teams_client_secret": "a secret", "teams_tenant_id": TENANT}
    hub = Hub(Settings(data=tmp_path, **{**given, missing: ""}), WordEncoder())
    assert edges_of(hub) == []
