"""Whether the asker wants a person of the hub, rather than an answer from guidance."""

from __future__ import annotations

import re

from bot.domain.requests import RequestKind
from bot.safeguards.cleaning import plain
from bot.safeguards.cues.lexicon import Cue

_SENTENCE = re.compile(r"[.!?;\n]+|\s+[-–—]+\s+")

_PERSON_WANTED = Cue("hub_request", "person_wanted")
_WHO_CAN_HELP = Cue("hub_request", "who_can_help")
_OWN_PLAN = Cue("hub_request", "own_plan")
_OUT_OF_DEPTH = Cue("hub_request", "out_of_depth")
_OWN_WORK = Cue("hub_request", "own_work")
_WASTE = Cue("hub_request", "waste")
_EACH_TIME = Cue("hub_request", "each_time")
_PLEA = Cue("hub_request", "plea")
_RAISE = Cue("hub_request", "raise")
_WRONG = Cue("hub_request", "wrong")
_ASKED_OF_US = Cue("hub_request", "asked_of_us")
_OWN_HOUSE = Cue("hub_request", "own_house")
_PUBLIC = Cue("hub_request", "public")
_ASKS_ABOUT_RULE = Cue("hub_request", "asks_about_rule")
_IN_CASE = re.compile(
    r"\b(?<=which )(?:when|whenever|if|once|in case|until) (?:im|were|youre|i|we|you) (?:am |are |get |ever get )?"
    r"(?:stuck|at a loss|out of (?:ideas|options)|getting nowhere)\b"
)
"""A case that is thought of, and not the asker's own of now: "and which when im stuck"."""
_RIGHT = re.compile(r"\b(?:is|are|was|looks|seems) (?:right|correct)\b")


def hub_request(text: str) -> RequestKind | None:
    """What kind of request this is, or None for a plain question."""
    said = _IN_CASE.sub(" ", plain(text))
    sentences = [sentence.strip() for sentence in _SENTENCE.split(said) if sentence.strip()]
    stated = [sentence for sentence in sentences if not _ASKS_ABOUT_RULE.search(sentence)]
    if any(_WRONG.search(sentence) and not _RIGHT.search(sentence) for sentence in stated):
        return RequestKind.CORRECTION
    if _is_waste(said, stated):
        return RequestKind.ORGANISATIONAL_INEFFICIENCY
    raised = any(cues.search(sentence) for sentence in stated for cues in (_RAISE, _ASKED_OF_US))
    if raised or any(map(_wants_a_person, sentences)) or _wants_help_with_own_work(said, stated):
        return RequestKind.OPERATIONAL_PROBLEM
    return None


def _is_waste(said: str, stated: list[str]) -> bool:
    """A process of ours is described and something is wanted: naming the subject is not enough.

    Time that is lost outside ("lads sit there for hours every night") is not ours. Where a person is plainly asked to
    act, what is described need not be called waste.
    """
    ours, outside = _OWN_HOUSE.search(said), _PUBLIC.search(said)
    if outside and not ours:
        return False
    asked = any(cues.search(sentence) for sentence in stated for cues in (_ASKED_OF_US, _RAISE, _PERSON_WANTED))
    if any(_WASTE.search(sentence) for sentence in stated):
        return asked or any(
            cues.search(said) for cues in (_PLEA, _EACH_TIME, _WHO_CAN_HELP, _OUT_OF_DEPTH, _PERSON_WANTED)
        )
    return asked and bool(ours) and not outside and not _OWN_PLAN.search(said)


def _wants_a_person(sentence: str) -> bool:
    return any(cues.search(sentence) for cues in (_PERSON_WANTED, _WHO_CAN_HELP))


def _wants_help_with_own_work(said: str, stated: list[str]) -> bool:
    asked = any(_OUT_OF_DEPTH.search(sentence) for sentence in stated)
    planned = any(_OWN_PLAN.search(sentence) for sentence in stated)
    return asked and (planned or bool(_OWN_WORK.search(said)))
