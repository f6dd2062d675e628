"""Who belongs to an audience is asked of each platform as roles are; where others read along nothing of it is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError
from tests.audience.test_walk import ASKED, MARKER, SECRET
from tests.support.slack import running
from tests.support.slack.person import Person
from tests.support.slack.workspace import BEAT, HUB, text_of
from tests.support.teams.fake import actions
from tests.support.teams.tenant import CHANNEL, GROUP, HUB_CHANNEL, PEOPLE, tenant

IN_SLACK, IN_ENTRA = "S0SUPERVISORS", "9a9a9a9a-0000-4000-8000-00000000000f"


def test_in_slack_a_user_group_is_an_audience(tmp_path: Path, guidance: Path) -> None:
    (guidance / "watch.md").write_text(SECRET, encoding="utf-8")
    with running.workspace(tmp_path, guidance, audiences=f"supervisors={IN_SLACK}") as (_, slack):
        slack.groups[IN_SLACK] = [running.ANNA]
        anna, bell = Person(slack, running.ANNA), Person(slack, running.BELL)
        assert MARKER in text_of(anna.ask(ASKED))
        assert MARKER not in text_of(bell.ask(ASKED))
        anna.mention(ASKED)
        private = anna.wait_for(lambda one: MARKER in text_of(one), after=anna.sees()[-1]["ts"])
        assert "Share in channel" not in str(private)
        bell.reply_to(bell.mention(ASKED), channel=BEAT)
        anna.press(private, "Ask the hub")
        bell.wait_for(lambda one: "PF-00" in text_of(one), channel=HUB)
        assert MARKER not in str([slack.messages[channel] for channel in (BEAT, HUB)])
        assert MARKER not in str(bell.sees())


def test_in_teams_a_group_of_entra_is_an_audience_and_no_search_brings_it_into_a_chat(
    tmp_path: Path, guidance: Path
) -> None:
    (guidance / "watch.md").write_text(SECRET, encoding="utf-8")
    with tenant(tmp_path, guidance, audiences=f"supervisors={IN_ENTRA}") as people:
        people.teams.groups[PEOPLE["sam"][1]] = [IN_ENTRA]
        people.teams.groups[PEOPLE["dunn"][1]] = [IN_ENTRA, GROUP]  # of the hub, and listed too
        assert MARKER in people.say("sam", ASKED).text
        assert MARKER in people.say("dunn", ASKED).text
        assert MARKER not in people.say("bell", ASKED).text
        before = len(people.teams.sent)
        there, _ = people.mention("sam", ASKED)
        assert MARKER not in there.text
        private = people.next("a:sam", before)
        assert MARKER in private.text
        assert "Share in channel" not in [one["title"] for one in actions(private.card)]
        value = {"commandId": "search", "parameters": [{"name": "words", "value": ASKED}]}
        for who in ("sam", "ali"):
            assert MARKER not in str(people.invoke(who, "composeExtension/query", value))
        shown = [one for one in people.teams.sent if one.conversation.startswith((CHANNEL, HUB_CHANNEL))]
        assert MARKER not in str([one.activity for one in shown])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("supervisors", "write it as"),
        ("supervisors=a; Supervisors=b", '"supervisors" stands in it twice'),
        ("officers=a", '"officers" is everybody, and needs no list'),
        ("a,b=c", "write it as"),
    ],
)
def test_a_setting_that_cannot_be_read_names_the_remedy(text: str, why: str) -> None:
    with pytest.raises(SettingsError, match=why):
        Settings.read(audiences=text)


def test_a_blank_list_is_an_audience_to_which_nobody_belongs() -> None:
    assert Settings(audiences="Supervisors = bell, S1 ; partners=").audience_lists == {
        "supervisors": {"bell", "S1"},
        "partners": frozenset(),
    }
