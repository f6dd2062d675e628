"""Setting Teams up: what the doctor says, what is posted when it is asked to, and the pages that a package names."""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.doctor import Finding, examine
from bot.settings import Settings, SettingsError
from tests.support.teams.fake import CLIENT
from tests.support.teams.tenant import HUB_CHANNEL, Tenant, tenant


@pytest.fixture
def people(tmp_path: Path, guidance: Path) -> Iterator[Tenant]:
    with tenant(tmp_path, guidance) as found:
        yield found


def teams(people: Tenant, *, post: bool = False) -> Finding:
    return next(one for one in examine(people.hub, post=post).findings if one.what == "Teams")


def test_the_doctor_says_what_is_good_and_posts_only_when_asked(people: Tenant) -> None:
    people.say("bell", "hello")  # Teams tells where it is reached
    before = len(people.teams.sent)
    found = teams(people)
    assert (found.good, found.said) == (True, "1 tenant(s) served")
    assert len(people.teams.sent) == before
    assert teams(people, post=True).good
    assert people.next(HUB_CHANNEL, before).text.strip() == "Prevention Hub can post here. (doctor)"


def test_the_doctor_says_that_the_app_is_not_in_the_hubs_channel(people: Tenant) -> None:
    people.say("bell", "hello")
    people.teams.fail(lambda one: one.conversation == HUB_CHANNEL, 403)
    found = teams(people, post=True)
    assert not found.good
    assert found.said.startswith("Teams said 403. Add the app to the hub's team")


def test_the_doctor_says_that_keys_cannot_be_fetched(tmp_path: Path, guidance: Path) -> None:
    with tenant(tmp_path, guidance, teams_openid_metadata_url="http://127.0.0.1:9/v1/.well-known/none") as people:
        found = teams(people)
        assert not found.good
        assert "The keys of Teams cannot be fetched" in found.said
        assert people.teams.post(people.message("sam", "hello"))[0] == 503


def test_half_of_the_credentials_turn_nothing_on_and_the_doctor_says_so(tmp_path: Path) -> None:
    from bot.app import Hub
    from tests.support.fakes import WordEncoder

    hub = Hub(Settings(data=tmp_path, teams_client_id=CLIENT), WordEncoder())
    found = next(one for one in examine(hub).findings if one.what == "Teams")
    assert not found.good
    assert found.remedy == "Set PREVENTION_HUB_TEAMS_CLIENT_SECRET, PREVENTION_HUB_TEAMS_TENANT_ID to turn it on."
    off = next(one for one in examine(Hub(Settings(data=tmp_path), WordEncoder())).findings if one.what == "Teams")
    assert off.good


def test_labels_that_cannot_be_read_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREVENTION_HUB_TEAMS_LABELS", "SECRETISH=1")
    with pytest.raises(SettingsError, match="PREVENTION_HUB_TEAMS_LABELS is wrong: write it as"):
        Settings.read()


@pytest.mark.parametrize(("page", "words"), [("privacy", "taken out before anything is kept"), ("terms", "call 999")])
def test_the_pages_that_the_package_names_are_there(people: Tenant, page: str, words: str) -> None:
    with urllib.request.urlopen(f"{people.teams.app_url}/{page}", timeout=20) as answered:
        assert words in answered.read().decode()


def test_teams_is_not_imported_where_it_is_off() -> None:
    look = "import sys, bot.app, bot.server, bot.cli; print('microsoft_teams' in sys.modules, 'msal' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False False"


@pytest.mark.parametrize(
    ("cloud", "keys", "graph"),
    [
        ("public", "https://login.botframework.com/", "https://graph.microsoft.com/v1.0"),
        ("gcch", "https://login.botframework.azure.us/", "https://graph.microsoft.us/v1.0"),
        ("dod", "https://login.botframework.azure.us/", "https://dod-graph.microsoft.us/v1.0"),
        ("china", "https://login.botframework.azure.cn/", "https://microsoftgraph.chinacloudapi.cn/v1.0"),
    ],
)
def test_each_cloud_has_its_own_keys_and_its_own_graph(tmp_path: Path, cloud: str, keys: str, graph: str) -> None:
    from bot.teams.connector import cloud_of, graph_of

    settings = Settings.model_validate({"data": tmp_path, "teams_cloud": cloud})
    assert cloud_of(settings).openid_metadata_url.startswith(keys)
    assert graph_of(settings) == graph
    ours = settings.model_copy(update={"teams_graph_url": "https://graph.example/v1.0/"})
    assert graph_of(ours) == "https://graph.example/v1.0"


def test_a_cloud_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'public', 'gcch', 'dod' or 'china'"):
        Settings.model_validate({"data": tmp_path, "teams_cloud": "moon"})
