"""How long the pages of insight take over a made-up year, on both engines: python -m tests.benchmarks.insight [FOLDER]

20,000 questions, 1,500 requests, 12 projects, seeded. Figures are counted ahead, as `serve` does when it starts and
each hour; then each page is asked for first and again. With FOLDER, the pages are left there as files, to be looked at.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from bot.app import Hub
from bot.domain.improvement import Claim, Confidence, Freed, Tried, Value
from bot.domain.people import Actor
from bot.insight.periods import Grain
from bot.insight.projects.working import measure_of
from bot.portal.samples import DEMONSTRATION
from bot.server import edges_of, new_server
from bot.settings import Settings
from tests.support import postgres
from tests.support import year as made_up
from tests.support.fakes import WordEncoder
from tests.support.ready import make_ready
from tests.support.serving import served

PAGES = (
    "?by=month",
    "?by=place",
    "?by=kind",
    "?by=theme",
    "?by=area",
    "?by=subject",
    "/month",
    "/projects",
    "/projects/IP-0001",
    "/gaps",
    "/documents",
    "/definitions",
)
SEED, PROJECTS = 7, 12


def fill(hub: Hub) -> None:
    """A year up to today."""
    first = datetime.now(UTC) - timedelta(days=364)
    made_up.make(hub.records, questions=20_000, requests=1_500, first=first, seed=SEED)
    dice, start = random.Random(SEED), hub.insight.period(grain=Grain.WEEK).monday - timedelta(weeks=40)
    for number in range(1, PROJECTS + 1):
        reference, works = f"IP-{number:04d}", number % 3 == 1
        measure = measure_of("wait", "each week's median", "hours", "down")
        hub.projects.open(Actor("sgt-bell"), f"project {number}", measure, problem="they wait")
        numbers = [dice.gauss(10 if week < 24 or not works else 6, 1.2) for week in range(40)]
        values = [Value(start + timedelta(weeks=week), round(one, 1)) for week, one in enumerate(numbers)]
        hub.projects.measure(Actor("sgt-bell"), reference, values)
        tried = Tried(start + timedelta(weeks=24), "a liaison officer on Friday nights", recalculates=number % 2 == 0)
        hub.projects.try_out(Actor("sgt-bell"), reference, tried)
        claim = Claim("shorter waits", "Insp Hale", "custody records", Confidence.MEDIUM, Freed(30, 45, 20, 30))
        hub.projects.claim(Actor("sgt-bell"), reference, claim)
        hub.projects.propose(Actor("sgt-bell"), reference)
        hub.projects.publish(Actor("insp-cole"), reference)


def measure(folder: Path, guidance: Path, database: str | None, kept: Path | None) -> None:
    """Fill a hub and time its pages."""
    hub = Hub(Settings(data=folder, database_url=database, **DEMONSTRATION), WordEncoder())
    make_ready(hub, guidance)
    fill(hub)
    with (
        served(new_server(hub, edges_of(hub))) as address,
        httpx.Client(base_url=address, headers={"sec-fetch-site": "same-origin"}, follow_redirects=True) as browser,
    ):
        browser.post("/sign-in", data={"person": "sgt-bell", "next": "/"})
        browser.get("/news")
        began = time.perf_counter()
        hub.count_ahead()
        print(f"counting ahead, as `serve` does when it starts: {time.perf_counter() - began:.1f} s")
        for page in PAGES:
            took = []
            for _ in range(3):
                began = time.perf_counter()
                answer = browser.get(f"/insight{page}", timeout=60)
                took.append(1000 * (time.perf_counter() - began))
                assert answer.status_code == 200, answer.text
            engine = "PostgreSQL" if database else "SQLite"
            print(f"{engine:<11}{page:<20} first {took[0]:6.0f} ms, then {min(took[1:]):4.0f} ms")
            if kept:
                (kept / f"page{page.strip('/?').replace('/', '-').replace('=', '-')}.html").write_text(answer.text)
    hub.close()


def main() -> None:
    """Both engines."""
    from tests.conftest import BADGERS, LAUNDRY

    kept = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as name, postgres.running() as server:
        guidance = Path(name) / "guidance"
        guidance.mkdir()
        (guidance / "laundry.md").write_text(LAUNDRY, encoding="utf-8")
        (guidance / "badgers.md").write_text(BADGERS, encoding="utf-8")
        for number, database in enumerate((None, postgres.new_database(server))):
            measure(Path(name) / str(number), guidance, database, kept if number == 0 else None)


if __name__ == "__main__":
    main()
