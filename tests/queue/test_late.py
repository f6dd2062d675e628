"""After a new edition: questions it answers now, and quotes that do not stand any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import Hub
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import NotAllowed
from bot.domain.requests import CloseOutcome, RequestState
from bot.queue.waiting.late import LateError
from bot.queue.waiting.recall import RecallError
from bot.settings import Settings
from bot.terminal.mail import mail_of
from bot.worker import run_due
from indexer.build import Builder
from tests.support.fakes import WordEncoder

pytestmark = pytest.mark.usefixtures("ungated")

TRACTORS = "# Tractors\n\n## Which leaflet goes with tractors?\n\nThe blue leaflet goes with tractors.\n"


@pytest.fixture
def hub(tmp_path: Path, guidance: Path) -> Iterator[Hub]:
    """A hub over two documents; bell and dunn are in it."""
    opened = Hub(Settings(data=tmp_path / "data", hub_staff="bell,dunn", admins="cole"), WordEncoder())
    try:
        opened.publishing.build(Builder(opened.library, opened.encoder), [guidance], by_itself=True)
        yield opened
    finally:
        opened.close()


def ask(hub: Hub, text: str, who: str) -> Reply:
    """What is not answered goes to the hub: where sections are offered, none of them is it."""
    question = Question(text, Place("terminal", f"place of {who}"), who)
    reply = hub.assistant.ask(question)
    return hub.assistant.hand_over(question) if reply.outcome is Outcome.POSSIBLE else reply


def publish(hub: Hub, guidance: Path, name: str, text: str) -> None:
    (guidance / name).write_text(text, encoding="utf-8")
    hub.publishing.build(Builder(hub.library, hub.encoder), [guidance], by_itself=True)


def arrived(hub: Hub, person: str) -> list[str]:
    mail = mail_of(hub, person)
    texts = [text for _, text in mail.unseen()]
    mail.seen()
    return texts


def test_a_late_answer_goes_to_all_who_asked_in_one_step(hub: Hub, guidance: Path) -> None:
    bell = hub.actor("bell")
    ask(hub, "which leaflet goes with tractors", "pc-7")
    ask(hub, "the leaflet with tractors, which is it", "pc-8")
    ask(hub, "who paints the lighthouse door", "pc-9")
    hub.desk.close(bell, "PF-0002", CloseOutcome.POLICY_GAP)
    assert hub.late.offers(bell) == []
    assert arrived(hub, "pc-8")[0].startswith("The hub has closed PF-0002 as a gap in policy")
    publish(hub, guidance, "tractors.md", TRACTORS)

    (offer,) = hub.late.offers(bell)
    assert [request.reference for request in offer.requests] == ["PF-0001", "PF-0002"]
    assert offer.citation.quote == "The blue leaflet goes with tractors."
    assert hub.late.send(bell, "PF-0002") == (["PF-0001", "PF-0002"], [])

    told = arrived(hub, "pc-7")[0]
    assert told.startswith(
        "Guidance now answers PF-0001:\n\n“The blue leaflet goes with tractors.”\nTractors > Which leaflet"
    )
    assert arrived(hub, "pc-8")[0].startswith("Guidance now answers PF-0002:")
    assert arrived(hub, "pc-9") == []
    first, second = hub.records.request("PF-0001"), hub.records.request("PF-0002")
    assert (first.state, first.claimed_by) == (RequestState.REPLIED, "bell")
    assert (second.state, second.outcome) == (RequestState.CLOSED, "policy_gap")
    assert hub.late.offers(bell) == []
    with pytest.raises(LateError, match="Guidance does not answer PF-0001 now, or it was sent already"):
        hub.late.send(bell, "PF-0001")


def test_what_somebody_else_is_working_on_is_left_to_them_and_the_others_are_told(hub: Hub, guidance: Path) -> None:
    ask(hub, "which leaflet goes with tractors", "pc-7")
    ask(hub, "the leaflet with tractors, which is it", "pc-8")
    hub.desk.claim(hub.actor("dunn"), "PF-0001")
    publish(hub, guidance, "tractors.md", TRACTORS)
    told, troubles = hub.late.send(hub.actor("bell"), "PF-0001")
    assert (told, troubles[0].split(".")[0]) == (["PF-0002"], "dunn has PF-0001")
    assert arrived(hub, "pc-7") == []


def test_a_dismissed_offer_is_not_made_again_and_officers_make_none(hub: Hub, guidance: Path) -> None:
    ask(hub, "which leaflet goes with tractors", "pc-7")
    publish(hub, guidance, "tractors.md", TRACTORS)
    with pytest.raises(NotAllowed):
        hub.late.offers(hub.actor("pc-7"))
    assert hub.late.dismiss(hub.actor("bell"), "PF-0001") == ["PF-0001"]
    assert hub.late.offers(hub.actor("bell")) == []
    assert hub.records.request("PF-0001").state is RequestState.OPEN


def test_a_late_answer_above_a_places_ceiling_is_not_sent_there(tmp_path: Path, guidance: Path) -> None:
    secret = Settings(data=tmp_path / "low", ceilings="terminal=OFFICIAL", hub_staff="bell")
    hub = Hub(secret, WordEncoder())
    try:
        hub.publishing.build(Builder(hub.library, hub.encoder), [guidance], by_itself=True)
        ask(hub, "which leaflet goes with tractors", "pc-7")
        marked = f"---\nid: tractors\ntitle: Tractors\nclassification: OFFICIAL-SENSITIVE\n---\n{TRACTORS[10:]}"
        publish(hub, guidance, "tractors.md", marked)
        assert hub.late.offers(hub.actor("bell")) == []
    finally:
        hub.close()


def test_the_worker_looks_again_once_after_each_edition(hub: Hub, guidance: Path) -> None:
    today = datetime.now(UTC).date()
    ask(hub, "which leaflet goes with tractors", "pc-7")
    list(run_due(hub, today))
    publish(hub, guidance, "tractors.md", TRACTORS)
    said = [line for line in run_due(hub, today) if "requests late" in line]
    assert said == [
        "Guidance would now answer one question that could not be answered before. "
        "The hub's program sends it: “requests late”."
    ]
    assert [line for line in run_due(hub, today) if "requests late" in line] == []


def test_who_was_shown_what_has_changed_is_told_old_and_new_once(hub: Hub, guidance: Path) -> None:
    bell, now = hub.actor("bell"), datetime.now(UTC)
    shown = ask(hub, "how long may a silk kite soak in water", "pc-7")
    ask(hub, "how long may a kite soak in water", "pc-8")
    ask(hub, "are badgers counted in pairs at dusk?", "pc-9")
    assert shown.outcome is Outcome.ANSWERED
    assert hub.recalls.find(bell, hub.library.edition(), now) == []
    text = (guidance / "laundry.md").read_text(encoding="utf-8")
    publish(hub, guidance, "laundry.md", text.replace("ten minutes only", "five minutes only"))

    found = hub.recalls.find(bell, hub.library.edition(), now)
    assert sorted({person for one in found for person in one.people}) == ["pc-7", "pc-8"]
    assert {one.checked.standing.value for one in found} == {"changed"}
    with pytest.raises(RecallError, match="There is no recall called 'zz'"):
        hub.recalls.tell(bell, found, "zz")
    assert hub.recalls.tell(bell, found, "all") == sum(len(one.shown) for one in found)
    letter = arrived(hub, "pc-7")[0]
    assert f"(receipt {shown.receipt}) has changed." in letter
    assert "Then: " in letter
    assert "ten minutes only" in letter.split("Now: ")[0]
    assert "five minutes only" in letter.split("Now: ")[1]
    assert arrived(hub, "pc-9") == []
    assert hub.recalls.find(bell, hub.library.edition(), now) == []
    # what changes once more is told once more
    publish(hub, guidance, "laundry.md", text.replace("ten minutes only", "four minutes only"))
    again = hub.recalls.find(bell, hub.library.edition(), now)
    assert {person for one in again for person in one.people} == {"pc-7", "pc-8"}


def test_what_was_withdrawn_or_is_past_its_review_is_recalled_and_what_is_older_than_asked_for_is_not(
    hub: Hub, guidance: Path
) -> None:
    bell, now = hub.actor("bell"), datetime.now(UTC)
    ask(hub, "are badgers counted in pairs at dusk?", "pc-9")
    ask(hub, "how long may a kite soak in water", "pc-7")
    (guidance / "badgers.md").unlink()
    text = (guidance / "laundry.md").read_text(encoding="utf-8")
    publish(hub, guidance, "laundry.md", text.replace("2099-01-20", date(2026, 1, 1).isoformat()))
    stands = {
        one.checked.citation.document: one.checked.standing.value
        for one in hub.recalls.find(bell, hub.library.edition(), now)
    }
    assert stands == {"badger-counting": "withdrawn", "kite-laundry": "past_review"}
    assert hub.recalls.find(bell, hub.library.edition(), now + timedelta(days=91)) == []


def test_recall_is_for_the_hub(hub: Hub) -> None:
    with pytest.raises(NotAllowed):
        hub.recalls.find(hub.actor("pc-7"), hub.library.edition(), datetime.now(UTC))
