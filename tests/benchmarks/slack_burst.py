"""A burst of 300 questions in Slack, with the real encoder: `python -m tests.benchmarks.slack_burst`."""

from __future__ import annotations

import json
import os
import platform
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from bot.app import Hub
from bot.settings import Settings
from knowledge.encoder import SentenceTransformerEncoder
from tests.slack.fake import SECRET, TEAM, FakeSlack
from tests.slack.workspace import serving

BURST = 300
AT_ONCE = 20
QUESTIONS = (
    "how long can we hold someone on a 136 for",
    "whats the fine for breach of a cpn",
    "when can we use a closure notice",
    "who sells parking permits",
    "how do i start with sara",
)


def main() -> None:
    """Print how soon each event was acknowledged, and how many answers a second there were."""
    encoder = SentenceTransformerEncoder()
    encoder.encode_question("warm")
    with tempfile.TemporaryDirectory() as name:
        slack = FakeSlack().start()
        settings = Settings(
            data=Path(name),
            slack_bot_token="xoxb-1",  # type: ignore[arg-type]
            slack_signing_secret=SECRET,  # type: ignore[arg-type]
            slack_api_url=slack.url,
            rate_person="100000/minute",
            rate_place="100000/minute",
        )
        hub = Hub(settings, encoder)
        hub.publishing.build(hub.publishing.builder(), by_itself=True)
        with serving(hub, slack):
            report(slack)
        hub.close()
        slack.stop()


def report(slack: FakeSlack) -> None:
    """Send the burst, wait for the last answer, and say how it went."""

    def send(number: int) -> float:
        text, user = QUESTIONS[number % len(QUESTIONS)], f"U{number}"
        said = {"type": "message", "channel_type": "im", "channel": f"D{user}", "user": user, "text": text}
        event = {**said, "ts": f"1800.{number}"}
        body = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{number}", "event": event}
        began = time.perf_counter()
        assert slack.post(json.dumps(body).encode(), "application/json")[0] == 200
        return time.perf_counter() - began

    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        acked = sorted(pool.map(send, range(BURST)))
    sent = time.perf_counter() - began
    slack.wait_for(lambda call: call.method == "chat.postMessage", times=BURST)
    whole = time.perf_counter() - began
    answered = {call.body["channel"] for call in slack.calls if call.method == "chat.postMessage"}
    print(
        f"{date.today()}, {os.cpu_count()} cores, Python {platform.python_version()}; server and Slack on one machine"
    )
    print(f"{BURST} events, {AT_ONCE} at once: all acknowledged in {sent:.1f} s, all answered in {whole:.1f} s")
    print(
        f"acknowledged after p50 {acked[BURST // 2] * 1000:.0f} ms, p95 {acked[int(BURST * 0.95)] * 1000:.0f} ms",
        end=", ",
    )
    print(f"longest {acked[-1] * 1000:.0f} ms")
    print(f"answers a second {BURST / whole:.0f}; lost {BURST - len(answered)}; later than 3 s: {len(slack.late)}")
    print(f"calls that break Slack's rules: {len(slack.violations)}")


if __name__ == "__main__":
    main()
