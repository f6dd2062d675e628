"""A burst of 300 questions in Slack, with the real encoder: `python -m tests.benchmarks.slack_burst`."""

from __future__ import annotations

import asyncio
import os
import platform
import tempfile
import time
from datetime import date
from pathlib import Path

from bot.app import Hub
from knowledge.encoder import SentenceTransformerEncoder
from tests.support.slack import fake as fakes
from tests.support.slack import running
from tests.support.slack.fake import Acknowledged, FakeSlack
from tests.support.slack.person import Person
from tests.support.slack.workspace import Json, text_of

BURST = 300
QUESTIONS = (
    "how long can we hold someone on a 136 for",
    "whats the fine for breach of a cpn",
    "when can we use a closure notice",
    "who sells parking permits",
    "how do i start with sara",
)
URGENT = "he is stabbing someone right now outside the bar"


def main() -> None:
    """Print how soon each event was acknowledged, how many answers a second there were, and how soon 999 was said."""
    fakes.SECONDS_TO_ACKNOWLEDGE = 60.0
    encoder = SentenceTransformerEncoder()
    encoder.encode_question("warm")
    with tempfile.TemporaryDirectory() as name, FakeSlack() as slack:
        rates = {"rate_person": "100000/minute", "rate_place": "100000/minute"}
        hub = Hub(running.settings_for(slack, Path(name), **rates), encoder)
        hub.publishing.build(hub.publishing.builder(), by_itself=True)
        with running.serving(hub, slack):
            report(slack)
        hub.close()


def report(slack: FakeSlack) -> None:
    """Send the burst and an emergency in the middle of it, wait for the last answer, and say how it went."""
    events, asked = [], []
    for number in range(BURST):
        user = f"U0{number:05}"
        channel, ts = slack.dm_of(user), slack.new_ts()
        message = {"ts": ts, "user": user, "text": QUESTIONS[number % len(QUESTIONS)], "team": fakes.TEAM}
        slack.add(channel, message)
        asked.append((channel, ts))
        said = {"type": "message", "channel": channel, "channel_type": "im", "event_ts": ts, **message}
        events.append(slack.event(said))
    began = time.perf_counter()
    sending = asyncio.run_coroutine_threadsafe(_burst(slack, events), slack._loop)
    officer, urged = Person(slack, "U0URGENT"), time.perf_counter()
    reply = officer.wait_for(lambda m: "999" in text_of(m), after=officer.write(URGENT)["ts"])
    signposted = time.perf_counter() - urged
    acked = sorted(one.seconds for one in sending.result(600))
    answered = lambda: all(any(m.get("thread_ts") == ts for m in slack.messages[c]) for c, ts in asked)  # noqa: E731
    slack.wait_for(answered, "every answer", 600)
    whole = time.perf_counter() - began
    print(f"{date.today()}, {os.cpu_count()} cores, Python {platform.python_version()}; one machine for both")
    print(f"{BURST} events at once: all answered in {whole:.1f} s, {BURST / whole:.0f} a second")
    print(
        f"acknowledged after p50 {acked[BURST // 2]:.2f} s, p95 {acked[int(BURST * 0.95)]:.2f} s",
        f"last {acked[-1]:.2f} s",
    )
    print(f"an emergency in the middle of it was signposted after {signposted:.2f} s: {bool(reply)}")
    print(f"against Slack's rules: {len(slack.faults)}")


async def _burst(slack: FakeSlack, events: list[Json]) -> list[Acknowledged]:
    return list(await asyncio.gather(*(slack.delivery("events_api", one, slowly_is_a_fault=False) for one in events)))


if __name__ == "__main__":
    main()
