"""A burst of 300 questions in Teams, with the real encoder: `python -m tests.benchmarks.teams_burst`."""

from __future__ import annotations

import os
import platform
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from bot.app import Hub
from bot.server import edges_of, new_server
from bot.settings import Settings
from knowledge.encoder import SentenceTransformerEncoder
from tests.benchmarks.slack_burst import BURST, QUESTIONS
from tests.support.serving import served
from tests.support.teams.fake import BOT, CLIENT, TENANT, FakeTeams

AT_ONCE = 50
"""Messages that are sent side by side."""


def main() -> None:
    """Print how soon each message was acknowledged, and how many answers a second there were."""
    encoder = SentenceTransformerEncoder()
    encoder.encode_question("warm")
    with tempfile.TemporaryDirectory() as name:
        teams = FakeTeams().start()
        given: dict[str, Any] = {
            "data": Path(name),
            "teams_client_id": CLIENT,
            "teams_client_secret": "a secret",
            "teams_tenant_id": TENANT,
            "teams_openid_metadata_url": teams.metadata,
            "rate_person": "100000/minute",
            "rate_place": "100000/minute",
        }
        hub = Hub(Settings(**given), encoder)
        hub.publishing.build(hub.publishing.builder(), by_itself=True)
        with served(new_server(hub, edges_of(hub))) as address:
            teams.app_url = address
            report(teams)
        hub.close()
        teams.stop()


def report(teams: FakeTeams) -> None:
    """Send the burst, wait for the last answer, and say how it went."""
    token = teams.token()

    def send(number: int) -> float:
        activity = {
            "type": "message",
            "id": f"18{number}",
            "channelId": "msteams",
            "serviceUrl": teams.service,
            "from": {"id": f"29:{number}", "name": f"Officer {number}"},
            "recipient": {"id": BOT},
            "conversation": {"id": f"a:{number}", "conversationType": "personal", "tenantId": TENANT},
            "text": QUESTIONS[number % len(QUESTIONS)],
        }
        began = time.perf_counter()
        assert teams.post(activity, token)[0] == 200
        return time.perf_counter() - began

    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        acked = sorted(pool.map(send, range(BURST)))
    sent = time.perf_counter() - began
    teams.wait_for(lambda one: one.activity["type"] == "message", times=BURST)
    whole = time.perf_counter() - began
    answered = {one.conversation for one in teams.sent if one.activity["type"] == "message"}
    middle, late = acked[BURST // 2] * 1000, acked[int(BURST * 0.95)] * 1000
    print(
        f"{date.today()}, {os.cpu_count()} cores, Python {platform.python_version()}; server and Teams on one machine"
    )
    print(f"{BURST} messages, {AT_ONCE} at once: acknowledged in {sent:.1f} s, answered in {whole:.1f} s")
    print(f"acknowledged after p50 {middle:.0f} ms, p95 {late:.0f} ms, longest {acked[-1] * 1000:.0f} ms")
    print(f"answers a second {BURST / whole:.0f}; lost {BURST - len(answered)}")
    print(f"messages that break Teams' rules: {len(teams.violations)}")


if __name__ == "__main__":
    main()
