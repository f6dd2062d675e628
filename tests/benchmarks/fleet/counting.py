"""The count from the outside: what was acknowledged, against what is there in the database and in Slack."""

from __future__ import annotations

import time
from collections import Counter
from itertools import pairwise
from typing import Any

from bot.records import Records
from tests.benchmarks.fleet.load import MARK, Noted
from tests.support.slack.fake import FakeSlack
from tests.support.slack.workspace import HUB, text_of

UNSETTLED = {"waiting", "leased"}


def until_delivered(url: str, seconds: float) -> dict[str, int]:
    """Wait until no letter is on its way, or for so long; letters by state."""
    deadline = time.monotonic() + seconds
    with Records.open(url) as records:
        while (counts := dict(records.outbox.counts())).keys() & UNSETTLED and time.monotonic() < deadline:
            time.sleep(1)
    return counts


def counted(url: str, slack: FakeSlack, noted: Noted) -> dict[str, Any]:
    """What was lost, doubled and mixed, of everything that was acknowledged."""
    with Records.open(url) as records:
        requests = {one.reference: one for one in records.requests(limit=1_000_000)}
        replies = Counter(
            (reference, message.text)
            for reference in requests
            for message in (records.request(reference) or requests[reference]).messages
        )
        whole = records.verify_audit()
    by_question = Counter(one.question for one in requests.values())
    said = _in_slack(slack)
    answers = {person: said.get(slack.dm_of(person), []) for person in noted.in_slack}
    letters = _letters(slack)
    cards = _cards(slack)
    told_wrongly = [word for word, reference in noted.opened.items() if word not in _asked(requests, reference)]
    lost = [word for word in noted.opened if not any(word in asked for asked in by_question)]
    all_marks = dict(noted.marks)
    return {
        "requests acknowledged": len(noted.opened),
        "requests lost": len(lost),
        "requests acknowledged under a wrong reference": len(told_wrongly),
        "requests doubled": sum(count - 1 for asked, count in by_question.items() if "zq" in asked),
        "requests in the database": len(requests),
        "replies acknowledged": len(noted.replied),
        "replies lost": sum(
            not any(one == reference and word in text for one, text in replies)
            for word, reference in noted.replied.items()
        ),
        "replies doubled": sum(count - 1 for count in replies.values()),
        "questions answered": len(noted.answered),
        "Slack questions acknowledged": len(noted.in_slack),
        "Slack questions without an answer": sum(not found for found in answers.values()),
        "Slack questions answered twice": sum(_answers(found) > 1 for found in answers.values()),
        "letters in Slack": len(letters),
        "letters doubled": sum(count - 1 for count in letters.values()),
        "cards doubled": sum(count - 1 for count in cards.values()),
        "answers with marks of two editions": noted.mixed + sum(_mixed(found) for found in answers.values()),
        "editions whose answers differ between servers": sum(len(marks) > 1 for marks in all_marks.values()),
        "editions seen in answers": len(all_marks),
        "calls unsettled": noted.unsettled,
        "steps told as taken before": len(noted.told_before),
        "record whole": whole.ok,
        "events on record": whole.events,
    }


def longest_pause(moments: list[float], began: float, ended: float) -> float:
    """Seconds of the longest time without any answer."""
    inside = sorted(one for one in moments if began <= one <= ended)
    return max((after - before for before, after in pairwise([began, *inside, ended])), default=ended - began)


def _asked(requests: dict[str, Any], reference: str) -> str:
    found = requests.get(reference)
    return found.question if found is not None else ""


def _in_slack(slack: FakeSlack) -> dict[str, list[str]]:
    """What the assistant said in each direct message."""
    return {
        name: [text_of(one) for one in list(said) if one.get("bot_id")]
        for name, said in list(slack.messages.items())
        if name.startswith("D")
    }


def _answers(said: list[str]) -> int:
    """Replies of the assistant, without what the hub said later."""
    return sum("The warden of" not in text for text in said)


def _mixed(said: list[str]) -> bool:
    return any(len(set(MARK.findall(text))) > 1 for text in said)


def _letters(slack: FakeSlack) -> Counter[str]:
    """How often each letter was posted, by the key that it carries."""
    found: Counter[str] = Counter()
    for said in list(slack.messages.values()):
        for one in list(said):
            key = one.get("metadata", {}).get("event_payload", {}).get("key")
            if key:
                found[f"{one.get('channel', '')} {key}"] += 1
    return found


def _cards(slack: FakeSlack) -> Counter[str]:
    """How many cards of a request stand in the hub's channel."""
    found: Counter[str] = Counter()
    for one in list(slack.messages[HUB]):
        reference = one.get("metadata", {}).get("event_payload", {}).get("reference")
        if one.get("bot_id") and "thread_ts" not in one and reference:
            found[str(reference)] += 1
    return found
