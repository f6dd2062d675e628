"""Pages that ask nothing of the library do not wait behind questions, and look at the database no more than needed."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from jinja2 import Environment

from bot.answering.reading import Reading
from bot.app import Hub
from bot.domain.messages import Place, Viewer
from bot.edges.jobs import MOST_AT_ONCE
from bot.portal.edge import TABLE
from bot.portal.rendering import Renderer
from bot.portal.site import Site
from bot.portal.visits import Visit
from bot.server import config_of, new_server
from tests.portal.test_site import signed_in

SHORT = ["/", "/requests/mine", "/library", "/library/badger-counting", "/learn", "/news", "/receipts", "/echo"]


def test_pages_are_served_while_every_place_for_questions_is_taken(
    address: str, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, may_go_on = threading.Semaphore(0), threading.Event()
    answer = Site.ask

    def slowly(site: Site, visit: Visit, text: str) -> object:
        asked.release()
        assert may_go_on.wait(60)
        return answer(site, visit, text)

    monkeypatch.setattr(Site, "ask", slowly)
    with (
        signed_in(address, "pc-adams") as officer,
        signed_in(address, "sgt-bell") as staff,
        ThreadPoolExecutor(MOST_AT_ONCE + 1) as people,
    ):
        question = {"question": "how long may a silk kite soak in water?"}
        waiting = [people.submit(officer.post, "/questions", data=question) for _ in range(MOST_AT_ONCE + 1)]
        try:
            for _ in range(MOST_AT_ONCE):
                assert asked.acquire(timeout=60)
            assert [officer.get(path).status_code for path in SHORT] == [200] * len(SHORT)
            assert [staff.get(path).status_code for path in ("/board", "/board/shift")] == [200, 200]
            assert staff.post("/do/claim", data={"about": "PF-0001"}).status_code == 409
            assert not any(one.done() for one in waiting)
        finally:
            may_go_on.set()
        assert [one.result().status_code for one in waiting] == [200] * len(waiting)


@pytest.mark.parametrize(
    ("path", "params", "posted", "long"),
    [
        ("/questions", {}, True, True),
        ("/library", {}, False, False),
        ("/library", {}, True, True),
        ("/do/{step}", {"step": "form"}, True, True),
        ("/do/{step}", {"step": "form"}, False, False),
        ("/do/{step}", {"step": "claim"}, True, False),
        ("/insight", {}, False, True),
        ("/board", {}, True, False),
    ],
)
def test_what_may_take_long_is_known_ahead(path: str, params: dict[str, str], posted: bool, long: bool) -> None:
    (at,) = [one for one in TABLE if one.path == path]
    assert at.long(Visit(None, path, params), posted) is long


def test_the_list_of_documents_looks_once_at_what_is_paused(hub: Hub) -> None:
    looked: list[int] = []

    def paused() -> dict[str, object]:
        looked.append(1)
        return {}

    reading = Reading(hub.library, hub.ceilings, paused)  # type: ignore[arg-type]
    assert len(reading.documents(Viewer(Place("portal", "pc-adams")))) > 1
    assert looked == [1]


def test_no_page_is_compiled_for_whoever_comes_first(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    renderer = Renderer("Europe/Paris")
    renderer.compile_all()

    def compiled(*_: object, **__: object) -> None:
        raise AssertionError("a page was compiled when it was asked for")

    monkeypatch.setattr(Environment, "compile", compiled)
    page = renderer.draw("ask.html", {"title": "Ask", "typed": "kites?", "error": "", "examples": (), "path": "/"})
    assert "kites?" in page


def test_a_connection_is_kept_for_longer_than_proxies_keep_theirs(hub: Hub) -> None:
    config = config_of(new_server(hub, []), "127.0.0.1", 0)
    assert config.timeout_keep_alive > 60
    assert (config.access_log, config.server_header) == (False, False)
