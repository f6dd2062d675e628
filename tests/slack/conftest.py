"""A Slack, the program that runs in it, and people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import bot.server
from bot.app import Hub
from bot.settings import Settings
from bot.slack import presses
from tests.support.fakes import WordEncoder
from tests.support.ready import make_ready
from tests.support.slack import running
from tests.support.slack.fake import FakeSlack
from tests.support.slack.person import Person


@pytest.fixture
def data(guidance: Path, tmp_path: Path) -> Path:
    """A data folder with an edition of the starter library and two documents of our own."""
    hub = Hub(Settings(data=tmp_path / "data"), WordEncoder())
    make_ready(hub, guidance)
    hub.close()
    return tmp_path / "data"


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A Slack in which nothing may be done against the rules."""
    with FakeSlack() as fake:
        yield fake
        assert fake.faults == []


@pytest.fixture
def hub(slack: FakeSlack, data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """The program's parts, with this Slack."""
    monkeypatch.setattr(bot.server, "SECONDS_BETWEEN_DELIVERIES", 0.02)
    monkeypatch.setattr(presses, "SECONDS_TO_SHOW_WORKING", 0.0)
    made = running.new_hub(slack, data)
    yield made
    made.close()


@pytest.fixture(params=["http", "socket"])
def app(request: pytest.FixtureRequest, hub: Hub, slack: FakeSlack) -> Iterator[Hub]:
    """The program running, in both ways."""
    how = running.serving if request.param == "http" else running.listening
    with how(hub, slack):
        yield hub


@pytest.fixture
def server(hub: Hub, slack: FakeSlack) -> Iterator[Hub]:
    """The program running over HTTP alone."""
    with running.serving(hub, slack):
        yield hub


@pytest.fixture
def person(slack: FakeSlack) -> Callable[[str], Person]:
    """Somebody by their id."""
    return lambda name: Person(slack, name)


@pytest.fixture
def anna(slack: FakeSlack) -> Person:
    """An officer."""
    return Person(slack, running.ANNA)


@pytest.fixture
def reed(slack: FakeSlack) -> Person:
    """Another officer."""
    return Person(slack, running.REED)


@pytest.fixture
def bell(slack: FakeSlack) -> Person:
    """Of the hub's staff."""
    return Person(slack, running.BELL)


@pytest.fixture
def dunn(slack: FakeSlack) -> Person:
    """Of the hub's staff too."""
    return Person(slack, running.DUNN)


@pytest.fixture
def cole(slack: FakeSlack) -> Person:
    """An admin."""
    return Person(slack, running.COLE)
