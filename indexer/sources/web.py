"""A web site as a folder: its pages and files are brought into a mirror, which is a source like any other.

Only the site's own addresses below the one that was named, as robots.txt allows, one after another with a pause; asked
with the tag of the last time, so that what has not changed is not sent again. A page that cannot be had now keeps what
it said; one that is gone for good (404, 410), or that a whole round did not come to, goes. Each file has its address
beside it as a sidecar, so that every quote links to its page.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from indexer.loaders import LARGEST_FILE
from indexer.sources.reaching import Gone, NotReached, Reached, Reaching
from indexer.sources.schedule import DAY, is_due
from knowledge.manifest import LibraryError
from knowledge.store.folder import replace_bytes, replace_text

FOLDER = "web"
STATE = ".site.json"
AGENT = "prevention-hub-indexer"
MOST_PAGES = 2000
"""Addresses of a site that are asked at most: one that never ends must not either."""
PAUSE = 0.5
"""Seconds between two requests, where robots.txt does not ask for more."""
LONGEST_PAUSE = 30.0
_KINDS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf", "text/plain": ".txt",
    "text/markdown": ".md", "text/csv": ".csv", "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}  # fmt: skip
_SLUG = re.compile(r"[^a-z0-9]+")


class SiteRefused(LibraryError):
    """A site cannot be a source; the message is one sentence with the remedy."""


@dataclass(slots=True)
class Round:
    """What one round of a site brought."""

    fetched: int = 0
    unchanged: int = 0
    gone: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    """Addresses that could not be had, each with why; what they said before is kept."""

    @property
    def whole(self) -> bool:
        """Whether every page that there is was come to."""
        return not self.troubles


@dataclass(slots=True)
class Site:
    """A site and its mirror. `folder` need not exist."""

    address: str
    folder: Path
    inside: bool = False
    """Whether it may stand on the force's own network, whose addresses are private."""
    sleep: Callable[[float], None] = time.sleep
    _pages: dict[str, dict[str, Any]] = field(default_factory=dict)

    def mirror(self) -> Round:
        """Bring the mirror up to date.

        Raises:
            SiteRefused: the address is none, or not even the first page can be had.
        """
        start = _address(self.address)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._pages = self._known()
        done = Round()
        with Reaching(AGENT, LARGEST_FILE, inside=self.inside) as reaching:
            rules = _Rules(reaching, start)
            came_to = self._go(reaching, rules, start, done)
        if done.whole:
            self._leave_out(set(self._pages) - came_to, done)
        self._keep(done)
        return done

    def is_due(self, now: datetime, time: timedelta = DAY) -> bool:
        """Whether the last round is that long ago."""
        try:
            tried = json.loads((self.folder / STATE).read_text(encoding="utf-8"))["tried"]
            return is_due(tried, time, now)
        except (OSError, ValueError, KeyError, TypeError):
            return True

    def _go(self, reaching: Reaching, rules: _Rules, start: str, done: Round) -> set[str]:
        """Ask every address once, those that pages link to among them; the addresses that were come to."""
        todo, seen = deque([start]), {start}
        while todo:
            address = todo.popleft()
            if not rules.allow(address):
                if address == start:
                    raise SiteRefused(f"{start} does not want to be read by programs (robots.txt). Ask its owner.")
                continue
            for link in self._ask(reaching, address, done, first=address == start):
                if link not in seen and _is_below(link, start):
                    if len(seen) >= MOST_PAGES:
                        done.troubles.append(f"{start}: more than {MOST_PAGES} addresses, the rest is not read")
                        return seen
                    seen.add(link)
                    todo.append(link)
            if todo:
                self.sleep(rules.pause)
        return seen

    def _ask(self, reaching: Reaching, address: str, done: Round, *, first: bool) -> list[str]:
        """One address; what it links to."""
        known = self._pages.get(address, {})
        try:
            reached = reaching.get(address, known.get("tag", ""), known.get("changed", ""))
        except Gone:
            if first:
                raise SiteRefused(f"There is no page at {address}. Look at the address.") from None
            self._leave_out({address}, done)
            return []
        except NotReached as error:
            if first and not self._pages:
                raise SiteRefused(f"{address} cannot be had: {error}. Look at the address, or try later.") from error
            done.troubles.append(f"{address}: {error}")
            return [str(link) for link in known.get("links", ())]
        if reached.data is None:
            done.unchanged += 1
            return [str(link) for link in known.get("links", ())]
        return self._take(address, reached, done)

    def _take(self, address: str, reached: Reached, done: Round) -> list[str]:
        data, ending = reached.data or b"", _ending(address, reached.kind)
        links = list(_links(address, data, reached.kind))
        page: dict[str, Any] = {"tag": reached.tag, "changed": reached.changed, "links": links, "file": ""}
        if ending:
            page["file"] = _file_name(address, ending)
            replace_bytes(self.folder / page["file"], data)
            replace_text(self.folder / f"{page['file']}.toml", f"link = {json.dumps(address)}\n")
            done.fetched += 1
        self._pages[address] = page
        return links

    def _leave_out(self, addresses: set[str], done: Round) -> None:
        for address in sorted(addresses):
            name = self._pages.pop(address, {}).get("file", "")
            if name:
                (self.folder / name).unlink(missing_ok=True)
                (self.folder / f"{name}.toml").unlink(missing_ok=True)
                done.gone.append(address)

    def _known(self) -> dict[str, dict[str, Any]]:
        try:
            state = json.loads((self.folder / STATE).read_text(encoding="utf-8"))
            return dict(state["pages"])
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def _keep(self, done: Round) -> None:
        now = datetime.now(UTC).replace(microsecond=0).isoformat()
        state = {"address": self.address, "inside": self.inside, "pages": self._pages, "tried": now}
        state["troubles"] = done.troubles[:50]
        if done.whole:
            state["succeeded"] = now
        replace_text(self.folder / STATE, json.dumps(state, indent=1) + "\n")


class _Rules:
    """The site's robots.txt; one that cannot be had allows nothing, as RFC 9309 wants, a missing one everything."""

    def __init__(self, reaching: Reaching, start: str) -> None:
        from protego import Protego

        try:
            reached = reaching.get(urljoin(start, "/robots.txt"))
            text = (reached.data or b"").decode("utf-8", "replace")
        except Gone:
            text = ""
        except NotReached as error:
            raise SiteRefused(f"{start} cannot be had: {error}. Look at the address, or try later.") from error
        self._rules = Protego.parse(text)
        asked = self._rules.crawl_delay(AGENT)
        self.pause = min(max(PAUSE, float(asked or 0)), LONGEST_PAUSE)

    def allow(self, address: str) -> bool:
        """Whether a program may read an address."""
        return bool(self._rules.can_fetch(address, AGENT))


def sites(web: Path) -> Iterator[Site]:
    """The sites that are mirrored below a folder."""
    for state in sorted(web.glob(f"*/{STATE}")):
        try:
            held = json.loads(state.read_text(encoding="utf-8"))
            yield Site(str(held["address"]), state.parent, bool(held.get("inside")))
        except (OSError, ValueError, KeyError, TypeError):
            continue


def folder_of(address: str) -> str:
    """The name of a site's mirror."""
    parts = urlsplit(_address(address))
    slug = _SLUG.sub("-", f"{parts.hostname}{parts.path}".lower()).strip("-")
    return f"{slug[:60]}-{hashlib.sha256(address.encode()).hexdigest()[:6]}"


def _address(text: str) -> str:
    """An address as it is asked; SiteRefused where it is none."""
    parts = urlsplit(text.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise SiteRefused(f"'{text}' is no address of a site. Write one such as https://force.example/guidance/")
    return urldefrag(parts._replace(path=parts.path or "/").geturl()).url


def _is_below(link: str, start: str) -> bool:
    """Whether an address belongs to the site: the same host and port, below the folder that was named."""
    one, other = urlsplit(link), urlsplit(start)
    folder = other.path.rsplit("/", 1)[0] + "/"
    return (one.scheme, one.netloc) == (other.scheme, other.netloc) and one.path.startswith(folder)


def _links(address: str, data: bytes, kind: str) -> Iterator[str]:
    """What a page or a sitemap links to, each once."""
    found: dict[str, None] = {}
    if kind.endswith("xml") and "html" not in kind:
        from lxml import etree

        try:
            tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            return
        found = dict.fromkeys((one.text or "").strip() for one in tree.iter("{*}loc"))
    elif "html" in kind:
        from bs4 import BeautifulSoup
        from bs4.filter import SoupStrainer

        soup = BeautifulSoup(data, "lxml", parse_only=SoupStrainer("a"))
        for tag in soup.find_all("a", href=True):
            if "nofollow" not in (tag.get("rel") or []):
                found.setdefault(urldefrag(urljoin(address, str(tag["href"]).strip())).url)
    yield from (link for link in found if urlsplit(link).scheme in {"http", "https"})


def _ending(address: str, kind: str) -> str:
    """What the file is called by: its kind as the server says; empty for what is no guidance, such as a sitemap."""
    return _KINDS.get(kind, "")


def _file_name(address: str, ending: str) -> str:
    """A name that tells the page, and is another for every address."""
    parts = urlsplit(address)
    words = _SLUG.sub("-", f"{parts.path}-{parts.query}".lower().removesuffix(ending)).strip("-") or "index"
    return f"{words[:80]}-{hashlib.sha256(address.encode()).hexdigest()[:8]}{ending}"
