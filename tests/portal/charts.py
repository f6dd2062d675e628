"""Every page with charts as colour-blind people and paper show them: `python -m tests.portal.charts OUT`.

The made-up year of `tests.benchmarks.insight`; Chromium's own imitation of each colour vision deficiency.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bot.app import Hub
from bot.portal.samples import DEMONSTRATION
from bot.server import edges_of, new_server
from bot.settings import Settings
from tests.benchmarks.insight import fill
from tests.conftest import BADGERS, LAUNDRY
from tests.portal.conftest import FLAGS
from tests.support.fakes import WordEncoder
from tests.support.ready import make_ready
from tests.support.serving import served

PAGES = {
    "figures": "/insight?by=month",
    "subjects": "/insight?by=subject",
    "month": "/insight/month",
    "signal": "/insight/projects/IP-0001",
    "recalculated": "/insight/projects/IP-0004",
    "no-signal": "/insight/projects/IP-0002",
}
VISIONS = ("none", "protanopia", "deuteranopia", "tritanopia", "achromatopsia")


def main(out: Path) -> None:
    """Draw each page as each of them sees it, and as it is printed."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        guidance = Path(name) / "guidance"
        guidance.mkdir()
        (guidance / "laundry.md").write_text(LAUNDRY, encoding="utf-8")
        (guidance / "badgers.md").write_text(BADGERS, encoding="utf-8")
        hub = Hub(Settings(data=Path(name) / "data", **DEMONSTRATION), WordEncoder())
        make_ready(hub, guidance)
        fill(hub)
        with served(new_server(hub, edges_of(hub))) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
            page = browser.new_page(base_url=address, viewport={"width": 900, "height": 900})
            page.goto("/sign-in")
            page.click('button[value="sgt-bell"]')
            for named, path in PAGES.items():
                page.goto(path)
                _pictures(page, out / named)
            browser.close()
        hub.close()


def _pictures(page: Page, to: Path) -> None:
    eyes = page.context.new_cdp_session(page)
    for vision in VISIONS:
        eyes.send("Emulation.setEmulatedVisionDeficiency", {"type": vision})
        page.screenshot(path=f"{to}-{vision}.png", full_page=True)
    eyes.send("Emulation.setEmulatedVisionDeficiency", {"type": "none"})
    page.pdf(path=f"{to}.pdf", format="A4")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
