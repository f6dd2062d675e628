"""One person in Slack, in Teams and in the portal: through a provider, a Slack and a Teams that behave."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.app import Hub
from bot.server import edges_of, new_server
from tests.portal.test_site import OURS
from tests.support.oidc import CLIENT, SECRET, Provider, provider
from tests.support.serving import served
from tests.support.slack import running
from tests.support.slack.fake import FakeSlack
from tests.support.slack.person import Person
from tests.support.slack.workspace import HUB, buttons_of, text_of
from tests.support.teams.tenant import PEOPLE, tenant

QUESTION = "who paints the lighthouse door?"
ANNA, BELL, DUNN = "anna@force.police.uk", "bell@force.police.uk", "dunn@force.police.uk"


@pytest.fixture
def idp() -> Iterator[Provider]:
    with provider() as made:
        yield made


def settings(idp: Provider) -> dict[str, Any]:
    return {
        "oidc_issuer": idp.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET, "one_person_by": "email",
        "hub_staff": f"Bell@Force.police.uk,{DUNN}",
    }  # fmt: skip


@contextmanager
def in_portal(address: str, idp: Provider, oid: str, email: str) -> Iterator[httpx.Client]:
    idp.claims |= {
        "sub": oid,
        "oid": oid,
        "name": f"{oid} of the force",
        "email": email,
        "email_verified": True,
    }
    with httpx.Client(base_url=address, headers=OURS, follow_redirects=True, timeout=60) as browser:
        browser.get("/sign-in")
        yield browser


def confirmed(email: str, **more: Any) -> dict[str, Any]:
    return {"is_email_confirmed": True, "profile": {"real_name": "Somebody", "email": email}, **more}


@pytest.fixture
def slack(tmp_path: Path, guidance: Path, idp: Provider) -> Iterator[tuple[FakeSlack, Hub]]:
    with running.workspace(tmp_path, guidance, **settings(idp)) as (hub, slack):
        slack.accounts |= {"U0ANNA": confirmed("Anna@force.police.uk"), "U0BELL": confirmed(BELL)}
        yield slack, hub


def test_what_an_officer_asks_in_slack_is_theirs_in_the_portal_and_asked_once(
    slack: tuple[FakeSlack, Hub], idp: Provider
) -> None:
    workspace, hub = slack
    anna = Person(workspace, running.ANNA)
    assert "PF-0001" in text_of(anna.ask(QUESTION))
    with in_portal(workspace.app_url, idp, "oid-anna", ANNA) as officer:
        assert "PF-0001" in officer.get("/requests/mine").text
        assert QUESTION in officer.get("/requests/PF-0001").text
        again = officer.post("/questions", data={"question": QUESTION}).text
        assert "PF-0001" in again
        assert "PF-0002" not in again
        assert "is withdrawn" in officer.post("/do/withdraw", data={"about": "PF-0001"}).text
    assert len(hub.records.requests()) == 1


@pytest.mark.parametrize(
    "account",
    [
        confirmed(ANNA, is_email_confirmed=False),
        {"profile": {"real_name": "Somebody", "email": ANNA}},
        confirmed("other@force.police.uk"),
    ],
    ids=["unconfirmed", "not said", "another"],
)
def test_whoever_slack_does_not_vouch_for_is_joined_with_nobody(
    slack: tuple[FakeSlack, Hub], idp: Provider, account: dict[str, Any]
) -> None:
    workspace, hub = slack
    with in_portal(workspace.app_url, idp, "oid-anna", ANNA) as officer:
        officer.post("/questions", data={"question": QUESTION})
        workspace.accounts["U0ANNA"] = account
        anna = Person(workspace, running.ANNA)
        anna.ask("who feeds the harbour goat?")
        assert "harbour goat" not in officer.get("/requests/mine").text
    assert {request.asker for request in hub.records.requests()} == {"oid-anna", "U0ANNA"}


def test_guests_and_people_of_other_workspaces_are_joined_with_nobody(
    tmp_path: Path, guidance: Path, idp: Provider
) -> None:
    with running.workspace(tmp_path, guidance, **settings(idp), guests=True) as (hub, workspace):
        workspace.accounts["U0ANNA"] = confirmed(ANNA, is_restricted=True)
        with in_portal(workspace.app_url, idp, "oid-anna", ANNA):
            Person(workspace, running.ANNA).ask(QUESTION)
        assert [request.asker for request in hub.records.requests()] == ["U0ANNA"]
        assert hub.records.bindings.counts()["accounts"] == 1


def test_another_subject_with_the_address_gets_nothing_of_the_old_person(
    slack: tuple[FakeSlack, Hub], idp: Provider
) -> None:
    workspace, _ = slack
    with in_portal(workspace.app_url, idp, "oid-bell", BELL) as bell:
        bell.post("/questions", data={"question": QUESTION})
        assert bell.get("/board").status_code == 200
        with in_portal(workspace.app_url, idp, "oid-new", BELL) as newcomer:
            assert "PF-0001" not in newcomer.get("/requests/mine").text
            assert newcomer.get("/requests/PF-0001").status_code == 404
            assert newcomer.get("/board").status_code == 403  # a role given to the address is not inherited
        assert bell.get("/board").status_code == 200


def test_nobody_approves_their_own_promotion_from_another_platform(slack: tuple[FakeSlack, Hub], idp: Provider) -> None:
    workspace, hub = slack
    anna, bell, dunn = (Person(workspace, who) for who in (running.ANNA, running.BELL, running.DUNN))
    anna.ask(QUESTION)
    with in_portal(workspace.app_url, idp, "oid-bell", BELL) as portal:
        for step, more in (("reply", {"text": "The sexton paints it."}), ("promote", _PROMOTED)):
            form = portal.get(f"/do/{step}", params={"about": "PF-0001"}).text
            nonce = form.split('name="nonce" value="')[1].split('"')[0]
            portal.post(f"/do/{step}", data={"about": "PF-0001", "nonce": nonce, **more})
    card = bell.wait_for(lambda message: "Approve" in _labels(message), channel=HUB)
    bell.press(card, "Approve", channel=HUB)
    assert "a different person must approve it" in bell.fill_in()
    bell.close_dialog()
    dunn.press(card, "Approve", channel=HUB)  # Slack vouches for nothing of them
    assert [one.state.value for one in hub.records.advice.all()] == ["proposed"]
    with in_portal(workspace.app_url, idp, "oid-dunn", DUNN) as colleague:
        colleague.post("/do/approve", data={"about": "PF-0001"})
    assert [(one.state.value, one.approved_by) for one in hub.records.advice.all()] == [("approved", "oid-dunn")]


_PROMOTED = {"question": "Who paints the lighthouse door?", "text": "The sexton paints it.", "owner": "Hub"}


def _labels(message: dict[str, Any]) -> list[str]:
    return [label for label, *_ in buttons_of(message)]


def test_what_is_asked_in_teams_is_theirs_in_the_portal(tmp_path: Path, guidance: Path, idp: Provider) -> None:
    with tenant(tmp_path, guidance, **settings(idp)) as people:
        for who, mail in (("sam", {"userPrincipalName": "Sam@force.police.uk"}), ("ali", {"email": ANNA})):
            member = {"id": PEOPLE[who][0], "aadObjectId": PEOPLE[who][1], "userRole": "user"}
            people.teams.members[f"a:{who}"] = [{**member, "tenantId": _tenant(people), **mail}]
        people.say("sam", QUESTION)
        people.say("ali", "who feeds the harbour goat?")
        with served(new_server(people.hub, edges_of(people.hub))) as address:
            with in_portal(address, idp, "oid-sam", "sam@force.police.uk") as sam:
                mine = sam.get("/requests/mine").text
                assert (QUESTION in mine, "harbour goat" in mine) == (True, False)
            with in_portal(address, idp, "oid-x", "sam2@force.police.uk") as other:
                assert "PF-000" not in other.get("/requests/mine").text


def _tenant(people: Any) -> str:
    found: str = people.activity("sam", "message", "a:sam")["conversation"]["tenantId"]
    return found
