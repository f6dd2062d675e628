"""What may be tried only so often: signing in, and checking receipts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.app import Hub
from tests.portal.test_site import OURS, signed_in
from tests.support.ready import demonstration


@pytest.fixture
def hub(tmp_path: Path, guidance: Path) -> Iterator[Hub]:
    limits = {"rate_sign_in": "4/minute", "rate_person": "2/minute"}
    with demonstration(tmp_path / "data", guidance, **limits) as made:
        yield made


def test_signing_in_too_often_from_one_address_is_told_so_and_kept_nowhere(address: str, hub: Hub) -> None:
    with httpx.Client(base_url=address, headers=OURS, timeout=60) as visitor:
        tried = [visitor.post("/sign-in", data={"person": "nobody-here"}) for _ in range(4)]
        assert [one.status_code for one in tried] == [303] * 4
        events = hub.records.audit_head()
        for refused in (visitor.post("/sign-in", data={"person": "pc-adams"}), visitor.get("/sign-in")):
            assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
            assert "Too many people are signing in from where you are." in refused.text
            assert "set-cookie" not in refused.headers
        assert hub.records.audit_head() == events
        assert visitor.get("/transparency").status_code == 200
        assert visitor.post("/sign-out").status_code == 303


def test_an_emergency_is_signposted_however_often_somebody_tried_to_sign_in(address: str) -> None:
    with httpx.Client(base_url=address, headers=OURS, timeout=60) as visitor:
        for _ in range(5):
            last = visitor.get("/sign-in")
        assert last.status_code == 429
        urgent = visitor.post("/questions", data={"question": "he is stabbing someone right now outside the bar"})
        assert (urgent.status_code, "call 999" in urgent.text) == (200, True)


def test_receipts_cannot_be_guessed_one_after_the_other(address: str) -> None:
    with signed_in(address, "pc-adams") as officer, signed_in(address, "pcso-begum") as other:
        guesses = [officer.post("/receipts", data={"code": code}) for code in ("AAA-AAA", "AAA-AAB", "AAA-AAC")]
        assert [one.status_code for one in guesses] == [422, 422, 429]
        assert guesses[-1].headers["retry-after"] == "60"
        assert "Too many codes were checked just now." in guesses[-1].text
        assert "AAA-AAC" not in guesses[-1].text
        assert officer.get("/receipts").status_code == 200
        assert other.post("/receipts", data={"code": "AAA-AAA"}).status_code == 422
