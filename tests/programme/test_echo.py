"""The feedback channel: nothing of who wrote, emergencies first, tags counted, answers by two people."""

from __future__ import annotations

import pytest

from bot.domain.echo import EchoError, EchoState, Side
from bot.domain.people import Actor, NotAllowed
from bot.domain.timing.retention import Clocks
from bot.governance.office import Office
from bot.programme.echo import Echoes
from bot.records import Records
from bot.records.tables import URGENT_SIGNS
from tests.support.fakes import Clock

BELL, DUNN, OFFICER = Actor("bell"), Actor("dunn"), Actor("pc-7")


@pytest.fixture
def echo(office: Office, records: Records) -> Echoes:
    return Echoes(office, records, ("asb",))


def test_what_names_people_is_taken_out_before_it_is_kept(echo: Echoes) -> None:
    told = echo.tell("public", "asb", "My neighbour John Smith, 07700 900123, plays music all night.")
    assert "a phone number" in told.redacted
    kept = echo.read(BELL)[0]
    assert "900123" not in kept.text
    assert "plays music all night" in kept.text
    assert (kept.side, kept.theme, kept.state) == (Side.PUBLIC, "asb", EchoState.NEW)


def test_an_emergency_is_signposted_counted_and_not_kept(echo: Echoes, records: Records) -> None:
    assert echo.tell("public", "", "a man with a knife is outside my door right now").urgent
    assert echo.read(BELL) == []
    with records._database.read() as connection:
        assert [row.kind for row in connection.execute(URGENT_SIGNS.select())] == ["incident"]


def test_nothing_of_who_wrote_or_what_goes_on_the_record(echo: Echoes, office: Office) -> None:
    before = office.records.audit_head()
    echo.tell("staff", "", "The form is typed three times.")
    assert office.records.audit_head() == before


@pytest.mark.parametrize(
    ("side", "text", "said"), [("public", " ", "Write what"), ("public", "a" * 2001, "2001"), ("other", "x", "Choose")]
)
def test_what_cannot_be_kept_says_why(echo: Echoes, side: str, text: str, said: str) -> None:
    with pytest.raises(EchoError, match=said):
        echo.tell(side, "", text)
    assert echo.read(BELL) == []


def test_tags_are_given_by_people_and_counted_by_side(echo: Echoes) -> None:
    for side in ("public", "public", "staff"):
        echo.tell(side, "", "The underpass is dark.")
    for number in (1, 2, 3):
        echo.tag(BELL, number, ["  Lighting ", "lighting", ""])
    echo.tag(BELL, 3, ["lighting", "estates"])
    assert echo.counts(BELL) == {"estates": {"staff": 1}, "lighting": {"public": 2, "staff": 1}}
    assert [one.state for one in echo.read(BELL)] == [EchoState.READ] * 3
    with pytest.raises(EchoError, match="no message 9"):
        echo.tag(BELL, 9, ["lighting"])


def test_an_answer_becomes_public_when_a_second_person_says_so(echo: Echoes) -> None:
    echo.tell("public", "", "The underpass is dark.")
    made = echo.answer(BELL, "The underpass is dark.", "The council mended the lamps.", [1])
    assert echo.public() == []
    with pytest.raises(EchoError, match="a different person must approve"):
        echo.publish(BELL, made.number)
    echo.publish(DUNN, made.number)
    assert [(one.said, one.did, one.covers) for one in echo.public()] == [
        ("The underpass is dark.", "The council mended the lamps.", 1)
    ]
    assert (echo.read(BELL)[0].state, echo.read(BELL)[0].answer) == (EchoState.ANSWERED, made.number)
    echo.withdraw(BELL, made.number)
    assert echo.public() == []
    with pytest.raises(EchoError):
        echo.publish(DUNN, made.number)


def test_officers_do_not_read_it(echo: Echoes) -> None:
    for refused in (
        lambda: echo.read(OFFICER),
        lambda: echo.counts(OFFICER),
        lambda: echo.tag(OFFICER, 1, ["x"]),
        lambda: echo.answer(OFFICER, "a", "b", [1]),
        lambda: echo.publish(OFFICER, 1),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_it_is_purged_with_the_texts_of_replies(echo: Echoes, office: Office, clock: Clock) -> None:
    from datetime import timedelta

    echo.tell("public", "", "The underpass is dark.")
    clock.now += timedelta(days=366)
    done = office.purge(Actor("cole"), Clocks(), dry_run=False)
    assert done.counts["echoes"] == 1
    assert echo.read(BELL) == []
