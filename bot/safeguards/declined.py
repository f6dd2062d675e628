"""What this assistant is not for: named people, other systems, tricks, and other departments' business.

Each kind needs a deed and a target ("check" and a name, "how much" and "overtime"), never a word alone; and a
question about the rule on the same subject is let through: "when is body worn video deleted" is guidance,
"how do I delete my body worn video" is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from bot.safeguards.cleaning import clean, plain
from bot.safeguards.cues.lexicon import Cue
from bot.safeguards.identifiers import redact


class Decline(StrEnum):
    """Why the assistant does not answer; each has its own right owner."""

    INTELLIGENCE = "intelligence"
    SYSTEM_LOOKUP = "system_lookup"
    PROMPT_TRICK = "prompt_trick"
    FALSIFY = "falsify"
    HR = "hr"
    IT = "it"
    COMPLAINT = "complaint"
    LEGAL_ADVICE = "legal_advice"
    POLITICS = "politics"
    OFF_TOPIC = "off_topic"

    @property
    def certain(self) -> bool:
        """Whether it is refused whatever the library holds.

        Of the others the list alone is not reason enough: search first, and refuse only if nothing is near.
        """
        return self in {Decline.PROMPT_TRICK, Decline.FALSIFY}


_SENTENCE = re.compile(r"[.!?;\n]+(?=\s|$)|\s+[-–—]+\s+")
_PLACEHOLDER = re.compile(r"\[([a-z]+)(?:_[a-z_]+)?\]")

_ABOUT_THE_RULE = Cue("declined", "about_the_rule")
"""Before a look-up, such words say that the matter is meant in general."""

# In this order a message is tried: a trick that names a person is still a trick.
_KINDS: tuple[tuple[Decline, Cue, bool], ...] = (
    (Decline.PROMPT_TRICK, Cue("declined", "prompt_trick"), False),
    (Decline.FALSIFY, Cue("declined", "falsify"), True),
    (Decline.SYSTEM_LOOKUP, Cue("declined", "system_lookup"), True),
    (Decline.INTELLIGENCE, Cue("declined", "intelligence"), True),
    (Decline.COMPLAINT, Cue("other_owners", "complaint"), False),
    (Decline.LEGAL_ADVICE, Cue("other_owners", "legal_advice"), False),
    (Decline.HR, Cue("other_owners", "hr"), False),
    (Decline.IT, Cue("other_owners", "it"), False),
    (Decline.POLITICS, Cue("other_owners", "politics"), False),
    (Decline.OFF_TOPIC, Cue("other_owners", "off_topic"), False),
)
_OF_THE_ASKER = frozenset({Decline.HR, Decline.IT})
_OWN, _OTHERS = Cue("other_owners", "own"), Cue("other_owners", "others")
_BEFORE, _INTO = 60, 25


def declined(text: str) -> Decline | None:
    """The reason not to answer, or None. The original text is needed: whether a name is asked about matters."""
    # "[name]" becomes the word "idname", which phrases can speak of
    said = plain(_PLACEHOLDER.sub(r"id\1", redact(clean(text)).text))
    sentences = [sentence for sentence in _SENTENCE.split(said) if sentence.strip()]
    found = {kind for sentence in sentences for kind in _kinds_of(sentence)}
    return next((kind for kind, _, _ in _KINDS if kind in found), None)


def _kinds_of(sentence: str) -> Iterator[Decline]:
    """Everything that one sentence is."""
    for kind, pattern, unless_about_the_rule in _KINDS:
        is_said = _applies(pattern, sentence, unless_about_the_rule)
        if is_said and not (kind in _OF_THE_ASKER and _of_another(sentence)):
            yield kind


def _of_another(sentence: str) -> bool:
    """Whether it is somebody else's pay or telephone: what keeps her wages from her is abuse."""
    return _OTHERS.search(sentence) is not None and _OWN.search(sentence) is None


def _applies(pattern: Cue, sentence: str, unless_about_the_rule: bool) -> bool:
    for match in pattern.finditer(sentence):
        lead = sentence[max(0, match.start() - _BEFORE) : match.start() + _INTO]
        if not (unless_about_the_rule and _ABOUT_THE_RULE.search(lead)):
            return True
    return False
