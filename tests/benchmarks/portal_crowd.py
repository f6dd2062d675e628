"""People who use the portal over HTTP as browsers do: officers who ask, hub staff who work, each timed step by step.

What the portal acknowledged to each of them is kept, so that it can be looked for afterwards.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote

import httpx

OURS = {"sec-fetch-site": "same-origin"}
COVERED = (
    "how long can we hold someone on a 136 for",
    "when can we use a closure notice",
    "how do i start with sara",
    "does an adult have to consent to the NRM",
    "kids keep setting fire to bins, what works",
)
ASKS_LIBRARY = frozenset(
    {"ask", "search the library", "what is like it", "open a request", "open a request: sent again"}
)
"""Steps that search guidance or compare meanings; everything else only reads and writes."""
_THINGS = (
    "kiosk", "lantern", "ferry", "piano", "turnstile", "weathervane", "sundial", "allotment", "carousel", "bandstand",
    "greenhouse", "beehive", "observatory", "tramway", "aquarium", "windmill", "chapel", "funicular", "vineyard",
    "foundry",
)  # fmt: skip
_DEEDS = ("paints", "insures", "rents out", "restores", "names", "inherits", "photographs", "decorates", "weighs")
_PLACES = ("Amberley", "Brockwell", "Corfe", "Dunmore", "Elsdon", "Fenwick", "Garth", "Holme", "Inver", "Jarrow")
_REFERENCE = re.compile(r"Your reference is (PF-\d+)")
_WAITS = re.compile(r'href="/board/(PF-\d+)"(?:(?!</li>).)*?"hub-source">(?:re)?open(?:ed)? ·', re.DOTALL)
"""A row of the board that nobody has claimed."""
_NONCE = re.compile(r'name="nonce" value="([^"]+)"')
_DOCUMENT = re.compile(r'href="(/library/[\w-]+)"')


@dataclass
class Crowd:
    """What everybody found, and what each was told; shared by all of one loop."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Step to milliseconds."""
    errors: Counter[str] = field(default_factory=Counter)
    opened: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Reference to who asked and what."""
    told_twice: list[str] = field(default_factory=list)
    """References that were given to more than one request."""
    claimed: list[str] = field(default_factory=list)
    replied: dict[str, str] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    too_late: int = 0
    """Claims that a colleague won: said to whoever tried, and no error."""
    joins: int = 0
    """Questions that were offered an open request in the place of one of their own."""

    def acknowledge(self, reference: str, person: str, text: str) -> None:
        """A request was said to be with the hub."""
        if reference in self.opened:
            self.told_twice.append(reference)
        self.opened[reference] = (person, text)


@dataclass
class Browser:
    """One signed-in person; cookies of their own, connections that all share."""

    client: httpx.AsyncClient
    crowd: Crowd
    person: str

    async def sign_in(self) -> None:
        """Choose oneself among the sample people."""
        await self.step("sign in", "POST", "/sign-in", {"person": self.person, "next": "/"}, good=(303,))

    async def step(
        self, kind: str, method: str, path: str, data: dict[str, str] | None = None, good: tuple[int, ...] = (200,)
    ) -> httpx.Response:
        """Ask for one page, and time it until the last byte."""
        began = time.perf_counter()
        try:
            answer = await self.client.request(method, path, data=data)
        except httpx.HTTPError as error:
            self.crowd.errors[f"{kind}: {type(error).__name__}"] += 1
            return httpx.Response(599)
        self.crowd.took[kind].append(1000 * (time.perf_counter() - began))
        if answer.status_code not in good:
            self.crowd.errors[f"{kind}: {answer.status_code}"] += 1
        return answer

    async def send(self, step: str, about: str, fields: dict[str, str], kind: str, landed: int = 303) -> httpx.Response:
        """Open a form, fill it in and send it twice, as people do who press twice; the first answer."""
        form = await self.step(f"{kind}: the form", "GET", f"/do/{step}?about={about}")
        found = _NONCE.search(form.text)
        sent = {"about": about, "nonce": found[1] if found else "", **fields}
        first = await self.step(kind, "POST", f"/do/{step}", sent, good=(landed, 409, 422))
        await self.step(f"{kind}: sent again", "POST", f"/do/{step}", sent, good=(409, 422))
        return first


def told(answer: httpx.Response) -> str:
    """What the next page would say."""
    return unquote(answer.cookies.get("told", ""))


def strange(number: int) -> str:
    """A question that no guidance answers, unlike those before it."""
    thing, place = _THINGS[number % len(_THINGS)], _PLACES[number // len(_THINGS) % len(_PLACES)]
    return f"who {_DEEDS[number % len(_DEEDS)]} the {thing} at {place} in chapter {number}"


async def officer(browser: Browser, rounds: int, number: int, pause: float = 0.0) -> None:
    """Ask what guidance covers and what it does not, read, look at one's own requests."""
    dice = random.Random(number)
    await browser.sign_in()
    for turn in range(rounds):
        await _asks(browser, COVERED[dice.randrange(len(COVERED))])
        await asyncio.sleep(pause * dice.random())
        await _asks(browser, strange(number * rounds + turn))
        await asyncio.sleep(pause * dice.random())
        await _reads(browser, dice)
        await asyncio.sleep(pause * dice.random())
        if (number + turn) % 4 == 0:
            await _describes(browser, number * rounds + turn)
        await _looks_after(browser)
    await browser.step("sign out", "POST", "/sign-out", good=(303,))


async def _asks(browser: Browser, text: str) -> None:
    await browser.step("first page", "GET", "/")
    answer = await browser.step("ask", "POST", "/questions", {"question": text}, good=(303,))
    page = await browser.step("the reply's page", "GET", answer.headers.get("location", "/"))
    if found := _REFERENCE.search(page.text):
        browser.crowd.acknowledge(found[1], browser.person, text)
    elif text not in COVERED:
        browser.crowd.joins += 1


async def _reads(browser: Browser, dice: random.Random) -> None:
    library = await browser.step("library", "GET", "/library")
    documents = sorted(set(_DOCUMENT.findall(library.text))) or ["/library"]
    await browser.step("a document", "GET", dice.choice(documents))
    await browser.step("search the library", "POST", "/library", {"words": "hot spot patrols"})
    await browser.step(*dice.choice((("learn", "GET", "/learn"), ("news", "GET", "/news"))))


async def _describes(browser: Browser, number: int) -> None:
    """Fill in the form; what is like it is looked up meanwhile, as the page does by itself."""
    what = f"{strange(number)} and nobody on my shift, number {number}, can tell"
    await browser.step("what is like it", "POST", "/requests/like", {"what": what})
    fields = {"kind": "operational_problem", "what": what, "where": "the old town"}
    answer = await browser.send("form", "", fields, "open a request")
    if found := _REFERENCE.search(told(answer)):
        browser.crowd.acknowledge(found[1], browser.person, what)


async def _looks_after(browser: Browser) -> None:
    """Look at one's requests; say of one that has a reply that it helped."""
    mine = await browser.step("own requests", "GET", "/requests/mine")
    for reference in sorted(set(re.findall(r'href="/requests/(PF-\d+)"', mine.text)))[:2]:
        own = await browser.step("an own request", "GET", f"/requests/{reference}")
        if 'action="/do/helped"' in own.text:
            answer = await browser.step("helped", "POST", "/do/helped", {"about": reference}, good=(303, 409))
            if answer.status_code == 303:
                browser.crowd.closed.add(reference)
            return


async def staff(
    browser: Browser, number: int, over: asyncio.Event, rounds: int = 1_000_000, pause: float = 0.0
) -> None:
    """Work the board until the officers are done."""
    dice = random.Random(10_000 + number)
    await browser.sign_in()
    for _ in range(rounds):
        if over.is_set():
            return
        board = await browser.step("board", "GET", "/board")
        await browser.step("board, filtered", "POST", "/board", {"view": "open", "words": dice.choice(_THINGS)})
        await browser.step("board, mine", "GET", "/board?view=mine")
        waiting = _WAITS.findall(board.text)
        if waiting:
            await asyncio.sleep(pause * dice.random())
            await _works_on(browser, dice.choice(waiting), dice)
        await asyncio.sleep(pause * dice.random())
        await browser.step("the shift's handover", "GET", "/board/shift")


async def _works_on(browser: Browser, reference: str, dice: random.Random) -> None:
    """Claim it; whoever is first replies, and closes some."""
    page = await browser.step("a request on the board", "GET", f"/board/{reference}")
    claim = await browser.step("claim", "POST", "/do/claim", {"about": reference}, good=(303, 409))
    if claim.status_code != 303 or "claimed" not in unescape(told(claim)):
        browser.crowd.too_late += 1
        return
    browser.crowd.claimed.append(reference)
    text = f"{browser.person} looked into {reference}: the estates office does, and it is in the register."
    answer = await browser.send("reply", reference, {"text": text}, "reply")
    if answer.status_code == 303:
        browser.crowd.replied[reference] = text
    if page.status_code == 200 and dice.random() < 0.3:
        closing = await browser.send("close", reference, {"outcome": "answered"}, "close")
        if closing.status_code == 303:
            browser.crowd.closed.add(reference)
