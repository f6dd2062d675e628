"""What this assistant is not for: named people, other systems, tricks, and other departments' business.

Each kind needs a deed and a target ("check" and a name, "how much" and "overtime"), never a word alone; and a
question about the rule on the same subject is let through: "when is body worn video deleted" is guidance,
"how do I delete my body worn video" is not.
"""

from __future__ import annotations

import re
from enum import StrEnum

from bot.safeguards import declined_cues as cues
from bot.safeguards import other_owners_cues as owners
from bot.safeguards.cleaning import clean, plain
from bot.safeguards.identifiers import redact
from bot.safeguards.phrases import Phrases, phrases


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


_SENTENCE = re.compile(r"[.!?;\n]+(?=\s|$)|\s+[-–—]+\s+")
_PLACEHOLDER = re.compile(r"\[([a-z]+)(?:_[a-z_]+)?\]")

# A rule is asked for: before any of these cues, such words say that the matter is meant in general.
_ABOUT_THE_RULE = phrases(
    """
    policy|guidance|rule|rules on|for|about / when is|are|should|must|does|do|can
    how long is|are|before|do|does|must|should|can / what happens if|when
    is it ever? an? offence|misconduct|ever|lawful|allowed / who can|may|must|authorises|decides
    difference between / retention / how do|should|can i|we submit|record|log|grade|share|report
    can i|we share / how do|should|would|can i|we check|find_out|tell|know|see
    what do|can|should|could|shall|to i|we|you? do|try about|with|for / how do|can|should|to i|we? help|support|deal|stop|protect
    what counts|should|is_the|are_the|makes
    """
)

# In this order a message is tried: a trick that names a person is still a trick.
_KINDS: tuple[tuple[Decline, Phrases, bool], ...] = (
    (Decline.PROMPT_TRICK, cues.PROMPT_TRICK, False),
    (Decline.FALSIFY, cues.FALSIFY, True),
    (Decline.SYSTEM_LOOKUP, cues.SYSTEM_LOOKUP, True),
    (Decline.INTELLIGENCE, cues.INTELLIGENCE, True),
    (Decline.COMPLAINT, owners.COMPLAINT, False),
    (Decline.LEGAL_ADVICE, owners.LEGAL_ADVICE, False),
    (Decline.HR, owners.HR, False),
    (Decline.IT, owners.IT, False),
    (Decline.POLITICS, owners.POLITICS, False),
    (Decline.OFF_TOPIC, owners.OFF_TOPIC, False),
)
_BEFORE, _INTO = 60, 25


def declined(text: str) -> Decline | None:
    """The reason not to answer, or None. The original text is needed: whether a name is asked about matters."""
    # "[name]" becomes the word "idname", which phrases can speak of
    said = plain(_PLACEHOLDER.sub(r"id\1", redact(clean(text)).text))
    sentences = [sentence for sentence in _SENTENCE.split(said) if sentence.strip()]
    for kind, pattern, unless_about_the_rule in _KINDS:
        if any(_applies(pattern, sentence, unless_about_the_rule) for sentence in sentences):
            return kind
    return None


def _applies(pattern: Phrases, sentence: str, unless_about_the_rule: bool) -> bool:
    for match in pattern.finditer(sentence):
        lead = sentence[max(0, match.start() - _BEFORE) : match.start() + _INTO]
        if not (unless_about_the_rule and _ABOUT_THE_RULE.search(lead)):
            return True
    return False
