"""Many workspaces: OAuth, two at once, a forged state, and uninstalling."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest

from bot.app import Hub
from tests.slack.test_officers import LAUNDRY
from tests.support.slack import running
from tests.support.slack.fake import FakeSlack
from tests.support.slack.person import Person
from tests.support.slack.workspace import text_of

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")  # the SDK's


MANY = {"slack_bot_token": None, "slack_client_id": "1.2", "slack_client_secret": "shh"}


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *given: object) -> None:  # type: ignore[override]
        return None


def get(address: str, cookie: str = "") -> tuple[int, str, str]:
    """Status, cookie and body."""
    opener = urllib.request.build_opener(_Stay)
    try:
        with opener.open(
            urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {}), timeout=10
        ) as a:
            return a.status, (a.headers.get("Set-Cookie") or "").split(";")[0], a.read().decode()
    except urllib.error.HTTPError as error:
        body = error.read().decode() + (error.headers.get("Location") or "")
        return error.code, (error.headers.get("Set-Cookie") or "").split(";")[0], body


@pytest.fixture
def many(slack: FakeSlack, data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    monkeypatch.setattr("bot.server.SECONDS_BETWEEN_DELIVERIES", 0.02)
    hub = running.new_hub(
        slack,
        data,
        **MANY,
        slack_team_ids="T0FORCE,T0OTHER",
    )
    with running.serving(hub, slack):
        yield hub
    hub.close()


def state_of(slack: FakeSlack) -> tuple[str, str]:
    status, cookie, body = get(f"{slack.app_url}/slack/install")
    assert status in (200, 302)
    address = body.split('<a href="')[1].split('"')[0] if '<a href="' in body else body
    return parse_qs(urlparse(address.replace("&amp;", "&")).query)["state"][0], cookie


def install(slack: FakeSlack, team: str, token: str, code: str) -> int:
    slack.api.codes[code] = {"team": team, "token": token, "user": "U0BOSS"}
    state, cookie = state_of(slack)
    return get(f"{slack.app_url}/slack/oauth_redirect?code={code}&state={state}", cookie)[0]


def test_two_workspaces_install_it_and_each_is_answered_with_its_own_token(
    many: Hub, slack: FakeSlack, anna: Person
) -> None:
    assert install(slack, "T0FORCE", "xoxb-one", "c1") == 200
    assert install(slack, "T0OTHER", "xoxb-two", "c2") == 200
    assert "forty minutes" in text_of(anna.ask(LAUNDRY))
    assert b"xoxb-one" not in b"".join(file.read_bytes() for file in many.settings.data.glob("hub.db*"))


def test_no_event_costs_a_call_of_auth_test(many: Hub, slack: FakeSlack, anna: Person) -> None:
    install(slack, "T0FORCE", "xoxb-one", "c1")
    before = len(slack.called("auth.test"))
    anna.ask(LAUNDRY)
    assert len(slack.called("auth.test")) == before


@pytest.mark.parametrize("forged", ["", "forged", "eyJ.e30.x"])
def test_a_forged_state_installs_nothing(many: Hub, slack: FakeSlack, forged: str) -> None:
    slack.api.codes["c1"] = {"team": "T0FORCE", "token": "xoxb-one", "user": "U0BOSS"}
    status, *_ = get(f"{slack.app_url}/slack/oauth_redirect?code=c1&state={forged}", f"slack-app-oauth-state={forged}")
    assert status in (400, 401)
    assert many.records.workspaces.find("T0FORCE") is None


def test_a_state_of_another_browser_installs_nothing(many: Hub, slack: FakeSlack) -> None:
    slack.api.codes["c1"] = {"team": "T0FORCE", "token": "xoxb-one", "user": "U0BOSS"}
    state, _ = state_of(slack)
    assert get(f"{slack.app_url}/slack/oauth_redirect?code=c1&state={state}")[0] in (400, 401)
    assert many.records.workspaces.find("T0FORCE") is None


def test_a_code_that_slack_refuses_is_said_without_its_words(many: Hub, slack: FakeSlack) -> None:
    state, cookie = state_of(slack)
    status, _, body = get(f"{slack.app_url}/slack/oauth_redirect?code=none&state={state}", cookie)
    assert status in (400, 401)
    assert "Traceback" not in body


@pytest.mark.parametrize(
    "event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U0HUBBOT"]}}]
)
def test_uninstalling_forgets_the_token(many: Hub, slack: FakeSlack, anna: Person, event: dict) -> None:  # type: ignore[type-arg]
    install(slack, "T0FORCE", "xoxb-one", "c1")
    assert slack.deliver("events_api", slack.event(event)).ok
    running._until(lambda: many.records.workspaces.find("T0FORCE") is None)


def test_a_users_own_revoked_token_uninstalls_nothing(many: Hub, slack: FakeSlack, anna: Person) -> None:
    install(slack, "T0FORCE", "xoxb-one", "c1")
    slack.deliver("events_api", slack.event({"type": "tokens_revoked", "tokens": {"oauth": ["U0ANNA"]}}))
    assert "forty minutes" in text_of(anna.ask(LAUNDRY))


def test_a_workspace_that_is_not_installed_is_not_answered(many: Hub, slack: FakeSlack, anna: Person) -> None:
    slack.retries = False
    anna.write(LAUNDRY)
    assert slack.called("chat.postMessage") == []


def test_a_workspace_that_is_not_on_the_list_installs_nothing_and_is_told_so(many: Hub, slack: FakeSlack) -> None:
    assert install(slack, "T0EVIL", "xoxb-evil", "c9") == 403
    assert many.records.workspaces.find("T0EVIL") is None
    many.records.workspaces.save("T0EVIL", "U0EVIL", "sealed", "somebody")  # as an earlier version would have
    slack.retries = False
    Person(slack, "U0EVIL", team="T0EVIL").happens(type="message", channel="D0EVIL", channel_type="im", text="hi")
    assert slack.called("chat.postMessage") == []


def test_without_a_list_nobody_installs_it(slack: FakeSlack, data: Path) -> None:
    hub = running.new_hub(slack, data, **MANY)
    with running.serving(hub, slack):
        assert install(slack, "T0FORCE", "xoxb-one", "c1") == 403
    hub.close()


def test_cards_of_the_hub_are_brought_with_the_token_of_the_first_workspace(
    many: Hub, slack: FakeSlack, anna: Person, bell: Person
) -> None:
    install(slack, "T0FORCE", "xoxb-one", "c1")
    install(slack, "T0OTHER", "xoxb-two", "c2")
    anna.ask("who paints the lighthouse door?")
    bell.wait_for(lambda m: "PF-0001" in text_of(m), channel="C0HUB")
    posted = [token for method, token in slack.api.tokens_used if method == "chat.postMessage"]
    assert set(posted) == {"xoxb-one"}
