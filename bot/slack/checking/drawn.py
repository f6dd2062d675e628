"""One of everything that is drawn for Slack, for `doctor` to ask Slack itself whether it takes that."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from bot import wording
from bot.domain.messages import Citation, Outcome, Place, Reply
from bot.domain.requests import Request, RequestKind, RequestState
from bot.edges import offers
from bot.edges.shown import Card, Home, Row, Shown, Whole
from bot.slack.drawing import draw, draw_home, draw_whole
from bot.slack.sending import as_message

_DAY = date(2026, 1, 1)
_QUOTE = "A sample of a quote. It has a second sentence.\n- and a list"
_CITATION = Citation(
    document="sample", title="A sample", section="What is a sample?", page=1, quote=_QUOTE, status="practice",
    law_checked_on=_DAY, review_by=_DAY, marking="OFFICIAL", link="https://example.org/sample", similarity=0.9,
    answer="A sample of a quote.",
)  # fmt: skip
_REQUEST = Request(
    "PF-0000", RequestKind.QUESTION, RequestState.OPEN, "a sample of a question", Place("slack", ""), "U0",
    datetime(2026, 1, 1, tzinfo=UTC), "nothing comes near", (_CITATION,),
)  # fmt: skip


def samples() -> dict[str, dict[str, Any]]:
    """What is drawn, by its name: the arguments of https://docs.slack.dev/reference/methods/blocks.validate."""
    answered = Reply("sample", Outcome.ANSWERED, wording.POSSIBLE, 0.9, (_CITATION, _CITATION), receipt="0000-0000")
    home = Home((Row("PF-0000", tuple(offers.own(_REQUEST))),), (Row("PF-0000", tuple(offers.on_card(_REQUEST))),))
    return {
        "an answer": _message(offers.answer(answered)),
        "a request's card": _message(Card(_REQUEST, (_CITATION,), 0, tuple(offers.on_card(_REQUEST)))),
        "the home tab": {"view": json.dumps(draw_home(home))},
        "a passage": {"view": json.dumps(draw_whole(Whole(_CITATION, _QUOTE)))},
    }


def _message(shown: Shown) -> dict[str, Any]:
    return {"message": json.dumps(as_message(draw(shown)))}
