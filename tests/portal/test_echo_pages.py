"""The feedback channel over real HTTP: open to everyone, safe against floods and script, answered in public."""

from __future__ import annotations

import httpx

from tests.portal.test_site import OURS, signed_in


def test_anyone_may_write_and_only_the_hub_reads(address: str) -> None:
    with httpx.Client(base_url=address, headers=OURS, timeout=60) as nobody:
        assert nobody.get("/echo").status_code == 200
        sent = nobody.post("/echo", data={"text": "Ring 07700 900123 <script>alert(1)</script> dark", "side": "public"})
        assert "We took out: a phone number" in sent.text
        assert nobody.get("/hub/echo").status_code == 303
    with signed_in(address, "pc-adams") as officer:
        assert officer.get("/hub/echo").status_code == 403
    with signed_in(address, "sgt-bell") as bell, signed_in(address, "insp-cole") as cole:
        page = bell.get("/hub/echo").text
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page
        assert "900123" not in page
        bell.post("/hub/echo", data={"do": "tag", "number": "1", "tags": "Lighting"})
        bell.post("/hub/echo", data={"do": "answer", "numbers": "1", "said": "It is dark.", "did": "Lamps mended."})
        assert "Lamps mended." not in httpx.get(f"{address}/echo/answers").text
        assert bell.post("/hub/echo", data={"do": "publish", "number": "1"}).status_code == 422
        cole.post("/hub/echo", data={"do": "publish", "number": "1"})
        assert "Lamps mended." in httpx.get(f"{address}/echo/answers").text


def test_an_emergency_is_told_what_to_do_whatever_else_is_wrong(address: str) -> None:
    with httpx.Client(base_url=address, headers=OURS, timeout=60) as nobody:
        for _ in range(20):
            last = nobody.post("/echo", data={"text": "It is dark here.", "side": "public"})
        assert last.status_code == 429
        urgent = nobody.post("/echo", data={"text": "a man with a knife is at my door right now"})
        assert 'role="alert"' in urgent.text
        assert "knife" not in urgent.text
