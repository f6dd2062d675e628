"""Pictures of every page, for people to look at: `python -m tests.portal.pictures OUT [DATA]`.

The starter library with sample people and requests, at three widths, light and dark, at 400 % zoom, and as printed.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bot.app import Hub
from bot.doctor import examine
from bot.portal.samples import DEMONSTRATION, add_samples
from bot.server import edges_of, new_server
from bot.settings import Settings
from knowledge.encoder import SentenceTransformerEncoder
from tests.portal.conftest import FLAGS
from tests.support.serving import served

ASKED = "how long can we keep someone under section 136"
URGENT = "he has a knife and is coming at me now"
NEAR = "kids keep setting fire to bins, what works"
PAGES = {
    "": {"welcome": "/", "echo": "/echo", "echo-answers": "/echo/answers", "transparency": "/transparency",
         "accessibility": "/accessibility", "nowhere": "/nowhere"},
    "ms-dunn": {"library": "/library", "admin": "/admin", "editions": "/admin/library", "uploads": "/admin/uploads",
                "golden": "/admin/golden", "doctor": "/admin/doctor", "exports": "/admin/exports",
                "backups": "/admin/backups", "facts": "/admin/facts", "facts-form": "/admin/facts/d24-section-136",
                "pauses": "/admin/pauses", "letters": "/admin/letters", "api": "/admin/api", "roles": "/admin/roles"},
    "mr-east": {"record": "/admin/record", "holds": "/admin/holds", "insight-refused": "/insight"},
    "pc-adams": {
        "ask": "/", "mine": "/requests/mine", "library": "/library", "guidance": "/library/d24-section-136",
        "form": "/do/form", "learn": "/learn", "learn-step": "/learn/1", "news": "/news", "receipts": "/receipts",
        "request": "/requests/PF-0001", "refused": "/board",
    },
    "sgt-bell": {
        "board": "/board", "board-request": "/board/PF-0003", "board-all": "/board?view=all",
        "reply-form": "/do/reply?about=PF-0003", "promote-form": "/do/promote?about=PF-0001", "shift": "/board/shift",
        "proposals": "/board/proposals", "late": "/board/late", "recalls": "/board/recalls", "echo": "/hub/echo",
        "insight": "/insight", "definitions": "/insight/definitions", "gaps": "/insight/gaps",
        "documents": "/insight/documents", "month": "/insight/month", "projects": "/insight/projects",
        "new-project": "/insight/projects/new",
    },
}  # fmt: skip
"""By person, "" for whoever has not signed in."""
LONG = "Who mends the " + "Llanfairpwllgwyngyll" * 4 + " sign, " + "https://intranet.example/" + "a-long-address-" * 12


def main(out: Path, data: Path) -> None:
    """Draw them all; a data folder that has an edition already is quicker."""
    out.mkdir(parents=True, exist_ok=True)
    hub = Hub(Settings(data=data, **DEMONSTRATION), SentenceTransformerEncoder())
    if not hub.publishing.has_edition():
        hub.publishing.build(hub.publishing.builder(), by_itself=True)
    add_samples(hub)
    hub.examining = lambda: examine(hub)
    with served(new_server(hub, edges_of(hub))) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        for width, dark, zoom in [(320, False, 1), (768, False, 1), (1280, False, 1), (320, True, 1), (1280, False, 4)]:
            _all(browser, address, out / f"{width}{'-dark' if dark else ''}{f'-zoom{zoom}' if zoom > 1 else ''}")
        _printed(browser, address, out)
        browser.close()
    hub.close()


def _printed(browser: Browser, address: str, out: Path) -> None:
    """A guidance page and the month as they leave a printer."""
    page = browser.new_page(base_url=address)
    page.goto("/sign-in")
    page.click('button[value="sgt-bell"]')
    for name, path in {"guidance": "/library/d24-section-136", "month": "/insight/month"}.items():
        page.goto(path)
        page.pdf(
            path=out / f"{name}.pdf", format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "15mm")
        )
    page.close()


def _all(browser: Browser, address: str, out: Path) -> None:
    out.mkdir(exist_ok=True)
    width, *more = out.name.split("-")
    zoom = 4 if "zoom4" in more else 1
    for person, pages in PAGES.items():
        context = browser.new_context(
            base_url=address,
            viewport={"width": int(width) // zoom, "height": 800 // zoom},
            device_scale_factor=zoom if zoom > 1 else 1,
            color_scheme="dark" if "dark" in more else "light",
        )
        page = context.new_page()
        if person:
            page.goto("/sign-in")
            page.screenshot(path=out / "sign-in.png", full_page=True)
            page.click(f'button[value="{person}"]')
        for name, path in pages.items():
            page.goto(path)
            _picture(page, out / f"{person or 'stranger'}-{name}.png")
        if person == "pc-adams":
            _questions(page, out)
        context.close()


def _questions(page: Page, out: Path) -> None:
    for name, text in {"quoted": ASKED, "possible": NEAR, "urgent": URGENT, "long-words": LONG}.items():
        page.goto("/")
        page.fill("#question", text)
        page.click('main button:has-text("Ask")')
        page.wait_for_url(re.compile("/(replies/|questions$)"))
        _picture(page, out / f"{name}.png")


def _picture(page: Page, to: Path) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        print(f"{to.parent.name}/{to.name}: scrolls sideways by {wide} px")
    page.screenshot(path=to, full_page=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp()))
