"""A portal over real HTTP with its sample people, and a real Chromium that looks at it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from bot.app import Hub
from bot.server import edges_of, new_server
from tests.support.ready import demonstration
from tests.support.serving import served

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 60_000
"""Milliseconds until a page counts as hung."""

Visitor = Callable[..., Page]


@pytest.fixture
def hub(tmp_path: Path, guidance: Path) -> Iterator[Hub]:
    with demonstration(tmp_path / "data", guidance) as made:
        yield made


@pytest.fixture
def address(hub: Hub) -> Iterator[str]:
    with served(new_server(hub, edges_of(hub))) as found:
        yield found


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """For one file of tests: while it runs, its event loop keeps others from running theirs."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium; tests that need it are skipped where there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium: apt-get install chromium")
    browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
    yield browser
    browser.close()


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Visitor]:
    """Sign a sample person in, in a window of their own: `visit("sgt-bell", width=320)`; its first page."""
    contexts = []

    def come(person: str = "", *, width: int = 1280, script: bool = True, **more: Any) -> Page:
        context = chromium.new_context(
            base_url=address, viewport={"width": width, "height": 800}, java_script_enabled=script, **more
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto("/sign-in" if person else "/")
        if person:
            page.click(f'button[value="{person}"]')
            page.wait_for_url("**/")
        return page

    yield come
    for context in contexts:
        context.close()
