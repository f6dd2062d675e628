"""A document for supervisors, with a word that stands nowhere else: everybody else walks every way, and meets it never.

The supervisor is an officer; hub staff and the admin are not listed, and so are treated as everybody else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from bot.app import Hub
from bot.cli import main, open_hub
from bot.domain.clients import Scope
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Actor, Role
from bot.portal.edge import TABLE
from bot.records.office.disclosure import Wanted
from bot.server import edges_of, new_server
from indexer.build import Builder
from indexer.gathering import Rules
from tests.portal.test_site import signed_in
from tests.support.fakes import WordEncoder
from tests.support.ready import demonstration
from tests.support.serving import served

MARKER = "zanzibarsecret"
ID = f"{MARKER}-watch"
SECRET = f"""---
id: {ID}
title: The {MARKER} watch
summary: How the {MARKER} lanterns are counted
audience: supervisors
status: in_force
law_checked_on: 2026-10-20
review_by: 2099-01-20
uncertain:
  - whether the {MARKER} lanterns may be blown out by a trainee
---

## 7.4 Who counts the lanterns at the jetty after dusk?

The {MARKER} sergeant counts the lanterns at the jetty after dusk, in pairs. Nobody else counts lanterns.

## Which ladder is lent to the harbour crew?

The {MARKER} ladder is lent to the harbour crew in winter only.
"""
ASKED = "who counts the lanterns at the jetty after dusk?"
QUESTIONS = (
    ASKED,
    f"what is the {MARKER} watch",
    f"section 7.4 of the {MARKER} watch",
    "may the lanterns be blown out by a trainee",
    "which ladder is lent to the harbour crew and who counts the lanterns at the jetty",
)
SUPERVISOR, OTHERS = "pc-adams", ("pcso-begum", "sgt-bell", "insp-cole", "ms-dunn", "mr-east")
OF_THE_LIBRARY = ("/admin/library", "/admin/pauses", "/admin/doctor")
"""Where an admin sees that the document exists, and nothing of what it says."""


@pytest.fixture
def hub(tmp_path: Path, guidance: Path) -> Iterator[Hub]:
    (guidance / "watch.md").write_text(SECRET, encoding="utf-8")
    with demonstration(tmp_path / "data", guidance, audiences=f"supervisors={SUPERVISOR}; partners=") as made:
        yield made


def ask(hub: Hub, person: str, text: str) -> Reply:
    viewer = hub.viewer(Actor(person), Place("portal", person))
    return hub.assistant.ask(Question(text, viewer.place, person, belongs=viewer.belongs))


def begun(hub: Hub) -> tuple[Reply, str]:
    """What the supervisor was quoted, and the request that came of it."""
    reply = ask(hub, SUPERVISOR, ASKED)
    assert reply.outcome is Outcome.ANSWERED
    assert MARKER in reply.text
    assert "for supervisors only" in reply.text
    question = Question(ASKED, Place("portal", SUPERVISOR), SUPERVISOR)
    given = hub.assistant.hand_over(question, reply.citations, receipt=reply.receipt or "")
    hub.desk.claim(Actor("sgt-bell"), given.request or "")
    return reply, given.request or ""


def test_the_others_are_answered_as_if_the_library_did_not_hold_it(hub: Hub, tmp_path: Path, guidance: Path) -> None:
    (guidance / "watch.md").unlink()
    with demonstration(tmp_path / "without", guidance) as without:
        for person in OTHERS:
            for text in QUESTIONS:
                given, expected = ask(hub, person, text), ask(without, person, text)
                assert MARKER not in given.body
                assert given.outcome is expected.outcome
                assert [one.document for one in given.citations] == [one.document for one in expected.citations]
                assert [one.document for one in given.candidates] == [one.document for one in expected.candidates]
                assert (given.reason, given.why) == (expected.reason, expected.why)


def test_every_page_and_form_of_the_portal(hub: Hub) -> None:
    reply, reference = begun(hub)
    params = {"receipt": reply.receipt, "reference": reference, "document": ID, "step": "passage", "number": "1"}
    with served(new_server(hub, edges_of(hub))) as address:
        with signed_in(address, SUPERVISOR) as own:
            assert MARKER in own.get(f"/replies/{reply.receipt}").text
            assert MARKER in own.get(f"/library/{ID}").text
            assert MARKER in own.get("/library").text
            assert MARKER in own.post("/library", data={"words": ASKED}).text
            assert MARKER in own.post("/receipts", data={"code": reply.receipt}).text
        for person in OTHERS:
            with signed_in(address, person) as browser:
                for page in walked(browser, params, str(reply.receipt), reference):
                    path = page.request.url.path
                    assert MARKER not in hidden(page, person), (person, path)
                    assert page.status_code < 500, (person, path)


def hidden(page: httpx.Response, person: str) -> str:
    """What a page says beside what was typed into it, and beside its own address."""
    if person == "ms-dunn" and page.request.url.path.startswith(OF_THE_LIBRARY):
        return page.text.replace(ID, "").replace(f"The {MARKER} watch", "")
    return page.text.replace(page.request.url.path, "").replace(ID, "") if ID in str(page.url) else page.text


def walked(
    browser: httpx.Client, params: dict[str, str | None], receipt: str, reference: str
) -> Iterator[httpx.Response]:
    """Every address of the portal, and what its forms that show guidance give."""
    for at in TABLE:
        path = at.path
        for name, value in params.items():
            path = path.replace(f"{{{name}}}", str(value))
        if at.get is not None and not path.startswith(("/sign-out", "/live")):
            yield browser.get(path)
    for words in (ASKED, "lanterns ladder jetty"):
        yield browser.post("/library", data={"words": words})
        yield browser.post("/questions", data={"question": words})
        yield browser.post("/requests/like", data={"text": words, "what": words})
    yield browser.post("/receipts", data={"code": receipt})
    for step, about in (("passage", receipt), ("ask_hub", receipt), ("reply", reference), ("promote", reference)):
        yield browser.get(f"/do/{step}", params={"about": about, "start": "1", "number": "1"})
        yield browser.post(f"/do/{step}", data={"about": about, "start": "1", "number": "1"})


def test_every_call_of_the_api(hub: Hub) -> None:
    reply, reference = begun(hub)
    with served(new_server(hub, edges_of(hub))) as address:
        for person in (SUPERVISOR, *OTHERS):
            ours = hub.office.roles.of(person) & {Role.HUB, Role.ADMIN}
            scopes = [one for one in Scope if ours or one is not Scope.BOARD]
            token = hub.clients.add(Actor("ms-dunn"), f"client-{person}", person, scopes, 30)
            headers = {"authorization": f"Bearer {token}"}
            with httpx.Client(base_url=f"{address}/api/v1", headers=headers, timeout=60) as program:
                said = [
                    program.post("/questions", json={"text": ASKED}),
                    program.post("/library/search", json={"text": ASKED}),
                    program.get("/library", params={"size": 200}),
                    program.get(f"/receipts/{reply.receipt}"),
                ]
                read = program.get(f"/library/{ID}")
                board = [
                    program.get("/board"),
                    program.get(f"/board/{reference}"),
                    program.get(f"/requests/{reference}"),
                ]
            if person == SUPERVISOR:
                assert all(MARKER in one.text for one in (*said, read))
                continue
            assert [one.status_code for one in said] == [200, 200, 200, 403], person
            assert read.status_code == 404
            assert not any(MARKER in one.text for one in (*said, *board)), person


def run(hub: Hub, *words: str) -> Result:
    settings = {"PREVENTION_HUB_DATA": str(hub.settings.data), "PREVENTION_HUB_AUDIENCES": hub.settings.audiences}
    return CliRunner(env=settings).invoke(main, list(words), obj=partial(open_hub, encoder=WordEncoder()))


def test_every_command_that_shows_guidance(hub: Hub, tmp_path: Path, ungated: None) -> None:
    reply, reference = begun(hub)
    page = tmp_path / "library.html"
    for words in (
        ("ask", ASKED, "--json"),
        ("index", "search", ASKED, "--json"),
        ("verify", str(reply.receipt), "--json"),
        ("requests", "show", reference, "--json"),
        ("requests", "show", reference),
        ("requests", "list", "--json"),
        ("requests", "late", "--json"),
        ("requests", "recall", "--json"),
        ("insight", "documents", "--json"),
        ("insight", "gaps", "--json"),
    ):
        result = run(hub, *words)
        assert MARKER not in result.output, words
    assert run(hub, "verify", str(reply.receipt)).exit_code == 1
    grounds = hub.grounds(Actor("sgt-bell"), str(reply.receipt))
    assert grounds is not None
    assert MARKER not in json.dumps(grounds.as_json())
    assert run(hub, "index", "list", "--html", str(page)).exit_code == 0
    assert MARKER not in page.read_text(encoding="utf-8")
    listed = {one["document"]: one for one in json.loads(run(hub, "index", "list", "--json").stdout)}
    assert (listed[ID]["audience"], listed[ID]["summary"], listed[ID]["uncertain"]) == ("supervisors", "", [])
    told = json.loads(run(hub, "index", "explain", ID, "--json").stdout)
    assert "sergeant" not in json.dumps(told)


def test_an_export_holds_nothing_of_it(hub: Hub, tmp_path: Path) -> None:
    begun(hub)
    hub.office.disclose(Actor("mr-east"), Wanted(person=SUPERVISOR), tmp_path / "out")
    written = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "out").iterdir())
    assert MARKER not in written
    assert "[Withheld: it quotes guidance that is for supervisors only." in written


def test_what_a_build_tells(hub: Hub, guidance: Path) -> None:
    (guidance / "watch.md").write_text(SECRET.replace("in pairs", "in threes"), encoding="utf-8")
    builder = Builder(hub.library, hub.encoder, rules=Rules(audiences=frozenset({"supervisors"})))
    built = builder.build([guidance], dry_run=True)
    assert ID in built.difference.changed
    assert not any(MARKER in json.dumps(one.as_json()) for one in built.difference.changes)


def test_what_the_library_names_is_not_told_by_what_is_redacted(hub: Hub) -> None:
    for passage in hub.library.edition().document_passages(ID):
        assert MARKER in passage.text
    known = hub.guidance.named()
    assert known is not None
    assert MARKER not in repr(known)


def test_a_card_names_nothing_of_it_and_nobody_begins_a_reply_with_it(hub: Hub) -> None:
    from bot.domain.refusals import Refused
    from bot.edges.forms import form_of
    from bot.edges.letters import card_of
    from bot.edges.presses import Press

    _, reference = begun(hub)
    request = hub.records.request(reference)
    assert request is not None
    assert request.found
    card = card_of(request, hub.records, hub.ceilings, Place("slack", "C1"))
    assert card.found == ()
    press = Press("reply", Actor("sgt-bell"), Place("portal", "sgt-bell"), reference, {"start": "1"})
    with pytest.raises(Refused, match="for some colleagues only"):
        form_of(hub, press)


def test_what_was_for_everybody_is_not_shown_by_its_receipt_once_it_is_for_some(
    hub: Hub, tmp_path: Path, guidance: Path
) -> None:
    reply = ask(hub, "pcso-begum", "how long may a silk kite soak in water?")
    assert hub.verify(str(reply.receipt), hub.viewer(Actor("mr-east"), Place("portal", "mr-east"))) is not None
    laundry = (guidance / "laundry.md").read_text(encoding="utf-8")
    (guidance / "laundry.md").write_text(laundry.replace("owner:", "audience: supervisors\nowner:"), encoding="utf-8")
    Builder(hub.library, hub.encoder, rules=Rules(audiences=frozenset({"supervisors"}))).build([guidance])
    with pytest.raises(Exception, match="for some colleagues only"):
        hub.verify(str(reply.receipt), hub.viewer(Actor("mr-east"), Place("portal", "mr-east")))
    assert hub.verify(str(reply.receipt), hub.viewer(Actor(SUPERVISOR), Place("portal", SUPERVISOR))) is not None


def test_a_late_answer_is_offered_only_where_the_asker_and_the_hub_may_see_it(
    hub: Hub, tmp_path: Path, guidance: Path
) -> None:
    for who in (SUPERVISOR, "pcso-begum"):
        hub.assistant.hand_over(Question("which ladder is lent to the harbour crew", Place("portal", who), who))
    assert hub.late.offers(Actor("sgt-bell")) == []
    listed = hub.office.roles.audiences["supervisors"] | {"sgt-bell"}
    object.__setattr__(hub.office.roles, "audiences", {"supervisors": listed})
    (offer,) = hub.late.offers(Actor("sgt-bell"))
    assert [one.asker for one in offer.requests] == [SUPERVISOR]
    assert hub.late.send(Actor("sgt-bell"), offer.reference)[1] == []
    sent = hub.records.request(offer.reference)
    assert sent is not None
    assert MARKER not in " ".join(message.text for message in sent.messages)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("audience: supervisors", "[Withheld: it quotes guidance that is for supervisors only."),
        ("classification: OFFICIAL-SENSITIVE", "[Withheld: it quotes guidance that is marked above what may leave"),
    ],
)
def test_an_export_holds_back_what_was_restricted_after_it_was_quoted(
    tmp_path: Path, guidance: Path, line: str, said: str
) -> None:
    asked = "how long may a silk kite soak in water?"
    with demonstration(tmp_path / "data", guidance, audiences="supervisors=", ceilings="portal=OFFICIAL") as hub:
        quote = ask(hub, "pcso-begum", asked).citations[0].quote
        before = exported(hub, tmp_path / "before")
        assert quote in before
        assert "kite-laundry" in before
        laundry = (guidance / "laundry.md").read_text(encoding="utf-8")
        (guidance / "laundry.md").write_text(laundry.replace("owner:", f"{line}\nowner:"), encoding="utf-8")
        Builder(hub.library, hub.encoder, rules=Rules(audiences=frozenset({"supervisors"}))).build([guidance])
        written = exported(hub, tmp_path / "after")
    assert said in written
    assert asked in written
    assert quote not in written
    assert "kite-laundry" not in written


def exported(hub: Hub, out: Path) -> str:
    """Everything in an export of what one officer asked."""
    hub.office.disclose(Actor("mr-east"), Wanted(person="pcso-begum"), out)
    return "".join(file.read_text(encoding="utf-8") for file in out.iterdir())
