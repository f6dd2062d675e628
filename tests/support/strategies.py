"""Whatever guidance and people may say, and every state that a request may be in, for property tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.domain.letters import LetterKind
from bot.domain.messages import Citation, Outcome, Place, Reply
from bot.domain.requests import (
    CloseOutcome,
    Message,
    MessageKind,
    Request,
    RequestKind,
    RequestState,
)
from bot.edges import offers
from bot.edges.forms import LONG, Field, Form, Kind
from bot.edges.shown import Card, Line, Note, SharedAnswer
from bot.queue.overview import Overview

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOSTILE = st.sampled_from(
    [
        "",
        " ",
        "<!channel> <!here> <@U1> <#C1> <https://evil.example|gov.uk>",
        "`code` *bold* _it_ ~no~ > quote\n# head\n- list\n[a](https://evil.example) ![x](y) | a | b |",
        "\u202e\u200b\ufeff emoji 🚓🚨 \U0001f9d1\u200d\U0001f692",
        "&lt;!channel&gt; &amp; \\<!here>",
        "x" * 30_000,
        "🚓" * 20_000,
        "\\" * 9_000,
        "long word " * 5_000,
        "\n" * 4_000,
    ]
)
TEXTS = st.one_of(HOSTILE, st.text(max_size=400))
CITATIONS = st.builds(
    Citation,
    document=TEXTS,
    title=TEXTS,
    section=TEXTS,
    page=st.one_of(st.none(), st.integers(1, 9999)),
    quote=TEXTS,
    status=st.sampled_from(["in_force", "hub_advice", "experience", "practice", "unheard_of"]),
    law_checked_on=st.one_of(st.none(), st.dates()),
    review_by=st.one_of(st.none(), st.dates()),
    marking=st.sampled_from(["OFFICIAL", "OFFICIAL-SENSITIVE"]),
    link=TEXTS,
    similarity=st.floats(0, 1),
).flatmap(lambda one: st.sampled_from(["", one.quote[: len(one.quote) // 2]]).map(lambda two: replace(one, answer=two)))
SOME = st.lists(CITATIONS, min_size=1, max_size=6).map(tuple)
MESSAGES = st.builds(Message, st.sampled_from(MessageKind), TEXTS, TEXTS, st.just(NOON))
REQUESTS = st.builds(
    Request,
    reference=st.sampled_from(["PF-0001", "PF-123456789"]),
    kind=st.sampled_from(RequestKind),
    state=st.sampled_from(RequestState),
    question=TEXTS,
    place=st.just(Place("slack", "T1/D1/1.1")),
    asker=st.just("U7"),
    opened_at=st.just(NOON),
    why=TEXTS,
    found=st.lists(CITATIONS, max_size=4).map(tuple),
    claimed_by=st.one_of(st.just(""), TEXTS),
    outcome=st.sampled_from(["", *(outcome.value for outcome in CloseOutcome)]),
    joined_to=st.sampled_from(["", "PF-0002"]),
    joined=st.lists(st.just("PF-0003"), max_size=60).map(tuple),
    messages=st.lists(MESSAGES, max_size=3).map(tuple),
)
slow = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def reply_of(
    outcome: Outcome, text: str, citations: tuple[Citation, ...], *, has_request: bool, redacted: bool
) -> Reply:
    """A reply as the core may give it."""
    return Reply(
        "r",
        outcome,
        text or "Said.",
        confidence=0.7,
        citations=citations if outcome is Outcome.ANSWERED else (),
        candidates=citations[:3] if outcome is Outcome.POSSIBLE else (),
        request="PF-0001" if has_request else None,
        receipt=None if redacted else "7K3-F9Q",
        redacted=("name", "phone") if redacted else (),
        notice="I took out a name and a phone number." if redacted else "",
        join=("PF-0002", 3) if has_request else None,
    )


REPLIES = st.builds(
    lambda outcome, text, citations, has_request, redacted, quoted, related: replace(
        reply_of(outcome, text, citations, has_request=has_request, redacted=redacted),
        quoted=quoted,
        related=tuple(related),
    ),
    st.sampled_from(Outcome),
    TEXTS,
    SOME,
    st.booleans(),
    st.booleans(),
    st.integers(1, 3),
    st.lists(st.text(min_size=1, max_size=300), max_size=4),
)
ANSWERS = st.builds(
    lambda reply, in_channel: offers.answer(reply, in_channel=in_channel, message="1700.1"), REPLIES, st.booleans()
)
CARDS = st.builds(
    lambda request, advice: Card(request, request.found, 2, tuple(offers.on_card(request, advice))),
    REQUESTS,
    st.sampled_from(["", "proposed", "approved", "withdrawn"]),
)
NOTES = st.builds(
    lambda text, kind, asked_in: Note(
        text[:2800].strip() or "Said.", "PF-0001", tuple(offers.below_letter(kind, "PF-0001")), asked_in
    ),
    TEXTS,
    st.sampled_from(LetterKind),
    st.sampled_from(["", "T1/C1/1.1"]),
)
LINES = st.builds(lambda text: Line(text[:2800].strip() or "Said.", (offers.of_step("home"),)), TEXTS)
SHARED = st.builds(SharedAnswer, SOME, st.just("U7"), TEXTS, st.just("7K3-F9Q"))
HOMES = st.builds(
    lambda mine, queue, library, paused, told: offers.home(Overview(mine, queue, library, paused), told),
    st.lists(REQUESTS, max_size=30),
    st.one_of(st.none(), st.lists(REQUESTS, max_size=40)),
    st.sampled_from([None, "Edition 1."]),
    st.one_of(st.none(), TEXTS),
    TEXTS,
)
SHOWN = st.one_of(ANSWERS, CARDS, NOTES, LINES, SHARED, HOMES)
FIELDS = st.builds(
    lambda kind, label, initial: Field(
        f"f{abs(hash(label))}", kind, label[:LONG] or "Label", initial[:LONG], {"yes": "Yes", "no": "No"}
    ),
    st.sampled_from(Kind),
    TEXTS,
    TEXTS,
)
FORMS = st.builds(
    Form,
    st.just("reply"),
    st.just("Reply PF-0001"),
    st.just("Send"),
    st.lists(FIELDS, min_size=1, max_size=9, unique_by=lambda one: one.name).map(tuple),
    st.just("PF-0001"),
    st.just({"between_2": "\n"}),
    TEXTS,
)
