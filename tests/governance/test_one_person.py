"""One person across platforms: who is joined, who never is, and what an address that changes hands gives away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.letters import LetterKind
from bot.domain.messages import Place
from bot.domain.one_person.addresses import address_of, claimed
from bot.domain.people import Actor, Person, Roles
from bot.domain.proposals import AdviceError
from bot.domain.requests import RequestKind
from bot.domain.timing.retention import Clocks, Scope
from bot.governance.office import Office
from bot.governance.one_person import OnePerson
from bot.queue.desk import Desk
from bot.queue.intake import open_request
from bot.records import Records
from bot.records.office.disclosure import Wanted
from tests.support.fakes import Clock

BELL, DUNN = "bell@force.police.uk", "dunn@force.police.uk"
QUESTION = "who paints the lighthouse door"


@pytest.fixture
def one(records: Records) -> OnePerson:
    return OnePerson(True, records)


@pytest.fixture
def joined_office(records: Records, clock: Clock, one: OnePerson) -> Office:
    return Office(Roles.listed(hub=f"{BELL},{DUNN}", admins="cole"), records, clock, doubtful=one.doubtful)


def ask(records: Records, person: str, place: Place, text: str = QUESTION) -> str:
    kind, fields = RequestKind.OPERATIONAL_PROBLEM, {"what": text}
    return open_request(records, person, place, kind, fields, "other").reference


def actor(one: OnePerson, platform: str, account: str, address: str) -> Actor:
    return one.meet(platform, account, address).actor(Actor(account))


def propose(desk: Desk, by: Actor, reference: str) -> None:
    desk.reply(by, reference, "The sexton paints it.")
    desk.promote(by, reference, question="Who paints it?", text="The sexton.", owner="Hub")


def test_an_address_joins_accounts_of_platforms_and_what_was_asked_before(one: OnePerson, records: Records) -> None:
    ask(records, "U0BELL", Place("slack", "T1/D1"))
    assert one.meet("portal", "oid-1", BELL).person == "oid-1"
    known = one.meet("slack", "U0BELL", BELL)
    assert (known.person, known.ids, known.address, known.sure) == ("oid-1", ("U0BELL", "oid-1"), BELL, True)
    assert [request.reference for request in records.requests_of("oid-1")] == ["PF-0001"]
    assert one.of("U0BELL").person == "oid-1"
    later = one.meet("slack", "U0BELL", "")  # known, though nothing is vouched for now
    assert (later.person, later.address) == ("oid-1", "")


def test_without_a_verified_address_nobody_is_joined(one: OnePerson, records: Records) -> None:
    one.meet("portal", "oid-1", BELL)
    known = one.meet("slack", "U0BELL", "")
    assert (known.person, known.ids, known.sure) == ("U0BELL", (), False)
    off = OnePerson(False, records)
    assert off.meet("slack", "U0BELL", BELL).person == "U0BELL"
    assert off.of("U0BELL").sure
    assert records.bindings.counts() == {"accounts": 1, "people": 1, "refused": 0}


def test_an_address_that_changes_hands_gives_nothing_away(one: OnePerson, records: Records) -> None:
    one.meet("portal", "oid-1", BELL)
    ask(records, "oid-1", Place("portal", "oid-1"))
    newcomer = one.meet("portal", "oid-2", BELL)
    assert (newcomer.person, newcomer.address, newcomer.sure) == ("oid-2", "", False)
    assert list(records.requests_of("oid-2")) == []
    later = one.meet("slack", "U0NEW", BELL)  # whose it is cannot be told any more
    assert (later.person, later.address) == ("U0NEW", "")
    first = one.meet("portal", "oid-1", BELL)
    assert (first.person, first.address) == ("oid-1", BELL)
    refused = [event for _, event in records.audit_events() if event.action == "person.join_refused"]
    assert {event.actor for event in refused} == {"oid-2", "U0NEW"}
    assert BELL not in str(records.audit_events())


def test_an_account_stays_who_it_is_whatever_address_it_claims_later(one: OnePerson) -> None:
    one.meet("portal", "oid-1", BELL)
    one.meet("slack", "U0EVE", "eve@force.police.uk")
    eve = one.meet("slack", "U0EVE", BELL)
    assert (eve.person, eve.address) == ("U0EVE", "")
    assert one.meet("teams", "aad-1", BELL).person == "oid-1"


def test_an_address_nobody_was_seen_with_for_long_joins_nobody(one: OnePerson, clock: Clock) -> None:
    one.meet("portal", "oid-1", BELL)
    clock.now += timedelta(days=91)
    assert one.meet("slack", "U0BELL", BELL).person == "U0BELL"
    assert one.meet("portal", "oid-1", BELL).person == "oid-1"  # seen again
    assert one.meet("slack", "U0BELL", BELL).person == "oid-1"


def test_four_eyes_are_two_people_on_whatever_platform(
    one: OnePerson, records: Records, joined_office: Office, clock: Clock
) -> None:
    desk = Desk(joined_office, records, clock)
    accounts = (("slack", "U0BELL", BELL), ("portal", "oid-1", BELL), ("teams", "aad-1", BELL))
    for number, proposer in enumerate(accounts, 1):
        reference = ask(records, f"pc-{number}", Place("terminal", "t"), f"question {number} about kites")
        propose(desk, actor(one, *proposer), reference)
        for own in accounts:
            with pytest.raises(AdviceError, match="a different person must approve it"):
                desk.approve(actor(one, *own), reference)
    unsure = one.meet("teams", "aad-9", "").actor(Actor("aad-9", (BELL,)))
    with pytest.raises(AdviceError, match="no verified e-mail address of you is known"):
        desk.approve(unsure, "PF-0001")
    desk.approve(actor(one, "slack", "U0DUNN", DUNN), "PF-0001")


def test_what_was_proposed_before_it_was_known_by_whom_is_no_way_around(
    one: OnePerson, records: Records, joined_office: Office, clock: Clock
) -> None:
    desk = Desk(joined_office, records, clock)
    records.people.met("slack", [Person("U0BELL", "Sgt Bell")])
    reference = ask(records, "pc-1", Place("terminal", "t"))
    propose(desk, one.meet("slack", "U0BELL", "").actor(Actor("U0BELL", (BELL,))), reference)
    with pytest.raises(AdviceError, match="no verified e-mail address of U0BELL is known"):
        desk.approve(actor(one, "portal", "oid-1", BELL), reference)
    one.meet("slack", "U0BELL", BELL)
    with pytest.raises(AdviceError, match="a different person must approve it"):
        desk.approve(actor(one, "portal", "oid-1", BELL), reference)
    desk.approve(actor(one, "portal", "oid-2", DUNN), reference)


def test_exports_holds_and_the_record_know_every_id_of_a_person(
    one: OnePerson, records: Records, office: Office, clock: Clock
) -> None:
    ask(records, "U0BELL", Place("slack", "T1/D1"))
    one.meet("portal", "oid-1", BELL)
    one.meet("slack", "U0BELL", BELL)
    for name in ("U0BELL", "oid-1", BELL):
        assert len(list(records.disclosure.find(Wanted(person=name), lambda _: ""))) == 1, name
        assert {told["account"] for told in records.bindings.told(name)} == {"oid-1", "U0BELL"}
        assert "person.joined" in {event.action for _, event in records.audit_events(person=name)}, name
    Desk(office, records, clock).withdraw(Actor("oid-1"), "PF-0001")
    hold = office.hold(Actor("cole"), Scope.PERSON, "U0BELL", "inquiry")
    clock.now += timedelta(days=900)
    office.purge(Actor("cole"), Clocks(), dry_run=False)
    assert records.request("PF-0001") is not None
    assert one.of("oid-1").sure
    office.lift(Actor("cole"), hold.id)
    office.purge(Actor("cole"), Clocks(), dry_run=False)
    assert records.request("PF-0001") is None
    assert records.bindings.counts() == {"accounts": 0, "people": 0, "refused": 0}


def test_letters_go_to_the_account_of_the_platform(one: OnePerson, records: Records) -> None:
    one.meet("portal", "oid-1", BELL)
    one.meet("slack", "U0BELL", BELL)
    for platform in ("slack", "terminal"):
        records.outbox.put(f"x:{platform}", LetterKind.ANSWER, Place(platform, "T1/C1"), "oid-1", "", "Hello")
    found = {letter.platform: letter.person for letter in records.outbox.lease(["slack", "terminal"], 10, 60)}
    assert found == {"slack": "U0BELL", "terminal": "oid-1"}


def test_roles_are_given_to_addresses_without_regard_to_capitals(one: OnePerson) -> None:
    roles = Roles.listed(hub="Bell@Force.police.uk")
    known = one.meet("slack", "U0BELL", BELL).actor(Actor("U0BELL"))
    assert "hub" in roles.of(known.name, known.groups)
    assert "hub" not in roles.of("U0EVE", ("U0EVE",))


@pytest.mark.parametrize(
    ("claims", "by", "address"),
    [
        ({"email": "Bell@Force.police.uk", "email_verified": True}, "email_verified", BELL),
        ({"email": BELL}, "email_verified", ""),
        ({"email": BELL, "email_verified": False}, "email_verified", ""),
        ({"email": BELL, "email_verified": "yes"}, "email_verified", ""),
        ({"email": BELL, "xms_edov": True, "acct": 0}, "xms_edov", BELL),
        ({"email": BELL, "xms_edov": True, "acct": 1}, "xms_edov", ""),
        ({"email": BELL, "xms_edov": True}, "xms_edov", ""),
        ({"email": BELL, "email_verified": True}, "xms_edov", ""),
        ({"email": BELL, "email_verified": True, "idp": "https://a.b", "iss": "https://c.d"}, "email_verified", ""),
        ({"email": ["a@b.c"], "email_verified": True}, "email_verified", ""),
    ],
)
def test_a_providers_address_counts_only_verified_and_of_members(claims: dict[str, Any], by: str, address: str) -> None:
    assert claimed(claims, by) == address


NONE = ["", "bell", "a@b", "b_gmail.com#EXT#@force.onmicrosoft.com", "a@b.c d@e.f", "b\u00e9ll@x.uk", None]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_address_joins_nobody(text: object) -> None:
    assert address_of(text) == ""
