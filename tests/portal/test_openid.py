"""Signing in at a provider that really runs, and that lies when it is told to."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc.jwk import RSAKey

from bot.app import Hub
from bot.server import edges_of, new_server
from bot.settings import Settings
from tests.portal.test_site import OURS
from tests.support.fakes import WordEncoder
from tests.support.oidc import CLIENT, SECRET, Provider, provider
from tests.support.ready import make_ready
from tests.support.serving import served


@pytest.fixture
def idp() -> Iterator[Provider]:
    with provider() as made:
        yield made


@pytest.fixture
def address(idp: Provider, tmp_path: Path, guidance: Path) -> Iterator[str]:
    given: dict[str, Any] = {"oidc_issuer": idp.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    hub = Hub(Settings(data=tmp_path / "data", hub_staff="prevention-hub", admins="", **given), WordEncoder())
    make_ready(hub, guidance)
    with served(new_server(hub, edges_of(hub))) as found:
        yield found
    hub.close()


def browser(address: str) -> httpx.Client:
    return httpx.Client(base_url=address, headers=OURS, follow_redirects=True, timeout=60)


def test_a_person_signs_in_and_lands_where_they_wanted(address: str) -> None:
    with browser(address) as person:
        page = person.get("/requests/mine")
        assert (page.status_code, page.url.path) == (200, "/requests/mine")
        assert "PC Seven" in page.text


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "somebody-else", "azp": CLIENT},
        {"aud": "somebody-else"},
        {"iss": "https://evil.example"},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"iat": int(time.time()) + 3600},
        {"sub": None, "oid": None},
    ],
)
def test_a_token_that_is_not_for_this_sign_in_opens_nothing(address: str, idp: Provider, lie: dict[str, Any]) -> None:
    idp.lies = lie
    with browser(address) as person:
        assert person.get("/sign-in").status_code == 401
        assert person.get("/requests/mine", follow_redirects=False).status_code == 303


def test_a_token_signed_with_our_own_secret_or_another_key_opens_nothing(address: str, idp: Provider) -> None:
    idp.algorithm = "HS256"
    with browser(address) as person:
        assert person.get("/sign-in").status_code == 401
        idp.algorithm, idp.key = "RS256", RSAKey.generate_key(2048, {"kid": "first"})
        assert person.get("/sign-in").status_code == 401


def test_keys_that_were_rotated_are_fetched_anew(address: str, idp: Provider) -> None:
    with browser(address) as person:
        assert person.get("/sign-in").status_code == 200
        idp.rotate()
    with browser(address) as person:
        assert person.get("/sign-in").status_code == 200


def test_roles_come_with_the_sign_in_and_go_with_the_next(address: str, idp: Provider) -> None:
    idp.claims["groups"] = ["prevention-hub"]
    with browser(address) as person:
        person.get("/sign-in")
        assert person.get("/board").status_code == 200
        first = dict(person.cookies)
        idp.claims["groups"] = []
        person.get("/sign-in")
        assert person.get("/board").status_code == 403
        assert person.cookies["session"] != first["session"]


def test_a_session_is_new_at_every_sign_in_whatever_cookie_was_planted(address: str) -> None:
    with browser(address) as person:
        person.cookies.set("session", "planted")
        person.get("/sign-in")
        with httpx.Client(base_url=address, cookies={"session": "planted"}, headers=OURS, timeout=60) as thief:
            assert thief.get("/requests/mine").status_code == 303


def test_signing_out_ends_the_session_and_leads_to_the_provider(address: str, idp: Provider) -> None:
    with browser(address) as person:
        person.get("/sign-in")
        kept = dict(person.cookies)
        out = person.post("/sign-out", follow_redirects=False)
        assert out.headers["location"].startswith(f"{idp.issuer}/out")
        with httpx.Client(base_url=address, cookies=kept, headers=OURS, timeout=60) as copied:
            assert copied.get("/requests/mine").status_code == 303


def test_a_stray_callback_signs_nobody_in(address: str) -> None:
    with browser(address) as person:
        assert person.get("/sign-in/back?code=x&state=y").status_code == 401
        assert person.get("/sign-in/back?error=access_denied").status_code == 401
